"""Columns proposed for an item: by what the back run put under each, and, where that says little, by what is customary in the genre.

Each column has seen the cues of its items (`columns_cues`); an item goes where its own cues are commoner than elsewhere. The conventional
columns of the genre (lexicon `column_kinds`) stand behind like a few imagined items, so that a first issue, or none, is enough to begin
with, and every further one counts for more. A person's correction counts as an item of the run. Deterministic; what is kept is counts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from yuebao.compile.columns_cues import (
    ACT,
    HEADLINE,
    HEADLINE_KIND,
    LEAD,
    LEAD_KIND,
    PLACE,
    RANK,
    Path,
    cues_of,
    kinds,
    kinds_of,
)
from yuebao.compile.values import Proposal
from yuebao.model import Column, Issue, Item

MOST_PROPOSED = 5
MOST_REASONS = 3
NO_REASON = "依据不足，只按各栏条数多少"
# How much a cue counts: the cues of one headline repeat one another, those of a lead even more. Tuned on the sample year, one issue out.
_WEIGHTS = {HEADLINE: 0.6, LEAD: 0.2, ACT: 0.2, RANK: 0.2, PLACE: 0.2, HEADLINE_KIND: 1.6, LEAD_KIND: 0.6}
# How often an item that looks like a conventional column stands under one of that kind, and how often anything looks like it, as far as the
# run does not say otherwise; as many items of the run as IMAGINED weigh as much.
_EXPECTED = {HEADLINE_KIND: (0.6, 0.15), LEAD_KIND: (0.5, 0.25)}
IMAGINED = 4
# A word that a single item has says nothing of its column; one of two or three says little: so many items of the whole run stand behind it.
LEAST_SEEN = 2
SMOOTHED = 4
# A column that the last issue of the run no longer has is proposed only on strong grounds.
RETIRED = 0.05


@dataclass(frozen=True, slots=True)
class ColumnHabits:
    """What the run put where: its columns in order, the items of each, and how many of them had which cue."""

    columns: tuple[Path, ...]
    current: frozenset[Path]
    items: Mapping[Path, int]
    seen: Mapping[str, Mapping[Path, int]]

    @property
    def total(self) -> int:
        return sum(self.items.values())


def columns_of(run: Sequence[Issue], corrections: Sequence[tuple[Item, Path]] = ()) -> ColumnHabits:
    """The habits of a run of annotated issues in order of time, and of what a person put elsewhere; of none, the customs of the genre."""
    placed = [(path_of(path), item) for issue in run for path, item in issue.walk()]
    placed += [(path, item) for item, path in corrections]
    items: Counter[Path] = Counter()
    seen: dict[str, Counter[Path]] = defaultdict(Counter)
    for path, item in placed:
        if path:
            items[path] += 1
            for cue in cues_of(item):
                seen[cue][path] += 1
    columns = in_order(run) or tuple((kind.name,) for kind in kinds())
    columns += tuple(dict.fromkeys(path for path in items if path not in columns))
    current = {path_of(path) for issue in run[-1:] for path, _ in issue.walk()} | {path for _, path in corrections}
    return ColumnHabits(columns, frozenset(current & set(columns)) or frozenset(columns), items, seen)


def in_order(run: Sequence[Issue]) -> tuple[Path, ...]:
    """The columns of a run that hold items, in the order of its last issue; those of earlier ones follow the column that they followed."""
    out: list[Path] = []
    for issue in reversed(run):
        at = 0
        for path in dict.fromkeys(path_of(path) for path, _ in issue.walk()):
            if path and path not in out:
                out.insert(at, path)
            at = out.index(path) + 1 if path else at
    return tuple(out)


def path_of(path: Iterable[Column]) -> Path:
    """The titles of a column and of those above it."""
    return tuple(column.title for column in path if column.title)


def propose(item: Item, habits: ColumnHabits) -> tuple[Proposal, ...]:
    """The columns for an annotated item, best first, at most MOST_PROPOSED; the scores of all columns add up to 1."""
    cues = cues_of(item)
    grounds = {path: _Grounds(path, cues, habits) for path in habits.columns}
    scores = {path: each.score for path, each in grounds.items()}
    best = sorted(scores, key=lambda path: -scores[path])  # stable: of equals the first in order
    whole = sum(exp(score - scores[best[0]]) for score in scores.values())
    return tuple(
        Proposal(path, round(exp(scores[path] - scores[best[0]]) / whole, 3), grounds[path].reasons())
        for path in best[:MOST_PROPOSED])


class _Grounds:
    """Why an item with such cues would stand in a column: for each cue, by how much it is commoner there (a logarithm)."""

    def __init__(self, path: Path, cues: Mapping[str, str], habits: ColumnHabits) -> None:
        self.path, self.cues, self.habits = path, cues, habits
        self.kinds = kinds_of(path)
        self.speaks = {cue: _WEIGHTS[cue.split(":")[0]] * self._speaks(cue) for cue in cues}

    @property
    def score(self) -> float:
        share = log((self.habits.items.get(self.path, 0) + 2) / (self.habits.total + 2 * len(self.habits.columns)))
        lacking = sum(self._lacks(kind) for kind in self.kinds)
        return share + lacking + sum(self.speaks.values()) + (0 if self.path in self.habits.current else log(RETIRED))

    def _speaks(self, cue: str) -> float:
        here, everywhere = self._chances(cue)
        return log(here / everywhere) if everywhere else 0.0

    def _lacks(self, kind: str) -> float:
        """What it says that an item does not look like a column of this kind."""
        cues = [cue for cue in (f"{HEADLINE_KIND}:{kind}", f"{LEAD_KIND}:{kind}") if cue not in self.cues]
        chances = [(cue, *self._chances(cue)) for cue in cues]
        return sum(_WEIGHTS[cue.split(":")[0]] * log((1 - here) / (1 - everywhere)) for cue, here, everywhere in chances)

    def _chances(self, cue: str) -> tuple[float, float]:
        """The share of items with the cue: in this column, and in all. Nought for a cue that the run has never seen."""
        sort, what = cue.split(":", 1)
        seen = self.habits.seen.get(cue, {})
        items, total = self.habits.items.get(self.path, 0), self.habits.total
        if sort in _EXPECTED:
            of_kind, of_any = _EXPECTED[sort]
            everywhere = (sum(seen.values()) + of_any * 10) / (total + 10)
            expected = max(of_kind, everywhere) if what in self.kinds else everywhere
            return (seen.get(self.path, 0) + IMAGINED * expected) / (items + IMAGINED), everywhere
        often = sum(seen.values())
        everywhere = often / total if often >= LEAST_SEEN else 0.0
        return (seen.get(self.path, 0) + SMOOTHED * everywhere) / (items + SMOOTHED), everywhere

    def reasons(self) -> tuple[str, ...]:
        """The cues that speak most for the column, in words for the editor; where there is none, that it is so."""
        told: dict[str, str] = {}
        for cue in sorted(self.cues, key=lambda cue: (-self.speaks[cue], cue)):
            words = self.cues[cue]
            if self.speaks[cue] <= 0 or any(words in other or other in words for other in told):
                continue
            if reason := self._reason(cue, words):
                told[words] = reason
        return tuple(told.values())[:MOST_REASONS] or (NO_REASON,)

    def _reason(self, cue: str, words: str) -> str | None:
        """A cue in words; None where one item of many is all that it rests on."""
        sort, what = cue.split(":", 1)
        seen = self.habits.seen.get(cue, {})
        here, elsewhere, column = seen.get(self.path, 0), sum(seen.values()) - seen.get(self.path, 0), self.path[-1]
        if not here:
            return f"“{words}”：依惯例多入“{what}”类栏目" if sort in _EXPECTED else None
        if here < LEAST_SEEN and elsewhere:
            return None
        if sort in (RANK, ACT):
            return f"{words} → {column} {here}/{here + elsewhere}"
        of_kind = f"一类（{what}）" if sort in _EXPECTED else ""
        return f"“{words}”{of_kind}见于{column} {here} 次" + (f"，别栏 {elsewhere} 次" if elsewhere else "")
