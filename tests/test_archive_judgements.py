"""Decisions on findings: accepted ones become a revision, waived ones stay away while their text stands; both are of the record."""

from dataclasses import replace

import pytest

from archive.homes import archive_at
from yuebao import archive, pipeline, samples
from yuebao.archive import audit, decisions
from yuebao.archive.models import Revision, StoredFinding, StoredIssue
from yuebao.errors import ArchiveError, UsageError
from yuebao.model import map_items, to_json

# every test speaks to an archive of its own
pytestmark = pytest.mark.usefixtures("shelf")
MAY = "云陵月报-2025-05"


@pytest.fixture(scope="module")
def stock(tmp_path_factory, new_home, django_db_blocker):
    folder = tmp_path_factory.mktemp("judged") / "home"
    with archive_at(folder, new_home, django_db_blocker):
        list(archive.add([samples.paths()[1]]))
    return folder


@pytest.fixture
def shelf(stock, tmp_path, django_db_blocker, monkeypatch):
    monkeypatch.setenv("YUEBAO_HOME", str(tmp_path / "home"))
    with archive_at(tmp_path / "home", stock, django_db_blocker) as folder:
        yield folder


def at(text):
    return next(n for n, f in enumerate(archive.findings_of(MAY)) if f.text == text)


def states():
    return {f.text: f.state for f in archive.findings_of(MAY)}


def faults():
    return [fault for issue in StoredIssue.objects.all() for fault in (*audit._record(issue), *audit._derived(issue))]


def test_an_accepted_finding_becomes_a_revision():
    before, source = archive.show(MAY), archive.source_of(MAY).text
    added = archive.accept(MAY, [at("，。")])
    after = archive.show(MAY)
    assert (added.state, added.key) == ("revised", MAY)
    assert archive.source_of(MAY).text == source.replace("，。", "。")
    assert [i.text for i in after.items()] == [i.text.replace("，。", "。") for i in before.items()]
    first, second = Revision.objects.filter(issue__key=MAY).order_by("sequence")
    assert (first.is_current, second.is_current) == (False, True)
    assert to_json(pipeline.read_bytes("may.txt", samples.paths()[1].read_bytes())[0].masthead) == to_json(after.masthead)
    assert "，。" not in states()
    assert faults() == []
    assert [(f.text, f.proposal, f.state) for f in archive.accepted(MAY)] == [("，。", "。", "accepted")]


def test_several_are_accepted_in_one_revision():
    positions = [n for n, f in enumerate(archive.findings_of(MAY)) if f.safe]
    archive.accept(MAY, positions, "何令仪")
    assert Revision.objects.filter(issue__key=MAY).count() == 2
    assert len(decisions.in_force("accept")) == 1
    assert decisions.in_force("accept")[0].decided_by == "何令仪"
    assert not any(f.safe for f in archive.findings_of(MAY))


def test_the_file_that_was_given_stays_as_it_was():
    data = samples.paths()[1].read_bytes()
    archive.accept(MAY, [at("，。")])
    assert samples.paths()[1].read_bytes() == data
    assert next(iter(archive.add([samples.paths()[1]]))).state == "unchanged"


def test_a_waived_finding_stays_away_and_says_why():
    archive.waive(MAY, at("截止目前"), " 引文原样 ")
    assert states()["截止目前"] == "waived"
    assert archive.standing(MAY).reasons == {at("截止目前"): "引文原样"}
    assert [s for s in states().values() if s != "open"] == ["waived"]
    assert faults() == []


def test_it_stays_away_after_a_rebuild_and_in_another_revision():
    archive.waive(MAY, at("截止目前"), "引文原样")
    archive.rebuild()
    assert states()["截止目前"] == "waived"
    assert faults() == []
    archive.accept(MAY, [at("，。")])  # in another item
    assert states()["截止目前"] == "waived"


def test_it_is_offered_again_where_the_text_changed(tmp_path):
    archive.waive(MAY, at("““"), "原样")
    other = next(n for n, f in enumerate(archive.findings_of(MAY)) if f.text == "，。")
    archive.waive(MAY, other, "原样")
    assert add_changed(tmp_path, lambda text: text.replace("，。", "又，。")) == "revised"
    assert states()["，。"] == "open"
    assert states()["““"] == "waived"


def add_changed(folder, change):
    """Add the issue with its source changed; what became of the file."""
    text = archive.source_of(MAY).text
    assert change(text) != text
    (folder / "may.txt").write_bytes(change(text).encode())
    return next(iter(archive.add([folder / "may.txt"]))).state


def test_it_stays_away_while_its_own_words_stand(tmp_path):
    """The rest of the item may change, by another correction or by hand."""
    position = at("截止目前")
    finding = archive.findings_of(MAY)[position]
    text = next(i.text for i in archive.show(MAY).items() if i.number == finding.item)
    archive.waive(MAY, position, "引文原样")
    assert add_changed(tmp_path, lambda source: source.replace(text[-14:], "又" + text[-14:])) == "revised"
    assert states()["截止目前"] == "waived"
    archive.unwaive(MAY, at("截止目前"))
    assert states()["截止目前"] == "open"


def test_a_waiver_of_one_issue_says_nothing_of_the_same_words_in_another(tmp_path):
    archive.waive(MAY, at("截止目前"), "引文原样")
    issue, _ = pipeline.read_bytes("may.txt", samples.paths()[1].read_bytes())
    item = next(i for i in issue.items() if "截止目前" in i.text)
    other = map_items(issue.columns, lambda i: replace(i, text=i.text + "又。") if i is item else i)
    (tmp_path / "other.json").write_text(to_json(replace(issue, columns=other, masthead=replace(issue.masthead, year=2024))), encoding="utf-8")
    added = next(iter(archive.add([tmp_path / "other.json"])))
    assert {f.text: f.state for f in archive.findings_of(added.key)}["截止目前"] == "open"


def test_a_waiver_is_taken_back():
    archive.waive(MAY, at("截止目前"), "引文原样")
    archive.unwaive(MAY, at("截止目前"))
    assert set(states().values()) == {"open"}
    assert decisions.in_force("waive") == ()
    assert faults() == []


def test_a_waiver_is_undone_by_its_number_as_any_decision():
    from yuebao.archive.register import deciding

    decided = archive.waive(MAY, at("截止目前"), "引文原样")
    deciding.undo(decided.digest[:8])
    assert set(states().values()) == {"open"}
    assert faults() == []


def revert(number=-1):
    from yuebao.archive.register import deciding

    return deciding.undo(decisions.in_force("accept")[number].digest, "何令仪")


def test_a_correction_is_taken_back_by_one_more_revision():
    before = archive.source_of(MAY).text
    archive.accept(MAY, [at("，。")])
    revert()
    assert archive.source_of(MAY).text == before
    assert [r.is_current for r in Revision.objects.filter(issue__key=MAY).order_by("sequence")] == [False, False, True]
    assert states()["，。"] == "open"
    assert (archive.accepted(MAY), archive.acceptances(MAY)) == ((), ())
    assert [d.kind for d in decisions.decisions()] == ["accept", "undo"]  # both are kept
    assert faults() == []
    archive.accept(MAY, [at("，。")])  # and may be accepted again
    assert "，。" not in states()
    assert Revision.objects.filter(issue__key=MAY).count() == 4


def test_what_was_corrected_later_elsewhere_stands():
    before = archive.source_of(MAY).text
    archive.accept(MAY, [at("，。")])
    archive.accept(MAY, [at("截止目前")])
    assert [a.changes for a in archive.acceptances(MAY)] == [(("截止目前", "截至目前"),), (("，。", "。"),)]
    revert(0)
    assert archive.source_of(MAY).text == before.replace("截止目前", "截至目前")


def test_what_was_changed_since_is_not_put_back(tmp_path):
    archive.accept(MAY, [at("截止目前")])
    assert add_changed(tmp_path, lambda text: text.replace("截至目前", "截至今日")) == "revised"
    with pytest.raises(UsageError) as error:
        revert()
    assert error.value.code == "E213"
    assert len(decisions.in_force("accept")) == 1
    assert "截至今日" in archive.source_of(MAY).text


@pytest.mark.parametrize(("before", "after", "now", "back"), [
    ("甲乙丙丁", "甲丙丁", "甲丙丁", "甲乙丙丁"),
    ("一二三四五六七八", "一二叁四五六七八", "零一二叁四五六七九", "零一二三四五六七九"),
    ("一二三四五六七八", "一二叁四五六七捌", "一二叁四五六七八", None),
    ("一二三四五六七八", "一二叁四五六七八", "一二四五六七八", None),
])
def test_putting_back(before, after, now, back):
    from yuebao.archive.judgements import put_back

    assert put_back(before, after, now) == back


def test_a_text_that_bears_a_mark_of_secrecy_is_not_taken(tmp_path):
    (tmp_path / "secret.txt").write_text("机密★1年\n" + samples.paths()[0].read_text(encoding="utf-8"), encoding="utf-8")
    added = next(iter(archive.add([tmp_path / "secret.txt"])))
    assert (added.state, added.error.code) == ("refused", "E110")
    assert StoredIssue.objects.count() == 1


def test_what_rests_on_other_issues_is_waived_like_the_rest(tmp_path):
    source = samples.paths()[1].read_text(encoding="utf-8")
    line = max(source.splitlines(), key=len)
    june = samples.paths()[2].read_text(encoding="gb18030")
    longest = max(june.splitlines(), key=len)
    (tmp_path / "june.txt").write_text(june.replace(longest, longest + line), encoding="utf-8")
    added = next(iter(archive.add([tmp_path / "june.txt"])))
    stored = archive.findings_of(added.key)
    beyond = archive.every_finding(added.key)[len(stored):]
    assert "X002" in {f.code for f in beyond}
    position = len(stored) + next(n for n, f in enumerate(beyond) if f.code == "X002")
    seen = archive.standing(added.key).seen
    archive.waive(added.key, position, "两期都刊", seen=seen)
    assert archive.every_finding(added.key)[position].state == "waived"
    assert archive.standing(added.key).reasons[position] == "两期都刊"
    archive.unwaive(added.key, position)
    assert archive.every_finding(added.key)[position].state == "open"
    archive.accept(MAY, [at("，。")])  # what it rests on is another by now
    assert faults() == []


def test_a_proof_of_a_file_follows_the_waivers():
    archive.waive(MAY, at("截止目前"), "引文原样")
    issue, source = pipeline.read_bytes("may.txt", samples.paths()[1].read_bytes())
    judged = archive.judged(issue, pipeline.proof_issue(issue, source))
    assert [f.text for f in judged.findings if f.state == "waived"] == ["截止目前"]


@pytest.mark.parametrize(("text", "code"), [("购和农村供水", "E212"), ("丰岭市赤岗矿区生态修复二期工程完工", "E212")])
def test_what_has_no_text_to_put_is_not_accepted(text, code):
    with pytest.raises(UsageError) as error:
        archive.accept(MAY, [at(text)])
    assert error.value.code == code
    assert Revision.objects.count() == 1
    assert decisions.decisions() == ()


def test_one_that_cannot_be_carried_out_stops_all():
    with pytest.raises(UsageError):
        archive.accept(MAY, [at("，。"), at("购和农村供水")])
    assert "，。" in states()


def test_a_page_that_was_left_open_does_not_decide_on_what_is_new():
    seen = Revision.objects.get(is_current=True).content_hash
    position = at("““")
    archive.accept(MAY, [at("，。")], seen=seen)
    for decide in (lambda: archive.accept(MAY, [position], seen=seen), lambda: archive.waive(MAY, position, "原样", seen=seen)):
        with pytest.raises(UsageError) as error:
            decide()
        assert error.value.code == "E211"


@pytest.mark.parametrize(("positions", "code"), [([999], "E211"), ([], "E211")])
def test_findings_that_are_not_there(positions, code):
    with pytest.raises(UsageError) as error:
        archive.accept(MAY, positions)
    assert error.value.code == code


def test_no_reason_no_waiver():
    with pytest.raises(UsageError) as error:
        archive.waive(MAY, 0, "  ")
    assert error.value.code == "E203"


def test_an_issue_that_is_not_there():
    with pytest.raises(ArchiveError) as error:
        archive.waive("没有这期", 0, "原样")
    assert error.value.code == "E404"


def test_an_issue_kept_without_its_source_is_not_corrected(tmp_path):
    issue, _ = pipeline.read_bytes("may.txt", samples.paths()[1].read_bytes())
    (tmp_path / "other.json").write_text(to_json(replace(issue, masthead=replace(issue.masthead, year=2024))), encoding="utf-8")
    added = next(iter(archive.add([tmp_path / "other.json"])))
    position = next(n for n, f in enumerate(archive.findings_of(added.key)) if f.text == "，。")
    with pytest.raises(UsageError) as error:
        archive.accept(added.key, [position])
    assert error.value.code == "E212"
    assert StoredFinding.objects.filter(data__state="open").count() == StoredFinding.objects.count()
