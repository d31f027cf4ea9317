"""People and their offices.

Names are first established: by the office or role before them, by a list that begins so, by a title after them, by a biography's
wording, by what only a person does. What is established anywhere in the texts read together is then recognised wherever it stands bare.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import attrgetter

from yuebao.annotate.by_likeness import by_likeness, families
from yuebao.annotate.mention import Mention, Taken
from yuebao.annotate.names import points_after
from yuebao.annotate.offices import ending_head, heads, is_office_word, offices_before, title_after
from yuebao.annotate.offices_after import offices_taken, with_offices_after
from yuebao.annotate.passage import Passage, Whole, is_rare
from yuebao.annotate.rolls import rolls
from yuebao.annotate.with_office import after_occupations, after_offices, before_titles
from yuebao.annotate.without_office import (
    and_others,
    anonymous,
    appointed,
    at_clauses,
    before_biographies,
    foreign_names,
    honoured,
    in_bylines,
    lists_of_names,
    pseudonyms,
)
from yuebao.model import Annotation, PersonValue
from yuebao.text import is_han

# what makes a name part of a concept, a place or a body: 习近平新时代…思想, 雷锋精神, 甲大桥路
_CONCEPT = re.compile("新时代|同志为核心|[\u4e00-\u9fff]{2,4}思想|精神|关于|事迹|故里|故居|纪念|式的?|杯|路|街|镇|村|县|小学|中学|班”")


@dataclass(frozen=True, slots=True)
class Known:
    """The names established in the texts read together, and every mention of a person, in order, by text."""

    names: frozenset[str]
    mentions: dict[str, tuple[Mention, ...]]


def learn_names(passages: list[Passage], names: frozenset[str]) -> Known:
    """What the texts read together establish; `names` are known beforehand."""
    whole = Whole("\n".join(passage.text for passage in passages))
    established = {passage.text: _established(passage, whole) for passage in passages}
    found = frozenset(m.name for of_text in established.values() for m in of_text) | frozenset(n for n in names if n.strip())
    # the longest first: of 张明 and 张明远 at one place the longer is meant
    pattern = re.compile("|".join(map(re.escape, sorted(found, key=lambda n: (-len(n), n))))) if found else None
    return Known(found, {passage.text: _mentions(passage, established[passage.text], pattern) for passage in passages})


_value = lru_cache(maxsize=2000)(PersonValue)  # a person is spoken of again and again


def annotate_people(passage: Passage, known: Known) -> list[Annotation]:
    """Every person spoken of, one annotation a mention; the span is the name, the offices are those written beside it."""
    return [Annotation("person", m.start, m.end, _value(m.name, m.offices), m.by) for m in spoken_of(passage, known)]


def spoken_of(passage: Passage, known: Known) -> list[Mention]:
    """Every mention of a person in a text, in order."""
    return list(known.mentions[passage.text])


def _mentions(passage: Passage, established: list[Mention], pattern: re.Pattern[str] | None) -> tuple[Mention, ...]:
    """The mentions that the texts read together establish, and those that recur, in order."""
    recurring = _recurring(passage, pattern, Taken.of(established)) if pattern else []
    return tuple(sorted([*established, *recurring], key=attrgetter("start")))


def _established(passage: Passage, whole: Whole) -> list[Mention]:
    """The mentions that need no other; where two rules claim a place, the earlier rule has it."""
    taken = Taken(places=set(passage.titled))
    titled = before_titles(passage, taken)
    rules: tuple[Callable[[Passage, Whole, Taken], Iterable[Mention]], ...] = (
        after_offices, lambda *_: titled, lists_of_names, after_occupations, at_clauses, before_biographies, appointed, honoured, rolls,
        foreign_names, and_others, families, in_bylines, pseudonyms, anonymous, by_likeness,
    )
    mentions: list[Mention] = []
    for rule in rules:
        for mention in rule(passage, whole, taken):
            if not taken.holds(mention.start, mention.end):
                taken.add(mention)
                mentions.append(mention)
    return _shared_back(passage.text, [with_offices_after(passage, m) for m in mentions])


def _shared_back(text: str, mentions: list[Mention]) -> list[Mention]:
    """The mentions, those in a list before one who takes an office with that office too (甲、乙当选为副会长)."""
    mentions.sort(key=lambda m: m.start)
    shares = False  # whether the one after is of a list that takes an office
    for number in range(len(mentions) - 2, -1, -1):
        mention, following = mentions[number:number + 2]
        is_listed = not mention.offices and following.offices and text[mention.end:following.start] in ("、", "和")
        shares = bool(is_listed) and (shares or bool(offices_taken(text, following.end)[0]))
        if shares:
            by = following.by if following.by == "person/former" else mention.by
            mentions[number] = replace(mention, offices=following.offices, by=by)
    return mentions


def _recurring(passage: Passage, pattern: re.Pattern[str], taken: Taken) -> list[Mention]:
    """The bare mentions of names that are established."""
    text = passage.text
    mentions = []
    for match in pattern.finditer(text):
        start, end = match.span()
        if start in passage.titled or taken.holds(start, end) or _CONCEPT.match(text, end) or not _stands_alone(passage, start, end):
            continue
        title = title_after(passage, end)
        offices = (*_offices_right_before(passage, start, taken), *((title,) if title and is_office_word(title) else ()))
        mentions.append(with_offices_after(passage, Mention(start, end, match[0], offices, "person/recurrence")))
    return mentions


def _offices_right_before(passage: Passage, start: int, taken: Taken) -> tuple[str, ...]:
    """The offices before a known name that did not tell it, for its end ran into a word (市长龚正在某地)."""
    head = ending_head(passage.text, start)
    if head is None or heads()[head] != "post" or start - len(head) in taken.titles or not passage.begins[start]:
        return ()
    return offices_before(passage, start - len(head), start, taken.name_ends)[0]


def _stands_alone(passage: Passage, start: int, end: int) -> bool:
    """Whether known characters at a place are the name, and no part of a longer word or name."""
    if end - start > 2:
        return True
    follows = points_after(passage, end)
    outside = start == 0 or not is_han(passage.text[start - 1])
    if outside and follows >= 0 and all(passage.begins[start:end + 1]):
        return True
    word_start, word_end = passage.word_start(start + 1), passage.word_end(start)
    if word_start < start or (word_end > end and follows < 1):
        return False
    if word_end == end and not is_rare(passage.text[start:end]):
        return follows >= (1.5 if outside else 2.0)
    return follows >= 0.5
