"""Every rule: its wrong example fires, its right example does not; codes are unique; the examples are what the docs print."""

from dataclasses import replace

import pytest

from proof_examples import case_of, collated, passage_issue
from yuebao.proof import proof, rules
from yuebao.proof.rule import CollationRule, IssueRule, register

ALL = rules()


def proofed(rule, example):
    """Every finding on the example: of a proof, or of the collation of its two copies."""
    if isinstance(rule, CollationRule):
        return collated(example)
    return proof(*case_of(example) if isinstance(rule, IssueRule) else (passage_issue(example),)).findings


def findings_of(rule, example):
    return [f for f in proofed(rule, example) if f.code == rule.code]


@pytest.mark.parametrize("rule", ALL, ids=lambda r: r.code)
def test_the_wrong_example_fires(rule):
    assert findings_of(rule, rule.wrong)


@pytest.mark.parametrize("rule", ALL, ids=lambda r: r.code)
def test_the_right_example_does_not(rule):
    assert not findings_of(rule, rule.right)


@pytest.mark.parametrize("rule", ALL, ids=lambda r: r.code)
def test_the_right_example_is_clean_for_every_rule(rule):
    assert [f.code for f in proofed(rule, rule.right) if f.severity != "note"] == []


@pytest.mark.parametrize("rule", ALL, ids=lambda r: r.code)
def test_every_rule_says_what_it_is(rule):
    assert len(rule.code) == 4
    assert rule.code[0] in "CDHKLNPWX"
    assert rule.code[1:].isdigit()
    assert all([rule.title, rule.title_en.isascii(), rule.reason, rule.source])
    assert rule.severity in ("error", "warning", "note")


def test_a_code_given_twice_is_refused():
    with pytest.raises(ValueError, match=ALL[0].code):
        register([ALL, [replace(ALL[0], title="别的")]])


def test_rules_come_by_code():
    assert [r.code for r in ALL] == sorted({r.code for r in ALL})
