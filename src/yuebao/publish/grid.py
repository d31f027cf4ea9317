"""The printed-page grid: characters a line, lines a page and the room that headings take, found from the page numbers of a printed 目录.

A model of the page is laid over the text: every entry fills whole lines, headings take a number of lines of their own, and a page is full
after so many. The grid whose pages agree with most of the printed numbers is the one by which the issue was set, as far as this can be
known; a number that the best grid does not explain is worth a look, since it may be the number that is wrong.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from yuebao.model import Issue, Item

CHARACTERS = range(20, 49)  # a line: from large type on narrow paper to small type on A4
LINES = range(14, 50)       # a page
COLUMN_LINES = range(1, 8)  # a column's heading with the space around it
SUBCOLUMN_LINES = range(5)
GAPS = (0, 1)               # lines between two items
INDENT = 2
AFTER_HEADLINE = 1
# Between grids that explain as many pages, the one whose page has the customary shape: 34×30, 39×34, 28×22 are all near it.
CUSTOMARY = 1.18


@dataclass(frozen=True, slots=True)
class Placed:
    """An item with its page in the printed 目录 and the page where the grid has it."""

    item: int
    printed: int
    modelled: int


@dataclass(frozen=True, slots=True)
class Grid:
    """`column_lines`, `subcolumn_lines`: what a heading of the first level, of a lower one takes, its space included; `gap`: between items.

    `first_page`: the number of the body's first page; `placed`: every item with a printed page, in order.
    """

    characters: int
    lines: int
    column_lines: int
    subcolumn_lines: int
    gap: int
    first_page: int
    placed: tuple[Placed, ...]

    @property
    def explained(self) -> int:
        """How many printed pages the grid explains."""
        return sum(place.printed == place.modelled for place in self.placed)

    @property
    def unexplained(self) -> tuple[Placed, ...]:
        """The items whose printed page it does not explain."""
        return tuple(place for place in self.placed if place.printed != place.modelled)


@dataclass(frozen=True, slots=True)
class _Row:
    """An item as the model sees it: the widths of its paragraphs, and the headings that stand directly before it."""

    number: int
    printed: int | None
    widths: tuple[float, ...]
    columns: int
    subcolumns: int


def fit(issue: Issue) -> Grid | None:
    """The grid that explains most of the printed pages; None where fewer than three items have one."""
    rows = list(_rows(issue))
    printed = [(n, row.printed) for n, row in enumerate(rows) if row.printed is not None]
    if len(printed) < 3:
        return None
    first_page = printed[0][1]
    best: tuple[tuple[int, float], tuple[int, ...]] | None = None
    for characters in CHARACTERS:
        filled = [_lines(row, characters) for row in rows]
        for column_lines, subcolumn_lines, gap in product(COLUMN_LINES, SUBCOLUMN_LINES, GAPS):
            starts, end = _starts(rows, filled, column_lines, subcolumn_lines, gap)
            for lines in _likely(end, max(page for _, page in printed) - first_page + 1):
                right = sum(first_page + starts[n] // lines == page for n, page in printed)
                score = (right, -abs(characters / lines - CUSTOMARY))
                if best is None or score > best[0]:
                    best = score, (characters, lines, column_lines, subcolumn_lines, gap)
    assert best is not None
    characters, lines, column_lines, subcolumn_lines, gap = best[1]
    starts, _ = _starts(rows, [_lines(row, characters) for row in rows], column_lines, subcolumn_lines, gap)
    placed = tuple(Placed(rows[n].number, page, first_page + starts[n] // lines) for n, page in printed)
    return Grid(characters, lines, column_lines, subcolumn_lines, gap, first_page, placed)


def _likely(end: int, pages: int) -> Iterator[int]:
    """The lines a page that bring the text to about that many pages."""
    least, most = math.floor(end / (pages + 1)), math.ceil(end / max(pages - 1, 1))
    yield from (lines for lines in range(least, most + 1) if lines in LINES)


def _starts(
    rows: Sequence[_Row], filled: Sequence[int], column_lines: int, subcolumn_lines: int, gap: int,
) -> tuple[list[int], int]:
    """The line on which each item begins, counted from the first of the body, and the line behind the last."""
    starts, at = [], 0
    for row, lines in zip(rows, filled, strict=True):
        at += row.columns * column_lines + row.subcolumns * subcolumn_lines
        starts.append(at)
        at += lines + gap
    return starts, at


def _lines(row: _Row, characters: int) -> int:
    return sum(math.ceil((INDENT + width) / characters) for width in row.widths)


def _rows(issue: Issue) -> Iterator[_Row]:
    above: tuple[int, ...] = ()
    for path, item in issue.walk():
        here = tuple(map(id, path))
        fresh = [column for column, before in zip(path, [*above, *[0] * len(path)], strict=False) if id(column) != before]
        columns = sum(column is path[0] and bool(column.title) for column in fresh)
        subcolumns = sum(column is not path[0] and bool(column.title) for column in fresh)
        printed = item.page if item.headline else None  # what has no headline has no row in the 目录
        yield _Row(item.number, printed, tuple(_widths(item)), columns, subcolumns)
        above = here


def _widths(item: Item) -> Iterator[float]:
    """The width of each paragraph in ems; the headline is run in with the first."""
    headline = _width(item.headline) + AFTER_HEADLINE if item.headline else 0.0
    for entry in item.entries:
        yield headline + _width(item.text[entry.start:entry.end])
        headline = 0.0
    if headline:
        yield headline


def _width(text: str) -> float:
    return sum(0.5 if character < "\u2000" else 1.0 for character in text)
