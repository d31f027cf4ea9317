"""Signing in: the page, the lock, the session and its cookies; what is refused, and what is not lost."""

import re

import pytest
from desk_roles import PASSWORD, account, signed_in
from django.core import signing
from django.test import Client

from yuebao.desk import accounts, audit, offices
from yuebao.desk.models import Account, AuditEntry
from yuebao.web.desk import sessions

WHERE = "/desk/sign-in/"


@pytest.fixture(autouse=True)
def forgiven(monkeypatch):
    """No test waits for the failures of another."""
    monkeypatch.setattr(accounts, "slowing", accounts.Slowing())


@pytest.fixture
def editor(home):  # noqa: ARG001
    return account("秦墨之", "editor")


def browser(**defaults):
    return Client(raise_request_exception=False, **defaults)


def sign(client, password=PASSWORD, name="秦墨之", **more):
    return client.post(WHERE, {"name": name, "password": password, **more})


def noted(*actions):
    return [(e.action, e.by, e.subject) for e in AuditEntry.objects.order_by("sequence") if e.action in actions]


# ---- the way in ----


@pytest.mark.usefixtures("editor")
def test_in_and_out(home):  # noqa: ARG001
    client = browser()
    assert client.get("/").status_code == 302
    assert sign(client).status_code == 303
    assert client.get("/").status_code == 200
    assert client.post("/desk/sign-out/")["Location"] == WHERE
    assert client.get("/").status_code == 302
    assert noted("signed in", "signed out") == [("signed in", "秦墨之", "秦墨之"), ("signed out", "秦墨之", "秦墨之")]
    assert list(audit.verify()) == []


@pytest.mark.usefixtures("home")
def test_the_first_account_is_made_here_and_once():
    client = browser()
    assert client.get("/")["Content-Security-Policy"]
    form = {"name": "云陵管理", "full_name": "何令仪", "password": PASSWORD, "password_again": PASSWORD}
    assert browser(REMOTE_ADDR="10.1.2.3").post("/desk/first/", form).status_code == 400
    assert client.post("/desk/first/", {**form, "password": "short", "password_again": "short"}).status_code == 400
    assert client.post("/desk/first/", {**form, "password_again": PASSWORD + "1"}).status_code == 400
    assert Account.objects.count() == 0
    assert client.post("/desk/first/", form)["Location"] == "/desk/accounts/"
    assert client.get("/desk/accounts/").status_code == 200
    assert browser().post("/desk/first/", {**form, "name": "另一位"})["Location"] == WHERE
    assert [a.roles for a in Account.objects.all()] == [["administrator"]]


@pytest.mark.usefixtures("editor")
@pytest.mark.parametrize(("name", "password"), [
    ("秦墨之", "不是这个密码"), ("何人", PASSWORD), ("", ""), ("秦墨之", ""), ("秦墨之\0", "x"), ("x" * 500, "y" * 500),
])
def test_what_is_refused_says_the_same_to_all(name, password):
    answer = sign(browser(), password, name)
    assert answer.status_code == 401
    said = re.search(r'<li class="error">(.+?)</li>', answer.content.decode())[1]
    assert said == "账号或密码不对，或账号暂时锁定（密码连续五次不对，锁定十五分钟）。请核对后再试，或请管理员解锁。"
    assert noted("signed in") == []


def test_an_inactive_account_is_refused_and_its_session_ends(editor):
    client = signed_in(editor)
    chief = account("何令仪", "administrator")
    assert client.get("/").status_code == 200
    accounts.alter(editor, full_name="秦墨之", roles=["editor"], is_active=False, contributor=None, by=chief)
    assert client.get("/").status_code == 302
    assert sign(browser()).status_code == 401


@pytest.mark.usefixtures("editor")
def test_blanks_and_wide_letters_in_a_name_are_the_same_name():
    account("desk7", "reader")
    assert sign(browser(), name=" ｄｅｓｋ７ ").status_code == 303


# ---- the lock ----


def test_five_wrong_passwords_lock_for_a_quarter_of_an_hour(editor):
    client = browser()
    for _ in range(5):
        assert sign(client, "不是这个密码").status_code == 401
    assert sign(client).status_code == 401
    editor.refresh_from_db()
    assert accounts.is_locked(editor)
    assert not accounts.is_locked(editor, editor.locked_until)
    assert noted("account locked") == [("account locked", "yuebao", "秦墨之")]
    Account.objects.update(locked_until=editor.locked_until - accounts.LOCKED_FOR)
    assert sign(client, "不是这个密码").status_code == 401  # begins to count anew
    assert sign(client).status_code == 303
    editor.refresh_from_db()
    assert (editor.failures, editor.locked_until) == (0, None)


def test_an_administrator_unlocks(editor):
    client = browser()
    for _ in range(5):
        sign(client, "不是这个密码")
    chief = signed_in(account("何令仪", "administrator"))
    assert "锁定" in chief.get("/desk/accounts/").content.decode()
    assert chief.post(f"/desk/accounts/{editor.pk}/unlock/").status_code == 303
    assert sign(client).status_code == 303
    assert noted("account unlocked") == [("account unlocked", "何令仪", "秦墨之")]


@pytest.mark.usefixtures("editor")
def test_brute_force_gets_five_tries_at_most(monkeypatch):
    """A thousand passwords, the right one among them, from as many addresses."""
    looked = []
    monkeypatch.setattr(Account, "check_password", lambda self, raw: (looked.append(raw) if self.pk else None, raw == PASSWORD and self.pk)[1])
    for n in range(200):
        assert accounts.sign_in("秦墨之", PASSWORD if n == 100 else f"try {n}", f"10.0.0.{n}") is None
    assert len(looked) == 5


@pytest.mark.usefixtures("editor")
def test_an_address_that_fails_must_wait_longer_and_longer():
    client = browser()
    statuses = [sign(client, "x", name=f"someone{n}").status_code for n in range(12)]
    assert statuses == [401] * 10 + [429] * 2
    answer = sign(client)
    assert answer.status_code == 429
    assert "秒后再试" in answer.content.decode()
    assert sign(browser(REMOTE_ADDR="10.9.9.9")).status_code == 303


# ---- the session ----


@pytest.mark.usefixtures("editor")
def test_cookies_are_closed_to_scripts_and_other_sites():
    client = browser()
    client.get(WHERE)
    answer = sign(client)
    for name in ("yuebao_session", "csrftoken"):
        cookie = answer.cookies[name]
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax"), name
    assert answer.cookies["yuebao_session"]["max-age"] == ""  # ended by closing the browser


@pytest.mark.usefixtures("editor")
def test_a_session_that_was_there_before_is_not_taken_over(home):  # noqa: ARG001
    """Session fixation: what somebody else put into the browser before is not the session after."""
    client = browser()
    client.cookies["yuebao_session"] = signing.dumps({"planted": "yes"}, salt="django.contrib.sessions.backends.signed_cookies", compress=True)
    before = client.cookies["yuebao_session"].value
    sign(client)
    assert client.cookies["yuebao_session"].value != before
    assert client.get("/").status_code == 200
    other = browser()
    other.cookies["yuebao_session"] = before
    assert other.get("/").status_code == 302


def test_a_session_of_another_account_is_dropped_at_signing_in(editor):
    client = signed_in(account("何令仪", "administrator"))
    assert client.get("/desk/accounts/").status_code == 200
    sign(client)
    assert client.get("/desk/accounts/").status_code == 403
    assert client.session["_auth_user_id"] == str(editor.pk)


def test_a_session_ends_after_the_hours_that_the_office_settled(editor, monkeypatch):
    offices.settle("session_hours", 2, editor)
    client = browser()
    sign(client)
    assert client.get("/").status_code == 200
    now = sessions.time.time()
    monkeypatch.setattr(sessions.time, "time", lambda: now + 2 * 3600 + 1)
    assert client.get("/").status_code == 302


def test_a_forged_or_altered_cookie_is_nobodys(editor):
    client = signed_in(editor)
    value = client.cookies["yuebao_session"].value
    for forged in (value[:-1] + ("A" if value[-1] != "A" else "B"), "x" + value, "", "null"):
        client.cookies["yuebao_session"] = forged
        assert client.get("/").status_code == 302


def test_a_changed_password_ends_the_other_sessions(editor):
    here, elsewhere = signed_in(editor), signed_in(editor)
    form = {"old_password": PASSWORD, "password": "另一个长密码-2026", "password_again": "另一个长密码-2026"}
    assert here.post("/desk/own/", {**form, "old_password": "不是这个密码"}).status_code == 400
    assert here.post("/desk/own/", form).status_code == 303
    assert (here.get("/").status_code, elsewhere.get("/").status_code) == (200, 302)
    assert sign(browser()).status_code == 401
    assert sign(browser(), "另一个长密码-2026").status_code == 303


# ---- where it leads ----


@pytest.mark.usefixtures("editor")
@pytest.mark.parametrize(("asked", "wanted"), [
    ("/search/?q=茶&page=2", "/search/?q=%E8%8C%B6&page=2"), ("/desk/own/", "/desk/own/"),
    ("https://elsewhere.example/", None), ("//elsewhere.example/", None), ("/\\elsewhere.example", None), ("///elsewhere.example", None),
    ("javascript:alert(1)", None), ("\t//elsewhere.example", None), ("http:///elsewhere.example", None), ("desk", None), ("", None),
])
def test_it_leads_to_pages_of_this_host_only(asked, wanted):
    there = sign(browser(), next=asked)["Location"]
    assert there == wanted if wanted else there.startswith("/") and "elsewhere" not in there and not there.startswith(("//", "/\\"))


@pytest.mark.usefixtures("editor")
def test_a_form_sent_after_the_session_ended_is_kept_and_sent_on():
    client = browser()
    answer = client.post("/search/saved/", {"name": "茶事\n第二行", "q": "茶", "old_password": "x"})
    html = answer.content.decode()
    assert answer.status_code == 401
    assert "old_password" not in html
    fields = dict(re.findall(r'<input type="hidden" name="((?:kept:|carried)[^"]*)" value="([^"]*)"', html))
    assert fields == {"carried_to": "/search/saved/", "kept:name": "茶事\n第二行", "kept:q": "茶"}
    again = sign(client, "不是这个密码", **fields).content.decode()
    assert dict(re.findall(r'<input type="hidden" name="((?:kept:|carried)[^"]*)" value="([^"]*)"', again)) == fields
    html = sign(client, **fields).content.decode()
    assert 'action="/search/saved/"' in html
    assert dict(re.findall(r'<input type="hidden" name="(name|q)" value="([^"]*)"', html)) == {"name": "茶事\n第二行", "q": "茶"}
    assert sign(client, carried_to="https://elsewhere.example/", **{"kept:q": "x"}).status_code == 303


# ---- what surrounds it ----


@pytest.mark.usefixtures("editor")
def test_a_form_without_its_token_is_refused_in_words():
    answer = Client(raise_request_exception=False, enforce_csrf_checks=True).post(WHERE, {"name": "秦墨之", "password": PASSWORD})
    assert answer.status_code == 400
    assert "E206" in answer.content.decode()
    assert "Django" not in answer.content.decode()


@pytest.mark.usefixtures("editor")
def test_pages_stand_in_no_frame_and_run_no_script_of_others():
    for address, script in ((WHERE, "'self'"), ("/nowhere/", "'none'")):
        headers = browser().get(address).headers
        assert headers["X-Frame-Options"] == "DENY"
        policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
        assert (policy["script-src"], policy["style-src"], policy["frame-ancestors"], policy["connect-src"]) == (script, "'self'", "'none'", "'self'")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("editor")
def test_the_page_is_chinese_and_names_no_framework():
    html = browser().get(WHERE).content.decode()
    assert "<title>登录 · 编辑台</title>" in html
    assert "Django" not in html
    assert "<h1>Yuebao desk</h1>" in browser().get(WHERE + "?lang=en").content.decode()
