"""What is counted: a table of numbers, each of which opens to the items that make it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from yuebao.archive.models import Appearance, Registered
from yuebao.ask.questions.matching import names, once
from yuebao.ask.rolling.criteria import largest_sum
from yuebao.ask.rolling.events import Event
from yuebao.ask.values import Citation
from yuebao.errors import UsageError
from yuebao.model import PersonValue, PlaceValue

MEETING = re.compile(r"会议|全会|常委会|座谈会|推进会|调度会|动员会|大会|现场会|分析会")
SIGNED = re.compile(r"签约|签署|签订")
COUNTY = re.compile(r"^[\u4e00-\u9fff]{2,4}(?:县|旗|(?<![小社景园山地校厂库])区|(?<!市)市)$")
OF_COUNTY = re.compile(r"^([\u4e00-\u9fff]{2,5}?(?:县|区|旗|市))(?:委|政府|人大|政协|县长|区长|市长|旗长)")
NO_COLUMN = "（无栏目）"


@dataclass(frozen=True, slots=True)
class Cell:
    """A number and the items that make it."""

    value: float
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """A table: `rows` and `columns` are its labels, `cells` by row and column; `unit` of its numbers; `shape`: bar, line or heat."""

    title: str
    unit: str
    shape: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: dict[tuple[str, str], Cell]

    def value(self, row: str, column: str) -> float:
        """The number there; 0 where there is none."""
        cell = self.cells.get((row, column))
        return cell.value if cell else 0

    def table(self) -> list[list[str]]:
        """The table with its headings and sums."""
        head = ["", *self.columns, "合计"]
        body = [self._line(row, [self.value(row, c) for c in self.columns]) for row in self.rows]
        return [head, *body, self._line("合计", [sum(self.value(row, c) for row in self.rows) for c in self.columns])]

    def _line(self, label: str, numbers: Sequence[float]) -> list[str]:
        return [label, *map(_said, numbers), _said(sum(numbers))]


def _said(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.2f}".rstrip("0")


def count(kind: str, events: Sequence[Event], person: str | None = None) -> Count:
    """The count of that kind (a key of KINDS) over the events. Raises UsageError E203: no such kind, or `person` needed and not given."""
    if kind not in KINDS:
        raise UsageError("E203", reason=f"{kind}；可用 / known: {'、'.join(KINDS)}", command="ask count")
    if kind == "person" and not person:
        raise UsageError("E203", reason="--person 须写明一人 / name one person", command="ask count")
    what = KINDS[kind]
    found: dict[tuple[str, str], list[tuple[float, Citation]]] = defaultdict(list)
    for row, column, value, citation in what.gather(list(once(events)), person):
        found[row, column].append((value, citation))
    cells = {at: Cell(sum(value for value, _ in made), tuple(dict.fromkeys(c for _, c in made))) for at, made in found.items()}
    rows = tuple(dict.fromkeys(row for row, _ in found))
    columns = tuple(sorted({column for _, column in found}))
    return Count(f"{person}：{what.title}" if kind == "person" else what.title, what.unit, what.shape, rows, columns, cells)


_Counted = Iterator[tuple[str, str, float, Citation]]


def _month(event: Event) -> str:
    year = event.starts_on.year if event.starts_on else event.citation.year
    return f"{year}-{event.month:02d}"


def _items(events: Iterable[Event]) -> Iterator[Event]:
    """One event an item: numbers are of items, not of accounts."""
    seen: set[tuple[str, int]] = set()
    for event in events:
        if (at := (event.citation.issue, event.citation.item)) not in seen:
            seen.add(at)
            yield event


def _by_column(events: Sequence[Event], person: str | None) -> _Counted:
    del person
    for event in _items(events):
        yield (event.path[0] if event.path and event.path[0] else NO_COLUMN), _month(event), 1, event.citation


def _by_county(events: Sequence[Event], person: str | None) -> _Counted:
    """Items that name a county: those which print names as places, or whose leaders it names."""
    del person
    counties = _counties(events)
    for event in _items(events):
        said = f"{event.headline or ''} {event.text}"
        for county in counties:
            if county in said:
                yield county, _month(event), 1, event.citation


def _counties(events: Sequence[Event]) -> list[str]:
    found: dict[str, None] = {}
    for event in events:
        for a in event.annotations:
            match a.value:
                case PlaceValue(name=name) if COUNTY.match(name):
                    found[name] = None
                case PersonValue(offices=offices):
                    found |= {match[1]: None for office in offices if (match := OF_COUNTY.match(office))}
    return [name for name in found if not any(name != other and name in other for other in found)]


def _by_month(events: Sequence[Event], person: str | None) -> _Counted:
    del person
    for event in _items(events):
        yield "条目", _month(event), 1, event.citation


def _meetings(events: Sequence[Event], person: str | None) -> _Counted:
    del person
    for event in _items(events):
        if MEETING.search(event.headline or event.text[:40]):
            yield "会议", _month(event), 1, event.citation


def _signed(events: Sequence[Event], person: str | None) -> _Counted:
    """Sums in 亿元 of what was signed: the largest sum of an account whose headline speaks of signing."""
    del person
    for event in _items(events):
        largest = largest_sum(event)
        if largest and SIGNED.search(event.headline or event.text[:60]):
            yield "签约金额", _month(event), round(largest / 1e8, 4), event.citation


def _first(events: Sequence[Event], person: str | None) -> _Counted:
    """Projects and bodies by the month in which print first names them."""
    del person
    by_place = {(event.citation.issue, event.citation.item): event for event in events}
    for layer, label in (("project", "项目"), ("organisation", "机构")):
        for row in Registered.objects.filter(layer=layer).order_by("name", "number"):
            seen = Appearance.objects.filter(registered=row).select_related("item__issue").order_by("day", "pk").first()
            event = by_place.get((seen.item.issue.key, seen.item.number)) if seen else None
            if event:
                yield label, _month(event), 1, event.citation


def _of_person(events: Sequence[Event], person: str | None) -> _Counted:
    for event in _items(events):
        if names(event, person or ""):
            yield "条目", _month(event), 1, event.citation


_Gather = Callable[[Sequence[Event], str | None], _Counted]


class Kind(NamedTuple):
    """What can be counted: the title of its table, the unit of its numbers, how it is drawn, and where its rows come from."""

    title: str
    unit: str
    shape: str
    gather: _Gather


KINDS: dict[str, Kind] = {
    "column": Kind("各栏目各月条数", "条", "heat", _by_column),
    "county": Kind("各县（市、区）各月条数", "条", "heat", _by_county),
    "month": Kind("各月条数", "条", "bar", _by_month),
    "meetings": Kind("各月会议", "次", "bar", _meetings),
    "signed": Kind("各月签约金额", "亿元", "bar", _signed),
    "first": Kind("各月初见的项目、机构", "个", "line", _first),
    "person": Kind("一人各月见载", "条", "bar", _of_person),
}
