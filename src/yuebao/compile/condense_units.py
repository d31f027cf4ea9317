"""The sentences of a clipping as an editor weighs them: what is fit to print at all, and what a record of the event needs most."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from yuebao.compile.clauses import GOVERNS, Part, Parted, parted
from yuebao.compile.condense_wording import (
    ANNOUNCES,
    CALL,
    DEMAND,
    EVENT,
    FIRST_PERSON,
    FURNITURE,
    JOINS_ON,
    PAINTED,
    SERVES,
    SPEECH,
    SPEECH_ALONE,
    WHO,
)
from yuebao.compile.gate_days import grounds
from yuebao.compile.gate_turns import LEARNED, turns_of
from yuebao.compile.values import Clipping
from yuebao.model import ActValue, Annotation, DateValue, DocumentValue, MoneyValue, OrganisationValue, PersonValue, QuantityValue

PRIVATE = frozenset(("identity", "mobile", "telephone", "bank_card", "restricted"))  # flags of what is never printed
NAMED = 2.0  # weight that a minor, a patient, a petitioner by name takes from a sentence
LEAD_WITHIN = 8  # sentences
DATED_WITHIN = 40  # characters
LONG_AGO = 45  # days before the clipping's own
SAME = 0.7  # of the pairs of characters of a sentence
LEAST = 6  # characters of a sentence or clause
LEAST_LEFT = 40  # characters of a sentence that is ended early
LONGEST = 260  # characters of a sentence that is kept whole


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence of a clipping: `[start, end)` without the mark that ends it; `cuts`, where it may be ended before that."""

    clipping: Clipping
    sentence: int
    start: int
    end: int
    text: str
    annotations: tuple[Annotation, ...]
    leans: bool
    cuts: tuple[int, ...]

    def holds(self, kind: type) -> bool:
        """Whether something of that kind is named in it."""
        return any(isinstance(a.value, kind) for a in self.annotations)

    @property
    def is_dated(self) -> bool:
        """Whether it says near its head the day or month of what it tells, not long before the clipping's own."""
        text, own = self.clipping.item.text, self.clipping.dated_on
        head = self.start + DATED_WITHIN
        days = [
            a.value.starts_on for a in self.annotations
            if isinstance(a.value, DateValue) and a.start < head and re.search("[日月旬]", text[a.start:a.end])]
        if any(own is None or 0 <= (date.fromisoformat(own) - date.fromisoformat(day)).days <= LONG_AGO for day in days):
            return True
        return any(turn.reason in ("day", "month") and self.start <= turn.start < head for turn in turns_of(self.clipping))

    @property
    def is_event(self) -> bool:
        """Whether it tells that something took place."""
        return bool(EVENT.search(self.text)) or any(isinstance(a.value, ActValue) and a.value.act != "other" for a in self.annotations)

    @property
    def tells_who(self) -> bool:
        """Whether it tells who was there."""
        return self.holds(PersonValue) and bool(WHO.search(self.text[-30:] + self.text[:12])) and len(self.text) < 160

    @property
    def demands(self) -> bool:
        """Whether it tells what was demanded."""
        return bool(DEMAND.search(self.text[:40]))

    @property
    def is_fit(self) -> bool:
        """Whether a record may print it at all."""
        said = self.text
        if SPEECH_ALONE.fullmatch(said) or any(wording.search(said) for wording in (FURNITURE, FIRST_PERSON, CALL, SPEECH, ANNOUNCES)):
            return False
        if self._flags & PRIVATE:
            return False
        return is_balanced(said) and len(said) >= LEAST and not self._is_paint and not self._is_asked and not self._is_speech

    @property
    def _flags(self) -> frozenset[str]:
        """What a person must look at in it before anything is printed."""
        return frozenset(flag.kind for flag in self.clipping.flags if flag.start < self.end and self.start < flag.end)

    @property
    def _is_asked(self) -> bool:
        """Whether it asks, calls out, breaks off, or announces what is told apart."""
        return self.clipping.item.text[self.end:self.end + 1] in tuple("：:？?！!…")

    @property
    def _is_speech(self) -> bool:
        """Whether it is what someone says behind his name and a colon."""
        ends = (a.end - self.start for a in self.annotations if isinstance(a.value, PersonValue))
        return any(self.text[end:end + 1] in tuple("：:") for end in ends)

    @property
    def _is_paint(self) -> bool:
        """Whether it paints, and says nothing that a record keeps."""
        return bool(PAINTED.search(self.text)) and not any(
            isinstance(a.value, PersonValue | MoneyValue | QuantityValue | DateValue) for a in self.annotations)

    @property
    def stands_alone(self) -> bool:
        """Whether it needs no sentence before it: of whom, and of what day, it tells."""
        return not self.leans and next(grounds(self.clipping.item.text, self.start, self.end), None) is None

    @property
    def weight(self) -> float:
        """How much a record of the event needs it."""
        weight = 1.5
        if self.tells_who:
            weight = 4.5
        elif self.demands:
            weight = 4.0
        elif self.holds(ActValue):
            weight = 3.0
        figures = sum(isinstance(a.value, MoneyValue | QuantityValue) for a in self.annotations)
        weight += 0.4 * min(figures, 4) + 0.3 * (self.holds(OrganisationValue) + self.holds(DocumentValue))
        weight -= 1.5 * bool(PAINTED.search(self.text)) + (not self.annotations)
        return weight - 0.6 * self.leans - NAMED * bool(self._flags)


def units_of(clipping: Clipping) -> tuple[Unit, ...]:
    """The sentences of a clipping's text behind its headline, in order."""
    item = clipping.item
    whole = parted(item.text)
    body = len(item.headline) + 1 if item.headline else 0
    openings = {turn.start: turn.end for turn in turns_of(clipping) if turn.reason == "opening"}
    people = {a.start for a in item.annotations if isinstance(a.value, PersonValue)}
    out = []
    for number, parts in enumerate(whole.sentences):
        start, end = parts[0].start, parts[-1].end
        if start < body:
            continue
        within = tuple(a for a in item.annotations if start <= a.start and a.end <= end)
        start = _behind_learning(item.text, start, end, openings)
        cuts = tuple(
            part.end for part, after in pairwise(parts)
            if part.start >= start and whole.may_end(part.end) and (part.mark in "；;" or _may_part(item.text, part, after)))
        leans = number > (body > 0) and _leans(whole, start, openings, people)
        out.append(Unit(clipping, number, start, end, item.text[start:end], within, leans, cuts))
    return tuple(out)


def _leans(whole: Parted, start: int, openings: Mapping[int, int], people: Collection[int]) -> bool:
    """Whether a sentence leans on the one before it, with its opening (据了解，该项目…) or without."""
    places = [start]
    while places[-1] in openings:
        places.append(openings[places[-1]])
    return any(whole.leans(at) for at in places if at not in people)


def who_units(clipping: Clipping) -> Iterator[Unit]:
    """The clauses, behind the first of their sentences, that tell by themselves who took part: 副市长甲参加."""
    item = clipping.item
    offices = {turn.start for turn in turns_of(clipping) if turn.reason == "office"}
    for number, parts in enumerate(parted(item.text).sentences):

        for part in parts[1:]:
            unit = Unit(
                clipping, number, part.start, part.end, item.text[part.start:part.end],
                tuple(a for a in item.annotations if part.start <= a.start and a.end <= part.end), False, ())
            if part.start in offices and unit.tells_who:
                yield unit


def _behind_learning(text: str, start: int, end: int, openings: Mapping[int, int]) -> int:
    """Where a sentence begins behind 记者获悉 and the day before it, which is only when that was learned."""
    at, begins = start, start
    while at in openings and openings[at] < end:
        if LEARNED.search(text[at:openings[at]]):
            begins = openings[at]
        at = openings[at]
    return begins


def _may_part(text: str, part: Part, after: Part) -> bool:
    """Whether a sentence may be ended behind a clause: it asks for nothing more, and the next does not hang on it."""
    clause, following = text[part.start:part.end], text[after.start:after.end]
    return not (GOVERNS.search(clause) or SERVES.search(clause) or JOINS_ON.match(following) or len(clause) < LEAST or part.mark in "：:")


def is_balanced(text: str) -> bool:
    return all(text.count(one) == text.count(other) for one, other in ("“”", "（）", "《》", "()", "【】"))


def lead_of(units: Sequence[Unit]) -> Unit | None:
    """The sentence to begin with: dated and of what took place, near the head; else the first that is fit and leans on nothing."""
    fit = [unit for unit in units if unit.is_fit and unit.stands_alone]
    near = [unit for unit in units[:LEAD_WITHIN] if unit in fit]
    told = [unit for unit in near if unit.is_event]
    dated = [unit for unit in near if unit.is_dated]
    plain = [unit for unit in dated if unit in told and not PAINTED.search(unit.text)]
    return next(iter([*plain, *(unit for unit in dated if unit in told), *dated, *told, *fit]), None)


def repeats(unit: Unit, others: Iterable[Unit]) -> bool:
    """Whether a sentence says for the most part what one of the others says."""
    mine = _pairs(unit.text)
    return any(len(mine & _pairs(other.text)) > SAME * len(mine) for other in others)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[n:n + 2] for n in range(len(text) - 1))


def shortened(unit: Unit, most: int) -> int:
    """Where the sentence is to be ended so that it has at most so many characters; its own end where it has, or cannot be ended before."""
    if unit.end - unit.start <= most:
        return unit.end
    lengths = [cut - unit.start for cut in unit.cuts]
    return unit.start + max(
        (length for length in lengths if min(LEAST_LEFT, most) <= length <= most and is_balanced(unit.text[:length])),
        default=unit.end - unit.start)


def facts(unit: Unit) -> frozenset[str]:
    """What a sentence brings that can be held against another: people, sums, quantities."""
    found = {a.value.name for a in unit.annotations if isinstance(a.value, PersonValue)}
    text = unit.clipping.item.text
    found |= {text[a.start:a.end].replace(" ", "") for a in unit.annotations if isinstance(a.value, MoneyValue | QuantityValue)}
    return frozenset(found)
