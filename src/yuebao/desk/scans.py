"""Files that prove what was done on paper 代录, and pictures: kept as they came, told apart by their bytes, never by their name."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from yuebao.archive.engines import writing
from yuebao.desk.models import Account, Scan
from yuebao.errors import UsageError

LARGEST = 20_000_000  # bytes; a page scanned at 300 dpi is some 1 MB
BEGINNINGS = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def keep(name: str, data: bytes, by: Account) -> Scan:
    """The file, kept. Raises UsageError E227: too large, or neither PDF nor PNG nor JPEG."""
    if len(data) > LARGEST:
        raise UsageError("E227", name=name, reason=f"{len(data) // 1_000_000} MB")
    media_type = next((kind for beginning, kind in BEGINNINGS.items() if data.startswith(beginning)), None)
    if media_type is None:
        raise UsageError("E227", name=name, reason="不是 PDF、PNG、JPEG / neither PDF, PNG nor JPEG")
    return put(name, media_type, data, by)


def put(name: str, media_type: str, data: bytes, by: Account) -> Scan:
    """A file of our own making, kept: a set proof, the document that it was set from."""
    with writing():
        return Scan.objects.create(
            name=name, media_type=media_type, sha256=hashlib.sha256(data).hexdigest(), data=data, added_at=datetime.now(UTC), added_by=by)
