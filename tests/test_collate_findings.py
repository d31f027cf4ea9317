"""What a collation says: of decisions, of changes that nobody decided, of text lost, doubled, moved, of pages of the 目录."""

import re
import sys
import time
from pathlib import Path

import pytest

from yuebao import pipeline, samples
from yuebao.model import Finding, from_json, to_json
from yuebao.proof.collate import Collation, collate
from yuebao.proof.collated import collation_report
from yuebao.proof.copies import copy_of_source
from yuebao.read import read
from yuebao.read.text import source_of

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bench"))

import collation as bench

OLD = "目录\n郑文柏到何坊县调研 (7)\n\n郑文柏到何坊县调研茶叶产业。会议要求加强布署，认真落实。\n大家一致认为，要把工作抓实抓细。秋收以后再来看一看。\n"


def decision(text, proposal, old=OLD):
    at = old.index(text)
    return Finding("W002", "error", None, None, None, None, None, text, proposal, False, "", "", at, at + len(text), state="accepted")


def codes(new, *decisions, old=OLD):
    found = collate(copy_of_source(source_of("old", old)), copy_of_source(source_of("new", new)), decisions).findings
    return [f.code for f in found]


FIX = decision("布署", "部署")
RIGHT = OLD.replace("布署", "部署")


@pytest.mark.parametrize(("new", "decisions", "wanted"), [
    (OLD, (), []),
    (RIGHT, (FIX,), []),
    (OLD, (FIX,), ["H001"]),  # forgotten
    (OLD.replace("布署", "步署"), (FIX,), ["H001"]),  # carried out wrongly
    (RIGHT, (), ["H002"]),
    (RIGHT.replace("抓细", "抓紧"), (FIX,), ["H002"]),
    (RIGHT + "又要加强布署。", (FIX,), ["H003", "H002"]),
    (OLD.replace("要把工作抓实抓细。", ""), (), ["H006"]),
    (OLD.replace("一致认为", "一致认为一致认为"), (), ["H007"]),
    (OLD.replace("加强布署", "加强布布署"), (), ["H007"]),
    (OLD.replace("秋收以后再来看一看。", "").replace("郑文柏到何坊县调研茶叶产业。", "郑文柏到何坊县调研茶叶产业。秋收以后再来看一看。"), (), ["H005"]),
    (OLD.replace("\n大家", "大家").replace("，要把", "，\n要把"), (), []),  # laid out anew
    (RIGHT, (FIX, decision("抓实抓细", "抓细抓实")), ["H001"]),
    (OLD, (decision("，认真", "，认认真真"), decision("认真落实", "落实")), ["H001", "H001"]),  # two that exclude each other
])
def test_what_is_said(new, decisions, wanted):
    assert sorted(codes(new, *decisions)) == sorted(wanted)


def test_a_doubled_character_that_was_forgotten_is_found_on_either_of_the_two():
    old = "会议结束。大大家散去。"
    assert codes(old, decision("大大家", "大家", old), old=old) == ["H001"]


def test_a_decision_whose_words_are_not_there_is_a_doubt():
    odd = Finding("W002", "error", None, None, None, None, None, "没有的话", "别的话", False, "", "", 3, 7, state="accepted")
    collation = collate(copy_of_source(source_of("old", OLD)), copy_of_source(source_of("new", OLD)), [odd])
    assert [(f.code, f.severity) for f in collation.findings] == [("H001", "note")]


def test_each_finding_says_where_in_both_copies():
    new = "新的第一行。\n" + OLD.replace("抓细", "抓紧")
    collation = collate(copy_of_source(source_of("old", OLD)), copy_of_source(source_of("new", new)))
    changed = next(f for f in collation.findings if "抓" in f.message or f.text == "紧")
    assert changed.line == 6
    assert new[changed.source_start:changed.source_end] == "紧"
    assert OLD[changed.related[0].source_start:changed.related[0].source_end] == "细"


@pytest.fixture(scope="module")
def may():
    path = samples.paths()[1]
    return path.name, path.read_bytes()


def test_a_page_of_the_contents_that_moved(may):
    text = read(*may).text
    row = re.search(r"\((\d+)\)", text)
    new = text[:row.start(1)] + str(int(row[1]) + 1) + text[row.end(1):]
    collation = pipeline.collate_files(may, ("new.txt", new.encode()))
    assert [(f.code, f.severity) for f in collation.findings] == [("H004", "warning")]
    assert "目录页码由 6 改为 7" in collation.findings[0].message


def test_a_set_book_against_its_source(may, tmp_path):
    """The book that this program sets has other pages in its 目录, and nothing of the body is lost or changed."""
    issue, source = pipeline.read_bytes(*may)
    pipeline.publish_issue(issue, tmp_path / "book.pdf")
    start = time.perf_counter()
    collation = pipeline.collate_files(may, ("book.pdf", (tmp_path / "book.pdf").read_bytes()))
    assert time.perf_counter() - start < 10
    body = min(o.source_start for o in issue.items()[0].origin if o.start is not None)
    in_body = [f for f in collation.findings if f.related and f.related[0].source_start >= body]
    assert in_body == []
    assert sum(f.code == "H004" for f in collation.findings) >= 20
    assert not any("正文在" in f.message for f in collation.findings), "the book's own contents give the pages that it has"
    assert source is not None


def test_a_line_left_out_of_the_book_is_found(may, tmp_path):
    issue, source = pipeline.read_bytes(*may)
    text = source.text
    item = issue.items()[4]
    place = next(o for o in item.origin if o.start is not None and o.source_end - o.source_start > 60)
    lost = text[place.source_start + 30:place.source_start + 52]
    pipeline.publish_issue(pipeline.read_bytes("cut.txt", text.replace(lost, "").encode())[0], tmp_path / "cut.pdf")
    collation = pipeline.collate_files(may, ("cut.pdf", (tmp_path / "cut.pdf").read_bytes()))
    assert [f.proposal for f in collation.findings if f.code == "H006" and f.related[0].item == item.number] == ["".join(lost.split())]


def test_two_issue_documents(may):
    issue, _ = pipeline.read_bytes(*may)
    document = to_json(issue)
    assert not pipeline.collate_files(("a.json", document.encode()), may).findings
    other = document.replace("云陵精密轴承产业链", "云陵精密轴承供应链")
    found = pipeline.collate_files(("a.json", document.encode()), ("b.json", other.encode())).findings
    assert found
    assert {f.code for f in found} == {"H002"}


def test_the_document_of_a_collation_comes_back(may):
    collation = pipeline.collate_files(may, ("new.txt", read(*may).text.replace("会议", "会 议", 3).replace("轴承", "轴成", 1).encode()))
    assert Collation.from_dict(collation.to_dict()) == collation
    assert collation.findings
    assert any(edit.kind == "layout" for edit in collation.edits)


def test_the_report_names_places_and_counts(may):
    collation = pipeline.collate_files(may, ("new.txt", read(*may).text.replace("轴承", "轴成", 1).encode()))
    said = collation_report(collation)
    assert "改动 1" in said
    assert "“承”变为“成”" in said
    assert re.search(r"第\d+行", said)
    assert "changed 1" in collation_report(collation, "en")
    assert "两稿文字相同" in collation_report(pipeline.collate_files(may, may))


def test_pairs_made_by_known_edits_are_reported_whole_and_nothing_else():
    """`python bench/collation.py` does it 500 times."""
    for pair in bench.pairs(40, seed=7):
        collation = bench.collated(pair)
        assert bench.missed_and_false(pair, collation) == ([], [])
        assert bench.applied(pair.old.text, collation) == pair.new


def test_findings_of_a_proof_serve_as_decisions(may):
    issue, source = pipeline.read_bytes(*may)
    findings = pipeline.proof_issue(issue, source)
    from dataclasses import replace

    accepted = tuple(replace(f, state="accepted") for f in findings.findings if f.safe)
    fixed, result = pipeline.fix_file(*may)
    collation = pipeline.collate_files(may, ("fixed.txt", fixed), from_json(to_json(replace(findings, findings=accepted))).findings)
    assert len(collation.carried_out) == len(accepted) == len(result.done)
    assert [f.code for f in collation.findings if f.severity == "error"] == []
    forgotten = pipeline.collate_files(may, may, accepted)
    assert [f.code for f in forgotten.findings if f.code != "H003"] == ["H001"] * len(accepted)
