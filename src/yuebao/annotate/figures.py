"""Figures in running text: where a numeral stands, in Arabic or Chinese digits or both, and its exact value.

Written so: 223.10亿, 1,029,770, 7000余万, 1亿2千万, 三亿五千万, 六十四万零一百四十三, 壹仟玖佰, 数十, 十几, 两三, 半. Ordinals
(第三十二) are not returned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from yuebao.annotate.passage import Passage

_WRITTEN = ("〇零○", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
_DIGITS = {character: value for value, characters in enumerate(_WRITTEN) for character in characters}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_SOME = "几数"  # 数十, 几百, 十几: no one number
_MORE = "余多"
_SPELLED = "".join((*_DIGITS, *_TENS, *_MYRIADS, *_SOME, "半"))
# 千瓦, 百帕 and 百分 are words of measure and of share, not a thousand or a hundred of something
_SCALE = "(?:[十百千万亿萬億](?<!千(?=[瓦米克伏帕卡焦赫]))(?<!百(?=[分帕])))"
# a full-width comma parts thousands only where decimals follow: 增加3，100人
_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?:[，,]\d{3})+\.\d+|\d+(?:\.\d+)?)"
_FIGURE = re.compile(rf"""
    (?=[\d{_SPELLED}])  # at all other characters the rest need not be tried
    (?<![第\d.]) (?<!第\ ) (?<!\d[,:：])
    (?: {_ARABIC} (?:\ ?[{_MORE}几]?{_SCALE}{{1,3}} (?:\d+(?:\.\d+)?{_SCALE}{{1,3}})* (?:(?<=万)\d{{3,4}}(?![\d.]))? )?
    |   (?<![{_SPELLED}]) (?:[{_SPELLED}](?<!千(?=[瓦米克伏帕卡焦赫]))(?<!百(?=[分帕])) | (?<=[十百千万亿])[{_MORE}](?=[万亿]))+
    ) (?:\ ?[{_MORE}])?
""", re.X)
_TOKEN = re.compile(r"\d+(?:[，,]\d{3})*(?:\.\d+)?|.")
_NO_FIGURE = frozenset("几数壹贰叁肆伍陆柒捌玖拾佰仟")  # 数据, 陆家嘴, 伍家岗
_BARE = re.compile("[百千万亿佰仟萬億]+")
_ABOUT = re.compile("(?:大约|将近|接近|超过|突破|不足|不到|不少于|不低于|至少|最多|至多|[约近超逾上过])[ ]?$")
_AROUND = re.compile("左右|上下")
_BOUND = re.compile("(?:[（(]含[）)])?(?:以上|以下|以内)")
_TWO_DIGITS = re.compile("([一二两三四五六七八九])([二三四五六七八九])(?![〇零])")
DASH = re.compile("[-—–－~～至到]{1,2}")


class Figure(NamedTuple):
    """A numeral at `[start, end)`. `value` is None where no one number is said; `approximate` where 余, 多, 几 … are part of it.

    `spelled`: in Chinese digits alone; `bare`: a unit of ten without a digit before it (百, 千万), which counts nothing by itself.
    """

    start: int
    end: int
    value: Decimal | None
    approximate: bool
    spelled: bool
    bare: bool


@lru_cache(maxsize=2)  # the layers of one passage ask one after the other
def figures_of(passage: Passage) -> tuple[Figure, ...]:
    """Every figure of a passage in order."""
    return tuple(_find(passage))


def _find(passage: Passage) -> Iterator[Figure]:
    text, begins = passage.text, passage.begins
    for match in _FIGURE.finditer(text):
        start, end = match.span()
        spelled = not text[start].isdigit()
        if spelled:
            # 统一 | 十个: what belongs to a word before is none of the figure
            while start < end and not begins[start] and text[start] not in "百千万亿半":
                start += 1
            if start == end:
                continue
        written = text[start:end]
        if (read := _read(written)) is not None:
            value, approximate, bare = read
            yield Figure(start, end, value, approximate, spelled, bare)


@lru_cache(maxsize=10_000)
def _read(written: str) -> tuple[Decimal | None, bool, bool] | None:
    """Of a numeral its value, whether it is about so much, and whether it is bare; None where it is no figure."""
    if written in _NO_FIGURE:
        return None
    some = any(c in _SOME for c in written)
    value = None if some else value_of(written)
    if value is None and not some and _neighbours(written) is None:
        return None
    return value, value is None or any(c in _MORE for c in written), _BARE.fullmatch(written) is not None


def value_of(written: str) -> Decimal | None:
    """The value of a numeral, or None where it is none or says no one number (两三, 七八十)."""
    if written == "半":
        return Decimal("0.5")
    if _neighbours(written):
        return None
    total, section, digit = Decimal(0), Decimal(0), None
    last = 1  # the unit before: 三万五 is 35000
    for token in _TOKEN.findall(written):
        if token[0].isdigit():
            digit, last = Decimal(token.replace(",", "").replace("，", "")), 1
        elif token in _DIGITS:
            value = _DIGITS[token]
            last = 1 if value == 0 or digit is not None else last
            digit = Decimal(value) if digit is None else digit * 10 + value
        elif token in _TENS:
            section += (Decimal(1) if digit is None else digit) * _TENS[token]
            digit, last = None, _TENS[token]
        elif token in _MYRIADS:
            part = section + (digit or 0)
            total = (total + part) * _MYRIADS[token] if total and total < _MYRIADS[token] else total + (part or 1) * _MYRIADS[token]
            section, digit, last = Decimal(0), None, _MYRIADS[token]
        elif token not in _MORE and token != " ":
            return None
    tail = Decimal(0) if digit is None else digit * (last // 10 if last >= 100 else 1)
    return total + section + tail


def _neighbours(written: str) -> re.Match[str] | None:
    """Two digits one after the other that say about so many: 两三, 七八十, 三五百."""
    match = _TWO_DIGITS.search(written)
    if match is None or len(re.findall("[〇零○一二两三四五六七八九]", written)) > 2:
        return None
    first, second = _DIGITS[match[1]], _DIGITS[match[2]]
    return match if 0 < second - first <= 2 else None


def about_before(passage: Passage, start: int) -> str:
    """What stands before a figure and says that it is about so much (约, 将近, 超 …); empty where nothing does."""
    text = passage.text
    match = _ABOUT.search(text[max(0, start - 5):start])
    if match is None:
        return ""
    said = match[0]
    if not passage.begins[start - len(said)]:
        return ""  # 签约, 附近
    return "" if said.strip() in ("上", "过") and text[start] not in "百千万亿" else said


def around_after(text: str, end: int) -> tuple[int, bool]:
    """The end of what goes on with 左右 or 上下, and whether the figure is about so much by what follows (以上 stays outside)."""
    match = _AROUND.match(text, end)
    return (match.end(), True) if match else (end, _BOUND.match(text, end) is not None)


def gap(text: str, at: int) -> int:
    """1 where one space stands between a figure and its unit, as in texts from PDF, else 0."""
    return 1 if text[at:at + 1] == " " else 0


def plain(value: Decimal | None) -> int | float | None:
    """The number as a whole number where it is one."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
