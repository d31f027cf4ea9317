"""Tables of set pages, told by their rules: where lines and uprights cross there are cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from yuebao.pages import Glyph, Page, Point, Shape

NEAR = 3.0  # points; rules nearer than this touch, or are one
THIN = 2.0  # points; an area no thicker is a rule
SHORTEST = 6.0  # points; what is shorter is no rule of a table
MOST_RULES = 4000  # of a page; a drawing has more


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: where its rows and columns are parted, from the top and from the left."""

    across: tuple[float, ...]
    down: tuple[float, ...]

    def holds(self, glyph: Glyph) -> bool:
        """Whether a character stands in the table."""
        x, y = _middle(glyph)
        return self.across[0] <= x <= self.across[-1] and self.down[0] <= y <= self.down[-1]

    def cells(self, glyphs: Iterable[Glyph]) -> list[list[list[Glyph]]]:
        """The characters of each cell, row by row."""
        out: list[list[list[Glyph]]] = [[[] for _ in pairwise(self.across)] for _ in pairwise(self.down)]
        for glyph in glyphs:
            x, y = _middle(glyph)
            row = sum(y > line for line in self.down[1:-1])
            column = sum(x > line for line in self.across[1:-1])
            out[row][column].append(glyph)
        return out


Rule = tuple[float, float, float, float]  # left, top, right, bottom


def grids_of(page: Page) -> list[Grid]:
    """The tables of a page from top to bottom: rules that touch one another and part at least two rows and two columns."""
    rules = [rule for shape in page.shapes for rule in _rules(shape)]
    if len(rules) > MOST_RULES:
        return []
    found = [grid for group in _touching(rules) if (grid := _grid(group)) is not None]
    return sorted((grid for grid in found if sum(map(grid.holds, page.glyphs)) > 1), key=lambda grid: grid.down[0])


def _middle(glyph: Glyph) -> Point:
    return (glyph.x + glyph.end) / 2, glyph.y - glyph.look.size * 0.35


def _rules(shape: Shape) -> Iterator[Rule]:
    """The level and upright lines of a shape; a thin area is a line."""
    left, top, right, bottom = shape.box()
    if shape.stroke is None:
        if min(right - left, bottom - top) <= THIN and max(right - left, bottom - top) >= SHORTEST:
            yield left, top, right, bottom
        return
    first: Point | None = None
    here: Point | None = None
    for kind, points in shape.steps:
        target = points[-1] if points else first
        if kind in ("L", "C") and here and target:
            rule = (min(here[0], target[0]), min(here[1], target[1]), max(here[0], target[0]), max(here[1], target[1]))
            sides = sorted((rule[2] - rule[0], rule[3] - rule[1]))
            if sides[0] <= THIN / 2 and sides[1] >= SHORTEST:
                yield rule
        if kind == "M":
            first = target
        here = target


def _touching(rules: Sequence[Rule]) -> list[list[Rule]]:
    """The rules in groups of those that touch one another."""
    groups: list[tuple[Rule, list[Rule]]] = []
    for rule in sorted(rules, key=lambda rule: (rule[1], rule[0])):
        near = [group for group in groups if _meet(group[0], rule) and any(_meet(other, rule) for other in group[1])]
        groups = [group for group in groups if group not in near]
        joined = [rule, *(other for _, members in near for other in members)]
        groups.append((_around(joined), joined))
    return [members for _, members in groups]


def _meet(one: Rule, other: Rule) -> bool:
    return (one[0] - NEAR <= other[2] and other[0] - NEAR <= one[2] and one[1] - NEAR <= other[3] and other[1] - NEAR <= one[3])


def _around(rules: Iterable[Rule]) -> Rule:
    lefts, tops, rights, bottoms = zip(*rules, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _grid(rules: list[Rule]) -> Grid | None:
    """The table that touching rules make, None where they part no rows and columns."""
    level = [rule for rule in rules if rule[2] - rule[0] >= rule[3] - rule[1]]
    upright = [rule for rule in rules if rule[2] - rule[0] < rule[3] - rule[1]]
    if not level or not upright:
        return None
    left, top, right, bottom = _around(rules)
    across = _apart([left, *((rule[0] + rule[2]) / 2 for rule in upright), right])
    down = _apart([top, *((rule[1] + rule[3]) / 2 for rule in level), bottom])
    return Grid(across, down) if len(across) > 2 and len(down) > 2 else None


def _apart(places: Iterable[float]) -> tuple[float, ...]:
    """The places in order, one of those that are near one another."""
    out: list[float] = []
    for place in sorted(places):
        if not out or place - out[-1] > NEAR:
            out.append(place)
    return tuple(out)
