"""Homes for tests: each its own folder and SQLite file, never the user's."""

import os
import shutil
import tempfile

import pytest

# before anything reads the settings: no test may touch ~/.yuebao
os.environ["YUEBAO_HOME"] = tempfile.mkdtemp(prefix="yuebao-tests-")
os.environ.pop("DATABASE_URL", None)


@pytest.fixture(scope="session")
def new_home(tmp_path_factory, django_db_blocker):
    """The folder of an archive just set up, to be copied: making the tables takes longer than most tests."""
    from django.db import connections

    from yuebao import archive

    folder = tmp_path_factory.mktemp("new") / "home"
    with django_db_blocker.unblock():
        archive.setup(folder)
        connections.close_all()
    return folder


@pytest.fixture
def home(tmp_path, new_home, django_db_blocker, monkeypatch):
    """The folder of an empty archive, set up; the process speaks to it until the test ends."""
    from django.db import connections

    from yuebao import archive

    folder = tmp_path / "home"
    shutil.copytree(new_home, folder)
    monkeypatch.setenv("YUEBAO_HOME", str(folder))
    with django_db_blocker.unblock():
        archive.setup(folder)
        yield folder
        connections.close_all()


@pytest.fixture
def stages(monkeypatch):
    """The stages replaced by the stand-ins of `tests/archive/bulletins.py`."""
    from archive import bulletins
    from yuebao import pipeline
    from yuebao.archive import stages as stages_of_archive

    monkeypatch.setattr(pipeline, "read_bytes", bulletins.read_bytes)
    monkeypatch.setattr(pipeline, "proof_issue", bulletins.proof)
    monkeypatch.setattr(stages_of_archive, "annotate", bulletins.annotate)
    return bulletins
