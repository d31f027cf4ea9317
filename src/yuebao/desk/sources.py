"""Where an item comes from: the texts of its story, its clauses in them, and what of it stands in none; held to the habits of the house."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from yuebao import pipeline
from yuebao.compile.gate import REASONS
from yuebao.compile.gate_found import realigned
from yuebao.compile.habits import Habits, habits_of
from yuebao.compile.values import Clause, Clipping, Foreign
from yuebao.desk import items
from yuebao.desk.memory import Memory, archive_state
from yuebao.desk.models import DeskIssue, DeskItem, StoredClipping
from yuebao.desk.run import run_of
from yuebao.model import Json


@dataclass(frozen=True, slots=True)
class Sources:
    """The clippings of an item's story, its clauses in the order of its text, and the passages that none of them holds."""

    clippings: tuple[Clipping, ...] = ()
    clauses: tuple[Clause, ...] = ()
    foreign: tuple[Foreign, ...] = ()


_WEIGHTS = (*(reason for reason in REASONS if reason != "cut"), "cut")  # a change cuts what stands beside it, which says the least
_SOURCES: Memory[Sources] = Memory(2048)
_HABITS: Memory[Habits] = Memory(16)


def of_item(item: DeskItem) -> Sources:
    """The sources of an item; of one that was written on the desk, none, and then nothing is foreign to them."""
    if item.story_id is None:
        return Sources()
    city = habits(item.issue).city
    return _SOURCES.get(_state(item, city), lambda: _made(item, _stored(item).values_list("document", flat=True), city))


def remembered(item: DeskItem) -> Sources | None:
    """The same where it is remembered, else None: for pages that do not wait."""
    if item.story_id is None:
        return Sources()
    known = _HABITS.known(_house(item.issue))
    return _SOURCES.known(_state(item, known.city)) if known else None


def habits(issue: DeskIssue) -> Habits:
    """What the back run of the issue shows of the house: how it names its city, how long its items are."""
    return _HABITS.get(_house(issue), lambda: habits_of(run_of(issue)))


def _house(issue: DeskIssue) -> Hashable:
    return archive_state(), issue.pk


def _state(item: DeskItem, city: str | None) -> Hashable:
    return item.pk, item.version, city, tuple(_stored(item).values_list("pk", "sha256"))


def _stored(item: DeskItem) -> QuerySet[StoredClipping]:
    return StoredClipping.objects.filter(story=item.story_id).exclude(state="withdrawn").order_by("number")


def _made(item: DeskItem, documents: Iterable[Json], city: str | None) -> Sources:
    clippings = tuple(Clipping.from_dict(document) for document in documents)
    text, before = items.whole(item.headline, item.text), [Clause.from_dict(data) for data in item.clauses]
    clauses = realigned(text, before, clippings, city)
    foreign = pipeline.check_item(text, before, clippings, item.issue.year, item.issue.month or 1, city)
    return Sources(clippings, tuple(sorted(clauses, key=lambda clause: clause.start)), tuple(_joined(text, foreign)))


def _joined(text: str, foreign: Iterable[Foreign]) -> Iterator[Foreign]:
    """What the gate tells piece by piece as an editor sees it: pieces that touch, or that a mark parts, are one, told by the weightiest."""
    held: Foreign | None = None
    for one in sorted(foreign, key=lambda passage: (passage.start, passage.end)):
        if held is None or one.start > held.end + 1 or "。" in text[held.end:one.start]:
            if held:
                yield held
            held = one
        else:
            end = max(held.end, one.end)
            held = Foreign(held.start, end, text[held.start:end], min(held.reason, one.reason, key=_WEIGHTS.index))
    if held:
        yield held
