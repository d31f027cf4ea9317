"""The parts of an issue in the order of the body, each heading with its level and bookmark: what contents and body both walk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from yuebao.model import Column, Issue, Item

DEEPEST = 9  # levels that Word has for headings and for the rows of a contents


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """A column's heading; `level` from 1."""

    column: Column
    level: int
    bookmark: str


@dataclass(frozen=True, slots=True)
class ItemHead:
    """An item; `level` of its row in the contents: one below the deepest column, the same for every item."""

    item: Item
    level: int
    bookmark: str


Head = ColumnHead | ItemHead


def heads_of(issue: Issue) -> tuple[Head, ...]:
    """Every column and item in body order."""
    numbers = count(1)
    return tuple(_heads(issue.columns, 1, min(depth_of(issue.columns) + 1, DEEPEST), numbers))


def depth_of(columns: Sequence[Column]) -> int:
    """How many levels the columns have."""
    return max((1 + depth_of(column.columns) for column in columns), default=0)


def row_title(head: Head) -> str:
    """What the 目录 has for the head; empty where it has no row."""
    if isinstance(head, ColumnHead):
        return (head.column.contents_title or head.column.title or "") if head.level < DEEPEST else ""
    return head.item.contents_headline or head.item.headline or ""


def _heads(columns: Sequence[Column], level: int, item_level: int, numbers: Iterator[int]) -> Iterator[Head]:
    for column in columns:
        yield ColumnHead(column, level, _bookmark(next(numbers)))
        for item in column.items:
            yield ItemHead(item, item_level, _bookmark(next(numbers)))
        yield from _heads(column.columns, level + 1, item_level, numbers)


def _bookmark(number: int) -> str:
    """A name as Word gives to what its contents point to."""
    return f"_Toc{100_000_000 + number}"
