"""The criteria of a chronicle, as an office writes them down: a dated table, of which the first row that fits decides.

`lexicon/chronicle_criteria.tsv` is where an office starts; rows of its own (`YUEBAO_HOME/lexicon/chronicle_criteria.tsv`) go before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from yuebao import lexicon
from yuebao.ask.rolling.events import Event
from yuebao.model import MoneyValue

IN, OUT = "in", "out"
LEAD = 90  # characters of an account that tell what it is about


@dataclass(frozen=True, slots=True)
class Criterion:
    """A row: `code` and `title` for people; `fate` in or out; what must stand in the headline (or, of a row for `lead`, in headline and
    opening); the columns it speaks of (any where empty); the least sum in base units (0: none)."""

    code: str
    title: str
    fate: str
    words: re.Pattern[str]
    is_for_lead: bool
    columns: frozenset[str]
    least_sum: float

    def fits(self, event: Event) -> bool:
        """Whether the event is of this kind."""
        said = event.headline or event.text[:LEAD]
        if self.is_for_lead:
            said = f"{event.headline or ''} {event.text[:LEAD]}"
        if self.columns and not self.columns & set(event.path):
            return False
        if self.least_sum and largest_sum(event) < self.least_sum:
            return False
        return bool(self.words.search(said))


@cache
def criteria(year: int) -> tuple[Criterion, ...]:
    """The criteria in force in that year, the office's own first."""
    return tuple(
        Criterion(
            row["term"], row["title"], row["fate"], re.compile(row["words"] or ""), row["where"] == "lead",
            frozenset(filter(None, row["columns"].split("|"))), float(row["least_sum"] or 0))
        for row in sorted(lexicon.rows("chronicle_criteria", on=f"{year}-12-31"), key=lambda row: row["term"])
    )


def largest_sum(event: Event) -> float:
    """The largest sum in yuan that the event names; 0 where it names none."""
    sums = [a.value.amount for a in event.annotations if isinstance(a.value, MoneyValue) and a.value.currency == "CNY" and a.value.amount]
    return max(sums, default=0.0)
