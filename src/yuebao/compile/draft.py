"""A month's copy made into a draft: stories, the item of each, columns and order, what is lacking; and the draft as an issue document.

The document's source is the copy itself: the texts of the clippings in order of their numbers, each ended by a line end. Characters that
the draft prints as they stand in the copy have their origin there, the text of an item before its headline where one clause serves both;
what condensing turned (我市 → 全市) or used a second time has none. All other copy is `unplaced`, told apart by story and never dropped,
so that each character of the copy stands in exactly one span. Pages are None: they are known when the book is set.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from yuebao.compile.columns import ColumnHabits, columns_of, in_order, propose
from yuebao.compile.columns_cues import Path
from yuebao.compile.differences import differences
from yuebao.compile.gaps import gaps
from yuebao.compile.length import length_of
from yuebao.compile.order import ordered
from yuebao.compile.order_people import precedence_of
from yuebao.compile.stories import particulars, stories
from yuebao.compile.values import Clause, Clipping, Condensed, Draft, Story
from yuebao.model import Column, ContentsRow, Issue, Item, Masthead, Origin, Source, SourceInfo, Unplaced

SOURCE_NAME = "来稿"
_MARKS = frozenset("，。；：、！？”’）》")

Condense = Callable[[Sequence[Clipping]], Condensed]  # what is made of the reports of one event
Told = Callable[[int, int], None]  # is told how many of how many stories are made


def stories_of(
    clippings: Sequence[Clipping], condense: Condense, run: Sequence[Issue] = (), corrections: Sequence[tuple[Item, Path]] = (),
    told: Told | None = None,
) -> tuple[Story, ...]:
    """The stories of a month's copy in order of their first clippings, each with its item, proposed columns and differences.

    `run` in order of time, the issue whose columns the house has now last; `corrections`: items that a person put in another column.
    """
    habits = columns_of(run, corrections)
    groups = stories(
        [clipping.item.text for clipping in clippings],
        lambda numbers: [particulars(clippings[n].item.text, clippings[n].item.annotations) for n in numbers])
    made = []
    for number, group in enumerate(groups, 1):
        made.append(story_of([clippings[n] for n in group], condense, habits))
        if told:
            told(number, len(groups))
    return tuple(made)


def story_of(reports: Sequence[Clipping], condense: Condense, habits: ColumnHabits) -> Story:
    """The story of reports that are known to be of one event."""
    condensed = condense(reports)
    return Story(tuple(clipping.number for clipping in reports), condensed, propose(condensed.item, habits), differences(reports))


def draft_of(clippings: Sequence[Clipping], made: Sequence[Story], masthead: Masthead, run: Sequence[Issue] = ()) -> Draft:
    """The draft of a month: the stories in the best proposed column of each, in order; its gaps; its pages as estimated."""
    placed = [(story.condensed.item, column_of(story)) for story in made]
    year, month = masthead.year or 0, masthead.month or 0
    order = ordered(placed, in_order(run), precedence_of(run, f"{year:04}-{month:02}-01"))
    in_hand = [placed[n] for n in order]
    return Draft(masthead, tuple(clippings), tuple(made), order, gaps(in_hand, run, year, month), length_of(in_hand, run).pages)


def column_of(story: Story) -> Path:
    """The column of a story's item: the best proposal."""
    return story.proposals[0].path if story.proposals else ()


def nearest_last(run: Iterable[Issue], year: int, month: int) -> tuple[Issue, ...]:
    """The issues of a run, the one nearest to a month last: its columns are those of the house at that time."""
    def distance(issue: Issue) -> tuple[int, int]:
        away = (issue.masthead.year or 0) * 12 + (issue.masthead.month or 0) - year * 12 - month
        return abs(away), away

    return tuple(sorted(run, key=distance, reverse=True))


def masthead_of(run: Sequence[Issue], year: int, month: int, title: str | None = None) -> Masthead:
    """The masthead of a month's issue: that of the nearest issue of the run, its numbers carried on; of no run, title and month."""
    if not run:
        return Masthead(title=title, year=year, month=month, number=month)
    last = nearest_last(run, year, month)[-1].masthead
    away = (year - (last.year or year)) * 12 + month - (last.month or month)
    is_monthly = last.number == last.month
    serial = last.serial_number + away if is_monthly and last.serial_number and last.serial_number + away > 0 else None
    return replace(
        last, title=title or last.title, year=year, month=month, number=month if is_monthly else None, serial_number=serial,
        published_on=None, printed_on=None, origin=())


# ---- the draft as an issue document ----


@dataclass(frozen=True, slots=True)
class _Copy:
    """The copy of the month as one text, and where each clipping begins in it."""

    text: str
    starts: dict[int, int]

    @classmethod
    def of(cls, clippings: Sequence[Clipping]) -> _Copy:
        starts, parts, at = {}, [], 0
        for clipping in sorted(clippings, key=lambda clipping: clipping.number):
            starts[clipping.number] = at
            parts.append(clipping.item.text + "\n")
            at += len(parts[-1])
        return cls("".join(parts), starts)


def issue_of(draft: Draft) -> tuple[Issue, Source]:
    """The draft as an issue document, not annotated, and its source, the copy. See the head of this file for what has an origin."""
    copy = _Copy.of(draft.clippings)
    claimed = bytearray(len(copy.text))
    columns: list[Column] = []
    rows = []
    for number, story in enumerate((draft.stories[n] for n in draft.order), 1):
        item = _placed(story.condensed, number, copy, claimed)
        path = column_of(story)
        columns = _filed(columns, path, item)
        if item.headline:
            rows.append(ContentsRow(item.headline, None, path))
    info = SourceInfo(SOURCE_NAME, "text/plain", "utf-8", hashlib.sha256(copy.text.encode()).hexdigest(), len(copy.text), None)
    issue = Issue(info, draft.masthead, contents=tuple(rows), columns=tuple(columns), unplaced=tuple(_unplaced(draft, copy, claimed)))
    return issue, Source(info, copy.text)


def _placed(condensed: Condensed, number: int, copy: _Copy, claimed: bytearray) -> Item:
    """The item under its number in the issue, with the origins of what it prints as the copy has it."""
    item = condensed.item
    body = len(item.headline) if item.headline is not None else 0
    in_turn = sorted(condensed.clauses, key=lambda clause: (clause.start < body, clause.start))
    origins = [origin for clause in in_turn for origin in _origins(item.text, clause, copy, claimed)]
    return replace(
        item, number=number, contents_headline=None, page=None, annotations=(), origin=tuple(sorted(origins, key=lambda o: o.start or 0)))


def _origins(text: str, clause: Clause, copy: _Copy, claimed: bytearray) -> Iterator[Origin]:
    """Where the characters of a clause stand in the copy, as far as they are the same and no other clause has them already."""
    start = copy.starts[clause.clipping] + clause.source_start
    end = copy.starts[clause.clipping] + clause.source_end
    mark = text[clause.end:clause.end + 1]
    if mark in _MARKS and mark == copy.text[end:end + 1]:
        end += 1  # what ends the clause is of the copy too
    said, source = text[clause.start:clause.end + len(mark)], copy.text[start:end]
    for block in SequenceMatcher(None, said, source, autojunk=False).get_matching_blocks():
        for first, last in _free(claimed, start + block.b, start + block.b + block.size):
            claimed[first:last] = b"\1" * (last - first)
            at = clause.start + block.a + first - start - block.b
            yield Origin(at, at + last - first, first, last)


def _free(claimed: bytearray, start: int, end: int) -> list[tuple[int, int]]:
    """The runs within `[start, end)` that nothing has claimed."""
    out, at = [], start
    while (at := claimed.find(0, at, end)) >= 0:
        until = claimed.find(1, at, end)
        out.append((at, until if until >= 0 else end))
        at = out[-1][1]
    return out


def _filed(columns: Sequence[Column], path: Path, item: Item) -> list[Column]:
    """The columns with the item at the end of the one of that path, which is opened where it is not there yet."""
    title = path[0] if path else None
    before = [column for column in columns if column.title == title]
    column = before[0] if before else Column(title)
    if path[1:]:
        column = replace(column, columns=tuple(_filed(column.columns, path[1:], item)))
    else:
        column = replace(column, items=(*column.items, item))
    return [column if each is before[0] else each for each in columns] if before else [*columns, column]


def _unplaced(draft: Draft, copy: _Copy, claimed: bytearray) -> Iterator[Unplaced]:
    """The copy that the draft does not print, line by line, with the item that was made of its story."""
    numbers = {clipping: number for number, n in enumerate(draft.order, 1) for clipping in draft.stories[n].clippings}
    for clipping in sorted(draft.clippings, key=lambda clipping: clipping.number):
        reason = f"not printed in item {numbers[clipping.number]}" if clipping.number in numbers else "in no story"
        start = copy.starts[clipping.number]
        for line in _lines(copy.text, start, start + len(clipping.item.text)):
            for first, last in _free(claimed, *line):
                if copy.text[first:last].strip():
                    yield Unplaced(first, last, reason)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        until = text.find("\n", start, end)
        yield start, until if until >= 0 else end
        start = until + 1 if until >= 0 else end
