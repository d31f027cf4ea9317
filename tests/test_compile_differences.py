"""Differences: what the reports of one event say otherwise is found with its words, and nothing where they agree or speak of other things."""

import json
from pathlib import Path

import pytest

from copied import clipping
from yuebao import pipeline, samples
from yuebao.compile.differences import _is_slip, differences
from yuebao.compile.intake import Refused
from yuebao.compile.stories import particulars, stories

BASE = (
    "1月13日，云陵市人民政府与澜海港口集团在云陵宾馆签署合作协议。副市长郑文柏、市商务局局长何令仪出席。项目总投资8.6亿元，"
    "新建泊位4个、堆场6.2万平方米，共有参会代表126人，预计2027年6月建成。"
)
COPY = Path(samples.__file__).parent / "copy"


def told(*texts):
    return differences([clipping(n, "港口项目签约", text) for n, text in enumerate(texts, 1)])


@pytest.mark.parametrize(("kind", "old", "new", "said"), [
    ("money", "8.6亿元", "6.8亿元", ("8.6亿元", "6.8亿元")),
    ("money", "8.6亿元", "8.6万元", ("8.6亿元", "8.6万元")),
    ("quantity", "6.2万平方米", "2.6万平方米", ("6.2万平方米", "2.6万平方米")),
    ("quantity", "126人", "162人", ("126人", "162人")),
    ("date", "1月13日", "1月14日", ("1月13日", "1月14日")),
    ("person", "何令仪", "何令怡", ("何令仪", "何令怡")),
    ("office", "副市长郑文柏", "市政协副主席郑文柏", ("副市长郑文柏", "市政协副主席郑文柏")),
    ("place", "云陵宾馆", "市会议中心", ("云陵宾馆", "市会议中心")),
])
def test_one_thing_told_otherwise(kind, old, new, said):
    one = BASE.replace("签署合作协议", "举行签约仪式") if kind == "place" else BASE
    assert old in one
    found = told(one, one.replace(old, new))
    assert [(each.kind, tuple(words.text for words in each.said)) for each in found] == [(kind, said)]


@pytest.mark.parametrize(("one", "other"), [
    (BASE, BASE),
    (BASE, BASE.replace("8.6亿元", "86000万元")),  # the same sum
    (BASE, BASE.replace("8.6亿元", "约9亿元")),  # rounded, and says so
    (BASE, BASE.replace("8.6亿元", "9亿元")),  # rounded
    (BASE, BASE.replace("项目总投资8.6亿元，", "")),  # left out
    (BASE, BASE + "去年，全市完成进出口37.2亿元。"),  # another thing
    (BASE, BASE.replace("副市长郑文柏", "云陵市副市长郑文柏")),
    (BASE, BASE.replace("副市长郑文柏", "市委常委、副市长郑文柏")),
    (BASE, BASE.replace("市商务局局长何令仪", "秦墨之")),  # another person, not a slip
])
def test_agreement_and_silence_are_no_difference(one, other):
    assert told(one, other) == ()


def test_reports_that_agree_are_told_with_those_that_do_not():
    found = told(BASE, BASE.replace("8.6亿元", "6.8亿元"), BASE)
    assert [(words.clipping, words.text) for words in found[0].said] == [(1, "8.6亿元"), (2, "6.8亿元"), (3, "8.6亿元")]
    assert len(found) == 1
    assert found[0].about.endswith("总投资")


@pytest.mark.parametrize(("one", "other", "is_slip"), [
    ("何令仪", "何令怡", True), ("邢国栋", "刑国栋", True), ("秦墨之", "秦之墨", True), ("郑伟", "郑炜", True), ("郑伟", "何伟", False),
    ("何令仪", "何令仪", False), ("何令仪", "何仪", False), ("何令仪", "何文柏", False), ("安娜·何", "安娜•何", False),
])
def test_slips_of_names(one, other, is_slip):
    assert _is_slip(one, other) is is_slip


def test_one_report_alone_differs_from_none():
    assert told(BASE) == ()
    assert differences(()) == ()


def test_the_words_stand_where_they_are_said_to_stand():
    texts = (BASE, BASE.replace("8.6", "6.8").replace("何令仪", "何令怡"))
    clippings = [clipping(n, "港口项目签约", text) for n, text in enumerate(texts, 1)]
    found = differences(clippings)
    assert len(found) == 2
    for words in (words for each in found for words in each.said):
        assert clippings[words.clipping - 1].item.text[words.start:words.end] == words.text


def test_all_that_is_planted_in_the_sample_month_is_found_and_nothing_else():
    gold = json.loads((COPY.parent / "copy.gold.json").read_text(encoding="utf-8"))
    clippings = [taken for taken in pipeline.take_folder(COPY) if not isinstance(taken, Refused)]
    by_name = {taken.name: taken for taken in clippings}
    groups = stories(
        [taken.item.text for taken in clippings], lambda numbers: [particulars(clippings[n].item.text, clippings[n].item.annotations) for n in numbers])
    assert {tuple(clippings[n].name for n in group) for group in groups if len(group) > 1} == {tuple(sorted(s)) for s in gold["stories"]}
    found = [each for group in groups for each in differences([clippings[n] for n in group])]
    wanted = {(each["kind"], by_name[name].number) for each in gold["differences"] for name in each["said"]}
    assert {(each.kind, words.clipping) for each in found for words in each.said} == wanted
    assert len(found) == len(gold["differences"])
