"""The issue's text as a Word document with the findings in it: each is a comment, and each proposal a tracked change besides.

Own XML in a zip with fixed times: the same findings are the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from yuebao.glossary import SEVERITIES
from yuebao.model import Column, Finding, Findings, Issue, Origin
from yuebao.proof.fix import is_replacement
from yuebao.proof.reading import difference
from yuebao.proof.rule import Rule
from yuebao.proof.sheet import WAIVED
from yuebao.text import xml_attribute, xml_text

AUTHOR, INITIALS = "校对", "校"
# Word wants a time for each change; a fixed one keeps the file the same and says that no clock was asked
WRITTEN_AT = "2000-01-01T00:00:00Z"
ZIP_TIME = (2000, 1, 1, 0, 0, 0)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ILLEGAL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF), "\ufffd")


@dataclass
class _Paragraph:
    """A paragraph; `item`, `offset`: of an item's text it is `[offset, offset + len(text))`; `origin`: where a row or heading stands."""

    style: str
    text: str
    item: int | None = None
    offset: int = 0
    origin: tuple[Origin, ...] = ()
    comments: list[tuple[int, int, int]] = field(default_factory=list)
    changes: list[tuple[int, int, str]] = field(default_factory=list)


def word_report(issue: Issue, findings: Findings, rules: Sequence[Rule] = ()) -> bytes:
    """The document. Findings that somebody decided not to follow are left out."""
    shown = [f for f in findings.findings if f.state != WAIVED]
    paragraphs = list(_paragraphs(issue, findings.source.name))
    for number, finding in enumerate(shown):
        _place(finding, number, paragraphs)
    titles = {rule.code: rule.title for rule in rules}
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _RELS,
        "word/_rels/document.xml.rels": _DOCUMENT_RELS,
        "word/comments.xml": _comments(shown, titles),
        "word/document.xml": _document(paragraphs),
        "word/settings.xml": _SETTINGS,
        "word/styles.xml": _STYLES,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            archive.writestr(info, text.encode("utf-8"))
    return out.getvalue()


# ---- the text ----


def _paragraphs(issue: Issue, name: str) -> Iterator[_Paragraph]:
    masthead = issue.masthead
    number = f"{masthead.year}年第{masthead.number}期" if masthead.year and masthead.number else ""
    yield _Paragraph("Title", " ".join(part for part in (masthead.title or name, number) if part), origin=masthead.origin)
    if issue.contents:
        yield _Paragraph("Heading1", "目录")
    above: tuple[str, ...] = ()
    columns = {column.contents_title or column.title: column.origin for column in _columns(issue.columns)}
    for row in issue.contents:
        for n, title in enumerate(row.path):
            if row.path[:n + 1] != above[:n + 1]:
                yield _Paragraph("ContentsColumn", title, origin=columns.get(title, ()))
        above = row.path
        yield _Paragraph("Contents", row.title if row.page is None else f"{row.title}\t{row.page}", origin=row.origin)
    for column in issue.columns:
        yield from _column(column, 1)


def _columns(columns: Sequence[Column]) -> Iterator[Column]:
    for column in columns:
        yield column
        yield from _columns(column.columns)


def _column(column: Column, level: int) -> Iterator[_Paragraph]:
    if column.title:
        yield _Paragraph(f"Heading{min(level, 3)}", column.title, origin=column.origin)
    for item in column.items:
        at = 0
        for n, line in enumerate(item.text.split("\n")):
            yield _Paragraph("Headline" if n == 0 and item.headline is not None else "Normal", line, item.number, at)
            at += len(line) + 1
    for inner in column.columns:
        yield from _column(inner, level + 1)


# ---- findings in the text ----


def _place(finding: Finding, number: int, paragraphs: list[_Paragraph]) -> None:
    """Put the comment of a finding, and the change that it proposes, where it speaks of; of what has no place, at the title."""
    paragraph, start, end = _spot(finding, paragraphs)
    paragraph.comments.append((start, end, number))
    if finding.proposal is None or not is_replacement(finding) or paragraph.text[start:end] != finding.text:
        return
    (a, b), (c, d) = difference(finding.text, finding.proposal)
    change = (start + a, start + b, finding.proposal[c:d])
    if not any(_meet(change, other) for other in paragraph.changes) and (a < b or c < d):
        paragraph.changes.append(change)


def _meet(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    return (one[0] < other[1] and other[0] < one[1]) or one[:2] == other[:2]


def _spot(finding: Finding, paragraphs: list[_Paragraph]) -> tuple[_Paragraph, int, int]:
    """The paragraph that a finding speaks of, and the span in it: by the item's text, else by the place in the source, else the title."""
    of_item = [p for p in paragraphs if p.item == finding.item and p.item is not None]
    if finding.start is not None:
        for paragraph in of_item:
            start = finding.start - paragraph.offset
            if 0 <= start <= len(paragraph.text):
                return paragraph, start, min(start + len(finding.text), len(paragraph.text))
    place = -1 if finding.source_start is None else finding.source_start
    there = [p for p in paragraphs[1:] if p.item is None and any(o.source_start <= place < o.source_end for o in p.origin)]
    for paragraph in there:  # a column's origin is its heading in the body and its row in the contents: the words tell which
        if (at := paragraph.text.find(finding.text)) >= 0:
            return paragraph, at, at + len(finding.text)
    paragraph = [*there, *of_item, paragraphs[0]][0]
    return paragraph, 0, len(paragraph.text)


# ---- the parts ----


def _document(paragraphs: Iterable[_Paragraph]) -> str:
    changes = iter(range(1, 1 << 30))
    body = "".join(_paragraph(paragraph, changes) for paragraph in paragraphs)
    page = ('<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
            '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>')
    return f'{_HEAD}<w:document xmlns:w="{W}"><w:body>{body}{page}</w:body></w:document>'


def _paragraph(paragraph: _Paragraph, ids: Iterator[int]) -> str:
    """The paragraph's runs, cut wherever a comment or a change begins or ends."""
    text = paragraph.text
    cuts = {0, len(text), *(p for s, e, _ in paragraph.comments for p in (s, e)), *(p for s, e, _ in paragraph.changes for p in (s, e))}
    ordered = sorted(cuts)
    out = [f'<w:p><w:pPr><w:pStyle w:val="{paragraph.style}"/></w:pPr>']
    for n, at in enumerate(ordered):
        ending = sorted((s, number) for s, e, number in paragraph.comments if e == at and s < at)
        out += [_comment_end(number) for _, number in ending]
        out += [_comment_start(number) for s, _, number in paragraph.comments if s == at]
        out += [_insertion(put, next(ids)) for s, e, put in paragraph.changes if s == e == at and put]
        out += [_comment_end(number) for s, e, number in paragraph.comments if s == e == at]
        if n + 1 < len(ordered):
            run = text[at:ordered[n + 1]]
            change = next(((s, e, put) for s, e, put in paragraph.changes if s <= at < e), None)
            if change is None:
                out.append(_run(run))
            else:
                out.append(f'<w:del w:id="{next(ids)}" {_by()}><w:r><w:delText xml:space="preserve">{_xml(run)}</w:delText></w:r></w:del>')
                if ordered[n + 1] == change[1] and change[2]:
                    out.append(_insertion(change[2], next(ids)))
    return "".join(out) + "</w:p>"


def _by() -> str:
    return f'w:author="{AUTHOR}" w:date="{WRITTEN_AT}"'


def _insertion(text: str, number: int) -> str:
    return f'<w:ins w:id="{number}" {_by()}>{_run(text)}</w:ins>'


def _run(text: str) -> str:
    pieces = "<w:tab/>".join(f'<w:t xml:space="preserve">{_xml(part)}</w:t>' if part else "" for part in text.split("\t"))
    return f"<w:r>{pieces}</w:r>"


def _comment_start(number: int) -> str:
    return f'<w:commentRangeStart w:id="{number}"/>'


def _comment_end(number: int) -> str:
    return f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'


def _comments(findings: Sequence[Finding], titles: dict[str, str]) -> str:
    body = "".join(
        f'<w:comment w:id="{n}" {_by()} w:initials={xml_attribute(INITIALS)}>'
        + "".join(f'<w:p><w:pPr><w:pStyle w:val="Comment"/></w:pPr>{_run(line)}</w:p>' for line in _said(finding, titles))
        + "</w:comment>"
        for n, finding in enumerate(findings))
    return f'{_HEAD}<w:comments xmlns:w="{W}">{body}</w:comments>'


def _said(finding: Finding, titles: dict[str, str]) -> Iterator[str]:
    yield f"{SEVERITIES[finding.severity][0]} {finding.code} {titles.get(finding.code, '')}".rstrip()
    yield finding.message
    place = "　".join(
        form.format(n) for form, n in (("第{}页", finding.page), ("第{}行", finding.line)) if n is not None)
    yield "　".join(part for part in (f"依据：{finding.basis}" if finding.basis else "", place) if part)


def _xml(text: str) -> str:
    return xml_text(text.translate(_ILLEGAL))


_CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/word/{part}.xml" '
        f'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/>'
        for part, kind in (("document", "document.main"), ("comments", "comments"), ("settings", "settings"), ("styles", "styles")))
    + "</Types>")
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = (
    f'{_HEAD}<Relationships xmlns="{_RELATIONSHIPS}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>')
_DOCUMENT_RELS = (
    f'{_HEAD}<Relationships xmlns="{_RELATIONSHIPS}">'
    + "".join(f'<Relationship Id="rId{n}" Type="{_OFFICE}/{part}" Target="{part}.xml"/>'
              for n, part in enumerate(("styles", "comments", "settings"), 1))
    + "</Relationships>")
_SETTINGS = f'{_HEAD}<w:settings xmlns:w="{W}"><w:defaultTabStop w:val="420"/></w:settings>'


def _style(
    name: str, label: str, size: int, *, bold: bool = False, align: str = "", indent: int = 0, space: int = 0, level: int = -1,
) -> str:
    outline = f'<w:outlineLvl w:val="{level}"/>' if level >= 0 else ""
    tabs = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9026"/></w:tabs>' if name == "Contents" else ""
    justify = f'<w:jc w:val="{align}"/>' if align else ""
    first = f'<w:ind w:firstLineChars="{indent}"/>' if indent else ""
    spacing = f'<w:spacing w:before="{space}" w:after="{space // 2}" w:line="360" w:lineRule="auto"/>'
    paragraph = f"<w:pPr>{tabs}{spacing}{first}{justify}{outline}</w:pPr>"
    weight = "<w:b/>" if bold else ""
    default = ' w:default="1"' if name == "Normal" else ""
    return (f'<w:style w:type="paragraph"{default} w:styleId="{name}"><w:name w:val="{label}"/>{paragraph}'
            f'<w:rPr>{weight}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>')


_STYLES = (
    f'{_HEAD}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/><w:lang w:eastAsia="zh-CN"/>'
    "</w:rPr></w:rPrDefault></w:docDefaults>"
    + _style("Normal", "Normal", 24, indent=200)
    + _style("Title", "Title", 40, bold=True, align="center", space=240)
    + _style("Heading1", "heading 1", 32, bold=True, align="center", space=320, level=0)
    + _style("Heading2", "heading 2", 28, bold=True, align="center", space=240, level=1)
    + _style("Heading3", "heading 3", 26, bold=True, space=200, level=2)
    + _style("Headline", "headline", 24, bold=True, space=160)
    + _style("Contents", "contents", 22)
    + _style("ContentsColumn", "contents column", 22, bold=True, space=120)
    + _style("Comment", "annotation text", 20)
    + "</w:styles>")
