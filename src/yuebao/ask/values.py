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


@dataclass(frozen=True, slots=True)
class Facets(Answer):
    """How the items found spread: values with their counts. Years newest first, the others most frequent first."""

    year: tuple[tuple[int, int], ...] = ()
    column: tuple[tuple[str, int], ...] = ()
    person: tuple[tuple[str, int], ...] = ()


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
