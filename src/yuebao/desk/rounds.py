"""校次: the proof of a round, and 核红: every change decided since the round before carried out, and nothing else moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from yuebao import pipeline
from yuebao.desk import editions, issues, scans
from yuebao.desk.drafts import draft_of, items_in_order
from yuebao.desk.models import Account, DeskIssue, IssueStep, Scan
from yuebao.errors import UsageError
from yuebao.model import Finding, Issue, Item, Json, from_json, map_items, record_of, to_json
from yuebao.proof.collate import ACCEPTED
from yuebao.proof.differences import Span, edits

NUMERALS = "零一二三四五六七八九十"
PDF = b"%PDF-"
LAST = "last"  # IssueStep.value of 付印样; else the number of the round
DECIDED = "H000"  # the code under which a change of the desk is given to the collation; never shown
MOST_SHOWN = 200  # findings kept of one round; more says that another book was handed in


@dataclass(frozen=True, slots=True)
class Proof:
    """The proof of a round: its name and bytes, the document that it was to print with the desk's numbers of its items, and 核红."""

    name: str
    pdf: bytes
    document: Issue
    items: tuple[int, ...]
    decided: int
    carried_out: int
    findings: tuple[Finding, ...]


def name_of(step: IssueStep) -> str:
    """一校样, 二校样 …, 付印样."""
    if step.value == LAST:
        return "付印样"
    number = int(step.value)
    return f"{NUMERALS[number]}校样" if number <= 10 else f"第{number}校样"


def rounds_of(issue: DeskIssue) -> list[IssueStep]:
    """The rounds of the issue, the first one first."""
    return list(IssueStep.objects.filter(issue=issue, kind="proof").select_related("by"))


def proof_of(issue: DeskIssue, printed: tuple[str, bytes] | None) -> Proof:
    """The proof of the issue as it stands: set here, or the printer's. Nothing is written. Raises UsageError E223, E227, InputError.

    The 目录 is made when the pages are set, and the month is not printed beside the number: of these the proof's own count.
    """
    document, _ = draft_of(issue)
    if not document.items():
        raise UsageError("E223", reason=f"{issues.name_of(issue)}还没有条目")
    if printed and not printed[1].startswith(PDF):
        raise UsageError("E227", name=printed[0], reason="校样须是 PDF / a proof is a PDF")
    name, pdf = printed or (f"{issues.name_of(issue)}.pdf", editions.set_proof(issue, document))
    numbers = tuple(item.number for item in items_in_order(issue))
    printed_text, _ = pipeline.read_bytes(name, pdf)
    head = replace(document.masthead, month=printed_text.masthead.month)
    before = replace(_as_before(document, numbers, _texts_before(issue)), masthead=head, contents=printed_text.contents)
    decisions = decided(before, document)
    found = pipeline.collate_files(("before.json", _plain(before)), ("proof.json", _plain(printed_text)), decisions)
    return Proof(name, pdf, document, numbers, len(decisions), len(found.carried_out), found.findings)


def keep(issue: DeskIssue, proof: Proof, *, by: Account, is_last: bool) -> IssueStep:
    """The proof kept as the round that the issue has just reached, within the caller's transaction."""
    document = scans.put("document.json", "application/json", _plain(proof.document), by)
    pdf = scans.put(proof.name, "application/pdf", proof.pdf, by)
    details: dict[str, Json] = {
        "document": document.pk, "items": list(proof.items), "decided": proof.decided, "carried_out": proof.carried_out,
        "found": len(proof.findings), "findings": [finding.to_dict() for finding in proof.findings[:MOST_SHOWN]],
    }
    return issues.step(issue, "proof", LAST if is_last else str(issue.proof_round), by=by, details=details, scan=pdf)


def decided(before: Issue, now: Issue) -> list[Finding]:
    """What the desk changed between two rounds, as accepted findings of the earlier text; both have the same items."""
    return [
        _decision(old, span, new.text)
        for old, new in zip(before.items(), now.items(), strict=True) if old.text != new.text for span in edits(old.text, new.text)
    ]


def _decision(item: Item, span: Span, text: str) -> Finding:
    """A change of an item's text; what is only put in takes the character before it along, so that it has a place."""
    back = 1 if span.old_start == span.old_end and span.old_start and span.new_start else 0
    start = span.old_start - back
    return Finding(
        code=DECIDED, severity="error", item=item.number, page=item.page, line=None, start=start, end=span.old_end,
        text=item.text[start:span.old_end], proposal=text[span.new_start - back:span.new_end], safe=False, message="", basis="",
        source_start=None, source_end=None, state=ACCEPTED)


def _as_before(now: Issue, numbers: Sequence[int], texts: Mapping[int, Item]) -> Issue:
    """The document with the texts of the round before: which items stand in it, and where, is decided on the board and not collated.

    `numbers`: the desk's numbers of its items, in order; an item that is new stands as it is.
    """
    was = {item.number: texts.get(number, item) for item, number in zip(now.items(), numbers, strict=True)}

    def back(item: Item) -> Item:
        old = was[item.number]
        return replace(item, headline=old.headline, text=old.text, entries=old.entries)

    return record_of(replace(now, columns=map_items(now.columns, back)))


def _texts_before(issue: DeskIssue) -> dict[int, Item]:
    """The items of the last round by the desk's numbers; none before the first."""
    last = IssueStep.objects.filter(issue=issue, kind="proof").last()
    if last is None:
        return {}
    document = from_json(bytes(Scan.objects.get(pk=last.details["document"]).data).decode())
    assert isinstance(document, Issue)
    return dict(zip(last.details["items"], document.items(), strict=True))


def _plain(document: Issue) -> bytes:
    return to_json(record_of(document)).encode()
