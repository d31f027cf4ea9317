"""verify proves the record, what is derived from it, and the index: each way of spoiling one of them is found and named."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import tantivy
from django.db import connection

from archive.homes import archive_at, of_sqlite, stand_ins
from yuebao import archive
from yuebao.archive import fulltext
from yuebao.archive.models import Derivation, Mention, Person, Revision, Series, StoredFinding, StoredIssue, StoredItem
from yuebao.archive.values import FAULTS
from yuebao.errors import ArchiveError

pytestmark = pytest.mark.usefixtures("stages")
APRIL = "云陵月报-2025-04"


@pytest.fixture(scope="module")
def shelved(tmp_path_factory, new_home, django_db_blocker):
    """The folder of an archive with two issues, one of them with two revisions; to be copied, not altered."""
    shelf = tmp_path_factory.mktemp("shelf")
    with pytest.MonkeyPatch.context() as patched, archive_at(shelf / "home", new_home, django_db_blocker) as folder:
        patched.setenv("YUEBAO_HOME", str(folder))
        stages = stand_ins(patched)
        for name, text in (("april", stages.APRIL), ("may", stages.MAY), ("april", stages.APRIL.replace("泵站", "闸站"))):
            (shelf / f"{name}.txt").write_text(text, encoding="utf-8")
            list(archive.add([shelf / f"{name}.txt"]))
        assert archive.verify() == []
    return folder


@pytest.fixture
def kept(tmp_path, shelved, django_db_blocker, monkeypatch):
    """The home of such an archive, to be spoilt."""
    monkeypatch.setenv("YUEBAO_HOME", str(tmp_path / "home"))
    with archive_at(tmp_path / "home", shelved, django_db_blocker) as folder:
        yield folder


def faults():
    return [(fault.kind, fault.key, fault.revision) for fault in archive.verify()]


def current():
    return Revision.objects.filter(issue__key=APRIL, is_current=True)


def old():
    return Revision.objects.filter(issue__key=APRIL, sequence=1)


def item(number=1):
    return StoredItem.objects.filter(issue__key=APRIL, number=number)


def other_person():
    Mention.objects.filter(item=item().get(), text="郑文柏").update(person=Person.objects.get(name="秦墨之"))


RECORD = {
    "a character of the document": (
        lambda: current().update(document=current().get().document.replace("泵站", "磅站").replace("闸站", "闹站")),
        [("document", APRIL, 2), ("derived_items", APRIL, None)]),
    "a character of an old document": (
        lambda: old().update(document=old().get().document.replace("泵站", "磅站")), [("document", APRIL, 1)]),
    "the hash": (lambda: old().update(content_hash="sha256:0"), [("document", APRIL, 1), ("seal", APRIL, 1)]),
    "the outline": (lambda: old().update(outline="要闻"), [("seal", APRIL, 1)]),
    "the time": (lambda: old().update(added_at=datetime(2020, 1, 1, tzinfo=UTC)), [("seal", APRIL, 1)]),
    "a document that is none": (lambda: old().update(document="{}"), [("document", APRIL, 1), ("document_form", APRIL, 1)]),
    "a document written otherwise": (
        lambda: old().update(document=json.dumps(json.loads(old().get().document))), [("document", APRIL, 1), ("document_form", APRIL, 1)]),
    "the source's bytes": (lambda: old().update(source=current().get().source), [("source", APRIL, 1)]),
    "the source's compression": (lambda: current().update(source=b"x"), [("source", APRIL, 2)]),
    "a revision that is gone": (lambda: old().delete(), [("sequence", APRIL, None)]),
    "no current revision": (lambda: current().update(is_current=False), [("sequence", APRIL, None)]),
    "another number": (lambda: StoredIssue.objects.filter(key=APRIL).update(number=6), [("identity", APRIL, 2)]),
    "another title": (
        lambda: Series.objects.update(title="河阳月报"), [("identity", APRIL, 2), ("identity", "云陵月报-2025-05", 1)]),
}
DERIVED = {
    "a character of an item": (
        lambda: item().update(text=item().get().text + "。"), [("derived_altered", APRIL, None), ("derived_items", APRIL, None)]),
    "an item's column": (lambda: item().update(column="经济"), [("derived_altered", APRIL, None)]),
    "an item that is gone": (
        lambda: item(4).delete(), [("derived_altered", APRIL, None), ("derived_items", APRIL, None), ("index_extra", None, None)]),
    "an item too many": (
        lambda: StoredItem.objects.create(issue=item().get().issue, number=9, column="x", column_path="x", text="x", text_hash="x"),
        [("derived_altered", APRIL, None), ("derived_items", APRIL, None), ("index_missing", None, None)]),
    "a mention moved": (lambda: Mention.objects.filter(item=item().get()).update(start=0), [("derived_altered", APRIL, None), ("register", None, None)]),
    "a mention of another": (other_person, [("derived_altered", APRIL, None)]),
    "a finding": (lambda: StoredFinding.objects.filter(issue__key=APRIL).update(severity="error"), [("derived_altered", APRIL, None)]),
    "no derivation": (lambda: Derivation.objects.filter(issue__key=APRIL).delete(), [("derived_missing", APRIL, None)]),
    "a derivation of another revision": (
        lambda: Derivation.objects.filter(issue__key=APRIL).update(content_hash=old().get().content_hash),
        [("derived_missing", APRIL, None)]),
    "another version's rows": (
        lambda: Derivation.objects.filter(issue__key=APRIL).update(made_by="an older version"), [("derived_stale", APRIL, None)]),
}


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("case", RECORD)
def test_a_spoilt_record_is_found_and_not_to_be_mended_here(case):
    spoil, wanted = RECORD[case]
    spoil()
    assert faults() == wanted
    assert archive.Fault(wanted[0][0]).cure == "restore"


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("case", DERIVED)
def test_spoilt_rows_are_found_and_a_rebuild_mends_them(case):
    spoil, wanted = DERIVED[case]
    spoil()
    assert faults() == wanted
    assert {archive.Fault(kind).cure for kind, _, _ in wanted} == {"rebuild"}
    archive.rebuild()
    assert archive.verify() == []


def segments(home):
    build = json.loads((home / "index" / "stamp.json").read_text())["build"]
    return sorted(path for path in (home / "index" / build).iterdir() if path.suffix not in (".json", ".lock"))


def flip(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("spoil", [
    lambda home: flip(segments(home)[0]),
    lambda home: flip(segments(home)[-1]),
    lambda home: segments(home)[1].unlink(),
    lambda home: (segments(home)[0].parent / "meta.json").write_text("{}"),
])
def test_a_spoilt_index_is_found_and_a_rebuild_mends_it(kept, spoil):
    spoil(kept)
    assert faults() == [("index_files", None, None)]
    archive.rebuild()
    assert archive.verify() == []


def test_an_item_that_the_index_holds_twice_is_found(kept):
    stamp = fulltext.follow()
    writer = tantivy.Index(fulltext.SCHEMA, path=str(kept / "index" / stamp.build), reuse=True).writer(num_threads=1)
    for document in fulltext._documents([item().get().issue_id]):
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    fulltext._write_stamp(kept / "index", replace(stamp, files=fulltext.digests(kept / "index" / stamp.build)))
    fulltext._open.clear()
    assert faults() == [("index_extra", None, None)]


@of_sqlite
def test_a_damaged_database(kept):
    connection.close()
    path = kept / "archive.sqlite3"
    data = bytearray(path.read_bytes())
    page = 4096
    for number in range(3, len(data) // page):  # all but the first pages, which hold the tables' names
        data[number * page:(number + 1) * page] = bytes(page)
    path.write_bytes(data)
    try:
        found = archive.verify()
    except ArchiveError as error:
        assert error.code == "E401"  # noqa: PT017 — either way of telling will do
    else:
        assert "database" in {fault.kind for fault in found}


def test_a_rebuild_of_a_record_that_cannot_be_read(kept):
    current().update(source=b"x")
    with pytest.raises(ArchiveError, match="E401"):
        archive.rebuild()
    assert kept.exists()


@pytest.mark.parametrize("kind", FAULTS)
def test_every_fault_has_words_in_both_languages(kind):
    fault = archive.Fault(kind, detail="云陵月报-2025-04 3")
    assert (fault.message() and fault.message("en").isascii()) or "2025" in fault.message("en")
    assert "{" not in fault.message() + fault.message("en")
