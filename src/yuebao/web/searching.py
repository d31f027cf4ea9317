"""What the page of search shows: what was asked, a page of hits, the facets that narrow them; and the searches that are saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from yuebao import ask
from yuebao.ask.queries import FIELDS
from yuebao.ask.search_saved import PARAMETERS, arguments_of, forget_search, save_search, saved_searches
from yuebao.errors import UsageError
from yuebao.web.judging import SEE_OTHER

ON_A_PAGE = 20
# The index makes room for all hits up to the page asked for; more is not asked of it, whatever an address says.
MOST_PAGES = 5000
FACETS = ("year", "month", "column", "person", "place", "organisation", "act")
# the fields of the form, written into the query, and their labels
ADDED = {
    "person": "person", "place": "place", "organisation": "organisation", "project": "project", "office": "offices", "column": "column",
    "without": "without",
}
# how a query is written, by example
WAYS = (
    ("“老旧小区 改造”", "way_phrase"), ("防汛 -会商　　防汛 不含 会商", "way_without"),
    ("人物： 地名： 机构： 项目： 职务： 栏目： 年份：", "way_field"),
    ("2025-03..2025-05　　2025年3月—5月　　日期：2025年3月", "way_days"), ("１２＝12　　雲＝云", "way_traditional"),
)
# so many values of a facet are shown at once, the rest behind a fold
FACET_HEAD = 10


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked; what was not, or cannot be understood, is None."""

    words: str
    from_: date | None
    to: date | None
    year: int | None
    month: str | None
    column: str | None
    person: str | None
    place: str | None
    organisation: str | None
    act: str | None
    order: Literal["date", "relevance"]
    page: int

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.chosen)

    @property
    def chosen(self) -> tuple[tuple[str, object], ...]:
        """The conditions beside the words: the name of each and its value."""
        every = (*((name, getattr(self, name)) for name in FACETS), ("from", self.from_), ("to", self.to))
        return tuple((name, value) for name, value in every if value)


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    head: tuple[tuple[object, int], ...]
    rest: tuple[tuple[object, int], ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved search: its name, the address that runs it, whether it is the one shown."""

    name: str
    address: str
    is_here: bool


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
    facets: tuple[Facet, ...] = ()
    leaves: Leaves = Leaves(1, 0)
    saved: tuple[Saved, ...] = ()
    similar: tuple[ask.Hit, ...] = ()
    wrong: UsageError | None = None
    added: tuple[tuple[str, str], ...] = tuple(ADDED.items())
    ways: tuple[tuple[str, str], ...] = WAYS


def whole(text: str | None) -> int | None:
    """The number that the text says, if it is a plain one of up to nine digits."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def question_of(asked: Mapping[str, str]) -> Question:
    """The question in the parameters of an address; what makes no sense there counts as not asked."""
    known = arguments_of(asked)
    words = known.pop("query").replace("\0", "").strip()
    return Question(words=words, page=page_of(asked), **known)


def search_page(asked: Mapping[str, str]) -> SearchPage:
    """The answer to the question; no result where nothing was asked or the query is wrong. Past the last page, the last."""
    question, saved = question_of(asked), _saved(asked)
    if question.is_empty:
        return SearchPage(question, None, saved=saved)
    try:
        result = _answer(question)
    except UsageError as wrong:
        return SearchPage(question, None, saved=saved, wrong=wrong)
    if not result.hits and result.total:
        question = replace(question, page=leaves_of(1, result.total).of)
        result = _answer(question)
    facets = tuple(
        Facet(name, tuple(values[:FACET_HEAD]), tuple(values[FACET_HEAD:]))
        for name in FACETS if getattr(question, name) is None and (values := getattr(result.facets, name))
    )
    similar = () if result.total or question.chosen else ask.similar(question.words)
    return SearchPage(question, result, facets, leaves_of(question.page, result.total), saved, similar)


def _answer(question: Question) -> ask.SearchResult:
    counted = {name: getattr(question, name) for name in FACETS}
    return ask.search(
        question.words, from_=question.from_, to=question.to, order=question.order, limit=ON_A_PAGE, offset=(question.page - 1) * ON_A_PAGE,
        **counted,
    )


def with_fields(asked: QueryDict) -> str | None:
    """The address of the search with what was typed into the fields of the form written into its query; None where nothing was."""
    typed = [(name, value) for name in ADDED if (value := asked.get(f"add_{name}", "").strip())]
    if not any(name.startswith("add_") for name in asked):
        return None
    parts = [asked.get("q", "").strip()]
    for name, value in typed:
        written = f"“{value}”" if " " in value or "　" in value else value
        parts.append(f"-{written}" if name == "without" else f"{FIELDS[name][0]}：{written}")
    return _address({**{name: asked[name] for name in PARAMETERS if asked.get(name)}, "q": " ".join(filter(None, parts))})


# ---- saved searches ----


@require_POST
def saved(request: HttpRequest) -> HttpResponse:
    """Save the search of the form under its name and show it, or forget one."""
    if name := request.POST.get("forget"):
        forget_search(name)
        return HttpResponseRedirect(reverse("search"), status=SEE_OTHER)
    save_search(request.POST.get("name", ""), request.POST)
    return HttpResponseRedirect(_address({name: request.POST[name] for name in PARAMETERS if request.POST.get(name)}), status=SEE_OTHER)


def _saved(asked: Mapping[str, str]) -> tuple[Saved, ...]:
    here = {name: asked[name] for name in PARAMETERS if asked.get(name)}
    return tuple(Saved(name, _address(kept), kept == here) for name, kept in saved_searches().items())


def _address(asked: Mapping[str, str]) -> str:
    return f"{reverse('search')}?{urlencode(asked)}"


# ---- pages ----


def page_of(asked: Mapping[str, str]) -> int:
    """The page asked for, the first where none is named, at most MOST_PAGES."""
    return min(max(whole(asked.get("page")) or 1, 1), MOST_PAGES)


def leaves_of(page: int, total: int) -> Leaves:
    """Which page of how many, of so many hits in all."""
    return Leaves(page, -(-total // ON_A_PAGE))
