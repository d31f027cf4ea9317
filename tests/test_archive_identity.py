"""What an issue is filed under, and which documents are of one issue."""

from datetime import date

import pytest

from yuebao import archive
from yuebao.archive.identity import identity_of, place_of
from yuebao.errors import InputError
from yuebao.model import Issue, Masthead, SourceInfo

SOURCE = SourceInfo("a.txt", "text/plain", "utf-8", "0" * 64, 1, None)


@pytest.mark.parametrize(("sponsor", "place"), [
    ("中共云陵市委办公室", "云陵市"),
    ("中国共产党云陵市委员会", "云陵市"),
    ("云陵市地方史志办公室", "云陵市"),
    ("云 陵 市 人 民 政 府", "云陵市"),
    ("河东省云陵市人民政府办公室", "云陵市"),
    ("中共河东省委办公室", "河东省"),
    ("云陵县委党史和地方史志研究室", "云陵县"),
    ("云县县委", "云县"),
    ("沙市区人民政府", "沙市区"),
    ("杭州市人民政府", "杭州市"),
    ("云陵自治州人民政府", "云陵自治州"),
    ("某某回族自治县", "某某回族自治县"),
    ("市地方史志办公室", None),
    ("州委办公室", None),
    ("《云陵月报》编辑部", None),
    ("", None),
    (None, None),
])
def test_place_of_the_sponsor(sponsor, place):
    assert place_of(Masthead(sponsor=sponsor)) == place


def test_the_place_comes_from_another_body_where_the_sponsor_names_none():
    assert place_of(Masthead(sponsor="市史志办", publisher="《月报》编辑部", supervisor="中共云陵市委")) == "云陵市"


@pytest.mark.parametrize(("masthead", "key"), [
    (Masthead(title="云陵月报", year=2025, month=4, number=4), "云陵月报-2025-04"),
    (Masthead(title="《云陵 月报》", year=2025, number=12), "云陵月报-2025-12"),
    (Masthead(title="云陵月报", year=2025, month=4), "云陵月报-2025-04"),
    (Masthead(title="云陵月报", year=2025, month=4, published_on="2025-05-07"), "云陵月报-2025-04"),
    (Masthead(title="云陵通讯", year=2025, month=4, number=8), "云陵通讯-2025-08"),
    (Masthead(title="云陵通讯", year=2025, number=118), "云陵通讯-2025-118"),
    (Masthead(title="云陵日志", year=2025, month=4, published_on="2025-04-03"), "云陵日志-2025-04-03"),
    (Masthead(title="云陵日志", published_on="2025-04-03"), "云陵日志-2025-04-03"),
    (Masthead(title="云陵/../日志?#", published_on="2025-04-03"), "云陵..日志-2025-04-03"),
])
def test_key(masthead, key):
    assert identity_of(Issue(SOURCE, masthead), "a.txt").key() == key


@pytest.mark.parametrize("masthead", [
    Masthead(),
    Masthead(title="云陵月报"),
    Masthead(title="云陵月报", year=2025),
    Masthead(title="云陵月报", month=4),
    Masthead(title="《》", year=2025, number=4),
    Masthead(title="云陵月报", year=25, number=4),
    Masthead(title="云陵月报", year=10**20, number=4),
    Masthead(title="云陵月报", year=2025, number=10**20),
    Masthead(title="云陵月报", year=2025, number=4, serial_number=-1),
    Masthead(title="云陵月报", year=2025, published_on="四月"),
    Masthead(title="云" * 61, year=2025, number=4),
])
def test_a_document_that_cannot_be_filed(masthead):
    with pytest.raises(InputError, match="E406"):
        identity_of(Issue(SOURCE, masthead), "a.txt")


def test_a_year_may_come_from_the_date():
    identity = identity_of(Issue(SOURCE, Masthead(title="云陵日志", published_on="2025-04-03")), "a.txt")
    assert (identity.year, identity.published_on) == (2025, date(2025, 4, 3))


def add(folder, number, line):
    path = folder / f"{number}.txt"
    path.write_text(f"{line}\n# 要闻\n开工|1|2025-04-03||今天开工{number}。\n", encoding="utf-8")
    return next(archive.add([path]))


@pytest.mark.usefixtures("stages")
@pytest.mark.parametrize(("lines", "found"), [
    # a house that changes its sponsor stays one series; a place that one issue does not name makes no other series
    (["云陵月报|2023|9|9|1|云陵市史志办|", "云陵月报|2024|3|3|7|中共云陵市委办公室|", "云陵月报|2024|4|4|8||"],
     [("云陵月报-2023-09", "云陵市"), ("云陵月报-2024-03", "云陵市"), ("云陵月报-2024-04", "云陵市")]),
    (["云陵月报|2024|4|4|8||", "云陵月报|2024|5|5|9|云陵市史志办|"], [("云陵月报-2024-04", "云陵市"), ("云陵月报-2024-05", "云陵市")]),
    # two cities may choose one title
    (["史志月报|2024|4|4|8|云陵市史志办|", "史志月报|2024|4|4|8|河阳市史志办|"],
     [("史志月报-2024-04", "云陵市"), ("史志月报（河阳市）-2024-04", "河阳市")]),
    # two days of a daily are two issues
    (["云陵日志|2025||||云陵市|2025-04-03", "云陵日志|2025||||云陵市|2025-04-04"],
     [("云陵日志-2025-04-03", "云陵市"), ("云陵日志-2025-04-04", "云陵市")]),
])
def test_which_issues_are_one(home, lines, found):
    for number, line in enumerate(lines):
        assert add(home, number, line).state == "added"
    assert sorted((line.key, line.place) for line in archive.issues()) == sorted(found)
    assert archive.verify() == []
    assert add(home, 99, lines[-1]).state == "revised"
