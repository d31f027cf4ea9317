"""签发: the text set and proofed, then archived, with its editions, in one transaction: an issue is signed off whole or not at all.

What is slow is done before the transaction, and what is derived of the record (index, register) follows after it and heals by itself.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from yuebao.archive import record
from yuebao.archive.engines import writing
from yuebao.archive.trouble import told
from yuebao.desk import audit, editions, issues, standing
from yuebao.desk.drafts import draft_of
from yuebao.desk.models import Account, DeskIssue, Scan
from yuebao.desk.survey import Survey, remembered, survey
from yuebao.errors import ArchiveError, UsageError
from yuebao.model import Finding

CERTAIN = "error"  # 必改


@dataclass(frozen=True, slots=True)
class Ready:
    """All that is written at 签发, and the state of the text that it was made of."""

    record: record.Ready
    files: tuple[editions.Made, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Certain:
    """A finding that is certain, with the desk's number of its item; None for cover and contents."""

    item: int | None
    finding: Finding


def sign(
    issue_id: int, *, seen: int, by: Account, reason: str = "", entered_by: Account | None = None, scan: Scan | None = None,
) -> DeskIssue:
    """The issue signed off: archived, its editions made, frozen. `reason`: why what the proof finds certain is left as it is.

    Raises UsageError E222 (changed since `seen`, or while it was set), E223 (something is lacking, or it is signed already), InputError
    (it cannot be set).
    """
    issue = issues.in_work(issues.get(issue_id), seen)
    check(issue)
    left = certain(issue)
    if left and not reason.strip():
        raise UsageError("E223", reason=f"必改的校对意见还有 {len(left)} 处未处理，也未写明保留的原因")
    made = prepare(issue)
    with told(), writing():
        now = issues.in_work(issue, seen)
        if issues.text_state(now) != made.text:
            raise UsageError("E222", name=issues.name_of(now))
        check(now)
        archived = record.keep(made.record)
        editions.keep(now, made.files)
        now.stage, now.archive_key, now.signed_at, now.signed_by, now.version = "signed", archived.key, datetime.now(UTC), by, seen + 1
        now.save(update_fields=["stage", "archive_key", "signed_at", "signed_by", "version"])
        left_as_is = [
            {"item": one.item, "code": one.finding.code, "text": one.finding.text, "message": one.finding.message} for one in left]
        issues.step(
            now, "signed", by=by, note=reason, details={"left": left_as_is, "archive_key": archived.key, "state": archived.state},
            entered_by=entered_by, scan=scan)
        audit.note(
            entered_by or by, "issue signed off", issues.name_of(now), archive_key=archived.key, signatory=by.name, reason=reason,
            left=len(left), editions={made.name: made.sha256 for made in now.editions.all()})
    with suppress(ArchiveError):  # signed is signed: an index that another process holds follows by itself
        record.follow()
    return now


def check(issue: DeskIssue) -> None:
    """Raise UsageError E223, naming everything, where something that 签发 wants is lacking."""
    missing = [WANTED[lack.key].format(n=lack.n) for lack in standing.lacking(issue, standing.counts_of(issue)) if lack.n]
    if missing:
        raise UsageError("E223", reason="；".join(missing))


# what is said where it is lacking, by key of standing.Lack
WANTED = {
    "items": "还没有条目", "review_first": "{n} 条未通过初审", "review_second": "{n} 条未通过复审", "review_final": "{n} 条未通过终审",
    "final_draft": "还不是定稿", "secrecy": "最后一次改动之后未通过保密审查",
}


def certain(issue: DeskIssue) -> list[Certain]:
    """What the proof of the present text finds certain (必改) and nobody has waived: to be mended, or left with a reason."""
    return _certain(survey(issue))


def certain_if_known(issue: DeskIssue) -> list[Certain] | None:
    """The same; None where the present text has not been proofed yet, which takes a while."""
    known = remembered(issue)
    return None if known is None else _certain(known)


def prepare(issue: DeskIssue) -> Ready:
    """The document read as the archive will keep it, and every file set; nothing is written. Seconds."""
    text = issues.text_state(issue)
    document, _ = draft_of(issue)
    name = issues.name_of(issue)
    return Ready(record.ready(f"{name}.json", document), editions.set_editions(issue, document, name), text)


def _certain(looked_over: Survey) -> list[Certain]:
    return [Certain(item, f) for item, found in looked_over.findings.items() for f in found if f.severity == CERTAIN]
