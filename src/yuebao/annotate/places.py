"""Places: divisions, zones, towns, villages, roads, waters, mountains, parks. Atomic: 郏县 and 长桥镇, not 郏县长桥镇."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from yuebao.annotate.divisions import SYSTEM, code_of, division_words, is_full_name, is_plain_short, zone_code
from yuebao.annotate.passage import Passage, Words, is_rare
from yuebao.annotate.words import LEVELS, Surroundings, WordRow, edges, reach_left, stops
from yuebao.lexicon import rows, terms
from yuebao.model import Annotation, PlaceValue
from yuebao.text import is_han

# the longest name of a town, village or road, without its last word
LONGEST_FEATURE = 5
_ZONE = re.compile(
    "市?(?:城乡一体化示范区|高新区|经开区|高新技术产业开发区|经济技术开发区|经济开发区|航空港区)|示范区"
)
_BESIDE = re.compile("[在到赴于和与及、，。；：的\n（(]$")
_COUNTED = re.compile("等?(?:\\d+|[一二三四五六七八九十两]+)个(?:行政村|自然村|村|乡镇|镇|乡|社区|县|街道)")
_LISTED = re.compile("(?:[\u4e00-\u9fff]{2,4}、)+[\u4e00-\u9fff]{2,4}$")
_ENDS_OTHERS = frozenset("点处区县市省镇乡村站所")
_JOINS = frozenset("的和与及在到是等向从至有个")
_NEVER = ("p", "c", "u", "r", "y", "q", "m")


@dataclass(frozen=True, slots=True)
class PlaceFound:
    start: int
    end: int
    rule: str
    code: str | None = None


@cache
def _park_ends() -> frozenset[str]:
    return frozenset(suffix[-1] for suffix, system in _systems().items() if system == "park")


@cache
def _systems() -> dict[str, str]:
    return {row["term"]: row["system"] for row in rows("place_suffixes")}


@cache
def _abstract() -> frozenset[str]:
    """What ends no name of a place, whatever stands before (新思路)."""
    return frozenset(row["term"] for row in rows("place_generics") if row["use"] == "ending")


@cache
def _known_places() -> Words:
    return Words((terms("countries") | terms("place_names")) - {"中国"})


def find_places(passage: Passage, row: WordRow, home: str | None, barred: frozenset[int]) -> list[PlaceFound]:
    """The places of a text, none overlapping, in order; codes are given where the name or the periodical's city tells."""
    divisions = list(_divisions(passage, home))
    divisions += _zones(passage, home, divisions)
    features = _features(passage, row, divisions, barred)
    parks = _parks(passage, row, [*divisions, *features], barred)
    found: list[PlaceFound] = []
    held = set(barred)
    for place in sorted([*divisions, *features, *parks, *_in_lists(passage)], key=lambda p: p.start - p.end):
        if held.isdisjoint(range(place.start, place.end)):
            found.append(place)
            held.update(range(place.start, place.end))
    return [_coded(p, passage, home, found) for p in sorted(found, key=lambda p: p.start)]


def surroundings(places: Iterable[PlaceFound], barred: frozenset[int]) -> Surroundings:
    """What the places of a text tell of the names beside them."""
    places = tuple(places)
    containers = frozenset(p.end for p in places if p.rule in ("division", "zone", "town"))
    return Surroundings({p.end: p.start for p in places}, containers, {}, barred)


def annotate_places(passage: Passage, places: Iterable[PlaceFound]) -> list[Annotation]:
    """The annotations of places."""
    text = passage.text
    return [
        Annotation("place", p.start, p.end, PlaceValue(text[p.start:p.end], p.code, SYSTEM if p.code else None), f"place/{p.rule}")
        for p in places
    ]


def _coded(place: PlaceFound, passage: Passage, home: str | None, others: Iterable[PlaceFound]) -> PlaceFound:
    if place.rule != "division":
        return place
    name = passage.text[place.start:place.end]
    near = [home] if home else []
    near += [code for p in others if p.rule == "division" and p.start != place.start and (code := code_of(passage.text[p.start:p.end]))]
    return replace(place, code=code_of(name, near))


def _divisions(passage: Passage, home: str | None) -> Iterator[PlaceFound]:
    """Divisions, countries, and what is known throughout the country."""
    text = passage.text
    for start, name in division_words().find(text):
        end, full = start + len(name), is_full_name(name)
        # the dictionary cuts 和平 in 和平顶山市
        if not passage.begins[start] and not (full and len(name) > 2 and text[start - 1] in _JOINS):
            continue
        if text.startswith("时间", end):  # 北京时间
            continue
        if full or (passage.begins[end] and is_plain_short(name, home, text)):
            yield PlaceFound(start, end, "division")
    for start, name in _known_places().find(text):
        if passage.begins[start] and passage.begins[start + len(name)]:
            yield PlaceFound(start, start + len(name), "known")


def _zones(passage: Passage, home: str | None, divisions: list[PlaceFound]) -> Iterator[PlaceFound]:
    """Economic zones, with the city that is named before them or without."""
    text, ends = passage.text, {p.end: p.start for p in divisions}
    for match in _ZONE.finditer(text):
        start, end = match.span()
        if start in ends and match[0][0] != "市":
            city = code_of(text[ends[start]:start])
            yield PlaceFound(ends[start], end, "zone", zone_code(match[0], city))
        elif start == 0 or _BESIDE.search(text, max(0, start - 1), start) or match[0][0] == "市":
            yield PlaceFound(start, end, "zone", zone_code(match[0], home))


def _features(passage: Passage, row: WordRow, divisions: list[PlaceFound], barred: frozenset[int]) -> list[PlaceFound]:
    """Towns, villages, roads, waters and mountains, by their last word; one may hold another (矿工路街道)."""
    systems, generics = _systems(), terms("place_generics")
    found: list[PlaceFound] = []
    begins_at = {p.end: p.start for p in divisions}
    inside: dict[int, int] = {}
    for number in row.that_end_in(_lengths()):
        word = row.word(number)
        if (suffix := _suffix_of(word.text)) is None or systems[suffix] == "park":
            continue
        if word.text == suffix and word.start in inside:
            start = inside[word.start]
        elif word.text == suffix:
            start = _feature_start(row, number, begins_at, barred)
        elif word.text in generics or word.text in stops() or not (word.kind.startswith(("ns", "nr", "nz")) or is_rare(word.text)):
            continue
        else:
            start = _feature_start(row, number, begins_at, barred) if word.kind[:2] != "ns" and len(word.text) == 2 else word.start
        name = passage.text[start:word.end]
        if len(name) > len(suffix) and name not in generics and (start in begins_at or not _generic(name, suffix)):
            begins_at[word.end] = inside[word.end] = start
            found.append(PlaceFound(start, word.end, systems[suffix]))
    return found


def _suffix_of(text: str) -> str | None:
    """The longest word that names of places end in with which the text ends."""
    for length in _lengths().get(text[-1], ()):
        if text[-length:] in _systems():
            return text[-length:]
    return None


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """How long the suffixes are that end in a character, the longest first."""
    lengths: dict[str, set[int]] = {}
    for suffix in _systems():
        lengths.setdefault(suffix[-1], set()).add(len(suffix))
    return {last: tuple(sorted(found, reverse=True)) for last, found in lengths.items()}


def _feature_start(row: WordRow, number: int, ends: dict[int, int], taken: frozenset[int]) -> int:
    """Where the name of a town, village or road begins whose last word has this number."""
    last = row.word(number)
    for start in range(last.start - 1, max(0, last.start - 5), -1):
        if not is_han(row.text[start]) or row.text[start] in _JOINS:
            break
        if start in ends:
            return start
    start = last.start
    while number > 0 and start not in ends:
        number -= 1
        word = row.word(number)
        if len(word.text) > 1 and (word.text in _systems() or word.text in terms("body_suffixes")):
            break
        if word.text in edges() and len(word.text) > 1 and word.kind[0] == "v":
            break
        if not is_han(word.text[0]) or last.start - word.start > LONGEST_FEATURE or word.start in taken or word.text in stops():
            break
        listed = row.text[word.start - 1:word.start] == "、"  # 、搬走岭村
        if len(word.text) > 1 and word.kind != "vn" and (word.kind[0] == "v" or word.kind.startswith(_NEVER)) and not listed:
            break
        if word.text in _ENDS_OTHERS:
            break
        if len(word.text) == 1 and word.kind.startswith(("p", "c", "u", "r")):
            break
        start = word.start
    return start


def _generic(name: str, suffix: str) -> bool:
    if name[-2:] in _abstract():
        return True
    before = name.removesuffix(suffix)
    return before in terms("body_generics") or before in edges() or before in LEVELS


def _parks(passage: Passage, row: WordRow, found: list[PlaceFound], barred: frozenset[int]) -> Iterator[PlaceFound]:
    """Parks, zones and new towns: names that may be long."""
    systems, text = _systems(), passage.text
    zones = frozenset(p.end for p in found if p.rule in ("zone", "village"))
    around = surroundings((p for p in found if p.end not in zones), barred | zones)
    for number in row.that_end_in(_park_ends()):
        word = row.word(number)
        suffix = _suffix_of(text[max(0, word.end - 6):word.end])
        if suffix is None or systems[suffix] != "park":
            continue
        begun = word.end - len(suffix)
        if begun > word.start or row.ends_word(begun):
            reach = reach_left(row, min(begun, word.start), around)
            if reach.start < begun and reach.proper and text[reach.start:begun] not in LEVELS:
                yield PlaceFound(reach.start, word.end, "park")


def _in_lists(passage: Passage) -> Iterator[PlaceFound]:
    """Villages and towns listed without their last word (甲、乙等6个村)."""
    for match in _COUNTED.finditer(passage.text):
        run = _LISTED.search(passage.text, max(0, match.start() - 80), match.start())
        if run is None:
            continue
        start = passage.word_end(run.start()) if run[0].index("、") > 3 else run.start()
        for name in passage.text[start:run.end()].split("、"):
            yield PlaceFound(start, start + len(name), "list")
            start += len(name) + 1
