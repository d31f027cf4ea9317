"""The text of a PDF, page by page, in the order in which the file sets it."""

from __future__ import annotations

import hashlib

import pypdfium2

from yuebao.errors import InputError
from yuebao.model import Source, SourceInfo

MAGIC = b"%PDF"
PAGE_END = "\n\f\n"


class PdfReader:
    name = "pdf"

    def score(self, name: str, data: bytes) -> float:
        """1 for what begins as a PDF does, else 0."""
        del name
        return float(data.startswith(MAGIC))

    def read(self, name: str, data: bytes) -> Source:
        """The Source of the file; raises InputError E107, E108."""
        return read_pdf(name, data)


def read_pdf(name: str, data: bytes) -> Source:
    """The Source of a PDF, with its pages. Raises InputError: E108 damaged or locked, E107 no text in it (a scan)."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise InputError("E108", name=name, reason=str(error)) from None
    try:
        pages = [_text(page) for page in document]
    finally:
        document.close()
    if not "".join(pages).strip():
        raise InputError("E107", name=name)
    starts, length = [], 0
    for page in pages:
        starts.append(length)
        length += len(page) + len(PAGE_END)
    text = PAGE_END.join(pages)
    info = SourceInfo(name, "application/pdf", None, hashlib.sha256(data).hexdigest(), len(text), len(pages))
    return Source(info, text, page_starts=tuple(starts))


def _text(page: pypdfium2.PdfPage) -> str:
    textpage = page.get_textpage()
    try:
        text: str = textpage.get_text_bounded()
    finally:
        textpage.close()
        page.close()
    # U+FFFE: where a word was divided at a line end; the marks of the file's own that are no characters
    return text.replace("\ufffe", "").replace("\0", "")
