"""A person's page: offices as quoted with the days and places of their being printed, items in time, or nothing."""

from datetime import date

import pytest

from yuebao import archive, ask

pytestmark = pytest.mark.usefixtures("stages")


@pytest.fixture
def town(home, stages):
    for name, text in (("may", stages.MAY), ("april", stages.APRIL)):  # the later one first: time is not the order of adding
        (home.parent / f"{name}.txt").write_text(text, encoding="utf-8")
        list(archive.add([home.parent / f"{name}.txt"]))
    return home


@pytest.mark.usefixtures("town")
def test_offices_as_quoted_with_first_and_last():
    record = ask.person("秦墨之")
    assert [(o.office, o.count, o.first_on, o.last_on) for o in record.offices] == [
        ("市长", 2, date(2025, 4, 18), date(2025, 5, 20)), ("市委副书记", 1, date(2025, 5, 20), date(2025, 5, 20)),
    ]
    assert record.offices[0].first.text() == "《云陵月报》2025年第4期（总第88期）第4页"
    assert record.offices[0].last.text() == "《云陵月报》2025年第5期（总第89期）第3页"


@pytest.mark.usefixtures("town")
def test_items_in_time():
    record = ask.person("郑文柏")
    assert (record.name, record.total) == ("郑文柏", 2)
    assert [(hit.issue, hit.number) for hit in record.hits] == [("云陵月报-2025-04", 1), ("云陵月报-2025-05", 1)]
    assert record.hits[0].snippet.text[slice(*record.hits[0].snippet.marks[0])] == "郑文柏"
    assert [hit.issue for hit in ask.person("郑文柏", limit=1, offset=1).hits] == ["云陵月报-2025-05"]


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("name", ["无此人", "", "郑文", "郑文柏 "])
def test_of_whom_nothing_is_printed(name):
    assert ask.person(name) is None


@pytest.mark.usefixtures("town")
def test_an_item_counts_once_for_an_office_however_often_it_says_it(stages, home):
    text = stages.MAY.replace("市委书记 郑文柏|", "市委书记 郑文柏,市委书记 郑文柏|")
    (home.parent / "may.txt").write_text(text, encoding="utf-8")
    list(archive.add([home.parent / "may.txt"]))
    assert [(o.office, o.count) for o in ask.person("郑文柏").offices] == [("市委书记", 2)]


def test_a_person_asks_the_database_little(town, django_assert_max_num_queries):
    assert town.exists()
    with django_assert_max_num_queries(3):
        assert ask.person("何令仪").total == 2
