"""版面: the items of an issue in their columns and order; moved by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Min, QuerySet

from yuebao.archive.engines import writing
from yuebao.desk import audit, items, ordering
from yuebao.desk.drafts import grouped, items_in_order, titles_of
from yuebao.desk.models import Account, Comment, DeskIssue, DeskItem


@dataclass(frozen=True, slots=True)
class Line:
    """An item on the board. `length` as an editor counts; `comments`: those that are not settled."""

    number: int
    headline: str
    column_path: str
    state: str
    version: int
    length: int
    comments: int


class Beside(NamedTuple):
    """An item next to another."""

    number: int
    headline: str


def lines(issue: DeskIssue) -> list[Line]:
    """The items of the issue as they stand in it. Two queries."""
    return grouped(_lines(DeskItem.objects.filter(issue=issue).exclude(state=items.WITHDRAWN)))


def withdrawn(issue: DeskIssue) -> list[Line]:
    """The items taken out of the issue. Two queries."""
    return _lines(DeskItem.objects.filter(issue=issue, state=items.WITHDRAWN))


def _lines(rows: QuerySet[DeskItem]) -> list[Line]:
    """The items in order of place, as plain tuples: there may be hundreds."""
    comments = dict(
        Comment.objects.filter(item__in=rows, resolved_at=None).order_by().values_list("item").annotate(Count("pk")))
    fields = ("number", "headline", "column_path", "state", "version", "text", "pk")
    return [
        Line(*shown, items.length(text), comments.get(key, 0))
        for *shown, text, key in rows.order_by("position", "number").values_list(*fields)
    ]


def move(item_id: int, column_path: str, before: int | None, seen: int, by: Account) -> DeskItem:
    """The item in a column, right before another item of it (its key), else at the end. Another column is another version of the item;
    another place in its own column is none, and reviews stand in either case. Raises UsageError E222, E223.
    """
    with writing():
        item = items.locked(item_id, seen)
        other = DeskItem.objects.filter(pk=before, issue=item.issue).first() if before else None
        if column_path != item.column_path:
            item = items.edit(item_id, seen=seen, by=by, column_path=column_path, note=f"移到{column_path}")
        items.save(item, position=ordering.place(item.issue, column_path, other, moved=item))
        audit.note(by, "item moved", items.subject_of(item), column=column_path, before=other.number if other else None)
    return item


def step(item_id: int, by_how_many: int, seen: int, by: Account) -> DeskItem:
    """The item one place up (-1) or down (1) in its column; at the end of it, it stays. Raises UsageError E222, E223."""
    with writing():
        item = items.locked(item_id, seen)
        column = [row for row in items_in_order(item.issue) if row.column_path == item.column_path]
        at = next(n for n, row in enumerate(column) if row.pk == item.pk)
        to = at + by_how_many
        if not 0 <= to < len(column):
            return item
        before = column[to] if by_how_many < 0 else next(iter(column[to + 1:]), None)
        return move(item_id, item.column_path, before and before.pk, seen, by)


def step_column(issue: DeskIssue, column_path: str, by_how_many: int, by: Account) -> None:
    """A column, with the columns in it, one place up (-1) or down (1) among those beside it; at the end of them, it stays.

    Raises UsageError E223.
    """
    with writing():
        issue.refresh_from_db(fields=["signed_at"])
        items.check_open(issue)
        rows, depth = items_in_order(issue), column_path.count(ordering.BETWEEN)
        path = tuple(column_path.split(ordering.BETWEEN))
        beside = list(dict.fromkeys(
            titles[:depth + 1] for row in rows if len(titles := titles_of(row)) > depth and titles[:depth] == path[:depth]))
        at = beside.index(path) if path in beside else -1
        to = at + by_how_many
        if at < 0 or not 0 <= to < len(beside):
            return
        beside[at], beside[to] = beside[to], beside[at]
        places = {titles: n for n, titles in enumerate(beside)}
        spots = [n for n, row in enumerate(rows) if titles_of(row)[:depth + 1] in places]
        moved = sorted((rows[n] for n in spots), key=lambda row: places[titles_of(row)[:depth + 1]])
        for n, row in zip(spots, moved, strict=True):
            rows[n] = row
        ordering.number(rows)
        audit.note(by, "column moved", f"{issue.year}-{issue.number:02d}", column=column_path, places=by_how_many)


def columns_of(issue: DeskIssue) -> tuple[str, ...]:
    """The columns that an item may go to: those of the issue in their order, then those of the last issue in print. Three queries."""
    own = DeskItem.objects.filter(issue=issue).exclude(state=items.WITHDRAWN).order_by()
    in_order = own.values("column_path").annotate(first=Min("position")).order_by("first")
    paths = [*in_order.values_list("column_path", flat=True), *ordering.columns_in_print(issue)]
    return tuple(path for path in dict.fromkeys(paths) if path)


def neighbours(item: DeskItem) -> tuple[Beside | None, Beside | None]:
    """The items right before and after in the issue; None at its ends, and for one that is withdrawn."""
    rows = DeskItem.objects.filter(issue=item.issue_id).exclude(state=items.WITHDRAWN).order_by("position", "number")
    beside = [Beside(*row) for row in rows.values_list("number", "headline")]
    at = next((n for n, row in enumerate(beside) if row.number == item.number), None)
    if at is None:
        return None, None
    return beside[at - 1] if at else None, beside[at + 1] if at + 1 < len(beside) else None
