"""How long a draft will be: characters, lines and pages of the house's page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from yuebao.compile.columns_cues import Path
from yuebao.model import Item

# the `as-printed` page of the house: characters a line, lines a page, lines that a heading takes, an indent
CHARACTERS, LINES, HEADING, INDENT = 34, 30, 3, 2


@dataclass(frozen=True, slots=True)
class Length:
    """Characters of the text without line ends, lines of the page, pages begun."""

    characters: int
    lines: int
    pages: int


def length_of(placed: Sequence[tuple[Item, Path]]) -> Length:
    """The length of items in their order, each with its column: headlines run in, a heading where the column changes."""
    headings = sum(one != other for one, other in pairwise([(), *(path for _, path in placed)]))
    lines = headings * HEADING + sum(_lines(item) for item, _ in placed)
    return Length(sum(len(item.text.replace("\n", "")) for item, _ in placed), lines, math.ceil(lines / LINES))


def _lines(item: Item) -> int:
    """Lines of an item: the headline is run in with its first entry."""
    widths = [_width(item.text[entry.start:entry.end]) + INDENT for entry in item.entries] or [0.0]
    widths[0] += _width(item.headline or "")
    return sum(max(1, math.ceil(width / CHARACTERS)) for width in widths)


def _width(text: str) -> float:
    return sum(0.5 if character < "\u2000" else 1.0 for character in text)
