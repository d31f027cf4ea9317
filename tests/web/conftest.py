"""The shelf, made once and copied: setting up an archive anew for each test would take a minute."""

import pytest
from web_shelf import put_april, put_daily, put_may

from archive.homes import archive_at


@pytest.fixture(scope="session")
def stock(tmp_path_factory, new_home, django_db_blocker):
    """The folder of an archive with two months and a day, to be copied, not used."""
    from yuebao.archive import fulltext

    with archive_at(tmp_path_factory.mktemp("stock") / "home", new_home, django_db_blocker) as folder:
        put_april(), put_may(), put_daily()
        fulltext.follow()
    return folder


@pytest.fixture
def shelf(stock, tmp_path, django_db_blocker, monkeypatch):
    """An archive with two months and a day, of the test's own; its folder."""
    monkeypatch.setenv("YUEBAO_HOME", str(tmp_path / "home"))
    with archive_at(tmp_path / "home", stock, django_db_blocker) as folder:
        yield folder
