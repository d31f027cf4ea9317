"""勘误, 重印 and 收回 of a signed issue."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from yuebao.desk import distribution, errata, issues
from yuebao.desk.models import Account, DeskIssue
from yuebao.errors import UsageError
from yuebao.web.desk import asked


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, issue_id: int) -> HttpResponse:
    """What was put right of an issue; POST adds to it."""
    found = issues.get(issue_id)
    if request.method == "POST":
        _entered(request, found, asked.account_of(request))
        return asked.back(request, "erratum_kept", "errata", issue_id)
    is_signed = found.stage == "signed"
    return render(request, "desk/errata.html", {
        "issue": found, "is_signed": is_signed, "is_recalled": distribution.is_recalled(found), "errata": errata.of_issue(found),
        "items": errata.items_of(found) if is_signed else (),
    })


@require_POST
def withdraw(request: HttpRequest, issue_id: int, erratum: int) -> HttpResponse:
    """A 勘误 taken back."""
    errata.withdraw(issues.get(issue_id), erratum, by=asked.account_of(request))
    return asked.back(request, "erratum_withdrawn", "errata", issue_id)


def _entered(request: HttpRequest, issue: DeskIssue, by: Account) -> None:
    reason = asked.text(request, "reason")
    match asked.text(request, "kind"):
        case "correction":
            errata.correct(
                issue, asked.number(request, "item"), asked.text(request, "printed"), asked.text(request, "right"), by=by, reason=reason)
        case "reprint":
            errata.reprint(issue, asked.text(request, "what"), reason, by=by)
        case "recall":
            errata.recall(issue, reason, by=by)
        case other:
            raise UsageError("E203", reason=other, command="desk")
