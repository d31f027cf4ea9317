"""The pages of the reading room: what stands on each, in how many queries, in both languages, and what is said when something is wrong."""

import re
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from web_shelf import put_april, put_may

from yuebao.archive import fulltext, register
from yuebao.errors import ArchiveError

APRIL, MAY = "/issue/云陵月报-2025-04/", "/issue/云陵月报-2025-05/"
PAGES = ["/", "/?year=2025", APRIL, APRIL + "1/", APRIL + "2/", APRIL + "source", "/issue/云陵日志-2025-04-03/1/", "/search/",
         "/search/?q=茶", "/search/?q=紫禁城", "/person/郑文柏/", "/nowhere", "/person/无名氏/"]


@pytest.fixture
def reader(shelf):  # noqa: ARG001
    return Client(raise_request_exception=False)


def seen(response):
    """What is read on a page, white space made one."""
    html = response.content.decode()
    body = re.sub(r"(?s)<head>.*?</head>", "", html)
    return re.sub(r"\s+", " ", unescape(re.sub("<[^>]*>", " ", body)))


def between(text, start, end):
    return text[text.index(start):text.index(end)]


def test_the_issues_held(reader):
    text = seen(reader.get("/"))
    assert "馆藏各期 3 期，4 条" in text
    daily, monthly = text.index("云陵日志"), text.index("云陵月报 云陵市")
    assert daily < text.index("2025年4月3日 1 条 无校对意见") < monthly
    assert "第5期 总第87期 1 条 必改 1" in text
    assert "第4期 总第86期 2025年5月8日 2 条 必改 2 建议 1 存疑 2" in text
    assert text.index("第5期") < text.index("第4期")  # the latest first


def test_one_year_of_the_issues(reader):
    assert "第4期" in seen(reader.get("/?year=2025"))
    assert "第4期" not in seen(reader.get("/?year=1999"))
    assert "第4期" in seen(reader.get("/?year=x"))
    assert reader.get("/?year=" + "9" * 30).status_code == 200


def test_many_issues_are_shown_a_year_at_a_time(reader, monkeypatch):
    from yuebao.archive.models import StoredIssue
    from yuebao.web import pages

    monkeypatch.setattr(pages, "SHOWN_AT_ONCE", 2)
    StoredIssue.objects.filter(key="云陵月报-2025-04").update(year=2024)
    text = seen(reader.get("/"))
    assert "第5期" in text
    assert "第4期" not in text
    assert "2025 2 2024 1" in text  # the years, with how many issues each
    assert "3 期，4 条" in text


@pytest.mark.usefixtures("home")
def test_an_empty_archive_says_what_to_do():
    text = seen(Client().get("/"))
    assert "还没有入库任何一期" in text
    assert "yuebao archive add" in text


def test_an_issue(reader):
    text = seen(reader.get(APRIL))
    assert "内部资料 免费交流 云陵月报 2025年第4期 （总第86期） 云陵市方志办公室 2025年5月8日 2 条 必改 2 建议 1 存疑 2" in text
    assert "卷首语 记一月之事，备百年之用。 ——《云陵旧志》" in text
    contents = between(text, "目录 要闻", "校对意见 必改")
    assert "要闻 山间茶事 第6页 6 必改 1 建议 1 存疑 1" in contents
    assert "各县 北乡 石桥通车 第9页 9 存疑 1" in contents
    assert "主办 云陵市方志办公室 主编 时逢春 夏至安 校对 冬青禾 编印日期 2025年5月8日" in text
    assert "S301 “北乡”的层级是推断的 原文第13行" in text
    assert "第 1 版（现行） yunling_2025_04.txt 入库时间 2025-06-01 16:00" in text


def test_the_findings_of_an_issue_stand_by_severity_with_their_places(reader):
    page = seen(reader.get(APRIL))
    findings = page[page.index("校对意见 必改"):]
    assert "第1条 第6页 原文第7行 必改 目录条题与正文不同 C001" in findings
    assert "封面、目录 原文第3行 必改 总期号与上期不衔接 C005" in findings
    assert "在坡上等他 → 改为 在坡上等候 W001 依据： 体例一致" in findings
    assert "郑文柏问" in findings
    assert findings.index("必改 2") < findings.index("建议 1") < findings.index("存疑 2")


@pytest.mark.usefixtures("home")
def test_findings_that_say_the_same_stand_once():
    put_may(items=4)
    text = seen(Client().get(MAY))
    assert text.count("请核对") == 2  # the odd one of the first item, and one for the four others
    assert all(f"第{n}条" in text for n in range(1, 6))


def test_an_item(reader):
    response = reader.get(APRIL + "1/")
    text, html = seen(response), response.content.decode()
    assert "云陵月报 2025年第4期 要闻 第6页 山间茶事 目录作： 山间的茶事" in text
    assert "郑文柏 副市长 何令仪 茶农" in text
    assert "《云陵月报》2025年第4期（总第86期）第6页" in text
    assert '<time class="date" datetime="2025-04-03">4月3日</time>' in html
    assert html.count('class="person" href="/person/%E9%83%91%E6%96%87%E6%9F%8F/"') == 3  # twice in the text, once in the list
    assert "下一条 石桥通车" in text
    assert "上一条" not in text
    assert html.count('<p lang="zh-Hans">') == 2


def test_a_column_leads_to_its_other_items(reader):
    html = unescape(reader.get(APRIL + "2/").content.decode())
    head = between(html, 'class="running-head"', "</nav>\n<article")
    addresses = re.findall('href="(/search/[^"]*)"', head)
    assert [re.findall("<h3", reader.get(address).content.decode()) != [] for address in addresses] == [True, True]  # 各县, 北乡


def test_findings_stand_beside_their_passage(reader):
    html = reader.get(APRIL + "1/").content.decode()
    first = between(html, "4月3日", "清明前")
    assert 'class="doubt warning">在坡上等他</mark><sup class="ref warning"><a href="#note-1"' in first
    assert 'id="note-1"' in first
    assert 'id="note-2"' in first
    assert "<q>郑文柏问</q>" not in first  # marked in the text: not said again
    whole = html[html.index('class="other-notes"'):]
    assert "目录条题与正文不同" in whole
    assert 'id="note-3"' in whole


def test_a_text_is_shown_as_it_is(reader):
    html = reader.get(APRIL + "2/").content.decode()
    assert "&lt;值守&gt;" in html
    assert "<值守>" not in html
    assert "两夜 &amp; 一天" in html
    assert '<span class="date" title="2025-04-18 — 2025-04-19">4月18日至19日</span>' in html


def test_the_source_lines_of_an_item(reader):
    text = seen(reader.get(APRIL + "1/"))
    assert "原文 第7—10行 7 山间茶事 4月3日，副市长郑文柏" in text  # the blank line between the two pages comes with them
    assert "8 柏问了价钱，又问水。 9 10 “清明前" in text


def test_the_source(reader):
    html = reader.get(APRIL + "source").content.decode()
    assert '<li id="L3" value="3"><a class="at" href="#L3">3</a><span class="chars">(总第86期)</span></li>' in html
    assert "共 15 行" in seen(reader.get(APRIL + "source"))
    may = seen(reader.get(MAY + "source"))  # GB18030
    assert "2025年第05期" in may


def test_an_issue_document_without_its_source(reader):
    from yuebao.archive.models import Revision

    Revision.objects.filter(issue__key="云陵月报-2025-04").update(source_sha256="0" * 64)
    assert "没有随带原文" in seen(reader.get(APRIL + "source"))
    assert "山间茶事" in seen(reader.get(APRIL + "1/"))
    assert "北乡" in seen(reader.get(APRIL))


def test_an_item_without_headline_or_page(reader):
    text = seen(reader.get("/issue/云陵日志-2025-04-03/1/"))
    assert "今日无事。" in text
    assert "《云陵日志》2025年4月3日第1条" in text


def test_search(reader):
    response = reader.get("/search/?q=郑文柏")
    text, html = seen(response), response.content.decode()
    assert "查得 2 条" in text
    assert "<mark>郑文柏</mark>" in html
    assert text.index("茶市开秤") < text.index("山间茶事")  # the newest first
    assert "《云陵月报》2025年第4期（总第86期）第6页 · 要闻 · 2025年4月3日" in text
    assert "年份 2025 2" in text
    assert "人物 郑文柏 2 何令仪 1" in text


@pytest.mark.parametrize(("address", "headlines"), [
    ("?q=茶", ["茶市开秤", "山间茶事"]),
    ("?q=茶 价钱", ["山间茶事"]),
    ("?q=茶&person=何令仪", ["山间茶事"]),
    ("?column=北乡", ["石桥通车"]),
    ("?q=茶&from=2025-05-01", ["茶市开秤"]),
    ("?q=茶&to=2025-04-30", ["山间茶事"]),
    ("?q=茶&year=2024", []),
    ("?q=茶&order=relevance&from=nonsense&page=-1&year=x", ["山间茶事", "茶市开秤"]),
    ("?q=茶&page=99", ["茶市开秤", "山间茶事"]),
    ("?q=茶&page=999999999", ["茶市开秤", "山间茶事"]),
    ("?q=茶&page=" + "9" * 30, ["茶市开秤", "山间茶事"]),
    ("?q=<script>", []),
    ("?q=%00茶", ["茶市开秤", "山间茶事"]),
])
def test_searches(reader, address, headlines):
    response = reader.get("/search/" + address)
    assert response.status_code == 200
    found = re.findall(r"<h3[^>]*><a [^>]*>(.*?)</a></h3>", response.content.decode())
    found = [re.sub("<[^>]*>", "", headline) for headline in found]
    assert (sorted(found), bool(found)) == (sorted(headlines), bool(headlines))
    if "relevance" not in address:
        assert found == headlines


def test_nothing_found_is_said_plainly(reader):
    text = seen(reader.get("/search/?q=紫禁城"))
    assert "查无记载" in text
    assert "查得" not in text


def test_nothing_asked(reader):
    text = seen(reader.get("/search/"))
    assert "查无记载" not in text
    assert "逐字检索" in text


def test_a_condition_can_be_taken_away(reader):
    html = unescape(reader.get("/search/?q=茶&year=2025&person=何令仪&page=2").content.decode())
    chosen = html[html.index('class="chosen"'):html.index("</p>", html.index('class="chosen"'))]
    assert re.findall('href="([^"]*)"', chosen) == [
        "?q=%E8%8C%B6&person=%E4%BD%95%E4%BB%A4%E4%BB%AA", "?q=%E8%8C%B6&year=2025",
    ]


@pytest.mark.usefixtures("home")
def test_paging():
    put_may(items=44)
    fulltext.follow()
    reader = Client()
    pages = [unescape(reader.get(f"/search/?q=茶市&page={n}").content.decode()) for n in (1, 2, 3)]
    assert [page.count("<h3 lang") for page in pages] == [20, 20, 5]
    assert "?q=%E8%8C%B6%E5%B8%82&page=2" in pages[0]
    assert [('rel="prev"' in page, 'rel="next"' in page) for page in pages] == [(False, True), (True, True), (True, False)]
    assert '<ol start="21">' in pages[1]
    person = reader.get("/person/郑文柏/?page=3").content.decode()
    assert person.count('class="where"') == 5
    assert reader.get("/person/郑文柏/?page=999").content.decode().count('class="where"') == 5


def test_a_person(reader):
    """Two offices that nothing in print links: they stand apart, each with its timeline, its sentences and their places."""
    text = seen(reader.get("/person/郑文柏/"))
    assert "见于 2 条" in text
    assert "任职" not in text
    assert "同名记载 2 处，依据不足以认定为一人，故分列。" in text
    rows = between(text, "副市长", "见载条目")
    assert "副市长 首次见载 2025年4月3日 《云陵月报》2025年第4期（总第86期）第6页 4月3日，副市长 郑文柏 到雾坪镇察看春茶采摘" in rows
    assert "市长 首次见载 2025年5月2日 《云陵月报》2025年第5期（总第87期）第3页 5月2日，茶市开秤，市长 郑文柏 到场。" in rows
    in_time = text[text.index("见载条目"):]
    assert in_time.index("山间茶事") < in_time.index("茶市开秤")


def test_a_person_of_the_table_of_appointments(reader, shelf):
    own_table(shelf, "appointments", "date", "body", "person", "office", "change", "2025-01-08 云陵市人大常委会 郑文柏 副市长 in",
              "2025-04-28 云陵市人大常委会 郑文柏 副市长 out", "2025-04-28 云陵市人大常委会 时逢春 副市长 任")
    text = seen(reader.get("/person/郑文柏/"))
    table = between(text, "任免表所载", "见载职务")
    assert "副市长 任 2025年1月8日 云陵市人大常委会 · 任免表第 2 行 免 2025年4月28日 云陵市人大常委会 · 任免表第 3 行" in table
    text = seen(reader.get("/person/时逢春/"))
    assert "各期未见，仅见于任免表" in text
    assert "2025年4月28日" in text
    assert "表中未载" in text
    assert "见载" not in between(text, "时逢春", "材料不出")


def test_a_fault_in_the_table_is_told_with_its_line(reader, shelf):
    own_table(shelf, "appointments", "date", "body", "person", "office", "change", "2025年 云陵市人大常委会 郑文柏 副市长 in")
    response = reader.get("/person/郑文柏/")
    assert "E208" in response.content.decode()
    assert "appointments.tsv:2" in response.content.decode()


@pytest.mark.parametrize(("address", "words"), [
    ("/organisation/云陵市茶业协会/", ["机构 · 见于 1 条", "市茶业协会", "1 次", "4月3日，副市长郑文柏到雾坪镇察看春茶采摘"]),
    ("/organisation/市茶业协会/", ["云陵市茶业协会"]),
    ("/place/雾坪镇/", ["地名 · 见于 1 条", "区划代码 990123", "2025年4月3日"]),
    ("/project/石桥镇新桥/", ["项目 · 见于 1 条", "石桥通车"]),
])
def test_what_is_named(reader, shelf, address, words):
    name_things()
    text = seen(reader.get(address))
    for said in words:
        assert said.replace(" ", "") in text.replace(" ", "")
    assert shelf


def test_an_item_leads_to_what_it_names(reader, shelf):
    name_things()
    html = unescape(reader.get(APRIL + "1/").content.decode())
    assert "本条机构" in html
    assert "/organisation/%E4%BA%91%E9%99%B5%E5%B8%82%E8%8C%B6" in html
    assert "本条项目" not in html
    assert shelf


def test_what_a_body_was_and_became(reader, shelf):
    name_things()
    own_table(shelf, "successions", "term", "successor", "from_on", "source", "市茶业协会 市茶产业促进会 2026-01-01 云编〔2025〕9号",
              "市茶产业促进会 市农产品促进会 2028 云编〔2027〕3号", "市盐业公司 市盐务局 2001 不相干")
    text = seen(reader.get("/organisation/云陵市茶业协会/"))
    assert "2026-01-01 云陵市茶业协会 → 云陵市茶产业促进会 云编〔2025〕9号 · 沿革表第 2 行" in text
    assert "云陵市农产品促进会" in text
    assert "盐" not in text
    text = seen(reader.get("/organisation/云陵市农产品促进会/"))
    assert "各期未见，仅见于沿革表" in text


def own_table(home, name, *lines):
    """Keep one of the office's own tables in a home; cells are parted by spaces, the words before the first line with spaces are the header."""
    from yuebao import archive

    header = [line for line in lines if " " not in line]
    rows = [line.split() for line in lines if " " in line]
    (home / "lexicon").mkdir(exist_ok=True)
    text = "".join("\t".join(row) + "\n" for row in [header, *rows])
    (home / "lexicon" / f"{name}.tsv").write_text(text, encoding="utf-8")
    archive.setup(home)


def name_things():
    """A body, a place and a project put into the first item as mentions, as the stages would give them."""
    from yuebao.archive.models import Mention, StoredItem

    tea, bridge = (StoredItem.objects.get(issue__key="云陵月报-2025-04", number=n) for n in (1, 2))
    for item, layer, text, name, value in (
        (tea, "organisation", "雾坪镇", "云陵市茶业协会", {"name": "市茶业协会", "kind": "association", "in_office": False}),
        (tea, "place", "雾坪镇", "雾坪镇", {"name": "雾坪镇", "code": "990123", "system": "GB/T 2260"}),
        (bridge, "project", "石桥镇新桥", "石桥镇新桥", {"name": "石桥镇新桥"}),
    ):
        start = item.text.index(text)
        said = value["name"] if layer == "organisation" else text
        Mention.objects.create(
            item=item, layer=layer, start=start, end=start + len(text), text=said, value=value, by="test", name=name, day=item.starts_on)
        register.mark_names([(layer, name)])


@pytest.mark.parametrize(("code", "addresses"), [
    ("E205", ["/nowhere"]),
    ("E404", [
        "/issue/没有-2025-04/", "/issue/没有-2025-04/1/", "/issue/没有-2025-04/source", APRIL + "99/", APRIL + "0/", APRIL + "9" * 30 + "/",
    ]),
    ("E407", ["/person/无名氏/"]),
])
def test_errors_are_told_in_one_envelope(reader, code, addresses):
    for address in addresses:
        page = reader.get(address)
        assert (page.status_code, page["Content-Type"]) == (404, "text/html; charset=utf-8")
        assert code in seen(page)
        told = reader.get(address, headers={"Accept": "application/json"})
        assert told.status_code == 404
        assert set(told.json()) == {"code", "message", "advice", "message_en", "advice_en"}
        assert told.json()["code"] == code


def test_errors_are_told_in_the_language_chosen(reader):
    assert "没有这个页面：/nowhere" in seen(reader.get("/nowhere"))
    assert "No such page: /nowhere" in seen(reader.get("/nowhere?lang=en"))


def test_a_fault_of_the_program_is_told_too(reader, monkeypatch, caplog):
    from yuebao.web import pages

    def broken(*_):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(pages, "issue_page", broken)
    page = reader.get(APRIL)
    assert page.status_code == 500
    assert "E601" in seen(page)
    assert "secret" not in page.content.decode()
    assert "RuntimeError" in caplog.text  # it is logged on the console


def test_a_busy_archive_is_said_to_be_busy(reader, monkeypatch):
    from yuebao.web import pages

    for error in (ArchiveError("E402"), OperationalError("database is locked")):
        def busy(*_, error=error):
            raise error

        monkeypatch.setattr(pages, "issue_page", busy)
        page = reader.get(APRIL)
        assert page.status_code == 503
        assert "存档正被占用" in seen(page)


def test_only_this_host_is_answered(reader):
    page = reader.get("/", headers={"Host": "bulletin.example"})
    assert page.status_code == 400
    assert "E234" in seen(page)


def test_nothing_can_be_written(reader):
    for method in (reader.post, reader.put, reader.delete):
        assert method("/").status_code == 405


def test_the_headers_keep_the_page_at_home(reader):
    for address in PAGES:
        page = reader.get(address)
        policy = page["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert page["X-Content-Type-Options"] == "nosniff"
        assert page["Referrer-Policy"] == "same-origin"
        assert page["Cache-Control"] == "no-store"


class Sound(HTMLParser):
    """A page whose elements are closed in order, with nothing inline and one of each landmark."""

    VOID = {"meta", "link", "input", "br", "img"}

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.seen, self.labelled, self.targets, self.headings = [], [], [], [], [], []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.seen.append(tag)
        assert "style" not in given, f"inline style on {tag}"
        assert not [name for name in given if name.startswith("on")]
        assert tag not in ("script", "style", "iframe", "img")
        assert given.get("href", "/")[:1] in "/?#", given
        if "id" in given:
            self.ids.append(given["id"])
        self.targets += [given[n] for n in ("aria-labelledby", "for") if n in given]
        self.targets += [given["href"][1:]] if given.get("href", "").startswith("#") else []
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pages_are_sound(reader, language):
    for address in PAGES:
        page = Sound()
        page.feed(reader.get(address + ("&" if "?" in address else "?") + f"lang={language}").content.decode())
        assert page.open == [], address
        assert len(set(page.ids)) == len(page.ids), address
        assert set(page.targets) <= set(page.ids), address
        assert [page.seen.count(tag) for tag in ("main", "h1", "title")] == [1, 1, 1], address
        assert page.headings[0] == 1, address
        assert all(b - a <= 1 for a, b in pairwise(page.headings)), (address, page.headings)


def test_chinese_comes_first_and_english_is_a_switch(reader):
    assert '<html lang="zh-Hans">' in reader.get("/", headers={"Accept-Language": "en-GB"}).content.decode()
    page = reader.get(APRIL + "1/?lang=en")
    assert '<html lang="en">' in page.content.decode()
    assert "《云陵月报》 2025 no. 4 (whole no. 86), p. 6" in seen(page)
    assert "Issues held" in seen(reader.get("/"))  # the cookie keeps it
    assert "3 April 2025" in seen(reader.get("/person/郑文柏/"))
    assert "馆藏各期" in seen(reader.get("/?lang=zh"))
    assert "馆藏各期" in seen(reader.get("/?lang=fr"))


def test_the_switch_stays_on_the_page(reader):
    html = unescape(reader.get("/search/?q=茶&page=1").content.decode())
    assert 'href="?q=%E8%8C%B6&page=1&lang=en"' in html


@pytest.mark.usefixtures("home")
def test_queries_do_not_grow_with_the_issue():
    put_april(), put_may(items=30)
    fulltext.follow()
    register.follow()
    most = {"/": 5, MAY: 12, MAY + "1/": 13, MAY + "source": 1, "/search/?q=茶市": 2, "/person/郑文柏/": 30}
    for address, n in most.items():  # and one at the door: whether there are accounts
        Client().get(address)  # what rests on other issues is made when an issue is first looked at
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(address).status_code == 200
        assert len(queries) <= n + 1, [q["sql"][:150] for q in queries]
