"""How long a draft will be: characters, lines and pages of the house's page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from yuebao.compile.columns import path_of
from yuebao.compile.columns_cues import Path
from yuebao.model import Issue, Item

# a page as such bulletins are commonly set: characters a line, lines a page, lines that a heading takes, an indent
CHARACTERS, LINES, HEADING, INDENT = 34, 30, 3, 2
LEAST_PAGES = 5  # of an issue, for its own page to be told from it


@dataclass(frozen=True, slots=True)
class Length:
    """Characters of the text without line ends, lines of the page, pages begun."""

    characters: int
    lines: int
    pages: int


def length_of(placed: Sequence[tuple[Item, Path]], run: Sequence[Issue] = ()) -> Length:
    """The length of items in their order, each with its column: headlines run in, a heading where the column changes.

    A page holds as many such lines as the pages of the run's last issue with printed page numbers held, else as is common.
    """
    lines = _lines_of(placed)
    a_page = next((each for issue in reversed(run) if (each := _lines_a_page(issue))), LINES)
    return Length(sum(len(item.text.replace("\n", "")) for item, _ in placed), lines, math.ceil(lines / a_page))


def _lines_of(placed: Sequence[tuple[Item, Path]]) -> int:
    headings = sum(one != other for one, other in pairwise([(), *(path for _, path in placed)]))
    return headings * HEADING + sum(_lines(item) for item, _ in placed)


def _lines_a_page(issue: Issue) -> float | None:
    """The lines on a page of an issue, by the first and last page numbers of its items; None where there are too few."""
    pages = [item.page for item in issue.items() if item.page is not None]
    if not pages or max(pages) - min(pages) < LEAST_PAGES:
        return None
    return _lines_of([(item, path_of(path)) for path, item in issue.walk()]) / (max(pages) - min(pages) + 1)


def _lines(item: Item) -> int:
    """Lines of an item: the headline is run in with its first entry."""
    widths = [_width(item.text[entry.start:entry.end]) + INDENT for entry in item.entries] or [0.0]
    widths[0] += _width(item.headline or "")
    return sum(max(1, math.ceil(width / CHARACTERS)) for width in widths)


def _width(text: str) -> float:
    return sum(0.5 if character < "\u2000" else 1.0 for character in text)
