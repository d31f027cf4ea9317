"""What a page shows, as frozen values: gathered from the archive in a fixed number of queries, whatever the size of the issue."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count
from django.utils.safestring import SafeString

from yuebao import archive
from yuebao.archive.judgements import Acceptance
from yuebao.archive.models import Mention, Revision, Series, StoredFinding, StoredIssue, StoredItem
from yuebao.archive.register import KEPT
from yuebao.archive.waivers import OPEN
from yuebao.ask import Citation
from yuebao.ask.words import citation_of
from yuebao.errors import ArchiveError
from yuebao.model import Column, Epigraph, Issue, Item, Masthead, Problem, Source
from yuebao.publish import WRITERS
from yuebao.read import read
from yuebao.text import split_lines
from yuebao.web import marks, publishing, words
from yuebao.web.findings import DecidingPlace, Note, Remark, WaivedNote, judged, remarks_of

# A run of twenty years of months fits on one page; a daily is shown a year at a time.
SHOWN_AT_ONCE = 300
# Source lines this near to one another are shown as one run.
NEAR = 2
MASTHEAD_FIELDS = (
    "notice", "supervisor", "sponsor", "publisher", "address", "phone", "email", "distribution", "place_line", "published_on",
    "permit_number", "printer", "print_run", "printed_on",
)


@dataclass(frozen=True, slots=True)
class Counts:
    """Findings by severity."""

    error: int = 0
    warning: int = 0
    note: int = 0

    @property
    def total(self) -> int:
        return self.error + self.warning + self.note


@dataclass(frozen=True, slots=True)
class IssueRow:
    stored: StoredIssue
    items: int
    counts: Counts


@dataclass(frozen=True, slots=True)
class Shelf:
    """A series with its issues by year, the latest first."""

    series: Series
    years: tuple[tuple[int, tuple[IssueRow, ...]], ...]


@dataclass(frozen=True, slots=True)
class Home:
    issues: int
    items: int
    shelves: tuple[Shelf, ...]
    years: tuple[tuple[int, int], ...]
    year: int | None


def home(year: int | None = None) -> Home:
    """The issues held, by series and year. Where they are many, one year: the one asked for, or the latest."""
    years = tuple(StoredIssue.objects.order_by("-year").values_list("year").annotate(Count("id")))
    issues = sum(n for _, n in years)
    if year is None and issues > SHOWN_AT_ONCE:
        year = years[0][0]
    chosen = StoredIssue.objects.order_by("series__title", "series_id", "-year", "-number", "-published_on").select_related("series")
    if year is not None:
        chosen = chosen.filter(year=year)
    in_year = {} if year is None else {"issue__year": year}
    items = dict(StoredItem.objects.filter(**in_year).order_by().values_list("issue").annotate(Count("id")))
    still_open = StoredFinding.objects.filter(data__state=OPEN, **in_year).order_by()
    found = _counts(still_open.values_list("issue", "severity").annotate(Count("id")))
    rows = [IssueRow(stored, items.get(stored.pk, 0), found.get(stored.pk, Counts())) for stored in chosen]
    total = sum(items.values()) if year is None else StoredItem.objects.count()
    return Home(issues, total, _shelves(rows), years, year)


def _shelves(rows: Iterable[IssueRow]) -> tuple[Shelf, ...]:
    return tuple(
        Shelf(series, tuple((year, tuple(of_year)) for year, of_year in groupby(of_series, key=lambda row: row.stored.year)))
        for series, of_series in groupby(rows, key=lambda row: row.stored.series)
    )


def _counts(rows: Iterable[tuple[int | None, str, int]]) -> dict[int | None, Counts]:
    by: dict[int | None, Counter[str]] = {}
    for key, severity, n in rows:
        by.setdefault(key, Counter())[severity] += n
    return {key: Counts(**n) for key, n in by.items()}


# ---- one issue ----


@dataclass(frozen=True, slots=True)
class ContentsItem:
    item: Item
    counts: Counts


@dataclass(frozen=True, slots=True)
class ContentsColumn:
    title: str
    items: tuple[ContentsItem, ...]
    columns: tuple[ContentsColumn, ...]


@dataclass(frozen=True, slots=True)
class IssuePage:
    stored: StoredIssue
    masthead: Masthead
    imprint: tuple[tuple[str, object], ...]
    epigraph: Epigraph | None
    contents: tuple[ContentsColumn, ...]
    items: int
    counts: Counts
    remarks: tuple[tuple[str, tuple[Remark, ...]], ...]
    waived: tuple[WaivedNote, ...]
    accepted: tuple[Acceptance, ...]
    place: DecidingPlace
    problems: tuple[tuple[Problem, int | None], ...]
    files: tuple[tuple[str, str], ...]
    has_internal: bool
    revisions: tuple[Revision, ...]


def issue_page(key: str) -> IssuePage:
    """The page of an issue. Raises ArchiveError E404."""
    current = _current(key)
    stored = current.issue
    document = _document(current)
    now = archive.standing(key)
    findings, here = [f for f in now.findings if f.state == OPEN], judged(now, None)
    counts = _counts((f.item, f.severity, 1) for f in findings)
    derivation = getattr(stored, "derivation", None)
    problems = [Problem.from_dict(data) for data in derivation.problems] if derivation else []
    source = source_of(current, document) if problems else None
    return IssuePage(
        stored=stored,
        masthead=document.masthead,
        imprint=_imprint(document.masthead),
        epigraph=document.epigraph,
        contents=tuple(_contents(column, counts) for column in document.columns),
        items=len(document.items()),
        counts=_counts((None, f.severity, 1) for f in findings).get(None, Counts()),
        remarks=remarks_of(findings, here.open),
        waived=here.waived,
        accepted=archive.acceptances(key),
        place=DecidingPlace(key, None, now.seen),
        problems=tuple((p, source.line_of(p.source_start) if source and p.source_start is not None else None) for p in problems),
        files=tuple((format, name) for format, (name, *_) in publishing.FORMATS.items() if format in WRITERS),
        has_internal=any(item.internal for item in document.items()),
        revisions=tuple(stored.revisions.defer("document", "source", "outline").order_by("-sequence")),
    )


def _imprint(masthead: Masthead) -> tuple[tuple[str, object], ...]:
    """The fields that the masthead has: the key of the field's word, or the role of an editor as printed, and the value."""
    fields: list[tuple[str, object]] = [(name, value) for name in MASTHEAD_FIELDS if (value := getattr(masthead, name))]
    at = next((n for n, (name, _) in enumerate(fields) if name not in ("notice", "supervisor", "sponsor", "publisher")), len(fields))
    editors = [(role, "　".join(e.name for e in of_role)) for role, of_role in groupby(masthead.editors, key=lambda e: e.role)]
    return (*fields[:at], *editors, *fields[at:])


def _contents(column: Column, counts: dict[int | None, Counts]) -> ContentsColumn:
    return ContentsColumn(
        column.title,
        tuple(ContentsItem(item, counts.get(item.number, Counts())) for item in column.items),
        tuple(_contents(inner, counts) for inner in column.columns),
    )


# ---- one item ----


@dataclass(frozen=True, slots=True)
class Passage:
    start: int
    html: SafeString
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class PersonHere:
    name: str
    offices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedHere:
    """An organisation, place or project of an item: as printed there, and the name that it is registered under."""

    text: str
    name: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the source; `after_gap` where lines were left out before it."""

    number: int
    text: str
    after_gap: bool = False


@dataclass(frozen=True, slots=True)
class ItemPage:
    stored: StoredIssue
    item: StoredItem
    path: tuple[str, ...]
    contents_headline: str | None
    headline: Passage | None
    passages: tuple[Passage, ...]
    other_notes: tuple[Note, ...]
    waived: tuple[WaivedNote, ...]
    place: DecidingPlace
    people: tuple[PersonHere, ...]
    named: tuple[tuple[str, tuple[NamedHere, ...]], ...]
    citation: Citation
    lines: tuple[SourceLine, ...]
    previous: StoredItem | None
    next: StoredItem | None


def item_page(key: str, number: int, language: str = "zh") -> ItemPage:
    """The page of an item. Raises ArchiveError E404."""
    current = _current(key)
    document = _document(current)
    read_item = next((i for i in document.items() if i.number == number), None)
    near = _near(current.issue, number) if read_item else {}
    if read_item is None or number not in near:
        raise ArchiveError("E404", key=f"{key}/{number}")
    item = near[number]
    every = list(Mention.objects.filter(item=item, layer__in=("date", *KEPT)).select_related("person").order_by("start", "pk"))
    mentions = [m for m in every if m.layer in ("person", "date")]
    now = archive.standing(key)
    found = judged(now, number)
    body = _Body(item.text, _names(mentions), found.open, language)
    head = 0 if read_item.headline is None else len(read_item.headline)
    passages = tuple(body.passage(entry.start, entry.end) for entry in read_item.entries)
    headline = body.passage(0, head, named=False) if head else None
    shown = {note.number for part in (*passages, headline) if part for note in part.notes}
    return ItemPage(
        stored=current.issue,
        item=item,
        path=tuple(item.column_path.split(" / ")) if item.column_path else (),
        contents_headline=read_item.contents_headline,
        headline=headline,
        passages=passages,
        other_notes=tuple(note for note in found.open if note.number not in shown),
        waived=found.waived,
        place=DecidingPlace(key, number, now.seen),
        people=_people(mentions),
        named=tuple((layer, here) for layer in KEPT if layer != "person" and (here := _named(every, layer))),
        citation=citation_of(item),
        lines=_lines(source_of(current, document), read_item),
        previous=near.get(number - 1),
        next=near.get(number + 1),
    )


def _near(stored: StoredIssue, number: int) -> dict[int, StoredItem]:
    """The item of that number and its neighbours, by number."""
    near = StoredItem.objects.filter(issue=stored, number__range=(number - 1, number + 1))
    return {item.number: item for item in near.select_related("issue__series")}


def _names(mentions: list[Mention]) -> tuple[marks.Name, ...]:
    return tuple(
        marks.Name("person", m.start, m.end, person=m.person.name) if m.person
        else marks.Name("date", m.start, m.end, starts_on=m.value.get("starts_on", ""), ends_on=m.value.get("ends_on", ""))
        for m in mentions
    )


def _people(mentions: list[Mention]) -> tuple[PersonHere, ...]:
    """The people of an item in the order of the text, each with the offices that the item gives."""
    offices: dict[str, dict[str, None]] = {}
    for mention in mentions:
        if mention.person:
            offices.setdefault(mention.person.name, {}).update(dict.fromkeys(mention.value.get("offices", ())))
    return tuple(PersonHere(name, tuple(of_name)) for name, of_name in offices.items())


def _named(mentions: list[Mention], layer: str) -> tuple[NamedHere, ...]:
    """What the item names of a layer, once, in the order of the text."""
    first: dict[str, NamedHere] = {}
    for mention in mentions:
        if mention.layer == layer and mention.name:
            first.setdefault(mention.name, NamedHere(mention.text, mention.name))
    return tuple(first.values())


@dataclass(frozen=True, slots=True)
class _Body:
    text: str
    names: tuple[marks.Name, ...]
    notes: tuple[Note, ...]
    language: str

    def passage(self, start: int, end: int, named: bool = True) -> Passage:
        notes = tuple(n for n in self.notes if n.finding.start is not None and start <= n.finding.start < end)
        doubts = [
            marks.Doubt(
                n.finding.start or 0, n.finding.end or 0, n.number, n.finding.severity,
                f"{words.say(self.language, n.finding.severity)} {n.number}",
            )
            for n in notes
        ]
        return Passage(start, marks.passage(self.text, start, end, self.names if named else (), doubts), notes)


# ---- the source ----


@dataclass(frozen=True, slots=True)
class SourcePage:
    stored: StoredIssue
    revision: Revision
    lines: tuple[SourceLine, ...]


def source_page(key: str) -> SourcePage:
    """The source of the current revision, line by line. Raises ArchiveError E404."""
    current = _current(key)
    source = source_of(current, _document(current))
    return SourcePage(current.issue, current, tuple(_numbered_lines(source)))


def source_of(revision: Revision, document: Issue) -> Source | None:
    """The characters of a revision's source file, as they were read; None where an issue document was stored without its source."""
    if revision.source_sha256 != document.source.sha256:
        return None
    return read(revision.source_name, zlib.decompress(bytes(revision.source)))


def _numbered_lines(source: Source | None) -> list[SourceLine]:
    spans = split_lines(source.text) if source else []
    return [SourceLine(n, source.text[start:end]) for n, (start, end) in enumerate(spans, 1) if source]


def _lines(source: Source | None, item: Item) -> tuple[SourceLine, ...]:
    """The source lines that an item stands in, near ones run together; none where the source is not at hand."""
    if source is None:
        return ()
    wanted: set[int] = set()
    for origin in item.origin:
        if origin.start is not None:
            wanted.update(range(source.line_of(origin.source_start), source.line_of(max(origin.source_start, origin.source_end - 1)) + 1))
    chosen: list[SourceLine] = []
    last = 0
    every = _numbered_lines(source)
    for number in sorted(wanted):
        gap = bool(chosen) and number - last > NEAR
        chosen += every[(number if gap or not chosen else last + 1) - 1:number - 1]
        chosen.append(SourceLine(number, every[number - 1].text, gap))
        last = number
    return tuple(chosen)


def _current(key: str) -> Revision:
    try:
        return Revision.objects.select_related("issue__series", "issue__derivation").get(issue__key=key, is_current=True)
    except Revision.DoesNotExist:
        raise ArchiveError("E404", key=key) from None


def _document(revision: Revision) -> Issue:
    return Issue.from_dict(json.loads(revision.document))
