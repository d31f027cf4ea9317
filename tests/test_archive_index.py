"""The index follows the record: after each addition, a crash between the two, an upgrade, damage; and nothing is left behind."""

import json

import pytest
import tantivy
from hypothesis import given
from hypothesis import strategies as st

from yuebao import archive, ask
from yuebao.archive import folding, fulltext
from yuebao.archive.trouble import told_of_index
from yuebao.errors import ArchiveError

APRIL = "云陵月报-2025-04"


@given(st.text(), st.text())
def test_a_part_of_a_text_is_a_part_of_the_normalised_text(one, other):
    assert fulltext.normalise(one + other) == fulltext.normalise(one) + fulltext.normalise(other)


@given(st.text())
def test_normalising_twice_is_normalising_once(text):
    once = fulltext.normalise(text)
    assert fulltext.normalise(once) == once
    assert not any(character.isspace() for character in once)
    once.encode()


@given(st.text())
def test_every_normalised_character_has_its_origin(text):
    offsets = folding.origins(text)
    assert len(offsets) == len(fulltext.normalise(text))
    assert offsets == sorted(offsets)
    assert all(0 <= offset < len(text) for offset in offsets)


@pytest.mark.parametrize(("text", "normalised"), [
    ("防 汛\n备　汛", "防汛备汛"),
    ("ＡＢＣ１２", "abc12"),
    ("⽂明", "文明"),  # a Kangxi radical
    ("文\u200b明\ufeff", "文明"),
    ("㎡", "m2"),
    ("，。“”·—", ",。“”·—"),
    ("\ud800", "\ufffd"),
    ("", ""),
])
def test_normalise(text, normalised):
    assert fulltext.normalise(text) == normalised


@pytest.fixture
def shelf(home, stages):
    for name, text in (("april", stages.APRIL), ("may", stages.MAY)):
        (home.parent / f"{name}.txt").write_text(text, encoding="utf-8")
    return home.parent


def found(word):
    return [(hit.issue, hit.number) for hit in ask.search(word).hits]


def stamp(shelf):
    return json.loads((shelf / "home" / "index" / "stamp.json").read_text())


@pytest.mark.usefixtures("home")
def test_an_archive_without_issues():
    assert ask.search("防汛") == ask.SearchResult(0, (), ask.Facets())
    assert archive.issues() == []
    assert archive.verify() == []
    assert archive.rebuild() == 0


def test_an_addition_goes_into_the_build_that_is_there(shelf):
    list(archive.add([shelf / "april.txt"]))
    before = stamp(shelf)
    list(archive.add([shelf / "may.txt"]))
    assert (stamp(shelf)["build"], stamp(shelf)["changes"]) == (before["build"], before["changes"] + 1)
    assert found("泵站") == [(APRIL, 2)]
    assert found("通车") == [("云陵月报-2025-05", 2)]


def test_a_revision_takes_the_place_of_what_was_found(shelf, stages):
    list(archive.add([shelf / "april.txt"]))
    (shelf / "april.txt").write_text(stages.APRIL.replace("泵站", "闸站"), encoding="utf-8")
    list(archive.add([shelf / "april.txt"]))
    assert found("泵站") == []
    assert found("闸站") == [(APRIL, 2)]
    assert ask.search("").total == 4


def test_a_crash_between_record_and_index_heals_at_the_next_opening(shelf, stages, monkeypatch):
    list(archive.add([shelf / "april.txt"]))
    (shelf / "april.txt").write_text(stages.APRIL.replace("泵站", "闸站"), encoding="utf-8")

    def crash(*_):
        raise RuntimeError("power cut")

    with monkeypatch.context() as patched:
        patched.setattr(fulltext, "follow", crash)
        with pytest.raises(RuntimeError):
            list(archive.add([shelf / "april.txt", shelf / "may.txt"]))
    assert stamp(shelf)["changes"] == 1
    assert (found("泵站"), found("闸站"), found("通车")) == ([], [(APRIL, 2)], [("云陵月报-2025-05", 2)])
    assert archive.verify() == []


def test_a_crash_between_commit_and_stamp_heals_too(shelf, monkeypatch):
    list(archive.add([shelf / "april.txt"]))

    def crash(*_):
        raise RuntimeError("power cut")

    with monkeypatch.context() as patched:
        patched.setattr(fulltext, "_write_stamp", crash)
        with pytest.raises(RuntimeError):
            list(archive.add([shelf / "may.txt"]))
    assert ask.search("").total == 6  # not indexed twice
    assert archive.verify() == []


@pytest.mark.parametrize("spoil", [
    lambda index, _: (index / "stamp.json").unlink(),
    lambda index, _: (index / "stamp.json").write_text("{"),
    lambda index, _: (index / "stamp.json").write_text('{"form": "1"}'),
    lambda index, stamp: (index / "stamp.json").write_text(json.dumps({**stamp, "form": "an older one"})),
    lambda index, stamp: (index / "stamp.json").write_text(json.dumps({**stamp, "form": "an older one", "changes": 1})),
    lambda index, stamp: (index / "stamp.json").write_text(json.dumps({**stamp, "changes": 99})),  # the database came from a backup
    lambda index, stamp: (index / stamp["build"] / "meta.json").unlink(),
    lambda index, stamp: (index / stamp["build"] / "meta.json").write_text("{}"),
])
def test_a_lost_or_foreign_index_is_made_anew(shelf, spoil):
    list(archive.add([shelf]))
    before = stamp(shelf)
    spoil(shelf / "home" / "index", before)
    assert found("泵站") == [(APRIL, 2)]
    assert stamp(shelf)["build"] != before["build"]
    assert [path.name for path in (shelf / "home" / "index").glob("build-*")] == [stamp(shelf)["build"]]
    assert archive.verify() == []


def test_a_rebuild_makes_a_new_build_and_sweeps_the_old(shelf):
    list(archive.add([shelf]))
    before = stamp(shelf)["build"]
    archive.rebuild()
    assert stamp(shelf)["build"] != before
    assert [path.name for path in (shelf / "home" / "index").glob("build-*")] == [stamp(shelf)["build"]]
    assert found("泵站") == [(APRIL, 2)]


@pytest.mark.parametrize("suffix", [".fast", ".fieldnorm", ".idx", ".pos", ".store", ".term"])
@pytest.mark.parametrize("spoil", [lambda path: path.unlink(), lambda path: path.write_bytes(path.read_bytes()[:9])], ids=["lost", "cut"])
def test_a_lost_or_shortened_file_is_seen_at_opening(shelf, suffix, spoil):
    list(archive.add([shelf / "april.txt"]))
    before = stamp(shelf)["build"]
    for path in (shelf / "home" / "index" / before).glob(f"*{suffix}"):
        spoil(path)
    assert found("环云湖路泵站") == [(APRIL, 2)]
    assert stamp(shelf)["build"] != before


@pytest.mark.parametrize(("error", "code"), [
    (PermissionError("x"), "E403"),
    (ValueError("Failed to acquire Lockfile: LockBusy."), "E402"),
    (ValueError("IoError { No space left on device }"), "E403"),
    (ValueError("Data corrupted"), "E401"),
])
def test_what_the_index_says_when_it_fails(tmp_path, error, code):
    with pytest.raises(ArchiveError, match=code), told_of_index(tmp_path):
        raise error


def test_another_writer_of_the_index(shelf):
    list(archive.add([shelf / "april.txt"]))
    build = shelf / "home" / "index" / stamp(shelf)["build"]
    writer = tantivy.Index(fulltext.SCHEMA, path=str(build), reuse=True).writer(heap_size=fulltext.HEAP, num_threads=1)
    with pytest.raises(ArchiveError, match="E402"):
        list(archive.add([shelf / "may.txt"]))
    writer.wait_merging_threads()
    assert found("通车") == [("云陵月报-2025-05", 2)]


def test_an_index_folder_that_cannot_be_made(shelf):
    (shelf / "home" / "index").write_text("a file where the folder belongs")
    with pytest.raises(ArchiveError, match="E403"):
        list(archive.add([shelf / "april.txt"]))
    (shelf / "home" / "index").unlink()
    assert found("泵站") == [(APRIL, 2)]  # the record was kept
