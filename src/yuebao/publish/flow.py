"""What the formats of running text share: an item's parts in the order in which they are read, and markup woven into its text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from yuebao.model import Annotation, Column, Entry, Figure, Issue, Item, Span, Table
from yuebao.publish.book import number_line_of

# A table or figure belongs to a character of its item, and stands behind the paragraph of that character: a format that does not say of
# which cannot hold it.
CANNOT_HOLD: frozenset[str] = frozenset({"after"})
# what XML cannot hold at all, and what a parser of HTML or XML would make another character
ODD = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

NAMELESS = "无题"
FIRST_WORDS = 24  # characters of an item without headline in a list


@dataclass(frozen=True, slots=True)
class Inset:
    """Markup around `[start, end)` of a text: what stands before it and behind it."""

    start: int
    end: int
    before: str
    behind: str


@dataclass(frozen=True, slots=True)
class Section:
    """A column where it stands: its level from 1, the name of its anchor (the same for the same issue)."""

    column: Column
    level: int
    key: str
    inner: tuple[Section, ...]

    @property
    def has_items(self) -> bool:
        """Whether an item stands in it, or in a section in it."""
        return any(section.column.items for section in self.walk())

    def walk(self) -> Iterator[Section]:
        """This section and those in it, in body order."""
        yield self
        for section in self.inner:
            yield from section.walk()


def sections_of(issue: Issue) -> tuple[Section, ...]:
    """The columns of the issue with their levels and anchors."""
    numbers = count(1)
    return tuple(_section(column, 1, numbers) for column in issue.columns)


def _section(column: Column, level: int, numbers: Iterator[int]) -> Section:
    key = f"column-{next(numbers)}"
    return Section(column, level, key, tuple(_section(inner, level + 1, numbers) for inner in column.columns))


def title_of(issue: Issue) -> str:
    """What the issue is called where it must be called something: its title and number."""
    return " ".join(filter(None, (issue.masthead.title, number_line_of(issue.masthead)))) or NAMELESS


def listed_as(item: Item) -> str:
    """What a list calls the item: its headline in the 目录, that in the body, else its first words."""
    for named in (item.contents_headline, item.headline):
        if named and named.strip():
            return named
    first = " ".join(item.text.split()) or NAMELESS
    return first if len(first) <= FIRST_WORDS else first[:FIRST_WORDS] + "…"


def parts_of(item: Item, figures: Sequence[Figure] = ()) -> list[Entry | Table | Figure]:
    """The entries of an item, each followed by the tables and figures anchored in it; those of an item without entries by themselves."""
    hung: dict[int, list[Table | Figure]] = {}
    anchored: list[Table | Figure] = [*item.tables, *figures]
    for part in anchored:
        hung.setdefault(_place_of(item, part), []).append(part)
    parts: list[Entry | Table | Figure] = [*hung.get(-1, ())]
    for place, entry in enumerate(item.entries):
        parts += [entry, *hung.get(place, ())]
    return parts


def anchor_of(item: Item | None, part: Table | Figure) -> int | None:
    """The offset to which a table or figure belongs (-1: none), None where it is the end of what is read before the part."""
    if item is None:
        before = None
    elif item.entries:
        before = item.entries[_place_of(item, part)].end
    else:
        before = len(item.headline or "")
    return None if part.after == before else -1 if part.after is None else part.after


def figures_of(issue: Issue) -> dict[int | None, list[Figure]]:
    """The figures by the number of their item; under None the plates, which belong to none that is there."""
    known = {item.number for item in issue.items()}
    figures: dict[int | None, list[Figure]] = {}
    for figure in issue.figures:
        figures.setdefault(figure.item if figure.item in known else None, []).append(figure)
    return figures


def woven(start: int, end: int, insets: Iterable[Inset], leaf: Callable[[int, int], str]) -> str:
    """`leaf(start, end)` with the insets, which lie within, nest, and stand in order, the outermost first."""
    out: list[str] = []
    open_: list[Inset] = []
    at = start

    def go_to(place: int) -> None:
        nonlocal at
        if place > at:
            out.append(leaf(at, place))
            at = place

    for inset in insets:
        while open_ and open_[-1].end <= inset.start:
            go_to(open_[-1].end)
            out.append(open_.pop().behind)
        go_to(inset.start)
        out.append(inset.before)
        open_.append(inset)
    for inset in reversed(open_):
        go_to(inset.end)
        out.append(inset.behind)
    go_to(end)
    return "".join(out)


def insets_of(
    item: Item, start: int, end: int, of: Callable[[Annotation], tuple[str, str] | None], internal: tuple[str, str],
) -> list[Inset]:
    """The insets for `[start, end)` of an item's text: its internal passages, and the annotations that nest in them and in one another.

    `of` says what stands before and behind an annotated passage, None where nothing does.
    """
    passages = [
        Inset(max(span.start, start), min(span.end, end), *internal) for span in _internal(item) if span.start < end and start < span.end]
    insets = [
        Inset(a.start, a.end, *around) for a in {(a.layer, a.start, a.end): a for a in item.annotations}.values()
        if start <= a.start < a.end <= end and (around := of(a)) is not None and not any(_cross(a, passage) for passage in passages)]
    return _nested(sorted([*passages, *insets], key=_outermost_first))


def _nested(insets: Iterable[Inset]) -> list[Inset]:
    """The insets without those that cross one before them."""
    kept: list[Inset] = []
    ends: list[int] = []
    for inset in insets:
        while ends and ends[-1] <= inset.start:
            ends.pop()
        if not ends or inset.end <= ends[-1]:
            kept.append(inset)
            ends.append(inset.end)
    return kept


def _outermost_first(inset: Inset) -> tuple[int, int]:
    return inset.start, -inset.end


def _place_of(item: Item, part: Table | Figure) -> int:
    """The entry behind which a table or figure stands: the one in which it is anchored, else the last; -1 where there is none."""
    last = len(item.entries) - 1
    return last if part.after is None else min(bisect_left(item.entries, part.after, key=lambda entry: entry.end), last)


def extension_of(media_type: str) -> str:
    """The ending of a picture's file name."""
    return EXTENSIONS.get(media_type, "bin")


EXTENSIONS: Mapping[str, str] = {
    "image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp", "image/svg+xml": "svg", "image/bmp": "bmp",
    "image/tiff": "tif",
}


def _internal(item: Item) -> tuple[Span, ...]:
    return item.internal if isinstance(item.internal, tuple) else ()


def _cross(one: Inset | Annotation, other: Inset) -> bool:
    return one.start < other.start < one.end < other.end or other.start < one.start < other.end < one.end
