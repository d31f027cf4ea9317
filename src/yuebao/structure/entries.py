"""The entries of an item: where one account ends and the next begins, and the day that each tells of."""

from __future__ import annotations

import re
from dataclasses import replace

from yuebao.calendar_text import DateFound, find_dates
from yuebao.model import Entry, EntryDate, Masthead
from yuebao.structure.body import DATE_LEAD, Anchor
from yuebao.structure.sheet import Sheet, Slice

# an entry that opens with a date inside an item is a further account only if it is one: a sentence of a few words is not
SHORTEST_ENTRY = 40
EVENT_WITHIN = 400  # characters of an entry in which the date of its event is looked for


def entry_slices(sheet: Sheet, anchor: Anchor) -> list[list[Slice]]:
    """The lines of an item as entries: a line that opens with a date after a full stop begins another account."""
    out: list[list[Slice]] = []
    is_dated = bool(anchor.body) and DATE_LEAD.match(sheet.flat, anchor.body[0][0]) is not None
    for n, (start, end) in enumerate(anchor.body):
        opens = is_dated and (start, end) != anchor.restored and _opens_entry(sheet, anchor.body, n)
        if not out or opens:
            out.append([])
        out[-1].append((start, end))
    return out


def _opens_entry(sheet: Sheet, body: list[Slice], n: int) -> bool:
    start, end = body[n]
    match = DATE_LEAD.match(sheet.flat, start, end)
    if n == 0 or not match or not sheet.is_finished(body[n - 1][1]) or end - start < SHORTEST_ENTRY:
        return False
    return "," in sheet.flat[match.end():match.end() + 4]


def dated(text: str, entries: list[Entry], masthead: Masthead) -> list[Entry]:
    """The entries of a text, each with the date of its event."""
    return [replace(e, date=event_date(text[e.start:e.end], masthead.year, masthead.month)) for e in entries]


def event_date(text: str, year: int | None, month: int | None) -> EntryDate | None:
    """The date of the event that an account tells of: the first that opens a sentence or clause, else the first day named at all."""
    days = [d for d in find_dates(text[:EVENT_WITHIN], year, month) if not d.relative and _is_day(d)]
    if not days:
        return None
    opening = [d for d in days if d.start == 0 or text[d.start - 1] in "。，；,;！？“：:\n 　"]
    best = (opening or days)[0]
    return EntryDate(best.text, best.starts_on, best.ends_on)


def _is_day(found: DateFound) -> bool:
    """Whether the expression names days, not a whole month or year."""
    return re.search(r"[日号旬初底末]", found.text) is not None
