"""The columns of a bulletin: their order, their levels, and which of them each item stands in.

Columns stand as the body has them; one that the body lacks stands where the 目录 has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from yuebao.glossary import problem
from yuebao.model import Column, Item, Origin, Problem
from yuebao.structure.body import Anchor
from yuebao.structure.contents import Token
from yuebao.structure.levels import Heading, levels_of
from yuebao.structure.sheet import Sheet, Text, by_source, places


@dataclass(slots=True)
class Node:
    """A column under construction."""

    title: str | None
    contents_title: str | None
    origin: list[Origin]
    depth: int
    items: list[Item] = field(default_factory=list)
    columns: list[Node] = field(default_factory=list)

    def freeze(self) -> Column:
        return Column(self.title, self.contents_title, tuple(c.freeze() for c in self.columns), tuple(self.items), by_source(self.origin))


@dataclass(slots=True)
class Columns:
    """All columns in order, linked; the column of each anchor; the level of each heading of the 目录; what was guessed."""

    nodes: list[Node] = field(default_factory=list)
    home: dict[Anchor, Node] = field(default_factory=dict)
    depth: dict[Token, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def roots(self) -> tuple[Column, ...]:
        return tuple(node.freeze() for node in self.nodes if node.depth == 1)


@dataclass(frozen=True, slots=True)
class _Place:
    """A heading: in the 目录, in the body, or both; whether items stand right under it."""

    token: Token | None
    anchor: Anchor | None
    has_items: bool


def is_column(token: Token, answers: dict[Token, Anchor]) -> bool:
    """Whether a row of the 目录 is a column heading: the body's word goes before that of the 目录."""
    return answers.get(token, token).kind == "column"


def lay_columns(
    sheet: Sheet, tokens: Sequence[Token], anchors: Sequence[Anchor], outline: Sequence[tuple[str, int]] | None,
) -> Columns:
    """The columns that the 目录 and the body give, with their levels by the outline, by what is printed, or by guess."""
    answers = {a.token: a for a in anchors if a.token}
    order = _ordered(tokens, anchors, answers)
    out = Columns()
    _link(sheet, order, outline, out)
    _settle(tokens, anchors, answers, order, out)
    return out


def _ordered(tokens: Sequence[Token], anchors: Sequence[Anchor], answers: dict[Token, Anchor]) -> list[_Place]:
    """The headings of the body in its order, each that it lacks behind its forerunner in the 目录."""
    out = []
    for n, anchor in enumerate(anchors):
        if anchor.kind == "column":
            following = anchors[n + 1] if n + 1 < len(anchors) else None
            out.append(_Place(anchor.token, anchor, bool(anchor.body) or (following is not None and following.kind == "item")))
    before: Token | None = None
    for n, token in enumerate(tokens):
        if not is_column(token, answers):
            continue
        if token not in answers:
            at = next((k + 1 for k, place in enumerate(out) if before and place.token is before), 0)
            has_items = n + 1 < len(tokens) and not is_column(tokens[n + 1], answers)
            out.insert(at, _Place(token, None, has_items))
        before = token
    return out


def _link(sheet: Sheet, order: Sequence[_Place], outline: Sequence[tuple[str, int]] | None, out: Columns) -> None:
    headings = [Heading(_flat(sheet, p), p.has_items, p.token.indent if p.token else 0) for p in order]
    levels, unknown = levels_of(headings, outline)
    out.problems += [problem("S008", None, None, title=title) for title in unknown]
    stack: list[Node] = []
    for place, level in zip(order, levels, strict=True):
        stack = [node for node in stack if node.depth < level.depth]
        node = _node(sheet, place, len(stack) + 1)
        if stack:
            stack[-1].columns.append(node)
        stack.append(node)
        out.nodes.append(node)
        if place.token:
            out.depth[place.token] = node.depth
        part = (place.anchor.start, place.anchor.end) if place.anchor else place.token.slices[0] if place.token else None
        if level.is_guess and part:
            out.problems.append(problem("S001", *sheet.source(part), title=node.title, level=node.depth))


def _flat(sheet: Sheet, place: _Place) -> str:
    return sheet.flat[place.anchor.start:place.anchor.end] if place.anchor else place.token.flat if place.token else ""


def _node(sheet: Sheet, place: _Place, depth: int) -> Node:
    """Title from the body with its origin, the row in the 目录 beside it; from the 目录 alone where the body lacks it."""
    listed, title = Text(sheet), Text(sheet)
    token = place.token
    if token:
        listed.add(*token.slices)
    if place.anchor is None:
        return Node(listed.value(), None, [*listed.origin, *places(sheet, *(token.page_slices if token else []))], depth)
    title.add((place.anchor.start, place.anchor.end))
    row = places(sheet, *token.slices, *token.page_slices) if token else ()
    differs = token is not None and listed.value() != title.value()
    return Node(title.value(), listed.value() if differs else None, [*title.origin, *row], depth)


def _settle(
    tokens: Sequence[Token], anchors: Sequence[Anchor], answers: dict[Token, Anchor], order: Sequence[_Place], out: Columns,
) -> None:
    """The column of each anchor: the last heading before it in the body, or the 目录's where the body lacks that heading."""
    own = {p.anchor: node for p, node in zip(order, out.nodes, strict=True) if p.anchor}
    lacking = {p.token: node for p, node in zip(order, out.nodes, strict=True) if p.token and not p.anchor}
    listed: dict[Token, Token] = {}
    above: Token | None = None
    for token in tokens:
        if is_column(token, answers):
            above = token
        elif above:
            listed[token] = above
    here: Node | None = None
    for anchor in anchors:
        if anchor.kind == "column":
            here = own[anchor]
        elif anchor.token and anchor.token in listed and listed[anchor.token] in lacking:
            here = lacking[listed[anchor.token]]
        if here is None:
            here = Node(None, None, [], 1)
            out.nodes.insert(0, here)
        out.home[anchor] = here
