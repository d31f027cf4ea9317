"""Promise 1: every source character but white space stands in exactly one origin, `dropped` or `unplaced` span. For any input at all."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounting import faults
from yuebao import samples
from yuebao.read import read
from yuebao.read.text import source_of
from yuebao.structure import structure, structure_lines

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
TEXTS = [p.read_bytes() for p in samples.paths()] + [p.read_bytes() for p in sorted(SHARED.glob("seeds/*.txt"))]
MUTANTS = 2000
ODD = "\0\ufeff\ufffd\u200b\u3000\t\x0c\x85\u2028（）()“”《》△■①②〇一二三年月日期总第目录0123456789６７８.…·—-| \r\n𠮷é"


def mutated(text, rng):
    """The text cut, shuffled, doubled, interleaved, or strewn with odd characters; a few thousand characters of it."""
    start = rng.choice([0, 0, rng.randrange(len(text))])
    part = text[start:start + rng.choice([50, 400, 1500, 5000])]
    lines = part.split("\n")
    kind = rng.randrange(8)
    if kind == 0:
        part = part[rng.randrange(len(part) + 1):]
    elif kind == 1:
        rng.shuffle(lines)
        part = "\n".join(lines)
    elif kind == 2:
        part = "\n".join(line for line in lines for _ in range(rng.choice([1, 1, 2])))
    elif kind == 3:
        other = text.split("\n")[::-1]
        at = rng.randrange(len(other))
        part = "\n".join(x for pair in zip(lines, other[at:at + len(lines)], strict=False) for x in pair)
    elif kind == 4:
        part = "".join(rng.choice(ODD) if rng.random() < 0.05 else c for c in part)
    elif kind == 5:
        part = part.replace("\n", rng.choice(["", " ", "\r\n", "\r", "\n\n"]))
    elif kind == 6:
        width = rng.randrange(1, 60)
        part = "\n".join(part[i:i + width] for i in range(0, len(part), width))
    else:
        cut = sorted(rng.randrange(len(part) + 1) for _ in range(4))
        part = part[cut[2]:cut[3]] + part[cut[0]:cut[1]] + part[cut[1]:cut[3]]
    return part


@pytest.mark.parametrize("seed", range(10))
def test_mutated_texts_are_accounted_for(seed):
    rng = random.Random(seed)
    texts = [read("x.txt", data).text for data in TEXTS]
    for n in range(MUTANTS // 10):
        text = mutated(rng.choice(texts), rng)
        source = source_of("x.txt", text)
        assert not faults(structure(source), source.text)[:3], (seed, n)


@pytest.mark.parametrize("data", TEXTS)
def test_whole_issues_are_accounted_for(data):
    source = read("x.txt", data)
    issue = structure(source)
    assert not faults(issue, source.text)[:3]
    assert not issue.unplaced


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(alphabet=st.one_of(st.sampled_from(ODD + "目录要闻会议召开，。李市长出席3月5日(6)\n\n"), st.characters()), max_size=400))
def test_any_characters_are_accounted_for(text):
    source = source_of("x.txt", text)
    assert not faults(structure(source), source.text)[:3]
    assert not faults(structure_lines(source), source.text)[:3]


def test_the_account_finds_faults():
    """The check itself: a document that loses, repeats or alters a character is caught."""
    source = source_of("x.txt", "目录\n甲会议召开 (1)\n乙会议召开 (2)\n甲会议召开 3月5日，开会。\n乙会议召开 3月6日，开会。\n")
    issue = structure(source)
    assert not faults(issue, source.text)
    assert faults(issue, source.text + "失")
    assert faults(issue, source.text.replace("开会", "开了"))
