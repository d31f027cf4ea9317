"""Promise 5: no rule alters a person's name, a quotation, or a document title. Doubts about them are notes with their basis, without a proposal.

What is protected is found here by means of its own: names by the gold, where there is one, quotations and titles by their marks.
"""

import json
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from material import TEXTS, neighbours, reading
from real import SEEDS, SHARED, needs_shared
from yuebao import samples
from yuebao.annotate import annotate
from yuebao.model import Column, Entry, Issue, Item, Masthead, SourceInfo
from yuebao.proof import proof, rules
from yuebao.proof.rule import TextRule
from yuebao.text import squeeze

MARKED = re.compile(r"(?<=“)[^“”\n]+(?=”)|(?<=《)[^《》\n]+(?=》)|(?<=‘)[^‘’\n]+(?=’)")
# A rule's example put where nothing may be altered. The example's own marks would part the frame, so those that have any are left out.
FRAMES = ("4月3日，会议指出：“{}”，与会人员进行了交流。", "4月3日，会议印发《{}》，与会人员进行了交流。", "4月3日，会议指出：‘{}’，与会人员进行了交流。")
MARKS = re.compile(r"[“”《》‘’\"'\n（）()【】〔〕]")


def gold_of(path):
    """The hand-made annotation of a text; None where there is none."""
    if path in samples.paths():
        return json.loads(samples.gold_path(path).read_text(encoding="utf-8"))
    return json.loads((SHARED / "gold" / "000.json").read_text(encoding="utf-8")) if path == SEEDS[0] else None


def protected(item, names):
    """The spans of an item's text that no rule may alter."""
    spans = [(a.start, a.end) for a in item.annotations if a.layer == "person"]
    spans += [m.span() for name in names for m in re.finditer(re.escape(name), item.text)]
    return spans + [m.span() for m in MARKED.finditer(item.text)]


def altered(finding):
    """The span of the item's text that a finding's proposal alters: what lies between the common beginning and the common end."""
    old, new = finding.text, finding.proposal
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return finding.start + head, finding.end - tail


def trespasses(findings, items, names):
    """The findings whose proposal would alter what is protected."""
    out = []
    for finding in findings:
        if finding.proposal is None or finding.start is None:
            continue
        start, end = altered(finding)
        spans = protected(items[finding.item], names.get(finding.item, ()))
        if any((start < b and a < end) or a < start == end < b for a, b in spans):
            out.append(finding)
    return out


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem[:15])
def test_nothing_protected_is_altered_in_whole_issues(path):
    issue, source = reading(path)
    gold = gold_of(path)
    names = {i["n"]: [squeeze(p["name"]) for p in i["persons"]] for i in gold["items"]} if gold else {}
    findings = proof(issue, source, neighbours(path)).findings
    assert trespasses(findings, {item.number: item for item in issue.items()}, names) == []
    assert [f for f in findings if f.safe and f.proposal is None] == []


def issue_of(text):
    """An annotated issue of one item with this text."""
    headline = "云陵市召开会议"
    entry = Entry(len(headline) + 1, len(headline) + 1 + len(text), None)
    item = Item(1, headline, None, 1, f"{headline}\n{text}", (entry,))
    info = SourceInfo("x", "text/plain", "utf-8", "0" * 64, 0, None)
    return annotate(Issue(info, Masthead(title="云陵月报", year=2025, month=4), columns=(Column("要闻", items=(item,)),)))


EXAMPLES = [rule for rule in rules() if isinstance(rule, TextRule) and not MARKS.search(rule.wrong)]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("rule", EXAMPLES, ids=lambda rule: rule.code)
def test_what_a_rule_would_alter_it_leaves_alone_in_a_quotation(rule, frame):
    """The rule's own wrong example, quoted or as a title: if it is seen at all, it is a note with its basis and no proposal."""
    issue = issue_of(frame.format(rule.wrong))
    inside = range(issue.items()[0].text.index(rule.wrong), issue.items()[0].text.index(rule.wrong) + len(rule.wrong))
    touching = [f for f in proof(issue).findings if f.start is not None and (f.start in inside or f.end - 1 in inside)]
    assert [f for f in touching if f.code == rule.code and f.proposal is not None] == []
    assert all(f.basis for f in touching)
    assert trespasses(touching, {1: issue.items()[0]}, {}) == []


def test_enough_examples_are_tried():
    assert len(EXAMPLES) >= 8, [rule.code for rule in EXAMPLES]
    assert any(f.proposal for rule in EXAMPLES for f in proof(issue_of(rule.wrong)).findings), "none of them proposes anything outside of quotations"


@pytest.mark.parametrize("name", ["郑布署", "林竞竞"])
def test_a_name_is_left_alone_whatever_it_looks_like(name):
    """A person's name that looks like a slip: no proposal touches it."""
    issue = issue_of(f"4月3日，市长{name}到青麓县调研。市长{name}强调，要抓好春耕。")
    item = issue.items()[0]
    assert {a.value.name for a in item.annotations if a.layer == "person"} == {name}
    assert trespasses(proof(issue).findings, {1: item}, {1: [name]}) == []


def test_the_check_finds_a_trespass():
    """The check itself: a proposal inside a name, a quotation or a title is seen; one beside it is not."""
    issue = issue_of("4月3日，市长梁以宁说：“认真布署工作”，印发《布署方案》，布署工作。")
    item = issue.items()[0]
    finding = next(f for f in proof(issue).findings if f.proposal and f.text == "布署")
    assert trespasses([finding], {1: item}, {}) == []
    for word in ("以宁", "布署工作”", "布署方案"):
        at = item.text.index(word)
        moved = replace(finding, start=at, end=at + 2, text=item.text[at:at + 2], proposal="〇〇")
        assert trespasses([moved], {1: item}, {})


@needs_shared
def test_daily_news_keeps_its_names_and_quotations():
    """Real news, every eightieth issue: no proposal touches a name, a quotation or a title."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bench"))
    from proof_quiet import CORPUS, issues

    for issue in issues(CORPUS, 80):
        assert trespasses(proof(issue).findings, {item.number: item for item in issue.items()}, {}) == []
