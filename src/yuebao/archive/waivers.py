"""Findings that somebody decided not to follow: how a decision names its finding, and the state that each finding has by it.

A waiver holds wherever the item's whole text stands; in the issue that it was made for it holds as long as the words and what stands around
them do, whatever becomes of the rest of the item.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from yuebao.archive import decisions
from yuebao.archive.decisions import Decided, text_hash
from yuebao.archive.identity import identity_of
from yuebao.archive.models import StoredIssue
from yuebao.archive.trouble import told
from yuebao.errors import InputError
from yuebao.model import Finding, Findings, Issue, Json, canonical
from yuebao.proof.sheet import WAIVED

WAIVE = "waive"
OPEN = "open"
AROUND = 12  # characters on either side of the words that must stand, a clause: a correction elsewhere takes nothing away
_OF_ITEM = ("code", "text_hash", "start", "end", "text", "related")
_OF_WORDS = ("code", "before", "text", "after", "related")


def judged(issue: Issue, findings: Findings) -> Findings:
    """The findings of an issue with the state of those that somebody decided not to follow."""
    stored = stored_as(issue)
    return replace(findings, findings=with_states(findings.findings, texts_of(issue), stored.key if stored else None))


def stored_as(issue: Issue) -> StoredIssue | None:
    """The issue of the archive that a document is; None where the archive does not hold it."""
    try:
        identity = identity_of(issue, issue.source.name)
    except InputError:
        return None
    with told():
        same = StoredIssue.objects.filter(
            series__title=identity.title, year=identity.year, number=identity.number, published_on=identity.published_on)
        return same.select_related("series").order_by("pk").first()


def texts_of(issue: Issue) -> dict[int, str]:
    """The texts of the items, by number."""
    return {item.number: item.text for item in issue.items()}


def with_states(findings: Iterable[Finding], texts: dict[int, str], key: str | None) -> tuple[Finding, ...]:
    """The findings, each `open` or `waived` as the decisions in force say. `texts`: those of the items, by number; `key`: the issue's."""
    waived = waivers()
    return tuple(replace(f, state=WAIVED if waiver_of(f, texts, key, waived) else OPEN) for f in findings)


def waivers() -> dict[Json, Decided]:
    """The waivers in force, by each way in which they know their finding."""
    with told():
        return {way: d for d in decisions.in_force(WAIVE) for way in _ways(d.statement["finding"], d.statement["issue"])}


def waiver_of(finding: Finding, texts: dict[int, str], key: str | None, waived: dict[Json, Decided]) -> Decided | None:
    """The decision among those that waives a finding of an issue; None where there is none."""
    return next((waived[way] for way in _ways(named(finding, texts), key) if way in waived), None) if waived else None


def named(finding: Finding, texts: dict[int, str]) -> Json:
    """What a decision knows a finding by: the item's text and the span, the words and what stands around them, what else it speaks of."""
    text = None if finding.item is None else texts.get(finding.item)
    start, end = finding.start, finding.end
    is_in_text = text is not None and start is not None and end is not None
    return {
        "code": finding.code, "text_hash": None if text is None else text_hash(text), "start": start, "end": end,
        "text": finding.text, "related": [other.text for other in finding.related],
        "before": text[max(0, start - AROUND):start] if is_in_text else None, "after": text[end:end + AROUND] if is_in_text else None,
    }


def _ways(name: Json, key: str | None) -> Iterator[Json]:
    """The ways in which a name knows its finding: by the item's text anywhere, by the words and their surroundings in one issue."""
    if name["text_hash"] is not None:
        yield canonical([name[part] for part in _OF_ITEM])
    if "before" in name or name["text_hash"] is None:
        yield key, canonical([name.get(part) for part in _OF_WORDS])
