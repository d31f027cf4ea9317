"""OFD (GB/T 33190): the lines of its pages as they are seen. What is not quite as the standard has it is read all the same."""

from __future__ import annotations

import hashlib
import posixpath
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from yuebao.errors import InputError
from yuebao.model import Source
from yuebao.pages import Book, Bookmark, Glyph, Image, Look, Page, Point, Shape
from yuebao.read.markup import Element, UnfitMarkup, decoded, parse_xml
from yuebao.read.set_pages import source_of
from yuebao.read.widths import widths_of
from yuebao.zipped import UnfitZip, unpack

MAGIC = b"PK\x03\x04"
ENTRY = "OFD.xml"
POINTS = 72 / 25.4  # in a millimetre
DEEPEST = 32  # blocks and composite objects within one another
MOST_CHARACTERS = 3_000_000  # of a document; a year's chronicle has one million
MOST_COMPOSITES = 10_000  # composite objects drawn, each time counted: some may hold others that hold others
NARROW = 0.55  # of the size: what a character of no full width takes up, where nothing else tells
FULL_PAGE = (0.0, 0.0, 210.0, 297.0)
MEDIA_TYPES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png", b"GIF8": "image/gif", b"BM": "image/bmp", b"II*\0": "image/tiff"}

Affine = tuple[float, float, float, float, float, float]  # x' = a x + c y + e, y' = b x + d y + f
Box = tuple[float, float, float, float]
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}  # of the commands of a path
AS_IT_IS: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class UnfitOfd(ValueError):
    """A zip file that is no OFD document, or a damaged or hostile one; the message is the reason."""


class OfdReader:
    name = "ofd"

    def score(self, name: str, data: bytes) -> float:
        """1 for a zip file that has an OFD.xml, else 0."""
        del name
        return float(data.startswith(MAGIC) and ENTRY.encode() in data)

    def read(self, name: str, data: bytes) -> Source:
        """The Source of the file, with its pages. Raises InputError: E108 damaged, locked or hostile, E107 no text in it."""
        try:
            book = book_of_ofd(data)
        except (UnfitZip, UnfitMarkup, UnfitOfd) as error:
            raise InputError("E108", name=name, reason=str(error)) from None
        if not any(glyph.character.strip() for page in book.pages for glyph in page.glyphs):
            raise InputError("E107", name=name)
        return source_of(name, "application/ofd", hashlib.sha256(data).hexdigest(), book)


def book_of_ofd(data: bytes) -> Book:
    """The set pages of an OFD file. Raises UnfitZip, UnfitMarkup, UnfitOfd."""
    return _Package(unpack(data)).book()


class _Package:
    """The files of an OFD document."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self._by_lower = {name.lower(): name for name in files}
        self._fonts: dict[str, Mapping[str, float]] = {}
        self._characters = self._composites = 0

    def book(self) -> Book:
        entry = self.find("", ENTRY)
        if entry is None:
            raise UnfitOfd("缺少 OFD.xml / OFD.xml is missing")
        if self.find("", "Encryptions.xml"):
            raise UnfitOfd("文件已加密 / the file is encrypted")
        root = self.xml(entry)
        pages: list[Page] = []
        bookmarks: list[Bookmark] = []
        for body in _all(root, "DocBody"):
            location = self.find(entry, _text(body, "DocRoot"))
            if location is None:
                raise UnfitOfd("缺少 Document.xml / Document.xml is missing")
            self._document(location, pages, bookmarks)
        if not pages:
            raise UnfitOfd("没有页面 / there are no pages")
        return Book(tuple(pages), tuple(bookmarks), _text(root, "Title") or None, _text(root, "Author") or None)

    def find(self, base: str, location: str) -> str | None:
        """The file that a location names, from the folder of the file `base` or (begun with "/") from the root."""
        if not location:
            return None
        plain = location.replace("\\", "/").strip()
        path = plain.lstrip("/") if plain.startswith("/") else posixpath.join(posixpath.dirname(base), plain)
        return self._by_lower.get(posixpath.normpath(path).lower())

    def xml(self, name: str) -> Element:
        """The root of a file."""
        return parse_xml(decoded(self.files[name]))

    def count(self, characters: int = 0, composites: int = 0) -> None:
        """Count what is drawn; raises UnfitOfd where it is more than a document can have."""
        self._characters += characters
        self._composites += composites
        if self._characters > MOST_CHARACTERS or self._composites > MOST_COMPOSITES:
            raise UnfitOfd("内容过多，可能是恶意文件 / more in it than a document can have")

    def _document(self, location: str, pages: list[Page], bookmarks: list[Bookmark]) -> None:
        root = self.xml(location)
        common = root.first("CommonData") or root
        shared = _Resources()
        for name in ("PublicRes", "DocumentRes"):
            for told in _all(common, name):
                self._resources(self.find(location, _said(told)), shared)
        templates = {_id(told): found for told in _all(common, "TemplatePage") if (found := self.find(location, told.get("BaseLoc") or ""))}
        usual = _box(_text(common, "PhysicalBox")) or FULL_PAGE
        places: dict[str, int] = {}
        listed = root.first("Pages")
        for told in _all(listed, "Page") if listed else ():
            found = self.find(location, told.get("BaseLoc") or "")
            if found is None:
                raise UnfitOfd(f"缺少页面 / a page is missing: {(told.get('BaseLoc') or '')[:80]}")
            places[_id(told)] = len(pages)
            pages.append(self._page(found, shared, templates, usual))
        if outline := next((child for child in root.elements() if child.tag == "Outlines"), None):
            bookmarks += _bookmarks(outline, 1, places)

    def _resources(self, location: str | None, into: _Resources) -> None:
        """Add the fonts, pictures and composite objects of a file of resources."""
        if location is None:
            return
        root = self.xml(location)
        base = posixpath.join(posixpath.dirname(location), (root.get("BaseLoc") or "").replace("\\", "/"), "x")
        for told in _all(root, "MultiMedia"):
            if found := self.find(base, _text(told, "MediaFile")):
                into.pictures[_id(told)] = self.files[found]
        for told in _all(root, "Font"):
            if found := self.find(base, _text(told, "FontFile")):
                into.widths[_id(told)] = self._widths(found)
        for told in _all(root, "CompositeGraphicUnit"):
            into.units[_id(told)] = told

    def _widths(self, name: str) -> Mapping[str, float]:
        """The widths of a font file's characters, read once."""
        if name not in self._fonts:
            self._fonts[name] = widths_of(self.files[name])
        return self._fonts[name]

    def _page(self, location: str, shared: _Resources, templates: dict[str, str], usual: Box) -> Page:
        root = self.xml(location)
        own = _Resources(dict(shared.pictures), dict(shared.units), dict(shared.widths))
        for told in _all(root, "PageRes"):
            self._resources(self.find(location, _said(told)), own)
        area = next((child for child in root.elements() if child.tag == "Area"), None)
        box = (_box(_text(area, "PhysicalBox")) if area else None) or usual
        drawing = _Drawing(self, own, box)
        for told in root.elements():
            if told.tag == "Template" and (found := templates.get(told.get("TemplateID") or "")):
                drawing.draw(self.xml(found))
        drawing.draw(root)
        return drawing.page()


@dataclass(slots=True)
class _Resources:
    """What objects refer to by their numbers: pictures, composite objects, the widths of fonts."""

    pictures: dict[str, bytes] = field(default_factory=dict)
    units: dict[str, Element] = field(default_factory=dict)
    widths: dict[str, Mapping[str, float]] = field(default_factory=dict)


class _Drawing:
    """What stands on one page, gathered object by object."""

    def __init__(self, package: _Package, resources: _Resources, box: Box) -> None:
        self.package, self.resources, self.box = package, resources, box
        self.glyphs: list[Glyph] = []
        self.shapes: list[Shape] = []
        self.images: list[Image] = []

    def draw(self, root: Element) -> None:
        """Add the content of a page's or template's file."""
        x, y = self.box[:2]
        for content in (child for child in root.elements() if child.tag == "Content"):
            for layer in content.elements():
                self._objects(layer, (POINTS, 0.0, 0.0, POINTS, -x * POINTS, -y * POINTS), 0)

    def page(self) -> Page:
        return Page(self.box[2] * POINTS, self.box[3] * POINTS, tuple(self.glyphs), tuple(self.shapes), tuple(self.images))

    def _objects(self, block: Element, place: Affine, depth: int) -> None:
        if depth > DEEPEST:
            raise UnfitOfd(f"对象嵌套过深 / objects nested deeper than {DEEPEST}")
        for told in block.elements():
            if told.tag == "TextObject":
                self._text(told, _within(place, told))
            elif told.tag == "PathObject":
                self._path(told, _within(place, told))
            elif told.tag == "ImageObject":
                self._image(told, _within(place, told))
            elif told.tag == "PageBlock":
                self._objects(told, place, depth + 1)
            elif told.tag == "CompositeObject" and (unit := self.resources.units.get(told.get("ResourceID") or "")):
                self.package.count(composites=1)
                for content in (child for child in unit.elements() if child.tag == "Content"):
                    self._objects(content, _within(place, told), depth + 1)

    def _text(self, told: Element, place: Affine) -> None:
        size = _number(told.get("Size"), 0.0)
        wide = size * (_number(told.get("HScale"), 1.0) or 1.0)
        widths = self.resources.widths.get(told.get("Font") or "", {})
        look = Look(told.get("Font") or "", round(size * (place[2] ** 2 + place[3] ** 2) ** 0.5, 2))
        is_turned = abs(place[1]) > 0.05 * abs(place[0]) or (told.get("CharDirection") or "0") not in ("0", "")
        x = y = 0.0
        for code in (child for child in told.elements() if child.tag == "TextCode"):
            text = _said(code)
            self.package.count(len(text))
            x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
            across, down = (_places(code.get(name), start, len(text)) for name, start in (("DeltaX", x), ("DeltaY", y)))
            has_steps = bool(code.get("DeltaX") or code.get("DeltaY"))
            end = x
            for n, character in enumerate(text):
                here = across[n] if has_steps else end
                step = across[n + 1] - here if has_steps and n + 1 < len(text) else None
                known = widths.get(character)
                end = here + (known * wide if known is not None else _width(character, wide, step))
                left, base = _on(place, here, down[n])
                self.glyphs.append(Glyph(character, left, base, max(_on(place, end, down[n])[0], left), look, is_turned))

    def _path(self, told: Element, place: Affine) -> None:
        data = next((child for child in told.elements() if child.tag == "AbbreviatedData"), None)
        steps = tuple(_steps(_said(data).split(), place)) if data else ()
        if steps and (told.get("Visible") or "true") != "false":
            width = _number(told.get("LineWidth"), 0.353) * POINTS
            is_filled, is_drawn = told.get("Fill") == "true", told.get("Stroke") != "false"
            self.shapes.append(Shape(steps, (0, 0, 0) if is_drawn else None, (0, 0, 0) if is_filled else None, width))

    def _image(self, told: Element, place: Affine) -> None:
        data = self.resources.pictures.get(told.get("ResourceID") or "", b"")
        media_type = next((kind for magic, kind in MEDIA_TYPES.items() if data.startswith(magic)), None)
        if media_type:
            corners = [_on(place, x, y) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))]
            across, down = [x for x, _ in corners], [y for _, y in corners]
            self.images.append(Image(min(across), min(down), max(across), max(down), media_type, data))


# ---- places ----


def _within(place: Affine, told: Element) -> Affine:
    """The space of an object within that of what it stands in: its own transformation, then its box."""
    box = _box(told.get("Boundary") or "") or (0.0, 0.0, 0.0, 0.0)
    own = _floats(told.get("CTM") or "")
    a, b, c, d, e, f = own[:6] if len(own) >= 6 else AS_IT_IS
    e, f = e + box[0], f + box[1]
    k, m, n, o, p, q = place
    return (k * a + n * b, m * a + o * b, k * c + n * d, m * c + o * d, k * e + n * f + p, m * e + o * f + q)


def _on(place: Affine, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = place
    return a * x + c * y + e, b * x + d * y + f


def _places(said: str | None, start: float, count: int) -> list[float]:
    """Where each of so many characters stands, by their steps; where the steps end, the characters stand on one place."""
    out = [start]
    words = iter((said or "").split())
    for word in words:
        if len(out) >= count:
            break
        if word == "g":
            times, step = _number(next(words, None), 0.0), _number(next(words, None), 0.0)
            out += [out[-1] + step * (n + 1) for n in range(min(max(int(times), 0), count - len(out)))]
        else:
            out.append(out[-1] + _number(word, 0.0))
    return out + [out[-1]] * (count - len(out))


def _width(character: str, size: float, step: float | None) -> float:
    """What a character of an unknown font takes up of its line; `step`: how far it is to the next."""
    if unicodedata.east_asian_width(character) in "WF":
        return size if step is None else min(size, max(step, 0.0))
    if step is not None and 0 <= step <= size:
        return step
    return size if step is not None and unicodedata.east_asian_width(character) == "A" else NARROW * size


def _steps(words: Sequence[str], place: Affine) -> Iterator[tuple[str, tuple[Point, ...]]]:
    """The steps of a path; of arcs and the like their end."""
    at = 0
    while at < len(words) and words[at] in _OPERANDS:
        kind, count = words[at], _OPERANDS[words[at]]
        values = [_number(word, 0.0) for word in words[at + 1:at + 1 + count]]
        at += 1 + count
        if len(values) < count:
            return
        even = values[count % 2:]
        points = tuple(_on(place, x, y) for x, y in zip(even[::2], even[1::2], strict=True))
        if kind in "BC":
            yield kind, points
        else:
            yield "M" if kind in "SM" else "L", points[-1:]


# ---- elements ----


def _bookmarks(outline: Element, level: int, pages: dict[str, int]) -> Iterator[Bookmark]:
    for told in (child for child in outline.elements() if child.tag == "OutlineElem"):
        actions = next((child for child in told.elements() if child.tag == "Actions"), None)
        target = actions.first("Dest") if actions else None
        page = pages.get(target.get("PageID") or "") if target else None
        yield Bookmark(told.get("Title") or "", level, page, _number(target.get("Top"), 0.0) * POINTS if target else 0.0)
        yield from _bookmarks(told, level + 1, pages)


def _all(element: Element, tag: str) -> Iterator[Element]:
    return (found for found in element.walk() if found.tag == tag)


def _said(element: Element) -> str:
    return "".join(child for child in element.children if isinstance(child, str))


def _text(element: Element, tag: str) -> str:
    found = element.first(tag)
    return _said(found).strip() if found else ""


def _id(element: Element) -> str:
    return (element.get("ID") or "").strip()


def _box(said: str) -> Box | None:
    values = _floats(said)
    return (values[0], values[1], values[2], values[3]) if len(values) >= 4 and values[2] > 0 and values[3] > 0 else None


def _floats(said: str) -> list[float]:
    return [_number(word, 0.0) for word in said.split()[:8]]


def _number(said: str | None, default: float) -> float:
    """The number; the default where there is none, or one that no page has."""
    try:
        value = float(said or "")
    except ValueError:
        return default
    return value if abs(value) < 1e7 else default
