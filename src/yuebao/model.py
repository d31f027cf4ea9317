"""The values that the rooms exchange: the issue document and the findings document, as frozen dataclasses.

No ids, no database, no input or output. `to_dict` and `from_dict` are inverse; an unknown key, a missing key or a wrong kind raises
`ModelError`. Spans are `[start, end)` in code points. Missing is None. `to_json` is canonical: the same value is the same bytes.
The JSON Schema is derived from these classes (`json_schema`), so that the page in docs cannot drift from the code.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import types
import typing
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Literal, TypeVar, Union

from yuebao.text import split_lines

ISSUE_SCHEMA = "yuebao/issue/1"
FINDINGS_SCHEMA = "yuebao/findings/1"

Json = Any
T = TypeVar("T")


class ModelError(ValueError):
    """A dictionary that is not the document it claims to be; the message names the path and what is wrong there."""


class Value:
    """Base of every value: plain dictionaries out and in."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Json]:
        """The value as plain dictionaries, lists, strings, numbers, booleans and None."""
        return {name: _plain(getattr(self, name)) for name in _names(type(self))}

    @classmethod
    def from_dict(cls: type[T], data: Json) -> T:
        """The value of such a dictionary; raises ModelError."""
        return typing.cast(T, _build(cls, data, cls.__name__))


@dataclass(frozen=True, slots=True)
class Origin(Value):
    """Where characters of a value stand in the source. `start`, `end` are None where the value is not a text (a page, a year)."""

    start: int | None
    end: int | None
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True)
class Dropped(Value):
    """Source characters that are part of the layout, not of the content: folios, list dashes, table rules, NUL."""

    source_start: int
    source_end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Unplaced(Value):
    """Source characters that belong nowhere that is known; kept for a person to look at."""

    source_start: int
    source_end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Problem(Value):
    """A note about reading: a guess of level, a clause put back, bytes that could not be decoded. Codes: `glossary.PROBLEMS`."""

    code: str
    message: str
    item: int | None
    source_start: int | None
    source_end: int | None


@dataclass(frozen=True, slots=True)
class SourceInfo(Value):
    """What is known of the source file. `characters` counts code points; `pages` is None where the file has none."""

    name: str
    media_type: str
    encoding: str | None
    sha256: str
    characters: int
    pages: int | None


@dataclass(frozen=True, slots=True)
class Editor(Value):
    role: str
    name: str


@dataclass(frozen=True, slots=True)
class Masthead(Value):
    """封面与版权页. None where absent; `origin` covers every place where the values stand."""

    title: str | None = None
    title_pinyin: str | None = None
    year: int | None = None
    month: int | None = None
    number: int | None = None
    serial_number: int | None = None
    notice: str | None = None
    motto: str | None = None
    supervisor: str | None = None
    sponsor: str | None = None
    publisher: str | None = None
    editors: tuple[Editor, ...] = ()
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    distribution: str | None = None
    place_line: str | None = None
    published_on: str | None = None
    permit_number: str | None = None
    printer: str | None = None
    print_run: int | None = None
    printed_on: str | None = None
    origin: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True)
class Epigraph(Value):
    heading: str | None
    text: str
    attribution: str | None
    said_on: str | None
    origin: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True)
class ContentsRow(Value):
    """One row of the 目录 as printed, wraps undone. `path`: the titles of the columns above it, outermost first."""

    title: str
    page: int | None
    path: tuple[str, ...]
    origin: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryDate(Value):
    """The date of the event, as written and as ISO dates (the same twice for a single day)."""

    text: str
    starts_on: str
    ends_on: str


@dataclass(frozen=True, slots=True)
class Entry(Value):
    """One dated account under a headline; `start`, `end` into the item's text."""

    start: int
    end: int
    date: EntryDate | None
    byline: str | None = None


@dataclass(frozen=True, slots=True)
class Span(Value):
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DateValue(Value):
    starts_on: str
    ends_on: str
    relative: bool = False


@dataclass(frozen=True, slots=True)
class PersonValue(Value):
    """`offices` as written, one per office."""

    name: str
    offices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrganisationValue(Value):
    name: str
    kind: str | None = None
    in_office: bool = False


@dataclass(frozen=True, slots=True)
class PlaceValue(Value):
    name: str
    code: str | None = None
    system: str | None = None


@dataclass(frozen=True, slots=True)
class ProjectValue(Value):
    name: str


@dataclass(frozen=True, slots=True)
class DocumentValue(Value):
    title: str


@dataclass(frozen=True, slots=True)
class MoneyValue(Value):
    """`amount` in base units of `currency` (ISO 4217): 223.10亿元 is 22310000000 CNY."""

    amount: int | float | None
    currency: str
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class QuantityValue(Value):
    number: int | float | None
    unit: str
    of: str | None = None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class ActValue(Value):
    """`act`: presided, spoke, attended, inspected, accompanied, signed, unveiled, met, other; `verb` as printed."""

    act: str
    verb: str
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()


LAYERS: dict[str, type[Value]] = {
    "date": DateValue, "person": PersonValue, "organisation": OrganisationValue, "place": PlaceValue, "project": ProjectValue,
    "document": DocumentValue, "money": MoneyValue, "quantity": QuantityValue, "act": ActValue,
}
AnyValue = (
    DateValue | PersonValue | OrganisationValue | PlaceValue | ProjectValue | DocumentValue | MoneyValue | QuantityValue | ActValue
)


@dataclass(frozen=True, slots=True)
class Annotation(Value):
    """What `item.text[start:end]` names. `by`: the rule or model that says so."""

    layer: str
    start: int
    end: int
    value: AnyValue
    by: str


@dataclass(frozen=True, slots=True)
class Table(Value):
    after: int
    rows: tuple[tuple[str, ...], ...]
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class Figure(Value):
    id: str
    item: int | None
    after: int | None
    caption: str | None
    credit: str | None
    media_type: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Item(Value):
    """条目. `text` = headline + "\\n" + entries joined by "\\n" (no first line where headline is None). `number` from 1, in body order."""

    number: int
    headline: str | None
    contents_headline: str | None
    page: int | None
    text: str
    entries: tuple[Entry, ...]
    annotations: tuple[Annotation, ...] = ()
    tables: tuple[Table, ...] = ()
    origin: tuple[Origin, ...] = ()
    internal: tuple[Span, ...] | bool | None = None


@dataclass(frozen=True, slots=True)
class Column(Value):
    """栏目, may nest. `title` None for items that stand under no column; `contents_title` where the 目录 differs, else None."""

    title: str | None
    contents_title: str | None = None
    columns: tuple[Column, ...] = ()
    items: tuple[Item, ...] = ()
    origin: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True)
class Issue(Value):
    """The issue document: the one file format. See docs/format.md."""

    source: SourceInfo
    masthead: Masthead
    epigraph: Epigraph | None = None
    contents: tuple[ContentsRow, ...] = ()
    columns: tuple[Column, ...] = ()
    figures: tuple[Figure, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    problems: tuple[Problem, ...] = ()
    annotated_by: str | None = None
    schema: str = ISSUE_SCHEMA

    def walk(self) -> Iterator[tuple[tuple[Column, ...], Item]]:
        """Every item in body order with the columns above it, outermost first."""
        return _walk(self.columns, ())

    def items(self) -> tuple[Item, ...]:
        """Every item in body order."""
        return tuple(item for _, item in self.walk())


@dataclass(frozen=True, slots=True)
class Related(Value):
    """Another passage that a finding speaks of; `item` None for the contents or masthead."""

    item: int | None
    start: int | None
    end: int | None
    text: str
    source_start: int | None = None
    source_end: int | None = None


@dataclass(frozen=True, slots=True)
class Finding(Value):
    """校对意见. `severity`: error 必改, warning 建议, note 存疑. `start`, `end` into the item's text or None."""

    code: str
    severity: Literal["error", "warning", "note"]
    item: int | None
    page: int | None
    line: int | None
    start: int | None
    end: int | None
    text: str
    proposal: str | None
    safe: bool
    message: str
    basis: str
    source_start: int | None
    source_end: int | None
    related: tuple[Related, ...] = ()
    state: str = "open"


@dataclass(frozen=True, slots=True)
class Findings(Value):
    source: SourceInfo
    findings: tuple[Finding, ...]
    schema: str = FINDINGS_SCHEMA


# What a file can say of a run of its characters. A role of the masthead or epigraph names the field.
MARK_ROLES = frozenset({
    "masthead", "epigraph", "contents.column", "contents.row", "contents.page", "column", "item", "headline", "entry", "byline", "table",
    "figure", "caption", "credit", "internal", "furniture",
})


@dataclass(frozen=True, slots=True)
class Mark:
    """What a file itself says of its characters `[start, end)`: an element of TEI, a style of Word. In order; only `internal` overlaps.

    role             field                         level       value
    masthead         the field's name              -           the value, where the characters are not it (a year; an editor's role)
    epigraph         heading, text, attribution, said_on  -    the same
    contents.column  -                             from 1      -
    contents.row     -                             -           -
    contents.page    -                             -           the page of the row before, where the characters are not the number
    column           -                             from 1      contents_title, where it differs
    item             -                             -           "internal" where it is so as a whole; empty, stands before its headline
    headline         -                             -           contents_headline, where it differs
    entry, byline    -                             -           -      a byline is that of the entry before
    table            caption                       -           JSON of the rows; the characters are the cells and the caption
    figure           id                            -           media type and sha256, a space between; no characters
    caption, credit  -                             -           -      of the figure before
    internal         -                             -           -      over characters of an item
    furniture        -                             -           why it is dropped: labels, folios, running heads

    `after`: of a table or figure, the offset in its item's text to which it belongs if that is not the end of what came before; -1: none.
    """

    role: str
    start: int
    end: int
    field: str | None = None
    level: int = 1
    value: str | None = None
    after: int | None = None


@dataclass(frozen=True)
class Picture:
    """A picture of a source file: the offset before which it stands, its bytes."""

    at: int
    name: str
    media_type: str
    data: bytes

    @property
    def sha256(self) -> str:
        """The hex digest of the bytes."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True)
class Source:
    """A file as read: its characters and what is known of them. Line and page numbers count from 1.

    `marks`, in order, where the file says itself what its parts are; `outline`: its bookmarks that name columns, one a line, two spaces a
    level; `pictures` in order of their places.
    """

    info: SourceInfo
    text: str
    problems: tuple[Problem, ...] = ()
    page_starts: tuple[int, ...] | None = None
    marks: tuple[Mark, ...] = ()
    outline: str | None = None
    pictures: tuple[Picture, ...] = ()
    _line_starts: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_line_starts", [start for start, _ in split_lines(self.text)])

    def line_of(self, offset: int) -> int:
        """The number of the line that the character at `offset` stands in."""
        return bisect_right(self._line_starts, offset)

    def page_of(self, offset: int) -> int | None:
        """The number of the file's own page, or None where the file has no pages."""
        return None if self.page_starts is None else bisect_right(self.page_starts, offset)


def canonical(data: Json) -> str:
    """Canonical JSON of plain data: sorted keys, no white space, characters as themselves."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def to_json(value: Value) -> str:
    """The canonical JSON of a document."""
    return canonical(value.to_dict())


def from_json(text: str) -> Issue | Findings:
    """The document of such JSON, told apart by its `schema`; raises ModelError."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ModelError(f"not JSON: {error}") from None
    if not isinstance(data, dict):
        raise ModelError("not a JSON object")
    if data.get("schema") == ISSUE_SCHEMA:
        return Issue.from_dict(data)
    if data.get("schema") == FINDINGS_SCHEMA:
        return Findings.from_dict(data)
    raise ModelError(f"schema {data.get('schema')!r}; known: {ISSUE_SCHEMA}, {FINDINGS_SCHEMA}")


def record_of(issue: Issue) -> Issue:
    """The issue without what is derived (annotations, problems): what the archive keeps and hashes."""
    columns = map_items(issue.columns, lambda item: replace(item, annotations=()))
    return replace(issue, columns=columns, problems=(), annotated_by=None)


def content_hash(issue: Issue) -> str:
    """`sha256:` and the hex digest of the canonical JSON of the record: the identity of a revision."""
    return "sha256:" + hashlib.sha256(to_json(record_of(issue)).encode()).hexdigest()


def content(issue: Issue, without: Iterable[str] = ()) -> dict[str, Json]:
    """What the issue says, without where it stands: what a published file must give back when it is read (promise 9).

    Keys: masthead, epigraph, columns (title, contents_title, columns, items: headline, contents_headline, text, bylines, tables), figures.
    `without`: names of fields, at any depth, that a format cannot hold.
    """
    data = _without(record_of(issue).to_dict(), {"origin", *without})
    numbers = {item.number: place for place, item in enumerate(issue.items(), 1)}
    figures = [{**figure, "item": numbers.get(figure["item"])} for figure in data.get("figures", ())]
    data = {**data, "columns": [_content_of(column) for column in data["columns"]], "figures": figures}
    return {key: data[key] for key in ("masthead", "epigraph", "columns", "figures") if key not in without}


def _content_of(column: dict[str, Json]) -> dict[str, Json]:
    kept: dict[str, Json] = {key: column[key] for key in ("title", "contents_title") if key in column}
    items = [
        {
            **{key: item[key] for key in ("headline", "contents_headline", "text", "tables") if key in item},
            **({"bylines": [entry["byline"] for entry in item["entries"]]} if "byline" in next(iter(item["entries"]), {}) else {}),
        }
        for item in column["items"]
    ]
    return {**kept, "columns": [_content_of(inner) for inner in column["columns"]], "items": items}


def _without(data: Json, names: set[str]) -> Json:
    if isinstance(data, dict):
        return {key: _without(value, names) for key, value in data.items() if key not in names}
    if isinstance(data, list):
        return [_without(value, names) for value in data]
    return data


def map_items(columns: tuple[Column, ...], change: Callable[[Item], Item]) -> tuple[Column, ...]:
    """The same columns with each item replaced by `change(item)`, in body order."""
    return tuple(
        replace(c, items=tuple(change(i) for i in c.items), columns=map_items(c.columns, change)) for c in columns
    )


def _walk(columns: tuple[Column, ...], path: tuple[Column, ...]) -> Iterator[tuple[tuple[Column, ...], Item]]:
    for column in columns:
        here = (*path, column)
        for item in column.items:
            yield here, item
        yield from _walk(column.columns, here)


# ---- plain dictionaries out and in, from the type hints ----


def _field_names(cls: Any) -> tuple[str, ...]:
    return tuple(f.name for f in dataclasses.fields(cls))


# typed by hand: mypy takes a class with slots for unhashable when it goes through `cache`
_names: Callable[[Any], tuple[str, ...]] = cache(_field_names)
_hints: Callable[[Any], dict[str, Any]] = cache(typing.get_type_hints)


def _plain(value: object) -> Json:
    if isinstance(value, Value):
        return value.to_dict()
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return value


def _build(hint: Any, data: Json, path: str) -> object:
    if isinstance(hint, type) and issubclass(hint, Value):
        return _build_value(hint, data, path)
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        if not isinstance(data, list):
            raise ModelError(f"{path}: a list is wanted")
        return tuple(_build(args[0], v, f"{path}[{n}]") for n, v in enumerate(data))
    if origin in (Union, types.UnionType):
        return _build_union(args, data, path)
    if origin is Literal:
        if data not in args:
            raise ModelError(f"{path}: {data!r}; known: {', '.join(args)}")
        return data
    if type(data) is not hint:  # exact, so that True is not taken for 1
        raise ModelError(f"{path}: {getattr(hint, '__name__', hint)} is wanted, not {type(data).__name__}")
    if hint is str and "\0" in data:
        raise ModelError(f"{path}: NUL is not allowed")
    return data


def _build_value(cls: type[Value], data: Json, path: str) -> Value:
    if not isinstance(data, dict):
        raise ModelError(f"{path}: an object is wanted")
    names = _names(cls)
    if set(data) != set(names):
        odd = sorted(set(data) ^ set(names))
        raise ModelError(f"{path}: unknown or missing keys {', '.join(map(str, odd))}")
    hints = dict(_hints(cls))
    if cls is Annotation:
        if data["layer"] not in LAYERS:
            raise ModelError(f"{path}: unknown layer {data['layer']!r}; known: {', '.join(LAYERS)}")
        hints["value"] = LAYERS[data["layer"]]
    return cls(**{name: _build(hints[name], data[name], f"{path}.{name}") for name in names})


def _build_union(args: tuple[Any, ...], data: Json, path: str) -> object:
    if data is None and type(None) in args:
        return None
    choices = [a for a in args if a is not type(None)]
    for choice in choices:
        plain = typing.get_origin(choice) or choice
        fits = isinstance(data, list) if plain is tuple else isinstance(data, dict) if issubclass(plain, Value) else type(data) is plain
        if fits:
            return _build(choice, data, path)
    raise ModelError(f"{path}: {type(data).__name__} does not fit")


# ---- the JSON Schema, from the same hints ----


def json_schema(cls: type[Value] = Issue) -> dict[str, Json]:
    """The JSON Schema (2020-12) of a document class, derived from the dataclasses; every object is closed and every key required."""
    defs: dict[str, Json] = {}
    schema = _schema_of(cls, defs)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "$defs": dict(sorted(defs.items()))}


def _schema_of(hint: Any, defs: dict[str, Json]) -> dict[str, Json]:
    if isinstance(hint, type) and issubclass(hint, Value):
        if hint.__name__ not in defs:
            defs[hint.__name__] = {}
            properties = {name: _schema_of(_hints(hint)[name], defs) for name in _names(hint)}
            if "schema" in properties:
                properties["schema"] = {"const": ISSUE_SCHEMA if hint is Issue else FINDINGS_SCHEMA}
            if hint is Annotation:
                properties["layer"] = {"enum": list(LAYERS)}
            doc = (hint.__doc__ or "").strip()
            described = {} if doc.startswith(f"{hint.__name__}(") else {"description": doc}
            defs[hint.__name__] = {
                "type": "object", **described, "properties": properties, "required": sorted(properties), "additionalProperties": False,
            }
        return {"$ref": f"#/$defs/{hint.__name__}"}
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        return {"type": "array", "items": _schema_of(args[0], defs)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [_schema_of(a, defs) for a in args]}
    if origin is Literal:
        return {"enum": list(args)}
    return {"type": {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}[hint]}
