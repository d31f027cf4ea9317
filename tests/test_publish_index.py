"""Indexes at the end of a volume: who and what, in the order of pinyin or strokes, to the pages that name them."""

import re
import sys
from pathlib import Path

import pypdfium2
import pytest

from yuebao.annotate import annotate
from yuebao.publish import Setting, publish
from yuebao.publish.book import book_of
from yuebao.publish.index import _by_strokes, _numeral, _stroke_head, by_pinyin, letter_of

sys.path.insert(0, str(Path(__file__).resolve().parent / "publish"))
import yunling


def ordered(names, key):
    return sorted(names, key=key)


@pytest.mark.parametrize("names", [
    ["安宁", "何令仪", "季伯川", "季长风", "秦墨之", "郑文柏"],
    ["马二", "马三", "马一"],
    ["单于飞", "单文", "沈一", "曾国"],  # chanyu, shan, shen, zeng: surnames as they are read
    ["刘艾", "刘爱平", "刘安"],
])
def test_persons_in_the_order_of_pinyin(names):
    assert ordered(reversed(names), lambda name: by_pinyin(name, is_person=True)) == names


@pytest.mark.parametrize("names", [
    ["丁一", "卜凡", "马云飞", "王伟", "王芳", "云飞", "李明", "何令仪", "张三"],  # 2, 2, 3, 4, 4, 4, 7, 7, 7 strokes
    ["王力", "王大"],
    ["季长风", "季伯川", "郑文柏"],
    ["李明", "李明俊"],  # a name of fewer characters first
])
def test_persons_in_the_order_of_strokes(names):
    assert ordered(reversed(names), _by_strokes) == names


def test_equal_strokes_go_by_the_kind_of_the_first():
    """横竖撇点折: 王 begins with 横, 毛 with 撇, 方 with 点, 孔 with 折; all have four strokes."""
    assert ordered("孔方毛王", _by_strokes) == list("王毛方孔")


@pytest.mark.parametrize(("name", "letter", "strokes"), [
    ("重庆路", "C", "九画"), ("长城公司", "C", "四画"), ("滍阳镇", "Z", "十三画"), ("A座", "其他", "其他"), ("𠮷祥", "其他", "其他"), ("珺瑶", "J", "十一画"),
])
def test_the_group_that_a_name_stands_in(name, letter, strokes):
    assert letter_of(by_pinyin(name)) == letter
    assert _stroke_head(_by_strokes(name)) == strokes


@pytest.mark.parametrize(("number", "numeral"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五")])
def test_numbers_of_strokes_are_written_in_chinese(number, numeral):
    assert _numeral(number) == numeral


def squeezed(made):
    with pypdfium2.PdfDocument(made) as document:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]


@pytest.mark.parametrize("order", ["pinyin", "strokes"])
def test_every_page_of_the_index_has_the_name(order):
    issue = annotate(yunling.issue())
    pages = squeezed(publish(issue, setting=Setting(index=order)))
    body = {int(found[1]): text for text in pages if (found := re.search(r"—(\d+)—$", text))}
    at = next(n for n, text in body.items() if "人名索引" in text)
    people = body[at].split("人名索引")[-1]
    rows = re.findall(r"(何令仪|郑文柏|秦墨之|温晓岚|季长风|柳思远)([\d、]+)", people)
    assert {name for name, _ in rows} == {"何令仪", "郑文柏", "秦墨之", "温晓岚", "季长风", "柳思远"}
    for name, listed in rows:
        named = [n for n, text in body.items() if n < at and name in text]
        assert [int(n) for n in listed.split("、")] == named


def test_the_contents_and_bookmarks_lead_to_the_indexes():
    made = publish(annotate(yunling.issue()), setting=Setting(index="pinyin"))
    assert any(re.search(r"人名索引\.+7主题索引\.+8$", text) for text in squeezed(made))
    with pypdfium2.PdfDocument(made) as document:
        assert [mark.get_title() for mark in document.get_toc()][-2:] == ["人名索引", "主题索引"]


def test_marks_change_no_character_of_the_text():
    issue = annotate(yunling.issue())
    plain, marked = (book_of(issue, Setting(index=order)) for order in (None, "pinyin"))

    def paragraphs(data):
        return ["".join(run for _, run in piece["runs"]) if "runs" in piece else piece["text"]
                for column in data["columns"] for item in column["items"] for piece in item["pieces"] if piece["kind"] == "text"]

    assert paragraphs(plain) == paragraphs(marked)


def test_an_issue_that_names_nobody_has_no_index():
    assert squeezed(publish(yunling.issue({"要闻": [("题", ["文"])]}), setting=Setting(index="pinyin")))[-1].endswith("—1—")
