"""Decisions on findings, from the pages of items and issues: a form for each, and back to the page. Noted with who is signed in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from yuebao import archive
from yuebao.archive import register
from yuebao.errors import UsageError
from yuebao.web.frame import told

SEE_OTHER = 303


@require_POST
def judge(request: HttpRequest, key: str, position: int, number: int | None = None) -> HttpResponse:
    """Accept, waive or take up again the finding at a position of an issue, and go back to its item, or to the issue."""
    seen = request.POST.get("seen")
    match request.POST.get("decision"):
        case "accept":
            archive.accept(key, [position], decided_by(request), seen=seen)
        case "waive":
            archive.waive(key, position, request.POST.get("reason", ""), decided_by(request), seen=seen)
        case "unwaive":
            archive.unwaive(key, position, decided_by(request))
        case other:
            raise UsageError("E206", reason=str(other))
    page = reverse("issue", args=[key]) if number is None else reverse("item", args=[key, number])
    return HttpResponseRedirect(page, status=SEE_OTHER)


@require_POST
def revert(request: HttpRequest, key: str, digest: str) -> HttpResponse:
    """Take back a decision to accept: a new revision puts back what was corrected. Back to the issue."""
    register.undo(digest, decided_by(request))
    return HttpResponseRedirect(reverse("issue", args=[key]), status=SEE_OTHER)


def decided_by(request: HttpRequest) -> str | None:
    """The name of whoever is signed in, for the record; None in a home without accounts."""
    account: Any = request.user  # type: ignore[attr-defined]
    return account.full_name if account.is_authenticated else None


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What is said where a form does not come from a page of ours."""
    return told(request, UsageError("E206", reason=reason))
