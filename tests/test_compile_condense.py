"""Condense: an item in the house form out of the clauses of its reports, each with where it comes from."""

import re
from dataclasses import replace

import pytest

from yuebao import read_issue, samples
from yuebao.annotate import annotate_text
from yuebao.compile.condense import condense, fullest
from yuebao.compile.gate import gate
from yuebao.compile.gate_fit import by_start, fits
from yuebao.compile.gate_turns import turns_of
from yuebao.compile.habits import Habits, habits_of
from yuebao.compile.values import Clipping, Condensed, Flag
from yuebao.pipeline import annotate_single
from yuebao.read import read

VISIT = """郑文柏在何坊县调研时强调 不误农时抓好春耕

3月的田野，一片生机。3月12日上午，市委书记郑文柏到何坊县调研春季农业生产。
郑文柏先后到柳林镇高标准农田、县农技站，实地察看麦田管理情况。“书记问得细，我们干劲更足了，今年一定要多打粮食多增收。”种粮大户季长风说。
记者看到，田间地头一派繁忙。今年全县投资3.5亿元，建成高标准农田12.6万亩。
郑文柏强调，要不误农时抓好春管，确保夏粮丰收。市委书记郑文柏指出，要把农资价格稳住，让群众种得放心。这项工作怎么抓？
市委常委、秘书长温如玉，副市长柳思远参加。"""
MEETING = """全市旅游工作会议召开

昨日，全市旅游工作会议在市会议中心召开。市长秦墨之出席会议并讲话，副市长陆明远主持会议。
据了解，去年我市接待游客2300万人次，旅游收入186亿元。会议表彰了12家先进单位。"""
OTHER_WORDS = """石门区参加全市旅游工作会议

3月13日，全市旅游工作会议召开，市长秦墨之讲话，石门区区长何令仪参加。石门区投资4.2亿元的云湖景区提升工程今年5月开放。"""
ROUND_UP = """一周简讯

何坊县举办农技培训
3月10日，何坊县举办农技培训班，县长何令仪出席开班式，120名农户参加。
石门区建成12座公厕
3月11日，石门区12座公厕建成启用。"""
FROM_HERE = """为深入贯彻乡村振兴战略部署，3月11日，我县召开推进会，县长何令仪讲话。会议要求各乡镇抓好落实，柳林镇投资800万元。"""


def clipping(text, number=1, dated_on="2025-03-14"):
    item = annotate_single("copy.txt", text.encode())
    return Clipping(number, "copy.txt", "0" * 64, "contributed", None, None, dated_on, replace(item, annotations=annotated(item.text)))


def annotated(text):
    return annotate_text(text, 2025, 3)


def made(*texts, habits=None, **more) -> Condensed:
    return condense([clipping(text, n, **more) for n, text in enumerate(texts, 1)], habits or Habits(), annotated)


def body(condensed):
    return condensed.item.text.removeprefix(f"{condensed.item.headline}\n")


@pytest.mark.parametrize(("texts", "headline", "begins", "holds", "lacks"), [
    ([VISIT], "郑文柏到何坊县调研春季农业生产", "3月12日，市委书记郑文柏到何坊县调研春季农业生产。",
     ["投资3.5亿元", "郑文柏强调，要不误农时", "郑文柏指出", "市委常委、秘书长温如玉，副市长柳思远参加。"],
     ["我们干劲", "记者", "一派繁忙", "怎么抓", "一片生机", "市委书记郑文柏指出"]),
    ([MEETING], "全市旅游工作会议召开", "3月13日，全市旅游工作会议在市会议中心召开。",
     ["市长秦墨之出席会议并讲话", "去年我市接待游客2300万人次"], ["据了解", "昨日"]),
    ([MEETING, OTHER_WORDS], "全市旅游工作会议召开", "3月13日，", ["4.2亿元"], ["石门区参加全市旅游工作会议"]),
    ([ROUND_UP], "何坊县举办农技培训", "3月10日，何坊县举办农技培训班，", ["120名农户参加"], ["公厕", "简讯"]),
], ids=["visit", "meeting", "two reports", "round-up"])
def test_the_house_form(texts, headline, begins, holds, lacks):
    condensed = made(*texts)
    assert condensed.item.headline == headline
    assert body(condensed).startswith(begins)
    for said in holds:
        assert said in body(condensed), said
    for said in lacks:
        assert said not in body(condensed), said


def test_the_day_of_the_event_is_that_of_its_entry():
    [entry] = made(MEETING).item.entries
    assert (entry.date.text, entry.date.starts_on) == ("3月13日", "2025-03-13")
    assert made(MEETING).item.text[entry.start:entry.end] == body(made(MEETING))


@pytest.mark.parametrize(("habits", "said"), [
    (Habits(city="云陵市"), "去年云陵市接待游客"), (Habits(), "去年我市接待游客"),
])
def test_our_city_is_printed_as_the_house_does(habits, said):
    assert said in body(made(MEETING, habits=habits))


@pytest.mark.parametrize(("has_hours", "begins"), [(True, "3月12日上午，"), (False, "3月12日，市委书记")])
def test_the_hour_is_printed_as_the_house_does(has_hours, begins):
    assert body(made(VISIT, habits=Habits(has_hours=has_hours))).startswith(begins)


def test_other_events_are_told_and_not_made():
    told = [(foreign.reason, foreign.text) for foreign in made(ROUND_UP).refused]
    assert told == [("other_event", "石门区建成12座公厕")]


def test_a_contributor_that_speaks_of_itself_is_not_printed():
    assert "我县召开" not in body(made(FROM_HERE)) or len(body(made(FROM_HERE))) < 60


@pytest.mark.parametrize("text", ["云湖景区清明假期开放时间调整。", "短", "？！", "——", "甲：乙", "“只有一句引语，没有别的。”"])
def test_a_text_with_little_in_it_still_gives_an_item(text):
    condensed = made(text)
    assert condensed.item.text
    assert gate(condensed.item.text, condensed.clauses, [clipping(text)], condensed.item.annotations) == ()


@pytest.mark.parametrize(("dated_on", "begins"), [("2025-03-20", "3月，"), ("2025-03-05", "近日，"), (None, "近日，")])
def test_of_late_is_the_month_of_the_clipping_where_that_is_sure(dated_on, begins):
    assert body(made("何坊县建成12座公厕\n\n近日，何坊县12座公厕建成启用，县长何令仪出席仪式。", dated_on=dated_on)).startswith(begins)


def test_what_is_flagged_as_private_is_not_printed():
    text = VISIT.replace("今年全县投资3.5亿元，", "今年全县投资3.5亿元（编号110105194912310021），")
    source = clipping(text)
    start = source.item.text.index("1101")
    flagged = replace(source, flags=(Flag("identity", start, start + 18),))
    assert "1101" in condense([source], Habits(), annotated).item.text
    assert "1101" not in condense([flagged], Habits(), annotated).item.text


def test_no_day_is_made_up_where_the_clipping_has_none():
    assert "昨日" in made(MEETING, dated_on=None).item.text or "3月13日" not in made(MEETING, dated_on=None).item.text


def test_an_item_has_no_more_characters_than_the_house_prints():
    sentences = "".join(f"3月{day}日，何坊县第{day}高级中学举行活动，{day * 7}名学生和{day * 3}名教师参加。" for day in range(1, 28))
    condensed = made(f"何坊县各校举行活动\n\n{sentences}")
    assert 150 <= len(body(condensed)) <= 450 + 2


def test_every_clause_says_what_its_source_says_and_nothing_stands_beside():
    reports = [clipping(VISIT), clipping(MEETING, 2)]
    condensed = condense(reports, Habits(city="云陵市"), annotated)
    text, at = condensed.item.text, 0
    for clause in condensed.clauses:
        assert set(text[at:clause.start]) <= set("。\n")
        source = reports[clause.clipping - 1]
        turns = by_start(turns_of(source, "云陵市"))
        assert fits(text[clause.start:clause.end], source.item.text, clause.source_start, clause.source_end, turns)
        at = clause.end
    assert set(text[at:]) <= set("。\n")


def test_the_fullest_report_is_the_base():
    reports = [clipping(OTHER_WORDS), clipping(VISIT, 2)]
    assert fullest(reports).number == 2
    assert fullest([clipping(VISIT, 2), clipping(VISIT, 1)]).number == 1


def test_quotation_marks_and_brackets_are_whole_in_what_is_made_of_the_samples():
    for path in sorted(samples.copy())[:24]:
        if path.suffix == ".txt":
            condensed = made(read(path.name, path.read_bytes()).text, dated_on="2026-01-31")
            for opening, closing in ("“”", "（）", "《》"):
                assert condensed.item.text.count(opening) == condensed.item.text.count(closing), condensed.item.text
            assert not condensed.refused
            assert not re.search("。。|，。|^[，。；]|\n\n", condensed.item.text)


def test_the_same_reports_give_the_same_item():
    assert made(VISIT, MEETING) == made(VISIT, MEETING)


def test_habits_without_a_back_run_are_those_of_the_genre():
    assert habits_of(()) == Habits(None, 150, 300, 450, 30, True, False)


def test_habits_are_learned_from_the_back_run():
    habits = habits_of([read_issue(path) for path in samples.paths()])
    assert habits.city == "云陵市"  # printed more often than 我市
    assert habits.least <= 150 < habits.usual <= habits.most == 450
    assert 24 <= habits.longest_headline <= 45
    assert habits.has_people_in_headlines
    assert not habits.has_hours
