"""What an answer is made of: frozen values, plain dictionaries by `to_dict`. Offsets are code points, half-open."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


class Answer:
    """Base of the answers: `to_dict` gives plain JSON, dates as ISO."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain dictionaries, lists, strings, numbers and None."""
        return {name: _plain(value) for name, value in asdict(self).items()}  # type: ignore[call-overload]


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(v) for name, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value


@dataclass(frozen=True, slots=True)
class Citation(Answer):
    """Where a statement stands: the issue by key, title and numbers, the item, the page as printed."""

    issue: str
    title: str
    year: int
    month: int | None
    issue_number: int | None
    serial_number: int | None
    published_on: date | None
    item: int
    page: int | None

    def text(self) -> str:
        """The citation as an office writes it: 《云陵月报》2025年第4期（总第88期）第6页."""
        when = f"{self.year}年第{self.issue_number}期" if self.issue_number is not None else _chinese_date(self.published_on, self.year)
        serial = f"（总第{self.serial_number}期）" if self.serial_number is not None else ""
        page = f"第{self.page}页" if self.page is not None else f"第{self.item}条"
        return f"《{self.title}》{when}{serial}{page}"


def _chinese_date(day: date | None, year: int) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else f"{year}年"


@dataclass(frozen=True, slots=True)
class Snippet(Answer):
    """A stretch of an item's text. `marks`: the spans of `text` that match; `is_cut_…`: whether more text stands there."""

    text: str
    marks: tuple[tuple[int, int], ...]
    is_cut_before: bool
    is_cut_after: bool


@dataclass(frozen=True, slots=True)
class Hit(Answer):
    """One item found. `issue` is the issue's key, `number` the item's; `headline_marks` are the matches within the headline.

    `column` is the title of its column, `column_path` those of all columns above it joined by " / "; both empty under no column.
    `passage` is where the line of the item's text begins that holds the first match after the headline.
    """

    issue: str
    number: int
    headline: str | None
    headline_marks: tuple[tuple[int, int], ...]
    column: str
    column_path: str
    page: int | None
    starts_on: date | None
    ends_on: date | None
    snippet: Snippet
    citation: Citation
    passage: int


@dataclass(frozen=True, slots=True)
class Facets(Answer):
    """How the items found spread: values with their counts. Years and months (2025-04) newest first, the others most frequent first."""

    year: tuple[tuple[int, int], ...] = ()
    month: tuple[tuple[str, int], ...] = ()
    column: tuple[tuple[str, int], ...] = ()
    person: tuple[tuple[str, int], ...] = ()
    place: tuple[tuple[str, int], ...] = ()
    organisation: tuple[tuple[str, int], ...] = ()
    act: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResult(Answer):
    """`total` counts all items found, `hits` are those of the page asked for."""

    total: int
    hits: tuple[Hit, ...]
    facets: Facets


@dataclass(frozen=True, slots=True)
class Attestation(Answer):
    """见载: an office as quoted beside a person's name, how often, and the first and last day and place of its being printed.

    It says when the office was seen in print, not when it was held.
    """

    office: str
    count: int
    first_on: date | None
    last_on: date | None
    first: Citation
    last: Citation


@dataclass(frozen=True, slots=True)
class PersonRecord(Answer):
    """What is printed of a person: offices as quoted, in the order of their first appearance, and the items in time.

    `total` counts the items; `hits` are those asked for.
    """

    name: str
    offices: tuple[Attestation, ...]
    total: int
    hits: tuple[Hit, ...]


# ---- people and offices ----

Months = tuple[tuple[int, int, int], ...]  # year, month and how many items, in time; what is undated is not among them


@dataclass(frozen=True, slots=True)
class Quotation(Answer):
    """A sentence as printed. `mark`: the span of `text` that names whom it is quoted for; `on`: the day it speaks of, or None."""

    on: date | None
    text: str
    mark: tuple[int, int]
    citation: Citation


@dataclass(frozen=True, slots=True)
class Attested(Answer):
    """见载: an office as far as print attests it: `count` items, the first and the last quoted. It does not say when the office was held.

    `office` is one of its forms as written, the commonest that names the body, `post` the office with its place; `standing`: held,
    former (原), proposed (候选人), or what is no office: rank 职级, title 职称, honour 称号; `months`: how many items in which month.
    """

    office: str
    post: str
    standing: str
    written: tuple[tuple[str, int], ...]
    count: int
    first: Quotation
    last: Quotation
    months: Months

    def covers(self, on: date) -> bool:
        """Whether the day lies between the first and the last that print attests, both counted."""
        return (
            self.standing == "held" and self.first.on is not None and self.last.on is not None and self.first.on <= on <= self.last.on
        )


@dataclass(frozen=True, slots=True)
class Appointed(Answer):
    """任职, by the office's own table: the rows that begin and end it by date, deciding body and line; None where the table lacks one."""

    person: str
    office: str
    post: str
    from_on: date | None
    from_body: str | None
    from_line: int | None
    until_on: date | None
    until_body: str | None
    until_line: int | None

    def covers(self, on: date) -> bool:
        """Whether the table says that the office was held on that day; on the day of release it is not any more."""
        return self.from_on is not None and self.from_on <= on and (self.until_on is None or on < self.until_on)


@dataclass(frozen=True, slots=True)
class Someone(Answer):
    """One person of a name: `number` tells people of one name apart, by their first appearance in print.

    `names`: every form printed, with counts; `evidence`: why the mentions are taken for one person, with counts; `is_open`: mentions that
    may be any of several people's. `around`: where a day was asked for, the offices that are attested before or after it only.
    """

    name: str
    number: int
    names: tuple[tuple[str, int], ...]
    is_open: bool
    items: int
    evidence: tuple[tuple[str, int], ...]
    attested: tuple[Attested, ...]
    around: tuple[Attested, ...]
    appointed: tuple[Appointed, ...]
    first: Quotation
    last: Quotation


@dataclass(frozen=True, slots=True)
class WhoAnswer(Answer):
    """The people of a name; `on` is the day that was asked for: then only the offices of that day are given.

    `appointed`: rows of the office's table that fit none of the people, or several.
    """

    name: str
    on: date | None
    people: tuple[Someone, ...]
    appointed: tuple[Appointed, ...]


@dataclass(frozen=True, slots=True)
class Holder(Answer):
    """A person (name and number, as `who` gives them) and an office that print attests."""

    name: str
    number: int
    tenure: Attested


@dataclass(frozen=True, slots=True)
class OfficeAnswer(Answer):
    """Who is printed in an office and who was appointed to it, by the first day of each. `on`: the day asked for, or None.

    With a day `attested` are those whose first and last mention lie on both sides of it, `around` the nearest before and after.
    That nobody is given says that print names nobody, not that the office was vacant.
    """

    office: str
    on: date | None
    posts: tuple[str, ...]
    attested: tuple[Holder, ...]
    around: tuple[Holder, ...]
    appointed: tuple[Appointed, ...]


@dataclass(frozen=True, slots=True)
class OrderRow(Answer):
    """What the office's own table (order.tsv) says of two people: whether the one stands first, by these lines and their source."""

    is_one_first: bool
    one_line: int
    other_line: int
    source: str


@dataclass(frozen=True, slots=True)
class OrderAnswer(Answer):
    """How two people are ordered: in how many lists in print the one stands first and in how many the other, some of each quoted.

    `by_table` is the office's own table on that day, None where it does not have both, or no day was asked for.
    """

    one: str
    other: str
    on: date | None
    one_first: int
    other_first: int
    one_first_in: tuple[Quotation, ...]
    other_first_in: tuple[Quotation, ...]
    by_table: OrderRow | None


# ---- bodies, places, projects ----


@dataclass(frozen=True, slots=True)
class Named(Answer):
    """One organisation, place or project: `names` every form printed, with counts; `kind` or `code` where known; first and last quoted."""

    name: str
    number: int
    names: tuple[tuple[str, int], ...]
    kind: str | None
    code: str | None
    items: int
    months: Months
    first: Quotation
    last: Quotation


@dataclass(frozen=True, slots=True)
class Succession(Answer):
    """A row of the office's own table: from that day the body `before` is `after`; `line` is its line in successions.tsv."""

    before: str
    after: str
    from_on: str
    source: str
    line: int


@dataclass(frozen=True, slots=True)
class NamedRecord(Answer):
    """What is printed of a name of one layer: those who bear it, what they were and became, and the items in time.

    `total` counts the items; `hits` are those asked for.
    """

    layer: str
    name: str
    entries: tuple[Named, ...]
    successions: tuple[Succession, ...]
    total: int
    hits: tuple[Hit, ...]
