"""The only ways in which words of a clipping may stand otherwise in an item: each with its reason, each computed from the clipping itself.

A turn of a clipping says that `text[start:end]` may be printed as `now`; "" where it may be left out. All else must stand as in the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from yuebao.compile.clauses import MARKS, Parted, parted
from yuebao.compile.values import Clipping
from yuebao.model import DateValue, PersonValue
from yuebao.text import real_date

# Why words may be printed otherwise, or left out.
TURNS = {
    "day": ("今天、昨日等按来稿日期写成月日", "today, yesterday and the like as month and day, by the clipping's own day"),
    "month": ("近日、日前按来稿日期写成月份", "of late as the month, by the clipping's own day"),
    "year": ("月日前的当年年份略去", "the year before a month is left out where it is the clipping's own"),
    "hour": ("日后的上午、下午等略去", "the part of the day after a day is left out"),
    "city": ("我市按体例写作市名", "our city as the city's name, where the house prints it so"),
    "bracket": ("括号内的说明略去", "a remark in brackets is left out"),
    "office": ("姓名前的职务略去", "the office before a name is left out"),
    "venue": ("召开、举行前的地点略去", "where a meeting was held is left out"),
    "object": ("调研、检查等的对象略去", "what was inspected is left out behind the verb"),
    "opening": ("句首的时间、据悉、会上等略去", "the opening of a sentence is left out: when, as is known, at the meeting"),
    "space": ("空白略去", "white space is left out"),
}

_HOUR = "(?:上午|下午|中午|凌晨|清晨|早晨|早上|傍晚|晚间|晚上|夜间|午后|晚|夜|早)"
_RELATIVE = re.compile(f"(?P<day>今[天日早晚晨]|昨[天日晚早晨]|前[天日](?!我))(?!头条|说法|重现|之|[的更为起后])(?:{_HOUR})?")
_DAYS_BACK = {"今": 0, "昨": 1, "前": 2}
_LATE = re.compile("近日|日前|近期|连日来|近几日|近几天|不久前")
LEAST_DAY_OF_LATE = 8  # of late is taken to be of the clipping's month from this day on
_BARE = re.compile(
    rf"(?<![\d月至—–~～\-、和第每期续来历用过近满共])(?P<day>\d{{1,2}})\s?日(?:{_HOUR}|(?P<told>(?=[召举发通公称表报宣抵启正联晤在向对与就从])))?"
    r"(?=[，,]|[\u4e00-\u9fff])(?![常程均内起游至])")
_YEAR = re.compile(r"(?<!\d)(\d{4})\s?年\s?(?=\d{1,2}\s?月\s?\d{1,2}\s?日)")
_HOURS = re.compile(rf"(?<=日)\s?{_HOUR}(?:\d{{1,2}}[时点：:]\d{{0,2}}分?许?)?(?=[，,\u4e00-\u9fff])")
# a remark, not a part of a name (县（市、区）), nor one that limits what is said (不含税)
_BRACKET = re.compile(
    r"（(?![^）]*[不未非除含拟]|[市县区旗州镇乡街道办村场院所、]+）)[^（）\n]{1,60}）|\((?![^)]*[不未非除含拟])[^()\n]{1,60}\)")
_CITY = re.compile("我市|本市")
_VENUE = re.compile(
    "(?<![不未没非正现])在[^，。；：！？\n“”《》、]{2,30}?(?=(?:隆重|圆满|胜利|正式|顺利|如期|成功)?"
    "(?:召开|举行|举办|开幕|闭幕|揭牌|开工|启动|揭晓|启用|签约|奠基)(?:$|[，。；！？\n]))")
_OBJECT = re.compile(
    "(?<=调研|考察|检查|视察|督导|慰问|走访)(?!组|会|活动|报告|队|团|员|行动|工作会|中|时|了?发现|结束|期间|后|前|的)"
    "[^，。；：！？\n“”《》（）、]{2,24}(?=[，。；\n]|$)")
_OPENING = re.compile(
    "(?:(?:随后|接着|期间|其间|会上|会前|会后|会议期间|活动中|活动现场|活动期间|仪式上|启动仪式上|开幕式上|座谈会上|现场会上"
    "|调研中|调研期间|检查中|督导中|在座谈会上"
    "|据悉|据了解|据介绍|另据了解|另据悉|目前|日前|近日|连日来|近期|当天|当日|同日|随即|之后|此后|此外|同时|另外|最后)，?"
    "|消息，|据[^，。；]{2,20}(?:消息|网站)[，：:]?"
    "|(?:本报|本网|本台)?记者(?:[^，。；]{0,20})?(?:获悉|了解到|看到|注意到)，?|[^，。；]{0,12}从[^，。；]{2,24}(?:获悉|了解到)，?)")
LEARNED = re.compile("(?:获悉|了解到|看到|注意到)，?$")  # what is dated before it is when that was learned
_OFFICE_BEFORE = 60  # characters


@dataclass(frozen=True, slots=True)
class Turn:
    """`text[start:end]` of a clipping may be printed as `now`; `reason` is a key of TURNS."""

    start: int
    end: int
    now: str
    reason: str


def turns_of(clipping: Clipping, city: str | None = None) -> tuple[Turn, ...]:
    """Every turn that a clipping's text allows, in order. `city`: the house's own (云陵市), without which 我市 stays."""
    return _turns(clipping, city)


@lru_cache(maxsize=256)
def _turns(clipping: Clipping, city: str | None) -> tuple[Turn, ...]:
    text = clipping.item.text
    whole = parted(text)
    found = [*_days(clipping, whole), *_offices(clipping), *_openings(clipping, whole)]
    day = _dated(clipping)
    found += [Turn(*m.span(), "", "year") for m in _YEAR.finditer(text) if day and int(m[1]) == day.year]
    found += [Turn(*m.span(), "", "hour") for m in _HOURS.finditer(text)]
    found += [Turn(*m.span(), "", "bracket") for m in _BRACKET.finditer(text) if not whole.depth[m.start()]]
    found += [Turn(*m.span(), "", "venue") for m in _VENUE.finditer(text) if not whole.depth[m.start()]]
    found += [Turn(*m.span(), "", "object") for m in _OBJECT.finditer(text) if not whole.depth[m.start()]]
    if city:
        found += [Turn(*m.span(), city, "city") for m in _CITY.finditer(text) if not whole.depth[m.start()]]
    found += [Turn(*m.span(), "", "space") for m in re.finditer(r"\s+", text)]
    return tuple(sorted(set(found), key=lambda turn: (turn.start, turn.end, turn.now)))


def _dated(clipping: Clipping) -> date | None:
    return date.fromisoformat(clipping.dated_on) if clipping.dated_on else None


def _days(clipping: Clipping, whole: Parted) -> Iterator[Turn]:
    """The days and months that are said by the clipping's own day, outside quotations."""
    text, own = clipping.item.text, _dated(clipping)
    read = {a.start: a.value for a in clipping.item.annotations if isinstance(a.value, DateValue)}
    for match in _RELATIVE.finditer(text):
        day = own and own - timedelta(_DAYS_BACK[match["day"][0]])
        if day and not whole.depth[match.start()]:
            yield Turn(*match.span(), f"{day.month}月{day.day}日", "day")
    if own is None:
        return
    for match in _BARE.finditer(text):
        day, value = _last(own, int(match["day"])), read.get(match.start())
        # the rules read the day by the month spoken of last: where that is another one, only a person can say which is meant
        is_agreed = value is None or day is None or value.starts_on == day.isoformat()
        if day and is_agreed and not whole.depth[match.start()] and (match["told"] is not None or whole.may_begin(match.start())):
            yield Turn(*match.span(), f"{day.month}月{day.day}日", "day")
    for match in _LATE.finditer(text):
        if own.day >= LEAST_DAY_OF_LATE and whole.may_begin(match.start()):
            yield Turn(*match.span(), f"{own.month}月", "month")


def _last(own: date, day: int) -> date | None:
    """The last day of that number up to the clipping's own."""
    if day <= own.day:
        return real_date(own.year, own.month, day)
    before = own.replace(day=1) - timedelta(1)
    return real_date(before.year, before.month, day)


def _offices(clipping: Clipping) -> Iterator[Turn]:
    """The offices right before a name, where nothing stands between them and what came before."""
    text = clipping.item.text
    dates = {a.end for a in clipping.item.annotations if isinstance(a.value, DateValue)}
    for annotation in clipping.item.annotations:
        if not isinstance(annotation.value, PersonValue) or not annotation.value.offices:
            continue
        start = _office_start(text, annotation.start, annotation.value.offices)
        if start is not None and start < annotation.start and (
                start == 0 or start in dates or text[start - 1] in f"{MARKS}、和与及" or text[start - 1].isspace()):
            yield Turn(start, annotation.start, "", "office")


def _office_start(text: str, name_start: int, offices: Sequence[str]) -> int | None:
    """Where the offices begin that stand one after another right before a name; None where anything else is between."""
    at = name_start
    for office in reversed(offices):
        before = text[max(0, at - _OFFICE_BEFORE):at].rstrip("、和兼， ")
        if not before.endswith(office):
            return None
        at = max(0, at - _OFFICE_BEFORE) + len(before) - len(office)
    return at


def _openings(clipping: Clipping, whole: Parted) -> Iterator[Turn]:
    text = clipping.item.text
    dates = {a.start: a.end for a in clipping.item.annotations if isinstance(a.value, DateValue)}
    for part in whole.parts:
        at = part.start
        while True:
            end = dates.get(at)
            if end is not None and not re.search("[日月旬]|今|去", text[at:end]) and text[end:end + 1] not in ("，", ","):
                break  # a year that names what it stands before: 2024年春季学期
            if end is None and (match := _OPENING.match(text, at)):
                end = match.end()
            if end is None:
                break
            end += text[end:end + 1] in ("，", ",") and end <= part.end
            yield Turn(at, end, "", "opening")
            at = end
