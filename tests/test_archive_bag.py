"""The record carried out and in: as a BagIt bag and as a backup, the same hash for hash, with the same answers."""

import random
import shutil

import bagit
import pytest

from archive.homes import archive_at
from yuebao import archive, ask, samples
from yuebao.archive import register
from yuebao.archive.models import Decision, Revision
from yuebao.errors import ArchiveError, InputError, UsageError

APRIL = "云陵月报-2025-04"


@pytest.fixture(scope="module")
def carried(tmp_path_factory, new_home, django_db_blocker):
    """A folder with an archive of the samples (a merge, a waiver, a lexicon of its own), its bag and its backup, and what it says."""
    folder = tmp_path_factory.mktemp("carried")
    with pytest.MonkeyPatch.context() as patched, archive_at(folder / "home", new_home, django_db_blocker) as home:
        patched.setenv("YUEBAO_HOME", str(home))
        (home / "lexicon").mkdir(exist_ok=True)
        (home / "lexicon" / "appointments.tsv").write_text("date\tbody\tperson\toffice\tchange\n", encoding="utf-8")
        list(archive.add(samples.paths()[:2]))
        archive.waive(APRIL, 0, "核过原件", decided_by="秦")
        archive.export_bag(folder / "bag", ["pdf"])
        archive.backup(folder / "backup.zip")
        answers = said()
    return folder, answers


def said():
    """What the archive holds and answers, whatever home it stands in."""
    return {
        "revisions": list(Revision.objects.order_by("issue__key", "sequence").values_list(
            "issue__key", "sequence", "content_hash", "source_sha256", "source_name", "added_at", "is_current")),
        "decisions": list(Decision.objects.order_by("sequence").values_list("decision_hash", flat=True)),
        "findings": [archive.findings_of(line.key) for line in archive.issues()],
        "issues": [archive.show(line.key) for line in archive.issues()],
        "hits": [(hit.citation, hit.snippet) for word in ("项目", "市委") for hit in ask.search(word).hits],
        "order": register.odd_names(),
    }


@pytest.fixture
def empty(tmp_path, new_home, django_db_blocker, monkeypatch):
    monkeypatch.setenv("YUEBAO_HOME", str(tmp_path / "home"))
    with archive_at(tmp_path / "home", new_home, django_db_blocker) as home:
        yield home


def test_a_bag_is_a_bag(carried):
    folder, _ = carried
    bag = bagit.Bag(str(folder / "bag"))
    bag.validate()
    assert (folder / "bag" / "data" / "published" / f"{APRIL}.pdf").read_bytes().startswith(b"%PDF")
    assert APRIL in (folder / "bag" / "data" / "issues.tsv").read_text(encoding="utf-8")
    assert (folder / "bag" / "data" / "issues" / APRIL / "1" / "source" / samples.paths()[0].name).read_bytes() == samples.paths()[0].read_bytes()


@pytest.mark.parametrize("way", ["bag", "backup"])
def test_what_is_carried_in_is_what_was_carried_out(carried, empty, way):
    folder, answers = carried
    steps = []
    if way == "bag":
        done = archive.import_bag(folder / "bag", lambda at, of, key: steps.append((at, of, key)))
    else:
        done = archive.restore(folder / "backup.zip")
    assert (done.issues, done.revisions, done.decisions) == (2, 2, 1)
    assert said() == answers
    assert archive.verify() == []
    assert (empty / "lexicon" / "appointments.tsv").is_file()
    assert way == "backup" or [step[:2] for step in steps] == [(1, 2), (2, 2)]


def test_only_an_empty_archive_is_filled(carried, empty):  # noqa: ARG001
    folder, _ = carried
    list(archive.add(samples.paths()[2:]))
    before = said()
    with pytest.raises(ArchiveError) as caught:
        archive.import_bag(folder / "bag")
    assert caught.value.code == "E408"
    assert said() == before


@pytest.mark.parametrize("seed", range(8))
def test_a_bag_with_a_byte_flipped_is_refused_and_the_file_named(carried, empty, tmp_path, seed):  # noqa: ARG001
    folder, _ = carried
    rng = random.Random(seed)
    bag = shutil.copytree(folder / "bag", tmp_path / "bag")
    victim = rng.choice(sorted(path for path in bag.rglob("*") if path.is_file() and path.stat().st_size and path.name != "tagmanifest-sha256.txt"))
    data = bytearray(victim.read_bytes())
    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    victim.write_bytes(data)
    with pytest.raises(InputError) as caught:
        archive.import_bag(bag)
    assert caught.value.code == "E111"
    assert victim.name in caught.value.message() or "manifest" in victim.name
    assert archive.issues() == []


def more_in(path, text):
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


DAMAGES = {
    "a file is gone": lambda bag: (bag / "data" / "decisions.jsonl").unlink(),
    "a file too many": lambda bag: (bag / "data" / "more.txt").write_text("x"),
    "no manifest": lambda bag: (bag / "manifest-sha256.txt").unlink(),
    "a path that leads out": lambda bag: more_in(bag / "manifest-sha256.txt", f"{'0' * 64}  ../../home/secret.key\n"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_bag_that_is_incomplete_is_refused(carried, empty, tmp_path, damage):  # noqa: ARG001
    folder, _ = carried
    bag = shutil.copytree(folder / "bag", tmp_path / "bag")
    DAMAGES[damage](bag)
    with pytest.raises(InputError) as caught:
        archive.import_bag(bag)
    assert caught.value.code == "E111"
    assert archive.issues() == []


def test_a_backup_that_is_none_is_refused(empty, tmp_path):  # noqa: ARG001
    (tmp_path / "x.zip").write_bytes(b"no zip")
    with pytest.raises(InputError) as caught:
        archive.restore(tmp_path / "x.zip")
    assert caught.value.code == "E111"
    with pytest.raises(InputError) as caught:
        archive.restore(tmp_path / "nowhere.zip")
    assert caught.value.code == "E104"


def test_nothing_is_written_over(carried):
    folder, _ = carried
    with pytest.raises(UsageError) as caught:
        archive.export_bag(folder / "bag")
    assert caught.value.code == "E202"
