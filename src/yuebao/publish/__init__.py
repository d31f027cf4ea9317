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
    copies     a set PDF as one numbered copy, with its recipient's mark

Nothing is read but package data, the style and the font folders named; pictures pass through a temporary folder, else nothing is written.
The same issue with the same setting is the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from yuebao.errors import UsageError
from yuebao.model import Issue
from yuebao.publish.edition import Withheld, public_edition
from yuebao.publish.setting import Setting

Folder = Mapping[str, bytes]  # the files of a published folder by their paths in it, "/" between the parts
Published = bytes | Folder
Writer = Callable[[Issue, Setting], Published]



def _writer(module: str) -> Writer:
    """The writer of a format, loaded when it is first asked: setting and fonts take longer to load than most commands to run."""
    def write(issue: Issue, setting: Setting) -> Published:
        made: Published = getattr(import_module(f"yuebao.publish.{module}"), f"write_{module}")(issue, setting)
        return made
    return write


# The formats that can be published, each with its writer; what of `model.content` it cannot hold stands in the writer's module.
WRITERS: dict[str, Writer] = {
    "pdf": _writer("pdf"), "docx": _writer("docx"), "ofd": _writer("ofd"), "epub": _writer("epub"), "html": _writer("html"),
    "md": _writer("markdown"), "tei": _writer("tei"),
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
