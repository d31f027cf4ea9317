"""The pages: each one library call and one template. Errors are told by `frame`."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yuebao.errors import UsageError, YuebaoError
from yuebao.web import pages, registered, searching
from yuebao.web.frame import told
from yuebao.web.templatetags.reading import language


@require_safe
def issues(request: HttpRequest) -> HttpResponse:
    """The issues held."""
    return render(request, "web/issues.html", {"home": pages.home(searching.whole(request.GET.get("year")))})


@require_safe
def issue(request: HttpRequest, key: str) -> HttpResponse:
    """An issue: its contents, findings, revisions."""
    return render(request, "web/issue.html", {"page": pages.issue_page(key)})


@require_safe
def item(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """An item, with its marks and findings."""
    return render(request, "web/item.html", {"page": pages.item_page(key, number, language())})


@require_safe
def source(request: HttpRequest, key: str) -> HttpResponse:
    """The source text of an issue, with its line numbers."""
    return render(request, "web/source.html", {"page": pages.source_page(key)})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What holds the words asked for."""
    if address := searching.with_fields(request.GET):
        return HttpResponseRedirect(address)
    return render(request, "web/search.html", {"page": searching.search_page(request.GET)})


@require_safe
def person(request: HttpRequest, name: str) -> HttpResponse:
    """The people of a name: offices as printed and as appointed, items in time."""
    return render(request, "web/person.html", {"page": registered.person_page(name, searching.page_of(request.GET))})


@require_safe
def named(request: HttpRequest, layer: str, name: str) -> HttpResponse:
    """An organisation, a place or a project: its names, its history, items in time."""
    return render(request, "web/named.html", {"page": registered.named_page(layer, name, searching.page_of(request.GET))})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that Django refuses: for a host that is not this one, or too large."""
    if isinstance(exception, DisallowedHost):
        return told(request, UsageError("E234", host=request.META.get("HTTP_HOST", "")[:80]))
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        most = settings.DATA_UPLOAD_MAX_NUMBER_FILES
        return told(request, UsageError("E236", megabytes=settings.DATA_UPLOAD_MAX_MEMORY_SIZE >> 20, files=most))
    return told(request, UsageError("E206", reason=type(exception).__name__))


def not_found(request: HttpRequest, exception: Http404) -> HttpResponse:  # noqa: ARG001
    """An address that leads nowhere."""
    return told(request, UsageError("E205", path=request.path))


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of the program itself."""
    return told(request, YuebaoError("E601"))
