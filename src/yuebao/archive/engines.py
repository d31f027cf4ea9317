"""What SQLite and PostgreSQL do differently, made alike: one writer at a time, text in the order of code points, NUL found nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.backends.signals import connection_created

from yuebao.archive.places import BUSY_SECONDS

WRITER = 0x79756562  # names our lock among those that others may take in the same database
NUL, UNREADABLE = "\0", "\ufffd"
ORDERED_OTHERWISE = """
    SELECT relname, attname, format_type(atttypid, atttypmod) FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
      AND (starts_with(relname, 'archive_') OR starts_with(relname, 'desk_'))
      AND attnum > 0 AND NOT attisdropped AND attcollation NOT IN (0, '"C"'::regcollation)
    ORDER BY relname, attnum
"""


@contextmanager
def writing() -> Iterator[None]:
    """A transaction that writes, the only one meanwhile: SQLite's takes its lock at once, PostgreSQL is told to.

    Another one is waited for. What the archive decides on (is this issue known, which change is the next) cannot change under it.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = %s", [f"{BUSY_SECONDS * 1000:.0f}ms"])
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITER])
        yield


def order_by_code_point() -> None:
    """Let PostgreSQL order our text as SQLite and Python do, whatever the language of the database; done once for each column."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(ORDERED_OTHERWISE)
        for table, column, kind in cursor.fetchall():
            name = connection.ops.quote_name
            cursor.execute(f'ALTER TABLE {name(table)} ALTER COLUMN {name(column)} SET DATA TYPE {kind} COLLATE "C"')


def _take_nul(connection: Any, **_: Any) -> None:
    """Let PostgreSQL be asked for text with NUL in it, which it refuses to hear of; nothing that is kept holds one."""
    if connection.vendor == "postgresql":
        from psycopg.types.string import StrDumperUnknown

        class Unreadable(StrDumperUnknown):
            def dump(self, obj: str) -> Any:
                return super().dump(obj.replace(NUL, UNREADABLE))

        connection.connection.adapters.register_dumper(str, Unreadable)


connection_created.connect(_take_nul, dispatch_uid="yuebao.archive.engines")
