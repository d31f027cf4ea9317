"""The layers that need no more than the text: dates and document titles."""

from __future__ import annotations

import re

from yuebao.annotate.passage import Passage
from yuebao.annotate.people import Known
from yuebao.calendar_text import DateFound, find_dates
from yuebao.model import Annotation, DateValue, DocumentValue

# a title may hold another (《关于实施〈条例〉的意见》, rarely 《…《条例》…》); it does not run over a line
_TITLE = re.compile("《((?:[^《》\n]|《[^《》\n]{1,80}》){1,200})》")


def annotate_dates(passage: Passage, known: Known) -> list[Annotation]:
    """Every calendar expression. A date without a year is of the passage's year."""
    del known
    found = find_dates(passage.text, passage.year, passage.month)
    return [Annotation("date", d.start, d.end, DateValue(d.starts_on, d.ends_on, d.relative), _rule_of(d)) for d in found]


def _rule_of(found: DateFound) -> str:
    return "date/relative" if found.relative else "date/calendar"


def annotate_documents(passage: Passage, known: Known) -> list[Annotation]:
    """Every title in 《》; the span has the brackets, the value has not."""
    del known
    return [Annotation("document", m.start(), m.end(), DocumentValue(m[1]), "document/brackets") for m in _TITLE.finditer(passage.text)]
