"""The board, the item editor, reviews and merging, through their forms; what the pages say; that no page asks the database row by row."""

import re
import struct
import zlib

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yuebao.desk import accounts, items, offices, reviews
from yuebao.desk.models import AuditEntry, Comment, DeskFigure, DeskIssue, DeskItem, ItemVersion

PASSWORD = "云陵 2026 月报"
TEXT = "1月5日，副市长郑文柏到何坊县调研春耕备耕工作。郑文柏察看了育秧大棚，询问农资供应情况。"
PEOPLE = {
    "editor": ["editor"], "other": ["editor"], "first": ["first_reviewer"], "second": ["second_reviewer"], "final": ["final_reviewer"],
    "proof": ["proofreader"],
}


class Desk:
    """The issue in hand, its people, and a browser for each of them."""

    def __init__(self):
        self.people = {name: accounts.create(name, f"{name}甲", PASSWORD, roles, by=None) for name, roles in PEOPLE.items()}
        self.issue = DeskIssue.objects.create(
            title="云陵月报", year=2026, month=1, number=1, opened_at="2026-01-02T00:00:00Z", opened_by=self.people["editor"])
        self.clients = {}

    def client(self, name):
        if name not in self.clients:
            self.clients[name] = Client()
            self.clients[name].post("/desk/sign-in/", {"name": name, "password": PASSWORD})
        return self.clients[name]

    def make(self, headline="郑文柏到何坊县调研", text=TEXT, column="政务活动"):
        return items.create(self.issue, headline=headline, text=text, column_path=column, by=self.people["editor"])

    def get(self, path, name="editor", status=200):
        return self._said(self.client(name).get(f"/desk/{self.issue.pk}/{path}"), status)

    def post(self, path, name="editor", status=303, **fields):
        return self._said(self.client(name).post(f"/desk/{self.issue.pk}/{path}", fields), status)

    def _said(self, response, status):
        text = response.content.decode()
        assert response.status_code == status, text[:2000]
        return text


@pytest.fixture
def desk(home, settings):  # noqa: ARG001
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return Desk()


def picture():
    """A PNG of one pixel."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\1\2\3")) + chunk(b"IEND", b"")


# ---- the item ----


def test_an_item_is_written_edited_and_shown_with_its_history(desk):
    desk.post("item/", headline="自写的条题", text=TEXT, column="要闻/会议")
    page = desk.get("item/1/")
    assert "郑文柏" in page
    assert "要闻 / 会议" in page
    desk.post("item/1/", seen=1, headline="新题", text=TEXT.replace("大棚", "温室"), column="要闻 / 会议", note="改词")
    item = DeskItem.objects.get()
    assert (item.headline, item.version, item.state, item.is_internal) == ("新题", 2, "editing", False)
    history = desk.get("item/1/history/")
    assert "<del>大棚</del><ins>温室</ins>" in history
    assert "改词" in history
    desk.post("item/1/restore/", seen=2, version=1)
    assert DeskItem.objects.get().headline == "自写的条题"
    assert ItemVersion.objects.count() == 3
    desk.post("item/1/", seen=3, headline="自写的条题", text=TEXT, column="要闻 / 会议", internal="1")
    assert DeskItem.objects.get().is_internal


def test_who_was_second_sees_both_texts_merged_and_saves_them(desk):
    item = desk.make()
    desk.post("item/1/", "other", seen=1, headline=item.headline, text=TEXT.replace("察看了育秧大棚", "走进育秧大棚"), column="政务活动")
    page = desk.post(
        "item/1/", status=409, seen=1, headline="郑文柏调研春耕", text=TEXT.replace("到何坊县调研", "在何坊县调研"), column="政务活动")
    assert "other甲" in page
    assert 'name="seen" value="2"' in page
    merged = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL).group(1)
    assert "在何坊县调研" in merged
    assert "走进育秧大棚" in merged
    assert ItemVersion.objects.count() == 2
    desk.post("item/1/", seen=2, headline="郑文柏调研春耕", text=merged, column="政务活动")
    assert DeskItem.objects.get().text == merged


def test_a_finding_is_followed_or_not_with_a_reason(desk):
    item = desk.make(text="1月5日，全市布署安全生产工作，截止目前已检查3千余家。")
    assert 'hx-get="' in desk.get("item/1/")  # what takes long comes after
    assert "布署" in desk.get("item/1/read/")
    page = desk.get("item/1/")
    found = re.findall(r'name="finding" value="(\w+)">\s*<button class="small" name="decision" value="accept"', page)
    assert found
    desk.post("item/1/finding/", seen=1, finding=found[0], decision="accept")
    now = DeskItem.objects.get()
    assert (now.version, now.text != item.text) == (2, True)
    page = desk.get("item/1/read/")
    left = re.findall(r'name="finding" value="(\w+)"', page)
    assert left
    desk.post("item/1/finding/", status=400, seen=2, finding=left[0], decision="waive")
    desk.post("item/1/finding/", seen=2, finding=left[0], decision="waive", reason="照原件")
    assert left[0] not in re.findall(r'name="finding" value="(\w+)"', desk.get("item/1/read/"))
    desk.post("item/1/finding/", status=409, seen=2, finding="0" * 16, decision="accept")


def test_comments_are_made_on_words_and_settled(desk):
    desk.make()
    desk.post("item/1/comment/", "proof", text="请核实地点", words="何坊县")
    desk.post("item/1/comment/", "proof", status=400, text="请核", words="没有的字")
    made = Comment.objects.get()
    assert (made.start, made.end - made.start) == (items.whole("郑文柏到何坊县调研", TEXT).index("何坊县"), 3)
    assert "请核实地点" in desk.get("item/1/")
    desk.post("item/1/comment/", settles=made.pk)
    assert Comment.objects.get().resolved_by.name == "editor"


def test_tables_and_figures(desk):
    from django.core.files.uploadedfile import SimpleUploadedFile

    desk.make()
    desk.post("item/1/tables/", seen=1, caption=["重点项目", ""], grid=["项目\t投资\n环云湖路\t3.2亿元", ""])
    assert DeskItem.objects.get().tables == [{"after": 0, "rows": [["项目", "投资"], ["环云湖路", "3.2亿元"]], "caption": "重点项目"}]
    desk.post("item/1/figure/", seen=2, picture=SimpleUploadedFile("a.png", picture()), caption="通车", credit="秦墨之 摄")
    figure = DeskFigure.objects.get()
    answer = desk.client("proof").get(f"/desk/{desk.issue.pk}/figure/{figure.pk}")
    assert (answer.status_code, answer["Content-Type"], answer.content) == (200, "image/png", picture())
    desk.post("item/1/figure/", status=500, seen=3, picture=SimpleUploadedFile("a.png", b"no picture"), caption="坏")
    desk.post("item/1/figure/", seen=3, figure=figure.pk, caption="环云湖路通车", credit="")
    desk.post("item/1/figure/", seen=4, figure=figure.pk, decision="withdraw")
    assert DeskFigure.objects.get().is_withdrawn
    assert DeskItem.objects.get().version == 5


# ---- the board ----


def order(desk):
    page = desk.get("board/")
    return [int(n) for n in re.findall(r'<li class="line" id="item-(\d+)"', page)]


def test_items_are_moved_by_buttons_by_drag_and_several_at_once(desk):
    for n in range(1, 5):
        desk.make(headline=f"第{n}条", column="要闻")
    desk.make(headline="第5条", column="民生")
    assert order(desk) == [1, 2, 3, 4, 5]
    desk.post("board/move/", step="up 3:1")
    assert order(desk) == [1, 3, 2, 4, 5]
    desk.post("board/move/", step="down 4:1")
    desk.post("board/move/", item="4:1", column="要闻", before="1:1")
    assert order(desk) == [4, 1, 3, 2, 5]
    desk.post("board/move/", column="民生", ticked=["1:1", "3:1", "2:7"])
    assert order(desk) == [4, 2, 5, 1, 3]
    assert "第2条" in desk.get("board/")
    assert [DeskItem.objects.get(number=n).version for n in (1, 2, 4)] == [2, 1, 1]
    desk.post("board/move/", column_step="up 民生")
    assert order(desk) == [5, 1, 3, 4, 2]
    desk.post("board/move/", status=400, item="x", column="要闻")
    desk.post("board/move/", status=404, item="99:1", column="要闻")


def test_the_board_shows_what_the_whole_issue_says_after_a_while(desk):
    desk.make(text="1月5日，全市布署安全生产工作，会议要求落实责任。")
    assert 'hx-get="' in desk.get("board/")
    assert "布署" in desk.get("board/survey/")
    assert 'id="survey" hx-get' not in desk.get("board/")
    later = desk.client("editor").get(f"/desk/{desk.issue.pk}/board/survey/", headers={"HX-Request": "true"}).content.decode()
    assert 'id="found-1" hx-swap-oob="true"' in later


def test_what_only_the_whole_issue_shows_stands_at_the_item_once_it_was_looked_over(desk):
    said = "1月9日，市委常委会召开会议，研究春节期间走访慰问和一季度经济工作，强调抓好落实。"
    desk.make(headline="甲", text=said)
    desk.make(headline="乙", text=f"综合要闻。{said}")
    assert "X002" not in desk.get("item/2/read/")
    desk.get("board/survey/")
    assert "X002" in desk.get("item/2/read/")


# ---- reviews ----


def test_three_people_review_in_order(desk):
    desk.make()
    desk.post("item/1/review/first/", "first", status=409, seen=1, verdict="passed")
    desk.post("item/1/submit/", seen=1)
    desk.post("item/1/review/second/", "first", status=403, seen=1, verdict="passed")
    desk.post("item/1/review/first/", "first", seen=1, verdict="passed", note="可用")
    desk.post("item/1/review/second/", "second", seen=1, verdict="passed")
    page = desk.get("item/1/", "final")
    assert "first甲 通过" in page
    assert "可用" in page
    desk.post("item/1/review/final/", "final", seen=1, verdict="passed")
    assert reviews.passed(DeskItem.objects.get())
    desk.post("item/1/", seen=1, headline="改题", text=TEXT, column="政务活动")
    assert DeskItem.objects.get().state == "editing"


def test_many_are_passed_at_once_and_those_changed_meanwhile_are_named(desk):
    for n in range(1, 4):
        desk.make(headline=f"第{n}条")
    desk.post("board/submit/", ticked=["1:1", "2:1", "3:1"])
    desk.post("reviews/first/", "first", ticked=["1:1", "2:9"])
    assert [item.state for item in DeskItem.objects.order_by("number")] == ["first_passed", "submitted", "submitted"]
    page = desk.get("reviews/", "first")
    assert "2 第2条" in page
    assert "3:1" in page
    assert "1:1" not in page


def test_what_was_reviewed_on_paper_is_entered_with_its_scan(desk):
    from django.core.files.uploadedfile import SimpleUploadedFile

    desk.make()
    desk.post("item/1/submit/", seen=1)
    scan = SimpleUploadedFile("审.pdf", b"%PDF-1.7 signed")
    desk.post("item/1/review/paper/", status=400, seen=1, level="first", verdict="passed", person=desk.people["second"].pk)
    desk.post("item/1/review/paper/", seen=1, level="first", verdict="passed", person=desk.people["first"].pk, scan=scan)
    made = reviews.standing(DeskItem.objects.get())[0]
    assert (made.by.name, made.entered_by.name, bytes(made.scan.data)) == ("first", "editor", b"%PDF-1.7 signed")


def test_anybody_of_the_desk_sends_back_with_a_reason(desk):
    desk.make()
    desk.post("item/1/submit/", seen=1)
    desk.post("item/1/send-back/", "proof", status=409, seen=1, note=" ")
    desk.post("item/1/send-back/", "proof", seen=1, note="日期待核")
    assert DeskItem.objects.get().state == "editing"
    assert "日期待核" in desk.get("item/1/")


def test_who_is_to_edit_what_was_returned_sees_why(desk):
    desk.make()
    desk.post("item/1/submit/", seen=1)
    desk.post("item/1/review/first/", "first", seen=1, verdict="returned", note="导语缺时间")
    assert "导语缺时间" in desk.get("item/1/")
    desk.post("item/1/submit/", seen=1)
    assert "导语缺时间" not in desk.get("item/1/")


def test_nothing_can_be_pressed_once_the_issue_is_signed(desk):
    desk.make()
    DeskIssue.objects.update(signed_at="2026-02-01T00:00:00Z")
    forms = re.findall(r'<form method="post"[^>]*action="([^"]+)"', desk.get("item/1/") + desk.get("board/"))
    assert [form for form in forms if "sign-out" not in form and not form.endswith("/board/move/")] == []
    before = AuditEntry.objects.count()
    for path, fields in (("item/1/", {"headline": "x", "text": "x", "column": "x"}), ("item/1/withdraw/", {"reason": "x"}), ("item/1/submit/", {})):
        desk.post(path, status=409, seen=1, **fields)
    desk.post("item/1/comment/", status=409, text="x")
    assert AuditEntry.objects.count() == before


# ---- queries ----


@pytest.mark.parametrize("path", ["board/", "item/1/", "item/1/read/", "reviews/", "item/1/history/"])
def test_no_page_asks_the_database_row_by_row(desk, path):
    def asked():
        desk.get(path, "first")
        with CaptureQueriesContext(connection, ) as queries:
            desk.get(path, "first")
        return len(queries)

    offices.settle("session_hours", 12, None)
    desk.make()
    desk.post("board/submit/", ticked=["1:1"])
    few = asked()
    for n in range(2, 12):
        desk.make(headline=f"第{n}条")
        desk.post("board/submit/", ticked=[f"{n}:1"])
        desk.post("item/1/comment/", text="批注")
    assert asked() <= few + 1
