"""The files of an OFD document, put together from the set pages."""

from __future__ import annotations

import hashlib
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from itertools import count

from yuebao.model import Issue
from yuebao.pages import Book, Bookmark, Page
from yuebao.pdf_pages import book_of_pdf
from yuebao.publish.ofd.content import NewId, Resources, area, page_content, pictures_of, runs_of
from yuebao.publish.ofd.cut import CutFont, cut_fonts
from yuebao.publish.ofd.xml import MILLIMETRES, document, element, legal, number
from yuebao.publish.pdf import write_pdf
from yuebao.publish.setting import Setting
from yuebao.zipped import pack

FOLDER = "Doc_0"
FORMATS = {"image/jpeg": ("JPEG", "jpg"), "image/png": ("PNG", "png")}


def write_ofd(issue: Issue, setting: Setting) -> bytes:
    """The OFD file of the issue, page for page its PDF; raises InputError and UsageError as `write_pdf` does."""
    book = book_of_pdf(write_pdf(issue, replace(setting, for_print=False)))
    numbers = count(1)

    def new_id() -> str:
        return str(next(numbers))

    fonts = cut_fonts(_used(book.pages), setting)
    pictures = pictures_of(book.pages)
    resources = Resources(
        grey=new_id(), red_green_blue=new_id(), plain=new_id(), cut=fonts, fonts={name: new_id() for name in fonts},
        pictures={data: new_id() for data in pictures})
    page_ids = [new_id() for _ in book.pages]
    files: dict[str, bytes] = {}
    for n, page in enumerate(book.pages):
        files[f"{FOLDER}/Pages/Page_{n}/Content.xml"] = document(page_content(page, resources, new_id))
    files[f"{FOLDER}/PublicRes.xml"] = document(_public(resources))
    for n, font in enumerate(fonts.values()):
        files[f"{FOLDER}/Res/{_font_file(n, font)}"] = font.data
    if pictures:
        files[f"{FOLDER}/DocumentRes.xml"] = document(_document_resources(book, resources))
        for n, image in enumerate(pictures.values()):
            files[f"{FOLDER}/Res/{_picture_file(n, image.media_type)}"] = image.data
    files[f"{FOLDER}/Document.xml"] = document(_document(book, page_ids, bool(pictures), new_id))
    root = document(_root(book, issue, files))
    first = {"OFD.xml": root, **{f"{FOLDER}/{name}": files.pop(f"{FOLDER}/{name}") for name in ("Document.xml", "PublicRes.xml")}}
    return pack({**first, **files})


def _used(pages: Iterable[Page]) -> dict[str, set[str]]:
    """The characters that each font sets."""
    used: dict[str, set[str]] = {}
    for page in pages:
        for run in runs_of(page):
            used.setdefault(run[0].look.font, set()).update(glyph.character for glyph in run)
    return used


# ---- OFD.xml, Document.xml ----


def _root(book: Book, issue: Issue, files: dict[str, bytes]) -> ET.Element:
    """OFD.xml. The number of the document is made of what is in it: the same document bears the same number."""
    digest = hashlib.sha256(b"".join(hashlib.sha256(files[name]).digest() for name in sorted(files))).hexdigest()[:32]
    said = [("DocID", digest), ("Title", book.title), ("Author", book.author), ("CreationDate", _day(issue)), ("DocUsage", "Normal"),
            ("Creator", "Yuebao"), ("CreatorVersion", version("yuebao"))]
    info = element("DocInfo", None, *(element(name, None, text=text) for name, text in said if text))
    body = element("DocBody", None, info, element("DocRoot", None, text=f"{FOLDER}/Document.xml"))
    return element("OFD", {"Version": "1.0", "DocType": "OFD"}, body)


def _day(issue: Issue) -> str | None:
    """The day of the issue, if it is a day of the calendar; no clock is asked."""
    try:
        return date.fromisoformat(issue.masthead.published_on or "").isoformat()
    except ValueError:
        return None


def _document(book: Book, page_ids: Sequence[str], has_pictures: bool, new_id: NewId) -> ET.Element:
    pages = element("Pages", None, *(
        element("Page", {"ID": page_id, "BaseLoc": f"Pages/Page_{n}/Content.xml"}) for n, page_id in enumerate(page_ids)))
    marks = [mark for mark in book.bookmarks if mark.page is not None]
    outlines = [element("Outlines", None, *_outline(marks, page_ids))] if marks else []
    bookmarks = [element("Bookmarks", None, *_bookmarks(marks, page_ids))] if marks else []
    resources = [element("PublicRes", None, text="PublicRes.xml")]
    resources += [element("DocumentRes", None, text="DocumentRes.xml")] if has_pictures else []
    size = area(book.pages[0])
    size.tag = "ofd:PageArea"
    largest = element("MaxUnitID", None, text=str(int(new_id()) - 1))
    return element("Document", None, element("CommonData", None, largest, size, *resources), pages, *outlines, *bookmarks)


def _outline(marks: Sequence[Bookmark], page_ids: Sequence[str]) -> list[ET.Element]:
    """The bookmarks as a tree."""
    roots: list[ET.Element] = []
    above: list[tuple[int, ET.Element]] = []
    for mark in marks:
        goto = element("Goto", None, _destination(mark, page_ids))
        made = element("OutlineElem", {"Title": legal(mark.title)}, element("Actions", None, element("Action", {"Event": "CLICK"}, goto)))
        above = [(level, node) for level, node in above if level < mark.level]
        if above:
            above[-1][1].append(made)
            above[-1][1].attrib["Count"] = str(int(above[-1][1].attrib.get("Count", "0")) + 1)
        else:
            roots.append(made)
        above.append((mark.level, made))
    return roots


def _bookmarks(marks: Iterable[Bookmark], page_ids: Sequence[str]) -> Iterator[ET.Element]:
    """The bookmarks of the first level, each name once: by it other documents lead here."""
    named = {legal(mark.title): mark for mark in reversed([mark for mark in marks if mark.level == 1])}
    for name in reversed(named):
        yield element("Bookmark", {"Name": name}, _destination(named[name], page_ids))


def _destination(mark: Bookmark, page_ids: Sequence[str]) -> ET.Element:
    assert mark.page is not None
    return element("Dest", {
        "Type": "XYZ", "PageID": page_ids[mark.page], "Left": "0", "Top": number(max(mark.y, 0.0) * MILLIMETRES), "Zoom": "0"})


# ---- resources ----


def _public(resources: Resources) -> ET.Element:
    spaces = element("ColorSpaces", None, *(
        element("ColorSpace", {"ID": number_, "Type": kind, "BitsPerComponent": "8"})
        for number_, kind in ((resources.grey, "GRAY"), (resources.red_green_blue, "RGB"))))
    black = [element(name, {"Value": "0", "ColorSpace": resources.grey}) for name in ("FillColor", "StrokeColor")]
    plain = element("DrawParams", None, element("DrawParam", {"ID": resources.plain}, *black))
    fonts = element("Fonts", None, *(
        element("Font", {"ID": resources.fonts[font.name], "FontName": font.name, "FamilyName": font.family, "Charset": "unicode"},
                element("FontFile", None, text=_font_file(n, font)))
        for n, font in enumerate(resources.cut.values())))
    return element("Res", {"BaseLoc": "Res"}, spaces, plain, fonts)


def _document_resources(book: Book, resources: Resources) -> ET.Element:
    pictures = pictures_of(book.pages)
    return element("Res", {"BaseLoc": "Res"}, element("MultiMedias", None, *(
        element("MultiMedia", {"ID": resources.pictures[data], "Type": "Image", "Format": FORMATS[image.media_type][0]},
                element("MediaFile", None, text=_picture_file(n, image.media_type)))
        for n, (data, image) in enumerate(pictures.items()))))


def _font_file(n: int, font: CutFont) -> str:
    return f"Font_{n}.{font.ending}"


def _picture_file(n: int, media_type: str) -> str:
    return f"Image_{n}.{FORMATS[media_type][1]}"
