"""期: numbers reserved once, gaps asked about, 稿次 in order, 保密审查 of the text as it stands, 核红 of every proof."""

import pytest

from yuebao.errors import UsageError
from yuebao.publish import publish


def refused(code, call, *args, **more):
    with pytest.raises(UsageError) as told:
        call(*args, **more)
    assert told.value.code == code
    return told.value


@pytest.fixture
def by(home):  # noqa: ARG001
    from desk_issue import people

    return people()


def opening(by, number, **more):
    from yuebao.desk import issues

    return issues.open_issue("云陵月报", more.pop("year", 2026), more.pop("month", 1), number, by=by["editor"], **more)


@pytest.mark.parametrize(("first", "second", "code"), [
    ({"number": 1}, {"number": 1}, "E224"),
    ({"number": 1}, {"number": 2}, None),
    ({"number": 1, "serial_number": 95}, {"number": 2, "serial_number": 95}, "E224"),
    ({"number": 1, "serial_number": 95}, {"number": 2, "serial_number": 96}, None),
    ({"number": 1, "serial_number": 95}, {"number": 2, "serial_number": 98}, "E225"),
    ({"number": 1, "serial_number": 95}, {"number": 2, "serial_number": 98, "skip_reason": "总期号更正"}, None),
    ({"number": 1}, {"number": 3}, "E225"),
    ({"number": 1}, {"number": 3, "skip_reason": "2月停刊"}, None),
    ({"number": 1}, {"number": 3, "skip_reason": "  "}, "E225"),
    ({"number": 1, "kind": "combined", "until_number": 2}, {"number": 2}, "E224"),
    ({"number": 1, "kind": "combined", "until_number": 2}, {"number": 3}, None),
    ({"number": 3, "kind": "combined", "until_number": 4}, {"number": 2, "kind": "combined", "until_number": 3}, "E224"),
    ({"number": 1}, {"number": 1, "kind": "supplement"}, None),
    ({"number": 12, "year": 2025}, {"number": 1}, None),
    ({"number": 12, "year": 2025}, {"number": 2}, "E225"),
    ({"number": 2}, {"number": 1}, None),
    ({"number": 7}, {"number": 0}, "E203"),
    ({"number": 7}, {"number": 8, "kind": "combined"}, "E203"),
    ({"number": 7}, {"number": 8, "until_number": 9}, "E203"),
    ({"number": 7}, {"number": 8, "kind": "combined", "until_number": 8}, "E203"),
    ({"number": 7}, {"number": 8, "month": 13}, "E203"),
])
def test_numbers_are_reserved(by, first, second, code):
    opening(by, **first)
    if code is None:
        assert opening(by, **second).pk
    else:
        refused(code, opening, by, **second)


@pytest.mark.usefixtures("year")
def test_a_number_that_the_archive_has_is_taken_and_its_cover_goes_on():
    from yuebao import archive
    from yuebao.archive.models import StoredIssue
    from yuebao.desk import numbers

    last = StoredIssue.objects.order_by("year", "number").last()
    assert numbers.next_of(last.series.title)[:2] == (last.year, last.number + 1)
    wanted = numbers.Wanted(last.series.title, last.year, 12, "regular", last.number)
    refused("E224", numbers.check_free, wanted)
    head = numbers.masthead_of(numbers.Wanted(last.series.title, last.year + 1, 1, "regular", 1))
    before = archive.show(last.key).masthead
    assert (head.sponsor, head.editors, head.number) == (before.sponsor, before.editors, 1)


def test_numbers_given_by_mistake_are_changed_and_free_again(by):
    from yuebao.desk import issues

    first, second = opening(by, 1, serial_number=95), opening(by, 2, kind="combined", until_number=3, serial_number=96)
    refused("E224", issues.renumber, second, 1, seen=1, by=by["editor"], until_number=2)
    refused("E225", issues.renumber, second, 3, seen=1, by=by["editor"], until_number=4, serial_number=96)
    refused("E203", issues.renumber, first, 1, seen=1, by=by["editor"], until_number=2)
    second = issues.renumber(second, 3, seen=1, by=by["editor"], until_number=4, serial_number=97, skip_reason="2月停刊")
    assert (second.masthead["number"], second.masthead["place_line"]) == (3, "第3—4期合刊")
    assert opening(by, 2, serial_number=96).pk
    assert issues.renumber(first, 1, seen=1, by=by["editor"], serial_number=94).serial_number == 94


@pytest.mark.parametrize(("kind", "until", "title", "place_line"), [
    ("regular", None, "云陵月报", None), ("combined", 2, "云陵月报", "第1—2期合刊"), ("supplement", None, "云陵月报增刊", None),
])
def test_what_stands_on_the_cover(by, kind, until, title, place_line):
    head = opening(by, 1, kind=kind, until_number=until).masthead
    assert (head["title"], head["place_line"]) == (title, place_line)


def test_stages_go_in_order_and_ask_for_what_they_want(by):
    from desk_issue import opened, review_all
    from yuebao.desk import issues

    bare = opening(by, 7)
    refused("E223", issues.advance, bare, "submitted", seen=1, by=by["editor"])
    issue = opened(number=8)
    refused("E223", issues.advance, issue, "final", seen=1, by=by["editor"])
    refused("E223", issues.advance, issue, "signed", seen=1, by=by["editor"])
    issue = issues.advance(issue, "submitted", seen=1, by=by["editor"])
    refused("E222", issues.advance, issue, "final", seen=1, by=by["editor"])
    refused("E223", issues.advance, issue, "final", seen=2, by=by["editor"])
    review_all(issue)
    issue = issues.advance(issue, "final", seen=2, by=by["editor"])
    issue = issues.advance(issue, "first_draft", seen=3, by=by["editor"], note="补一条")
    assert [(s.kind, s.value, s.note) for s in issue.steps.all()][1:] == [
        ("stage", "submitted", ""), ("stage", "final", ""), ("stage", "first_draft", "补一条")]


def test_secrecy_speaks_of_the_text_as_it_stood(by):
    from desk_issue import opened
    from yuebao.desk import issues, items, standing

    issue = opened()
    assert not standing.is_secrecy_passed(issue)
    refused("E203", issues.secrecy, issue, "returned", by=by["secrecy"])
    issues.secrecy(issue, "passed", by=by["secrecy"])
    assert standing.is_secrecy_passed(issue)
    item = issue.items.first()
    items.edit(item.pk, seen=item.version, by=by["editor"], text=item.text + "另有补充。")
    assert not standing.is_secrecy_passed(issue)
    issues.secrecy(issue, "passed", by=by["secrecy"])
    issues.secrecy(issue, "returned", by=by["secrecy"], note="第2条请核")
    assert not standing.is_secrecy_passed(issue)


def test_what_was_done_on_paper_is_entered_with_its_scan(by):
    from desk_issue import opened
    from yuebao.desk import issues, scans

    issue = opened()
    scan = scans.keep("审查表.png", b"\x89PNG\r\n\x1a\n...", by["editor"])
    done = issues.secrecy(issue, "passed", by=by["secrecy"], entered_by=by["editor"], scan=scan)
    assert (done.by.name, done.entered_by.name, done.scan.media_type) == ("secrecy", "editor", "image/png")
    for name, data in (("表.exe", b"MZ"), ("表.pdf", b"<html>"), ("表.pdf", b"%PDF-" + b"0" * 20_000_000)):
        refused("E227", scans.keep, name, data, by["editor"])


def test_cover_and_imprint_are_changed_within_their_fields(by):
    from yuebao.desk import issues

    issue = opening(by, 7)
    fields = {"sponsor": "云陵市委办公室", "print_run": 300, "editors": [{"role": "主编", "name": "秦墨之"}], "motto": ""}
    issue = issues.set_masthead(issue, fields, seen=1, by=by["editor"])
    assert (issue.masthead["sponsor"], issue.masthead["motto"], issue.masthead["number"]) == ("云陵市委办公室", None, 7)
    refused("E203", issues.set_masthead, issue, {"number": 9}, seen=2, by=by["editor"])
    refused("E203", issues.set_masthead, issue, {"print_run": "三百"}, seen=2, by=by["editor"])
    refused("E222", issues.set_masthead, issue, fields, seen=1, by=by["editor"])


def test_a_proof_shows_that_what_was_decided_is_carried_out_and_nothing_else_moved(by):
    from desk_issue import opened
    from yuebao.desk import issues, items, rounds

    issue = opened()
    refused("E223", issues.new_round, opening(by, 2), by=by["editor"])
    first = issues.new_round(issue, by=by["editor"])
    assert (rounds.name_of(first), first.details["decided"], first.details["findings"]) == ("一校样", 0, [])
    item = issue.items.get(number=1)
    items.edit(item.pk, seen=1, by=by["editor"], text=item.text.replace("3.2万亩", "3.5万亩"))
    items.create(issue, headline="漪河灯会开幕", text="1月28日，漪河灯会开幕。", column_path="民生", by=by["editor"])
    second = issues.new_round(issue, by=by["editor"])
    assert (rounds.name_of(second), second.details["decided"], second.details["carried_out"]) == ("二校样", 1, 1)
    assert second.details["findings"] == []
    last = issues.new_round(issue, by=by["editor"], is_last=True)
    assert [rounds.name_of(step) for step in rounds.rounds_of(issue)] == ["一校样", "二校样", "付印样"]
    assert bytes(last.scan.data).startswith(b"%PDF-")


def test_what_the_printer_left_or_moved_is_found(by):
    from desk_issue import opened
    from yuebao.desk import drafts, issues, items

    issue = opened()
    issues.new_round(issue, by=by["editor"])
    as_it_was, _ = drafts.draft_of(issue)
    item = issue.items.get(number=1)
    items.edit(item.pk, seen=1, by=by["editor"], text=item.text.replace("3.2万亩", "3.5万亩"))
    printed = publish(as_it_was, "pdf")
    done = issues.new_round(issue, by=by["editor"], printed=("印刷厂.pdf", printed))
    assert (done.details["decided"], done.details["carried_out"]) == (1, 0)
    assert [(f["code"], f["item"]) for f in done.details["findings"]] == [("H001", 1)]
    items.edit(item.pk, seen=2, by=by["editor"], text=item.text)
    other = drafts.draft_of(issue)[0]
    changed = publish(type(other).from_dict(_replaced(other.to_dict(), "开放至21时", "开放至20时")), "pdf")
    moved = issues.new_round(issue, by=by["editor"], printed=("印刷厂.pdf", changed))
    assert [f["code"] for f in moved.details["findings"]] == ["H002"]
    refused("E227", issues.new_round, issue, by=by["editor"], printed=("校样.doc", b"\xd0\xcf"))


@pytest.mark.parametrize(("old", "new"), [
    ("部署全市造林工作", "部署全市春季造林工作"), ("全年计划造林3.2万亩。", "全年计划造林3.2万亩。另有补充。"), ("1月8日", "1月18日"),
    ("部署全市造林工作。", ""), ("云陵市召开春季造林动员会，部署", "部署"), ("3.2万亩", "3.22万亩"),
])
def test_what_is_put_in_or_left_out_is_followed(by, old, new):
    from desk_issue import ITEMS
    from yuebao.desk import issues, items, rounds

    issue = issues.open_issue("云陵月报", 2026, 1, 1, by=by["editor"])
    column, headline, text = ITEMS[0]
    item = items.create(issue, headline=headline, text=text, column_path=column, by=by["editor"])
    before, _ = rounds.draft_of(issue)
    items.edit(item.pk, seen=1, by=by["editor"], text=text.replace(old, new, 1))
    now, _ = rounds.draft_of(issue)
    decisions = rounds.decided(before, now)
    for proof, carried_out, codes in ((now, len(decisions), set()), (before, 0, {"H001"})):
        found = rounds.pipeline.collate_files(("a.json", _document(before)), ("b.json", _document(proof)), decisions)
        assert len(found.carried_out) == carried_out
        assert {f.code for f in found.findings} == codes


def _document(issue):
    from yuebao.model import record_of, to_json

    return to_json(record_of(issue)).encode()


def _replaced(data, old, new):
    """The plain document with one word of its items put in the place of another of its length."""
    if isinstance(data, dict):
        return {key: _replaced(value, old, new) for key, value in data.items()}
    if isinstance(data, list):
        return [_replaced(value, old, new) for value in data]
    return data.replace(old, new) if isinstance(data, str) else data
