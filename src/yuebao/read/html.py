"""Web pages: our own, whose elements say what they are (`data-mark`), back as they were; any other as the text that it shows.

Of a page of others each block is a line, its title the first; menus, scripts and what is hidden are left out. A table of data is a `table`
mark, a table that only lays out the page is read as its blocks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

from yuebao.errors import InputError
from yuebao.model import MARK_ROLES, Source
from yuebao.read.laid import Laid, Within, passage_of
from yuebao.read.markup import Element, UnfitMarkup, decoded, parse_html

MEDIA_TYPE = "text/html"
SAMPLE = 4096
_PAGE = re.compile(r"\s*(?:(?:<!--.*?-->|<\?xml.*?\?>)\s*)*<(?:!doctype\s+html|html|head|body|meta|title)[\s>]", re.IGNORECASE | re.DOTALL)
UNSEEN = frozenset({
    "head", "script", "style", "template", "noscript", "nav", "svg", "canvas", "iframe", "object", "button", "select", "textarea", "form",
    "datalist", "dialog", "map", "math", "video", "audio",
})
PICTURES = frozenset({"img", "image"})
# what ends a line on either side
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "li", "main", "ol", "p", "pre", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})
_MOST_LEVELS = 99
_SPACE = re.compile(r"[ \t\r\n\f]+")
_EDGES = " \t\r\n\f"
_LONGEST_CELL = 120  # characters; longer ones are text that a table lays out
_TITLES = re.compile(r"\s*(?:[-_|—–]{1,2}|::|·)\s*")  # what parts the title of a page from the name of its site


Show = Callable[[Element], None]


def ignore(_: Element) -> None:
    """What is done with a picture where there is no file of it."""


class HtmlReader:
    name = "html"

    def score(self, name: str, data: bytes) -> float:
        """1 for what begins as a web page does, else 0."""
        del name
        return float(_PAGE.match(decoded(data[:SAMPLE])) is not None)

    def read(self, name: str, data: bytes) -> Source:
        """The Source of the page; raises InputError E108: hostile, or a page of a published folder that does not hold the issue."""
        try:
            page = parse_html(decoded(data))
        except UnfitMarkup as error:
            raise InputError("E108", name=name, reason=str(error)) from None
        laid = Laid()
        if has_marks(page):
            if not any(element.get("name") == "yuebao" for element in page.walk() if element.tag == "meta"):
                raise InputError("E108", name=name, reason="这一页没有正文，请读同一文件夹里的 issue.html / read issue.html beside it")
            follow(page, laid)
        else:
            lay_out(page, laid)
        return laid.source(name, MEDIA_TYPE, data)


def has_marks(page: Element) -> bool:
    """Whether the page says itself what its parts are."""
    return any(element.get("data-mark") in MARK_ROLES for element in page.walk())


# ---- our own ----


def follow(element: Element, laid: Laid, show: Show = ignore) -> None:
    """Lay out what the marks say; other text is furniture. `show` is given each picture where it stands."""
    for child in element.children:
        if isinstance(child, str):
            if child.strip():
                laid.put("furniture", child.strip(), value="label")
        elif child.tag not in UNSEEN:
            _follow_one(child, laid, show)


def _follow_one(element: Element, laid: Laid, show: Show) -> None:
    role, field, value = element.get("data-mark"), element.get("data-field"), element.get("data-value")
    if role in ("item", "figure"):
        laid.mark(role, field, value, _anchor(element))
        follow(element, laid, show)
    elif role == "table":
        _put_table(element, laid)
    elif role in MARK_ROLES and role is not None:
        text, internal = _marked_text(element)
        laid.put(role, text, field, _level(element.get("data-level")), value, internal)
    elif element.tag in PICTURES:
        show(element)
    else:
        follow(element, laid, show)


def _marked_text(element: Element) -> tuple[str, list[Within]]:
    """The text of an element to the letter, and which of it is internal."""
    return passage_of(_runs(element, False))


def _runs(element: Element, is_internal: bool) -> Iterator[tuple[str, bool]]:
    for child in element.children:
        if isinstance(child, str):
            yield child, is_internal
        elif child.tag == "br":
            yield "\n", is_internal
        elif re.fullmatch(r"[0-9A-F]{4,6}", child.get("data-code") or ""):
            yield chr(min(int(child.get("data-code") or "0", 16), 0x10FFFF)), is_internal
        else:
            yield from _runs(child, is_internal or child.get("data-mark") == "internal")


def _level(text: str | None) -> int:
    return min(int(text), _MOST_LEVELS) if text and text.isascii() and text.isdigit() and len(text) < 4 else 1


def _anchor(element: Element) -> int | None:
    """The offset to which a table or figure belongs (-1: none), None where nothing is said of it."""
    said = element.get("data-after") or ""
    return int(said) if re.fullmatch(r"-1|[0-9]{1,9}", said) else None


def _put_table(table: Element, laid: Laid) -> None:
    caption = table.first("caption")
    said = _marked_text(caption)[0] if caption is not None else None
    rows = [[_marked_text(cell)[0] for cell in row.elements() if cell.tag in ("td", "th")] for row in table.walk() if row.tag == "tr"]
    lines = ([said] if said is not None else []) + ["\t".join(row) for row in rows]
    laid.put("table", "\n".join(lines), field=said, value=json.dumps(rows, ensure_ascii=False), after=_anchor(table))


# ---- of others ----


def lay_out(page: Element, laid: Laid, show: Show = ignore) -> None:
    """Lay out the text that a page shows, each block a line, its title the first; of a page with one article or main part, that part.

    `show` is given each picture where it stands.
    """
    part = _main_part(page)
    heading = next((e for e in part.walk() if e.tag == "h1" and _shown(e)), None)
    title = _shown(heading) if heading is not None else _title_of(page)
    lines = _Lines(laid, show)
    if title:
        lines.end_with(title)
    lines.take(part, heading)
    lines.end()


class _Lines:
    """The lines of a page while they are laid out."""

    def __init__(self, laid: Laid, show: Show) -> None:
        self.laid = laid
        self.show = show
        self.parts: list[str] = []

    def end_with(self, text: str) -> None:
        """A line of its own."""
        self.end()
        self.parts.append(text)
        self.end()

    def end(self) -> None:
        """The end of a line, where there is one."""
        text = _SPACE.sub(" ", "".join(self.parts)).strip(_EDGES)
        self.parts = []
        if text:
            self.laid.put_plain(text)

    def take(self, element: Element, title: Element | None) -> None:
        """The text of an element, without that of the title, which stands at the top."""
        for child in element.children:
            if isinstance(child, str):
                self.parts.append(child)
            elif child is not title and not _is_unseen(child):
                self._take_one(child, title)

    def _take_one(self, element: Element, title: Element | None) -> None:
        rows = _data_of(element) if element.tag == "table" else None
        if rows is not None:
            self.end()
            caption = element.first("caption")
            said = _shown(caption) or None if caption is not None else None
            text = "\n".join(([said] if said else []) + ["\t".join(row) for row in rows])
            self.laid.put("table", text, field=said, value=json.dumps(rows, ensure_ascii=False))
        elif element.tag in PICTURES:
            self.show(element)
        elif element.tag in _BLOCKS or element.tag == "br":
            self.end()
            self.take(element, title)
            self.end()
        else:
            self.take(element, title)


def _is_unseen(element: Element) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return (element.tag in UNSEEN or element.get("hidden") is not None or element.get("aria-hidden") == "true"
            or "display:none" in style or element.get("role") == "navigation")


def _main_part(page: Element) -> Element:
    """The one article or main part of a page that has some text, else its body, else all of it."""
    for tag in ("article", "main"):
        found = [element for element in page.walk() if element.tag == tag]
        if len(found) == 1 and _shown(found[0]):
            return found[0]
    return page.first("body") or page


def _title_of(page: Element) -> str:
    """The title of a page without the name of the site behind it."""
    title = page.first("title")
    return _TITLES.split(_shown(title))[0] if title is not None else ""


def _shown(element: Element) -> str:
    """The text of an element as one line, without what a page does not show."""
    def runs(inner: Element) -> Iterator[str]:
        for child in inner.children:
            if isinstance(child, str):
                yield child
            elif not _is_unseen(child):
                yield from runs(child)

    return _SPACE.sub(" ", "".join(runs(element))).strip(_EDGES)


def _data_of(table: Element) -> list[list[str]] | None:
    """The rows of a table of data; None for one that lays out a page: nested, of one row or column, or with long cells."""
    if any(element.tag == "table" for element in table.walk() if element is not table):
        return None
    rows = [row for row in table.walk() if row.tag == "tr"]
    cells = [[_shown(cell) for cell in row.elements() if cell.tag in ("td", "th")] for row in rows]
    is_small = len(rows) < 2 or max(map(len, cells)) < 2
    if is_small or any(len(cell) > _LONGEST_CELL for row in cells for cell in row):
        return None
    return cells
