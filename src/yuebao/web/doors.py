"""The doors: for every address and method the action of the matrix that whoever opens it must be allowed (`desk.permissions`).

An address that stands not here opens to nobody. Where no account exists yet, the reading room is open, to this computer alone, as it
always was, and the desk leads to the page that makes the first administrator.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yuebao.desk.models import Account
from yuebao.desk.permissions import may
from yuebao.errors import UsageError

ANYONE = "anyone"  # signed in or not
SIGNED_IN = "signed in"

_READ = {"GET": "read archive"}
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
    "sign-out": {"POST": SIGNED_IN},
}


class Doors:
    """Middleware: every request passes here before its view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:  # noqa: ARG002
        name = request.resolver_match.url_name if request.resolver_match else None
        method = "GET" if request.method == "HEAD" else request.method
        asked = DOORS.get(name or "", {})
        if not asked:
            raise UsageError("E221", reason=str(name))
        if method not in asked:
            return None  # the view says which methods it knows
        action = asked[method]
        if action == ANYONE:
            return None
        if not Account.objects.exists():
            if name in READING_ROOM and is_here(request):
                return None
            return HttpResponseRedirect(reverse("first-account"))
        account: Any = request.user  # type: ignore[attr-defined]
        if not account.is_authenticated:
            return HttpResponseRedirect(f"{reverse('sign-in')}?next={request.get_full_path()}")
        if action != SIGNED_IN and not may(account, action):
            raise UsageError("E221", reason=action)
        return None


def is_here(request: HttpRequest) -> bool:
    """Whether the request comes from this computer."""
    return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "0.0.0.0")).is_loopback
