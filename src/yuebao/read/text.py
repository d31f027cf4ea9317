"""Plain text in UTF-8, GB18030 or UTF-16, with or without a byte order mark, any newline.

The encoding is told by the byte order mark, else by strict UTF-8, else by which decoding leaves the most common characters. Bytes that do
not decode become U+FFFD and are recorded as a problem; NUL stays in the text, for `structure` to drop and say so.
"""

from __future__ import annotations

import codecs
import hashlib
import re

from yuebao.glossary import problem
from yuebao.model import Problem, Source, SourceInfo

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
CANDIDATES = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
SAMPLE = 1 << 16  # bytes judged; even, so that UTF-16 is not cut inside a unit
# UTF-8 that decodes but for one unit in fifty is damaged UTF-8, not another encoding: no other encoding comes that near by chance
DAMAGED_UTF8 = 0.02
# more unreadable characters than this, and it is no text in any encoding that is known
MOST_BAD = 0.3
# Of the samples and daily issues the least has .99; of random bytes, in any of the encodings, the most .02
LEAST_PLAUSIBLE = 0.5
_BAD = re.compile("[\x01-\x08\x0e-\x1b\x7f\ud800-\udfff\ufffd]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class TextReader:
    name = "text"

    def score(self, name: str, data: bytes) -> float:
        """1 for UTF-8 to the letter; else how much of the text is what Chinese office text is made of; 0 where that is too little."""
        del name
        sample = data[:SAMPLE]
        encoding = encoding_of(data)
        text = _decode(sample, encoding)
        bad = len(_BAD.findall(text)) / max(len(text), 1)
        if encoding == "utf-8" and bad <= MOST_BAD:
            return 1.0 - bad
        plausible = _plausible(text)
        return plausible if plausible >= LEAST_PLAUSIBLE else 0.0

    def read(self, name: str, data: bytes) -> Source:
        """The Source of the file; never raises."""
        encoding = encoding_of(data)
        return source_of(name, _decode(data, encoding), encoding=encoding, sha256=hashlib.sha256(data).hexdigest())


def source_of(name: str, text: str, encoding: str | None = None, sha256: str | None = None) -> Source:
    """The Source of characters already decoded. Lone surrogates become U+FFFD, and are recorded as bytes that did not decode are."""
    text = _SURROGATE.sub("\ufffd", text)
    problems: list[Problem] = []
    if (at := text.find("\ufffd")) >= 0:
        problems.append(problem("R001", at, at + 1, count=text.count("\ufffd")))
    if (at := text.find("\0")) >= 0:
        problems.append(problem("R002", at, at + 1, count=text.count("\0")))
    digest = sha256 or hashlib.sha256(text.encode()).hexdigest()
    info = SourceInfo(name=name, media_type="text/plain", encoding=encoding, sha256=digest, characters=len(text), pages=None)
    return Source(info=info, text=text, problems=tuple(problems))


def encoding_of(data: bytes) -> str:
    """The name of the encoding, one of CANDIDATES."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return encoding
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if b"\0" not in data[:SAMPLE]:
            return "utf-8"
    sample = data[:SAMPLE]
    as_utf8 = sample.decode("utf-8", "replace")
    if b"\0" not in sample and as_utf8.count("\ufffd") <= DAMAGED_UTF8 * len(as_utf8) + 1:
        return "utf-8"
    return max(CANDIDATES, key=lambda encoding: _plausible(_decode(sample, encoding)))


def _decode(data: bytes, encoding: str) -> str:
    for mark, of in MARKS:
        if of == encoding and data.startswith(mark):
            data = data[len(mark):]
    return data.decode(encoding, "replace")


def _plausible(text: str) -> float:
    """The share of characters that Chinese office text is made of, less the share of what no text has."""
    if not text:
        return 0.0
    good = sum(map(_is_common, text))
    return (good - 2 * len(_BAD.findall(text))) / len(text)


def _is_common(character: str) -> bool:
    """Whether the character is ASCII text, common punctuation, or of the 3,755 commonest (level 1 of GB 2312)."""
    if character < "\x7f":
        return character >= " " or character in "\t\r\n"
    if "\u2010" <= character <= "\u2030" or "\u3000" <= character <= "\u301f" or "\uff00" <= character <= "\uff5e":
        return True
    if not "\u4e00" <= character <= "\u9fff":
        return False
    try:
        return 0xB0 <= character.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False
