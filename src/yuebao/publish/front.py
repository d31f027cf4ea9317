"""The masthead as pages of running text show it, each value with the field that it is: the line of numbers, the rows of the imprint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from yuebao.model import Masthead
from yuebao.publish.book import printed_date


@dataclass(frozen=True, slots=True)
class Shown:
    """A field of the masthead as it is shown; `value` where that is not the value itself."""

    field: str
    text: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the imprint: its label, and what stands behind it (several editors of one role)."""

    label: str
    values: tuple[Shown, ...]


_LABELS = (("supervisor", "主管"), ("sponsor", "主办"), ("publisher", "编印"))
_LABELS_BELOW = (
    ("address", "地址"), ("phone", "电话"), ("email", "邮箱"), ("permit_number", "准印证号"), ("printer", "印刷"), ("print_run", "印数"),
    ("printed_on", "印刷日期"), ("published_on", "编印日期"), ("distribution", "发放范围"),
)


def numbers_of(head: Masthead) -> tuple[Shown, ...]:
    """年、期、总期号 as the cover has them; the month shows only where there is no number, but is said in any case."""
    shown = []
    if head.year is not None:
        shown.append(Shown("year", f"{head.year}年", str(head.year)))
    if head.month is not None:
        shown.append(Shown("month", f"{head.month}月" if head.number is None else "", str(head.month)))
    if head.number is not None:
        shown.append(Shown("number", f"第{head.number}期", str(head.number)))
    if head.serial_number is not None:
        shown.append(Shown("serial_number", f"（总第{head.serial_number}期）", str(head.serial_number)))
    return tuple(shown)


def imprint_of(head: Masthead) -> tuple[Row, ...]:
    """The rows of the imprint in the customary order, only what is known."""
    editors = [
        Row(role, tuple(Shown("editors", editor.name, role) for editor in of_role))
        for role, of_role in groupby(head.editors, key=lambda editor: editor.role)]
    return (*_rows(head, _LABELS), *editors, *_rows(head, _LABELS_BELOW))


def _rows(head: Masthead, labels: Sequence[tuple[str, str]]) -> list[Row]:
    return [Row(label, (_shown(field, getattr(head, field)),)) for field, label in labels if getattr(head, field) is not None]


def _shown(field: str, value: str | int) -> Shown:
    if isinstance(value, int):
        return Shown(field, f"{value}册", str(value))
    shown = (printed_date(value) if field.endswith("_on") else value) or ""
    return Shown(field, shown, None if shown == value else value)
