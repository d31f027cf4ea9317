"""Markup as a tree: XML with expat, HTML with the standard library's parser. Nothing outside the file is ever asked for."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import count
from xml.parsers import expat

from yuebao.read.text import MARKS, encoding_of

DEEPEST = 150  # levels; a book has some ten, a page of the worst kind some sixty
MOST_ELEMENTS = 400_000  # an issue of 5,000 items with its names has some 50,000
MOST_LEFT_OPEN = 100  # tags and comments that never end; a page that was cut off has one
# elements of HTML that have no end tag
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"})
# a start tag that ends the element of the same kind that is open
_ENDS: dict[str, frozenset[str]] = {
    "p": frozenset({"p"}), "li": frozenset({"li"}), "dt": frozenset({"dt", "dd"}), "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr", "td", "th"}), "td": frozenset({"td", "th"}), "th": frozenset({"td", "th"}), "option": frozenset({"option"}),
}
# an open paragraph ends before these
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "div", "dl", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul",
})
_SCOPES = frozenset({"table", "td", "th", "div", "section", "article", "ul", "ol", "dl", "body", "figure", "main"})
_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?([A-Za-z][\w.:-]*)""")
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030"}  # as browsers read them


class UnfitMarkup(ValueError):
    """A file that is no well-formed XML, or markup that is hostile; the message is the reason."""


def _too_many() -> UnfitMarkup:
    return UnfitMarkup(f"标记过多 / more than {MOST_ELEMENTS} elements")


@dataclass(slots=True)
class Element:
    """An element: its local name in lower case (XML: as written), its attributes by local names, its children in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def get(self, name: str) -> str | None:
        """The value of an attribute."""
        return self.attributes.get(name)

    def elements(self) -> Iterator[Element]:
        """The elements among the children."""
        return (child for child in self.children if isinstance(child, Element))

    def walk(self) -> Iterator[Element]:
        """This element and every one in it, in the order of the file."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += reversed([child for child in element.children if isinstance(child, Element)])

    def first(self, tag: str) -> Element | None:
        """The first element of that name in it."""
        return next((element for element in self.walk() if element.tag == tag), None)


def decoded(data: bytes) -> str:
    """The characters of a file of markup: by its byte order mark, else by the encoding that it states, else as any text's are told."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data[len(mark):].decode(encoding, "replace")
    declared = _DECLARED.search(data[:2048])
    name = declared[1].decode("ascii").lower() if declared else ""
    try:
        encoding = codecs.lookup(WIDER.get(name, name)).name
        b"".decode(encoding)  # LookupError for those that are no encodings of text (zip, hex)
    except LookupError:
        encoding = encoding_of(data)
    if encoding.startswith(("utf-16", "utf-32")):
        encoding = encoding_of(data)  # a declaration that was read as ASCII cannot be right
    return data.decode(encoding, "replace")


def parse_xml(text: str) -> Element:
    """The root of an XML document. Raises UnfitMarkup: not well formed, entities declared, too deep, too many elements."""
    parser = expat.ParserCreate("utf-8", "}")
    parser.buffer_text = True
    root = Element("")
    open_ = [root]
    numbers = count(1)

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(open_) > DEEPEST:
            raise UnfitMarkup(f"嵌套过深 / nested deeper than {DEEPEST}")
        if next(numbers) > MOST_ELEMENTS:
            raise _too_many()
        element = Element(_local(name), {_local(key): value for key, value in attributes.items()})
        open_[-1].children.append(element)
        open_.append(element)

    def end(_: str) -> None:
        open_.pop()

    def characters(data: str) -> None:
        open_[-1].children.append(data)

    def declared(*_: object) -> None:
        raise UnfitMarkup("文件自行声明实体，不予读取 / entities are declared")

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, characters
    parser.EntityDeclHandler = declared
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        raise UnfitMarkup(f"不是合格的 XML / not well formed: {error}") from None
    return next(root.elements())


def parse_html(text: str) -> Element:
    """The tree of an HTML page, under an element of its own without name; any text is a page.

    Raises UnfitMarkup: too many elements, or so much left open that the standard library's parser would search for its end for hours.
    """
    comments = text.count("<!--") - text.count("-->")
    if max(comments, text.count("<", text.rfind(">") + 1)) > MOST_LEFT_OPEN:
        raise UnfitMarkup(f"标记残缺 / more than {MOST_LEFT_OPEN} tags or comments that do not end")
    reader = _Html()
    reader.feed(text)
    reader.close()
    return reader.root


class _Html(HTMLParser):
    """Builds the tree as browsers do in the cases that matter: elements without end tags, end tags without elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self.open: list[Element] = [self.root]
        self.numbers = count(1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if next(self.numbers) > MOST_ELEMENTS:
            raise _too_many()
        self._end_implied(tag)
        element = Element(tag.rpartition(":")[2], {name: value or "" for name, value in reversed(attrs)})
        self.open[-1].children.append(element)
        if tag not in VOID and len(self.open) <= DEEPEST:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self.open[-1].tag == tag.rpartition(":")[2] and tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        place = next((n for n in range(len(self.open) - 1, 0, -1) if self.open[n].tag == tag.rpartition(":")[2]), 0)
        if place:
            del self.open[place:]

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def _end_implied(self, tag: str) -> None:
        ended = _ENDS.get(tag, frozenset({"p"}) if tag in _BLOCKS else frozenset())
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].tag in ended:
                del self.open[place:]
                ended = frozenset({"tr"}) & ended
                if not ended:
                    return
            elif self.open[place].tag in _SCOPES:
                return


def _local(name: str) -> str:
    return name.rpartition("}")[2]
