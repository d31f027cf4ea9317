"""From set pages to a Source: the text page by page, and what the places of lines and pictures say of it.

White space shows indents and lines that stand apart. Folios and running heads stay in the text with a mark of role `furniture`, tables have
one of role `table`, the line under a picture one of role `caption`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest

from yuebao.model import Mark, Picture, Source, SourceInfo
from yuebao.pages import Book, Image, Page
from yuebao.read import text
from yuebao.read.furniture import furniture_of
from yuebao.read.lines import LONGEST_CAPTION, Line, edges_of, indent_of, is_apart, is_centred, lines_of, pitch_of
from yuebao.text import squeeze

PAGE_END = "\n\f\n"
MOST_REPEATED = 3  # pages with the same picture: it is furniture
LONGEST_COLUMN = 12  # characters of a column's title; a headline is longer
UNDER = 3.0  # of the size; a caption stands no further under its picture


def source_of(name: str, media_type: str, sha256: str, book: Book) -> Source:
    """The Source of set pages: text, pages, marks, pictures, and the outline that the bookmarks give."""
    laid = _Laid(book)
    for number in range(len(book.pages)):
        laid.add_page(number)
    read = text.source_of(name, laid.text)
    info = SourceInfo(name, media_type, None, sha256, len(read.text), len(book.pages))
    return Source(
        info, read.text, read.problems, page_starts=tuple(laid.starts), marks=tuple(laid.marks), outline=outline_of(book),
        pictures=tuple(laid.pictures))


def outline_of(book: Book) -> str | None:
    """The bookmarks that name columns, as an outline: in a periodical those with others under them, and those that follow one such under
    the same; None where there are none."""
    out: list[str] = []
    above: list[int] = []
    with_columns: set[int] = set()  # levels at which a column stands, as far as the bookmarks above go
    for mark, after in zip_longest(book.bookmarks, book.bookmarks[1:]):
        above = [level for level in above if level < mark.level]
        with_columns = {level for level in with_columns if level <= mark.level}
        title = " ".join(mark.title.split())
        has_more = after is not None and after.level > mark.level
        is_column = has_more or (mark.level in with_columns and len(title) <= LONGEST_COLUMN)
        if title and is_column and not title.endswith("索引"):
            out.append("  " * len(above) + title)
            with_columns.add(mark.level)
        if has_more:
            above.append(mark.level)
    return "\n".join(out) or None


class _Laid:
    """The text while it is laid out, with its marks and pictures."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.lines = [lines_of(page) for page in book.pages]
        self.edges = edges_of(self.lines)
        self.furniture = furniture_of(self.lines, frozenset(squeeze(title) for title in _titles(book)))
        self.repeated = _repeated(book)
        self.text = ""
        self.starts: list[int] = []
        self.marks: list[Mark] = []
        self.pictures: list[Picture] = []

    def add_page(self, number: int) -> None:
        """Add the lines and pictures of a page."""
        self.text += PAGE_END if number else ""
        self.starts.append(len(self.text))
        lines, pitch = self.lines[number], pitch_of(self.lines[number])
        waiting = self._images(self.book.pages[number])
        over: Image | None = None  # the picture right over the line
        for n, line in enumerate(lines):
            if n:
                self.text += "\n\n" if is_apart(lines[n - 1], line, pitch) else "\n"
            while waiting and waiting[0].bottom <= line.y:
                over = waiting.pop(0)
                self._add_picture(over)
            self.text += "\u3000" * indent_of(line, self.edges[number])
            role = self.furniture.get((number, n))
            self._add_line(line, role, is_caption=over is not None and _is_caption(line, over))
            over = None
        for image in waiting:
            self._add_picture(image)

    def _add_line(self, line: Line, furniture: str | None, is_caption: bool) -> None:
        start, end = len(self.text), len(self.text) + len(line.text)
        self.text += line.text
        if furniture:
            self.marks.append(Mark("furniture", start, end, value=furniture))
        elif line.rows is not None:
            self.marks.append(Mark("table", start, end, line.caption, value=json.dumps(line.rows, ensure_ascii=False)))
        elif is_caption:
            self.marks.append(Mark("caption", start, end))

    def _add_picture(self, image: Image) -> None:
        self.pictures.append(Picture(len(self.text), f"picture-{len(self.pictures) + 1}", image.media_type, image.data))

    def _images(self, page: Page) -> list[Image]:
        return sorted((image for image in page.images if image.data not in self.repeated), key=lambda image: image.bottom)


def _titles(book: Book) -> Iterator[str]:
    yield from (mark.title for mark in book.bookmarks)
    yield book.title or ""


def _is_caption(line: Line, image: Image) -> bool:
    """Whether a line is the caption of the picture over it: near, in its middle, and short."""
    is_near = line.size > 0 and line.y - image.bottom <= UNDER * line.size
    return is_near and line.rows is None and len(line.text) <= LONGEST_CAPTION and is_centred(line, image.left, image.right)


def _repeated(book: Book) -> set[bytes]:
    """The pictures that stand on page after page."""
    counts = Counter(data for page in book.pages for data in {image.data for image in page.images})
    return {data for data, count in counts.items() if count >= MOST_REPEATED}
