"""The issue as PDF: the book in the style that is asked for, or as it was printed."""

from __future__ import annotations

from yuebao.model import Issue
from yuebao.publish import book, style
from yuebao.publish.press import set_book
from yuebao.publish.printed import AS_PRINTED, set_as_printed
from yuebao.publish.setting import Setting


def write_pdf(issue: Issue, setting: Setting) -> bytes:
    """The PDF of the issue, for the archive PDF/A-2a and PDF/UA-1.

    Raises UsageError E203 (no such style; as-printed without printed pages), InputError E501 (characters without a glyph), E502 (no such
    font), E503 (typst failed), E504 (a fault in the style), E505 (a picture that cannot be set).
    """
    if setting.style == AS_PRINTED:
        return set_as_printed(issue, setting).pdf
    return set_book(book.book_of(issue, setting), style.load(setting.style), issue, setting)
