"""A month of copy compiled: stories condensed through the gate, the draft, the issue document that is made of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from yuebao.annotate import annotate, annotate_text
from yuebao.compile.values import Clause, Clipping, Condensed, Draft, Foreign, Story
from yuebao.errors import UsageError
from yuebao.model import (
    Annotation,
    Issue,
    Item,
    Masthead,
    PersonValue,
    Source,
)


def compile_stories(
    clippings: Sequence[Clipping], run: Sequence[Issue], year: int, month: int,
    corrections: Sequence[tuple[Item, tuple[str, ...]]] = (), told: Callable[[int, int], None] | None = None,
) -> tuple[Story, ...]:
    """The stories of a month's copy, each with its item in the house form, the columns proposed for it and what its reports differ in.

    `run`: issues of the back run; `corrections`: items that a person put in another column; `told` hears how many of how many are made.
    """
    from yuebao.compile.draft import nearest_last, stories_of  # loads numpy, and most commands compile nothing

    run = nearest_last(run, year, month)
    return stories_of(clippings, _condensing(clippings, run, year, month), run, corrections, told)


def compile_story(
    clippings: Sequence[Clipping], run: Sequence[Issue], year: int, month: int, corrections: Sequence[tuple[Item, tuple[str, ...]]] = (),
) -> Story:
    """The story of clippings that people have put together, whatever would be gathered of them; as `compile_stories`."""
    from yuebao.compile.columns import columns_of
    from yuebao.compile.draft import nearest_last, story_of

    run = nearest_last(run, year, month)
    return story_of(clippings, _condensing(clippings, run, year, month), columns_of(run, corrections))


def _condensing(clippings: Sequence[Clipping], run: Sequence[Issue], year: int, month: int) -> Callable[[Sequence[Clipping]], Condensed]:
    """How the reports of one event are condensed, in the habits of the run, with the names that the month's copy knows."""
    from yuebao.compile.condense import condense
    from yuebao.compile.habits import habits_of

    habits = habits_of(run)
    names = frozenset(a.value.name for c in clippings for a in c.item.annotations if isinstance(a.value, PersonValue))

    def annotated(text: str) -> tuple[Annotation, ...]:
        return annotate_text(text, year, month, names)

    return lambda reports: condense(reports, habits, annotated)


def compile_month(
    clippings: Sequence[Clipping], masthead: Masthead, run: Sequence[Issue] = (), told: Callable[[int, int], None] | None = None,
) -> Draft:
    """The draft of a month: its stories in their columns and order, its gaps, its pages. Raises UsageError E203: no month."""
    from yuebao.compile.draft import draft_of, nearest_last

    if masthead.year is None or masthead.month is None:
        raise UsageError("E203", reason="没有写明年月", command="compile")
    stories = compile_stories(clippings, run, masthead.year, masthead.month, told=told)
    return draft_of(clippings, stories, masthead, nearest_last(run, masthead.year, masthead.month))


def check_item(
    text: str, clauses: Sequence[Clause], clippings: Sequence[Clipping], year: int, month: int, city: str | None = None,
) -> tuple[Foreign, ...]:
    """What none of the clippings of an item's story holds of its text as a person left it; `clauses` are those of before.

    `city`: the house's own (云陵市), where it is printed for 我市. Empty where all of it is in the sources.
    """
    from yuebao.compile.gate import gate
    from yuebao.compile.gate_found import realigned

    names = frozenset(a.value.name for c in clippings for a in c.item.annotations if isinstance(a.value, PersonValue))
    return gate(text, realigned(text, clauses, clippings, city), clippings, annotate_text(text, year, month, names), city)


def draft_issue(draft: Draft) -> tuple[Issue, Source]:
    """The draft as an annotated issue document, fit to be proofed and published, and its source: the copy of the month."""
    from yuebao.compile.draft import issue_of

    issue, source = issue_of(draft)
    return annotate(issue), source
