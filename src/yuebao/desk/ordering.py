"""Where an item stands in its issue: one number orders all, and the items of a column stand together, those of its parts too."""

from __future__ import annotations

from yuebao.desk.models import DeskIssue, DeskItem

BETWEEN = " / "  # joins the titles of a path
CLOSEST = 1e-6  # positions nearer to one another than this are numbered anew


def place(issue: DeskIssue, column_path: str, before: DeskItem | None = None, moved: DeskItem | None = None) -> float:
    """The position in a column right before another item of it, else at its end; `moved` itself is not reckoned with.

    A column that is new stands after its nearest kin (要闻 / 会议 after the rest of 要闻), else last. Call it within `writing`.
    """
    rows = _rows(issue, moved)
    at = _index(rows, column_path, before)
    low, high = (rows[at - 1][2] if at else None), (rows[at][2] if at < len(rows) else None)
    if low is not None and high is not None and high - low < CLOSEST:
        _number(rows)
        low, high = float(at), float(at + 1)
    if low is None:
        return 0.0 if high is None else high - 1
    return low + 1 if high is None else (low + high) / 2


def _rows(issue: DeskIssue, moved: DeskItem | None) -> list[tuple[int, str, float]]:
    items = DeskItem.objects.filter(issue=issue).exclude(state="withdrawn").order_by("position", "number")
    if moved is not None:
        items = items.exclude(pk=moved.pk)
    return list(items.values_list("pk", "column_path", "position"))


def _index(rows: list[tuple[int, str, float]], column_path: str, before: DeskItem | None) -> int:
    if before is not None:
        for n, (key, path, _) in enumerate(rows):
            if key == before.pk and path == column_path:
                return n
    kin = [_shared(path, column_path) for _, path, _ in rows]
    nearest = max(kin, default=0)
    return len(rows) if nearest == 0 else len(kin) - kin[::-1].index(nearest)


def _shared(one: str, other: str) -> int:
    """How many titles two paths have in common from the outermost on, one more where they are the same."""
    first, second = one.split(BETWEEN), other.split(BETWEEN)
    common = next((n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second)))
    return common + (one == other)


def _number(rows: list[tuple[int, str, float]]) -> None:
    items = [DeskItem(pk=key, position=float(n)) for n, (key, _, _) in enumerate(rows, 1)]
    DeskItem.objects.bulk_update(items, ["position"], batch_size=200)
