"""Who is signed in, for how long, and what becomes of a request that lacks it: nothing that was written in a form is lost."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from yuebao.desk import offices
from yuebao.desk.models import Account
from yuebao.desk.permissions import may
from yuebao.errors import UsageError
from yuebao.web.frame import told

BACKEND = "django.contrib.auth.backends.ModelBackend"
UNTIL = "until"  # when the session ends, in seconds since 1970: a signed cookie cannot be ended otherwise
KEPT = "kept:"  # before the names of the fields of a form that came without a session
# where one arrives, by what one may: name of the address, action
ARRIVALS = (("desk", "read desk"), ("my-copy", "submit copy"), ("accounts", "manage accounts"), ("issues", "read archive"))


def begin(request: HttpRequest, account: Account) -> None:
    """Sign the account in for as long as the office has settled; ended by closing the browser."""
    login(request, account, BACKEND)
    request.session[UNTIL] = int(time.time()) + 3600 * int(offices.setting("session_hours"))


def account_of(request: HttpRequest) -> Account | None:
    """The account that is signed in, else None; a session that has run out is ended."""
    account: Any = request.user  # type: ignore[attr-defined]
    if not account.is_authenticated:
        return None
    if request.session.get(UNTIL, 0) <= time.time():
        logout(request)
        return None
    return account


def arrival(account: Account, asked: str = "") -> str:
    """The address to go to after signing in: the one asked for where it is one of ours, else the first that the account may open."""
    if is_ours(asked):
        return asked
    for name, action in ARRIVALS:
        if may(account, action):
            try:
                return reverse(name)
            except NoReverseMatch:
                continue
    return reverse("own-account")


def is_ours(address: str) -> bool:
    """Whether an address leads to a page of this host, said without the host."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


def asked_to_sign_in(request: HttpRequest) -> HttpResponse:
    """What a request without a session gets: the page to sign in, which brings it back; a form is kept on that page and sent on after.

    A part of a page that htmx sends is told so, and what was written stays where it is.
    """
    is_part = "HX-Request" in request.headers and "HX-Boosted" not in request.headers
    if is_part or request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        answer = told(request, UsageError("E232"))
        if is_part and request.method == "GET":
            answer.headers["HX-Redirect"] = reverse("sign-in")
        return answer
    if request.method in ("GET", "HEAD"):
        return HttpResponseRedirect(f"{reverse('sign-in')}?{urlencode({'next': request.get_full_path()})}")
    kept = [(KEPT + name, value) for name, values in request.POST.lists() if _is_kept(name) for value in values]
    waiting = {"carried_to": request.get_full_path(), "kept": kept, "has_files": bool(request.FILES)}
    return render(request, "desk/sign_in.html", waiting, status=401)


def kept_of(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of the form that is waiting on the page to sign in, under the names that they bear there."""
    return [(name, value) for name, values in request.POST.lists() if name.startswith(KEPT) for value in values]


def _is_kept(name: str) -> bool:
    return name != "csrfmiddlewaretoken" and "password" not in name
