"""Accounts and what the office settles: names, roles, passwords; always an administrator; addresses that must wait."""

import threading
from datetime import UTC, datetime

import pytest
from django.contrib.auth.hashers import check_password, identify_hasher
from django.db import connections
from django.test import override_settings

from yuebao.desk import accounts, audit, offices
from yuebao.desk.models import Account, AuditEntry, Contributor, OfficeSetting
from yuebao.desk.passwords import refuse_weak
from yuebao.desk.permissions import ACTIONS, ROLES, may
from yuebao.desk.slowing import FREE, LONGEST, Slowing
from yuebao.errors import UsageError
from yuebao.model import Editor, Masthead

PASSWORD = "雾坪镇的春茶2026"


@pytest.fixture
def chief(home):  # noqa: ARG001
    return accounts.create("何令仪", "何令仪", PASSWORD, ["administrator"], by=None)


def refused(reason):
    return pytest.raises(UsageError, match=f"E231.*{reason}")


# ---- accounts ----


@pytest.mark.parametrize(("name", "kept"), [
    ("  秦墨之 ", "秦墨之"), ("ｄｅｓｋ７", "desk7"), ("a\u200bb\0c\n", "abc"), ("x" * 99, "x" * 60), ("𠮷野", "𠮷野"),
])
def test_names_as_they_are_kept(name, kept):
    assert accounts.written(name) == kept


@pytest.mark.parametrize(("name", "roles", "reason"), [
    ("", ["editor"], "账号名"), (" \u200b ", ["editor"], "账号名"), ("何令仪", ["editor"], "已有账号"), ("秦墨之", ["king"], "king"),
])
def test_what_makes_no_account(chief, name, roles, reason):
    with refused(reason):
        accounts.create(name, name, PASSWORD, roles, by=chief)
    assert Account.objects.count() == 1
    assert AuditEntry.objects.count() == 1


def test_roles_are_kept_once_in_the_order_of_the_matrix(chief):
    made = accounts.create("秦墨之", "", PASSWORD, ["signatory", "editor", "editor"], by=chief)
    assert (made.roles, made.full_name) == (["editor", "signatory"], "秦墨之")


@pytest.mark.parametrize(("password", "reason"), [
    ("", "至少"), ("九个字符长的密码呀", "至少"), ("aaaaaaaaaaaa", "重复"), ("121212121212", "重复"), ("1234123412", "重复"),
    ("我是何令仪我是何令仪", "账号名"), ("LINGYI-2026-x", "账号名"),
])
def test_weak_passwords(password, reason):
    with refused(reason):
        refuse_weak(password, "何令仪", "lingyi")


@pytest.mark.parametrize("password", ["十个字符长的密码好呀", PASSWORD, "correct horse battery", "1234567890"])
def test_passwords_that_will_do(password):
    refuse_weak(password, "何令仪", "he", "")


@pytest.mark.usefixtures("home")
def test_passwords_are_kept_by_argon2():
    with override_settings(PASSWORD_HASHERS=["yuebao.desk.passwords.OfficeArgon2"]):
        kept = accounts.create("秦墨之", "秦墨之", PASSWORD, [], by=None).password
        assert kept.startswith("argon2$argon2id$v=19$m=32768,t=3,p=1$")
        assert identify_hasher(kept).algorithm == "argon2"
        assert check_password(PASSWORD, kept)
        assert not check_password(PASSWORD + "x", kept)


CHANGES = {
    "the role": {"roles": ["editor"], "is_active": True}, "active": {"roles": ["administrator"], "is_active": False},
    "all roles": {"roles": [], "is_active": True},
}


@pytest.mark.parametrize("change", CHANGES)
def test_an_administrator_always_remains(chief, change):
    other = accounts.create("秦墨之", "秦墨之", PASSWORD, ["administrator"], by=chief)
    accounts.alter(other, full_name="秦墨之", roles=["administrator"], is_active=False, contributor=None, by=chief)
    with refused("管理员"):
        accounts.alter(chief, full_name="何令仪", contributor=None, by=chief, **CHANGES[change])
    chief.refresh_from_db()
    assert (chief.roles, chief.is_active) == (["administrator"], True)
    accounts.alter(other, full_name="秦墨之", roles=["administrator"], is_active=True, contributor=None, by=chief)
    accounts.alter(chief, full_name="何令仪", contributor=None, by=chief, **CHANGES[change])


def test_a_change_is_noted_with_what_it_was_and_no_change_is_not(chief):
    unit = Contributor.objects.create(name="雾坪镇")
    one = accounts.create("雾坪", "雾坪镇", "另外的密码-2026", ["contributor"], by=chief)
    for _ in range(2):
        accounts.alter(one, full_name="雾坪镇", roles=["contributor", "reader"], is_active=True, contributor=unit, by=chief)
    entry = AuditEntry.objects.filter(action="account changed").get()
    assert audit.details_of(entry) == {"contributor": [None, "雾坪镇"], "roles": [["contributor"], ["contributor", "reader"]]}


def test_a_password_stands_in_no_line_of_the_log(chief):
    accounts.set_password(chief, "另外的密码-2026", by=chief)
    accounts.sign_in("何令仪", "打错了的密码-2026", "10.1.2.3")
    said = "".join(e.details + e.subject for e in AuditEntry.objects.all())
    assert "密码" not in said
    assert chief.password not in said


def test_two_first_administrators_at_once(home):  # noqa: ARG001
    made = []

    def make(name):
        try:
            made.append(accounts.create_first(name, name, PASSWORD).name)
        except UsageError as error:
            made.append(error.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=make, args=(f"admin{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made)[:3] == ["E231"] * 3
    assert Account.objects.count() == 1


def test_tries_at_the_same_time_are_no_way_round_the_lock(chief, monkeypatch):
    monkeypatch.setattr(accounts, "slowing", Slowing())
    looked = []
    kept = Account.check_password
    monkeypatch.setattr(Account, "check_password", lambda self, raw: (looked.append(raw) if self.pk else None, kept(self, raw))[1])

    def attempt(n):
        try:
            accounts.sign_in("何令仪", f"wrong {n}", f"10.0.0.{n}")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=attempt, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    chief.refresh_from_db()
    assert len(looked) == accounts.TRIES
    assert accounts.is_locked(chief, datetime.now(UTC))
    assert list(audit.verify()) == []


# ---- addresses that must wait ----


def test_waiting_doubles_to_a_minute_and_is_forgotten():
    now = [0.0]
    slowing = Slowing(lambda: now[0])
    waits = []
    for n in range(FREE + 8):
        slowing.failed("10.1.2.3")
        if n >= FREE - 1:
            with pytest.raises(UsageError, match="E233") as caught:
                slowing.refuse_hurry("10.1.2.3")
            waits.append(caught.value.details["seconds"] - 1)
            now[0] += waits[-1]
            slowing.refuse_hurry("10.1.2.3")
    assert waits == [1, 2, 4, 8, 16, 32, LONGEST, LONGEST, LONGEST]
    slowing.refuse_hurry("10.1.2.4")
    slowing.succeeded("10.1.2.3")
    slowing.failed("10.1.2.3")
    slowing.refuse_hurry("10.1.2.3")


def test_many_addresses_fill_no_memory(monkeypatch):
    monkeypatch.setattr("yuebao.desk.slowing.MOST", 50)
    slowing = Slowing()
    for n in range(500):
        slowing.failed(f"10.0.{n // 256}.{n % 256}")
    assert len(slowing._failures) == 50


# ---- the matrix ----


def test_roles_open_what_the_matrix_says_and_an_inactive_account_nothing():
    for role in ROLES:
        for action, (_, roles) in ACTIONS.items():
            assert may(Account(roles=[role], is_active=True), action) == (role in roles)
            assert not may(Account(roles=list(ROLES), is_active=False), action)
    with pytest.raises(KeyError):
        may(Account(roles=["editor"]), "no such action")


def test_every_action_has_a_role_and_every_role_an_action():
    assert all(roles and roles <= ROLES.keys() for _, roles in ACTIONS.values())
    assert set().union(*(roles for _, roles in ACTIONS.values())) == set(ROLES)


def test_who_reviews_may_not_sign_and_who_administers_sees_no_copy():
    """What the roles keep apart, whatever is added to the matrix."""
    assert ACTIONS["sign off"][1] == {"signatory"}
    assert ACTIONS["review secrecy"][1] == {"secrecy_reviewer"}
    for action, (_, roles) in ACTIONS.items():
        if action in ("read desk", "edit items", "sort copy", "sign off") or action.startswith("review"):
            assert not roles & {"administrator", "contributor", "reader"}, action


# ---- what the office settles ----


def test_settings_have_defaults_and_are_noted(chief):
    assert offices.setting("reviews_by_three") is True
    assert offices.settings().keys() == offices.SETTINGS.keys()
    offices.settle("reviews_by_three", False, chief)
    offices.settle("reviews_by_three", False, chief)
    assert offices.setting("reviews_by_three") is False
    assert OfficeSetting.objects.count() == AuditEntry.objects.filter(action="office settled").count() == 1
    with pytest.raises(KeyError):
        offices.setting("no such setting")


@pytest.mark.parametrize(("key", "value"), [
    ("reviews_by_three", "yes"), ("reviews_by_three", 1), ("session_hours", 0), ("session_hours", 73), ("session_hours", "12"),
    ("session_hours", True), ("title", None), ("title", ["x"]), ("editors", "x"), ("editors", [1]),
])
def test_a_value_of_another_kind_is_refused(chief, key, value):
    with pytest.raises(UsageError, match="E231"):
        offices.settle(key, value, chief)
    assert OfficeSetting.objects.count() == 0


def test_the_masthead_that_an_issue_starts_with(chief):
    assert offices.masthead() == Masthead()
    for key, value in {"title": " 云陵月报 ", "sponsor": "云陵市史志办", "editors": ["主编 何令仪", "秦墨之", " "], "print_run": "500册", "phone": ""}.items():
        offices.settle(key, value, chief)
    assert offices.masthead() == Masthead(
        title="云陵月报", sponsor="云陵市史志办", editors=(Editor("主编", "何令仪"), Editor("", "秦墨之")), print_run=500)
