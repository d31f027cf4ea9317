"""Decisions on findings. Accepted: the text is corrected in a new revision, the old one stays. Waived: the finding stays away, with the
reason, while the text that it speaks of stands as it is, in whatever issue or revision; where the text changed it is offered again.

A decision is of the record and names its finding by the hash of the item's text, the span and the words, never by a row's id.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from yuebao.archive import decisions, derived, record, stages
from yuebao.archive.decisions import Decided
from yuebao.archive.identity import identity_of
from yuebao.archive.models import Mention, StoredFinding, StoredIssue, StoredItem
from yuebao.archive.trouble import told
from yuebao.archive.values import Added
from yuebao.archive.waivers import WAIVE, named, with_states
from yuebao.errors import ArchiveError, InputError, UsageError
from yuebao.model import Finding, Issue, Item, canonical
from yuebao.pipeline import encoded_as
from yuebao.proof.collate import ACCEPTED
from yuebao.proof.fix import Corrected, corrected
from yuebao.proof.sheet import WAIVED

ACCEPT = "accept"


def waive(key: str, position: int, reason: str, decided_by: str | None = None, *, seen: str | None = None) -> Decided:
    """Decide not to follow the finding at a position of an issue, and return the decision.

    `seen`: the content hash of the revision that was looked at. Raises UsageError E203 (no reason), E211 (another revision is current by
    now, or no such finding) and ArchiveError E404.
    """
    if not reason.strip():
        raise UsageError("E203", reason="请写明不采纳的理由", command="archive waive")
    with told(), transaction.atomic():
        stored, found = _at(key, [position], seen)
        statement = {"finding": named(found[0], _texts(stored)), "reason": reason.strip(), "issue": key}
        decided = decisions.decide(WAIVE, statement, decided_by)
        restate(stored)
    return decided


def unwaive(key: str, position: int, decided_by: str | None = None) -> None:
    """Take back whatever waives the finding at a position of an issue. Raises as `waive` does."""
    with told(), transaction.atomic():
        stored, found = _at(key, [position], None)
        name = canonical(named(found[0], _texts(stored)))
        for decided in decisions.in_force(WAIVE):
            if canonical(decided.statement["finding"]) == name:
                decisions.undo(decided.digest, decided_by)
        restate(stored)


def reasons(key: str) -> dict[int, str]:
    """Why the waived findings of an issue are waived, by position. Raises ArchiveError E404."""
    with told():
        stored = _stored(key)
        why = {canonical(d.statement["finding"]): str(d.statement["reason"]) for d in decisions.in_force(WAIVE)}
        texts = _texts(stored) if why else {}
        rows = StoredFinding.objects.filter(issue=stored, data__state=WAIVED).values_list("position", "data")
        return {position: why.get(canonical(named(Finding.from_dict(data), texts)), "") for position, data in rows}


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
        with transaction.atomic():
            texts = _texts(stored)
            said = [named(f, texts) | {"proposal": f.proposal} for f in result.done]
            decisions.decide(ACCEPT, {"issue": key, "content_hash": revision.content_hash, "findings": said}, decided_by)
            added = record.revise(key, file, revision.outline)
    record.follow()
    return added


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
    try:
        identity = identity_of(issue, issue.source.name)
    except InputError:
        return ()
    with told():
        same = StoredIssue.objects.filter(
            series__title=identity.title, year=identity.year, number=identity.number, published_on=identity.published_on)
        keys = list(same.values_list("key", flat=True))
    return tuple(finding for key in keys for finding in accepted(key))


def restate(stored: StoredIssue) -> None:
    """Put down anew which findings of an issue are waived. To be called in a transaction."""
    rows = list(StoredFinding.objects.filter(issue=stored).order_by("position"))
    states = with_states((Finding.from_dict(row.data) for row in rows), _texts(stored))
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


def _at(key: str, positions: Sequence[int], seen: str | None) -> tuple[StoredIssue, list[Finding]]:
    """The issue and its findings at these positions, in their order."""
    stored = _stored(key)
    rows = StoredFinding.objects.filter(issue=stored, position__in=positions).order_by("position").values_list("data", flat=True)
    if (seen is not None and seen != stored.derivation.content_hash) or len(rows) != len(set(positions)) or not positions:
        raise UsageError("E211", key=key)
    return stored, [Finding.from_dict(data) for data in rows]


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
