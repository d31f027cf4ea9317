"""How far an issue is: what is done, what is lacking before the next step, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from yuebao.desk.issues import name_of, text_state
from yuebao.desk.items import WITHDRAWN
from yuebao.desk.models import DeskIssue, DeskItem, IssueCopy, IssueStep, StoredClipping
from yuebao.desk.reviews import DONE, LEVELS
from yuebao.errors import UsageError


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way: `key` names it (words `step_…`), `state`: done, now, ahead; `address`: the page where it is taken."""

    key: str
    state: str
    n: int
    of: int
    address: str


@dataclass(frozen=True, slots=True)
class Lack:
    """What is wanted before an issue can be signed off. `key` names it (words `lack_…`); `n` counts what is lacking, 0: nothing."""

    key: str
    n: int
    address: str


@dataclass(frozen=True, slots=True)
class Counts:
    """What an issue holds. `reviewed`: items by level of review passed on their present version."""

    clippings: int
    used: int
    items: int
    reviewed: dict[str, int]
    is_secrecy_passed: bool
    rounds: int
    copies: int


def counts_of(issue: DeskIssue) -> Counts:
    """The counts of an issue."""
    clippings = StoredClipping.objects.filter(issue=issue).exclude(state="withdrawn").aggregate(
        every=Count("pk"), used=Count("pk", filter=Q(state="used")))
    by_state = dict(
        DeskItem.objects.filter(issue=issue).exclude(state=WITHDRAWN).order_by().values_list("state").annotate(Count("pk")))
    return Counts(
        clippings=clippings["every"], used=clippings["used"], items=sum(by_state.values()),
        reviewed={level: sum(n for state, n in by_state.items() if DONE[state] >= done) for done, level in enumerate(LEVELS, 1)},
        is_secrecy_passed=is_secrecy_passed(issue), rounds=issue.proof_round, copies=IssueCopy.objects.filter(issue=issue).count())


def is_secrecy_passed(issue: DeskIssue) -> bool:
    """Whether the last 保密审查 passed, and the text has not changed since."""
    last = IssueStep.objects.filter(issue=issue, kind="secrecy").last()
    return last is not None and last.value == "passed" and last.details.get("text") == text_state(issue)


def lacking(issue: DeskIssue, counts: Counts) -> tuple[Lack, ...]:
    """What 签发 wants, each told whether it is lacking or not, in the order in which it is done."""
    return (
        Lack("items", int(not counts.items), "inbox"),
        *(Lack(f"review_{level}", counts.items - counts.reviewed[level], "board") for level in LEVELS if counts.items),
        Lack("final_draft", int(issue.stage not in ("final", "signed")), "desk-issue"),
        Lack("secrecy", int(not counts.is_secrecy_passed), "desk-issue"),
    )


def check_ready_for(issue: DeskIssue, stage: str) -> None:
    """Raise UsageError E223 where something is wanted before the issue can go on to `stage`: items for 送审稿, all reviews for 定稿."""
    counts = counts_of(issue)
    if not counts.items:
        raise UsageError("E223", reason=f"{name_of(issue)}还没有条目")
    missing = counts.items - min(counts.reviewed.values())
    if stage == "final" and missing:
        raise UsageError("E223", reason=f"还有 {missing} 条没有通过三审")


def steps_of(issue: DeskIssue, counts: Counts) -> tuple[Step, ...]:
    """The way of the issue from 来稿 to 发送; the first that is not done is the one in hand."""
    is_signed = issue.stage == "signed"
    reviewed = min(counts.reviewed.values())
    rows = (
        ("copy", counts.clippings > 0 or counts.items > 0, counts.clippings, 0, "copy"),
        ("accepted", counts.items > 0, counts.items, 0, "inbox"),
        ("reviews", 0 < counts.items == reviewed or is_signed, reviewed, counts.items, "board"),
        ("secrecy", counts.is_secrecy_passed or is_signed, 0, 0, "desk-issue"),
        ("proofs", issue.proof_round > 0, issue.proof_round, 0, "desk-issue"),
        ("signing", is_signed, 0, 0, "signing"),
        ("distribution", counts.copies > 0, counts.copies, 0, "distribution"),
    )
    first = next((key for key, is_done, *_ in rows if not is_done), None)
    return tuple(
        Step(key, "done" if is_done else "now" if key == first else "ahead", n, of, address) for key, is_done, n, of, address in rows)
