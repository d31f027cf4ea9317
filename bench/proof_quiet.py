"""How often proof leaves correct text alone: the share of sentences of real daily news without an error or a warning of the P, W, D and N rules.

    python bench/proof_quiet.py [CORPUS.jsonl] [--every N] [--show]

The corpus is daily news that passed an editor; what is found there is nearly always a false alarm (it has a few true slips). The C rules are
left out: a daily's contents are not its headlines.
"""

from __future__ import annotations

import argparse
import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path

from yuebao.annotate import annotate
from yuebao.model import Column, Entry, Finding, Issue, Item, Masthead, SourceInfo
from yuebao.proof import proof

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "broadcast_2022_2024.jsonl"
SENTENCE = re.compile(r"[^。！？\n]+[。！？]*")
FAMILIES = "PWDN"


def issues(corpus: Path, every: int) -> Iterator[Issue]:
    """Every so-manieth issue of the corpus as an annotated issue without contents."""
    for number, line in enumerate(corpus.read_text(encoding="utf-8").splitlines()):
        day = json.loads(line)
        if number % every or not day["items"]:
            continue
        items = tuple(item_of(n, i["title"], "\n".join(i["paras"])) for n, i in enumerate(day["items"], 1))
        info = SourceInfo(day["date"], "text/plain", "utf-8", "0" * 64, 0, None)
        yield annotate(Issue(info, Masthead(year=int(day["date"][:4]), month=int(day["date"][4:6])), columns=(Column("要闻", items=items),)))


def item_of(number: int, headline: str, text: str) -> Item:
    start = len(headline) + 1
    return Item(number, headline, None, None, f"{headline}\n{text}", (Entry(start, start + len(text), None),))


def quiet_share(corpus: Path = CORPUS, every: int = 10, show: bool = False) -> tuple[float, int]:
    """The share of sentences that no error or warning touches, and how many sentences were read."""
    sentences = touched = 0
    for issue in issues(corpus, every):
        serious = [f for f in proof(issue).findings if f.severity != "note" and f.code[0] in FAMILIES]
        for item in issue.items():
            starts = [m.start() for m in SENTENCE.finditer(item.text)]
            sentences += len(starts)
            mine = [f for f in serious if f.item == item.number and f.start is not None]
            touched += len({bisect_right(starts, f.start or 0) for f in mine})
            for finding in mine if show else ():
                print(issue.source.name, *seen(item, finding), sep="\t")
    return 1 - touched / (sentences or 1), sentences


def seen(item: Item, finding: Finding) -> tuple[str, str, str]:
    """A finding with the words around it."""
    a, b = finding.start or 0, finding.end or 0
    return finding.code, f"{item.text[max(0, a - 14):a]}【{item.text[a:b]}】{item.text[b:b + 14]}".replace("\n", "|"), finding.proposal or ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--every", type=int, default=10)
    parser.add_argument("--show", action="store_true", help="list what was found")
    args = parser.parse_args()
    share, sentences = quiet_share(args.corpus, args.every, args.show)
    print(f"sentences {sentences}; without error or warning {share:.5f}")


if __name__ == "__main__":
    main()
