"""The account of promise 1: which source characters an issue claims, and which nothing claims."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from yuebao.glossary import problem
from yuebao.model import Dropped, Issue, Unplaced
from yuebao.structure.sheet import Line, Sheet, Slice
from yuebao.text import squeeze


def accounted(sheet: Sheet, issue: Issue) -> Issue:
    """The issue with NUL among `dropped` and everything that no value claims among `unplaced`."""
    nul = [Dropped(*found.span(), "NUL") for found in re.finditer("\0+", sheet.text)]
    issue = replace(issue, dropped=tuple(sorted([*issue.dropped, *nul], key=lambda d: (d.source_start, d.source_end))))
    unplaced = unclaimed(sheet, issue)
    if not unplaced:
        return issue
    first = unplaced[0]
    said = squeeze(sheet.text[first.source_start:first.source_end])[:30]
    noted = problem("S009", first.source_start, first.source_end, text=said)
    return replace(issue, unplaced=unplaced, problems=(*issue.problems, noted))


def unclaimed(sheet: Sheet, issue: Issue) -> tuple[Unplaced, ...]:
    """What no value of the issue and nothing dropped claims, line by line; NUL and white space aside."""
    claimed = bytearray(len(sheet.text))
    for start, end in _claims(issue):
        claimed[start:end] = b"\1" * (end - start)
    return tuple(Unplaced(start, end, "belongs to no item") for line in sheet.lines for start, end in _left(sheet, line, claimed))


def _claims(issue: Issue) -> Iterable[Slice]:
    spans = [*issue.masthead.origin, *(issue.epigraph.origin if issue.epigraph else ())]
    spans += [origin for row in issue.contents for origin in row.origin]
    stack = list(issue.columns)
    while stack:
        column = stack.pop()
        stack += column.columns
        spans += [*column.origin, *(origin for item in column.items for origin in item.origin)]
    yield from ((o.source_start, o.source_end) for o in spans)
    yield from ((d.source_start, d.source_end) for d in issue.dropped)


def _left(sheet: Sheet, line: Line, claimed: bytearray) -> list[Slice]:
    """The runs of a line that nothing claims, without white space at their ends."""
    out: list[Slice] = []
    if claimed.find(0, sheet.at[line.start], sheet.at[line.end - 1] + 1) < 0:
        return out
    for k in range(line.start, line.end):
        at = sheet.at[k]
        if claimed[at]:
            continue
        if out and k > line.start and not claimed[sheet.at[k - 1]] and "\0" not in sheet.text[out[-1][1]:at]:
            out[-1] = (out[-1][0], at + 1)
        else:
            out.append((at, at + 1))
    return out
