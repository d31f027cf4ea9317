"""Which of two people is printed first: as the lists of the run have them, or as the office's own dated table (order.tsv) says.

Learned within one of the four bodies of leaders only (committee, congress, government, consultative conference), and where no list says
otherwise; across them only the table speaks. Two people at a time, no ranking of more.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from yuebao.errors import UsageError
from yuebao.lexicon import LexiconError, own_table
from yuebao.model import Annotation, Issue, Item, PersonValue

LEAST_LISTS = 2  # one list may have been an exception

_BODIES = {
    "congress": re.compile("人大|人民代表大会"),
    "conference": re.compile("政协"),
    "committee": re.compile("委(?:常委|副?书记|秘书长|.{2,6}部长|政法委书记)$"),
    "government": re.compile("[省市州盟旗县区](?:副|常务副|代)?长$"),
}


@dataclass(frozen=True, slots=True)
class Precedence:
    """`lists`: how often the first of two people stood before the second within one body; `places`: the table's, by name."""

    lists: Mapping[tuple[str, str], int]
    places: Mapping[str, int]

    def is_first(self, one: str, other: str) -> bool | None:
        """Whether the one is printed before the other; None where it is not known, or print has it both ways."""
        if one in self.places and other in self.places and self.places[one] != self.places[other]:
            return self.places[one] < self.places[other]
        before, behind = self.lists.get((one, other), 0), self.lists.get((other, one), 0)
        return before > behind if max(before, behind) >= LEAST_LISTS and not min(before, behind) else None


def precedence_of(run: Sequence[Issue], on: str) -> Precedence:
    """What the run and the office's table say on a day (ISO). Raises UsageError E208 for a fault of the table."""
    lists: Counter[tuple[str, str]] = Counter()
    for issue in run:
        bodies = _bodies_of(issue)
        for item in issue.items():
            for chain in _chains(item):
                lists.update((a, b) for a, b in combinations(chain, 2) if bodies[a] & bodies[b])
    return Precedence(lists, _places(on))


def _bodies_of(issue: Issue) -> dict[str, set[str]]:
    """The bodies of leaders that each person's offices in an issue are of."""
    bodies: dict[str, set[str]] = defaultdict(set)
    for _, person in (each for item in issue.items() for each in _people(item)):
        for office in person.offices:
            bodies[person.name] |= {body for body, sign in _BODIES.items() if sign.search(office)}
    return bodies


def _people(item: Item) -> list[tuple[Annotation, PersonValue]]:
    return [(annotation, annotation.value) for annotation in item.annotations if isinstance(annotation.value, PersonValue)]


def _chains(item: Item) -> Iterator[list[str]]:
    """The runs of people in a text that nothing but list marks and their own offices part."""
    people = _people(item)
    chain = [person.name for _, person in people[:1]]
    for (before, _), (after, person) in pairwise(people):
        between = item.text[before.end:after.start]
        for office in person.offices:
            between = between.replace(office, "", 1)
        if between and not between.strip("、，"):
            chain.append(person.name)
        else:
            yield chain
            chain = [person.name]
    yield chain


def _places(on: str) -> dict[str, int]:
    """The places of the table's rows in force on a day, by name."""
    try:
        rows = own_table("order")
    except LexiconError as error:
        raise UsageError("E208", reason=str(error)) from None
    return {
        row["term"]: int(row["place_in_order"]) for _, row in rows
        if row["place_in_order"].isdigit() and (row["from_on"] == "-" or row["from_on"] <= on)
        and (row["until_on"] == "-" or on <= row["until_on"] + "￿")}
