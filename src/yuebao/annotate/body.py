"""A body at a place of a text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from yuebao.lexicon import rows

Said = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Body:
    """A body at a place of a text; `rule` is how it was told."""

    start: int
    end: int
    kind: str
    rule: str


@cache
def trades() -> tuple[str, ...]:
    """What short names of enterprises end in (东方电气), the longest first."""
    return tuple(sorted((row["term"] for row in rows("body_stops") if row["use"] == "trade"), key=lambda trade: (-len(trade), trade)))
