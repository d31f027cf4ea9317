"""Letters (.eml): what is written in one, and what it encloses. Nothing outside the letter is asked for; pictures in the text are left.

Encodings that a letter states are believed as far as they decode; GB 2312 is read as the wider GB 18030, as mail programs write it.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from yuebao.errors import InputError
from yuebao.model import Source
from yuebao.read.html import HtmlReader
from yuebao.read.markup import WIDER
from yuebao.read.text import encoding_of, source_of

if TYPE_CHECKING:
    from email.message import EmailMessage

MEDIA_TYPE = "message/rfc822"
MOST_HEADERS = 256 * 1024  # bytes before the first blank line; those of a letter with a hundred recipients are some 10 KB
MOST_PARTS = 200
DEEPEST = 8  # parts within parts; a letter that was passed on twice has four
LONGEST_NAME = 120  # characters of an enclosure's name
_HEADER = re.compile(rb"(?:From |[A-Za-z][A-Za-z0-9-]{1,40}:)")
_TELLING = re.compile(
    rb"^(?:from|to|subject|date|received|message-id|mime-version|return-path|content-type|x-mailer|reply-to|delivered-to|sender):",
    re.IGNORECASE | re.MULTILINE)
LEAST_TELLING = 3  # of such headers, the sender's among them
_BAD_IN_NAMES = re.compile(r"[\x00-\x1f\x7f<>:\"|?*]+")
_UNDECODED = re.compile("[\udc80-\udcff]")
_BOUNDARY = re.compile(rb'boundary\s{0,8}=\s{0,8}"?([^"\s;]{1,80})', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter: who sent it (name, else address) and when, what is written in it, and its enclosures (name, bytes) in their order.

    An enclosure's name is plain: no folder, nothing that a file's name may not have. `sent_on` is an ISO date.
    """

    subject: str | None
    sender: str | None
    sent_on: str | None
    text: str
    enclosures: tuple[tuple[str, bytes], ...]


class MailReader:
    name = "mail"

    def score(self, name: str, data: bytes) -> float:
        """1 for what begins with the headers of a letter, else 0."""
        del name
        return float(is_letter(data))

    def read(self, name: str, data: bytes) -> Source:
        """The subject and text of the letter, without its enclosures; raises InputError E108."""
        letter = read_letter(name, data)
        text = "\n\n".join(filter(None, (letter.subject, letter.text)))
        source = source_of(name, text, sha256=hashlib.sha256(data).hexdigest())
        return replace(source, info=replace(source.info, media_type=MEDIA_TYPE))


def is_letter(data: bytes) -> bool:
    """Whether the bytes begin with the headers of a letter."""
    head = _head(data.lstrip(b"\r\n"))
    telling = {match[0].lower() for match in _TELLING.finditer(head[:MOST_HEADERS])}
    return _HEADER.match(head) is not None and len(telling) >= LEAST_TELLING and b"from:" in telling


def read_letter(name: str, data: bytes) -> Letter:
    """The letter in the bytes. Raises InputError E108: too many headers or parts, parts too deep, or nothing that can be read."""
    from email import message_from_bytes  # takes long to load, and few files are letters
    from email.policy import default

    data = data.lstrip(b"\r\n")
    if len(_head(data)) > MOST_HEADERS:
        raise InputError("E108", name=name, reason="邮件头过长 / too many headers")
    if _count_of_parts(data) > MOST_PARTS:
        raise InputError("E108", name=name, reason=f"邮件部分过多 / more than {MOST_PARTS} parts")
    try:
        letter = message_from_bytes(data, policy=default)
        parts = list(_parts(name, letter))
        if letter.get("snapshot-content-location"):
            return _saved_page(letter, parts)
        return Letter(_header(letter, "subject"), _sender(letter), _day(letter), _text(name, parts), tuple(_enclosures(parts)))
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, IndexError) as error:  # the parser's, of hostile headers
        raise InputError("E108", name=name, reason=f"邮件格式有误 / a damaged letter: {type(error).__name__}") from None


def _head(data: bytes) -> bytes:
    """What stands before the first blank line."""
    end = re.search(rb"\r?\n\r?\n", data[:MOST_HEADERS + 1])
    return data[:end.start()] if end else data[:MOST_HEADERS + 1]


def _count_of_parts(data: bytes) -> int:
    """How many parts the bytes may hold, told before they are parsed: that takes long where there are thousands."""
    boundaries = set(_BOUNDARY.findall(data))
    return len(boundaries) if len(boundaries) > MOST_PARTS else sum(data.count(b"\n--" + boundary) for boundary in boundaries)


def _parts(name: str, letter: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold something, in order; a letter within the letter is one."""
    waiting = [(letter, 0)]
    while waiting:
        part, depth = waiting.pop(0)
        if depth > DEEPEST:
            raise InputError("E108", name=name, reason=f"邮件层次过多 / parts more than {DEEPEST} deep")
        if part.get_content_maintype() == "multipart":
            waiting[:0] = [(inner, depth + 1) for inner in part.iter_parts()]  # type: ignore[misc]
        else:
            yield part


def _text(name: str, parts: list[EmailMessage]) -> str:
    """What is written: the plain texts, else what the pages among the parts show."""
    written = [part for part in parts if not _is_enclosed(part)]
    plain = [_decoded(part) for part in written if part.get_content_type() == "text/plain"]
    if any(text.strip() for text in plain):
        return "\n\n".join(plain).replace("\r\n", "\n").strip()
    pages = [_decoded(part) for part in written if part.get_content_type() == "text/html"]
    return "\n\n".join(HtmlReader().read(name, codecs.BOM_UTF8 + page.encode()).text.strip() for page in pages if page.strip())


def _saved_page(letter: EmailMessage, parts: list[EmailMessage]) -> Letter:
    """A web page that a browser saved in one file (.mht): its page is what the letter encloses."""
    pages = [_decoded(part) for part in parts if part.get_content_type() == "text/html"]
    name = plain_name((_header(letter, "subject") or "page") + ".html")
    return Letter(_header(letter, "subject"), None, None, "", tuple((name, codecs.BOM_UTF8 + page.encode()) for page in pages[:1]))


def _is_enclosed(part: EmailMessage) -> bool:
    return part.get_content_disposition() == "attachment" or part.get_filename() is not None or part.get_content_maintype() == "message"


def _enclosures(parts: list[EmailMessage]) -> Iterator[tuple[str, bytes]]:
    """The enclosures, but for the pictures that the letter's own text shows."""
    for number, part in enumerate(filter(_is_enclosed, parts), 1):
        is_shown = part.get_content_maintype() == "image" and part.get("content-id") is not None
        data = _letter_within(part) if part.get_content_maintype() == "message" else part.get_payload(decode=True)
        if isinstance(data, bytes) and data and not is_shown:
            ending = ".eml" if part.get_content_maintype() == "message" else ""
            yield plain_name(_filename(part) or f"附件{number}{ending}"), data


def _letter_within(part: EmailMessage) -> bytes:
    held = part.get_payload()
    return held[0].as_bytes() if isinstance(held, list) and held else b""  # type: ignore[union-attr]


def plain_name(name: str) -> str:
    """A file's name as it may stand in a folder: the last part of its path, without what names may not have; never empty."""
    last = _BAD_IN_NAMES.sub("", name.replace("\\", "/")).rstrip("/. ").rpartition("/")[2].strip()
    stem, dot, ending = last.rpartition(".")
    short = f"{stem[:LONGEST_NAME]}{dot}{ending[:10]}" if dot else last[:LONGEST_NAME]
    return short.lstrip(".") or "附件"


def _decoded(part: EmailMessage) -> str:
    """The characters of a part that is text."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    stated = (part.get_content_charset() or "").lower()
    if not stated or stated in ("us-ascii", "unknown-8bit"):
        stated = encoding_of(data)
    try:
        return data.decode(WIDER.get(stated, stated), "replace")
    except LookupError:
        return data.decode(encoding_of(data), "replace")


def _filename(part: EmailMessage) -> str | None:
    name = part.get_filename()
    return _mended(name) if name else None


def _header(letter: EmailMessage, name: str) -> str | None:
    raw = next((str(value) for key, value in letter.raw_items() if key.lower() == name), "")
    said = raw if _UNDECODED.search(raw) else str(letter.get(name) or "")
    return _mended(" ".join(said.split())) or None


def _mended(said: str) -> str:
    """A header with its words decoded where a mail program quoted them, and bytes that it wrote undecoded."""
    from email.header import decode_header, make_header

    if _UNDECODED.search(said):
        data = said.encode("utf-8", "surrogateescape")
        said = data.decode(encoding_of(data), "replace")
    if "=?" not in said:
        return said
    try:
        return str(make_header(decode_header(said)))
    except (ValueError, LookupError):
        return said


def _sender(letter: EmailMessage) -> str | None:
    """The sender's name as the letter has it, else the address."""
    from email.utils import parseaddr

    said = _header(letter, "from")
    if said is None:
        return None
    person, address = parseaddr(said)
    return person or address or said


def _day(letter: EmailMessage) -> str | None:
    """The day on which it was sent, by the sender's own clock."""
    from email.utils import parsedate_to_datetime

    said = _header(letter, "date")
    try:
        return parsedate_to_datetime(said).date().isoformat() if said else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
