"""版面: the items of an issue in their columns and order; moved by hand."""

from __future__ import annotations

from yuebao.archive.engines import writing
from yuebao.desk import audit, items, ordering
from yuebao.desk.models import Account, DeskItem


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
