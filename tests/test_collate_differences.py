"""Edits between two texts: they make the new of the old, to the character, for any two texts; and they are what a reader would say."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yuebao.proof.collate import collate
from yuebao.proof.copies import copy_of_source
from yuebao.proof.differences import edits
from yuebao.read.text import source_of

TEXTS = st.text(st.sampled_from("甲乙丙。，丁 \n1"), max_size=40)


def collated(old, new):
    return collate(copy_of_source(source_of("old", old)), copy_of_source(source_of("new", new)))


def applied(old, collation):
    out, at = [], 0
    for edit in collation.edits:
        assert old[edit.old_start:edit.old_end] == edit.old_text
        assert at <= edit.old_start
        out += [old[at:edit.old_start], edit.new_text]
        at = edit.old_end
    return "".join([*out, old[at:]])


@given(TEXTS, TEXTS)
@settings(max_examples=400, deadline=None)
def test_the_edits_make_the_new_text_of_the_old(old, new):
    assert applied(old, collated(old, new)) == new


@given(TEXTS, TEXTS)
@settings(max_examples=300, deadline=None)
def test_what_differs_is_reported_and_nothing_else(old, new):
    is_same = "".join(old.split()) == "".join(new.split())
    assert bool(collated(old, new).findings) is not is_same


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text):
    collation = collated(text, text)
    assert not collation.edits
    assert not collation.findings


@given(st.text(st.sampled_from("甲乙丙。，"), max_size=30), st.text(st.sampled_from("甲乙丙。，"), max_size=30))
@settings(max_examples=300, deadline=None)
def test_edits_never_touch(old, new):
    spans = edits(old, new)
    for one, other in pairwise(spans):
        assert one.old_end < other.old_start
        assert other.old_start - one.old_end == other.new_start - one.new_end


@pytest.mark.parametrize(("old", "new", "was", "now"), [
    ("全市上下齐心。大家努力。", "全市齐心。大家努力。", ["上下"], [""]),
    # a sentence put in is said to be put in where a sentence begins
    ("甲来了。乙走了。", "甲来了。甲笑了。乙走了。", [""], ["甲笑了。"]),
    ("他说好。他走了。", "他说好。他笑了。他走了。", [""], ["他笑了。"]),
    # single characters that are equal by chance hold nothing together
    ("秋菊采茶去", "冬梅采煤来", ["秋菊采茶去"], ["冬梅采煤来"]),
    ("会议由他主持召开了", "会议由她主持召开过", ["他", "了"], ["她", "过"]),
])
def test_edits_are_what_a_reader_would_say(old, new, was, now):
    spans = edits(old, new)
    assert [old[s.old_start:s.old_end] for s in spans] == was
    assert [new[s.new_start:s.new_end] for s in spans] == now


def test_two_long_texts_that_have_nothing_in_common_take_no_longer():
    old, new = ("".join(chr(base + n * 7919 % 2003) for n in range(30_000)) for base in (0x4E00, 0x6E00))
    start = time.perf_counter()
    assert edits(old, new)
    assert time.perf_counter() - start < 10
