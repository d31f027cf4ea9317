"""The real issue 2024/03 laid out anew in many ways reads as it did: other wraps in the 目录, other page ends, folios, spaces, narrow lines."""

import json
import random
import re
import sys

import pytest

from real import SEEDS, SHARED, needs_shared
from yuebao.read.text import source_of
from yuebao.structure import structure

pytestmark = needs_shared
CHECKED = ("columns_exact", "contents_rows", "items", "item_column", "item_page", "item_contents_title", "item_start", "item_end", "entries")
ROW = re.compile(r"(- )?(.*?)(\s+)(\(\d+\))")


def relaid(text, first_headline, rng):
    """The issue with its 目录 wrapped otherwise and its body cut into other pages, in a manner drawn by `rng`."""
    start = text.index("目 录")
    at = text.index(f"{first_headline} ", start)
    at = text.rindex("\n\n", 0, text.rindex("\n\n", 0, at))
    return text[:start] + rewrapped(text[start:at], rng) + repaged(text[at:], rng)


def rewrapped(contents, rng):
    if rng.random() < 0.3:
        return contents
    width, dashes, ends = rng.choice([18, 22, 26, 30]), rng.choice([[""], ["", "- "]]), rng.choice([["\t"], [" ", "\t", "……", "\n"]])
    out, pending = [], ""
    for line in contents.split("\n"):
        row = ROW.fullmatch(line)
        if row:
            title, pending = pending + row[2], ""
            parts = [title[i:i + width] for i in range(0, len(title), width)]
            if len(parts) > 1 and len(parts[-1]) < 3:
                parts[-2:] = [parts[-2] + parts[-1]]
            if len(parts) > 1 and rng.random() < 0.15:
                parts[1] = parts[0][-1] + parts[1]  # doubled at the wrap
            out.append(rng.choice(dashes) + "\n".join(parts) + rng.choice(ends) + row[4])
        elif len(line) > 24 and not line.startswith("-----"):
            pending += line.removeprefix("- ")
        else:
            out.append(line)
    return "\n".join(out)


def repaged(body, rng):
    if rng.random() < 0.8:
        pages, at = [], 0
        while at < len(body):
            end = at + rng.randint(500, 700)
            pages.append(body[at:end])
            at = end
        kind = rng.choice(["\n\n", "\n", "\n\f\n", "folio"])
        body = "".join(p + (f"\n- {n} -\n" if kind == "folio" else kind) for n, p in enumerate(pages, 6))
    if rng.random() < 0.3:
        body = re.sub(r"(\d)([日月年])", r"\1 \2", body)
    if rng.random() < 0.3:
        width = rng.choice([33, 38])
        body = "\n".join("\n".join(p[i:i + width] for i in range(0, max(1, len(p)), width)) for p in body.split("\n"))
    return body


@pytest.mark.parametrize("seed", range(24))
def test_the_issue_reads_the_same(seed):
    sys.path.insert(0, str(SHARED / "tools"))
    from score_issue import score

    gold = json.loads((SHARED / "gold" / "000.json").read_text(encoding="utf-8"))
    text = SEEDS[0].read_text(encoding="utf-8")
    made = structure(source_of("x.txt", relaid(text, gold["items"][0]["body_title"], random.Random(seed)))).to_dict()
    figures, notes = score(gold, made)
    assert {k: notes[k][:3] for k in CHECKED if figures[k]["value"] != 1} == {}
    assert figures["masthead"]["wrong"] == []
