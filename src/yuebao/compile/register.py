"""来稿登记: the table that says of each file who sent it, and texts that come as lines of a file. Pure: from text to values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from yuebao.compile.values import OriginKind
from yuebao.errors import UsageError

LONGEST_TITLE = 80  # characters; what is longer was no title where it was gathered
REGISTERS = ("来稿登记.tsv", "copy.tsv")
LINES_OF_TEXTS = ".jsonl"
_COLUMNS = {"文件名": "name", "来稿方式": "origin_kind", "供稿单位": "contributor", "媒体": "outlet", "日期": "date"}
_KINDS: Mapping[str, OriginKind] = {
    "供稿": "contributed", "采编": "gathered", "转载": "reprinted", **{kind: kind for kind in get_args(OriginKind)},
}
_OF_A_TEXT = ("title", "date", "origin_kind", "contributor", "outlet")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


@dataclass(frozen=True, slots=True)
class Registered:
    """What is registered of one file."""

    origin_kind: OriginKind = "contributed"
    contributor: str | None = None
    outlet: str | None = None
    on: date | None = None


def register_of(name: str, text: str) -> dict[str, Registered]:
    """What a register says, by the names of files. Raises UsageError E113 with the line of a fault."""
    lines = [line.split("\t") for line in text.lstrip("\ufeff").splitlines()]
    columns = [_COLUMNS.get(cell.strip(), cell.strip()) for cell in lines[0]] if lines else []
    if "name" not in columns or set(columns) - set(_COLUMNS.values()):
        raise UsageError("E113", name=name, line=1, reason="第一行应是列名：name、origin_kind、contributor、outlet、date")
    found: dict[str, Registered] = {}
    for number, cells in enumerate(lines[1:], 2):
        row = {column: cell.strip() for column, cell in zip(columns, cells, strict=False) if cell.strip()}
        if "name" not in row:
            if row:
                raise UsageError("E113", name=name, line=number, reason="没有文件名")
            continue
        if row["name"] in found:
            raise UsageError("E113", name=name, line=number, reason=f"{row['name']} 登记了两次")
        found[row["name"]] = _registered(row, name, number)
    return found


def texts_of(name: str, text: str, registered: Registered) -> Iterator[tuple[str, Registered, bytes]]:
    """The texts of a .jsonl file, each with its name and what its line says of it: id, date, title, text, origin_kind, contributor, outlet.

    Raises UsageError E113 with the line of a fault.
    """
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            raise UsageError("E113", name=name, line=number, reason="不是 JSON") from None
        if not isinstance(row, dict) or not isinstance(row.get("text"), str) or not row["text"].strip():
            raise UsageError("E113", name=name, line=number, reason="没有 text")
        said = {key: row[key] for key in _OF_A_TEXT if isinstance(row.get(key), str) and row[key]}
        title = said.pop("title", "")
        whole = f"{title}\n\n{row['text']}" if 0 < len(title) <= LONGEST_TITLE else row["text"]
        yield f"{row.get('id') or number}.txt", _registered(said, name, number, registered), whole.encode("utf-8", "replace")


def _registered(row: Mapping[str, str], name: str, line: int, at_first: Registered | None = None) -> Registered:
    """What a row says, and what was said at first where it says nothing."""
    found = at_first or Registered()
    if kind := row.get("origin_kind"):
        if kind not in _KINDS:
            raise UsageError("E113", name=name, line=line, reason=f"来稿方式“{kind}”应是供稿、采编或转载")
        found = replace(found, origin_kind=_KINDS[kind])
    if said := row.get("date"):
        found = replace(found, on=_day(said, name, line))
    return replace(found, contributor=row.get("contributor", found.contributor), outlet=row.get("outlet", found.outlet))


def _day(said: str, name: str, line: int) -> date:
    parts = _DAY.fullmatch(said)
    try:
        return date(*(int(part) for part in parts.groups())) if parts else date.fromisoformat(said[:10])
    except ValueError:
        raise UsageError("E113", name=name, line=line, reason=f"日期“{said}”应写成 2026-01-05") from None
