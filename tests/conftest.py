"""Homes for tests: each its own folder and SQLite file, never the user's."""

import os
import tempfile

import hypothesis
import pytest

from archive.homes import archive_at, setup_at, stand_ins

# the machine may be busy: a slow example is no fault
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

# before anything reads the settings: no test may touch ~/.yuebao
os.environ["YUEBAO_HOME"] = tempfile.mkdtemp(prefix="yuebao-tests-")
os.environ.pop("DATABASE_URL", None)


@pytest.fixture(scope="session")
def new_home(tmp_path_factory, django_db_blocker):
    """The folder of an archive just set up, to be copied: making the tables takes longer than most tests."""
    from django.db import connections

    folder = tmp_path_factory.mktemp("new") / "home"
    with django_db_blocker.unblock():
        setup_at(folder)
        connections.close_all()
    return folder


@pytest.fixture
def home(tmp_path, new_home, django_db_blocker, monkeypatch):
    """The folder of an empty archive, set up; the process speaks to it until the test ends."""
    monkeypatch.setenv("YUEBAO_HOME", str(tmp_path / "home"))
    with archive_at(tmp_path / "home", new_home, django_db_blocker) as folder:
        yield folder


@pytest.fixture
def stages(monkeypatch):
    """The stages replaced by the stand-ins of `tests/archive/bulletins.py`."""
    return stand_ins(monkeypatch)
