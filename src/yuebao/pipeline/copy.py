"""Copy 来稿 taken in: a file, a letter with its enclosures, a folder; what bears a mark of secrecy is refused before anything is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from yuebao.annotate import annotate_text
from yuebao.compile.intake import Enclosure, Parts, Refused, day_of, flags_of, part
from yuebao.compile.register import LINES_OF_TEXTS, REGISTERS, Registered, register_of, texts_of
from yuebao.compile.values import Clipping, OriginKind
from yuebao.errors import InputError, UsageError, YuebaoError
from yuebao.pipeline.files import read_file
from yuebao.pipeline.issues import is_document
from yuebao.proof.imprint import classified_mark
from yuebao.read import is_readable, margins, read
from yuebao.read.mail import is_letter, read_letter
from yuebao.read.text import source_of
from yuebao.read.web_page import Page, is_page, page_of
from yuebao.structure import structure_single

NO_COPY = ("Thumbs.db", "desktop.ini", *REGISTERS)  # files in a folder of copy that are none
LONGEST_COPY = 500_000  # characters of one text that comes as copy; a government's report of its year has some 30,000
DEEPEST_LETTER = 3  # letters within letters


def refuse_classified(name: str, text: str, data: bytes = b"") -> None:
    """Raise InputError E110 where a text, the name of its file or the margins of its pages bear a mark of secrecy: nothing may be kept."""
    if mark := classified_mark(text) or classified_mark(Path(name).stem) or classified_mark(margins(name, data)):
        raise InputError("E110", name=name, mark=mark)


def enclosures(name: str, data: bytes) -> tuple[Enclosure, ...]:
    """The texts that a file brings: of a letter those enclosed, where one of them can be read, else what is written in it.

    Raises InputError for a letter that cannot be read, and E110 where it bears a mark of secrecy: its enclosures are refused with it.
    """
    return tuple(_enclosed(name, data, 0))


def _enclosed(name: str, data: bytes, depth: int) -> Iterator[Enclosure]:
    if not is_letter(data) or depth > DEEPEST_LETTER:
        yield Enclosure(name, data)
        return
    letter = read_letter(name, data)
    refuse_classified(name, f"{letter.subject or ''}\n{letter.text}")
    inner = [each for held in letter.enclosures for each in _enclosed(*held, depth + 1)]
    if any(_is_readable(each) for each in inner):
        yield from (replace(each, dated_on=each.dated_on or letter.sent_on, sender=each.sender or letter.sender) for each in inner)
    else:
        yield Enclosure(name, data, letter.sent_on, letter.sender)
        yield from (replace(each, dated_on=letter.sent_on, sender=letter.sender) for each in inner)


def _is_readable(enclosure: Enclosure) -> bool:
    """Whether an enclosure looks like a text: no picture, nothing that no reader takes."""
    return is_readable(enclosure.name, enclosure.data)


def take_copy(
    name: str, data: bytes, number: int, *, origin_kind: OriginKind = "contributed", contributor: str | None = None,
    outlet: str | None = None, on: date | None = None,
) -> Clipping:
    """The clipping of the bytes of one text, registered under `number`; `on` is its day, else it is looked for in the text.

    A letter is taken by the one text that it brings. Raises InputError: E110 for a mark of secrecy, E114 for a letter with several texts,
    others for what cannot be read.
    """
    brought = enclosures(name, data)
    if len(brought) > 1:
        brought = tuple(filter(_is_readable, brought))
    if len(brought) != 1:
        raise InputError("E114", name=name, count=len(brought))
    clipping = take_enclosure(brought[0], number, origin_kind=origin_kind, contributor=contributor, outlet=outlet, on=on)
    return replace(clipping, name=name, sha256=hashlib.sha256(data).hexdigest())


def take_enclosure(
    enclosure: Enclosure, number: int, *, origin_kind: OriginKind = "contributed", contributor: str | None = None,
    outlet: str | None = None, on: date | None = None,
) -> Clipping:
    """The clipping of one text that `enclosures` gives; as `take_copy`."""
    name, data = enclosure.name, enclosure.data
    if is_document(data):
        raise UsageError("E203", reason=f"{name} 是期次文档，不是来稿", command="compile")
    source = read(name, data)
    refuse_classified(name, source.text, data)
    if len(source.text) > LONGEST_COPY:
        raise InputError("E103", name=name, size=f"{len(source.text) / 1e6:.1f}", limit=f"{LONGEST_COPY / 1e6:.1f}")
    page = page_of(data) if is_page(name, data) else Page(None, None, None)
    parts = _parts_of_letter(name, data) if is_letter(data) else part(source.text.replace("\0", ""), page.main)
    day = on or day_of(parts, enclosure.dated_on or page.published_on)
    year, month = (day.year, day.month) if day else (None, None)
    item = structure_single(source_of(name, parts.text), year, month)
    item = replace(item, origin=(), annotations=annotate_text(item.text, year, month))
    contributor = contributor or (enclosure.sender if origin_kind == "contributed" else None)
    outlet = outlet or (page.outlet if origin_kind == "reprinted" else None)
    return Clipping(
        number, name, hashlib.sha256(data).hexdigest(), origin_kind, contributor, outlet, day.isoformat() if day else None, item,
        parts.left_out, flags_of(item.text, item.annotations))


def _parts_of_letter(name: str, data: bytes) -> Parts:
    """The parts of what is written in a letter; its subject is the headline where the text has none."""
    letter = read_letter(name, data)
    parts = part(letter.text.replace("\0", ""))
    return parts if parts.headline or not letter.subject else part(f"{letter.subject}\n\n{letter.text}".replace("\0", ""))


def take_folder(path: Path) -> Iterator[Clipping | Refused]:
    """The copy in a folder, in order of name, numbered from 1; what was sent twice once, and what is not taken with the reason.

    A register beside the files (copy.tsv or 来稿登记.tsv) may say of each who sent it; where it does not, the sub-folder it lies in is the
    contributor. Each line of a .jsonl file is a text. Raises UsageError E113 for a fault of the register, InputError for no such folder.
    """
    seen: set[str] = set()
    number = 0
    for name, registered, data in _in_folder(path):
        try:
            if isinstance(data, YuebaoError):
                raise data
            for enclosure in enclosures(name, data):
                if (digest := hashlib.sha256(enclosure.data).hexdigest()) in seen:
                    continue
                seen.add(digest)
                clipping = take_enclosure(
                    enclosure, number + 1, origin_kind=registered.origin_kind, contributor=registered.contributor, outlet=registered.outlet,
                    on=registered.on)
                number += 1
                yield clipping
        except YuebaoError as error:
            yield Refused(name, error.code, error.message(), error.advice())


def _in_folder(path: Path) -> Iterator[tuple[str, Registered, bytes | YuebaoError]]:
    """Each text in a folder: its name, what is registered of it, its bytes or why they cannot be read. Links, hidden files are left."""
    if not path.is_dir():
        raise InputError("E104", name=str(path))
    register = _register_in(path)
    for file in sorted(path.rglob("*")):
        within = file.relative_to(path)
        if not file.is_file() or file.is_symlink() or any(p.startswith((".", "~$")) for p in within.parts) or within.name in NO_COPY:
            continue
        name = within.as_posix()
        at_first = Registered(contributor=within.parts[0] if len(within.parts) > 1 else None)
        registered = register.get(name) or register.get(within.name) or at_first
        try:
            data = read_file(file)
            if file.suffix == LINES_OF_TEXTS:
                yield from texts_of(name, read(name, data).text, registered)
            else:
                yield name, registered, data
        except YuebaoError as error:
            yield name, registered, error


def _register_in(path: Path) -> dict[str, Registered]:
    found = next((path / name for name in REGISTERS if (path / name).is_file()), None)
    return register_of(found.name, read(found.name, read_file(found)).text) if found else {}
