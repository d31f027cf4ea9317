"""版面: the items of an issue in their columns and order; moved by drag, by buttons, or several at once; what the issue lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yuebao.desk import board, issues, reviews, survey
from yuebao.desk.models import DeskIssue, DeskItem
from yuebao.errors import UsageError
from yuebao.model import Finding
from yuebao.web.desk import asked, board_rows
from yuebao.web.desk.board_rows import SEVERITIES
from yuebao.web.desk.items import column_of
from yuebao.web.searching import Leaves, page_of
from yuebao.web.templatetags.reading import language

ROWS = 50  # items on a page of findings


@dataclass(frozen=True, slots=True)
class Each:
    """What came of doing something with many items: how many were done, and those left, with what was said of each."""

    done: int
    left: list[tuple[DeskItem, UsageError]]


def show(request: HttpRequest, issue_id: int) -> HttpResponse:
    """The board of an issue."""
    issue = issues.get(issue_id)
    lines, seen = board.lines(issue), survey.remembered(issue)
    return render(request, "desk/board.html", {
        "issue": issue, "columns": board_rows.columns(issue, lines, seen), "states": board_rows.states(lines),
        "items": len(lines), "length": sum(line.length for line in lines), "survey": seen,
        "withdrawn": board.withdrawn(issue), "known": board.columns_of(issue), "is_closed": issue.signed_at is not None,
    })


def look_over(request: HttpRequest, issue_id: int) -> HttpResponse:
    """The findings of the whole issue and what it lacks: a page, or, asked by the board, what the board shows of it."""
    issue = issues.get(issue_id)
    seen = survey.survey(issue)
    if request.headers.get("HX-Request"):
        return render(request, "desk/_board_survey.html", {"issue": issue, "survey": seen, "counts": board_rows.counts(seen)})
    counted = Counter(finding.severity for of_item in seen.findings.values() for finding in of_item)
    severity = request.GET.get("severity") or next((severity for severity in SEVERITIES if counted[severity]), "error")
    found = _found(board.lines(issue), seen, severity)
    leaves = Leaves(min(page_of(request.GET), -(-len(found) // ROWS) or 1), -(-len(found) // ROWS))
    return render(request, "desk/board_findings.html", {
        "issue": issue, "survey": seen, "found": found[(leaves.page - 1) * ROWS:leaves.page * ROWS], "leaves": leaves, "severity": severity,
        "severities": [(severity, counted[severity]) for severity in SEVERITIES if counted[severity]],
    })


def move(request: HttpRequest, issue_id: int) -> HttpResponse:
    """Moved: a column or an item a place up or down, an item before another (by drag), or those ticked to the end of a column."""
    issue, by = issues.get(issue_id), asked.account_of(request)
    if "column_step" in request.POST:
        step, _, path = asked.text(request, "column_step").partition(" ")
        board.step_column(issue, path, -1 if step == "up" else 1, by)
    elif "step" in request.POST:
        step, _, named = asked.text(request, "step").partition(" ")
        item, seen = _named(issue, named)
        board.step(item.pk, -1 if step == "up" else 1, seen, by)
    elif "item" in request.POST:
        item, seen = _named(issue, asked.text(request, "item"))
        before = asked.text(request, "before")
        board.move(item.pk, column_of(request), _named(issue, before)[0].pk if before else None, seen, by)
    else:
        column = column_of(request)
        moved = each(ticked(request, issue), lambda item, seen: board.move(item.pk, column, None, seen, by))
        return _done(request, issue, "board_moved_n", moved)
    return asked.back(request, "board_moved", "board", issue_id)


def submit(request: HttpRequest, issue_id: int) -> HttpResponse:
    """The items ticked, put before the first reviewer; those that are not being edited stay as they are."""
    issue, by = issues.get(issue_id), asked.account_of(request)
    submitted = each(ticked(request, issue), lambda item, seen: reviews.submit(item.pk, seen=seen, by=by))
    return _done(request, issue, "board_submitted", submitted)


def each(chosen: Iterable[tuple[DeskItem, int]], call: Callable[[DeskItem, int], object]) -> Each:
    """Do something with each item by itself: one that somebody has changed meanwhile, or that it cannot be done with, hinders no other."""
    done, left = 0, []
    for item, seen in chosen:
        try:
            call(item, seen)
            done += 1
        except UsageError as error:
            if error.code not in ("E222", "E223"):
                raise
            left.append((item, error))
    return Each(done, left)


def _found(lines: Iterable[board.Line], seen: survey.Survey, severity: str) -> list[tuple[board.Line | None, list[Finding]]]:
    """The findings of one severity: those of the issue itself, under None, then item by item as they stand."""
    rows = [(None, seen.findings.get(None, ())), *((line, seen.findings.get(line.number, ())) for line in lines)]
    chosen = ((line, [finding for finding in of_item if finding.severity == severity]) for line, of_item in rows)
    return [(line, of_item) for line, of_item in chosen if of_item]


def ticked(request: HttpRequest, issue: DeskIssue) -> list[tuple[DeskItem, int]]:
    """The items ticked, each with the version that was seen. Raises UsageError E203, E205."""
    seen = dict(_numbers(named) for named in request.POST.getlist("ticked"))
    found = {item.number: item for item in DeskItem.objects.filter(issue=issue, number__in=seen)}
    if len(found) < len(seen):
        raise UsageError("E205", path=f"/desk/{issue.pk}/board/")
    return [(found[number], version) for number, version in seen.items()]


def told_of(request: HttpRequest, result: Each) -> None:
    """Say on the next page what was left as it was, and why."""
    for item, error in result.left:
        messages.warning(request, f"{item.number} {item.headline}：{error.message(language())}")


def _done(request: HttpRequest, issue: DeskIssue, says: str, result: Each) -> HttpResponse:
    told_of(request, result)
    return asked.back(request, says, "board", issue.pk, n=result.done)


def _named(issue: DeskIssue, named: str) -> tuple[DeskItem, int]:
    """An item and the version seen, of `12:3`. Raises UsageError E203, E205."""
    number, seen = _numbers(named)
    item = DeskItem.objects.filter(issue=issue, number=number).first()
    if item is None:
        raise UsageError("E205", path=f"/desk/{issue.pk}/item/{number}/")
    return item, seen


def _numbers(named: str) -> tuple[int, int]:
    number, _, seen = named.partition(":")
    if not (number.isdecimal() and seen.isdecimal()):
        raise UsageError("E203", reason=f"item: {named}", command="desk")
    return int(number), int(seen)
