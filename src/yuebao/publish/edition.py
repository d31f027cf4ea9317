"""The public edition: the issue without what is marked internal, and the list of what was withheld."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from yuebao.model import Annotation, Column, ContentsRow, Issue, Item, Span


@dataclass(frozen=True, slots=True)
class Withheld:
    """A whole item (`text` its headline) or a passage of one that the public edition leaves out; `path`: the titles of its columns."""

    item: int
    path: tuple[str, ...]
    is_whole: bool
    text: str


def public_edition(issue: Issue) -> tuple[Issue, tuple[Withheld, ...]]:
    """The issue without its internal items and passages, its item numbers kept, and what was left out.

    A column that has nothing left goes with them; so do the rows of the 目录 and the figures of an item withheld. What is left says
    nothing of where it stands in the source.
    """
    withheld = tuple(
        found for path, item in issue.walk() for found in _withheld_of(item, tuple(column.title or "" for column in path)))
    whole = {found.item for found in withheld if found.is_whole}
    gone = [item for item in issue.items() if item.number in whole]
    columns = tuple(kept for column in issue.columns if (kept := _public_column(column)) is not None)
    figures = tuple(figure for figure in issue.figures if figure.item not in whole)
    public = replace(
        issue, columns=columns, figures=figures, contents=_public_rows(issue.contents, gone), dropped=(), unplaced=(), problems=())
    return public, withheld


def _withheld_of(item: Item, path: tuple[str, ...]) -> list[Withheld]:
    if item.internal is True:
        return [Withheld(item.number, path, True, item.headline or item.text[:40])]
    return [Withheld(item.number, path, False, item.text[span.start:span.end]) for span in _spans(item)]


def _spans(item: Item) -> tuple[Span, ...]:
    return item.internal if isinstance(item.internal, tuple) else ()


def _public_column(column: Column) -> Column | None:
    items = tuple(_public_item(item) for item in column.items if item.internal is not True)
    inner = tuple(kept for below in column.columns if (kept := _public_column(below)) is not None)
    had_any = column.items or column.columns
    return replace(column, items=items, columns=inner, origin=()) if items or inner or not had_any else None


def _public_item(item: Item) -> Item:
    spans = _spans(item)
    if not spans:
        return replace(item, internal=None, origin=())
    cut = _Cut(item.text, spans)
    headline = item.headline
    first = len(headline) if headline is not None else 0
    return replace(
        item, text=cut.text, internal=None, origin=(),
        headline=cut.text[:cut.at(first)] if headline is not None else None,
        entries=tuple(replace(entry, start=cut.at(entry.start), end=cut.at(entry.end)) for entry in item.entries),
        annotations=tuple(cut.annotation(a) for a in item.annotations if cut.spares(a.start, a.end)),
        tables=tuple(replace(table, after=cut.at(table.after)) for table in item.tables),
    )


def _public_rows(rows: Sequence[ContentsRow], gone: Sequence[Item]) -> tuple[ContentsRow, ...]:
    """The rows of the 目录 without those of the items that are gone: for each the first row with its title and page."""
    left = list(rows)
    for item in gone:
        listed = (item.contents_headline or item.headline, item.page)
        at = next((n for n, row in enumerate(left) if (row.title, row.page) == listed), None)
        if at is not None:
            del left[at]
    return tuple(replace(row, origin=()) for row in left)


class _Cut:
    """A text without some of its spans."""

    def __init__(self, text: str, spans: Sequence[Span]) -> None:
        self._out = bytearray(len(text))
        for span in spans:
            self._out[span.start:span.end] = b"\1" * (span.end - span.start)
        self.text = "".join(c for c, out in zip(text, self._out, strict=True) if not out)

    def at(self, offset: int) -> int:
        """Where an offset of the whole text is in what is left."""
        return offset - self._out.count(1, 0, offset)

    def spares(self, start: int, end: int) -> bool:
        """Whether nothing of the range is cut."""
        return not self._out.count(1, start, end)

    def annotation(self, annotation: Annotation) -> Annotation:
        return replace(annotation, start=self.at(annotation.start), end=self.at(annotation.end))
