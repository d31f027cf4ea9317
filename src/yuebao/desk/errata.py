"""勘误, 重印 and 收回: what was printed stays in the record as it was; what is right is said beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from yuebao.archive.engines import writing
from yuebao.archive.models import StoredItem
from yuebao.desk import audit, distribution, issues
from yuebao.desk.models import Account, DeskIssue, Erratum
from yuebao.errors import UsageError

KINDS: dict[str, tuple[str, str]] = {
    "correction": ("勘误", "correction"), "reprint": ("重印、换页", "printed again"), "recall": ("收回", "recalled"),
}


@dataclass(frozen=True, slots=True)
class Beside:
    """An erratum beside its passage: `start`, `end` in the item's text; what was printed, what is right, and why."""

    start: int
    end: int
    printed: str
    right: str
    reason: str
    at: datetime


def correct(issue: DeskIssue, item_number: int, printed: str, right: str, *, by: Account, reason: str = "") -> Erratum:
    """A 勘误 that quotes the archived item. Raises UsageError E203 (no right words), E223 (not signed off), E226 (not printed so)."""
    printed, right = _line(printed), _line(right)
    if not right or right == printed:
        raise UsageError("E203", reason="未写应作的文字，或与原文相同", command="desk")
    with writing():
        distribution.refuse_unsigned(issue)
        text = _texts(issue).get(item_number, "")
        if not printed or printed not in text:
            raise UsageError("E226", item=item_number, text=printed)
        return _add(issue, "correction", by, item_number=item_number, printed=printed, right=right, reason=reason.strip())


def reprint(issue: DeskIssue, what: str, reason: str, *, by: Account) -> Erratum:
    """重印 of the issue, or 换页 of some of its pages (`what`). Raises UsageError E203, E223."""
    return _of_whole(issue, "reprint", "printed_again", what, reason, by)


def recall(issue: DeskIssue, reason: str, *, by: Account) -> Erratum:
    """收回: the issue is marked so everywhere; the record, and who had which copy, stay. Raises UsageError E203, E223."""
    if distribution.is_recalled(issue):
        raise UsageError("E223", reason=f"{issues.name_of(issue)}已经收回")
    return _of_whole(issue, "recall", "recalled", issues.name_of(issue), reason, by)


def withdraw(issue: DeskIssue, erratum_id: int, *, by: Account) -> None:
    """A 勘误 taken back: it stays in the list, struck out. Raises UsageError E205."""
    with writing():
        found = Erratum.objects.filter(issue=issue, pk=erratum_id, kind="correction").update(is_withdrawn=True)
        if not found:
            raise UsageError("E205", path=f"/desk/{issue.pk}/errata/{erratum_id}/")
        audit.note(by, "erratum withdrawn", issues.name_of(issue), erratum=erratum_id)


def of_issue(issue: DeskIssue) -> list[Erratum]:
    """All of an issue: by item, then in the order in which they were entered."""
    return list(Erratum.objects.filter(issue=issue).select_related("by").order_by("item_number", "pk"))


def of_archived(key: str) -> list[Erratum]:
    """Those in force of the issue archived under `key`; none where it did not come from the desk."""
    return list(Erratum.objects.filter(issue__archive_key=key, is_withdrawn=False).order_by("item_number", "pk"))


def beside(key: str, item_number: int, text: str) -> tuple[Beside, ...]:
    """The 勘误 of an archived item, each at the first place where its text prints the passage, in the order of the text."""
    found = (
        Beside(text.find(e.printed), text.find(e.printed) + len(e.printed), e.printed, e.right, e.reason, e.at)
        for e in of_archived(key) if e.kind == "correction" and e.item_number == item_number and e.printed in text
    )
    return tuple(sorted(found, key=lambda one: (one.start, one.at)))


def items_of(issue: DeskIssue) -> Iterable[tuple[int, str]]:
    """Number and headline (or beginning) of each item of the signed issue, to choose from."""
    return [(number, text.split("\n", 1)[0]) for number, text in _texts(issue).items()]


def _texts(issue: DeskIssue) -> dict[int, str]:
    return dict(StoredItem.objects.filter(issue__key=issue.archive_key).order_by("number").values_list("number", "text"))


def _of_whole(issue: DeskIssue, kind: str, step: str, what: str, reason: str, by: Account) -> Erratum:
    if not reason.strip() or not what.strip():
        raise UsageError("E203", reason=f"{KINDS[kind][0]}须写明范围和原因", command="desk")
    with writing():
        distribution.refuse_unsigned(issue)
        issues.step(issue, step, by=by, note=f"{what.strip()}：{reason.strip()}")
        return _add(issue, kind, by, printed=what.strip(), reason=reason.strip())


def _add(issue: DeskIssue, kind: str, by: Account, **fields: object) -> Erratum:
    erratum = Erratum.objects.create(issue=issue, kind=kind, by=by, at=datetime.now(UTC), **fields)
    audit.note(by, f"{kind} entered", issues.name_of(issue), **fields)  # type: ignore[arg-type]
    return erratum


def _line(text: str) -> str:
    """What was pasted from a page: without white space around it, line ends as one."""
    return text.replace("\r\n", "\n").strip()
