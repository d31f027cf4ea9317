"""The archive with the real stages: the sample series, and the two real issues where they are at hand; no stand-ins here.

Promises 7 and 8: no socket is opened; annotations, register and index are derived, and `verify` proves the record and the index.
"""

import random
import socket
from pathlib import Path

import pytest

from archive.homes import archive_at
from yuebao import archive, ask, model, samples
from yuebao.archive import fulltext
from yuebao.archive.models import Revision, StoredItem
from yuebao.pipeline import proof_issue, read_issue

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"


@pytest.fixture(scope="module")
def files():
    seeds = sorted(SEEDS.glob("*.txt"))
    assert seeds or not SEEDS.parent.exists(), "the shared folder is there, its two real issues are not"
    return [*samples.paths(), *seeds]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory, new_home, django_db_blocker, files):
    """The home of an archive of these files, added with sockets forbidden; and the keys by file name."""
    def forbidden(*_, **__):
        raise AssertionError("a socket")

    folder = tmp_path_factory.mktemp("samples") / "home"
    with pytest.MonkeyPatch.context() as patched, archive_at(folder, new_home, django_db_blocker) as home:
        patched.setenv("YUEBAO_HOME", str(home))
        patched.setattr(socket.socket, "__init__", forbidden)
        added = list(archive.add(files))
        assert [a.state for a in added] == ["added"] * len(files)
        yield {a.path.name: a.key for a in added}


def test_three_months_of_one_series(shelf):
    lines = [line for line in archive.issues() if line.source_name.startswith("yunling")]
    assert [line.key for line in lines] == ["云陵月报-2025-04", "云陵月报-2025-05", "云陵月报-2025-06"]
    assert {(line.title, line.place) for line in lines} == {("云陵月报", "云陵市")}
    assert all(line.items >= 30 for line in lines)
    assert len(shelf) == len({line.key for line in archive.issues()})


def test_a_second_time_nothing_changes(shelf, files):
    before = list(Revision.objects.values_list())
    assert [(a.key, a.state) for a in archive.add(files)] == [(key, "unchanged") for key in shelf.values()]
    assert list(Revision.objects.values_list()) == before


def test_all_is_proved(shelf):
    assert archive.verify() == []
    assert archive.stale() == []
    assert len(shelf) >= 3


def test_what_is_shown_is_what_was_read(shelf, files):
    for path in files:
        beside = path.with_name(f"{path.stem}.outline.txt")
        issue = read_issue(path, beside if beside.is_file() else None)
        key = shelf[path.name]
        assert archive.show(key) == issue
        assert archive.findings_of(key) == proof_issue(issue, archive.source_of(key)).findings
        revision = Revision.objects.get(issue__key=key)
        assert revision.content_hash == model.content_hash(issue)
        assert model.from_json(revision.document) == model.record_of(issue)


def test_an_item_knows_the_line_at_which_it_starts(shelf):
    for key in shelf.values():
        lines = archive.source_of(key).text.splitlines()
        for item in StoredItem.objects.filter(issue__key=key, headline__isnull=False):
            assert item.text.strip()[0] in lines[item.body_line - 1]


def test_any_part_of_any_item_is_found_and_nothing_else(shelf):
    assert shelf
    texts = {(item.issue.key, item.number): fulltext.normalise(item.text) for item in StoredItem.objects.select_related("issue")}
    drawn = random.Random(2025)
    for _ in range(150):
        text = drawn.choice(sorted(texts.values()))
        start = drawn.randrange(len(text))
        word = text[start:start + drawn.choice((1, 2, 2, 3, 4, 6, 10, 20))]
        hits = ask.search(word, limit=1000).hits
        assert {(hit.issue, hit.number) for hit in hits} == {where for where, text in texts.items() if word in text}


def test_people_stand_with_their_offices(shelf):
    assert shelf
    name, count = ask.search("", year=2025).facets.person[0]
    record = ask.person(name)
    assert record.total == count
    assert record.offices
    for office in record.offices:
        assert office.first_on <= office.last_on
        assert "第" in office.first.text()


def test_a_rebuild_changes_nothing(shelf):
    shown = {key: archive.show(key) for key in shelf.values()}
    archive.rebuild()
    assert {key: archive.show(key) for key in shelf.values()} == shown
    assert archive.verify() == []


@pytest.mark.usefixtures("home")
def test_the_source_is_kept_when_it_comes_after_its_document(tmp_path, files):
    document = tmp_path / "april.json"
    document.write_text(model.to_json(read_issue(files[0])), encoding="utf-8")
    assert [a.state for a in archive.add([document])] == ["added"]
    assert archive.source_of("云陵月报-2025-04") is None
    assert [a.state for a in archive.add([files[0]])] == ["unchanged"]
    assert archive.source_of("云陵月报-2025-04").info.name == files[0].name
    assert archive.verify() == []
    assert StoredItem.objects.filter(body_line=None).count() == 0


@pytest.mark.usefixtures("home")
def test_a_folder_with_the_archive_in_it_gives_only_issues(tmp_path, files):
    (tmp_path / "findings.json").write_text('{"schema":"yuebao/findings/1"}', encoding="utf-8")
    (tmp_path / "april.txt").write_bytes(files[0].read_bytes())
    assert [(a.path.name, a.state) for a in archive.add([tmp_path])] == [("april.txt", "added")]
    assert [(a.path.name, a.state) for a in archive.add([tmp_path])] == [("april.txt", "unchanged")]
