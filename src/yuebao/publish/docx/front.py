"""What stands before the body: cover, imprint, epigraph, contents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from yuebao.model import Epigraph, Masthead
from yuebao.publish.book import imprint_of, number_line_of, serial_line_of
from yuebao.publish.docx.parts import DEEPEST, ColumnHead, Head, ItemHead, depth_of, row_title
from yuebao.publish.docx.runs import NO_HEIGHT, field, field_begin, field_end, paragraph, quoted, run
from yuebao.word_styles import column_style, run_style_of, style_of

FURNITURE = run_style_of("furniture")
COVER_WORD = "\u3000主办"
DASH = "——"
TITLE_WIDTH = 1.18  # ems that a character of the title takes with the white behind it
_SMALL = '<w:color w:val="595959"/><w:sz w:val="18"/>'


def cover(head: Masthead, width: float, size: float, white: float) -> str:
    """The cover; nothing where nothing is printed there. In points: `width` of a line, `size` of the title (a long one does not reach it),
    `white` between head and foot.
    """
    place, _, place_latin = (head.place_line or "").partition("\n")
    number = run(number_line_of(head) or "")
    lines = [
        _line("notice", run(head.notice or "")), _line("title", _title(head.title or "", width, size)),
        _line("title_pinyin", run(head.title_pinyin or "")),
        _line("number", number and number + _hidden_month(head)), _line("serial_number", run(serial_line_of(head) or "")),
    ]
    apart = f'<w:spacing w:before="{round(white * 20)}"/>'
    for field_name, content in (
        ("motto", run(head.motto or "")), ("place_line", run(place) + run("\n" + place_latin if place_latin else "", look=_SMALL)),
        ("sponsor", run(head.sponsor) + run(COVER_WORD, FURNITURE) if head.sponsor else ""),
    ):
        lines.append(_line(field_name, content, apart))
        apart = "" if content else apart
    return "".join(lines)


def hidden_numbers(head: Masthead) -> str:
    """The month of an issue whose number is printed nowhere; nothing else."""
    month = _hidden_month(head)
    return paragraph(style_of("masthead", "number"), month, properties=NO_HEIGHT) if month and not number_line_of(head) else ""


def imprint(head: Masthead) -> str:
    """The imprint: title, numbers, then a row for each thing known; nothing where nothing is."""
    rows = imprint_of(head)
    if not rows:
        return ""
    title = "\u3000".join(filter(None, (head.title, number_line_of(head), serial_line_of(head))))
    return paragraph(style_of("furniture"), run(title)) + "".join(
        paragraph(style_of("masthead"), run(f"{label}：", FURNITURE), run(value)) for label, value in rows)


def epigraph(said: Epigraph) -> str:
    """The epigraph, its day hidden where the words do not have it as a date."""
    out = paragraph(style_of("epigraph", "heading"), run(said.heading)) if said.heading else ""
    out += "".join(paragraph(style_of("epigraph", "text"), run(line)) for line in said.text.split("\n"))
    if said.attribution or said.said_on:
        dash = run(DASH, FURNITURE) if said.attribution and not said.attribution.startswith(DASH[0]) else ""
        day = run(said.said_on or "", run_style_of("epigraph", "said_on"), is_hidden=True)
        out += paragraph(style_of("epigraph", "attribution"), dash, run(said.attribution or ""), day)
    return out


def contents(heads: Sequence[Head], pages: Mapping[str, int], heading: str) -> str:
    """The 目录 as a field that Word can compute anew, filled with its rows; nothing where there is no row."""
    rows = list(_rows(heads, pages))
    if not rows:
        return ""
    depth = depth_of([head.column for head in heads if isinstance(head, ColumnHead) and head.level == 1])
    level = next((head.level for head in heads if isinstance(head, ItemHead)), depth + 1)
    styles = [f"{column_style(n)},{n}" for n in range(1, min(depth, level - 1) + 1)] + [f"{style_of('headline')},{level}"]
    begin = field_begin(f'TOC \\f \\h \\z \\t "{",".join(styles)}"', is_stale=True)
    first, *others = rows
    made = [_row(first, before=begin), *map(_row, others)]
    made[-1] = made[-1].removesuffix("</w:p>") + field_end() + "</w:p>"
    return (
        paragraph(style_of("furniture", "heading"), run(heading))
        + '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr>'
        f'<w:sdtContent>{"".join(made)}</w:sdtContent></w:sdt>')


def listing(head: Head) -> str:
    """The field by which the 目录 has other words than the body; nothing where it has the same."""
    other = head.column.contents_title if isinstance(head, ColumnHead) else head.item.contents_headline
    return field(f"TC {quoted(other)} \\l {min(head.level, DEEPEST)}") if other else ""


# ---- lines of the cover ----


def _line(name: str, content: str, properties: str = "") -> str:
    return paragraph(style_of("masthead", name), content, properties=properties) if content else ""


def _title(title: str, width: float, size: float) -> str:
    fitting = min(size, width / (max(len(title), 1) * TITLE_WIDTH))
    return run(title, look=f'<w:sz w:val="{round(fitting * 2)}"/>' if fitting < size else "")


def _hidden_month(head: Masthead) -> str:
    """The month, where the line of the number does not print it."""
    printed = head.number is None and head.year is not None
    return "" if head.month is None or printed else run(f"{head.month}月", is_hidden=True)


# ---- rows of the contents ----


def _rows(heads: Sequence[Head], pages: Mapping[str, int]) -> Iterator[tuple[Head, int | None]]:
    for head in heads:
        if row_title(head):
            printed = head.item.page if isinstance(head, ItemHead) else None
            yield head, pages.get(head.bookmark, printed)


def _row(row: tuple[Head, int | None], before: str = "") -> str:
    head, page = row
    shown = field(f"PAGEREF {head.bookmark} \\h", "" if page is None else str(page))
    link = f'<w:hyperlink w:anchor="{head.bookmark}" w:history="1">{run(row_title(head))}<w:r><w:tab/></w:r>{shown}</w:hyperlink>'
    return paragraph(f"toc {head.level}", before, link)


