"""What surrounds every page: the language chosen, the headers that keep the page at home, errors told in the one envelope."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language, override

from yuebao.archive import trouble
from yuebao.errors import YuebaoError
from yuebao.web import words

COOKIE = "yuebao_language"
YEAR = 365 * 24 * 3600
DJANGO_NAMES = {"zh": "zh-hans", "en": "en"}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    # an internal text stays in no browser's cache on disk
    "Cache-Control": "no-store",
}
STATUS = {
    "E203": 400, "E206": 400, "E205": 404, "E218": 404, "E404": 404, "E407": 404, "E221": 403,
    "E211": 409, "E212": 409, "E222": 409, "E223": 409, "E402": 503,
}


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
        response.headers["Content-Language"] = words.LANGUAGES[language]
        if asked in words.LANGUAGES:
            response.set_cookie(COOKIE, language, max_age=YEAR, samesite="Lax", httponly=True)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page of a coded error; None, so that Django goes on, for any other."""
        coded = _coded(error)
        return told(request, coded) if coded else None


def _coded(error: Exception) -> YuebaoError | None:
    """The error with its code: its own, or that of a database that is busy, damaged or out of reach; None for any other."""
    try:
        with trouble.told():
            raise error
    except YuebaoError as coded:
        return coded
    except Exception:
        return None


def told(request: HttpRequest, error: YuebaoError) -> HttpResponse:
    """The error in the one envelope: as JSON where the client prefers that, else as a page."""
    status = STATUS.get(error.code, 500)
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse(error.to_dict(), status=status, json_dumps_params={"ensure_ascii": False})
    language = "en" if get_language() == "en" else "zh"
    said = {"code": error.code, "message": error.message(language), "advice": error.advice(language)}
    return render(request, "web/error.html", said, status=status)
