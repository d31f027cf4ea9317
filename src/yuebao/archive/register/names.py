"""What a mention is registered under."""

from __future__ import annotations

from yuebao.archive.register.posts import absolute
from yuebao.model import Annotation, OrganisationValue, PersonValue, PlaceValue, ProjectValue

KEPT = ("person", "organisation", "place", "project")


def name_of(annotation: Annotation, place: str | None) -> str | None:
    """The name in the register of what an annotation names, in a series of that place; None in layers that it does not keep.

    市水利局 is another body in every city: it is registered with the place of the series. A body that stands in an office only (市委书记)
    is not registered: the item says nothing of it.
    """
    value = annotation.value
    if isinstance(value, OrganisationValue):
        return None if value.in_office else absolute(value.name, place)
    return value.name if isinstance(value, PersonValue | PlaceValue | ProjectValue) else None
