"""The sheet: a source laid out for structure. White space and NUL are out, widths are folded, and every character knows its offset.

Positions on the sheet count the characters that are left; a Slice is a half-open range of them. `Text` gathers slices into the text of
a value and keeps where each came from, so that no character can be used without saying so.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from yuebao.model import Origin
from yuebao.text import fold, split_lines

Slice = tuple[int, int]
_OUT = re.compile(r"[\s\0]+")
_RUN = re.compile(r"[^\s\0]+")
_LINE_END = re.compile(r"[ \u3000]\s*\n")
_LATIN = re.compile(r"[!-~]")
# a sentence, or a piece closed by a quotation mark or bracket, ends with one of these (folded)
SENTENCE_ENDS = frozenset("。!?…;\"')》】」』.")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something on it: its Slice, and how many columns of white space and blank lines stand before it."""

    index: int
    start: int
    end: int
    indent: int
    blank_before: bool


class Sheet:
    """A source text without white space: `flat` is folded, `at[k]` the source offset of its k-th character, `lines` the filled lines."""

    def __init__(self, text: str, furniture: Iterable[Slice] = ()) -> None:
        """`furniture`: source ranges (folios, running heads) that are left out as white space is."""
        self.text = text
        shown = text
        for start, end in furniture:
            shown = shown[:start] + " " * (end - start) + shown[end:]
        self.flat = fold(_OUT.sub("", shown))
        self.at = array("I")
        self.cuts: list[int] = []  # positions where a run ends that NUL parts from the next
        self.gaps: list[int] = []  # positions that white space or NUL stands before, rising
        end = 0
        for run in _RUN.finditer(shown):
            if shown.find("\0", end, run.start()) >= 0:
                self.cuts.append(len(self.at))
            self.gaps.append(len(self.at))
            self.at.extend(range(*run.span()))
            end = run.end()
        self.lines: list[Line] = []
        position, blank = 0, True
        for start, end in split_lines(text):
            raw = shown[start:end]
            length = len(_OUT.sub("", raw))
            if length:
                indent = sum(4 if c == "\t" else 2 if c == "\u3000" else 1 for c in raw[: len(raw) - len(raw.lstrip())])
                self.lines.append(Line(len(self.lines), position, position + length, indent, blank))
                position += length
            blank = not length
        self.line_starts = {line.start: line.index for line in self.lines}
        self.cuts = sorted({*self.cuts, *self.line_starts})

    def of(self, line: Line) -> str:
        """The folded characters of a line."""
        return self.flat[line.start:line.end]

    def has_gap(self, position: int) -> bool:
        """Whether white space (or an end of the text) stands before the character at `position`."""
        return position <= 0 or position >= len(self.at) or self.at[position] != self.at[position - 1] + 1

    def gaps_within(self, start: int, stop: int) -> list[int]:
        """The positions from `start` up to and with `stop` that white space stands before."""
        return self.gaps[bisect_left(self.gaps, start):bisect_right(self.gaps, stop)]

    def has_word_space(self, end: int, start: int) -> bool:
        """Whether a line that ends at the source offset `end` closes with a space that a Latin word or number needs before the line that
        begins at `start`, or with an ideographic one."""
        if not _LINE_END.match(self.text, end, start):
            return False
        return self.text[end] == "\u3000" or _LATIN.fullmatch(self.text[end - 1]) is not None or _LATIN.match(self.text, start) is not None

    def is_finished(self, position: int) -> bool:
        """Whether the character before `position` closes a sentence."""
        return position <= 0 or self.flat[position - 1] in SENTENCE_ENDS

    def source(self, part: Slice) -> Slice:
        """The source range of a non-empty slice."""
        return self.at[part[0]], self.at[part[1] - 1] + 1

    def raw(self, part: Slice) -> str:
        """The source characters of a slice as one run, inner white space and line ends included."""
        start, end = self.source(part)
        return self.text[start:end]

    def pieces(self, part: Slice) -> Iterable[Slice]:
        """The source ranges of a slice, cut at line ends and NUL, without white space at either end."""
        start, end = part
        at = bisect_right(self.cuts, start)
        while start < end:
            stop = min(self.cuts[at], end) if at < len(self.cuts) else end
            yield self.source((start, stop))
            start, at = stop, at + 1


class Text:
    """A text gathered from slices of a sheet, with the origin of each of its characters.

    Where lines are joined, the white space between them is left out but for a space that the line before ends with and a word needs.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.parts: list[str] = []
        self.length = 0
        self.origin: list[Origin] = []

    def add(self, *slices: Slice) -> Slice:
        """Append the slices; the range of the text that they fill."""
        start = self.length
        for part in slices:
            for source_start, source_end in self.sheet.pieces(part):
                if self.length > start and self.sheet.has_word_space(self.origin[-1].source_end, source_start):
                    self._take(self.origin[-1].source_end, self.origin[-1].source_end + 1)
                self._take(source_start, source_end)
        return start, self.length

    def _take(self, source_start: int, source_end: int) -> None:
        piece = self.sheet.text[source_start:source_end]
        self.origin.append(Origin(self.length, self.length + len(piece), source_start, source_end))
        self.parts.append(piece)
        self.length += len(piece)

    def break_line(self) -> None:
        """Append a line end, the one character without origin."""
        self.parts.append("\n")
        self.length += 1

    def value(self) -> str:
        return "".join(self.parts)


def value_of(sheet: Sheet, *slices: Slice) -> str:
    """The text of the slices, line ends undone."""
    text = Text(sheet)
    text.add(*slices)
    return text.value()


def places(sheet: Sheet, *slices: Slice) -> tuple[Origin, ...]:
    """Origins without a range of text, for values that are not the text itself (a page, a masthead's value)."""
    return tuple(Origin(None, None, *piece) for part in slices for piece in sheet.pieces(part))


def by_source(origin: Iterable[Origin]) -> tuple[Origin, ...]:
    """The origins in the order of the source."""
    return tuple(sorted(origin, key=lambda o: (o.source_start, o.source_end)))
