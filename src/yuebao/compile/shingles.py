"""Shingles of a text, and its MinHash signature: how near-duplicates among many thousands of texts are come by without comparing all pairs.

A shingle is six characters in a row, white space left out: reports that repeat one another share hundreds of them, reports that merely
speak of the same things share few.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from yuebao.text import fold, squeeze

Hashes = npt.NDArray[np.uint32]

WIDTH = 6
# Two values a band, 64 bands: a pair that shares a quarter of its shingles meets in some band with a probability of .98, one that shares
# a hundredth of .006.
ROWS = 2
BANDS = 64
# A bucket with more texts than this is filled by what is no report (a disclaimer): each text in it meets its neighbours alone.
MOST_IN_BUCKET = 40
MOST_ERROR = 0.08  # of the share of 128 values, two and a half times its deviation for texts that share a fifth
_AT_ONCE = 100_000  # pairs, so that no table of all of them is held
_SEED = 20230817
_PRIME = np.uint64(0x9E3779B97F4A7C15)


def shingles_of(text: str) -> Hashes:
    """The hashes of the text's shingles, each once, in order; those of the whole text where it is shorter than one."""
    flat = fold(squeeze(text))
    codes = np.frombuffer(flat.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    if not len(codes):
        return np.empty(0, np.uint32)
    width = min(WIDTH, len(codes))
    mixed = np.zeros(len(codes) - width + 1, np.uint64)
    for at in range(width):
        mixed = (mixed ^ codes[at:at + len(mixed)]) * _PRIME
        mixed ^= mixed >> np.uint64(29)
    return np.unique((mixed >> np.uint64(32)).astype(np.uint32))


def signature_of(shingles: Hashes) -> Hashes:
    """The MinHash signature: ROWS × BANDS values; of no shingles, all alike."""
    if not len(shingles):
        return np.full(ROWS * BANDS, np.iinfo(np.uint32).max, np.uint32)
    factors, offsets = _family()
    mixed = (factors * shingles[None, :]) + offsets
    # two values of one product: its upper half, and its lower, which is as good where what is multiplied is a hash
    halves = (mixed >> np.uint64(32)).astype(np.uint32), mixed.astype(np.uint32)
    return np.concatenate([half.min(axis=1) for half in halves])


@cache
def _family() -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    random = np.random.Generator(np.random.PCG64(_SEED))
    numbers = random.integers(1, 1 << 63, (2, ROWS * BANDS // 2, 1), np.uint64)
    return numbers[0] | np.uint64(1), numbers[1]


def near_pairs(signatures: Sequence[Hashes], sizes: Sequence[int], contained: float) -> Iterator[tuple[int, int]]:
    """The pairs (of positions, the smaller first) that agree in some band, each once, in order: candidates, still to be verified.

    Left out are those that, by the values in which their signatures agree, surely share less than `contained` of the shorter text's
    shingles; `sizes` are the numbers of shingles.
    """
    if len(signatures) < 2:
        return
    table = np.stack(signatures)
    wide, count = table.astype(np.uint64), np.uint64(len(table))
    found = [_pairs_of((wide[:, at] << np.uint64(32)) | wide[:, at + 1], count) for at in range(0, ROWS * BANDS, ROWS)]
    pairs = np.unique(np.concatenate(found))
    for start in range(0, len(pairs), _AT_ONCE):
        ones, others = pairs[start:start + _AT_ONCE] // count, pairs[start:start + _AT_ONCE] % count
        for n in np.flatnonzero(_most_contained(table, np.asarray(sizes), ones, others) >= contained):
            yield int(ones[n]), int(others[n])


def _most_contained(
    table: Hashes, sizes: npt.NDArray[np.int64], ones: npt.NDArray[np.uint64], others: npt.NDArray[np.uint64],
) -> npt.NDArray[np.float64]:
    """For each pair, how much of the shorter text the other may have at most, by the share of values that agree and its error."""
    agreed = (table[ones] == table[others]).mean(axis=1)
    alike = np.minimum(agreed + MOST_ERROR, 1.0)
    fewer = np.maximum(np.minimum(sizes[ones], sizes[others]), 1)
    most: npt.NDArray[np.float64] = alike / (1 + alike) * (sizes[ones] + sizes[others]) / fewer
    return most


def _pairs_of(keys: npt.NDArray[np.uint64], count: np.uint64) -> npt.NDArray[np.uint64]:
    """The pairs that share a key, as smaller × count + larger: all of a small bucket, neighbours of a large one."""
    order = np.argsort(keys, kind="stable").astype(np.uint64)
    same = np.concatenate(([False], keys[order[1:]] == keys[order[:-1]], [False]))
    # position in the bucket, counted from its first text
    starts = np.flatnonzero(~same[:-1])
    sizes = np.diff(np.append(starts, len(keys)))
    out = []
    step = 1
    alive = np.ones(len(starts), bool)
    while (alive := alive & (sizes > step)).any() and step < MOST_IN_BUCKET:
        reach = alive if step == 1 else alive & (sizes <= MOST_IN_BUCKET)
        first = np.concatenate([np.arange(start, start + size - step) for start, size in zip(starts[reach], sizes[reach], strict=True)]
                               or [np.empty(0, np.int64)])
        one, other = order[first], order[first + step]
        out.append(np.minimum(one, other) * count + np.maximum(one, other))
        step += 1
    return np.concatenate(out) if out else np.empty(0, np.uint64)


def shared(one: Hashes, other: Hashes) -> tuple[float, float]:
    """How much two texts share: of both together (Jaccard), and of the shorter one (containment)."""
    if not len(one) or not len(other):
        return 0.0, 0.0
    shorter, longer = sorted((one, other), key=len)
    both = int(np.count_nonzero(are_in(shorter, longer)))
    return both / (len(one) + len(other) - both), both / len(shorter)


def are_in(some: Hashes, ordered: Hashes) -> npt.NDArray[np.bool_]:
    """Which are among the ordered ones. (`np.isin` takes ten times as long to look up few in many.)"""
    if not len(ordered):
        return np.zeros(len(some), bool)
    found: npt.NDArray[np.bool_] = ordered[np.minimum(np.searchsorted(ordered, some), len(ordered) - 1)] == some
    return found
