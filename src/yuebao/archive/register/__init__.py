"""The register: who and what the archive has read of. Derived from the mentions and from people's decisions; made again, it is the same.

`mark` (called wherever mentions are written, in the same transaction) notes the names that changed; `follow` makes their rows anew, so
that a crash between the two heals itself at the next opening. `merge`, `split`, `undo` are people's decisions on who is who. `dump` is
all that the register says, in one order, without a row's id; `odd_names` is what `verify` asks.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from yuebao.archive.register.context import places_of
from yuebao.archive.register.names import KEPT, name_of
from yuebao.archive.register.posts import absolute
from yuebao.archive.register.successions import successions

if TYPE_CHECKING:
    from yuebao.archive.register.deciding import merge, split, undo
    from yuebao.archive.register.rows import dump, follow, mark, mark_all, mark_names, odd_names
    from yuebao.archive.register.suggestions import suggest

__all__ = [
    "KEPT", "absolute", "dump", "follow", "mark", "mark_all", "mark_names", "merge", "name_of", "odd_names", "places_of", "split",
    "successions", "suggest", "undo",
]
_HOMES = dict.fromkeys(("dump", "follow", "mark", "mark_all", "mark_names", "odd_names"), "rows")
_HOMES |= dict.fromkeys(("merge", "split", "undo"), "deciding") | {"suggest": "suggestions"}


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(f"yuebao.archive.register.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
