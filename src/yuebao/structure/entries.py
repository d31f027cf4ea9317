"""The entries of an item: where one account ends and the next begins, and the day that each tells of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from yuebao.calendar_text import DateFound, find_dates
from yuebao.model import Entry, EntryDate, Masthead
from yuebao.structure.body import DATE_LEAD, Anchor
from yuebao.structure.sheet import Line, Sheet, Slice

# a line that opens with a date inside an item is a further account only if it is one: a sentence of a few words is not, unless it is set
# as a paragraph of its own
SHORTEST_ENTRY = 40
PARAGRAPH_INDENT = 2  # columns of white space that make a new paragraph
FULL = 0.8  # of the length that but one line in ten exceeds; a line that is shorter was ended by its writer
LEAST_LINES = 3  # of either kind, before indents are believed
PLAIN_SHARE = 0.8  # of the lines that go on with a full one: these begin at the edge
EVENT_WITHIN = 400  # characters of an entry in which the date of its event is looked for


def paragraphs_of(sheet: Sheet, lines: Sequence[Line]) -> frozenset[int] | None:
    """The positions where a paragraph of the body begins, told by indents from lines that the page wrapped; None where they do not tell."""
    indented = [line.start for line in lines if line.indent >= PARAGRAPH_INDENT]
    lengths = sorted(line.end - line.start for line in lines)
    full = FULL * lengths[len(lengths) * 9 // 10] if lengths else 0.0
    going_on = [after for line, after in pairwise(lines) if line.end - line.start >= full and not sheet.is_finished(line.end)]
    plain = sum(line.indent < PARAGRAPH_INDENT for line in going_on)
    is_told = len(indented) >= LEAST_LINES and plain >= max(LEAST_LINES, PLAIN_SHARE * len(going_on))
    return frozenset(indented) if is_told else None


def entry_slices(sheet: Sheet, anchor: Anchor, paragraphs: frozenset[int] | None) -> list[list[Slice]]:
    """The lines of an item as entries: a line that opens with a date after a full stop begins another account, if it may be a paragraph."""
    out: list[list[Slice]] = []
    is_dated = bool(anchor.body) and DATE_LEAD.match(sheet.flat, anchor.body[0][0]) is not None
    for n, (start, end) in enumerate(anchor.body):
        opens = is_dated and (start, end) != anchor.restored and _opens_entry(sheet, anchor.body, n, paragraphs)
        if not out or opens:
            out.append([])
        out[-1].append((start, end))
    return out


def _opens_entry(sheet: Sheet, body: list[Slice], n: int, paragraphs: frozenset[int] | None) -> bool:
    start, end = body[n]
    match = DATE_LEAD.match(sheet.flat, start, body[-1][1])
    if n == 0 or not match or not sheet.is_finished(body[n - 1][1]):
        return False
    is_account = start in paragraphs if paragraphs is not None else end - start >= SHORTEST_ENTRY
    return is_account and "," in sheet.flat[match.end():match.end() + 4]


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
