"""A name in print: which offices stand beside it, from when to when (见载), and the items that name it."""

from __future__ import annotations

from datetime import date

from yuebao.archive import fulltext
from yuebao.archive.models import Mention, StoredItem
from yuebao.archive.trouble import told
from yuebao.ask.values import Attestation, Hit, PersonRecord
from yuebao.ask.words import citation_of, hit_of, items_of

MOST_ITEMS = 1000


def person(name: str, *, limit: int = 200, offset: int = 0) -> PersonRecord | None:
    """What is printed of the person of that name, oldest first; None where nothing is (查无记载). Raises ArchiveError."""
    with told():
        naming = Mention.objects.filter(person__name=name).values("item")
        # a mayor is named in thousands of items: their texts are fetched for one page of them only
        in_time = sorted(StoredItem.objects.filter(pk__in=naming).defer("text").select_related("issue__series"), key=when)
        if not in_time:
            return None
        return PersonRecord(name, _offices(name, in_time), len(in_time), page_of(in_time, [name], limit, offset))


def page_of(in_time: list[StoredItem], names: list[str], limit: int, offset: int) -> tuple[Hit, ...]:
    """One page of the items, with their texts, the names marked."""
    words = [fulltext.normalise(name) for name in names]
    return tuple(hit_of(item, words) for item in items_of([item.pk for item in in_time[offset:offset + min(limit, MOST_ITEMS)]]))


def when(item: StoredItem) -> tuple[date, int, int]:
    """The first day of an item, its issue's where it is undated; then the order of the archive."""
    return fulltext.days_of(item)[0], item.issue_id, item.number


def _offices(name: str, in_time: list[StoredItem]) -> tuple[Attestation, ...]:
    """The offices as quoted, in the order of their first appearance; an item counts once for an office."""
    quoted: dict[int, dict[str, None]] = {}
    for item, value in Mention.objects.filter(person__name=name).order_by("pk").values_list("item_id", "value"):
        quoted.setdefault(item, {}).update(dict.fromkeys(value["offices"]))
    seen: dict[str, list[StoredItem]] = {}
    for found in in_time:
        for office in quoted.get(found.pk, ()):
            seen.setdefault(office, []).append(found)
    return tuple(
        Attestation(
            office=office, count=len(items), first_on=items[0].starts_on, last_on=items[-1].ends_on,
            first=citation_of(items[0]), last=citation_of(items[-1]),
        )
        for office, items in seen.items()
    )
