"""Two texts beside each other: what differs, word by word; three brought together; spans carried from one to the next. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "deleted", "inserted"]

_WORD = re.compile(r"[A-Za-z]+|\d[\d.,]*|\s+|.", re.DOTALL)  # of Chinese each character is a word
_CLAUSE = re.compile(r"[^，。；！？\n]*[，。；！？]+[”’）》]*|[^，。；！？\n]+|\n+")
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
    old = _CLAUSE.findall(base)
    their_changes, my_changes = _changes(old, theirs), _changes(old, mine)
    out, at = [], 0
    clashes: list[Clash] = []
    for start, end in _regions([*their_changes, *my_changes]):
        was, their, my = "".join(old[start:end]), _told(old, start, end, their_changes), _told(old, start, end, my_changes)
        if was not in (their, my) and their != my:
            clashes.append(Clash(was, their, my))
        out += [*old[at:start], their if my == was else my]
        at = end
    return Merged("".join([*out, *old[at:]]), tuple(clashes))


Change = tuple[int, int, str]  # these clauses of the old text became that


def _changes(old: Sequence[str], new: str) -> list[Change]:
    after = _CLAUSE.findall(new)
    codes = SequenceMatcher(None, old, after, autojunk=False).get_opcodes()
    return [(a, b, "".join(after[c:d])) for tag, a, b, c, d in codes if tag != "equal"]


def _regions(changes: Sequence[Change]) -> list[tuple[int, int]]:
    """The stretches of the old text that changes touch; those that overlap, or insert at one place, are one."""
    out: list[tuple[int, int]] = []
    for start, end, _ in sorted(changes):
        if out and (start < out[-1][1] or (start, end) == out[-1]):
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return out


def _told(old: Sequence[str], start: int, end: int, changes: Sequence[Change]) -> str:
    """What somebody's changes make of a stretch."""
    out, at = [], start
    for a, b, text in changes:
        if start <= a and b <= end and (a < b or start == end or start < a < end):
            out += [*old[at:a], text]
            at = b
    return "".join([*out, *old[at:end]])


def carried(spans: Sequence[tuple[int, int]], old: str, new: str) -> list[tuple[int, int] | None]:
    """Where spans of the old text stand in the new; None for those whose characters are not all there, together, any more."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return [
        next(((start - a + b, end - a + b) for a, b, size in blocks if a <= start and end <= a + size), None)
        for start, end in spans
    ]
