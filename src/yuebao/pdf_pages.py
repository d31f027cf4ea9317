"""The set pages of a PDF, by pdfium: characters with their places, rules, pictures, bookmarks."""

from __future__ import annotations

import ctypes
import io
import math
import struct
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from yuebao.pages import Book, Bookmark, Colour, Glyph, Image, Look, Page, Point, Shape

NO_CHARACTER = "\ufffd"  # a glyph of which the file does not say what character it is
DEEPEST = 32  # forms within forms, bookmarks under bookmarks
MOST_BOOKMARKS = 50_000
TURNED = 0.05  # radians; less is upright
_STEPS = {pdfium.FPDF_SEGMENT_MOVETO: "M", pdfium.FPDF_SEGMENT_LINETO: "L", pdfium.FPDF_SEGMENT_BEZIERTO: "B"}
_OUTLINED = frozenset({pdfium.FPDF_TEXTRENDERMODE_STROKE, pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE})
# where pdfium says that a word was divided, and the controls that some programs leave in their text; nothing of these is seen
_UNSEEN = frozenset({*range(1, 9), *range(0xA, 0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF})


class UnfitPdf(ValueError):
    """Bytes that are no PDF, or one that is damaged or locked; the message is the reason."""


def book_of_pdf(data: bytes) -> Book:
    """The set pages of a PDF. Raises UnfitPdf."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnfitPdf(str(error)) from None
    try:
        tops = []
        pages = []
        for page in document:
            tops.append(page.get_cropbox()[3])
            pages.append(_page(page))
        said = document.get_metadata_dict()
        return Book(tuple(pages), tuple(_bookmarks(document, tops)), said.get("Title") or None, said.get("Author") or None)
    except pypdfium2.PdfiumError as error:
        raise UnfitPdf(str(error)) from None
    finally:
        document.close()


class _Places:
    """From the space of a PDF page (upward from any corner, perhaps turned) to that of a page as it is seen."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._left, self._bottom, self._right, self._top = page.get_cropbox()
        self._rotation = page.get_rotation() % 360

    def at(self, x: float, y: float) -> Point:
        if self._rotation == 90:
            return y - self._bottom, x - self._left
        if self._rotation == 180:
            return self._right - x, y - self._bottom
        if self._rotation == 270:
            return self._top - y, self._right - x
        return x - self._left, self._top - y

    @property
    def angle(self) -> float:
        """By how much upright characters are turned in the page's own space, in radians."""
        return math.radians(self._rotation)


def _page(page: pypdfium2.PdfPage) -> Page:
    try:
        width, height = page.get_size()
        places = _Places(page)
        glyphs = tuple(_apart(list(_glyphs(page, places))))
        shapes: list[Shape] = []
        images: list[Image] = []
        for form in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE), max_depth=DEEPEST):
            if form.type == pdfium.FPDF_PAGEOBJ_PATH:
                shapes += _shape(form, places)
            else:
                images += _image(form, places)
        return Page(width, height, glyphs, tuple(shapes), tuple(images))
    finally:
        page.close()


# ---- characters ----


def _glyphs(page: pypdfium2.PdfPage, places: _Places) -> Iterator[Glyph]:
    """The characters of a page in the order of the file, without those that pdfium makes up (spaces, line ends)."""
    text = page.get_textpage()
    looks: dict[int, tuple[Look, bool]] = {}
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    try:
        for n in range(text.count_chars()):
            code = pdfium.FPDFText_GetUnicode(text, n)
            if code in _UNSEEN or pdfium.FPDFText_IsGenerated(text, n) == 1:
                continue
            pdfium.FPDFText_GetCharOrigin(text, n, x, y)
            pdfium.FPDFText_GetLooseCharBox(text, n, box)
            left, down = places.at(x.value, y.value)
            ends = places.at(box.left, box.bottom)[0], places.at(box.right, box.top)[0]
            yield Glyph(_character(code), left, down, max(*ends, left), *_look(text, n, looks, places))
    finally:
        text.close()


def _apart(glyphs: list[Glyph]) -> Iterator[Glyph]:
    """The characters with those set by one glyph (a dash of two characters, fi) side by side within it; marks stay where they are."""
    at = 0
    while at < len(glyphs):
        first, end = glyphs[at], at + 1
        while end < len(glyphs) and (glyphs[end].x, glyphs[end].y, glyphs[end].end) == (first.x, first.y, first.end):
            end += 1
        seen = [glyph for glyph in glyphs[at:end] if unicodedata.category(glyph.character) not in ("Mn", "Me", "Cf")]
        width, before = (first.end - first.x) / max(len(seen), 1), 0
        for glyph in glyphs[at:end]:
            if glyph in seen and len(seen) > 1:
                yield replace(glyph, x=first.x + before * width, end=first.x + (before + 1) * width)
                before += 1
            else:
                yield glyph
        at = end


def _character(code: int) -> str:
    return NO_CHARACTER if code == 0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else chr(code)


def _look(text: pypdfium2.PdfTextPage, n: int, looks: dict[int, tuple[Look, bool]], places: _Places) -> tuple[Look, bool]:
    """The look of a character, and whether it is turned: both are those of the text object that sets it."""
    form = pdfium.FPDFText_GetTextObject(text, n)
    key = ctypes.cast(form, ctypes.c_void_p).value or 0
    if key not in looks:
        looks[key] = _look_of(form, places) if key else (Look("", pdfium.FPDFText_GetFontSize(text, n)), False)
    return looks[key]


def _look_of(form: Any, places: _Places) -> tuple[Look, bool]:
    matrix, size, width = pdfium.FS_MATRIX(), ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPageObj_GetMatrix(form, matrix)
    pdfium.FPDFTextObj_GetFontSize(form, size)
    scale = math.hypot(matrix.c, matrix.d)
    outline = 0.0
    if pdfium.FPDFTextObj_GetTextRenderMode(form) in _OUTLINED and pdfium.FPDFPageObj_GetStrokeWidth(form, width):
        outline = width.value * scale
    colour = _colour(pdfium.FPDFPageObj_GetFillColor, form)
    turn = (math.atan2(matrix.b, matrix.a) - places.angle) % math.tau
    look = Look(_font_name(pdfium.FPDFTextObj_GetFont(form)), size.value * scale, colour or (0, 0, 0), outline)
    return look, TURNED < turn < math.tau - TURNED


def _font_name(font: Any) -> str:
    """The name of a font without the tag of its subset (ABCDEF+)."""
    length = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
    if not length:
        return ""
    name = ctypes.create_string_buffer(length)
    pdfium.FPDFFont_GetBaseFontName(font, name, length)
    said = name.value.decode("utf-8", "replace")
    return said[7:] if said[6:7] == "+" else said


def _colour(ask: Any, form: Any) -> Colour | None:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not ask(form, red, green, blue, alpha):
        return None
    return red.value, green.value, blue.value


# ---- rules and pictures ----


def _shape(form: pypdfium2.PdfObject, places: _Places) -> Iterator[Shape]:
    """The path, where it is seen."""
    fill, stroke, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
    pdfium.FPDFPath_GetDrawMode(form, fill, stroke)
    matrix = form.get_matrix()
    steps: list[tuple[str, tuple[Point, ...]]] = []
    curve: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for n in range(pdfium.FPDFPath_CountSegments(form)):
        segment = pdfium.FPDFPath_GetPathSegment(form, n)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = places.at(*matrix.on_point(x.value, y.value))
        kind = _STEPS.get(pdfium.FPDFPathSegment_GetType(segment), "L")
        if kind == "B":
            curve.append(point)
        else:
            steps.append((kind, (point,)))
        if len(curve) == 3:
            steps.append(("B", tuple(curve)))
            curve = []
        if pdfium.FPDFPathSegment_GetClose(segment):
            steps.append(("C", ()))
    if steps and (fill.value or stroke.value):
        pdfium.FPDFPageObj_GetStrokeWidth(form, width)
        scale = math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))
        yield Shape(
            tuple(steps), _colour(pdfium.FPDFPageObj_GetStrokeColor, form) if stroke.value else None,
            _colour(pdfium.FPDFPageObj_GetFillColor, form) if fill.value else None, width.value * scale)


def _image(form: pypdfium2.PdfObject, places: _Places) -> Iterator[Image]:
    """The picture: its JPEG as it lies in the file, any other as PNG; nothing where it cannot be had."""
    left, bottom, right, top = form.get_bounds()
    one, other = places.at(left, bottom), places.at(right, top)
    across, down = sorted((one[0], other[0])), sorted((one[1], other[1]))
    try:
        filters = form.get_filters()
        if filters == ["DCTDecode"]:
            media_type, data = "image/jpeg", bytes(form.get_data())
        else:
            media_type, data = "image/png", _png(form.get_bitmap())
    except pypdfium2.PdfiumError:
        return
    yield Image(across[0], down[0], across[1], down[1], media_type, data)


def _png(bitmap: pypdfium2.PdfBitmap) -> bytes:
    """The bitmap as PNG, in grey or in red, green and blue."""
    stride, count, pixels = bitmap.stride, bitmap.n_channels, bytes(bitmap.buffer)
    out = io.BytesIO()
    for row in range(bitmap.height):
        line = pixels[row * stride:row * stride + bitmap.width * count]
        out.write(b"\0")
        if count == 1:
            out.write(line)
        else:
            coloured = bytearray(bitmap.width * 3)
            coloured[0::3], coloured[1::3], coloured[2::3] = line[2::count], line[1::count], line[0::count]
            out.write(coloured)
    head = struct.pack(">IIBBBBB", bitmap.width, bitmap.height, 8, 0 if count == 1 else 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(out.getvalue(), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts)


# ---- bookmarks ----


def _bookmarks(document: pypdfium2.PdfDocument, tops: Sequence[float]) -> Iterator[Bookmark]:
    """The bookmarks in order; `tops`: where the upper edge of each page lies in its own space."""
    for count, mark in enumerate(document.get_toc(max_depth=DEEPEST)):
        if count >= MOST_BOOKMARKS:
            return
        target = mark.get_dest()
        index = target.get_index() if target else None
        index = index if index is not None and 0 <= index < len(tops) else None
        view: Sequence[float | None] = target.get_view()[1] if target else ()
        y = tops[index] - view[1] if index is not None and len(view) > 1 and view[1] is not None else 0.0
        yield Bookmark(mark.get_title(), mark.level + 1, index, y)
