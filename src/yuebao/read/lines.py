"""From set pages to a Source: characters to lines in reading order, and what their places tell (indents, blank lines, folios, heads).

A line keeps the characters of its baseline from left to right. White space is made where the page shows it: between words, before an
indented line, where lines stand further apart than usual. Folios and running heads stay in the text with a mark of role `furniture`.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from yuebao.model import Mark, Picture, Source, SourceInfo
from yuebao.pages import Book, Glyph, Page, usual_gap, white_between
from yuebao.read.furniture import furniture_of

PAGE_END = "\n\f\n"
SAME_LINE = 0.45  # of the size; baselines nearer than this are one line (a raised ¹ has .33)
FURTHER_APART = 1.35  # of the usual distance of baselines; a blank line stands between
APART_ALONE = 2.0  # of the size, where a page has no usual distance
DEEPEST_INDENT = 12  # characters; what is set further in is centred, and said to be as far in as this
FEW_LINES = 4
MOST_REPEATED = 3  # pages with the same picture: it is furniture


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its characters in order with the white space that is seen, its place and size."""

    text: str
    left: float
    right: float
    y: float
    size: float


def source_of(name: str, media_type: str, sha256: str, book: Book) -> Source:
    """The Source of set pages: text, pages, marks of folios and running heads, pictures, and the outline that the bookmarks give."""
    pages = [lines_of(page) for page in book.pages]
    edges = _edges(pages)
    furniture = furniture_of(pages)
    text, starts, marks, pictures = "", [], [], []
    repeated = _repeated(book)
    for number, (page, lines) in enumerate(zip(book.pages, pages, strict=True)):
        text += PAGE_END if number else ""
        starts.append(len(text))
        pitch = _pitch(lines)
        images = sorted((i for i in page.images if i.data not in repeated), key=lambda i: i.bottom)
        for n, line in enumerate(lines):
            while images and images[0].bottom <= line.y:
                pictures.append((len(text), images.pop(0)))
            if n:
                text += "\n\n" if _is_apart(lines[n - 1], line, pitch) else "\n"
            text += "\u3000" * _indent(line, edges[number])
            if reason := furniture.get((number, n)):
                marks.append(Mark("furniture", len(text), len(text) + len(line.text), value=reason))
            text += line.text
        pictures += [(len(text), image) for image in images]
    info = SourceInfo(name, media_type, None, sha256, len(text), len(pages))
    named = tuple(
        Picture(at, f"picture-{n}", image.media_type, image.data) for n, (at, image) in enumerate(pictures, 1))
    return Source(info, text, page_starts=tuple(starts), marks=tuple(marks), outline=outline_of(book), pictures=named)


def outline_of(book: Book) -> str | None:
    """The bookmarks that have others under them, as an outline: in a periodical these are the columns; None where there are none."""
    marks = [*book.bookmarks]
    below = [after.level > mark.level for mark, after in pairwise(marks)] + [False]
    out: list[str] = []
    open_levels: list[int] = []
    for mark, has_more in zip(marks, below, strict=True):
        open_levels = [level for level in open_levels if level < mark.level]
        title = " ".join(mark.title.split())
        if has_more and title:
            out.append("  " * len(open_levels) + title)
            open_levels.append(mark.level)
    return "\n".join(out) or None


# ---- lines ----


def lines_of(page: Page) -> list[Line]:
    """The lines of a page from top to bottom; characters that do not stand upright (a watermark) come last, in the order of the file."""
    upright = [glyph for glyph in page.glyphs if not glyph.is_turned]
    rows: list[list[Glyph]] = []
    for glyph in sorted(upright, key=lambda g: g.y):
        if rows and glyph.y - rows[-1][0].y <= SAME_LINE * max(glyph.look.size, rows[-1][0].look.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    lines = [line for row in rows if (line := _line(row)).text.strip()]
    turned = "".join(glyph.character for glyph in page.glyphs if glyph.is_turned).strip()
    return [*lines, Line(turned, 0.0, page.width, page.height, 0.0)] if turned else lines


def _line(row: list[Glyph]) -> Line:
    glyphs = _in_order(row)
    seen = [glyph for glyph in glyphs if not glyph.character.isspace()] or glyphs
    usual = usual_gap(glyphs)
    text = glyphs[0].character
    for before, glyph in pairwise(glyphs):
        text += white_between(before, glyph, usual) + glyph.character
    size, _ = Counter(round(glyph.look.size, 1) for glyph in seen).most_common(1)[0]
    return Line(text.lstrip(), min(g.x for g in seen), max(g.end for g in seen), seen[0].y, size)


def _in_order(row: list[Glyph]) -> list[Glyph]:
    """From left to right, but what is written from right to left as it is read."""
    glyphs = sorted(row, key=lambda g: g.x)
    out: list[Glyph] = []
    for is_leftward, grouped in groupby(glyphs, key=lambda g: unicodedata.bidirectional(g.character) in ("R", "AL", "NSM")):
        run = list(grouped)
        out += reversed(run) if is_leftward else run
    return out


# ---- what the places of lines tell ----


def _edges(pages: Sequence[Sequence[Line]]) -> list[float]:
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
    plain = [line.left for line in lines if line.size and unicodedata.category(line.text[0]) not in ("Ps", "Pi")]
    return min(plain or [line.left for line in lines], default=0.0)


def _indent(line: Line, edge: float) -> int:
    return min(round((line.left - edge) / line.size), DEEPEST_INDENT) if line.size else 0


def _pitch(lines: Iterable[Line]) -> float | None:
    """The usual distance of the baselines of a page, None where no two are alike."""
    steps = Counter(round((after.y - before.y) * 2) for before, after in pairwise(lines) if before.size == after.size)
    if not steps or steps.most_common(1)[0][1] < 2:
        return None
    return steps.most_common(1)[0][0] / 2


def _is_apart(before: Line, line: Line, pitch: float | None) -> bool:
    size = max(before.size, line.size)
    return line.y - before.y > max(pitch * FURTHER_APART if pitch else 0.0, APART_ALONE * size if not pitch else 1.3 * size)


def _repeated(book: Book) -> set[bytes]:
    """The pictures that stand on page after page."""
    counts = Counter(data for page in book.pages for data in {image.data for image in page.images})
    return {data for data, count in counts.items() if count >= MOST_REPEATED}
