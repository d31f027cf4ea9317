"""Decisions on findings from the item page: forms with a token, on this computer alone; without script."""

import re
from urllib.parse import quote, unquote

import pytest
from django.test import Client

from yuebao import archive, samples

APRIL = "云陵月报-2025-04"


@pytest.fixture
def desk(shelf):  # noqa: ARG001
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def first():
    return next((n, f) for n, f in enumerate(archive.findings_of(APRIL)) if f.item is not None)


def page(desk, item):
    return desk.get(f"/issue/{APRIL}/{item}/").content.decode()


def sent(desk, item, position, **form):
    html = page(desk, item)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)[1]
    seen = re.search(r'name="seen" value="([^"]+)"', html)[1]
    return desk.post(f"/issue/{APRIL}/{item}/finding/{position}/", {"csrfmiddlewaretoken": token, "seen": seen, **form})


def test_a_finding_is_waived_and_taken_up_again(desk):
    position, finding = first()
    answer = sent(desk, finding.item, position, decision="waive", reason="原样")
    assert (answer.status_code, answer.headers["Location"]) == (303, answer.headers["Location"])
    assert archive.findings_of(APRIL)[position].state == "waived"
    html = page(desk, finding.item)
    assert "已决定不采纳 1 处" in html
    assert "原样" in html
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)[1]
    assert desk.post(f"/issue/{APRIL}/{finding.item}/finding/{position}/",
                     {"csrfmiddlewaretoken": token, "decision": "unwaive"}).status_code == 303
    assert archive.findings_of(APRIL)[position].state == "open"


def test_waived_findings_are_counted_nowhere(desk):
    position, finding = first()
    before = desk.get("/").content.decode()
    sent(desk, finding.item, position, decision="waive", reason="原样")
    assert desk.get("/").content.decode() != before
    shown = desk.get(f"/issue/{APRIL}/").content.decode()
    assert finding.message not in shown or sum(f.message == finding.message for f in archive.findings_of(APRIL)) > 1


@pytest.mark.parametrize(("form", "status"), [
    ({"decision": "waive", "reason": ""}, 400), ({"decision": "nonsense"}, 400), ({}, 400),
    ({"decision": "waive", "reason": "原样", "seen": "sha256:other"}, 409),
])
def test_what_is_refused(desk, form, status):
    position, finding = first()
    answer = sent(desk, finding.item, position, **form)
    assert answer.status_code == status
    assert "Django" not in answer.content.decode()
    assert archive.findings_of(APRIL)[position].state == "open"


def test_a_form_from_elsewhere_is_refused(desk):
    position, finding = first()
    answer = desk.post(f"/issue/{APRIL}/{finding.item}/finding/{position}/", {"decision": "waive", "reason": "原样"})
    assert answer.status_code == 400
    assert "E206" in answer.content.decode()
    assert archive.findings_of(APRIL)[position].state == "open"


def test_another_computer_is_refused(desk):
    position, finding = first()
    html = page(desk, finding.item)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)[1]
    answer = desk.post(f"/issue/{APRIL}/{finding.item}/finding/{position}/",
                       {"csrfmiddlewaretoken": token, "decision": "waive", "reason": "原样"}, REMOTE_ADDR="10.1.2.3")
    assert answer.status_code == 400
    assert archive.findings_of(APRIL)[position].state == "open"


def test_the_address_is_not_for_reading(desk):
    position, finding = first()
    assert desk.get(f"/issue/{APRIL}/{finding.item}/finding/{position}/").status_code == 405


def test_the_forms_are_in_english_too(desk):
    _, finding = first()
    html = desk.get(f"/issue/{APRIL}/{finding.item}/?lang=en").content.decode()
    assert "Decide" in html
    assert "Waive" in html


def of_issue(desk, key=APRIL):
    return desk.get(f"/issue/{key}/").content.decode()


def posted(desk, address, html, **form):
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)[1]
    return desk.post(address, {"csrfmiddlewaretoken": token, **form})


def test_what_stands_in_no_item_is_decided_on_the_page_of_the_issue(desk):
    position, finding = next((n, f) for n, f in enumerate(archive.findings_of(APRIL)) if f.item is None)
    html, address = of_issue(desk), f"/issue/{APRIL}/finding/{position}/"
    assert f'action="{quote(address)}"' in html
    seen = re.search(r'name="seen" value="([^"]+)"', html)[1]
    answer = posted(desk, address, html, decision="waive", reason="目录从旧", seen=seen)
    assert (answer.status_code, unquote(answer.headers["Location"])) == (303, f"/issue/{APRIL}/")
    assert "目录从旧" in of_issue(desk)
    assert archive.findings_of(APRIL)[position] != finding
    assert posted(desk, address, of_issue(desk), decision="unwaive").status_code == 303
    assert archive.findings_of(APRIL)[position] == finding


def test_a_correction_is_put_back_from_the_page_of_the_issue(desk):
    (key,) = (added.key for added in archive.add([samples.paths()[1]]))
    position = next(n for n, f in enumerate(archive.findings_of(key)) if f.safe)
    text = archive.source_of(key).text
    archive.accept(key, [position])
    assert archive.source_of(key).text != text
    html = of_issue(desk, key)
    address = re.search(r'action="(/issue/[^"]+/revert/[0-9a-f]+/)"', html)[1]
    assert posted(desk, unquote(address), html).status_code == 303
    assert archive.source_of(key).text == text
    assert "/revert/" not in of_issue(desk, key)
