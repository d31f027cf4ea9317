"""签发: only what has passed everything; archived, set and frozen in one transaction; by one of two who press at once; whole or not at all."""

import shutil
import sys
import threading
from pathlib import Path

import pytest

from archive import postgres
from yuebao.errors import UsageError

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bench"))

import signing as killing


@pytest.fixture
def by(home):  # noqa: ARG001
    from desk_issue import people

    return people()


def refused(code, call, *args, **more):
    with pytest.raises(UsageError) as told:
        call(*args, **more)
    assert told.value.code == code
    return told.value


def test_a_signed_issue_is_archived_with_its_files_and_every_step(by):
    from desk_issue import ready
    from yuebao import archive
    from yuebao.desk import drafts, signing
    from yuebao.desk.models import AuditEntry
    from yuebao.model import content

    issue = ready(serial_number=95)
    document, _ = drafts.draft_of(issue)
    issue = signing.sign(issue.pk, seen=issue.version, by=by["signatory"], entered_by=by["editor"])
    assert (issue.stage, issue.archive_key, issue.signed_by.name) == ("signed", "云陵月报-2026-01", "signatory")
    assert content(archive.show(issue.archive_key)) == content(document)
    assert [(e.edition, e.format) for e in issue.editions.all()] == [
        ("internal", "docx"), ("internal", "ofd"), ("internal", "pdf"), ("public", "html"), ("public", "pdf")]
    assert b"pdfaid" in bytes(issue.editions.get(edition="internal", format="pdf").data)
    last = issue.steps.last()
    assert (last.kind, last.by.name, last.entered_by.name) == ("signed", "signatory", "editor")
    assert AuditEntry.objects.last().action == "issue signed off"
    assert list(archive.verify()) == []


@pytest.mark.parametrize(("undo", "said"), [
    (lambda issue, by: _edited(issue, by), "未通过初审"),
    (lambda issue, by: _back(issue, by), "还不是定稿"),
    (lambda issue, by: _returned(issue, by), "保密审查"),
])
def test_what_is_lacking_is_told(by, monkeypatch, undo, said):
    from desk_issue import ready, unset
    from yuebao.desk import issues, signing

    unset(monkeypatch)
    issue = ready()
    undo(issue, by)
    now = issues.get(issue.pk)
    assert said in refused("E223", signing.sign, issue.pk, seen=now.version, by=by["signatory"]).message()
    assert issues.get(issue.pk).stage != "signed"


def _edited(issue, by):
    from yuebao.desk import items

    item = issue.items.first()
    items.edit(item.pk, seen=item.version, by=by["editor"], text=item.text + "另有补充。")


def _back(issue, by):
    from yuebao.desk import issues

    issues.advance(issue, "submitted", seen=issue.version, by=by["editor"])


def _returned(issue, by):
    from yuebao.desk import issues

    issues.secrecy(issue, "returned", by=by["secrecy"], note="请核")


def test_what_is_certain_is_mended_or_left_with_a_reason(by, monkeypatch):
    from desk_issue import ready, unset
    from yuebao.desk import issues, items, reviews, signing

    unset(monkeypatch)
    issue = ready()
    item = issue.items.first()
    item = items.edit(item.pk, seen=item.version, by=by["editor"], text="1月8日，云陵市召开造林会，，部署造林工作。")
    reviews.submit(item.pk, seen=item.version, by=by["editor"])
    for level, name in (("first", "first"), ("second", "second"), ("final", "third")):
        reviews.review(item.pk, level, "passed", seen=item.version, by=by[name])
    issues.secrecy(issue, "passed", by=by["secrecy"])
    assert [one.item for one in signing.certain(issue)] == [1]
    refused("E223", signing.sign, issue.pk, seen=issue.version, by=by["signatory"])
    issue = signing.sign(issue.pk, seen=issue.version, by=by["signatory"], reason="引用原文如此")
    assert (issue.steps.last().note, len(issue.steps.last().details["left"])) == ("引用原文如此", 1)


def test_what_changed_while_it_was_set_is_not_signed(by, monkeypatch):
    from desk_issue import ready, unset
    from yuebao.desk import editions, issues, signing

    unset(monkeypatch)
    issue = ready()
    made = editions.set_editions
    monkeypatch.setattr(editions, "set_editions", lambda *args: (_edited(issue, by), made(*args))[1])
    refused("E222", signing.sign, issue.pk, seen=issue.version, by=by["signatory"])
    assert issues.get(issue.pk).stage == "final"


def test_raced_by_two_one_signs(by, monkeypatch):
    from django.db import connection

    from desk_issue import ready, unset
    from yuebao import archive
    from yuebao.desk import editions, signing

    unset(monkeypatch)
    issue, made, meet, codes = ready(), editions.set_editions, threading.Barrier(2, timeout=30), []
    monkeypatch.setattr(editions, "set_editions", lambda *args: (meet.wait(), made(*args))[1])

    def sign():
        try:
            signing.sign(issue.pk, seen=issue.version, by=by["signatory"])
            codes.append("signed")
        except UsageError as error:
            codes.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=sign) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == ["E223", "signed"]
    assert issue.editions.count() == 5
    assert list(archive.verify()) == []


def test_an_index_that_another_holds_does_not_undo_it(by, monkeypatch):
    from desk_issue import ready, unset
    from yuebao.archive import record
    from yuebao.desk import signing
    from yuebao.errors import ArchiveError

    def busy():
        raise ArchiveError("E402")

    unset(monkeypatch)
    monkeypatch.setattr(record, "follow", busy)
    issue = ready()
    assert signing.sign(issue.pk, seen=issue.version, by=by["signatory"]).stage == "signed"


def test_a_signed_issue_is_frozen(by, monkeypatch):
    from desk_issue import signed
    from yuebao.desk import board, issues, items, reviews, signing

    issue = signed(monkeypatch)
    item, editor = issue.items.first(), by["editor"]
    for call, args, more in (
        (items.create, (issue,), {"headline": "又一条", "text": "1月9日。", "column_path": "要闻", "by": editor}),
        (items.edit, (item.pk,), {"seen": item.version, "by": editor, "text": "改"}),
        (items.restore, (item.pk, 1, item.version, editor), {}),
        (items.withdraw, (item.pk,), {"seen": item.version, "by": editor, "reason": "不用"}),
        (board.move, (item.pk, "民生", None, item.version, editor), {}),
        (reviews.review, (item.pk, "final", "returned"), {"seen": item.version, "by": by["third"], "note": "请核"}),
        (issues.advance, (issue, "first_draft"), {"seen": issue.version, "by": editor}),
        (issues.set_masthead, (issue, {"motto": "存史致用"}), {"seen": issue.version, "by": editor}),
        (issues.secrecy, (issue, "passed"), {"by": by["secrecy"]}),
        (issues.new_round, (issue,), {"by": editor}),
        (signing.sign, (issue.pk,), {"seen": issue.version, "by": by["signatory"]}),
    ):
        refused("E223", call, *args, **more)


@pytest.fixture(scope="module")
def ready_home(tmp_path_factory):
    home = tmp_path_factory.mktemp("signing") / "ready"
    killing.make_ready(home)
    return home


@pytest.mark.skipif(postgres.IS_ON, reason="a database of its own for each kill")
@pytest.mark.parametrize(("module", "name", "when", "left"), [
    ("yuebao.archive.record", "keep", "after", killing.UNTOUCHED),
    ("yuebao.desk.audit", "note", "after", killing.UNTOUCHED),
    ("yuebao.archive.record", "follow", "before", killing.WHOLE),
])
def test_killed_at_a_step_it_is_signed_whole_or_not_at_all(ready_home, tmp_path, module, name, when, left):
    home = shutil.copytree(ready_home, tmp_path / "home")
    killing.kill_at(home, module, name, when, killing.QUICKLY)
    assert killing.state(home, killing.QUICKLY) == (left, True)
