"""The register: who and what the archive has read of. Derived from the mentions and from people's decisions; made again, it is the same.

`mark` (called wherever mentions are written, in the same transaction) notes the names that changed; `follow` makes their rows anew, so that
a crash between the two heals itself at the next opening. `dump` is all that the register says, in one order, without a row's id.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from yuebao.archive.register.context import places_of
from yuebao.archive.register.names import KEPT, name_of

if TYPE_CHECKING:
    from yuebao.archive.register.rows import dump, follow, mark, mark_all, mark_names

__all__ = ["KEPT", "dump", "follow", "mark", "mark_all", "mark_names", "name_of", "places_of"]
_ROWS = ("dump", "follow", "mark", "mark_all", "mark_names")


def __getattr__(name: str) -> object:
    if name in _ROWS:
        return getattr(import_module("yuebao.archive.register.rows"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
