"""The issue in hand as an issue document: what is proofed, set and, at 签发, archived.

The source of such a document is its own text, laid out below it as it was read: cover, columns, items. So the account of characters
(promise 1) holds for it as for any other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Protocol, TypeVar

from yuebao.annotate import annotate
from yuebao.calendar_text import find_dates
from yuebao.desk.items import WITHDRAWN, whole
from yuebao.desk.models import DeskFigure, DeskIssue, DeskItem
from yuebao.desk.ordering import BETWEEN
from yuebao.model import Column, Entry, Figure, Issue, Item, Masthead, Origin, Picture, Source, SourceInfo, Table
from yuebao.structure.entries import event_date


class Placed(Protocol):
    """What stands in a column: an item, or a line of the board."""

    column_path: str


T = TypeVar("T", bound=Placed)
COVER = (
    "title", "title_pinyin", "notice", "motto", "supervisor", "sponsor", "publisher", "address", "phone", "email", "distribution",
    "place_line", "published_on", "permit_number", "printer", "print_run", "printed_on",
)


def draft_of(issue: DeskIssue) -> tuple[Issue, Source]:
    """The issue as a document, annotated, and its source; the same rows give the same bytes. Two queries.

    Its items are numbered from 1 in the order of `items_in_order`, whatever their numbers on the desk.
    """
    return _draft(issue, items_in_order(issue))


def draft_of_item(item: DeskItem) -> tuple[Issue, Source]:
    """An issue of this item alone, as item 1, under the cover of its own issue; annotated. One query."""
    return _draft(item.issue, [item])


def items_in_order(issue: DeskIssue) -> list[DeskItem]:
    """The items of the issue that are not withdrawn, as they stand in it: those of a column together, in the order of the first of each."""
    return grouped(list(DeskItem.objects.filter(issue=issue).exclude(state=WITHDRAWN).order_by("position", "number")))


def titles_of(item: Placed) -> tuple[str, ...]:
    """The titles of the columns that an item stands in, outermost first; none where it stands in no column."""
    return tuple(item.column_path.split(BETWEEN)) if item.column_path else ()


def masthead_of(issue: DeskIssue) -> Masthead:
    """封面与版权页 as far as they are known, with the numbers that the issue has reserved."""
    numbers = {name: getattr(issue, name) for name in ("title", "year", "month", "number", "serial_number")}
    said = {name: value for name, value in issue.masthead.items() if value is not None}
    return Masthead.from_dict({**Masthead().to_dict(), **numbers, **said, "origin": []})


def grouped(rows: Sequence[T], depth: int = 0) -> list[T]:
    """Rows that share `depth` titles: first those of that column itself, then column by column those of the columns in it."""
    inner: dict[str, list[T]] = {}
    for row in rows:
        if len(titles := titles_of(row)) > depth:
            inner.setdefault(titles[depth], []).append(row)
    own = [row for row in rows if len(titles_of(row)) == depth]
    return own + [row for of_column in inner.values() for row in grouped(of_column, depth + 1)]


# ---- parts ----


def _draft(issue: DeskIssue, rows: Sequence[DeskItem]) -> tuple[Issue, Source]:
    laying = _Laying(masthead_of(issue), _pictures(rows))
    cover = tuple(laying.put(line) for line in _cover_lines(laying.masthead))
    columns = laying.columns(rows, 0)
    data, name = laying.text.encode(), f"{issue.title} {issue.year}-{issue.number:02d}.txt"
    info = SourceInfo(name, "text/plain", "utf-8", hashlib.sha256(data).hexdigest(), len(laying.text), None)
    laid = Issue(info, replace(laying.masthead, origin=cover), columns=columns, figures=tuple(laying.figures))
    return annotate(laid), Source(info, laying.text, pictures=tuple(laying.pictures))


def _cover_lines(head: Masthead) -> Iterable[str]:
    values = [str(value) for name in COVER if (value := getattr(head, name)) is not None]
    numbers = ((head.year, "{}年"), (head.month, "{}月"), (head.number, "第{}期"), (head.serial_number, "（总第{}期）"))
    lines = [*values[:1], "".join(form.format(value) for value, form in numbers if value is not None), *values[1:]]
    lines += [f"{editor.role} {editor.name}" for editor in head.editors]
    return (part for line in lines for part in line.split("\n") if part.strip())


@dataclass
class _Laying:
    """The document as it grows: its text, line by line, and what of it stands where."""

    masthead: Masthead
    pictures_of: dict[int, list[DeskFigure]]
    text: str = ""
    number: int = 0
    figures: list[Figure] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)

    def put(self, line: str, start: int | None = None) -> Origin:
        """Add a line; its origin in a text in which it begins at `start`, or that of what is no text."""
        at = len(self.text)
        self.text += line + "\n"
        return Origin(start, None if start is None else start + len(line), at, at + len(line))

    def columns(self, rows: Sequence[DeskItem], depth: int) -> tuple[Column, ...]:
        """Columns of rows in order that share `depth` titles."""
        out = []
        for path, of_column in groupby(rows, key=lambda row: titles_of(row)[depth:depth + 1]):
            of_path, title = list(of_column), path[0] if path else None
            origin = () if title is None else (self.put(title, 0),)
            own = [row for row in of_path if len(titles_of(row)) <= depth + 1]
            items = tuple(self.item(row) for row in own)
            out.append(Column(title, columns=self.columns(of_path[len(own):], depth + 1), items=items, origin=origin))
        return tuple(out)

    def item(self, row: DeskItem) -> Item:
        """The next item, with its tables and figures behind its text."""
        self.number += 1
        text, at = whole(row.headline, row.text), 0
        origin = []
        for line in text.split("\n"):
            if line:
                origin.append(self.put(line, at))
            at += len(line) + 1
        tables = tuple(replace(Table.from_dict(table), after=len(text)) for table in row.tables)
        beside = [line for table in tables for line in (table.caption or "", *map("\t".join, table.rows))]
        for figure in self.pictures_of.get(row.pk, []):
            beside += [figure.caption, figure.credit]
            self.figures.append(self.figure(figure, len(text)))
        origin += [self.put(line) for line in beside if line.strip()]
        entries = tuple(self.entries(text, len(row.headline) + 1 if row.headline else 0))
        internal = True if row.is_internal else None
        return Item(self.number, row.headline or None, None, None, text, entries, tables=tables, origin=tuple(origin), internal=internal)

    def figure(self, row: DeskFigure, after: int) -> Figure:
        picture, name = row.picture, f"{self.number}-{row.pk}"
        self.pictures.append(Picture(len(self.text), name, picture.media_type, bytes(picture.data)))
        return Figure(name, self.number, after, row.caption or None, row.credit or None, picture.media_type, picture.sha256)

    def entries(self, text: str, start: int) -> Iterable[Entry]:
        """The accounts of a text: each paragraph that opens with a day begins one, any other goes on with the one before."""
        year, month = self.masthead.year, self.masthead.month
        spans: list[tuple[int, int]] = []
        for line in text[start:].split("\n"):
            is_dated = any(found.start == 0 and not found.relative for found in find_dates(line, year, month))
            spans = [*spans, (start, start + len(line))] if is_dated or not spans else [*spans[:-1], (spans[-1][0], start + len(line))]
            start += len(line) + 1
        for first, last in spans:
            yield Entry(first, last, event_date(text[first:last], year, month))


def _pictures(rows: Sequence[DeskItem]) -> dict[int, list[DeskFigure]]:
    """The figures of the items, by their keys."""
    shown = DeskFigure.objects.filter(item__in=[row.pk for row in rows], is_withdrawn=False)
    in_order = shown.select_related("picture").order_by("item_id", "id")
    return {key: list(of_item) for key, of_item in groupby(in_order, key=lambda figure: figure.item_id)}
