"""勘误 quotes what the archived item prints; 重印 and 收回 are kept; the record stays."""

import pytest

from yuebao.errors import UsageError


@pytest.fixture
def issue(home, monkeypatch):  # noqa: ARG001
    from desk_issue import signed

    return signed(monkeypatch)


def by():
    from desk_issue import people

    return people()["editor"]


def refused(code, call, *args, **more):
    with pytest.raises(UsageError) as told:
        call(*args, **more)
    assert told.value.code == code


def test_an_erratum_stands_beside_its_passage_and_the_record_stays(issue):
    from yuebao import archive
    from yuebao.desk import errata

    text = archive.show(issue.archive_key).items()[0].text
    errata.correct(issue, 1, "3.2万亩", "3.5万亩", by=by(), reason="以林业局数字为准")
    errata.correct(issue, 1, "春季造林动员会", "造林动员会", by=by())
    held = errata.beside(issue.archive_key, 1, text)
    assert [(one.printed, one.right) for one in held] == [("春季造林动员会", "造林动员会"), ("3.2万亩", "3.5万亩")]
    assert [text[one.start:one.end] for one in held] == ["春季造林动员会", "3.2万亩"]
    assert archive.show(issue.archive_key).items()[0].text == text
    assert errata.beside(issue.archive_key, 2, text) == ()


def test_what_is_not_printed_so_cannot_be_put_right(issue):
    from yuebao.desk import errata

    for item, printed, right, code in (
        (1, "3.3万亩", "3.5万亩", "E226"), (9, "3.2万亩", "3.5万亩", "E226"), (1, "", "3.5万亩", "E226"),
        (1, "3.2万亩", "", "E203"), (1, "3.2万亩", " 3.2万亩 ", "E203"),
    ):
        refused(code, errata.correct, issue, item, printed, right, by=by())
    assert errata.of_issue(issue) == []


def test_one_taken_back_stays_in_the_list(issue):
    from yuebao.desk import errata

    made = errata.correct(issue, 1, "3.2万亩", "3.5万亩", by=by())
    errata.withdraw(issue, made.pk, by=by())
    assert errata.of_archived(issue.archive_key) == []
    assert [one.is_withdrawn for one in errata.of_issue(issue)] == [True]
    refused("E205", errata.withdraw, issue, 99, by=by())


def test_reprint_and_recall(issue):
    from desk_issue import send_to
    from yuebao import archive
    from yuebao.desk import distribution, errata

    refused("E203", errata.reprint, issue, "第3页", "", by=by())
    errata.reprint(issue, "第3页", "漏排一行", by=by())
    errata.recall(issue, "第2条有误", by=by())
    refused("E223", errata.recall, issue, "再收回", by=by())
    assert distribution.is_recalled(issue)
    send_to("市委办公室")
    refused("E223", distribution.distribute, issue, by=by())
    assert [one.kind for one in errata.of_archived(issue.archive_key)] == ["reprint", "recall"]
    assert len(archive.show(issue.archive_key).items()) == 3


def test_only_a_signed_issue_is_put_right(home):  # noqa: ARG001
    from desk_issue import opened
    from yuebao.desk import errata

    issue = opened()
    refused("E223", errata.correct, issue, 1, "3.2万亩", "3.5万亩", by=by())
    refused("E223", errata.recall, issue, "有误", by=by())
