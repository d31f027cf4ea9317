"""An issue prepared for proofing: passages with protected spans and joins, rows matched with items, ways back to the source."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from yuebao.model import ContentsRow, Issue, Item, Masthead, Origin, Related, Source
from yuebao.proof.evidence import NOTHING, Evidence
from yuebao.proof.rule import Doubt, Severity
from yuebao.text import fold, squeeze

# What stands inside quotation marks or a title's brackets. The marks themselves are the proofreader's, what is inside is not.
# Innermost pairs only, and within one paragraph, so that one unpaired mark does not protect half an item.
QUOTED = re.compile(r"(?<=“)[^“”\n]+(?=”)|(?<=《)[^《》\n]+(?=》)|(?<=‘)[^‘’\n]+(?=’)|(?<=「)[^「」\n]+(?=」)")
CONTEXT = 6  # characters kept on either side of a difference, so that a reader sees where it is
LONGEST = 60  # characters; a finding must say where


Piece = tuple[int, int, int, int]


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
    def names(self) -> tuple[tuple[int, int], ...]:
        """The spans of people's names, in order."""
        return tuple(sorted((a.start, a.end) for a in self.item.annotations if a.layer == "person"))

    @cached_property
    def protected(self) -> tuple[tuple[int, int], ...]:
        """The spans that no rule alters: people's names, quotations, titles (promise 5); in order, what overlaps made one."""
        spans: list[tuple[int, int]] = []
        for start, end in sorted([*self.names, *(m.span() for m in QUOTED.finditer(self.item.text))]):
            if spans and start < spans[-1][1]:
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((start, end))
        return tuple(spans)

    def is_protected(self, start: int, end: int) -> bool:
        """Whether `[start, end)` touches a protected span."""
        n = bisect_left(self.protected, (end, 0)) - 1
        return n >= 0 and start < self.protected[n][1]

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The text's origins in its own order."""
        return pieces_of(self.item.origin)

    @cached_property
    def joins(self) -> frozenset[int]:
        """The offsets where the text was put together from two places of the source: line and page ends."""
        return frozenset(b[0] for a, b in pairwise(self.pieces) if a[1] == b[0] and a[3] != b[2])

    def doubt(
        self, start: int, end: int, message: str, proposal: str | None = None, *, severity: Severity | None = None,
        safe: bool | None = None, touches: tuple[int, int] | None = None, states_fact: bool = False, related: tuple[Related, ...] = (),
    ) -> Doubt:
        """A doubt about `text[start:end]`."""
        return Doubt(
            self.item.text[start:end], message, self.item.number, start, end, proposal, severity, safe, touches, states_fact,
            related=related,
        )


def pieces_of(origin: Sequence[Origin]) -> tuple[Piece, ...]:
    """The origins of a text as (start, end, source_start, source_end), in the text's order."""
    return tuple(sorted((o.start, o.end, o.source_start, o.source_end) for o in origin if o.start is not None and o.end is not None))


def source_place(pieces: Sequence[Piece], start: int, end: int) -> tuple[int, int] | None:
    """Where `[start, end)` of a text stands in the source, or None where its origin is not known.

    What was put back from elsewhere is not bridged: said is then where the first character stands, as far as it runs on.
    """
    last = max(end - 1, start)
    first_piece, last_piece = _piece(pieces, start), _piece(pieces, last)
    if first_piece is None or last_piece is None:
        return None
    a = first_piece[2] + start - first_piece[0]
    b = last_piece[2] + last - last_piece[0] + 1
    if a < b <= a + (end - start) + LONGEST:
        return a, b
    return a, a + max(1, min(end, first_piece[1]) - start)


def _piece(pieces: Sequence[Piece], offset: int) -> Piece | None:
    n = bisect_left(pieces, (offset + 1, 0, 0, 0)) - 1
    return pieces[n] if n >= 0 and pieces[n][0] <= offset < pieces[n][1] else None


def shown(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with two characters on either side within its line: what is invisible or small cannot be shown alone."""
    a = max(start - 2, 0)
    a = max(a, text.rfind("\n", a, start) + 1)
    b = text.find("\n", end, end + 2)
    return a, min(end + 2, len(text)) if b < 0 else b


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
    """The issue as the rules of the whole see it.

    `run`: mastheads of neighbouring issues of the series, in any order. `earlier`: issues before this one. `evidence`: what the register
    and the office's own tables say.
    """

    issue: Issue
    run: tuple[Masthead, ...] = ()
    source: Source | None = None
    earlier: tuple[Issue, ...] = ()
    evidence: Evidence = NOTHING

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        masthead = self.issue.masthead
        return tuple(Passage(item, masthead.year, masthead.month) for item in self.issue.items())

    @cached_property
    def whole(self) -> str:
        """The text of all items, one after the other."""
        return "\n".join(passage.text for passage in self.passages)

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

    def cover_place(self, *values: int | str) -> tuple[int, int] | None:
        """Where the cover prints these values, one close after the other, or None where that is not known."""
        if self.source is None:
            return None
        pattern = re.compile(r"[^\d\n]{0,3}0?".join(re.escape(str(v)) for v in values))
        for origin in self.issue.masthead.origin:
            if match := pattern.search(self.source.text, origin.source_start, origin.source_end):
                return match.span()
        return None

    def row_doubt(self, row: ContentsRow, message: str, span: tuple[int, int] | None = None, **more: object) -> Doubt:
        """A doubt about (a span of) a row of the 目录."""
        start, end = span or (0, min(len(row.title), LONGEST))
        return Doubt(row.title[start:end], message, source=source_place(pieces_of(row.origin), start, end), **more)  # type: ignore[arg-type]

    def row_related(self, row: ContentsRow) -> Related:
        """The row as another passage that a finding speaks of."""
        place = source_place(pieces_of(row.origin), 0, len(row.title)) or (None, None)
        return Related(None, None, None, row.title, *place)

    def item_related(self, item: Item, start: int, end: int) -> Related:
        """A span of an item's text as another passage that a finding speaks of."""
        place = source_place(pieces_of(item.origin), start, end) or (None, None)
        return Related(item.number, start, end, item.text[start:end], *place)
