"""Places: divisions, zones, towns, villages, roads, waters, mountains, parks. Atomic: 青麓县 and 雾坪镇, not 青麓县雾坪镇."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from operator import attrgetter

from yuebao.annotate.divisions import SYSTEM, code_of, is_full_name
from yuebao.annotate.passage import Passage, is_rare
from yuebao.annotate.places_divisions import PlaceFound, Said, find_divisions
from yuebao.annotate.words import LEVELS, Surroundings, Word, WordRow, edges, is_proper, reach_left, stops
from yuebao.lexicon import rows, terms
from yuebao.model import Annotation, PlaceValue
from yuebao.text import is_han

# the longest name of a town, village or road, without its last word
LONGEST_FEATURE = 5
_NUMBERED = re.compile("[一二三四五六七八九十百千万]{1,2}[里家道棵眼台路]")  # 七里乡, 瑞金二路
# begins with a plain character, which is found quickly; its numeral is read backwards
_COUNTED = re.compile("个(?:行政村|自然村|村|乡镇|镇|乡|社区|县|街道)")
_NUMERAL = re.compile("(?:\\d+|[一二三四五六七八九十两]+)\\Z")
_LISTED = re.compile("(?:[\u4e00-\u9fff]{2,4}、)+[\u4e00-\u9fff]{2,4}$")
# what is done at parks or to them, and is none of their names (进公园, 某市创建省级双拥模范城)
_DONE_AT_PARKS = frozenset((*"进打逛游入出座", "创建", "申报", "争创", "入选", "获评"))
# zones that bear a name of their own beside their city's (某市盐南高新区)
_OF_ECONOMY = frozenset(("高新区", "经开区", "开发区", "新区", "新城"))
# what is a place within a place, while of works and zones the place is a part of the name (某区工业园区)
_OF_NATURE = frozenset(("景区", "风景区", "风景名胜区", "公园", "森林公园", "湿地公园", "地质公园", "遗址", "度假区", "旅游度假区"))
_TOWN_OF_VILLAGE = re.compile("([\u4e00-\u9fff]{2,4}[镇乡])[\u4e00-\u9fff]{1,4}[村庄屯寨]$")  # 镇西 is in the dictionary
# what has a chief: 河长制 names no river
_OF_CHIEFS = frozenset("河湖林路")
# what is said in quotation marks of a way to work (“浦江经验”)
_WAYS = ("经验", "精神", "模式", "样板")
# what a division or river may name by itself (中山街道, 长江路), while 社区 and 公路 after it say only where they are
_OF_TOWNS = frozenset((
    "镇", "乡", "街道", "大道", "路", "街", "大街", "东路", "西路", "南路", "北路", "中路", "东街", "西街", "南街", "北街",
))
# what no name of a place reaches over
_JOINS = frozenset("的和与及在到是等向从至有个经对由把将被")
_ENDS_OTHERS = frozenset("条点处区县市省镇乡村站所")
_NEVER = ("p", "c", "u", "r", "y", "q", "m")


@cache
def _lasts_of_parks() -> frozenset[str]:
    return frozenset(suffix[-1] for suffix, system in _systems().items() if system == "park")


@lru_cache(maxsize=10_000)
def _ends_as_parks(word: str) -> bool:
    """Whether a word ends in a character that names of parks end in."""
    return word[-1] in _lasts_of_parks()


@cache
def _systems() -> dict[str, str]:
    return {row["term"]: row["system"] for row in rows("place_suffixes")}


@cache
def _abstract() -> frozenset[str]:
    """What ends no name of a place, whatever stands before (新思路)."""
    return frozenset(row["term"] for row in rows("place_generics") if row["use"] == "ending")


def _is_abstract(text: str, end: int) -> bool:
    """Whether what ends here ends no name of a place (新思路, 模范城)."""
    return any(text[end - length:end] in _abstract() for length in (2, 3, 4) if length <= end)


def find_places(passage: Passage, row: WordRow, home: str | None, barred: frozenset[int], said: Said) -> list[PlaceFound]:
    """The places of a text, none overlapping, in order; codes are given where the name or the periodical's city tells.

    `said`: the names of tables that stand in the text.
    """
    divisions = find_divisions(passage, home, said)
    features = _features(passage, row, divisions, barred)
    parks = _parks(passage, row, [*divisions, *features], barred)
    found: list[PlaceFound] = []
    all_found = [*divisions, *features, *parks, *_in_lists(passage)]
    if not all_found:
        return []
    held = set(barred)
    for place in sorted(all_found, key=lambda p: p.start - p.end):
        quoted = passage.text[place.start - 1:place.start] == "“" and passage.text.startswith(_WAYS, place.end)
        if held.isdisjoint(range(place.start, place.end)) and not quoted:
            found.append(place)
            held.update(range(place.start, place.end))
    found.sort(key=attrgetter("start"))
    return _coded(found, passage, home)


def surroundings(places: Iterable[PlaceFound], barred: frozenset[int]) -> Surroundings:
    """What the places of a text tell of the names beside them."""
    places = tuple(places)
    containers = frozenset(p.end for p in places if p.rule in ("division", "zone", "town"))
    return Surroundings({p.end: p.start for p in places}, containers, {}, barred)


_value = lru_cache(maxsize=2000)(PlaceValue)  # a place is named again and again


def annotate_places(passage: Passage, places: Iterable[PlaceFound]) -> list[Annotation]:
    """The annotations of places."""
    text = passage.text
    return [
        Annotation("place", p.start, p.end, _value(text[p.start:p.end], p.code, SYSTEM if p.code else None), f"place/{p.rule}")
        for p in places
    ]


def _coded(places: list[PlaceFound], passage: Passage, home: str | None) -> list[PlaceFound]:
    """The places with the codes of the divisions: of several of one name that of the periodical's city, or of a city named here."""
    names = {passage.text[p.start:p.end] for p in places if p.rule == "division"}
    near = tuple(filter(None, [home, *sorted({code for name in names if (code := code_of(name))})]))
    return [
        PlaceFound(p.start, p.end, p.rule, code_of(passage.text[p.start:p.end], near)) if p.rule == "division" else p for p in places
    ]


def _features(passage: Passage, row: WordRow, divisions: list[PlaceFound], barred: frozenset[int]) -> list[PlaceFound]:
    """Towns, villages, roads, waters and mountains, by their last word; one may hold another (矿工路街道)."""
    systems, generics = _systems(), terms("place_generics")
    found: list[PlaceFound] = []
    begins_at = {p.end: p.start for p in divisions}
    short = {p.end: p.start for p in divisions if not is_full_name(passage.text[p.start:p.end])}
    inside: dict[int, int] = {}
    for number in row.numbers_of(_suffix_of):
        if (suffix := _suffix_of(row.words[number])) is None or systems[suffix] == "park":
            continue
        word = row.word(number)
        if suffix in _OF_CHIEFS and passage.text[word.end:word.end + 1] == "长":  # 河长制
            continue
        if word.text == suffix and word.start in inside:
            start = inside[word.start]
        elif word.text == suffix:
            start = _feature_start(row, number, begins_at, barred)
            if start == word.start and suffix in _OF_TOWNS:
                start = short.get(start, start)
        elif word.end in begins_at or word.text in generics or word.text in stops() or not _may_name(word, suffix):
            continue
        else:
            start = _feature_start(row, number, begins_at, barred) if len(word.text) == 2 else word.start
        if passage.text.startswith("各庄", start) and start > 0:  # 赵各庄镇
            start -= 1
        elif word.start - start == 1 and start in short and suffix in ("镇", "乡", "街道"):
            start = short[start]  # 独山港镇
        elif passage.text[start + 1:start + 2] == "路" and passage.text[start] in "一二三四五六" and start in begins_at:
            start = begins_at[start]  # 瑞金二路街道
        name = passage.text[start:word.end]
        if len(name) > len(suffix) and name not in generics and (start in begins_at or not _generic(name, suffix)):
            begins_at[word.end] = inside[word.end] = start
            if systems[suffix] == "village" and (town := _TOWN_OF_VILLAGE.match(name)) is not None:
                found.append(PlaceFound(start, start + town.end(1), "town"))
                start += town.end(1)
            found.append(PlaceFound(start, word.end, systems[suffix]))
    return found


@lru_cache(maxsize=10_000)
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


def _may_name(word: Word, suffix: str) -> bool:
    """Whether a word of the dictionary that ends in such a suffix may name a place."""
    if word.kind[0] in "il":  # 执法如山
        return False
    road = _systems()[suffix] == "road" and len(word.text) > 2  # 建设路
    return road or word.kind.startswith(("ns", "nr", "nz")) or is_rare(word.text)


def _feature_start(row: WordRow, number: int, ends: dict[int, int], taken: frozenset[int]) -> int:
    """Where the name of a town, village or road begins whose last word has this number."""
    last = row.word(number)
    if last.start in ends and len(last.text) > 1:
        return last.start
    for start in range(last.start - 1, max(0, last.start - 5), -1):
        if not is_han(row.text[start]) or row.text[start] in _JOINS:
            break
        if start in ends:
            if any(len(word.text) > 1 and word.text in stops() for word in row.between(start, last.start)):  # 某村位于某乡
                break
            return start
    start = last.start
    if last.kind[:2] == "ns" and len(last.text) > 1 and last.text not in _systems():
        return start
    while number > 0 and start not in ends:
        number -= 1
        word = row.word(number)
        if len(word.text) > 1 and (word.text in _systems() or word.text in terms("body_suffixes")):
            break
        if word.text in edges() and len(word.text) > 1 and word.kind[0] == "v" and not (start == last.start and last.text in ("路", "街")):
            break
        if not is_han(word.text[0]) or last.start - word.start > LONGEST_FEATURE or word.start in taken:
            break
        if word.text in stops():
            break
        listed = word.kind[0] == "v" and row.text[word.start - 1:word.start] == "、"  # 、搬山岭村
        names = word.kind == "vn" and last.text not in ("社区", "小区")  # 建设路, but 激活社区
        if word.kind == "d" and len(word.text) > 1 and not listed and _systems().get(last.text) != "road":  # 至今某村, but 高新大道
            break
        names = names or listed or _NUMBERED.fullmatch(word.text) is not None
        if len(word.text) > 1 and not names and (word.kind[0] == "v" or word.kind.startswith(_NEVER)):
            break
        idiom = len(word.text) > 3 and word.kind[0] in "il"
        if idiom or word.text in _ENDS_OTHERS or (len(word.text) > 1 and word.text[-1] in "内外化性式"):
            break
        if len(word.text) == 1 and (word.kind.startswith(("p", "c", "u", "r")) or word.text in ("经", "好", "内", "指", "使", "化")):
            break
        if word.text == "沿" and last.start - word.end > 1:  # 沿虎丘路, but 沿江大道
            break
        start = word.start
    return start


def _generic(name: str, suffix: str) -> bool:
    if _is_abstract(name, len(name)):
        return True
    before = name.removesuffix(suffix)
    if _systems()[suffix] == "road":  # 建设路, 人民路
        return len(before) == 1 and (before in LEVELS or before in terms("body_generics"))
    return before in terms("body_generics") or before in edges() or before in LEVELS or (len(name) == 2 and before in _JOINS)


def _parks(passage: Passage, row: WordRow, found: list[PlaceFound], barred: frozenset[int]) -> Iterator[PlaceFound]:
    """Parks, zones and new towns: names that may be long."""
    systems, text = _systems(), passage.text
    zones = frozenset(p.end for p in found if p.rule == "zone" or (p.rule == "village" and text[p.end - 1] in "村区"))
    around = surroundings((p for p in found if p.end not in zones), barred | zones)
    begins, ends = set(around.places.values()), {p.end for p in found if p.rule == "division"}
    for number in row.numbers_of(_ends_as_parks):
        word = row.word(number)
        suffix = _suffix_of(text[max(0, word.end - 6):word.end])
        if suffix is None or systems[suffix] != "park" or word.end in ends or _is_abstract(text, word.end):
            continue
        begun = word.end - len(suffix)
        if begun > word.start or row.ends_word(begun):
            reach = reach_left(row, min(begun, word.start), around)
            enough = reach.start in begins if suffix == "城" else reach.proper  # 某湖创新城
            start = _by_itself(reach.start, begun, around)
            if suffix not in _OF_NATURE and not (suffix in _OF_ECONOMY and 1 < begun - start < 4 and is_proper(row, start, begun)):
                start = reach.start
            if enough and _names_park(row, start, begun):
                yield PlaceFound(start, word.end, "park")


def _by_itself(start: int, begun: int, around: Surroundings) -> int:
    """Where the own name of what lies in a place begins (某市某县云梦山景区: three places)."""
    inside = [end for end, begins in around.places.items() if begins >= start and end <= begun and end in around.containers]
    return max([start, *inside])


def _names_park(row: WordRow, start: int, begun: int) -> bool:
    """Whether what stands before the last word of a park's name names one (not 进公园, 打好科技园, 国家级高新区)."""
    before = row.text[start:begun]
    if not before or before in LEVELS or any(word.text in _DONE_AT_PARKS for word in row.between(start, begun)):
        return False
    return not before.startswith(("国家", "省级", "全国", "世界")) or is_proper(row, start + 2, begun)


def _in_lists(passage: Passage) -> Iterator[PlaceFound]:
    """Villages and towns listed without their last word (甲、乙等6个村)."""
    for match in _COUNTED.finditer(passage.text):
        numeral = _NUMERAL.search(passage.text, max(0, match.start() - 12), match.start())
        if numeral is None:
            continue
        end = numeral.start() - (passage.text[numeral.start() - 1:numeral.start()] == "等")
        run = _LISTED.search(passage.text, max(0, end - 80), end)
        if run is None:
            continue
        start = passage.word_end(run.start()) if run[0].index("、") > 3 else run.start()
        start += passage.text[start] in "辖含括" and run[0].index("、") > 2
        for name in passage.text[start:run.end()].split("、"):
            yield PlaceFound(start, start + len(name), "list")
            start += len(name) + 1
