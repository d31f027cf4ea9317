"""Two texts beside each other: what differs, word by word; three brought together; spans carried from one to the next. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "deleted", "inserted"]

_WORD = re.compile(r"[A-Za-z]+|\d[\d.,]*|\s+|.", re.DOTALL)  # of Chinese each character is a word
_CLAUSE = re.compile(r"[^，。；！？\n]*(?:[，。；！？]+[”’）》]*\n*|\n+|$)")
# so few characters left between two changes are read as changed too: 郑文柏 beside 何文仪 is another name, not two changes around 文
SHORTEST_SAME = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of two texts: in both, only in the old, only in the new."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Clash:
    """A passage that two people changed from `base`, each otherwise."""

    base: str
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class Merged:
    """Two changes of one text in one; where they clash the text has `mine`, and both are told."""

    text: str
    clashes: tuple[Clash, ...]


def differences(old: str, new: str) -> tuple[Piece, ...]:
    """What was deleted and inserted, in order; `same` and `deleted` together are the old text, `same` and `inserted` the new."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    out: list[Piece] = []
    for tag, a, b, c, d in _joined(SequenceMatcher(None, before, after, autojunk=False).get_opcodes()):
        deleted, inserted = "".join(before[a:b]), "".join(after[c:d])
        if tag == "equal":
            out.append(Piece("same", deleted))
            continue
        out += [piece for piece in (Piece("deleted", deleted), Piece("inserted", inserted)) if piece.text]
    return tuple(out)


def _joined(codes: Sequence[tuple[str, int, int, int, int]]) -> Iterator[tuple[str, int, int, int, int]]:
    """The opcodes, a short stretch between two changes taken into them."""
    last = len(codes) - 1
    held: tuple[str, int, int, int, int] | None = None
    for n, (tag, a, b, c, d) in enumerate(codes):
        is_between = tag == "equal" and 0 < n < last and b - a < SHORTEST_SAME
        if tag == "equal" and not is_between:
            if held:
                yield held
            held = None
            yield tag, a, b, c, d
        else:
            held = ("replace", held[1], b, held[3], d) if held else ("replace", a, b, c, d)
    if held:
        yield held


def merged(base: str, theirs: str, mine: str) -> Merged:
    """Both changes of `base` in one text, clause by clause. A clause that only one of them touched is as that one left it."""
    old, one, two = _clauses(base), _clauses(theirs), _clauses(mine)
    out: list[str] = []
    clashes: list[Clash] = []
    for (a, b), (c, d), (e, f) in _regions(old, one, two):
        was, their, my = "".join(old[a:b]), "".join(one[c:d]), "".join(two[e:f])
        if their not in (was, my) and my != was:
            clashes.append(Clash(was, their, my))
        out.append(their if my == was else my)
    return Merged("".join(out), tuple(clashes))


def _clauses(text: str) -> list[str]:
    return [found for found in _CLAUSE.findall(text) if found]


Region = tuple[int, int]


def _regions(old: Sequence[str], one: Sequence[str], two: Sequence[str]) -> Iterator[tuple[Region, Region, Region]]:
    """Old cut into clauses that both have kept, one at a time, and the stretches between, each with where it is in the other two."""
    in_one, in_two = _kept(old, one), _kept(old, two)
    a = c = e = 0
    for at in sorted(in_one.keys() & in_two.keys()):
        if (a, c, e) != (at, in_one[at], in_two[at]):
            yield (a, at), (c, in_one[at]), (e, in_two[at])
        a, c, e = at + 1, in_one[at] + 1, in_two[at] + 1
        yield (at, a), (c - 1, c), (e - 1, e)
    yield (a, len(old)), (c, len(one)), (e, len(two))


def _kept(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {a + n: b + n for a, b, size in blocks for n in range(size)}


def carried(spans: Sequence[tuple[int, int]], old: str, new: str) -> list[tuple[int, int] | None]:
    """Where spans of the old text stand in the new; None for those whose characters are not all there, together, any more."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return [
        next(((start - a + b, end - a + b) for a, b, size in blocks if a <= start and end <= a + size), None)
        for start, end in spans
    ]
