"""Pairs of copies made by known edits, and whether `collate` reports all of them and nothing else (`python bench/collation.py [PAIRS]`).

Decisions carried out, forgotten and carried out wrongly; changes that nobody decided; text lost at a line end, doubled, moved; pages of the
目录 moved; and the same text laid out anew. Made of the sample series by a fixed seed.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from measure import Figure, Measure, Row
from yuebao import pipeline, samples
from yuebao.model import Finding, Issue, Item, Source, map_items
from yuebao.proof.collate import ACCEPTED, Collation, collate
from yuebao.proof.copies import copy_of_source
from yuebao.read import read
from yuebao.read.text import source_of
from yuebao.structure import structure

SEED = 20250501
APART = 60  # characters between two edits, so that each is one for a reader too
_WORD = re.compile(r"[\u4e00-\u9fff]{2,4}")
_SENTENCE = re.compile(r"(?<=[。；])[^。；\n\r]{8,60}[。；]")
OTHERS = "蓁皓澹暾璟翀旖堃颢骁"  # characters that the samples do not use


@dataclass
class Pair:
    """Two copies, the decisions on the old one, and what is to be reported: the code, and the place in the old copy."""

    old: Source
    issue: Issue
    new: str
    decisions: list[Finding] = field(default_factory=list)
    wanted: list[tuple[str, int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Change:
    start: int
    end: int
    text: str


def pairs(count: int, seed: int = SEED) -> list[Pair]:
    """So many pairs, the same for the same seed."""
    dice = random.Random(seed)
    texts = []
    for path in samples.paths():
        source = read(path.name, path.read_bytes())
        texts.append((source, structure(source)))
    return [_pair(*dice.choice(texts), dice) for _ in range(count)]


def _pair(source: Source, issue: Issue, dice: random.Random) -> Pair:
    pair = Pair(source, issue, "")
    taken: list[tuple[int, int]] = []
    changes: list[Change] = []
    body = min(o.source_start for o in issue.items()[0].origin if o.start is not None)

    def free(start: int, end: int) -> bool:
        if all(end + APART < a or b + APART < start for a, b in taken):
            taken.append((start, end))
            return True
        return False

    for kind in dice.choices(KINDS, k=dice.randint(1, 9)):
        kind(pair, dice, body, free, changes)
    pair.new = _laid_out(_carried(source.text, changes), dice, body)
    _same_elsewhere(pair)
    return pair


def _word(pair: Pair, dice: random.Random, body: int, free):
    words = list(_WORD.finditer(pair.old.text, body))
    for match in dice.sample(words, 20):
        if free(*match.span()):
            return match
    return None


def _wrong(word: str, dice: random.Random) -> str:
    at = dice.randrange(len(word))
    return word[:at] + dice.choice(OTHERS) + word[at + 1:]


def _decision(outcome: str):
    def decide(pair, dice, body, free, changes):
        if not (match := _word(pair, dice, body, free)):
            return
        word, proposal = match[0], _wrong(match[0], dice)
        pair.decisions.append(_accepted(match.start(), word, proposal))
        if outcome == "carried":
            changes.append(Change(*match.span(), proposal))
        else:
            pair.wanted.append(("H001", *match.span()))
            if outcome == "wrong":
                at = next(n for n in range(len(word)) if word[n] != proposal[n])
                other = dice.choice([c for c in OTHERS if c != proposal[at]])
                changes.append(Change(*match.span(), word[:at] + other + word[at + 1:]))
    return decide


def _accepted(start: int, text: str, proposal: str) -> Finding:
    return Finding("W002", "error", None, None, None, None, None, text, proposal, False, "", "", start, start + len(text), state=ACCEPTED)


def _changed(pair, dice, body, free, changes):
    if match := _word(pair, dice, body, free):
        changes.append(Change(*match.span(), _wrong(match[0], dice)))
        pair.wanted.append(("H002", *match.span()))


def _added(pair, dice, body, free, changes):
    if match := _word(pair, dice, body, free):
        changes.append(Change(match.start(), match.start(), "".join(dice.sample(OTHERS, 3))))
        pair.wanted.append(("H002", match.start(), match.start()))


def _doubled(pair, dice, body, free, changes):
    if match := _word(pair, dice, body, free):
        changes.append(Change(match.end(), match.end(), match[0]))
        pair.wanted.append(("H007", *match.span()))


def _lost(pair, dice, body, free, changes):
    """The last characters of a line, as at a page end."""
    text = pair.old.text
    ends = [m.start() for m in re.finditer(r"(?<=\S{26})\r?\n", text) if m.start() > body + 40]
    end = dice.choice(ends)
    start = end - dice.randint(2, 25)
    if free(start, end):
        changes.append(Change(start, end, ""))
        pair.wanted.append(("H006", start, end))


def _moved(pair, dice, body, free, changes):
    sentences = list(_SENTENCE.finditer(pair.old.text, body))
    one, other = dice.sample(sentences, 2)
    if abs(one.start() - other.start()) > 200 and free(*one.span()) and free(other.start(), other.start()):
        changes += [Change(*one.span(), ""), Change(other.start(), other.start(), one[0])]
        pair.wanted.append(("H005", *one.span()))


def _page(pair, dice, _, free, changes):
    rows = copy_of_source(pair.old, pair.issue).rows
    row = dice.choice(rows)
    if free(row.start, row.end):
        changes.append(Change(row.start, row.end, str(row.page + dice.randint(1, 3))))
        pair.wanted.append(("H004", row.start, row.end))


KINDS = (_decision("carried"), _decision("carried"), _decision("forgotten"), _decision("wrong"), _changed, _added, _doubled, _lost, _moved, _page)


def _carried(text: str, changes: list[Change]) -> str:
    for change in sorted(changes, key=lambda c: (c.start, c.end), reverse=True):
        text = text[:change.start] + change.text + text[change.end:]
    return text


def _laid_out(text: str, dice: random.Random, body: int) -> str:
    """The same text with other line ends in its body, or as it is."""
    if dice.random() < 0.5:
        return text
    head, tail = text[:body], text[body:]
    return head + re.sub(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", lambda _: "\n" if dice.random() < 0.03 else "", tail)


def _same_elsewhere(pair: Pair) -> None:
    """What H003 has to say: a decided string that stands in the new copy more often than by its own forgotten decisions."""
    plain = "".join(pair.new.split())
    forgotten = Counter(f.text for f in pair.decisions if any(w[0] == "H001" and w[1] == f.source_start for w in pair.wanted))
    for text in {f.text for f in pair.decisions}:
        if plain.count(text) > forgotten[text]:
            pair.wanted.append(("H003", -1, -1))


def collated(pair: Pair) -> Collation:
    new = source_of("new.txt", pair.new)
    return collate(copy_of_source(pair.old, pair.issue), copy_of_source(new, structure(new)), pair.decisions)


def missed_and_false(pair: Pair, collation: Collation) -> tuple[list[tuple[str, int, int]], list[Finding]]:
    """What was planted and is not reported at its place, and what is reported and was not planted."""
    left = list(pair.wanted)
    false = []
    for finding in collation.findings:
        a, b = (finding.related[0].source_start, finding.related[0].source_end) if finding.related else (-1, -1)
        hit = next((w for w in left if w[0] == finding.code and _meet(pair.old.text, (a, b), w[1:])), None)
        if hit:
            left.remove(hit)
        else:
            false.append(finding)
    return left, false


def _meet(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans overlap, or are parted by no more than white space or two characters."""
    first, second = sorted((one, other))
    return second[0] - first[1] <= 2 or not text[first[1]:second[0]].strip()


def applied(old: str, collation: Collation) -> str:
    """The old text with every reported edit made."""
    out, at = [], 0
    for edit in collation.edits:
        out += [old[at:edit.old_start], edit.new_text]
        at = edit.old_end
    return "".join([*out, old[at:]])


def figures(count: int = 500) -> dict[str, Figure]:
    """The rows of the bench."""
    missed, false, planted = Counter(), Counter(), Counter()
    inexact = 0
    made = pairs(count)
    for pair in made:
        collation = collated(pair)
        lost, extra = missed_and_false(pair, collation)
        planted.update(w[0] for w in pair.wanted)
        missed.update(w[0] for w in lost)
        false.update(f.code for f in extra)
        inexact += applied(pair.old.text, collation) != pair.new
    return {
        "collation_missed": Figure(missed.total(), f"{count} pairs, {planted.total()} to report: {_counts(planted)}; missed: {_counts(missed)}"),
        "collation_false": Figure(false.total(), f"reported and not made: {_counts(false)}"),
        "collation_inexact": Figure(inexact, "pairs whose reported edits do not make the new copy of the old"),
        **_two_books(),
    }


def _counts(counts: Counter[str]) -> str:
    return ", ".join(f"{code} {n}" for code, n in sorted(counts.items())) or "none"


def _two_books() -> dict[str, Figure]:
    """Two PDFs of some forty pages, the one with a sentence less and a word changed."""
    issue = pipeline.read_issue(samples.paths()[1])
    longer = replace(issue, columns=issue.columns * 3)
    first = longer.items()[0]
    sentence = next(part for part in first.text.split("。")[1:] if len(part) > 12) + "。"
    cut = map_items(longer.columns, lambda item: replace(item, text=item.text.replace(sentence, "").replace("调研", "考察", 1)))
    with tempfile.TemporaryDirectory() as folder:
        books = []
        for name, columns in (("old", longer.columns), ("new", cut)):
            path = Path(folder) / f"{name}.pdf"
            pipeline.publish_issue(_numbered(replace(longer, columns=columns)), path)
            books.append((path.name, path.read_bytes()))
    times = []
    for _ in range(3):
        start = time.process_time()
        collation = pipeline.collate_files(*books)
        times.append(time.process_time() - start)
    note = f"CPU of {collation.old.pages} pages against {collation.new.pages}, {len(collation.findings)} findings; best of 3"
    return {"collation_pdf_seconds": Figure(round(min(times), 3), note)}


def _numbered(issue: Issue) -> Issue:
    """The issue with its items numbered anew, their entries as far as their texts go."""
    numbers = iter(range(1, 1 << 20))

    def anew(item: Item) -> Item:
        head = 0 if item.headline is None else len(item.headline) + 1
        return replace(item, number=next(numbers), entries=(replace(item.entries[0], start=head, end=len(item.text)),), annotations=())

    return replace(issue, columns=map_items(issue.columns, anew))


MEASURES = (
    Measure("collation", (
        Row("collation_missed", "edits", at_most=0), Row("collation_false", "findings", at_most=0), Row("collation_inexact", "pairs", at_most=0),
        Row("collation_pdf_seconds", "s", at_most=2.0),
    ), figures),
)

if __name__ == "__main__":
    for name, figure in figures(int(sys.argv[1]) if len(sys.argv) > 1 else 500).items():
        print(name, figure.value, figure.note)
