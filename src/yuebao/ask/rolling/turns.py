"""Third person and absolute time: 我市, 来×, 今年 as a chronicle must not print them. Each turn is marked for a person's approval."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from yuebao import lexicon


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a text was turned: `start` in the text as it is after all turns; `now` None where only a person can say what stands there."""

    start: int
    was: str
    now: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: re.Pattern[str]
    turned: str | None
    reason: str


def turned(text: str, year: int, place: str | None) -> tuple[str, tuple[Turn, ...]]:
    """The text in third person and absolute time, and what was turned. `place`: the series' own (云陵市)."""
    found = sorted(
        ((match.start(), -match.end(), match, rule) for rule in _rules(place or "") for match in rule.pattern.finditer(text)),
        key=lambda entry: entry[:2])
    out, turns, at, length = [], [], 0, 0
    for start, _, match, rule in found:
        if start < at:
            continue
        now = None if rule.turned is None else rule.turned.format(year=year, last=year - 1, next=year + 1, place=place or "本市")
        before = text[at:start]
        length += len(before)
        turns.append(Turn(length, match[0], now, rule.reason))
        said = match[0] if now is None else now
        out += [before, said]
        length += len(said)
        at = match.end()
    return "".join([*out, text[at:]]), tuple(turns)


@cache
def _rules(place: str) -> tuple[_Rule, ...]:
    short = re.escape(place[:1]) or "(?!)"  # 来云: the city by its first character
    return tuple(
        _Rule(re.compile(row["pattern"].replace("{short}", short)), None if row["turned"] == "?" else row["turned"], row["reason"])
        for row in lexicon.rows("third_person")
    )
