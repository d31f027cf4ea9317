"""版面: the items of an issue in their columns and order; moved by hand."""

from __future__ import annotations

from yuebao.archive.engines import writing
from yuebao.archive.models import StoredIssue, StoredItem, in_time
from yuebao.desk import audit, items, ordering
from yuebao.desk.models import Account, DeskIssue, DeskItem


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


def columns_of(issue: DeskIssue) -> tuple[str, ...]:
    """The columns that an item may go to: those of the issue in their order, then those of the last issue in print. Three queries."""
    own = DeskItem.objects.filter(issue=issue).exclude(state=items.WITHDRAWN).order_by("position", "number")
    last = StoredIssue.objects.filter(series__title=issue.title).order_by(*in_time()).last()
    printed = StoredItem.objects.filter(issue=last).order_by("number") if last else StoredItem.objects.none()
    paths = [*own.values_list("column_path", flat=True), *printed.values_list("column_path", flat=True)]
    return tuple(path for path in dict.fromkeys(paths) if path)


def neighbours(item: DeskItem) -> tuple[DeskItem | None, DeskItem | None]:
    """The items right before and after in the issue, with number and headline; None at its ends, and for one that is withdrawn."""
    rows = list(DeskItem.objects.filter(issue=item.issue_id).exclude(state=items.WITHDRAWN).order_by("position", "number").only(
        "number", "headline", "issue_id"))
    at = next((n for n, row in enumerate(rows) if row.pk == item.pk), None)
    if at is None:
        return None, None
    return rows[at - 1] if at else None, rows[at + 1] if at + 1 < len(rows) else None
