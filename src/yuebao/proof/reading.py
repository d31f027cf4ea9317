"""An issue prepared for proofing: passages with their protected spans and joins, contents rows matched with items, ways back to the source."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from yuebao.model import ContentsRow, Issue, Item, Masthead, Origin, Related
from yuebao.proof.rule import Doubt, Severity
from yuebao.text import fold, squeeze

# What stands inside quotation marks or a title's brackets. The marks themselves are the proofreader's, what is inside is not.
# Innermost pairs only, and within one paragraph, so that one unpaired mark does not protect half an item.
QUOTED = re.compile(r"(?<=“)[^“”\n]+(?=”)|(?<=《)[^《》\n]+(?=》)|(?<=‘)[^‘’\n]+(?=’)|(?<=「)[^「」\n]+(?=」)")
CONTEXT = 6  # characters kept on either side of a difference, so that a reader sees where it is
LONGEST = 60  # characters; a finding must say where


@dataclass(frozen=True)
class Passage:
    """The text of one item. `year`, `month`: the issue's, where known. `date`: its first day as ISO, for dated lexicons."""

    item: Item
    year: int | None
    month: int | None

    @property
    def text(self) -> str:
        return self.item.text

    @property
    def date(self) -> str | None:
        """The first day of the issue's month as ISO date (of its year where the month is not known), or None."""
        return None if self.year is None else f"{self.year:04d}-{self.month or 1:02d}-01"

    @cached_property
    def protected(self) -> tuple[tuple[int, int], ...]:
        """The spans that no rule alters: people's names, quotations, titles (promise 5)."""
        names = [(a.start, a.end) for a in self.item.annotations if a.layer in ("person", "document")]
        return tuple(sorted(names + [m.span() for m in QUOTED.finditer(self.item.text)]))

    def is_protected(self, start: int, end: int) -> bool:
        """Whether `[start, end)` touches a protected span."""
        return any(a < end and start < b for a, b in self.protected)

    @cached_property
    def joins(self) -> frozenset[int]:
        """The offsets where the text was put together from two places of the source: line and page ends."""
        return joins(self.item.origin)

    def doubt(
        self, start: int, end: int, message: str, proposal: str | None = None, *, severity: Severity | None = None,
        safe: bool | None = None, touches: tuple[int, int] | None = None, states_fact: bool = False, related: tuple[Related, ...] = (),
    ) -> Doubt:
        """A doubt about `text[start:end]`."""
        return Doubt(
            self.item.text[start:end], message, self.item.number, start, end, proposal, severity, safe, touches, states_fact,
            related=related,
        )


def joins(origin: Sequence[Origin]) -> frozenset[int]:
    """The offsets where two neighbouring pieces of a text do not follow each other in the source."""
    pieces = sorted((o.start, o.end, o.source_start, o.source_end) for o in origin if o.start is not None and o.end is not None)
    return frozenset(b[0] for a, b in pairwise(pieces) if a[1] == b[0] and a[3] != b[2])


def source_place(origin: Sequence[Origin], start: int, end: int) -> tuple[int, int] | None:
    """Where `[start, end)` of a text stands in the source, or None where its origin is not known. A piece put back from elsewhere, before or
    behind its neighbour, is not bridged: what is said then is where the first character of the span stands, as far as it runs on."""
    pieces = sorted((o.start, o.end, o.source_start) for o in origin if o.start is not None and o.end is not None)
    if not pieces:
        return None
    last = max(end - 1, start)
    first_piece, last_piece = _piece(pieces, start), _piece(pieces, last)
    if first_piece is None or last_piece is None:
        return None
    a = first_piece[2] + start - first_piece[0]
    b = last_piece[2] + last - last_piece[0] + 1
    if a < b <= a + (end - start) + LONGEST:
        return a, b
    return a, a + max(1, min(end, first_piece[1]) - start)


def _piece(pieces: list[tuple[int, int, int]], offset: int) -> tuple[int, int, int] | None:
    n = bisect_right(pieces, (offset, float("inf"), 0)) - 1
    return pieces[n] if n >= 0 and pieces[n][0] <= offset < pieces[n][1] else None


def bare(text: str) -> str:
    """The text without white space and punctuation, width folded: what is left is the wording."""
    return "".join(c for c in fold(unicodedata.normalize("NFKC", text)) if c.isalnum())


def difference(a: str, b: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """The spans of `a` and of `b` between their common beginning and their common end."""
    head = 0
    while head < min(len(a), len(b)) and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    return (head, len(a) - tail), (head, len(b) - tail)


def widened(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """The span with some context on either side, short enough to say where."""
    start = max(0, span[0] - CONTEXT)
    return start, min(len(text), span[1] + CONTEXT, start + LONGEST)


@dataclass(frozen=True)
class Reading:
    """The issue as the rules of the whole see it. `run`: mastheads of neighbouring issues of the series, in any order."""

    issue: Issue
    run: tuple[Masthead, ...] = ()

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        masthead = self.issue.masthead
        return tuple(Passage(item, masthead.year, masthead.month) for item in self.issue.items())

    @cached_property
    def rows(self) -> dict[int, int]:
        """The contents row of each item, as index of `issue.contents` by item number; what has no row is not in it."""
        free: dict[str, list[int]] = {}
        for index, row in enumerate(self.issue.contents):
            free.setdefault(squeeze(row.title), []).append(index)
        found = {}
        for item in self.issue.items():
            same = free.get(squeeze(item.contents_headline or item.headline or ""))
            if same:
                found[item.number] = same.pop(0)
        return found

    def row_doubt(self, row: ContentsRow, message: str, span: tuple[int, int] | None = None, **more: object) -> Doubt:
        """A doubt about (a span of) a row of the 目录."""
        start, end = span or (0, min(len(row.title), LONGEST))
        return Doubt(row.title[start:end], message, source=source_place(row.origin, start, end), **more)  # type: ignore[arg-type]

    def row_related(self, row: ContentsRow) -> Related:
        """The row as another passage that a finding speaks of."""
        place = source_place(row.origin, 0, len(row.title)) or (None, None)
        return Related(None, None, None, row.title, *place)

    def item_related(self, item: Item, start: int, end: int) -> Related:
        """A span of an item's text as another passage that a finding speaks of."""
        place = source_place(item.origin, start, end) or (None, None)
        return Related(item.number, start, end, item.text[start:end], *place)
