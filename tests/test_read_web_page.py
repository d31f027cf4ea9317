"""Saved web pages as copy: the article told from what surrounds it, the day and the site that the page states; with trafilatura and without."""

import contextlib
import sys
import time
from collections import Counter

import pytest

from yuebao import pipeline
from yuebao.errors import InputError
from yuebao.read import read, web_page
from yuebao.read.web_page import Page, is_page, page_of
from yuebao.text import squeeze

HEADLINE = "云陵市召开安全生产会议 部署春节前检查"
PARAGRAPHS = (
    "1月6日，云陵市召开安全生产会议，部署春节前检查。市长梁以宁出席会议并讲话，各县（市、区）负责人参加会议。",
    "会议指出，春节前后人流物流集中，要对矿山、燃气、商场、学校逐个过一遍，查出的问题当场交办、限期办结。",
    "会议强调，各级干部要到一线去，把该办的事办在节前，让群众过一个安稳的春节。",
)
PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{HEADLINE} - 云陵网</title>
<meta property="article:published_time" content="2026-01-07T08:27:00+08:00"><meta property="og:site_name" content="云陵网"></head><body>
<div class="menu"><ul><li><a href="/">首页</a></li><li><a href="/a">要闻</a></li><li><a href="/b">县区</a></li></ul></div>
<div class="main"><h1>{HEADLINE}</h1><p class="info">2026-01-07 08:27 来源：云陵网</p>
{"".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)}<p>责任编辑：洛宁远</p></div>
<div class="side"><h3>热门推荐</h3><ul><li><a href="/1">我市今起多云转晴</a></li><li><a href="/2">图说云陵冬日漪河</a></li></ul></div>
<div class="foot"><p>版权所有 云陵网 云ICP备12345678号</p></div></body></html>"""



@pytest.fixture(params=["with trafilatura", "without"])
def reading(request, monkeypatch):
    if request.param == "without":
        monkeypatch.setitem(sys.modules, "trafilatura", None)
    return request.param


def test_what_a_page_states(reading):
    page = page_of(PAGE.encode())
    assert (page.published_on, page.outlet) == ("2026-01-07", "云陵网")
    assert (page.main is None) == (reading == "without")


def test_the_article_is_copy_and_what_surrounds_it_is_left_out(reading):
    clipping = pipeline.take_copy("会议.html", PAGE.encode(), 1, origin_kind="reprinted")
    assert clipping.item.headline == HEADLINE
    assert all(paragraph in clipping.item.text for paragraph in PARAGRAPHS)
    assert not [word for word in ("来源：", "责任编辑", "版权所有", "图说云陵") if word in clipping.item.text]
    assert (clipping.dated_on, clipping.outlet) == ("2026-01-07", "云陵网")
    if reading == "with trafilatura":
        assert squeeze(clipping.item.text) == squeeze(HEADLINE + "".join(PARAGRAPHS))


@pytest.mark.usefixtures("reading")
def test_nothing_that_is_read_of_a_page_is_lost():
    clipping = pipeline.take_copy("会议.html", PAGE.encode(), 1)
    told = Counter(squeeze(clipping.item.text) + "".join(squeeze(out.text) for out in clipping.left_out))
    assert told == Counter(squeeze(read("会议.html", PAGE.encode()).text))


@pytest.mark.parametrize(("meta", "day"), [
    ('<meta name="publishdate" content="2026-01-07">', "2026-01-07"), ('<meta name="PubDate" content="2026/1/7 08:27">', "2026-01-07"),
    ('<meta itemprop="datePublished" content="2026年1月7日">', "2026-01-07"), ('<meta name="publishdate" content="2026-02-30">', None),
    ('<meta name="publishdate">', None), ('<meta name="description" content="2026-01-07">', None), ("", None),
])
def test_the_day_of_a_page(meta, day, monkeypatch):
    monkeypatch.setattr(web_page, "_article", lambda _: None)
    assert page_of(f"<html><head>{meta}</head><body>会议召开。</body></html>".encode()).published_on == day


@pytest.mark.usefixtures("reading")
def test_pages_in_gb18030_and_what_is_no_page():
    data = PAGE.replace("utf-8", "gb2312").encode("gb18030")
    assert pipeline.take_copy("会议.html", data, 1).item.headline == HEADLINE
    assert not is_page("甲.txt", "会议召开。".encode())
    assert page_of(b"\x00\xff<html") == Page(None, None, None)


@pytest.mark.parametrize("page", [
    "<html><body>" + "<p>" * 60_000, "<html><body>" + "<div>" * 20_000 + "会议" + "</div>" * 20_000, "<html><body>" + "<b><i>" * 5_000,
    "<html><body>" + "<p>会议召开。</p>" * 3_000, "<html>" + "<" * 500_000, "<html><!--" * 100_000, "<html a='" * 100_000, "<html><body>&" + "amp;" * 300_000,
], ids=["tags", "deep", "unclosed", "paragraphs", "brackets", "comments", "attributes", "entities"])
def test_hostile_pages(page):
    start = time.process_time()
    page_of(page.encode())
    with contextlib.suppress(InputError):
        pipeline.take_copy("页.html", page.encode(), 1)
    assert time.process_time() - start < 20


@pytest.mark.usefixtures("reading")
def test_scripts_styles_and_hidden_text_are_no_copy():
    page = PAGE.replace("</h1>", "</h1><script>alert('脚本')</script><style>p{}</style><p style='display:none'>藏着的字</p><iframe src='http://a.example/'></iframe>")
    text = pipeline.take_copy("会议.html", page.encode(), 1).item.text
    assert not [word for word in ("脚本", "p{}", "藏着", "a.example") if word in text]
