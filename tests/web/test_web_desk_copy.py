"""The pages of copy and stories: sent, sorted and counted through plain forms; a contributor meets its own copy and nothing else."""

import re

import pytest
from desk_roles import signed_in
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from desk_month import issue, people, stand_ins

OURS = "/desk/1/"


@pytest.fixture
def desk(home, monkeypatch):  # noqa: ARG001
    stand_ins(monkeypatch)
    who = people()
    held = issue(who["editor"])
    assert held.pk == 1
    return {name: signed_in(account) for name, account in who.items()} | {"issue": held, "accounts": who}


def page(browser, address, status=200):
    answer = browser.get(address)
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def post(browser, address, status=303, **form):
    answer = browser.post(address, form)
    assert answer.status_code == status, answer.content.decode()
    return answer


def send(browser, *lines, address=OURS + "copy/", **form):
    files = [SimpleUploadedFile(f"{n}{line[:4]}.txt", f"{line}\n正文{n}，{line}。".encode()) for n, line in enumerate(lines)]
    return post(browser, address, 200, files=files, **form).content.decode()


def gather(desk, *lines, **form):
    send(desk["editor"], *lines, **form)
    post(desk["editor"], OURS + "inbox/gather/")


def headlines(html):
    return re.findall(r'<li class="card" id="story-\d+".*?<a lang="zh-Hans" href="[^"]+">([^<]*)</a></h2>', html, re.DOTALL)


def test_files_and_pasted_text_are_sent_and_each_is_told(desk):
    html = send(desk["editor"], "甲【要闻】", "机密★一年", "乙", text="丙\r\n粘贴的正文。", contributor="丰岭镇", dated_on="2026-01-05")
    assert html.count("已收，登记号") == 3
    assert "E110" in html
    assert "本程序不得处理涉密信息" in html
    assert "已有，登记号 1" in send(desk["editor"], "甲【要闻】")
    html = page(desk["editor"], OURS + "copy/?contributor=2")
    assert re.findall(r'<tr id="clipping-(\d+)">', html) == ["3", "2", "1"]
    assert "丰岭镇" in html
    assert "2026年1月5日" in html
    assert "没有符合条件" in page(desk["editor"], OURS + "copy/?contributor=1")
    post(desk["editor"], OURS + "copy/", 400)
    post(desk["editor"], OURS + "copy/", 400, text="丁", origin_kind="别的")
    post(desk["editor"], OURS + "copy/", 400, text="丁", dated_on="昨天")


def test_a_text_is_shown_and_fetched_as_it_came(desk):
    send(desk["editor"], "<script>甲</script>")
    html = page(desk["editor"], OURS + "copy/1/")
    assert "&lt;script&gt;甲" in html
    assert "<script>甲" not in html
    answer = desk["editor"].get(OURS + "copy/1/file")
    assert answer.content == "<script>甲</script>\n正文0，<script>甲</script>。".encode()
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    page(desk["editor"], OURS + "copy/9/", 404)


def test_a_contributor_meets_its_own_copy_alone(desk):
    send(desk["editor"], "甲")
    mine = "/desk/my-copy/"
    assert "已收，登记号 2" in send(desk["county"], "乙", address=mine, issue=1, contributor="丰岭镇")
    html = page(desk["county"], mine)
    assert "何坊县委办" in html
    assert ">乙<" in html
    assert "丰岭镇" not in html
    assert ">甲<" not in html
    assert "本室已收到同样的稿件" in send(desk["county"], "甲", address=mine, issue=1)
    page(desk["county"], mine + "1/", 404)
    page(desk["county"], mine + "1/file", 404)
    for closed in ("copy/", "copy/1/", "inbox/", "story/1/"):
        page(desk["county"], OURS + closed, 403)
    post(desk["editor"], OURS + "inbox/gather/")
    post(desk["editor"], OURS + "story/2/", decision="drop", seen=1, reason="已过时效", more="上月已载")
    assert "已过时效：上月已载" in page(desk["county"], mine)
    post(desk["county"], mine + "2/", decision="withdraw", reason="另报")
    assert "已撤回" in page(desk["county"], mine + "2/")
    post(desk["county"], mine + "2/", decision="take_back")
    desk["accounts"]["county"].contributor = None
    desk["accounts"]["county"].save()
    assert "没有登记供稿单位" in page(desk["county"], mine)


def test_stories_are_accepted_dropped_and_taken_up_in_the_inbox(desk):
    gather(desk, "甲【要闻】", "乙【民生】", "丙")
    assert headlines(page(desk["editor"], OURS + "inbox/")) == ["甲【要闻】", "乙【民生】", "丙"]
    assert headlines(page(desk["editor"], OURS + "inbox/?column=%E6%B0%91%E7%94%9F")) == ["乙【民生】"]
    assert re.findall(r'name="after" value="(\d*)"', page(desk["editor"], OURS + "inbox/"))[::2] == ["2", "3", ""]
    answer = post(desk["editor"], OURS + "story/1/", decision="accept", seen=1, column="要闻", back="column=%E8%A6%81%E9%97%BB", after="2")
    assert answer.headers["Location"] == OURS + "inbox/?column=%E8%A6%81%E9%97%BB#story-2"
    assert "已采用为条目 1" in page(desk["editor"], OURS + "inbox/")
    post(desk["editor"], OURS + "story/1/", 409, decision="accept", seen=1, column="要闻")
    post(desk["editor"], OURS + "story/3/", 400, decision="accept", seen=1, column="")
    post(desk["editor"], OURS + "story/3/", 400, decision="drop", seen=1)
    post(desk["editor"], OURS + "story/3/", 400, decision="别的", seen=1)
    post(desk["editor"], OURS + "story/3/", 400, decision="drop", seen="x", reason="已过时效")
    post(desk["editor"], OURS + "story/3/", decision="drop", seen=1, reason="已过时效")
    assert headlines(page(desk["editor"], OURS + "inbox/?state=dropped")) == ["丙"]
    post(desk["editor"], OURS + "story/3/", decision="take_up", seen=2, back="state=dropped")
    assert headlines(page(desk["editor"], OURS + "inbox/?state=accepted")) == ["甲【要闻】"]
    assert headlines(page(desk["editor"], OURS + "inbox/")) == ["乙【民生】", "丙"]
    post(desk["editor"], OURS + "story/2/", decision="accept", seen=1, column="民生", other_column="文化 / 非遗")
    assert "文化 / 非遗" in page(desk["editor"], OURS + "inbox/?state=accepted")


def test_those_ticked_are_decided_on_at_once(desk):
    gather(desk, "甲【要闻】", "乙【民生】", "丙", "丁", "戊")
    post(desk["editor"], OURS + "inbox/", 400, decision="accept")
    post(desk["editor"], OURS + "inbox/", 400, decision="别的", story=["1:1"])
    post(desk["editor"], OURS + "inbox/", decision="accept", story=["1:1", "2:1", "3:1"])
    html = page(desk["editor"], OURS + "inbox/")
    assert "已采用 2 组" in html
    assert "第 3 组" in html
    post(desk["editor"], OURS + "inbox/", decision="merge", story=["4:1", "5:1"])
    post(desk["editor"], OURS + "inbox/", 409, decision="merge", story=["4:1", "3:1"])
    post(desk["editor"], OURS + "inbox/", decision="drop", story=["3:1", "4:1"], reason="已过时效")
    assert headlines(page(desk["editor"], OURS + "inbox/")) == ["丁"]  # seen before it was merged: left as it is
    assert headlines(page(desk["editor"], OURS + "inbox/?state=dropped")) == ["丙"]


def test_a_story_stands_beside_its_sources_and_is_split_and_merged(desk):
    gather(desk, "甲【要闻】", "甲【要闻】", "乙")
    html = page(desk["editor"], OURS + "story/1/")
    assert 'id="c1"' in html
    assert re.search(r'<sup class="ref"><a href="#s1" data-clause="1">1</a></sup>', html)
    assert re.search(r'<article class="card" id="source-1".*id="s1".*href="#c1"', html, re.DOTALL)
    assert "“要闻”见于文中" in html
    answer = post(desk["editor"], OURS + "story/1/", decision="split", seen=1, clipping=["2"])
    assert answer.headers["Location"] == OURS + "story/1/"
    assert "已拆出第 3 组" in page(desk["editor"], OURS + "story/1/")
    answer = post(desk["editor"], OURS + "story/3/", decision="merge", seen=2, other=2)
    assert answer.headers["Location"] == OURS + "story/3/"
    assert "已并入他组" in page(desk["editor"], OURS + "story/2/")
    post(desk["editor"], OURS + "story/3/", 404, decision="merge", seen=3, other=99)
    page(desk["editor"], OURS + "story/99/", 404)


def test_reviewers_look_and_decide_nothing(desk):
    gather(desk, "甲【要闻】")
    for address in ("copy/", "copy/1/", "inbox/", "story/1/"):
        html = page(desk["first"], OURS + address)
        assert "<button" not in html.split("<main")[1] or 'method="get"' in html
        assert 'method="post"' not in html.split("<main")[1]
    post(desk["first"], OURS + "story/1/", 403, decision="accept", seen=1, column="要闻")


def test_contributors_tasks_and_what_was_used(desk):
    editor = desk["editor"]
    post(editor, "/desk/contributors/", name="丰岭镇")
    post(editor, "/desk/contributors/", 400, name="丰岭镇")
    post(editor, "/desk/contributors/2/", name="丰岭镇政府", contact="内线 01", is_active="on")
    assert "丰岭镇政府" in page(editor, "/desk/contributors/")
    post(editor, "/desk/commissions/", issue=1, contributor=["1", "2"], subject="春耕备耕", due_on="2026-01-20")
    post(editor, "/desk/commissions/", 400, issue=1, subject="春耕备耕", due_on="2026-01-20")
    assert page(editor, "/desk/commissions/?issue=1").count("春耕备耕") == 2
    post(editor, "/desk/commissions/2/", decision="remind")
    post(editor, "/desk/commissions/1/", 400, decision="别的")
    assert "已催 1 次" in page(desk["county"], "/desk/my-copy/")
    assert "何坊县委办" in page(editor, "/desk/commissions/letters/?issue=1&kind=reminder")
    assert page(editor, "/desk/commissions/letters/?issue=1&kind=notice").count('<article class="paper') == 2
    page(editor, "/desk/commissions/letters/?issue=1", 404)
    gather(desk, "甲【要闻】", "乙", contributor="何坊县委办")
    post(editor, OURS + "inbox/", decision="accept", story=["1:1"])
    assert "50%" in page(editor, "/desk/used/?year=2026")
    table = editor.get("/desk/used/?year=2026&format=csv").content.decode("utf-8-sig")
    assert table.splitlines()[1] == "何坊县委办,2,1,2,1,50%"
    assert "甲【要闻】" in page(editor, "/desk/used/1/?year=2026")
    assert "没有采用" in page(editor, "/desk/used/2/?year=2026")


def test_contributors_see_the_counts_where_the_office_lets_them(desk):
    from yuebao.desk import offices

    send(desk["editor"], "甲", contributor="丰岭镇")
    assert "丰岭镇" not in page(desk["county"], "/desk/my-copy/")
    offices.settle("show_counts_by_contributor", True, None)
    assert "丰岭镇" in page(desk["county"], "/desk/my-copy/")


def test_a_page_asks_as_often_for_many_as_for_few(desk):
    def asked(address):
        with CaptureQueriesContext(connection, ) as queries:
            page(desk["editor"], address)
        return len(queries)

    addresses = (OURS + "inbox/", OURS + "copy/", "/desk/used/")
    gather(desk, "甲【要闻】", contributor="丰岭镇")
    few = [asked(address) for address in addresses]
    gather(desk, *(f"乙{n}【民生】" for n in range(20)), contributor="何坊县委办")
    assert [asked(address) for address in addresses] == few


def test_every_page_speaks_english_too(desk):
    gather(desk, "甲【要闻】", "甲【要闻】", contributor="何坊县委办")
    post(desk["editor"], "/desk/commissions/", issue=1, contributor=["1"], subject="春耕备耕", due_on="2026-01-20")
    page(desk["editor"], OURS + "inbox/?lang=en")  # where what was done is told, in the language of then
    chinese = {}
    for address in (
        *(OURS + each for each in ("copy/", "copy/1/", "inbox/", "inbox/?state=accepted", "inbox/?state=dropped", "story/1/")),
        "/desk/contributors/", "/desk/used/", "/desk/used/1/", "/desk/commissions/", "/desk/commissions/letters/?issue=1&kind=notice",
    ):
        html = page(desk["editor"], address)
        assert html.count("<h1") == 1, address
        main = html.split("<main")[1].split("</main>")[0]
        for of_the_copy in (r'<(select|datalist|ul|a|h1|p|th|td|dd|span|div|article)\b[^>]*lang="zh-Hans".*?</\1>', r"<option.*?</option>", r"<[^>]*>"):
            main = re.sub(of_the_copy, "", main, flags=re.DOTALL)
        if left := re.findall("[\u4e00-\u9fff]+", main):
            chinese[address] = left
    assert not chinese
