"""Calendar expressions: which are found, what they span, and what is left alone."""

import csv
import random
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yuebao.calendar_text import find_dates


def found(text, year=2024, month=3):
    return [(d.text, d.starts_on.removeprefix(f"{year}-"), d.ends_on) for d in find_dates(text, year, month)]


TABLE = Path(__file__).parent / "tables" / "dates.tsv"


def cases():
    with TABLE.open(encoding="utf-8") as file:
        return list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"))


def test_the_table_has_three_hundred_expressions():
    assert len(cases()) >= 300


@pytest.mark.parametrize("case", cases(), ids=lambda c: c["expression"])
def test_an_expression_in_its_context_is_found_whole_with_its_days(case):
    start = case["context"].index("{}")
    end = start + len(case["expression"])
    dates = find_dates(case["context"].format(case["expression"]), int(case["year"]), int(case["month"]))
    here = [(d.text, d.starts_on, d.ends_on, d.relative) for d in dates if d.start < end and d.end > start]
    assert here == [(case["expression"], case["starts_on"], case["ends_on"], case["relative"] == "yes")]


@pytest.mark.parametrize(("text", "starts_on", "ends_on"), [
    ("3月3日上午", "2024-03-03", "2024-03-03"),
    ("3月28日下午", "2024-03-28", "2024-03-28"),
    ("2024年3月3日至4月底", "2024-03-03", "2024-04-30"),
    ("3月7—8日", "2024-03-07", "2024-03-08"),
    ("3月7日—8日", "2024-03-07", "2024-03-08"),
    ("9月6日至8日", "2024-09-06", "2024-09-08"),
    ("3月30日至4月2日", "2024-03-30", "2024-04-02"),
    ("2023年12月30日至1月2日", "2023-12-30", "2024-01-02"),
    ("2022年10月至2023年3月", "2022-10-01", "2023-03-31"),
    ("3月中旬", "2024-03-11", "2024-03-20"),
    ("2月下旬", "2024-02-21", "2024-02-29"),
    ("4月初", "2024-04-01", "2024-04-01"),
    ("4月底", "2024-04-30", "2024-04-30"),
    ("8月份", "2024-08-01", "2024-08-31"),
    ("2023年8月", "2023-08-01", "2023-08-31"),
    ("1—2月", "2024-01-01", "2024-02-29"),
    ("2023年", "2023-01-01", "2023-12-31"),
    ("2023年度", "2023-01-01", "2023-12-31"),
    ("2021—2025年", "2021-01-01", "2025-12-31"),
    ("2021年至2025年", "2021-01-01", "2025-12-31"),
    ("2023年底", "2023-12-31", "2023-12-31"),
    ("2025年年底", "2025-12-31", "2025-12-31"),
    ("2023年上半年", "2023-01-01", "2023-06-30"),
    ("2023年第一季度", "2023-01-01", "2023-03-31"),
    ("2023年前三季度", "2023-01-01", "2023-09-30"),
    ("二〇二四年三月五日", "2024-03-05", "2024-03-05"),
    ("三月二十一日", "2024-03-21", "2024-03-21"),
    ("2024 年 3 月 5 日", "2024-03-05", "2024-03-05"),
    ("２０２４年３月５日", "2024-03-05", "2024-03-05"),
    ("2024-03-05", "2024-03-05", "2024-03-05"),
    ("2024.3.5", "2024-03-05", "2024-03-05"),
    ("7月17、18两日", "2024-07-17", "2024-07-18"),
])
def test_an_expression_is_found_whole_and_means_these_days(text, starts_on, ends_on):
    dates = find_dates(f"会议于{text}召开", 2024, 3)
    assert [(d.text, d.starts_on, d.ends_on, d.relative) for d in dates] == [(text, starts_on, ends_on, False)]


@pytest.mark.parametrize(("text", "year", "month", "expected"), [
    ("12月28日，会议召开", 2024, 1, "2023-12-28"),
    ("11月3日，会议召开", 2024, 2, "2023-11-03"),
    ("9月3日，会议召开", 2024, 2, "2024-09-03"),
    ("5月19日在外地举行", 2024, 3, "2024-05-19"),
    ("1月3日召开", 2023, 12, "2023-01-03"),
    ("确保到12月28日完工", 2024, 1, "2024-12-28"),
    ("12月28日前完工", 2024, 1, "2024-12-28"),
])
def test_a_month_belongs_to_the_year_of_the_issue_or_at_its_turn_to_the_one_before(text, year, month, expected):
    assert [d.starts_on for d in find_dates(text, year, month)] == [expected]


@pytest.mark.parametrize(("text", "expected"), [
    ("今年以来", [("今年", "2024-01-01", "2024-12-31")]),
    ("去年11月3日获奖", [("去年11月3日", "2023-11-03", "2023-11-03")]),
    ("3月5日开工，当天完成", [("当天", "2024-03-05", "2024-03-05")]),
    ("3月5日召开。会议召开的前一天，代表参观", [("会议召开的前一天", "2024-03-04", "2024-03-04")]),
    ("3月31日开工，次日完成", [("次日", "2024-04-01", "2024-04-01")]),
    ("本月8日", [("本月8日", "2024-03-08", "2024-03-08")]),
    ("上月底", [("上月底", "2024-02-29", "2024-02-29")]),
    ("当天没有说是哪一天", []),
])
def test_relative_expressions_are_resolved_where_they_can_be(text, expected):
    assert [(d.text, d.starts_on, d.ends_on) for d in find_dates(text, 2024, 3) if d.relative] == expected


@pytest.mark.parametrize("text", [
    "2月30日", "13月1日", "3月32日", "2000年历史的古城", "距今2000年", "约1000年", "农历八月十五日", "2000多年", "3个月", "8月龄婴儿",
    "为期5日，内容丰富", "30日内办结", "共2000年", "2023个项目", "电话0375-2024", "每日", "今日之中国", "第8日，", "每个月21日，集中办理", "每年6月", "每年的6月5日", "每年11月至次年3月", "每年3月至5月",
])
def test_what_is_no_date_or_no_day_of_the_calendar_is_left_alone(text):
    assert found(text) == []


def test_of_a_range_that_runs_backward_only_the_beginning_is_said():
    assert found("3月8日至7日") == [("3月8日", "03-08", "2024-03-08")]


def test_a_day_alone_takes_the_month_spoken_of_last():
    assert found("4月7日，开工；8日，完工。7~8日，", 2024, 3) == [
        ("4月7日", "04-07", "2024-04-07"), ("8日", "04-08", "2024-04-08"), ("7~8日", "04-07", "2024-04-08")]
    assert found("8日上午") == [("8日上午", "03-08", "2024-03-08")]
    assert found("3月5日、6日举行") == [("3月5日", "03-05", "2024-03-05"), ("6日", "03-06", "2024-03-06")]


@pytest.mark.parametrize(("text", "last"), [
    ("2019年12月调任，次年3月当选", "2020-03-01"),
    ("2021年3月开工，8月25日建成", "2021-08-25"),
    ("2019年12月调任，3月当选", "2020-03-01"),
    ("2021年3月开工。8月25日建成", "2024-08-25"),
    ("2021年出版，同年8月再版", "2021-08-01"),
])
def test_a_month_in_the_sentence_of_an_earlier_year_is_of_that_year(text, last):
    assert find_dates(text, 2024, 3)[-1].starts_on == last


def test_without_a_year_only_what_says_its_own_is_returned():
    assert [d.text for d in find_dates("3月5日，今年，8日，2023年4月1日", None, None)] == ["2023年4月1日"]


def test_a_year_that_names_an_event_is_a_year():
    assert found("2023中国陶瓷博览会开幕") == [("2023", "2023-01-01", "2023-12-31")]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="0123456789年月日至—-、，今去当天前底初上旬二三十〇 日第\n", max_size=60))
def test_any_text_gives_spans_in_order_that_quote_it(text):
    dates = find_dates(text, 2024, 3)
    assert all(text[d.start:d.end] == d.text and d.starts_on <= d.ends_on for d in dates)
    assert all(a.end <= b.start for a, b in pairwise(dates))


@pytest.mark.parametrize("piece", ["1", "月", "1月", "年", "日、", "2024", "-", "一", " ", "前一天"])
def test_long_monotony_takes_time_in_proportion(piece):
    text = piece * (40_000 // len(piece))
    started = time.perf_counter()
    find_dates(text, 2024, 3)
    assert time.perf_counter() - started < 3


def test_random_characters_do_no_harm():
    random.seed(7)
    text = "".join(chr(random.choice([random.randrange(32, 0x3100), random.randrange(0x4E00, 0x9FFF)])) for _ in range(20000))
    assert find_dates(text, 2024, 3) == find_dates(text, 2024, 3)
