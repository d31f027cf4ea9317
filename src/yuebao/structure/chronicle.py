"""A 大事记 without 目录: month headings, day headings on their own line or run in, `△` or 同日 for the same day.

Every event is an item without headline. A month heading is a column. A day on a line of its own, and a `△`, say when the event was and are
no part of its text; a day run in with the text stays in it.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from yuebao.structure.sheet import Line, Sheet, Slice, value_of
from yuebao.text import chinese_number, real_date

_NUM = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_MONTH = re.compile(rf"(?:(?P<year>\d{{4}})年)?(?P<month>{_NUM})月(?:份)?")
_YEAR = re.compile(r"(?P<year>\d{4})年")
_DAY = re.compile(
    rf"(?:(?P<year>\d{{4}})年)?(?:(?P<month>{_NUM})月)?(?P<day>{_NUM})(?:日)?(?:[-~至](?:(?P<last_month>{_NUM})月)?(?P<last_day>{_NUM}))?日"
)
_PART = re.compile(rf"(?:(?P<month>{_NUM})月)?(?P<part>上旬|中旬|下旬|月初|月底|本月|是月)")
_SAME = re.compile(r"[△▲]|(?:同日|是日|同一天)(?=[,\s\u4e00-\u9fff])")
LEAST_EVENTS = 3
LEAST_SHARE = 0.3  # of the lines of the body open with a month, a day or a sign of the same day


@dataclass(slots=True)
class Event:
    """One event: a month heading above it (`heading`), its lines, what says its day without being text (`marks`), and the days."""

    heading: Slice | None = None
    body: list[Slice] = field(default_factory=list)
    marks: list[Slice] = field(default_factory=list)
    date_text: str | None = None
    starts_on: str | None = None
    ends_on: str | None = None


def is_chronicle(sheet: Sheet, lines: Sequence[Line]) -> bool:
    """Whether these lines are a 大事记: their openings are days, not headlines."""
    openings = [_opening(sheet, line) for line in lines]
    events = sum(kind in ("day", "same", "part") for kind, _ in openings)
    known = sum(kind is not None for kind, _ in openings)
    return events >= LEAST_EVENTS and known >= LEAST_SHARE * len(lines)


def _opening(sheet: Sheet, line: Line) -> tuple[str | None, re.Match[str] | None]:
    """What a line opens with: year, month (alone on the line), day, part (上旬 …), same; None for text."""
    flat = sheet.of(line)
    for kind, pattern in (("year", _YEAR), ("month", _MONTH)):
        if match := pattern.fullmatch(flat):
            return kind, match
    for kind, pattern in (("same", _SAME), ("day", _DAY), ("part", _PART)):
        match = pattern.match(flat)
        if match and (match.end() == len(flat) or kind == "same" or flat[match.end()] in ",:." or sheet.has_gap(line.start + match.end())
                      or kind == "day"):
            return kind, match
    return None, None


@dataclass(slots=True)
class _Clock:
    """The day spoken of last."""

    year: int | None
    month: int | None
    text: str | None = None
    starts_on: str | None = None
    ends_on: str | None = None

    def set_month(self, match: re.Match[str]) -> None:
        self.year = int(match["year"]) if match["year"] else self.year
        self.month = chinese_number(match["month"])
        self.text = self.starts_on = self.ends_on = None

    def set_day(self, match: re.Match[str], text: str) -> None:
        if match["year"]:
            self.year = int(match["year"])
        if match["month"]:
            self.month = chinese_number(match["month"])
        self.text, self.starts_on, self.ends_on = text, None, None
        last_month = chinese_number(match["last_month"]) if match["last_month"] else self.month
        first = self._date(self.month, match["day"])
        last = self._date(last_month, match["last_day"]) if match["last_day"] else first
        if first and last and first <= last:
            self.starts_on, self.ends_on = first, last

    def set_part(self, match: re.Match[str], text: str) -> None:
        if match["month"]:
            self.month = chinese_number(match["month"])
        self.text, self.starts_on, self.ends_on = text, None, None
        if self.year is None or self.month is None or not 1 <= self.month <= 12:
            return
        length = calendar.monthrange(self.year, self.month)[1]
        days = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, length), "月初": (1, 1), "月底": (length, length)}
        first, last = days.get(match["part"], (1, length))
        self.starts_on, self.ends_on = self._date(self.month, str(first)), self._date(self.month, str(last))

    def _date(self, month: int | None, day: str) -> str | None:
        found = real_date(self.year, month, chinese_number(day) or 0) if self.year and month else None
        return found.isoformat() if found else None


def read_chronicle(sheet: Sheet, lines: Sequence[Line], year: int | None, month: int | None) -> Iterator[Event]:
    """The events of a 大事记 in order; a month heading comes as an event of its own, without body."""
    clock = _Clock(year, month)
    event: Event | None = None
    marks: list[Slice] = []
    for line in lines:
        kind, match = _opening(sheet, line)
        if kind in ("year", "month") and match:
            if event:
                yield event
            event = None
            if kind == "year":
                clock.year = int(match["year"])
            else:
                clock.set_month(match)
            yield Event(heading=(line.start, line.end))
            continue
        if kind is None or match is None:
            if event is None:
                event = Event(marks=marks, date_text=clock.text, starts_on=clock.starts_on, ends_on=clock.ends_on)
                marks = []
            event.body.append((line.start, line.end))
            continue
        if event:
            yield event
        event = None
        mark: Slice = (line.start, line.start + match.end())
        if kind == "day":
            clock.set_day(match, value_of(sheet, mark))
        elif kind == "part":
            clock.set_part(match, value_of(sheet, mark))
        if match.end() == line.end - line.start:
            marks.append(mark)
            continue
        is_sign = kind == "same" and match.group() in "△▲"
        start = mark[1] if is_sign else line.start
        event = Event(None, [(start, line.end)], [*marks, *([mark] if is_sign else [])], clock.text, clock.starts_on, clock.ends_on)
        marks = []
    if event:
        yield event
    elif marks:
        yield Event(body=[], marks=marks)
