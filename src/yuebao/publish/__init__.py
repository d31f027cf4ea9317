"""publish: an issue document in, the bytes of a published file out.

    book       the book as plain data, the same for every format
    edition    what the public edition leaves out
    style      a folder of measures, fonts and roles, read and checked; styles/ are those that ship and the template that they share
    fonts      the faces, and whether they have every character
    index      persons and subjects at the end of the volume
    press      the book's data set by typst in a style
    printed    the book on the pages of the printed issue; grid finds these from its 目录
    pdf        the book as PDF, in a style or as printed
    docx       the book as a Word file
    epub       an electronic book
    html       a folder of web pages
    markdown   a text for pasting
    tei        the issue as TEI P5

Nothing is read but package data, the style and the font folders named; pictures pass through a temporary folder, else nothing is written.
The same issue with the same setting is the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from yuebao.errors import UsageError
from yuebao.model import Issue
from yuebao.publish.docx import write_docx
from yuebao.publish.edition import Withheld, public_edition
from yuebao.publish.epub import write_epub
from yuebao.publish.html import write_html
from yuebao.publish.markdown import write_markdown
from yuebao.publish.ofd import write_ofd
from yuebao.publish.pdf import write_pdf
from yuebao.publish.setting import Setting
from yuebao.publish.tei import write_tei

Folder = Mapping[str, bytes]  # the files of a published folder by their paths in it, "/" between the parts
Published = bytes | Folder
Writer = Callable[[Issue, Setting], Published]

# The formats that can be published, each with its writer and with what of `model.content` it cannot hold.
WRITERS: dict[str, Writer] = {
    "pdf": write_pdf, "docx": write_docx, "ofd": write_ofd, "epub": write_epub, "html": write_html, "md": write_markdown,
    "tei": write_tei,
}

__all__ = ["WRITERS", "Folder", "Published", "Setting", "Withheld", "public_edition", "publish"]


def publish(issue: Issue, format: str = "pdf", setting: Setting | None = None) -> Published:
    """The published file of the issue, or the files of a folder (html).

    Raises UsageError E203 (unknown format), InputError E501 (characters that no font has), E502 (font or folder not found), E503
    (setting failed), E504 (a fault in the style), E505 (a picture that cannot be set).
    """
    writer = WRITERS.get(format)
    if writer is None:
        known = "、".join(sorted(WRITERS))
        raise UsageError("E203", reason=f"格式 / format {format}；可用 / known: {known}", command="publish")
    return writer(issue, setting or Setting())
