"""Ask: answers from the archive, each with its issue, page and item, or none at all (查无记载).

`search` finds the items that hold words; `person` gathers what is printed of one person. Call `yuebao.archive.setup()` before.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from yuebao.ask.values import Attestation, Citation, Facets, Hit, PersonRecord, SearchResult, Snippet

if TYPE_CHECKING:
    from yuebao.ask.people import person
    from yuebao.ask.words import search

__all__ = ["Attestation", "Citation", "Facets", "Hit", "PersonRecord", "SearchResult", "Snippet", "person", "search"]
_HOMES = {"person": "people", "search": "words"}


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(f"yuebao.ask.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
