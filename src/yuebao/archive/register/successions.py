"""机构沿革: the office's own table of which body became which, `YUEBAO_HOME/lexicon/successions.tsv`: term, successor, from_on, source."""

from __future__ import annotations

from dataclasses import dataclass

from yuebao.archive.register.posts import absolute
from yuebao.errors import UsageError
from yuebao.lexicon import LexiconError, own_table


@dataclass(frozen=True, slots=True)
class Succession:
    """From that day (or year) the body `before` is `after`, each with its place. `line` is the row's line in the table."""

    line: int
    before: str
    after: str
    from_on: str
    source: str


def successions(place: str | None) -> tuple[Succession, ...]:
    """The rows of the table by date; none where there is no table. Raises UsageError E208, naming the line of a bad row."""
    try:
        rows = own_table("successions")
    except LexiconError as error:
        raise UsageError("E208", reason=str(error)) from None
    found = []
    for line, row in rows:
        if not row["successor"] or row["from_on"] == "-":
            raise UsageError("E208", reason=f"successions.tsv:{line}: successor and from_on are wanted")
        found.append(Succession(line, absolute(row["term"], place), absolute(row["successor"], place), row["from_on"], row["source"]))
    return tuple(sorted(found, key=lambda row: (row.from_on, row.line)))
