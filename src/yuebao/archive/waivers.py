"""Findings that somebody decided not to follow: how a decision names its finding, and the state that each finding has by it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from yuebao.archive import decisions
from yuebao.archive.decisions import text_hash
from yuebao.archive.trouble import told
from yuebao.model import Finding, Findings, Issue, Json, canonical
from yuebao.proof.sheet import WAIVED

WAIVE = "waive"
OPEN = "open"


def judged(issue: Issue, findings: Findings) -> Findings:
    """The findings of an issue with the state of those that somebody decided not to follow."""
    texts = {item.number: item.text for item in issue.items()}
    return replace(findings, findings=with_states(findings.findings, texts))


def with_states(findings: Iterable[Finding], texts: dict[int, str]) -> tuple[Finding, ...]:
    """The findings, each `open` or `waived` as the decisions in force say. `texts`: those of the items, by number."""
    with told():
        waived = {canonical(d.statement["finding"]) for d in decisions.in_force(WAIVE)}
    if not waived:
        return tuple(replace(f, state=OPEN) for f in findings)
    return tuple(replace(f, state=WAIVED if canonical(named(f, texts)) in waived else OPEN) for f in findings)


def named(finding: Finding, texts: dict[int, str]) -> Json:
    """What a decision knows a finding by: the item's text, the span, the words, and what else it speaks of."""
    text = None if finding.item is None else texts.get(finding.item)
    return {
        "code": finding.code, "text_hash": None if text is None else text_hash(text), "start": finding.start, "end": finding.end,
        "text": finding.text, "related": [other.text for other in finding.related],
    }
