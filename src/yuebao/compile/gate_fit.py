"""Whether words of an item are those of a passage of a clipping, but for the turns that the clipping allows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from yuebao.compile.gate_turns import Turn

Turns = Mapping[int, Sequence[Turn]]  # by where they begin


def by_start(turns: Iterable[Turn]) -> Turns:
    """The turns by where they begin."""
    found: dict[int, list[Turn]] = defaultdict(list)
    for turn in turns:
        found[turn.start].append(turn)
    return dict(found)


def fits(piece: str, text: str, start: int, end: int, turns: Turns) -> bool:
    """Whether `piece` says what `text[start:end]` says, each turn taken or not."""
    return (len(piece), end) in _met(piece, 0, text, start, turns, end)


def reach(piece: str, text: str, start: int, end: int, turns: Turns) -> int:
    """How many characters of `piece` follow the passage."""
    return max(here for here, _ in _met(piece, 0, text, start, turns, end))


def furthest(text: str, at: int, source: str, place: int, turns: Turns) -> list[tuple[int, int]]:
    """The ends, in the text and in the source, of what both say from `at` and `place` on; the furthest first.

    Of several ends in the source at one end in the text the first is given: what is left out behind is no part of it.
    """
    met = sorted(_met(text, at, source, place, turns, len(source)), key=lambda state: (-state[0], state[1]))
    return [next(states) for end, states in groupby(met, key=itemgetter(0)) if end > at]


def _met(piece: str, at: int, text: str, start: int, turns: Turns, end: int) -> set[tuple[int, int]]:
    """The places in both that are come to, word for word, from `at` and `start`.

    Every way of taking or not taking the turns is tried: states are places in both, each visited once.
    """
    seen, todo = {(at, start)}, [(at, start)]
    while todo:
        here, there = todo.pop()
        steps = [(here + len(t.now), t.end) for t in turns.get(there, ()) if t.end <= end and piece.startswith(t.now, here)]
        if here < len(piece) and there < end and piece[here] == text[there]:
            steps.append((here + 1, there + 1))
        if here < len(piece) and piece[here].isspace() and piece[here] != "\n":
            steps.append((here + 1, there))
        for step in steps:
            if step not in seen:
                seen.add(step)
                todo.append(step)
    return seen
