"""校对意见 on an item in hand: what the proof says of its text; carried out as an edit, or waived with a reason.

What a proof says rests on the text, on what the archive holds and on what was decided, and is remembered until one of them changes.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from yuebao.archive import decisions
from yuebao.archive.beyond import proof_among
from yuebao.archive.engines import writing
from yuebao.archive.waivers import WAIVE, judged, named
from yuebao.desk import audit, items
from yuebao.desk.drafts import draft_of_item
from yuebao.desk.memory import Memory, archive_state
from yuebao.desk.models import Account, DeskItem
from yuebao.errors import UsageError
from yuebao.model import Annotation, Finding, canonical
from yuebao.proof.fix import is_replacement
from yuebao.proof.sheet import WAIVED


@dataclass(frozen=True, slots=True)
class Proofed:
    """An item as the program reads it by itself: annotations and findings, with spans of `text`, which is `items.whole`."""

    text: str
    annotations: tuple[Annotation, ...]
    findings: tuple[Finding, ...]


_ITEMS: Memory[Proofed] = Memory(2048)  # some months


def of_item(item: DeskItem) -> Proofed:
    """What the proof says of an item by itself, with what the archive knows of its people and offices; waived findings are marked."""
    return _ITEMS.get(_state(item), lambda: _proofed(item))


def remembered(item: DeskItem) -> Proofed | None:
    """The same where it is remembered, else None: for pages that do not wait."""
    return _ITEMS.known(_state(item))


def is_open(finding: Finding) -> bool:
    """Whether nobody has decided not to follow it."""
    return finding.state != WAIVED


def find(item: DeskItem, name: str) -> Finding:
    """The finding of an item that has this name (`name_of`). Raises UsageError E222 where the text no longer has it."""
    proofed = of_item(item)
    found = next((finding for finding in proofed.findings if name_of(finding, proofed.text) == name), None)
    if found is None:
        raise items.lost(item)
    return found


def name_of(finding: Finding, text: str) -> str:
    """A name for a finding of an item's text by what it says of which words: the same as long as both stand."""
    return decisions.text_hash(canonical(_named(finding, text))).removeprefix("sha256:")[:16]


def accept(item_id: int, name: str, *, seen: int, by: Account) -> DeskItem:
    """The item with what a finding proposes put in place, as its next version. Raises as `items.edit` does; E212 where it proposes none."""
    item = _seen(item_id, seen)
    finding, text = find(item, name), items.whole(item.headline, item.text)
    if not is_replacement(finding) or finding.start is None or finding.end is None:
        raise UsageError("E212", reason=finding.message)
    now = text[:finding.start] + (finding.proposal or "") + text[finding.end:]
    headline, body = now.split("\n", 1) if item.headline else ("", now)
    return items.edit(item_id, seen=seen, by=by, headline=headline, text=body, note=f"采纳校对意见 {finding.code}")


def waive(item_id: int, name: str, reason: str, *, seen: int, by: Account) -> None:
    """Decide not to follow a finding: it stays away while its words stand. A decision of the record. Raises UsageError E203, E222, E223."""
    if not reason.strip():
        raise UsageError("E203", reason="请写明不采纳的理由", command="desk")
    item = _seen(item_id, seen)
    finding = find(item, name)
    with writing():
        items.locked(item_id, seen)
        statement = {"finding": _named(finding, items.whole(item.headline, item.text)), "reason": reason.strip(), "issue": None}
        decisions.decide(WAIVE, statement, by.name)
        audit.note(by, "finding waived", items.subject_of(item), code=finding.code, text=finding.text, reason=reason.strip())


# ---- parts ----


def _proofed(item: DeskItem) -> Proofed:
    document, source = draft_of_item(item)
    (read,) = document.items()
    findings = judged(document, proof_among(document, source)).findings
    return Proofed(read.text, read.annotations, tuple(finding for finding in findings if finding.item == read.number))


def _state(item: DeskItem) -> Hashable:
    issue = item.issue
    return archive_state(), issue.title, issue.year, issue.month, issue.number, item.headline, item.text, canonical(item.tables)


def _named(finding: Finding, text: str) -> object:
    return named(finding, {} if finding.item is None else {finding.item: text})


def _seen(item_id: int, seen: int) -> DeskItem:
    with writing():
        return items.locked(item_id, seen)
