"""The order of the items of an issue: one number for all, the items of a column together, whoever moves what."""

import random
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from yuebao.desk import accounts, board, drafts, items, ordering
from yuebao.desk.models import DeskIssue, DeskItem
from yuebao.errors import UsageError


@pytest.fixture
def editor(home):  # noqa: ARG001
    return accounts.create("editor", "秦墨之", "yuebao 2026 demo", ["editor"], by=None)


@pytest.fixture
def issue(editor):
    return DeskIssue.objects.create(title="云陵月报", year=2026, month=1, number=1, opened_at=datetime.now(UTC), opened_by=editor)


def fill(issue, by, *columns):
    return [items.create(issue, headline=f"{n}", text="文。", column_path=c, by=by) for n, c in enumerate(columns, 1)]


def stands(issue):
    return [(item.column_path, item.number) for item in drafts.items_in_order(issue)]


PLACED = [
    # columns of the items as they are made, and how they stand
    (["要闻", "民生", "要闻"], [("要闻", 1), ("要闻", 3), ("民生", 2)]),
    (["要闻 / 会议", "民生", "要闻 / 调研"], [("要闻 / 会议", 1), ("要闻 / 调研", 3), ("民生", 2)]),
    (["要闻 / 会议", "要闻", "民生 / 卫生"], [("要闻", 2), ("要闻 / 会议", 1), ("民生 / 卫生", 3)]),
    (["民生", "", "民生"], [("", 2), ("民生", 1), ("民生", 3)]),
]


@pytest.mark.parametrize(("columns", "wanted"), PLACED)
def test_a_new_item_stands_at_the_end_of_its_column(issue, editor, columns, wanted):
    fill(issue, editor, *columns)
    assert stands(issue) == wanted


def test_an_item_goes_before_another_or_to_the_end(issue, editor):
    one, two, three, four = fill(issue, editor, "要闻", "要闻", "要闻", "民生")
    board.move(three.pk, "要闻", one.pk, 1, editor)
    assert [n for _, n in stands(issue)] == [3, 1, 2, 4]
    board.move(one.pk, "民生", four.pk, 1, editor)
    assert stands(issue) == [("要闻", 3), ("要闻", 2), ("民生", 1), ("民生", 4)]
    board.move(one.pk, "民生", None, 2, editor)
    assert [n for _, n in stands(issue)] == [3, 2, 4, 1]
    # the one to stand before has gone to another column meanwhile: the end, then
    board.move(two.pk, "民生", three.pk, 1, editor)
    assert [n for _, n in stands(issue)] == [3, 4, 1, 2]


def test_one_place_up_and_down_stays_within_its_column(issue, editor):
    one, two, three, _ = fill(issue, editor, "要闻", "要闻", "要闻", "民生")
    for item, way, wanted in ((three, -1, [1, 3, 2, 4]), (one, 1, [3, 1, 2, 4]), (two, 1, [3, 1, 2, 4]), (three, -1, [3, 1, 2, 4])):
        board.step(item.pk, way, 1, editor)
        assert [n for _, n in stands(issue)] == wanted
    assert set(DeskItem.objects.values_list("version", flat=True)) == {1}


def test_whoever_saw_another_version_moves_nothing(issue, editor):
    one, two = fill(issue, editor, "要闻", "要闻")
    items.edit(one.pk, seen=1, by=editor, text="改。")
    for call in (lambda: board.move(one.pk, "民生", None, 1, editor), lambda: board.step(one.pk, 1, 1, editor)):
        with pytest.raises(UsageError) as raised:
            call()
        assert raised.value.code == "E222"
    assert stands(issue) == [("要闻", 1), ("要闻", 2)]
    DeskIssue.objects.update(signed_at=datetime.now(UTC))
    with pytest.raises(UsageError) as raised:
        board.move(two.pk, "民生", None, 1, editor)
    assert raised.value.code == "E223"


def test_moved_many_times_the_columns_stay_together_and_the_places_apart(issue, editor):
    rng = random.Random(7)
    columns = ["要闻", "要闻 / 会议", "民生", "民生 / 卫生", "科教"]
    keys = [item.pk for item in fill(issue, editor, *(rng.choice(columns) for _ in range(12)))]
    for _ in range(40):
        item, other = DeskItem.objects.get(pk=rng.choice(keys)), DeskItem.objects.get(pk=rng.choice(keys))
        column = other.column_path if rng.random() < .7 else rng.choice(columns)
        board.move(item.pk, column, other.pk if other != item else None, item.version, editor)
        rows = list(DeskItem.objects.order_by("position").values_list("column_path", "position"))
        paths = [path for path, _ in rows]
        assert all(paths[n] not in paths[:n] or paths[n] == paths[n - 1] for n in range(1, len(paths)))
        assert len({position for _, position in rows}) == len(rows)


def test_places_that_come_too_near_are_numbered_anew(issue, editor):
    one, two, three = fill(issue, editor, "要闻", "要闻", "要闻")
    for n in range(40):  # each goes into half of the room that is left
        board.move((one, two)[n % 2].pk, "要闻", three.pk, 1, editor)
    rows = list(DeskItem.objects.order_by("position").values_list("position", flat=True))
    assert min(b - a for a, b in pairwise(rows)) >= ordering.CLOSEST / 4


def test_columns_and_neighbours(issue, editor):
    one, two, three = fill(issue, editor, "要闻", "民生", "要闻")
    assert board.columns_of(issue) == ("要闻", "民生")
    assert [beside.number for beside in board.neighbours(three)] == [one.number, two.number]
    assert board.neighbours(one)[0] is None
    items.withdraw(two.pk, seen=1, by=editor, reason="重复")
    assert board.neighbours(DeskItem.objects.get(pk=two.pk)) == (None, None)
    assert [line.number for line in board.withdrawn(issue)] == [2]


# ---- columns ----

MOVED = [
    # column, way, and how the columns stand then; they are 要闻, 要闻 / 会议, 要闻 / 调研, 民生, 科教
    ("民生", -1, ["民生", "要闻", "要闻 / 会议", "要闻 / 调研", "科教"]),
    ("要闻", 1, ["民生", "要闻", "要闻 / 会议", "要闻 / 调研", "科教"]),
    ("要闻 / 调研", -1, ["要闻", "要闻 / 调研", "要闻 / 会议", "民生", "科教"]),
    ("要闻 / 会议", -1, ["要闻", "要闻 / 会议", "要闻 / 调研", "民生", "科教"]),
    ("科教", 1, ["要闻", "要闻 / 会议", "要闻 / 调研", "民生", "科教"]),
    ("没有的", 1, ["要闻", "要闻 / 会议", "要闻 / 调研", "民生", "科教"]),
]


@pytest.mark.parametrize(("column", "way", "wanted"), MOVED)
def test_a_column_goes_up_and_down_with_what_is_in_it(issue, editor, column, way, wanted):
    fill(issue, editor, "要闻", "要闻 / 会议", "要闻 / 调研", "民生", "科教", "要闻", "民生")
    board.step_column(issue, column, way, editor)
    assert list(dict.fromkeys(path for path, _ in stands(issue))) == wanted
    assert sorted(DeskItem.objects.values_list("version", flat=True)) == [1] * 7


HOUSE = ["要闻", "产业 / 工业", "产业 / 农业", "民生 / 卫生", "民生 / 教育", "县区"]


@pytest.mark.parametrize("columns", [HOUSE[::-1], ["县区", "民生 / 教育", "要闻"], ["产业 / 农业", "产业 / 工业", "民生 / 卫生"], HOUSE[2:] + HOUSE[:2]])
def test_columns_stand_as_the_last_issue_in_print_had_them(issue, editor, monkeypatch, columns):
    monkeypatch.setattr(ordering, "columns_in_print", lambda _: HOUSE)
    fill(issue, editor, *columns)
    assert [path for path, _ in stands(issue)] == [path for path in HOUSE if path in columns]


def test_a_column_that_print_never_had_stands_with_its_kin_else_last(issue, editor, monkeypatch):
    monkeypatch.setattr(ordering, "columns_in_print", lambda _: HOUSE)
    fill(issue, editor, "民生 / 卫生", "要闻", "专题", "要闻 / 新设", "县区")
    assert [path for path, _ in stands(issue)] == ["要闻", "要闻 / 新设", "民生 / 卫生", "县区", "专题"]
