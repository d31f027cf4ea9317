"""The seal of a revision: a hash of what is kept beside its document and its source file, so that none of it is altered unnoticed."""

from __future__ import annotations

import hashlib
from datetime import UTC
from typing import TYPE_CHECKING

from yuebao.model import canonical

if TYPE_CHECKING:
    from yuebao.archive.models import Revision


def seal_of(row: Revision) -> str:
    """`sha256:` and the hex digest of the hashes of document and source, and of number, file name, outline and time of keeping."""
    said = [
        row.content_hash, row.source_sha256, row.sequence, row.source_name, row.outline, row.added_at.astimezone(UTC).isoformat(),
    ]
    return "sha256:" + hashlib.sha256(canonical(said).encode()).hexdigest()
