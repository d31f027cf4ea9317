"""What the office's table of successions 沿革 says of a body or place: its names before and after."""

from __future__ import annotations

from yuebao.archive import register
from yuebao.archive.models import Series
from yuebao.archive.register.successions import Succession


def sole_place() -> str | None:
    """The place of all series held, where it is one: what an office in the table is relative to."""
    places = set(Series.objects.exclude(place=None).values_list("place", flat=True))
    return places.pop() if len(places) == 1 else None


def successions_of(names: set[str], place: str | None) -> tuple[Succession, ...]:
    """The rows of the table that name the body or place, and those that these lead to, before and after, by date."""
    rows = register.successions(place)
    known = {register.absolute(name, place) for name in names}
    while more := {end for row in rows for end in (row.before, row.after) if known & {row.before, row.after}} - known:
        known |= more
    return tuple(row for row in rows if row.before in known)


def other_names(name: str) -> list[str]:
    """The names before and after it of what bears this name or one that ends so, with their place and without."""
    place = sole_place()
    known = {end for row in register.successions(place) for end in (row.before, row.after)}
    asked = {name, *(end for end in known if end.endswith(name))}
    linked = {end for row in successions_of(asked, place) for end in (row.before, row.after)}
    relative = {place[-1] + end[len(place):] for end in linked if place and end.startswith(place)}
    return sorted(linked | relative)
