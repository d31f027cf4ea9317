"""PDF: the lines of its pages as they are seen, whatever the order in which the file sets them."""

from __future__ import annotations

import hashlib

from yuebao.errors import InputError
from yuebao.model import Source
from yuebao.pdf_pages import UnfitPdf, book_of_pdf
from yuebao.read.set_pages import source_of

MAGIC = b"%PDF"


class PdfReader:
    name = "pdf"

    def score(self, name: str, data: bytes) -> float:
        """1 for what begins as a PDF does, else 0."""
        del name
        return float(data.startswith(MAGIC))

    def read(self, name: str, data: bytes) -> Source:
        """The Source of the file, with its pages. Raises InputError: E108 damaged or locked, E107 no text in it (a scan)."""
        try:
            book = book_of_pdf(data)
        except UnfitPdf as error:
            raise InputError("E108", name=name, reason=str(error)) from None
        if not any(glyph.character.strip() for page in book.pages for glyph in page.glyphs):
            raise InputError("E107", name=name)
        return source_of(name, "application/pdf", hashlib.sha256(data).hexdigest(), book)
