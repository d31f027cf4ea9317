"""The order of a draft: columns as the run has them; within a column by day, then by the table or the order learned, then by number.

Items are put in order, never the names within a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

from yuebao.compile.columns_cues import Path
from yuebao.model import Item


def ordered(placed: Sequence[tuple[Item, Path]], columns: Sequence[Path], precedence: Sequence[str] = ()) -> tuple[int, ...]:
    """The positions of the items as they would stand.

    `columns`: their order (`columns.in_order`); one that is not among them stands behind all, in the order met. `precedence`: names, the
    first first, of the office's table or learned from the run (`precedence.learned`).
    """
    known = list(dict.fromkeys([*columns, *(path for _, path in placed)]))
    return tuple(sorted(range(len(placed)), key=lambda n: (known.index(placed[n][1]), *_key(placed[n][0], precedence), n)))


def _key(item: Item, precedence: Sequence[str]) -> tuple[str, int]:
    days = [entry.date.starts_on for entry in item.entries if entry.date]
    return min(days, default="9999"), len(precedence)
