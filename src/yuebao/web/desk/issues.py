"""The issues in hand; of one, how far it is and what is to be done: 稿次, 封面与版权页, 保密审查, 校次 and 核红."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yuebao.desk import issues, numbers, offices, rounds, standing
from yuebao.desk.models import DeskIssue, IssueStep
from yuebao.model import Editor, Finding, Json, Masthead
from yuebao.web.desk import asked
from yuebao.web.templatetags.reading import language

# the fields of the cover and imprint as a form has them, with the kind of the field
FIELDS = (
    ("title_pinyin", "text"), ("notice", "text"), ("motto", "text"), ("supervisor", "text"), ("sponsor", "text"), ("publisher", "text"),
    ("editors", "lines"), ("address", "text"), ("phone", "text"), ("email", "text"), ("distribution", "text"), ("place_line", "lines"),
    ("permit_number", "text"), ("printer", "text"), ("print_run", "number"), ("printed_on", "date"), ("published_on", "date"),
)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form of cover and imprint."""

    name: str
    kind: str
    value: str


@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    """The issues in hand and those signed off; the form that opens one."""
    if request.method == "POST":
        return _opened(request)
    counted = DeskIssue.objects.select_related("signed_by").annotate(
        held=Count("items", filter=~Q(items__state="withdrawn")), passed=Count("items", filter=Q(items__state="passed")))
    rows = list(counted.order_by("-year", "-number", "-pk"))
    return render(request, "desk/issues.html", {
        "in_hand": [row for row in rows if row.stage != "signed"], "signed": [row for row in rows if row.stage == "signed"],
        "proposed": _proposed(), "kinds": issues.KINDS,
    })


@require_safe
def issue(request: HttpRequest, issue_id: int) -> HttpResponse:
    """An issue in hand: the way it has gone, what is lacking, what can be done now."""
    found = issues.get(issue_id)
    counts = standing.counts_of(found)
    steps = IssueStep.objects.filter(issue=found).select_related("by", "entered_by").defer("details")
    return render(request, "desk/issue.html", {
        "issue": found, "counts": counts, "way": standing.steps_of(found, counts), "lacks": standing.lacking(found, counts),
        "history": list(steps.order_by("-pk")), "rounds": [_round(step) for step in rounds.rounds_of(found)],
        "next_stage": _neighbour(found.stage, 1), "stage_before": _neighbour(found.stage, -1),
        "secrecy_reviewers": asked.who_may("review secrecy"), "verdicts": issues.VERDICTS,
    })


@require_POST
def stage(request: HttpRequest, issue_id: int) -> HttpResponse:
    """To the next 稿次 or back to an earlier one."""
    found = issues.get(issue_id)
    now = issues.advance(
        found, asked.text(request, "stage"), seen=asked.number(request, "seen"), by=asked.account_of(request),
        note=asked.text(request, "note"))
    return asked.back(request, "stage_reached", "desk-issue", issue_id, stage=issues.STAGES[now.stage][language() == "en"])


@require_POST
def renumber(request: HttpRequest, issue_id: int) -> HttpResponse:
    """Other numbers for an issue in hand."""
    now = issues.renumber(
        issues.get(issue_id), asked.number(request, "number"), seen=asked.number(request, "seen"), by=asked.account_of(request),
        until_number=asked.number_or_none(request, "until_number"), serial_number=asked.number_or_none(request, "serial_number"),
        skip_reason=asked.text(request, "skip_reason") or None)
    return asked.back(request, "issue_renumbered", "desk-issue", now.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def imprint(request: HttpRequest, issue_id: int) -> HttpResponse:
    """Cover and imprint of an issue in hand."""
    found = issues.get(issue_id)
    if request.method == "POST":
        said = {name: _said(request, name, kind) for name, kind in FIELDS}
        issues.set_masthead(found, said, seen=asked.number(request, "seen"), by=asked.account_of(request))
        return asked.back(request, "imprint_saved", "desk-issue", issue_id)
    held = Masthead.from_dict(found.masthead)
    return render(request, "desk/issue_imprint.html", {
        "issue": found, "fields": [Field(name, kind, _shown(getattr(held, name))) for name, kind in FIELDS],
    })


@require_POST
def secrecy(request: HttpRequest, issue_id: int) -> HttpResponse:
    """保密审查 by whoever is signed in."""
    issues.secrecy(
        issues.get(issue_id), asked.text(request, "verdict"), by=asked.account_of(request), note=asked.text(request, "note"))
    return asked.back(request, "secrecy_kept", "desk-issue", issue_id)


@require_POST
def secrecy_on_paper(request: HttpRequest, issue_id: int) -> HttpResponse:
    """保密审查 that was done on paper, entered for whoever did it."""
    issues.secrecy(
        issues.get(issue_id), asked.text(request, "verdict"), by=asked.who_did(request, "review secrecy"),
        note=asked.text(request, "note"), entered_by=asked.account_of(request), scan=asked.scan(request))
    return asked.back(request, "secrecy_kept", "desk-issue", issue_id)


@require_POST
def new_round(request: HttpRequest, issue_id: int) -> HttpResponse:
    """The next proof: set here, or the printer's file."""
    done = issues.new_round(
        issues.get(issue_id), by=asked.account_of(request), is_last="is_last" in request.POST, printed=asked.file(request, "printed"))
    return asked.back(request, "round_kept", "round", issue_id, done.pk, n=done.details["found"])


@require_safe
def round_page(request: HttpRequest, issue_id: int, step: int) -> HttpResponse:
    """核红 of a round: what was decided, what of it was not carried out, what else moved."""
    found = _step(issue_id, step, kind="proof")
    every = [Finding.from_dict(data) for data in found.details["findings"]]
    return render(request, "desk/issue_round.html", {
        "issue": found.issue, "round": _round(found), "step": found, "details": found.details, "findings": every,
        "more": found.details["found"] - len(every),
    })


@require_safe
def scan(request: HttpRequest, issue_id: int, step: int) -> HttpResponse:  # noqa: ARG001
    """The file of a step: the proof of a round, the scan of what was done on paper."""
    found = _step(issue_id, step)
    if found.scan is None:
        raise Http404
    return asked.attached(found.scan.name, found.scan.media_type, bytes(found.scan.data))


def _opened(request: HttpRequest) -> HttpResponse:
    made = issues.open_issue(
        asked.text(request, "title"), asked.number(request, "year"), asked.number_or_none(request, "month"),
        asked.number(request, "number"), by=asked.account_of(request), kind=asked.text(request, "kind") or "regular",
        until_number=asked.number_or_none(request, "until_number"), serial_number=asked.number_or_none(request, "serial_number"),
        skip_reason=asked.text(request, "skip_reason") or None)
    return asked.back(request, "issue_opened", "desk-issue", made.pk)


def _proposed() -> dict[str, object]:
    """What the form that opens an issue is filled with: the office's title and the numbers after its last issue."""
    title = str(offices.setting("title")) or DeskIssue.objects.order_by("-pk").values_list("title", flat=True).first() or ""
    today = localdate()
    year, number, serial = numbers.next_of(title) if title else (None, 1, None)
    if year is None or number > 12:  # a new run, or a new year of it
        year, number = (year + 1, 1) if year else (today.year, today.month)
    return {"title": title, "year": year, "number": number, "month": number, "serial_number": serial or ""}


def _round(step: IssueStep) -> dict[str, Any]:
    told = {key: step.details[key] for key in ("decided", "carried_out", "found")}
    return {"pk": step.pk, "name": rounds.name_of(step), "step": step, **told}


def _step(issue_id: int, step: int, **of: str) -> IssueStep:
    found = IssueStep.objects.filter(issue_id=issue_id, pk=step, **of).select_related("issue", "by", "scan").first()
    if found is None:
        raise Http404
    return found


def _neighbour(stage: str, way: int) -> str | None:
    """The 稿次 before or after one, of those that are reached by a button."""
    order = list(issues.STAGES)[:-1]
    at = order.index(stage) + way if stage in order else -1
    return order[at] if 0 <= at < len(order) else None


def _said(request: HttpRequest, name: str, kind: str) -> Json:
    """A field of the form as the masthead has it."""
    if name == "editors":
        return [Editor(*_role_and_name(line)).to_dict() for line in asked.text(request, name).splitlines() if line.strip()]
    if kind == "number":
        return asked.number_or_none(request, name)
    return asked.text(request, name).replace("\r\n", "\n") or None


def _role_and_name(line: str) -> tuple[str, str]:
    role, _, name = line.strip().replace("\u3000", " ").partition(" ")
    return (role, name.strip()) if name.strip() else ("", role)


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "\n".join(f"{editor.role} {editor.name}" for editor in value)
    return "" if value is None else str(value)
