"""What takes long to make (findings, gaps, habits), remembered by what it was made of; nothing is kept, another process makes it anew."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from yuebao.archive.derived import CHANGES
from yuebao.archive.models import Decision, Derived
from yuebao.archive.places import home_path

T = TypeVar("T")


class Memory(Generic[T]):
    """What was made, by what it was made of; the oldest is forgotten where there is more than `most`."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.held: dict[Hashable, T] = {}

    def known(self, key: Hashable) -> T | None:
        """What is remembered under the key, None where nothing is."""
        return self.held.get(key)

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What is remembered under the key, else made now."""
        found = self.known(key)
        if found is None:
            found = self.held[key] = make()
            while len(self.held) > self.most:
                self.held.pop(next(iter(self.held)), None)
        return found


def archive_state() -> Hashable:
    """What is another where the archive, or what was decided on it, has changed. Two queries."""
    changes = Derived.objects.filter(key=CHANGES).values_list("value", flat=True).first()
    return str(home_path()), changes, Decision.objects.count()
