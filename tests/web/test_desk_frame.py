"""The frame of the desk: each role is shown the pages that its doors open, and what is not ours lies there as it was published."""

import hashlib
import re
from pathlib import Path

import pytest
from desk_roles import account, signed_in

import yuebao.web
from desk_month import issue

HOUSE = {
    "editor": ["在编各期", "组稿", "用稿统计", "供稿单位", "发送对象", "阅览室"],
    "final_reviewer": ["在编各期", "阅览室"],
    "administrator": ["供稿单位", "发送对象", "账号", "本室设置", "操作记录", "阅览室"],
}
OF_ISSUE = {
    "editor": ["本期", "来稿", "选稿", "版面", "三审", "签发", "发送", "勘误", "单据"],
    "signatory": ["本期", "来稿", "选稿", "版面", "三审", "签发", "单据"],
}
STATIC = Path(yuebao.web.__file__).parent / "static" / "yuebao"


def ways(answer, label):
    nav = re.search(rf'<nav[^>]*aria-label="{label}">(.*?)</nav>', answer.content.decode(), re.DOTALL)[1]
    return re.findall(r"<a [^>]*>(.*?)</a>", nav)


@pytest.mark.parametrize("role", HOUSE)
def test_the_house_by_role(home, role):  # noqa: ARG001
    assert ways(signed_in(account(role, role)).get("/desk/own/"), "编辑台导航") == HOUSE[role]


@pytest.mark.parametrize("role", OF_ISSUE)
def test_an_issue_by_role(home, role):  # noqa: ARG001
    person = account(role, role)
    answer = signed_in(person).get(f"/desk/{issue(person).pk}/")
    assert ways(answer, "本期导航") == OF_ISSUE[role]


def test_who_sends_copy_finds_their_own(home):  # noqa: ARG001
    from yuebao.desk.models import Contributor

    sender = account("county", "contributor")
    sender.contributor = Contributor.objects.create(name="何坊县委办")
    sender.save()
    assert ways(signed_in(sender).get("/desk/my-copy/"), "编辑台导航") == ["我的来稿"]


def test_pages_hold_no_script_or_style_of_their_own(home):  # noqa: ARG001
    page = signed_in(account("editor", "editor")).get("/desk/").content.decode()
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\son[a-z]+=|\sstyle=", page) == []


def test_what_is_not_ours_is_as_it_was_published():
    rows = [line.split() for line in (STATIC / "vendored.txt").read_text(encoding="utf-8").splitlines()[2:] if line.strip()]
    assert {row[0] for row in rows} == {path.name for path in STATIC.glob("*.min.js")}
    for row in rows:
        assert hashlib.sha256((STATIC / row[0]).read_bytes()).hexdigest() == row[-1], row[0]
