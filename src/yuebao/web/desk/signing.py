"""签发: what is wanted, told as a list, what the proof finds certain, and the button; afterwards the files of the issue."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yuebao.desk import distribution, editions, issues, signing, standing
from yuebao.desk.models import Account, IssueStep, Scan
from yuebao.web.desk import asked


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, issue_id: int) -> HttpResponse:
    """The page of 签发, and 签发 itself by whoever is signed in."""
    if request.method == "POST":
        return _signed(request, issue_id, asked.account_of(request))
    found = issues.get(issue_id)
    lacks = standing.lacking(found, standing.counts_of(found))
    return render(request, "desk/signing.html", {
        "issue": found, "lacks": lacks, "is_ready": not any(lack.n for lack in lacks),
        "certain": signing.certain(found) if "proof" in request.GET else signing.certain_if_known(found),
        "signatories": asked.who_may("sign off"),
        "signed": IssueStep.objects.filter(issue=found, kind="signed").select_related("by", "entered_by").last(),
        "files": found.editions.defer("data").all(), "editions": editions.EDITIONS,
    })


@require_POST
def on_paper(request: HttpRequest, issue_id: int) -> HttpResponse:
    """签发 that was done on paper, entered for the signatory."""
    return _signed(request, issue_id, asked.who_did(request, "sign off"), asked.account_of(request), asked.scan(request))


@require_safe
def edition(request: HttpRequest, issue_id: int, edition: int) -> HttpResponse:
    """A file of the signed issue; that it was fetched is noted."""
    found = distribution.fetch(issues.get(issue_id), edition, by=asked.account_of(request))
    return asked.attached(found.name, editions.MEDIA_TYPES[found.format], bytes(found.data))


def _signed(
    request: HttpRequest, issue_id: int, by: Account, entered_by: Account | None = None, scan: Scan | None = None,
) -> HttpResponse:
    signing.sign(
        issue_id, seen=asked.number(request, "seen"), by=by, reason=asked.text(request, "reason"), entered_by=entered_by, scan=scan)
    return asked.back(request, "issue_signed", "signing", issue_id)
