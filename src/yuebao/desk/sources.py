"""Where an item comes from: the texts of its story, its clauses in them, and what of it stands in none."""

from __future__ import annotations

from dataclasses import dataclass

from yuebao import pipeline
from yuebao.compile.values import Clause, Clipping, Foreign
from yuebao.desk import items
from yuebao.desk.findings import Memory
from yuebao.desk.models import DeskItem, StoredClipping
from yuebao.model import canonical


@dataclass(frozen=True, slots=True)
class Sources:
    """The clippings of an item's story, its clauses numbered from 1 as they stand in its text, and the passages without a source."""

    clippings: tuple[Clipping, ...]
    clauses: tuple[Clause, ...]
    foreign: tuple[Foreign, ...]


_CHECKED: Memory[tuple[Foreign, ...]] = Memory(2048)


def of_item(item: DeskItem) -> Sources:
    """The sources of an item; of one that was written on the desk, none, and then nothing is foreign to them. One query."""
    if item.story_id is None:
        return Sources((), (), ())
    stored = StoredClipping.objects.filter(story=item.story_id).exclude(state="withdrawn").order_by("number")
    clippings = tuple(Clipping.from_dict(document) for document in stored.values_list("document", flat=True))
    clauses = tuple(sorted((Clause.from_dict(data) for data in item.clauses), key=lambda clause: clause.start))
    text = items.whole(item.headline, item.text)
    made_of = (text, canonical(item.clauses), tuple(clipping.sha256 for clipping in clippings), item.issue.year, item.issue.month)
    check = getattr(pipeline, "check_item", lambda *_: ())
    foreign = _CHECKED.get(made_of, lambda: check(text, clauses, clippings, item.issue.year, item.issue.month))
    return Sources(clippings, clauses, foreign)
