"""The findings of an issue as its pages show them: those that say the same as one on the issue's page, numbered notes on an item's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from yuebao.archive.judgements import Standing
from yuebao.archive.waivers import OPEN
from yuebao.model import Finding
from yuebao.proof.fix import is_replacement
from yuebao.web import marks


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding stands: the number of the item (None: cover or contents), page and source line."""

    item: int | None
    page: int | None
    line: int | None


@dataclass(frozen=True, slots=True)
class Note:
    """A finding beside its passage, numbered within the item; `position` is that in the issue, by which decisions name it."""

    number: int
    finding: Finding
    position: int

    @property
    def can_be_accepted(self) -> bool:
        return is_replacement(self.finding)


@dataclass(frozen=True, slots=True)
class WaivedNote:
    """A finding that somebody decided not to follow, and why."""

    note: Note
    reason: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Findings that say the same, as one, with every place. `note`: what is decided here, as it stands in no item, which has a page."""

    finding: Finding
    places: tuple[Place, ...]
    note: Note | None


@dataclass(frozen=True, slots=True)
class DecidingPlace:
    """What the forms of a page send with them: issue, item (None: the issue's own page), and what was looked at (`Standing.seen`)."""

    key: str
    number: int | None
    seen: str


@dataclass(frozen=True, slots=True)
class Judged:
    """Findings of an issue or an item by what was decided: those that are open, those that are waived."""

    open: tuple[Note, ...]
    waived: tuple[WaivedNote, ...]


# ---- gathered ----


def judged(now: Standing, number: int | None) -> Judged:
    """The findings of an item, or (None) those of an issue that stand in no item, numbered as they come."""
    mine = [(finding, n) for n, finding in enumerate(now.findings) if finding.item == number]
    waived = _numbered(pair for pair in mine if pair[0].state != OPEN)
    return Judged(
        _numbered(pair for pair in mine if pair[0].state == OPEN),
        tuple(WaivedNote(note, now.reasons.get(note.position, "")) for note in waived))


def _numbered(findings: Iterable[tuple[Finding, int]]) -> tuple[Note, ...]:
    """The findings, each with its position, numbered as they come in the text, those of no passage last."""
    ordered = sorted(findings, key=lambda pair: (pair[0].start is None, pair[0].start or 0, pair[0].end or 0))
    return tuple(Note(n, finding, position) for n, (finding, position) in enumerate(ordered, 1))


def remarks_of(findings: Iterable[Finding], notes: Iterable[Note]) -> tuple[tuple[str, tuple[Remark, ...]], ...]:
    """The findings by severity, the gravest first; those that say the same stand once, but those of `notes`, decided on one by one."""
    same: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        if finding.item is not None:
            same.setdefault((finding.severity, finding.code, finding.text, finding.proposal, finding.message), []).append(finding)
    remarks = [_remark((note.finding,), note) for note in notes] + [_remark(group) for group in same.values()]
    return tuple(
        (severity, of_severity) for severity in marks.SEVERITIES
        if (of_severity := tuple(r for r in remarks if r.finding.severity == severity))
    )


def _remark(group: Sequence[Finding], note: Note | None = None) -> Remark:
    return Remark(group[0], tuple(Place(f.item, f.page, f.line) for f in group), note)
