"""The item editor's services: every accepted edit is a version that stays, and two who write at once never overwrite each other."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, connections

from accounting import faults
from yuebao.compile.values import Clause
from yuebao.desk import accounts, compared, drafts, items
from yuebao.desk.models import AuditEntry, DeskFigure, DeskIssue, DeskItem, ItemVersion, Scan
from yuebao.errors import UsageError
from yuebao.model import from_json, to_json
from yuebao.read import read

TEXT = "1月5日，副市长郑文柏到何坊县调研春耕备耕工作。郑文柏察看了育秧大棚，询问农资供应情况。"


@pytest.fixture
def editor(home):  # noqa: ARG001
    return accounts.create("bianji", "秦墨之", "yuebao-demo-1", ["editor"], by=None)


@pytest.fixture
def issue(editor):
    return DeskIssue.objects.create(
        title="云陵月报", year=2026, month=1, number=1, serial_number=121, opened_at=datetime.now(UTC), opened_by=editor,
        masthead={"sponsor": "云陵市人民政府办公室", "editors": [{"role": "编辑", "name": "秦墨之"}]},
    )


def made(issue, by, headline="郑文柏到何坊县调研春耕备耕", text=TEXT, column="政务活动", **more):
    return items.create(issue, headline=headline, text=text, column_path=column, by=by, **more)


def versions(item):
    return list(ItemVersion.objects.filter(item=item).values_list("version", "headline", "text", "note"))


def refused(code, call, *args, **named):
    with pytest.raises(UsageError) as raised:
        call(*args, **named)
    assert raised.value.code == code


# ---- versions ----


def test_a_new_item_is_its_own_first_version(issue, editor):
    one, two = made(issue, editor), made(issue, editor, headline=" 又 一条\n", text=" 第一段。\r\n\r\n第二段。\0 ")
    assert (one.number, one.version, two.number) == (1, 1, 2)
    assert (two.headline, two.text) == ("又 一条", "第一段。\n第二段。")
    assert versions(one) == [(1, one.headline, TEXT, "")]
    assert AuditEntry.objects.last().subject == "2026-01 条目 2"


def test_an_edit_is_the_next_version_and_what_differs_not_is_none(issue, editor):
    item = made(issue, editor)
    same = items.edit(item.pk, seen=1, by=editor, headline=item.headline, text=TEXT + "\n")
    assert same.version == 1
    now = items.edit(item.pk, seen=1, by=editor, text="1月6日，改了。", note="日期")
    assert (now.version, now.headline, now.text) == (2, item.headline, "1月6日，改了。")
    assert versions(item)[1:] == [(2, item.headline, "1月6日，改了。", "日期")]


def test_who_saw_an_older_version_is_told_and_nothing_is_written(issue, editor):
    item = made(issue, editor)
    items.edit(item.pk, seen=1, by=editor, text="第二版。")
    refused("E222", items.edit, item.pk, seen=1, by=editor, text="另一个第二版。")
    refused("E222", items.restore, item.pk, 1, 1, editor)
    refused("E222", items.withdraw, item.pk, seen=1, by=editor, reason="重复")
    assert DeskItem.objects.get().text == "第二版。"
    assert len(versions(item)) == 2


def test_an_earlier_version_comes_back_as_the_next_one(issue, editor):
    item = made(issue, editor)
    items.edit(item.pk, seen=1, by=editor, text="第二版。", headline="另题")
    now = items.restore(item.pk, 1, 2, editor)
    assert (now.version, now.headline, now.text) == (3, item.headline, TEXT)
    assert versions(item)[2][3] == "恢复第 1 版"
    refused("E223", items.restore, item.pk, 9, 3, editor)


def test_what_is_withdrawn_keeps_its_history_and_is_taken_up_again(issue, editor):
    item = made(issue, editor)
    gone = items.withdraw(item.pk, seen=1, by=editor, reason="与上期重复")
    assert (gone.state, gone.version, drafts.items_in_order(issue)) == ("withdrawn", 2, [])
    refused("E223", items.edit, item.pk, seen=2, by=editor, text="改")
    back = items.take_up(item.pk, seen=2, by=editor)
    assert (back.state, back.version, drafts.items_in_order(issue)) == ("editing", 3, [item])
    refused("E223", items.take_up, item.pk, seen=3, by=editor)


def test_nothing_of_a_signed_issue_changes(issue, editor):
    item = made(issue, editor)
    DeskIssue.objects.update(signed_at=datetime.now(UTC))
    for call in (
        lambda: items.edit(item.pk, seen=1, by=editor, text="改"), lambda: items.restore(item.pk, 1, 1, editor),
        lambda: items.withdraw(item.pk, seen=1, by=editor, reason="撤"), lambda: items.take_up(item.pk, seen=1, by=editor),
        lambda: made(issue, editor),
    ):
        refused("E223", call)
    assert (DeskItem.objects.count(), ItemVersion.objects.count()) == (1, 1)


# ---- clauses ----


def test_clauses_go_with_their_words(issue, editor):
    text = items.whole("题", TEXT)
    at = text.index("郑文柏察看")
    first, second = Clause(2, at, 7, 0, at - 2), Clause(at, len(text), 8, 40, 40 + len(text) - at)
    item = made(issue, editor, headline="题", clauses=(first, second))
    now = items.edit(item.pk, seen=1, by=editor, text="县委书记何令仪陪同。" + TEXT.replace("询问", "了解"), headline="新的题")
    (kept,) = now.clauses
    whole = items.whole(now.headline, now.text)
    assert whole[kept["start"]:kept["end"]] == text[2:at]
    assert (kept["clipping"], kept["source_start"], kept["source_end"]) == (7, 0, at - 2)


# ---- two texts beside each other ----


DIFFERENCES = [
    ("", "", []),
    ("甲乙丙", "甲乙丙", [("same", "甲乙丙")]),
    ("到何坊县调研", "到云湖县调研", [("same", "到"), ("deleted", "何坊"), ("inserted", "云湖"), ("same", "县调研")]),
    ("投资3.2亿元", "投资32亿元", [("same", "投资"), ("deleted", "3.2"), ("inserted", "32"), ("same", "亿元")]),
    ("郑文柏出席", "何文仪出席", [("deleted", "郑文柏"), ("inserted", "何文仪"), ("same", "出席")]),
    ("会议召开。", "会议在云陵召开。", [("same", "会议"), ("inserted", "在云陵"), ("same", "召开。")]),
]


@pytest.mark.parametrize(("old", "new", "wanted"), DIFFERENCES)
def test_differences_word_by_word(old, new, wanted):
    found = compared.differences(old, new)
    assert [(piece.kind, piece.text) for piece in found] == wanted
    assert "".join(p.text for p in found if p.kind != "inserted") == old
    assert "".join(p.text for p in found if p.kind != "deleted") == new


MERGES = [
    # base, theirs, mine, merged, clashes
    ("甲，乙。丙。", "甲，乙二。丙。", "甲，乙。丙三。", "甲，乙二。丙三。", 0),
    ("甲，乙。丙。", "甲，乙。", "甲一，乙。丙。", "甲一，乙。", 0),
    ("甲，乙。", "甲，新的，乙。", "甲，乙。又一句。", "甲，新的，乙。又一句。", 0),
    ("甲，乙。", "甲，乙二。", "甲，乙三。", "甲，乙三。", 1),
    ("甲，乙。", "甲，乙二。", "甲，乙二。", "甲，乙二。", 0),
    ("甲。", "", "甲一。", "甲一。", 1),
    ("甲，丙。", "甲，乙，丙。", "甲，丁，丙。", "甲，丁，丙。", 1),
    ("甲。\n乙。", "甲。\n乙。\n丙。", "甲一。\n乙。", "甲一。\n乙。\n丙。", 0),
]


@pytest.mark.parametrize(("base", "theirs", "mine", "wanted", "clashes"), MERGES)
def test_two_changes_in_one_text(base, theirs, mine, wanted, clashes):
    found = compared.merged(base, theirs, mine)
    assert (found.text, len(found.clashes)) == (wanted, clashes)


# ---- the issue document ----


def test_the_issue_in_hand_is_a_document_whose_every_character_is_accounted_for(issue, editor):
    made(issue, editor, headline="", text="没有栏目的一条。", column="")
    table = {"after": 0, "rows": [["项目", "投资"], ["环云湖路", "3.2亿元"]], "caption": "重点项目"}
    one = made(issue, editor, column="要闻 / 会议")
    made(issue, editor, text="1月7日，甲会召开。\n1月8日，乙会召开。\n会议要求落实。", column="要闻")
    last = made(issue, editor, column="民生")
    items.edit(one.pk, seen=1, by=editor, tables=[table], is_internal=True)
    picture = Scan.objects.create(name="a.png", media_type="image/png", sha256="0" * 64, data=b"png", added_at=datetime.now(UTC), added_by=editor)
    DeskFigure.objects.create(item=last, picture=picture, caption="环云湖路通车", credit="秦墨之 摄")
    document, source = drafts.draft_of(issue)
    assert not faults(document, source.text)
    assert [(tuple(c.title for c in path), item.number) for path, item in document.walk()] == [
        ((None,), 1), (("要闻",), 2), (("要闻", "会议"), 3), (("民生",), 4)]
    by_number = {item.number: item for item in document.items()}
    assert [item.internal for item in document.items()] == [None, None, True, None]
    assert [entry.date.starts_on for entry in by_number[2].entries] == ["2026-01-07", "2026-01-08"]
    assert by_number[3].tables[0].rows[1] == ("环云湖路", "3.2亿元")
    assert [(figure.item, figure.caption) for figure in document.figures] == [(4, "环云湖路通车")]
    assert document.masthead.serial_number == 121
    assert {a.layer for a in by_number[4].annotations} >= {"person", "date"}
    assert from_json(to_json(document)) == document
    assert read(source.info.name, source.text.encode()).text == source.text
    assert to_json(drafts.draft_of(issue)[0]) == to_json(document)


# ---- many at once ----

WRITERS, EDITS = 20, 10


def test_twenty_writers_lose_no_accepted_edit(issue, editor):
    keys = [made(issue, editor, text=f"第{n}条。").pk for n in range(4)]
    accepted, lost, failed = [], [], []

    def write(writer):
        try:
            for n in range(EDITS):
                key, text = keys[(writer + n) % len(keys)], f"写者{writer}第{n}次。"
                seen = DeskItem.objects.values_list("version", flat=True).get(pk=key)
                try:
                    accepted.append((key, items.edit(key, seen=seen, by=editor, text=text).version, text))
                except UsageError as error:
                    lost.append(error.code)
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(n,)) for n in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert set(lost) <= {"E222"}
    assert len(accepted) + len(lost) == WRITERS * EDITS
    held = set(ItemVersion.objects.filter(version__gt=1).values_list("item_id", "version", "text"))
    assert held == set(accepted)
    for key in keys:
        numbers = list(ItemVersion.objects.filter(item=key).values_list("version", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
        assert DeskItem.objects.get(pk=key).version == numbers[-1]
    assert connection.vendor in ("sqlite", "postgresql")
