"""On which page of the set book each heading stands: what the 目录 of the Word file shows until Word counts its own pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import pypdfium2

from yuebao.errors import InputError
from yuebao.model import Issue
from yuebao.publish.docx.parts import ColumnHead, Head, row_title
from yuebao.publish.pdf import write_pdf
from yuebao.publish.setting import Setting
from yuebao.text import squeeze

_FOLIO = re.compile(r"—\s*(\d+)\s*—")


def pages_of(issue: Issue, heads: Sequence[Head], setting: Setting) -> dict[str, int]:
    """The page of each head by its bookmark, as in the PDF of the same setting; empty where the issue cannot be set."""
    try:
        made = write_pdf(issue, setting)
    except InputError:  # a character that no font here has: Word will have one
        return {}
    with pypdfium2.PdfDocument(made) as document:
        marks = [(squeeze(mark.get_title()), mark.get_dest().get_index()) for mark in document.get_toc()]
        found = _found(heads, marks)
        if not found:
            return {}
        first = min(found.values())
        folio = _FOLIO.search(document[first].get_textpage().get_text_bounded())
    return {bookmark: index - first + int(folio[1]) for bookmark, index in found.items()} if folio else {}


def _found(heads: Iterable[Head], marks: Sequence[tuple[str, int]]) -> dict[str, int]:
    """The index of each head's page: the bookmarks of the PDF are in the same order, with some more before them."""
    found, at = {}, 0
    for head in heads:
        title = squeeze((head.column.title if isinstance(head, ColumnHead) else head.item.headline) or "")
        if not title or not row_title(head):
            continue
        place = next((n for n in range(at, len(marks)) if marks[n][0] == title), None)
        if place is not None:
            found[head.bookmark] = marks[place][1]
            at = place + 1
    return found
