"""What the database and the index say when they fail, in the words of the error tree."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import Error as DatabaseFailure
from django.db import connection

from yuebao.archive.places import home_path
from yuebao.errors import ArchiveError

BUSY = ("locked", "busy", "lock timeout", "deadlock")
SHUT = ("unable to open", "readonly", "read-only", "permission denied", "disk is full")
UNREACHABLE = ("connection", "could not translate host", "failed to resolve host", "shutting down", *SHUT)  # of a server


@contextmanager
def told() -> Iterator[None]:
    """Turn a failure of the database into an ArchiveError: E402 busy, E403 no rights, E409 no server, E401 anything else (damaged)."""
    try:
        yield
    except DatabaseFailure as error:
        words = str(error).lower()
        if any(word in words for word in BUSY):
            raise ArchiveError("E402") from error
        if connection.vendor == "postgresql" and any(word in words for word in UNREACHABLE):
            raise ArchiveError("E409", reason=str(error).strip()) from error
        if any(word in words for word in SHUT):
            raise ArchiveError("E403", name=str(home_path())) from error
        raise ArchiveError("E401", reason=str(error)) from error


@contextmanager
def told_of_index(folder: Path) -> Iterator[None]:
    """Turn a failure of the index into an ArchiveError: E402 another writer, E403 its files cannot be written, E401 cannot be read."""
    try:
        yield
    except OSError as error:
        raise ArchiveError("E403", name=str(folder)) from error
    except ValueError as error:  # what the binding raises for everything
        words = str(error).lower()
        if "lockbusy" in words or "failed to acquire" in words:
            raise ArchiveError("E402") from error
        if "io error" in words or "ioerror" in words:
            raise ArchiveError("E403", name=str(folder)) from error
        raise ArchiveError("E401", reason=f"{folder.name}: {error}") from error
