"""Word files: our own by the names of their styles, exactly; anybody's as lines, tables and pictures.

    package    the parts of the file
    numbering  the numbers of lists
    flow       what it says from top to bottom, as accepted
    marked     a file of ours
    plain      any other
"""

from __future__ import annotations

import hashlib

from yuebao.glossary import problem
from yuebao.model import Problem, Source, SourceInfo
from yuebao.read.docx.flow import Flow
from yuebao.read.docx.marked import Marked, is_own
from yuebao.read.docx.package import Package
from yuebao.read.docx.plain import Plain

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class DocxReader:
    name = "docx"

    def score(self, name: str, data: bytes) -> float:
        """1 for a zip file that names the parts of a Word file, else 0."""
        del name
        return float(data.startswith(b"PK") and b"[Content_Types].xml" in data and b"word/" in data.replace(b"word\\", b"word/"))

    def read(self, name: str, data: bytes) -> Source:
        """The Source of the file; raises InputError E108."""
        return read_docx(name, data)


def read_docx(name: str, data: bytes) -> Source:
    """The Source of a Word file, tracked changes as accepted, without comments, heads and feet. Raises InputError E108."""
    flow = Flow(Package(name, data))
    digest = hashlib.sha256(data).hexdigest()
    if is_own(flow.blocks):
        own = Marked(flow.blocks)
        info = SourceInfo(name, MEDIA_TYPE, None, digest, len(own.text), None)
        return Source(info, own.text, _problems(flow, 0), marks=tuple(own.marks), pictures=tuple(own.pictures))
    plain = Plain(flow.blocks)
    info = SourceInfo(name, MEDIA_TYPE, None, digest, len(plain.text), None)
    return Source(
        info, plain.text, _problems(flow, plain.hidden), marks=tuple(plain.marks), outline=plain.outline, pictures=tuple(plain.pictures))


def margins_of(name: str, data: bytes) -> str:
    """What stands in the heads and feet of a Word file's pages, which are no part of its text. Raises InputError E108."""
    return Package(name, data).margins()


def _problems(flow: Flow, hidden: int) -> tuple[Problem, ...]:
    noted = []
    if flow.is_tracked:
        noted.append(problem("R003", None, None))
    if flow.notes:
        noted.append(problem("R004", None, None, count=flow.notes))
    if hidden:
        noted.append(problem("R005", None, None, count=hidden))
    if flow.links:
        noted.append(problem("R006", None, None, count=flow.links))
    if flow.embedded:
        noted.append(problem("R007", None, None, count=flow.embedded))
    return tuple(noted)
