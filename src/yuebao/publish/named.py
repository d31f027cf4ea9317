"""The people, organisations and places that an issue names, each with the passages that name them: what indexes are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from yuebao.model import Annotation, Issue, Item, PersonValue, PlaceValue
from yuebao.publish.index import by_pinyin, letter_of

LAYERS = ("person", "organisation", "place")


@dataclass(frozen=True, slots=True)
class Mention:
    """A passage that names someone or something: the item, and where in its text."""

    item: Item
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Named:
    """One name with its mentions in body order.

    `letter`: under which it stands in an index; `said`: the offices of a person as written; `code` of a place, with its system.
    """

    key: str
    letter: str
    name: str
    said: tuple[str, ...]
    code: str | None
    system: str | None
    mentions: tuple[Mention, ...]


def named_in(issue: Issue) -> Mapping[str, tuple[Named, ...]]:
    """For each of LAYERS the names, in the order of their pinyin."""
    found: dict[str, dict[str, list[tuple[Item, Annotation]]]] = {layer: {} for layer in LAYERS}
    for item in issue.items():
        for annotation in item.annotations:
            if annotation.layer in found:
                found[annotation.layer].setdefault(name_of(annotation), []).append((item, annotation))
    return {layer: _in_order(layer, names) for layer, names in found.items()}


def _in_order(layer: str, names: Mapping[str, list[tuple[Item, Annotation]]]) -> tuple[Named, ...]:
    keyed = sorted((by_pinyin(name, layer == "person"), name) for name in names)
    return tuple(_named(f"{layer}-{n}", letter_of(key), name, names[name]) for n, (key, name) in enumerate(keyed, 1))


def name_of(annotation: Annotation) -> str:
    """The name in an annotation's value (of one of LAYERS)."""
    return str(getattr(annotation.value, "name", ""))


def _named(key: str, letter: str, name: str, found: list[tuple[Item, Annotation]]) -> Named:
    offices = [office for _, a in found if isinstance(a.value, PersonValue) for office in a.value.offices]
    place = next((a.value for _, a in found if isinstance(a.value, PlaceValue) and a.value.code), None)
    return Named(
        key, letter, name, tuple(dict.fromkeys(offices)), place.code if place else None, place.system if place else None,
        tuple(Mention(item, a.start, a.end) for item, a in found))
