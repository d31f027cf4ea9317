"""三审: in order, of the text that was read, by three people unless the office has settled otherwise."""

from datetime import UTC, datetime

import pytest

from yuebao.desk import accounts, items, offices, reviews
from yuebao.desk.models import AuditEntry, DeskIssue, DeskItem, Review
from yuebao.errors import UsageError

LEVELS = ("first", "second", "final")


@pytest.fixture
def people(home, settings):  # noqa: ARG001
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    roles = {"editor": ["editor"], **{level: [f"{level}_reviewer"] for level in LEVELS}}
    return {name: accounts.create(name, f"{name}甲", "yuebao 2026 demo", of, by=None) for name, of in roles.items()}


@pytest.fixture
def issue(people):
    return DeskIssue.objects.create(
        title="云陵月报", year=2026, month=1, number=1, opened_at=datetime.now(UTC), opened_by=people["editor"])


@pytest.fixture
def item(issue, people):
    made = items.create(issue, headline="甲会召开", text="1月5日，甲会召开。", column_path="要闻", by=people["editor"])
    return reviews.submit(made.pk, seen=1, by=people["editor"])


def now(item):
    return DeskItem.objects.get(pk=item.pk)


def passed_by(people, item, *levels, seen=1):
    for level in levels:
        reviews.review(item.pk, level, "passed", seen=seen, by=people[level])


def refused(code, call, *args, **named):
    with pytest.raises(UsageError) as raised:
        call(*args, **named)
    assert raised.value.code == code
    return raised.value


def test_passed_three_times_in_order_it_is_passed(item, people):
    for level in LEVELS:
        assert not reviews.passed(now(item))
        passed_by(people, item, level)
    assert reviews.passed(now(item))
    assert [(made.level, made.by.name) for made in reviews.standing(now(item))] == [(level, level) for level in LEVELS]


# state, step of a review, whether it may be
OUT_OF_ORDER = [
    (0, "second", "passed"), (0, "final", "passed"), (0, "final", "returned"), (1, "first", "passed"), (1, "final", "passed"),
    (2, "first", "returned"), (2, "second", "passed"), (3, "final", "passed"), (3, "first", "passed"),
]


@pytest.mark.parametrize(("done", "level", "verdict"), OUT_OF_ORDER)
def test_no_review_is_given_out_of_order(item, people, done, level, verdict):
    passed_by(people, item, *LEVELS[:done])
    before = now(item).state
    refused("E223", reviews.review, item.pk, level, verdict, seen=1, by=people[level], note="理由")
    assert (now(item).state, Review.objects.count()) == (before, done)


def test_every_step_of_the_table_leads_to_a_state_that_is_known():
    assert {state for state, _ in reviews.STEPS} | set(reviews.STEPS.values()) <= reviews.STATES.keys()
    assert reviews.DONE.keys() == reviews.STATES.keys()
    assert all(reviews.STEPS[state, f"{level} passed"] for state, level in reviews.AWAITED.items())


def test_a_return_needs_its_reason_and_begins_all_anew(item, people):
    passed_by(people, item, "first", "second")
    refused("E223", reviews.review, item.pk, "final", "returned", seen=1, by=people["final"], note=" ")
    reviews.review(item.pk, "final", "returned", seen=1, by=people["final"], note="导语缺时间")
    assert (now(item).state, reviews.standing(now(item))) == ("editing", ())
    reviews.submit(item.pk, seen=1, by=people["editor"])
    assert reviews.standing(now(item)) == ()
    passed_by(people, item, "first")
    assert len(reviews.standing(now(item))) == 1
    assert Review.objects.count() == 4


def test_an_edit_after_reviews_takes_the_item_back_and_the_log_says_so(item, people):
    passed_by(people, item, *LEVELS)
    edited = items.edit(item.pk, seen=1, by=people["editor"], text="1月6日，甲会召开。")
    assert (edited.state, reviews.passed(edited), reviews.standing(edited)) == ("editing", False, ())
    assert '"state":["passed","editing"]' in AuditEntry.objects.last().details


@pytest.mark.parametrize("place", [{"column_path": "民生"}, {"is_internal": True}])
def test_another_place_in_print_takes_nothing_back(item, people, place):
    passed_by(people, item, *LEVELS)
    moved = items.edit(item.pk, seen=1, by=people["editor"], **place)
    assert (moved.version, reviews.passed(moved), len(reviews.standing(moved))) == (2, True, 3)


def test_a_review_is_of_the_version_that_was_seen(item, people):
    items.edit(item.pk, seen=1, by=people["editor"], column_path="民生")
    refused("E222", reviews.review, item.pk, "first", "passed", seen=1, by=people["first"])
    passed_by(people, item, "first", seen=2)


@pytest.mark.parametrize(("first", "again"), [("first", "second"), ("first", "final"), ("second", "final")])
def test_no_two_of_the_three_by_one_person(item, people, first, again):
    who = {**people, again: people[first]}
    for level in LEVELS[:LEVELS.index(again)]:
        passed_by(who, item, level)
    error = refused("E223", reviews.review, item.pk, again, "passed", seen=1, by=who[again])
    assert reviews.LEVELS[first][0] in error.message()
    offices.settle("reviews_by_three", False, None)
    made = reviews.review(item.pk, again, "passed", seen=1, by=who[again], note="可用")
    assert made.note.startswith("可用（")
    assert reviews.LEVELS[first][0] in made.note


def test_who_passed_an_earlier_text_may_pass_another_level_of_the_new_one(item, people):
    passed_by(people, item, "first", "second")
    items.edit(item.pk, seen=1, by=people["editor"], text="1月6日，甲会召开。")
    reviews.submit(item.pk, seen=2, by=people["editor"])
    who = {**people, "first": people["second"], "second": people["first"]}
    passed_by(who, item, "first", "second", seen=2)
    assert now(item).state == "second_passed"


def test_the_editor_takes_back_what_nobody_has_reviewed(item, people):
    reviews.recall(item.pk, seen=1, by=people["editor"])
    assert now(item).state == "editing"
    reviews.submit(item.pk, seen=1, by=people["editor"])
    passed_by(people, item, "first")
    refused("E223", reviews.recall, item.pk, seen=1, by=people["editor"])


def test_the_sheet_has_every_item_in_order_with_its_three_reviews(issue, item, people):
    passed_by(people, item, "first", "second")
    other = items.create(issue, headline="乙", text="乙。", column_path="要闻", by=people["editor"])
    gone = items.create(issue, headline="丙", text="丙。", column_path="要闻", by=people["editor"])
    items.withdraw(gone.pk, seen=1, by=people["editor"], reason="重复")
    rows = reviews.sheet(issue)
    assert [row[0].pk for row in rows] == [item.pk, other.pk]
    assert [[made and made.level for made in row[1]] for row in rows] == [["first", "second", None], [None, None, None]]


def test_what_waits_for_which_review(issue, item, people):
    assert reviews.waiting_counts(issue) == (1, 0, 0)
    passed_by(people, item, "first")
    assert reviews.waiting_counts(issue) == (0, 1, 0)
    ((found, done),) = reviews.waiting(issue, "second")
    assert (found, [made.level for made in done]) == (item, ["first"])


def test_nothing_is_reviewed_once_the_issue_is_signed(issue, item, people):
    DeskIssue.objects.filter(pk=issue.pk).update(signed_at=datetime.now(UTC))
    refused("E223", reviews.review, item.pk, "first", "passed", seen=1, by=people["first"])
    refused("E223", reviews.recall, item.pk, seen=1, by=people["editor"])
    refused("E223", reviews.send_back, item.pk, seen=1, by=people["first"], note="核")
