"""How the archive has printed the people of an item: their offices as written, how often, when last (见载)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from yuebao.archive.models import Tenure


@dataclass(frozen=True, slots=True)
class Form:
    """An office as written beside a name: in how many items, and the year and number of the issue that printed it last."""

    office: str
    count: int
    year: int
    number: int | None


@dataclass(frozen=True, slots=True)
class Named:
    """A person of a text: the offices that it gives, and those that print has had, the last printed first, then the most frequent."""

    name: str
    offices: tuple[str, ...]
    forms: tuple[Form, ...]

    @property
    def unlike(self) -> tuple[str, ...]:
        """The offices given here that were never printed beside this name, where others were; 区委书记 for 某区区委书记 is the same."""
        known = {form.office for form in self.forms}
        return tuple(
            office for office in self.offices
            if known and not any(office.endswith(form) or form.endswith(office) for form in known))


def named_in(people: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[Named, ...]:
    """People (a name, offices as written) in order, each once, with what print has of them. One query."""
    offices: dict[str, dict[str, None]] = {}
    for name, of_name in people:
        offices.setdefault(name, {}).update(dict.fromkeys(of_name))
    forms: dict[str, list[Form]] = {name: [] for name in offices}
    rows = Tenure.objects.filter(registered__layer="person", registered__name__in=offices)
    for row in rows.select_related("registered", "last__item__issue").order_by("pk"):
        last = row.last.item.issue
        forms[row.registered.name] += [Form(form, count, last.year, last.number) for form, count in row.written.items()]
    return tuple(
        Named(name, tuple(given), tuple(sorted(forms[name], key=lambda form: (-form.year, -(form.number or 0), -form.count, form.office))))
        for name, given in offices.items()
    )
