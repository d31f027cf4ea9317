"""Stories: recall of reprints that are known, precision of pairs read and judged by hand, and a hundred thousand texts in one go.

    python bench/stories.py --many 100000     the last measure alone, in this process: seconds, stories and the most memory held
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from measure import CORPUS, SHARED, Figure, Measure, Row, printed_by
from yuebao.annotate import annotate_text
from yuebao.compile.stories import Particulars, particulars, stories

REPRINTS = SHARED / "corpus" / "reprints.json"
JUDGED = Path(__file__).with_name("judged_pairs.json")  # ids, two a pair: `one_event`, `different`; read and judged by a person
LEAST_ALIKE = 0.3  # Jaccard of bigrams, of the pairs asked for
MANY = 100_000
ALTERED = 0.4  # of the many, texts that repeat another with changes
SEED = 20230817


def found_in_reprints() -> tuple[dict[str, int], list[list[object]]]:
    """The story of each text by its id, and the list of known pairs."""
    material = json.loads(REPRINTS.read_text(encoding="utf-8"))
    docs = material["docs"]
    texts = [f"{doc['title'] or ''}\n{doc['text']}" for doc in docs]

    def known(n: int) -> Particulars:
        year, month = (docs[n]["date"] or "2023-08-01").split("-")[:2]
        return particulars(texts[n], annotate_text(texts[n], int(year), int(month)))

    found = stories(texts, lambda numbers: map(known, numbers))
    return {docs[n]["id"]: number for number, story in enumerate(found) for n in story}, material["pairs"]


def recall_and_precision() -> Mapping[str, Figure]:
    story_of, pairs = found_in_reprints()
    asked = [(one, other) for one, other, alike, _ in pairs if alike >= LEAST_ALIKE]
    met = sum(story_of[one] == story_of[other] for one, other in asked)
    judged = json.loads(JUDGED.read_text(encoding="utf-8"))
    found = {verdict: sum(len({story_of[name] for name in pair.split()}) == 1 for pair in judged[verdict]) for verdict in judged}
    together = found["one_event"] + found["different"]
    return {
        "stories_recall": Figure(met / len(asked), f"{met}/{len(asked)} known pairs with bigram Jaccard ≥ {LEAST_ALIKE}"),
        "stories_precision": Figure(
            found["one_event"] / together,
            f"of {sum(map(len, judged.values()))} pairs judged by hand {together} are in one story, {found['one_event']} of them rightly; "
            f"{found['one_event']} of {len(judged['one_event'])} right ones found"),
    }


def many_texts(count: int) -> list[str]:
    """Texts made of sentences of the corpora, four in ten of them altered repeats of another."""
    draw = random.Random(SEED)
    lines = CORPUS.read_text(encoding="utf-8").splitlines()
    sentences = [found for line in lines for found in re.findall("[^。\"\\\\]{12,80}。", line)]
    first = [draw.choices(sentences, k=draw.randint(6, 14)) for _ in range(round(count * (1 - ALTERED)))]
    repeats = [altered(draw.choice(first), draw) for _ in range(count - len(first))]
    out = ["".join(text) for text in (*first, *repeats)]
    draw.shuffle(out)
    return out


def altered(sentences: Sequence[str], draw: random.Random) -> list[str]:
    """The text as another paper prints it: some sentences left out, some characters others."""
    kept = [sentence for sentence in sentences if draw.random() > 0.2] or list(sentences)
    return [sentence.replace("的", "之", 1) if draw.random() < 0.2 else sentence for sentence in kept]


def take_many(count: int) -> dict[str, float]:
    """Seconds for the stories of so many texts, the stories, and the most memory held (MB), texts and all."""
    texts = many_texts(count)
    start = time.perf_counter()
    found = stories(texts, lambda numbers: [particulars(texts[n], annotate_text(texts[n], 2023, 8)) for n in numbers], by_facts=False)
    seconds = time.perf_counter() - start
    return {
        "seconds": round(seconds, 1), "stories": len(found), "characters": sum(map(len, texts)),
        "memory": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)}


def scale() -> Mapping[str, Figure]:
    taken = json.loads(printed_by(__file__, "--many", MANY))
    note = f"{MANY} texts of {taken['characters'] // MANY} characters, {taken['stories']} stories; one process"
    return {"stories_many_seconds": Figure(taken["seconds"], note), "stories_many_memory": Figure(taken["memory"], note)}


MEASURES = (
    Measure(
        "stories", (Row("stories_recall", "share", at_least=0.9), Row("stories_precision", "share", at_least=0.95)), recall_and_precision,
        needs_shared=True),
    Measure(
        "stories_many", (Row("stories_many_seconds", "s", at_most=120), Row("stories_many_memory", "MB", at_most=2048)), scale,
        needs_shared=True),
)

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--many", type=int)
    if many := parser.parse_args().many:
        print(json.dumps(take_many(many)))
    else:
        for name, figure in recall_and_precision().items():
            print(f"{name:20} {figure.value:.3f}  {figure.note}")
