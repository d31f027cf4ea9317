"""Bodies, places and projects together: they share words and places, and what stands inside a longer name is not named twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from yuebao.annotate.mention import Mention
from yuebao.annotate.organisations import Body, KnownBodies, annotate_bodies, find_bodies, learn_bodies, with_known
from yuebao.annotate.passage import Passage
from yuebao.annotate.people import Known
from yuebao.annotate.places import PlaceFound, annotate_places, find_places, surroundings
from yuebao.annotate.projects import annotate_projects, find_projects
from yuebao.annotate.words import WordRow
from yuebao.model import Annotation


@dataclass(frozen=True, slots=True)
class Named:
    """What was found in the texts read together, by text, and what they say of bodies."""

    found: dict[str, tuple[WordRow, list[PlaceFound], list[Body]]]
    bodies: KnownBodies


def learn_named(passages: list[Passage], known: Known, home: str | None) -> Named:
    """What the texts read together show; `home` is the code of the city or county that they are of."""
    found = {}
    for passage in passages:
        row = WordRow.of(passage.text)
        people = known.mentions.get(passage.text, ())
        barred = _barred(passage, people)
        places = find_places(passage, row, home, barred)
        bodies = find_bodies(passage, row, surroundings(places, barred), people)
        found[passage.text] = (row, places, bodies)
    return Named(found, learn_bodies((p, found[p.text][2]) for p in passages))


def _barred(passage: Passage, people: Iterable[Mention]) -> frozenset[int]:
    """The places where nothing else is named: people and titles."""
    return passage.titled.union(*(range(m.start, m.end + 1) for m in people))


def annotate_named(passage: Passage, known: Known, named: Named) -> list[Annotation]:
    """The organisations, places and projects of a text."""
    row, places, bodies = named.found[passage.text]
    people = known.mentions.get(passage.text, ())
    bodies = with_known(passage, bodies, named.bodies)
    held = {i for m in people for i in range(m.start, m.end)} | {i for b in bodies for i in range(b.start, b.end)}
    projects = find_projects(passage, row, surroundings(places, _barred(passage, people)), bodies)
    held |= {i for p in projects for i in range(p.start, p.end)}
    free = [p for p in places if held.isdisjoint(range(p.start, p.end))]
    return [
        *annotate_bodies(passage, bodies, people, named.bodies), *annotate_places(passage, free), *annotate_projects(passage, projects),
    ]
