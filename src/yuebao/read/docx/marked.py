"""A Word file of ours: the styles say what each paragraph and run is, so each becomes a mark."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from yuebao.model import Mark, Picture
from yuebao.read.docx.flow import Block, Paragraph, Shown, Table
from yuebao.text import real_date
from yuebao.word_styles import IMPRINT, PARAGRAPHS, RUNS, Part, column_level

_NUMBERS = {
    "year": re.compile(r"(\d+)年"), "number": re.compile(r"第(\d+)期"), "month": re.compile(r"(\d+)月"),
    "serial_number": re.compile(r"(\d+)"),
}
_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_ROW = re.compile(r"(.+?)\s*\t\s*(\d*)\s*$", re.DOTALL)  # a row that Word computed has the white that stands behind a headline
_CONTENTS_STYLE = re.compile(r"toc (\d)")


@dataclass(slots=True)
class _Piece:
    """A range of the text within a paragraph, and the part that its style of runs says it is (None: what the paragraph is)."""

    part: Part | None
    start: int
    end: int


def is_own(blocks: Sequence[Block]) -> bool:
    """Whether the file has paragraphs in our styles, whose names nobody has by chance."""
    names = {block.style for block in blocks if isinstance(block, Paragraph) and block.style}
    return any(name in PARAGRAPHS or column_level(name) for name in names)


class Marked:
    """The text of such a file, a paragraph a line, with its marks and pictures."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._written: list[str] = []
        self._length = 0
        self._line, self._line_start = "", 0  # the paragraph that was written last
        self.marks: list[Mark] = []
        self.pictures: list[Picture] = []
        self._deepest = max((column_level(b.style) or 0 for b in blocks if isinstance(b, Paragraph) and b.style), default=0)
        self._caption: tuple[int, str] | None = None  # of a table, until the table comes: where it begins, what it says
        self._item: int | None = None  # the place of its mark
        self._internal: list[Mark] = []
        self._told = 0  # characters of the item
        for block in blocks:
            self._block(block)
        self._end_table()
        self._end_item()
        self.text = "".join(self._written)

    def _block(self, block: Block) -> None:
        if isinstance(block, Table):
            self._table(block)
            return
        part = PARAGRAPHS.get(block.style or "")
        self._end_table()
        level = column_level(block.style or "")
        if level or (part is not None and part[0] in ("headline", "item")):
            self._end_item()
        start = self._length
        pieces = self._write(block)
        if level:
            self._column(block, level, start)
        elif found := _CONTENTS_STYLE.fullmatch(block.style or ""):
            self._row(int(found[1]), start)
        elif part is not None:
            _HANDLERS[part[0]](self, block, part, pieces)
        elif block.text().strip() and self._item is not None:
            self._entry(block, ("entry", None), pieces)  # written into the file by somebody: text of the item
        for shown in block.shown:
            self._figure(shown)
        self._add("\n")
        for inner in block.behind:
            self._block(inner)

    def _write(self, paragraph: Paragraph) -> list[_Piece]:
        """Add the characters of a paragraph; the ranges of each part in it."""
        pieces: list[_Piece] = []
        self._line_start = self._length
        for run in paragraph.runs:
            part = RUNS.get(run.style or "")
            if part == ("figure", None):
                continue  # the figure's own mark has it
            kind = None if part == ("internal", None) else part
            start = self._length
            self._add(run.text)
            if pieces and pieces[-1].part == kind:
                pieces[-1].end = self._length
            else:
                pieces.append(_Piece(kind, start, self._length))
            if part == ("internal", None):
                self._internal.append(Mark("internal", start, self._length))
        self._line = "".join(run.text for run in paragraph.runs if RUNS.get(run.style or "") != ("figure", None))
        return pieces or [_Piece(None, self._length, self._length)]

    def _add(self, text: str) -> None:
        self._written.append(text)
        self._length += len(text)

    def _said(self, start: int, end: int) -> str:
        """Part of the paragraph that was written last."""
        return self._line[start - self._line_start:end - self._line_start]

    def _mark(self, role: str, start: int, end: int, field: str | None = None, level: int = 1, value: str | None = None) -> None:
        self.marks.append(Mark(role, start, end, field, level, value))

    # ---- what a paragraph may be ----

    def _masthead(self, paragraph: Paragraph, part: Part, pieces: Sequence[_Piece]) -> None:
        del paragraph
        start, end = pieces[0].start, pieces[-1].end
        if part[1] in ("number", "serial_number"):
            self._numbers(start, end, ("serial_number",) if part[1] == "serial_number" else ("year", "number", "month"))
        elif part[1] is None:
            self._imprint(start, end)
        else:
            self._parts(pieces, part)

    def _numbers(self, start: int, end: int, fields: Sequence[str]) -> None:
        found = [(m.span(1), field) for field in fields if (m := _NUMBERS[field].search(self._said(start, end)))]
        at = start
        for (first, last), field in sorted(found):
            self._furniture(at, start + first)
            self._mark("masthead", start + first, start + last, field)
            at = start + last
        self._furniture(at, end)

    def _imprint(self, start: int, end: int) -> None:
        label, colon, said = self._said(start, end).partition("：")
        if not colon:
            return
        at = end - len(said)
        self._furniture(start, at)
        field = IMPRINT.get(label.strip())
        if field is None:
            for name in re.finditer("[^、]+", said):
                self._mark("masthead", at + name.start(), at + name.end(), "editors", value=label.strip())
                self._furniture(at + name.end(), min(at + name.end() + 1, end))
        else:
            self._mark("masthead", at, end, field, value=_iso(said) if field.endswith("_on") else None)

    def _epigraph(self, paragraph: Paragraph, part: Part, pieces: Sequence[_Piece]) -> None:
        del paragraph
        before = self.marks[-1] if self.marks else None
        if before is not None and (before.role, before.field) == part == ("epigraph", "text"):
            self.marks[-1] = replace(before, end=pieces[-1].end)
        else:
            self._parts(pieces, part)

    def _parts(self, pieces: Sequence[_Piece], part: Part) -> None:
        """A mark for each piece: of the paragraph's part, or of the part that the piece is itself."""
        for piece in pieces:
            role, field = piece.part or part
            if role == "furniture":
                self._furniture(piece.start, piece.end)
            elif piece.end > piece.start or role in ("headline", "entry"):
                self._mark(role, piece.start, piece.end, field)

    def _furniture(self, start: int, end: int) -> None:
        if end > start:
            self._mark("furniture", start, end, value="layout of the Word file")

    def _layout(self, paragraph: Paragraph, part: Part, pieces: Sequence[_Piece]) -> None:
        del paragraph, part
        self._furniture(pieces[0].start, pieces[-1].end)

    def _row(self, level: int, start: int) -> None:
        found = _ROW.match(self._line)
        if found is None:
            self._furniture(start, self._length)
            return
        title_end, page_start, page_end = start + found.end(1), start + found.start(2), start + found.end(2)
        if level <= self._deepest:
            self._mark("contents.column", start, title_end, level=level)
            self._furniture(page_start, page_end)
        else:
            self._mark("contents.row", start, title_end)
            if found[2]:
                self._mark("contents.page", page_start, page_end)

    def _column(self, paragraph: Paragraph, level: int, start: int) -> None:
        self._mark("column", start, self._length, level=level, value=paragraph.listed)

    def _headline(self, paragraph: Paragraph, part: Part, pieces: Sequence[_Piece]) -> None:
        del part
        self._begin_item()
        first, *others = pieces
        self._mark("headline", first.start, first.end, value=paragraph.listed)
        self._told += first.end - first.start
        self._parts(others, ("entry", None))

    def _first_entry(self, paragraph: Paragraph, part: Part, pieces: Sequence[_Piece]) -> None:
        self._begin_item()
        self._entry(paragraph, part, pieces)

    def _entry(self, paragraph: Paragraph, part: Part, pieces: Sequence[_Piece]) -> None:
        del paragraph, part
        if self._item is None:
            self._begin_item()
        if pieces[0].part is not None:  # an entry without characters of its own
            pieces = [_Piece(None, pieces[0].start, pieces[0].start), *pieces]
        self._told += sum(piece.end - piece.start for piece in pieces if piece.part is None)
        self._parts(pieces, ("entry", None))

    def _table_caption(self, paragraph: Paragraph, part: Part, pieces: Sequence[_Piece]) -> None:
        del paragraph, part
        self._caption = pieces[0].start, self._said(pieces[0].start, pieces[-1].end)

    def _caption_of_figure(self, paragraph: Paragraph, part: Part, pieces: Sequence[_Piece]) -> None:
        del paragraph
        self._parts(pieces, part)

    def _figure_line(self, paragraph: Paragraph, part: Part, pieces: Sequence[_Piece]) -> None:
        """A figure whose picture the file does not hold; one that it holds comes with the picture."""
        del part, pieces
        for run in paragraph.runs:
            if RUNS.get(run.style or "") == ("figure", None) and len(words := run.text.rsplit(" ", 2)) == 3:
                at = self._length
                self._mark("figure", at, at, words[0], value=f"{words[1]} {words[2]}")

    # ---- tables, pictures, items as wholes ----

    def _table(self, table: Table) -> None:
        start, caption = self._caption or (self._length, "")
        self._caption = None
        self._add("\n".join("\t".join(row) for row in table.rows))
        self._mark("table", start, self._length, caption or None, value=json.dumps(table.rows, ensure_ascii=False))
        self._add("\n")
        for shown in table.shown:
            self._figure(shown)

    def _end_table(self) -> None:
        """A caption that no table followed is a table without rows."""
        if self._caption is not None:
            start, caption = self._caption
            self._caption = None
            self._mark("table", start, start + len(caption), caption or None, value="[]")

    def _figure(self, shown: Shown) -> None:
        digest = hashlib.sha256(shown.data).hexdigest()
        self._mark("figure", self._length, self._length, shown.label or shown.name, value=f"{shown.media_type} {digest}")
        self.pictures.append(Picture(self._length, shown.name, shown.media_type, shown.data))

    def _begin_item(self) -> None:
        self._item = len(self.marks)
        self._mark("item", self._length, self._length)

    def _end_item(self) -> None:
        """An item of which every character is internal is so as a whole."""
        hidden = sum(mark.end - mark.start for mark in self._internal)
        if self._item is not None and hidden and hidden == self._told:
            self.marks[self._item] = replace(self.marks[self._item], value="internal")
        else:
            self.marks += self._internal
        self._item, self._internal, self._told = None, [], 0


def _iso(said: str) -> str | None:
    """The ISO date of a date as it is printed; None for any other words."""
    found = _DATE.fullmatch(said.strip())
    day = real_date(int(found[1]), int(found[2]), int(found[3])) if found else None
    return day.isoformat() if day else None


_HANDLERS: dict[str, Callable[[Marked, Paragraph, Part, Sequence[_Piece]], None]] = {
    "masthead": Marked._masthead, "epigraph": Marked._epigraph, "furniture": Marked._layout, "headline": Marked._headline,
    "item": Marked._first_entry, "entry": Marked._entry, "table": Marked._table_caption, "figure": Marked._figure_line,
    "caption": Marked._caption_of_figure,
}

