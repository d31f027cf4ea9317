"""The book as plain data for the style: what is printed, in which order, and nothing about how it looks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import count
from typing import Any

from yuebao.errors import InputError
from yuebao.model import Column, Epigraph, Figure, Issue, Item, Masthead
from yuebao.publish.index import add_indexes
from yuebao.publish.pictures import NoPicture, shape_of
from yuebao.publish.setting import Setting

Data = dict[str, Any]

# What the styles themselves print, so that the fonts are asked for these characters too.
FIXED_TEXT = "：—….0123456789（此页无正文）目录"
NO_DATE = (1970, 1, 1)  # PDF/A asks for a date of the document; this one is said of an issue that has none
RUNNING_WIDTH = 36  # characters that a running head may have and stay on its line
# Over the true widths (digits .55 em, capitals .6 to .8 in Noto Sans SC), so that a headline counted as one line is one.
LATIN_WIDTH = 0.75
ATTRIBUTION_WIDTH = 28  # characters that stay on one line under the epigraph
DAY = re.compile(r"\d日(?=.)")
LEFT_OUT = frozenset("\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
LONG_RUN = re.compile("[!-~]{24}")  # as in main.typ


def book_of(issue: Issue, setting: Setting | None = None) -> Data:
    """What the style is given: cover, imprint, epigraph and columns with their items, each text a plain string.

    Raises InputError E505 for a picture that cannot be set.
    """
    setting = setting or Setting()
    head = issue.masthead
    title = head.title or ""
    number_line, serial_line = number_line_of(head), serial_line_of(head)
    columns = _columns(issue, setting.pictures)
    data = _printable_all({
        "title": title, "document_title": " ".join(filter(None, (title, number_line))) or issue.source.name,
        "author": head.sponsor or head.publisher, "keywords": [column["title"] for column in columns if column["title"]],
        "date": date_of(head), "pinyin": head.title_pinyin,
        "number_line": number_line, "serial_line": serial_line, "running": _short("\u3000".join(filter(None, (title, number_line)))),
        "notice": head.notice, "motto": head.motto, "place_lines": (head.place_line or "").splitlines(),
        "cover_sponsor": f"{head.sponsor}\u3000主办" if head.sponsor else None, "imprint": imprint_of(head),
        "epigraph": _epigraph(issue.epigraph) if issue.epigraph else None,
        "columns": columns, "plates": [_figure(figure, setting.pictures) for figure in issue.figures if figure.item is None],
        "has_contents": any(column["title"] or column["rows"] for column in columns),
        "first_page": setting.first_page, "for_print": setting.for_print, "indexes": [],
    })
    if setting.index:
        add_indexes(data, issue, setting.index)
    return {**data, "has_long_runs": any(LONG_RUN.search(text) for text in texts_of(data))}


def _printable_all(data: Any) -> Any:
    if isinstance(data, str):
        return printable(data)
    if isinstance(data, dict):
        return {key: _printable_all(value) for key, value in data.items()}
    return [_printable_all(value) for value in data] if isinstance(data, (list, tuple)) else data


def date_of(head: Masthead) -> tuple[int, int, int]:
    """The day that the issue bears, year, month, day: the day it was made public or printed, else the first of its month or year."""
    for text in (head.published_on, head.printed_on):
        try:
            day = date.fromisoformat(text or "")
        except ValueError:
            continue
        return day.year, day.month, day.day
    if head.year is None or not 1 <= head.year <= 9999:
        return NO_DATE
    return head.year, head.month if head.month and head.month <= 12 else 1, 1


def number_line_of(head: Masthead) -> str | None:
    """年/期 as printed: 2024年第3期, 2024年3月 where there is no number, None where there is neither."""
    if head.number is not None:
        return (f"{head.year}年" if head.year is not None else "") + f"第{head.number}期"
    if head.year is None:
        return None
    return f"{head.year}年" + (f"{head.month}月" if head.month is not None else "")


def serial_line_of(head: Masthead) -> str | None:
    """总期号 as printed, in its brackets."""
    return None if head.serial_number is None else f"（总第{head.serial_number}期）"


def imprint_of(head: Masthead) -> list[tuple[str, str]]:
    """The rows of the imprint, label and value, in the customary order; only what is known."""
    rows: list[tuple[str, str | int | None]] = [("主管", head.supervisor), ("主办", head.sponsor), ("编印", head.publisher)]
    rows += [(role, "、".join(names)) for role, names in _by_role(head).items()]
    rows += [
        ("地址", head.address), ("电话", head.phone), ("邮箱", head.email), ("准印证号", head.permit_number), ("印刷", head.printer),
        ("印数", None if head.print_run is None else f"{head.print_run}册"), ("印刷日期", printed_date(head.printed_on)),
        ("编印日期", printed_date(head.published_on)), ("发放范围", head.distribution),
    ]
    return [(label, str(value)) for label, value in rows if value is not None and value != ""]


def _short(text: str) -> str:
    return text if len(text) <= RUNNING_WIDTH else text[:RUNNING_WIDTH - 1] + "…"


def texts_of(data: object) -> Iterator[str]:
    """Every string in the data that is printed (and some few that are not: the names of kinds and targets)."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from texts_of(value)
    elif isinstance(data, Iterable):
        for value in data:
            yield from texts_of(value)


def placed_texts(data: Data) -> Iterator[tuple[str, str]]:
    """Every string that is printed, with the place where it stands in words: an item by its number and headline, or the rest."""
    yield from (("书前书后", text) for key, value in data.items() if key != "columns" for text in texts_of(value))
    yield from _placed_in(data["columns"])


def _placed_in(columns: Iterable[Data]) -> Iterator[tuple[str, str]]:
    for column in columns:
        yield from (("栏目题", text) for key in ("title", "contents_title") for text in texts_of(column[key] or ""))
        for item in column["items"]:
            headline = "".join(c if c.isprintable() else "□" for c in item["headline"] or "")
            place = f"第 {item['number']} 条" + (f"“{headline[:12]}{'…' * (len(headline) > 12)}”" if headline else "")
            yield from ((place, text) for text in texts_of(item))
        yield from _placed_in(column["columns"])


def printed_date(text: str | None) -> str | None:
    """An ISO date as a date is printed, any other text as it is."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return text
    return f"{day.year}年{day.month}月{day.day}日"


def _by_role(head: Masthead) -> dict[str, list[str]]:
    roles: dict[str, list[str]] = {}
    for editor in head.editors:
        roles.setdefault(editor.role, []).append(editor.name)
    return roles


def _epigraph(epigraph: Epigraph) -> Data:
    return {
        "heading": epigraph.heading, "paragraphs": _paragraphs(epigraph.text), "attribution": _attribution(epigraph.attribution or ""),
    }


def _attribution(text: str) -> list[str]:
    """The lines of the attribution behind its dash; one too long for a line ends its first line with the date (…日／在…上的讲话)."""
    if not text:
        return []
    text = text if text.startswith("—") else "——" + text
    date_end = DAY.search(text)
    if len(text) <= ATTRIBUTION_WIDTH or date_end is None:
        return [text]
    return [text[:date_end.end()], text[date_end.end():]]


def _columns(issue: Issue, pictures: Mapping[str, bytes]) -> list[Data]:
    figures: dict[int, list[Figure]] = {}
    for figure in issue.figures:
        if figure.item is not None:
            figures.setdefault(figure.item, []).append(figure)
    numbers = count(1)
    return [_column(column, figures, pictures, numbers) for column in issue.columns]


def _column(column: Column, figures: Mapping[int, list[Figure]], pictures: Mapping[str, bytes], numbers: Iterator[int]) -> Data:
    data: Data = {
        "title": printable(column.title or ""), "contents_title": column.contents_title,
        "running": _short(column.title or column.contents_title or ""),
        "target": f"column-{next(numbers)}", "pages_before": 0,
        "items": [_item(item, figures.get(item.number, []), pictures) for item in column.items],
    }
    data["columns"] = [_column(inner, figures, pictures, numbers) for inner in column.columns]
    data["rows"] = sum(1 for item in column.items if item.headline or item.contents_headline) + len(column.columns)
    return data


def _item(item: Item, figures: Iterable[Figure], pictures: Mapping[str, bytes]) -> Data:
    headline = printable(item.headline or "") or None
    return {
        "number": item.number, "headline": headline, "contents_headline": item.contents_headline and printable(item.contents_headline),
        "target": f"item-{item.number}", "headline_width": width_of(headline or ""), "pages_before": 0,
        "pieces": _pieces(item, figures, pictures),
    }


def width_of(text: str) -> float:
    """The width of a text in ems, or a little more."""
    return sum(LATIN_WIDTH if ord(c) < 0x2000 else 1.0 for c in text)


def _pieces(item: Item, figures: Iterable[Figure], pictures: Mapping[str, bytes]) -> list[Data]:
    """The entries as paragraphs, each table and figure behind the entry in which it is anchored."""
    ends = [entry.end for entry in item.entries]
    hung: dict[int, list[Data]] = {}
    for table in item.tables:
        if any(table.rows) or table.caption:
            hung.setdefault(_place(ends, table.after), []).append(_table(table.rows, table.caption))
    for figure in figures:
        made = _figure(figure, pictures)
        if made["text"] or made["picture"]:
            hung.setdefault(_place(ends, figure.after), []).append(made)
    pieces: list[Data] = [_paragraph("")] if item.headline and not item.entries else []
    for number, entry in enumerate(item.entries):
        paragraphs = [_paragraph(text) for text in _paragraphs(item.text[entry.start:entry.end]) or [""]]
        if entry.byline:
            paragraphs[-1]["byline"] = f"（{printable(entry.byline)}）"
        pieces += [*paragraphs, *hung.pop(number, [])]
    return pieces + [piece for rest in hung.values() for piece in rest]


def _paragraph(text: str) -> Data:
    return {"kind": "text", "text": text, "byline": None}


def _place(ends: list[int], after: int | None) -> int:
    if after is None or not ends:
        return len(ends) - 1
    return min(bisect_left(ends, after), len(ends) - 1)


def _table(rows: tuple[tuple[str, ...], ...], caption: str | None) -> Data:
    width = max((len(row) for row in rows), default=0) or 1
    even = [[printable(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
    return {
        "kind": "table", "caption": caption, "columns": width, "head": even[0] if even else [],
        "cells": [cell for row in even[1:] for cell in row],
    }


def _figure(figure: Figure, pictures: Mapping[str, bytes]) -> Data:
    """The figure: its caption with the credit, and its picture where it is there; raises InputError E505."""
    credit = f"（{figure.credit}\u3000摄）" if figure.credit else ""
    text = printable((figure.caption or "") + credit)
    shown: Data = {"kind": "figure", "text": text, "alt": figure.caption or figure.credit or f"图 {figure.id}", "picture": None}
    data = pictures.get(figure.sha256)
    if data is None:
        return shown
    try:
        shape = shape_of(data)
    except NoPicture as error:
        raise InputError("E505", name=name_of(figure), reason=str(error)) from None
    picture = {"sha256": figure.sha256, "format": shape.kind, "width": shape.width, "height": shape.height}
    return {**shown, "picture": picture}


def name_of(figure: Figure) -> str:
    """A figure as a message names it: its id, caption and item."""
    item = f"，第 {figure.item} 条" if figure.item is not None else ""
    return f"{figure.id}" + (f"“{figure.caption}”" if figure.caption else "") + item


def _paragraphs(text: str) -> list[str]:
    return [line for line in map(printable, text.splitlines()) if line]


def printable(text: str) -> str:
    """The text as one line: every white space but the ideographic becomes a plain space (fonts lack most of the others).

    U+FEFF, which PDF/A forbids, and marks that turn the direction of what follows (U+202E …) are left out; nothing of them is seen.
    """
    return "".join(" " if c.isspace() and c != "\u3000" else c for c in text if c not in LEFT_OUT).strip()
