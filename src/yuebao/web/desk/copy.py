"""来稿: what came in for an issue, by file or pasted; each text with what was left out and what to look at; a contributor's own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.fields.json import KT
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yuebao.compile.intake import FLAGS, REASONS
from yuebao.compile.register import Registered
from yuebao.compile.values import Clipping
from yuebao.desk import commissions, contributors, copy, issues, offices
from yuebao.desk.models import Commission, Contributor, DeskIssue, Scan, StoredClipping
from yuebao.desk.permissions import may
from yuebao.errors import UsageError
from yuebao.web import words
from yuebao.web.desk import asked, marked
from yuebao.web.searching import Leaves, page_of
from yuebao.web.templatetags.reading import language

ROWS = 50  # clippings on a page
STATES = ("new", "used", "dropped", "withdrawn")


@dataclass(frozen=True, slots=True)
class Row:
    """A clipping in the list, with how many passages of it are flagged."""

    clipping: StoredClipping
    flags: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of a filter: its value in the address, what it is called, how many there are."""

    value: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Flagged:
    """A flagged passage of a clipping, under its number."""

    number: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Read:
    """A clipping as it is shown: its headline, its paragraphs with the flags marked, what was left out and why."""

    headline: str | None
    paragraphs: tuple[SafeString, ...]
    flags: tuple[Flagged, ...]
    left_out: tuple[tuple[str, str], ...]


@require_http_methods(["GET", "HEAD", "POST"])
def copies(request: HttpRequest, issue_id: int) -> HttpResponse:
    """The copy of an issue: the list, and the forms that send; after sending, what became of each file."""
    issue = issues.get(issue_id)
    outcomes = _sent(request, issue) if request.method == "POST" else ()
    if outcomes and not may(asked.account_of(request), "read desk"):
        return render(request, "desk/my_copy.html", _own(request) | {"outcomes": outcomes})
    found = copy.clippings(issue)
    query = request.GET
    shown = found
    if (state := query.get("state")) in STATES:
        shown = shown.filter(state=state)
    if (sender := query.get("contributor", "")).isdecimal():
        shown = shown.filter(contributor=int(sender))
    page, total = page_of(query), shown.count()
    return render(request, "desk/copy.html", {
        "issue": issue, "outcomes": outcomes, "rows": _rows(shown.order_by("-number")[(page - 1) * ROWS:page * ROWS]),
        "leaves": Leaves(page, -(-total // ROWS)), "total": total, "states": _states(found), "senders": _senders(found),
        "contributors": Contributor.objects.filter(is_active=True), "query": query, "kinds": copy.ORIGIN_KINDS,
        "largest": copy.LARGEST // 2**20,
    })


@require_safe
def clipping(request: HttpRequest, issue_id: int, number: int) -> HttpResponse:
    """A clipping as it was read."""
    found = _clipping(issue_id, number)
    return render(request, "desk/clipping.html", {"issue": found.issue, "clipping": found, "read": read_of(found)})


@require_safe
def original(request: HttpRequest, issue_id: int, number: int) -> HttpResponse:  # noqa: ARG001
    """The bytes of a clipping as they came: to be kept, never shown within our pages."""
    return _attached(_clipping(issue_id, number))


@require_safe
def letter(request: HttpRequest, issue_id: int, number: int) -> HttpResponse:  # noqa: ARG001
    """The letter that a clipping came enclosed in, as it came."""
    found = get_object_or_404(Scan, pk=_clipping(issue_id, number).letter_id)
    return asked.attached(found.name, "application/octet-stream", bytes(found.data))


@require_POST
def withdraw(request: HttpRequest, issue_id: int, number: int) -> HttpResponse:
    """Take a clipping out of the copy with a reason, or take it back."""
    found = _clipping(issue_id, number)
    return _withdraw(request, found, "clipping", issue_id, number)


@require_http_methods(["GET", "HEAD", "POST"])
def my_copy(request: HttpRequest) -> HttpResponse:
    """A contributor's page: what is asked of it, the form that sends, what became of what it sent."""
    outcomes: tuple[copy.Outcome, ...] = ()
    if request.method == "POST":
        outcomes = _sent(request, issues.get(asked.number(request, "issue")))
    return render(request, "desk/my_copy.html", _own(request) | {"outcomes": outcomes})


@require_http_methods(["GET", "HEAD", "POST"])
def my_clipping(request: HttpRequest, clipping_id: int) -> HttpResponse:
    """A contributor's own clipping, to read and to withdraw."""
    found = get_object_or_404(copy.own_clippings(asked.account_of(request)), pk=clipping_id)
    if request.method == "POST":
        return _withdraw(request, found, "my-clipping", clipping_id)
    return render(request, "desk/my_clipping.html", {"clipping": found, "read": read_of(found)})


@require_safe
def my_original(request: HttpRequest, clipping_id: int) -> HttpResponse:
    """The bytes of a contributor's own clipping."""
    return _attached(get_object_or_404(copy.own_clippings(asked.account_of(request)), pk=clipping_id))


def read_of(stored: StoredClipping) -> Read:
    """What a page shows of a clipping."""
    read = copy.value_of(stored)
    chosen = 1 if language() == "en" else 0
    flags = tuple(Flagged(n, FLAGS[f.kind][chosen], read.item.text[f.start:f.end]) for n, f in enumerate(read.flags, 1))
    return Read(
        read.item.headline, marked.flagged(read.item.text, _start(read), read.flags), flags,
        tuple((left.text, REASONS[left.reason][chosen]) for left in read.left_out),
    )


# ---- parts ----


def _clipping(issue_id: int, number: int) -> StoredClipping:
    return get_object_or_404(
        StoredClipping.objects.select_related("issue", "contributor", "story", "received_by").defer("data", "story__made"),
        issue=issue_id, number=number)


def _sent(request: HttpRequest, issue: DeskIssue) -> tuple[copy.Outcome, ...]:
    """What became of the files and the pasted text of a form."""
    by, text = asked.account_of(request), request.POST.get("text", "")
    files = [(file.name or "", file.read()) for file in request.FILES.getlist("files")]
    if text.strip():
        files.append(copy.pasted(text))
    if not files:
        raise UsageError("E203", reason="没有选文件，也没有粘贴文字", command="desk")
    kind = asked.text(request, "origin_kind") or "contributed"
    if kind not in copy.ORIGIN_KINDS:
        raise UsageError("E203", reason=kind, command="desk")
    on = asked.day(request, "dated_on") if asked.text(request, "dated_on") else None
    said = Registered(kind, asked.text(request, "contributor") or None, asked.text(request, "outlet") or None, on)
    return copy.take_all(issue, files, by=by, said=said)


def _withdraw(request: HttpRequest, found: StoredClipping, page: str, *args: object) -> HttpResponse:
    """Withdraw a clipping, or take it back, and back to its page."""
    by = asked.account_of(request)
    if request.POST.get("decision") == "take_back":
        copy.take_back(found, by)
    else:
        copy.withdraw(found, asked.text(request, "reason"), by)
    return asked.back(request, "copy_decided", page, *args, n=found.number)


def _own(request: HttpRequest) -> dict[str, Any]:
    by = asked.account_of(request)
    own = copy.own_clippings(by)
    page, total = page_of(request.GET), own.count()
    tasks = commissions.tasks(contributor=by.contributor_id) if by.contributor_id else Commission.objects.none()
    return {
        "sender": by.contributor, "clippings": own[(page - 1) * ROWS:page * ROWS], "total": total,
        "leaves": Leaves(page, -(-total // ROWS)), "open_issues": DeskIssue.objects.exclude(stage="signed"),
        "counts": contributors.used_table(contributors.years()[0]) if offices.setting("show_counts_by_contributor") else None,
        "tasks": tasks.filter(state__in=commissions.WAITING), "largest": copy.LARGEST // 2**20,
    }


def _rows(found: QuerySet[StoredClipping]) -> tuple[Row, ...]:
    return tuple(Row(each, len(json.loads(each.flags or "[]"))) for each in found.annotate(flags=KT("document__flags")))


def _states(found: QuerySet[StoredClipping]) -> tuple[Choice, ...]:
    counts = dict(found.order_by().values_list("state").annotate(Count("pk")))
    return tuple(Choice(state, words.say(language(), f"copy_{state}"), counts[state]) for state in STATES if state in counts)


def _senders(found: QuerySet[StoredClipping]) -> tuple[Choice, ...]:
    sent = found.exclude(contributor=None).order_by("contributor__name").values_list("contributor", "contributor__name")
    return tuple(Choice(str(key), name, count) for key, name, count in sent.annotate(Count("pk")))


def _attached(found: StoredClipping) -> HttpResponse:
    return asked.attached(found.name, "application/octet-stream", bytes(found.data))


def _start(read: Clipping) -> int:
    return len(read.item.headline) + 1 if read.item.headline else 0
