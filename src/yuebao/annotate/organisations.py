"""Organisations: bodies of party and state, enterprises, schools, hospitals, associations; the longest natural form.

A body is told by the word that its name ends in and by how its name begins (a level, a place, a word that names), by being known
throughout the country, by the office of one who leads it, or by being written in full elsewhere in the same issue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from yuebao.annotate.divisions import division_words
from yuebao.annotate.mention import Mention
from yuebao.annotate.passage import Passage, Words
from yuebao.annotate.words import DETERMINERS, LEVELS, Reach, Surroundings, Word, WordRow, before_anchor, level_start, reach_left
from yuebao.lexicon import rows, terms
from yuebao.model import Annotation, OrganisationValue
from yuebao.text import is_han

_ORGAN_KINDS = {
    "委理论学习中心组": "party",
        "委": "party", "纪委": "party", "纪委监委": "party", "监委": "government", "政府": "government", "人民政府": "government",
    "人大": "congress", "人大常委会": "congress", "人民代表大会": "congress", "人民代表大会常务委员会": "congress", "政协": "consultative",
    "党委": "party", "党工委": "party", "纪工委": "party",
}
_ORGAN = re.compile(
    "(?:第?[一二三四五六七八九十]{1,3}届)?(?:[省市县区州旗盟镇乡]|街道)"
    "(委理论学习中心组|纪委监委|人民代表大会常务委员会|人民代表大会|人大常委会|人民政府|党工委|纪工委|党委|政府|人大|政协|纪委|监委|委(?![员托派任]))"
)
_LED = re.compile(
    "(.{2,30}?)(?:党委书记|党组书记|党委|原|前|执行|常务)?、?(?:副?董事长|副?总经理|副?总裁|总工程师|总会计师|首席执行官|CEO)$"
)
_LEADS = ("长", "员", "任", "主任", "书记")
_BARE = re.compile(
    "(?<![\u4e00-\u9fff])(政法委|宣传部|组织部|统战部|纪委监委|纪委|监委)(?=副?(?:常务)?(?:书记|部长|长|主任|常委))"
)
_BRANCH = re.compile("[（(]([\u4e00-\u9fff]{2,4})[）)]")
_IN_SHORT = re.compile("[（(](?:以下|下)?(?:简称|称)[:：]?[“\"]?([\u4e00-\u9fffA-Za-z]{2,10})[”\"]?[）)]")
_LEGAL = re.compile("(?:集团)?(?:股份)?(?:有限)?(?:责任)?公司$|集团$|股份$")
# the kinds whose bodies have parts that are named after them, with a place between (某银行某省分行)
_PARENTS = frozenset(("enterprise", "association", "research", "school", "hospital", "media"))


# the kinds whose names may hold 和 (自然资源和规划局)
_PAIRED = frozenset(("department", "association", "party"))
# what a place has without more (某某公司, 某省队), a level has not
_OF_PLACES = frozenset(("公司", "集团", "队", "学校", "派出所", "工作站", "办事处", "街道办"))
_LONGEST_SUFFIX = 10


@dataclass(frozen=True, slots=True)
class Body:
    """A body at a place of a text; `rule` is how it was told."""

    start: int
    end: int
    kind: str
    rule: str


@dataclass(frozen=True, slots=True)
class KnownBodies:
    """What the texts read together say of bodies: other names with the full name and the kind."""

    full_names: dict[str, tuple[str, str]]
    words: Words | None

    @classmethod
    def of(cls, full_names: dict[str, tuple[str, str]]) -> KnownBodies:
        """Ready to be looked up in a text."""
        return cls(full_names, Words(full_names) if full_names else None)


@cache
def _suffixes() -> dict[str, tuple[str, str]]:
    """The suffixes with the kind of body and what must stand before them."""
    return {row["term"]: (row["kind"], row["needs"]) for row in rows("body_suffixes")}


@cache
def _national() -> Words:
    return Words(terms("bodies"))


@cache
def _kinds() -> dict[str, str]:
    return {row["term"]: row["kind"] for row in rows("bodies")}


@cache
def _wholes() -> frozenset[str]:
    return frozenset(row["term"] for row in rows("body_stops") if row["use"] == "whole")


def find_bodies(passage: Passage, row: WordRow, around: Surroundings, people: Iterable[Mention]) -> list[Body]:
    """The bodies that a text shows by itself, none overlapping, in order."""
    found = [*_organs(passage, around.places), *_of_the_country(passage), *_bare(passage)]
    found += _by_suffix(passage, row, around, found)
    found += _by_office(passage, people)
    return _longest(found, passage)


def with_known(passage: Passage, bodies: list[Body], known: KnownBodies) -> list[Body]:
    """The bodies with those added that stand here by a short name which the texts read together explain."""
    if known.words is None:
        return bodies
    taken = {i for body in bodies for i in range(body.start, body.end)} | passage.titled
    more = []
    for start, name in known.words.find(passage.text):
        end = start + len(name)
        whole = passage.begins[start] and passage.begins[end]
        if whole and taken.isdisjoint(range(start, end)):
            more.append(Body(start, end, known.full_names[name][1], "known"))
    return sorted([*bodies, *more], key=lambda b: b.start)


def learn_bodies(texts: Iterable[tuple[Passage, list[Body]]]) -> KnownBodies:
    """The short names of the bodies of the texts read together: those that they explain, and the core of a company's name."""
    full_names: dict[str, tuple[str, str]] = {}
    for passage, bodies in texts:
        for body in bodies:
            name = passage.text[body.start:body.end]
            explained = _IN_SHORT.match(passage.text, body.end)
            if explained:
                full_names.setdefault(explained[1], (name, body.kind))
            if body.kind == "enterprise":
                for short in _cores(name):
                    full_names.setdefault(short, (name, body.kind))
    return KnownBodies.of(full_names)


def _cores(name: str) -> Iterator[str]:
    core = _LEGAL.sub("", name)
    if core == name:
        if len(name) > 3:
            yield name
        return
    without_place = re.sub("^(?:[\u4e00-\u9fff]{2,3}[省市县]|河南|中国)", "", core)
    for short in (core, without_place, without_place + "集团", without_place + "公司"):
        if len(short) > 3:
            yield short


def annotate_bodies(passage: Passage, bodies: Iterable[Body], people: Iterable[Mention], known: KnownBodies) -> list[Annotation]:
    """The annotations of bodies; `name` is the full name where the texts read together give it."""
    offices = _office_places(passage.text, people)
    made = []
    for body in bodies:
        name = passage.text[body.start:body.end]
        full, kind = known.full_names.get(name, (name, body.kind))
        value = OrganisationValue(full, kind, body.end - 1 in offices)
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


def _organs(passage: Passage, places: Mapping[int, int]) -> Iterator[Body]:
    """Committees, governments, congresses and conferences of a level (市委, 某县人民政府)."""
    text = passage.text
    for match in _ORGAN.finditer(text):
        start = level = match.start(1) - 1
        if text[level - 1:level + 1] == "街道":
            start = level - 1
        if level + 1 in places:
            start = places[level + 1]
            while start in places:
                start = places[start]
        elif match.start() < level and text[match.start()] in "第一二三四五六七八九十":
            start = match.start()
        elif not passage.begins[level] or text[level - 1:level] in ("我", "全", "该", "本", "各"):
            continue
        if text[max(0, start - 2):start] == "中共":
            start -= 2
        yield Body(start, match.end(), _ORGAN_KINDS[match[1]], "organ")


def _of_the_country(passage: Passage) -> Iterator[Body]:
    for start, name in _national().find(passage.text):
        end = start + len(name)
        if passage.begins[start] and (passage.begins[end] or not is_han(passage.text[end])):
            yield Body(start, end, _kinds()[name], "national")


def _bare(passage: Passage) -> Iterator[Body]:
    """Departments that stand in an office without their level (市委常委、宣传部部长)."""
    for match in _BARE.finditer(passage.text):
        yield Body(match.start(1), match.end(1), "party", "office")


def _by_suffix(passage: Passage, row: WordRow, around: Surroundings, found: list[Body]) -> Iterator[Body]:
    """Bodies by the word that their name ends in."""
    text, suffixes, places = passage.text, _suffixes(), around.places
    parents = {body.end: body.start for body in found if body.kind in _PARENTS or body.rule == "national"}
    around = replace(around, parents=parents)
    inside = {i for end, start in places.items() for i in range(start + 1, end)}
    for word in row.words:
        ending = _ending(row, word, suffixes)
        if ending is None or word.start in passage.titled:
            continue
        begun, end = ending
        kind, needs = suffixes[text[begun:end]]
        first = begun if begun <= word.start else word.start
        if end in inside:
            continue
        if first < begun and division_words().at(text, first):
            reach = Reach(before_anchor(row, first, around), True, True)
        elif first < begun and _begins_with_level(row, first):
            reach = Reach(level_start(row, first, around), True, True)
        else:
            reach = reach_left(row, first, around, paired=kind in _PAIRED)
        if reach.start >= begun or not (reach.anchored or ("name" in needs and (reach.proper or _is_plain_name(row, reach.start, begun)))):
            continue
        if reach.anchored and begun - reach.start < 5 and _is_bare(text[reach.start:begun], begun, places, text[begun:end], needs):
            continue
        if not reach.anchored and begun - reach.start < 2:
            continue
        branch = _BRANCH.match(text, end)
        if branch and branch.end(1) in places and "name" in needs:
            end = branch.end()
        if kind in _PARENTS:
            parents[end] = reach.start
        yield Body(reach.start, end, kind, "suffix")


def _begins_with_level(row: WordRow, start: int) -> bool:
    """Whether a word begins with a level (市公安局)."""
    return row.text[start] in LEVELS and row.text[start - 1:start] not in DETERMINERS


def _is_bare(before: str, begun: int, places: Mapping[int, int], suffix: str, needs: str) -> bool:
    """Whether nothing but a level or place stands before a suffix that wants more (市中心, 某市站)."""
    if before in LEVELS:
        return "more" in needs or len(suffix) == 1
    return begun in places and begun - places[begun] == len(before) and ("more" in needs and suffix not in _OF_PLACES)


def _is_plain_name(row: WordRow, start: int, begun: int) -> bool:
    """Whether two words and more, none of which only says of what sort a body is, stand alone before a suffix (大地水泥公司)."""
    number = row.ending[start] + 1
    words = []
    while number < len(row.words) and row.words[number].start < begun:
        words.append(row.words[number])
        number += 1
    outside = start == 0 or row.text[start - 1] in "、，。：；（\n"
    return outside and len(words) > 1 and words[0].text not in terms("body_generics") and words[0].kind.startswith("n")


def _ending(row: WordRow, word: Word, suffixes: dict[str, tuple[str, str]]) -> tuple[int, int] | None:
    """Where the suffix begins and ends with which a word ends; 长 of 局长 is not of it."""
    if _is_whole(word.text):
        return None
    for end in (word.end, word.end - 1):
        if end == word.start or (end < word.end and (word.text[-1] != "长" or _is_whole(word.text[:-1]))):
            break
        for size in range(min(_LONGEST_SUFFIX, end), 0, -1):
            begun = end - size
            if row.text[begun - 1:begun] == "副":
                continue
            if row.text[begun:end] in suffixes and (begun >= word.start or row.ending[begun] >= 0):
                return begun, end
    return None


def _is_whole(word: str) -> bool:
    """Whether a word is, or ends in, one that ends as bodies do and is none (承办, 党员干部)."""
    return any(word[-size:] in _wholes() for size in range(2, min(4, len(word)) + 1))


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
