"""The whole issue looked over: findings by item, what the back run had and it lacks, how long it will be. Seconds for hundreds of items."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from yuebao.archive.beyond import proof_among
from yuebao.archive.waivers import judged
from yuebao.compile.gaps import gaps
from yuebao.compile.length import Length, length_of
from yuebao.compile.values import Gap
from yuebao.desk.drafts import draft_of, items_in_order
from yuebao.desk.findings import is_open
from yuebao.desk.issues import text_state
from yuebao.desk.items import length
from yuebao.desk.memory import Memory, archive_state
from yuebao.desk.models import DeskIssue
from yuebao.desk.run import run_of
from yuebao.model import Finding


@dataclass(frozen=True, slots=True)
class Survey:
    """`findings`: the open ones by the desk's numbers of the items, under None those of none; `Finding.item` is the document's number.

    `before`: items and characters of the last issue in print, None where there is none.
    """

    findings: Mapping[int | None, tuple[Finding, ...]]
    gaps: tuple[Gap, ...]
    length: Length
    before: tuple[int, int] | None


_SURVEYS: Memory[Survey] = Memory(8)


def survey(issue: DeskIssue) -> Survey:
    """The issue looked over as it is now."""
    return _SURVEYS.get(_state(issue), lambda: _made(issue))


def remembered(issue: DeskIssue) -> Survey | None:
    """The same where it is remembered, else None: for pages that do not wait."""
    return _SURVEYS.known(_state(issue))


def _made(issue: DeskIssue) -> Survey:
    numbers = {n: item.number for n, item in enumerate(items_in_order(issue), 1)}
    document, source = draft_of(issue)
    found: dict[int | None, list[Finding]] = {}
    for finding in filter(is_open, judged(document, proof_among(document, source)).findings):
        found.setdefault(None if finding.item is None else numbers.get(finding.item), []).append(finding)
    run = run_of(issue)
    placed = [(item, tuple(column.title or "" for column in path)) for path, item in document.walk()]
    return Survey(
        {number: tuple(of_item) for number, of_item in found.items()},
        gaps(placed, run, issue.year, issue.month) if issue.month else (),
        length_of(placed),
        (len(run[-1].items()), sum(length(item.text) for item in run[-1].items())) if run else None,
    )


def _state(issue: DeskIssue) -> Hashable:
    return archive_state(), issue.pk, issue.version, text_state(issue)
