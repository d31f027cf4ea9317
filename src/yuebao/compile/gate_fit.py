"""Whether words of an item are those of a passage of a clipping, but for the turns that the clipping allows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from yuebao.compile.gate_turns import Turn


def fits(piece: str, text: str, start: int, end: int, turns: Sequence[Turn]) -> bool:
    """Whether `piece` says what `text[start:end]` says, each turn taken or not."""
    return reach(piece, text, start, end, turns)[1]


def reach(piece: str, text: str, start: int, end: int, turns: Sequence[Turn]) -> tuple[int, bool]:
    """How many characters of `piece` follow the passage, and whether all of both do.

    Every way of taking or not taking the turns is tried: states are places in both, each visited once.
    """
    by_start: dict[int, list[Turn]] = defaultdict(list)
    for turn in turns:
        if start <= turn.start and turn.end <= end:
            by_start[turn.start].append(turn)
    seen, todo, furthest = {(0, start)}, [(0, start)], 0
    while todo:
        here, there = todo.pop()
        furthest = max(furthest, here)
        if here == len(piece) and there == end:
            return here, True
        steps = [(here + len(t.now), t.end) for t in by_start[there] if piece.startswith(t.now, here)]
        if here < len(piece) and there < end and piece[here] == text[there]:
            steps.append((here + 1, there + 1))
        if here < len(piece) and piece[here].isspace():
            steps.append((here + 1, there))
        for step in steps:
            if step not in seen:
                seen.add(step)
                todo.append(step)
    return furthest, False
