"""Which lines of set pages are furniture: folios and running heads, told by where they stand on page after page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Protocol

from yuebao.text import fold, squeeze

LEAST_PAGES = 3  # with a line at the same height, before it is taken for furniture
SAME_HEIGHT = 1.5  # points; lines at heights nearer than this are at one
SMALLER = 0.92  # of the size of the text; a head over the page that is set smaller
APART = 1.3  # of the usual distance of baselines
FAR = 2.5  # of its size: more than this stands under a head
MOSTLY = 0.6  # of the lines at a height that must say the same
DEEPEST = 3  # lines from the top or foot of a page
_FOLIO = re.compile(r"[-·|/~]*(?:第)?(\d{1,4})(?:页)?[-·|/~]*(?:共\d{1,4}页)?")
_DASHED = re.compile(r"[-·|~]+\d{1,4}[-·|~]+")
_DIGITS = re.compile(r"\d+")


class Placed(Protocol):
    """A line with its place, size and text; `rows` if it is a table."""

    @property
    def text(self) -> str: ...
    @property
    def y(self) -> float: ...
    @property
    def size(self) -> float: ...
    @property
    def rows(self) -> object | None: ...


Place = tuple[int, int]  # the index of a page, of a line on it


def furniture_of(pages: Sequence[Sequence[Placed]], titles: frozenset[str] = frozenset()) -> dict[Place, str]:
    """The lines that are furniture, by page and line, with what each is ("folio", "running head").

    `titles`: what the file's bookmarks and properties name, without white space; over a page, in smaller type, these are running heads,
    as a number between dashes at its foot is a folio, however few the pages. Any other line is furniture only where others like it stand
    at the same height on at least LEAST_PAGES pages: page numbers that rise with the pages, the same words but for digits, or, at the
    head, anything smaller than the text that stands apart from it.
    """
    body = _body_size(pages)
    out = dict(_alone(pages, body, titles))
    for _ in range(DEEPEST):
        found = {}
        for is_head in (True, False):
            for places in _at_one_height(pages, out, is_head):
                found.update(_told(pages, places, body, is_head))
        if not found:
            break
        out.update(found)
    return out


def _alone(pages: Sequence[Sequence[Placed]], body: float, titles: frozenset[str]) -> Iterator[tuple[Place, str]]:
    """Heads and folios that their own words give away."""
    for number, lines in enumerate(pages):
        if len(lines) < 2 or lines[0].rows is not None or lines[-1].rows is not None:
            continue
        head, foot = lines[0], lines[-1]
        if head.size <= SMALLER * body and squeeze(head.text) in titles and lines[1].y - head.y > FAR * head.size:
            yield (number, 0), "running head"
        if _DASHED.fullmatch(fold(squeeze(foot.text))):
            yield (number, len(lines) - 1), "folio"


def _body_size(pages: Iterable[Iterable[Placed]]) -> float:
    """The size of most characters."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _at_one_height(pages: Sequence[Sequence[Placed]], known: dict[Place, str], is_head: bool) -> Iterator[list[Place]]:
    """The outermost lines of the pages that are not known yet, gathered by height and size."""
    outermost: list[tuple[float, float, Place]] = []
    for number, lines in enumerate(pages):
        left = [n for n in range(len(lines)) if (number, n) not in known]
        n = left[0 if is_head else -1] if left else -1
        if left and lines[n].rows is None:
            outermost.append((lines[n].size, lines[n].y, (number, n)))
    groups: list[list[tuple[float, float, Place]]] = []
    for found in sorted(outermost):
        if groups and groups[-1][-1][0] == found[0] and found[1] - groups[-1][-1][1] <= SAME_HEIGHT:
            groups[-1].append(found)
        else:
            groups.append([found])
    yield from (sorted(place for _, _, place in group) for group in groups if len(group) >= LEAST_PAGES)


def _told(pages: Sequence[Sequence[Placed]], places: list[Place], body: float, is_head: bool) -> dict[Place, str]:
    """What the lines at one height are, where they are furniture."""
    said = [fold(squeeze(pages[number][n].text)) for number, n in places]
    folios = [(place, int(found[1])) for place, text in zip(places, said, strict=True) if (found := _FOLIO.fullmatch(text))]
    if len(folios) >= max(LEAST_PAGES, MOSTLY * len(places)) and _rise(folios):
        return {place: "folio" for place, _ in folios}
    if not all(_is_apart(pages[number], n, is_head) for number, n in places):
        return {}  # lines of the text, which may say the same again
    shapes = Counter(_DIGITS.sub("#", text) for text in said)
    again = sum(count for count in shapes.values() if count > 1)
    is_smaller = is_head and pages[places[0][0]][places[0][1]].size <= SMALLER * body
    return dict.fromkeys(places, "running head") if again >= MOSTLY * len(places) or is_smaller else {}


def _is_apart(lines: Sequence[Placed], n: int, is_head: bool) -> bool:
    """Whether more stands between the line and the text than between most lines of its page."""
    steps = [after.y - before.y for before, after in pairwise(lines)]
    own = n if is_head else n - 1
    return 0 <= own < len(steps) and steps[own] > APART * median(steps)


def _rise(folios: Sequence[tuple[Place, int]]) -> bool:
    """Whether the numbers rise from page to page as the pages do."""
    steps = [(after[1] - before[1]) == (after[0][0] - before[0][0]) for before, after in pairwise(folios)]
    return sum(steps) >= MOSTLY * len(steps)
