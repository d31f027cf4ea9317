"""The pages that answer: a question, the query changed by hand, the ledger; and what is said where nothing is held."""


import pytest
from django.test import Client


@pytest.fixture(scope="module")
def reader(year):  # noqa: ARG001
    """A reader of an archive of the sample year."""
    return Client(raise_request_exception=False)


def test_a_question_is_answered_with_its_passages(reader):
    page = reader.get("/ask/", {"q": "望川轴承产业园三期项目占地多少"}).content.decode()
    assert "望川轴承产业园三期项目占地，见载为420亩、480亩；各期说法不一，请核。" in page
    assert 'href="/issue/%E4%BA%91%E9%99%B5%E6%9C%88%E6%8A%A5-2025-02/10/"' in page
    assert "求：占地" in page


def test_the_query_can_be_changed(reader):
    page = reader.get("/ask/", {"q": "漪河大桥什么时候通车", "kind": "when", "subject": "漪河大桥", "act": "合龙"}).content.decode()
    assert "漪河大桥合龙，见载于2025年5月18日。" in page
    assert reader.get("/ask/", {"kind": "why"}).status_code == 400
    assert reader.get("/ask/", {"kind": "when", "first": "x"}).status_code == 400


@pytest.mark.parametrize("text", ["白云机场什么时候通车", "月亮有多远", "?" * 300, "<b>云</b>什么时候通车"])
def test_nothing_is_guessed(reader, text):
    answer = reader.get("/ask/", {"q": text})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "查无记载" in page or "没有读懂" in page
    assert "<b>" not in page


def test_the_forms_known_are_shown(reader):
    page = reader.get("/ask/").content.decode()
    assert "梁以宁任什么职务" in page  # of whom print speaks most often
    assert page.count("/ask/?q=") == 10
    assert "Ask" in Client().get("/ask/?lang=en").content.decode()


def test_the_ledger(reader):
    page = reader.get("/projects/").content.decode()
    assert page.count('class="clash"') == 3
    only = reader.get("/projects/?clash=1").content.decode()
    assert "鹭汀湖生态修复工程" not in only
    assert "望川轴承产业园三期项目" in only


def test_a_count_opens_to_its_items(reader):
    page = reader.get("/counts/?kind=county").content.decode()
    assert "<svg" in page
    assert "row=%E6%A2%A7%E5%B7%9D%E5%8E%BF" in page
    opened = reader.get("/counts/", {"kind": "county", "row": "梧川县", "column": "2025-11"}).content.decode()
    assert "《云陵月报》2025年第11期" in opened
    assert reader.get("/counts/?kind=person").status_code == 200
    assert "梁以宁" in reader.get("/counts/", {"kind": "person", "person": "梁以宁"}).content.decode()
    for format in ("csv", "svg", "png"):
        assert reader.get(f"/counts/?kind=month&format={format}").content
    assert reader.get("/counts/?kind=month&format=xls").status_code == 400
    assert reader.get("/counts/?kind=ranking").status_code == 400


# last: it leaves the process at another home
@pytest.mark.usefixtures("home")
def test_an_empty_archive():
    client = Client()
    assert "查无记载" in client.get("/ask/", {"q": "漪河大桥什么时候通车"}).content.decode()
    assert "查无记载" in client.get("/projects/").content.decode()
