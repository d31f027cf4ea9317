"""The words of the lexicons that stand in a text, all looked up in one pass.

A pass of Python over a text for every lexicon costs more than most of what is then done with the words. A dictionary of the segmenter
that holds nothing but these words tells them all at once, wherever they stand and however they overlap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from rjieba import Jieba

from yuebao.annotate.divisions import division_names
from yuebao.annotate.offices import heads, title_terms
from yuebao.annotate.passage import Passage
from yuebao.annotate.places_divisions import place_names
from yuebao.lexicon import terms

# texts of which it is remembered what stands in them: the items of one issue, which the layers read one after the other
REMEMBERED = 256
_CHINESE = re.compile("[\u4e00-\u9fff]+")


class Standing(NamedTuple):
    """What stands in a text of each lexicon: the longest word at each place, from left to right.

    `heads` of offices and roles, `titles` after names, `verbs` of acts, `names` of divisions, places and bodies that tables have.
    """

    heads: Mapping[int, str]
    titles: Mapping[int, str]
    verbs: Mapping[int, str]
    names: Mapping[int, str]


@cache
def _lexicons() -> tuple[frozenset[str], ...]:
    """The words of two characters and more of each lexicon, in the order of `Standing`."""
    return frozenset(heads()), title_terms(), terms("act_verbs"), division_names() | place_names() | terms("bodies")


class _Finder:
    """Finds the words of all lexicons in a text."""

    def __init__(self) -> None:
        words = frozenset(chain.from_iterable(_lexicons()))
        self._words = frozenset(filter(_CHINESE.fullmatch, words))
        self._others = sorted(words - self._words)  # G60科创走廊: the segmenter cuts at what is not Chinese
        self._dictionary: Jieba = Jieba.empty()  # type: ignore[no-untyped-call]
        for word in sorted(self._words):
            self._dictionary.add_word(word, 1, "n")

    def find(self, text: str) -> list[tuple[int, str]]:
        """Every word that stands in the text, by place and length; they may overlap."""
        found = list(self._chinese(text))
        if others := [(match.start(), word) for word in self._others if word in text for match in re.finditer(re.escape(word), text)]:
            found = sorted([*found, *others], key=lambda f: (f[0], len(f[1])))
        return found

    def _chinese(self, text: str) -> Iterator[tuple[int, str]]:
        """The segmenter tells the words from left to right, those at one place by length, and not the places."""
        start, last = 0, ""
        for word in self._dictionary.cut_all(text):
            if word in self._words:
                start = text.find(word, start if len(word) > len(last) else start + 1)
                last = word
                yield start, word


@cache
def _finder() -> _Finder:
    return _Finder()


@lru_cache(maxsize=REMEMBERED)
def standing_in(text: str) -> Standing:
    """The words of the lexicons that stand in a text."""
    found = _finder().find(text)
    return Standing(*({start: word for start, word in found if word in words} for words in _lexicons()))


def in_turn(words: Mapping[int, str]) -> Iterator[tuple[int, str]]:
    """The words from left to right, none overlapping."""
    past = 0
    for start, word in words.items():
        if start >= past:
            past = start + len(word)
            yield start, word


def begun_in(passage: Passage, words: Mapping[int, str], glued: frozenset[str]) -> Iterator[tuple[int, str]]:
    """The words that stand where a word of the dictionary begins, and right after such a word; then those after the first character of
    a longer word, where it is one of `glued` (和 of 和平 in 和某某市). They may overlap."""
    text, begins = passage.text, passage.begins
    after_glue = [place for place in words if not begins[place] and begins[place - 1] and text[place - 1] in glued]
    for start in [*(place for place in words if begins[place]), *after_glue]:
        at = start
        while (word := words.get(at)) is not None:
            yield at, word
            at += len(word)
