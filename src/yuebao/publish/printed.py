"""--style as-printed: the book set on the grid of the printed issue, with page breaks where its 目录 asks for them: old citations hold.

The grid comes from `grid.fit`; its page is laid into the style nearest to it. The book is set and read back; where a headline comes too
early, a break is put before it. A headline that comes too late cannot be helped by breaks: then the page is given a line more.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import pypdfium2

from yuebao.errors import InputError, UsageError
from yuebao.model import Column, Issue
from yuebao.publish import book, style
from yuebao.publish.grid import Grid, fit
from yuebao.publish.index import PERSONS, SUBJECTS
from yuebao.publish.press import set_book
from yuebao.publish.setting import Setting
from yuebao.publish.style import Style

AS_PRINTED = "as-printed"
# Lines a page beyond the grid's, and lines fewer for a column's heading, tried in this order.
VARIANTS = ((0, 0), (2, 2))
ROUNDS = 4  # settings to find the breaks for one grid; two are the rule
FOOT = 1.3  # lines at a page's foot on which no item begins, lest its headline stand alone


@dataclass(frozen=True, slots=True)
class Misplaced:
    """An item whose printed page does not come out: its page in the printed 目录, in this book, and in the grid's model (None: no grid)."""

    item: int
    headline: str
    printed: int
    set: int
    modelled: int | None


@dataclass(frozen=True, slots=True)
class AsPrinted:
    """The book set as printed: its bytes, the grid found, the items that do not stand on their printed page."""

    pdf: bytes
    grid: Grid
    misplaced: tuple[Misplaced, ...]

    @property
    def is_as_good_as_can_be(self) -> bool:
        """Whether no more are misplaced than the grid leaves unexplained, or than have printed pages that go back and forth."""
        return len(self.misplaced) <= max(len(self.grid.unexplained), len(self.grid.placed) - len(_in_order(self.grid)))


def set_as_printed(issue: Issue, setting: Setting) -> AsPrinted:
    """The issue set so that as many items as can stand on their printed pages.

    Raises UsageError E203 where the 目录 has no page numbers to go by, and what `set_book` raises.
    """
    grid = fit(issue)
    if grid is None:
        raise UsageError("E203", reason="原书目录没有页码，不能照原书排 / no printed pages to go by", command="publish")
    setting = replace(setting, first_page=grid.first_page)
    best: AsPrinted | None = None
    for variant in VARIANTS:
        made = _set_on(grid, variant, issue, setting)
        if best is None or len(made.misplaced) < len(best.misplaced):
            best = made
        if best.is_as_good_as_can_be:
            break
    assert best is not None
    return best


def misplaced_in(made: bytes, issue: Issue) -> tuple[Misplaced, ...]:
    """The items that do not stand on their printed page in a PDF of the issue that was set as printed."""
    grid = fit(issue)
    if grid is None:
        return ()
    return tuple(_misplaced(issue, grid, _positions(made, issue, style_of(grid), grid.first_page)))


def _set_on(grid: Grid, variant: tuple[int, int], issue: Issue, setting: Setting) -> AsPrinted:
    """The best of a few rounds on this grid: each breaks pages by what the last one showed."""
    chosen = style_of(grid, *variant)
    lines = chosen.settings["text"]["lines"]
    breaks: dict[int, int] = {}
    heights: dict[int, float] = {}
    best: AsPrinted | None = None
    for _ in range(ROUNDS):
        data = book.book_of(issue, setting)
        _put_breaks(data["columns"], breaks)
        made = set_book(data, chosen, issue, setting)
        stands = _positions(made, issue, chosen, grid.first_page)
        misplaced = tuple(_misplaced(issue, grid, stands))
        if best is None or len(misplaced) < len(best.misplaced):
            best = AsPrinted(made, grid, misplaced)
        heights = _heights(grid, stands, breaks, lines, heights)
        wanted = _breaks(grid, stands[grid.placed[0].item], heights, lines)
        if not misplaced or wanted == breaks:
            break
        breaks = wanted
    assert best is not None
    return best


def style_of(grid: Grid, more: int = 0, less: int = 0) -> Style:
    """The shipped style nearest to the grid, its type made to fit it; `more` lines a page, `less` lines for a column's heading."""
    shipped = [style.load(name) for name in style.NAMES]
    near = min(shipped, key=lambda one: abs(one.settings["text"]["characters"] - grid.characters))
    settings = copy.deepcopy(near.settings)
    text, measure = settings["text"], style.measure_of(near.settings)
    height = text["lines"] * text["pitch"]
    settings["page"]["measure"] = measure
    text |= {"characters": grid.characters, "lines": grid.lines + more}
    text["pitch"] = height / text["lines"]
    text["size"] = min(measure / grid.characters, text["pitch"] / 1.2)
    heads = [max(grid.column_lines - less, 1), *[max(grid.subcolumn_lines, 1)] * 2]
    settings["columns"] = {"lines": [max(head - 1, 1) for head in heads], "before": [min(head - 1, 1) for head in heads]}
    for name in ("column", "subcolumn", "minor"):
        settings["sizes"][name] = min(settings["sizes"][name], text["pitch"] * settings["columns"]["lines"][0] / 1.2)
    return replace(near, settings=settings)


# ---- where the headlines stand ----


@dataclass(frozen=True, slots=True)
class _Stand:
    page: int    # as the folio has it
    line: float  # from the top of the page, 0 the first


def _positions(made: bytes, issue: Issue, chosen: Style, first_page: int) -> dict[int, _Stand]:
    """Where each item with a headline stands, by its number: from the bookmarks, which are columns and items in their order."""
    numbers = list(_marked(issue.columns))
    text, page = chosen.settings["text"], chosen.settings["page"]
    with pypdfium2.PdfDocument(made) as document:
        every = list(document.get_toc())
        while every and every[-1].get_title() in (PERSONS, SUBJECTS):
            every.pop()
        marks = [mark.get_dest() for mark in every[len(every) - len(numbers):]]
        if not marks or len(marks) != len(numbers):
            raise InputError("E503", reason="书签与栏目、条目不符 / bookmarks do not match columns and items")
        leaf = marks[0].get_index()
        found = {}
        for number, mark in zip(numbers, marks, strict=True):
            if number is not None:
                place = mark.get_view()[1]
                top = place[1] if len(place) > 1 else page["height"]
                height = document[mark.get_index()].get_height()
                slug = (height - page["height"]) / 2  # around a page for the printer
                down = (height - slug - top - page["top"]) / text["pitch"]
                found[number] = _Stand(mark.get_index() - leaf + first_page, max(down, 0.0))
        return found


def _marked(columns: Sequence[Column]) -> Iterator[int | None]:
    """What bears a bookmark, in order: None for a column, the number of an item."""
    for column in columns:
        if book.printable(column.title or ""):
            yield None
        yield from (item.number for item in column.items if book.printable(item.headline or ""))
        yield from _marked(column.columns)


def _misplaced(issue: Issue, grid: Grid, stands: Mapping[int, _Stand]) -> Iterator[Misplaced]:
    modelled = {place.item: place.modelled for place in grid.placed}
    for item in issue.items():
        stand = stands.get(item.number)
        if item.page is not None and stand is not None and stand.page != item.page:
            yield Misplaced(item.number, item.headline or "", item.page, stand.page, modelled.get(item.number))


# ---- breaks ----


def _heights(
    grid: Grid, stands: Mapping[int, _Stand], breaks: Mapping[int, int], lines: int, before: Mapping[int, float],
) -> dict[int, float]:
    """The lines from each item to the next as they were set; where a break lies between them, as they were before it.

    Where that break turned a page too many, the item before it must be higher than was thought.
    """
    found = dict(before)
    held = [place for place in grid.placed if place.item in stands]
    for place, following in pairwise(held):
        at, end = stands[place.item], stands[following.item]
        if following.item not in breaks:
            found[place.item] = (end.page - at.page) * lines + end.line - at.line
        elif end.page > following.printed:
            found[place.item] = found.get(place.item, 0.0) + 1
    return found


def _breaks(grid: Grid, start: _Stand, heights: Mapping[int, float], lines: int) -> dict[int, int]:
    """The breaks that bring each headline that comes too early to its page, by the heights of the items.

    A printed page before one already passed is a slip of the 目录: nothing is broken for its sake.
    """
    found: dict[int, int] = {}
    in_order = _in_order(grid)
    at = (start.page - grid.first_page) * lines + start.line
    for place in grid.placed:
        page = grid.first_page + int((at + FOOT) // lines)
        if page < place.printed and place.item in in_order:
            found[place.item] = place.printed - page
            at = (place.printed - grid.first_page) * lines
        at += heights.get(place.item, 0.0)
    return found


def _in_order(grid: Grid) -> set[int]:
    """The items of the longest run of printed pages that never goes back: the others cannot all come out."""
    best: list[tuple[int, int | None]] = []
    for n, place in enumerate(grid.placed):
        length, back = max(
            ((best[m][0], m) for m in range(n) if grid.placed[m].printed <= place.printed), default=(0, None), key=lambda pair: pair[0])
        best.append((length + 1, back))
    at: int | None = max(range(len(best)), key=lambda n: best[n][0])
    kept = set()
    while at is not None:
        kept.add(grid.placed[at].item)
        at = best[at][1]
    return kept


def _put_breaks(columns: list[dict[str, Any]], breaks: Mapping[int, int]) -> None:
    """Note the breaks in the data: before the item, or before the heading that stands directly over it."""
    for column in columns:
        first = _first_item(column)
        if first is not None and first["number"] in breaks:
            column["pages_before"] = breaks[first["number"]]
            _put_breaks_within(column, {number: n for number, n in breaks.items() if number != first["number"]})
        else:
            _put_breaks_within(column, breaks)


def _put_breaks_within(column: dict[str, Any], breaks: Mapping[int, int]) -> None:
    for item in column["items"]:
        item["pages_before"] = breaks.get(item["number"], 0)
    _put_breaks(column["columns"], breaks)


def _first_item(column: dict[str, Any]) -> dict[str, Any] | None:
    if column["items"]:
        first: dict[str, Any] = column["items"][0]
        return first
    return next((found for inner in column["columns"] if (found := _first_item(inner))), None)
