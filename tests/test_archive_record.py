"""The record: one transaction an issue; a file twice changes nothing; a changed file is a revision; what is refused stops nothing."""

import json
import os
from dataclasses import replace

import pytest

from yuebao import archive, ask, model
from yuebao.archive import fulltext, home_path
from yuebao.archive.models import Derivation, Derived, Mention, Person, Revision, Series, StoredFinding, StoredIssue, StoredItem
from yuebao.errors import YuebaoError

pytestmark = pytest.mark.usefixtures("stages")
APRIL, MAY, DAILY = "云陵月报-2025-04", "云陵月报-2025-05", "云陵日志-2025-04-03"
TABLES = (Series, StoredIssue, Revision, StoredItem, Person, Mention, StoredFinding, Derivation, Derived)


@pytest.fixture
def shelf(home, stages):
    """A folder beside the archive with two monthlies and a daily."""
    folder = home.parent / "shelf"
    (folder / "daily").mkdir(parents=True)
    (folder / "april.txt").write_text(stages.APRIL, encoding="utf-8")
    (folder / "may.txt").write_text(stages.MAY, encoding="gb18030")
    (folder / "daily" / "0403.txt").write_text(stages.DAILY, encoding="utf-8")
    (folder / "notes.docx").write_bytes(b"PK\x03\x04")
    (folder / ".~may.txt").write_text("x", encoding="utf-8")
    return folder


def states(*paths, **more):
    return [(a.key, a.state, a.error and a.error.code) for a in archive.add(paths, **more)]


def everything():
    """Every row of every table, without the time of adding."""
    return {table.__name__: list(table.objects.order_by("pk").values_list()) for table in TABLES}


def test_a_folder_is_added_in_order_and_once(shelf):
    assert states(shelf) == [(APRIL, "added", None), (DAILY, "added", None), (MAY, "added", None)]
    before = everything()
    assert states(shelf) == [(APRIL, "unchanged", None), (DAILY, "unchanged", None), (MAY, "unchanged", None)]
    assert everything() == before
    assert archive.verify() == []


def test_what_is_stored_of_an_issue(shelf):
    list(archive.add([shelf]))
    line = next(line for line in archive.issues() if line.key == APRIL)
    assert (line.title, line.place, line.year, line.month, line.number, line.serial_number) == ("云陵月报", "云陵市", 2025, 4, 4, 88)
    assert (line.items, line.revisions, line.source_name) == (4, 1, "april.txt")
    item = StoredItem.objects.get(issue__key=APRIL, number=3)
    assert (item.headline, item.column, item.column_path, item.page) == ("云陵工业园二期开工", "项目建设", "经济 / 项目建设", 4)
    assert (str(item.starts_on), str(item.ends_on), item.body_line) == ("2025-04-18", "2025-04-18", 7)
    mention = item.mentions.get()
    assert (mention.layer, mention.text, mention.person.name) == ("person", "秦墨之", "秦墨之")
    assert item.text[mention.start:mention.end] == mention.text
    finding = StoredFinding.objects.get(issue__key=APRIL)
    assert (finding.item.number, finding.code, finding.severity) == (1, "C001", "warning")
    assert model.Finding.from_dict(finding.data) == archive.findings_of(APRIL)[0]


def test_show_gives_the_document_with_what_is_derived(shelf, stages):
    list(archive.add([shelf]))
    issue, source = stages.read_bytes("april.txt", (shelf / "april.txt").read_bytes())
    assert archive.show(APRIL) == issue
    assert archive.source_of(APRIL) == source
    assert archive.source_of(MAY).info.encoding == "gb18030"


def test_the_record_holds_neither_annotations_nor_problems(shelf):
    list(archive.add([shelf]))
    for revision in Revision.objects.all():
        issue = model.from_json(revision.document)
        assert issue.problems == ()
        assert issue.annotated_by is None
        assert all(item.annotations == () for item in issue.items())
        assert revision.content_hash == model.content_hash(issue)


def test_a_changed_file_is_a_revision_and_the_old_one_stays(shelf, stages):
    list(archive.add([shelf]))
    old, new = "副市长 何令仪|4月10日，副市长何令仪", "副市长 郑一苇|4月10日，副市长郑一苇"
    (shelf / "april.txt").write_text(stages.APRIL.replace(old, new), "utf-8")
    assert states(shelf / "april.txt") == [(APRIL, "revised", None)]
    first, second = Revision.objects.filter(issue__key=APRIL).order_by("sequence")
    assert (first.sequence, first.is_current, second.sequence, second.is_current) == (1, False, 2, True)
    assert model.from_json(first.document).items()[1].text.count("何令仪") == 2
    assert archive.show(APRIL).items()[1].annotations[0].value.name == "郑一苇"
    assert [line.revisions for line in archive.issues()] == [1, 2, 1]
    # what was there once is there: adding the old file again does not make it current by stealth
    (shelf / "april.txt").write_text(stages.APRIL, "utf-8")
    assert states(shelf / "april.txt") == [(APRIL, "unchanged", None)]
    assert Revision.objects.filter(issue__key=APRIL).count() == 2
    assert archive.verify() == []


def test_people_whom_nothing_names_any_more_are_forgotten(shelf, stages):
    list(archive.add([shelf]))
    for name, text in (("april.txt", stages.APRIL), ("may.txt", stages.MAY)):
        (shelf / name).write_text(text.replace("秦墨之", "方知白"), "utf-8")
    list(archive.add([shelf]))
    assert set(Person.objects.values_list("name", flat=True)) == {"郑文柏", "何令仪", "方知白"}


def test_the_same_bytes_under_another_name_change_nothing(shelf):
    list(archive.add([shelf / "april.txt"]))
    (shelf / "april.txt").rename(shelf / "copy.txt")
    assert states(shelf / "copy.txt") == [(APRIL, "unchanged", None)]


def test_known_bytes_are_not_read_again(shelf, monkeypatch):
    list(archive.add([shelf / "april.txt"]))
    from yuebao import pipeline
    monkeypatch.setattr(pipeline, "read_bytes", None)
    assert states(shelf / "april.txt") == [(APRIL, "unchanged", None)]


def test_another_outline_reads_the_file_again(shelf):
    outline = shelf.parent / "outline"
    outline.write_text("领导动态\n", encoding="utf-8")
    assert states(shelf / "april.txt") == [(APRIL, "added", None)]
    assert states(shelf / "april.txt", outline=outline) == [(APRIL, "revised", None)]
    assert archive.show(APRIL).columns[0].title == "领导动态"
    assert states(shelf / "april.txt", outline=outline) == [(APRIL, "unchanged", None)]
    assert states(shelf / "april.txt") == [(APRIL, "unchanged", None)]
    assert Revision.objects.get(issue__key=APRIL, is_current=True).outline == "领导动态\n"


@pytest.mark.parametrize(("outline", "code"), [(None, "E104"), ("   领导活动\n", "E201"), ("", "E101")])
def test_an_outline_that_cannot_be_used_stops_all(shelf, outline, code):
    path = shelf.parent / "outline"
    if outline is not None:
        path.write_text(outline, encoding="utf-8")
    with pytest.raises(YuebaoError, match=code):
        list(archive.add([shelf], outline=path))
    assert not StoredIssue.objects.exists()


def test_an_outline_beside_a_file_speaks_for_that_file(shelf):
    (shelf / "april.outline.txt").write_text("领导动态\n", encoding="utf-8")
    assert states(shelf) == [(APRIL, "added", None), (DAILY, "added", None), (MAY, "added", None)]
    assert [archive.show(key).columns[0].title for key in (APRIL, MAY)] == ["领导动态", "领导活动"]
    assert states(shelf) == [(APRIL, "unchanged", None), (DAILY, "unchanged", None), (MAY, "unchanged", None)]
    (shelf / "april.outline.txt").write_text("", encoding="utf-8")
    assert states(shelf / "april.txt") == [(None, "refused", "E101")]


def test_neighbours_in_the_series(shelf, stages):
    for number, serial in ((3, 85), (5, 89)):
        text = stages.APRIL.replace("2025|4|4|88", f"2025|{number}|{number}|{serial}").replace("泵站", f"泵站{number}")
        (shelf / f"{number}.txt").write_text(text, "utf-8")
    list(archive.add([shelf / "april.txt", shelf / "5.txt", shelf / "3.txt", shelf / "daily"]))
    assert [masthead.serial_number for masthead in archive.run_of(APRIL)] == [85, 89]
    assert [masthead.serial_number for masthead in archive.run_of("云陵月报-2025-03")] == [88, 89]
    assert archive.run_of(DAILY) == ()
    assert [(f.code, f.text) for f in archive.proof_in_run(APRIL).findings] == [("C001", "郑文"), ("C009", "85")]
    assert [f.code for f in archive.findings_of(APRIL)] == ["C001"]  # what depends on other issues is not stored


def test_an_issue_document_is_kept_as_its_text_is(shelf, stages):
    issue, _ = stages.read_bytes("april.txt", (shelf / "april.txt").read_bytes())
    document = shelf / "april.json"
    stale = replace(issue.items()[0].annotations[0], by="an older rule")
    altered = model.map_items(issue.columns, lambda item: replace(item, annotations=(stale,)) if item.number == 1 else item)
    document.write_text(model.to_json(replace(issue, columns=altered)), encoding="utf-8")
    assert states(document) == [(APRIL, "added", None)]
    assert archive.show(APRIL) == issue  # annotations are made anew, as they are when the archive is rebuilt
    assert archive.source_of(APRIL) is None
    assert states(shelf / "april.txt") == [(APRIL, "unchanged", None)]  # its content is there
    assert archive.verify() == []


def broken(stages, **changes):
    issue, _ = stages.read_bytes("april.txt", stages.APRIL.encode())
    item = replace(issue.columns[0].items[0], **changes)
    return model.to_json(replace(issue, columns=(replace(issue.columns[0], items=(item, *issue.columns[0].items[1:])), *issue.columns[1:])))


REFUSED = {
    "empty": (lambda _: b"", "E101"),
    "blank": (lambda _: b" \n\n", "E107"),
    "no title": (lambda s: s.HEADLESS.encode(), "E406"),
    "no number": (lambda s: s.APRIL.replace("2025|4|4|88", "2025|||88", 1).encode(), "E406"),
    "no year": (lambda s: s.APRIL.replace("|2025|", "||", 1).encode(), "E406"),
    "a title that is a sentence": (lambda s: s.APRIL.replace("云陵月报", "云陵" * 40, 1).encode(), "E406"),
    "a page past all tables, in a text": (lambda s: s.APRIL.replace("|2|2025", f"|{10**20}|2025").encode(), "E106"),
    "JSON that is no document": (lambda _: b'{"issues": []}', "E106"),
    "findings": (lambda _: b'{"schema": "yuebao/findings/1"}', "E106"),
    "another schema": (lambda _: b'{"schema": "yuebao/issue/2"}', "E106"),
    "cut in half": (lambda s: broken(s).encode()[:-9], "E106"),
    "one number twice": (lambda s: broken(s, number=2).encode(), "E106"),
    "a number past all tables": (lambda s: broken(s, number=10**12).encode(), "E106"),
    "a page past all tables": (lambda s: broken(s, page=-1).encode(), "E106"),
    "an entry outside the text": (lambda s: broken(s, entries=(model.Entry(0, 9999, None),)).encode(), "E106"),
    "a lone surrogate": (lambda s: json.dumps(json.loads(broken(s, text="\ud800"))).encode(), "E106"),
}


def test_what_cannot_be_kept_is_refused_and_the_rest_goes_on(shelf, stages):
    for name, (make, _) in REFUSED.items():
        (shelf / f"a {name}.txt").write_bytes(make(stages))
    found = list(archive.add([shelf]))
    assert {a.path.stem[2:]: a.error.code for a in found if a.state == "refused"} == {name: code for name, (_, code) in REFUSED.items()}
    assert {a.key for a in found if a.state == "added"} == {APRIL, MAY, DAILY}
    assert all(a.key is None and a.error.advice() for a in found if a.state == "refused")
    assert archive.verify() == []


def test_a_file_that_is_not_there_is_refused(shelf):
    assert states(shelf / "no such.txt", shelf / "may.txt") == [(None, "refused", "E104"), (MAY, "added", None)]


def test_a_file_too_large_is_refused_unread(shelf):
    with (shelf / "large.txt").open("wb") as file:
        file.truncate(200_000_000)
    assert states(shelf / "large.txt") == [(None, "refused", "E103")]


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_a_file_name_in_another_encoding(shelf, stages):
    path = os.fsdecode(os.fsencode(str(shelf)) + "/四月.txt".encode("gbk"))
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write(stages.APRIL)
    assert states(path) == [(APRIL, "added", None)]
    assert archive.verify() == []


def test_progress_is_told_and_an_interrupted_add_is_taken_up(shelf):
    told = []
    adding = archive.add([shelf], on_progress=lambda done, of, path: told.append((done, of, path.name)))
    assert next(adding).key == APRIL
    adding.close()
    assert fulltext.read_stamp(home_path() / "index").changes == 1  # the index has followed
    assert ask.search("泵站").total == 1
    assert states(shelf) == [(APRIL, "unchanged", None), (DAILY, "added", None), (MAY, "added", None)]
    assert told == [(1, 3, "april.txt")]


@pytest.mark.parametrize("where", ["derived.rows_hash", "derived._next_change", "record.Revision.save"])
def test_nothing_half_written(shelf, monkeypatch, where):
    list(archive.add([shelf / "may.txt"]))
    before = everything()

    def crash(*_, **__):
        raise RuntimeError("power cut")

    with monkeypatch.context() as patched:
        patched.setattr(f"yuebao.archive.{where}", crash)
        with pytest.raises(RuntimeError):
            list(archive.add([shelf / "april.txt"]))
    assert everything() == before
    assert states(shelf) == [(APRIL, "added", None), (DAILY, "added", None), (MAY, "unchanged", None)]
    assert archive.verify() == []


def test_rebuild_makes_the_same_rows_and_no_revision(shelf):
    list(archive.add([shelf]))
    shown = {line.key: archive.show(line.key) for line in archive.issues()}
    hashes = list(Derivation.objects.order_by("issue").values_list("rows_hash", flat=True))
    told = []
    assert archive.rebuild(lambda *step: told.append(step)) == 3
    assert told == [(1, 3, APRIL), (2, 3, DAILY), (3, 3, MAY)]
    assert {line.key: archive.show(line.key) for line in archive.issues()} == shown
    assert list(Derivation.objects.order_by("issue").values_list("rows_hash", flat=True)) == hashes
    assert Revision.objects.count() == 3
    assert archive.verify() == []


def test_after_an_upgrade_only_what_is_stale_is_made_again(shelf, monkeypatch):
    list(archive.add([shelf / "april.txt"]))
    monkeypatch.setattr("yuebao.archive.derived.made_by", lambda: "a newer version")
    assert archive.stale() == [APRIL]
    list(archive.add([shelf / "may.txt"]))
    assert archive.stale() == [APRIL]
    assert [fault.kind for fault in archive.verify()] == ["derived_stale"]
    told = []
    assert archive.rebuild(lambda *step: told.append(step), stale_only=True) == 1
    assert told == [(1, 1, APRIL)]
    assert archive.stale() == []
    assert archive.verify() == []


@pytest.mark.parametrize("question", ["show", "findings_of", "source_of", "run_of", "proof_in_run"])
@pytest.mark.usefixtures("home")
def test_an_issue_that_is_not_there(question):
    with pytest.raises(YuebaoError, match="E404"):
        getattr(archive, question)("云陵月报-1999-01")
