"""The numbers of lists: Word keeps how they are made, not the numbers themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from yuebao.read.docx.package import child, value
from yuebao.read.markup import Element

_DIGITS = "零一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"),
          (4, "iv"), (1, "i"))
_BULLET = "●"  # the bullets of Word are characters of symbol fonts
_PLACE = re.compile(r"%([1-9])")
_SELF_PARTING = "、）．。：，】」"  # signs behind which Chinese text leaves no space


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    pattern: str
    start: int
    parted: bool


class Numbering:
    """The lists of a file, each with where it has come to."""

    def __init__(self, part: Element | None) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._at: dict[str, dict[int, int]] = {}
        for element in part.elements() if part is not None else ():
            if element.tag == "abstractNum":
                self._abstract[element.get("abstractNumId") or ""] = dict(map(_level, (e for e in element.elements() if e.tag == "lvl")))
            elif element.tag == "num":
                abstract = value(element, "abstractNumId") or ""
                own = [child(e, "lvl") for e in element.elements() if e.tag == "lvlOverride"]
                levels = {**self._abstract.get(abstract, {}), **dict(_level(e) for e in own if e is not None)}
                self._lists[element.get("numId") or ""] = (abstract, levels)

    def label(self, properties: Sequence[Element]) -> str:
        """The number of the next paragraph with those properties (its own, then of its styles), and what parts it from the text."""
        number = next((n for p in properties if (n := child(p, "numPr")) is not None and child(n, "numId") is not None), None)
        if number is None:
            return ""
        said = next((s for p in properties if (s := value(p, "numPr", "ilvl")) is not None), "0")
        abstract, levels = self._lists.get(value(number, "numId") or "", ("", {}))
        depth = int(said) if said.isdigit() else 0
        level = levels.get(depth)
        if level is None:
            return ""
        at = self._at.setdefault(abstract, {})
        at[depth] = at.get(depth, level.start - 1) + 1
        for deeper in [d for d in at if d > depth]:
            del at[deeper]
        if level.format == "none" or not level.pattern:
            return ""
        if level.format == "bullet":
            return _BULLET
        said = _PLACE.sub(lambda m: _numeral(int(m[1]) - 1, at, levels), level.pattern)
        return said + " " if level.parted and said[-1] not in _SELF_PARTING else said


def _level(element: Element) -> tuple[int, _Level]:
    depth, start = element.get("ilvl") or "0", value(element, "start") or "1"
    return (
        int(depth) if depth.isdigit() else 0,
        _Level(value(element, "numFmt") or "decimal", value(element, "lvlText") or "", int(start) if start.isdigit() else 1,
               value(element, "suff") != "nothing"))


def _numeral(depth: int, at: dict[int, int], levels: dict[int, _Level]) -> str:
    level = levels.get(depth)
    number = at.get(depth, level.start if level else 1)
    return numeral(number, level.format if level else "decimal")


def numeral(number: int, format: str) -> str:
    """The number as Word's number format writes it; in Arabic digits where the format is not known, or has no such number."""
    if not 0 < number < 10_000:
        return str(number)
    return _FORMATS.get(format, str)(number)


def _chinese(number: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    said = ""
    for place, digit in enumerate(reversed(str(number))):
        if digit != "0":
            said = digits[int(digit)] + (units[place - 1] if place else "") + said
        elif said and not said.startswith(digits[0]):
            said = digits[0] + said
    return said[1:] if 10 <= number < 20 and units[0] == "十" else said


def _roman(number: int) -> str:
    said = ""
    for value_, letters in _ROMAN:
        said += letters * (number // value_)
        number %= value_
    return said


def _letters(number: int) -> str:
    """a to z, then aa, bb …"""
    return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _from(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if number <= len(signs) else str(number)


_FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _chinese, "chineseCountingThousand": _chinese, "japaneseCounting": _chinese, "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese, "chineseLegalSimplified": lambda n: _chinese(n, _FORMAL, "拾佰仟"),
    "ideographDigital": lambda n: "".join("〇一二三四五六七八九"[int(d)] for d in str(n)), "ideographTraditional": _from(_STEMS),
    "ideographZodiac": _from(_BRANCHES), "lowerLetter": _letters, "upperLetter": lambda n: _letters(n).upper(), "lowerRoman": _roman,
    "upperRoman": lambda n: _roman(n).upper(), "decimalZero": lambda n: f"{n:02}",
    "decimalFullWidth": lambda n: "".join(chr(0xFF10 + int(d)) for d in str(n)), "decimalEnclosedCircle": _from("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedCircleChinese": _from("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"), "decimalEnclosedParen": _from("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    "decimalEnclosedFullstop": _from("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"), "ideographEnclosedCircle": _from("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
}
