"""Where an item stands in its issue: one number orders all, and the items of a column stand together, those of its parts too."""

from __future__ import annotations

from collections.abc import Sequence

from yuebao.archive.models import StoredIssue, StoredItem, in_time
from yuebao.desk.models import DeskIssue, DeskItem

BETWEEN = " / "  # joins the titles of a path
CLOSEST = 1e-6  # positions nearer to one another than this are numbered anew

Row = tuple[int, str, float]  # key, path, position of an item


def place(issue: DeskIssue, column_path: str, before: DeskItem | None = None, moved: DeskItem | None = None) -> float:
    """The position in a column right before another item of it, else at its end; `moved` itself is not reckoned with.

    A column that is new stands among its kin (要闻 / 会议 with the rest of 要闻), where the last issue in print had it, else last. Call it
    within `writing`.
    """
    rows = _rows(issue, moved)
    at = _index(issue, rows, column_path, before)
    low, high = (rows[at - 1][2] if at else None), (rows[at][2] if at < len(rows) else None)
    if low is not None and high is not None and high - low < CLOSEST:
        number([DeskItem(pk=key) for key, _, _ in rows])
        low, high = float(at), float(at + 1)
    if low is None:
        return 0.0 if high is None else high - 1
    return low + 1 if high is None else (low + high) / 2


def _rows(issue: DeskIssue, moved: DeskItem | None) -> list[Row]:
    items = DeskItem.objects.filter(issue=issue).exclude(state="withdrawn").order_by("position", "number")
    if moved is not None:
        items = items.exclude(pk=moved.pk)
    return list(items.values_list("pk", "column_path", "position"))


def _index(issue: DeskIssue, rows: list[Row], column_path: str, before: DeskItem | None) -> int:
    paths = [path for _, path, _ in rows]
    if before is not None and (before.pk, column_path) in [(key, path) for key, path, _ in rows]:
        return [key for key, _, _ in rows].index(before.pk)
    if column_path in paths:
        return len(paths) - paths[::-1].index(column_path)
    nearest = max((_shared(path, column_path) for path in paths), default=0)
    kin = [n for n, path in enumerate(paths) if _shared(path, column_path) == nearest]
    printed = columns_in_print(issue)
    if not kin or column_path not in printed:
        return kin[-1] + 1 if nearest else len(rows)
    first = set(printed[:printed.index(column_path)])
    return max((n + 1 for n in kin if paths[n] in first), default=kin[0])


def columns_in_print(issue: DeskIssue) -> list[str]:
    """The paths of the columns of the last archived issue of the title, in its order. Two queries."""
    last = StoredIssue.objects.filter(series__title=issue.title).order_by(*in_time()).last()
    if last is None:
        return []
    return list(dict.fromkeys(StoredItem.objects.filter(issue=last).order_by("number").values_list("column_path", flat=True)))


def _shared(one: str, other: str) -> int:
    """How many titles two paths have in common, from the outermost on."""
    first, second = one.split(BETWEEN), other.split(BETWEEN)
    return next((n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second)))


def number(items: Sequence[DeskItem]) -> None:
    """Give the items the places in which they stand here. Call it within `writing`."""
    for at, item in enumerate(items, 1):
        item.position = float(at)
    DeskItem.objects.bulk_update(items, ["position"], batch_size=200)
