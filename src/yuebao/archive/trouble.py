"""What a database says when it fails, in the words of the error tree."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError

from yuebao.archive.places import home_path
from yuebao.errors import ArchiveError

BUSY = ("locked", "busy")
SHUT = ("unable to open", "readonly", "read-only", "permission denied")


@contextmanager
def told() -> Iterator[None]:
    """Turn a failure of the database into an ArchiveError: E402 busy, E403 no rights, E401 anything else (damaged)."""
    try:
        yield
    except DatabaseError as error:
        words = str(error).lower()
        if any(word in words for word in BUSY):
            raise ArchiveError("E402") from error
        if any(word in words for word in SHUT):
            raise ArchiveError("E403", name=str(home_path())) from error
        raise ArchiveError("E401", reason=str(error)) from error
