"""TEI P5: an issue that this program wrote, back as it was; another edition as far as its divisions, heads and paragraphs say.

What is ours is told by the types that `publish.tei` gives. In other editions a division with divisions in it is a column, one without is an
item. The header gives the title alone, and what stands in `standOff` is derived from the text: neither is laid out.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator

from yuebao.errors import InputError
from yuebao.model import Source
from yuebao.read.laid import Laid, Within, passage_of
from yuebao.read.markup import Element, UnfitMarkup, decoded, parse_xml

MEDIA_TYPE = "application/tei+xml"
NAMESPACE = "http://www.tei-c.org/ns/1.0"
_SAMPLE = 4096
_START = re.compile(r"\s*(?:(?:<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)\s*)*<(?:[\w.-]+:)?(?:TEI|teiCorpus)\b", re.DOTALL)
_SPACE = re.compile(r"[ \t\r\n]+")
_EDGES = " \t\r\n"
# paragraphs and what is laid out as one where it stands among them
_PARAGRAPHS = frozenset({"p", "ab", "lg", "quote", "sp", "list", "bibl", "trailer", "closer", "opener", "dateline", "salute", "argument"})


class TeiReader:
    name = "tei"

    def score(self, name: str, data: bytes) -> float:
        """1 for XML whose root is of TEI's namespace, else 0."""
        del name
        sample = decoded(data[:_SAMPLE])
        return float(NAMESPACE in sample and _START.match(sample) is not None)

    def read(self, name: str, data: bytes) -> Source:
        """The Source of the file; raises InputError E108."""
        try:
            root = parse_xml(decoded(data))
        except UnfitMarkup as error:
            raise InputError("E108", name=name, reason=str(error)) from None
        laid = Laid()
        _Reading(laid, is_ours=_is_ours(root)).edition(root)
        return laid.source(name, MEDIA_TYPE, data)


def _is_ours(root: Element) -> bool:
    return any(element.tag == "application" and element.get("ident") == "yuebao" for element in root.walk())


class _Reading:
    """One run over the tree. In our own files every character of a text counts; in others white space is the editor's."""

    def __init__(self, laid: Laid, is_ours: bool) -> None:
        self.laid = laid
        self.is_ours = is_ours

    def edition(self, root: Element) -> None:
        """Header, front, body and back, in their order."""
        masthead = next((e for e in root.walk() if e.tag == "bibl" and e.get("type") == "masthead"), None)
        title = next((e for e in root.walk() if e.tag == "title"), None)
        if masthead is not None and self.is_ours:
            self._masthead(masthead)
        elif title is not None:
            self._put("masthead", title, field="title")
        text = root.first("text")
        for part in text.elements() if text is not None else ():
            self._division(part, 0)

    def _masthead(self, head: Element) -> None:
        for element in head.elements():
            if element.tag == "editor":
                self._put("masthead", element, field="editors", value=element.get("role") or "")
            elif field := _field_of(element):
                self._put("masthead", element, field=field)

    def _division(self, division: Element, level: int, in_item: bool = False) -> None:
        """The children of a division in order; `level` is that of the column that it is in. Our own paragraphs outside items are empty."""
        for child in division.elements():
            kind = child.get("type")
            if child.tag.startswith("div") or child.tag in ("group", "text", "front", "body", "back"):
                if self.is_ours and kind == "epigraph":
                    self._epigraph(child)
                elif self.is_ours and kind == "contents":
                    self._contents(child)
                else:
                    self._column_or_item(child, level)
            elif child.tag == "head" and not self._is_of_contents(child):
                self._put("headline" if level else "furniture", child)
            elif child.tag == "figure":
                self._figure(child)
            elif child.tag == "table":
                self._table(child)
            elif child.tag == "note" and kind == "byline":
                self._put("byline", child)
            elif (child.tag in _PARAGRAPHS or child.tag == "note") and (in_item or not self.is_ours):
                self._put("entry", child)

    def _column_or_item(self, division: Element, level: int) -> None:
        kind = division.get("type")
        if self.is_ours and kind == "plates":
            self._division(division, level)
        elif kind == "item" if self.is_ours else not any(e.tag.startswith("div") for e in division.elements()) and level:
            self._item(division, level)
        else:
            self._column(division, level + 1)

    def _column(self, division: Element, level: int) -> None:
        head, contents_title = self._heads(division)
        if head is not None:
            self._put("column", head, level=level, value=contents_title)
        else:
            self.laid.put("column", "", level=level, value=contents_title)
        rest = [child for child in division.children if child is not head]
        self._division(Element(division.tag, division.attributes, rest), level)

    def _item(self, division: Element, level: int) -> None:
        self.laid.mark("item", value="internal" if division.get("subtype") == "internal" else None)
        head, contents_headline = self._heads(division)
        if head is not None:
            self._put("headline", head, value=contents_headline)
        rest = [child for child in division.children if child is not head]
        self._division(Element(division.tag, division.attributes, rest), level, in_item=True)

    def _heads(self, division: Element) -> tuple[Element | None, str | None]:
        """The heading of a division, and what the contents call it (laid out, for it is of the file)."""
        heads = [child for child in division.elements() if child.tag == "head"]
        listed = next((head for head in heads if self._is_of_contents(head)), None)
        if listed is not None:
            self._put("furniture", listed, value="heading as the contents have it")
        return next((head for head in heads if head is not listed), None), self._said(listed)[0] if listed is not None else None

    def _is_of_contents(self, head: Element) -> bool:
        return self.is_ours and head.get("type") == "contents"

    def _epigraph(self, division: Element) -> None:
        for element in division.walk():
            if element.tag == "head":
                self._put("epigraph", element, field="heading")
            elif element.tag == "quote":
                self._put("epigraph", element, field="text")
            elif element.tag == "bibl":
                self._put("epigraph", element, field=element.get("type") or "attribution")

    def _contents(self, division: Element) -> None:
        for element in division.walk():
            if element.tag == "head":
                self._put("furniture", element, value="heading of the contents")
            elif element.tag == "item" and element.get("rend") == "column":
                self._put("contents.column", element, level=_number(element.get("n")))
            elif element.tag == "item":
                page = element.first("num")
                row = [child for child in element.children if child is not page]
                if page is not None and row and isinstance(row[-1], str):
                    row[-1] = row[-1].removesuffix(" ")
                self._put("contents.row", Element("item", {}, row))
                if page is not None:
                    self._put("contents.page", page)

    def _table(self, table: Element) -> None:
        head = next((e for e in table.elements() if e.tag == "head"), None)
        rows = [self._row(row) for row in table.elements() if row.tag == "row"] if table.get("rows") != "0" else []
        caption = self._said(head)[0] if head is not None else None
        lines = ([caption] if caption is not None else []) + ["\t".join(row) for row in rows]
        self.laid.put("table", "\n".join(lines), field=caption, value=json.dumps(rows, ensure_ascii=False), after=_anchor(table))

    def _row(self, row: Element) -> list[str]:
        cells = [] if row.get("n") == "0" else [cell for cell in row.elements() if cell.tag == "cell"]
        return [self._said(cell)[0] for cell in cells]

    def _figure(self, figure: Element) -> None:
        graphic = next((e for e in figure.elements() if e.tag in ("graphic", "binaryObject")), None)
        if graphic is None or not (graphic.get("n") and graphic.get("mimeType")):
            return self._foreign_figure(figure)
        self.laid.mark("figure", figure.get("n"), f"{graphic.get('mimeType')} {graphic.get('n')}", _anchor(figure))
        if graphic.tag == "binaryObject" and (data := _bytes_of(graphic)):
            self.laid.picture(figure.get("n") or "", graphic.get("mimeType") or "", data)
        for element in figure.elements():
            if element.tag in ("head", "byline"):
                self._put("caption" if element.tag == "head" else "credit", element)
        return None

    def _foreign_figure(self, figure: Element) -> None:
        for element in figure.elements():
            self._put("furniture", element, value="caption of a figure that is not in the file")

    def _put(self, role: str, element: Element, field: str | None = None, level: int = 1, value: str | None = None) -> None:
        text, internal = self._said(element)
        if text or self.is_ours:
            self.laid.put(role, text, field, level, value, internal)

    def _said(self, element: Element) -> tuple[str, list[Within]]:
        """The text of an element, and which of it is internal."""
        text, internal = passage_of(_runs(element, False))
        return (text, internal) if self.is_ours else (_SPACE.sub(" ", text).strip(_EDGES), [])


def _runs(element: Element, is_internal: bool) -> Iterator[tuple[str, bool]]:
    """The runs of characters of an element, each with whether it is internal."""
    for child in element.children:
        if isinstance(child, str):
            yield child, is_internal
        elif child.tag == "lb":
            yield "\n", is_internal
        elif child.tag == "g" and re.fullmatch(r"[0-9A-F]{4,6}", child.get("n") or ""):
            yield chr(min(int(child.get("n") or "0", 16), 0x10FFFF)), is_internal
        elif child.tag not in ("graphic", "binaryObject", "note"):
            yield from _runs(child, is_internal or (child.tag == "seg" and child.get("type") == "internal"))


def _field_of(element: Element) -> str | None:
    """The field of the masthead that an element of ours holds."""
    if element.tag == "title" and element.get("type") == "main":
        return "title"
    named = {"publisher": "publisher", "address": "address", "biblScope": element.get("unit")}
    return named.get(element.tag, element.get("type"))


def _anchor(element: Element) -> int | None:
    """The offset to which a table or figure of ours belongs."""
    said = element.get("rend") or ""
    return -1 if said == "unanchored" else int(said[3:]) if re.fullmatch(r"at-[0-9]{1,9}", said) else None


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 4 else 1


def _bytes_of(element: Element) -> bytes:
    try:
        return base64.b64decode("".join(child for child in element.children if isinstance(child, str)))
    except binascii.Error:
        return b""
