"""What other rooms keep beside the record in the same database: proved with it, carried out with it, brought back with it.

The archive knows no room by name: one that keeps something says so with `keep` when its app is made ready.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from yuebao.archive.values import Fault


@dataclass(frozen=True, slots=True)
class Kept:
    """What a room keeps, and its functions: `faults` (what `verify` asks), `entries` (files of `folder` in a bag, by name), `is_held`
    (whether there is anything), `restore` (fill the empty tables from such a folder, in the caller's transaction; InputError E111)."""

    folder: str
    faults: Callable[[], Iterable[Fault]]
    entries: Callable[[], Iterable[tuple[str, bytes]]]
    is_held: Callable[[], bool]
    restore: Callable[[Path], None]


_kept: dict[str, Kept] = {}


def keep(kept: Kept) -> None:
    """Have it proved and carried from now on. Raises ValueError where another has that folder."""
    if kept.folder in _kept:
        raise ValueError(f"two keep {kept.folder}")
    _kept[kept.folder] = kept


def all_kept() -> tuple[Kept, ...]:
    """Whatever rooms keep, by folder."""
    return tuple(_kept[folder] for folder in sorted(_kept))
