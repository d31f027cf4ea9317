"""The audit log 操作记录: who did what to which thing, and when. Only added to, each line hashed with the hash before it.

`note` adds a line, `lines` and `csv_of` show them, `verify` proves the chain.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils.timezone import get_default_timezone

from yuebao.archive.engines import writing
from yuebao.archive.values import Fault
from yuebao.desk.audit_words import ACTIONS, MATTERS
from yuebao.desk.models import Account, AuditEntry
from yuebao.model import Json, canonical
from yuebao.spreadsheet import csv_of as spreadsheet

PROGRAM = "yuebao"  # who did what no account did


def note(by: Account | str, action: str, subject: str, **details: Json) -> AuditEntry:
    """Add a line, within the caller's transaction if there is one. `subject` names the thing (2026-01, 2026-01 条目 3)."""
    with writing():
        last = AuditEntry.objects.order_by("sequence").last()
        entry = AuditEntry(
            sequence=last.sequence + 1 if last else 1, at=datetime.now(UTC), by=_plain(by if isinstance(by, str) else by.name),
            action=action, subject=_plain(subject), details=canonical(details),
        )
        entry.entry_hash = hash_of(entry, last.entry_hash if last else "")
        entry.save(force_insert=True)
    return entry


def hash_of(entry: AuditEntry, before: str) -> str:
    """`sha256:` and the hex digest of a line and of the hash of the one before it."""
    said = [before, entry.sequence, entry.at.astimezone(UTC).isoformat(), entry.by, entry.action, entry.subject, entry.details]
    return "sha256:" + hashlib.sha256(canonical(said).encode()).hexdigest()


def verify() -> Iterator[Fault]:
    """A fault for each line that is not what was written, or before which one is lacking."""
    before = ""
    for number, entry in enumerate(AuditEntry.objects.order_by("sequence").iterator(), 1):
        if entry.sequence != number or hash_of(entry, before) != entry.entry_hash:
            yield Fault("audit", detail=str(entry.sequence))
        before = entry.entry_hash


def lines(by: str = "", action: str = "", start: date | None = None, end: date | None = None) -> QuerySet[AuditEntry]:
    """The lines of that person, of that action, of those days (of the office's time, both included), the newest first."""
    found = AuditEntry.objects.order_by("-sequence")
    if by:
        found = found.filter(by=by)
    if action:
        found = found.filter(action=action)
    if start:
        found = found.filter(at__gte=_midnight(start))
    if end:
        found = found.filter(at__lt=_midnight(end + timedelta(days=1)))
    return found


def csv_of(found: Iterable[AuditEntry]) -> bytes:
    """The lines as a table for a spreadsheet, times of the office."""
    head = ("序号", "时间", "操作人", "操作", "对象", "详情", "哈希")
    office = get_default_timezone()
    rows = (
        (e.sequence, f"{e.at.astimezone(office):%Y-%m-%d %H:%M:%S}", e.by, action_said(e.action), e.subject, e.details, e.entry_hash)
        for e in found
    )
    return spreadsheet([head, *rows])


def action_said(action: str, language: str = "zh") -> str:
    """What an action is called in that language; as it is noted where no words stand for it."""
    return action if language == "en" else ACTIONS.get(action, action)


def matter_said(key: str, language: str = "zh") -> str:
    """What a detail of a line is called in that language."""
    return key.replace("_", " ") if language == "en" else MATTERS.get(key, key)


def details_of(entry: AuditEntry) -> dict[str, Json]:
    """What a line says beside who, what and when."""
    return json.loads(entry.details)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, get_default_timezone())


def _plain(text: str) -> str:
    """Text that both databases keep as it is."""
    return text.replace("\0", "")
