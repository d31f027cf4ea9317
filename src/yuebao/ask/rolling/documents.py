"""The digest and the chronicle as issue documents, so that whatever can be published can be made of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from itertools import groupby

from yuebao.archive.models import Series
from yuebao.ask.rolling.events import Event
from yuebao.ask.rolling.fates import WORDS, Chronicle
from yuebao.ask.rolling.telling import Told, told
from yuebao.model import Column, Entry, Issue, Item, Masthead, SourceInfo

GAP = "\u3000"


def digest_document(year: int, series: Series, events: Sequence[Event]) -> Issue:
    """资料长编: every account of the year as printed, in order of time, each with its citation."""
    lines = [(f"{event.month}月", event.headline, f"{event.text}（{event.citation.text()}）") for event in events]
    return document(f"{series.title}资料长编", f"{year}年资料长编", year, lines)


def chronicle_document(made: Chronicle, is_cited: bool = False) -> Issue:
    """大事记: the events taken, in chronicle form; `is_cited`: with where each, and what it tells besides, is printed."""
    lines = []
    for fated, form in chronicle_lines(made):
        cited = [fated, *made.merged_into(fated)] if is_cited else []
        notes = f"（{'；'.join(event.citation.text() for event in cited)}）" if cited else ""
        lines.append((f"{fated.month}月", None, f"{form.label}{GAP}{form.text}{notes}"))
    place = made.series.place or made.series.title
    return document(f"{place}大事记", f"{place}{made.year}年大事记", made.year, lines)


def chronicle_lines(made: Chronicle) -> list[tuple[Event, Told]]:
    """The events taken with their chronicle forms, in order."""
    out: list[tuple[Event, Told]] = []
    before: Event | None = None
    for fated in made.of("in"):
        out.append((fated.event, told(fated.event, before, made.year, made.series.place)))
        before = fated.event
    return out


def fate_rows(made: Chronicle) -> list[list[str]]:
    """Every event with what became of it, as a table with its heading; those left out are among them, with the reason."""
    head = ["日期", "条题", "去向", "依据", "认定人", "并入", "出处", "编号"]
    return [head, *([
        _day(f.event), f.event.headline or f.event.text[:30], WORDS[f.fate], " ".join(filter(None, (f.code, f.reason))), f.decided_by or "",
        (f.into.headline or f.into.text[:30]) if f.into else "", f.event.citation.text(), f.event.name,
    ] for f in made.events)]


def turn_rows(made: Chronicle) -> list[list[str]]:
    """Every turn to third person and absolute time, as a table with its heading: for a person to approve."""
    head = ["日期", "条题", "原作", "改为", "缘由", "上下文", "出处"]
    return [head, *([
        _day(event), event.headline or event.text[:30], turn.was, turn.now or "（请人定）", turn.reason,
        form.text[max(turn.start - 10, 0):turn.start + 20], event.citation.text(),
    ] for event, form in chronicle_lines(made) for turn in form.turns)]


def _day(event: Event) -> str:
    if event.starts_on is None or event.ends_on is None:
        return f"{event.citation.year}-{event.month:02d}"
    return str(event.starts_on) if event.starts_on == event.ends_on else f"{event.starts_on}—{event.ends_on}"


def document(title: str, name: str, year: int | None, lines: Iterable[tuple[str, str | None, str]]) -> Issue:
    """An issue document of lines that follow one another: the title of their column, a headline or None, the text."""
    columns: list[Column] = []
    number = 0
    for column, of_column in groupby(lines, key=lambda line: line[0]):
        items = []
        for _, headline, text in of_column:
            number += 1
            start = len(headline) + 1 if headline else 0
            whole = f"{headline}\n{text}" if headline else text
            items.append(Item(number, headline, None, None, whole, (Entry(start, len(whole), None),)))
        columns.append(Column(column, items=tuple(items)))
    said = "\n".join(item.text for column in columns for item in column.items)
    info = SourceInfo(name, "text/plain", "utf-8", hashlib.sha256(said.encode()).hexdigest(), len(said), None)
    return Issue(info, Masthead(title=title, year=year), columns=tuple(columns))
