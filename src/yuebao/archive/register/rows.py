"""The rows of the register, made of the mentions: which names changed, what they say now, all of it in one text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import TypeVar

from django.db.models import QuerySet

from yuebao.archive.engines import writing
from yuebao.archive.models import Alias, Appearance, Derived, Mention, Registered, StoredIssue, StoredItem, Tenure, Unregistered
from yuebao.archive.register import rulings
from yuebao.archive.register.names import KEPT
from yuebao.archive.register.persons import PersonFound, Sighting, persons
from yuebao.archive.register.posts import post_of, posts_of
from yuebao.archive.trouble import told
from yuebao.model import Json, canonical
from yuebao.text import sentence_span

FORM = "2"  # raised when the same mentions would make other rows
BATCH = 300  # names looked at in one transaction
STAMP = "register"


# ---- what changed ----


def mark(stored: StoredIssue) -> None:
    """Note the names of an issue's mentions as changed. To be called in the transaction that changes them, before and after."""
    mark_names(Mention.objects.filter(item__issue=stored, layer__in=KEPT).order_by().values_list("layer", "name").distinct())


def mark_names(names: Iterable[tuple[str, str | None]]) -> None:
    """Note names, each with its layer, as changed."""
    rows = (Unregistered(layer=layer, name=name) for layer, name in sorted({(layer, name) for layer, name in names if name}))
    Unregistered.objects.bulk_create(rows, ignore_conflicts=True)


def mark_all() -> None:
    """Note every name as changed, those in the register that nothing mentions any more among them."""
    mark_names(Mention.objects.filter(layer__in=KEPT).order_by().values_list("layer", "name").distinct())
    mark_names(Registered.objects.order_by().values_list("layer", "name").distinct())


def follow() -> None:
    """Bring the register up to the mentions and decisions; nothing is done where nothing changed."""
    with told():
        _keep_form()
        while Unregistered.objects.exists():
            with writing():
                _renew(list(Unregistered.objects.order_by("layer", "name")[:BATCH]))


def _keep_form() -> None:
    """Make everything anew where another version of the program made it."""
    stamp = Derived.objects.filter(key=STAMP).values_list("value", flat=True).first()
    if stamp != FORM:
        with writing():
            mark_all()
            Derived.objects.update_or_create(key=STAMP, defaults={"value": FORM})


def _renew(queue: list[Unregistered]) -> None:
    by_layer: dict[str, set[str]] = defaultdict(set)
    for row in queue:
        by_layer[row.layer].add(row.name)
    for layer, names in sorted(by_layer.items()):
        if layer == "person":
            groups = rulings.groups(names)
            _put_people(groups)
            names = names.union(*groups)
        else:
            _put_others(layer, names)
        Unregistered.objects.filter(layer=layer, name__in=names).delete()


# ---- made of the mentions ----


@dataclass(frozen=True, slots=True)
class Entry:
    """What is registered, with the items that name it, in time: the rows to be, without ids."""

    layer: str
    name: str
    number: int
    names: dict[str, int]
    details: Json
    is_open: bool
    appearances: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """An appearance to be. `offices`: as written, with post and standing, and the span of the mention that gives it."""

    key: tuple[str, int]
    item: int
    day: date | None
    start: int
    end: int
    evidence: str
    offices: tuple[tuple[str, str, str, int, int], ...] = ()


def _put_people(groups: list[set[str]]) -> None:
    entries = list(people(groups))
    _replace("person", set().union(*groups), entries)


def people(groups: list[set[str]]) -> Iterator[Entry]:
    """The people of each group of names that decisions hold together."""
    told_by = rulings.in_force()
    rows = defaultdict(list)
    for row in _mentions("person", set().union(*groups)):
        rows[row["name"]].append(row)
    for group in sorted(groups, key=min):
        of_group = [row for name in sorted(group) for row in rows[name]]
        sightings = _sightings(of_group)
        found = persons(sightings, told_by)
        if len(found) > 1:  # only then may a sentence that names two offices tell something
            found = persons(_with_sentences(sightings), told_by)
        numbers: Counter[str] = Counter()
        spans = {(row["item"], row["start"]): row for row in of_group}
        for person in found:
            numbers[person.name] += 1
            yield _person(person, numbers[person.name], spans)


def _person(person: PersonFound, number: int, spans: dict[tuple[int, int], dict[str, Json]]) -> Entry:
    seen = tuple(_seen(sighting, evidence, spans) for sighting, evidence in person.sightings)
    return Entry("person", person.name, number, person.names, {}, person.is_open, seen)


def _seen(sighting: Sighting, evidence: str, spans: dict[tuple[int, int], dict[str, Json]]) -> Seen:
    offices: dict[str, tuple[str, str, str, int, int]] = {}
    of_item = [(start, end, spans[sighting.item, start]) for start, end in sighting.spans]
    # the body says more than the headline: its sentence is quoted where both give the office
    for start, end, row in sorted(of_item, key=lambda m: (m[0] < len(m[2]["headline"] or ""), m[0])):
        run = tuple(row["value"]["offices"])
        posts = posts_of(run, row["local"] or sighting.place, are_past=row["by"] == "person/former")
        for office, post in zip(run, posts, strict=True):
            offices.setdefault(post.name, (office, post.name, post.standing, start, end))
    start, end = sighting.spans[0]
    return Seen(sighting.key, sighting.item, sighting.day, start, end, evidence, tuple(offices.values()))


def _put_others(layer: str, names: set[str]) -> None:
    _replace(layer, names, list(others(layer, names)))


def others(layer: str, names: set[str]) -> Iterator[Entry]:
    """The organisations, places or projects of these names. Places of one name are told apart by code, else by the series' place."""
    by_name: dict[str, list[dict[str, Json]]] = defaultdict(list)
    for row in _mentions(layer, names):
        by_name[row["name"]].append(row)
    for name in sorted(by_name):
        apart: dict[Json, list[dict[str, Json]]] = defaultdict(list)
        for row in by_name[name]:
            apart[row["value"].get("code") or ("" if layer == "organisation" else row["place"] or "")].append(row)
        for number, rows in enumerate(apart.values(), 1):
            yield _other(layer, name, number, rows)


def _other(layer: str, name: str, number: int, rows: list[dict[str, Json]]) -> Entry:
    names = Counter(row["text"] for row in rows)
    names.update({row["value"]["name"]: 0 for row in rows})
    details = {key: _commonest(row["value"].get(key) for row in rows) for key in ("kind", "code", "system")}
    of_items = (list(group) for _, group in groupby(rows, key=lambda row: row["item"]))
    seen = tuple(
        Seen((first["key"], first["number"]), first["item"], first["day"], first["start"], first["end"], "name")
        for first, *_ in of_items
    )
    return Entry(layer, name, number, _in_order(names), {k: v for k, v in details.items() if v}, False, seen)


def _commonest(values: Iterable[Json]) -> Json:
    counted = Counter(value for value in values if value)
    return min(counted, key=lambda value: (-counted[value], value)) if counted else None


def _in_order(names: Counter[str]) -> dict[str, int]:
    return dict(sorted(names.items(), key=lambda pair: (-pair[1], pair[0])))


# ---- from the tables ----

_FIELDS = {
    "name": "name", "text": "text", "start": "start", "end": "end", "value": "value", "by": "by", "day": "day", "item": "item_id",
    "number": "item__number", "headline": "item__headline", "hash": "item__text_hash", "starts_on": "item__starts_on",
    "key": "item__issue__key", "year": "item__issue__year", "month": "item__issue__month",
    "published_on": "item__issue__published_on", "place": "item__issue__series__place", "local": "place",
}


def _mentions(layer: str, names: Iterable[str]) -> list[dict[str, Json]]:
    """The mentions of these names, each with what is needed of its item, in time."""
    found: QuerySet[Mention, Json] = Mention.objects.filter(layer=layer, name__in=list(names)).values_list(*_FIELDS.values())
    rows = [dict(zip(_FIELDS, values, strict=True)) for values in found]
    for row in rows:
        row["when"] = _when(row)
    return sorted(rows, key=lambda row: (row["when"], row["key"], row["number"], row["start"], row["end"]))


def _when(row: dict[str, Json]) -> date:
    """The first day that the item may speak of: its own, else its issue's."""
    if row["starts_on"] or (row["published_on"] and not row["month"]):
        return row["starts_on"] or row["published_on"]
    month = row["month"] if row["month"] and 1 <= row["month"] <= 12 else 1
    return date(row["year"], month, 1)


def _sightings(rows: list[dict[str, Json]]) -> list[Sighting]:
    """The mentions of a name within one item as one sighting."""
    by_item: dict[tuple[str, int], list[dict[str, Json]]] = defaultdict(list)
    for row in rows:
        by_item[row["name"], row["item"]].append(row)
    return [
        Sighting(
            key=(first["key"], first["number"]), name=first["name"], when=first["when"], day=_first_day(of_item), place=first["place"],
            text_hash=first["hash"], spans=tuple((row["start"], row["end"]) for row in of_item), runs=_runs(of_item), item=first["item"],
        )
        for of_item in by_item.values() for first in of_item[:1]
    ]


def _runs(rows: list[dict[str, Json]]) -> tuple[tuple[tuple[str, ...], str | None], ...]:
    return tuple((tuple(row["value"]["offices"]), row["local"] or row["place"]) for row in rows if row["value"]["offices"])


def _first_day(rows: list[dict[str, Json]]) -> date | None:
    return min((row["day"] for row in rows if row["day"]), default=None)


def _with_sentences(sightings: list[Sighting]) -> list[Sighting]:
    items = sorted({s.item for s in sightings})
    texts: dict[int, str] = {}
    for at in range(0, len(items), BATCH):
        texts.update(StoredItem.objects.filter(pk__in=items[at:at + BATCH]).values_list("pk", "text"))
    return [replace(s, sentences=tuple(dict.fromkeys(_sentence(texts[s.item], *span) for span in s.spans))) for s in sightings]


def _sentence(text: str, start: int, end: int) -> str:
    return text[slice(*sentence_span(text, start, end))]


# ---- into the tables ----


def _replace(layer: str, names: set[str], entries: list[Entry]) -> None:
    """Put the rows of these names in the place of those that are there."""
    Registered.objects.filter(layer=layer, name__in=names).delete()
    rows = Registered.objects.bulk_create(
        Registered(layer=layer, name=e.name, number=e.number, names=e.names, details=e.details, is_open=e.is_open) for e in entries)
    Alias.objects.bulk_create(
        Alias(registered=row, name=name) for row, entry in zip(rows, entries, strict=True) for name in sorted({entry.name, *entry.names}))
    pairs = [(row, seen) for row, entry in zip(rows, entries, strict=True) for seen in entry.appearances]
    seen_rows = Appearance.objects.bulk_create(
        (Appearance(registered=row, item_id=s.item, day=s.day, start=s.start, end=s.end, offices=s.offices, evidence=s.evidence)
         for row, s in pairs), batch_size=2000)
    by_person = groupby(zip(pairs, seen_rows, strict=True), key=lambda pair: pair[0][0].pk)
    Tenure.objects.bulk_create(
        Tenure(registered_id=pk, post=post, standing=standing, written=written, count=count, first=first, last=last)
        for pk, group in by_person
        for post, standing, written, count, first, last in tenures([(seen, row) for (_, seen), row in group])
    )


T = TypeVar("T")


def tenures(appearances: Iterable[tuple[Seen, T]]) -> Iterator[tuple[str, str, dict[str, int], int, T, T]]:
    """见载: each office of one person, in the order of its first appearance: post, standing, forms, count, first and last appearance.

    Each appearance is handed back as what it is paired with.
    """
    pairs = list(appearances)
    every = {(post, standing) for seen, _ in pairs for _, post, standing, _, _ in seen.offices}
    of_post: dict[tuple[str, str], list[tuple[str, Seen, T]]] = defaultdict(list)
    for seen, row in pairs:
        for written, post, standing, _, _ in seen.offices:
            of_post[whole(post, standing, every), standing].append((written, seen, row))
    for (post, standing), found in of_post.items():
        dated = [row for _, seen, row in found if seen.day] or [row for _, _, row in found]
        yield post, standing, _in_order(Counter(written for written, _, _ in found)), len(found), dated[0], dated[-1]


def whole(post: str, standing: str, every: set[tuple[str, str]]) -> str:
    """The one longer office of the same person that this one is short for (副主任: 云陵市人大常委会副主任), or the office itself."""
    if standing != "held" or post_of(post, None).is_full:
        return post
    longer = [other for other, at in every if at == standing and other != post and post_of(post, None).may_be(post_of(other, None))]
    return longer[0] if len(longer) == 1 else post


# ---- all of it ----


def dump() -> str:
    """What the register says, as canonical JSON Lines: the same for the same issues and decisions, in whatever order they came."""
    follow()
    return "".join(line for _, _, line in _lines())


def odd_names() -> list[str]:
    """The names whose rows are not what the mentions and decisions make them; what is still to be looked at is not odd."""
    waiting = set(Unregistered.objects.values_list("layer", "name"))
    held: dict[tuple[str, str], list[str]] = defaultdict(list)
    for layer, name, line in _lines():
        held[layer, name].append(line)
    wanted: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entry in _wanted():
        wanted[entry.layer, entry.name].append(_entry_line(entry))
    return sorted({at[1] for at in held.keys() | wanted.keys() if at not in waiting and held.get(at) != wanted.get(at)})


def _wanted() -> Iterator[Entry]:
    for layer in KEPT:
        names = sorted(Mention.objects.filter(layer=layer).exclude(name=None).order_by().values_list("name", flat=True).distinct())
        groups = rulings.groups(names) if layer == "person" else [{name} for name in names]
        for at in range(0, len(groups), BATCH):
            batch = groups[at:at + BATCH]
            yield from people(batch) if layer == "person" else others(layer, set().union(*batch))


def _entry_line(entry: Entry) -> str:
    appearances = [[*s.key, s.day and s.day.isoformat(), s.start, s.end, s.offices, s.evidence] for s in entry.appearances]
    pairs = [(seen, seen) for seen in entry.appearances]
    return _line([entry.layer, entry.name, entry.number, entry.names, entry.details, entry.is_open], appearances, [
        [post, standing, written, count, first.key, last.key] for post, standing, written, count, first, last in tenures(pairs)])


def _lines() -> Iterator[tuple[str, str, str]]:
    """The rows of each that is registered, as a line, with layer and name."""
    fields = ("pk", "item__issue__key", "item__number", "day", "start", "end", "offices", "evidence")
    for row in Registered.objects.order_by("layer", "name", "number"):
        keys: dict[int, tuple[str, int]] = {}
        appearances = []
        for pk, key, number, day, *rest in row.appearances.order_by("pk").values_list(*fields):
            keys[pk] = key, number
            appearances.append([key, number, day and day.isoformat(), *rest])
        held = [
            [t.post, t.standing, t.written, t.count, keys.get(t.first_id), keys.get(t.last_id)] for t in row.tenures.order_by("pk")]
        yield row.layer, row.name, _line(
            [row.layer, row.name, row.number, row.names, row.details, row.is_open], appearances, held)


def _line(head: list[Json], appearances: list[Json], held: list[Json]) -> str:
    names = ("layer", "name", "number", "names", "details", "open")
    return canonical({**dict(zip(names, head, strict=True)), "appearances": appearances, "tenures": held}) + "\n"
