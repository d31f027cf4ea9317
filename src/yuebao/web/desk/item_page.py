"""What the page of an item in hand shows: its text with findings and people, where it comes from, who reviewed it, what was said of it.

A fixed number of queries, however long the item and however many its people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from yuebao.compile.gate import REASONS
from yuebao.compile.habits import Habits
from yuebao.compile.values import Clipping
from yuebao.desk import board, comments, findings, in_print, items, reviews, sources, survey
from yuebao.desk.models import Account, Comment, DeskFigure, DeskItem, Review
from yuebao.model import Annotation, DateValue, Finding, MoneyValue, PersonValue, QuantityValue
from yuebao.proof.fix import is_replacement
from yuebao.web import marks, words
from yuebao.web.desk import asked, marked
from yuebao.web.templatetags.reading import language

SEVERITIES = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Note:
    """A finding under the text. `name`: what the forms call it by; `can_be_accepted`: its proposal can be put in place."""

    number: int
    name: str
    finding: Finding
    can_be_accepted: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """The text as the program reads it: paragraphs with people, dates and findings marked; findings by severity; those waived; those that
    only the whole issue shows, as far as it has been looked over.
    """

    paragraphs: tuple[SafeString, ...]
    by_severity: tuple[tuple[str, tuple[Note, ...]], ...]
    waived: tuple[Note, ...]
    in_issue: tuple[Finding, ...]
    people: tuple[in_print.Named, ...]
    values: tuple[ReadAs, ...]

    @property
    def total(self) -> int:
        return sum(len(notes) for _, notes in self.by_severity)


@dataclass(frozen=True, slots=True)
class ReadAs:
    """A date, sum or quantity as written, and what it is read as."""

    text: str
    meant: str


@dataclass(frozen=True, slots=True)
class SourceText:
    """A clipping of the story, its paragraphs linked to the clauses that come from it."""

    clipping: Clipping
    paragraphs: tuple[SafeString, ...]
    used: int


@dataclass(frozen=True, slots=True)
class Unsourced:
    """Words of the text that no source holds, and why they are told."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Beside:
    """The text with its clauses numbered, the sources with the same numbers, and what has none."""

    text: tuple[SafeString, ...]
    sources: tuple[SourceText, ...]
    unsourced: tuple[Unsourced, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """What is said of an item: what the program reads in it, where it comes from, how long items of the house are."""

    length: int
    reading: Reading
    beside: Beside
    habits: Habits


@dataclass(frozen=True, slots=True)
class Level:
    """One of the three reviews: its key, the review that stands, None where there is none yet; `is_awaited`: it is the next."""

    key: str
    review: Review | None
    is_awaited: bool


@dataclass(frozen=True, slots=True)
class ItemPage:
    item: DeskItem
    length: int
    read: Read | None
    levels: tuple[Level, ...]
    comments: tuple[tuple[Comment, str], ...]
    figures: tuple[DeskFigure, ...]
    tables: tuple[tuple[str, str], ...]
    grids: tuple[tuple[str, list[list[str]]], ...]
    columns: tuple[str, ...]
    previous: board.Beside | None
    next: board.Beside | None
    reviewers: tuple[Account, ...]
    returned: Review | None

    @property
    def settled(self) -> int:
        return sum(comment.resolved_at is not None for comment, _ in self.comments)

    @property
    def awaited(self) -> str | None:
        """The review that the item waits for."""
        return reviews.AWAITED.get(self.item.state)

    @property
    def answering(self) -> str | None:
        """The review that can be given now: the one awaited; where all have passed, the final one, to return it."""
        return "final" if self.item.state == "passed" else self.awaited

    @property
    def is_under_review(self) -> bool:
        return self.answering is not None


def is_closed(item: DeskItem) -> bool:
    """Whether nothing of the item can be changed any more: its issue is signed off, or it is withdrawn."""
    return item.issue.signed_at is not None or item.state == items.WITHDRAWN


def read_of(item: DeskItem) -> Read:
    """What is said of an item; a second or more where the house's habits are not remembered."""
    return Read(
        items.length(item.text), _reading(item, findings.of_item(item)), _beside(item, sources.of_item(item)), sources.habits(item.issue))


def _remembered(item: DeskItem) -> Read | None:
    return read_of(item) if findings.remembered(item) and sources.remembered(item) else None


def item_page(item: DeskItem) -> ItemPage:
    """The page of an item. What is said of it is there where it is remembered, else it comes after."""
    before, after = board.neighbours(item)
    standing = reviews.standing(item)
    awaited = reviews.AWAITED.get(item.state)
    return ItemPage(
        item=item,
        length=items.length(item.text),
        read=_remembered(item),
        levels=tuple(Level(key, next((r for r in standing if r.level == key), None), key == awaited) for key in reviews.LEVELS),
        comments=tuple(comments.of_item(item)),
        figures=tuple(DeskFigure.objects.filter(item=item, is_withdrawn=False).select_related("picture").defer("picture__data")),
        tables=tuple((table["caption"] or "", "\n".join("\t".join(row) for row in table["rows"])) for table in item.tables),
        grids=tuple((table["caption"] or "", table["rows"]) for table in item.tables),
        columns=board.columns_of(item.issue),
        previous=before,
        next=after,
        reviewers=tuple(asked.who_may(f"review {awaited}")) if awaited else (),
        returned=reviews.last_return(item),
    )


# ---- the text as it is read ----


def _reading(item: DeskItem, proofed: findings.Proofed) -> Reading:
    text, chosen = proofed.text, language()
    notes = _notes([finding for finding in proofed.findings if findings.is_open(finding)], text)
    doubts = [
        marks.Doubt(n.finding.start, n.finding.end, n.number, n.finding.severity, f"{words.say(chosen, n.finding.severity)} {n.number}")
        for n in notes if n.finding.start is not None and n.finding.end is not None
    ]
    names = [name for annotation in proofed.annotations if (name := _marked(annotation))]
    return Reading(
        paragraphs=tuple(marks.passage(text, start, end, names, doubts) for start, end in _paragraphs(text)),
        by_severity=tuple((s, of) for s in SEVERITIES if (of := tuple(n for n in notes if n.finding.severity == s))),
        waived=_notes([finding for finding in proofed.findings if not findings.is_open(finding)], text),
        in_issue=_in_issue(item, proofed),
        people=in_print.named_in((a.value.name, a.value.offices) for a in proofed.annotations if isinstance(a.value, PersonValue)),
        values=tuple(dict.fromkeys(read for a in proofed.annotations if (read := _read_as(text, a)))),
    )


def _in_issue(item: DeskItem, proofed: findings.Proofed) -> tuple[Finding, ...]:
    looked_over, own = survey.remembered(item.issue), {(finding.code, finding.start, finding.end) for finding in proofed.findings}
    found = looked_over.findings.get(item.number, ()) if looked_over else ()
    return tuple(finding for finding in found if (finding.code, finding.start, finding.end) not in own)


def _notes(found: Sequence[Finding], text: str) -> tuple[Note, ...]:
    return tuple(
        Note(number, findings.name_of(finding, text), finding, is_replacement(finding) and finding.start is not None)
        for number, finding in enumerate(found, 1)
    )


def _paragraphs(text: str) -> list[tuple[int, int]]:
    out, at = [], 0
    for line in text.split("\n"):
        out.append((at, at + len(line)))
        at += len(line) + 1
    return out


def _marked(annotation: Annotation) -> marks.Name | None:
    match annotation.value:
        case PersonValue(name=name):
            return marks.Name("person", annotation.start, annotation.end, person=name)
        case DateValue(starts_on=first, ends_on=last):
            return marks.Name("date", annotation.start, annotation.end, starts_on=first, ends_on=last)
    return None


def _read_as(text: str, annotation: Annotation) -> ReadAs | None:
    """What a date, sum or quantity is read as; None where that says no more than the words do."""
    said, chosen = text[annotation.start:annotation.end], language()
    about = words.say(chosen, "about") if getattr(annotation.value, "approximate", False) else ""
    match annotation.value:
        case DateValue(starts_on=first, ends_on=last):
            return ReadAs(said, _day(first) if first == last else f"{first} — {last}")
        case MoneyValue(amount=amount, currency=currency) if amount is not None:
            return ReadAs(said, f"{about}{amount:,} {currency}")
        case QuantityValue(number=number, unit=unit, of=of) if number is not None and of:
            return ReadAs(said, f"{about}{number:,} {unit} {of}")
    return None


def _day(day: str) -> str:
    return f"{day} {words.say(language(), 'weekday_names').split()[date.fromisoformat(day).weekday()]}"


# ---- where it comes from ----


def _beside(item: DeskItem, held: sources.Sources) -> Beside:
    text, spans = items.whole(item.headline, item.text), list(enumerate(held.clauses, 1))
    return Beside(
        text=marked.linked(text, 0, len(text), [(c.start, c.end, n) for n, c in spans], marked.PROPOSED) if held.clippings else (),
        sources=tuple(_source(clipping, [
            (c.source_start, c.source_end, n) for n, c in spans if c.clipping == clipping.number]) for clipping in held.clippings),
        unsourced=tuple(Unsourced(foreign.text, REASONS[foreign.reason][language() == "en"]) for foreign in held.foreign),
    )


def _source(clipping: Clipping, spans: list[tuple[int, int, int]]) -> SourceText:
    text = clipping.item.text
    return SourceText(clipping, marked.linked(text, 0, len(text), spans, marked.SOURCE), len(spans))
