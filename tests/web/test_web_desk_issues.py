"""The pages of an issue from opening to errata: plain forms, each leading back to a page that says what was done."""

import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yuebao.web.words import WORDS


def signed_in(name):
    """A browser in which the account is signed in."""
    from desk_issue import people
    from yuebao.web.desk import sessions

    client = Client(raise_request_exception=False)
    client.force_login(people()[name], sessions.BACKEND)
    session = client.session
    session[sessions.UNTIL] = int(time.time()) + 3600
    session.save()
    client.cookies["yuebao_session"] = session.session_key
    return client


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[-2000:]
    return answer.content.decode()


def sent(client, address, done=None, **fields):
    """Send a form; the page that it leads to, which says so by the words of the key `done`."""
    answer = client.post(address, fields, follow=True)
    assert answer.status_code == 200, answer.content.decode()[-2000:]
    text = answer.content.decode()
    if done:
        assert WORDS[done][0].split("{")[0] in text
    return text


def refused(client, address, status, code, **fields):
    answer = client.post(address, fields)
    assert answer.status_code == status
    assert code in answer.content.decode()


@pytest.fixture
def editor(home):  # noqa: ARG001
    return signed_in("editor")


NEW = {"title": "云陵月报", "year": "2026", "month": "1", "number": "1", "kind": "regular", "serial_number": "95"}


def test_opening(editor):
    assert WORDS["no_issue_in_hand"][0] in page(editor, "/desk/")
    sent(editor, "/desk/", "issue_opened", **NEW)
    refused(editor, "/desk/", 409, "E224", **NEW)
    refused(editor, "/desk/", 409, "E225", **{**NEW, "number": "3", "serial_number": "97"})
    refused(editor, "/desk/", 400, "E203", **{**NEW, "number": "二"})
    sent(editor, "/desk/", "issue_opened", **{**NEW, "number": "3", "serial_number": "97", "skip_reason": "2月停刊"})
    text = page(editor, "/desk/")
    assert 'value="4"' in text
    assert "2月停刊" in page(editor, "/desk/2/")
    assert page(signed_in("first"), "/desk/").count("<form") == 1  # signing out alone: who may not open sees no form


def test_the_way_of_an_issue(editor, monkeypatch):
    from desk_issue import opened, review_all, unset

    issue = opened()
    here = f"/desk/{issue.pk}/"
    text = page(editor, here)
    assert "尚差 3 条" in text
    sent(editor, here + "imprint/", "imprint_saved", seen=1, sponsor="云陵市委办公室", editors="主编 秦墨之\n编辑 卢清越", print_run="300")
    assert "主编 秦墨之" in page(editor, here + "imprint/")
    refused(editor, here + "imprint/", 409, "E222", seen=1, sponsor="别处")
    sent(editor, here + "numbers/", "issue_renumbered", seen=2, number="1", serial_number="95")
    sent(editor, here + "stage/", "stage_reached", seen=3, stage="submitted")
    refused(editor, here + "stage/", 409, "E223", seen=4, stage="final")
    review_all(issue)
    sent(editor, here + "stage/", "stage_reached", seen=4, stage="final")
    round_page = sent(editor, here + "rounds/", "round_kept", is_last="on")
    assert "付印样" in round_page
    step = issue.steps.get(kind="proof")
    assert page_bytes(editor, f"{here}steps/{step.pk}/file").startswith(b"%PDF-")
    secrecy = signed_in("secrecy")
    refused(secrecy, here + "secrecy/", 400, "E203", verdict="returned", note="")
    sent(secrecy, here + "secrecy/", "secrecy_kept", verdict="passed")
    unset(monkeypatch)
    signatory = signed_in("signatory")
    assert "还没有校对" in page(signatory, here + "signing/")
    assert "没有未处理" in page(signatory, here + "signing/?proof=1")
    refused(signatory, here + "signing/", 409, "E222", seen=1)
    text = sent(signatory, here + "signing/", "issue_signed", seen=6)
    assert "云陵月报（公开版）.pdf" in text
    refused(signatory, here + "signing/", 409, "E223", seen=7)


def page_bytes(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content


def test_what_was_done_on_paper_is_entered_by_an_editor(editor, monkeypatch):
    from desk_issue import people, ready, unset
    from yuebao.desk import issues

    unset(monkeypatch)
    issue, by = ready(), people()
    here = f"/desk/{issue.pk}/"
    scan = SimpleUploadedFile("审查表.png", b"\x89PNG\r\n\x1a\n...")
    text = sent(editor, here + "secrecy/paper/", "secrecy_kept", person=by["secrecy"].pk, verdict="passed", scan=scan)
    assert "editor 代录" in text
    refused(editor, here + "secrecy/paper/", 400, "E203", person=by["reader"].pk, verdict="passed")
    refused(editor, here + "signing/paper/", 400, "E227", person=by["signatory"].pk, seen=3, scan=SimpleUploadedFile("表.exe", b"MZ"))
    sent(editor, here + "signing/paper/", "issue_signed", person=by["signatory"].pk, seen=3)
    assert issues.get(issue.pk).signed_by.name == "signatory"


@pytest.fixture
def signed(editor, monkeypatch):  # noqa: ARG001
    from desk_issue import signed

    return signed(monkeypatch)


def test_distribution(editor, signed):
    here = f"/desk/{signed.pk}/"
    sent(editor, "/desk/recipients/", "recipient_kept", name="市委办公室", copies="2", mark="阅")
    sent(editor, "/desk/recipients/1/", "recipient_kept", copies="3", mark="阅件", is_active="on")
    text = sent(editor, here + "distribution/", "copies_sent")
    assert "No. 0003" in text
    sent(editor, here + "copies/", "copies_marked", copy=["1", "2"], what="received", receiver="卢清越")
    sent(editor, here + "copies/", "copies_marked", copy=["2"], what="returned")
    refused(editor, here + "copies/", 404, "E205", what="returned")
    sent(editor, here + "deposit/", "deposit_kept", to="市图书馆", copies="2", on="2026-02-01")
    reader = signed_in("reader")
    edition = signed.editions.get(edition="internal", format="docx")
    assert page_bytes(reader, f"{here}editions/{edition.pk}") == b"%PDF-1.7"
    assert "reader" in page(editor, here + "distribution/")
    assert reader.get(here + "distribution/").status_code == 403


def test_errata_are_shown_in_the_reading_room(editor, signed):
    here, key = f"/desk/{signed.pk}/", signed.archive_key
    sent(editor, here + "errata/", "erratum_kept", kind="correction", item="1", printed="3.2万亩", right="3.5万亩")
    refused(editor, here + "errata/", 400, "E226", kind="correction", item="2", printed="3.2万亩", right="3.5万亩")
    reader = signed_in("reader")
    beside = page(reader, f"/issue/{key}/1/")
    assert "勘误：“3.2万亩”应作“3.5万亩”" in beside
    assert "勘误" not in page(reader, f"/issue/{key}/2/")
    assert "勘误：“3.2万亩”应作“3.5万亩”" in page(reader, f"/issue/{key}/")
    sent(editor, here + "errata/1/withdraw/", "erratum_withdrawn")
    assert "应作" not in page(reader, f"/issue/{key}/1/")
    sent(editor, here + "errata/", "erratum_kept", kind="recall", reason="第2条有误")
    assert WORDS["is_recalled"][0] in page(reader, f"/issue/{key}/")


def test_papers(editor, signed):
    here = f"/desk/{signed.pk}/papers/"
    assert page(editor, here).count("</section>") == 6
    assert "何坊县新增客运班线2条" in page(editor, here + "reviews/")
    assert "致" in page(editor, here + "letter/?item=2&to=何坊县委办公室")
    assert page_bytes(editor, here + "receipts.docx").startswith(b"PK")
    assert page_bytes(editor, here + "reviews.csv").decode("utf-8-sig").startswith("序号,栏目,条题")
    assert editor.get(here + "reviews.exe").status_code == 404
    assert editor.get(here + "nothing/").status_code == 404


@pytest.mark.parametrize("address", ["", "1/", "1/imprint/", "1/signing/", "1/distribution/", "1/errata/", "1/papers/", "recipients/"])
def test_pages_speak_english_and_ask_a_fixed_number_of_queries(editor, signed, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        text = page(editor, f"/desk/{address}?lang=en")
    assert 'lang="en"' in text
    assert text.count("<h1") == 1
    assert signed.stage == "signed"
