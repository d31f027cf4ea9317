"""The query language: what an editor types into the box, as a value.

    云湖 防汛            both words                 “环云 湖路” "环云 湖路"   the phrase, white space left out
    -会议  不含 会议      not the word               人物：郑文柏              a field; also place: org: project: column: office: year:
    2025-03..2025-05    the days between           2025年3月—5月   日期：2025年3月   the same, and one month

Full and half width are alike. What belongs to the text itself (a colon, a hyphen, a date) is put in quotes.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from yuebao.errors import UsageError

# field → the names that it goes by; the first two are the ones that are shown
FIELDS: dict[str, tuple[str, ...]] = {
    "person": ("人物", "person", "人名", "姓名"),
    "place": ("地名", "place", "地点"),
    "organisation": ("机构", "org", "organisation", "organization", "单位"),
    "project": ("项目", "project"),
    "column": ("栏目", "column"),
    "office": ("职务", "office"),
    "year": ("年份", "year"),
    "date": ("日期", "date"),
}
_FIELD_OF = {name: field for field, names in FIELDS.items() for name in names}
# asked for elsewhere, but not here; any other Chinese word before a colon is taken for text, as titles have it (专家：……)
_NO_FIELDS = frozenset(("标题", "条题", "题目", "作者", "关键词", "全文", "正文", "页码", "期号", "月份"))
_QUOTES = {'"': '"', "＂": "＂", "“": "”", "「": "」"}  # 《》 are part of a title
_MINUS = "-－−"
_SPACE = re.compile(r"\s*")
_BARE = re.compile(r"\S+")
_FIELD = re.compile(r"([A-Za-z]+|[\u4e00-\u9fff]{2,4})[:：](?!//)")
_NOT = re.compile(r"不含(?:[:：]\s*|\s+)(?=\S)")

_FULL = r"(\d{4})(?:\s?[-－/.年]\s?(\d{1,2})(?:\s?[-－/.月]\s?(\d{1,2})日?|月)?|年)?"
_SINGLE = re.compile(_FULL)
_TO = r"\s*(?:\.{2,3}|。。|…+|[—–~～至到]+|--)\s*"
_RANGE = re.compile(rf"(?:{_FULL})?{_TO}(?:{_FULL}|(\d{{1,2}})月(?:(\d{{1,2}})日)?|(\d{{1,2}})日|今)?(?=\s|$)")

Span = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: items that hold all `words` and none of `not_words`, named so in `fields` and not so in `not_fields`.

    Fields are pairs of a key of FIELDS and what was typed; `from_` and `to` are the first and last day, or None.
    """

    words: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    not_fields: tuple[tuple[str, str], ...] = ()
    from_: date | None = None
    to: date | None = None


def read_query(text: str) -> Wanted:
    """What the text asks for. Raises UsageError: E215 a quote without its end, E216 a field that is not known, E217 no such date."""
    return _Reading(text).wanted()


class _Reading:
    """The text of a query with a place in it, and what was found up to there."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.words: dict[bool, list[str]] = {True: [], False: []}  # wanted, not wanted
        self.fields: dict[bool, list[tuple[str, str]]] = {True: [], False: []}
        self.days: Span = (None, None)

    def wanted(self) -> Wanted:
        while self._skip():
            if not self._range():
                self._term()
        return Wanted(
            tuple(self.words[True]), tuple(self.words[False]), tuple(self.fields[True]), tuple(self.fields[False]), *self.days,
        )

    def _skip(self) -> bool:
        """Over white space; whether anything follows."""
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.at < len(self.text)

    def _range(self) -> bool:
        found = _RANGE.match(self.text, self.at)
        if not found or not re.search(r"\d", found[0]):
            return False
        self._limit(_span_of_range(found))
        self.at = found.end()
        return True

    def _limit(self, span: Span) -> None:
        """Between both: what the query said before and this."""
        starts, ends = [d for d in (self.days[0], span[0]) if d], [d for d in (self.days[1], span[1]) if d]
        self.days = max(starts, default=None), min(ends, default=None)

    def _term(self) -> None:
        is_wanted = not self._negation()
        field = self._field()
        if field == "date" and self._skip() and self._range():
            return
        value = self._value()
        if field == "date":
            self._limit(span_of(value))
        elif field == "year":
            self.fields[is_wanted].append((field, str(_year(value))))
        elif field and value:
            self.fields[is_wanted].append((field, value))
        elif value:
            self.words[is_wanted].append(value)

    def _negation(self) -> bool:
        if found := _NOT.match(self.text, self.at):
            self.at = found.end()
            return True
        after = self.text[self.at + 1:self.at + 2]
        if self.text[self.at] in _MINUS and after and not after.isspace() and after not in _MINUS:
            self.at += 1
            return True
        return False

    def _field(self) -> str | None:
        found = _FIELD.match(self.text, self.at)
        if not found:
            return None
        name = found[1].lower()
        if name not in _FIELD_OF:
            if name.isascii() or name in _NO_FIELDS:
                raise UsageError("E216", name=found[1], known="、".join("/".join(names[:2]) for names in FIELDS.values()))
            return None
        self.at = found.end()
        return _FIELD_OF[name]

    def _value(self) -> str:
        """A phrase in quotes, else what stands up to the next white space; after a field white space may stand before it."""
        if not self._skip():
            return ""
        opening = self.text[self.at]
        if opening in _QUOTES:
            end = self.text.find(_QUOTES[opening], self.at + 1)
            if end < 0:
                raise UsageError("E215", text=self.text[self.at:self.at + 20])
            is_whole = end + 1 == len(self.text) or self.text[end + 1].isspace()
            if is_whole or opening in '"＂':
                phrase, self.at = self.text[self.at + 1:end], end + 1
                return phrase.strip()
        found = _BARE.match(self.text, self.at)  # a quotation with text behind it is text as it stands
        assert found
        self.at = found.end()
        return found[0]


# ---- dates ----


def span_of(text: str) -> Span:
    """The first and last day of a date, month or year as typed, or of a range of them. Raises UsageError E217."""
    if found := _RANGE.fullmatch(text.strip()):
        return _span_of_range(found)
    if found := _SINGLE.fullmatch(text.strip()):
        return _days(found[1], found[2], found[3], text)
    raise UsageError("E217", text=text)


def _span_of_range(found: re.Match[str]) -> Span:
    year, month, day, to_year, to_month, to_day, near_month, near_day, nearest_day = found.groups()
    first = _days(year, month, day, found[0])[0] if year else None
    if to_year:
        return _ordered(first, _days(to_year, to_month, to_day, found[0])[1], found[0])
    if near_month:
        return _ordered(first, _days(year, near_month, near_day, found[0])[1], found[0])
    if nearest_day:
        return _ordered(first, _days(year, month, nearest_day, found[0])[1], found[0])
    return first, None


def _ordered(first: date | None, last: date | None, text: str) -> Span:
    if first and last and last < first:
        raise UsageError("E217", text=text.strip())
    return first, last


def _days(year: str | None, month: str | None, day: str | None, text: str) -> tuple[date, date]:
    try:
        if year is None or (day and not month):
            raise ValueError
        first = date(int(year), int(month or 1), int(day or 1))
        if day:
            return first, first
        last_month = int(month or 12)
        return first, date(first.year, last_month, monthrange(first.year, last_month)[1])
    except ValueError:
        raise UsageError("E217", text=text.strip()) from None


def _year(text: str) -> int:
    if found := re.fullmatch(r"(\d{4})年?", text):
        return int(found[1])
    raise UsageError("E217", text=text)
