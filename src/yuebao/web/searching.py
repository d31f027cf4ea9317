"""What the search page shows: the words and conditions asked for, a page of hits, the facets that narrow them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from yuebao import ask
from yuebao.archive.models import StoredIssue

ON_A_PAGE = 20
FACETS = ("year", "column", "person")
# so many values of a facet are shown at once, the rest behind a fold
FACET_HEAD = 10
ORDERS = ("date", "relevance")


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked; what was not, or cannot be understood, is None."""

    words: str
    from_: str | None
    to: str | None
    year: int | None
    column: str | None
    person: str | None
    order: str
    page: int

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.from_ or self.to or self.year or self.column or self.person)

    @property
    def chosen(self) -> tuple[tuple[str, object], ...]:
        """The conditions beside the words: the name of each and its value."""
        return tuple((name, value) for name in ("year", "column", "person", "from", "to") if (value := getattr(self, "from_" if name == "from" else name)))


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    head: tuple[tuple[object, int], ...]
    rest: tuple[tuple[object, int], ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    question: Question
    result: ask.SearchResult | None
    hits: tuple[tuple[StoredIssue, ask.Hit], ...]
    facets: tuple[Facet, ...]
    pages: int


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
        order=asked.get("order") if asked.get("order") in ORDERS else "date",
        page=max(whole(asked.get("page")) or 1, 1),
    )


def search_page(asked: Mapping[str, str]) -> SearchPage:
    """The answer to the question; no result where nothing was asked."""
    question = question_of(asked)
    if question.is_empty:
        return SearchPage(question, None, (), (), 0)
    result = ask.search(
        question.words, from_=question.from_, to=question.to, year=question.year, column=question.column, person=question.person,
        order=question.order, limit=ON_A_PAGE, offset=(question.page - 1) * ON_A_PAGE,
    )
    issues = {stored.key: stored for stored in StoredIssue.objects.select_related("series").filter(key__in={hit.issue for hit in result.hits})}
    facets = tuple(
        Facet(name, tuple(values[:FACET_HEAD]), tuple(values[FACET_HEAD:]))
        for name in FACETS if getattr(question, name) is None and (values := getattr(result.facets, name))
    )
    return SearchPage(question, result, tuple((issues[hit.issue], hit) for hit in result.hits), facets, -(-result.total // ON_A_PAGE))


def _day(text: str | None) -> str | None:
    try:
        return date.fromisoformat(text).isoformat() if text else None
    except ValueError:
        return None
