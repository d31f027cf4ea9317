"""Signing in and out, the first administrator of a new home, and one's own password."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from yuebao.desk import accounts
from yuebao.desk.models import Account
from yuebao.errors import Both, UsageError
from yuebao.web import words
from yuebao.web.desk import sessions
from yuebao.web.frame import is_here
from yuebao.web.templatetags.reading import language

SEE_OTHER = 303


@require_http_methods(["GET", "HEAD", "POST"])
def first_account(request: HttpRequest) -> HttpResponse:
    """The page that makes the first administrator: from this computer, and only where there is no account yet."""
    if Account.objects.exists():
        return HttpResponseRedirect(reverse("sign-in"))
    if not is_here(request):
        raise UsageError("E206", reason=request.META.get("REMOTE_ADDR", ""))
    said, trouble = request.POST, None
    if request.method == "POST":
        try:
            account = accounts.create_first(said.get("name", ""), said.get("full_name", ""), password_of(said))
        except UsageError as error:
            trouble = error
        else:
            sessions.begin(request, account)
            return HttpResponseRedirect(reverse("accounts"), status=SEE_OTHER)
    return render(request, "desk/first_account.html", {"said": said, "trouble": trouble}, status=400 if trouble else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page to sign in; then back to where one wanted to go, or on with the form that was waiting."""
    if not Account.objects.exists():
        return HttpResponseRedirect(reverse("first-account"))
    if request.method != "POST":
        return render(request, "desk/sign_in.html", {"next": request.GET.get("next", "")})
    said, trouble = request.POST, None
    try:
        account = accounts.sign_in(said.get("name", ""), said.get("password", ""), request.META.get("REMOTE_ADDR", ""))
    except UsageError as error:
        account, trouble = None, error
    kept, carried_to = sessions.kept_of(request), said.get("carried_to", "")
    if account is None:
        again = {"next": said.get("next", ""), "name": said.get("name", ""), "kept": kept, "carried_to": carried_to}
        return render(request, "desk/sign_in.html", {**again, "is_refused": True, "trouble": trouble}, status=429 if trouble else 401)
    sessions.begin(request, account)
    if sessions.is_ours(carried_to):
        waiting = {"address": carried_to, "fields": [(name.removeprefix(sessions.KEPT), value) for name, value in kept]}
        return render(request, "desk/carry_on.html", waiting)
    return HttpResponseRedirect(sessions.arrival(account, said.get("next", "")), status=SEE_OTHER)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out, and back to the page to sign in."""
    account = sessions.account_of(request)
    if account is not None:
        accounts.signed_out(account)
        logout(request)
    return HttpResponseRedirect(reverse("sign-in"), status=SEE_OTHER)


@require_http_methods(["GET", "HEAD", "POST"])
def own_account(request: HttpRequest) -> HttpResponse:
    """Whoever is signed in: name, roles, and a form to change the password."""
    account: Any = request.user  # type: ignore[attr-defined]
    trouble = None
    if request.method == "POST":
        try:
            accounts.change_password(account, request.POST.get("old_password", ""), password_of(request.POST))
        except UsageError as error:
            trouble = error
        else:
            sessions.begin(request, account)  # this session goes on, any other of the account has ended
            messages.success(request, words.say(language(), "password_changed"))
            return HttpResponseRedirect(reverse("own-account"), status=SEE_OTHER)
    return render(request, "desk/own_account.html", {"trouble": trouble}, status=400 if trouble else 200)


def password_of(said: Any) -> str:
    """The new password of a form, typed twice alike. Raises UsageError E231."""
    if said.get("password") != said.get("password_again"):
        raise UsageError("E231", reason=Both("两次输入的密码不同", "the two passwords differ"))
    return str(said.get("password", ""))
