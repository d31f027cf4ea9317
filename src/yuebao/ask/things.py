"""An organisation, a place or a project: its names in print, its history, the items that name it in time."""

from __future__ import annotations

from django.db.models import Count

from yuebao.archive import register
from yuebao.archive.models import Registered, StoredItem
from yuebao.archive.trouble import told
from yuebao.ask.people import page_of, when
from yuebao.ask.renamed import sole_place, successions_of
from yuebao.ask.tenure import months_of, quotation_of
from yuebao.ask.values import Named, NamedRecord, Succession

LAYERS = ("organisation", "place", "project")


def named(layer: str, name: str, *, limit: int = 200, offset: int = 0) -> NamedRecord | None:
    """What is printed of the organisation, place or project of that name (any form in print), oldest first; None where nothing is.

    What only the office's table of successions has is given with it. Raises ArchiveError, UsageError E208 (a fault in that table).
    """
    if layer not in LAYERS:
        raise ValueError(f"no layer {layer!r}; known: {', '.join(LAYERS)}")
    with told():
        register.follow()
        rows = _registered(layer, name)
        history = _successions({name, *(row.name for row in rows)}) if layer != "project" else ()
        if not rows:
            return NamedRecord(layer, name, (), history, 0, ()) if history else None
        naming = StoredItem.objects.filter(appearances__registered__in=rows).distinct()
        in_time = sorted(naming.defer("text").select_related("issue__series"), key=when)
        forms = sorted({form for row in rows for form in row.names}, key=len, reverse=True)
        return NamedRecord(
            layer=layer, name=rows[0].name, entries=tuple(_entry(row) for row in rows),
            successions=history, total=len(in_time), hits=page_of(in_time, forms, limit, offset),
        )


def _registered(layer: str, name: str) -> list[Registered]:
    """Those registered under the name itself, else under the place's name before it (市水利局), else those printed so."""
    every = Registered.objects.filter(layer=layer).annotate(items=Count("appearances", distinct=True)).order_by("name", "number")
    place = sole_place()
    for asked in (every.filter(name=name), every.filter(name=register.absolute(name, place)), every.filter(aliases__name=name).distinct()):
        if found := list(asked):
            return found
    return []


def _entry(row: Registered) -> Named:
    seen = row.appearances.select_related("item__issue__series")
    first, last = seen.order_by("pk").first(), seen.order_by("-pk").first()
    assert first
    assert last
    return Named(
        name=row.name, number=row.number, names=tuple((form, n) for form, n in row.names.items() if n), kind=row.details.get("kind"),
        code=row.details.get("code"), items=row.items,  # type: ignore[attr-defined]
        months=months_of(day for day in row.appearances.values_list("day", flat=True) if day),
        first=quotation_of(first), last=quotation_of(last),
    )


def _successions(names: set[str]) -> tuple[Succession, ...]:
    return tuple(Succession(row.before, row.after, row.from_on, row.source, row.line) for row in successions_of(names, sole_place()))
