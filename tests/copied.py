"""Copy and items of 云陵市 for the tests of compile, annotated as pipeline does it."""

from datetime import date
from functools import cache

from yuebao import pipeline, samples
from yuebao.annotate import annotate_text
from yuebao.model import Entry, EntryDate, Item


def clipping(number, headline, text, on=date(2026, 1, 31)):
    """The clipping of a headline and a text."""
    return pipeline.take_copy(f"{number:02}.txt", f"{headline}\n\n{text}\n".encode(), number, on=on)


def item(headline, text="", day=None, number=1):
    """An annotated item; `day` is that of its entry."""
    whole = f"{headline}\n{text}" if headline else text
    start = len(whole) - len(text)
    entry = Entry(start, len(whole), EntryDate(day, day, day) if day else None)
    return Item(number, headline or None, None, None, whole, (entry,), annotate_text(whole, 2026, 1))


@cache
def year():
    """The twelve issues of the sample year."""
    return tuple(pipeline.read_issue(path) for path in samples.year())
