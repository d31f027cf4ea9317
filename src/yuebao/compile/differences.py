"""Matters of which the reports of one event do not say the same: for the editor to look at, with each report's words. Few and right.

Two reports differ in a figure or day where what each says stands nowhere in the other and what stands around it is alike; in a name where
one character is another; in an office where one person has no post in common; in a place where one event is said to be held at two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from yuebao.compile.columns_cues import rank_of
from yuebao.compile.values import Clipping, Difference, Said
from yuebao.model import Annotation, DateValue, MoneyValue, PersonValue, QuantityValue
from yuebao.text import fold

BEFORE, BEHIND = 14, 8  # characters around a figure that tell what it is of, within its sentence
# Share of the pairs of characters around two figures that are the same, of the fewer; below it they may be figures of two things.
LEAST_ALIKE = 0.5

_SENTENCE = re.compile("[。；！？\n]")
_HELD = re.compile("在([^，。；、在]{2,16}?)(?:隆重)?(?:举行|召开|开幕|举办|启动|揭牌|开工|签约)")
_BARE = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)([^\W\d_])")  # a figure and the character behind it, of whatever measure
_WITH_FIGURES = ("money", "quantity", "date", "document", "place", "organisation", "project")
_DIGITS = re.compile(r"[\d.%]+")


@dataclass(frozen=True, slots=True)
class _Fact:
    """What a report says of a matter: two of the same `kind` and `unit` may be compared; `value` tells whether they agree."""

    report: int
    kind: str
    unit: str
    value: str
    said: Said
    before: str
    behind: str


def differences(clippings: Sequence[Clipping]) -> tuple[Difference, ...]:
    """The differences between reports of one event, in the order in which the first report that differs says them; none of one report."""
    if len(clippings) < 2:
        return ()
    found = [*_of_figures(clippings), *_of_names(clippings), *_of_offices(clippings), *_of_places(clippings)]
    return tuple(sorted(found, key=lambda each: (each.said[0].clipping, each.said[0].start)))


def _of_figures(clippings: Sequence[Clipping]) -> Iterator[Difference]:
    """Figures, sums and days of one matter: those that only one of two reports has, and that stand in like words."""
    facts = [list(_facts(n, clipping)) for n, clipping in enumerate(clippings)]
    pairs = [pair for one, other in combinations(facts, 2) for pair in _matched(one, other)]
    yield from (_difference(group) for group in _joined(pairs))


def _facts(report: int, clipping: Clipping) -> Iterator[_Fact]:
    text = clipping.item.text
    for annotation in clipping.item.annotations:
        start, end = annotation.start, annotation.end
        match annotation.value:
            case MoneyValue(amount=amount, currency=currency, approximate=False) if amount is not None:
                kind, unit, value = "money", currency, f"{amount:.12g}"
            case QuantityValue(number=number, unit=unit, approximate=False) if number is not None:
                kind, value = "quantity", f"{number:.12g}"
            case DateValue(starts_on=day, ends_on=last) if day == last:
                kind, unit, value = "date", "", day
            case _:
                continue
        yield _fact(report, clipping, kind, unit, value, start, end)
    covered = [(annotation.start, annotation.end) for annotation in clipping.item.annotations if annotation.layer in _WITH_FIGURES]
    for bare in _BARE.finditer(text):
        if not any(start < bare.end() and bare.start() < end for start, end in covered):
            yield _fact(report, clipping, "quantity", bare[2], f"{float(bare[1]):.12g}", *bare.span())


def _fact(report: int, clipping: Clipping, kind: str, unit: str, value: str, start: int, end: int) -> _Fact:
    text = clipping.item.text
    before = _SENTENCE.split(text[max(0, start - BEFORE):start])[-1]
    behind = _SENTENCE.split(text[end:end + BEHIND])[0]
    return _Fact(report, kind, unit, value, Said(clipping.number, start, end, text[start:end]), before, behind)


def _matched(one: Sequence[_Fact], other: Sequence[_Fact]) -> Iterator[tuple[_Fact, _Fact]]:
    """The facts of two reports that are of one matter and say different things, each with the one most like it."""
    agreed = {(fact.unit, fact.value) for fact in one} & {(fact.unit, fact.value) for fact in other}
    only_one, only_other = ([fact for fact in facts if (fact.unit, fact.value) not in agreed] for facts in (one, other))
    alike = [
        (score, first, second) for first in only_one for second in only_other
        if (first.kind, first.unit) == (second.kind, second.unit) and not _is_rounded(first, second)
        and (score := _alike(first, second)) >= LEAST_ALIKE]
    taken: set[_Fact] = set()
    for _, first, second in sorted(alike, key=lambda each: (-each[0], each[1].said.start, each[2].said.start)):
        if not {first, second} & taken:
            taken |= {first, second}
            yield first, second


def _is_rounded(one: _Fact, other: _Fact) -> bool:
    """Whether one figure is the other, rounded."""
    if one.kind == "date":
        return False
    shorter, longer = sorted((one, other), key=lambda fact: len(fact.value.strip("0").replace(".", "")))
    digits = len(shorter.value.strip("0").replace(".", ""))
    return f"{float(longer.value):.{max(digits, 1)}g}" == f"{float(shorter.value):.{max(digits, 1)}g}"


def _alike(one: _Fact, other: _Fact) -> float:
    """How alike what stands around two figures is: before a figure or behind a day, where it is told what it is of."""
    sides = (("behind",) if one.kind == "date" else ("before", "behind"))
    return max(_shared(getattr(one, side), getattr(other, side)) * (1 if side == sides[0] else 0.9) for side in sides)


def _shared(one: str, other: str) -> float:
    """The share of the pairs of characters of two texts, of the one with fewer, digits left out; nought of less than two pairs."""
    pairs = [{a + b for a, b in pairwise(_DIGITS.sub("", text))} for text in (one, other)]
    fewer = min(map(len, pairs))
    return len(pairs[0] & pairs[1]) / fewer if fewer > 1 else 0.0


def _joined(pairs: Iterable[tuple[_Fact, _Fact]]) -> Iterator[list[_Fact]]:
    """Pairs that share a fact are of one matter; of each report the first fact."""
    groups: list[list[_Fact]] = []
    for pair in pairs:
        touched = [group for group in groups if any(fact in group for fact in pair)]
        joined = [fact for group in touched for fact in group] + list(pair)
        groups = [group for group in groups if group not in touched] + [list(dict.fromkeys(joined))]
    for group in groups:
        by_report = {fact.report: fact for fact in sorted(group, key=lambda fact: (fact.report, -fact.said.start))}
        yield [by_report[report] for report in sorted(by_report)]


def _difference(facts: Sequence[_Fact]) -> Difference:
    about = facts[0].behind if facts[0].kind == "date" else facts[0].before.split("，")[-1]
    return Difference(facts[0].kind, about.strip("，、：（）"), tuple(fact.said for fact in facts))


def _of_names(clippings: Sequence[Clipping]) -> Iterator[Difference]:
    """Names of which one character is another, each lacking in the other report."""
    people = [_people(clipping) for clipping in clippings]
    pairs = [
        (_named(n, name, one[name]), _named(m, second, other[second]))
        for (n, one), (m, other) in combinations(enumerate(people), 2) for name in one for second in other
        if _is_slip(name, second) and second not in clippings[n].item.text and name not in clippings[m].item.text]
    yield from (_difference(group) for group in _joined(pairs))


def _named(report: int, name: str, held: tuple[tuple[str, ...], Said]) -> _Fact:
    offices, said = held
    return _Fact(report, "person", "", name, said, "、".join(offices), "")


def _people(clipping: Clipping) -> dict[str, tuple[tuple[str, ...], Said]]:
    """The people of a report with the offices that it gives them, and where they stand first."""
    people: dict[str, tuple[tuple[str, ...], Said]] = {}
    for annotation in clipping.item.annotations:
        if isinstance(annotation.value, PersonValue):
            name = annotation.value.name
            offices, said = people.get(name, ((), _said(clipping, annotation)))
            people[name] = tuple(dict.fromkeys((*offices, *annotation.value.offices))), said
    return people


def _said(clipping: Clipping, annotation: Annotation) -> Said:
    return Said(clipping.number, annotation.start, annotation.end, clipping.item.text[annotation.start:annotation.end])


def _is_slip(one: str, other: str) -> bool:
    """Whether two names of like length differ in one character, or have two in another order; dots and widths aside."""
    one, other = fold(one), fold(other)
    if len(one) != len(other) or one == other or len(one) < 2:
        return False
    differing = sum(a != b for a, b in zip(one, other, strict=True))
    may_err = len(one) > 2 or one[0] == other[0]  # 郑伟 and 何伟 are two people
    return (differing == 1 and may_err) or sorted(one) == sorted(other)


def _of_offices(clippings: Sequence[Clipping]) -> Iterator[Difference]:
    """People to whom two reports give offices of which none is that of the other."""
    people = [_people(clipping) for clipping in clippings]
    for (n, one), (m, other) in combinations(enumerate(people), 2):
        for name in (name for name in one if name in other):
            offices, others = one[name][0], other[name][0]
            if offices and others and not any(_is_one_office(a, b) for a in offices for b in others):
                said = (_in_office(clippings[n], offices, one[name][1]), _in_office(clippings[m], others, other[name][1]))
                yield Difference("office", name, said)


def _is_one_office(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return longer.endswith(shorter) or (rank_of(one) is not None and rank_of(one) == rank_of(other))


def _in_office(clipping: Clipping, offices: Sequence[str], said: Said) -> Said:
    """The passage from the office to the name, as far as it stands right before."""
    at = clipping.item.text.rfind(offices[0], 0, said.start)
    start = at if at >= 0 and said.start - at <= len("".join(offices)) + len(offices) + 1 else said.start
    return Said(said.clipping, start, said.end, clipping.item.text[start:said.end])


def _of_places(clippings: Sequence[Clipping]) -> Iterator[Difference]:
    """Where the event was held, as each report first says it."""
    held = [(clipping, found) for clipping in clippings if (found := _HELD.search(clipping.item.text))]
    for (one, first), (other, second) in combinations(held, 2):
        if first[1] not in other.item.text and second[1] not in one.item.text and not _shared(first[1], second[1]):
            yield Difference("place", "", (Said(one.number, *first.span(1), first[1]), Said(other.number, *second.span(1), second[1])))
