"""Which column stands under which: the outline that the user gives, else numbering, indents, and the conventional columns as evidence.

A heading with no rows of its own, followed at once by another heading, opens a group. Where the group ends is not in the text: the
lexicon of conventional columns decides, and what it decided is a guess that `problems` names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from yuebao.errors import UsageError
from yuebao.lexicon import rows
from yuebao.text import fold, squeeze

_FIRST = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章编部])")
_SECOND = re.compile(r"(?:\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十]{1,3}节)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A column heading in order: its folded title, whether rows follow it directly, its indent."""

    flat: str
    has_rows: bool
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Level:
    """The level of a heading, from 1; `is_guess` where nothing printed says so."""

    depth: int
    is_guess: bool


def parse_outline(text: str, name: str = "outline") -> list[tuple[str, int]]:
    """The titles of an outline with their levels from 1: a title a line, two spaces a level. Raises UsageError E201."""
    out: list[tuple[str, int]] = []
    for number, line in enumerate(text.splitlines(), 1):
        line = line.lstrip("\ufeff").replace("\t", "  ").replace("\u3000", "  ")
        title = line.strip()
        if not title:
            continue
        spaces = len(line) - len(line.lstrip())
        if spaces % 2:
            raise UsageError("E201", name=name, line=number, reason="缩进不是两个空格的倍数")
        depth = spaces // 2 + 1
        if depth > (out[-1][1] if out else 0) + 1:
            raise UsageError("E201", name=name, line=number, reason="比上一行深了不止一级")
        out.append((title, depth))
    if not out:
        raise UsageError("E201", name=name, line=1, reason="没有栏目名")
    return out


def levels_of(headings: Sequence[Heading], outline: Sequence[tuple[str, int]] | None) -> tuple[list[Level], list[str]]:
    """A level for each heading, and the outline's titles that no heading bears."""
    guessed = _guess(headings)
    if outline is None:
        return guessed, []
    wanted = [(fold(squeeze(title)), title, depth) for title, depth in outline]
    out, at = [], 0
    used: set[int] = set()
    for heading, guess in zip(headings, guessed, strict=True):
        found = next((n for n in [*range(at, len(wanted)), *range(at)] if n not in used and wanted[n][0] == heading.flat), None)
        if found is None:
            out.append(guess)
            continue
        used.add(found)
        at = found + 1
        out.append(Level(wanted[found][2], False))
    return out, [title for n, (_, title, _) in enumerate(wanted) if n not in used]


def _guess(headings: Sequence[Heading]) -> list[Level]:
    if printed := _printed(headings):
        return [Level(depth, False) for depth in printed]
    out: list[Level] = []
    in_group = False
    for n, heading in enumerate(headings):
        usual = usual_level(heading.flat)
        opens = not heading.has_rows and n + 1 < len(headings)
        if opens:
            # nothing but its place says that the group before is over; where there was none, the text itself says level 1
            out.append(Level(1, in_group))
            in_group = True
        elif not in_group:
            out.append(Level(1, False))
        elif not headings[n - 1].has_rows and out[-1].depth == 1:
            out.append(Level(2, False))  # right under the group's heading
        elif usual == 1:
            out.append(Level(1, True))
            in_group = False
        else:
            out.append(Level(2, True))
    return out


def _printed(headings: Sequence[Heading]) -> list[int] | None:
    """The levels where numbering or indents print them, else None."""
    numbered = [1 if _FIRST.match(h.flat) else 2 if _SECOND.match(h.flat) else 0 for h in headings]
    if set(numbered) == {1, 2} and numbered[0] == 1:
        return numbered
    indents = sorted({h.indent for h in headings})
    if len(indents) == 2 and indents[1] - indents[0] >= 2 and headings[0].indent == indents[0]:
        return [indents.index(h.indent) + 1 for h in headings]
    return None


def usual_level(flat: str) -> int | None:
    """The usual level of a column by the words of its title, the longest and then the last word deciding; None where unknown."""
    best: tuple[int, int, int] | None = None
    for row in rows("columns"):
        term = row["term"]
        if row["match"] == "whole":
            if term == flat:
                return int(row["level"])
        elif (at := flat.rfind(term)) >= 0:
            best = max(best or (0, -1, 0), (len(term), at, int(row["level"])))
    return best[2] if best else None
