"""The order of a draft: columns as the run has them; within a column by day, then by the table or the order learned, then by number.

Items are put in order, never the names within a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

from yuebao.compile.columns_cues import Path
from yuebao.compile.order_people import Precedence
from yuebao.model import Item, PersonValue

UNDATED = "9999"  # what bears no day stands behind what does


def ordered(placed: Sequence[tuple[Item, Path]], columns: Sequence[Path], precedence: Precedence | None = None) -> tuple[int, ...]:
    """The positions of the items as they would stand; `placed` is in order of their numbers.

    `columns`: their order (`columns.in_order`); one that is not among them stands behind all, in the order met. Items of one day stand by
    the people whom they name first, as far as `precedence` knows both.
    """
    known = list(dict.fromkeys([*columns, *(path for _, path in placed)]))
    by_day = sorted(range(len(placed)), key=lambda n: (known.index(placed[n][1]), _day(placed[n][0])))
    out: list[int] = []
    for n in by_day:
        out.insert(_place(out, n, placed, precedence), n)
    return tuple(out)


def _place(out: Sequence[int], n: int, placed: Sequence[tuple[Item, Path]], precedence: Precedence | None) -> int:
    """Where an item goes: behind all before it, but before those of its column and day whose person it is known to precede."""
    at = len(out)
    person = _first_person(placed[n][0])
    while precedence and person and at and _are_together(placed[out[at - 1]], placed[n]):
        other = _first_person(placed[out[at - 1]][0])
        if other is None or precedence.is_first(person, other) is not True:
            break
        at -= 1
    return at


def _are_together(one: tuple[Item, Path], other: tuple[Item, Path]) -> bool:
    return one[1] == other[1] and _day(one[0]) == _day(other[0])


def _day(item: Item) -> str:
    return min((entry.date.starts_on for entry in item.entries if entry.date), default=UNDATED)


def _first_person(item: Item) -> str | None:
    return next((annotation.value.name for annotation in item.annotations if isinstance(annotation.value, PersonValue)), None)
