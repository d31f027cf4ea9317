"""Annotate: dates, people with their offices, and document titles in the text of an issue.

Requires an issue with its structure; gives the same issue with annotations. Text is never changed. Deterministic and idempotent: what an
item carried before is replaced. A layer is one function from a `Passage` and what is known of names to annotations; LAYER_FUNCTIONS is
the place for more of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from operator import attrgetter

from yuebao.annotate.acts import annotate_acts
from yuebao.annotate.divisions import home_of
from yuebao.annotate.money import annotate_money
from yuebao.annotate.named import Named, annotate_named, learn_named
from yuebao.annotate.passage import Passage
from yuebao.annotate.people import Known, annotate_people, learn_names
from yuebao.annotate.plain import annotate_dates, annotate_documents
from yuebao.annotate.quantities import annotate_quantities
from yuebao.model import Annotation, Issue, Item, map_items

__all__ = ["RULES_VERSION", "annotate", "annotate_text"]

# what an annotation was made by; raise it when a rule or a lexicon changes what is annotated
RULES_VERSION = "3"

LAYER_FUNCTIONS: tuple[Callable[[Passage, Known], list[Annotation]], ...] = (
    annotate_dates, annotate_people, annotate_documents, annotate_money, annotate_quantities,
)


def annotate(issue: Issue) -> Issue:
    """The issue with every item annotated, sorted by (start, end, layer). A name established in one item is known in all."""
    year, month = issue.masthead.year, issue.masthead.month
    passages = {item.number: Passage.of(item.text, year, month) for item in issue.items()}
    known = learn_names(list(passages.values()), frozenset())
    named = learn_named(list(passages.values()), known, home_of(issue.masthead))

    def annotated(item: Item) -> Item:
        return replace(item, annotations=_annotations(passages[item.number], known, named))

    return replace(issue, columns=map_items(issue.columns, annotated), annotated_by=f"yuebao/{RULES_VERSION}")


def annotate_text(
    text: str, year: int | None, month: int | None, names: frozenset[str] = frozenset(),
) -> tuple[Annotation, ...]:
    """The annotations of one text; `year` and `month` complete its dates, `names` are people known to be spoken of."""
    passage = Passage.of(text, year, month)
    known = learn_names([passage], names)
    return _annotations(passage, known, learn_named([passage], known, None))


def _annotations(passage: Passage, known: Known, named: Named) -> tuple[Annotation, ...]:
    found = [annotation for layer in LAYER_FUNCTIONS for annotation in layer(passage, known)]
    found += annotate_named(passage, named)
    found += annotate_acts(passage, found)
    return tuple(sorted(found, key=attrgetter("start", "end", "layer")))
