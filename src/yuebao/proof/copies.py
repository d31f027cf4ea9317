"""A text prepared for collation: its characters that count, and where each of them stands.

White space and what is layout (folios, running heads, list dashes, rules) is not compared: two settings of one text are the same text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from yuebao.model import Column, Issue, Origin, Source, SourceInfo
from yuebao.text import squeeze

LAYOUT = frozenset({"folio", "running head", "list dash", "table rule", "NUL"})  # of `Issue.dropped`; the rest of it is text
BRACKETS = frozenset("()（）〔〕[]【】")  # about the page of a row of the contents
LEAST_HEADS = 3  # pages whose first or last line is the same but for its digits, before it is taken for a running head
_DIGITS = re.compile(r"\d+")
_LINE = re.compile(r"[^\r\n\f]*[^\s][^\r\n\f]*")
# in a line of the contents, between the title and its page
_LEADERS = re.compile(r"(?:[.·…‥．・。_] ?){4,}|(?:(?<=\s)[.·…‥]\s?)+(?=\s?\d+\s*$)", re.M)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an offset stands, as far as that is known; all count from 1."""

    item: int | None
    page: int | None
    line: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the 目录: its title, the page that it gives and where that number stands, and where its headline stands in the body."""

    title: str
    page: int
    start: int
    end: int
    headline: int | None


@dataclass(frozen=True)
class Copy:
    """One of two texts to be collated. `layout`: spans not compared; `items`: (start, end, number) in order; `pieces`: (start, source
    offset) where the text was put together from its source, None where it is the source's own."""

    source: Source
    text: str
    layout: tuple[tuple[int, int], ...] = ()
    items: tuple[tuple[int, int, int], ...] = ()
    rows: tuple[Row, ...] = ()
    pages: tuple[tuple[int, int | None], ...] = ()
    pieces: tuple[tuple[int, int], ...] | None = None

    def place(self, offset: int) -> Place:
        """Where the character at the offset stands."""
        item = self._item(offset)
        page = dict(self.pages).get(item) if item is not None else None
        at: int | None = offset
        if self.pieces is not None:
            n = bisect_right(self.pieces, (offset, len(self.source.text))) - 1
            at = None if n < 0 or not self.source.text else self.pieces[n][1] + offset - self.pieces[n][0]
        if at is None:
            return Place(item, page, None)
        own = self.source.page_of(at)
        return Place(item, page if own is None else own, self.source.line_of(at))

    def _item(self, offset: int) -> int | None:
        n = bisect_right(self.items, (offset, len(self.text), 0)) - 1
        return self.items[n][2] if n >= 0 and offset < self.items[n][1] else None

    def content(self) -> tuple[str, list[int]]:
        """The characters that count, in order, and the offset of each."""
        skipped = bytearray(len(self.text))
        for start, end in self.layout:
            skipped[start:end] = b"\1" * (end - start)
        kept = [at for at, c in enumerate(self.text) if not skipped[at] and not c.isspace()]
        return "".join(self.text[at] for at in kept), kept


def copy_of_source(source: Source, issue: Issue | None = None, titles: frozenset[str] = frozenset()) -> Copy:
    """The copy of a file as it was read. `issue`, its structure, tells items, contents and layout; `titles` are those of columns and
    cover, without white space, by which the running heads of a file with pages are known."""
    layout = [*_running_heads(source, titles), *(m.span() for m in _LEADERS.finditer(source.text))]
    if issue is None:
        return Copy(source, source.text, tuple(layout))
    layout += [(d.source_start, d.source_end) for d in issue.dropped if d.reason in LAYOUT]
    rows = list(_rows(issue, source.text))
    for row in rows:  # of （6） and 6 the number alone is compared
        start, end = row.start, row.end
        layout += [(at, at + 1) for at in (start - 1, end) if source.text[at:at + 1] in BRACKETS]
    spans = sorted(
        (o.source_start, o.source_end, item.number) for item in issue.items() for o in item.origin if o.start is not None)
    return Copy(source, source.text, tuple(sorted(layout)), tuple(spans), tuple(rows), tuple(_pages(issue)))


def copy_of_issue(issue: Issue, source: Source | None = None) -> Copy:
    """The copy of an issue document, field by field; `source`, where it is at hand, gives the lines."""
    text: list[str] = []
    items: list[tuple[int, int, int]] = []
    rows: list[Row] = []
    pieces: list[tuple[int, int]] = []
    length = 0
    headlines = _headlines(issue)

    def put(line: str, origin: tuple[Origin, ...] = ()) -> int:
        nonlocal length
        start = length
        pieces.extend((start + o.start, o.source_start) for o in origin if o.start is not None)
        text.append(line + "\n")
        length += len(line) + 1
        return start

    for value in _masthead(issue):
        put(value)
    for row in issue.contents:
        page = "" if row.page is None else f" ({row.page})"
        start = put(row.title + page, row.origin)
        if row.page is not None:
            rows.append(Row(row.title, row.page, start + len(row.title) + 2, start + len(row.title + page) - 1, None))

    def put_column(column: Column) -> None:
        if column.title:
            put(column.title)
        for item in column.items:
            start = put(item.text, item.origin)
            items.append((start, start + len(item.text), item.number))
        for inner in column.columns:
            put_column(inner)

    for column in issue.columns:
        put_column(column)
    starts = {number: start for start, _, number in items}
    rows = [Row(r.title, r.page, r.start, r.end, starts.get(headlines.get(n, 0))) for n, r in enumerate(rows)]
    whole = "".join(text)
    own = source or Source(SourceInfo(issue.source.name, issue.source.media_type, None, issue.source.sha256, 0, None), "")
    return Copy(own, whole, (), tuple(items), tuple(rows), tuple(_pages(issue)), tuple(sorted(pieces)))


def _masthead(issue: Issue) -> Iterator[str]:
    fields = {name: getattr(issue.masthead, name) for name in issue.masthead.__slots__}
    for name, value in fields.items():
        if isinstance(value, str | int):
            yield str(value)
        elif name == "editors":
            yield from (f"{editor.role}：{editor.name}" for editor in value)
    if issue.epigraph:
        yield from (v for v in (issue.epigraph.heading, issue.epigraph.text, issue.epigraph.attribution, issue.epigraph.said_on) if v)


def _pages(issue: Issue) -> Iterator[tuple[int, int | None]]:
    return ((item.number, item.page) for item in issue.items())


def _rows(issue: Issue, text: str) -> Iterator[Row]:
    headlines = _headlines(issue)
    starts = {i.number: min((o.source_start for o in i.origin if o.start == 0), default=None) for i in issue.items()}
    for n, row in enumerate(issue.contents):
        place = next(((o.source_start, o.source_end) for o in row.origin if o.start is None), None)
        if row.page is not None and place is not None and (number := _DIGITS.search(text, *place)):
            yield Row(row.title, row.page, *number.span(), starts.get(headlines.get(n, 0)))


def _headlines(issue: Issue) -> dict[int, int]:
    """The number of the item of each contents row, by the row's index; the first of those that bear its title."""
    free: dict[str, list[int]] = {}
    for item in issue.items():
        free.setdefault(item.contents_headline or item.headline or "", []).append(item.number)
    return {n: free[row.title].pop(0) for n, row in enumerate(issue.contents) if free.get(row.title)}


def _running_heads(source: Source, titles: frozenset[str]) -> Iterator[tuple[int, int]]:
    """What stands at the edge of several of the file's own pages alike, but for its digits, and titles that several pages begin with."""
    if source.page_starts is None:
        return
    ends = [*source.page_starts[1:], len(source.text)]
    pages = [[m.span() for m in _LINE.finditer(source.text, *bounds)] for bounds in zip(source.page_starts, ends, strict=True)]
    edges = [span for page in pages for span in dict.fromkeys((*page[:2], *page[-2:]))]
    shapes = Counter(_shape(source.text, span) for span in edges)
    yield from (span for span in edges if shapes[_shape(source.text, span)] >= LEAST_HEADS)
    heads = [page[0] for page in pages if page and squeeze(source.text[slice(*page[0])]) in titles]
    if len(heads) >= LEAST_HEADS:
        yield from heads


def _shape(text: str, span: tuple[int, int]) -> str:
    return _DIGITS.sub("#", squeeze(text[slice(*span)]))
