"""A text that is no issue: a news report as one item of the design, any other as its lines."""

from __future__ import annotations

import re

from yuebao.model import Column, Dropped, Entry, Issue, Item, Masthead, Source
from yuebao.structure.entries import event_date
from yuebao.structure.sheet import Line, Sheet, Text

# a longer first line is a paragraph, or a line of one that the page wrapped
LONGEST_HEADLINE = 60
# of a wrapped paragraph the lines are all but equally long; a first line below this share of the longest was ended by its writer
ENDED_EARLY = 0.85
# white space that makes a new paragraph
PARAGRAPH_INDENT = 2


def structure_single(source: Source, year: int | None = None, month: int | None = None) -> Item:
    """The text as item 1, not annotated: its first line is the headline where it is one, the rest is one entry.

    Wraps are undone; paragraphs stay apart by a line end, which has no origin. `year` and `month` complete the date of the entry.
    """
    sheet = Sheet(source.text)
    text = Text(sheet)
    longest = max((line.end - line.start for line in sheet.lines), default=0)
    headline, body = None, sheet.lines
    if _is_headline(sheet, sheet.lines):
        text.add((body[0].start, body[0].end))
        headline, body = text.value(), body[1:]
        text.break_line()
    start = text.length
    for before, line in zip([None, *body], body, strict=False):
        if before is not None and not _goes_on(sheet, before, line, longest):
            text.break_line()
        text.add((line.start, line.end))
    whole = text.value()
    entry = Entry(start, text.length, event_date(whole[start:], year, month))
    return Item(1, headline, None, None, whole, (entry,), origin=tuple(text.origin))


def structure_lines(source: Source) -> Issue:
    """The text as an issue without masthead, each of its filled lines an item by itself; promise 1 holds."""
    sheet = Sheet(source.text)
    items = []
    for number, line in enumerate(sheet.lines, 1):
        text = Text(sheet)
        start, end = text.add((line.start, line.end))
        items.append(Item(number, None, None, None, text.value(), (Entry(start, end, None),), origin=tuple(text.origin)))
    dropped = tuple(Dropped(*found.span(), "NUL") for found in re.finditer("\0+", source.text))
    return Issue(source.info, Masthead(), columns=(Column(None, items=tuple(items)),), dropped=dropped, problems=source.problems)


def _goes_on(sheet: Sheet, before: Line, line: Line, longest: int) -> bool:
    """Whether a line goes on with the paragraph of the line before: that was full, and its sentence is not finished."""
    is_apart = line.blank_before or line.indent >= PARAGRAPH_INDENT or _is_row(sheet, before) or _is_row(sheet, line)
    return not is_apart and not sheet.is_finished(before.end) and before.end - before.start >= ENDED_EARLY * longest


def _is_row(sheet: Sheet, line: Line) -> bool:
    """Whether a line is a row of a table: its cells are parted by tabs."""
    return "\t" in sheet.text[sheet.at[line.start]:sheet.at[line.end - 1]]


def _is_headline(sheet: Sheet, lines: list[Line]) -> bool:
    """Whether the first line is a headline: short, no sentence, and ended by its writer, not by the page."""
    first, rest = lines[0], lines[1:]
    if not rest or first.end - first.start > LONGEST_HEADLINE or sheet.flat[first.end - 1] in "。,;:" or "。" in sheet.of(first):
        return False
    longest = max(line.end - line.start for line in rest)
    return rest[0].blank_before or rest[0].indent >= PARAGRAPH_INDENT + first.indent or first.end - first.start < ENDED_EARLY * longest
