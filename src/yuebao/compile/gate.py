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
from yuebao.compile.gate_fit import fits, reach
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
_OFFICE_REACH = 40  # characters before a name that an office of it may stand in


@dataclass(frozen=True)
class Passage:
    """A clause whose words are those of its source."""

    clause: Clause
    clipping: Clipping
    turns: tuple[Turn, ...]
    words: str

    @property
    def start(self) -> int:
        return self.clause.start

    @property
    def end(self) -> int:
        return self.clause.end

    @property
    def whole(self) -> Parted:
        return parted(self.clipping.item.text)

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
        text, first = self.clipping.item.text, self.words[:1]
        turned = {turn.start for turn in self.turns if turn.now.startswith(first)}
        places = (at for at in self._over(self.clause.source_start, 1) if at < self.clause.source_end)
        return min((at for at in places if text[at] == first or at in turned), default=self.clause.source_start)

    def begins_whole(self) -> bool:
        """Whether it begins where a clause does, or behind what may be left out of one."""
        return any(self.whole.may_begin(at) for at in self._over(self.clause.source_start, -1))

    def ends_whole(self) -> bool:
        """Whether it ends where a clause does, or before what may be left out of one."""
        return any(self.whole.may_end(at) for at in self._over(self.clause.source_end, 1))

    def meets(self, other: Passage, between: str) -> bool:
        """Whether the other goes on where this ends: only what may be left out, or marks that stand for marks, between."""
        if self.clipping.number != other.clipping.number or other.clause.source_start < self.clause.source_end:
            return False
        gap = self.clipping.item.text[self.clause.source_end:other.clause.source_start]
        if not between.strip():
            return other.clause.source_start in self._over(self.clause.source_end, 1)
        return bool(gap.strip()) and not _unglued(gap) and not _unglued(between)

    def _over(self, at: int, direction: int) -> set[int]:
        """The places that lie behind (1) or before (-1) what may be left out at `at`, and `at` itself."""
        found, todo = {at}, [at]
        while todo:
            here = todo.pop()
            for turn in self.turns:
                near, far = (turn.start, turn.end) if direction > 0 else (turn.end, turn.start)
                if not turn.now and near == here and far not in found:
                    found.add(far)
                    todo.append(far)
        return found


def gate(
    text: str, clauses: Sequence[Clause], clippings: Sequence[Clipping], annotations: Sequence[Annotation], city: str | None = None,
) -> tuple[Foreign, ...]:
    """What no source holds of an item's text, in order; `annotations` are those of the text, `city` the house's own, for 我市."""
    known = {clipping.number: clipping for clipping in clippings}
    held, found = [], []
    for clause in sorted(clauses, key=lambda clause: clause.start):
        passage, foreign = _held(text, clause, known, city)
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


def _held(text: str, clause: Clause, known: Mapping[int, Clipping], city: str | None) -> tuple[Passage | None, list[Foreign]]:
    """The passage that a clause is, or what of it is foreign."""
    clipping = known.get(clause.clipping)
    piece = text[clause.start:clause.end]
    if clipping is None or not 0 <= clause.source_start < clause.source_end <= len(clipping.item.text) or not piece:
        return None, [_foreign(text, clause.start, clause.end, "unsourced")]
    turns = turns_of(clipping, city)
    source = clipping.item.text
    if fits(piece, source, clause.source_start, clause.source_end, turns):
        return Passage(clause, clipping, turns, piece), []
    at = reach(piece, source, clause.source_start, clause.source_end, turns)
    tail = 0
    while tail < len(piece) - at and piece[-1 - tail] == source[clause.source_end - 1 - tail]:
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
        for turn in passage.turns if turn.reason == "opening")


def _is_opening(passage: Passage, part: Part) -> bool:
    """Whether a clause only says when, to what end, or whence it is known."""
    dates = {a.start: a.end for a in passage.clipping.item.annotations if isinstance(a.value, DateValue)}
    openings = {turn.start: turn.end for turn in passage.turns if turn.reason == "opening"}
    said = passage.whole.text[part.start:part.end]
    return dates.get(part.start, -1) >= part.end or openings.get(part.start, -1) >= part.end or bool(_OCCASION.search(said))


def _has_subject(passage: Passage) -> bool:
    """Whether the passage begins with who does it."""
    starts = {
        a.start for a in passage.clipping.item.annotations
        if isinstance(a.value, PersonValue) or (isinstance(a.value, OrganisationValue) and not a.value.in_office)}
    starts |= {turn.start for turn in passage.turns if turn.reason == "office"}
    return passage.begins in starts or passage.clause.source_start in starts or bool(_ALL_OF.match(passage.whole.text, passage.begins))


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
            if places and not any(is_same_day(text, match.start(), match[0], source, place, passage.turns) for place in places):
                yield _foreign(text, match.start(), match.end(), "day")
