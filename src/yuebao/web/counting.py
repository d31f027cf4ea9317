"""The page of counts: each drawn, the same as a table whose numbers open to their items, and to take away as CSV, SVG or PNG."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from yuebao.ask.counting import KINDS, Count, count, drawn, file_of
from yuebao.ask.values import Citation
from yuebao.web.asking import events_asked

MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "svg": "image/svg+xml", "png": "image/png"}


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the table, and the address of the items that make it; none for nothing and for sums."""

    said: str
    link: str | None


@dataclass(frozen=True, slots=True)
class CountPage:
    """A count with its drawing; `chosen`: the number that was opened, and its items."""

    kinds: tuple[tuple[str, str], ...]
    kind: str
    person: str
    made: Count | None
    drawing: SafeString | None
    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Number, ...]], ...]
    chosen: tuple[str, str] | None
    citations: tuple[Citation, ...]
    query: str


@require_safe
def counts(request: HttpRequest) -> HttpResponse:
    """A count: `kind`, for one person `person`; `row` and `column` open a number; `format` takes it away."""
    kind = request.GET.get("kind", "column")
    person = request.GET.get("person", "").strip()
    kinds = tuple((name, what.title) for name, what in KINDS.items())
    if kind == "person" and not person:
        return render(request, "web/counts.html", {"page": CountPage(kinds, kind, "", None, None, (), (), None, (), "")})
    made = count(kind, events_asked(request.GET), person or None)
    format = request.GET.get("format")
    if format is not None:
        return _file(made, format)
    asked = {"kind": kind, **({"person": person} if person else {})}
    row, column = request.GET.get("row"), request.GET.get("column")
    cell = made.cells.get((row or "", column or ""))
    table = made.table()
    rows = tuple((label, tuple(_numbers(made, label, cells, asked))) for label, *cells in table[1:])
    page = CountPage(
        kinds, kind, person, made, mark_safe(drawn(made)),
        tuple(table[0][1:]), rows, (row or "", column or "") if cell else None, cell.citations if cell else (), urlencode(asked))
    return render(request, "web/counts.html", {"page": page})


def _numbers(made: Count, label: str, cells: list[str], asked: dict[str, str]) -> list[Number]:
    columns = (*made.columns, None)
    return [
        Number(said, f"?{urlencode({**asked, 'row': label, 'column': column})}#rows" if column and (label, column) in made.cells else None)
        for said, column in zip(cells, columns, strict=True)
    ]


def _file(made: Count, format: str) -> HttpResponse:
    response = HttpResponse(file_of(made, format), content_type=MEDIA_TYPES[format])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(made.title, safe='')}.{format}"
    return response
