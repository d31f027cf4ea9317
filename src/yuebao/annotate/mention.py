"""A person spoken of at a place, and the places already held."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Mention:
    """`name` without inner space; `offices` as written beside it, one per office; `by` names the rule."""

    start: int
    end: int
    name: str
    offices: tuple[str, ...]
    by: str


@dataclass(slots=True)
class Taken:
    """The places that mentions hold; where names end; where the titles begin that stand after one (习近平主席贺信: no office of 贺信)."""

    places: set[int] = field(default_factory=set)
    name_ends: set[int] = field(default_factory=set)
    titles: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, mentions: Iterable[Mention]) -> Taken:
        """What these mentions hold."""
        taken = cls()
        for mention in mentions:
            taken.add(mention)
        return taken

    def add(self, mention: Mention) -> None:
        """Hold the places of a mention."""
        self.places.update(range(mention.start, mention.end))
        self.name_ends.add(mention.end)

    def holds(self, start: int, end: int) -> bool:
        """Whether any of the places is held."""
        return not self.places.isdisjoint(range(start, end))
