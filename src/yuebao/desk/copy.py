"""来稿: taken in, kept byte for byte under the next number of its issue; withdrawn with a reason, never deleted.

A contributor's account sends in its own name alone, and sees its own copy alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, Literal

from django.db.models import Max, QuerySet

from yuebao import pipeline
from yuebao.archive.engines import writing
from yuebao.compile.intake import Enclosure
from yuebao.compile.register import REGISTERS, Registered, register_of
from yuebao.compile.values import Clipping, OriginKind
from yuebao.desk import audit, contributors, issues, scans
from yuebao.desk.models import Account, Contributor, DeskIssue, DeskStory, StoredClipping
from yuebao.desk.permissions import may
from yuebao.errors import InputError, UsageError, YuebaoError
from yuebao.read import read

ORIGIN_KINDS = ("contributed", "gathered", "reprinted")
LARGEST = 20 * 2**20  # bytes of one file
LETTER = "message/rfc822"
PASTED = 24  # characters of a pasted text's first line that name it


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: taken, known (it was there already), refused with its error."""

    name: str
    state: Literal["taken", "known", "refused"]
    clipping: StoredClipping | None = None
    error: YuebaoError | None = None


def take(
    issue: DeskIssue, name: str, data: bytes, *, by: Account, origin_kind: OriginKind = "contributed",
    contributor: Contributor | None = None, outlet: str | None = None, dated_on: date | None = None,
) -> StoredClipping:
    """The file registered as a clipping of the issue; the first one, where the same bytes are there already. Of a letter that encloses
    several texts all are taken, and the first comes back.

    Raises InputError (E110 for a mark of secrecy: nothing of it is stored, the log has its hash and not its name; E101 and others for
    what cannot be read) and UsageError (E221 an account of no contributor, E223 a signed issue, E228 somebody else sent the same).
    """
    said = Registered(origin_kind, contributor.name if contributor else None, outlet, dated_on)
    outcome = take_all(issue, [(name, data)], by=by, said=said)[0]
    if outcome.error is not None:
        raise outcome.error
    assert outcome.clipping is not None
    return outcome.clipping


def take_all(issue: DeskIssue, files: Sequence[tuple[str, bytes]], *, by: Account, said: Registered | None = None) -> tuple[Outcome, ...]:
    """What became of each file; one that is refused does not keep the others out.

    `said` is said of all of them; a register among them (来稿登记.tsv, copy.tsv) says of each who sent it, how, and of which day.
    """
    outcomes: list[Outcome] = []
    rows: dict[str, Registered] = {}
    for name, data in files:
        if name in REGISTERS:
            try:
                rows |= register_of(name, read(name, data).text)
            except YuebaoError as error:
                outcomes.append(Outcome(name, "refused", error=error))
    for name, data in files:
        if name not in REGISTERS:
            outcomes += _enclosed(issue, name, data, by, rows.get(name, said or Registered()))
    return tuple(outcomes)


def pasted(text: str) -> tuple[str, bytes]:
    """A pasted text as a file: named by its first line."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return f"{first[:PASTED].replace('/', '／')}.txt", text.replace("\r\n", "\n").encode()


def withdraw(clipping: StoredClipping, reason: str, by: Account) -> None:
    """Take a clipping out of the issue's copy; it stays registered. Raises UsageError E203 without a reason, E223 once it is used."""
    if not reason.strip():
        raise UsageError("E203", reason="撤回要写明原因", command="desk")
    with writing():
        kept = _own(clipping, by)
        if kept.state not in ("new", "dropped"):
            raise UsageError("E223", reason=f"第 {kept.number} 号来稿已采用或已撤回")
        story = kept.story
        StoredClipping.objects.filter(pk=kept.pk).update(state="withdrawn", reason=reason.strip(), story=None)
        if story is not None:
            _leave(story)
        audit.note(by, "copy withdrawn", subject(kept.issue, kept.number), reason=reason.strip())


def take_back(clipping: StoredClipping, by: Account) -> None:
    """Undo a withdrawal: the clipping is new copy again. Raises UsageError E223 where it is not withdrawn."""
    with writing():
        kept = _own(clipping, by)
        if kept.state != "withdrawn":
            raise UsageError("E223", reason=f"第 {kept.number} 号来稿没有撤回")
        StoredClipping.objects.filter(pk=kept.pk).update(state="new", reason="")
        audit.note(by, "copy taken back", subject(kept.issue, kept.number))


def clippings(issue: DeskIssue) -> QuerySet[StoredClipping]:
    """The clippings of an issue in order of number, withdrawn ones too, without their bytes and what was read of them."""
    return StoredClipping.objects.filter(issue=issue).select_related("contributor", "story").defer("data", "document", "story__made")


def own_clippings(by: Account) -> QuerySet[StoredClipping]:
    """What the account's contributor has sent, the newest first; nothing where the account has none."""
    found = StoredClipping.objects.filter(contributor=by.contributor_id) if by.contributor_id else StoredClipping.objects.none()
    return found.select_related("issue").defer("data", "document").order_by("-issue__year", "-issue__number", "-number")


def value_of(clipping: StoredClipping) -> Clipping:
    """What was read of a clipping."""
    return Clipping.from_dict(clipping.document)


def subject(issue: DeskIssue, number: int) -> str:
    """How the log names a clipping: 云陵月报2026年第1期 来稿 3."""
    return f"{issues.name_of(issue)} 来稿 {number}"


def _enclosed(issue: DeskIssue, name: str, data: bytes, by: Account, said: Registered) -> Iterator[Outcome]:
    """What became of the texts that a file brings: one, or those enclosed in a letter."""
    try:
        if len(data) > LARGEST:
            raise InputError("E103", name=name, size=f"{len(data) / 2**20:.0f}", limit=LARGEST // 2**20)
        enclosed = pipeline.enclosures(name, data)
    except YuebaoError as error:
        yield _refused(issue, name, data, by, error)
        return
    outcomes = []
    for each in enclosed:
        try:
            clipping, is_new = _kept(issue, each, by, said)
            outcomes.append(Outcome(each.name, "taken" if is_new else "known", clipping))
        except YuebaoError as error:
            outcomes.append(_refused(issue, each.name, each.data, by, error))
    if all(each.data != data for each in enclosed):
        _keep_letter(name, data, outcomes, by)
    yield from outcomes


def _keep_letter(name: str, data: bytes, outcomes: Sequence[Outcome], by: Account) -> None:
    """Keep the letter with what was newly taken of it; not one that encloses what bears a mark of secrecy."""
    taken = [outcome.clipping.pk for outcome in outcomes if outcome.state == "taken" and outcome.clipping]
    if taken and not any(outcome.error and outcome.error.code == "E110" for outcome in outcomes):
        with writing():
            StoredClipping.objects.filter(pk__in=taken).update(letter=scans.put(name, LETTER, data, by))


def _refused(issue: DeskIssue, name: str, data: bytes, by: Account, error: YuebaoError) -> Outcome:
    """Why a file was not taken. A mark of secrecy is noted in the log, the text and its name are not."""
    if error.code == "E110":
        audit.note(by, "copy refused", issues.name_of(issue), code="E110", sha256=hashlib.sha256(data).hexdigest())
    return Outcome(name, "refused", error=error)


def _kept(issue: DeskIssue, enclosure: Enclosure, by: Account, said: Registered) -> tuple[StoredClipping, bool]:
    """The clipping of these bytes, and whether it is new. What is read of them is read before anything is stored."""
    sender = _sender(by, said.contributor)
    issues.in_work(issue)
    digest = hashlib.sha256(enclosure.data).hexdigest()
    if known := _known(issue, digest, sender, by):
        return known, False
    value = pipeline.take_enclosure(
        enclosure, 0, origin_kind=said.origin_kind, contributor=sender.name if sender else None, outlet=said.outlet, on=said.on)
    with writing():
        if known := _known(issue, digest, sender, by):
            return known, False
        issues.in_work(issue)
        sender = sender or Contributor.objects.filter(name=value.contributor).first()
        number = (StoredClipping.objects.filter(issue=issue).aggregate(last=Max("number"))["last"] or 0) + 1
        value = replace(value, number=number)
        clipping = StoredClipping.objects.create(
            issue=issue, number=number, name=enclosure.name, sha256=digest, data=enclosure.data, origin_kind=value.origin_kind,
            contributor=sender, outlet=value.outlet, dated_on=_day(value.dated_on), received_at=datetime.now(UTC), received_by=by,
            headline=value.item.headline, document=value.to_dict(),
        )
        audit.note(
            by, "copy taken", subject(issue, number), name=clipping.name, sha256=digest, contributor=sender.name if sender else None)
    return clipping, True


def _known(issue: DeskIssue, digest: str, sender: Contributor | None, by: Account) -> StoredClipping | None:
    """The clipping of the same bytes. Who else sent them is not told to a contributor: the office has them, that is all."""
    found = clippings(issue).filter(sha256=digest).first()
    if found and found.contributor != sender and not may(by, "sort copy"):
        raise UsageError("E228", name=found.name)
    return found


def _sender(by: Account, name: str | None) -> Contributor | None:
    """Who sends: an editor names anyone or no one, a contributor's account its own."""
    if may(by, "sort copy"):
        return contributors.named(name or "", by)
    if by.contributor is None:
        raise UsageError("E221", reason="此账号没有登记供稿单位")
    return by.contributor


def _own(clipping: StoredClipping, by: Account) -> StoredClipping:
    """The clipping as it is now, of an issue that is open, for an editor or its own contributor. Raises UsageError E221, E223."""
    kept = StoredClipping.objects.select_related("issue", "story").defer("data", "document").get(pk=clipping.pk)
    if not may(by, "sort copy") and (by.contributor_id is None or kept.contributor_id != by.contributor_id):
        raise UsageError("E221", reason="只能处理本单位的来稿")
    issues.in_work(kept.issue)
    return kept


def _leave(story: DeskStory) -> None:
    """A story that a clipping has left is stale; left by its last one, it is dropped."""
    changed: dict[str, Any] = {"made": None, "version": story.version + 1}
    if not story.clippings.exists():
        changed |= {"state": "dropped", "reason": "来稿已撤回"}
    DeskStory.objects.filter(pk=story.pk).update(**changed)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
