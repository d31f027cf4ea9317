"""Gaps: columns, counties and events that the run had and the draft lacks, each with where it stood; nothing without a run."""

from dataclasses import replace

import pytest

from copied import item, year
from yuebao.compile.columns import path_of
from yuebao.compile.gaps import events_of, gaps
from yuebao.model import Annotation, Column, Issue, Masthead, PlaceValue, SourceInfo

COUNTIES = {"何坊县": "990121", "石门区": "990102", "青岚县": "990122"}


def placed_in(column, headline, county):
    text = f"{county}召开工作会议，云陵市有关部门参加。"
    made = item(headline, text)
    at = made.text.index(county)
    places = [Annotation("place", at, at + len(county), PlaceValue(county, COUNTIES[county], "GB/T 2260"), "test")]
    return replace(made, annotations=tuple(places)), (column,)


def issue(number, *placed):
    columns = tuple(Column(path[-1], items=(replace(each, number=n),)) for n, (each, path) in enumerate(placed, 1))
    return Issue(SourceInfo("", "", None, "", 0, None), Masthead(year=2025, month=number, number=number), columns=columns)


def month(number):
    return issue(
        number, placed_in("要闻", f"市政府第{number}次常务会议召开", "何坊县"), placed_in("县区动态", "石门区举办第三届柿子节", "石门区"),
        *([placed_in("民生", "青岚县通自来水", "青岚县")] if number == 2 else []))


RUN = [month(number) for number in (1, 2, 3)]


def whats(placed, run=RUN, when=(2025, 4)):
    return [(gap.kind, gap.what) for gap in gaps(placed, run, *when)]


def test_an_empty_draft_lacks_what_is_usual():
    assert whats([]) == [
        ("column", "要闻"), ("column", "县区动态"), ("county", "何坊县"), ("county", "石门区"), ("recurring", "市政府常务会议"),
        ("recurring", "柿子节")]


def test_what_is_there_is_no_gap():
    draft = [placed_in("要闻", "市政府第4次常务会议召开", "何坊县"), placed_in("县区动态", "石门区举办第四届柿子节", "石门区")]
    assert whats(draft) == []


def test_what_one_issue_had_is_not_usual():
    assert not {"青岚县", "民生"} & {what for _, what in whats([])}


def test_the_basis_says_how_often_and_where_last():
    assert gaps([], RUN, 2025, 4)[0].basis == "前 3 期中 3 期有，最近为 2025年3月“市政府第3次常务会议召开”"


@pytest.mark.parametrize(("run", "when"), [([], (2025, 4)), (RUN[:1], (2025, 1))], ids=["no run", "only the month itself"])
def test_without_a_run_nothing_is_missed(run, when):
    assert whats([], run, when) == []


def test_issues_after_the_month_count_only_where_there_is_none_before():
    assert whats([], RUN, (2024, 12)) == whats([], RUN, (2025, 4))
    assert ("column", "民生") in whats([], RUN[1:], (2025, 3))  # of the one issue before


def test_what_came_in_this_month_of_an_earlier_year_is_asked_for():
    run = [*RUN[:2], issue(9, placed_in("民生", "何坊县庆祝第40个教师节", "何坊县"))]
    found = gaps([], run, 2026, 9)
    assert ("recurring", "教师节") in [(gap.kind, gap.what) for gap in found]
    assert "往年本月：2025年9月" in found[-1].basis
    assert ("recurring", "教师节") not in whats([], run, (2026, 8))


@pytest.mark.parametrize(("headline", "events"), [
    ("市政府第76次常务会议召开", {"市政府常务会议"}), ("郑文柏主持召开市政府第5次常务会议", {"市政府常务会议"}), ("郑文柏到何坊县调研", set()),
    ("《云陵日报》创刊", set()), ("何坊县“民俗节”开幕", {"民俗节"}),
])
def test_events_by_their_names(headline, events):
    assert events_of(headline) == events


def test_the_sample_year_with_its_own_last_month_lacks_little():
    *run, last = year()
    found = gaps([(each, path_of(path)) for path, each in last.walk()], run, 2025, 12)
    assert len(found) <= 3
