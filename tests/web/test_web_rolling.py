"""A year in the browser: every event with its fate, a person's decision, and the books to take away; briefs in one click."""

import io
import zipfile

import pytest
from django.test import Client

from yuebao.archive import decisions
from yuebao.ask import rolling


@pytest.fixture
def reader(year):  # noqa: ARG001
    return Client(SERVER_NAME="127.0.0.1")


def test_the_latest_year_is_found(reader):
    assert reader.get("/year/")["Location"] == "/year/2025/"


def test_every_event_has_its_fate_and_reason(reader):
    made = rolling.chronicle(2025)
    for fate in ("in", "into", "out"):
        page = reader.get(f"/year/2025/?fate={fate}").content.decode()
        assert page.count('<th scope="row" lang="zh-Hans"><a ') == min(len(made.of(fate)), 100)
        assert all(f.reason.replace("&", "&amp;") in page for f in made.of(fate)[:20])
    assert "覆盖情况" in page
    assert "Chronicle of 2025" in Client(SERVER_NAME="127.0.0.1").get("/year/2025/?lang=en").content.decode()


def test_a_person_decides_otherwise(reader):
    fated = rolling.chronicle(2025).of("out")[0]
    said = {"event": fated.event.name, "fate": "in", "reason": "全市首次", "by": "主编甲"}
    assert reader.post("/year/2025/", said)["Location"] == "/year/2025/?fate=in"
    try:
        again = next(f for f in rolling.chronicle(2025).events if f.event.name == fated.event.name)
        assert (again.fate, again.reason, again.decided_by) == ("in", "全市首次", "主编甲")
    finally:
        decisions.undo(decisions.decisions("chronicle")[-1].digest)


@pytest.mark.parametrize("said", [{"reason": "无人认定"}, {"by": "主编甲"}, {"reason": "甲", "by": "乙", "event": "无此条/1"}, {"reason": "甲", "by": "乙", "fate": "into"}])
def test_half_a_decision_is_none(reader, said):
    before = len(decisions.decisions())
    event = rolling.chronicle(2025).of("out")[0].event.name
    assert reader.post("/year/2025/", {"event": event, "fate": "in", **said}).status_code in (400, 404)
    assert len(decisions.decisions()) == before


@pytest.mark.parametrize("what", ["digest", "chronicle", "cited"])
def test_the_books_are_taken_away(reader, what):
    answer = reader.get(f"/year/2025/{what}/docx")
    assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()


@pytest.mark.parametrize("what", ["fates", "turns", "coverage"])
def test_the_tables_are_taken_away(reader, what):
    assert reader.get(f"/year/2025/{what}/csv").content.startswith("\ufeff".encode())


@pytest.mark.parametrize("address", [
    "/brief/search/docx?q=大桥", "/brief/answer/docx?q=漪河大桥什么时候通车", "/brief/project/docx?name=望川轴承产业园三期项目",
])
def test_a_brief_is_one_click_away(reader, address):
    page, _, asked = address.partition("/docx")
    where = {"/brief/search": f"/search/{asked}", "/brief/answer": f"/ask/{asked}", "/brief/project": "/projects/"}[page]
    assert f'href="{page}/docx?' in reader.get(where).content.decode()
    answer = reader.get(address)
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    text = zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()
    assert "《云陵月报》" in text


@pytest.mark.parametrize("address", ["/brief/search/docx?q=紫禁城紫禁城", "/brief/project/pdf?name=无", "/brief/answer/pdf", "/brief/x/pdf", "/year/1990/", "/year/2025/x/pdf", "/year/2025/digest/xls"])
def test_what_is_not_there_is_told(reader, address):
    assert reader.get(address).status_code in (400, 404)
