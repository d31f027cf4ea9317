"""组稿: the tasks of an issue or of a year, the form that asks, 组稿通知 and 催稿单 to print."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yuebao.desk import commissions, issues, offices
from yuebao.desk.models import Commission, Contributor, DeskIssue
from yuebao.errors import UsageError
from yuebao.web import words
from yuebao.web.desk import asked
from yuebao.web.templatetags.reading import language

DONE = {"remind": commissions.remind, "receive": commissions.receive, "excuse": commissions.excuse, "withdraw": commissions.withdraw}
KINDS = ("notice", "reminder")


@dataclass(frozen=True, slots=True)
class Task:
    """A task in the list; `is_late`: its day is past and it waits."""

    commission: Commission
    state: str
    is_waiting: bool
    is_late: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """What one unit is asked for: a page to print."""

    contributor: Contributor
    tasks: tuple[Commission, ...]


@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """The tasks by unit, of the issue asked for or of all that are in hand; and the form that asks several units at once."""
    if request.method == "POST":
        return _ask(request)
    in_hand = DeskIssue.objects.exclude(stage="signed").order_by("-year", "-number")
    issue = _issue(request)
    found = commissions.tasks(issue=issue) if issue else commissions.tasks(issue__in=in_hand)
    by_unit: dict[str, list[Task]] = defaultdict(list)
    for each in found.order_by("contributor__name", "due_on", "pk"):
        by_unit[each.contributor.name].append(_task(each))
    return render(request, "desk/commissions.html", {
        "chosen": issue, "in_hand": in_hand, "units": tuple(by_unit.items()), "contributors": Contributor.objects.filter(is_active=True),
    })


@require_POST
def step(request: HttpRequest, commission_id: int) -> HttpResponse:
    """Remind, receive, excuse or withdraw."""
    found = get_object_or_404(Commission.objects.select_related("issue", "contributor"), pk=commission_id)
    decision = request.POST.get("decision", "")
    if decision not in DONE:
        raise UsageError("E203", reason=decision, command="desk")
    DONE[decision](found, asked.account_of(request))
    messages.success(request, words.say(language(), "commission_done", name=found.contributor.name, subject=found.subject))
    return HttpResponseRedirect(f"{reverse('commissions')}?issue={found.issue_id}", status=asked.SEE_OTHER)


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """组稿通知 (all that is asked for) or 催稿单 (what is overdue or was reminded), a page a unit, to print."""
    issue, kind = _issue(request), request.GET.get("kind")
    if issue is None or kind not in KINDS:
        raise UsageError("E205", path=request.get_full_path())
    by_unit: dict[Contributor, list[Commission]] = defaultdict(list)
    for each in commissions.tasks(issue=issue, state__in=commissions.WAITING).order_by("contributor__name", "due_on"):
        if kind == "notice" or each.state == "reminded" or each.due_on < date.today():
            by_unit[each.contributor].append(each)
    return render(request, "desk/commission_letters.html", {
        "issue": issue, "kind": kind, "letters": tuple(Letter(unit, tuple(tasks)) for unit, tasks in by_unit.items()),
        "office": offices.setting("publisher") or issue.masthead.get("publisher"),
        "phone": offices.setting("phone") or issue.masthead.get("phone"), "on": date.today(),
    })


def _ask(request: HttpRequest) -> HttpResponse:
    issue, due_on = issues.get(asked.number(request, "issue")), asked.day(request, "due_on")
    units = Contributor.objects.filter(pk__in=[key for key in request.POST.getlist("contributor") if key.isdecimal()])
    if not units:
        raise UsageError("E203", reason="请选供稿单位", command="desk")
    for unit in units:
        commissions.ask(issue, unit, asked.text(request, "subject"), due_on, asked.account_of(request))
    messages.success(request, words.say(language(), "commission_asked", n=len(units)))
    return HttpResponseRedirect(f"{reverse('commissions')}?issue={issue.pk}", status=asked.SEE_OTHER)


def _issue(request: HttpRequest) -> DeskIssue | None:
    said = request.GET.get("issue", "")
    return issues.get(int(said)) if said.isdecimal() else None


def _task(each: Commission) -> Task:
    chosen = 1 if language() == "en" else 0
    is_waiting = each.state in commissions.WAITING
    return Task(each, commissions.STATES[each.state][chosen], is_waiting, is_waiting and each.due_on < date.today())
