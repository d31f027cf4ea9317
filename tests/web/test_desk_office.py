"""The pages of accounts, office and audit, as an administrator uses them."""

import csv
import io
import re

import pytest
from desk_roles import PASSWORD, account, signed_in

from yuebao.desk import audit, offices
from yuebao.desk.models import Account, AuditEntry, Contributor

OTHER = "石桥镇的新桥2026"


@pytest.fixture
def chief(home):  # noqa: ARG001
    return account("何令仪", "administrator")


@pytest.fixture
def browser(chief):
    return signed_in(chief)


def html(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def new(**more):
    return {"name": "秦墨之", "full_name": "秦墨之", "roles": ["editor", "proofreader"], "password": OTHER, "password_again": OTHER, **more}


def test_an_account_is_made_changed_and_made_inactive(browser):
    unit = Contributor.objects.create(name="雾坪镇")
    assert browser.post("/desk/accounts/", new(contributor=str(unit.pk)))["Location"] == "/desk/accounts/"
    assert "已建立账号：秦墨之" in html(browser.get("/desk/accounts/"))
    made = Account.objects.get(name="秦墨之")
    assert (made.roles, made.contributor) == (["editor", "proofreader"], unit)
    page = browser.get(f"/desk/accounts/{made.pk}/").content.decode()
    assert re.findall(r'name="roles" value="(\w+)" checked', page) == ["editor", "proofreader"]
    assert browser.post(f"/desk/accounts/{made.pk}/", {"full_name": "秦墨之", "roles": ["reader"], "contributor": ""}).status_code == 303
    made.refresh_from_db()
    assert (made.roles, made.is_active, made.contributor) == (["reader"], False, None)
    assert "停用" in html(browser.get("/desk/accounts/"))
    assert [e.by for e in AuditEntry.objects.filter(subject="秦墨之")] == ["何令仪"] * 2


@pytest.mark.parametrize(("more", "said"), [
    ({"password": "short", "password_again": "short"}, "密码至少"), ({"password_again": "x"}, "两次输入的密码不同"),
    ({"name": "何令仪"}, "已有账号"), ({"roles": ["king"]}, "没有这个角色"), ({"name": ""}, "请写账号名"),
])
def test_what_is_refused_is_told_on_the_page_and_nothing_typed_is_lost(browser, more, said):
    answer = browser.post("/desk/accounts/", new(**more))
    assert answer.status_code == 400
    assert said in html(answer)
    assert 'name="full_name" value="秦墨之"' in answer.content.decode()
    assert OTHER not in answer.content.decode()
    assert Account.objects.count() == 1


def test_what_is_refused_is_told_in_one_language(browser):
    chinese, english = (html(browser.post("/desk/accounts/" + lang, new(password="x", password_again="x"))) for lang in ("?lang=zh", "?lang=en"))
    assert ("密码至少 10 个字符" in chinese, "ten characters or more" in chinese) == (True, False)
    assert ("密码至少" in english, "a password has 10 characters or more" in english) == (False, True)


def test_a_password_is_set_and_ends_the_sessions_of_the_account(browser):
    editor = account("秦墨之", "editor")
    theirs = signed_in(editor)
    assert theirs.get("/desk/own/").status_code == 200
    address = f"/desk/accounts/{editor.pk}/password/"
    assert browser.post(address, {"password": OTHER, "password_again": "x"}).status_code == 400
    assert browser.post(address, {"password": OTHER, "password_again": OTHER}).status_code == 303
    assert theirs.get("/desk/own/").status_code == 302
    editor.refresh_from_db()
    assert editor.check_password(OTHER)
    assert not editor.check_password(PASSWORD)


def test_the_last_administrator_cannot_go(browser, chief):
    answer = browser.post(f"/desk/accounts/{chief.pk}/", {"full_name": "何令仪", "roles": ["editor"], "is_active": "on"})
    assert answer.status_code == 400
    assert "须留有一位启用的管理员" in html(answer)
    assert browser.get("/desk/accounts/").status_code == 200


@pytest.mark.parametrize("address", ["/desk/accounts/999/", "/desk/accounts/999/password/", "/desk/accounts/999/unlock/"])
def test_an_account_that_is_not_there(browser, address):
    assert browser.post(address, {"password": OTHER, "password_again": OTHER}).status_code == 404


def test_the_office_is_settled_all_at_once_or_not_at_all(browser):
    page = browser.get("/desk/office/").content.decode()
    assert 'name="reviews_by_three" checked' in page
    form = {"session_hours": "8", "title": "云陵月报", "editors": "主编 何令仪\r\n责任编辑 秦墨之\r\n"}
    assert browser.post("/desk/office/", {**form, "session_hours": "99"}).status_code == 400
    assert (offices.setting("title"), offices.setting("reviews_by_three")) == ("", True)
    assert browser.post("/desk/office/", form)["Location"] == "/desk/office/"
    assert offices.settings() | {} == {
        **{key: row[0] for key, row in offices.SETTINGS.items()}, "session_hours": 8, "title": "云陵月报",
        "editors": ["主编 何令仪", "责任编辑 秦墨之"], "reviews_by_three": False,
    }
    assert "reviews_by_three" not in html(browser.get("/desk/audit/"))  # by its words
    assert "三审由三人分别承担" in html(browser.get("/desk/audit/?action=office+settled"))


def test_the_log_by_person_action_and_day_and_page_by_page(browser):
    for n in range(130):
        audit.note("秦墨之", "item edited", f"2026-01 条目 {n}", changed=["text"])
    first = html(browser.get("/desk/audit/"))
    assert "131 条记录" in first
    assert "条目 129" in first
    assert "条目 5 " not in first
    assert "条目 5 " in html(browser.get("/desk/audit/?page=2"))
    assert "1 条记录" in html(browser.get("/desk/audit/?action=account+created"))
    assert "0 条记录" in html(browser.get("/desk/audit/?to=2020-01-01"))
    for odd in ("?page=x", "?page=-3", "?page=999999999999", "?from=2026-13-45", "?by=nobody", "?from=%00"):
        assert browser.get("/desk/audit/" + odd).status_code == 200


def test_the_log_is_taken_away_as_a_table_of_what_is_shown(browser):
    audit.note("秦墨之", "item edited", "=1+1")
    answer = browser.get("/desk/audit/table.csv?action=item+edited")
    assert answer["Content-Disposition"].startswith('attachment; filename="yuebao-audit-')
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[2:5] for row in rows[1:]] == [["秦墨之", "编改条目", "'=1+1"]]


def test_pages_in_english_and_few_queries(browser, django_assert_max_num_queries):
    for n in range(20):
        account(f"person{n}", "reader")
    for address, most in (("/desk/accounts/", 4), ("/desk/audit/", 5), ("/desk/office/", 3)):
        with django_assert_max_num_queries(most):
            page = browser.get(address + "?lang=en")
        assert page.status_code == 200
        assert 'lang="en"' in page.content.decode()
