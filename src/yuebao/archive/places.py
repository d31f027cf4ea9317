"""The files of an archive and its database, by name. No Django here: the settings are made from it."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from yuebao.errors import UsageError

BUSY_SECONDS = 20  # how long a write waits for another one
SQLITE_OPTIONS = {
    "timeout": BUSY_SECONDS,
    # immediate: a transaction that will write takes its lock at once, and so can never fail half-way for want of it
    "transaction_mode": "IMMEDIATE",
    # synchronous stays FULL: what was acknowledged survives a power cut
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;",
}
ENGINES = {"postgres": "django.db.backends.postgresql", "postgresql": "django.db.backends.postgresql"}


def home_path() -> Path:
    """The folder of the archive: YUEBAO_HOME, or ~/.yuebao."""
    return Path(os.environ.get("YUEBAO_HOME") or "~/.yuebao").expanduser().absolute()


def secret_key_path(home: Path) -> Path:
    return home / "secret.key"


def database_path(home: Path) -> Path:
    return home / "archive.sqlite3"


def index_path(home: Path) -> Path:
    return home / "index"


def lexicon_path(home: Path) -> Path:
    """The folder of the office's own lexicons."""
    return home / "lexicon"


def searches_path(home: Path) -> Path:
    """The file of the saved searches."""
    return home / "searches.json"


def database_of(home: Path) -> dict[str, Any]:
    """The settings of the database: DATABASE_URL where it is set, else the SQLite file in `home`.

    Raises UsageError: E203 (no such kind of database), E214 (what speaks to PostgreSQL is not installed).
    """
    url = os.environ.get("DATABASE_URL")
    if not url:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(database_path(home)), "OPTIONS": SQLITE_OPTIONS}
    parts = urlsplit(url)
    if parts.scheme not in ENGINES:
        raise UsageError("E203", reason=f"DATABASE_URL: {parts.scheme}; known: {', '.join(ENGINES)}", command="archive")
    if find_spec("psycopg") is None:
        raise UsageError("E214")
    asked = dict(parse_qsl(parts.query))  # ?host=/run/postgresql is how a socket is named
    return {
        "ENGINE": ENGINES[parts.scheme], "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""), "PASSWORD": unquote(parts.password or ""),
        "HOST": asked.get("host") or parts.hostname or "", "PORT": str(parts.port or ""),
    }
