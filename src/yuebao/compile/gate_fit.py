"""Whether words of an item are those of a passage of a clipping, but for the turns that the clipping allows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from yuebao.compile.gate_turns import Turn


def fits(piece: str, text: str, start: int, end: int, turns: Sequence[Turn]) -> bool:
    """Whether `piece` says what `text[start:end]` says, each turn taken or not."""
    return (len(piece), end) in _met(piece, 0, text, start, [turn for turn in turns if turn.end <= end], end)


def reach(piece: str, text: str, start: int, end: int, turns: Sequence[Turn]) -> int:
    """How many characters of `piece` follow the passage."""
    return max(here for here, _ in _met(piece, 0, text, start, [turn for turn in turns if turn.end <= end], end))


def furthest(text: str, at: int, source: str, place: int, turns: Sequence[Turn]) -> list[tuple[int, int]]:
    """The ends, in the text and in the source, of what both say from `at` and `place` on; the furthest first.

    Of several ends in the source at one end in the text the first is given: what is left out behind is no part of it.
    """
    met = sorted(_met(text, at, source, place, turns, len(source)), key=lambda state: (-state[0], state[1]))
    return [next(states) for end, states in groupby(met, key=itemgetter(0)) if end > at]


def _met(piece: str, at: int, text: str, start: int, turns: Sequence[Turn], end: int) -> set[tuple[int, int]]:
    """The places in both that are come to, word for word, from `at` and `start`.

    Every way of taking or not taking the turns is tried: states are places in both, each visited once.
    """
    by_start: dict[int, list[Turn]] = defaultdict(list)
    for turn in turns:
        by_start[turn.start].append(turn)
    seen, todo = {(at, start)}, [(at, start)]
    while todo:
        here, there = todo.pop()
        steps = [(here + len(t.now), t.end) for t in by_start[there] if piece.startswith(t.now, here)]
        if here < len(piece) and there < end and piece[here] == text[there]:
            steps.append((here + 1, there + 1))
        if here < len(piece) and piece[here].isspace() and piece[here] != "\n":
            steps.append((here + 1, there))
        for step in steps:
            if step not in seen:
                seen.add(step)
                todo.append(step)
    return seen
