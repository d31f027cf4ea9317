"""What a form of the desk says, read: numbers, days, files, who did on paper what somebody else enters; and back to a page afterwards."""

from __future__ import annotations

from datetime import date
from typing import Any, cast
from urllib.parse import quote

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yuebao.desk import scans
from yuebao.desk.models import Account, Scan
from yuebao.desk.permissions import may
from yuebao.errors import UsageError
from yuebao.web import words
from yuebao.web.templatetags.reading import language

SEE_OTHER = 303
# what a field is called where what it says cannot be taken
CALLED = {
    "year": "field_year", "month": "field_month", "number": "field_number", "until_number": "field_until_number",
    "serial_number": "field_serial_number", "copies": "field_copies", "on": "field_on", "item": "field_item", "person": "who_signed",
    "print_run": "print_run",
}


def account_of(request: HttpRequest) -> Account:
    """Who is signed in; the doors have seen to it that somebody is."""
    return cast(Account, request.user)  # type: ignore[attr-defined]


def text(request: HttpRequest, name: str) -> str:
    """What was written in a field, without white space around it; nothing where the form has no such field."""
    return str(request.POST.get(name, "")).strip()


def number(request: HttpRequest, name: str) -> int:
    """The whole number in a field. Raises UsageError E203."""
    found = number_or_none(request, name)
    if found is None:
        raise _wrong(name, "")
    return found


def number_or_none(request: HttpRequest, name: str) -> int | None:
    """The same; None where the field is empty."""
    said = text(request, name)
    if not said:
        return None
    if not said.isdecimal() or len(said) > 9:
        raise _wrong(name, said)
    return int(said)


def day(request: HttpRequest, name: str) -> date:
    """The day in a field. Raises UsageError E203."""
    try:
        return date.fromisoformat(text(request, name))
    except ValueError:
        raise _wrong(name, text(request, name)) from None


def file(request: HttpRequest, name: str) -> tuple[str, bytes] | None:
    """Name and bytes of an uploaded file; None where none was chosen."""
    found = request.FILES.get(name)
    return (str(found.name), found.read()) if isinstance(found, UploadedFile) else None


def scan(request: HttpRequest) -> Scan | None:
    """The scan that was sent along, kept. Raises UsageError E227."""
    found = file(request, "scan")
    return scans.keep(*found, by=account_of(request)) if found else None


def who_did(request: HttpRequest, action: str) -> Account:
    """Who did on paper what is entered: an account that may do it. Raises UsageError E203."""
    person = Account.objects.filter(pk=number(request, "person")).first()
    if person is None or not may(person, action):
        raise _wrong("person", "")
    return person


def who_may(action: str) -> list[Account]:
    """The accounts in use that may do it."""
    return [account for account in Account.objects.filter(is_active=True) if may(account, action)]


def back(request: HttpRequest, done: str, page: str, *args: object, **filled: Any) -> HttpResponse:
    """Back to a page, which says what was done (`done`: the key of its words)."""
    messages.success(request, words.say(language(), done, **filled))
    return HttpResponseRedirect(reverse(page, args=args), status=SEE_OTHER)


def attached(name: str, media_type: str, data: bytes, *, is_shown: bool = False) -> HttpResponse:
    """A file to take away, or, with `is_shown`, to look at in the browser."""
    response = HttpResponse(data, content_type=media_type)
    how = "inline" if is_shown else "attachment"
    response["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(name.replace('/', ' '), safe='')}"
    return response


def _wrong(name: str, said: str) -> UsageError:
    called = words.say(language(), CALLED[name]) if name in CALLED else name
    return UsageError("E203", reason=f"{called}：{said or '—'}", command="desk")
