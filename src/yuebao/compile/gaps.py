"""What a draft lacks and the back run had: columns, counties, and events that come every month or every year at this time.

A gap is a question to the editor, with where the run had it: the month may well have had nothing of the kind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from yuebao.compile.columns import path_of
from yuebao.compile.columns_cues import Path
from yuebao.compile.values import Gap
from yuebao.lexicon import terms
from yuebao.model import Issue, Item, PlaceValue

YEAR = 12  # issues of the run that tell what is usual
LEAST_ISSUES = 2  # in one issue alone, a county or a meeting is chance
USUAL = 0.5  # of the issues, for a column or a county
MONTHLY = 0.6  # of them, for an event that comes every month

_COUNTY = re.compile(".{1,6}[县区旗]|.{2,4}市")
_ZONE = re.compile("开发区|示范区|景区|园区|城区|郊区|[东南西北]区|社区|小区|山区|市区|校区|新区|辖区|县区")
_NUMBERED = re.compile(r"第?[一二三四五六七八九十百〇\d]+[次届个号期轮]|\d{4}年|\d+月(?:\d+日)?|\d+周年")
_BRACKETS = re.compile("[“”《》（）()]")
_VERBS = re.compile("召开|举行|举办|出席|参加|主持|庆祝|亮相|入围|纪念(?!日)|[到在]")
# a meeting or a feast by its name, with what stands before it in the headline
_EVENT = re.compile(
    "([^，。、：\\s]{0,10}?(?:常务会议|常委会(?:会议)?|全会|全体会议|党组会议|主任会议|主席会议|办公会|代表大会|工作会议|[^，。、：\\s]{2,4}节"
    "|纪念日|宣传[日周月]|活动[日周月]|运动会|博览会|洽谈会|交易会|招聘会|开班))")

K = TypeVar("K")
Placed = Sequence[tuple[Item, Path]]


def gaps(placed: Placed, run: Sequence[Issue], year: int, month: int) -> tuple[Gap, ...]:
    """The gaps of a draft of a month: columns, then counties, then events; none where there is no run.

    `placed`: the items, each with its column; `run`: issues in any order. Those before the month count; later ones where there is none.
    """
    in_time = sorted((issue for issue in run if _when(issue) != (year, month)), key=_when)
    earlier = [issue for issue in in_time if _when(issue) < (year, month)]
    last = earlier[-YEAR:] or in_time[:YEAR]
    if not last:
        return ()
    return (*_columns(placed, last), *_counties(placed, last), *_events(placed, last, [i for i in earlier if i.masthead.month == month]))


def _when(issue: Issue) -> tuple[int, int]:
    return issue.masthead.year or 0, issue.masthead.month or 0


def _columns(placed: Placed, last: Sequence[Issue]) -> Iterator[Gap]:
    had = {path for _, path in placed}
    seen = _seen((path_of(path), item, issue) for issue in last for path, item in issue.walk())
    for path, found in seen.items():
        issues = {id(issue) for _, issue in found}
        if path and path not in had and len(issues) >= USUAL * len(last) and id(last[-1]) in issues:
            yield Gap("column", " / ".join(path), _basis(found, len(issues), len(last)))


def _counties(placed: Placed, last: Sequence[Issue]) -> Iterator[Gap]:
    text = "\n".join(item.text for item, _ in placed)
    seen = _seen((name, item, issue) for issue in last for item, name in _counties_in(issue))
    for name, found in seen.items():
        issues = {id(issue) for _, issue in found}
        if len(found) >= LEAST_ISSUES and len(issues) >= USUAL * len(last) and name not in text:
            yield Gap("county", name, _basis(found, len(issues), len(last)))


def _counties_in(issue: Issue) -> Iterator[tuple[Item, str]]:
    """The counties of the issue's own city, with the items that name them: by their codes, where the table of divisions knows the city."""
    named = [(item, place) for item in issue.items() for place in _places(item)]
    home = Counter(place.code[:4] for _, place in named if place.code and place.code[2:4] != "00").most_common(1)
    counties = {
        (place.name, item.number): item for item, place in named
        if _COUNTY.fullmatch(place.name) and not _ZONE.fullmatch(place.name) and _is_own(place, home[0][0] if home else None)}
    yield from ((item, name) for (name, _), item in counties.items())


def _places(item: Item) -> Iterator[PlaceValue]:
    yield from (annotation.value for annotation in item.annotations if isinstance(annotation.value, PlaceValue))


def _is_own(place: PlaceValue, home: str | None) -> bool:
    """Whether a county is of the city whose codes begin so; one without a code, where its name says that it is no city and no zone."""
    if place.code and home:
        return place.code[:4] == home and place.code[4:] != "00"
    return place.code is None and not place.name.endswith("市") and not _ZONE.search(place.name)


def _events(placed: Placed, last: Sequence[Issue], same_month: Sequence[Issue]) -> Iterator[Gap]:
    text = "\n".join(_NUMBERED.sub("", item.text) for item, _ in placed)
    seen = _seen((event, item, issue) for issue in last for item in issue.items() for event in events_of(item.headline or ""))
    told = set()
    for event, found in seen.items():
        issues = {id(issue) for _, issue in found}
        if len(issues) >= max(LEAST_ISSUES, MONTHLY * len(last)) and event not in text:
            told.add(event)
            yield Gap("recurring", event, _basis(found, len(issues), len(last)))
    yearly = _seen((event, item, issue) for issue in same_month for item in issue.items() for event in _yearly(item.headline or ""))
    for event, found in yearly.items():
        if event not in text and event not in told:
            yield Gap("recurring", event, "往年本月：" + "、".join(_cited(item, issue) for item, issue in found[-2:]))


def events_of(headline: str) -> set[str]:
    """The meetings and feasts that a headline names, without numbers: 市政府第76次常务会议召开 names 市政府常务会议."""
    plain = _BRACKETS.sub("，", _NUMBERED.sub("", headline))
    return {_VERBS.split(found[1])[-1] for found in _EVENT.finditer(plain)}


def _yearly(headline: str) -> set[str]:
    """Those of the events that come once a year: numbered ones, of a year, feasts."""
    is_numbered = bool(_NUMBERED.search(headline))
    return {event for event in events_of(headline) if is_numbered or any(feast in event for feast in terms("feasts"))}


def _seen(rows: Iterable[tuple[K, Item, Issue]]) -> dict[K, list[tuple[Item, Issue]]]:
    found: dict[K, list[tuple[Item, Issue]]] = {}
    for key, item, issue in rows:
        found.setdefault(key, []).append((item, issue))
    return found


def _basis(found: Sequence[tuple[Item, Issue]], issues: int, of: int) -> str:
    """前 12 期中 11 期有，最近为 2025年12月“…”."""
    return f"前 {of} 期中 {issues} 期有，最近为 {_cited(*found[-1])}"


def _cited(item: Item, issue: Issue) -> str:
    return f"{issue.masthead.year}年{issue.masthead.month}月“{item.headline or item.text[:20]}”"
