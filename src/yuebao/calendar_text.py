"""Calendar expressions in Chinese text: where they stand and which days they mean. Knows nothing of issues.

Covered: full and partial dates in Arabic, full-width or Chinese digits (2024年3月3日上午, 二〇二四年三月三日, 2024-03-03, 3月3日);
ranges (3月7—8日, 9月6日至8日, 3月30日至4月2日, 2021—2025年, 1—2月); parts (3月中旬, 4月底, 2023年底, 2023年上半年, 2023年一季度);
a day alone where the month is known (8日上午); decades (20世纪90年代); and what is said by the year, or by the day spoken of
before (今年, 去年11月3日, 一季度, 年底, 当天, 昨日, 会议召开的前一天). A year
alone spans the year, a month alone the month, 初 is its first day, 底 and 末 the last.

What the calendar does not have (2月30日) and what cannot be resolved for want of a year is not returned; of a range that runs backward
only the beginning is.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from yuebao.text import chinese_number, real_date


class DateFound(NamedTuple):
    """`text` at `[start, end)` means the days from `starts_on` to `ends_on` (ISO). `relative`: only by the year or day spoken of."""

    start: int
    end: int
    text: str
    starts_on: str
    ends_on: str
    relative: bool = False


class _Point(NamedTuple):
    """What one expression says before the year and month around it are known."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str | None = None
    last_year: int | None = None
    last_month: int | None = None
    last_day: int | None = None
    relative: bool = False
    forward: bool = False  # said of what is to come: 到12月底, 12月底前


# In an issue of January, 10月 and later are taken for the year before; of February, 11月 and later; of March, 12月. Nine months ahead is
# further than the plans of a bulletin commonly reach, three months back is where its reports end.
ROLLOVER_MONTHS = 9

_DASH = "[-—–－~～至到]{1,2}"
_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_HOURS = "上午|下午|中午|凌晨|清晨|早晨|早上|傍晚|晚间|晚上|夜间|午后"
_DAYPART = f"(?:{_HOURS}|晚|夜|早)?"
_MONTH_PART = "[初底末]|[上中下]旬|上中旬|中下旬"
_YEAR_PART = r"年?[初底末]|[上下]半年|第?[一二三四1-4]季度|前(?:\d{1,2}|[一两二三四五六七八九十]{1,2})个?(?:月|季度)"
_POINT = re.compile(rf"""
  # no expression begins with any other character: at all others the alternatives need not be tried
  (?=[\d一二三四五六七八九十今去明前后上本当同次翌下第年元昨])
  (?: (?: (?P<year>(?<!\d)(?:1\d{{3}}|20\d{{2}})|(?<![〇零○一二三四五六七八九])[一二][〇零○一二三四五六七八九]{{3}})
      (?:\ ?年?{_DASH}(?P<last_year>(?:1\d|20)\d{{2}}))?\ ?年度?
      |   (?P<relative>今年|去年|明年|前年|后年|上一?年|本年|当年|同年|次年|翌年)的?)
      (?: \ ?(?P<part>{_YEAR_PART})
      |   \ ?(?P<month>{_NUMBER})(?:{_DASH}(?P<last_month>{_NUMBER}))?\ ?月份?
          (?: (?P<month_part>{_MONTH_PART})
          |   \ ?(?P<day>{_NUMBER})(?:(?:{_DASH}|[、,，和及])(?P<last_day>{_NUMBER}))?\ ?(?:[日号]|两日){_DAYPART})?
      )?
  # several years before one 年: 2019、2021年
  | (?<!\d)(?P<listed>(?:1\d|20)\d\d)(?=(?:[、和及](?:1\d|20)\d\d){{1,6}}年)
  | (?P<century>\d\d|十[七八九]|二十|上个?|本)世纪(?P<decade>[1-9]0|[一二三四五六七八九]?十)年代
  | (?<![\d.])(?P<month2>\d{{1,2}})(?:{_DASH}(?P<last_month2>\d{{1,2}}))?\ ?月份?(?![龄嫂子])
      (?: (?P<month_part2>{_MONTH_PART})
      |   \ ?(?P<day2>\d{{1,2}})(?:(?:{_DASH}|[、,，和及])(?P<last_day2>\d{{1,2}}))?\ ?(?:[日号]|两日){_DAYPART})?
  | (?<!年)(?<!初)(?:(?P<first_month>元)|(?P<month4>[一二三四五六七八九十]{{1,2}}))月
      (?: (?P<month_part4>[上中下]旬|上中旬|中下旬|底|末) | 份 | (?P<day4>\d{{1,2}})[日号]{_DAYPART} )
  | (?P<month3>[一二三四五六七八九十]{{1,2}})月(?P<day3>[一二三四五六七八九十]{{1,3}})
      (?:{_DASH}(?P<last_day3>[一二三四五六七八九十]{{1,3}}))?[日号]{_DAYPART}
  | (?<![\d.-])(?P<iso_year>(?:19|20)\d\d)(?P<sep>[-/.])(?P<iso_month>\d{{1,2}})(?P=sep)(?P<iso_day>\d{{1,2}})(?![\d.])
  | (?P<same_month>本月|上月|上一?个月|下月|下一?个月|当月)
      (?:(?P<same_month_part>{_MONTH_PART})|(?P<same_month_day>{_NUMBER})[日号]{_DAYPART})?
  | (?<![\d.每第月—–~～-])(?<!日[至到])(?P<bare_day>\d{{1,2}})(?:{_DASH}(?P<bare_last>\d{{1,2}}))?\ ?日
      (?: {_HOURS}|晚 | (?=[，,、至到—–~～起和及]) | (?=\s?$) | (?<=日[、和及]\d日) | (?<=日[、和及]\d\d日) )
  | (?P<this_quarter>本|[上下]一?个?)季度
  # the year spoken of is the issue's: 一季度, 前三季度, 年底
  | (?<![\d年今去明前后本当同次翌多每半])(?P<this_year_part>年[底末初]|[上下]半年|前[两三]季度|第?[一二三四]季度)(?![育园])
  | (?P<said>前一[天日晚]|当[天日晚]|同日|次日|翌日|第二天|昨[天日晚])
  # a year that stands before the name of an event without 年: 2024中国…博览会
  | (?<![\dA-Za-z.:：/-])(?P<label>20[0-3]\d)
      (?=[\u4e00-\u9fff“”·]{{1,20}}(?:大会|峰会|论坛|博览会|展览会|锦标赛|联赛|公开赛|马拉松|盛典|年会))
      (?![年月日个人名元万亿余多户家亩吨米公千百件项只台辆条张份])
  )
""", re.X)
_PARTS = ("part", "month_part", "month_part2", "month_part4", "same_month_part", "this_year_part")
_HELD = re.compile("[\u4e00-\u9fff]{2}(?:召开|举行)的?$")
_BARE_END = re.compile(rf"(?P<day>\d{{1,2}})\ ?[日号]{_DAYPART}|(?P<spelled>[一二三四五六七八九十]{{1,3}})[日号]{_DAYPART}")
_SENTENCE_ENDS = re.compile("[。；\n！？]")
_RANGE = re.compile(_DASH)
_FULL_WIDTH = re.compile("[０-９]")
_FULL_WIDTH_DIGITS = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)}
_LUNAR = re.compile("(?:农历|阴历|旧历)[\u4e00-\u9fff]{0,4}$")
# a round number of 年 may count years: 2000年历史, 距今2000年
_COUNTS_YEARS = re.compile("的?(?:历史|以上|左右|古|树龄|文明|窖|大计)|[来间多]")
# of every year, no date of one: 每年6月, 每年11月至次年3月
_EVERY_YEAR = re.compile("每年的?(?:[\\d一二三四五六七八九十月日]{2,7}[至到—–－~～-])?$")
_COUNTED = re.compile("(?:为期|历时|[每第共约近逾超满另]|距今|[已达]有?)$")

_YEARS_FROM = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "上一年": -1, "前年": -2, "明年": 1, "后年": 2}
_YEARS_FROM_LAST = {"同年": 0, "当年": 0, "次年": 1, "翌年": 1}
_MONTHS_FROM = {"本月": 0, "当月": 0, "上月": -1, "上个月": -1, "上一个月": -1, "下一个月": 1, "下月": 1, "下个月": 1}
_DAYS_FROM = {"当天": 0, "当日": 0, "当晚": 0, "同日": 0, "次日": 1, "翌日": 1, "第二天": 1}
_QUARTERS = {"一": 1, "1": 1, "二": 2, "2": 2, "三": 3, "3": 3, "四": 4, "4": 4}


def find_dates(text: str, year: int | None, month: int | None) -> list[DateFound]:
    """Every calendar expression of `text` in order, none overlapping.

    `year` and `month` are those of the issue: a month without a year belongs to that year, or to the one before at the turn of the year;
    a day without a month belongs to the month spoken of last, or to the issue's. Without them, only what says its own year is returned.
    """
    return list(_Reader(text, year, month).found())


class _Reader:
    """One pass over one text; keeps the day and the year spoken of last."""

    def __init__(self, text: str, year: int | None, month: int | None) -> None:
        self.printed = text
        self.text = text.translate(_FULL_WIDTH_DIGITS) if _FULL_WIDTH.search(text) else text
        self.year, self.month = year, month
        self.last_day: date | None = None
        self.last_month: tuple[int, int] | None = None
        self.last_year: int | None = None
        # year, month and end of a date of another year that was written in full: what follows in its sentence is reckoned from it
        self.spoken: tuple[int, int, int] | None = None

    def found(self) -> Iterator[DateFound]:
        position = 0
        for match in _POINT.finditer(self.text):
            if match.start() >= position and (made := self._read(match)) is not None:
                position = made.end
                yield made

    def _of(self, start: int, end: int, first: date, last: date, relative: bool) -> DateFound:
        return DateFound(start, end, self.printed[start:end], first.isoformat(), last.isoformat(), relative)

    def _read(self, match: re.Match[str]) -> DateFound | None:
        if match["said"]:
            return self._said(match)
        point = self._point(match)
        if point is None or self._is_count(match):
            return None
        days = self._days(point)
        if days is None:
            return None
        starts, ends = days
        end = point.end
        if (tail := self._range_end(point, starts)) is not None:
            ends, end = tail
        self._remember(point, starts, ends)
        return self._of(point.start, end, starts, ends, point.relative)

    def _said(self, match: re.Match[str]) -> DateFound | None:
        """当天, 次日, 会议召开的前一天: by the day spoken of last."""
        if self.last_day is None:
            return None
        day = self.last_day + timedelta(days=_DAYS_FROM.get(match["said"], -1))
        held = _HELD.search(self.text, max(0, match.start() - 5), match.start()) if match["said"].startswith("前一") else None
        return self._of(held.start() if held else match.start(), match.end(), day, day, True)

    def _is_count(self, match: re.Match[str]) -> bool:
        """Whether the numeral counts years or days (2000年历史, 为期5日), or the day is of every year or of the moon (农历八月十五日)."""
        before = self.text[max(0, match.start() - 11):match.start()]
        if not match["year"] and _EVERY_YEAR.search(before):
            return True
        if match["year"] and match["year"].endswith("00") and match["month"] is None:
            return bool(_COUNTS_YEARS.match(self.text, match.end()) or _COUNTED.search(before))
        return bool((match["bare_day"] and _COUNTED.search(before)) or _LUNAR.search(before))

    def _point(self, match: re.Match[str]) -> _Point | None:
        """The parts of an expression as numbers, or None where a numeral is none."""
        start, end = match.span()

        def number(*written: str | None) -> int | None:
            said = next(filter(None, written), None)
            return None if said is None else int(said) if said.isascii() else chinese_number(said)

        said = match.group
        point = _Point(
            start, end, number(*said("year", "iso_year", "label", "listed")),
            number(*said("month", "month2", "month3", "month4", "iso_month")),
            number(*said("day", "day2", "day3", "day4", "iso_day", "bare_day", "same_month_day")),
            next(filter(None, said(*_PARTS)), None),
            number(said("last_year")), number(*said("last_month", "last_month2")),
            number(*said("last_day", "last_day2", "last_day3", "bare_last")),
            forward=self.text[max(0, start - 1):start] in ("到", "至") or self.text[end:end + 1] == "前",
        )
        if match["first_month"]:
            point = point._replace(month=1)
        if match["this_year_part"]:
            return point._replace(year=self.year, relative=True) if self.year else None
        if match["this_quarter"]:
            return self._quarter(point, match["this_quarter"][0])
        if match["century"]:
            return self._decade(point, match["century"], match["decade"])
        if point.year and point.year % 10 == 0 and point.month is None and self.text.startswith("代", end):
            return point._replace(end=end + 1, last_year=point.year + 9)  # 1990年代
        if match["relative"]:
            return self._relative_year(point, match["relative"])
        if match["same_month"]:
            return self._relative_month(point, match["same_month"])
        if match["bare_day"]:
            known = self.last_month or ((self.year, self.month) if self.year and self.month else None)
            return point._replace(year=known[0], month=known[1]) if known else None
        return point

    def _relative_year(self, point: _Point, word: str) -> _Point | None:
        if word in _YEARS_FROM_LAST:
            if self.last_year is None or point.month is None:
                return None
            return point._replace(year=self.last_year + _YEARS_FROM_LAST[word])
        if self.year is None:
            return None
        return point._replace(year=self.year + _YEARS_FROM[word], relative=True)

    def _decade(self, point: _Point, century: str, decade: str) -> _Point | None:
        """20世纪90年代 are the ten years from 1990; 上世纪 is reckoned from the issue's year."""
        number, tens = chinese_number(century), chinese_number(decade)
        if number is None and self.year is not None:
            number = (self.year - 1) // 100 + (1 if century == "本" else 0)
        if number is None or tens is None:
            return None
        first = (number - 1) * 100 + tens
        return point._replace(year=first, last_year=first + 9)

    def _quarter(self, point: _Point, word: str) -> _Point | None:
        """本季度, 上季度: by the issue's month."""
        if self.year is None or self.month is None:
            return None
        quarters = self.year * 4 + (self.month - 1) // 3 + {"本": 0, "上": -1, "下": 1}[word]
        first = quarters % 4 * 3 + 1
        return point._replace(year=quarters // 4, month=first, last_month=first + 2, relative=True)

    def _relative_month(self, point: _Point, word: str) -> _Point | None:
        known = self.last_month if word == "当月" and self.last_month else (self.year, self.month) if self.year and self.month else None
        if known is None or known[0] is None or known[1] is None:
            return None
        months = known[0] * 12 + known[1] - 1 + _MONTHS_FROM[word]
        return point._replace(year=months // 12, month=months % 12 + 1, relative=True)

    def _year_of(self, point: _Point) -> int | None:
        """The year of a month that does not say it."""
        if point.year is not None or self.year is None or point.month is None:
            return point.year
        if self.spoken is not None and not _SENTENCE_ENDS.search(self.text, self.spoken[2], point.start):
            return self.spoken[0] + (point.month < self.spoken[1])
        if self.month is not None and point.month - self.month >= ROLLOVER_MONTHS and not point.forward:
            return self.year - 1
        return self.year

    def _days(self, point: _Point) -> tuple[date, date] | None:
        """The first and the last day of what is said, or None where the calendar has none."""
        year = self._year_of(point)
        if year is None or not 1 <= year <= 9998:
            return None
        if point.month is None:
            return _year_part(year, point.part) if point.last_year is None else _whole_years(year, point.last_year)
        if point.day is None:
            return _month_part(year, point.month, point.part, point.last_month)
        first = real_date(year, point.month, point.day)
        last = first if point.last_day is None else real_date(year, point.month, point.last_day)
        return None if first is None or last is None or last < first else (first, last)

    def _range_end(self, point: _Point, starts: date) -> tuple[date, int] | None:
        """The last day and the end of 至…, where an end follows that the calendar has and that does not run backward."""
        dash = _RANGE.match(self.text, point.end)
        if dash is None or point.last_day or point.last_month or point.last_year:
            return None
        bare = _BARE_END.match(self.text, dash.end())
        if bare and point.day is not None:
            day = real_date(starts.year, starts.month, int(bare["day"] or chinese_number(bare["spelled"]) or 0))
            return (day, bare.end()) if day and day >= starts else None
        match = _POINT.match(self.text, dash.end())
        if match is None or match["said"] or match["bare_day"] or match["same_month"]:
            return None
        other = self._point(match)
        if other is None:
            return None
        if other.year is None:
            other = other._replace(year=starts.year + (other.month is not None and other.month < starts.month))
        days = self._days(other)
        return (days[1], other.end) if days and days[1] >= starts else None

    def _remember(self, point: _Point, starts: date, ends: date) -> None:
        if point.day is not None:
            self.last_day = ends
        if point.month is not None:
            self.last_month = (ends.year, ends.month)
            self.spoken = (ends.year, ends.month, point.end) if ends.year < (self.year or 0) and (point.year or self.spoken) else None
        if not point.relative:
            self.last_year = starts.year


def _whole_years(first: int, last: int) -> tuple[date, date] | None:
    return (date(first, 1, 1), date(last, 12, 31)) if first <= last <= 9999 else None


def _year_part(year: int, part: str | None) -> tuple[date, date]:
    if part is None:
        return date(year, 1, 1), date(year, 12, 31)
    if part.endswith("初"):
        return date(year, 1, 1), date(year, 1, 1)
    if part.endswith(("底", "末")):
        return date(year, 12, 31), date(year, 12, 31)
    if part.endswith("半年"):
        return (date(year, 1, 1), date(year, 6, 30)) if part[0] == "上" else (date(year, 7, 1), date(year, 12, 31))
    if part.startswith("前"):  # 前5个月, 前两个季度, 前三季度
        months = (chinese_number(part.strip("前个月季度")) or 12) * (3 if part.endswith("季度") else 1)
        return date(year, 1, 1), date(year, min(months, 12), monthrange(year, min(months, 12))[1])
    quarter = _QUARTERS[part.removeprefix("第")[0]]
    return date(year, quarter * 3 - 2, 1), date(year, quarter * 3, monthrange(year, quarter * 3)[1])


def _month_part(year: int, month: int, part: str | None, last_month: int | None) -> tuple[date, date] | None:
    last = last_month or month
    if not 1 <= month <= last <= 12:
        return None
    length = monthrange(year, last)[1]
    first_day, last_day = {
        None: (1, length), "初": (1, 1), "底": (length, length), "末": (length, length),
        "上旬": (1, 10), "中旬": (11, 20), "下旬": (21, length), "上中旬": (1, 20), "中下旬": (11, length),
    }[part]
    return date(year, month, first_day), date(year, last, last_day)
