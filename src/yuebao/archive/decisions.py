"""People's decisions: part of the record, each hashed with the hash before it, never altered, taken back only by another decision.

A statement is plain JSON and names its evidence by `text_hash` of an item and a span, so that it survives renumbering and a rebuild.
Kinds: `merge`, `split` (who is who: `archive.register`), `undo` ({"of": decision_hash}); the rooms that make others name them.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from yuebao.archive.engines import writing
from yuebao.archive.models import Decision
from yuebao.archive.trouble import told
from yuebao.errors import ArchiveError, UsageError
from yuebao.model import Json, canonical

UNDO = "undo"
SHORTEST = 4  # characters of a hash that name a decision


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as kept. `digest` is its hash without the algorithm, by which `undo` names it; `is_undone`: it was taken back."""

    sequence: int
    kind: str
    statement: Json
    decided_by: str | None
    decided_at: datetime
    digest: str
    is_undone: bool = False


def decide(kind: str, statement: Json, decided_by: str | None = None) -> Decided:
    """Keep a decision, and return it."""
    with told(), writing():
        last = Decision.objects.order_by("-sequence").first()
        row = Decision(
            sequence=last.sequence + 1 if last else 1, kind=kind, statement=canonical(statement),
            decided_by=decided_by and decided_by.replace("\0", ""), decided_at=datetime.now(UTC),
        )
        row.decision_hash = hash_of(row, last.decision_hash if last else "")
        row.save(force_insert=True)
    return _decided(row, set())


def undo(digest: str, decided_by: str | None = None) -> Decided:
    """Take back the decision whose hash begins so, and return it. Raises UsageError E207 where none does, several do, or it is undone."""
    found = [d for d in decisions() if digest and len(digest) >= SHORTEST and d.digest.startswith(digest) and d.kind != UNDO]
    if len(found) != 1 or found[0].is_undone:
        raise UsageError("E207", digest=digest)
    decide(UNDO, {"of": found[0].digest}, decided_by)
    return found[0]


def decisions(*kinds: str) -> tuple[Decided, ...]:
    """Every decision (of these kinds), oldest first, those taken back marked. Raises ArchiveError E401 where one cannot be read."""
    with told():
        rows = list(Decision.objects.order_by("sequence"))
    undone = {_statement(row).get("of") for row in rows if row.kind == UNDO}
    return tuple(_decided(row, undone) for row in rows if not kinds or row.kind in kinds)


def in_force(*kinds: str) -> tuple[Decided, ...]:
    """The decisions (of these kinds) that nobody took back, oldest first."""
    return tuple(d for d in decisions(*kinds) if not d.is_undone and d.kind != UNDO)


def text_hash(text: str) -> str:
    """`sha256:` and the hex digest of an item's text: what people's decisions attach to."""
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def hash_of(row: Decision, before: str) -> str:
    """`sha256:` and the hex digest of a decision and of the hash of the one before it."""
    said = [before, row.sequence, row.kind, row.statement, row.decided_by, row.decided_at.astimezone(UTC).isoformat()]
    return "sha256:" + hashlib.sha256(canonical(said).encode()).hexdigest()


def _decided(row: Decision, undone: set[str]) -> Decided:
    digest = row.decision_hash.removeprefix("sha256:")
    return Decided(row.sequence, row.kind, _statement(row), row.decided_by, row.decided_at, digest, digest in undone)


def _statement(row: Decision) -> Json:
    try:
        return json.loads(row.statement)
    except ValueError as error:
        raise ArchiveError("E401", reason=f"decision {row.sequence}: {error}") from error
