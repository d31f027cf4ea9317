"""The two databases alike: order, what is lacking, NUL, one writer at a time; and the plain word where PostgreSQL cannot be used."""

import threading

import pytest
from django.db import connection, connections, transaction

from archive import postgres
from archive.homes import archive_at
from yuebao import archive, ask
from yuebao.archive import decisions, engines, places
from yuebao.archive.models import Series, StoredIssue, in_time
from yuebao.errors import ArchiveError, UsageError

MIXED = ["阿", "a", "B", "_", "１", "云陵", "é", "z", "Z", "中", "\U00030000", "～"]


@pytest.mark.usefixtures("home")
def test_text_is_ordered_by_code_point():
    Series.objects.bulk_create(Series(title=title) for title in MIXED)
    assert list(Series.objects.order_by("title").values_list("title", flat=True)) == sorted(MIXED)


@pytest.mark.usefixtures("home")
def test_what_is_lacking_comes_first():
    series = Series.objects.create(title="云陵月报")
    for key, number in (("b", 2), ("none", None), ("a", 1)):
        StoredIssue.objects.create(series=series, key=key, year=2025, number=number)
    assert [issue.key for issue in StoredIssue.objects.order_by(*in_time())] == ["none", "a", "b"]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("question", [ask.search, ask.who, ask.person, lambda text: archive.show(text)])
def test_nul_is_found_nowhere(question):
    try:
        assert not getattr(question("何\0令"), "total", 0)
    except ArchiveError as error:
        assert error.code in ("E404", "E407")  # noqa: PT017 — not recorded is an answer too


@pytest.mark.usefixtures("home")
def test_a_decision_keeps_no_nul():
    decided = decisions.decide("waive", {"reason": "核\0过"}, "秦\0")
    assert decided.decided_by == "秦"
    assert archive.verify() == []


def test_two_writers_wait_for_each_other(home):  # noqa: ARG001
    """Each takes the next number by reading the last: without the lock two would take the same."""
    def decide():
        try:
            for _ in range(5):
                decisions.decide("waive", {"reason": "核过"})
        finally:
            connections.close_all()

    writers = [threading.Thread(target=decide) for _ in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [d.sequence for d in decisions.decisions()] == list(range(1, 16))
    assert archive.verify() == []


@pytest.mark.usefixtures("home")
def test_a_transaction_that_writes_may_stand_in_another():
    with engines.writing(), engines.writing():
        Series.objects.create(title="云陵月报")
    with pytest.raises(RuntimeError), engines.writing():  # noqa: PT012 - what fails is the work within
        Series.objects.create(title="云陵日志")
        raise RuntimeError
    assert Series.objects.count() == 1
    assert not transaction.get_connection().in_atomic_block


def test_what_speaks_to_postgresql_is_named_where_it_lacks(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql:///yuebao")
    monkeypatch.setattr(places, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match="E214"):
        places.database_of(tmp_path)


def test_a_server_that_is_not_there(tmp_path, new_home, django_db_blocker, monkeypatch):
    with archive_at(tmp_path / "home", new_home, django_db_blocker) as home:
        monkeypatch.setenv("DATABASE_URL", "postgresql://office:secret@127.0.0.1:1/yuebao")
        with pytest.raises(ArchiveError, match="E409") as caught:
            archive.setup(home)
        assert "secret" not in caught.value.message()
        connections.close_all()


@pytest.mark.skipif(not postgres.IS_ON, reason="of PostgreSQL")
def test_every_column_of_text_is_ordered_so(home):  # noqa: ARG001
    with connection.cursor() as cursor:
        cursor.execute(engines.ORDERED_OTHERWISE)
        assert cursor.fetchall() == []
