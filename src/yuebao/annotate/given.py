"""Given names of two characters: how much the characters speak for one, and which are rather a word of the dictionary."""

from __future__ import annotations

from functools import cache, lru_cache

from yuebao.annotate.passage import COMMON_WORD, frequency, is_rare, word_kind
from yuebao.lexicon import rows

# From this likeness on characters that make a common word may be a name all the same (建国, 振兴), unless it is on everyone's lips (水平).
LIKE_A_NAME, LISTED = 3, 5000


@cache
def _points() -> dict[str, int]:
    return {row["term"]: int(row["points"]) for row in rows("given_characters")}


@lru_cache(maxsize=10_000)
def likeness(given: str) -> int:
    """How much the characters are those of given names: from -4 to 4 for two, 0 where nothing is known of them."""
    points = _points()
    return points[given] if given in points else sum(points.get(character, 0) for character in given)


def given_characters() -> frozenset[str]:
    """The characters that speak for a given name."""
    return frozenset(term for term, points in _points().items() if points > 0 and len(term) == 1)


@lru_cache(maxsize=10_000)
def is_rather_a_word(given: str) -> bool:
    """Whether two characters are a common word that hardly names a person: 大学, 三次; but 建国 does."""
    if len(given) < 2 or given in _points():
        return False
    if likeness(given) >= LIKE_A_NAME and frequency(given) < LISTED:
        return False
    kind = word_kind(given)
    return (kind == "other" and not is_rare(given)) or (kind == "thing" and frequency(given) >= COMMON_WORD)
