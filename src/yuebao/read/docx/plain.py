"""A Word file of anybody's: a paragraph a line, indents and blank lines as they are seen, tables and pictures at their places."""

from __future__ import annotations

import json
from collections.abc import Sequence
from statistics import median

from yuebao.model import Mark, Picture
from yuebao.read.docx.flow import Block, Paragraph, Shown, Table

LONGEST_COLUMN = 12  # characters; the usual name of a column has two to eight, a headline some twenty
FEWEST_COLUMNS = 2  # a lone heading is a title


class Plain:
    """The text, the marks of tables, the pictures, and an outline where headings name columns."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self.marks: list[Mark] = []
        self.pictures: list[Picture] = []
        self.hidden = 0
        for block in blocks:
            self._block(block)
        self.text = "".join(self._pieces)
        self.outline = outline_of([block for block in blocks if isinstance(block, Paragraph)])

    def _block(self, block: Block) -> None:
        if isinstance(block, Table):
            start = self._length
            self._add("\n".join("\t".join(row) for row in block.rows))
            self.marks.append(Mark("table", start, self._length, value=json.dumps(block.rows, ensure_ascii=False)))
            self._pictures(block.shown)
            self._add("\n")
            return
        said = block.label + block.text()
        self.hidden += sum(run.is_hidden and bool(run.text.strip()) for run in block.runs)
        self._add("\u3000" * round(block.indent) + said if said.strip() else said)
        self._pictures(block.shown)
        self._add("\n")
        for inner in block.behind:
            self._block(inner)

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)

    def _pictures(self, shown: Sequence[Shown]) -> None:
        self.pictures += [Picture(self._length, picture.name, picture.media_type, picture.data) for picture in shown]


def outline_of(paragraphs: Sequence[Paragraph]) -> str | None:
    """The headings that name columns, two spaces a level; None where the headings are those of items, or there are none.

    A level counts where half of its headings are as short as names of columns are; the levels below one that does not count are out.
    """
    headings = [(p.level, p.text().strip()) for p in paragraphs if p.level is not None and p.text().strip()]
    levels: list[int] = []
    for level in sorted({level for level, _ in headings}):
        said = [text for of, text in headings if of == level]
        if median(map(len, said)) > LONGEST_COLUMN:
            break
        levels.append(level)
    lines: list[str] = []
    above = 0
    for level, text in headings:
        if level in levels and len(text) <= 2 * LONGEST_COLUMN:
            above = min(levels.index(level) + 1, above + 1)
            lines.append("  " * (above - 1) + " ".join(text.split()))
    return "\n".join(lines) if len(lines) >= FEWEST_COLUMNS else None
