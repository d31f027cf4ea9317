"""三审 in the browser: one item at its page, those that wait for a level in one list, and what was done on paper entered after."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yuebao.desk import issues, reviews
from yuebao.desk.permissions import may
from yuebao.errors import UsageError
from yuebao.web.desk import asked
from yuebao.web.desk.board import each, ticked, told_of
from yuebao.web.desk.items import item_of
from yuebao.web.searching import Leaves, page_of

ROWS = 50  # items on a page, each with its whole text


def waiting(request: HttpRequest, issue_id: int) -> HttpResponse:
    """The items that wait for a review: for `level`, by default the first that the account may give."""
    issue, by = issues.get(issue_id), asked.account_of(request)
    own = [level for level in reviews.LEVELS if may(by, f"review {level}")]
    level = request.GET.get("level") or next(iter(own), "first")
    if level not in reviews.LEVELS:
        raise UsageError("E206", reason=level)
    rows = reviews.waiting(issue, level)
    leaves = Leaves(min(page_of(request.GET), -(-len(rows) // ROWS) or 1), -(-len(rows) // ROWS))
    return render(request, "desk/reviews.html", {
        "issue": issue, "level": level, "rows": rows[(leaves.page - 1) * ROWS:leaves.page * ROWS], "leaves": leaves,
        "counts": list(zip(reviews.LEVELS, reviews.waiting_counts(issue), strict=True)),
    })


def review(request: HttpRequest, issue_id: int, number: int, level: str) -> HttpResponse:
    """One verdict on an item."""
    verdict = _verdict(request)
    reviews.review(
        item_of(issue_id, number).pk, level, verdict, seen=asked.number(request, "seen"), by=asked.account_of(request),
        note=asked.text(request, "note"))
    return asked.back(request, f"review_{verdict}", "desk-item", issue_id, number)


def review_ticked(request: HttpRequest, issue_id: int, level: str) -> HttpResponse:
    """The items ticked passed at a level."""
    issue, by = issues.get(issue_id), asked.account_of(request)
    result = each(ticked(request, issue), lambda item, seen: reviews.review(item.pk, level, "passed", seen=seen, by=by))
    told_of(request, result)
    return asked.back(request, "reviews_passed_n", "reviews", issue_id, n=result.done)


def enter(request: HttpRequest, issue_id: int, number: int) -> HttpResponse:
    """代录: a verdict that was given on paper, with a scan of it."""
    level, verdict = asked.text(request, "level"), _verdict(request)
    if level not in reviews.LEVELS:
        raise UsageError("E206", reason=level)
    person = asked.who_did(request, f"review {level}")
    reviews.review(
        item_of(issue_id, number).pk, level, verdict, seen=asked.number(request, "seen"), by=person, note=asked.text(request, "note"),
        entered_by=asked.account_of(request), scan=asked.scan(request))
    return asked.back(request, "review_entered", "desk-item", issue_id, number)


def submit(request: HttpRequest, issue_id: int, number: int) -> HttpResponse:
    """The item put before the first reviewer, or taken back before anybody has reviewed it."""
    found, seen, by = item_of(issue_id, number), asked.number(request, "seen"), asked.account_of(request)
    if asked.text(request, "step") == "recall":
        reviews.recall(found.pk, seen=seen, by=by)
        return asked.back(request, "item_recalled", "desk-item", issue_id, number)
    reviews.submit(found.pk, seen=seen, by=by)
    return asked.back(request, "item_submitted", "desk-item", issue_id, number)


def send_back(request: HttpRequest, issue_id: int, number: int) -> HttpResponse:
    """The item sent back to be edited, by anybody of the desk, with the reason."""
    found = item_of(issue_id, number)
    reviews.send_back(found.pk, seen=asked.number(request, "seen"), by=asked.account_of(request), note=asked.text(request, "note"))
    return asked.back(request, "review_returned", "desk-item", issue_id, number)


def _verdict(request: HttpRequest) -> str:
    verdict = asked.text(request, "verdict")
    if verdict not in reviews.VERDICTS:
        raise UsageError("E206", reason=verdict)
    return verdict
