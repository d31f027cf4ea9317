"""Bodies, places and projects together: they share words and places, and what stands inside a longer name is not named twice."""

from __future__ import annotations

from dataclasses import dataclass

from yuebao.annotate.body import Body
from yuebao.annotate.lexis import begun_in, standing_in
from yuebao.annotate.mention import Mention
from yuebao.annotate.organisations import annotate_bodies, find_bodies
from yuebao.annotate.organisations_known import KnownBodies, learn_bodies, with_known
from yuebao.annotate.passage import Passage
from yuebao.annotate.people import Known, spoken_of
from yuebao.annotate.places import annotate_places, find_places, surroundings
from yuebao.annotate.places_divisions import PlaceFound
from yuebao.annotate.projects import annotate_projects, find_projects
from yuebao.annotate.words import GLUED, Surroundings, WordRow
from yuebao.model import Annotation


@dataclass(frozen=True, slots=True)
class Finding:
    """What one text shows: its words, places, bodies and people, and where nothing else is named (people, titles)."""

    row: WordRow
    places: list[PlaceFound]
    around: Surroundings
    bodies: list[Body]
    people: list[Mention]
    barred: frozenset[int]


@dataclass(frozen=True, slots=True)
class Named:
    """What was found in the texts read together, by text, and what they say of bodies."""

    found: dict[str, Finding]
    bodies: KnownBodies


def learn_named(passages: list[Passage], known: Known, home: str | None) -> Named:
    """What the texts read together show; `home` is the code of the city or county that they are of."""
    found = {}
    for passage in passages:
        row = WordRow.of(passage)
        said = tuple(dict.fromkeys(begun_in(passage, standing_in(passage.text).names, GLUED)))
        people = spoken_of(passage, known)
        barred = passage.titled.union(*(range(m.start, m.end + 1) for m in people))
        places = find_places(passage, row, home, barred, said)
        around = surroundings(places, barred)
        bodies = find_bodies(passage, row, around, people, said)
        found[passage.text] = Finding(row, places, around, bodies, people, barred)
    return Named(found, learn_bodies((p, found[p.text].bodies) for p in passages))


def annotate_named(passage: Passage, named: Named) -> list[Annotation]:
    """The organisations, places and projects of a text."""
    here = named.found[passage.text]
    bodies = with_known(passage, here.bodies, named.bodies, here.barred)
    held = set[int]().union(*(range(m.start, m.end) for m in here.people), *(range(b.start, b.end) for b in bodies))
    projects = find_projects(passage, here.row, here.around, bodies, here.places)
    held.update(*(range(p.start, p.end) for p in projects if p.rule == "work"))
    free = [p for p in here.places if held.isdisjoint(range(p.start, p.end))]
    of_bodies = annotate_bodies(passage, bodies, here.people, named.bodies)
    return [*of_bodies, *annotate_places(passage, free), *annotate_projects(passage, projects)]
