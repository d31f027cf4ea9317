"""The tables of the desk carried with the record: a JSON line a row, a file a table, and what is no text as files by their sha256.

    data/desk/StoredClipping.jsonl     the rows in order of their ids; a field of bytes names its file
    data/desk/files/SHA256             the bytes
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import DatabaseError, connection, models

from yuebao.archive.beside import Kept
from yuebao.archive.values import Fault
from yuebao.desk import audit
from yuebao.errors import InputError
from yuebao.model import Json, canonical

FOLDER = "desk"
FILES = "files"
AT_ONCE = 100  # rows


def faults() -> Iterator[Fault]:
    """What is not as it was written: lines of the audit log, files that do not match their hash."""
    yield from audit.verify()
    for model in _tables():
        if {"data", "sha256"} <= {field.name for field in model._meta.concrete_fields}:
            for pk, data, digest in model._default_manager.order_by("pk").values_list("pk", "data", "sha256").iterator(chunk_size=AT_ONCE):
                if _digest(bytes(data)) != digest:
                    yield Fault("desk_file", detail=f"{model.__name__} {pk}")


def entries() -> Iterator[tuple[str, bytes]]:
    """The files of the desk's folder in a bag, each with its name; nothing of a table without rows."""
    written: set[str] = set()
    for model in _tables():
        lines = []
        for row in model._default_manager.order_by("pk").iterator(chunk_size=AT_ONCE):
            values, files = _said(row)
            lines.append(canonical(values) + "\n")
            for digest, data in files:
                if digest not in written:
                    written.add(digest)
                    yield f"{FILES}/{digest}", data
        if lines:
            yield f"{model.__name__}.jsonl", "".join(lines).encode()


def is_held() -> bool:
    """Whether any table of the desk has a row."""
    return any(model._default_manager.exists() for model in _tables())


def restore(folder: Path) -> None:
    """Fill the empty tables from such a folder. Raises InputError E111, and what is wrong is named."""
    try:
        for model in _tables():
            path = folder / f"{model.__name__}.jsonl"
            if path.is_file():
                rows = [_row(model, json.loads(line), folder) for line in path.read_text(encoding="utf-8").splitlines()]
                model._default_manager.bulk_create(rows, batch_size=AT_ONCE)
        connection.check_constraints()  # a row that names another that did not come
        _number_on()
    except (OSError, ValueError, KeyError, TypeError, DatabaseError) as error:
        raise InputError("E111", name=str(folder), reason=str(error)[:200]) from None
    for fault in faults():
        raise InputError("E111", name=str(folder), reason=f"{fault.message()} / {fault.message('en')}")


def _tables() -> Iterable[type[models.Model]]:
    return apps.get_app_config(FOLDER).get_models()


def _said(row: models.Model) -> tuple[dict[str, Json], list[tuple[str, bytes]]]:
    """The row as JSON, and the files that it names."""
    values: dict[str, Json] = {}
    files = []
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if isinstance(field, models.BinaryField) and value is not None:
            data = bytes(value)
            value = _digest(data)
            files.append((value, data))
        elif isinstance(value, datetime):
            value = value.astimezone(UTC).isoformat()
        elif isinstance(value, date):
            value = value.isoformat()
        values[field.attname] = value
    return values, files


def _row(model: type[models.Model], values: dict[str, Any], folder: Path) -> models.Model:
    for field in model._meta.concrete_fields:
        value = values[field.attname]
        if value is None:
            continue
        if isinstance(field, models.BinaryField):
            values[field.attname] = (folder / FILES / Path(value).name).read_bytes()  # `faults` holds it against its hash
        elif isinstance(field, models.DateTimeField):
            values[field.attname] = datetime.fromisoformat(value)
        elif isinstance(field, models.DateField):
            values[field.attname] = date.fromisoformat(value)
    return model(**values)


def _number_on() -> None:
    """Let PostgreSQL number new rows after those that came with their ids."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(_tables())):
            cursor.execute(statement)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


KEPT = Kept(FOLDER, faults, entries, is_held, restore)
