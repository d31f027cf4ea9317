"""Floors under what is annotated: the real issue 2024/03 and the two halves of the unseen texts, layer by layer, rising only.

The floors stand in tests/gold/floors.json beside the sha256 of what they were measured on; on another gold or other texts they say
nothing, and the test fails. After an improvement: `python tests/test_annotate_floors.py --pin`, which refuses while any figure is below
its floor. A gold that was corrected is a new corpus: `--pin --new-corpus "why"`, and the reason is kept in the file.
"""

import argparse
import hashlib
import json
import math
import sys
from pathlib import Path

import pytest

from real import SHARED, needs_shared

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bench"))

import quality
import unseen
from yuebao import read_issue

FLOORS = Path(__file__).resolve().parent / "gold" / "floors.json"
SETS = ("seed", *unseen.HALVES)


class Refused(Exception):
    """Why the floors were not pinned."""


def corpus():
    """The sha256 of each thing that is measured on."""
    texts = sorted((clipping.id, clipping.text) for clipping in unseen.clippings())
    return {
        "clippings": hashlib.sha256(json.dumps(texts, ensure_ascii=False).encode()).hexdigest(),
        "clippings_gold": hashlib.sha256(unseen.GOLD.read_bytes()).hexdigest(),
        "seed": hashlib.sha256(quality.seed("000").read_bytes()).hexdigest(),
        "seed_gold": hashlib.sha256(quality.GOLD.read_bytes()).hexdigest(),
    }


def measured():
    """F1 of each set and layer, as now."""
    seed = quality.scored(quality.GOLD, read_issue(quality.seed("000")))
    found = {"seed": {layer: seed[layer]["f1"] for layer in unseen.LAYERS}}
    for half, tallies in unseen.tallies().items():
        found[half] = {layer: tally.figures()["f1"] for layer, tally in tallies.items()}
    return found


def rounded_down(figure):
    """The figure in whole hundredths: one name of two hundred more or less is no reason to leave a rule out that finds ten elsewhere."""
    return math.floor(figure * 100 + 1e-9) / 100


def sunk(floors, figures):
    """What is below its floor, in words."""
    return [
        f"{name} {layer}: {figures[name][layer]} < {floor}"
        for name, layers in sorted(floors.items()) for layer, floor in sorted(layers.items()) if figures[name][layer] < floor
    ]


def pinned(document, figures, hashes, reason=None):
    """The document of floors with these figures as the new floors; raises Refused for a figure that falls and for a corpus that changed
    without a reason."""
    if document["corpus"] != hashes and not reason:
        changed = [name for name in hashes if document["corpus"].get(name) != hashes[name]]
        raise Refused(f"the corpus changed ({', '.join(changed)}): say why with --new-corpus")
    if document["corpus"] == hashes and (fallen := sunk(document["floors"], figures)):
        raise Refused("floors only rise: " + "; ".join(fallen))
    floors = {name: {layer: rounded_down(value) for layer, value in layers.items()} for name, layers in figures.items()}
    return {"corpus": hashes, "floors": floors, "new_corpus": [*document["new_corpus"], *([reason] if reason else [])]}


@pytest.fixture(scope="module")
def document():
    return json.loads(FLOORS.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def figures():
    return measured()


@needs_shared
def test_the_floors_were_measured_on_this_corpus(document):
    assert document["corpus"] == corpus()


@needs_shared
@pytest.mark.parametrize("name", SETS)
def test_nothing_is_below_its_floor(document, figures, name):
    assert set(document["floors"][name]) == set(unseen.LAYERS)
    assert sunk({name: document["floors"][name]}, figures) == []


@needs_shared
def test_the_gold_quotes_its_texts():
    """Every name and phrase of the gold stands in its text, every role is held by a person of the list, the halves are as declared."""
    clippings = unseen.clippings()
    for clipping in clippings:
        flat = "".join(clipping.text.split())
        gold = clipping.gold
        said = [x for p in gold["persons"] for x in (p["name"], *p["titles"])]
        said += [x if isinstance(x, str) else x["text"] for key, value in gold.items() if isinstance(value, list) and key != "persons" for x in value]
        assert [x for x in said if "".join(x.split()) not in flat] == []
        assert {n for names in gold["roles"].values() for n in names} <= {p["name"] for p in gold["persons"]}
        assert set(gold["orgs_title_only"]) <= set(gold["orgs"])
    first = [c for c in clippings if "drawn" not in c.gold]
    by_hash = sorted((c.id for c in first), key=lambda i: hashlib.sha1(i.encode()).hexdigest())
    assert [c.id for c in first if c.half == "tune"] == sorted(by_hash[:12])
    assert len(first) == 25
    assert [(c.half, c.gold["drawn"]) for c in clippings if c not in first] == [("tune", 2)] * 15


@needs_shared
def test_no_run_of_the_texts_is_in_the_gold():
    """The gold is names and short phrases: not twenty characters on end of any text of the corpus (check_borrowed.py)."""
    tool = quality.tool("check_borrowed")
    mine = tool.runs(unseen.GOLD.read_text(encoding="utf-8"))[0]
    lines = unseen.TEXTS.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines if mine & tool.runs(json.loads(line)["text"])[0]] == []


@needs_shared
def test_only_the_half_for_tuning_is_ever_listed(monkeypatch, capsys):
    tally = quality.tool("score_issue").Tally
    made = {half: {layer: tally() for layer in unseen.LAYERS} for half in unseen.HALVES}
    made["tune"]["people"].add("a", {"甲"}, set(), set())
    made["report"]["people"].add("b", {"乙"}, set(), set())
    monkeypatch.setattr(unseen, "tallies", lambda: made)
    unseen.main(["--misses"])
    printed = capsys.readouterr().out
    assert "missed 甲" in printed
    assert "乙" not in printed
    assert "乙" not in str(unseen.figures())


OLD = {"corpus": {"gold": "a"}, "floors": {"seed": {"people": 0.9, "dates": 0.5}}, "new_corpus": []}


def test_floors_rise():
    better = {"seed": {"people": 0.9, "dates": 0.6189}}
    raised = {"seed": {"people": 0.9, "dates": 0.61}}
    assert pinned(OLD, better, {"gold": "a"}) == {"corpus": {"gold": "a"}, "floors": raised, "new_corpus": []}


@pytest.mark.parametrize(("figure", "floor"), [(1.0, 1.0), (0.9999, 0.99), (0.95, 0.95), (0.29, 0.29), (0.0, 0.0)])
def test_a_floor_is_in_whole_hundredths(figure, floor):
    assert rounded_down(figure) == floor


@pytest.mark.parametrize(("figures", "hashes", "said"), [
    ({"seed": {"people": 0.8999, "dates": 0.6}}, {"gold": "a"}, "seed people: 0.8999 < 0.9"),
    ({"seed": {"people": 0.95, "dates": 0.6}}, {"gold": "b"}, "the corpus changed .gold."),
])
def test_floors_do_not_fall_and_belong_to_their_corpus(figures, hashes, said):
    with pytest.raises(Refused, match=said):
        pinned(OLD, figures, hashes)


def test_a_new_corpus_leaves_its_reason():
    lower = {"seed": {"people": 0.8, "dates": 0.6}}
    assert pinned(OLD, lower, {"gold": "b"}, "a name misread") == {"corpus": {"gold": "b"}, "floors": lower, "new_corpus": ["a name misread"]}


def test_a_text_that_changed_is_refused():
    with pytest.raises(unseen.GoldError, match="x1: the text is another"):
        unseen.written_out({"id": "x1", "sha1": hashlib.sha1("甲".encode()).hexdigest()}, "乙")


def test_a_value_cut_short_is_written_out_by_the_shortest_passage():
    item = {"id": "x1", "sha1": hashlib.sha1("市北山市北\n山学会成立".encode()).hexdigest(), "orgs": ["市北…学会"]}
    assert unseen.written_out(item, "市北山市北\n山学会成立")["orgs"] == ["市北山学会"]
    with pytest.raises(unseen.GoldError, match="市南…学会 is not in the text"):
        unseen.written_out(item | {"orgs": ["市南…学会"]}, "市北山市北\n山学会成立")


def pin(reason):
    """Write what is measured now as the floors; the first time there are none."""
    bare = {"corpus": {}, "floors": {}, "new_corpus": []}
    old = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else bare
    try:
        new = pinned(old, measured(), corpus(), reason)
    except Refused as refused:
        sys.exit(str(refused))
    FLOORS.write_text(json.dumps(new, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"floors of {len(SETS)} sets pinned in {FLOORS}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pin", action="store_true", required=True)
    parser.add_argument("--new-corpus", metavar="WHY")
    assert SHARED.is_dir(), "../shared is not here"
    pin(parser.parse_args().new_corpus)
