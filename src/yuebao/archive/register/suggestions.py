"""What the register would add to an issue: names that it knows and the rules did not see, offices that print last gave.

Suggestions are annotations of their own, `by` "register/name" or "register/office". They are made when asked, with the register as it
is, and are never stored in a document (promise 4); no text, and no annotation of the rules, is altered.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from yuebao.archive.models import Registered, Tenure
from yuebao.archive.register import rows
from yuebao.archive.trouble import told
from yuebao.model import Annotation, Issue, Item, PersonValue, map_items

BY_NAME, BY_OFFICE = "register/name", "register/office"
# Two characters are too often part of other words, one appearance too little to go by.
SHORTEST = 3
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Known:
    """The names of the register that are one person's each, with the office that print last gave (None where none is held)."""

    offices: dict[str, str | None]

    def find(self, text: str) -> Iterable[tuple[int, int, str]]:
        """Where these names stand in a text, the longer of two."""
        if self.offices:
            pattern = re.compile("|".join(map(re.escape, sorted(self.offices, key=len, reverse=True))))
            yield from ((match.start(), match.end(), match[0]) for match in pattern.finditer(text))


def suggest(issue: Issue) -> Issue:
    """The issue with the register's suggestions beside its annotations. Raises ArchiveError."""
    with told():
        rows.follow()
        known = _known()
    return replace(issue, columns=map_items(issue.columns, lambda item: _with_suggestions(item, known)))


def _known() -> Known:
    people: dict[str, list[Registered]] = defaultdict(list)
    for person in Registered.objects.filter(layer="person", is_open=False):
        if len(person.name) >= SHORTEST:
            people[person.name].append(person)
    # of two people of one name, it is not for the register to say who is meant
    alone = {found[0].pk: name for name, found in people.items() if len(found) == 1}
    offices: dict[str, str | None] = {}
    for tenure in sorted(Tenure.objects.filter(standing="held").select_related("last"), key=_last):
        if tenure.registered_id in alone:
            offices[alone[tenure.registered_id]] = next(iter(tenure.written))
    often = {name for pk, name in alone.items() if sum(people[name][0].names.values()) >= FEWEST}
    return Known({name: offices.get(name) for name in sorted(often)})


def _last(tenure: Tenure) -> tuple[date, int]:
    """When print last gave the office; of one day, the office that came to be printed later."""
    return tenure.last.day or date.min, tenure.pk


def _with_suggestions(item: Item, known: Known) -> Item:
    own = [*_names(item, known), *_offices(item, known)]
    return replace(item, annotations=(*item.annotations, *own)) if own else item


def _names(item: Item, known: Known) -> Iterable[Annotation]:
    """Names of the register where no annotation of the rules is, people or other."""
    for start, end, name in known.find(item.text):
        if not any(a.start < end and start < a.end for a in item.annotations if a.layer not in ("act", "date")):
            yield Annotation("person", start, end, PersonValue(name), BY_NAME)


def _offices(item: Item, known: Known) -> Iterable[Annotation]:
    """The office that print last gave, for people to whom the item gives none; once for each."""
    of_name: dict[str, list[Annotation]] = defaultdict(list)
    for a in item.annotations:
        if isinstance(a.value, PersonValue):
            of_name[a.value.name].append(a)
    for name, found in of_name.items():
        office = known.offices.get(name)
        if office and not any(isinstance(a.value, PersonValue) and a.value.offices for a in found):
            yield replace(found[0], value=PersonValue(name, (office,)), by=BY_OFFICE)
