"""The doors: for every address and method the action of the matrix that whoever opens it must be allowed (`desk.permissions`).

An address that stands not here opens to nobody, and a method that stands not in its row is not answered. Where no account exists yet,
the reading room is open, to this computer alone, as it always was, and the desk leads to the page that makes the first administrator.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from yuebao.desk.models import Account
from yuebao.desk.permissions import ACTIONS, may
from yuebao.errors import Both, UsageError, YuebaoError
from yuebao.web.desk.sessions import account_of, asked_to_sign_in
from yuebao.web.frame import coded, is_here, told

ANYONE = "anyone"  # signed in or not
SIGNED_IN = "signed in"

_READ = {"GET": "read archive"}
_EDIT = {"POST": "edit items"}
DOORS: dict[str, dict[str, str]] = {
    # reading room
    **dict.fromkeys((
        "issues", "source", "item", "issue", "search", "ask", "projects", "counts", "published", "brief",
        "latest-year", "year-taken",
        "person", "organisation", "place", "project",
    ), _READ),
    "saved": {"GET": "read archive", "POST": "read archive"},
    "year": {"GET": "read archive", "POST": "decide chronicle"},
    "judge": {"POST": "judge findings"},
    "revert": {"POST": "judge findings"},
}
READING_ROOM = frozenset(DOORS)
DOORS |= {
    # the desk: signing in
    "first-account": {"GET": ANYONE, "POST": ANYONE},
    "sign-in": {"GET": ANYONE, "POST": ANYONE},
    "sign-out": {"POST": ANYONE},
    "own-account": {"GET": SIGNED_IN, "POST": SIGNED_IN},
    # accounts, office, audit
    "accounts": {"GET": "manage accounts", "POST": "manage accounts"},
    "account": {"GET": "manage accounts", "POST": "manage accounts"},
    "account-password": {"POST": "manage accounts"},
    "account-unlock": {"POST": "manage accounts"},
    "office": {"GET": "settle office", "POST": "settle office"},
    "audit": {"GET": "read audit"},
    "audit-table": {"GET": "read audit"},
    # issues, sign-off, distribution, errata
    "desk": {"GET": "read desk", "POST": "open issues"},
    "desk-issue": {"GET": "read desk"},
    "issue-stage": {"POST": "advance issues"},
    "issue-numbers": {"POST": "open issues"},
    "imprint": {"GET": "open issues", "POST": "open issues"},
    "secrecy": {"POST": "review secrecy"},
    "secrecy-on-paper": {"POST": "enter for others"},
    "new-round": {"POST": "advance issues"},
    "round": {"GET": "read desk"},
    "step-file": {"GET": "read desk"},
    "signing": {"GET": "read desk", "POST": "sign off"},
    "sign-on-paper": {"POST": "enter for others"},
    "edition": {"GET": "fetch editions"},
    "distribution": {"GET": "distribute", "POST": "distribute"},
    "copies": {"POST": "distribute"},
    "copy-file": {"GET": "distribute"},
    "deposit": {"POST": "distribute"},
    "recipients": {"GET": "keep lists", "POST": "keep lists"},
    "recipient": {"POST": "keep lists"},
    "errata": {"GET": "correct issues", "POST": "correct issues"},
    "withdraw-erratum": {"POST": "correct issues"},
    "papers": {"GET": "read desk"},
    "paper": {"GET": "read desk"},
    "paper-file": {"GET": "read desk"},
    # copy, stories, contributors, commissions
    "copy": {"GET": "read desk", "POST": "submit copy"},
    "clipping": {"GET": "read desk"},
    "clipping-file": {"GET": "read desk"},
    "clipping-letter": {"GET": "read desk"},
    "withdraw-clipping": {"POST": "sort copy"},
    "my-copy": {"GET": "submit copy", "POST": "submit copy"},
    "my-clipping": {"GET": "submit copy", "POST": "submit copy"},
    "my-clipping-file": {"GET": "submit copy"},
    "inbox": {"GET": "read desk", "POST": "sort copy"},
    "gather": {"POST": "sort copy"},
    "story": {"GET": "read desk", "POST": "sort copy"},
    "contributors": {"GET": "keep lists", "POST": "keep lists"},
    "contributor": {"POST": "keep lists"},
    "used": {"GET": "commission"},
    "used-certificate": {"GET": "commission"},
    "commissions": {"GET": "commission", "POST": "commission"},
    "commission-letters": {"GET": "commission"},
    "commission": {"POST": "commission"},
    # board, item editor, reviews
    "board": {"GET": "read desk"},
    "board-survey": {"GET": "read desk"},
    "desk-item": {"GET": "read desk", "POST": "edit items"},
    "item-read": {"GET": "read desk"},
    "item-history": {"GET": "read desk"},
    "item-picture": {"GET": "read desk"},
    "reviews": {"GET": "read desk"},
    **dict.fromkeys((
        "board-move", "board-submit", "new-item", "item-restore", "item-withdraw", "item-take-up", "item-finding", "item-tables",
        "item-figure", "item-submit",
    ), _EDIT),
    "item-comment": {"POST": "comment"},
    "item-send-back": {"POST": "comment"},
    "review-on-paper": {"POST": "enter for others"},
    "review-first": {"POST": "review first"},
    "review-second": {"POST": "review second"},
    "review-final": {"POST": "review final"},
    "reviews-first": {"POST": "review first"},
    "reviews-second": {"POST": "review second"},
    "reviews-final": {"POST": "review final"},
}


class Doors:
    """Middleware: every request passes here before its view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:  # noqa: ARG002
        """None where the door is open; else what is said instead of the page."""
        try:
            return _at_the_door(request)
        except DatabaseError as error:
            return told(request, coded(error) or YuebaoError("E601"))


def _at_the_door(request: HttpRequest) -> HttpResponse | None:
    name = (request.resolver_match.url_name if request.resolver_match else None) or ""
    asked = DOORS.get(name)
    if asked is None:
        return told(request, UsageError("E221", reason=name))
    method = "GET" if request.method == "HEAD" else request.method
    if method not in asked:
        return HttpResponseNotAllowed([*asked, "HEAD"] if "GET" in asked else [*asked])
    if asked[method] == ANYONE:
        return None
    account = account_of(request)
    if account is None:
        return _without_account(request, name)
    if asked[method] != SIGNED_IN and not may(account, asked[method]):
        return told(request, UsageError("E221", reason=Both(ACTIONS[asked[method]][0], asked[method])))
    return None


def _without_account(request: HttpRequest, name: str) -> HttpResponse | None:
    """What nobody in particular gets: the reading room of a home without accounts, the way to the first one, or the page to sign in."""
    if Account.objects.exists():
        return asked_to_sign_in(request)
    if not is_here(request):
        return told(request, UsageError("E206", reason=request.META.get("REMOTE_ADDR", "")))
    return None if name in READING_ROOM else HttpResponseRedirect(reverse("first-account"))
