"""Two homes, one behaviour: from SQLite to PostgreSQL and back, in whatever order things came, after any rebuild: the same answers."""

import pytest
from django.db import connection, connections

from archive import postgres
from archive.answers import answers, record
from yuebao import archive, samples

ORDERS = [(2, 0, 1), (1, 2, 0)]


@pytest.fixture
def home_on(tmp_path, django_db_blocker, monkeypatch):
    """What sets a new archive up on the database of that kind and lets the process speak to it."""
    monkeypatch.setenv("YUEBAO_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "")  # put back in the end, whatever is named meanwhile

    def set_up(vendor, name):
        if vendor == "postgresql":
            postgres.use(tmp_path / name)
        else:
            monkeypatch.setenv("DATABASE_URL", "")
        archive.setup(tmp_path / name)
        assert connection.vendor == vendor
        return tmp_path / name

    with django_db_blocker.unblock():
        yield set_up
        connections.close_all()


def test_from_one_database_to_the_other_and_back(home_on, tmp_path):
    home_on("sqlite", "first")
    list(archive.add(samples.paths()[:2]))
    archive.waive(archive.issues()[0].key, 0, "核过原件", decided_by="秦")
    said = {**record(), **answers()}
    for number, vendor in enumerate(("postgresql", "sqlite"), 1):
        bag = tmp_path / f"bag{number}"
        carried = archive.export_bag(bag)
        home_on(vendor, vendor)
        assert archive.import_bag(bag) == carried
        assert {**record(), **answers()} == said
        assert archive.verify() == []
    archive.export_bag(tmp_path / "bag3")
    manifests = [(tmp_path / f"bag{number}" / "manifest-sha256.txt").read_text() for number in (1, 2, 3)]
    assert manifests[0] == manifests[1] == manifests[2]


@pytest.fixture
def in_order(home_on):
    """What adds the sample issues in an order to a new archive on the database of this run, and gives its answers."""
    def add(order):
        home_on("postgresql" if postgres.IS_ON else "sqlite", "home-" + "".join(map(str, order)))
        for number in order:
            list(archive.add([samples.paths()[number]]))
        return answers()

    return add


def test_answers_do_not_hang_on_the_order_of_adding_or_on_a_rebuild(in_order):
    said = in_order((0, 1, 2))
    for order in ORDERS:
        assert in_order(order) == said
    archive.rebuild()
    assert answers() == said
    assert archive.verify() == []
