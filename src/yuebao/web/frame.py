"""What surrounds every page: the language chosen, the headers that keep the page at home, errors told in the one envelope."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language, override

from yuebao.archive import trouble
from yuebao.errors import YuebaoError
from yuebao.web import words

COOKIE = "yuebao_language"
YEAR = 365 * 24 * 3600
DJANGO_NAMES = {"zh": "zh-hans", "en": "en"}
DESK = "/desk/"
POLICY = (
    "default-src 'self'; script-src {script}; style-src 'self'; img-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    # an internal text stays in no browser's cache on disk
    "Cache-Control": "no-store",
}
# of what a request or an upload is at fault for, where that is not simply 400; of anything else, 500
STATUS = {
    "E205": 404, "E218": 404, "E404": 404, "E407": 404, "E221": 403, "E232": 401, "E233": 429, "E236": 413,
    "E211": 409, "E212": 409, "E222": 409, "E223": 409, "E224": 409, "E225": 409, "E402": 503,
}

TROUBLED = ("E401", "E402", "E403", "E409", "E601")


class ReadingRoom:
    """Middleware. Chinese unless the reader has switched (`?lang=en`, kept in a cookie): the browser's own preference is not asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("lang")
        chosen = asked if asked in words.LANGUAGES else request.COOKIES.get(COOKIE)
        language = chosen if chosen in words.LANGUAGES else "zh"
        with override(DJANGO_NAMES[language]):
            response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        # the desk has scripts of its own, the reading room none at all
        response.headers["Content-Security-Policy"] = POLICY.format(script="'self'" if is_desk(request) else "'none'")
        response.headers["Content-Language"] = words.LANGUAGES[language]
        if asked in words.LANGUAGES:
            response.set_cookie(COOKIE, language, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page of a coded error; None, so that Django goes on, for any other."""
        known = coded(error)
        return told(request, known) if known else None


def coded(error: Exception) -> YuebaoError | None:
    """The error with its code: its own, or that of a database that is busy, damaged or out of reach; None for any other."""
    try:
        with trouble.told():
            raise error
    except YuebaoError as known:
        return known
    except Exception:
        return None


def told(request: HttpRequest, error: YuebaoError) -> HttpResponse:
    """The error in the one envelope: as JSON where the client prefers that, as a part of the page for htmx, else as a page."""
    status = STATUS.get(error.code, 400 if error.code.startswith(("E1", "E2")) else 500)
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse(error.to_dict(), status=status, json_dumps_params={"ensure_ascii": False})
    language = "en" if get_language() == "en" else "zh"
    said = {
        "code": error.code, "message": error.message(language), "advice": error.advice(language),
        "frame": "desk/base.html" if is_desk(request) else "web/base.html",
    }
    if error.code in TROUBLED:
        request.user = AnonymousUser()  # the page is not to ask again, of a database that fails, who is signed in
    is_part = "HX-Request" in request.headers and "HX-Boosted" not in request.headers
    return render(request, "web/_told.html" if is_part else "web/error.html", said, status=status)


def is_desk(request: HttpRequest) -> bool:
    """Whether the address is one of the desk's."""
    return request.path_info.startswith(DESK)


def is_here(request: HttpRequest) -> bool:
    """Whether the request comes from this computer."""
    return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "0.0.0.0")).is_loopback
