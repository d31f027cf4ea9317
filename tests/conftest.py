"""Homes for tests: each its own folder and SQLite file, never the user's."""

import os
import shutil
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


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords():
    """Passwords kept by a hash that costs nothing: Argon2 takes a tenth of a second each time, by design."""
    from django.test import override_settings

    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session")
def new_home(tmp_path_factory, django_db_blocker):
    """The folder of an archive just set up, to be copied: making the tables takes longer than most tests."""
    from django.db import connections

    folder = tmp_path_factory.mktemp("new") / "home"
    with django_db_blocker.unblock():
        setup_at(folder)
        connections.close_all()
    return folder


@pytest.fixture(scope="session")
def stocked_year(tmp_path_factory, new_home, django_db_blocker):
    """The folder of an archive of the sample year with its table of appointments, to be copied: adding a year takes a quarter minute."""
    from yuebao import archive, samples

    folder = tmp_path_factory.mktemp("stocked") / "home"
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("YUEBAO_HOME", str(folder))
        with archive_at(folder, new_home, django_db_blocker) as at:
            (at / "lexicon").mkdir(exist_ok=True)
            shutil.copy(samples.appointments_path(), at / "lexicon" / "appointments.tsv")
            archive.setup(at)
            list(archive.add(samples.year()))
    return folder


@pytest.fixture(scope="module")
def year(tmp_path_factory, stocked_year, django_db_blocker):
    """The home of an archive of the sample year, the process speaking to it; read by a module's tests, altered by none for good."""
    with pytest.MonkeyPatch.context() as patched:
        folder = tmp_path_factory.mktemp("year") / "home"
        patched.setenv("YUEBAO_HOME", str(folder))
        with archive_at(folder, stocked_year, django_db_blocker) as at:
            yield at


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
