"""The values of a month's copy on its way to a draft: 来稿, 同题稿件, and what was made of them, each clause with where it comes from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from yuebao.model import Annotation, Item, Masthead, Value

DRAFT_SCHEMA = "yuebao/draft/1"

OriginKind = Literal["contributed", "gathered", "reprinted"]  # 供稿, 采编, 转载
Annotate = Callable[[str], tuple[Annotation, ...]]  # what `pipeline` hands on of the annotate room: the annotations of a text of the month


@dataclass(frozen=True, slots=True)
class LeftOut(Value):
    """A passage of a clipping that is no part of its report, and why it was left out (a key of `intake.REASONS`)."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Flag(Value):
    """A passage of a clipping's text that a person must look at before anything is printed: `kind` is a key of `intake.FLAGS`."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clipping(Value):
    """来稿. `number` is the one under which it is registered within the month; `sha256` of the bytes as they came.

    `item`: headline (None where it has none) and text without what was left out, annotated; `outlet`: of a reprint, the paper and its page.
    """

    number: int
    name: str
    sha256: str
    origin_kind: OriginKind
    contributor: str | None
    outlet: str | None
    dated_on: str | None
    item: Item
    left_out: tuple[LeftOut, ...] = ()
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause(Value):
    """`text[start:end]` of a condensed item comes from `text[source_start:source_end]` of the clipping of that number."""

    start: int
    end: int
    clipping: int
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True)
class Foreign(Value):
    """A passage of a condensed text for which no source stands; `reason` is a key of `gate.REASONS`."""

    start: int
    end: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Condensed(Value):
    """One item in the house form, each clause with its source; `refused`: sentences that the gate did not let pass."""

    item: Item
    clauses: tuple[Clause, ...]
    refused: tuple[Foreign, ...] = ()


@dataclass(frozen=True, slots=True)
class Said(Value):
    """What one report of an event says of a matter: its words, and where they stand in the clipping's text."""

    clipping: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Difference(Value):
    """A matter of which the reports of one event do not say the same: a number, sum, name, office, date, place (`kind`, a layer)."""

    kind: str
    about: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Proposal(Value):
    """A column proposed for an item: its titles, outermost first, how sure (0 to 1), and the reasons in words for the editor."""

    path: tuple[str, ...]
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story(Value):
    """同题稿件: the numbers of the clippings that report one event, what differs between them, and the item made of them."""

    clippings: tuple[int, ...]
    condensed: Condensed
    proposals: tuple[Proposal, ...] = ()
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap(Value):
    """What this draft lacks and the back run had: `kind` is column, county or recurring; `basis` says where it stood."""

    kind: str
    what: str
    basis: str


@dataclass(frozen=True, slots=True)
class Draft(Value):
    """A month compiled: `order` gives the stories (positions in `stories`) as they would stand, column by column."""

    masthead: Masthead
    clippings: tuple[Clipping, ...]
    stories: tuple[Story, ...]
    order: tuple[int, ...]
    gaps: tuple[Gap, ...] = ()
    pages: int | None = None
    schema: str = DRAFT_SCHEMA
