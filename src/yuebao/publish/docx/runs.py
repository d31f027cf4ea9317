"""Paragraphs, runs and fields as WordprocessingML. Texts are escaped; what XML cannot hold is a symbol that the reader knows."""

from __future__ import annotations

import re

from yuebao import word_styles
from yuebao.publish.docx.looks import style_id
from yuebao.text import xml_attribute, xml_text

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"')
HIDDEN_MARK = "<w:rPr><w:vanish/><w:specVanish/></w:rPr>"  # Word's style separator: the next paragraph goes on in the same line
NO_HEIGHT = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'  # of a paragraph that shows nothing
_PIECE = re.compile("[\t\n]|[\x01-\x08\x0b-\x1f]|[^\t\n\x01-\x08\x0b-\x1f]+")
_NO_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml(text: str) -> str:
    """The text as it stands in an element."""
    return xml_text(_NO_XML.sub("\ufffd", text))


def attribute(text: str) -> str:
    """The text as a quoted attribute; a line end or control character is a space there."""
    return xml_attribute(re.sub("[\x01-\x1f]", " ", _NO_XML.sub("\ufffd", text)))


def run(text: str, style: str | None = None, is_hidden: bool = False, look: str = "") -> str:
    """A run of the text in a style of runs; `look`: formatting of its own. Nothing for no text."""
    if not text:
        return ""
    properties = (f'<w:rStyle w:val="{style_id(style)}"/>' if style else "") + ("<w:vanish/>" if is_hidden else "") + look
    return _run(properties, "".join(map(_piece, _PIECE.findall(text))))


def _run(properties: str, content: str) -> str:
    return "<w:r>" + (f"<w:rPr>{properties}</w:rPr>" if properties else "") + f"{content}</w:r>"


def _piece(piece: str) -> str:
    if piece == "\t":
        return "<w:tab/>"
    if piece == "\n":
        return "<w:br/>"
    if len(piece) == 1 and piece < " ":
        return f'<w:sym w:font="{word_styles.CONTROL_FONT}" w:char="{word_styles.CONTROL_BASE + ord(piece):04X}"/>'
    return f'<w:t xml:space="preserve">{xml(piece)}</w:t>'


def paragraph(style: str, *content: str, properties: str = "") -> str:
    """A paragraph in a style; `properties`: what of its own follows the style in its properties."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id(style)}"/>{properties}</w:pPr>{"".join(content)}</w:p>'


def field(code: str, shown: str | None = None, is_stale: bool = False) -> str:
    """A field with the result shown until Word computes it; None for one without result. `is_stale`: Word is to compute it on opening."""
    return field_begin(code, is_stale, shown is not None) + (run(shown) if shown else "") + field_end()


def field_begin(code: str, is_stale: bool = False, has_result: bool = True) -> str:
    """What stands before the result of a field."""
    dirty = ' w:dirty="true"' if is_stale else ""
    return (f'<w:r><w:fldChar w:fldCharType="begin"{dirty}/></w:r>'
            f'<w:r><w:instrText xml:space="preserve"> {xml(code)} </w:instrText></w:r>'
            + ('<w:r><w:fldChar w:fldCharType="separate"/></w:r>' if has_result else ""))


def field_end() -> str:
    """What stands behind the result of a field."""
    return '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def quoted(text: str) -> str:
    """The text as an argument of a field."""
    return '"' + re.sub(r'(["“”\\])', r"\\\1", " ".join(text.split("\n"))) + '"'


def bookmarked(name: str, number: int, content: str) -> str:
    """The content with a bookmark around it; `number` is the bookmark's own in the document."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'
