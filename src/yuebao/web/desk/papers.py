"""单据: to look at and print, as a Word file, as a table."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yuebao.desk import issues, papers
from yuebao.desk.models import DeskIssue
from yuebao.errors import UsageError
from yuebao.publish.paper import Paper, write_paper
from yuebao.spreadsheet import csv_of
from yuebao.web.desk import asked

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CHOICES = ("item", "to", "by", "stock", "binding", "print_run")


@require_safe
def listed(request: HttpRequest, issue_id: int) -> HttpResponse:
    """The papers of an issue, and what can be chosen for those that ask."""
    found = issues.get(issue_id)
    items = found.items.exclude(state="withdrawn").order_by("position", "number").values_list("number", "headline")
    return render(request, "desk/papers.html", {"issue": found, "kinds": list(papers.PAPERS), "items": items})


@require_safe
def paper(request: HttpRequest, issue_id: int, kind: str) -> HttpResponse:
    """A paper, to be printed."""
    found, made = _made(request, issue_id, kind)
    return render(request, "desk/paper.html", {"issue": found, "paper": made, "kind": kind, "chosen": request.GET.urlencode()})


@require_safe
def paper_file(request: HttpRequest, issue_id: int, kind: str, format: str) -> HttpResponse:
    """A paper as a Word file, or its table for a spreadsheet."""
    found, made = _made(request, issue_id, kind)
    name = f"{issues.name_of(found)}{made.title}"
    match format:
        case "docx":
            return asked.attached(f"{name}.docx", WORD, write_paper(made))
        case "csv":
            return asked.attached(f"{name}.csv", "text/csv; charset=utf-8", csv_of([made.columns, *made.rows]))
    raise UsageError("E205", path=request.path)


def _made(request: HttpRequest, issue_id: int, kind: str) -> tuple[DeskIssue, Paper]:
    found = issues.get(issue_id)
    return found, papers.of(kind, found, {name: request.GET.get(name, "").strip() for name in CHOICES})
