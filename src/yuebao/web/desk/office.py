"""The page of what the office has settled."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yuebao.archive.engines import writing
from yuebao.desk import offices
from yuebao.errors import UsageError
from yuebao.model import Json
from yuebao.web import words
from yuebao.web.desk.signing_in import SEE_OTHER
from yuebao.web.templatetags.reading import language


@require_http_methods(["GET", "HEAD", "POST"])
def office(request: HttpRequest) -> HttpResponse:
    """Every setting with what holds now; the form settles them all, or none."""
    held, trouble = offices.settings(), None
    if request.method == "POST":
        held = {key: _said(request.POST, key) for key in offices.SETTINGS}
        try:
            with writing():
                for key, value in held.items():
                    offices.settle(key, value, request.user)  # type: ignore[attr-defined]
        except UsageError as error:
            trouble = error
        else:
            messages.success(request, words.say(language(), "office_saved"))
            return HttpResponseRedirect(reverse("office"), status=SEE_OTHER)
    return render(request, "desk/office.html", {"parts": _parts(held), "trouble": trouble}, status=400 if trouble else 200)


def _said(posted: Any, key: str) -> Json:
    """What the form says of a setting, in its kind; as it was typed where it is of another."""
    text = posted.get(key, "")
    match offices.SETTINGS[key][1]:
        case "yes_no":
            return key in posted
        case "hours":
            return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else text
        case "lines":
            return text.splitlines()
    return text


def _parts(held: dict[str, Json]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The settings as the page shows them: the working of the office, then the masthead of its series."""
    fields = {
        key: {"key": key, "kind": kind, "label": english if language() == "en" else chinese,
              "value": "\n".join(held[key]) if kind == "lines" else held[key]}
        for key, (_, kind, chinese, english) in offices.SETTINGS.items()
    }
    ways = [field for key, field in fields.items() if key not in offices.OF_MASTHEAD]
    return [("office_ways", ways), ("office_masthead", [fields[key] for key in offices.OF_MASTHEAD])]
