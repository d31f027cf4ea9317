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
from datetime import date, timedelta
from itertools import combinations

import numpy as np

from yuebao.compile.shingles import Hashes, are_in, near_pairs, shared, shingles_of, signature_of
from yuebao.model import ActValue, Annotation, DateValue, DocumentValue, PersonValue, PlaceValue
from yuebao.text import fold, squeeze

# What more texts than this have in common is formula, not report: disclaimers, explanations of terms, forms of notices.
MOST_REPRINTS = 25
LEAST_CONTAINED = 0.3  # of the shorter text's shingles, for a repeat
SURELY_CONTAINED = 0.85  # no doubt, whatever the particulars
# A report tells its event in its lead; what two share behind it may be the background of both. So much of the shorter text and of one of
# the leads, taken together, is to be in the other (of 244 pairs read by hand, .8 keeps 11 wrong ones, 1.0 loses 9 right ones).
LEAST_LED = 0.9
LEAD = 200  # characters; of a short text half
LEAST_SHARED_PARTICULARS = 0.34  # of the fewer numbers
MOST_SHARED_PARTICULARS = 0.66
LONGEST = timedelta(days=10)  # of a span of days that an event takes; 今年 and 8月 are none
FEW = 3  # numbers or fewer say nothing
FEW_MEASURES = 1  # in the lead; they are told apart sooner: 670公里 and 840公里 are two places of one storm
# Different reports of one event: this share of the people of the one with fewer, and something of the wording.
LEAST_SHARED_PEOPLE = 0.5
LEAST_RELATED = 0.04
LEAST_TOGETHER = 0.5  # of the pairs between two groups
MOST_TOGETHER = 60  # texts that name one person on one day; more is a person whom everything names

_NUMBER = re.compile(r"\d+(?:\.\d+)?%?")
_DAY = re.compile("[日号天晨晚]")  # 年底 is no day of an event
_MEASURE = re.compile(r"\d{3,}|\d+\.\d")
_DATES = re.compile(r"\d+年(?:\d+月)?(?:\d+日)?|\d+月(?:\d+日)?|\d+日|\d+[时点]\d*分?")

# Who wrote a report is nothing of its event.
_BYLINE = re.compile("记者|编辑|通讯员|编审|审校|校对|监制|实习生|供图|摄影|来源|编译|作者|主编")

Pair = tuple[int, int]
ParticularsOf = Callable[[Sequence[int]], Iterable["Particulars"]]  # of the texts at these positions, which may be made side by side


@dataclass(frozen=True, slots=True)
class Particulars:
    """What tells one event from another of its kind. `measures`, `told_days` and `titles` are those of the lead.

    A span of days is its two ends.
    """

    numbers: frozenset[str]
    measures: frozenset[str]
    told_days: frozenset[str]
    titles: frozenset[str]
    people: frozenset[str]
    days: frozenset[str]
    places: frozenset[str]
    acts: frozenset[str]


def particulars(text: str, annotations: Iterable[Annotation]) -> Particulars:
    """The particulars of an annotated text. Numbers are those that are no dates; measures the longer ones of the lead."""
    found: dict[type, set[str]] = defaultdict(set)
    told_days: set[str] = set()
    for annotation in annotations:
        match annotation.value:
            case PersonValue(name=name, offices=offices) if not any(_BYLINE.search(office) for office in offices):
                found[PersonValue].add(name)
            case PlaceValue(name=name):
                found[PlaceValue].add(name)
            case DateValue(starts_on=first, ends_on=last) if _DAY.search(text[annotation.start:annotation.end]) and _is_short(first, last):
                found[DateValue] |= {first, last}
                told_days |= {first, last} if annotation.start < LEAD else set()
            case DocumentValue(title=title) if annotation.start < LEAD:
                found[DocumentValue].add(title)
            case ActValue(act=act) if act != "other":
                found[ActValue].add(act)
    plain = fold(squeeze(text))
    numbers, led = (frozenset(_NUMBER.findall(_DATES.sub(" ", part))) for part in (plain, _lead(plain)))
    measures = frozenset(number for number in led if _MEASURE.match(number))
    kinds = (DocumentValue, PersonValue, DateValue, PlaceValue, ActValue)
    return Particulars(numbers, measures, frozenset(told_days), *(frozenset(found[kind]) for kind in kinds))


def _is_short(first: str, last: str) -> bool:
    return date.fromisoformat(last) - date.fromisoformat(first) <= LONGEST


def _lead(text: str) -> str:
    return text[:min(LEAD, len(text) // 2)]


def stories(texts: Sequence[str], particulars_of: ParticularsOf, by_facts: bool = True) -> tuple[tuple[int, ...], ...]:
    """The stories, each the positions of its texts in order; a text alone in its event is a story of one.

    `particulars_of` is asked only for texts about which there is a question, where `by_facts` is off: different reports of one event
    are then not looked for, and a hundred thousand texts need not be annotated.
    """
    return gathered(len(texts), (pair for pair, _ in same_event(texts, particulars_of, by_facts)))


def same_event(
    texts: Sequence[str], particulars_of: ParticularsOf, by_facts: bool = True,
) -> Iterator[tuple[Pair, str]]:
    """The pairs of texts that report one event, the surest first, each with the road to it: `repeat` or `facts`."""
    shingles = [shingles_of(text) for text in texts]
    known = _Known(particulars_of)
    met = _Met(texts, _without(shingles, _common(shingles)), known)
    met = _Met(texts, _without(met.shingles, met.formulas()), known, sorted([*met.repeats, *met.refused]))
    repeats = set(met.repeats)
    yield from ((pair, "repeat") for pair in sorted(met.repeats, key=lambda pair: -met.repeats[pair]))
    if by_facts:
        everything = known.of(range(len(texts)))
        yield from ((pair, "facts") for pair in _by_facts(everything, met.shingles) if pair not in repeats)


def gathered(count: int, pairs: Iterable[Pair]) -> tuple[tuple[int, ...], ...]:
    """What the pairs, the surest first, bring together, of the numbers below `count`; groups by their first number.

    Two groups become one where half of the texts of the one go with those of the other, at least: a text that speaks of two events
    does not make them one.
    """
    pairs = list(pairs)
    found = set(pairs)
    group_of = {n: [n] for n in range(count)}
    waiting, before = pairs, -1
    while len(waiting) != before:  # what does not go together yet may when both have grown
        before, tried, waiting = len(waiting), waiting, []
        for pair in tried:
            one, other = group_of[pair[0]], group_of[pair[1]]
            if one is other:
                continue
            if sum((min(n, m), max(n, m)) in found for n in one for m in other) < LEAST_TOGETHER * len(one) * len(other):
                waiting.append(pair)
                continue
            one.extend(other)
            for n in other:
                group_of[n] = one
    return tuple(tuple(sorted(group)) for n, group in group_of.items() if min(group) == n)


class _Known:
    """The particulars of texts, each asked for once, and together with others."""

    def __init__(self, particulars_of: ParticularsOf) -> None:
        self._particulars_of = particulars_of
        self._held: dict[int, Particulars] = {}

    def of(self, numbers: Iterable[int]) -> list[Particulars]:
        """The particulars of the texts at these positions, in their order."""
        numbers = list(numbers)
        if lacking := sorted(set(numbers) - self._held.keys()):
            self._held.update(zip(lacking, self._particulars_of(lacking), strict=True))
        return [self._held[n] for n in numbers]


class _Met:
    """Pairs of texts that share much: those that repeat one another, with how much they share, and those that tell of different events."""

    def __init__(
        self, texts: Sequence[str], shingles: list[Hashes], known: _Known, pairs: Iterable[Pair] | None = None,
    ) -> None:
        self.texts, self.shingles = texts, shingles
        self.repeats: dict[Pair, float] = {}
        self.refused: list[Pair] = []
        much = dict(self._sharing(_candidates(shingles) if pairs is None else pairs))
        known.of(n for pair, contained in much.items() if contained < SURELY_CONTAINED for n in pair)
        for pair, contained in much.items():
            if contained >= SURELY_CONTAINED or not _differ(*known.of(pair)):
                self.repeats[pair] = contained
            else:
                self.refused.append(pair)

    def _sharing(self, pairs: Iterable[Pair]) -> Iterator[tuple[Pair, float]]:
        """The pairs that share more than background, with how much of the shorter text that is."""
        for pair in pairs:
            contained = shared(*self._both(pair))[1]
            if contained >= SURELY_CONTAINED or (contained >= LEAST_CONTAINED and contained + self._led(pair) >= LEAST_LED):
                yield pair, contained

    def _led(self, pair: Pair) -> float:
        """How much of the lead of the one is in the other, or the other way round."""
        one, other = self._both(pair)
        leads = (shingles_of(_lead(squeeze(self.texts[n]))) for n in pair)
        kept = [np.intersect1d(lead, all_, assume_unique=True) for lead, all_ in zip(leads, (one, other), strict=True)]
        return max(shared(lead, all_)[1] if len(lead) <= len(all_) else 0.0 for lead, all_ in zip(kept, (other, one), strict=True))

    def formulas(self) -> Hashes:
        """What is shared by more pairs of different events than of one event: forms of notices, explanations, disclaimers."""
        refused = self._counts(self.refused)
        doubtful = np.array(sorted(refused), np.uint32)
        repeated = self._counts(self.repeats, doubtful)
        return np.array([shingle for shingle in doubtful.tolist() if refused[shingle] > repeated[shingle]], np.uint32)

    def _counts(self, pairs: Iterable[Pair], among: Hashes | None = None) -> Counter[int]:
        counts: Counter[int] = Counter()
        for pair in pairs:
            both = np.intersect1d(*self._both(pair), assume_unique=True)
            counts.update((both if among is None else both[are_in(both, among)]).tolist())
        return counts

    def _both(self, pair: Pair) -> tuple[Hashes, Hashes]:
        return self.shingles[pair[0]], self.shingles[pair[1]]


def _candidates(shingles: Sequence[Hashes]) -> Iterator[Pair]:
    return near_pairs([signature_of(each) for each in shingles], [len(each) for each in shingles], LEAST_CONTAINED)


def _common(shingles: Sequence[Hashes]) -> Hashes:
    """What more texts have than report one event."""
    if not shingles:
        return np.empty(0, np.uint32)
    values, counts = np.unique(np.concatenate(shingles), return_counts=True)
    return values[counts > MOST_REPRINTS]


def _without(shingles: Sequence[Hashes], formulas: Hashes) -> list[Hashes]:
    return [each[~are_in(each, formulas)] for each in shingles]


def _differ(one: Particulars, other: Particulars) -> bool:
    """Whether the particulars say that two texts of like wording tell of different events."""
    fewer, same = min(len(one.numbers), len(other.numbers)), len(one.numbers & other.numbers)
    has_one_set = fewer > FEW and same >= MOST_SHARED_PARTICULARS * fewer
    if one.told_days and other.told_days and not one.told_days & other.days and not other.told_days & one.days:
        # one of them may err by a day
        return not (has_one_set and one.people & other.people and _are_next(one.told_days, other.told_days))
    if one.people and other.people and not one.people & other.people:
        return not (has_one_set and one.told_days & other.told_days)  # they may have asked different people
    if one.titles and other.titles and not one.titles & other.titles:
        return True
    if fewer > FEW and same < LEAST_SHARED_PARTICULARS * fewer:
        return True
    return all(
        len(first.measures) > FEW_MEASURES and len(first.measures & second.numbers) < LEAST_SHARED_PARTICULARS * len(first.measures)
        for first, second in ((one, other), (other, one)))


def _are_next(one: Iterable[str], other: Iterable[str]) -> bool:
    return any(abs(date.fromisoformat(a) - date.fromisoformat(b)) <= timedelta(days=1) for a in one for b in other)


def _by_facts(known: Sequence[Particulars], shingles: Sequence[Hashes]) -> Iterator[Pair]:
    """The pairs that agree in day, in half of the people of the one that names fewer, in an act or a place, and somewhat in wording."""
    together: dict[tuple[str, str], list[int]] = defaultdict(list)
    for n, each in enumerate(known):
        for person in each.people:
            for day in each.told_days:
                together[person, day].append(n)
    met = Counter(pair for group in together.values() if len(group) <= MOST_TOGETHER for pair in combinations(group, 2))
    for pair in sorted(met):
        one, other = (known[n] for n in pair)
        people = len(one.people & other.people) / min(len(one.people), len(other.people))
        related = shared(shingles[pair[0]], shingles[pair[1]])[1]
        is_alike = one.acts & other.acts or one.places & other.places or related >= LEAST_CONTAINED
        if people >= LEAST_SHARED_PEOPLE and is_alike and related >= LEAST_RELATED and not _differ(one, other):
            yield pair
