"""三审: 初审 复审 终审 of every item, in order, of the text that was read; an item goes from state to state only as `STEPS` says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime

from yuebao.archive.engines import writing
from yuebao.desk import audit, comments, items, offices
from yuebao.desk.drafts import grouped, items_in_order
from yuebao.desk.models import Account, DeskIssue, DeskItem, Review, Scan
from yuebao.errors import UsageError

# state → (Chinese, English)
STATES: dict[str, tuple[str, str]] = {
    "editing": ("编改中", "being edited"),
    "submitted": ("待初审", "awaits first review"),
    "first_passed": ("待复审", "awaits second review"),
    "second_passed": ("待终审", "awaits final review"),
    "passed": ("三审通过", "passed all three"),
    "withdrawn": ("已撤下", "withdrawn"),
}
LEVELS: dict[str, tuple[str, str]] = {
    "first": ("初审", "first review"), "second": ("复审", "second review"), "final": ("终审", "final review"),
}
VERDICTS: dict[str, tuple[str, str]] = {"passed": ("通过", "passed"), "returned": ("退回", "returned")}

# (state, step) → state. A step is a level and its verdict, or what an editor does. An edit of the text leads to `editing` from anywhere.
STEPS: dict[tuple[str, str], str] = {
    ("editing", "submit"): "submitted",
    ("submitted", "recall"): "editing",
    ("submitted", "first passed"): "first_passed",
    ("submitted", "first returned"): "editing",
    ("first_passed", "second passed"): "second_passed",
    ("first_passed", "second returned"): "editing",
    ("second_passed", "final passed"): "passed",
    ("second_passed", "final returned"): "editing",
    ("passed", "final returned"): "editing",
}
AWAITED = {"submitted": "first", "first_passed": "second", "second_passed": "final"}  # the review that a state waits for
DONE = {"editing": 0, "withdrawn": 0, "submitted": 0, "first_passed": 1, "second_passed": 2, "passed": 3}  # reviews that stand in it


def submit(item_id: int, *, seen: int, by: Account) -> DeskItem:
    """送审: the item put before the first reviewer. Raises UsageError E222, E223."""
    return _step(item_id, "submit", seen, by)


def recall(item_id: int, *, seen: int, by: Account) -> DeskItem:
    """The item taken back by the editor before anybody has reviewed it. Raises UsageError E222, E223."""
    return _step(item_id, "recall", seen, by)


def review(
    item_id: int, level: str, verdict: str, *, seen: int, by: Account, note: str = "", entered_by: Account | None = None,
    scan: Scan | None = None,
) -> Review:
    """One verdict of `by` on version `seen`. `entered_by`, `scan`: 代录 of what `by` did on paper.

    A return needs its reason in `note`. Raises UsageError E222; E223 out of order, without reason, or where one person would do two of the
    three and the office has not settled that this may be.
    """
    with writing():
        item = items.locked(item_id, seen)
        state = _after(item, f"{level} {verdict}")
        if verdict == "returned" and not note.strip():
            raise UsageError("E223", reason="退回要写明原因")
        if verdict == "passed":
            note = _noted(item, level, by, note)
        made = Review.objects.create(
            item=item, version=seen, level=level, verdict=verdict, by=by, at=datetime.now(UTC), note=note, entered_by=entered_by, scan=scan,
        )
        items.save(item, state=state)
        audit.note(
            entered_by or by, "item reviewed", items.subject_of(item),
            version=seen, level=level, verdict=verdict, reviewer=by.name, note=note,
        )
    return made


def send_back(item_id: int, *, seen: int, by: Account, note: str) -> DeskItem:
    """退回 by anybody of the desk who finds something when it is under review or passed: to be edited again, the reason as a comment.

    Raises UsageError E222, E223 (no reason, or it is being edited already).
    """
    if not note.strip():
        raise UsageError("E223", reason="退回要写明原因")
    with writing():
        item = items.locked(item_id, seen)
        if not DONE[item.state] and item.state != "submitted":
            raise UsageError("E223", reason=f"{items.subject_of(item)} {STATES[item.state][0]}")
        comments.add(item_id, note, by=by)
        items.save(item, state=items.EDITING)
        audit.note(by, "item sent back", items.subject_of(item), version=seen, note=note.strip())
    return item


def passed(item: DeskItem) -> bool:
    """Whether all three reviews have passed the text as it is now."""
    return item.state == "passed"


def standing(item: DeskItem) -> tuple[Review, ...]:
    """The reviews passed that count for the text as it is now, in their order."""
    return standing_of([item]).get(item.pk, ())


def last_return(item: DeskItem) -> Review | None:
    """The review that returned the item, while it is being edited for it; None where the last was none, or it was submitted again."""
    last = Review.objects.filter(item=item).select_related("by").order_by("id").last() if item.state == items.EDITING else None
    return last if last is not None and last.verdict == "returned" else None


def standing_of(some: Iterable[DeskItem]) -> dict[int, tuple[Review, ...]]:
    """The same for many items, by their keys, in one query."""
    by_key = {item.pk: item for item in some}
    found: dict[int, list[Review]] = {}
    for made in Review.objects.filter(item__in=by_key).select_related("by", "entered_by").order_by("id"):
        # a return or an edit begins anew: what was passed before it is history, and the first review that counts is again the first level
        reviews = found.setdefault(made.item_id, [])
        if made.verdict == "returned" or made.level == "first":
            reviews.clear()
        if made.verdict == "passed":
            reviews.append(made)
    return {key: tuple(reviews[:DONE[by_key[key].state]]) for key, reviews in found.items()}


def waiting(issue: DeskIssue, level: str) -> list[tuple[DeskItem, tuple[Review, ...]]]:
    """The items that wait for a level of review, as they stand in the issue, each with the reviews passed so far. Two queries."""
    state = next(state for state, awaited in AWAITED.items() if awaited == level)
    found = grouped(list(DeskItem.objects.filter(issue=issue, state=state).order_by("position", "number")))
    done = standing_of(found)
    return [(item, done.get(item.pk, ())) for item in found]


def waiting_counts(issue: DeskIssue) -> tuple[int, ...]:
    """How many items wait for the first, second and final review. One query."""
    states = Counter(DeskItem.objects.filter(issue=issue).values_list("state", flat=True))
    return tuple(states[state] for state in AWAITED)


def sheet(issue: DeskIssue) -> list[tuple[DeskItem, tuple[Review | None, ...]]]:
    """For the 审校单: every item of the issue in order, with its three reviews (None where one is lacking)."""
    in_order = items_in_order(issue)
    done = standing_of(in_order)
    return [(item, tuple((*done.get(item.pk, ()), None, None, None)[:3])) for item in in_order]


# ---- parts ----


def _step(item_id: int, step: str, seen: int, by: Account) -> DeskItem:
    with writing():
        item = items.locked(item_id, seen)
        items.save(item, state=_after(item, step))
        audit.note(by, f"item {step}", items.subject_of(item), version=seen)
    return item


def _after(item: DeskItem, step: str) -> str:
    state = STEPS.get((item.state, step))
    if state is None:
        raise UsageError("E223", reason=f"{items.subject_of(item)} {STATES[item.state][0]}")
    return state


def _noted(item: DeskItem, level: str, by: Account, note: str) -> str:
    """The note, saying so where the same person has done another of the three. Raises UsageError E223 where that may not be."""
    others = [LEVELS[made.level][0] for made in standing(item) if made.by_id == by.pk]
    if not others:
        return note
    if offices.setting("reviews_by_three"):
        raise UsageError("E223", reason=f"{LEVELS[level][0]}与{'、'.join(others)}不能由一人承担")
    return f"{note}（本室规定可由一人兼审：{by.full_name}兼{'、'.join(others)}）"

