"""What becomes of each event of a year in its chronicle: 入选, 并入 or 不入, by criterion or by a person's decision."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from yuebao import lexicon
from yuebao.archive import decisions
from yuebao.archive.models import Series, StoredItem
from yuebao.ask.rolling.criteria import IN, criteria
from yuebao.ask.rolling.events import Event, events_of, series_of
from yuebao.compile.stories import gathered, particulars, same_event
from yuebao.errors import ArchiveError, UsageError
from yuebao.model import ProjectValue

KIND = "chronicle"  # of the decisions
Fate = Literal["in", "into", "out"]
WORDS: dict[Fate, str] = {"in": "入选", "into": "并入", "out": "不入"}
NO_CRITERION = "不合任何入选标准"
REPEATED = "同一件事，已在别处记载"
# the name of a work, up to the first word that ends one, with its phase and what is made of it (…大桥改造工程, …产业园三期项目)
_WORK = re.compile(
    r"^.{2,24}?(?:大桥|隧道|铁路|高速公路|公路|水库|电场|电站|机场|码头|医院|工程|项目|园区|产业园|中心|枢纽|管网|航道|馆)"
    r"(?:[（(]?[一二三四五六七八九十]期[)）]?(?:项目|工程)?|[\u4e00-\u9fff]{2,6}?工程)?")
_VISIT = re.compile(r"^.{2,12}?(?:到.{2,12}?)?(?:调研|检查|察看|督导|视察|走访|慰问)")
MANY = re.compile(r"(?:重大|重点|签约|新建|续建|代表票决)项目$")  # no one project
TOLD_AT_END = "续办之事，记于办结之时"


@dataclass(frozen=True, slots=True)
class Fated:
    """An event with its fate: `reason` in words (the criterion, or what a person wrote), `code` of the criterion, `decided_by` the person
    (None: by the criteria), `into` the event that tells it."""

    event: Event
    fate: Fate
    reason: str
    code: str | None = None
    decided_by: str | None = None
    into: Event | None = None


@dataclass(frozen=True, slots=True)
class Chronicle:
    """A year: every event with its fate, in order of time."""

    series: Series
    year: int
    events: tuple[Fated, ...]

    def of(self, fate: Fate) -> tuple[Fated, ...]:
        """The events of that fate."""
        return tuple(fated for fated in self.events if fated.fate == fate)

    def merged_into(self, event: Event) -> tuple[Event, ...]:
        """The events that this one tells."""
        return tuple(fated.event for fated in self.events if fated.into is event)


def chronicle(year: int, title: str | None = None) -> Chronicle:
    """The chronicle of a year. `title` names the series where the archive holds several. Raises ArchiveError, UsageError."""
    series = series_of(title)
    events = events_of(year, series)
    if not events:
        raise ArchiveError("E404", key=f"{series.title} {year}")
    decided = _decided()
    found = [
        _by_person(event, said) if (said := decided.get(event.text_hash)) else _by_criteria(event, year) for event in events
    ]
    return Chronicle(series, year, tuple(_joined(found)))


def decide(names: Iterable[str], fate: Fate, reason: str, decided_by: str | None = None) -> int:
    """Keep a person's decision on events by their names (KEY/ITEM, every account of the item); how many items that were.

    Raises UsageError E203 where the fate is no decision (an event is merged by what it tells), ArchiveError E404 for a name that is none:
    nothing is kept then.
    """
    if fate not in ("in", "out"):
        raise UsageError("E203", reason=fate, command="chronicle")
    items = []
    for name in names:
        key, _, number = name.rpartition("/")
        item = StoredItem.objects.filter(issue__key=key, number=int(number)).first() if key and number.isdigit() else None
        if item is None:
            raise ArchiveError("E404", key=name)
        items.append(item)
    for item in items:
        decisions.decide(KIND, {"text_hash": item.text_hash, "fate": fate, "reason": reason}, decided_by)
    return len(items)


# ---- one by one ----


def _decided() -> dict[str, dict[str, str | None]]:
    """What people decided, by the hash of the item's text; the latest counts."""
    return {
        d.statement["text_hash"]: {"fate": d.statement["fate"], "reason": d.statement["reason"], "by": d.decided_by}
        for d in decisions.in_force(KIND)
    }


def _by_person(event: Event, said: dict[str, str | None]) -> Fated:
    fate: Fate = "in" if said["fate"] == "in" else "out"
    return Fated(event, fate, said["reason"] or "", decided_by=said["by"] or "")


def _by_criteria(event: Event, year: int) -> Fated:
    for criterion in criteria(year):
        if criterion.fits(event):
            return Fated(event, "in" if criterion.fate == IN else "out", criterion.title, criterion.code)
    return Fated(event, "out", NO_CRITERION)


# ---- together ----


def _joined(found: Sequence[Fated]) -> list[Fated]:
    """The same events with those merged that tell one thing: reports of one event on its day, stages of a project before its end."""
    out = list(found)
    for group in _same_events([fated.event for fated in found]):
        kept = min(group, key=lambda n: (out[n].fate != "in", n))
        if out[kept].fate == "in":
            for n in group:
                if n != kept and out[n].decided_by is None:
                    out[n] = replace(out[n], fate="into", reason=REPEATED, into=out[kept].event)
    for stages, end in _projects(out):
        for n in stages:
            if out[n].fate == "in" and out[n].decided_by is None:
                out[n] = replace(out[n], fate="into", reason=TOLD_AT_END, into=out[end].event)
    return out


def _same_events(events: Sequence[Event]) -> list[tuple[int, ...]]:
    """The groups of events that are one, told on one day in one or several issues."""
    pairs = [
        (one, other) for (one, other), _ in same_event(
            [event.text for event in events], lambda numbers: [particulars(events[n].text, events[n].annotations) for n in numbers])
        if events[one].starts_on == events[other].starts_on and events[one].ends_on == events[other].ends_on
    ]
    return [group for group in gathered(len(events), pairs) if len(group) > 1]


def _projects(found: Sequence[Fated]) -> list[tuple[list[int], int]]:
    """For each project that comes to its end within the year: the events that tell of its progress before, and the one that ends it."""
    by_project: dict[str, list[int]] = defaultdict(list)
    for n, fated in enumerate(found):
        if fated.fate == "in" and (name := work_of(fated.event)):
            by_project[name].append(n)
    out = []
    for numbers in by_project.values():
        stages = {n: stage_of(found[n].event) for n in numbers}
        ends = [n for n in numbers if stages[n] == "end"]
        under_way = [n for n in numbers if ends and stages[n] == "progress" and n < ends[-1]]
        if under_way:
            out.append((under_way, ends[-1]))
    return out


def work_of(event: Event) -> str | None:
    """The works that the headline is about, by the first name of a work in it (…大桥, …铁路, …工程), else by a project named there."""
    headline = _VISIT.sub("", event.headline or event.text[:40])
    if (match := _WORK.search(headline)) and not MANY.search(match[0]):
        return re.split("[、，：]|暨", match[0])[-1]
    return next((a.value.name for a in event.annotations if isinstance(a.value, ProjectValue) and a.value.name in headline), None)


def stage_of(event: Event) -> str:
    """The stage of a project that an event tells of: plan, start, progress or end, by the words of its headline, else its opening.

    The opening of a visit tells what was visited, not what happened that day.
    """
    headline = event.headline or ""
    for said in (headline,) if _VISIT.match(headline) else (headline, event.text[:60]):
        stages = [row["stage"] for row in lexicon.rows("project_stages") if re.search(row["term"], said)]
        if stages:
            return stages[0]
    return "progress"
