"""Set pages: which character stands where, with the rules and pictures between them. What PDF and OFD have in common.

All measures are points (1/72 inch); the origin is the top left corner of the page, y grows downward and is that of the baseline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low

Colour = tuple[int, int, int]
Point = tuple[float, float]

WORD_GAP = 0.35  # of the size; more white than usual in the line that parts two characters, and two Latin ones
LATIN_GAP = 0.15
COLUMN_GAP = 1.5  # of the size; white that parts a page number from its title
LEADERS = frozenset(".…·‥．・")
LATIN_END = "\u0250"


@dataclass(frozen=True, slots=True)
class Look:
    """How characters look: the font's name in the file, the size, the colour, the width of the line around each (0: none)."""

    font: str
    size: float
    colour: Colour = (0, 0, 0)
    outline: float = 0.0


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character on its page: where it begins on the baseline and where it ends. `is_turned`: it does not stand upright."""

    character: str
    x: float
    y: float
    end: float
    look: Look
    is_turned: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """A line or area. `steps`: ("M" | "L" | "B" | "C", points), B with two control points before its end, C closes without points."""

    steps: tuple[tuple[str, tuple[Point, ...]], ...]
    stroke: Colour | None
    fill: Colour | None
    width: float

    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of its points."""
        points = [point for _, points in self.steps for point in points] or [(0.0, 0.0)]
        across, down = [x for x, _ in points], [y for _, y in points]
        return min(across), min(down), max(across), max(down)


@dataclass(frozen=True, slots=True)
class Image:
    """A picture on its page, upright in its box; `data` is a whole file of the media type."""

    left: float
    top: float
    right: float
    bottom: float
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its characters in the order of the file."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...] = ()
    shapes: tuple[Shape, ...] = ()
    images: tuple[Image, ...] = ()


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A bookmark: its level from 1, the index of the page it leads to (None: nowhere), and how far down there."""

    title: str
    level: int
    page: int | None
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class Book:
    """A set book: its pages, its bookmarks in order, the title and author that the file states."""

    pages: tuple[Page, ...]
    bookmarks: tuple[Bookmark, ...] = ()
    title: str | None = None
    author: str | None = None


def usual_gap(line: Sequence[Glyph]) -> float:
    """The white between characters that a line has throughout (a title spaced out), 0 where it has none."""
    gaps = [after.x - before.end for before, after in pairwise(line) if not {before.character, after.character} & LEADERS]
    return max(median_low(gaps), 0.0) if gaps else 0.0


def white_between(before: Glyph, after: Glyph, usual: float) -> str:
    """The white space that is seen between two characters of a line, beyond the usual and beyond what the file has itself."""
    if before.character.isspace() or after.character.isspace() or (before.character in LEADERS and after.character in LEADERS):
        return ""
    gap = after.x - before.end - usual
    size = max(before.look.size, after.look.size)
    if gap > COLUMN_GAP * size or (before.character in LEADERS and gap > LATIN_GAP * size):
        return "  "  # two: what stands behind it is in a column of its own
    is_latin = before.character < LATIN_END and after.character < LATIN_END
    return " " if gap > (LATIN_GAP if is_latin else WORD_GAP) * size else ""
