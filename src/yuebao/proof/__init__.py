"""Proof: what a proofreader would put to the editor, as findings. Pure: an issue in, findings out; nothing is altered.

`proof(issue, source, run)` → `Findings`; `report(findings, language)` → the text that an editor reads; `rules()` → every rule.
Promise 5 is held here, in one place, for every rule: what touches a person's name, a quotation or a title becomes a note without proposal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from yuebao.model import Finding, Findings, Issue, Masthead, Source
from yuebao.proof import (
    across,
    captions,
    collation_rules,
    consistency,
    dates,
    forms,
    holders,
    imprint,
    layout,
    names,
    numerals,
    pages,
    phrasing,
    punctuation,
    slips,
    wording,
)
from yuebao.proof.evidence import NOTHING, Evidence
from yuebao.proof.reading import Passage, Reading, difference, source_place
from yuebao.proof.rule import Doubt, IssueRule, Rule, TextRule, register
from yuebao.proof.sheet import written

__all__ = ["Evidence", "Rule", "proof", "proof_beyond", "report", "rules"]

_RULES = register([
    consistency.RULES, pages.RULES, imprint.RULES, names.RULES, holders.RULES, forms.RULES, captions.RULES, dates.RULES, numerals.RULES,
    punctuation.RULES, wording.RULES, slips.RULES, phrasing.RULES, layout.RULES, across.RULES, collation_rules.RULES,
])
_CHECKED = tuple(rule for rule in _RULES if isinstance(rule, TextRule | IssueRule))  # the others are of the collation
LEVELS = ("error", "warning", "note")


def rules() -> tuple[Rule, ...]:
    """Every rule, by code."""
    return _RULES


def proof(
    issue: Issue, source: Source | None = None, run: Sequence[Masthead] = (), earlier: Sequence[Issue] = (), evidence: Evidence = NOTHING,
) -> Findings:
    """The findings on an issue, in the order of the text; the same for the same arguments.

    `source` gives the line (and the file's own page); without it `line` is None and `page` is the item's printed page.
    `run`: mastheads of neighbouring issues of the series, for the arithmetic of serial numbers; other series in it are passed over.
    `earlier`: issues before this one, for the rules across issues (X); others in it are passed over. `evidence`: what the register and the
    office's own tables say. None of them is ever stored.
    People's names are protected as far as they are annotated: give an annotated issue.
    """
    return Findings(issue.source, _findings(Reading(issue, tuple(run), source, tuple(earlier), evidence), _CHECKED))


def proof_beyond(
    issue: Issue, source: Source | None = None, run: Sequence[Masthead] = (), earlier: Sequence[Issue] = (), evidence: Evidence = NOTHING,
) -> Findings:
    """Of what `proof` says with these arguments, that which it does not say without run, earlier issues and evidence."""
    rules = [rule for rule in _CHECKED if isinstance(rule, IssueRule) and rule.looks_beyond]
    alone = {_place_of(finding) for finding in _findings(Reading(issue, source=source), rules)}
    among = _findings(Reading(issue, tuple(run), source, tuple(earlier), evidence), rules)
    return Findings(issue.source, tuple(finding for finding in among if _place_of(finding) not in alone))


def _findings(reading: Reading, rules: Iterable[Rule]) -> tuple[Finding, ...]:
    by_number = {passage.item.number: passage for passage in reading.passages}
    guarded = [(rule, _guarded(doubt, by_number)) for rule, doubt in _doubts(reading, rules)]
    doubts = _apart([(rule, beside) for rule, doubt in guarded if (beside := _beside_names(rule, doubt, by_number)) is not None])
    found = [_finding(rule, doubt, by_number, reading.source) for rule, doubt in doubts]
    return tuple(sorted(_merged(found), key=_order))


def report(findings: Findings, language: str = "zh") -> str:
    """The findings as the text report that an editor reads, in "zh" or "en": counts, then 必改, 建议, and the doubts last."""
    return written(findings, _RULES, language)


def _doubts(reading: Reading, rules: Iterable[Rule]) -> Iterator[tuple[Rule, Doubt]]:
    for rule in rules:
        if isinstance(rule, TextRule):
            for passage in reading.passages:
                for doubt in rule.check(passage):
                    yield rule, doubt
        elif isinstance(rule, IssueRule):
            for doubt in rule.check(reading):
                yield rule, doubt


def _guarded(doubt: Doubt, by_number: dict[int, Passage]) -> Doubt:
    """The doubt, as a note without proposal where it would alter what no rule may alter."""
    if doubt.item is None or doubt.start is None or doubt.end is None:
        return doubt
    if not by_number[doubt.item].is_protected(*(doubt.touches or (doubt.start, doubt.end))):
        return doubt
    return replace(doubt, proposal=None, safe=False, severity=doubt.severity if doubt.states_fact else "note")


def _beside_names(rule: Rule, doubt: Doubt, by_number: dict[int, Passage]) -> Doubt | None:
    """The doubt, that of a W rule cut so that no person's name stands in its span; None where nothing is left of it."""
    if rule.code[0] != "W" or doubt.item is None or doubt.start is None or doubt.end is None:
        return doubt
    names = [(a, b) for a, b in by_number[doubt.item].names if a < (doubt.end or 0) and (doubt.start or 0) < b]
    if not names:
        return doubt
    core = _core(doubt) if doubt.proposal is not None else doubt
    if core.start is not None and core.end is not None and not any(a < core.end and core.start < b for a, b in names):
        return core
    ends = [doubt.start, *(at for name in names for at in name), doubt.end]
    start, end = max(zip(ends[::2], ends[1::2], strict=True), key=lambda span: span[1] - span[0])
    if start >= end:
        return None
    return by_number[doubt.item].doubt(
        start, end, doubt.message, severity=doubt.severity, safe=False, states_fact=doubt.states_fact, related=doubt.related)


def _apart(doubts: list[tuple[Rule, Doubt]]) -> list[tuple[Rule, Doubt]]:
    """The doubts, with those that can be applied without reading never overlapping, so that all of them can be applied at once.

    Where two overlap they lose the context that they show; where even what they change overlaps the second waits for a person.
    """
    certain = [n for n, (rule, d) in enumerate(doubts) if d.start is not None and d.proposal is not None and _is_safe(rule, d)]
    order = sorted(certain, key=lambda n: (doubts[n][1].item or 0, doubts[n][1].start or 0, n))
    last: int | None = None
    for n in order:
        rule, doubt = doubts[n]
        if last is not None and _overlap(doubts[last][1], doubt):
            doubts[last] = (doubts[last][0], _core(doubts[last][1]))
            doubt = _core(doubt)
            doubts[n] = (rule, doubt)
            if _overlap(doubts[last][1], doubt):
                doubts[n] = (rule, replace(doubt, safe=False))
                continue
        last = n
    return doubts


def _is_safe(rule: Rule, doubt: Doubt) -> bool:
    return rule.safe if doubt.safe is None else doubt.safe


def _overlap(a: Doubt, b: Doubt) -> bool:
    return a.item == b.item and (b.start or 0) < (a.end or 0)


def _core(doubt: Doubt) -> Doubt:
    """The doubt with nothing in its span but what its proposal changes."""
    (a, b), (c, d) = difference(doubt.text, doubt.proposal or "")
    start = doubt.start or 0
    if a == b:
        return doubt
    return replace(doubt, text=doubt.text[a:b], proposal=(doubt.proposal or "")[c:d], start=start + a, end=start + b)


def _finding(rule: Rule, doubt: Doubt, by_number: dict[int, Passage], source: Source | None) -> Finding:
    passage = by_number[doubt.item] if doubt.item is not None else None
    place = doubt.source
    if place is None and passage is not None and doubt.start is not None and doubt.end is not None:
        place = source_place(passage.pieces, doubt.start, doubt.end)
    page = source.page_of(place[0]) if source and place else None
    return Finding(
        code=rule.code, severity=doubt.severity or rule.severity, item=doubt.item,
        page=page if page is not None else doubt.page if passage is None else passage.item.page,
        line=source.line_of(place[0]) if source and place else None,
        start=doubt.start, end=doubt.end, text=doubt.text, proposal=doubt.proposal,
        safe=doubt.proposal is not None and _is_safe(rule, doubt),
        message=doubt.message, basis=rule.source, source_start=place[0] if place else None, source_end=place[1] if place else None,
        related=doubt.related,
    )


def _merged(findings: list[Finding]) -> list[Finding]:
    """Without what is said twice: of findings of one rule on one place the most serious stays."""
    best: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        key = _place_of(finding)
        if key not in best or LEVELS.index(finding.severity) < LEVELS.index(best[key].severity):
            best[key] = finding
    return list(best.values())


def _place_of(finding: Finding) -> tuple[object, ...]:
    return finding.code, finding.item, finding.start, finding.end, finding.text, finding.source_start


def _order(finding: Finding) -> tuple[object, ...]:
    return (
        finding.item is not None, finding.item or 0, -1 if finding.start is None else finding.start,
        -1 if finding.source_start is None else finding.source_start, finding.code, finding.end or 0, finding.text, finding.message,
    )
