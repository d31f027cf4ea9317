"""发送: numbered copies by recipient, once each; 签收 and 退回; a copy bears its mark on every page; every fetch is noted."""

import io
from datetime import date

import pypdfium2
import pytest

from yuebao.errors import InputError, UsageError
from yuebao.publish import Setting, publish
from yuebao.publish.copies import marked_copy


@pytest.fixture
def issue(home, monkeypatch):  # noqa: ARG001
    from desk_issue import signed

    return signed(monkeypatch)


def by(name="editor"):
    from desk_issue import people

    return people()[name]


def refused(code, call, *args, **more):
    with pytest.raises(UsageError) as told:
        call(*args, **more)
    assert told.value.code == code


def test_copies_are_numbered_by_recipient_and_nobody_is_sent_to_twice(issue):
    from desk_issue import send_to
    from yuebao.desk import distribution

    refused("E223", distribution.distribute, issue, by=by())
    send_to("市委办公室", copies=2, mark="阅")
    send_to("市档案馆")
    copies = distribution.distribute(issue, by=by())
    assert [(distribution.number_of(c), c.recipient.name) for c in copies] == [
        ("No. 0001", "市委办公室"), ("No. 0002", "市委办公室"), ("No. 0003", "市档案馆")]
    assert distribution.mark_of(copies[0]) == "No. 0001　市委办公室　阅"
    refused("E223", distribution.distribute, issue, by=by())
    send_to("市图书馆")
    assert [c.number for c in distribution.distribute(issue, by=by())] == [4]


def test_received_and_returned(issue):
    from desk_issue import send_to
    from yuebao.desk import distribution
    from yuebao.desk.models import IssueCopy

    send_to("市委办公室", copies=3)
    distribution.distribute(issue, by=by())
    assert distribution.received(issue, [1, 2], "卢清越", by=by()) == 2
    assert distribution.received(issue, [1, 2, 3], "秦墨之", by=by()) == 1
    assert distribution.returned(issue, [3], by=by()) == 1
    assert list(IssueCopy.objects.values_list("received_by", flat=True)) == ["卢清越", "卢清越", "秦墨之"]
    refused("E205", distribution.received, issue, [1, 9], "卢清越", by=by())
    refused("E205", distribution.returned, issue, [], by=by())
    refused("E203", distribution.received, issue, [1], " ", by=by())


def test_every_fetch_is_noted(issue):
    from desk_issue import send_to
    from yuebao.desk import distribution
    from yuebao.desk.models import AuditEntry, Fetch

    send_to("市委办公室")
    distribution.distribute(issue, by=by())
    edition = issue.editions.get(edition="public", format="pdf")
    assert distribution.fetch(issue, edition.pk, by=by("reader")) == edition
    copy, made_of = distribution.fetch_copy(issue, 1, by=by())
    assert (copy.number, made_of.edition, made_of.format) == (1, "internal", "pdf")
    assert list(Fetch.objects.values_list("by__name", "edition__edition")) == [("reader", "public"), ("editor", "internal")]
    assert AuditEntry.objects.last().action == "copy fetched"
    refused("E205", distribution.fetch, issue, 999, by=by())
    refused("E205", distribution.fetch_copy, issue, 7, by=by())


def test_only_a_signed_issue_is_sent(home):  # noqa: ARG001
    from desk_issue import opened, send_to
    from yuebao.desk import distribution

    issue = opened()
    send_to("市委办公室")
    refused("E223", distribution.distribute, issue, by=by())
    refused("E223", distribution.deposit, issue, "市图书馆", 2, date(2026, 2, 1), by=by())


def test_deposits_and_recipients(issue):
    from yuebao.desk import distribution, recipients

    distribution.deposit(issue, "市图书馆", 2, date(2026, 2, 1), by=by())
    assert [(s.note, s.value, s.details) for s in issue.steps.filter(kind="deposited")] == [("市图书馆", "2", {"on": "2026-02-01"})]
    one = recipients.add("市委办公室", 2, "阅", by=by())
    refused("E203", recipients.add, "市委办公室", 1, "", by=by())
    refused("E203", recipients.add, "市档案馆", 0, "", by=by())
    recipients.change(one.pk, by=by(), copies=5, mark="", is_active=False)
    one.refresh_from_db()
    assert (one.copies, one.mark, one.is_active) == (5, "", False)
    refused("E205", recipients.change, 99, by=by(), copies=1, mark="", is_active=True)


def test_a_copy_bears_its_mark_on_every_page_and_nothing_else_changes(home):  # noqa: ARG001
    from desk_issue import opened
    from yuebao.desk import drafts

    pdf = publish(drafts.draft_of(opened())[0], "pdf")
    line = "No. 0001　市委办公室　阅"
    before, after = (_texts(data) for data in (pdf, marked_copy(pdf, line, Setting())))
    assert len(before) == len(after)
    for plain, marked in zip(before, after, strict=True):
        left = marked
        for part in line.split("\u3000"):
            assert part in left
            left = left.replace(part, "", 1)
        assert "".join(left.split()) == "".join(plain.split())
    with pytest.raises(InputError, match="E501"):
        marked_copy(pdf, "No. 0001　\U0010fffd", Setting())


def _texts(pdf):
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    texts = []
    for page in document:
        words = page.get_textpage()
        texts.append(words.get_text_range())
        words.close()
    document.close()
    return texts
