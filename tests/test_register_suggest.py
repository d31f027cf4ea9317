"""What the register would add to an issue: of its own kind, never stored, and no text altered (promises 2, 4 and 5)."""

import json

import pytest

from archive import bulletins
from yuebao import archive, cli
from yuebao.archive import register
from yuebao.model import content_hash, to_json

pytestmark = pytest.mark.usefixtures("stages")
JULY = """云陵月报|2025|7|7|91|中共云陵市委办公室|
# 领导活动
郑文柏调研|1|2025-07-03|副市长 何令仪|7月3日，郑文柏调研夏收，副市长何令仪、秦墨之参加。文柏书院同日开馆。
何令仪看望考生|2|2025-07-07||7月7日，郑文柏文具店开业，何令仪到场。
"""


@pytest.fixture
def town(home, stages):
    for name, text in (("april", stages.APRIL), ("may", stages.MAY)):
        (home.parent / f"{name}.txt").write_text(text, encoding="utf-8")
        list(archive.add([home.parent / f"{name}.txt"]))
    return home


def july():
    from yuebao.read import read

    return bulletins.issue_of(read("july.txt", JULY.encode()))


def own(issue):
    """The suggestions: item, text, offices, by."""
    return [
        (item.number, a.start, item.text[a.start:a.end], a.value.offices, a.by)
        for item in issue.items() for a in item.annotations if a.by.startswith("register/")
    ]


@pytest.mark.usefixtures("town")
def test_names_that_the_rules_did_not_see():
    found = own(register.suggest(july()))
    assert [(n, text, by) for n, _, text, _, by in found if n == 1] == [
        (1, "郑文柏", "register/name"), (1, "郑文柏", "register/name"), (1, "秦墨之", "register/name")]


@pytest.mark.usefixtures("town")
def test_an_office_where_the_item_gives_none():
    from yuebao.model import Annotation, PersonValue, map_items, replace

    def bare(item):
        start = item.text.rindex("何令仪")
        return replace(item, annotations=(Annotation("person", start, start + 3, PersonValue("何令仪"), "stand-in"),))

    issue = replace(july(), columns=map_items(july().columns, bare))
    offices = [(text, offices, by) for _, _, text, offices, by in own(register.suggest(issue)) if by == "register/office"]
    assert offices == [("何令仪", ("副市长",), "register/office")] * 2


@pytest.mark.usefixtures("town")
def test_of_two_people_of_one_name_nothing_is_said():
    register.split("何令仪", [("云陵月报-2025-04", 2)])
    assert "何令仪" not in [text for _, _, text, _, _ in own(register.suggest(july()))]


@pytest.mark.usefixtures("town")
def test_the_annotations_of_the_rules_and_the_text_stay():
    issue = july()
    with_own = register.suggest(issue)
    assert content_hash(with_own) == content_hash(issue)
    for before, after in zip(issue.items(), with_own.items(), strict=True):
        assert after.text == before.text
        assert after.annotations[:len(before.annotations)] == before.annotations
        assert all(after.text[a.start:a.end] == a.value.name for a in after.annotations)


def test_they_are_never_stored(town):
    path = town.parent / "july.json"
    path.write_text(to_json(register.suggest(july())), encoding="utf-8")
    assert [added.state for added in archive.add([path])] == ["added"]
    assert own(archive.show("云陵月报-2025-07")) == []


def test_with_an_archive_named_the_command_gives_them(town):
    from typer.testing import CliRunner

    path = town.parent / "july.txt"
    path.write_text(JULY, encoding="utf-8")
    plain = CliRunner().invoke(cli.app, ["-q", "read", str(path)])
    asked = CliRunner().invoke(cli.app, ["-q", "read", str(path), "--archive", str(town)])
    assert "register/name" not in plain.stdout
    annotations = [a for c in json.loads(asked.stdout)["columns"] for i in c["items"] for a in i["annotations"]]
    assert {a["by"] for a in annotations if a["by"].startswith("register/")} == {"register/name"}
