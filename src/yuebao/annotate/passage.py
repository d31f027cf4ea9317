"""A text with its word boundaries: what every layer reads; and words looked up in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

import rjieba

# Words the segmenter gives a class that no name is of: verbs, adverbs, prepositions, conjunctions, numerals, pronouns, times, idioms.
_NO_NAME = ("v", "d", "p", "c", "m", "q", "r", "t", "i", "l", "f", "u", "y", "z", "b")


_TITLE = re.compile("《[^《》\n]{1,200}》")


# spaces of web pages and of typesetting are spaces; no character is lost by it
_SPACES = re.compile("[\u00a0\u2002\u2003\u2009\u202f]")


@dataclass(frozen=True, slots=True)
class Passage:
    """`begins[i]` is 1 where a word of the text begins, and at its end. `year`, `month`: of the issue, None where not known.

    `titled`: the places inside 《》, where no one is spoken of. `words`: the words of the text; `ends`: where each of them ends.
    """

    text: str
    begins: bytes
    year: int | None
    month: int | None
    titled: frozenset[int]
    words: tuple[str, ...] = field(default=(), compare=False)  # these follow from the text
    ends: tuple[int, ...] = field(default=(), compare=False)

    @classmethod
    def of(cls, text: str, year: int | None = None, month: int | None = None) -> Passage:
        """The passage of a text, cut into dictionary words; what is in no dictionary, as most names, is cut into characters."""
        text = _SPACES.sub(" ", text)
        begins = bytearray(len(text) + 1)
        begins[0] = 1
        words = tuple(rjieba.cut(text, False))
        ends = tuple(accumulate(map(len, words)))
        for end in ends:
            begins[end] = 1
        titled = frozenset[int]().union(*(range(*m.span()) for m in _TITLE.finditer(text)))
        return cls(text, bytes(begins), year, month, titled, words, ends)

    def word_end(self, start: int) -> int:
        """The end of the word that holds the character at `start`."""
        return self.begins.index(1, start + 1)

    def word_start(self, end: int) -> int:
        """The beginning of the word that holds the character before `end`."""
        return self.begins.rindex(1, 0, end)


# Below this count in the segmenter's dictionary a word tells nothing against a name: 黄润 has 4, 沈山 11, 高度 6119, 金牌 944.
RARE_WORD = 60


# From this count on a word is on everyone's lips: 大家 has 21863, 企业 31000, 文峰 75.
COMMON_WORD = 1000


@lru_cache(maxsize=10_000)
def frequency(word: str) -> int:
    """How often the dictionary counts a word."""
    return int(rjieba.suggest_freq(word))


def is_rare(word: str) -> bool:
    """Whether the dictionary counts a word so seldom that it is as likely a part of a name."""
    return frequency(word) < RARE_WORD


@lru_cache(maxsize=10_000)
def word_class(word: str) -> str:
    """The class that the dictionary gives a word of a text (n, v, ns …); it does not hang on what stands beside."""
    return str(rjieba.tag(word, False)[0][1])


@lru_cache(maxsize=10_000)
def word_kind(word: str) -> str:
    """name, thing or other: what the dictionary takes a word for; other is what cannot be a name (verbs, adverbs, pronouns …)."""
    tagged = rjieba.tag(word, False)
    if len(tagged) != 1:
        return "thing"
    kind = tagged[0][1]
    if kind.startswith("nr"):
        return "name"
    return "other" if kind.startswith(_NO_NAME) else "thing"


@lru_cache(maxsize=10_000)
def is_proper_word(word: str) -> bool:
    """Whether the dictionary has the word as the name of a place, a brand or the like (华源, 宁波)."""
    tagged = rjieba.tag(word, False)
    return len(tagged) == 1 and tagged[0][1] in ("ns", "nz", "nt")


@dataclass(slots=True)
class Whole:
    """The texts read together, in which the competing lengths of a name are counted."""

    text: str
    _counted: dict[str, int] = field(default_factory=dict)
    plain_ends: dict[str, bool] = field(default_factory=dict)  # what `names` found of these names before

    def count(self, name: str) -> int:
        """How often the characters of a name are written."""
        if name not in self._counted:
            self._counted[name] = self.text.count(name)
        return self._counted[name]


class Words:
    """A set of words of two characters and more, found in a text: at a place, or one after the other, the longest first.

    A regular expression of some hundred alternatives tries them one by one at every place; this looks only where two characters fit.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[:2], set()).add(len(word))
        self._by_beginning = {beginning: tuple(sorted(found, reverse=True)) for beginning, found in lengths.items()}
        first, second = ({re.escape(beginning[n]) for beginning in self._by_beginning} for n in (0, 1))
        self._places = re.compile(f"[{''.join(sorted(first))}](?=[{''.join(sorted(second))}])")

    def at(self, text: str, start: int) -> str | None:
        """The longest of the words that stands at `start`, or None."""
        for length in self._by_beginning.get(text[start:start + 2], ()):
            if (word := text[start:start + length]) in self._words:
                return word
        return None

    def _begun(self, text: str) -> list[int]:
        """Where the first two characters of words stand."""
        beginnings = self._by_beginning
        return [at for place in self._places.finditer(text) if text[(at := place.start()):at + 2] in beginnings]

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """Where the words stand, from left to right, none overlapping."""
        past, beginnings, words = 0, self._by_beginning, self._words
        for start in self._begun(text):
            if start < past:
                continue
            for length in beginnings[text[start:start + 2]]:
                if (word := text[start:start + length]) in words:
                    past = start + len(word)
                    yield start, word
                    break
