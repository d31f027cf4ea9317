"""Given names of two characters: how much the characters speak for one, and which are rather a word of the dictionary."""

from __future__ import annotations

from functools import cache

from yuebao.annotate.passage import COMMON_WORD, frequency, is_rare, word_kind
from yuebao.lexicon import rows

# From this likeness on characters that make a word may be a name all the same: a thing (建国, 胜利), a verb or the like (振兴).
LIKE_A_NAME, VERB_LIKE_A_NAME = 2, 3


@cache
def _points() -> dict[str, int]:
    return {row["term"]: int(row["points"]) for row in rows("given_characters")}


def likeness(given: str) -> int:
    """How much the characters are those of given names: from -4 to 4 for two, 0 where nothing is known of them."""
    points = _points()
    return points[given] if given in points else sum(points.get(character, 0) for character in given)


@cache
def is_rather_a_word(given: str) -> bool:
    """Whether two characters are a common word that hardly names a person: 大学, 三次; but 建国 does."""
    like = likeness(given)
    if len(given) < 2 or like >= VERB_LIKE_A_NAME or is_rare(given):
        return False
    kind = word_kind(given)
    return kind == "other" or (kind == "thing" and like < LIKE_A_NAME and frequency(given) >= COMMON_WORD)
