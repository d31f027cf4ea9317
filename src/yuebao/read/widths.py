"""How wide the characters of a font are, as the font file that a document brings with it says."""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping

from fontTools.ttLib import TTFont, TTLibError

MOST_BYTES = 64 * 1024 * 1024  # of a font file; the largest Chinese ones have some 40 MB


def widths_of(data: bytes) -> Mapping[str, float]:
    """The width of each character of a TrueType or OpenType font, in parts of the size; empty for any other or damaged file."""
    if len(data) > MOST_BYTES:
        return {}
    try:
        with TTFont(io.BytesIO(data), lazy=True, fontNumber=0) as font:
            size = font["head"].unitsPerEm
            measures = font["hmtx"].metrics
            return {chr(code): measures[glyph][0] / size for code, glyph in (font.getBestCmap() or {}).items() if glyph in measures}
    except (TTLibError, struct.error, KeyError, ValueError, IndexError, AttributeError, TypeError, AssertionError, OverflowError, EOFError,
            ZeroDivisionError, MemoryError):
        return {}  # a font may be damaged in as many ways as it has tables; the text is read without it
