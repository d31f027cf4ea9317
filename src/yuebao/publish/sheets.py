"""The boxes of a page that the printer needs beside the trimmed size: typst writes MediaBox and TrimBox, not the bleed between them."""

from __future__ import annotations

import re

from yuebao.errors import InputError

BLEED = 3 * 72 / 25.4  # points; as in back.typ

_TRIM = re.compile(rb"/TrimBox\[([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+)\]")
_TABLE = re.compile(rb"xref\n0 (\d+)\n")
_ROW = 20  # bytes of a row in the cross-reference table


def with_bleed_box(pdf: bytes) -> bytes:
    """The same file with a BleedBox around each page's TrimBox, its cross-reference table moved accordingly; raises InputError E503."""
    start = pdf.rindex(b"startxref\n")
    table_at = int(pdf[start + 10:].split(b"\n", 1)[0])
    table = _TABLE.match(pdf, table_at)
    if table is None:
        raise InputError("E503", reason="xref")
    rows_end = table.end() + _ROW * int(table[1])
    body, places = _boxed(pdf[:table_at])
    rows = [_moved(pdf[at:at + _ROW], places) for at in range(table.end(), rows_end, _ROW)]
    return body + table[0] + b"".join(rows) + pdf[rows_end:start] + b"startxref\n%d\n%%%%EOF" % len(body)


def _boxed(body: bytes) -> tuple[bytes, list[tuple[int, int]]]:
    """The objects with the boxes put in, and where (offset before) how many bytes came to stand."""
    parts, places, at = [], [], 0
    for found in _TRIM.finditer(body):
        left, bottom, right, top = (float(number) for number in found.groups())
        box = b"/BleedBox[%.5f %.5f %.5f %.5f]" % (left - BLEED, bottom - BLEED, right + BLEED, top + BLEED)
        parts += [body[at:found.start()], box]
        places.append((found.start(), len(box)))
        at = found.start()
    return b"".join([*parts, body[at:]]), places


def _moved(row: bytes, places: list[tuple[int, int]]) -> bytes:
    if row[17:18] != b"n":
        return row
    offset = int(row[:10])
    return b"%010d" % (offset + sum(more for place, more in places if place < offset)) + row[10:]
