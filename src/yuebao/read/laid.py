"""A source laid out as lines from a file that says what its parts are: each part a line, with its mark."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from yuebao.model import Mark, Picture, Source, SourceInfo
from yuebao.read.text import source_of

# A passage that is internal within a line: its offsets in the line.
Within = tuple[int, int]


def passage_of(runs: Iterable[tuple[str, bool]]) -> tuple[str, list[Within]]:
    """The text of runs of characters, each with whether it is internal, and which of it is so."""
    parts: list[str] = []
    internal: list[Within] = []
    end = 0
    for run, is_internal in runs:
        start, end = end, end + len(run)
        parts.append(run)
        if is_internal and internal and internal[-1][1] == start:
            internal[-1] = (internal[-1][0], end)
        elif is_internal and run:
            internal.append((start, end))
    return "".join(parts), internal


class Laid:
    """The text while it is laid out, with its marks and pictures."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.marks: list[Mark] = []
        self.pictures: list[Picture] = []

    def put(
        self, role: str, text: str, field: str | None = None, level: int = 1, value: str | None = None, internal: Iterable[Within] = (),
        after: int | None = None,
    ) -> None:
        """A line of text (with line ends in it, where the part has them) and what it is."""
        start, end = self._add(text)
        self.marks.append(Mark(role, start, end, field, level, value, after))
        self.marks += [Mark("internal", start + a, start + b) for a, b in internal]

    def put_plain(self, text: str) -> None:
        """A line of which nothing is said."""
        self._add(text)

    def mark(self, role: str, field: str | None = None, value: str | None = None, after: int | None = None) -> None:
        """A mark without characters: the beginning of an item, a figure."""
        self.marks.append(Mark(role, self._length, self._length, field, 1, value, after))

    def picture(self, name: str, media_type: str, data: bytes) -> None:
        """A picture that stands here."""
        self.pictures.append(Picture(self._length, name, media_type, data))

    def source(self, name: str, media_type: str, data: bytes) -> Source:
        """The Source of the file whose bytes these were."""
        text = "".join(self._parts)
        read = source_of(name, text)
        info = SourceInfo(name, media_type, None, hashlib.sha256(data).hexdigest(), len(text), None)
        return Source(info, read.text, read.problems, marks=tuple(self.marks), pictures=tuple(self.pictures))

    def _add(self, text: str) -> Within:
        start = self._length
        self._parts += [text, "\n"]
        self._length += len(text) + 1
        return start, start + len(text)
