"""Short names of bodies, as the texts that are read together explain them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from yuebao.annotate.body import Body, trades
from yuebao.annotate.divisions import division_words
from yuebao.annotate.passage import Passage, Words, frequency
from yuebao.annotate.words import GLUED
from yuebao.lexicon import terms

_IN_SHORT = re.compile("[（(](?:以下|下)?(?:简称|称)[:：]?[“\"]?([\u4e00-\u9fffA-Za-z]{2,10})[”\"]?[）)]")
_SHORT = re.compile("[（(]([\u4e00-\u9fff]{3,8})[）)]")
_LEGAL = re.compile("(?:集团)?(?:股份)?(?:有限)?(?:责任)?公司$|集团$|股份$")


@dataclass(frozen=True, slots=True)
class KnownBodies:
    """What the texts read together say of bodies: other names with the full name and the kind."""

    full_names: dict[str, tuple[str, str]]
    words: Words | None
    names: frozenset[str]  # all bodies as written

    @classmethod
    def of(cls, full_names: dict[str, tuple[str, str]], names: Iterable[str]) -> KnownBodies:
        """Ready to be looked up in a text."""
        return cls(full_names, Words(full_names) if full_names else None, frozenset(names))


def with_known(passage: Passage, bodies: list[Body], known: KnownBodies, barred: frozenset[int]) -> list[Body]:
    """The bodies with those added that stand here by a short name which the texts read together explain."""
    bodies = [_without_join(passage.text, body, known) for body in bodies]
    if known.words is None:
        return bodies
    names = list(known.words.find(passage.text))
    if not names:
        return bodies
    taken = barred.union(*(range(body.start, body.end) for body in bodies))
    more = []
    for start, name in names:
        end = start + len(name)
        whole = passage.begins[start] and passage.begins[end]
        if whole and taken.isdisjoint(range(start, end)):
            more.append(Body(start, end, known.full_names[name][1], "known"))
    return sorted([*bodies, *more], key=lambda b: b.start)


def _without_join(text: str, body: Body, known: KnownBodies) -> Body:
    """A body without the preposition or join before it, where it is known without (和平 in 和平高集团 is in the dictionary)."""
    glued = text[body.start] in GLUED and text[body.start + 1:body.end] in known.names
    return replace(body, start=body.start + 1) if glued else body


def learn_bodies(texts: Iterable[tuple[Passage, list[Body]]]) -> KnownBodies:
    """The short names of the bodies of the texts read together: those that they explain, and the core of a company's name."""
    full_names: dict[str, tuple[str, str]] = {}
    names: set[str] = set()
    for passage, bodies in texts:
        for body in bodies:
            name = passage.text[body.start:body.end]
            names.add(name)
            explained = _IN_SHORT.match(passage.text, body.end)
            if explained and explained[1] not in terms("body_generics"):
                full_names.setdefault(explained[1], (name, body.kind))
            elif body.kind == "enterprise" and (short := _SHORT.match(passage.text, body.end)) and _is_drawn_from(short[1], name):
                full_names.setdefault(short[1], (name, body.kind))
            if body.kind == "enterprise":
                for core in _cores(name):
                    full_names.setdefault(core, (name, body.kind))
    return KnownBodies.of(full_names, names)


def _is_drawn_from(short: str, name: str) -> bool:
    """Whether the characters of a short name stand in the full one in this order."""
    rest = iter(name)
    return all(character in rest for character in short)


def _trade_of(name: str) -> str:
    """The longest of the trades that a name ends in; empty where it ends in none."""
    return next((name[start:] for start in range(len(name)) if name[start:] in trades()), "")


def _cores(name: str) -> Iterator[str]:
    core = _LEGAL.sub("", name)
    if core == name:
        if len(name) > 3:
            yield name
        return
    place = division_words().at(core, 0) or ("中国" if core.startswith("中国") else "")
    place = "" if place in terms("place_homographs") else place
    without_place = core.removeprefix(place)
    bare = without_place.removesuffix(_trade_of(without_place))
    for short in (core, without_place, bare):  # 米哈游 of 米哈游公司
        if len(short) == 3 and frequency(short) <= 1:
            yield short
    for short in (core, without_place, bare, bare + "公司", without_place + "集团", without_place + "公司"):
        if len(short) > 3:
            yield short
