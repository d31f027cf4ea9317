"""Signing in and out, and the first administrator of a new home."""

from __future__ import annotations

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from yuebao.desk import accounts
from yuebao.desk.models import Account
from yuebao.errors import UsageError
from yuebao.web.doors import is_here

SEE_OTHER = 303


@require_http_methods(["GET", "POST"])
def first_account(request: HttpRequest) -> HttpResponse:
    """The page that makes the first administrator: from this computer, and only where there is no account yet."""
    if Account.objects.exists() or not is_here(request):
        raise UsageError("E221", reason="first account")
    if request.method == "POST":
        said = request.POST
        account = accounts.create(said.get("name", ""), said.get("full_name", ""), said.get("password", ""), ["administrator"], by=None)
        login(request, account, "django.contrib.auth.backends.ModelBackend")
        return HttpResponseRedirect(reverse("issues"), status=SEE_OTHER)
    return render(request, "desk/first_account.html")


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page to sign in."""
    if request.method == "POST":
        account = authenticate(request, username=request.POST.get("name", ""), password=request.POST.get("password", ""))
        if account is not None:
            login(request, account)
            return HttpResponseRedirect(reverse("issues"), status=SEE_OTHER)
    return render(request, "desk/sign_in.html")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out, and back to the page to sign in."""
    logout(request)
    return HttpResponseRedirect(reverse("sign-in"), status=SEE_OTHER)
