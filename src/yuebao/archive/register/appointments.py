"""任免: the office's own table of who was appointed to what and released, `YUEBAO_HOME/lexicon/appointments.tsv`.

Columns: date, body (that decided), person, office, change (in or out, 任 or 免); others, such as number, may stand beside them. It is read
when it is asked, and nothing of it is stored: what is attested in print and what was appointed are never mixed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yuebao.archive.identity import place_in
from yuebao.archive.register.posts import post_of
from yuebao.errors import UsageError
from yuebao.lexicon import LexiconError, Row, own_table

_CHANGES = {"in": True, "任": True, "out": False, "免": False}


@dataclass(frozen=True, slots=True)
class Appointment:
    """One row: on that day the body put the person into the office (`is_in`) or released them from it. `line` is its line in the table."""

    line: int
    on: date
    body: str
    person: str
    office: str
    is_in: bool

    def post(self, place: str | None) -> str:
        """The office with its place: that of the body which decided, else the given one."""
        return post_of(self.office, place_in(self.body) or place).base


@dataclass(frozen=True, slots=True)
class Appointed:
    """任职: from a row that appoints to the row that releases, either of which the table may lack."""

    person: str
    office: str
    post: str
    since: Appointment | None
    until: Appointment | None

    def covers(self, on: date) -> bool:
        """Whether the table says that the office was held on that day; on the day of release it is not any more."""
        return self.since is not None and self.since.on <= on and (self.until is None or on < self.until.on)


def appointments() -> tuple[Appointment, ...]:
    """The rows of the table by date; none where there is no table. Raises UsageError E208, naming the line of a bad row."""
    try:
        rows = own_table("appointments")
        return tuple(sorted((_appointment(line, row) for line, row in rows), key=lambda row: (row.on, row.line)))
    except LexiconError as error:
        raise UsageError("E208", reason=str(error)) from None


def _appointment(line: int, row: Row) -> Appointment:
    where = f"appointments.tsv:{line}"
    try:
        on = date.fromisoformat(row["date"])
    except ValueError:
        raise LexiconError(f"{where}: date is an ISO date, not {row['date']!r}") from None
    if row["change"] not in _CHANGES:
        raise LexiconError(f"{where}: change is in or out (任, 免), not {row['change']!r}")
    if not all(row[name].strip() for name in ("body", "person", "office")):
        raise LexiconError(f"{where}: body, person and office may not be empty")
    return Appointment(line, on, row["body"].strip(), row["person"].strip(), row["office"].strip(), _CHANGES[row["change"]])


def appointed(rows: Iterable[Appointment], place: str | None = None) -> tuple[Appointed, ...]:
    """The tenures that the rows say, by date; `place` is what an office is relative to whose deciding body names none."""
    open_ones: dict[tuple[str, str], Appointment] = {}
    out: list[Appointed] = []
    for row in rows:
        post = row.post(place)
        before = open_ones.pop((row.person, post), None)
        if before and not row.is_in:
            out.append(Appointed(row.person, before.office, post, before, row))
        elif row.is_in:
            open_ones[row.person, post] = before or row  # appointed anew, the office goes on
        else:
            out.append(Appointed(row.person, row.office, post, None, row))
    out += [Appointed(person, row.office, post, row, None) for (person, post), row in open_ones.items()]
    return tuple(sorted(out, key=_begin))


def _begin(tenure: Appointed) -> tuple[date, int]:
    row = tenure.since or tenure.until
    assert row
    return row.on, row.line
