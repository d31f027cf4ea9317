"""Order: columns as the run has them, days within them, then the people as lists of the run or the office's table have them."""

import pytest

from copied import item, year
from yuebao import lexicon
from yuebao.compile.order import ordered
from yuebao.compile.order_people import LEAST_LISTS, Precedence, precedence_of
from yuebao.errors import UsageError
from yuebao.model import Column, Issue, Masthead, SourceInfo

A, B = ("领导活动",), ("重要会议",)


def on(day, name="郑文柏"):
    return item(f"{name}到何坊县调研", f"{name}到何坊县调研。", f"2026-01-{day:02}" if day else None)


@pytest.mark.parametrize(("placed", "expected"), [
    ([(on(5), B), (on(9), A), (on(2), A)], (2, 1, 0)),
    ([(on(None), A), (on(9), A)], (1, 0)),
    ([(on(3), ("没有的栏目",)), (on(4), B)], (1, 0)),
    ([(on(3), A), (on(3), A), (on(3), A)], (0, 1, 2)),
    ([], ()),
])
def test_columns_then_days_then_numbers(placed, expected):
    assert ordered(placed, (A, B)) == expected


def named(*names):
    """Items of one day, each with the leader it begins with."""
    return [(item(f"{name}调研", f"1月3日，副市长{name}到何坊县调研。", "2026-01-03"), A) for name in names]


def test_of_one_day_the_people_decide_as_far_as_both_are_known():
    knows = Precedence({("郑文柏", "何令仪"): LEAST_LISTS}, {})
    assert ordered(named("何令仪", "秦墨之", "郑文柏"), (A,), knows) == (0, 1, 2)  # 秦墨之 stands between: nothing is known of them
    assert ordered(named("秦墨之", "何令仪", "郑文柏"), (A,), knows) == (0, 2, 1)
    assert ordered(named("何令仪", "郑文柏"), (B, A), Precedence({}, {"郑文柏": 1, "何令仪": 2})) == (1, 0)


@pytest.mark.parametrize(("lists", "places", "expected"), [
    ({("甲", "乙"): 2}, {}, True), ({("乙", "甲"): 2}, {}, False), ({("甲", "乙"): 1}, {}, None), ({("甲", "乙"): 9, ("乙", "甲"): 1}, {}, None),
    ({("甲", "乙"): 9}, {"甲": 2, "乙": 1}, False), ({}, {"甲": 1}, None), ({}, {}, None),
])
def test_what_is_known_of_two(lists, places, expected):
    assert Precedence(lists, places).is_first("甲", "乙") is expected


def issue_with(text):
    column = Column("重要会议", items=(item("会议召开", text),))
    return Issue(SourceInfo("", "", None, "", 0, None), Masthead(), columns=(column,))


def test_an_order_is_learned_from_lists_within_one_body():
    run = [issue_with("1月3日，副市长郑文柏、何令仪，市政协副主席秦墨之出席会议。")] * LEAST_LISTS
    learned = precedence_of(run, "2026-01-01")
    assert learned.is_first("郑文柏", "何令仪") is True
    assert learned.is_first("何令仪", "秦墨之") is None  # across the bodies only the table speaks


def test_the_lists_of_the_sample_year_never_contradict_themselves_within_a_body():
    lists = precedence_of(year(), "2026-01-01").lists
    assert len(lists) > 10
    assert not [pair for pair in lists if pair[::-1] in lists and min(lists[pair], lists[pair[::-1]]) > 1]


def test_the_table_of_the_office_speaks_only_of_its_time(tmp_path):
    table = "term\tplace_in_order\tfrom_on\tuntil_on\tsource\n郑文柏\t2\t2025-01\t-\t名单\n何令仪\t1\t2025-01\t2025-12-31\t名单\n"
    (tmp_path / "order.tsv").write_text(table, encoding="utf-8")
    try:
        lexicon.use(tmp_path)
        assert precedence_of((), "2025-06-01").is_first("何令仪", "郑文柏") is True
        assert precedence_of((), "2026-06-01").is_first("何令仪", "郑文柏") is None
        (tmp_path / "order.tsv").write_text("term\n郑文柏\n", encoding="utf-8")
        with pytest.raises(UsageError) as refused:
            precedence_of((), "2025-06-01")
        assert refused.value.code == "E208"
    finally:
        lexicon.use(None)
