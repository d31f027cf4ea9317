"""期: opened with its numbers, taken from 初稿 to 定稿, through its proofs and 保密审查. 签发 is `signing`'s.

Every step is a row of IssueStep that is only added to, with who, when, and, where it was done on paper, who entered it (代录) and a scan.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from yuebao.archive.engines import writing
from yuebao.desk import audit, numbers
from yuebao.desk.models import Account, DeskFigure, DeskIssue, DeskItem, IssueStep, Scan
from yuebao.errors import UsageError
from yuebao.model import Json, canonical

# 稿次: key → (Chinese, English); `signed` is reached by signing.sign alone
STAGES: dict[str, tuple[str, str]] = {
    "first_draft": ("初稿", "first draft"),
    "submitted": ("送审稿", "submitted"),
    "final": ("定稿", "final"),
    "signed": ("已签发", "signed off"),
}
# what IssueStep.kind may be: key → (Chinese, English)
STEPS: dict[str, tuple[str, str]] = {
    "opened": ("开期", "opened"),
    "renumbered": ("改期号", "numbers changed"),
    "masthead": ("改封面、版权页", "cover and imprint changed"),
    "stage": ("稿次", "draft"),
    "proof": ("校次", "proof"),
    "secrecy": ("保密审查", "secrecy review"),
    "signed": ("签发", "signed off"),
    "distributed": ("发送", "distributed"),
    "deposited": ("样本送交", "copies deposited"),
    "printed_again": ("重印、换页", "printed again"),
    "recalled": ("收回", "recalled"),
}
KINDS: dict[str, tuple[str, str]] = {
    "regular": ("单期", "regular"),
    "combined": ("合刊", "combined"),
    "supplement": ("增刊", "supplement"),
}
VERDICTS: dict[str, tuple[str, str]] = {"passed": ("通过", "passed"), "returned": ("退回", "returned")}
_ORDER = ("first_draft", "submitted", "final")


def open_issue(
    title: str, year: int, month: int | None, number: int, *, by: Account, kind: str = "regular", until_number: int | None = None,
    serial_number: int | None = None, skip_reason: str | None = None,
) -> DeskIssue:
    """A new issue with its numbers, which are its own from now on.

    Raises UsageError E224 (a number is taken, on the desk or in the archive), E225 (a gap before it, and no `skip_reason`), E203.
    """
    wanted = numbers.Wanted(title.strip(), year, month, kind, number, until_number, serial_number)
    numbers.check_form(wanted, KINDS)
    with writing():
        numbers.check_free(wanted)
        numbers.check_follows(wanted, skip_reason)
        issue = DeskIssue.objects.create(
            title=wanted.title, year=year, month=month, number=number, until_number=until_number, serial_number=serial_number, kind=kind,
            masthead=numbers.masthead_of(wanted).to_dict(), opened_at=datetime.now(UTC), opened_by=by)
        step(issue, "opened", by=by, note=skip_reason or "")
        audit.note(by, "issue opened", name_of(issue), kind=kind, serial_number=serial_number, skip_reason=skip_reason)
    return issue


def get(issue_id: int) -> DeskIssue:
    """The issue of that id. Raises UsageError E205."""
    issue = DeskIssue.objects.filter(pk=issue_id).first()
    if issue is None:
        raise UsageError("E205", path=f"/desk/{issue_id}/")
    return issue


def name_of(issue: DeskIssue) -> str:
    """How the audit log and messages name an issue: 云陵月报2026年第1期, 第1—2期, 增刊第1期."""
    number = f"{issue.number}—{issue.until_number}" if issue.until_number else str(issue.number)
    return f"{issue.title}{issue.year}年{'增刊' if issue.kind == 'supplement' else ''}第{number}期"


def refuse_signed(issue: DeskIssue) -> None:
    """Raise UsageError E223 where the issue is signed off: nothing of it changes any more."""
    if issue.stage == "signed":
        raise UsageError("E223", reason=f"{name_of(issue)}已签发；签发后只作勘误、重印或收回")


def in_work(issue: DeskIssue, seen: int | None = None) -> DeskIssue:
    """The issue as it stands now, to be changed within the caller's transaction.

    Raises UsageError E223 (signed off) and E222 (somebody else has changed it since `seen`).
    """
    now = DeskIssue.objects.get(pk=issue.pk)
    refuse_signed(now)
    if seen is not None and now.version != seen:
        raise UsageError("E222", name=name_of(now))
    return now


def advance(issue: DeskIssue, stage: str, *, seen: int, by: Account, note: str = "") -> DeskIssue:
    """To the next 稿次, or back to an earlier one. Raises UsageError E222, E223 (not the next; nothing in it; reviews lacking)."""
    from yuebao.desk import standing  # it asks this module for names

    if stage not in _ORDER:
        raise UsageError("E223", reason=f"稿次 {stage}")
    with writing():
        now = in_work(issue, seen)
        ahead = _ORDER.index(stage) - _ORDER.index(now.stage)
        if ahead not in (1, -1, -2):
            raise UsageError("E223", reason=f"由{STAGES[now.stage][0]}到{STAGES[stage][0]}")
        if ahead == 1:
            standing.check_ready_for(now, stage)
        now.stage = stage
        _save(now, "stage")
        step(now, "stage", stage, by=by, note=note)
        audit.note(by, "issue advanced" if ahead > 0 else "issue taken back", name_of(now), stage=stage, note=note)
    return now


def set_masthead(issue: DeskIssue, fields: dict[str, Json], *, seen: int, by: Account) -> DeskIssue:
    """Cover and imprint changed: `fields` of model.Masthead but title and numbers. Raises UsageError E203, E222, E223."""
    with writing():
        now = in_work(issue, seen)
        now.masthead = numbers.with_fields(now.masthead, fields).to_dict()
        _save(now, "masthead")
        step(now, "masthead", by=by)
        audit.note(by, "masthead changed", name_of(now), **fields)
    return now


def renumber(
    issue: DeskIssue, number: int, *, seen: int, by: Account, until_number: int | None = None, serial_number: int | None = None,
    skip_reason: str | None = None,
) -> DeskIssue:
    """Other numbers for an issue in hand; those that it had are free again. Raises UsageError E203, E222, E223, E224, E225."""
    wanted = numbers.Wanted(issue.title, issue.year, issue.month, issue.kind, number, until_number, serial_number, of=issue.pk)
    numbers.check_form(wanted, KINDS)
    with writing():
        now = in_work(issue, seen)
        numbers.check_free(wanted)
        numbers.check_follows(wanted, skip_reason)
        before = name_of(now)
        now.number, now.until_number, now.serial_number = number, until_number, serial_number
        now.masthead = numbers.renumbered(now.masthead, wanted).to_dict()
        _save(now, "number", "until_number", "serial_number", "masthead")
        step(now, "renumbered", by=by, note=f"原为{before}" + (f"；{skip_reason.strip()}" if skip_reason else ""))
        audit.note(by, "issue renumbered", name_of(now), before=before, serial_number=serial_number, skip_reason=skip_reason)
    return now


def secrecy(
    issue: DeskIssue, verdict: str, *, by: Account, note: str = "", entered_by: Account | None = None, scan: Scan | None = None,
) -> IssueStep:
    """保密审查 of the text as it stands now; it holds until the text changes. A return must say why. Raises UsageError E203, E223."""
    if verdict not in VERDICTS or (verdict == "returned" and not note.strip()):
        raise UsageError("E203", reason=f"保密审查：{verdict or '未选结论'}{'' if note.strip() else '，未写原因'}", command="desk")
    with writing():
        now = in_work(issue)
        done = step(now, "secrecy", verdict, by=by, note=note, details={"text": text_state(now)}, entered_by=entered_by, scan=scan)
        audit.note(entered_by or by, "secrecy reviewed", name_of(now), verdict=verdict, note=note, reviewer=by.name)
    return done


def new_round(issue: DeskIssue, *, by: Account, is_last: bool = False, printed: tuple[str, bytes] | None = None) -> IssueStep:
    """The next 校次, its proof kept, and 核红 against the round before. `is_last`: 付印样; `printed`: the printer's PDF, name and bytes.

    What the desk changed since the round before is what was decided; findings H001–H007 of the new proof are in the step's details.
    Raises UsageError E223 (signed off; nothing to set; another round was made meanwhile), InputError (it cannot be set or read).
    """
    from yuebao.desk import rounds  # setting takes long to load

    seen = in_work(issue).proof_round
    proof = rounds.proof_of(issue, printed)  # slow, before the transaction
    with writing():
        now = in_work(issue)
        if now.proof_round != seen:
            raise UsageError("E222", name=name_of(now))
        now.proof_round = seen + 1
        _save(now, "proof_round")
        done = rounds.keep(now, proof, by=by, is_last=is_last)
        audit.note(by, "proof made", name_of(now), round=now.proof_round, findings=len(proof.findings), printed=bool(printed))
    return done


def step(
    issue: DeskIssue, kind: str, value: str = "", *, by: Account, note: str = "", details: dict[str, Json] | None = None,
    entered_by: Account | None = None, scan: Scan | None = None,
) -> IssueStep:
    """A step added to the issue's record, within the caller's transaction. `kind`: a key of STEPS."""
    assert kind in STEPS
    return IssueStep.objects.create(
        issue=issue, kind=kind, value=value, by=by, at=datetime.now(UTC), note=note, details=details or {}, entered_by=entered_by,
        scan=scan)


def text_state(issue: DeskIssue) -> str:
    """`sha256:` and a digest of which version of which items stands in the issue: what 保密审查 and 签发 speak of."""
    items = list(
        DeskItem.objects.filter(issue=issue).exclude(state="withdrawn").order_by("number").values_list("number", "version", "is_internal"))
    figures = list(
        DeskFigure.objects.filter(item__issue=issue, is_withdrawn=False).order_by("pk").values_list("pk", "caption", "credit"))
    return "sha256:" + hashlib.sha256(canonical([items, figures]).encode()).hexdigest()


def _save(issue: DeskIssue, *fields: str) -> None:
    issue.version += 1
    issue.save(update_fields=[*fields, "version"])
