"""发送: numbered copies 编号印发 by recipient, 签收 and 退回, who fetched which file, 样本送交."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.db.models import Max

from yuebao.archive.engines import writing
from yuebao.desk import audit, issues
from yuebao.desk.models import Account, DeskIssue, Edition, Fetch, IssueCopy, Recipient
from yuebao.errors import UsageError


def number_of(copy: IssueCopy) -> str:
    """No. 0001."""
    return f"No. {copy.number:04d}"


def mark_of(copy: IssueCopy) -> str:
    """What stands on every page of a copy: its number, to whom it goes, and the mark agreed on."""
    return "\u3000".join(filter(None, (number_of(copy), copy.recipient.name, copy.recipient.mark)))


def distribute(issue: DeskIssue, *, by: Account) -> list[IssueCopy]:
    """Numbered copies for every recipient that has none of this issue yet, in the order of the list; the numbers go on from the last.

    Said again after a recipient was added, it sends to that one alone. Raises UsageError E223 (not signed off; nobody to send to).
    """
    with writing():
        refuse_unsigned(issue)
        if is_recalled(issue):
            raise UsageError("E223", reason=f"{issues.name_of(issue)}已收回")
        waiting = list(Recipient.objects.filter(is_active=True).exclude(issue_copies__issue=issue))
        if not waiting:
            raise UsageError("E223", reason="没有未发送的发送对象")
        last = IssueCopy.objects.filter(issue=issue).aggregate(last=Max("number"))["last"] or 0
        now = datetime.now(UTC)
        to = [recipient for recipient in waiting for _ in range(recipient.copies)]
        copies = IssueCopy.objects.bulk_create(
            IssueCopy(issue=issue, number=number, recipient=recipient, sent_at=now) for number, recipient in enumerate(to, last + 1))
        sent = {recipient.name: recipient.copies for recipient in waiting}
        issues.step(issue, "distributed", str(len(copies)), by=by, details={"sent": sent})
        audit.note(by, "issue distributed", issues.name_of(issue), sent=sent, numbers=[last + 1, last + len(copies)])
    return copies


def received(issue: DeskIssue, numbers: list[int], receiver: str, *, by: Account) -> int:
    """签收 of these copies entered, those received already left alone; how many. Raises UsageError E203 (no name), E205 (no such copy)."""
    if not receiver.strip():
        raise UsageError("E203", reason="未写签收人", command="desk")
    return _mark(issue, numbers, "copies received", by, {"received_at": None}, received_at=datetime.now(UTC), received_by=receiver.strip())


def returned(issue: DeskIssue, numbers: list[int], *, by: Account) -> int:
    """退回 of these copies entered; how many. Raises UsageError E205."""
    return _mark(issue, numbers, "copies returned", by, {"returned_at": None}, returned_at=datetime.now(UTC))


def _mark(issue: DeskIssue, numbers: list[int], action: str, by: Account, still: dict[str, object], **values: object) -> int:
    with writing():
        copies = IssueCopy.objects.filter(issue=issue, number__in=numbers)
        known = set(copies.values_list("number", flat=True))
        if not numbers or known != set(numbers):
            raise UsageError("E205", path="、".join(f"No. {n:04d}" for n in sorted(set(numbers) - known)) or "未选")
        done = copies.filter(**still).update(**values)
        audit.note(by, action, issues.name_of(issue), numbers=sorted(numbers))
    return done


def fetch(issue: DeskIssue, edition_id: int, *, by: Account) -> Edition:
    """A file of the signed issue, and that it was fetched, noted. Raises UsageError E205."""
    with writing():
        edition = Edition.objects.filter(issue=issue, pk=edition_id).first()
        if edition is None:
            raise UsageError("E205", path=f"/desk/{issue.pk}/editions/{edition_id}")
        _noted(edition, by, "edition fetched")
    return edition


def fetch_copy(issue: DeskIssue, number: int, *, by: Account) -> tuple[IssueCopy, Edition]:
    """A numbered copy, and the internal PDF that it is made of; noted. Raises UsageError E205."""
    with writing():
        copy = IssueCopy.objects.filter(issue=issue, number=number).select_related("recipient").first()
        edition = Edition.objects.filter(issue=issue, edition="internal", format="pdf").first()
        if copy is None or edition is None:
            raise UsageError("E205", path=f"No. {number:04d}")
        _noted(edition, by, "copy fetched", number=number)
    return copy, edition


def taken(key: str, format: str, *, by: Account) -> None:
    """Note that an archived issue was taken away from the reading room as a file of that format."""
    audit.note(by, "file taken", key, file=format)


def deposit(issue: DeskIssue, to: str, copies: int, on: date, *, by: Account) -> None:
    """样本送交: to which body, how many, on which day. Raises UsageError E203, E223 (not signed off)."""
    if not to.strip() or copies < 1:
        raise UsageError("E203", reason=f"样本送交“{to}”{copies} 份", command="desk")
    with writing():
        refuse_unsigned(issue)
        issues.step(issue, "deposited", str(copies), by=by, note=to.strip(), details={"on": on.isoformat()})
        audit.note(by, "copies deposited", issues.name_of(issue), to=to.strip(), copies=copies, on=on.isoformat())


def is_recalled(issue: DeskIssue) -> bool:
    """Whether the issue has been recalled 收回."""
    return issue.steps.filter(kind="recalled").exists()


def refuse_unsigned(issue: DeskIssue) -> None:
    """Raise UsageError E223 where the issue is not signed off yet."""
    if not DeskIssue.objects.filter(pk=issue.pk, stage="signed").exists():
        raise UsageError("E223", reason=f"{issues.name_of(issue)}还没有签发")


def _noted(edition: Edition, by: Account, action: str, **details: int) -> None:
    Fetch.objects.create(edition=edition, by=by, at=datetime.now(UTC))
    audit.note(by, action, issues.name_of(edition.issue), file=edition.name, **details)
