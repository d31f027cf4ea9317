"""The archive as tables to take away: CSV, JSON Lines, Parquet, each with a data dictionary, and the run as TEI.

A table is named with its columns, each with its kind and what it means; the files and the dictionary are made from that one description.
Rows come in a fixed order, so that the same archive gives the same bytes.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from yuebao import archive, pipeline
from yuebao.archive import decisions
from yuebao.archive.models import Appearance, Mention, Registered, StoredFinding, StoredItem, Tenure
from yuebao.archive.trouble import told
from yuebao.errors import UsageError
from yuebao.model import canonical
from yuebao.publish import publish
from yuebao.spreadsheet import csv_of

Row = dict[str, object]
KINDS = {"text": "文字 text", "integer": "整数 integer", "number": "数 number", "date": "日期 date (ISO 8601)", "boolean": "是否 boolean"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its kind (a key of KINDS), what it means in both languages."""

    name: str
    kind: str
    chinese: str
    english: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, what a row is in both languages, its columns, and where its rows come from."""

    name: str
    chinese: str
    english: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[Row]]


def _columns(*described: str) -> tuple[Column, ...]:
    return tuple(Column(*line.split("|")) for line in described)


_ISSUE = "issue|text|期的键|key of the issue"
_ITEM = "item|integer|条的序号，在本期内|number of the item within the issue"
_START = "start|integer|起，本条文字中的码位|start, in code points of the item's text"
_END = "end|integer|止|end"


def _issues() -> Iterator[Row]:
    for line in archive.issues():
        yield {
            "issue": line.key, "title": line.title, "place": line.place, "year": line.year, "month": line.month, "number": line.number,
            "serial_number": line.serial_number, "published_on": line.published_on, "items": line.items, "revisions": line.revisions,
            "source_name": line.source_name,
        }


def _items() -> Iterator[Row]:
    for item in StoredItem.objects.select_related("issue").order_by("issue__key", "number").iterator(chunk_size=500):
        yield {
            "issue": item.issue.key, "item": item.number, "column": item.column, "column_path": item.column_path, "headline": item.headline,
            "page": item.page, "starts_on": item.starts_on, "ends_on": item.ends_on, "text": item.text, "text_hash": item.text_hash,
        }


def _entries() -> Iterator[Row]:
    for line in archive.issues():
        for item in archive.show(line.key).items():
            for number, entry in enumerate(item.entries, 1):
                when = entry.date
                yield {
                    "issue": line.key, "item": item.number, "entry": number, "start": entry.start, "end": entry.end,
                    "date_text": when.text if when else None, "starts_on": when.starts_on if when else None,
                    "ends_on": when.ends_on if when else None, "byline": entry.byline, "text": item.text[entry.start:entry.end],
                }


def _mentions() -> Iterator[Row]:
    rows = Mention.objects.select_related("item__issue").order_by("item__issue__key", "item__number", "start", "end", "layer", "pk")
    for mention in rows.iterator(chunk_size=2000):
        value = mention.value
        yield {
            "issue": mention.item.issue.key, "item": mention.item.number, "layer": mention.layer, "start": mention.start, "end": mention.end,
            "text": mention.text, "name": value.get("name") or value.get("title") or mention.name, "day": mention.day,
            "number": value.get("amount", value.get("number")), "unit": value.get("currency") or value.get("unit"),
            "act": value.get("act"), "code": value.get("code"), "value": canonical(value), "by": mention.by,
        }


def _money() -> Iterator[Row]:
    for row in _mentions():
        if row["layer"] == "money":
            value = json.loads(str(row["value"]))
            yield {
                "issue": row["issue"], "item": row["item"], "text": row["text"], "amount": value["amount"], "currency": value["currency"],
                "approximate": value["approximate"], "day": row["day"],
            }


def _registered(layer: str) -> Callable[[], Iterator[Row]]:
    def rows() -> Iterator[Row]:
        for row in Registered.objects.filter(layer=layer).order_by("name", "number"):
            seen = list(Appearance.objects.filter(registered=row).exclude(day=None).order_by("day").values_list("day", flat=True))
            yield {
                "name": row.name, "number": row.number, "names": "、".join(sorted(row.names)),
                "items": row.appearances.values("item").distinct().count(), "first_day": seen[0] if seen else None,
                "last_day": seen[-1] if seen else None, "details": canonical(row.details),
            }

    return rows


def _tenures() -> Iterator[Row]:
    tenures = Tenure.objects.select_related("registered", "first__item__issue", "last__item__issue").order_by(
        "registered__name", "registered__number", "post", "first__day", "pk")
    for tenure in tenures:
        yield {
            "person": tenure.registered.name, "number": tenure.registered.number, "post": tenure.post, "standing": tenure.standing,
            "written": "、".join(sorted(tenure.written)), "times": tenure.count, "first_day": tenure.first.day,
            "first_issue": tenure.first.item.issue.key, "first_item": tenure.first.item.number, "last_day": tenure.last.day,
            "last_issue": tenure.last.item.issue.key, "last_item": tenure.last.item.number,
        }


def _findings() -> Iterator[Row]:
    for finding in StoredFinding.objects.select_related("issue").order_by("issue__key", "position"):
        data = finding.data
        yield {
            "issue": finding.issue.key, "item": data["item"], "page": data["page"], "line": data["line"], "code": finding.code,
            "severity": finding.severity, "text": data["text"], "proposal": data["proposal"], "message": data["message"],
            "basis": data["basis"], "state": data["state"],
        }


def _decisions() -> Iterator[Row]:
    for d in decisions.decisions():
        yield {
            "sequence": d.sequence, "kind": d.kind, "decided_by": d.decided_by, "decided_at": d.decided_at.isoformat(),
            "is_undone": d.is_undone, "statement": canonical(d.statement), "digest": d.digest,
        }


_OF_REGISTER = _columns(
    "name|text|名称|name", "number|integer|同名者的序号|number among those of one name", "names|text|见于印本的各种写法|every form in print",
    "items|integer|见于几条|items that name it", "first_day|date|最早见载之日|first day in print", "last_day|date|最近见载之日|last day in print",
    "details|text|其他（JSON）|details as JSON",
)
TABLES: tuple[Table, ...] = (
    Table("issues", "每行一期", "one issue a row", _columns(
        _ISSUE, "title|text|资料名称|title of the series", "place|text|地方|its place", "year|integer|年|year", "month|integer|月|month",
        "number|integer|期号|number", "serial_number|integer|总期号|serial number", "published_on|date|编印日期|day of publication",
        "items|integer|条数|items", "revisions|integer|版本数|revisions", "source_name|text|原文件名|name of the source file"), _issues),
    Table("items", "每行一条", "one item a row", _columns(
        _ISSUE, _ITEM, "column|text|栏目|column", "column_path|text|各级栏目|columns, outermost first", "headline|text|条题|headline",
        "page|integer|页码，依印本|page as printed", "starts_on|date|所记最早之日|first day told of", "ends_on|date|所记最晚之日|last day told of",
        "text|text|全文：条题和各则记事，各占一行|headline and accounts, a line each", "text_hash|text|文字的哈希|hash of the text"), _items),
    Table("entries", "每行一则记事", "one account a row", _columns(
        _ISSUE, _ITEM, "entry|integer|在本条中的序号|number within the item", _START, _END, "date_text|text|日期，依原文|date as written",
        "starts_on|date|起|from", "ends_on|date|止|to", "byline|text|署名|byline", "text|text|文字|text"), _entries),
    Table("mentions", "每行一处标注，各层都在内", "one annotation a row, every layer", _columns(
        _ISSUE, _ITEM, "layer|text|层：person 人物、organisation 机构、place 地名、project 项目、document 文件、money 金额、quantity 数量、date 日期、act 活动|layer",
        _START, _END, "text|text|原文|as written", "name|text|名称|name", "day|date|所在记事之日|day of its account",
        "number|number|数值，金额为元|number, money in base units", "unit|text|单位、币种|unit or currency", "act|text|活动类别|class of act",
        "code|text|行政区划代码|GB/T 2260 code", "value|text|全部取值（JSON）|the whole value as JSON", "by|text|所据规则|rule that made it"), _mentions),
    Table("money", "每行一处金额", "one sum a row", _columns(
        _ISSUE, _ITEM, "text|text|原文|as written", "amount|number|数额，以基本单位计|in base units", "currency|text|币种|ISO 4217",
        "approximate|boolean|约数|approximate", "day|date|所在记事之日|day of its account"), _money),
    Table("persons", "每行一人", "one person a row", _OF_REGISTER, _registered("person")),
    Table("organisations", "每行一机构", "one body a row", _OF_REGISTER, _registered("organisation")),
    Table("places", "每行一地名", "one place a row", _OF_REGISTER, _registered("place")),
    Table("projects", "每行一项目", "one project a row", _OF_REGISTER, _registered("project")),
    Table("tenures", "每行一人一职的见载起止（不是任免）", "what print attests of one person in one office; not appointments", _columns(
        "person|text|人物|person", "number|integer|同名者的序号|number among those of one name", "post|text|职务，带地方|office with its place",
        "standing|text|在任、原任等|standing", "written|text|见于印本的写法|forms in print", "times|integer|次数|times",
        "first_day|date|最早见载之日|first day", "first_issue|text|最早见载之期|first issue", "first_item|integer|最早见载之条|first item",
        "last_day|date|最近见载之日|last day", "last_issue|text|最近见载之期|last issue", "last_item|integer|最近见载之条|last item"), _tenures),
    Table("findings", "每行一条校对意见", "one finding a row", _columns(
        _ISSUE, _ITEM, "page|integer|页码|page", "line|integer|原文行号|line of the source", "code|text|规则|rule", "severity|text|级别|severity",
        "text|text|原文|as written", "proposal|text|改为|proposal", "message|text|说明|message", "basis|text|依据|basis",
        "state|text|处理|state"), _findings),
    Table("decisions", "每行一条处理", "one decision a row", _columns(
        "sequence|integer|序号|sequence", "kind|text|种类|kind", "decided_by|text|处理人|by whom", "decided_at|text|时间|when",
        "is_undone|boolean|已撤销|taken back", "statement|text|内容（JSON）|statement as JSON", "digest|text|哈希|hash"), _decisions),
)


def dictionary() -> str:
    """The data dictionary as Markdown: every table with its columns."""
    lines = ["# 数据字典 Data dictionary", ""]
    for table in TABLES:
        lines += [f"## {table.name}", "", f"{table.chinese}。{table.english}.", "", "| 列 | 类型 | 含义 | meaning |", "|---|---|---|---|"]
        lines += [f"| {c.name} | {KINDS[c.kind]} | {c.chinese} | {c.english} |" for c in table.columns]
        lines.append("")
    return "\n".join(lines)


def exported(formats: Sequence[str], on_progress: Callable[[int, int, str], None] | None = None) -> dict[str, bytes]:
    """The files of an export by name: every table in each of the formats (csv, jsonl, parquet), tei/KEY.xml, and the dictionary.

    Raises UsageError E203 (unknown format, or parquet without its library), ArchiveError.
    """
    for format in formats:
        if format != "tei" and format not in FORMATS:
            raise UsageError("E203", reason=f"{format}；可用 / known: {', '.join((*FORMATS, 'tei'))}", command="archive tables")
    files = {"README.md": dictionary().encode()}
    keys = [line.key for line in archive.issues()] if "tei" in formats else []
    steps = len(TABLES) + len(keys)
    with told():
        for done, table in enumerate(TABLES, 1):
            rows = [{column.name: row.get(column.name) for column in table.columns} for row in table.rows()]
            files |= {f"{table.name}.{format}": FORMATS[format](table, rows) for format in formats if format in FORMATS}
            if on_progress:
                on_progress(done, steps, table.name)
    for done, key in enumerate(keys, len(TABLES) + 1):
        made = publish(archive.show(key), "tei", pipeline.default_setting())
        assert isinstance(made, bytes)
        files[f"tei/{key}.xml"] = made
        if on_progress:
            on_progress(done, steps, key)
    return files


def _csv(table: Table, rows: Iterable[Row]) -> bytes:
    names = [column.name for column in table.columns]
    return csv_of([names, *([row[name] for name in names] for row in rows)])


def _jsonl(table: Table, rows: Iterable[Row]) -> bytes:
    del table
    return "".join(canonical({name: _plain(value) for name, value in row.items()}) + "\n" for row in rows).encode()


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _parquet(table: Table, rows: Sequence[Row]) -> bytes:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise UsageError("E203", reason="Parquet 需另装：pip install 'yuebao[export]' / install yuebao[export]", command="archive tables") from None
    kinds: Mapping[str, Any] = {
        "text": pyarrow.string(), "integer": pyarrow.int64(), "number": pyarrow.float64(), "date": pyarrow.date32(), "boolean": pyarrow.bool_(),
    }
    schema = pyarrow.schema([
        pyarrow.field(c.name, kinds[c.kind], metadata={"description": f"{c.chinese} {c.english}"}) for c in table.columns])
    columns = [pyarrow.array([_typed(row[c.name], c.kind) for row in rows], kinds[c.kind]) for c in table.columns]
    out = io.BytesIO()
    parquet.write_table(pyarrow.table(columns, schema=schema), out, compression="zstd")
    return out.getvalue()


def _typed(value: object, kind: str) -> object:
    if value is None:
        return None
    if kind == "date" and isinstance(value, str):
        return date.fromisoformat(value)
    if kind == "number" and isinstance(value, int | float):
        return float(value)
    return value


FORMATS: Mapping[str, Callable[[Table, Sequence[Row]], bytes]] = {"csv": _csv, "jsonl": _jsonl, "parquet": _parquet}
