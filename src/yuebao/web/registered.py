"""What the pages of a person, an organisation, a place and a project show: who bears the name, a timeline of each, the items in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from yuebao import ask
from yuebao.errors import ArchiveError
from yuebao.web import timeline
from yuebao.web.searching import ON_A_PAGE, Leaves, leaves_of

EDGE = 26  # hundredths of the width in which the months at the ends are written: no year is written there


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a timeline: what it is of, the word for what it rests on (a key of `words`), and its track."""

    label: str
    word: str
    track: SafeString


@dataclass(frozen=True, slots=True)
class Timeline:
    """Lines over one scale; its ends as (year, month), the years that begin within with their places in hundredths."""

    lines: tuple[Line, ...]
    first: tuple[int, int]
    last: tuple[int, int]
    years: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Life:
    someone: ask.Someone
    timeline: Timeline | None


@dataclass(frozen=True, slots=True)
class PersonPage:
    """People of a name: those told apart, what may be any of theirs (`left_open`), rows of the table that are nobody's for certain."""

    name: str
    lives: tuple[Life, ...]
    left_open: tuple[Life, ...]
    unclaimed: tuple[ask.Appointed, ...]
    record: ask.PersonRecord | None
    leaves: Leaves


@dataclass(frozen=True, slots=True)
class NamedPage:
    record: ask.NamedRecord
    timelines: tuple[tuple[ask.Named, Timeline | None], ...]
    leaves: Leaves


def person_page(name: str, page: int = 1) -> PersonPage:
    """The people of a name; past the last page of items, the last. Raises ArchiveError E407 where nobody is recorded."""
    answer = ask.who(name)
    if answer is None:
        raise ArchiveError("E407", name=name)
    record = ask.person(name, limit=ON_A_PAGE, offset=(page - 1) * ON_A_PAGE)
    if record and not record.hits:
        return person_page(name, leaves_of(1, record.total).of)
    lives = [Life(someone, _of_person(someone)) for someone in answer.people]
    return PersonPage(
        name=name, lives=tuple(life for life in lives if not life.someone.is_open),
        left_open=tuple(life for life in lives if life.someone.is_open), unclaimed=answer.appointed, record=record,
        leaves=leaves_of(page, record.total if record else 0),
    )


def named_page(layer: str, name: str, page: int = 1) -> NamedPage:
    """An organisation, place or project; past the last page of items, the last. Raises ArchiveError E407 where nothing is recorded."""
    record = ask.named(layer, name, limit=ON_A_PAGE, offset=(page - 1) * ON_A_PAGE)
    if record is None:
        raise ArchiveError("E407", name=name)
    if record.total and not record.hits:
        return named_page(layer, name, leaves_of(1, record.total).of)
    return NamedPage(record, tuple((entry, _of_named(entry)) for entry in record.entries), leaves_of(page, record.total))


def _of_person(someone: ask.Someone) -> Timeline | None:
    days = [day for tenure in someone.appointed for day in (tenure.from_on, tenure.until_on)]
    scale = timeline.scale_of((tenure.months for tenure in someone.attested), days)
    if scale is None:
        return None
    lines = [Line(t.office, "appointed", timeline.appointed(scale, t.from_on, t.until_on)) for t in someone.appointed]
    lines += [Line(t.office, t.standing, timeline.attested(scale, t.months)) for t in someone.attested]
    return _timeline(scale, lines)


def _of_named(entry: ask.Named) -> Timeline | None:
    scale = timeline.scale_of([entry.months])
    return _timeline(scale, [Line(entry.name, "held", timeline.attested(scale, entry.months))]) if scale else None


def _timeline(scale: timeline.Scale, lines: Sequence[Line]) -> Timeline:
    places = ((year, at * 100 / timeline.WIDTH) for year, at in scale.years)
    return Timeline(
        tuple(lines), scale.first, scale.last, tuple((year, f"{at:.1f}%") for year, at in places if EDGE <= at <= 100 - EDGE))
