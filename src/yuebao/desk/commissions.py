"""组稿: which contributor is asked for what by when; reminded, received or excused, each step in the log."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.db.models import F, QuerySet

from yuebao.archive.engines import writing
from yuebao.desk import audit, issues
from yuebao.desk.models import Account, Commission, Contributor, DeskIssue
from yuebao.errors import UsageError

# key → (Chinese, English)
STATES: dict[str, tuple[str, str]] = {
    "asked": ("已通知", "asked"),
    "reminded": ("已催", "reminded"),
    "received": ("已收", "received"),
    "excused": ("免报", "excused"),
    "withdrawn": ("撤销", "withdrawn"),
}
WAITING = ("asked", "reminded")
STEPS: dict[str, tuple[str, str]] = {  # what may be done with one that waits: the state it comes to
    "remind": ("催稿", "reminded"),
    "receive": ("收到", "received"),
    "excuse": ("免报", "excused"),
    "withdraw": ("撤销", "withdrawn"),
}


def ask(issue: DeskIssue, contributor: Contributor, subject: str, due_on: date, by: Account) -> Commission:
    """A new task for a contributor. Raises UsageError E203 (nothing asked for), E223 (the issue is signed)."""
    if not subject.strip():
        raise UsageError("E203", reason="组稿要写明约什么稿", command="desk")
    with writing():
        issues.in_work(issue)
        asked = Commission.objects.create(
            issue=issue, contributor=contributor, subject=subject.strip(), due_on=due_on, asked_at=datetime.now(UTC), asked_by=by)
        audit.note(by, "copy commissioned", issues.name_of(issue), contributor=contributor.name, task=asked.subject, due_on=f"{due_on}")
    return asked


def remind(commission: Commission, by: Account) -> None:
    """催稿, counted. Raises UsageError E223 where the task does not wait."""
    _step(commission, "reminded", by, reminders=F("reminders") + 1)


def receive(commission: Commission, by: Account) -> None:
    """The copy has come. Raises UsageError E223."""
    _step(commission, "received", by)


def excuse(commission: Commission, by: Account) -> None:
    """免报: nothing need come. Raises UsageError E223."""
    _step(commission, "excused", by)


def withdraw(commission: Commission, by: Account) -> None:
    """The task was put by mistake. Raises UsageError E223."""
    _step(commission, "withdrawn", by)


def tasks(**of: object) -> QuerySet[Commission]:
    """The tasks (of an issue, a year by issue__year, a contributor) by day due, without those withdrawn."""
    return Commission.objects.filter(**of).exclude(state="withdrawn").select_related("issue", "contributor")


def _step(commission: Commission, state: str, by: Account, **changed: object) -> None:
    with writing():
        if not Commission.objects.filter(pk=commission.pk, state__in=WAITING).update(state=state, **changed):
            raise UsageError("E223", reason=f"“{commission.subject}”已收到、免报或撤销")
        issue = commission.issue
        audit.note(by, f"commission {state}", issues.name_of(issue), contributor=commission.contributor.name, task=commission.subject)
