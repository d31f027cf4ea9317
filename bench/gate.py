"""The gate: 2,000 condensed items with one foreign fact each, of which none may pass, and 2,000 honest ones, of which none may be refused.

    python bench/gate.py [NUMBER] [--show]

The items are those that `condense` makes of real reports, of daily news items and of the samples, the last two also cut at random lengths.
A plant is tried twice: with the clauses of before, moved as an editor would move them, and with clauses found anew, as the desk finds them.
It passes where either time nothing is told. An honest item is refused where `condense` takes a sentence out of it, or where the gate tells
anything of it, with its own clauses or with clauses found anew from nothing.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from gate_plants import KINDS, Case, Planted
from measure import CORPUS, SHARED, Figure, Measure, Row
from yuebao import read_issue, samples
from yuebao.annotate import annotate_text
from yuebao.compile.condense import condense
from yuebao.compile.gate import gate
from yuebao.compile.gate_found import realigned
from yuebao.compile.habits import Habits
from yuebao.compile.intake import part
from yuebao.compile.values import Clause, Clipping, Condensed
from yuebao.model import Annotation
from yuebao.pipeline import annotate_single
from yuebao.read import read

NUMBER = 2000
SEED = 20230817
LEAST_CUT = 60  # characters of a text cut at random
OTHERS = 40  # stories whose facts are planted


@dataclass(frozen=True)
class Made:
    """A clipping and the item made of it."""

    clipping: Clipping
    condensed: Condensed
    habits: Habits

    def annotated(self, text: str) -> tuple[Annotation, ...]:
        return annotated(self.clipping, text)

    def told(self, text: str, clauses: Sequence[Clause]) -> bool:
        """Whether the gate tells anything of a text."""
        return bool(gate(text, clauses, [self.clipping], self.annotated(text), self.habits.city))


def annotated(clipping: Clipping, text: str) -> tuple[Annotation, ...]:
    assert clipping.dated_on
    return annotate_text(text, int(clipping.dated_on[:4]), int(clipping.dated_on[5:7]))


def texts(chance: random.Random, number: int) -> Iterator[tuple[str, str]]:
    """Texts with their days: every report, then the samples and daily items by turns, half of them cut."""
    kinds = [_copy(), _items(chance), _dailies(chance)]
    if (SHARED / "corpus").is_dir():
        kinds.insert(0, _reports(chance))
    count = 0
    while kinds and count < number:
        for kind in list(kinds):
            found = next(kind, None)
            if found is None:
                kinds.remove(kind)
            else:
                yield found
                count += 1


def _reports(chance: random.Random) -> Iterator[tuple[str, str]]:
    lines = (SHARED / "corpus" / "clippings_2023.jsonl").read_text(encoding="utf-8").splitlines()
    chance.shuffle(lines)
    for line in lines:
        report = json.loads(line)
        yield report["text"], report["date"] or "2023-08-15"


def _copy() -> Iterator[tuple[str, str]]:
    for path in sorted(samples.copy()):
        if path.suffix in (".txt", ".docx", ".html"):
            yield read(path.name, path.read_bytes()).text, "2026-01-31"


def _items(chance: random.Random) -> Iterator[tuple[str, str]]:
    for path in samples.year():
        issue = read_issue(path)
        for item in issue.items():
            yield _cut(item.text.replace("\n", "\n\n", 1), chance), f"{issue.masthead.year}-{issue.masthead.month:02}-28"


def _dailies(chance: random.Random) -> Iterator[tuple[str, str]]:
    if not CORPUS.is_file():
        return
    days = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    while True:
        day = chance.choice(days)
        item = chance.choice(day["items"])
        stated = f"{day['date'][:4]}-{day['date'][4:6]}-{day['date'][6:]}"
        if body := "\n".join(item["paras"]).strip():
            yield _cut(f"{item['title']}\n\n{body}", chance), stated


def _cut(text: str, chance: random.Random) -> str:
    return text[:chance.randint(min(LEAST_CUT, len(text)), len(text))] if chance.random() < 0.5 else text


@cache
def made(number: int) -> tuple[Made, ...]:
    """So many items, each with the clipping that it was made of."""
    chance = random.Random(SEED)
    found = []
    for n, (text, stated) in enumerate(texts(chance, number), 1):
        report = part(text).text.strip() or text
        item = annotate_single("copy.txt", report.encode(), date.fromisoformat(stated))
        clipping = Clipping(n, "copy.txt", "0" * 64, "gathered", None, None, stated, item)
        habits = Habits(city=chance.choice((None, "云陵市")), has_hours=chance.random() < 0.3)
        found.append(Made(clipping, condense([clipping], habits, partial(annotated, clipping)), habits))
    return tuple(found)


def honest(number: int) -> list[Made]:
    """The honest items that are refused."""
    return [each for each in made(number) if _is_refused(each)]


def _is_refused(each: Made) -> bool:
    text = each.condensed.item.text
    if any(foreign.reason != "other_event" for foreign in each.condensed.refused):
        return True
    return each.told(text, each.condensed.clauses) or each.told(text, realigned(text, (), [each.clipping], each.habits.city))


def planted(number: int) -> tuple[Counter[str], list[tuple[str, Made, Planted]]]:
    """How many plants of each kind were tried, and those that passed."""
    chance = random.Random(SEED + 1)
    items = made(number)
    tried: Counter[str] = Counter()
    passed = []
    names = sorted(KINDS)
    while tried.total() < number:
        each = chance.choice(items)
        others = [other.clipping for other in chance.sample(items, min(OTHERS, len(items)))]
        sources = "".join((each.clipping.item.text + (each.habits.city or "")).split())
        case = Case(each.condensed.item.text, each.condensed.item.annotations, sources, others, chance)
        # the rarest kind that finds a place
        for name in sorted(names, key=lambda name: (tried[name], name)):
            plant = KINDS[name](case)
            if plant is not None:
                tried[name] += 1
                if _passes(each, plant):
                    passed.append((name, each, plant))
                break
    return tried, passed


def _passes(each: Made, plant: Planted) -> bool:
    moved = moved_by(each.condensed.clauses, plant)
    anew = realigned(plant.text, each.condensed.clauses, [each.clipping], each.habits.city)
    return not each.told(plant.text, moved) or not each.told(plant.text, anew)


def moved_by(clauses: Sequence[Clause], plant: Planted) -> list[Clause]:
    """The clauses where they stand after the changes; one in which something was changed reaches over it."""
    def after(at: int, is_end: bool) -> int:
        shift = 0
        for start, end, new in plant.changes:
            if at > end or (at == end and is_end) or (at == end and not is_end and end > start):
                shift += len(new) - (end - start)
            elif start < at < end:
                return start + shift + (len(new) if is_end else 0)
        return at + shift

    moved = [Clause(after(c.start, False), after(c.end, True), c.clipping, c.source_start, c.source_end) for c in clauses]
    return [clause for clause in moved if clause.start < clause.end]


def figures(number: int = NUMBER) -> dict[str, Figure]:
    tried, passed = planted(number)
    refused = honest(number)
    items = made(number)
    held = sum(clause.end - clause.start for each in items for clause in each.condensed.clauses)
    glue = sum(len(each.condensed.item.text) for each in items) - held
    kinds = "、".join(f"{name} {count}" for name, count in sorted(tried.items()))
    return {
        "gate_planted_passed": Figure(len(passed), f"of {tried.total()} with one foreign fact, of {len(tried)} kinds: {kinds}"),
        "gate_honest_refused": Figure(len(refused), f"of {len(items)} honest items"),
        "gate_clauses_sourced": Figure(
            sum(not each.told(each.condensed.item.text, each.condensed.clauses) for each in items) / len(items),
            f"of {len(items)} items; {held} characters in clauses, {glue} marks between them"),
    }


ROWS = (
    Row("gate_planted_passed", "items", at_most=0), Row("gate_honest_refused", "items", at_most=0),
    Row("gate_clauses_sourced", "share", at_least=1.0),
)
MEASURES = (Measure("gate", ROWS, figures, needs_shared=True),)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", nargs="?", type=int, default=NUMBER)
    parser.add_argument("--show", action="store_true", help="show what passed and what was refused")
    arguments = parser.parse_args()
    for name, figure in figures(arguments.number).items():
        print(name, figure.value, figure.note)
    if arguments.show:
        for name, _, plant in planted(arguments.number)[1]:
            print(name, *(f"[{plant.text[max(0, a - 20):a]}|{new}|{plant.text[a + len(new):a + len(new) + 20]}]" for a, _, new in plant.changes))
        for each in honest(arguments.number):
            text = each.condensed.item.text
            print(each.condensed.refused, gate(text, each.condensed.clauses, [each.clipping], each.annotated(text), each.habits.city),
                  gate(text, realigned(text, (), [each.clipping], each.habits.city), [each.clipping], each.annotated(text), each.habits.city), text)


if __name__ == "__main__":
    main()
