"""供稿单位 and 用稿统计: the list that is kept, the table of a year with its CSV, the 用稿证明 of one unit to print."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yuebao.desk import contributors, offices
from yuebao.desk.models import Contributor
from yuebao.spreadsheet import csv_of
from yuebao.web.desk import asked


@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """The contributors, and the form that adds one."""
    if request.method == "POST":
        added = contributors.add(asked.text(request, "name"), asked.account_of(request), asked.text(request, "contact"))
        return asked.back(request, "contributor_added", "contributors", name=added.name)
    held = Contributor.objects.annotate(
        sent=Count("clippings", filter=~Q(clippings__state="withdrawn"), distinct=True), people=Count("accounts", distinct=True))
    return render(request, "desk/contributors.html", {"contributors": held.order_by("-is_active", "name")})


@require_POST
def change(request: HttpRequest, contributor_id: int) -> HttpResponse:
    """Change a contributor."""
    found, name = get_object_or_404(Contributor, pk=contributor_id), asked.text(request, "name")
    contributors.change(
        found, asked.account_of(request), name=name, contact=asked.text(request, "contact"),
        is_active=asked.text(request, "is_active") == "on")
    return asked.back(request, "contributor_changed", "contributors", name=name)


@require_safe
def used(request: HttpRequest) -> HttpResponse:
    """用稿统计 of a year, as a page or as CSV."""
    year = _year(request)
    table = contributors.used_table(year)
    if request.GET.get("format") == "csv":
        return asked.attached(f"用稿统计{year}.csv", "text/csv; charset=utf-8", csv_of(table.rows()))
    keys = dict(Contributor.objects.values_list("name", "pk"))
    lines = [(line, keys.get(line.name)) for line in table.lines]
    return render(request, "desk/used.html", {"table": table, "lines": lines, "year": year, "years": contributors.years()})


@require_safe
def certificate(request: HttpRequest, contributor_id: int) -> HttpResponse:
    """用稿证明 of a unit for a year: what of its copy was used, to print."""
    found, year = get_object_or_404(Contributor, pk=contributor_id), _year(request)
    items = list(contributors.used_items(found, year))
    latest = items[-1].issue if items else None
    return render(request, "desk/used_certificate.html", {
        "contributor": found, "year": year, "items": items, "title": latest.title if latest else "",
        "office": offices.setting("publisher") or (latest.masthead.get("publisher") if latest else ""), "on": date.today(),
    })


def _year(request: HttpRequest) -> int:
    """The year asked for, else the latest."""
    said = request.GET.get("year", "")
    return int(said) if said.isdecimal() and len(said) == 4 else contributors.years()[0]
