"""Read: a file's bytes to a Source, every character kept. Readers satisfy one Protocol and compete by `score()`."""

from __future__ import annotations

from typing import Protocol

from yuebao.errors import InputError
from yuebao.model import Source
from yuebao.read.docx import DocxReader, margins_of
from yuebao.read.epub import EpubReader
from yuebao.read.html import HtmlReader
from yuebao.read.mail import MailReader
from yuebao.read.markdown import MarkdownReader
from yuebao.read.ofd import OfdReader
from yuebao.read.office import OLE, OfficeReader
from yuebao.read.pdf import PdfReader
from yuebao.read.tei import TeiReader
from yuebao.read.text import TextReader

LIMIT = 32 * 1024 * 1024  # bytes; an issue is under 0.2 MB, a year's chronicle under 3 MB

class Reader(Protocol):
    """A kind of file that can be read."""

    name: str

    def score(self, name: str, data: bytes) -> float:
        """How sure the reader is that the file is its own, 0 (not at all) to 1."""
        ...

    def read(self, name: str, data: bytes) -> Source:
        """The Source; raises InputError."""
        ...


# of two that are as sure the first; any file may pass for text
READERS: tuple[Reader, ...] = (
    DocxReader(), OfficeReader(), PdfReader(), OfdReader(),
    TeiReader(), EpubReader(), HtmlReader(), MailReader(), MarkdownReader(), TextReader(),
)

# first bytes of what offices mistake for text, and what to call it
MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "图片（PNG）"),
    (b"\xff\xd8\xff", "图片（JPEG）"),
    (b"GIF8", "图片（GIF）"),
    (b"II*\0", "图片（TIFF）"),
    (b"MM\0*", "图片（TIFF）"),
    (b"RIFF", "音像文件"),
    (b"PK\x03\x04", "压缩包"),
    (b"\xd0\xcf\x11\xe0", "旧版 Word 或 WPS 文档"),
    (b"{\\rtf", "RTF 文档"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
)


def is_readable(name: str, data: bytes) -> bool:
    """Whether some reader takes the bytes for its own."""
    return bool(data) and max(score for score, _ in _scores(name, data)) > 0


def read(name: str, data: bytes) -> Source:
    """The Source of a file's bytes, by the reader that scores highest.

    Raises InputError: E101 empty, E102 of no kind that is known, E103 too large, E107 nothing to read, E108 damaged or locked.
    """
    if not data:
        raise InputError("E101", name=name)
    if len(data) > LIMIT:
        raise InputError("E103", name=name, size=len(data) // 1_000_000, limit=LIMIT // 1_000_000)
    score, place = max(_scores(name, data))
    if score == 0:
        raise InputError("E102", name=name, kind=_kind(data) or "二进制文件")
    source = READERS[-place].read(name, data)
    if not source.text.replace("\0", "").strip():
        raise InputError("E107", name=name)
    return source


def margins(name: str, data: bytes) -> str:
    """What stands in the margins of a file's pages and is not in its Source: of Word files heads and feet; of others nothing.

    Of Word's and WPS's older files it is all that may be text in them, in no order: to look for something, not to be read.
    """
    if data.startswith(OLE):
        return data.decode("utf-16-le", "ignore")
    return margins_of(name, data) if DocxReader().score(name, data) else ""


def _scores(name: str, data: bytes) -> list[tuple[float, int]]:
    """How sure each reader is, with its place (negative, so that of two that are as sure the first is the greater)."""
    is_known = _kind(data) is not None
    return [(reader.score(name, data), -place) for place, reader in enumerate(READERS) if not (is_known and reader.name == "text")]


def _kind(data: bytes) -> str | None:
    return next((kind for magic, kind in MAGIC if data.startswith(magic)), None)
