"""The folder of web pages: the whole issue read back, every link has its place, nothing comes from outside, pages of others are read as they show."""

import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import PurePosixPath

import pytest
from playwright.sync_api import sync_playwright

import published
from material import TEXTS, reading
from published import HOSTILE, ISSUES, digests, read_back, yunling
from test_publish_tei import PIXEL
from yuebao.annotate import annotate
from yuebao.errors import InputError
from yuebao.model import Annotation, DateValue, OrganisationValue, PersonValue, PlaceValue
from yuebao.publish import Setting, html
from yuebao.read import markup, read
from yuebao.read.markup import parse_xml
from yuebao.structure import structure

SAMPLE = TEXTS[1]


@pytest.fixture(scope="module")
def folder():
    return html.write_html(reading(SAMPLE)[0], Setting())


class Page(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def values(self, name):
        return [attributes[name] for _, attributes in self.found if name in attributes]


def pages(folder):
    return {name: Page(data.decode()) for name, data in folder.items() if name.endswith(".html")}


@pytest.mark.parametrize("name", ISSUES)
def test_an_issue_reads_back(name):
    read_back("html", ISSUES[name], html.CANNOT_HOLD)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_real_issue_reads_back(path):
    read_back("html", reading(path)[0], html.CANNOT_HOLD)


def test_bytes_do_not_depend_on_the_machine():
    first, second = digests()
    assert first["html"] == second["html"]


@pytest.mark.parametrize("issue", [reading(TEXTS[0])[0], annotate(yunling.issue_with_extras()), HOSTILE["deep"], HOSTILE["columns without titles"]], ids=["sample", "extras", "deep", "untitled"])
def test_every_link_has_its_place_and_every_place_one_name(issue):
    found = pages(html.write_html(issue, Setting()))
    ids = {name: page.values("id") for name, page in found.items()}
    for name, page in found.items():
        assert len(ids[name]) == len(set(ids[name]))
        for link in page.values("href") + page.values("action"):
            target, _, fragment = link.partition("#")
            target = target or name
            assert target in found or target == "style.css", link
            assert not fragment or fragment in ids[target], link


def test_nothing_comes_from_outside_and_no_script_stands_in_a_page(folder):
    for name, data in folder.items():
        text = data.decode()
        assert not re.search(r"(?:src|href|action)=\"(?:[a-z]+:|//)|url\(|@import|fetch\(|XMLHttpRequest|eval\(|innerHTML", text), name
        if name.endswith(".html"):
            assert not re.search(r"<script(?![^>]* src=)|<style|\son\w+=|style=", text), name


def test_pages_are_well_formed_and_their_headings_in_order(folder):
    for name, page in pages(folder).items():
        parse_xml(folder[name].decode())
        levels = [int(tag[1]) for tag, _ in page.found if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1, name
        assert all(after - before <= 1 for before, after in pairwise(levels)), name
        tags = [tag for tag, _ in page.found]
        assert tags.count("main") == tags.count("title") == 1
        assert page.found[0] == ("html", {"lang": "zh-CN"})


def test_names_lead_to_every_passage_that_names_them(folder):
    issue = reading(SAMPLE)[0]
    text = folder["people.html"].decode()
    mentions = [(item.number, a.start, a.end) for item in issue.items() for a in item.annotations if a.layer == "person"]
    assert len(mentions) > 50
    assert [m for m in mentions if f'href="issue.html#person-{m[0]}-{m[1]}-{m[2]}"' not in text] == []


@pytest.mark.parametrize("name", ["odd characters", "markup", "spaces", "line ends", "tables without form"])
def test_pages_of_odd_issues_are_well_formed(name):
    for page, data in html.write_html(annotate(ISSUES[name]), Setting()).items():
        if page.endswith(".html"):
            parse_xml(data.decode())


LINK_IN_LINK = re.compile(r"<a [^>]*>(?:(?!</a>).)*<a ", re.DOTALL)


def test_links_never_stand_within_links(folder):
    assert not LINK_IN_LINK.search(folder["issue.html"].decode())


def test_names_that_overlap_leave_a_page_that_holds():
    """Annotations from elsewhere may stand twice, within one another, or cross."""
    spans = [("person", 0, 4), ("person", 0, 4), ("person", 0, 2), ("organisation", 0, 4), ("place", 2, 6), ("place", 3, 5), ("date", 1, 9)]
    values = {"person": PersonValue("甲"), "organisation": OrganisationValue("甲"), "place": PlaceValue("甲"), "date": DateValue("2025-05-06", "2025-05-06")}
    item = replace(published.items(("一二三四五六七八", ["文。"]))[0], annotations=tuple(Annotation(layer, a, b, values[layer], "x") for layer, a, b in spans))
    issue = published.odd(published.Column("要闻", items=(item,)))
    page = html.write_html(issue, Setting())["issue.html"].decode()
    parse_xml(page)
    assert not LINK_IN_LINK.search(page)
    ids = Page(page).values("id")
    assert len(ids) == len(set(ids))
    read_back("html", issue, html.CANNOT_HOLD)


def test_pictures_lie_in_the_folder_and_only_pictures():
    digest, other = hashlib.sha256(PIXEL).hexdigest(), hashlib.sha256(b"<svg/>").hexdigest()
    figures = (replace(published.FIGURE, item=1, sha256=digest, caption="说明"), replace(published.FIGURE, id="2", item=1, sha256=other))
    issue = published.odd(published.Column("要闻", items=published.items(("题", ["文。"]))), figures=figures)
    made = html.write_html(issue, Setting(pictures={digest: PIXEL, other: b"<svg/>"}))
    assert [name for name in made if PurePosixPath(name).parent.name] == [f"pictures/{digest}.png"]
    assert f'<img src="pictures/{digest}.png" alt="说明"/>' in made["issue.html"].decode()
    read_back("html", issue, html.CANNOT_HOLD)


def test_the_other_pages_of_the_folder_say_which_to_read(folder):
    with pytest.raises(InputError) as caught:
        read("index.html", folder["index.html"])
    assert caught.value.code == "E108"
    assert "issue.html" in caught.value.message()


def test_it_opens_from_disk_and_searches_without_network(folder, tmp_path):
    for name, data in folder.items():
        (tmp_path / name).write_bytes(data)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        asked, errors = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto((tmp_path / "index.html").as_uri())
        page.fill("#quick-q", "轴承 ２８个")
        page.click("form.quick button")
        page.wait_for_selector("#hits li")
        issue = reading(SAMPLE)[0]
        wanted = sum("轴承" in item.text and "28个" in item.text for item in issue.items())
        assert page.locator("#hits li").count() == wanted > 0
        assert page.locator("#hits mark").first.inner_text() in ("轴承", "28个")
        page.fill("#q", "<b>没有这个词")
        assert "没有" in page.inner_text("#found")
        page.goto((tmp_path / "search.html").as_uri() + "?q=" + "市")
        page.click("#hits li >> nth=0 >> a")
        page.wait_for_url("**/issue.html#item-*")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        browser.close()
    assert not errors
    assert all(url.startswith("file:") for url in asked)


FOREIGN = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>云陵市召开会议_云陵市人民政府网</title><style>p{{}}</style></head><body>
<nav><a href="/">首页</a></nav><div style="display: none">看不见</div><div class="c"><h1>云陵市召开会议</h1><p>来源：云陵日报<p>5月6日，<b>云陵市</b>
召开会议。<br>会议指出，要抓落实。</p><script>var x = "脚本";</script>
<table><tr><th>项<th>数<tr><td>甲<td>1</table><ul><li>一<li>二</ul><noscript>不显示</noscript></div><table><tr><td>整页<p>排版</p></td></tr></table></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gb18030"])
def test_another_page_is_read_as_it_shows(charset):
    source = read("x.html", FOREIGN.format(charset=charset).encode(charset))
    assert source.text.split("\n") == ["云陵市召开会议", "来源：云陵日报", "5月6日，云陵市 召开会议。", "会议指出，要抓落实。", "项\t数", "甲\t1", "一", "二", "整页", "排版", ""]
    assert [(mark.role, mark.value) for mark in source.marks] == [("table", '[["项", "数"], ["甲", "1"]]')]


@pytest.mark.parametrize(("page", "lines"), [
    ("<title>题_网站</title><body><p>文。</p></body>", ["题", "文。"]),
    ("<html><body>顶栏<article><h2>小题</h2><p>文。</p></article>页脚</body></html>", ["小题", "文。"]),
    ("<html><p>一<div>二<p>三</div>四<span hidden>五</span></html>", ["一", "二", "三", "四"]),
    ("<html><body>&lt;b&gt; &amp; &nbsp;文</body></html>", ["<b> & \xa0文"]),
])
def test_odd_pages(page, lines):
    assert read("x.html", ("<!doctype html>" + page).encode()).text.split("\n")[:-1] == lines


WORD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head><meta http-equiv=Content-Type content="text/html; charset=gb2312"><title>云陵月报</title><!--[if gte mso 9]><xml><o:p>看不见</o:p></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0} --></style></head><body lang=ZH-CN><div class=WordSection1><p class=MsoNormal><b><span style='font-family:黑体'>要闻</span></b></p>
<p class=MsoNormal><span lang=EN-US>5</span>月<span lang=EN-US>6</span>日，云陵市开会。<![if !supportEmptyParas]><o:p></o:p><![endif]></p></div></body></html>"""


def test_a_page_of_nothing_but_tags_is_refused(monkeypatch):
    monkeypatch.setattr(markup, "MOST_ELEMENTS", 1000)
    with pytest.raises(InputError) as caught:
        read("x.html", b"<html>" + b"<p>" * 1000)
    assert caught.value.code == "E108"


def test_a_page_saved_by_a_word_processor():
    source = read("x.htm", WORD.encode("gb2312"))
    assert source.text.split("\n")[:-1] == ["云陵月报", "要闻", "5月6日，云陵市开会。"]


@pytest.mark.parametrize(("text", "is_page"), [
    ("<!-- saved from url=(0014)about:internet -->\n<HTML><p>文", True), ("<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html>文</html>", True),
    ("云陵月报\n<html>是一种标记", False), ("<p>文</p>", False),
])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_what_passes_for_a_page(text, is_page, encoding):
    assert (read("x.txt", text.encode(encoding)).info.media_type == "text/html") is is_page


HOSTILE_PAGES = {
    "deep": b"<html>" + b"<div>" * 100_000, "attributes": b"<html><p " + b"a=1 " * 100_000 + b">", "tables": b"<html><table><tr><td>" * 20_000,
    "false marks": b"<html data-mark='column' data-level='9999999999'><p data-mark='table'><meta name='yuebao'><p data-mark='figure' data-value=''>",
    "false table": b"<html><table><tr></tr><tr></tr></table><table></table>",
}


@pytest.mark.parametrize("name", HOSTILE_PAGES)
def test_hostile_pages_are_read_for_what_they_show(name):
    source = read("x.html", HOSTILE_PAGES[name] + "文".encode())
    assert "文" in source.text
    structure(source)
