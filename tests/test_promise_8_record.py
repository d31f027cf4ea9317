"""Promise 8: the record is the document without annotations and problems, its source file, and people's decisions, each hashed; the rest is derived.

Held here with the real stages (the archive's own tests use stand-ins): what is kept of a file, that new rules make no revision, and that
`verify` finds any one bit of the record that has turned.
"""

import hashlib
import json
import random
import zlib

import pytest

from yuebao import archive, pipeline, samples
from yuebao.annotate import annotate
from yuebao.archive import derived, stages
from yuebao.model import canonical, content_hash, from_json, record_of, replace
from yuebao.model import map_items as with_items

TURNED = 12  # bits turned in each part of the record, at places drawn by a fixed seed


@pytest.fixture(scope="module")
def shelved(tmp_path_factory, new_home, django_db_blocker):
    """The folder of an archive with two samples, read by the stages as they are; to be copied."""
    from archive.homes import archive_at

    with pytest.MonkeyPatch.context() as patched, archive_at(tmp_path_factory.mktemp("record") / "home", new_home, django_db_blocker) as folder:
        patched.setenv("YUEBAO_HOME", str(folder))
        assert [added.state for added in archive.add(samples.paths()[:2])] == ["added", "added"]
        assert archive.verify() == []
    return folder


@pytest.fixture
def kept(tmp_path, shelved, django_db_blocker, monkeypatch):
    """The home of such an archive, the test's own."""
    from archive.homes import archive_at

    monkeypatch.setenv("YUEBAO_HOME", str(tmp_path / "home"))
    with archive_at(tmp_path / "home", shelved, django_db_blocker) as folder:
        yield folder


def revisions():
    from yuebao.archive.models import Revision

    return Revision.objects.order_by("pk")


def record():
    """All that the record is: its rows as they are."""
    return list(revisions().values_list())


@pytest.mark.usefixtures("kept")
def test_what_is_kept_of_a_file():
    """Hashed by hand: the document without what is derived, and the bytes of the file."""
    for path, revision in zip(samples.paths(), revisions(), strict=False):
        issue = pipeline.read_issue(path, samples.outline_path(path))  # the outline beside it, as the archive reads it
        assert issue.problems or any(item.annotations for item in issue.items())
        plain = {**issue.to_dict(), "problems": [], "annotated_by": None}
        for column in columns_of(plain):
            for item in column["items"]:
                item["annotations"] = []
        assert revision.document == canonical(plain)
        assert revision.content_hash == "sha256:" + hashlib.sha256(revision.document.encode()).hexdigest() == content_hash(issue)
        assert zlib.decompress(revision.source) == path.read_bytes()
        assert revision.source_sha256 == hashlib.sha256(path.read_bytes()).hexdigest() == issue.source.sha256
        assert archive.show(revision.issue.key) == issue


def columns_of(plain):
    """Every column of a plain document, at any depth."""
    columns = list(plain["columns"])
    for column in columns:
        columns += column["columns"]
    return columns


def blind(issue):
    """A stage of annotation that sees nothing but what stands first."""
    seen = annotate(issue)
    return replace(seen, annotated_by="yuebao/next", columns=with_items(seen.columns, lambda item: replace(item, annotations=item.annotations[:1])))


@pytest.mark.usefixtures("kept")
def test_new_rules_make_new_rows_and_no_revision(monkeypatch):
    from yuebao.archive.models import Mention

    before, mentions = record(), Mention.objects.count()
    keys = [line.key for line in archive.issues()]
    problems = [archive.show(key).problems for key in keys]
    monkeypatch.setattr(derived, "made_by", lambda: "the next version")
    monkeypatch.setattr(stages, "annotate", blind)
    assert archive.stale() == keys
    assert {fault.kind for fault in archive.verify()} == {"derived_stale"}
    assert archive.rebuild() == 2
    assert archive.stale() == []
    assert archive.verify() == []
    assert record() == before
    assert 0 < Mention.objects.count() < mentions
    assert {archive.show(key).annotated_by for key in keys} == {"yuebao/next"}
    assert [archive.show(key).problems for key in keys] == problems
    # nor does the file, met again by the new program
    assert [added.state for added in archive.add(samples.paths()[:2])] == ["unchanged", "unchanged"]
    assert record() == before


@pytest.mark.usefixtures("kept")
def test_a_document_with_other_annotations_is_no_revision(tmp_path):
    """What a colleague's program marked or noted in the same document does not make another of it."""
    before = record()
    issue = blind(pipeline.read_issue(samples.paths()[0]))
    file = tmp_path / "issue.json"
    file.write_text(canonical(replace(issue, problems=()).to_dict()), encoding="utf-8")
    assert [added.state for added in archive.add([file])] == ["unchanged"]
    assert record() == before


def turned(data, rng):
    """The bytes with one bit turned."""
    spoilt = bytearray(data)
    at = rng.randrange(len(spoilt))
    spoilt[at] ^= 1 << rng.randrange(8)
    return bytes(spoilt)


@pytest.mark.usefixtures("kept")
def test_a_turned_bit_of_a_document_is_found():
    """Also where the document reads as well as before. (Bits that leave no text could not be stored in the column.)"""
    revision, rng = revisions().first(), random.Random(8)
    missed, tried = [], 0
    while tried < TURNED:
        spoilt = turned(revision.document.encode(), rng).decode("utf-8", "ignore")
        if "\0" in spoilt or spoilt == revision.document:
            continue
        tried += 1
        revisions().filter(pk=revision.pk).update(document=spoilt)
        if ("document", revision.issue.key) not in {(fault.kind, fault.key) for fault in archive.verify()}:
            missed.append(spoilt)
    revisions().filter(pk=revision.pk).update(document=revision.document)
    assert missed == []
    assert archive.verify() == []


@pytest.mark.usefixtures("kept")
def test_a_turned_bit_of_a_source_is_found():
    revision, rng = revisions().first(), random.Random(9)
    harmless = []
    for _ in range(TURNED):
        spoilt = turned(revision.source, rng)
        revisions().filter(pk=revision.pk).update(source=spoilt)
        if ("source", revision.issue.key) not in {(fault.kind, fault.key) for fault in archive.verify()}:
            harmless.append(zlib.decompress(spoilt) == samples.paths()[0].read_bytes())
    assert all(harmless), "the source was altered, and verify did not say so"
    assert len(harmless) < 3  # a bit of the compression's own that says nothing
    revisions().filter(pk=revision.pk).update(source=revision.source)
    assert archive.verify() == []


@pytest.mark.usefixtures("kept")
def test_a_number_changed_with_its_hash_left_is_found():
    """A hand in the database: one figure of one item."""
    revision = revisions().first()
    plain = json.loads(revision.document)
    plain["columns"][0]["items"][0]["page"] += 1
    altered = canonical(plain)
    assert from_json(altered)
    revisions().filter(pk=revision.pk).update(document=altered)
    assert ("document", revision.issue.key, revision.sequence) in [(f.kind, f.key, f.revision) for f in archive.verify()]


@pytest.mark.usefixtures("kept")
def test_the_record_alone_gives_all_the_rest_back():
    """With everything derived thrown away, a rebuild makes the same issues, findings and answers again."""
    from yuebao import ask
    from yuebao.archive.models import Derivation, Mention, Person, StoredFinding, StoredItem

    keys = [line.key for line in archive.issues()]

    def all_that_is_answered():
        return [(record_of(archive.show(key)), annotations_of(archive.show(key)), archive.findings_of(key)) for key in keys], ask.search("会议").to_dict()

    before = all_that_is_answered()
    for table in (Mention, StoredFinding, StoredItem, Person):
        table.objects.all().delete()
    Derivation.objects.update(rows_hash="")
    assert archive.verify() != []
    assert archive.rebuild() == 2
    assert all_that_is_answered() == before
    assert archive.verify() == []


def annotations_of(issue):
    return [item.annotations for item in issue.items()]
