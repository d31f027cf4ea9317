"""A draft in figures: what came, what was made of it, what a person is to look at."""

from __future__ import annotations

import re
from dataclasses import dataclass

from yuebao.compile.draft import column_of
from yuebao.compile.length import length_of
from yuebao.compile.values import Condensed, Draft
from yuebao.model import Value

_CLAUSE = re.compile(r"[^，；。：！？、\s]+")


@dataclass(frozen=True, slots=True)
class Figures(Value):
    """Counts. `flagged`: texts with passages to be looked at first; `left_out`: passages that are no part of a report.

    `several`: stories of more than one report; `clauses` of all items, and those that point at copy; `refused`: passages that the gate
    did not let pass.
    """

    texts: int
    flagged: int
    left_out: int
    stories: int
    several: int
    items: int
    characters: int
    lines: int
    pages: int
    clauses: int
    with_source: int
    refused: int
    differences: int
    gaps: int


def figures_of(draft: Draft) -> Figures:
    """The figures of a draft."""
    made = [draft.stories[n] for n in draft.order]
    length = length_of([(story.condensed.item, column_of(story)) for story in made])
    clauses = [sourced for story in made for sourced in _sourced(story.condensed)]
    return Figures(
        texts=len(draft.clippings), flagged=sum(bool(clipping.flags) for clipping in draft.clippings),
        left_out=sum(len(clipping.left_out) for clipping in draft.clippings), stories=len(made),
        several=sum(len(story.clippings) > 1 for story in made), items=len(made), characters=length.characters, lines=length.lines,
        pages=length.pages, clauses=len(clauses), with_source=sum(clauses), refused=sum(len(story.condensed.refused) for story in made),
        differences=sum(len(story.differences) for story in made), gaps=len(draft.gaps))


def _sourced(condensed: Condensed) -> list[bool]:
    """Of each clause of an item, whether any of its characters points at copy."""
    spans = [(clause.start, clause.end) for clause in condensed.clauses if clause.source_start < clause.source_end]
    return [any(start < found.end() and found.start() < end for start, end in spans) for found in _CLAUSE.finditer(condensed.item.text)]
