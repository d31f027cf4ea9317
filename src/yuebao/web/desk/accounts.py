"""The pages of accounts: the list with a form for a new one, and each account with its roles, its lock and its password."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from yuebao.desk import accounts
from yuebao.desk.models import Account, Contributor
from yuebao.desk.permissions import ROLES
from yuebao.errors import UsageError
from yuebao.web import words
from yuebao.web.desk.signing_in import SEE_OTHER, password_of
from yuebao.web.templatetags.reading import language


@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """Every account; the form adds one."""
    said, trouble = request.POST, None
    if request.method == "POST":
        try:
            made = accounts.create(
                said.get("name", ""), said.get("full_name", ""), password_of(said), said.getlist("roles"), by=_by(request),
                contributor=_contributor(said))
        except UsageError as error:
            trouble = error
        else:
            return _told(request, reverse("accounts"), "account_made", made)
    shown = {
        "accounts": [(one, accounts.is_locked(one)) for one in accounts.listed()], "said": said, "trouble": trouble,
        **_choices(said.getlist("roles"), said.get("contributor", "")),
    }
    return render(request, "desk/accounts.html", shown, status=400 if trouble else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One account, to be changed."""
    account, trouble = _account(number), None
    if request.method == "POST":
        said = request.POST
        try:
            account = accounts.alter(
                account, full_name=said.get("full_name", ""), roles=said.getlist("roles"), is_active="is_active" in said,
                contributor=_contributor(said), by=_by(request))
        except UsageError as error:
            trouble = error
        else:
            return _told(request, reverse("accounts"), "account_saved", account)
    return _shown(request, account, trouble)


@require_POST
def password(request: HttpRequest, number: int) -> HttpResponse:
    """Give an account a new password."""
    account = _account(number)
    try:
        accounts.set_password(account, password_of(request.POST), by=_by(request))
    except UsageError as error:
        return _shown(request, _account(number), error)
    return _told(request, reverse("account", args=[number]), "password_set", account)


@require_POST
def unlock(request: HttpRequest, number: int) -> HttpResponse:
    """Let an account that is locked be tried again."""
    account = _account(number)
    accounts.unlock(account, by=_by(request))
    return _told(request, reverse("account", args=[number]), "account_unlocked", account)


def _shown(request: HttpRequest, account: Account, trouble: UsageError | None) -> HttpResponse:
    chosen = str(account.contributor_id or "")  # type: ignore[attr-defined]
    shown = {"account": account, "is_locked": accounts.is_locked(account), "trouble": trouble, **_choices(account.roles, chosen)}
    return render(request, "desk/account.html", shown, status=400 if trouble else 200)


def _told(request: HttpRequest, address: str, key: str, account: Account) -> HttpResponse:
    messages.success(request, words.say(language(), key, name=account.full_name))
    return HttpResponseRedirect(address, status=SEE_OTHER)


def _choices(roles: list[str], contributor: str) -> dict[str, Any]:
    """The roles and the 供稿单位 that a form offers, those chosen marked."""
    return {
        "roles": [(role, role in roles) for role in ROLES],
        "contributors": [(row, str(row.pk) == contributor) for row in Contributor.objects.filter(is_active=True)],
    }


def _account(number: int) -> Account:
    account = accounts.listed().filter(pk=number).first()
    if account is None:
        raise Http404
    return account


def _contributor(said: Any) -> Contributor | None:
    chosen = said.get("contributor", "")
    return Contributor.objects.filter(pk=int(chosen)).first() if chosen.isascii() and chosen.isdigit() and len(chosen) < 10 else None


def _by(request: HttpRequest) -> Account:
    account: Any = request.user  # type: ignore[attr-defined]
    return account
