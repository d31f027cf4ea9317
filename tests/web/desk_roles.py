"""People of an invented office for the tests of the desk: one account a role, signed in without the page."""

import time

from django.test import Client

from yuebao.desk import accounts
from yuebao.web.desk import sessions

PASSWORD = "雾坪镇的春茶2026"


def account(name, *roles):
    """An account of these roles."""
    return accounts.create(name, name, PASSWORD, roles, by=None)


def signed_in(person, **defaults):
    """A browser in which the account is signed in."""
    client = Client(raise_request_exception=False, **defaults)
    client.force_login(person, sessions.BACKEND)
    session = client.session
    session[sessions.UNTIL] = int(time.time()) + 3600
    session.save()
    client.cookies["yuebao_session"] = session.session_key
    return client
