"""Saved searches: kept by name, listed, run again, forgotten; from the command line and from the page."""

import json
import zipfile

import pytest
from django.test import Client
from typer.testing import CliRunner

from yuebao import ask
from yuebao.ask.search_saved import arguments_of, forget_search, save_search, saved_search, saved_searches
from yuebao.cli import app
from yuebao.errors import ArchiveError, UsageError


@pytest.fixture
def town(home, stages):
    from yuebao import archive

    for name, text in (("april", stages.APRIL), ("may", stages.MAY)):
        (home.parent / f"{name}.txt").write_text(text, encoding="utf-8")
    assert [added.state for added in archive.add([home.parent / "april.txt", home.parent / "may.txt"])] == ["added"] * 2
    return home


@pytest.mark.usefixtures("town")
def test_a_search_is_kept_and_run_again():
    assert saved_searches() == {}
    save_search(" 防汛  备查 ", {"q": "防汛", "from": "2025-05-01", "csrf": "x", "page": "3", "column": ""})
    save_search("二", {"q": "-防汛"})
    assert saved_searches() == {"二": {"q": "-防汛"}, "防汛 备查": {"q": "防汛", "from": "2025-05-01"}}
    assert [hit.number for hit in ask.search(**arguments_of(saved_search("防汛 备查"))).hits] == [1]
    forget_search("二")
    assert list(saved_searches()) == ["防汛 备查"]


def test_a_backup_carries_them(town, tmp_path):
    from yuebao import archive

    save_search("防汛备查", {"q": "防汛"})
    archive.backup(tmp_path / "kept.zip")
    with zipfile.ZipFile(tmp_path / "kept.zip") as kept:
        name, = (name for name in kept.namelist() if name.endswith("searches.json"))
        assert kept.read(name) == (town / "searches.json").read_bytes()


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(("work", "code"), [
    (lambda: saved_search("无"), "E218"), (lambda: forget_search("无"), "E218"),
    (lambda: save_search("", {"q": "防汛"}), "E203"), (lambda: save_search("空", {"q": ""}), "E203"),
])
def test_what_cannot_be_kept_or_found_is_told(work, code):
    with pytest.raises(UsageError, match=code):
        work()


@pytest.mark.parametrize("text", ["{", "[]", '{"a": 1}'])
def test_a_damaged_file_is_told_and_left_alone(home, text):
    (home / "searches.json").write_text(text)
    with pytest.raises(ArchiveError, match="E401"):
        save_search("一", {"q": "防汛"})
    assert (home / "searches.json").read_text() == text


def run(*arguments):
    result = CliRunner().invoke(app, ["ask", *arguments])
    return result.exit_code, result.stdout


def test_from_the_command_line(town):
    home = ("--home", str(town))
    status, shown = run("search", "防汛", "不含:泵站", "--save", "会商", *home)
    assert (status, "郑文柏主持防汛会商" in shown, "何令仪" in shown) == (0, True, False)
    assert "会商  防汛 不含:泵站" in run("saved", *home)[1]
    assert json.loads(run("saved", "会商", "--json", *home)[1])["total"] == 1
    assert run("saved", "会商", "--forget", *home)[0] == 0
    assert run("saved", *home)[1].strip() == ""


@pytest.mark.usefixtures("town")
def test_from_the_page():
    reader = Client()
    reply = reader.post("/search/saved/", {"name": "防汛备查", "q": "防汛", "order": "date"})
    assert (reply.status_code, reply["Location"]) == (303, "/search/?q=%E9%98%B2%E6%B1%9B&order=date")
    html = reader.get(reply["Location"]).content.decode()
    assert 'aria-current="page">防汛备查</a>' in html
    assert "防汛备查" in reader.get("/search/").content.decode()
    assert reader.post("/search/saved/", {"forget": "防汛备查"}).status_code == 303
    assert "防汛备查" not in reader.get("/search/").content.decode()
    assert reader.post("/search/saved/", {"forget": "防汛备查"}).status_code == 404
    assert reader.post("/search/saved/", {"name": "外来", "q": "防汛"}, REMOTE_ADDR="10.0.0.7").status_code == 400
    assert Client(enforce_csrf_checks=True).post("/search/saved/", {"name": "外来", "q": "防汛"}).status_code == 400


# ---- the page ----


@pytest.mark.usefixtures("town")
def test_what_is_typed_into_the_fields_is_written_into_the_query():
    reply = Client().get("/search/", {"q": "防汛", "add_person": "郑文柏", "add_place": "", "add_project": "环湖 公路", "add_without": "泵站"})
    assert reply.status_code == 302
    from urllib.parse import parse_qs, urlsplit

    assert parse_qs(urlsplit(reply["Location"]).query) == {"q": ["防汛 人物：郑文柏 项目：“环湖 公路” -泵站"]}


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(("address", "said"), [
    ("?q=“防汛", "E215"), ("?q=color:red", "人物/person"), ("?q=日期：四月", "E217"),
    ("?q=环云湖路泵站通车", "相近的条目"), ("?q=防汛&month=2025-05", "2025年5月"), ("?month=odd", "odd"), ("?q=color:red&lang=en", "There is no field color"),
])
def test_what_the_page_says(address, said):
    reply = Client().get("/search/" + address)
    assert reply.status_code == 200
    assert said in reply.content.decode()


@pytest.mark.usefixtures("town")
def test_a_hit_opens_at_its_passage():
    reader = Client()
    hit, = ask.search("备足").hits
    address = f"/issue/{hit.issue}/{hit.number}/#at-{hit.passage}"
    from urllib.parse import quote

    assert quote(address, safe="/#-") + ":~:text=" in reader.get("/search/?q=备足").content.decode()
    assert f'id="at-{hit.passage}"' in reader.get(f"/issue/{hit.issue}/{hit.number}/").content.decode()
