"""A paper of the office 单据: title, what it is about, a table, who signs. One value, to be shown, printed, or written as a Word file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from yuebao import zipped
from yuebao.text import xml_text

Pair = tuple[str, str]  # a label and what stands behind it; nothing where it is to be filled in by hand

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}"/></Types>')
_RELS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
    'Target="word/document.xml"/></Relationships>')
# A4 with 25 mm at the sides, in twentieths of a point; the table is as wide as the text
_SHEET = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="720" '
    'w:footer="720" w:gutter="0"/></w:sectPr>')
_WIDTH = 9072
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
BLANK = "＿＿＿＿＿＿"  # where something is filled in by hand


@dataclass(frozen=True, slots=True)
class Paper:
    """`head`: what it is about; `said`: paragraphs; `columns` and `rows`: the table, none where there are no columns; `foot`: who signs."""

    title: str
    head: tuple[Pair, ...] = ()
    said: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    foot: tuple[Pair, ...] = ()


def write_paper(paper: Paper) -> bytes:
    """The paper as a Word file; the same paper is the same bytes."""
    parts = [_paragraph(paper.title, size=36, is_bold=True, align="center", after=240)]
    parts += [_paragraph(f"{label}：{value or BLANK}") for label, value in paper.head]
    parts += [_paragraph(text, indent=200) for text in paper.said]
    parts += [_table(paper)] if paper.columns else []
    parts += [_paragraph(f"{label}：{value or BLANK}", before=120) for label, value in paper.foot]
    document = f'{_HEAD}<w:document xmlns:w="{_W}"><w:body>{"".join(parts)}{_SHEET}</w:body></w:document>'
    return zipped.pack({"[Content_Types].xml": _TYPES.encode(), "_rels/.rels": _RELS.encode(), "word/document.xml": document.encode()})


def _table(paper: Paper) -> str:
    widths = _widths(paper)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = _row(paper.columns, widths, is_head=True)
    rows = "".join(_row(row, widths) for row in paper.rows)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_WIDTH}" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl>{_paragraph('')}")


def _widths(paper: Paper) -> list[int]:
    """The widths of the columns, after the longest that stands in each: none below a fair share, none above its half."""
    longest = [min(max(len(row[n]) for row in (paper.columns, *paper.rows)), 24) + 3 for n in range(len(paper.columns))]
    return [_WIDTH * one // sum(longest) for one in longest]


def _row(cells: Iterable[str], widths: list[int], *, is_head: bool = False) -> str:
    told = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph(cell, size=21, is_bold=is_head)}</w:tc>'
        for cell, width in zip(cells, widths, strict=True))
    repeated = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if is_head else "<w:trPr><w:cantSplit/></w:trPr>"
    return f"<w:tr>{repeated}{told}</w:tr>"


def _paragraph(
    text: str, *, size: int = 24, is_bold: bool = False, align: str = "", before: int = 0, after: int = 60, indent: int = 0,
) -> str:
    spacing = f'<w:spacing w:before="{before}" w:after="{after}"/>'
    first = f'<w:ind w:firstLineChars="{indent}" w:firstLine="{indent * size // 20}"/>' if indent else ""
    justify = f'<w:jc w:val="{align}"/>' if align else ""
    weight = "<w:b/>" if is_bold else ""
    fonts = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/>'
    runs = "<w:r><w:br/></w:r>".join(
        f'<w:r><w:rPr>{fonts}{weight}<w:sz w:val="{size}"/></w:rPr><w:t xml:space="preserve">{xml_text(_printed(line))}</w:t></w:r>'
        for line in text.split("\n"))
    return f"<w:p><w:pPr>{spacing}{first}{justify}</w:pPr>{runs}</w:p>"


def _printed(text: str) -> str:
    """What XML may hold of a text."""
    return "".join(c for c in text if c >= " ")
