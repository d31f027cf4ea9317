"""The events of a year: every account of every issue, in order of time, with where it is printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from yuebao import archive
from yuebao.archive import derived
from yuebao.archive.models import Series, StoredItem
from yuebao.archive.places import home_path
from yuebao.archive.trouble import told
from yuebao.ask.values import Citation
from yuebao.ask.words import citation_of
from yuebao.errors import ArchiveError, UsageError
from yuebao.model import Annotation, Entry, Item

KEPT = 3  # gatherings held in memory: a year of one, every year of one


@dataclass(frozen=True, slots=True)
class Event:
    """An account as printed. `starts_on`, `ends_on` are None where it names no day; it then belongs to the month of its issue.

    `text_hash`, `start`, `end`: the item's text by its hash and the account's span there, to which a person's decision attaches.
    `annotations` have their spans in `text`.
    """

    citation: Citation
    path: tuple[str, ...]
    headline: str | None
    text: str
    date_text: str | None
    starts_on: date | None
    ends_on: date | None
    annotations: tuple[Annotation, ...]
    text_hash: str
    start: int
    end: int

    @property
    def month(self) -> int:
        """The month in which it is told."""
        cited = self.citation
        return self.starts_on.month if self.starts_on else month_of(cited.month, cited.issue_number, cited.published_on)

    @property
    def name(self) -> str:
        """What people call it by: KEY/ITEM, and the account's number behind it where an item has several."""
        return f"{self.citation.issue}/{self.citation.item}"


def month_of(month: int | None, number: int | None, published_on: date | None) -> int:
    """The month of an issue: its own, that of its day, else its number where it may be one."""
    return month or (published_on.month if published_on else 0) or (number if number and number <= 12 else 1)


def series_of(title: str | None = None) -> Series:
    """The series of that title, or the only one. Raises UsageError E203 where that is not one, ArchiveError E404 where there is none."""
    with told():
        found = list(Series.objects.filter(title=title) if title else Series.objects.all())
    if not found:
        raise ArchiveError("E404", key=title or "")
    if len(found) > 1:
        names = "、".join(sorted(f"{series.title}（{series.place or '—'}）" for series in found))
        raise UsageError("E203", reason=f"存档里有几种资料，请指明 --series / several series: {names}", command="chronicle")
    return found[0]


def events_of(year: int | None, series: Series) -> tuple[Event, ...]:
    """The events of a year, from its issues and those of the year after, or of every year; in order of time, then as printed.

    What was gathered is kept until something in the archive changes.
    """
    with told():
        return _gathered(year, series.pk, str(home_path()), derived.changes())


@lru_cache(maxsize=KEPT)
def _gathered(year: int | None, series: int, home: str, changes: int) -> tuple[Event, ...]:
    del home, changes  # they only say whether what is kept is still true
    with told():
        items = StoredItem.objects.select_related("issue__series").filter(issue__series_id=series)
        near = items if year is None else items.filter(issue__year__in=(year, year + 1))
        rows = {(item.issue.key, item.number): item for item in near.defer("text")}
    out: list[Event] = []
    for key in sorted({key for key, _ in rows}):
        for path, item in archive.show(key).walk():
            row = rows[key, item.number]
            titles = tuple(column.title or "" for column in path)
            out += [event for entry in item.entries if (event := _event(row, titles, item, entry)) and _is_of(event, year)]
    return tuple(sorted(out, key=_in_time))


def _is_of(event: Event, year: int | None) -> bool:
    if year is None:
        return True
    return event.starts_on.year == year if event.starts_on else event.citation.year == year


def _in_time(event: Event) -> tuple[object, ...]:
    # what names no day comes at the end of its month
    day = event.starts_on or date(event.citation.year, event.month, 28)
    return (day.year, day.month, event.starts_on is None, day, event.citation.year, event.citation.issue, event.citation.item, event.start)


def _event(row: StoredItem, path: tuple[str, ...], item: Item, entry: Entry) -> Event | None:
    text = item.text[entry.start:entry.end]
    if not text.strip():
        return None
    moved = tuple(
        Annotation(a.layer, a.start - entry.start, a.end - entry.start, a.value, a.by)
        for a in item.annotations if entry.start <= a.start and a.end <= entry.end)
    when = entry.date
    return Event(
        citation=citation_of(row), path=path, headline=item.headline, text=text, date_text=when.text if when else None,
        starts_on=date.fromisoformat(when.starts_on) if when else None, ends_on=date.fromisoformat(when.ends_on) if when else None,
        annotations=moved, text_hash=row.text_hash, start=entry.start, end=entry.end,
    )
