"""A text with its word boundaries: what every layer reads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import rjieba

# Words the segmenter gives a class that no name is of: verbs, adverbs, prepositions, conjunctions, numerals, pronouns, times, idioms.
_NO_NAME = ("v", "d", "p", "c", "m", "q", "r", "t", "i", "l", "f", "u", "y", "z", "b")


@dataclass(frozen=True, slots=True)
class Passage:
    """`begins[i]` is 1 where a word of the text begins, and at its end. `year`, `month`: of the issue, None where not known."""

    text: str
    begins: bytes
    year: int | None
    month: int | None

    @classmethod
    def of(cls, text: str, year: int | None = None, month: int | None = None) -> Passage:
        """The passage of a text, cut into dictionary words; what is in no dictionary, as most names, is cut into characters."""
        begins = bytearray(len(text) + 1)
        at = 0
        for word in rjieba.cut(text, False):
            begins[at] = 1
            at += len(word)
        begins[len(text)] = 1
        return cls(text, bytes(begins), year, month)

    def word_end(self, start: int) -> int:
        """The end of the word that holds the character at `start`."""
        return self.begins.index(1, start + 1)

    def word_start(self, end: int) -> int:
        """The beginning of the word that holds the character before `end`."""
        return self.begins.rindex(1, 0, end)


# Below this count in the segmenter's dictionary a word tells nothing against a name: 黄润 has 4, 沈山 11, 高度 6119, 金牌 944.
RARE_WORD = 60


@lru_cache(maxsize=20000)
def is_rare(word: str) -> bool:
    """Whether the dictionary counts a word so seldom that it is as likely a part of a name."""
    return bool(rjieba.suggest_freq(word) < RARE_WORD)


@lru_cache(maxsize=20000)
def word_kind(word: str) -> str:
    """name, thing or other: what the dictionary takes a word for; other is what cannot be a name (verbs, adverbs, pronouns …)."""
    tagged = rjieba.tag(word, False)
    if len(tagged) != 1:
        return "thing"
    kind = tagged[0][1]
    if kind.startswith("nr"):
        return "name"
    return "other" if kind.startswith(_NO_NAME) else "thing"
