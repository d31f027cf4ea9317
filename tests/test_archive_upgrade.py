"""An archive made by an earlier version opens after an upgrade: nothing of the record is altered, what is derived is made anew.

`archive/earlier.sqlite3.xz` was written before revisions were sealed: one sample issue, and one decision of a person.
"""

import lzma
import sqlite3
from pathlib import Path

import pytest
from django.db import connection, connections

from archive.homes import of_sqlite
from yuebao import archive, ask
from yuebao.archive.models import Decision, Derivation, Revision

EARLIER = Path(__file__).parent / "archive" / "earlier.sqlite3.xz"
KEY = "云陵月报-2025-01"
pytestmark = of_sqlite


@pytest.fixture
def earlier(tmp_path, django_db_blocker, monkeypatch):
    """The folder of an archive as the earlier version left it; nobody has opened it yet."""
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "archive.sqlite3").write_bytes(lzma.decompress(EARLIER.read_bytes()))
    monkeypatch.setenv("YUEBAO_HOME", str(folder))
    with django_db_blocker.unblock():
        yield folder
        connections.close_all()


def test_the_record_is_what_it_was(earlier):
    with sqlite3.connect(earlier / "archive.sqlite3") as plain:
        before = plain.execute("SELECT content_hash, document, source, source_name FROM archive_revision").fetchall()
        decided = plain.execute("SELECT statement, decision_hash FROM archive_decision").fetchall()
    plain.close()
    archive.setup(earlier)
    assert [(r.content_hash, r.document, r.source, r.source_name) for r in Revision.objects.all()] == before
    assert [(d.statement, d.decision_hash) for d in Decision.objects.all()] == decided
    assert len(before) == len(decided) == 1


def test_it_verifies_and_answers(earlier):
    archive.setup(earlier)
    assert {fault.kind for fault in archive.verify()} <= {"derived_stale"}  # rules have changed since
    archive.rebuild(stale_only=True)
    assert archive.verify() == []
    assert ask.search("项目").total > 0


def test_what_an_older_program_derived_is_told_and_made_anew(earlier):
    archive.setup(earlier)
    archive.rebuild(stale_only=True)
    Derivation.objects.update(made_by="yuebao 0.0.1")
    assert archive.stale() == [KEY]
    assert {fault.kind for fault in archive.verify()} == {"derived_stale"}
    told = []
    archive.rebuild(lambda done, of, key: told.append((done, of, key)), stale_only=True)
    assert told == [(1, 1, KEY)]
    assert archive.verify() == archive.stale() == []


def test_a_second_opening_changes_nothing(earlier):
    archive.setup(earlier)
    connection.close()
    before = (earlier / "archive.sqlite3").read_bytes()
    archive.setup(earlier)
    connection.close()
    assert (earlier / "archive.sqlite3").read_bytes() == before
