"""People whom their own characters tell: a surname and two characters of given names, and after them what is said of people only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from yuebao.annotate.given import given_characters, likeness
from yuebao.annotate.mention import Mention, Taken
from yuebao.annotate.names import is_transliterated, name_that_ends, read_name, surnames
from yuebao.annotate.offices import is_office_word, title_after
from yuebao.annotate.passage import Passage, Whole
from yuebao.annotate.without_office import ENDS_PLACES, is_common
from yuebao.lexicon import terms
from yuebao.text import is_han

_FAMILY = re.compile("家庭|一家|夫妇|夫妻|夫人|遗体|烈士|老人|家[里中]|家属")
# characters that stand alone before a name
_BEFORE_NAMES = frozenset("县区市省州镇乡村社的是由被让请和与对")
# likeness, and points of what follows, that a name needs that nothing else tells
VERY_LIKE, DOES = 3, 2.0
# and before a word of speech
LIKE = 1
_SPEAKS = re.compile("告诉|表示|坦言|介绍|感慨|回忆|说[，：:道]")


def families(passage: Passage, whole: Whole, taken: Taken) -> Iterator[Mention]:
    """Names whose family, house or deeds are spoken of (王某某家庭, 王某某夫妇)."""
    del whole, taken
    for family in _FAMILY.finditer(passage.text):
        name = name_that_ends(passage, family.start())
        if name and name[1] - name[0] > 2 and likeness(passage.text[name[0] + 1:name[1]]) > 0:
            yield Mention(*name, passage.text[slice(*name)], (), "person/family")


def by_likeness(passage: Passage, whole: Whole, taken: Taken) -> Iterator[Mention]:
    """Names of three characters anywhere that nothing but their characters and what people do after them tell."""
    text = passage.text
    for place in _like_names().finditer(text):
        start, end = place.start(), place.start() + 3
        if not (passage.begins[start] and passage.begins[end]) or start in taken.places or not _is_like(text, start, end):
            continue
        if text[end - 1] in ENDS_PLACES or all(map(is_transliterated, text[start:end])):
            continue
        if not _may_stand_before(passage, start) or is_common(passage, start):
            continue
        if passage.begins[start + 1] and passage.word_end(start + 1) > end:
            continue
        name = read_name(passage, start, whole)
        if name is None or name.end != end or name.points < DOES or taken.holds(start, end):
            continue
        if 3.0 > name.follows >= DOES or (start - 1 in taken.name_ends and text[start - 1] == "、"):
            title = title_after(passage, end)
            yield Mention(start, end, name.name, (title,) if title and is_office_word(title) else (), "person/likeness")


def _is_like(text: str, start: int, end: int) -> bool:
    return likeness(text[start + 1:end]) >= (LIKE if _SPEAKS.match(text, end) else VERY_LIKE)


@cache
def _like_names() -> re.Pattern[str]:
    """A surname that begins no common words, and two characters of which at least the first is one of given names."""
    first = "".join(sorted(s for s, row in surnames().items() if len(s) == 1 and row.weight > 1 and not row.wordlike))
    given = "".join(sorted(given_characters()))
    return re.compile(f"[{first}](?=[{given}]{{2}})")


def _may_stand_before(passage: Passage, start: int) -> bool:
    """Whether what stands before leaves a name alone: no Chinese character, a word of two characters, or a stop word or end of a place."""
    text = passage.text
    if start == 0 or not is_han(text[start - 1]):
        return True
    word = text[passage.word_start(start):start]
    return len(word) > 1 or word in terms("office_stops") or word in _BEFORE_NAMES
