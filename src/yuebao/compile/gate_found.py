"""Finding again where the words of an item come from, after a person has edited it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from yuebao.compile.clauses import CLOSING, ENDS, MARKS
from yuebao.compile.gate import GLUE, Passage, Source, is_out_of_place
from yuebao.compile.gate_fit import furthest
from yuebao.compile.values import Clause, Clipping
from yuebao.text import squeeze

SEEDS = (6, 3, 2)  # characters by which a passage is looked for: the more, the fewer places
TURN_WITHIN = 16  # characters from the beginning of a passage in which a turn may stand that hides it from its seeds
MOST_PLACES = 24  # of one seed in one clipping


@dataclass(frozen=True, eq=False)
class _Searched(Source):
    """A source in which passages are looked for."""

    @cached_property
    def places_of(self) -> list[int]:
        """Where each character of `flat` stands in the clipping."""
        return [n for n, character in enumerate(self.text) if not character.isspace()]

    @cached_property
    def flat(self) -> str:
        """The clipping's text without white space, which an item may leave out."""
        return squeeze(self.text)

    def places(self, text: str, at: int) -> Iterator[int]:
        """Where in the clipping a passage may begin that says what the item says at `at`."""
        for turn in self.turns:
            ahead = text.find(turn.now, at, at + TURN_WITHIN) - at if turn.now else -1
            flat = bisect_left(self.places_of, turn.start)
            if 0 <= ahead <= flat and self.flat[flat - ahead:flat] == text[at:at + ahead]:
                yield self.places_of[flat - ahead]
        for width in SEEDS:
            seed, place, count = text[at:at + width], -1, 0
            while len(seed) == width and count < MOST_PLACES and (place := self.flat.find(seed, place + 1)) >= 0:
                yield self.places_of[place]
                count += 1


def realigned(text: str, clauses: Sequence[Clause], clippings: Sequence[Clipping], city: str | None = None) -> tuple[Clause, ...]:
    """The clauses of an edited text: where each of its passages stands in the clippings, those of before where they still hold.

    What no clipping says has no clause; the gate tells it.
    """
    sources = [_Searched(clipping, city) for clipping in clippings]
    found: list[Passage] = []
    at = 0
    while at < len(text):
        if text[at] in GLUE and text[at] not in "“《（【":
            at += 1
            continue
        best = _best(text, at, found, sources, clauses)
        if best is None:
            at += 1
        else:
            found.append(best)
            at = best.end
    return tuple(passage.clause for passage in found)


def _best(text: str, at: int, found: Sequence[Passage], sources: Sequence[_Searched], clauses: Sequence[Clause]) -> Passage | None:
    """The passage that begins at `at`: one that is in its place and whole before one that is not, then the longest, then the nearest."""
    last = found[-1] if found and "\n" not in text[found[-1].end:at] else None
    hints = {(clause.clipping, clause.source_start) for clause in clauses}
    ranked = []
    for source in sources:
        number = source.clipping.number
        hinted = [start for clipping, start in hints if clipping == number]
        for place in {*source.places(text, at), *hinted}:
            passage = _passage(text, at, place, source)
            if passage is not None:
                rank = (
                    not is_out_of_place(passage, last, text), passage.ends_whole(), passage.end - at, (number, place) in hints,
                    *_nearness(place, number, last))
                ranked.append((rank, -number, passage))
    return max(ranked, key=lambda entry: entry[:2])[2] if ranked else None


def _nearness(place: int, number: int, last: Passage | None) -> tuple[bool, int]:
    """How near a place is to the end of the last passage: in its clipping before another, in another the first place."""
    is_of_last = last is not None and last.clipping.number == number
    return is_of_last, -abs(place - last.clause.source_end) if last and is_of_last else -place


def _passage(text: str, at: int, place: int, source: Source) -> Passage | None:
    """The longest passage from a place of the clipping that ends where a clause ends; where there is none, the longest.

    One that goes on into a sentence and does not end it stops before: sentences often begin alike (会议指出，).
    """
    reached = furthest(text, at, source.text, place, source.turns_by_start)
    longest: Passage | None = None
    for end, source_end in reached:
        passage = Passage(Clause(at, end, source.clipping.number, place, source_end), source, text[at:end])
        if end - at < 2:
            continue
        if longest is None:
            longest = passage
        if passage.ends_whole() and _ends_here(text, end) and not _breaks_off(text, at, end):
            return passage
    return longest


def _breaks_off(text: str, start: int, end: int) -> bool:
    is_ended = text[end - 1] in ENDS or text[end:end + 1] in tuple(ENDS) or end == len(text)
    return not is_ended and any(mark in text[start:end] for mark in ENDS)


def _ends_here(text: str, end: int) -> bool:
    return end == len(text) or text[end] in MARKS or text[end - 1] in MARKS + CLOSING or text[end].isspace()
