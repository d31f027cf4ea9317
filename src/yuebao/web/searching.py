"""What the page of search shows: what was asked, a page of hits, the facets that narrow them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from yuebao import ask

ON_A_PAGE = 20
# The index makes room for all hits up to the page asked for; more is not asked of it, whatever an address says.
MOST_PAGES = 5000
FACETS = ("year", "column", "person")
# so many values of a facet are shown at once, the rest behind a fold
FACET_HEAD = 10


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked; what was not, or cannot be understood, is None."""

    words: str
    from_: date | None
    to: date | None
    year: int | None
    column: str | None
    person: str | None
    order: Literal["date", "relevance"]
    page: int

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.from_ or self.to or self.year or self.column or self.person)

    @property
    def chosen(self) -> tuple[tuple[str, object], ...]:
        """The conditions beside the words: the name of each and its value."""
        every = (("year", self.year), ("column", self.column), ("person", self.person), ("from", self.from_), ("to", self.to))
        return tuple((name, value) for name, value in every if value is not None)


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    head: tuple[tuple[object, int], ...]
    rest: tuple[tuple[object, int], ...]


@dataclass(frozen=True, slots=True)
class Leaves:
    """Which page of how many: `first` is the number of its first hit."""

    page: int
    of: int

    @property
    def first(self) -> int:
        return (self.page - 1) * ON_A_PAGE + 1

    @property
    def before(self) -> int | None:
        return self.page - 1 or None

    @property
    def after(self) -> int | None:
        return self.page + 1 if self.page < self.of else None


@dataclass(frozen=True, slots=True)
class SearchPage:
    question: Question
    result: ask.SearchResult | None
    facets: tuple[Facet, ...]
    leaves: Leaves


def whole(text: str | None) -> int | None:
    """The number that the text says, if it is a plain one of up to nine digits."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def question_of(asked: Mapping[str, str]) -> Question:
    """The question in the parameters of an address; what makes no sense there counts as not asked."""
    return Question(
        words=asked.get("q", "").replace("\0", "").strip(),
        from_=_day(asked.get("from")),
        to=_day(asked.get("to")),
        year=whole(asked.get("year")),
        column=asked.get("column") or None,
        person=asked.get("person") or None,
        order="relevance" if asked.get("order") == "relevance" else "date",
        page=page_of(asked),
    )


def search_page(asked: Mapping[str, str]) -> SearchPage:
    """The answer to the question; no result where nothing was asked. Past the last page, the last."""
    question = question_of(asked)
    if question.is_empty:
        return SearchPage(question, None, (), Leaves(1, 0))
    result = _answer(question)
    if not result.hits and result.total:
        question = replace(question, page=leaves_of(1, result.total).of)
        result = _answer(question)
    facets = tuple(
        Facet(name, tuple(values[:FACET_HEAD]), tuple(values[FACET_HEAD:]))
        for name in FACETS if getattr(question, name) is None and (values := getattr(result.facets, name))
    )
    return SearchPage(question, result, facets, leaves_of(question.page, result.total))


def _answer(question: Question) -> ask.SearchResult:
    return ask.search(
        question.words, from_=question.from_, to=question.to, year=question.year, column=question.column, person=question.person,
        order=question.order, limit=ON_A_PAGE, offset=(question.page - 1) * ON_A_PAGE,
    )


def page_of(asked: Mapping[str, str]) -> int:
    """The page asked for, the first where none is named, at most MOST_PAGES."""
    return min(max(whole(asked.get("page")) or 1, 1), MOST_PAGES)


def leaves_of(page: int, total: int) -> Leaves:
    """Which page of how many, of so many hits in all."""
    return Leaves(page, -(-total // ON_A_PAGE))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
