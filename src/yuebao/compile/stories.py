"""Stories 同题稿件: which of many texts report one event, whether they repeat one another or tell it in other words.

Two roads lead to a pair. Texts that repeat one another meet by their shingles, and are one story unless their particulars say no: two
notices by one formula share most of their words, but not the people and the numbers. Texts that do not are one story where people, day
and act (or place) agree.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from yuebao.compile.shingles import Hashes, near_pairs, shared, shingles_of, signature_of
from yuebao.model import ActValue, Annotation, DateValue, PersonValue, PlaceValue
from yuebao.text import fold, squeeze

# What more texts than this have in common is formula, not report: disclaimers, explanations of terms, forms of notices.
MOST_REPRINTS = 25
LEAST_CONTAINED = 0.3  # of the shorter text's shingles, for a repeat
SURELY_CONTAINED = 0.85  # no doubt, whatever the particulars
LEAST_SHARED_PARTICULARS = 0.34  # of the fewer numbers
FEW = 3  # numbers or fewer say nothing
# Different reports of one event: this share of the people of the one with fewer, and something of the wording.
LEAST_SHARED_PEOPLE = 0.5
LEAST_RELATED = 0.04
MOST_TOGETHER = 60  # texts that name one person on one day; more is a person whom everything names

_NUMBER = re.compile(r"\d+(?:\.\d+)?%?")
_DATES = re.compile(r"\d+年(?:\d+月)?(?:\d+日)?|\d+月(?:\d+日)?|\d+日|\d+[时点]\d*分?")

# Who wrote a report is nothing of its event.
_BYLINE = re.compile("记者|编辑|通讯员|编审|审校|校对|监制|实习生|供图|摄影|来源|编译|作者|主编")

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Particulars:
    """What tells one event from another of its kind."""

    numbers: frozenset[str]
    people: frozenset[str]
    days: frozenset[str]
    places: frozenset[str]
    acts: frozenset[str]


def particulars(text: str, annotations: Iterable[Annotation]) -> Particulars:
    """The particulars of an annotated text. Numbers are those that are no dates."""
    found: dict[type, set[str]] = defaultdict(set)
    for annotation in annotations:
        match annotation.value:
            case PersonValue(name=name, offices=offices) if not any(_BYLINE.search(office) for office in offices):
                found[PersonValue].add(name)
            case PlaceValue(name=name):
                found[PlaceValue].add(name)
            case DateValue(starts_on=day, ends_on=last) if day == last:
                found[DateValue].add(day)
            case ActValue(act=act) if act != "other":
                found[ActValue].add(act)
    numbers = frozenset(_NUMBER.findall(_DATES.sub(" ", fold(squeeze(text)))))
    return Particulars(numbers, *(frozenset(found[kind]) for kind in (PersonValue, DateValue, PlaceValue, ActValue)))


def stories(texts: Sequence[str], particulars_of: Callable[[int], Particulars], by_facts: bool = True) -> tuple[tuple[int, ...], ...]:
    """The stories, each the positions of its texts in order; a text alone in its event is a story of one.

    `particulars_of` is asked only for texts about which there is a question, where `by_facts` is off: different reports of one event
    are then not looked for, and a hundred thousand texts need not be annotated.
    """
    return gathered(len(texts), (pair for pair, _ in same_event(texts, particulars_of, by_facts)))


def same_event(
    texts: Sequence[str], particulars_of: Callable[[int], Particulars], by_facts: bool = True,
) -> Iterator[tuple[Pair, str]]:
    """The pairs of texts that report one event, each with the road to it: `repeat` or `facts`."""
    shingles = [shingles_of(text) for text in texts]
    met = _Met(_without(shingles, _common(shingles)), particulars_of)
    met = _Met(_without(met.shingles, met.formulas()), particulars_of, met.pairs)
    repeats = set(met.repeats)
    yield from ((pair, "repeat") for pair in met.repeats)
    if by_facts:
        known = [particulars_of(n) for n in range(len(texts))]
        yield from ((pair, "facts") for pair in _by_facts(known, met.shingles) if pair not in repeats)


def gathered(count: int, pairs: Iterable[Pair]) -> tuple[tuple[int, ...], ...]:
    """What the pairs bring together, of the numbers below `count`; groups by their first number."""
    head = list(range(count))

    def top(n: int) -> int:
        while head[n] != n:
            head[n] = head[head[n]]
            n = head[n]
        return n

    for one, other in pairs:
        first, second = sorted((top(one), top(other)))
        head[second] = first
    groups: dict[int, list[int]] = defaultdict(list)
    for n in range(count):
        groups[top(n)].append(n)
    return tuple(tuple(group) for group in groups.values())


class _Met:
    """Pairs of texts that share much: those that repeat one another, and those whose particulars say no."""

    def __init__(self, shingles: list[Hashes], particulars_of: Callable[[int], Particulars], pairs: Iterable[Pair] | None = None) -> None:
        self.shingles = shingles
        self.pairs = list(near_pairs([signature_of(each) for each in shingles]) if pairs is None else pairs)
        self.repeats: list[Pair] = []
        self.refused: list[Pair] = []
        for pair in self.pairs:
            contained = shared(*self._both(pair))[1]
            if contained < LEAST_CONTAINED:
                continue
            is_one = contained >= SURELY_CONTAINED or not _differ(*map(particulars_of, pair))
            (self.repeats if is_one else self.refused).append(pair)

    def formulas(self) -> Hashes:
        """What is shared by more pairs of different events than of one event: forms of notices, explanations, disclaimers."""
        refused, repeated = (self._counts(pairs) for pairs in (self.refused, self.repeats))
        return np.array(sorted(shingle for shingle, n in refused.items() if n > repeated[shingle]), np.uint32)

    def _counts(self, pairs: Iterable[Pair]) -> Counter[int]:
        counts: Counter[int] = Counter()
        for pair in pairs:
            counts.update(np.intersect1d(*self._both(pair), assume_unique=True).tolist())
        return counts

    def _both(self, pair: Pair) -> tuple[Hashes, Hashes]:
        return self.shingles[pair[0]], self.shingles[pair[1]]


def _common(shingles: Sequence[Hashes]) -> Hashes:
    """What more texts have than report one event."""
    if not shingles:
        return np.empty(0, np.uint32)
    values, counts = np.unique(np.concatenate(shingles), return_counts=True)
    return values[counts > MOST_REPRINTS]


def _without(shingles: Iterable[Hashes], formulas: Hashes) -> list[Hashes]:
    return [each[~np.isin(each, formulas, assume_unique=True)] for each in shingles]


def _differ(one: Particulars, other: Particulars) -> bool:
    """Whether the particulars say that two texts of like wording tell of different events."""
    if one.people and other.people and not one.people & other.people:
        return True
    fewer = min(len(one.numbers), len(other.numbers))
    return fewer > FEW and len(one.numbers & other.numbers) < LEAST_SHARED_PARTICULARS * fewer


def _by_facts(known: Sequence[Particulars], shingles: Sequence[Hashes]) -> Iterator[Pair]:
    """The pairs that agree in day, in half of the people of the one that names fewer, in an act or a place, and somewhat in wording."""
    together: dict[tuple[str, str], list[int]] = defaultdict(list)
    for n, each in enumerate(known):
        for person in each.people:
            for day in each.days:
                together[person, day].append(n)
    met = Counter(pair for group in together.values() if len(group) <= MOST_TOGETHER for pair in combinations(group, 2))
    for pair in sorted(met):
        one, other = (known[n] for n in pair)
        people = len(one.people & other.people) / min(len(one.people), len(other.people))
        is_alike = one.acts & other.acts or one.places & other.places
        if people >= LEAST_SHARED_PEOPLE and is_alike and shared(shingles[pair[0]], shingles[pair[1]])[1] >= LEAST_RELATED:
            yield pair
