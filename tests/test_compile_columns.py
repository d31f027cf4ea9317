"""Columns: what a run put where is proposed again, with its reasons; corrections count; without a run the custom of the genre speaks."""

from dataclasses import replace

import pytest

from copied import item, year
from yuebao.compile.columns import MOST_PROPOSED, MOST_REASONS, NO_REASON, columns_of, in_order, path_of, propose
from yuebao.compile.columns_cues import cues_of, kinds, kinds_of, rank_of
from yuebao.model import Column, Issue, Masthead, SourceInfo

TOUR = item("郑文柏到何坊县调研春耕备耕工作", "3月2日，市委书记郑文柏到何坊县调研春耕备耕工作。")
MEETING = item("市政府第78次常务会议召开", "2月3日，市长何令仪主持召开市政府第78次常务会议。")


def issue_of(*columns):
    return Issue(SourceInfo("", "", None, "", 0, None), Masthead(), columns=columns)


def best(an_item, habits):
    return propose(an_item, habits)[0].path


@pytest.mark.parametrize(("an_item", "expected"), [
    (TOUR, ("领导活动",)),
    (MEETING, ("重要会议",)),
    (item("石濑县香菇年货节开幕", "1月20日，石濑县香菇年货节开幕。"), ("县（市、区）动态",)),
    (item("云陵市第二人民医院新院区启用", "1月20日，云陵市第二人民医院新院区启用，患者就诊更方便。"), ("民生事业", "医疗卫生")),
], ids=lambda v: v.headline if hasattr(v, "headline") else "")
def test_the_run_says_where(an_item, expected):
    assert expected in [proposal.path for proposal in propose(an_item, columns_of(year()))[:2]]


@pytest.mark.parametrize(("an_item", "expected"), [
    (TOUR, "领导活动"), (MEETING, "重要会议"),
    (item("云陵市消防安全演练举行", "1月20日，云陵市消防安全演练举行，检查火灾隐患。"), "安全"),
    (item("云陵一中获评全国文明校园", "1月20日，云陵一中获评全国文明校园，受到表彰。"), "荣誉"),
], ids=lambda v: v.headline if hasattr(v, "headline") else "")
def test_without_a_run_the_custom_of_the_genre_speaks(an_item, expected):
    proposals = propose(an_item, columns_of(()))
    assert proposals[0].path == (expected,)
    assert "依惯例" in proposals[0].reasons[0]


def test_scores_are_shares_and_fall():
    scores = [proposal.score for proposal in propose(TOUR, columns_of(year()))]
    assert scores == sorted(scores, reverse=True)
    assert 0 < sum(scores) <= 1.001
    assert len(scores) == MOST_PROPOSED


def test_reasons_are_counted_and_few():
    reasons = propose(TOUR, columns_of(year()))[0].reasons
    assert 0 < len(reasons) <= MOST_REASONS
    assert any("见于领导活动" in reason and "次" in reason for reason in reasons)
    assert propose(item("", "。"), columns_of(()))[0].reasons == (NO_REASON,)


def test_a_name_that_changes_is_no_cue():
    assert cues_of(TOUR).keys() & {"题:某人", "题类:领导活动"} == {"题:某人", "题类:领导活动"}
    assert not any("郑文柏" in cue for cue in cues_of(TOUR))


def test_corrections_move_what_is_alike():
    habits = columns_of(year()[:1])
    sharp = [item(f"云陵市古籍修复第{n}期研修开班", "1月8日，云陵市古籍修复研修开班，修复古籍善本。") for n in "一二三"]
    assert best(sharp[0], habits) != ("云陵文脉",)
    corrected = columns_of(year()[:1], [(each, ("云陵文脉",)) for each in sharp[1:]])
    assert best(sharp[0], corrected) == ("云陵文脉",)


def test_columns_stand_in_the_order_of_the_last_issue_and_older_ones_where_they_stood():
    def column(title):
        return Column(title, items=(TOUR,))

    run = [issue_of(column("甲"), column("旧"), column("乙")), issue_of(column("甲"), column("丙"), column("乙"))]
    assert in_order(run) == (("甲",), ("旧",), ("丙",), ("乙",))
    assert in_order(()) == ()


def test_a_column_that_the_house_has_given_up_is_not_proposed_on_weak_grounds():
    old, new = Column("书记活动", items=(TOUR,)), Column("领导活动", items=(TOUR,))
    assert best(TOUR, columns_of([issue_of(old), issue_of(new)])) == ("领导活动",)


@pytest.mark.parametrize(("office", "rank"), [
    ("云陵市委常委", "市常委"), ("副市长", "副市长"), ("何坊县县长", "县长"), ("市发展改革委主任", "市主任"), ("记者", None), ("教授", None),
])
def test_ranks(office, rank):
    assert rank_of(office) == rank


def test_every_conventional_column_is_of_its_own_kind():
    for kind in kinds():
        assert kind.name in kinds_of((kind.name,)), kind.name


def test_the_same_run_says_the_same_whatever_its_items_are_called():
    issue = year()[4]
    renamed = replace(issue, source=replace(issue.source, name="x"))
    assert propose(TOUR, columns_of([issue])) == propose(TOUR, columns_of([renamed]))
    assert {path_of(path) for path, _ in issue.walk()} == set(columns_of([issue]).items)
