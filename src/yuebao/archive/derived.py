"""What is made from the record: items, mentions, people, findings. Made again, it is the same rows; `rows_hash` says so."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

import yuebao
from yuebao import lexicon
from yuebao.archive import register, waivers
from yuebao.archive.decisions import text_hash
from yuebao.archive.models import Derivation, Derived, Mention, Person, Series, StoredFinding, StoredIssue, StoredItem
from yuebao.model import Annotation, Finding, Issue, Item, Json, PersonValue, Source, canonical

CHANGES = "changes"
DERIVED_FORM = 3  # raised when the rows made of the same values would differ
MAKERS = ("annotate", "calendar_text.py", "lexicon", "proof", "text.py")  # whose code and data decide what the rows say


@cache
def made_by() -> str:
    """The version of what makes derived rows: the program's, the rows' form, and a digest of the rules and lexicons at work."""
    digest = hashlib.sha256()
    for maker in MAKERS:
        for path, data in _files(resources.files("yuebao") / maker, maker):
            digest.update(path.encode() + b"\0" + data)
    for own in lexicon.own_files():
        if own.stem not in lexicon.OFFICE_TABLES:  # those are read when asked
            digest.update(own.name.encode() + b"\0" + own.read_bytes())
    return f"{yuebao.__version__}/{DERIVED_FORM}/{digest.hexdigest()[:16]}"


def _files(place: Traversable, path: str) -> Iterable[tuple[str, bytes]]:
    """Every file of code or data at or below a place, in order, with its path."""
    if place.is_dir():
        for entry in sorted(place.iterdir(), key=lambda e: e.name):
            yield from _files(entry, f"{path}/{entry.name}")
    elif path.endswith((".py", ".tsv")):
        yield path, place.read_bytes()


def derive(stored: StoredIssue, issue: Issue, content_hash: str, source: Source | None, findings: tuple[Finding, ...]) -> None:
    """Put the rows made of an annotated issue in the place of those that are there. To be called while `writing`."""
    register.mark(stored)
    StoredItem.objects.filter(issue=stored).delete()
    StoredFinding.objects.filter(issue=stored).delete()
    items = StoredItem.objects.bulk_create(_item_row(stored, path, item, source) for path, item in _with_paths(issue))
    findings = waivers.with_states(findings, waivers.texts_of(issue), stored.key)
    mentions = Mention.objects.bulk_create(_mention_rows(issue, items, stored.series.place))
    register.mark(stored)
    found = StoredFinding.objects.bulk_create(_finding_rows(stored, items, findings))
    Derivation.objects.update_or_create(issue=stored, defaults={
        "content_hash": content_hash,
        "made_by": made_by(),
        "rows_hash": rows_hash(items, mentions, found),
        "change": _next_change(),
        "annotated_by": issue.annotated_by,
        "problems": [problem.to_dict() for problem in issue.problems],
    })


def rename(series: Series) -> None:
    """Let the register know the mentions of a series anew whose place has become known: 市水利局 is now that of the place."""
    mentions = list(Mention.objects.filter(item__issue__series=series, layer__in=register.KEPT))
    register.mark_names((m.layer, m.name) for m in mentions)
    for mention in mentions:
        plain = {"layer": mention.layer, "start": mention.start, "end": mention.end, "value": mention.value, "by": mention.by}
        mention.name = register.name_of(Annotation.from_dict(plain), series.place)
    Mention.objects.bulk_update(mentions, ["name"], batch_size=500)
    register.mark_names((m.layer, m.name) for m in mentions)


def drop_unnamed() -> None:
    """Forget the people whom no mention names any more."""
    Person.objects.filter(mentions=None).delete()


def changes() -> int:
    """The change counter: how many times derived rows were written."""
    row = Derived.objects.filter(key=CHANGES).first()
    return row.value if row else 0


def rows_hash(items: Iterable[StoredItem], mentions: Iterable[Mention], findings: Iterable[StoredFinding]) -> str:
    """`sha256:` and the hex digest of what the rows say, without their ids: the same for rows made anew."""
    digest = hashlib.sha256()
    numbers = {}
    for item in items:
        numbers[item.pk] = item.number
        digest.update(_line([
            item.number, item.headline, item.column, item.column_path, item.page, item.text, _iso(item.starts_on), _iso(item.ends_on),
            item.text_hash, item.body_line,
        ]))
    for m in mentions:
        digest.update(_line([numbers[m.item_id], m.layer, m.start, m.end, m.text, m.value, m.by, m.person and m.person.name]))
    for f in findings:
        digest.update(_line([f.item_id and numbers[f.item_id], f.code, f.severity, f.position, f.data]))
    return "sha256:" + digest.hexdigest()


def _line(values: Json) -> bytes:
    return canonical(values).encode() + b"\n"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _with_paths(issue: Issue) -> Iterable[tuple[tuple[str, ...], Item]]:
    """Every item with the titles of the columns above it; what stands under no column (a daily's items) has none."""
    for columns, item in issue.walk():
        yield tuple(column.title for column in columns if column.title), item


def _item_row(stored: StoredIssue, path: tuple[str, ...], item: Item, source: Source | None) -> StoredItem:
    starts_on, ends_on = days_of(item)
    return StoredItem(
        issue=stored, number=item.number, headline=item.headline, column=path[-1] if path else "", column_path=" / ".join(path),
        page=item.page, text=item.text, starts_on=starts_on, ends_on=ends_on, text_hash=text_hash(item.text),
        body_line=_line_of(item, source),
    )


def days_of(item: Item) -> tuple[date | None, date | None]:
    """The first and the last day of the item's entries; None where none is dated."""
    dates = [entry.date for entry in item.entries if entry.date]
    starts = [day for day in (_day(d.starts_on) for d in dates) if day]
    ends = [day for day in (_day(d.ends_on) for d in dates) if day]
    return min(starts, default=None), max(ends, default=None)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _day_at(item: Item, at: int) -> date | None:
    """The first day of the entry that a place of the item's text belongs to; of what stands before the first entry, the first one's."""
    dates = [entry.date for entry in item.entries if entry.end > at]
    return _day(dates[0].starts_on) if dates and dates[0] else None


def _line_of(item: Item, source: Source | None) -> int | None:
    """The line of the source at which the item's text starts."""
    spans = [(origin.start, origin.source_start) for origin in item.origin if origin.start is not None]
    if source is None or not spans:
        return None
    return source.line_of(min(spans)[1])


def _mention_rows(issue: Issue, items: list[StoredItem], place: str | None) -> list[Mention]:
    people = _people({
        a.value.name for item in issue.items() for a in item.annotations if isinstance(a.value, PersonValue)
    })
    return [
        Mention(
            item=row, layer=a.layer, start=a.start, end=a.end, text=item.text[a.start:a.end],
            person=people[a.value.name] if isinstance(a.value, PersonValue) else None, value=a.value.to_dict(), by=a.by,
            name=register.name_of(a, place), day=_day_at(item, a.start), place=local.get(a),
        )
        for row, item in zip(items, issue.items(), strict=True) for local in [register.places_of(item)] for a in item.annotations
    ]


def _people(names: set[str]) -> dict[str, Person]:
    """The people of these names, made where they are lacking."""
    Person.objects.bulk_create((Person(name=name) for name in sorted(names)), ignore_conflicts=True)
    return Person.objects.in_bulk(names, field_name="name")


def _finding_rows(stored: StoredIssue, items: list[StoredItem], findings: tuple[Finding, ...]) -> list[StoredFinding]:
    by_number = {item.number: item for item in items}
    return [
        StoredFinding(
            issue=stored, item=None if f.item is None else by_number.get(f.item), code=f.code, severity=f.severity, position=position,
            data=f.to_dict(),
        )
        for position, f in enumerate(findings)
    ]


def _next_change() -> int:
    row, _ = Derived.objects.get_or_create(key=CHANGES, defaults={"value": 0})
    row.value = int(row.value) + 1
    row.save(update_fields=["value"])
    return int(row.value)
