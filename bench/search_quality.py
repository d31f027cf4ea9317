"""Known-item search on real daily news: a title or sub-title is typed, its item is wanted; and whether every stretch of text is found.

    python bench/search_quality.py     the figures as JSON

Beside plain BM25 on pairs of characters (k1 1.2, b 0.75) over the same items. Titles that several items bear are left out, since nobody
could say which one is meant.
"""

from __future__ import annotations

import json
import math
import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from measure import CORPUS, Figure, Measure, Row, printed_by
from search_shelf import Invented, build

QUERIES = 1000
STRINGS = 1000
DEEP = 10
K1, B = 1.2, 0.75

Ranking = Callable[[str], Sequence[int]]


def news() -> tuple[list[Invented], dict[str, set[int]]]:
    """The items of the dailies, and for each title or sub-title the items that it belongs to."""
    items: list[Invented] = []
    bears: dict[str, set[int]] = defaultdict(set)
    for line in CORPUS.read_text(encoding="utf-8").splitlines():
        issue = json.loads(line)
        on, by_title = date.fromisoformat(f"{issue['date'][:4]}-{issue['date'][4:6]}-{issue['date'][6:]}"), {}
        for item in issue["items"]:
            number = len(items) + 1
            by_title[item["title"]] = number
            bears[item["title"]].add(number)
            items.append(Invented(number, item["title"], "\n".join([item["title"], *item["paras"]]), on, "", (), (), (), "other"))
        for row in issue["toc"]:
            if row["title"] in by_title:
                for sub in row["sub"]:
                    bears[sub].add(by_title[row["title"]])
    return items, bears


def queries_of(bears: dict[str, set[int]]) -> list[tuple[str, int]]:
    known = sorted((title, *found) for title, found in bears.items() if len(found) == 1 and title.strip())
    return random.Random(20250401).sample(known, min(QUERIES, len(known)))


def ours(searcher: Any) -> Ranking:
    """What the search page shows: the hits by relevance, or where there are none what is similar."""
    from yuebao.archive.folding import normalise
    from yuebao.ask import search_index
    from yuebao.ask.queries import read_query

    def ranking(text: str) -> Sequence[int]:
        wanted = read_query(text)
        words = [word for word in map(normalise, wanted.words) if word]
        query = search_index.ranked(search_index.query_of(wanted), words)
        found = search_index.page(searcher, query, "relevance", DEEP, 0)
        return found.items or search_index.page(searcher, search_index.near(words), "relevance", DEEP, 0).items

    return ranking


def plain_bm25(items: Sequence[Invented]) -> Ranking:
    from yuebao.archive.folding import normalise, pairs

    postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
    lengths = {}
    for item in items:
        tokens = pairs(normalise(item.text))
        lengths[item.number] = len(tokens)
        for pair, often in Counter(tokens).items():
            postings[pair].append((item.number, often))
    mean = sum(lengths.values()) / len(lengths)

    def ranking(text: str) -> Sequence[int]:
        scores: dict[int, float] = defaultdict(float)
        for pair in pairs(normalise(text)):
            held = postings.get(pair, ())
            weight = math.log(1 + (len(items) - len(held) + 0.5) / (len(held) + 0.5))
            for number, often in held:
                scores[number] += weight * often * (K1 + 1) / (often + K1 * (1 - B + B * lengths[number] / mean))
        return sorted(scores, key=lambda number: (-scores[number], number))[:DEEP]

    return ranking


def judged(ranking: Ranking, queries: Sequence[tuple[str, int]]) -> dict[str, float]:
    """MRR@10 and the share of queries whose item comes first."""
    places = [next((place for place, found in enumerate(ranking(text), 1) if found == number), 0) for text, number in queries]
    return {"mrr": sum(1 / place for place in places if place) / len(places), "first": places.count(1) / len(places)}


def exact_share(items: Sequence[Invented], searcher: Any) -> float:
    """Of random stretches (one to twelve characters, a third around digits or Latin letters), those of which exactly the holders are found."""
    from yuebao.archive.folding import normalise
    from yuebao.ask import search_index
    from yuebao.ask.queries import Wanted

    rng = random.Random(11)
    texts = {item.number: normalise(item.text) for item in items}
    everything = "\n".join(texts.values())
    right = 0
    for count in range(STRINGS):
        text = texts[rng.choice(items).number]
        at = rng.randrange(len(text))
        if count % 3 == 0:
            at = next((i for i in (*range(at, len(text)), *range(at)) if text[i].isascii() and text[i].isalnum()), at)
        word = text[max(at - rng.randint(0, 3), 0):at + rng.randint(1, 9)]
        if "\n" in word or word not in everything:
            raise RuntimeError("a stretch that stands nowhere")
        found = search_index.page(searcher, search_index.query_of(Wanted((word,))), "date", len(items), 0).items
        right += set(found) == {number for number, whole in texts.items() if word in whole}
    return right / STRINGS


def measured() -> dict[str, Any]:
    from yuebao import archive

    with tempfile.TemporaryDirectory(prefix="yuebao-bench-") as folder:
        archive.setup(Path(folder) / "home")
        items, bears = news()
        searcher = build(Path(folder) / "index", items).index.searcher()
        queries = queries_of(bears)
        result = {"items": len(items), "queries": len(queries), "ours": judged(ours(searcher), queries), "exact": exact_share(items, searcher)}
        if "--traces" in sys.argv:
            ranking = ours(searcher)
            result["missed"] = [text for text, number in queries if list(ranking(text))[:1] != [number]][:30]
        return result | {"plain": judged(plain_bm25(items), queries)}


def figures() -> dict[str, Figure]:
    taken = json.loads(printed_by(__file__))
    size = f"{taken['queries']} titles and sub-titles, {taken['items']} items of real dailies"
    mine, plain = taken["ours"], taken["plain"]
    return {
        "search_known_mrr": Figure(round(mine["mrr"], 4), f"MRR@10; plain BM25 on pairs {plain['mrr']:.4f}; {size}"),
        "search_known_first": Figure(round(mine["first"], 4), f"hit@1; plain BM25 on pairs {plain['first']:.4f}"),
        "search_known_over_plain": Figure(round(mine["mrr"] - plain["mrr"], 4), "MRR@10 above plain BM25"),
        "search_exact": Figure(taken["exact"], f"of {STRINGS} random stretches, a third with digits or Latin: exactly what holds them is found"),
    }


MEASURES = (
    Measure("search_quality", (
        Row("search_known_mrr"), Row("search_known_first"), Row("search_known_over_plain", at_least=0.0), Row("search_exact", at_least=1.0),
    ), figures, needs_shared=True),
)

if __name__ == "__main__":
    print(json.dumps(measured(), ensure_ascii=False))
