"""EPUB: an issue that this program wrote, back as it was; any other book as the text that its pages show, in their order."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from itertools import islice

from yuebao.errors import InputError
from yuebao.model import Source
from yuebao.read.html import follow, has_marks, lay_out
from yuebao.read.laid import Laid
from yuebao.read.markup import Element, UnfitMarkup, decoded, parse_html, parse_xml
from yuebao.zipped import UnfitZip, unpack

MEDIA_TYPE = "application/epub+zip"
_CONTAINER = "META-INF/container.xml"
_TELLING = 5  # cover, imprint, epigraph, plates and a column: an issue without masthead has no marks on its cover
_ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})")


class EpubReader:
    name = "epub"

    def score(self, name: str, data: bytes) -> float:
        """1 for a zip file that says first that it is an EPUB, less for one that is laid out as such; else 0."""
        del name
        if not data.startswith(b"PK\x03\x04"):
            return 0.0
        return 1.0 if MEDIA_TYPE.encode() in data[:100] else 0.9 * (_CONTAINER.encode() in data)

    def read(self, name: str, data: bytes) -> Source:
        """The Source of the book; raises InputError E108."""
        laid = Laid()
        try:
            _lay_out(_Book(unpack(data)), laid)
        except (UnfitZip, UnfitMarkup) as error:
            raise InputError("E108", name=name, reason=str(error)) from None
        return laid.source(name, MEDIA_TYPE, data)


def _lay_out(book: _Book, laid: Laid) -> None:
    """Lay out the pages one after the other; the first of them tell whether the book is ours."""
    is_ours = any(has_marks(tree) for _, tree in islice(book.pages(), _TELLING))
    if book.title and not is_ours:
        laid.put_plain(book.title)
    for path, tree in book.pages():
        (follow if is_ours else lay_out)(tree, laid, _Shelf(book, path, laid).put)


class _Book:
    """The files of an EPUB, its pages, its title."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        rootfile = self._xml(_CONTAINER).first("rootfile")
        package_path = _unescaped(rootfile.get("full-path") or "") if rootfile is not None else ""
        package = self._xml(package_path)
        title = package.first("title")
        self.title = "".join(part for part in title.children if isinstance(part, str)).strip() if title is not None else ""
        listed = {item.get("id"): item for item in package.walk() if item.tag == "item"}
        self.media_types = {path_from(package_path, item.get("href") or ""): item.get("media-type") or "" for item in listed.values()}
        self._order: list[str] = []
        for reference in package.walk():
            item = listed.get(reference.get("idref")) if reference.tag == "itemref" else None
            if item is not None and "nav" not in (item.get("properties") or "").split():
                self._order.append(path_from(package_path, item.get("href") or ""))

    def pages(self) -> Iterator[tuple[str, Element]]:
        """The pages with their paths, in the order in which they are read; each is read when it is asked for."""
        return ((path, parse_html(decoded(self.files[path]))) for path in self._order if path in self.files)

    def _xml(self, path: str) -> Element:
        if path not in self.files:
            raise UnfitMarkup(f"缺少 {path[:80] or _CONTAINER} / it is not there")
        return parse_xml(decoded(self.files[path]))


class _Shelf:
    """Puts the pictures of a page where they stand."""

    def __init__(self, book: _Book, page: str, laid: Laid) -> None:
        self.book, self.page, self.laid = book, page, laid

    def put(self, image: Element) -> None:
        path = path_from(self.page, image.get("src") or image.get("href") or "")
        if path in self.book.files:
            self.laid.picture(posixpath.basename(path), self.book.media_types.get(path, ""), self.book.files[path])


def path_from(page: str, reference: str) -> str:
    """The path in the book of what a page refers to."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), _unescaped(reference.partition("#")[0])))


def _unescaped(reference: str) -> str:
    return _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), reference.encode("utf-8", "replace")).decode("utf-8", "replace")
