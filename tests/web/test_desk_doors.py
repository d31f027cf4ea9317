"""The doors, cell by cell: every address × method × role opens exactly where the matrix says so; none is without its row.

The requests are real, but for their views: behind the doors stands a middleware that says `through` before any view is called.
"""

import re

import pytest
from desk_roles import account, signed_in
from django.contrib.auth.backends import ModelBackend
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from yuebao.desk.models import Account
from yuebao.desk.permissions import ACTIONS, ROLES
from yuebao.web.doors import ANYONE, DOORS, READING_ROOM, SIGNED_IN

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
THROUGH = 299
ARGUMENTS = {"int": "1", "str": "x", "path": "x", "slug": "x"}  # what stands for a parameter of an address, by its converter
JSON = {"headers": {"accept": "application/json"}}


class Through:
    """Stands in place of every view."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, *_):
        return HttpResponse("through", status=THROUGH)


def addresses():
    """Every address of the site with its name, parameters filled in."""
    def under(patterns, before):
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                yield from under(pattern.url_patterns, route)
            else:
                yield pattern.name, "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda m: ARGUMENTS[m[1] or "str"], route)
    return list(under(get_resolver().url_patterns, ""))


@pytest.fixture
def people(home, settings):  # noqa: ARG001
    """A browser for each role, one for an account without roles, one for an account made inactive, one for nobody."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.Through"]
    browsers = {role: signed_in(account(role, role)) for role in ROLES}
    browsers["no role"] = signed_in(account("no-role"))
    left = account("left", *ROLES)
    browsers["inactive"] = signed_in(left)
    left.is_active = False
    left.save()
    browsers["nobody"] = Client(raise_request_exception=False)
    return browsers


def wanted(name, method, who):
    """What the matrix says: through, 405 where the address has no such method, 401 to sign in first, 403."""
    action = DOORS[name].get("GET" if method == "HEAD" else method)
    if action is None:
        return 405
    if action == ANYONE:
        return THROUGH
    if who in ("nobody", "inactive"):
        return 401
    return THROUGH if action == SIGNED_IN or (who in ROLES and who in ACTIONS[action][1]) else 403


def test_every_cell_of_the_matrix(people):
    odd = []
    for who, browser in people.items():
        for name, address in addresses():
            # methods that no row has are refused before anyone is looked at: two browsers will do
            for method in METHODS if who in ("nobody", "administrator") else DOORS[name]:
                status = browser.generic(method, address, **JSON).status_code
                if status != wanted(name, method, who):
                    odd.append((who, method, name, address, status, wanted(name, method, who)))
    assert odd == []


def test_every_address_has_its_row_and_every_row_an_address():
    assert {name for name, _ in addresses()} == set(DOORS)


def test_rows_name_actions_of_the_matrix_and_every_action_has_a_door():
    asked = {action for row in DOORS.values() for action in row.values()} - {ANYONE, SIGNED_IN}
    assert asked == set(ACTIONS)


def test_nothing_but_signing_in_opens_to_nobody():
    assert {name for name, row in DOORS.items() if ANYONE in row.values()} == {"first-account", "sign-in", "sign-out"}


@pytest.mark.usefixtures("people")
def test_an_address_without_a_row_opens_to_nobody(people, monkeypatch):
    monkeypatch.delitem(DOORS, "issues")
    assert people["administrator"].get("/").status_code == 403


# ---- what is said at a closed door ----


def test_a_page_leads_to_signing_in_and_back(people):
    answer = people["nobody"].get("/search/?q=%E8%8C%B6&page=2")
    assert (answer.status_code, answer["Location"]) == (302, "/desk/sign-in/?next=%2Fsearch%2F%3Fq%3D%25E8%258C%25B6%26page%3D2")


def test_a_program_is_told_in_the_envelope(people):
    for who, code in (("nobody", "E232"), ("reader", "E221")):
        answer = people[who].get("/desk/accounts/", **JSON)
        assert answer.json()["code"] == code


def test_htmx_is_told_in_a_part_of_the_page_and_keeps_what_was_written(people):
    part = {"hx-request": "true"}
    answer = people["nobody"].get("/desk/accounts/", headers=part)
    assert (answer.status_code, answer["HX-Redirect"]) == (401, "/desk/sign-in/")
    for who, status, code in (("nobody", 401, "E232"), ("reader", 403, "E221")):
        answer = people[who].post("/desk/accounts/", {"full_name": "秦墨之"}, headers=part)
        assert (answer.status_code, answer.headers.get("HX-Redirect")) == (status, None)
        assert b"<html" not in answer.content
        assert code in answer.content.decode()
    answer = people["nobody"].post("/desk/accounts/", {"full_name": "秦墨之"}, headers={**part, "hx-boosted": "true"})
    assert 'name="kept:full_name" value="秦墨之"' in answer.content.decode()


def test_the_methods_of_an_address_are_named(people):
    answer = people["administrator"].options("/desk/accounts/")
    assert {m.strip() for m in answer["Allow"].split(",")} == {"GET", "HEAD", "POST"}


@pytest.mark.parametrize(("words", "status", "code"), [("database is locked", 503, "E402"), ("disk I/O error", 500, "E401")])
def test_a_database_in_trouble_is_told_at_the_door(people, monkeypatch, words, status, code):
    """Who is signed in cannot be asked then, and the page that says so does not ask again."""
    def fails(*_, **__):
        raise OperationalError(words)

    monkeypatch.setattr(ModelBackend, "get_user", fails)
    monkeypatch.setattr(Account.objects, "exists", fails, raising=False)
    for address in ("/", "/desk/accounts/"):
        answer = people["editor"].get(address)
        assert (answer.status_code, code in answer.content.decode()) == (status, True)


def test_who_is_refused_is_led_to_a_page_of_theirs(people):
    assert 'href="/desk/accounts/"' in people["administrator"].get("/desk/my-copy/").content.decode()
    assert 'href="/desk/my-copy/"' in people["contributor"].get("/").content.decode()


# ---- a home without accounts ----


@pytest.mark.usefixtures("home")
def test_without_accounts_this_computer_reads_and_the_desk_asks_for_the_first(settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.Through"]
    browser = Client(raise_request_exception=False)
    for name, address in addresses():
        for method in {"GET", "POST"} & set(DOORS[name]):
            answer = browser.generic(method, address)
            if name in READING_ROOM or ANYONE in DOORS[name].values():
                assert answer.status_code == THROUGH, address
            else:
                assert (answer.status_code, answer["Location"]) == (302, "/desk/first/"), address


@pytest.mark.usefixtures("home")
def test_without_accounts_no_other_computer_is_answered(settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.Through"]
    browser = Client(raise_request_exception=False, REMOTE_ADDR="10.1.2.3")
    assert {browser.get(a).status_code for n, a in addresses() if "GET" in DOORS[n] and ANYONE not in DOORS[n].values()} == {400}
