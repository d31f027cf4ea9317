"""The book as PDF, set by typst from the house style. Same issue and fonts in, same bytes out."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

import typst

from yuebao.errors import InputError
from yuebao.model import Issue
from yuebao.publish import book, fonts
from yuebao.publish.setting import Setting

# typst asks for a time; the book states no date of making (`date: none` in the style), or no two copies would be the same.
TIMESTAMP = 0
# What typst warns of when pages still move after its last pass: the 目录 would then tell false pages.
UNSETTLED = "did not converge"


def write_pdf(issue: Issue, setting: Setting) -> bytes:
    """The PDF of the issue; raises InputError E501 (characters without a glyph), E502 (no such font), E503 (typst failed)."""
    data = book.book_of(issue, setting.first_page)
    faces = fonts.choose(book.FIXED_TEXT + "".join(book.texts_of(data)), setting.fonts, setting.body_font, setting.heading_font)
    data["face"] = {
        "body": faces.body, "heading": faces.heading, "thicken": not faces.heading_has_bold,
        "weight": "bold" if faces.heading_has_bold else "regular",
    }
    try:
        made, warnings = typst.compile_with_warnings(
            _style(), format="pdf", font_paths=faces.loaded, ignore_system_fonts=True, timestamp=TIMESTAMP,
            sys_inputs={"book": json.dumps(data, ensure_ascii=True)})
    except typst.TypstError as error:
        raise InputError("E503", reason=error.message) from error
    unsettled = [warning.message for warning in warnings if UNSETTLED in warning.message]
    if unsettled:
        raise InputError("E503", reason=unsettled[0])
    return made


@cache
def _style() -> bytes:
    return (resources.files(__package__) / "house.typ").read_bytes()
