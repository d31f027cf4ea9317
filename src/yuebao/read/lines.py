"""The lines of a set page: the characters of one baseline from left to right, with the white space that is seen; tables as their rows."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from yuebao.pages import Glyph, Page, usual_gap, white_between
from yuebao.read.tables import Grid, grids_of

SAME_LINE = 0.45  # of the size; baselines nearer than this are one line (a raised ¹ has .33)
FURTHER_APART = 1.35  # of the usual distance of baselines; a blank line stands between
APART_ALONE = 2.0  # of the size, where a page has no usual distance
DEEPEST_INDENT = 12  # characters; what is set further in is centred, and said to be as far in as this
FEW_LINES = 4
CENTRED = 1.0  # of the size; what stands no further from the middle is centred
LONGEST_CAPTION = 60

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, its place and size; or a table with its rows and caption, whose text is that of several lines.

    `size` is 0 for what does not stand upright.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    rows: Rows | None = None
    caption: str | None = None


def lines_of(page: Page) -> list[Line]:
    """The lines of a page from top to bottom; characters that do not stand upright (a watermark) come last, in the order of the file."""
    upright = [glyph for glyph in page.glyphs if not glyph.is_turned]
    grids = grids_of(page)
    lines = _plain_lines([glyph for glyph in upright if not any(grid.holds(glyph) for grid in grids)])
    for grid in grids:
        _put_table(lines, _table(grid, [glyph for glyph in upright if grid.holds(glyph)]))
    turned = "".join(glyph.character for glyph in page.glyphs if glyph.is_turned).strip()
    return [*lines, Line(turned, 0.0, page.width, page.height, 0.0)] if turned else lines


def _plain_lines(glyphs: Iterable[Glyph]) -> list[Line]:
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: g.y):
        if rows and glyph.y - rows[-1][0].y <= SAME_LINE * max(glyph.look.size, rows[-1][0].look.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [line for row in rows if (line := _line(row)).text.strip()]


def _line(row: list[Glyph]) -> Line:
    glyphs = sorted(row, key=lambda g: g.x)
    seen = [glyph for glyph in glyphs if not glyph.character.isspace()] or glyphs
    size, _ = Counter(round(glyph.look.size, 1) for glyph in seen).most_common(1)[0]
    return Line(_text(glyphs).lstrip(), min(g.x for g in seen), max(g.end for g in seen), seen[0].y, size)


def _text(glyphs: Sequence[Glyph]) -> str:
    """The characters with the white space between them, each run as it is written: from left to right, or from right to left."""
    usual = usual_gap(glyphs)
    spaced = [("", glyphs[0].character)]
    spaced += [(white_between(before, glyph, usual), glyph.character) for before, glyph in pairwise(glyphs)]
    out = ""
    for is_leftward, grouped in groupby(spaced, key=lambda pair: unicodedata.bidirectional(pair[1]) in ("R", "AL", "NSM")):
        run = list(grouped)
        if is_leftward:  # the space before the run stays there; those within it change sides with the characters
            out += run[0][0] + "".join(character + (white if n else "") for n, (white, character) in reversed(list(enumerate(run))))
        else:
            out += "".join(white + character for white, character in run)
    return out


# ---- tables ----


def _table(grid: Grid, glyphs: Sequence[Glyph]) -> Line:
    """The table as one line: its cells row by row."""
    rows = tuple(tuple(_cell(cell) for cell in row) for row in grid.cells(glyphs))
    filled = tuple(row for row in rows if any(row))
    text = "\n".join("  ".join(filter(None, row)) for row in filled)
    size = max((glyph.look.size for glyph in glyphs), default=1.0)
    return Line(text, grid.across[0], grid.across[-1], grid.down[-1], size, filled)


def _cell(glyphs: Sequence[Glyph]) -> str:
    return "".join(line.text for line in _plain_lines(glyphs)).strip()


def _put_table(lines: list[Line], table: Line) -> None:
    """Put the table among the lines; a short line that stands centred right over it is its caption."""
    at = sum(line.y <= table.y for line in lines)
    above = lines[at - 1] if at else None
    if above and above.rows is None and is_centred(above, table.left, table.right) and len(above.text) <= LONGEST_CAPTION:
        caption = above.text.strip()
        lines[at - 1:at] = [replace(table, text=f"{above.text}\n{table.text}", caption=caption)]
    else:
        lines.insert(at, table)


def is_centred(line: Line, left: float, right: float) -> bool:
    """Whether a line stands in the middle between two edges and does not end a sentence."""
    off = abs((line.left + line.right) - (left + right)) / 2
    return off <= CENTRED * line.size and not line.text.rstrip().endswith("。")


# ---- what the places of lines tell ----


def edges_of(pages: Sequence[Sequence[Line]]) -> list[float]:
    """Where the lines of each page begin that are not indented; a page with few lines is as those on its side of the sheet are."""
    own = [_edge(lines) for lines in pages]
    usual = []
    for side in (0, 1):
        counts = Counter(round(edge) for edge, lines in zip(own[side::2], pages[side::2], strict=True) if lines)
        usual.append(float(counts.most_common(1)[0][0]) if counts else 0.0)
    for n, lines in enumerate(pages):
        if len(lines) < FEW_LINES:
            own[n] = min(own[n], usual[n % 2])
    return own


def _edge(lines: Sequence[Line]) -> float:
    """Where the leftmost lines of a page begin; a quotation mark or bracket may stand further out."""
    plain = [line.left for line in lines if line.size and line.rows is None and unicodedata.category(line.text[0]) not in ("Ps", "Pi")]
    return min(plain or [line.left for line in lines], default=0.0)


def indent_of(line: Line, edge: float) -> int:
    """How many characters a line is set in."""
    return min(round((line.left - edge) / line.size), DEEPEST_INDENT) if line.size and line.rows is None else 0


def pitch_of(lines: Iterable[Line]) -> float | None:
    """The usual distance of the baselines of a page, None where no two are alike."""
    steps = Counter(round((after.y - before.y) * 2) for before, after in pairwise(lines) if before.size == after.size)
    if not steps or steps.most_common(1)[0][1] < 2:
        return None
    return steps.most_common(1)[0][0] / 2


def is_apart(before: Line, line: Line, pitch: float | None) -> bool:
    """Whether more stands between two lines than usual on their page."""
    size = max(before.size, line.size)
    return line.y - before.y > max(pitch * FURTHER_APART if pitch else 0.0, APART_ALONE * size if not pitch else 1.3 * size)
