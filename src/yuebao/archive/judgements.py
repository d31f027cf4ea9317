"""Decisions on findings. Accepted: the text is corrected in a new revision, the old one stays; taken back: one more revision puts back what
was corrected. Waived: the finding stays away, with the reason, while the words that it speaks of and what is around them stand.

A decision is of the record and names its finding by the hash of the item's text, the span and the words, never by a row's id.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from yuebao.archive import decisions, derived, record, stages
from yuebao.archive.beyond import every_finding
from yuebao.archive.decisions import Decided
from yuebao.archive.engines import writing
from yuebao.archive.models import Mention, StoredFinding, StoredIssue, StoredItem
from yuebao.archive.trouble import told
from yuebao.archive.values import Added
from yuebao.archive.waivers import WAIVE, named, stored_as, waiver_of, waivers, with_states
from yuebao.errors import ArchiveError, UsageError
from yuebao.model import Finding, Issue, Item, canonical
from yuebao.pipeline import encoded_as
from yuebao.proof.collate import ACCEPTED
from yuebao.proof.differences import edits
from yuebao.proof.fix import Corrected, corrected
from yuebao.proof.sheet import WAIVED

ACCEPT = "accept"


def waive(key: str, position: int, reason: str, decided_by: str | None = None, *, seen: str | None = None) -> Decided:
    """Decide not to follow the finding at a position of `every_finding` of an issue, and return the decision.

    `seen`: what `standing` had for it when it was looked at. Raises UsageError E203 (no reason), E211 (something else is current by now,
    or no such finding) and ArchiveError E404.
    """
    if not reason.strip():
        raise UsageError("E203", reason="请写明不采纳的理由", command="archive waive")
    with told(), writing():
        stored, found = _at(key, [position], seen)
        statement = {"finding": named(found[0], _texts(stored)), "reason": reason.strip(), "issue": key}
        decided = decisions.decide(WAIVE, statement, decided_by)
        restate(stored)
    return decided


def unwaive(key: str, position: int, decided_by: str | None = None) -> None:
    """Take back whatever waives the finding at a position of an issue. Raises as `waive` does."""
    with told(), writing():
        stored, found = _at(key, [position], None)
        texts = _texts(stored)
        while (decided := waiver_of(found[0], texts, key, waivers())) is not None:
            decisions.undo(decided.digest, decided_by)
        restate(stored)


@dataclass(frozen=True, slots=True)
class Standing:
    """The findings of an issue as they stand: all of them, why those that are waived are so (by position), and a word for what they are of.

    `seen` is another where a revision, or what rests on other issues, has changed.
    """

    findings: tuple[Finding, ...]
    reasons: dict[int, str]
    seen: str


def standing(key: str) -> Standing:
    """The findings of an issue with what was decided on them. Raises ArchiveError E404, UsageError E208."""
    findings = every_finding(key)
    with told():
        stored = _stored(key)
        why: dict[int, str] = {}
        if any(f.state == WAIVED for f in findings):
            waived, texts = waivers(), _texts(stored)
            found = {n: waiver_of(finding, texts, key, waived) for n, finding in enumerate(findings)}
            why = {n: str(decided.statement["reason"]) for n, decided in found.items() if decided is not None}
        beyond = [f.to_dict() | {"state": None} for f in findings[StoredFinding.objects.filter(issue=stored).count():]]
    digest: str = stored.derivation.content_hash
    return Standing(findings, why, decisions.text_hash(canonical([digest, beyond])) if beyond else digest)


def accept(key: str, positions: Sequence[int], decided_by: str | None = None, *, seen: str | None = None) -> Added:
    """Follow the findings at these positions of an issue: its source is corrected, read again, and becomes a new revision.

    All or none. Raises UsageError E211 as `waive` does, E212 where a correction cannot be carried out as it stands (no proposal, a
    protected span, an issue kept without its source, or the text would be read otherwise), and ArchiveError.
    """
    with told():
        stored, found = _at(key, positions, seen)
        revision = stored.revisions.get(is_current=True)
        result, data = _corrected(key, found)
        file = stages.file_of(revision.source_name, data)
        _same_but_for(found, record.show(key), stages.read_file(file, revision.outline).issue)
        with writing():
            texts = _texts(stored)
            said = [named(f, texts) | {"proposal": f.proposal} for f in result.done]
            statement = {"issue": key, "content_hash": revision.content_hash, "findings": said}
            added = record.revise(key, file, revision.outline)
            statement["revision"] = stored.revisions.get(is_current=True).sequence
            decisions.decide(ACCEPT, statement, decided_by)
    record.follow()
    return added


def restore(decided: Decided) -> Added:
    """Put back what a decision to accept had corrected, as a new revision, within the caller's transaction; later changes elsewhere stand.

    Raises UsageError E213 where the text has changed there since, E212 where it would be read otherwise, and ArchiveError.
    """
    key, sequence = decided.statement["issue"], decided.statement.get("revision")
    stored = _stored(key)
    made, now = stored.revisions.filter(sequence=sequence).first(), stored.revisions.get(is_current=True)
    before = stored.revisions.filter(sequence=sequence - 1).first() if made else None
    texts = [source.text for revision in (before, made, now) if revision and (source := record.characters_of(revision))]
    back = put_back(*texts) if len(texts) == len((before, made, now)) else None
    if back is None:
        raise UsageError("E213", digest=decided.digest[:8])
    source = record.source_of(key)
    assert source is not None
    file = stages.file_of(now.source_name, encoded_as(back, source, record.bytes_of(key)))
    if _shape(record.show(key)) != _shape(stages.read_file(file, now.outline).issue):
        raise UsageError("E212", reason="改回后栏目或条目会变")
    return record.revise(key, file, now.outline)


def put_back(before: str, after: str, now: str) -> str | None:
    """The text as it is now, with what made `after` of `before` made undone; None where one of those places has changed since."""
    since = edits(after, now)
    out, at = [], 0
    for span in edits(before, after):
        if any(s.old_start <= span.new_end and span.new_start <= s.old_end for s in since):
            return None
        shift = sum((s.new_end - s.new_start) - (s.old_end - s.old_start) for s in since if s.old_end <= span.new_start)
        out += [now[at:span.new_start + shift], before[span.old_start:span.old_end]]
        at = span.new_end + shift
    return "".join([*out, now[at:]])


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A decision to follow findings that stands: by its digest `archive undo` takes it back. `changes`: what was put for what."""

    digest: str
    decided_by: str | None
    decided_at: datetime
    changes: tuple[tuple[str, str], ...]


def acceptances(key: str) -> tuple[Acceptance, ...]:
    """What was accepted of an issue and stands, the latest first. Raises ArchiveError E404."""
    _stored(key)
    return tuple(
        Acceptance(d.digest, d.decided_by, d.decided_at, tuple((one["text"], one["proposal"]) for one in d.statement["findings"]))
        for d in reversed(decisions.in_force(ACCEPT)) if d.statement["issue"] == key
    )


def accepted(key: str) -> tuple[Finding, ...]:
    """The findings of an issue that were accepted, oldest first: for those who count errors. Raises ArchiveError E404."""
    _stored(key)
    return tuple(
        Finding(
            code=one["code"], severity="error", item=None, page=None, line=None, start=one["start"], end=one["end"], text=one["text"],
            proposal=one["proposal"], safe=False, message="", basis="", source_start=None, source_end=None, state=ACCEPTED,
        )
        for decided in decisions.in_force(ACCEPT) if decided.statement["issue"] == key for one in decided.statement["findings"]
    )


def accepted_of(issue: Issue) -> tuple[Finding, ...]:
    """What was accepted of the issue that a document is; nothing where the archive does not hold it."""
    stored = stored_as(issue)
    return accepted(stored.key) if stored else ()


def restate(stored: StoredIssue) -> None:
    """Put down anew which findings of an issue are waived. To be called in a transaction."""
    rows = list(StoredFinding.objects.filter(issue=stored).order_by("position"))
    states = with_states((Finding.from_dict(row.data) for row in rows), _texts(stored), stored.key)
    for row, finding in zip(rows, states, strict=True):
        row.data = finding.to_dict()
    StoredFinding.objects.bulk_update(rows, ["data"], batch_size=500)
    items = list(StoredItem.objects.filter(issue=stored).order_by("pk"))
    mentions = Mention.objects.filter(item__issue=stored).select_related("person").order_by("pk")
    derivation = stored.derivation
    derivation.rows_hash = derived.rows_hash(items, mentions, rows)
    derivation.save(update_fields=["rows_hash"])


# ---- which finding ----


def _stored(key: str) -> StoredIssue:
    stored = StoredIssue.objects.select_related("derivation").filter(key=key).first()
    if stored is None:
        raise ArchiveError("E404", key=key)
    return stored


def _at(key: str, positions: Sequence[int], looked_at: str | None) -> tuple[StoredIssue, list[Finding]]:
    """The issue and its findings at these positions, in their order."""
    stored, now = _stored(key), standing(key)
    if not positions or not all(0 <= n < len(now.findings) for n in positions) or looked_at not in (None, now.seen):
        raise UsageError("E211", key=key)
    return stored, [now.findings[n] for n in sorted(set(positions))]


def _texts(stored: StoredIssue) -> dict[int, str]:
    return dict(StoredItem.objects.filter(issue=stored).values_list("number", "text"))


# ---- the correction ----


def _corrected(key: str, found: Sequence[Finding]) -> tuple[Corrected, bytes]:
    """The findings carried out in the source of the current revision, and its bytes."""
    issue, source = record.show(key), record.source_of(key)
    if source is None:
        raise UsageError("E212", reason="这一期存入的是期次文档，没有原文")
    result = corrected(issue, source, found)
    if result.left:
        raise UsageError("E212", reason=f"“{result.left[0].text}”不能直接照改")
    return result, encoded_as(result.text, source, record.bytes_of(key))


def _same_but_for(found: Sequence[Finding], before: Issue, after: Issue) -> None:
    """Raise E212 where the corrected source is not read as the same issue, but for what was corrected."""
    if _shape(before) != _shape(after):
        raise UsageError("E212", reason="照改后栏目或条目会变")
    touched = {f.item for f in found if f.start is not None}
    for old, new in zip(before.items(), after.items(), strict=True):
        if old.text != (new.text if old.number not in touched else _undone(found, old, new)):
            raise UsageError("E212", reason=f"照改后第 {old.number} 条会另有变动")


def _shape(issue: Issue) -> tuple[object, ...]:
    masthead = issue.masthead
    paths = tuple(tuple(column.title for column in path) for path, _ in issue.walk())
    return len(issue.items()), len(issue.contents), len(paths), masthead.title, masthead.year, masthead.number


def _undone(found: Sequence[Finding], old: Item, new: Item) -> str:
    """The old text, where carrying the findings out in it gives the new; else what differs from it."""
    text = old.text
    for finding in sorted((f for f in found if f.item == old.number), key=lambda f: f.start or 0, reverse=True):
        if finding.start is not None and finding.end is not None:
            text = text[:finding.start] + (finding.proposal or "") + text[finding.end:]
    return old.text if "".join(text.split()) == "".join(new.text.split()) else new.text + "\0"
