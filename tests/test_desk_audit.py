"""The audit log: a chain that cannot be altered unnoticed, nor from the program at all; and all that the desk keeps, carried and brought back."""

import ast
import csv
import hashlib
import io
import re
import shutil
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

import yuebao
from archive.homes import archive_at
from yuebao import archive
from yuebao.archive import beside
from yuebao.desk import accounts, audit, offices
from yuebao.desk.audit_words import ACTIONS
from yuebao.desk.models import (
    Account,
    AuditEntry,
    Contributor,
    DeskIssue,
    DeskItem,
    DeskStory,
    Edition,
    IssueStep,
    ItemVersion,
    Scan,
    StoredClipping,
)
from yuebao.errors import ArchiveError, InputError

PASSWORD = "雾坪镇的春茶2026"
NOW = datetime(2026, 1, 5, 1, 2, 3, 456, tzinfo=UTC)


@pytest.fixture
def chief(home):  # noqa: ARG001
    return accounts.create("何令仪", "何令仪", PASSWORD, ["administrator"], by=None)


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


# ---- the chain ----


def test_each_line_is_chained_to_the_one_before(chief):
    for n in range(5):
        audit.note(chief, "account changed", f"第{n}个", n=n)
    assert list(audit.verify()) == []
    assert [e.sequence for e in AuditEntry.objects.all()] == [1, 2, 3, 4, 5, 6]


ALTERED = {
    "words": ("UPDATE desk_auditentry SET subject = 'x' WHERE sequence = 3", ["3"]),
    "who": ("UPDATE desk_auditentry SET by = 'x' WHERE sequence = 3", ["3"]),
    "when": ("UPDATE desk_auditentry SET at = '2020-01-01 00:00:00+00:00' WHERE sequence = 3", ["3"]),
    "details": ("UPDATE desk_auditentry SET details = '{}' WHERE sequence = 3", ["3"]),
    "the hash": ("UPDATE desk_auditentry SET entry_hash = 'sha256:0' WHERE sequence = 3", ["3", "4"]),
    "a line gone": ("DELETE FROM desk_auditentry WHERE sequence = 3", ["4", "5", "6"]),
}


@pytest.mark.parametrize("altered", ALTERED)
def test_what_is_altered_in_the_database_is_found(chief, altered):
    for n in range(5):
        audit.note(chief, "account changed", f"第{n}个", n=n)
    statement, wanted = ALTERED[altered]
    sql(statement)
    assert [fault.detail for fault in audit.verify()] == wanted
    assert [(f.kind, f.cure) for f in archive.verify()] == [("audit", "restore")] * len(wanted)


@pytest.mark.usefixtures("chief")
def test_the_program_itself_cannot_alter_it():
    entry = AuditEntry.objects.get()
    entry.subject = "x"
    for attempt in (entry.save, entry.delete, AuditEntry.objects.all().delete, lambda: AuditEntry.objects.update(subject="x"),
                    lambda: AuditEntry.objects.bulk_update([entry], ["subject"]), lambda: AuditEntry.objects.filter(pk=1).delete()):
        with pytest.raises(TypeError):
            attempt()
    assert list(audit.verify()) == []


@pytest.mark.usefixtures("home")
def test_nul_and_odd_characters_are_kept_as_they_can_be():
    audit.note("a\0b", "sign-in failed", "c\0d\U0001f375", said="\0\ud83c"[:1])
    entry = AuditEntry.objects.get()
    assert (entry.by, entry.subject) == ("ab", "cd\U0001f375")
    assert list(audit.verify()) == []


# ---- shown and taken away ----


def test_lines_by_person_action_and_day(chief):
    audit.note("秦墨之", "signed in", "秦墨之")
    today = datetime.now(audit.get_default_timezone()).date()
    assert [e.sequence for e in audit.lines()] == [2, 1]
    assert [e.sequence for e in audit.lines(by=chief.name)] == []
    assert [e.sequence for e in audit.lines(by="秦墨之", action="signed in")] == [2]
    assert [e.sequence for e in audit.lines(start=today, end=today)] == [2, 1]
    assert list(audit.lines(end=today - timedelta(days=1))) == list(audit.lines(start=today + timedelta(days=1))) == []


@pytest.mark.usefixtures("home")
def test_the_table_opens_in_a_spreadsheet_and_holds_no_formula():
    audit.note("=cmd|' /C calc'!A0", "sign-in failed", "@SUM(A1)", address="10.1.2.3")
    rows = list(csv.reader(io.StringIO(audit.csv_of(audit.lines()).decode("utf-8-sig"))))
    assert rows[0][:5] == ["序号", "时间", "操作人", "操作", "对象"]
    assert rows[1][2:5] == ["'=cmd|' /C calc'!A0", "登录未成功", "'@SUM(A1)"]


def noted():
    """Every action that the house notes, as a pattern: what is put together while it runs stands for anything."""
    for path in sorted(Path(yuebao.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.note":
                for part in ast.walk(node.args[1]):
                    if isinstance(part, ast.JoinedStr):
                        yield "".join(re.escape(p.value) if isinstance(p, ast.Constant) else ".+" for p in part.values)
                        break
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield re.escape(part.value)


def test_every_action_has_its_word():
    patterns = set(noted())
    assert len(patterns) > 8
    assert {p for p in patterns if not any(re.fullmatch(p, action) for action in ACTIONS)} == set()


# ---- carried ----


def kept():
    """Every row of every table of the desk, as the database has it."""
    def plain(value):
        return bytes(value) if isinstance(value, memoryview) else value
    return {
        model.__name__: [{name: plain(value) for name, value in row.items()} for row in model.objects.order_by("pk").values()]
        for model in apps.get_app_config("desk").get_models()
    }


def fill(chief):
    """Something in tables of every kind: text, JSON, bytes, days, numbers between numbers, rows that name each other."""
    unit = Contributor.objects.create(name="雾坪镇")
    accounts.create("石桥", "石桥镇办公室", PASSWORD, ["contributor"], by=chief, contributor=unit)
    offices.settle("editors", ["主编 何令仪"], chief)
    issue = DeskIssue.objects.create(title="云陵月报", year=2026, month=1, number=1, opened_at=NOW, opened_by=chief, masthead={"title": "云陵月报"})
    story = DeskStory.objects.create(issue=issue, number=1, made={"b": [1, None], "a": "甲"})
    data = bytes(range(256))
    StoredClipping.objects.create(
        issue=issue, number=1, name="茶.txt", sha256=digest(data), data=data, origin_kind="contributed", contributor=unit,
        dated_on=date(2026, 1, 3), received_at=NOW, received_by=chief, document={"x": 1}, story=story)
    item = DeskItem.objects.create(issue=issue, number=1, story=story, position=1.5, headline="春茶", text="春茶上市。\n价高。")
    ItemVersion.objects.create(item=item, version=1, headline="春茶", text="春茶上市。\n价高。", column_path="", at=NOW, by=chief)
    scan = Scan.objects.create(name="签.pdf", media_type="application/pdf", sha256=digest(b"%PDF"), data=b"%PDF", added_at=NOW, added_by=chief)
    IssueStep.objects.create(issue=issue, kind="secrecy", by=chief, at=NOW, scan=scan, details={"n": 1.25})
    Edition.objects.create(issue=issue, edition="internal", format="pdf", name="云陵月报.pdf", sha256=digest(b""), data=b"")


def digest(data):
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def elsewhere(tmp_path, new_home, django_db_blocker, monkeypatch):
    """What lets the process speak to another empty home."""
    with ExitStack() as stack:
        def move(name="other"):
            monkeypatch.setenv("YUEBAO_HOME", str(tmp_path / name))
            return stack.enter_context(archive_at(tmp_path / name, new_home, django_db_blocker))
        yield move


@pytest.mark.parametrize("way", ["bag", "backup"])
def test_what_the_desk_keeps_is_brought_back_row_for_row(chief, tmp_path, elsewhere, way):
    fill(chief)
    before, out = kept(), tmp_path / "out"
    archive.export_bag(out) if way == "bag" else archive.backup(out)
    elsewhere()
    assert not any(kept().values())
    archive.import_bag(out) if way == "bag" else archive.restore(out)
    assert kept() == before
    assert archive.verify() == []
    assert accounts.sign_in("何令仪", PASSWORD, "10.1.2.3")
    # new rows are numbered after those that came
    assert Contributor.objects.create(name="石桥镇").pk > before["Contributor"][0]["id"]
    assert list(audit.verify()) == []


def test_two_exports_are_the_same_bytes(chief, tmp_path):
    fill(chief)
    for name in ("one", "two"):
        archive.export_bag(tmp_path / name)
    assert (tmp_path / "one" / "manifest-sha256.txt").read_bytes() == (tmp_path / "two" / "manifest-sha256.txt").read_bytes()


@pytest.mark.usefixtures("home")
def test_an_empty_desk_leaves_nothing_in_a_bag(tmp_path):
    archive.export_bag(tmp_path / "bag")
    assert not (tmp_path / "bag" / "data" / "desk").exists()


def test_a_desk_that_is_not_empty_is_not_filled(chief, tmp_path):
    archive.export_bag(tmp_path / "bag")
    before = kept()
    with pytest.raises(ArchiveError, match="E408"):
        archive.import_bag(tmp_path / "bag")
    assert kept() == before
    assert chief.pk


DAMAGES = {
    "a file gone": lambda desk: next(iter((desk / "files").iterdir())).unlink(),
    "a file altered": lambda desk: next(iter((desk / "files").iterdir())).write_bytes(b"other"),
    "a line of the log": lambda desk: altered(desk / "AuditEntry.jsonl", "account created", "account altered"),
    "no JSON": lambda desk: (desk / "Scan.jsonl").write_text("{"),
    "a field too few": lambda desk: altered(desk / "Scan.jsonl", '"name"', '"nom"'),
    "a row that names none": lambda desk: (desk / "Contributor.jsonl").unlink(),
}


def altered(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_desk_is_refused_whole(chief, tmp_path, elsewhere, damage, monkeypatch):
    fill(chief)
    archive.export_bag(tmp_path / "bag")
    elsewhere()
    damaged = shutil.copytree(tmp_path / "bag", tmp_path / "damaged")
    DAMAGES[damage](damaged / "data" / "desk")
    monkeypatch.setattr("yuebao.archive.bag._hold_against_manifest", lambda _: None)  # the manifest would tell first
    with pytest.raises(InputError, match="E111"):
        archive.import_bag(damaged)
    assert not any(kept().values())


def test_a_file_altered_in_the_database_is_found(chief):
    fill(chief)
    sql("UPDATE desk_storedclipping SET data = %s", b"other")
    assert [(f.kind, f.detail) for f in archive.verify()] == [("desk_file", f"StoredClipping {StoredClipping.objects.get().pk}")]


def test_nobody_keeps_in_the_folder_of_another():
    with pytest.raises(ValueError, match="desk"):
        beside.keep(beside.all_kept()[0])


def test_every_account_is_there_after_all(chief):
    fill(chief)
    assert set(Account.objects.values_list("name", flat=True)) == {"何令仪", "石桥"}
