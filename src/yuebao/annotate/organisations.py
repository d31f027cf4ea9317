"""Organisations: bodies of party and state, enterprises, schools, hospitals, associations; the longest natural form.

A body is told by the word that its name ends in and by how its name begins (a level, a place, a word that names), by being known
throughout the country, by the office of one who leads it, or by being written in full elsewhere in the same issue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from yuebao.annotate.body import Body, Said, trades
from yuebao.annotate.mention import Mention
from yuebao.annotate.organisations_by_suffix import find_by_suffix
from yuebao.annotate.organisations_known import KnownBodies
from yuebao.annotate.organs import find_bureaus, find_organs, find_troops, with_section
from yuebao.annotate.passage import Passage
from yuebao.annotate.words import LEVELS, Surroundings, WordRow, reach_left, stops
from yuebao.lexicon import terms
from yuebao.model import Annotation, OrganisationValue

_LED = re.compile(
    "(.{2,30}?)(?:党委书记|党组书记|党委|原|前|执行|常务|高级|首席|联席|资深)?、?"
    "(?:副?董事长|副?总经理|副?总裁|总工程师|总会计师|首席执行官|CEO)$"
)
_ENTERPRISES = re.compile("(?:等[^，。；\\n]{0,18}?|(?<!、)[两三四五六七八九十\\d]{1,3}家[^，。；、\\n]{0,8}?)(?:企业|公司)")
_LISTED = re.compile("(?:[\u4e00-\u9fffA-Za-z]{2,12}、)+[\u4e00-\u9fffA-Za-z]{2,10}$")
_ELEMENT = re.compile("[^、]+")


def body_names() -> frozenset[str]:
    """The names of bodies that are known throughout the country."""
    return terms("bodies")


def find_bodies(passage: Passage, row: WordRow, around: Surroundings, people: Iterable[Mention], said: Said) -> list[Body]:
    """The bodies that a text shows by itself, none overlapping, in order. `said`: the names of tables that stand in the text."""
    found = find_organs(passage, row, around, said)
    found += find_by_suffix(passage, row, around, found)
    found = [with_section(passage.text, body) for body in found]
    found += [*find_troops(passage), *find_bureaus(passage)]
    found += _by_office(passage, people)
    found += _listed(passage, row, around.places)
    return _longest(found, passage)


_value = lru_cache(maxsize=2000)(OrganisationValue)  # a body is named again and again


def annotate_bodies(passage: Passage, bodies: Iterable[Body], people: Iterable[Mention], known: KnownBodies) -> list[Annotation]:
    """The annotations of bodies; `name` is the full name where the texts read together give it."""
    offices = _office_places(passage.text, people)
    made = []
    for body in bodies:
        name = passage.text[body.start:body.end]
        full, kind = known.full_names.get(name, (name, body.kind))
        value = _value(full, kind, body.end - 1 in offices)
        made.append(Annotation("organisation", body.start, body.end, value, f"organisation/{body.rule}"))
    return made


def _office_places(text: str, people: Iterable[Mention]) -> set[int]:
    """The places that the offices of people hold."""
    places: set[int] = set()
    for mention in people:
        for office in mention.offices:
            at = text.rfind(office, max(0, mention.start - 300), mention.start)
            at = at if at >= 0 else text.find(office, mention.end, mention.end + 120)
            places.update(range(at, at + len(office)) if at >= 0 else ())
    return places


def _longest(found: list[Body], passage: Passage) -> list[Body]:
    chosen: list[Body] = []
    taken: set[int] = set(passage.titled)
    for body in sorted(found, key=lambda b: (b.start - b.end, b.start)):
        if taken.isdisjoint(range(body.start, body.end)):
            chosen.append(body)
            taken.update(range(body.start, body.end))
    return sorted(chosen, key=lambda b: b.start)


def _listed(passage: Passage, row: WordRow, places: Mapping[int, int]) -> Iterator[Body]:
    """Enterprises listed by short names (甲药业、乙科技等企业)."""
    text = passage.text
    if "、" not in text or ("企业" not in text and "公司" not in text):
        return
    around = Surroundings({}, frozenset(), {}, passage.titled)
    for enterprises in _ENTERPRISES.finditer(text):
        run = _LISTED.search(text, max(0, enterprises.start() - 80), enterprises.start())
        if run is None:
            continue
        for match in _ELEMENT.finditer(text, run.start(), run.end()):
            if match.end() in places and places[match.end()] <= match.start():  # a district among those who report
                continue
            start = match.start() if match.start() > run.start() else reach_left(row, match.end(), around).start
            words = list(row.between(start, match.end()))
            if not words:  # it stands within a word
                continue
            unknown = any(w.kind in ("nr", "ns", "nz", "nrt") or len(w.text) == 1 for w in words)
            unknown = unknown or (len(words) == 2 and words[1].text in trades() and words[0].text not in terms("body_generics"))
            enough = match.end() - start > 2 or words[0].kind in ("nrt", "nz", "eng")  # 博世
            if enough and match.end() - start < 11 and unknown and not any(w.text in stops() and w.start > start for w in words):
                yield Body(start, match.end(), "enterprise", "list")


def _by_office(passage: Passage, people: Iterable[Mention]) -> Iterator[Body]:
    """Enterprises before the office of one who leads them (某某水投副总经理)."""
    text = passage.text
    for mention in people:
        for office in mention.offices:
            match = _LED.match(office)
            if match is None or re.search("[、，]|集团$|公司$", match[1]):
                continue
            at = text.rfind(office, max(0, mention.start - 100), mention.start)
            if at >= 0 and match[1] not in LEVELS:
                yield Body(at, at + len(match[1]), "enterprise", "led")
