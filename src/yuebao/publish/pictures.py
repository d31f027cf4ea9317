"""Pictures as they lie in a figure: their kind and size in pixels, told from their own first bytes."""

from __future__ import annotations

import struct
from dataclasses import dataclass

MOST_PIXELS = 120_000_000  # more is no photograph, and would fill the memory


@dataclass(frozen=True, slots=True)
class Shape:
    """`kind` as typst names formats: png, jpg, gif, webp; sides in pixels."""

    kind: str
    width: int
    height: int


class NoPicture(ValueError):
    """Bytes that are no picture which can be printed; the message says why."""


def shape_of(data: bytes) -> Shape:
    """The kind and sides of a picture; raises NoPicture.

    SVG and the metafiles of Word are not taken: they may ask for fonts and files that are not theirs.
    """
    try:
        found = _png(data) or _gif(data) or _webp(data) or _jpeg(data)
    except (struct.error, IndexError):
        raise NoPicture("文件残缺 / cut short") from None
    if found is None:
        raise NoPicture("不是 PNG、JPEG、GIF、WebP / not one of these")
    if not (found.width and found.height):
        raise NoPicture("没有大小 / of no size")
    if found.width * found.height > MOST_PIXELS:
        raise NoPicture(f"{found.width}×{found.height}，超过 {MOST_PIXELS // 1_000_000} 兆像素 / too large")
    return found


def _png(data: bytes) -> Shape | None:
    if not data.startswith(b"\x89PNG\r\n\x1a\n"):
        return None
    return Shape("png", *struct.unpack(">II", data[16:24]))


def _gif(data: bytes) -> Shape | None:
    if data[:6] not in (b"GIF87a", b"GIF89a"):
        return None
    return Shape("gif", *struct.unpack("<HH", data[6:10]))


def _webp(data: bytes) -> Shape | None:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        return None
    kind = data[12:16]
    if kind == b"VP8X":
        return Shape("webp", 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little"))
    if kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return Shape("webp", 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
    width, height = struct.unpack("<HH", data[26:30])
    return Shape("webp", width & 0x3FFF, height & 0x3FFF)


def _jpeg(data: bytes) -> Shape | None:
    """The sides stand in the frame header (SOF), behind segments that tell their own lengths."""
    if not data.startswith(b"\xff\xd8"):
        return None
    at = 2
    while True:
        if data[at] != 0xFF:
            raise NoPicture("文件残缺 / damaged")
        marker = data[at + 1]
        if marker == 0xFF:  # padding
            at += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5:at + 9])
            return Shape("jpg", width, height)
        at += 2 + int(struct.unpack(">H", data[at + 2:at + 4])[0])
