"""The body: columns, items with run-in headlines, tables and figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from yuebao.model import Entry, Figure, Issue, Item, Span, Table
from yuebao.publish.docx.drawn import Drawn
from yuebao.publish.docx.front import listing
from yuebao.publish.docx.looks import CELL, HEAD_CELL, TABLE, style_id
from yuebao.publish.docx.parts import ColumnHead, Head, ItemHead
from yuebao.publish.docx.runs import HIDDEN_MARK, NO_HEIGHT, bookmarked, paragraph, run
from yuebao.publish.flow import figures_of, parts_of
from yuebao.word_styles import column_style, run_style_of, style_of

FURNITURE, BYLINE, CREDIT, INTERNAL, PICTURE = (
    run_style_of(role) for role in ("furniture", "byline", "credit", "internal", "figure"))

# Word runs two tables into one where nothing stands between
AFTER_TABLE = paragraph(style_of("furniture"), properties='<w:spacing w:before="0" w:after="0" w:line="200" w:lineRule="exact"/>')


def plates(issue: Issue, drawn: Drawn) -> str:
    """The figures that belong to no item."""
    return "".join(_figure(figure, drawn) for figure in figures_of(issue).get(None, ()))


def body(issue: Issue, heads: Sequence[Head], drawn: Drawn, measure: int, white: int) -> str:
    """The paragraphs of the body. In twentieths of a point: `measure`, the width of a line; `white`, that before the first column."""
    figures = figures_of(issue)
    out = []
    for number, head in enumerate(heads, 1):
        if isinstance(head, ColumnHead):
            out.append(_column(head, number, f'<w:spacing w:before="{white}"/>' if number == 1 else ""))
        else:
            out += _item(head, number, figures.get(head.item.number, ()), drawn, measure)
    return "".join(out)


def _column(head: ColumnHead, number: int, properties: str) -> str:
    title = head.column.title or ""
    style = column_style(head.level, head.column.contents_title is not None)
    return paragraph(style, bookmarked(head.bookmark, number, listing(head) + run(title)), properties=properties if title else NO_HEIGHT)


def _item(head: ItemHead, number: int, figures: Sequence[Figure], drawn: Drawn, measure: int) -> Iterator[str]:
    item = head.item
    parts = parts_of(item, figures)
    is_headed = item.headline is not None
    if is_headed:
        style = style_of("headline", "listed" if item.contents_headline is not None else None)
        runs_in = HIDDEN_MARK if parts and isinstance(parts[0], Entry) else ""
        gap = run("\u3000", FURNITURE) if runs_in else ""
        content = listing(head) + _text(item, 0, len(item.headline or "")) + gap
        yield paragraph(style, bookmarked(head.bookmark, number, content), properties=runs_in)
    begun = is_headed
    for part in parts:
        if isinstance(part, Entry):
            yield paragraph(style_of("entry" if begun else "item"), _text(item, part.start, part.end), _byline(part))
            begun = True
        elif isinstance(part, Table):
            yield _table(part, measure)
        else:
            yield _figure(part, drawn)


def _text(item: Item, start: int, end: int) -> str:
    """Part of an item's text, its internal passages in their style."""
    spans = (Span(0, len(item.text)),) if item.internal is True else item.internal if isinstance(item.internal, tuple) else ()
    cuts = sorted({start, end, *(p for span in spans for p in (span.start, span.end) if start < p < end)})
    return "".join(
        run(item.text[a:b], INTERNAL if any(span.start <= a and b <= span.end for span in spans) else None)
        for a, b in pairwise(cuts))


def _byline(entry: Entry) -> str:
    return run("（", FURNITURE) + run(entry.byline, BYLINE) + run("）", FURNITURE) if entry.byline else ""


def _figure(figure: Figure, drawn: Drawn) -> str:
    picture = drawn.picture(figure) or run(f"{figure.id} {figure.media_type} {figure.sha256}", PICTURE, is_hidden=True)
    credit = run("（", FURNITURE) + run(figure.credit, CREDIT) + run("\u3000摄）", FURNITURE) if figure.credit else ""
    said = paragraph(style_of("caption"), run(figure.caption or ""), credit) if figure.caption or credit else ""
    return paragraph(style_of("figure"), picture) + said


def _table(table: Table, measure: int) -> str:
    caption = paragraph(style_of("table"), run(table.caption or "")) if table.caption or not table.rows else ""
    if not table.rows:
        return caption
    width = max(map(len, table.rows)) or 1
    grid = "".join(f'<w:gridCol w:w="{measure // width}"/>' for _ in range(width))
    rows = "".join(_row(row, width, measure // width, is_head=n == 0) for n, row in enumerate(table.rows))
    look = f'<w:tblPr><w:tblStyle w:val="{style_id(TABLE)}"/><w:tblW w:w="{measure}" w:type="dxa"/><w:jc w:val="center"/></w:tblPr>'
    return f"{caption}<w:tbl>{look}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>{AFTER_TABLE}"


def _row(row: Sequence[str], width: int, cell_width: int, is_head: bool) -> str:
    """A row; one that is shorter than the table stays so. The first is said again on each page."""
    short = f'<w:gridAfter w:val="{width - len(row)}"/>' if len(row) < width else ""
    head = "<w:tblHeader/>" if is_head else ""
    style = HEAD_CELL if is_head else CELL
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{cell_width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{paragraph(style, run(cell))}</w:tc>'
        for cell in row or ("",))
    return f"<w:tr><w:trPr>{short}<w:cantSplit/>{head}</w:trPr>{cells}</w:tr>"
