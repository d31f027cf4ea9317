"""Bytes altered in the record are found and named by `verify`: in any column of any row, and anywhere in the file that SQLite keeps."""

import os
import random
import shutil
import sqlite3

import pytest
from django.db import IntegrityError, connection, transaction

from archive.homes import archive_at, of_sqlite, stand_ins
from yuebao import archive
from yuebao.archive.models import Decision, Revision, Series, StoredIssue
from yuebao.errors import ArchiveError

FLIPS = int(os.environ.get("YUEBAO_FLIPS", "60"))  # 200 of them in `make test-postgres`
# the columns of the record, and how a fault in each is named
COLUMNS = {
    Revision: ("document", "source", "source_name", "content_hash", "source_sha256", "sequence", "outline", "added_at", "is_current", "seal"),
    Decision: ("statement", "kind", "decided_by", "decided_at", "decision_hash", "sequence"),
    StoredIssue: ("key", "year", "month", "number", "serial_number"),
    Series: ("title", "place"),
}


@pytest.fixture(scope="module")
def shelved(tmp_path_factory, new_home, django_db_blocker):
    """The folder of an archive with two issues, one of them with two revisions, and three decisions."""
    shelf = tmp_path_factory.mktemp("damage")
    with pytest.MonkeyPatch.context() as patched, archive_at(shelf / "home", new_home, django_db_blocker) as folder:
        patched.setenv("YUEBAO_HOME", str(folder))
        stages = stand_ins(patched)
        for name, text in (("april", stages.APRIL), ("may", stages.MAY), ("april", stages.APRIL.replace("泵站", "闸站"))):
            (shelf / f"{name}.txt").write_text(text, encoding="utf-8")
            list(archive.add([shelf / f"{name}.txt"]))
        for line in archive.issues():
            archive.waive(line.key, 0, "核过原件", decided_by="秦")
        archive.unwaive(archive.issues()[0].key, 0, decided_by="秦")
        assert archive.verify() == []
    return folder


@pytest.fixture
def kept(tmp_path, shelved, stages, django_db_blocker, monkeypatch):  # noqa: ARG001
    monkeypatch.setenv("YUEBAO_HOME", str(tmp_path / "home"))
    with archive_at(tmp_path / "home", shelved, django_db_blocker) as folder:
        yield folder


def flipped(value, drawn):
    """The value with one byte of it altered; text stays text that a database takes."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value ^ 1 << drawn.randrange(8)
    if isinstance(value, str):
        at = drawn.randrange(len(value))
        other = chr(ord(value[at]) ^ 1 << drawn.randrange(5))
        return value[:at] + (other if other >= " " else "?") + value[at + 1:]
    if isinstance(value, bytes | memoryview):
        data = bytearray(value)
        data[drawn.randrange(len(data))] ^= 1 << drawn.randrange(8)
        return bytes(data)
    return value.replace(second=(value.second + 1) % 60)


def test_any_byte_of_the_record_that_is_altered_is_found_and_named(kept):  # noqa: ARG001
    """Each row is put back as it was before the next is altered."""
    drawn = random.Random(7)
    silent = []
    for _ in range(FLIPS):
        table = drawn.choice(list(COLUMNS))
        row = drawn.choice(list(table.objects.order_by("pk")))
        column = drawn.choice([name for name in COLUMNS[table] if getattr(row, name) is not None])
        value = getattr(row, column)
        rows = table.objects.filter(pk=row.pk)
        try:
            with transaction.atomic():
                rows.update(**{column: flipped(value, drawn)})
        except IntegrityError:  # two of one number: the database does not take it
            continue
        if not names(archive.verify(), table, row):
            silent.append((table.__name__, column, value))
        rows.update(**{column: value})
    assert silent == []
    assert archive.verify() == []


def names(faults, table, row):
    """Whether a fault says where the damage is."""
    if table is Decision:
        return any(fault.kind == "decision" for fault in faults)
    if table is Series:
        return {fault.key for fault in faults} >= {issue.key for issue in row.issues.all()}
    stored = row if table is StoredIssue else row.issue
    return any(fault.key in (stored.key, StoredIssue.objects.get(pk=stored.pk).key) for fault in faults)


@of_sqlite
def test_the_file_is_found_damaged_or_answers_rightly(kept):
    """Bytes flipped anywhere in the file: found by `verify`, or told as E401, or in what is not used; never another answer."""
    connection.close()
    with sqlite3.connect(kept / "archive.sqlite3") as plain:
        plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    plain.close()
    whole = (kept / "archive.sqlite3").read_bytes()
    said, drawn = shown(), random.Random(11)
    silent = []
    for _ in range(FLIPS // 4):
        data = bytearray(whole)
        at = drawn.randrange(len(data))
        data[at] ^= 1 << drawn.randrange(8)
        connection.close()
        for suffix in ("-wal", "-shm"):
            (kept / f"archive.sqlite3{suffix}").unlink(missing_ok=True)
        (kept / "archive.sqlite3").write_bytes(data)
        shutil.rmtree(kept / "index", ignore_errors=True)
        try:
            if not archive.verify() and shown() != said:
                silent.append(at)
        except ArchiveError as error:
            assert error.code == "E401"  # noqa: PT017 — one of the two ways of telling
    assert silent == []


def shown():
    return [(line, archive.show(line.key), archive.findings_of(line.key)) for line in archive.issues()]
