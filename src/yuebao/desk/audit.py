"""The audit log 操作记录: who did what to which thing, and when. Only added to, each line hashed with the hash before it."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from yuebao.archive.engines import writing
from yuebao.desk.models import Account, AuditEntry
from yuebao.model import Json, canonical


def note(by: Account | str, action: str, subject: str, **details: Json) -> AuditEntry:
    """Add a line, within the caller's transaction if there is one. `subject` names the thing (2026-01, 2026-01 条目 3)."""
    with writing():
        last = AuditEntry.objects.order_by("sequence").last()
        entry = AuditEntry(
            sequence=last.sequence + 1 if last else 1, at=datetime.now(UTC), by=by if isinstance(by, str) else by.name,
            action=action, subject=subject, details=canonical(details),
        )
        entry.entry_hash = hash_of(entry, last.entry_hash if last else "")
        entry.save(force_insert=True)
    return entry


def hash_of(entry: AuditEntry, before: str) -> str:
    """`sha256:` and the hex digest of a line and of the hash of the one before it."""
    said = [before, entry.sequence, entry.at.astimezone(UTC).isoformat(), entry.by, entry.action, entry.subject, entry.details]
    return "sha256:" + hashlib.sha256(canonical(said).encode()).hexdigest()
