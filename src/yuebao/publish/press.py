"""The press: a book's data set by typst in a style. Same data, fonts and style in, same bytes out."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import cache
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from yuebao.errors import InputError
from yuebao.model import Issue
from yuebao.publish import book, fonts, style
from yuebao.publish.setting import Setting
from yuebao.publish.sheets import with_bleed_box

# What the archive is given (ISO 19005-2 level A, ISO 14289-1); the printer's file may name inks, which PDF/A does not allow here.
FOR_ARCHIVE = ("a-2a", "ua-1")
# Characters of the office's own making (造字) say nothing to other machines: level A forbids them, level B keeps their look.
WITH_PRIVATE_USE = ("a-2b", "ua-1")
# typst asks for a time; the book bears the day of the issue and no hour of making, or no two copies would be the same.
TIMESTAMP = 0
# What typst warns of when pages still move after its last pass: the 目录 would then tell false pages.
UNSETTLED = "did not converge"

Files = dict[str, bytes]
_typst: Any = typst.compile_with_warnings  # its stub knows neither a project of several files nor a root beside bytes


def set_book(data: book.Data, chosen: style.Style, issue: Issue, setting: Setting) -> bytes:
    """The PDF of a book's data in that style, for the archive PDF/A-2a and PDF/UA-1.

    Raises InputError E501 (characters without a glyph), E502 (no such font), E503 (typst failed), E505 (a picture that cannot be set).
    """
    placed = [("书前书后", book.FIXED_TEXT), *book.placed_texts(data)]
    faces = fonts.choose(placed, chosen.settings, setting)
    standards = () if setting.for_print else _standards(text for _, text in placed)
    files = _template() | {f"style/{name}": content for name, content in chosen.files.items()}
    files |= {f"pictures/{figure.sha256}": setting.pictures[figure.sha256] for figure in issue.figures if figure.sha256 in setting.pictures}
    by_role = {name: asdict(face) for name, face in faces.roles.items()}
    told = {**chosen.settings, "measure": style.measure_of(chosen.settings), "faces": by_role}
    try:
        made = _compiled(files, {"book": data, "style": told}, faces, standards)
    except typst.TypstError as error:
        _look_at_pictures(issue, setting, standards)
        raise InputError("E503", reason=" ".join([error.message, *error.hints])) from error
    return with_bleed_box(made) if setting.for_print else made


def _standards(texts: Iterable[str]) -> tuple[str, ...]:
    return WITH_PRIVATE_USE if any(unicodedata.category(c) == "Co" for c in set().union(*texts)) else FOR_ARCHIVE


def _compiled(files: Files, inputs: Mapping[str, object], faces: fonts.Typefaces, standards: Sequence[str]) -> bytes:
    with _on_disk({name: data for name, data in files.items() if not name.endswith(".typ")}) as root:
        made, warnings = _typst(
            {name: data for name, data in files.items() if name.endswith(".typ")}, root=root, format="pdf",
            font_paths=faces.loaded, ignore_system_fonts=True, timestamp=TIMESTAMP, pdf_standards=list(standards),
            sys_inputs={name: json.dumps(value, ensure_ascii=True) for name, value in inputs.items()})
    unsettled = [warning.message for warning in warnings if UNSETTLED in warning.message]
    if unsettled:
        raise InputError("E503", reason=unsettled[0])
    return bytes(made)


@contextmanager
def _on_disk(pictures: Files) -> Iterator[Path]:
    """A folder of one's own with these files: typst takes nothing but text from memory. It is all that a style can read."""
    with TemporaryDirectory(prefix="yuebao-") as folder:
        root = Path(folder)
        for name, data in pictures.items():
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).write_bytes(data)
        yield root


def _look_at_pictures(issue: Issue, setting: Setting, standards: Sequence[str]) -> None:
    """Raise E505 for the first picture that typst refuses by itself."""
    for figure in issue.figures:
        data = setting.pictures.get(figure.sha256)
        if data is None:
            continue
        alone = b'#set document(title: "x", date: datetime(year: 1970, month: 1, day: 1))\n#image("pictures/it", alt: "x")'
        try:
            with _on_disk({"pictures/it": data}) as root:
                _typst(alone, root=root, format="pdf", timestamp=TIMESTAMP, ignore_system_fonts=True, pdf_standards=list(standards))
        except typst.TypstError as error:
            raise InputError("E505", name=book.name_of(figure), reason=error.message) from error


@cache
def _template() -> Files:
    folder = resources.files(__package__) / "styles" / "template"
    files = {entry.name: entry.read_bytes() for entry in folder.iterdir() if entry.name.endswith(".typ")}
    return {**files, "style/style.typ": b""}
