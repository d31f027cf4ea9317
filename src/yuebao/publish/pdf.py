"""The issue as PDF: the book in the style that is asked for, or as it was printed."""

from __future__ import annotations

from yuebao.model import Issue
from yuebao.publish import book, style
from yuebao.publish.press import set_book
from yuebao.publish.printed import AS_PRINTED, set_as_printed
from yuebao.publish.setting import Setting

# What of `model.content` set pages cannot give back, in PDF as in OFD. A byline is printed at the end of the text and is read as text; the
# id of a figure is not printed; a picture that is no JPEG is stored as bare pixels. Beyond these fields: white space at a line's end that
# no word needs, characters without width, a column that has no headline in it where no bookmark before it shows that it is one.
CANNOT_HOLD: frozenset[str] = frozenset({"byline", "id", "media_type", "sha256"})


def write_pdf(issue: Issue, setting: Setting) -> bytes:
    """The PDF of the issue, for the archive PDF/A-2a and PDF/UA-1.

    Raises UsageError E203 (no such style; as-printed without printed pages), InputError E501 (characters without a glyph), E502 (no such
    font), E503 (typst failed), E504 (a fault in the style), E505 (a picture that cannot be set).
    """
    if setting.style == AS_PRINTED:
        return set_as_printed(issue, setting).pdf
    return set_book(book.book_of(issue, setting), style.load(setting.style), issue, setting)
