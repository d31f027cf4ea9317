"""A year out of its months: what is held of it, the chronicle with the fate of every event, and both books to take away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from yuebao.archive.models import StoredIssue
from yuebao.ask import rolling
from yuebao.ask.rolling import Fated
from yuebao.ask.rolling.fates import WORDS
from yuebao.errors import ArchiveError, UsageError
from yuebao.model import Issue
from yuebao.spreadsheet import csv_of
from yuebao.web.asking import series_asked
from yuebao.web.judging import SEE_OTHER
from yuebao.web.publishing import file_of
from yuebao.web.searching import Leaves, page_of

ON_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class YearPage:
    """A year: the coverage of its issues (heading, rows), how many events met which fate, and those of one fate, a page of them."""

    year: int
    years: tuple[int, ...]
    coverage: tuple[list[str], ...]
    missing: tuple[int, ...]
    counts: tuple[tuple[str, str, int], ...]
    fate: str
    events: tuple[Fated, ...]
    leaves: Leaves


@require_safe
def latest(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """To the latest year of which something is held. Raises ArchiveError E404 where nothing is."""
    found = StoredIssue.objects.order_by("-year").values_list("year", flat=True).first()
    if found is None:
        raise ArchiveError("E404", key="year")
    return HttpResponseRedirect(reverse("year", args=[found]))


@require_http_methods(["GET", "HEAD", "POST"])
def year(request: HttpRequest, year: int) -> HttpResponse:
    """The year's page; a form on it decides on an event, by whom and why."""
    if request.method == "POST":
        return _decided(request, year)
    series = rolling.series_of(series_asked(request.GET))
    made = rolling.chronicle(year, series.title)
    covered = rolling.coverage(year, series)
    fate = request.GET.get("fate", "in")
    of_fate = made.of(fate) if fate in WORDS else ()  # type: ignore[arg-type]
    pages = max(-(-len(of_fate) // ON_A_PAGE), 1)
    at = min(page_of(request.GET), pages)
    shown = YearPage(
        year, tuple(StoredIssue.objects.filter(series=series).order_by("-year").values_list("year", flat=True).distinct()),
        tuple(covered.rows()), covered.missing,
        tuple((name, said, len(made.of(name))) for name, said in WORDS.items()), fate,  # type: ignore[arg-type]
        tuple(of_fate[(at - 1) * ON_A_PAGE:at * ON_A_PAGE]), Leaves(at, pages))
    return render(request, "web/year.html", {"page": shown})


def _decided(request: HttpRequest, year: int) -> HttpResponse:
    said = request.POST
    account: Any = getattr(request, "user", None)
    by = account.full_name if account and account.is_authenticated else said.get("by", "").strip()
    if not (by and said.get("reason", "").strip()):
        raise UsageError("E203", reason="认定须写明理由和认定人 / a reason and a name are wanted", command="chronicle")
    rolling.decide([said.get("event", "")], said.get("fate", ""), said["reason"].strip(), by)  # type: ignore[arg-type]
    return HttpResponseRedirect(f"{reverse('year', args=[year])}?fate={said.get('fate', 'in')}", status=SEE_OTHER)


@require_safe
def taken(request: HttpRequest, year: int, what: str, format: str) -> HttpResponse:
    """The digest, or the chronicle (clean, or with its citations), as a file; or a table of the chronicle as CSV."""
    if what in _TABLES and format == "csv":
        rows = _TABLES[what](year, series_asked(request.GET))
        response = HttpResponse(csv_of(rows), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{year}-{what}.csv"'
        return response
    if what not in _BOOKS:
        raise UsageError("E203", reason=f"{what}；可用 / known: {'、'.join((*_BOOKS, *_TABLES))}", command="chronicle")
    document = _BOOKS[what](year, series_asked(request.GET))
    return file_of(document, f"{document.masthead.title}{year}", format)


def _digest(year: int, title: str | None) -> Issue:
    series = rolling.series_of(title)
    return rolling.digest_document(year, series, rolling.events_of(year, series))


_BOOKS: dict[str, Callable[[int, str | None], Issue]] = {
    "digest": _digest,
    "chronicle": lambda year, title: rolling.chronicle_document(rolling.chronicle(year, title)),
    "cited": lambda year, title: rolling.chronicle_document(rolling.chronicle(year, title), is_cited=True),
}
_TABLES: dict[str, Callable[[int, str | None], list[list[str]]]] = {
    "fates": lambda year, title: rolling.fate_rows(rolling.chronicle(year, title)),
    "turns": lambda year, title: rolling.turn_rows(rolling.chronicle(year, title)),
    "coverage": lambda year, title: rolling.coverage(year, rolling.series_of(title)).rows(),
}
