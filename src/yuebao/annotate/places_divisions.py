"""Divisions in a text, countries, what is known throughout the country, and what is named after them: zones, stations, railways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from yuebao.annotate.divisions import code_of, division_names, is_full_name, is_plain_short, zone_code
from yuebao.annotate.passage import Passage, word_kind
from yuebao.annotate.words import DETERMINERS
from yuebao.lexicon import terms
from yuebao.text import is_han

_ZONE = re.compile("城乡一体化示范区|高新区|经开区|高新技术产业开发区|经济技术开发区|经济开发区|航空港区|示范区")
# what may stand before a zone that is named without its city
_BESIDE = frozenset("在到赴于和与及、，。；：的\n（(")
# directions of a region, which name none with these after them (西南片区)
_DIRECTIONS = frozenset(("东北", "西北", "西南", "东南"))
_SIDES = ("片区", "部", "侧", "角", "方向", "面", "区域")
# what a county was called before it became a city
_RENAMED = frozenset("县区")
# what is named after a river or a gulf and lies over or under it
_OF_THE_WAY = ("大桥", "隧桥", "隧道", "高速", "商学院", "证券", "日报", "路", "街")
# stations are named after their city in texts that speak of railways
_STATION = re.compile("[东南西北]?站(?![点位住稳立起台长区在上])")
# railways are named by the cities at their ends, each by one character (沪昆铁路)
_LINE = re.compile(
    "[京津沪渝冀豫滇辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽黔粤青藏川宁琼石太郑西成昆广深港武合杭福厦哈大沈长兰乌银兴焦柳襄连"
    "徐济南包佳唐呼北胶集通兖日]{2,4}铁路"
)
_RAILWAY = re.compile("铁路|高铁|列车|火车|动车|暑运|春运|旅客")
# a full name after one of these begins inside a word of the dictionary: 和平 in 和某某市
_JOINS = frozenset("的和与及在到是等向从至有个经对由把将被")
Said = tuple[tuple[int, str], ...]


class PlaceFound(NamedTuple):
    start: int
    end: int
    rule: str
    code: str | None = None


@cache
def place_names() -> frozenset[str]:
    """Countries, and places that are known throughout the country; those that are divisions are found as such."""
    return (terms("countries") | terms("place_names")) - {"中国"} - division_names()


def find_divisions(passage: Passage, home: str | None, said: Said) -> list[PlaceFound]:
    """Divisions and what is named after them; `home` is the code of the periodical's city, `said` the names of tables in the text."""
    found = _divisions(passage, home, said)
    found += _zones(passage, home, found)
    found += _stations(passage, found)
    lines = _LINE.finditer(passage.text) if "铁路" in passage.text else ()
    return [*found, *(PlaceFound(*match.span(), "road") for match in lines)]


def _divisions(passage: Passage, home: str | None, said: Said) -> list[PlaceFound]:
    """Divisions, countries, and what is known throughout the country."""
    text = passage.text
    sure: list[PlaceFound] = []
    doubtful: list[PlaceFound] = []
    last, within = -1, ""  # where the division before ends, and what the codes of those within it begin with
    begun = {start for start, _ in said}
    for start, name in said:
        end, full = start + len(name), is_full_name(name)
        if name in _DIRECTIONS and text.startswith(_SIDES, end):
            continue
        if name in place_names():
            if passage.begins[start] and passage.begins[end] and not text.startswith(_OF_THE_WAY, end):
                sure.append(PlaceFound(start, end, "known"))
            continue
        if name not in division_names():
            continue
        # the dictionary cuts 和平 in 和平凉市
        if not passage.begins[start] and start != last and not (full and len(name) > 2 and text[start - 1] in _JOINS):
            continue
        inside = start == last and _is_within(name, within)
        last, within = end, (code_of(name) or "").rstrip("0")
        if text.startswith("时间", end):  # 北京时间
            continue
        if full:
            sure.append(PlaceFound(start, end, "division"))
        elif (passage.begins[end] or end in begun) and not (name[0] in "河江湖" and name[1] in "东西南北" and _ends_a_water(text, start)):
            renamed = text[end:end + 1] in _RENAMED and passage.begins[end + 1]  # 某县, which has become 某市
            found = sure if inside or is_plain_short(name, home, text) else doubtful
            found.append(PlaceFound(start, end + renamed, "division"))
    return [*sure, *_listed_with(text, sure, doubtful)]


def _is_within(name: str, prefix: str) -> bool:
    """Whether a short name is of a division whose code begins so (青阳 in 安徽青阳), and no verb."""
    return bool(prefix) and word_kind(name) != "other" and (code_of(name, (prefix,)) or "").startswith(prefix)


def _listed_with(text: str, sure: list[PlaceFound], doubtful: list[PlaceFound]) -> Iterator[PlaceFound]:
    """Of the short names that are common words as well those that stand in a list with divisions (屯溪、徽州)."""
    starts, ends = {p.start for p in sure}, {p.end for p in sure}
    for place in doubtful:
        if word_kind(text[place.start:place.end]) == "other":
            continue
        after_one = text[place.start - 1:place.start] == "、" and place.start - 1 in ends
        before_one = text[place.end:place.end + 1] == "、" and place.end + 1 in starts
        if after_one or before_one:
            ends.add(place.end)
            yield place


def _stations(passage: Passage, divisions: list[PlaceFound]) -> list[PlaceFound]:
    """Railway stations named after their city (某州南站), in texts that speak of railways."""
    text = passage.text
    if "站" not in text or _RAILWAY.search(text) is None:
        return []
    return [PlaceFound(p.start, match.end(), "station") for p in divisions if (match := _STATION.match(text, p.end))]


def _zones(passage: Passage, home: str | None, divisions: list[PlaceFound]) -> Iterator[PlaceFound]:
    """Economic zones, with the city that is named before them or without."""
    text, ends = passage.text, {p.end: p.start for p in divisions}
    for match in _ZONE.finditer(text):
        start, end = match.span()
        before = text[start - 1:start]
        if start in ends:
            yield PlaceFound(ends[start], end, "zone", zone_code(match[0], code_of(text[ends[start]:start])))
        elif before == "市" and text[start - 2:start - 1] not in DETERMINERS:
            yield PlaceFound(start - 1, end, "zone", zone_code(match[0], home))
        elif not before or before in _BESIDE or (match[0] in ("高新区", "经开区") and passage.begins[start] and before != "级"):
            yield PlaceFound(start, end, "zone", zone_code(match[0], home))


def _ends_a_water(text: str, at: int) -> bool:
    """Whether the character at a place belongs to a name that also stands elsewhere in the text (大清河南堤 is no 河南)."""
    before = re.escape(text[max(0, at - 2):at + 1])
    return at > 1 and is_han(text[at - 1]) and re.search(f"{before}(?![东西南北])", text) is not None
