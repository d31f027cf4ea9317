"""What the user may choose about a published file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class Setting:
    """How an issue is set.

    `fonts`: folders whose families come before the package's own; `families`: a family by name for a role (song, hei, kai, fang, title),
    before what the style asks for; `first_page`: the page number on the first page of the body, from which the 目录 counts; `style`: the
    name of a style that comes with the program, or the folder of one; `for_print`: for the printer, not for the archive; `pictures`: the
    bytes of the figures by their sha256 (a figure whose picture is not among them is set by its caption alone); `index`: persons and
    subjects at the end of the book, by pinyin or by strokes.
    """

    fonts: tuple[Path, ...] = ()
    families: Mapping[str, str] = field(default_factory=dict)
    first_page: int = 1
    style: str = "book"
    for_print: bool = False
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    index: Literal["pinyin", "strokes"] | None = None
