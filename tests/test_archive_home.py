"""The home of an archive: made where it is lacking, left alone where it is there, and the plain word where it cannot be used."""

import os
import socket
import sqlite3
import stat
import subprocess
import sys
from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from archive import postgres
from archive.homes import of_sqlite, setup_at
from yuebao import archive
from yuebao.archive import engines
from yuebao.archive.places import database_of
from yuebao.errors import ArchiveError, UsageError


def test_a_home_is_made_once(home):
    key = (home / "secret.key").read_text()
    assert len(key.strip()) >= 50
    assert key.strip() == settings.SECRET_KEY
    assert archive.setup(home) == home
    assert (home / "secret.key").read_text() == key


@of_sqlite
def test_a_second_set_up_writes_nothing(home):
    written = (home / "archive.sqlite3").stat().st_mtime_ns
    archive.setup(home)
    assert (home / "archive.sqlite3").stat().st_mtime_ns == written


def test_the_tests_speak_to_the_database_that_is_asked_for(home):  # noqa: ARG001
    assert connection.vendor == ("postgresql" if postgres.IS_ON else "sqlite")


@pytest.mark.skipif(os.name == "nt", reason="rights are kept otherwise there")
def test_the_key_is_the_owners_alone(tmp_path, django_db_blocker, monkeypatch):
    monkeypatch.setenv("YUEBAO_HOME", str(tmp_path / "first"))
    with django_db_blocker.unblock():
        assert setup_at(tmp_path / "first") == tmp_path / "first"
        connection.close()
    assert stat.S_IMODE((tmp_path / "first" / "secret.key").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "first").stat().st_mode) == 0o700


def test_a_key_left_empty_by_a_crash_is_made_anew(home, monkeypatch):
    monkeypatch.setattr("yuebao.archive.home.PAUSE", 0)
    (home / "secret.key").write_text("")
    archive.setup(home)
    assert len((home / "secret.key").read_text().strip()) >= 50
    assert stat.S_IMODE((home / "secret.key").stat().st_mode) == 0o600


def test_first_starts_at_once(tmp_path):
    program = "from yuebao import archive; archive.setup(); print(len(archive.issues()))"
    if postgres.IS_ON:
        postgres.use(tmp_path / "home")
    environment = {**os.environ, "YUEBAO_HOME": str(tmp_path / "home")}
    starts = [subprocess.Popen([sys.executable, "-W", "error", "-c", program], env=environment, stdout=subprocess.PIPE) for _ in range(3)]
    assert [start.communicate()[0].strip() for start in starts] == [b"0"] * 3


@of_sqlite
def test_sqlite_keeps_a_log_and_takes_its_lock_at_once(home):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)
    assert settings.DATABASES["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert settings.DATABASES["default"]["NAME"] == str(home / "archive.sqlite3")


def test_importing_needs_no_set_up_and_writes_nothing(tmp_path):
    program = "import yuebao.archive, yuebao.ask, yuebao.archive.settings; print(sorted(yuebao.archive.__all__)[0])"
    environment = {**os.environ, "YUEBAO_HOME": str(tmp_path / "home")}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "Added\n"
    assert not (tmp_path / "home").exists()


def test_a_home_that_is_a_file(tmp_path, monkeypatch):
    (tmp_path / "home").write_text("")
    monkeypatch.setenv("YUEBAO_HOME", str(tmp_path))
    with pytest.raises(ArchiveError, match="E403"):
        archive.setup(tmp_path / "home")


def test_a_home_without_rights(home, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)  # root has every right
    with pytest.raises(ArchiveError, match="E403"):
        archive.setup(home)


@of_sqlite
def test_a_database_that_is_none(home):
    connection.close()
    for suffix in ("", "-wal", "-shm"):
        (home / f"archive.sqlite3{suffix}").unlink(missing_ok=True)
    (home / "archive.sqlite3").write_bytes(b"no database" * 1000)
    with pytest.raises(ArchiveError, match="E401"):
        archive.setup(home)


def test_a_database_of_a_newer_version(home):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('archive', '0999_later', '2030-01-01')")
    with pytest.raises(ArchiveError, match="E405") as caught:
        archive.setup(home)
    assert "0999_later" in caught.value.message()


@pytest.mark.usefixtures("stages")
def test_a_busy_database(home, stages, monkeypatch):
    file = home.parent / "april.txt"
    file.write_text(stages.APRIL, encoding="utf-8")
    with another_writer(home, monkeypatch):
        with pytest.raises(ArchiveError, match="E402"):
            list(archive.add([file]))
        assert archive.issues() == []  # reading goes on meanwhile
    assert [added.state for added in archive.add([file])] == ["added"]


@contextmanager
def another_writer(home, monkeypatch):
    """Another process that writes meanwhile; ours has little patience."""
    if postgres.IS_ON:
        monkeypatch.setattr(engines, "BUSY_SECONDS", 0.05)
        with psycopg.connect(os.environ["DATABASE_URL"]) as other:
            other.execute("SELECT pg_advisory_xact_lock(%s)", [engines.WRITER])
            yield
        return
    other = sqlite3.connect(home / "archive.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    yield
    other.execute("ROLLBACK")
    other.close()


@pytest.mark.usefixtures("stages")
@of_sqlite
def test_no_connection_is_opened(home, stages, monkeypatch):
    """Promise 7: the archive and its questions need no socket at all."""
    def forbidden(*_, **__):
        raise AssertionError("a socket")

    monkeypatch.setattr(socket.socket, "__init__", forbidden)
    file = home.parent / "april.txt"
    file.write_text(stages.APRIL, encoding="utf-8")
    from yuebao import ask
    assert [added.state for added in archive.add([file])] == ["added"]
    assert ask.search("泵站").total == 1
    assert ask.person("何令仪").total == 2
    assert archive.rebuild() == 1
    assert archive.verify() == []


@pytest.mark.parametrize(("url", "wanted"), [
    ("postgres://office:p%40ss@db.local:5433/yuebao", ("yuebao", "office", "p@ss", "db.local", "5433")),
    ("postgresql:///yuebao", ("yuebao", "", "", "", "")),
    ("postgresql://office@/yuebao?host=/run/postgresql", ("yuebao", "office", "", "/run/postgresql", "")),
])
def test_another_database_by_its_address(tmp_path, monkeypatch, url, wanted):
    monkeypatch.setenv("DATABASE_URL", url)
    found = database_of(tmp_path)
    assert found.pop("ENGINE") == "django.db.backends.postgresql"
    assert tuple(found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")) == wanted


def test_an_address_that_is_not_known(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://x/y")
    with pytest.raises(UsageError, match="E203"):
        database_of(tmp_path)
