"""Where two texts differ: the same text as runs of equal characters and edits between them, complete by construction.

`edits(old, new)` finds what a person would call the changes: whole clauses before single characters, and an insertion or a deletion where a
sentence begins rather than in its middle. Any two texts are taken; what is not alike at all is one edit.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

# Stretches that stand once in either text hold the two together; shorter ones are tried only in what is left between longer ones.
ANCHORS = (24, 12, 6)
# characters of one side times characters of the other, up to which the shortest way is looked for at once: 0.5 s for the largest
SMALL, LARGE = 250_000, 1_000_000_000
SENTENCE_ENDS, CLAUSE_ENDS = frozenset("。！？；…\n"), frozenset("，、：）》”")


class Span(NamedTuple):
    """`old[old_start:old_end]` stands in the new text as `new[new_start:new_end]`; either may be empty, not both."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def edits(old: str, new: str) -> list[Span]:
    """The edits that make `new` of `old`, in order, none touching another: what stands between them is equal."""
    found = _joined(_raw(old, new, Span(0, len(old), 0, len(new)), 0))
    found = _settled(_merged(found), old, new)
    return _joined(found)


def _raw(old: str, new: str, gap: Span, level: int) -> Iterator[Span]:
    """Edits of a gap between equal runs, in order."""
    gap = _trimmed(old, new, gap)
    wide, high = gap.old_end - gap.old_start, gap.new_end - gap.new_start
    if not wide or not high:
        if wide or high:
            yield gap
        return
    anchors: list[tuple[int, int]] = []
    if wide * high > SMALL:
        while not anchors and level < len(ANCHORS):
            anchors = _chain(old, new, gap, ANCHORS[level])
            level += 1
    if anchors:
        size = ANCHORS[level - 1]
        at_old, at_new = gap.old_start, gap.new_start
        for a, b in anchors:
            if a < at_old or b < at_new:  # within the run before
                if a - at_old != b - at_new:
                    continue
                at_old, at_new = a + size, b + size
                continue
            yield from _raw(old, new, Span(at_old, a, at_new, b), level)
            at_old, at_new = a + size, b + size
        yield from _raw(old, new, Span(at_old, gap.old_end, at_new, gap.new_end), level)
    elif wide * high > LARGE:
        yield gap
    else:
        for code in Levenshtein.opcodes(old[gap.old_start:gap.old_end], new[gap.new_start:gap.new_end]):
            if code.tag != "equal":
                yield Span(gap.old_start + code.src_start, gap.old_start + code.src_end,
                           gap.new_start + code.dest_start, gap.new_start + code.dest_end)


def _trimmed(old: str, new: str, gap: Span) -> Span:
    """The gap without what both sides begin and end with."""
    a, b, c, d = gap
    while a < b and c < d and old[a] == new[c]:
        a, c = a + 1, c + 1
    while a < b and c < d and old[b - 1] == new[d - 1]:
        b, d = b - 1, d - 1
    return Span(a, b, c, d)


def _chain(old: str, new: str, gap: Span, size: int) -> list[tuple[int, int]]:
    """The longest series of places, rising in both texts, at which a stretch of `size` stands that either gap holds but once."""
    in_old, in_new = _once(old, gap.old_start, gap.old_end, size), _once(new, gap.new_start, gap.new_end, size)
    pairs = [(at, in_new[stretch]) for stretch, at in in_old.items() if stretch in in_new]
    pairs.sort()
    return _rising(pairs)


def _once(text: str, start: int, end: int, size: int) -> dict[str, int]:
    """Every stretch of `size` characters that stands once in `text[start:end]`, with its place."""
    seen: dict[str, int] = {}
    for at in range(start, end - size + 1):
        stretch = text[at:at + size]
        seen[stretch] = -1 if stretch in seen else at
    return {stretch: at for stretch, at in seen.items() if at >= 0}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest series of pairs whose second numbers rise (the first do already)."""
    tails: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for n, (_, b) in enumerate(pairs):
        at = bisect_left(tails, b)
        before.append(tops[at - 1] if at else -1)
        if at == len(tails):
            tails.append(b)
            tops.append(n)
        else:
            tails[at], tops[at] = b, n
    out = []
    n = tops[-1] if tops else -1
    while n >= 0:
        out.append(pairs[n])
        n = before[n]
    return out[::-1]


def _joined(spans: Iterator[Span] | list[Span]) -> list[Span]:
    """The same edits, those that touch one another as one."""
    out: list[Span] = []
    for span in spans:
        if out and out[-1].old_end == span.old_start and out[-1].new_end == span.new_start:
            out[-1] = Span(out[-1].old_start, span.old_end, out[-1].new_start, span.new_end)
        else:
            out.append(span)
    return out


def _merged(spans: list[Span]) -> list[Span]:
    """Edits parted by less than either changes are one: single characters that happen to be equal hold nothing together."""
    out: list[Span] = []
    for span in spans:
        while out and span.old_start - out[-1].old_end <= min(_size(out[-1]), _size(span)):
            span = Span(out[-1].old_start, span.old_end, out[-1].new_start, span.new_end)
            out.pop()
        out.append(span)
    return out


def _size(span: Span) -> int:
    return max(span.old_end - span.old_start, span.new_end - span.new_start)


def _settled(spans: list[Span], old: str, new: str) -> list[Span]:
    """Insertions and deletions moved, where they may as well stand elsewhere, to where a sentence or a clause begins."""
    out: list[Span] = []
    for n, span in enumerate(spans):
        left, right = reach(span, old, new)
        if out:
            left = max(left, out[-1].old_end - span.old_start)
        if n + 1 < len(spans):
            right = min(right, spans[n + 1].old_start - span.old_end)
        best = max(range(left, right + 1), key=lambda by: (_boundary(old, span.old_start + by), by)) if left < right else 0
        out.append(Span(*(place + best for place in span)))
    return out


def reach(span: Span, old: str, new: str) -> tuple[int, int]:
    """How far an insertion or a deletion can be moved to the left (≤ 0) and to the right and say the same; (0, 0) for a replacement."""
    a, b, c, d = span
    if a < b and c < d:
        return 0, 0
    text, start, end = (old, a, b) if a < b else (new, c, d)
    left, right = 0, 0
    while min(a, c) + left > 0 and text[start + left - 1] == text[end + left - 1]:
        left -= 1
    while max(b - len(old), d - len(new)) + right < 0 and text[start + right] == text[end + right]:
        right += 1
    return left, right


def _boundary(text: str, at: int) -> int:
    before = text[at - 1] if at else "\n"
    return 2 if before in SENTENCE_ENDS else 1 if before in CLAUSE_ENDS else 0
