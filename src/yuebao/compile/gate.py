"""The gate: nothing stands in an item that no source holds.

Every character of an item must be covered by a passage of a clipping of its story, word for word but for the turns of `gate_turns`; a
passage begins and ends where a clause of the source does; and what the source's own order tells of it (who does it, who says it, under
what condition) must have come along. What spans two passages (a name with its office, a number with its unit) must stand so in a source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from yuebao.compile.clauses import ENDS, GOVERNS, Part, Parted, parted
from yuebao.compile.gate_days import REFERS, is_same_day
from yuebao.compile.gate_fit import Turns, by_start, fits, reach
from yuebao.compile.gate_turns import LEARNED, Turn, turns_of
from yuebao.compile.values import Clause, Clipping, Foreign
from yuebao.model import ActValue, Annotation, DateValue, OrganisationValue, PersonValue

REASONS = {
    "unsourced": ("来稿中没有", "no source holds these words"),
    "altered": ("与来稿不同", "the source has other words here"),
    "cut": ("截取不完整，意思可能改变", "begins or ends within a clause of the source"),
    "governor": ("略去了说话人或条件", "who says it, or on what condition, is left out"),
    "joined": ("与原主语分离", "parted from its subject"),
    "leaning": ("所指的前文不在", "what it refers to is not there"),
    "pair": ("来稿中没有这样的搭配", "no source has these two together"),
    "day": ("日期所指与来稿不同", "the day meant is another than in the source"),
    "first_person": ("供稿单位的自称", "speaks as the contributor itself"),
    "other_event": ("另一件事", "another event"),
}
# What may stand between two passages: marks, and words that only join. A point or a hyphen is none: it makes another number.
GLUE = frozenset("，。；：、！？“”‘’（）《》【】—…·") | frozenset(" \n\u3000")
GLUE_WORDS = ("以及", "并", "及", "和", "与")
# a clause that says on what occasion, or to what end
_OCCASION = re.compile(
    "^(?:在|自|值|正值|适逢|时值).{2,30}(?:之际|期间|以来|来临|时节|当天|前夕)$"
    "|^为(?:了|深入|进一步|切实|全面|更好|贯彻|落实|推动|加快|确保|做好|庆祝|迎接|扎实|有效)")
_ALL_OF = re.compile("[我本]市|全[省市县区]")  # a subject by itself
MOST_MARKS = 6  # between two passages that go on
_OFFICE_REACH = 40  # characters before a name that an office of it may stand in


@dataclass(frozen=True, eq=False)
class Source:
    """A clipping with its turns, found by their places."""

    clipping: Clipping
    city: str | None

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        return turns_of(self.clipping, self.city)

    @cached_property
    def turns_by_start(self) -> Turns:
        return by_start(self.turns)

    @cached_property
    def whole(self) -> Parted:
        return parted(self.clipping.item.text)

    @property
    def text(self) -> str:
        return self.clipping.item.text

    @cached_property
    def _left_out(self) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
        """Where what may be left out ends, by where it begins; and the other way round."""
        ends: dict[int, set[int]] = {}
        starts: dict[int, set[int]] = {}
        for turn in self.turns:
            if not turn.now:
                ends.setdefault(turn.start, set()).add(turn.end)
                starts.setdefault(turn.end, set()).add(turn.start)
        return ends, starts

    def behind(self, at: int) -> set[int]:
        """The places that lie behind what may be left out at `at`, and `at` itself."""
        return _reached(at, self._left_out[0])

    def before(self, at: int) -> set[int]:
        """The places that lie before what may be left out up to `at`, and `at` itself."""
        return _reached(at, self._left_out[1])

    @cached_property
    def subjects(self) -> frozenset[int]:
        """Where someone or some body is named, with or without an office."""
        named = {
            a.start for a in self.clipping.item.annotations
            if isinstance(a.value, PersonValue) or (isinstance(a.value, OrganisationValue) and not a.value.in_office)}
        return frozenset(named | {turn.start for turn in self.turns if turn.reason == "office"})


def _reached(at: int, steps: Mapping[int, set[int]]) -> set[int]:
    found, todo = {at}, [at]
    while todo:
        new = steps.get(todo.pop(), set()) - found
        found |= new
        todo += new
    return found


@dataclass(frozen=True, eq=False)
class Passage:
    """A clause whose words are those of its source."""

    clause: Clause
    source: Source
    words: str

    @property
    def start(self) -> int:
        return self.clause.start

    @property
    def end(self) -> int:
        return self.clause.end

    @property
    def clipping(self) -> Clipping:
        return self.source.clipping

    @property
    def whole(self) -> Parted:
        return self.source.whole

    @cached_property
    def sentence(self) -> int:
        """The sentence of the source that it begins in."""
        return self.whole.sentence_at(self.begins)

    @cached_property
    def last_sentence(self) -> int:
        """The sentence of the source that it ends in."""
        return self.whole.sentence_at(max(self.clause.source_start, self.clause.source_end - 1))

    @cached_property
    def begins(self) -> int:
        """Where its first words stand in the source, what was left out before them passed over."""
        text, first = self.source.text, self.words[:1]
        places = (at for at in self.source.behind(self.clause.source_start) if at < self.clause.source_end)
        return min((at for at in places if text[at] == first or self._is_turned(at)), default=self.clause.source_start)

    def _is_turned(self, at: int) -> bool:
        return any(turn.now.startswith(self.words[:1]) for turn in self.source.turns_by_start.get(at, ()) if turn.now)

    def begins_whole(self) -> bool:
        """Whether it begins where a clause does, or behind what may be left out of one."""
        return any(self.whole.may_begin(at) for at in self.source.before(self.clause.source_start))

    def ends_whole(self) -> bool:
        """Whether it ends where a clause does, or before what may be left out of one."""
        return any(self.whole.may_end(at) for at in self.source.behind(self.clause.source_end))

    def meets(self, other: Passage, between: str) -> bool:
        """Whether the other goes on where this ends: only what may be left out, or marks that stand for marks, between."""
        start, end = self.clause.source_end, other.clause.source_start
        if self.clipping.number != other.clipping.number or end < start:
            return False
        if not between.strip():
            return end in self.source.behind(start)
        gap = self.source.text[start:end]
        return bool(gap.strip()) and len(gap) <= MOST_MARKS and not _unglued(gap) and not _unglued(between)


def gate(
    text: str, clauses: Sequence[Clause], clippings: Sequence[Clipping], annotations: Sequence[Annotation], city: str | None = None,
) -> tuple[Foreign, ...]:
    """What no source holds of an item's text, in order; `annotations` are those of the text, `city` the house's own, for 我市."""
    known = {clipping.number: Source(clipping, city) for clipping in clippings}
    held, found = [], []
    for clause in sorted(clauses, key=lambda clause: clause.start):
        passage, foreign = _held(text, clause, known)
        if passage:
            held.append(passage)
        found += foreign
    found += _uncovered(text, clauses)
    found += _misjoined(text, held)
    found += _misdated(text, held)
    found += _unpaired(text, held, clippings, annotations)
    return tuple(sorted(set(found), key=lambda foreign: (foreign.start, foreign.end, foreign.reason)))


def _foreign(text: str, start: int, end: int, reason: str) -> Foreign:
    return Foreign(start, end, text[start:end], reason)


def _held(text: str, clause: Clause, known: Mapping[int, Source]) -> tuple[Passage | None, list[Foreign]]:
    """The passage that a clause is, or what of it is foreign."""
    source = known.get(clause.clipping)
    piece = text[clause.start:clause.end]
    if source is None or not 0 <= clause.source_start < clause.source_end <= len(source.text) or not piece:
        return None, [_foreign(text, clause.start, clause.end, "unsourced")]
    turns = source.turns_by_start
    if fits(piece, source.text, clause.source_start, clause.source_end, turns):
        return Passage(clause, source, piece), []
    at = reach(piece, source.text, clause.source_start, clause.source_end, turns)
    tail = 0
    while tail < len(piece) - at and piece[-1 - tail] == source.text[clause.source_end - 1 - tail]:
        tail += 1
    end = max(len(piece) - tail, min(at + 1, len(piece)))
    return None, [_foreign(text, clause.start + min(at, end - 1), clause.start + end, "altered")]


def _unglued(text: str) -> list[tuple[int, int]]:
    """The spans of a text that are neither marks nor joining words."""
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        word = next((word for word in GLUE_WORDS if text.startswith(word, at)), "")
        step = len(word) or 1
        if not word and text[at] not in GLUE:
            if spans and spans[-1][1] == at:
                spans[-1] = (spans[-1][0], at + 1)
            else:
                spans.append((at, at + 1))
        at += step
    return spans


def _uncovered(text: str, clauses: Sequence[Clause]) -> Iterator[Foreign]:
    at = 0
    for clause in [*sorted(clauses, key=lambda clause: clause.start), Clause(len(text), len(text), 0, 0, 0)]:
        between = text[at:max(at, clause.start)]
        for start, end in _unglued(between):
            yield _foreign(text, at + start, at + end, "unsourced")
        if _parts_a_number(text, at, clause.start):
            yield _foreign(text, at, clause.start, "altered")
        at = max(at, clause.end)


def _parts_a_number(text: str, start: int, end: int) -> bool:
    return start < end and text[start - 1:start].isdigit() and text[end:end + 1].isdigit() and "\n" not in text[start:end]


# ---- how passages are joined ----


def _misjoined(text: str, held: Sequence[Passage]) -> Iterator[Foreign]:
    before: Passage | None = None
    for passage, after in zip_longest(held, held[1:]):
        if not any(character.isalnum() for character in passage.words):
            continue
        # the headline is a line by itself
        before = before if before and "\n" not in text[before.end:passage.start] else None
        if reason := is_out_of_place(passage, before, text):
            yield _foreign(text, passage.start, _clause_end(text, passage), reason)
        goes_on = after is not None and passage.meets(after, text[passage.end:after.start])
        if not goes_on and not passage.ends_whole():
            yield _foreign(text, _clause_start(text, passage), passage.end, "cut")
        before = passage


def is_out_of_place(passage: Passage, before: Passage | None, text: str) -> str | None:
    """Why a passage cannot begin where it does, behind the one before it in its line: a key of REASONS; None where it can."""
    if before is not None and before.meets(passage, text[before.end:passage.start]):
        return None
    if not passage.begins_whole():
        return "cut"
    return _astray(passage, before) or _spliced(passage, before, text)


def _spliced(passage: Passage, before: Passage | None, text: str) -> str | None:
    """Whether parts of two sentences of the sources are put together as one: only whole ones may be."""
    if before is None or any(mark in text[before.end - 1:passage.start] for mark in ENDS):
        return None
    if before.clipping.number == passage.clipping.number and before.last_sentence == passage.sentence:
        return None
    is_ended = before.whole.may_end_sentence(before.clause.source_end)
    begins = passage.whole.sentences[passage.sentence][0].start
    return None if is_ended and passage.begins == begins else "joined"


def _clause_start(text: str, passage: Passage) -> int:
    starts = [part.start for part in parted(text).parts if part.start < passage.end]
    return max(passage.start, *starts) if starts else passage.start


def _clause_end(text: str, passage: Passage) -> int:
    return next((part.end for part in parted(text).parts if part.end > passage.start), passage.end)


def _astray(passage: Passage, before: Passage | None) -> str | None:
    """Why the passage cannot stand behind the one before it; None where it can."""
    whole, sentence = passage.whole, passage.sentence
    goes_on = (
        before is not None and before.clipping.number == passage.clipping.number and before.last_sentence == sentence
        and before.clause.source_end <= passage.begins)
    since = before.clause.source_end if before and goes_on else whole.sentences[sentence][0].start
    between = [part for part in whole.sentences[sentence] if since <= part.start and part.end <= passage.begins]
    dropped = [part for part in between if not _is_opening(passage, part)]
    if any(GOVERNS.search(whole.text[part.start:part.end]) for part in dropped) or (goes_on and _was_learned(passage, since)):
        return "governor"
    if dropped and not _has_subject(passage):
        return "joined"
    if not goes_on and _leans(passage) and not _is_anchored(passage, before):
        return "leaning"
    return None


def _leans(passage: Passage) -> bool:
    """Whether the passage needs what stands before it in its source: not its headline and first sentence, nor what names who does it."""
    is_first = passage.sentence <= (passage.clipping.item.headline is not None)
    return not is_first and not _has_subject(passage) and passage.whole.leans(passage.begins)


def _was_learned(passage: Passage, since: int) -> bool:
    """Whether it was left out that the day before is only when this was learned."""
    return any(
        since <= turn.start and turn.end <= passage.begins and LEARNED.search(passage.whole.text[turn.start:turn.end])
        for turn in passage.source.turns if turn.reason == "opening")


def _is_opening(passage: Passage, part: Part) -> bool:
    """Whether a clause only says when, to what end, or whence it is known."""
    dates = {a.start: a.end for a in passage.clipping.item.annotations if isinstance(a.value, DateValue)}
    openings = {turn.start: turn.end for turn in passage.source.turns if turn.reason == "opening"}
    said = passage.whole.text[part.start:part.end]
    return dates.get(part.start, -1) >= part.end or openings.get(part.start, -1) >= part.end or bool(_OCCASION.search(said))


def _has_subject(passage: Passage) -> bool:
    """Whether the passage begins with who does it."""
    subjects = passage.source.subjects
    return passage.begins in subjects or passage.clause.source_start in subjects or bool(_ALL_OF.match(passage.source.text, passage.begins))


def _is_anchored(passage: Passage, before: Passage | None) -> bool:
    """Whether a leaning sentence still has before it what it leans on: nothing but other leaning sentences, naming nobody, left out."""
    if before is None or before.clipping.number != passage.clipping.number or before.last_sentence >= passage.sentence:
        return False
    whole = passage.whole
    left_out = [(parts[0].start, parts[-1].end) for parts in whole.sentences[before.last_sentence + 1:passage.sentence]]
    people = [a.start for a in passage.clipping.item.annotations if isinstance(a.value, PersonValue)]
    return all(whole.leans(start) and not any(start <= at < end for at in people) for start, end in left_out)


# ---- facts ----


def _unpaired(text: str, held: Sequence[Passage], clippings: Sequence[Clipping], annotations: Sequence[Annotation]) -> Iterator[Foreign]:
    """Names with offices, numbers with units, titles that span two passages and stand so in no source."""
    sources = [a.value for clipping in clippings for a in clipping.item.annotations]
    values = set(sources)
    pairs = {(value.name, office) for value in sources if isinstance(value, PersonValue) for office in value.offices}
    for annotation in annotations:
        value = annotation.value
        match value:
            case PersonValue(name=name, offices=offices):
                for office in offices:
                    start = text.rfind(office, max(0, annotation.start - _OFFICE_REACH), annotation.start)
                    if start >= 0 and _is_parted(held, start, annotation.end) and (name, office) not in pairs:
                        yield _foreign(text, start, annotation.end, "pair")
            case DateValue() | ActValue():
                pass  # days are what `_misdated` is for, who did what is what `_misjoined` is for
            case _ if _is_parted(held, annotation.start, annotation.end) and value not in values:
                yield _foreign(text, annotation.start, annotation.end, "pair")


def _is_parted(held: Sequence[Passage], start: int, end: int) -> bool:
    """Whether a span is held by several passages, and not by one."""
    touched = [passage for passage in held if passage.start < end and start < passage.end]
    return len(touched) > 1


def _misdated(text: str, held: Sequence[Passage]) -> Iterator[Foreign]:
    """Days that are told by the one before them (当天, 8日), where that is another one than in the source."""
    for passage in held:
        source, clause = passage.clipping.item.text, passage.clause
        for match in REFERS.finditer(text, passage.start, passage.end):
            places = [m.start() for m in re.finditer(re.escape(match[0]), source[:clause.source_end]) if m.start() >= clause.source_start]
            if places and not any(is_same_day(text, match.start(), match[0], source, place, passage.source.turns) for place in places):
                yield _foreign(text, match.start(), match.end(), "day")
