"""The page of the audit log, newest first, and the same lines as a table for a spreadsheet."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yuebao.desk import accounts, audit
from yuebao.desk.audit_words import ACTIONS
from yuebao.desk.models import AuditEntry
from yuebao.web import words
from yuebao.web.searching import Leaves
from yuebao.web.templatetags.reading import language

ON_A_PAGE = 100


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """A page of the log, by person, action and days."""
    asked = _asked(request)
    page = Paginator(_found(asked), ON_A_PAGE).get_page(request.GET.get("page"))
    people = _people()
    shown = {
        "entries": [(entry, people.get(entry.by, entry.by)) for entry in page.object_list], "count": page.paginator.count,
        "leaves": Leaves(page.number, page.paginator.num_pages), "asked": asked, "people": people, "actions": list(ACTIONS),
    }
    return render(request, "desk/audit.html", shown)


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """The lines found as CSV."""
    made = audit.csv_of(_found(_asked(request)).iterator())
    name = f'attachment; filename="yuebao-audit-{date.today():%Y%m%d}.csv"'
    return HttpResponse(made, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": name})


def _people() -> dict[str, str]:
    """Whoever stands in the log: the account's name, and how the page calls its owner."""
    known = accounts.listed().values_list("name", "full_name")
    named = {name: full_name if full_name == name else f"{full_name}（{name}）" for name, full_name in known}
    return {audit.PROGRAM: words.say(language(), "audit_program"), **named}


def _asked(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "").strip() for name in ("by", "action", "from", "to")}


def _found(asked: dict[str, str]) -> QuerySet[AuditEntry]:
    return audit.lines(asked["by"], asked["action"], _day(asked["from"]), _day(asked["to"]))


def _day(text: str) -> Any:
    """The day of 2026-01-05; None for anything else, so that a wrong one narrows nothing."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
