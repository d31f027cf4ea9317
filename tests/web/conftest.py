"""The shelf, made once and copied: setting up an archive anew for each test would take a minute."""

import shutil

import pytest
from web_shelf import put_april, put_daily, put_may


@pytest.fixture(scope="session")
def stock(tmp_path_factory, django_db_blocker):
    """The folder of an archive with two months and a day, to be copied, not used."""
    from django.db import connections

    from yuebao import archive
    from yuebao.archive import fulltext

    folder = tmp_path_factory.mktemp("stock") / "home"
    with django_db_blocker.unblock():
        archive.setup(folder)
        put_april(), put_may(), put_daily()
        fulltext.follow()
        connections.close_all()
    return folder


@pytest.fixture
def shelf(stock, tmp_path, django_db_blocker, monkeypatch):
    """An archive with two months and a day, of the test's own; its folder."""
    from django.db import connections

    from yuebao import archive

    folder = shutil.copytree(stock, tmp_path / "home")
    monkeypatch.setenv("YUEBAO_HOME", str(folder))
    with django_db_blocker.unblock():
        archive.setup(folder)
        yield folder
        connections.close_all()
