"""W: slips of the pen and of the keyboard. Two characters that the segmenter leaves alone, and that a look-alike or a character of the same
sound makes a common word: 律帅 is 律师. Statistics of no kind, and no certainty either: it asks, and shows what was perhaps meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import rjieba

from yuebao.lexicon import rows, terms
from yuebao.proof.reading import Passage
from yuebao.proof.rule import Doubt, text_rule
from yuebao.text import is_han

LONGEST = 4  # characters of the words that are looked for
HOLE = "_"
NONE: frozenset[str] = frozenset()
WINDOW = 8  # characters on either side that the segmenter is given to see whether the word fits


@cache
def _alike() -> dict[str, frozenset[str]]:
    """The characters that each is taken for: by its sound, by its shape."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows("alike"):
        for character in row["term"]:
            found[character].update(row["term"])
    return {character: frozenset(others - {character}) for character, others in found.items()}


@cache
def _holes() -> dict[str, frozenset[str]]:
    """The common words by what is left of each where a character is taken out: 律_ → 师."""
    found: dict[str, set[str]] = defaultdict(set)
    for word in terms("common_words"):
        for n, character in enumerate(word):
            found[word[:n] + HOLE + word[n + 1:]].add(character)
    return {rest: frozenset(characters) for rest, characters in found.items()}


@text_rule(
    "W013", "疑有形近、音近误字", "Perhaps a slip: one character off a common word", "note",
    reason="几个不成词的字，换一个形近或音近的字就是常用词，疑为误字。", wrong="市司法局组织律帅进社区。", right="市司法局组织律师进社区。",
    source="《通用规范汉字表》；校对惯例：形近、音近误字")
def slip(passage: Passage) -> Iterator[Doubt]:
    for at, end, word in slips(passage.text):
        if not passage.is_protected(at, end):
            # two characters alone may as well be a name or a word just made; in a million of daily news 25 are
            yield passage.doubt(at, end, f"疑为“{word}”，请核", word, severity="warning" if end - at > 2 else None)


def slips(text: str) -> Iterator[tuple[int, int, str]]:
    """The places of a text that are one character off a common word, and that word; none overlapping another."""
    words: list[str] = rjieba.cut(text, False)
    suspects, starts, at = [], [], 0
    odd = _odd()
    for n, word in enumerate(words):
        starts.append(at)
        if word in odd:
            suspects.append(n)
        at += len(word)
    done = 0
    for n in suspects:
        found = next((slip for slip in _candidates(text, words, starts, n) if slip[0] >= done), None)
        if found is not None:
            done = found[1]
            yield found


@cache
def _odd() -> frozenset[str]:
    """The characters that are no words by themselves: one that stands alone may be a slip for another."""
    return frozenset(_alike()) - terms("alone")


def _candidates(text: str, words: list[str], starts: list[int], n: int) -> Iterator[tuple[int, int, str]]:
    """The windows around a character that stands alone which another in its place makes a common word that fits; the longest first."""
    at = starts[n]
    alike, alone = _alike()[text[at]], terms("alone")  # beside 县 or 方, which are words by themselves, anything may stand
    for first, last in sorted(_windows(words, n), key=lambda w: starts[w[0]] - starts[w[1]] - len(words[w[1]])):
        start, end = starts[first], starts[last] + len(words[last])
        before, after = text[start:at], text[at + 1:end]
        meant = _holes().get(before + HOLE + after, NONE) & alike
        if not meant or (end - start == 2 and before + after in alone) or _is_word(text[start:end]):
            continue
        if end - start > 2 and not (before and after) and rjieba.has_word(before + after):
            continue  # 总统致电: a word, and beside it a character of another
        for other in sorted(meant):
            if _fits(text, start, end, before + other + after):
                yield start, end, before + other + after


def _is_word(text: str) -> bool:
    """Whether the dictionary has it, or it is of the newer words."""
    return rjieba.has_word(text) or text in terms("common_words")


def _windows(words: list[str], n: int) -> Iterator[tuple[int, int]]:
    """The runs of words around one, of two to four Chinese characters together: their first and last."""
    for first in range(max(0, n - LONGEST + 1), n + 1):
        length = sum(map(len, words[first:n]))
        for last in range(n, min(len(words), n + LONGEST)):
            length += len(words[last])
            if length > LONGEST or not all(map(is_han, words[last])):
                break
            if length > 1 and all(map(is_han, words[first])):
                yield first, last


def _fits(text: str, start: int, end: int, word: str) -> bool:
    """Whether the segmenter, given the word in its surroundings, sees it there."""
    first = max(0, start - WINDOW)
    at = first
    for found in rjieba.cut(text[first:start] + word + text[end:end + WINDOW], False):
        if at >= start:
            return at == start and found == word
        at += len(found)
    return False


RULES = (slip,)
