"""A source that says itself what its parts are (TEI, our own Word, HTML, EPUB, Markdown): its marks are followed, nothing is guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from yuebao.model import (
    Column,
    ContentsRow,
    Dropped,
    Editor,
    Entry,
    Epigraph,
    Figure,
    Issue,
    Item,
    Mark,
    Masthead,
    Origin,
    Source,
    Span,
    Table,
    map_items,
)
from yuebao.structure.entries import dated
from yuebao.structure.sheet import by_source

_NUMBERS = frozenset({"year", "month", "number", "serial_number", "print_run"})
_FILLED = re.compile(r"[^\0]+")
# a file of ours has at least one of these; a mark for a table alone says nothing of the rest
LEADING = frozenset({"masthead", "column", "headline", "entry"})


def is_marked(source: Source) -> bool:
    """Whether the file says itself where its columns and items are."""
    return any(mark.role in LEADING for mark in source.marks)


def read_marked(source: Source) -> Issue:
    """The Issue that the marks describe, its items numbered in order; what no mark covers is for the caller to account for."""
    return _Reading(source).issue()


@dataclass
class _Item:
    """An item while its entries come in."""

    number: int = 0
    headline: str | None = None
    contents_headline: str | None = None
    text: str = ""
    entries: list[Entry] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    origin: list[Origin] = field(default_factory=list)
    is_internal: bool = False

    def add(self, source: Source, mark: Mark) -> tuple[int, int]:
        """Append the characters of a mark as a line of the text; its range in the text."""
        if self.headline is not None or self.entries:
            self.text += "\n"
        start = len(self.text)
        self.origin += texts_of(source, mark, start)
        self.text += source.text[mark.start:mark.end].replace("\0", "")
        return start, len(self.text)

    def spans_of(self, marks: Iterable[Mark]) -> tuple[Span, ...]:
        """The parts of the text that the marks cover."""
        spans = [
            Span(o.start + max(mark.start - o.source_start, 0), o.end - max(o.source_end - mark.end, 0))
            for mark in marks for o in self.origin
            if o.start is not None and o.end is not None and mark.start < o.source_end and o.source_start < mark.end
        ]
        return tuple(spans)


@dataclass
class _Column:
    """A column while its items come in."""

    level: int
    title: str | None
    contents_title: str | None
    origin: list[Origin]
    columns: list[_Column] = field(default_factory=list)
    items: list[_Item] = field(default_factory=list)

    def walk(self) -> Iterator[_Item]:
        """The items in body order: its own, then those of the columns in it."""
        yield from self.items
        for inner in self.columns:
            yield from inner.walk()


class _Reading:
    """One run over the marks of one source."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.masthead: dict[str, Any] = {}
        self.masthead_origin: list[Origin] = []
        self.editors: list[Editor] = []
        self.epigraph: dict[str, str] = {}
        self.epigraph_origin: list[Origin] = []
        self.rows: list[ContentsRow] = []
        self.path: list[str] = []
        self.listed: list[tuple[str, Mark]] = []  # columns of the 目录 that the body has not come to yet
        self.roots: list[_Column] = []
        self.open: list[_Column] = []
        self.item: _Item | None = None
        self.figures: list[tuple[Figure, _Item | None]] = []
        self.dropped: list[Dropped] = []
        self.internal: list[Mark] = []

    def issue(self) -> Issue:
        """The issue, when every mark has been followed."""
        for mark in self.source.marks:
            getattr(self, "_" + mark.role.replace(".", "_"))(mark)
        for _, mark in self.listed:
            self._furniture(replace(mark, value="column of the contents without one in the body"))
        for number, item in enumerate((item for root in self.roots for item in root.walk()), 1):
            item.number = number
        masthead = Masthead(**self.masthead, editors=tuple(self.editors), origin=tuple(self.masthead_origin))
        return Issue(
            source=self.source.info, masthead=masthead, epigraph=self._whole_epigraph(), contents=tuple(self.rows),
            columns=_with_pages(tuple(self._whole_column(root, masthead) for root in self.roots), self.rows),
            figures=tuple(replace(figure, item=item.number if item else None) for figure, item in self.figures),
            dropped=tuple(self.dropped), problems=self.source.problems,
        )

    # ---- one method a role ----

    def _masthead(self, mark: Mark) -> None:
        said = self._said(mark)
        if mark.field == "editors":
            self.editors.append(Editor(mark.value or "", self._text(mark)))
        elif mark.field in _NUMBERS:
            if found := re.search(r"\d+", said):
                self.masthead[mark.field] = int(found[0])
        elif mark.field:
            self.masthead[mark.field] = said
        self.masthead_origin += self._places(mark)

    def _epigraph(self, mark: Mark) -> None:
        is_text = mark.field in (None, "text")
        self.epigraph[mark.field or "text"] = self._text(mark) if is_text else self._said(mark)
        self.epigraph_origin += texts_of(self.source, mark) if is_text else self._places(mark)

    def _contents_column(self, mark: Mark) -> None:
        self.path[mark.level - 1:] = [self._text(mark)]
        self.listed.append((self._text(mark), mark))

    def _contents_row(self, mark: Mark) -> None:
        self.rows.append(ContentsRow(self._text(mark), None, tuple(self.path), tuple(texts_of(self.source, mark))))

    def _contents_page(self, mark: Mark) -> None:
        if not self.rows:
            return
        row = self.rows[-1]
        found = re.search(r"\d+", self._said(mark))
        self.rows[-1] = replace(row, page=int(found[0]) if found else None, origin=(*row.origin, *self._places(mark)))

    def _column(self, mark: Mark) -> None:
        column = _Column(mark.level, self._text(mark) or None, mark.value, self._places(mark))
        for listed in [pair for pair in self.listed if pair[0] == (column.contents_title or column.title)][:1]:
            self.listed.remove(listed)
            column.origin += self._places(listed[1])
        while self.open and self.open[-1].level >= mark.level:
            self.open.pop()
        (self.open[-1].columns if self.open else self.roots).append(column)
        self.open.append(column)
        self.item = None

    def _item(self, mark: Mark) -> None:
        if not self.open:  # an item under no column
            self._column(Mark("column", mark.start, mark.start))
        self.item = _Item(is_internal=mark.value == "internal")
        self.open[-1].items.append(self.item)

    def _headline(self, mark: Mark) -> None:
        if self.item is not None and self.item.text:
            self._item(mark)
        item = self._current(mark)
        item.add(self.source, mark)
        item.headline, item.contents_headline = item.text, mark.value

    def _entry(self, mark: Mark) -> None:
        item = self._current(mark)
        start, end = item.add(self.source, mark)
        item.entries.append(Entry(start, end, None))

    def _byline(self, mark: Mark) -> None:
        item = self._current(mark)
        if item.entries:
            item.entries[-1] = replace(item.entries[-1], byline=self._text(mark))
            item.origin += self._places(mark)

    def _table(self, mark: Mark) -> None:
        item = self._current(mark)
        item.tables.append(Table(len(item.text) if mark.after is None else mark.after, rows_of(mark), mark.field))
        item.origin += self._places(mark)

    def _figure(self, mark: Mark) -> None:
        media_type, _, sha256 = (mark.value or "").partition(" ")
        after = len(self.item.text) if self.item else None
        if mark.after is not None:
            after = mark.after if mark.after >= 0 else None
        name = mark.field or f"figure-{len(self.figures) + 1}"
        self.figures.append((Figure(name, None, after, None, None, media_type, sha256), self.item))

    def _caption(self, mark: Mark) -> None:
        self._of_figure(mark, caption=self._text(mark))

    def _credit(self, mark: Mark) -> None:
        self._of_figure(mark, credit=self._text(mark))

    def _of_figure(self, mark: Mark, **said: Any) -> None:
        if self.figures:  # of a damaged file: without its figure it is left to be unplaced
            figure, item = self.figures.pop()
            self.figures.append((replace(figure, **said), item))
            self._furniture(replace(mark, value=f"{mark.role} of a figure"))

    def _internal(self, mark: Mark) -> None:
        self.internal.append(mark)

    def _furniture(self, mark: Mark) -> None:
        if mark.end > mark.start:
            self.dropped.append(Dropped(mark.start, mark.end, mark.value or "furniture"))

    # ---- what they share ----

    def _current(self, mark: Mark) -> _Item:
        if self.item is None:
            self._item(mark)
        assert self.item is not None
        return self.item

    def _text(self, mark: Mark) -> str:
        return self.source.text[mark.start:mark.end].replace("\0", "")

    def _said(self, mark: Mark) -> str:
        return mark.value if mark.value is not None else self._text(mark)

    def _places(self, mark: Mark) -> list[Origin]:
        return places_of(self.source, mark)

    def _whole_epigraph(self) -> Epigraph | None:
        if not self.epigraph:
            return None
        heading, text, attribution, said_on = map(self.epigraph.get, ("heading", "text", "attribution", "said_on"))
        return Epigraph(heading, text or "", attribution, said_on, tuple(self.epigraph_origin))

    def _whole_column(self, column: _Column, masthead: Masthead) -> Column:
        items = tuple(self._whole_item(item, masthead) for item in column.items)
        inner = tuple(self._whole_column(c, masthead) for c in column.columns)
        return Column(column.title, column.contents_title, inner, items, tuple(column.origin))

    def _whole_item(self, item: _Item, masthead: Masthead) -> Item:
        internal = True if item.is_internal else item.spans_of(self.internal) or None
        entries = tuple(dated(item.text, item.entries, masthead))
        return Item(
            item.number, item.headline, item.contents_headline, None, item.text, entries, tables=tuple(item.tables),
            origin=by_source(item.origin), internal=internal,
        )


def places_of(source: Source, mark: Mark) -> list[Origin]:
    """Where the characters of a mark stand, for a value that is not the text itself; NUL is left out."""
    return [Origin(None, None, *found.span()) for found in _FILLED.finditer(source.text, mark.start, mark.end)]


def texts_of(source: Source, mark: Mark, at: int = 0) -> list[Origin]:
    """Where the characters of a mark stand, for a value of which they are the text from offset `at` on; NUL is left out."""
    out = []
    for place in places_of(source, mark):
        end = at + place.source_end - place.source_start
        out.append(replace(place, start=at, end=end))
        at = end
    return out


def rows_of(mark: Mark) -> tuple[tuple[str, ...], ...]:
    """The rows of a table's mark."""
    return tuple(tuple(map(str, row)) for row in json.loads(mark.value or "[]"))


def _with_pages(columns: tuple[Column, ...], rows: Sequence[ContentsRow]) -> tuple[Column, ...]:
    """The columns, each item with the page of its row of the 目录, looked for in order."""
    waiting = list(rows)

    def paged(item: Item) -> Item:
        listed = item.contents_headline or item.headline
        at = next((n for n, row in enumerate(waiting) if row.title == listed), None)
        if at is None:
            return item
        page = waiting[at].page
        del waiting[:at + 1]
        return replace(item, page=page)

    return map_items(columns, paged)
