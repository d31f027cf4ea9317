"""Sums of money: the table of expressions, what is no sum, and laws on any text."""

import csv
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yuebao.annotate import annotate_text
from yuebao.annotate.money import annotate_money
from yuebao.annotate.passage import Passage
from yuebao.annotate.people import learn_names
from yuebao.lexicon import rows

TABLE = Path(__file__).parent / "tables" / "money.tsv"


def cases():
    with TABLE.open(encoding="utf-8") as file:
        return list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"))


def sums(text):
    passage = Passage.of(text)
    return [(text[a.start:a.end], a.value.amount, a.value.currency, a.value.approximate) for a in annotate_money(passage, learn_names([], frozenset()))]


def number(written):
    return None if written == "" else float(written) if "." in written else int(written)


def test_the_table_has_three_hundred_expressions():
    assert len(cases()) >= 300


@pytest.mark.parametrize("case", cases(), ids=lambda c: c["expression"])
def test_an_expression_in_its_context_is_found_whole_with_its_amount(case):
    text = case["context"].format(case["expression"])
    expected = (case["expression"], number(case["amount"]), case["currency"], case["approximate"] == "yes")
    assert expected in sums(text)
    assert sum(expected[0] in found[0] for found in sums(text)) == text.count(expected[0])


@pytest.mark.parametrize("text", [
    "元旦期间，全市旅游市场平稳。", "5月20日，元宵灯会筹备会召开。", "第三元素馆开放。", "打造千亿元产业集群。", "培育百亿元企业五家。", "万元户回乡创业。",
    "推进城乡二元结构改革。", "一元复始，万象更新。", "三元桥改造完工。", "种植面积3.2亿亩。", "全市120个项目开工。", "增长10%。", "浏览量突破200万。",
    "《三百万元的故事》首映。", "多元共治。", "公元2024年。", "一块绿地。", "两块展板。", "3块金牌。", "单元楼12栋。",
])
def test_what_is_no_sum(text):
    assert sums(text) == []


@pytest.mark.parametrize(("text", "expected"), [
    ("年产值9亿～16亿元", [("9亿", 900_000_000, "CNY", True), ("16亿元", 1_600_000_000, "CNY", True)]),
    ("补助3—5万元", [("3", 30_000, "CNY", True), ("5万元", 50_000, "CNY", True)]),
    ("单价100元至150元", [("100元", 100, "CNY", True), ("150元", 150, "CNY", True)]),
    ("投入一千到两千万元", [("一千", 10_000_000, "CNY", True), ("两千万元", 20_000_000, "CNY", True)]),
    ("奖励三至五千元", [("三", 3_000, "CNY", True), ("五千元", 5_000, "CNY", True)]),
    ("先投5亿元至3亿元", [("5亿元", 500_000_000, "CNY", False), ("3亿元", 300_000_000, "CNY", False)]),
])
def test_of_a_range_each_end_is_a_sum(text, expected):
    assert sums(text) == expected


@pytest.mark.parametrize("before", ["签", "节", "契", "制", "违", "预"])
def test_an_about_that_ends_a_word_says_nothing(before):
    assert sums(f"{before}约300元")[0][3] is False
    assert sums("约300元")[0][3] is True


def test_amounts_are_whole_where_they_are():
    assert sums("授信223.10亿元")[0][1] == 22_310_000_000
    assert isinstance(sums("授信223.10亿元")[0][1], int)
    assert isinstance(sums("票价0.85元")[0][1], float)


def test_the_currencies_are_codes():
    assert all(len(row["code"]) == 3 and row["code"].isupper() for row in rows("currencies"))


def test_money_is_a_layer():
    assert [a.layer for a in annotate_text("项目总投资3.2亿元。", 2025, 6)] == ["money"]


FIGURES = st.text(alphabet="0123456789,.一二两三十百千万亿几数半余多约近超第元角分块美港至—～ 年月日个名，。", max_size=40)


@given(FIGURES)
@settings(max_examples=300, deadline=None)
def test_sums_lie_in_order_within_any_text_and_never_overlap(text):
    found = annotate_money(Passage.of(text), learn_names([], frozenset()))
    assert all(0 <= a.start < a.end <= len(text) for a in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert found == annotate_money(Passage.of(text), learn_names([], frozenset()))
