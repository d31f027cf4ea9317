"""Ask: answers from the archive, each with its issue, page and item, or none at all (查无记载).

`search` finds the items that hold words; `person` gathers what is printed of a name; `who` tells the people of a name and their offices,
`office` the people of an office, on a day or ever; `named` gathers what is printed of an organisation, a place or a project. Call
`yuebao.archive.setup()` before.

Rooms within: `questions` (plain questions), `ledger` (projects), `counting` (tables and their drawings), `rolling` (digest and chronicle of
a year), `yearbook` and `contributed` (its material, and drafts held against print), `brief` (what was found, to hand over), `tables` (the
archive to take away).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from yuebao.ask.values import (
    Appointed,
    Attestation,
    Attested,
    Citation,
    Facets,
    Hit,
    Holder,
    Named,
    NamedRecord,
    OfficeAnswer,
    OrderAnswer,
    OrderRow,
    PersonRecord,
    Quotation,
    SearchResult,
    Snippet,
    Someone,
    Succession,
    WhoAnswer,
)

if TYPE_CHECKING:
    from yuebao.ask.offices import office
    from yuebao.ask.people import person
    from yuebao.ask.precedence import order
    from yuebao.ask.someone import who
    from yuebao.ask.things import named
    from yuebao.ask.words import search, similar

__all__ = [
    "Appointed", "Attestation", "Attested", "Citation", "Facets", "Hit", "Holder", "Named", "NamedRecord", "OfficeAnswer", "OrderAnswer",
    "OrderRow", "PersonRecord", "Quotation", "SearchResult", "Snippet", "Someone", "Succession", "WhoAnswer", "named", "office", "order",
    "person", "search", "similar", "who",
]
_HOMES = {
    "person": "people", "search": "words", "similar": "words", "who": "someone", "office": "offices", "named": "things",
    "order": "precedence",
}


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(f"yuebao.ask.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
