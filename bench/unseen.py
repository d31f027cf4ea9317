"""How well texts are annotated for which nobody wrote rules: the gold of tests/gold/clippings.json, one figure a layer, in two halves.

    python bench/unseen.py [--misses] [LAYER …]

The gold was written by reading, before the program was run on the texts; it refers to them by id and sha1 and holds no sentence of
theirs. Rules may be drawn from what is missed in the half `tune`, and `--misses` lists it; of the half `report` nothing but totals is
ever printed. Sets and counting are those of ../shared/tools/score_issue.py.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from measure import SHARED, Figure, Measure, Row
from quality import tool
from yuebao.pipeline import annotate_single

GOLD = Path(__file__).resolve().parents[1] / "tests" / "gold" / "clippings.json"
TEXTS = SHARED / "corpus" / "clippings_2023.jsonl"
HALVES = ("tune", "report")
LAYERS = ("people", "offices", "organisations", "places", "projects", "documents", "money", "quantities", "dates", "acts")
ASKED = {"people": 0.97, "offices": 0.93, "organisations": 0.85}  # DESIGN 7, of unseen text


@dataclass(frozen=True)
class Clipping:
    """One text with what was read in it."""

    id: str
    half: str
    text: str
    date: str
    gold: Mapping[str, Any]


class GoldError(ValueError):
    """The gold and the texts do not belong together; the message names the text."""


@cache
def clippings() -> tuple[Clipping, ...]:
    """The texts of the gold, values written out; raises GoldError where a text has changed or a value is not in it."""
    items = json.loads(GOLD.read_text(encoding="utf-8"))["items"]
    texts = texts_of({item["id"] for item in items})
    return tuple(Clipping(item["id"], item["half"], texts[item["id"]], item["date"], written_out(item, texts[item["id"]])) for item in items)


def texts_of(ids: set[str]) -> dict[str, str]:
    """The texts of these ids."""
    lines = map(json.loads, TEXTS.read_text(encoding="utf-8").splitlines())
    return {line["id"]: line["text"] for line in lines if line["id"] in ids}


def written_out(item: dict[str, Any], text: str) -> dict[str, Any]:
    """The gold of a text with each … replaced by what the text has there (the shortest)."""
    if hashlib.sha1(text.encode()).hexdigest() != item["sha1"]:
        raise GoldError(f"{item['id']}: the text is another than the one that was read")
    flat = re.sub(r"\s", "", text)

    def whole(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: whole(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [whole(inner) for inner in value]
        if not isinstance(value, str):
            return value
        head, dots, tail = value.partition("…")
        if not dots:
            return value
        found = re.findall(f"(?=({re.escape(head)}.{{1,40}}?{re.escape(tail)}))", flat)
        if not found:
            raise GoldError(f"{item['id']}: {value} is not in the text")
        return min(found, key=len)

    return {key: whole(value) for key, value in item.items()}


def made_of(clipping: Clipping) -> dict[str, Any]:
    """What `yuebao annotate` makes of a text, in the form that the scorer reads."""
    return annotate_single(f"{clipping.id}.txt", clipping.text.encode(), date.fromisoformat(clipping.date)).to_dict()


@cache
def tallies() -> dict[str, dict[str, Any]]:
    """For each half, what was hit, missed and added in each layer: Tally of score_issue.py."""
    scorer = tool("score_issue")
    made = {half: {layer: scorer.Tally() for layer in LAYERS} for half in HALVES}
    for clipping in clippings():
        wanted, found = scorer.gold_sets(clipping.gold), scorer.produced_sets(made_of(clipping))
        for layer in LAYERS:
            made[clipping.half][layer].add(clipping.id, wanted[layer], scorer.optional_of(clipping.gold, layer), found[layer])
    return made


def misses(layers: Sequence[str] = LAYERS) -> dict[str, list[str]]:
    """What is missed and what is added in the half `tune`, by layer. There is no such function for the other half, on purpose."""
    return {layer: tallies()["tune"][layer].notes for layer in layers}


def figures() -> dict[str, Figure]:
    """F1 of each layer and half."""
    found = {}
    for half, of_half in tallies().items():
        for layer, tally in of_half.items():
            score = tally.figures()
            note = f"precision {score['precision']}, recall {score['recall']}, of {score['hit'] + score['missed']}"
            found[f"unseen_{half}_{layer}_f1"] = Figure(score["f1"], note)
    return found


ROWS = tuple(Row(f"unseen_{half}_{layer}_f1", "F1", at_least=ASKED.get(layer)) for half in HALVES for layer in LAYERS)
MEASURES = (Measure("unseen", ROWS, figures, needs_shared=True),)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("layers", nargs="*", metavar="LAYER", help=", ".join(LAYERS))
    parser.add_argument("--misses", action="store_true", help="list what the half `tune` gets wrong")
    args = parser.parse_args(arguments)
    if unknown := set(args.layers) - set(LAYERS):
        parser.error(f"no layer {', '.join(sorted(unknown))}; known: {', '.join(LAYERS)}")
    layers = args.layers or list(LAYERS)
    print(f"{'layer':14}" + "".join(f"{half + ' ' + key:>18}" for half in HALVES for key in ("precision", "recall", "f1")))
    for layer in layers:
        scores = [tallies()[half][layer].figures() for half in HALVES]
        print(f"{layer:14}" + "".join(f"{score[key]:18.4f}" for score in scores for key in ("precision", "recall", "f1")))
    if args.misses:
        for layer, notes in misses(layers).items():
            print(f"\n== {layer} (tune): {len(notes)}", *notes, sep="\n")


if __name__ == "__main__":
    main()
