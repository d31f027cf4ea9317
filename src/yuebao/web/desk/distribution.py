"""发送: the list of recipients; of an issue its numbered copies, 签收 and 退回, who fetched what, 样本送交."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yuebao import pipeline
from yuebao.desk import distribution, issues, recipients
from yuebao.desk.models import Fetch, IssueCopy, IssueStep, Recipient
from yuebao.errors import UsageError
from yuebao.publish.copies import marked_copy
from yuebao.web.desk import asked

LATEST = 50  # fetches shown


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, issue_id: int) -> HttpResponse:
    """The copies of an issue; POST sends it to whoever on the list has none yet."""
    found = issues.get(issue_id)
    if request.method == "POST":
        copies = distribution.distribute(found, by=asked.account_of(request))
        return asked.back(request, "copies_sent", "distribution", issue_id, n=len(copies))
    fetches = Fetch.objects.filter(edition__issue=found).select_related("by", "edition").defer("edition__data")
    return render(request, "desk/distribution.html", {
        "issue": found, "copies": list(IssueCopy.objects.filter(issue=found).select_related("recipient")),
        "waiting": Recipient.objects.filter(is_active=True).exclude(issue_copies__issue=found),
        "is_recalled": distribution.is_recalled(found), "fetches": fetches.order_by("-pk")[:LATEST],
        "deposits": IssueStep.objects.filter(issue=found, kind="deposited").select_related("by"),
    })


@require_POST
def copies(request: HttpRequest, issue_id: int) -> HttpResponse:
    """签收 or 退回 of the copies ticked."""
    found, chosen = issues.get(issue_id), [int(n) for n in request.POST.getlist("copy") if n.isdecimal() and len(n) < 9]
    by = asked.account_of(request)
    match asked.text(request, "what"):
        case "received":
            n = distribution.received(found, chosen, asked.text(request, "receiver"), by=by)
        case "returned":
            n = distribution.returned(found, chosen, by=by)
        case other:
            raise UsageError("E203", reason=other, command="desk")
    return asked.back(request, "copies_marked", "distribution", issue_id, n=n)


@require_safe
def copy(request: HttpRequest, issue_id: int, number: int) -> HttpResponse:
    """One numbered copy: the internal PDF with its number and the recipient's mark on every page; noted as fetched."""
    found, edition = distribution.fetch_copy(issues.get(issue_id), number, by=asked.account_of(request))
    name = f"{edition.name.removesuffix('.pdf')} {distribution.number_of(found)}.pdf"
    made = marked_copy(bytes(edition.data), distribution.mark_of(found), pipeline.default_setting())
    return asked.attached(name, "application/pdf", made)


@require_POST
def deposit(request: HttpRequest, issue_id: int) -> HttpResponse:
    """样本送交."""
    distribution.deposit(
        issues.get(issue_id), asked.text(request, "to"), asked.number(request, "copies"), asked.day(request, "on"),
        by=asked.account_of(request))
    return asked.back(request, "deposit_kept", "distribution", issue_id)


@require_http_methods(["GET", "HEAD", "POST"])
def recipient_list(request: HttpRequest) -> HttpResponse:
    """发送对象, and a new one."""
    if request.method == "POST":
        recipients.add(
            asked.text(request, "name"), asked.number(request, "copies"), asked.text(request, "mark"), by=asked.account_of(request))
        return asked.back(request, "recipient_kept", "recipients")
    every = list(Recipient.objects.order_by("-is_active", "name"))
    return render(request, "desk/distribution_recipients.html", {
        "recipients": every, "copies": sum(one.copies for one in every if one.is_active),
    })


@require_POST
def recipient(request: HttpRequest, recipient_id: int) -> HttpResponse:
    """Copies and mark of a recipient, or no longer sent to."""
    recipients.change(
        recipient_id, by=asked.account_of(request), copies=asked.number(request, "copies"), mark=asked.text(request, "mark"),
        is_active="is_active" in request.POST)
    return asked.back(request, "recipient_kept", "recipients")
