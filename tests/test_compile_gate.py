"""The gate: what no source holds does not pass; what stands in a source, turned as the house turns it, does. The plants of the bench, in small."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from yuebao import pipeline
from yuebao.annotate import annotate_text
from yuebao.compile.clauses import parted
from yuebao.compile.gate import REASONS, gate
from yuebao.compile.gate_found import realigned
from yuebao.compile.gate_turns import TURNS, turns_of
from yuebao.compile.values import Clause, Clipping
from yuebao.pipeline import annotate_single

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bench"))

import gate as bench

REPORT = """郑文柏到何坊县调研春季农业生产

3月12日上午，市委书记郑文柏到何坊县调研春季农业生产，市委常委、秘书长温如玉，副市长柳思远、季长风参加。
郑文柏先后到柳林镇高标准农田、县农技站（原农科所），察看麦田管理，听取备耕情况汇报。今年全县投资3.5亿元，建成高标准农田12.6万亩。
郑文柏强调，要不误农时抓好春管。要把农资价格稳住，不得哄抬物价。
如果气温持续回升，预计3月底可完成追肥。昨日，市农业农村局印发《春季田管意见》，我市20个专家组下乡指导。
何坊县委书记秦墨之汇报情况，县长何令仪主持座谈会。"""
OTHER = "石门区召开旅游工作会议\n\n3月14日，石门区召开旅游工作会议，部署云湖景区提升工程。区长陆明远讲话。"


def clipping(text, number=1, dated_on="2025-03-13"):
    item = annotate_single("copy.txt", text.encode())
    item = replace(item, annotations=annotate_text(item.text, 2025, 3))
    return Clipping(number, "copy.txt", "0" * 64, "contributed", None, None, dated_on, item)


def told(text, clippings=None, clauses=(), city="云陵市"):
    """The reasons that the gate gives, and what it marks."""
    clippings = clippings or [clipping(REPORT)]
    return [(f.reason, f.text) for f in gate(text, realigned(text, clauses, clippings, city), clippings, annotate_text(text, 2025, 3), city)]


@pytest.mark.parametrize("text", [
    "郑文柏到何坊县调研春季农业生产\n3月12日，市委书记郑文柏到何坊县调研春季农业生产，市委常委、秘书长温如玉，副市长柳思远、季长风参加。",
    "3月12日上午，市委书记郑文柏到何坊县调研春季农业生产。",
    "郑文柏先后到柳林镇高标准农田、县农技站，察看麦田管理。今年全县投资3.5亿元，建成高标准农田12.6万亩。",
    "郑文柏强调，要不误农时抓好春管。要把农资价格稳住，不得哄抬物价。",
    "如果气温持续回升，预计3月底可完成追肥。",
    "3月12日，市农业农村局印发《春季田管意见》，云陵市20个专家组下乡指导。",
    "3月12日，市农业农村局印发《春季田管意见》，我市20个专家组下乡指导。",
    "何坊县委书记秦墨之汇报情况。",
    "县长何令仪主持座谈会。",
    "何令仪主持座谈会。",
    "市委常委、秘书长温如玉，副市长柳思远、季长风参加。",
    "",
    "。，、并",
], ids=str)
def test_what_a_source_says_passes(text):
    assert told(text) == []


@pytest.mark.parametrize(("text", "reason"), [
    ("3月12日，市委书记郑文博到何坊县调研春季农业生产。", "cut"),  # a character of a name
    ("3月12日，市长郑文柏到何坊县调研春季农业生产。", "cut"),  # an office that no source gives
    ("3月13日，市委书记郑文柏到何坊县调研春季农业生产。", None),
    ("3月12日，市委书记郑文柏到石门区调研春季农业生产。", None),
    ("今年全县投资3.5万元，建成高标准农田12.6万亩。", None),
    ("今年全县投资35亿元，建成高标准农田12.6万亩。", None),
    ("今年全县投资3.6亿元，建成高标准农田12.6万亩。", None),
    ("今年全县投资12.6亿元，建成高标准农田3.5万亩。", None),
    ("去年全县投资3.5亿元，建成高标准农田12.6万亩。", None),
    ("郑文柏强调，要误农时抓好春管。", "cut"),  # 不 is gone
    ("郑文柏强调，要不误农时抓好春管。要把农资价格稳住，得哄抬物价。", None),
    ("3月底可完成追肥。", None),
    ("预计3月底可完成追肥。", "governor"),  # on what condition
    ("要不误农时抓好春管。", "governor"),  # who says it
    ("要把农资价格稳住，不得哄抬物价。", "leaning"),
    ("何令仪强调，要不误农时抓好春管。", None),
    ("何坊县委书记秦墨之主持座谈会。", "cut"),
    ("何坊县委书记秦墨之、县长何令仪主持座谈会。", "cut"),
    ("县长秦墨之汇报情况，何坊县委书记何令仪主持座谈会。", None),
    ("市长柳思远参加。", None),
    ("副市长温如玉参加。", None),
    ("3月13日，市农业农村局印发《春季田管意见》。", None),
    ("3月12日，市农业农村局印发《夏季田管意见》。", None),
    ("3月12日，市农业局印发《春季田管意见》。", None),
    ("石门区20个专家组下乡指导。", None),
    ("会议指出，全市粮食生产实现开门红。", "unsourced"),
    ("郑文柏强调，要不误农时抓好春管，察看麦田管理。", "joined"),  # of another sentence
    ("秦墨之到柳林镇高标准农田、县农技站，察看麦田管理。", None),
    ("市委书记郑文柏到何坊县调研春季农业生产，3月14日，石门区召开旅游工作会议。", None),  # another story
])
def test_what_no_source_says_is_told(text, reason):
    found = told(text)
    assert found, text
    assert reason is None or reason in [key for key, _ in found], found


def test_what_is_marked_is_quoted():
    text = "今年全县投资3.5亿元，建成高标准农田12.6万亩，带动就业9000人。"
    for foreign in gate(text, realigned(text, (), [clipping(REPORT)]), [clipping(REPORT)], ()):
        assert foreign.text == text[foreign.start:foreign.end]
        assert foreign.reason in REASONS
    assert told(text) == [("unsourced", "带动就业9000人")]


def test_a_clause_that_says_something_else_than_its_source_is_altered():
    source = clipping(REPORT)
    start = source.item.text.index("今年全县")
    end = source.item.text.index("12.6万亩") + 6
    text = source.item.text[start:end].replace("3.5", "8.5")
    [foreign] = gate(text, [Clause(0, len(text), 1, start, end)], [source], ())
    assert (foreign.reason, foreign.text) == ("altered", "8")


@pytest.mark.parametrize("clause", [Clause(0, 4, 9, 0, 4), Clause(0, 4, 1, 0, 99999), Clause(0, 4, 1, 5, 5), Clause(0, 4, 1, -4, 0)])
def test_a_clause_must_point_into_a_clipping_of_the_story(clause):
    assert [f.reason for f in gate("郑文柏到", [clause], [clipping(REPORT)], ())] == ["unsourced"]


def test_a_clause_of_another_story_passes_only_with_its_clipping():
    text = "3月14日，石门区召开旅游工作会议，部署云湖景区提升工程。"
    assert told(text)
    assert told(text, [clipping(REPORT), clipping(OTHER, 2)]) == []


def test_two_sentences_are_joined_only_whole():
    report = "3月12日，何坊县召开会议。县长何令仪讲话。副县长陆明远主持，并宣读通报。"
    assert told("3月12日，何坊县召开会议，县长何令仪讲话。", [clipping(report)]) == []
    assert told("3月12日，县长何令仪讲话。", [clipping(report)])
    assert told("县长何令仪讲话，并宣读通报。", [clipping(report)])


def test_what_a_colon_announces_is_told_whole():
    report = "获奖的是：市一中，市二中，市三中。"
    assert told("获奖的是：市一中，市二中，市三中。", [clipping(report)]) == []
    assert told("获奖的是：市一中，市二中。", [clipping(report)])


def test_what_limits_a_statement_comes_along():
    report = "3月12日，会议同意建设方案，但须修改后再报。副市长陆明远主持会议。"
    assert told("3月12日，会议同意建设方案，但须修改后再报。", [clipping(report)]) == []
    assert told("3月12日，会议同意建设方案。", [clipping(report)])


def test_a_sentence_that_names_nobody_stays_with_the_one_that_does():
    report = "秦墨之任何坊县委书记。陆明远任石门区区长。曾任市农业农村局局长。"
    assert told("陆明远任石门区区长。曾任市农业农村局局长。", [clipping(report)]) == []
    assert told("秦墨之任何坊县委书记。曾任市农业农村局局长。", [clipping(report)])


def test_our_city_is_the_house_s_own_only_where_it_is_known():
    text = "云陵市20个专家组下乡指导。"
    assert told(text, city="云陵市") == []
    assert told(text, city=None)
    assert told("石门市20个专家组下乡指导。", city="云陵市")


def test_days_are_turned_by_the_day_of_the_clipping():
    undated = clipping(REPORT, dated_on=None)
    assert told("3月12日，市农业农村局印发《春季田管意见》。", [undated])
    assert told("昨日，市农业农村局印发《春季田管意见》。", [undated]) == []
    said = {turn.now for turn in turns_of(clipping("何坊县5日召开会议。", dated_on="2025-03-02")) if turn.reason == "day"}
    assert said == {"2月5日"}


def test_every_turn_has_its_reason_in_words():
    assert {turn.reason for turn in turns_of(clipping(REPORT), "云陵市")} <= set(TURNS)


def test_the_day_that_a_word_refers_to_stays_the_same():
    report = "3月12日，何坊县召开会议。3月20日，石门区召开会议。当天，石门区印发通知。"
    assert told("3月20日，石门区召开会议。当天，石门区印发通知。", [clipping(report)]) == []
    assert told("3月12日，何坊县召开会议。当天，石门区印发通知。", [clipping(report)])


@pytest.mark.parametrize(("text", "parts"), [
    ("甲到乙县。他说：“要快，要稳。”随后，丙走了", ["甲到乙县", "他说", "“要快，要稳。”", "随后", "丙走了"]),
    ("比分3：1，用时9：30。", ["比分3：1", "用时9：30"]),
    ("题 目\n正文（一，二），完", ["题 目", "正文（一，二）", "完"]),
    ("", []),
    ("。。\n", []),
])
def test_clauses_end_at_marks_outside_brackets(text, parts):
    assert [text[part.start:part.end] for part in parted(text).parts] == parts


def test_an_item_edited_on_the_desk_is_checked_whole():
    """`check_item` finds the passages of an edited text again and marks what none holds."""
    source = clipping(REPORT)
    text = "郑文柏到何坊县调研\n3月12日，市委书记郑文柏到何坊县调研春季农业生产。何坊县委书记秦墨之陪同。"
    assert [(f.reason, f.text) for f in pipeline.check_item(text, (), [source], 2025, 3)] == [("cut", "何坊县委书记秦墨之"), ("unsourced", "陪同")]
    assert pipeline.check_item("", (), [source], 2025, 3) == ()
    assert pipeline.check_item("全是新写的话。", (), [], 2025, 3)[0].reason == "unsourced"


def test_a_hundred_plants_do_not_pass_and_a_hundred_honest_items_do():
    tried, passed = bench.planted(100)
    assert tried.total() == 100
    assert [(name, plant.text) for name, _, plant in passed] == []
    assert [each.condensed.item.text for each in bench.honest(100)] == []
