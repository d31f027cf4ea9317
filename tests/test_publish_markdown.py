"""Markdown: read back by our grammar, rendered by another's renderer to what the issue says, and written by hand it is an issue too."""

import re

import pytest
from markdown_it import MarkdownIt

import published
from generated import Maker
from material import TEXTS, reading
from published import ISSUES, digests, read_back, yunling
from yuebao.publish import Setting, epub, html, markdown, tei
from yuebao.read import markdown as grammar
from yuebao.read import read
from yuebao.read.markup import parse_html
from yuebao.structure import structure

HELD = {name: issue for name, issue in ISSUES.items() if name != "table without rows"}  # a table without cells is none


def write(issue):
    return markdown.write_markdown(issue, Setting()).decode()


@pytest.mark.parametrize("name", HELD)
def test_an_issue_reads_back(name):
    read_back("md", ISSUES[name], markdown.CANNOT_HOLD)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_real_issue_reads_back(path):
    read_back("md", reading(path)[0], markdown.CANNOT_HOLD)


def test_bytes_do_not_depend_on_the_machine():
    first, second = digests()
    assert first["md"] == second["md"]


def test_writer_and_reader_have_one_grammar():
    assert {label: field for field, label in markdown.LABELS.items()} == grammar.FIELDS
    assert (markdown.NUMBERS, markdown.EMPTY) == (grammar.NUMBERS, grammar.EMPTY)


def test_it_reads_as_it_stands():
    text = write(published.with_bylines(yunling.issue_with_extras()))
    for line in (
        "# 云陵月报", "- 期次：2022年5月第5期（总第86期）", "- 责任编辑：温如玉、季长风", "> ——郑文柏2022年4月18日在全市史志工作座谈会上的讲话", "## 要闻",
        "### 项目推动", "*署名：温如玉 季长风*", "*图：代表察看澄江航道生态护岸（温如玉　摄）*", "*表：1—4月全市主要经济指标*", "| 指　标 | 1—4月 | 比上年同期 |",
    ):
        assert line in text.split("\n"), line
    assert "**何令仪调研重点项目**　5月13日，市长何令仪到澄湖新区" in text


def shown(element):
    """The text that a rendered element shows."""
    parts = []
    for child in element.children:
        parts.append(child if isinstance(child, str) else "\n" if child.tag == "br" else shown(child))
    return "".join(parts)


def squeezed(text):
    """The text without line ends at breaks, and without what HTML cannot hold."""
    return re.sub(r"\n+", "\n", re.sub("[\0-\x08\x0b-\x1f\x7f-\x9f\ufffd\ufffe]", "", text)).strip("\n")


@pytest.mark.parametrize("name", ["yunling", "extras", "markup", "markup at the start", "odd characters", "other scripts", "spaces", "long headline"])
def test_another_renderer_shows_what_the_issue_says(name):
    issue = ISSUES[name]
    page = parse_html(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(write(issue)))
    blocks = [element for element in page.walk() if element.tag in ("p", "h1", "h2", "h3")]
    said = [squeezed(shown(block)) for block in blocks]
    bold = [squeezed(shown(element)) for element in page.walk() if element.tag == "strong"]
    for _, item in issue.walk():
        texts = [squeezed(item.text[entry.start:entry.end]) for entry in item.entries]
        if item.headline is not None:
            assert squeezed(item.headline) in bold
            texts[0] = squeezed(item.headline) + "\u3000" + texts[0]
        assert [text for text in texts if text not in said] == []
    titles = {squeezed(shown(block)) for block in blocks if block.tag in ("h2", "h3")}
    assert titles >= {squeezed(column.title) for path, _ in issue.walk() for column in path}


BY_HAND = """# 云陵月报
- 期次：2025年第5期
- 主办：云陵市地方志编纂中心
- 主编：解文渊

## 要闻 ##
**市委召开会议** 5月6日，市委召开会议。

会议指出，要抓落实\\
并督查。

**市长调研**

5月7日，市长调研。
## 经济
5月8日，开工。

***

5月9日，投产。

*〔内部〕*

**通报**　5月10日，通报。

*表：指标*

| 项 | 数 |
|---|:-:|
| 甲\\|乙 | 1 |
"""


def test_a_text_by_hand_is_an_issue():
    issue = structure(read("手写.md", BY_HAND.replace("\n", "\r\n").encode()))
    assert (issue.masthead.title, issue.masthead.number, issue.masthead.sponsor) == ("云陵月报", 5, "云陵市地方志编纂中心")
    assert [(editor.role, editor.name) for editor in issue.masthead.editors] == [("主编", "解文渊")]
    assert [(column.title, len(column.items)) for column in issue.columns] == [("要闻", 2), ("经济", 3)]
    assert [item.text for item in issue.items()] == [
        "市委召开会议\n5月6日，市委召开会议。\n会议指出，要抓落实\n并督查。", "市长调研\n5月7日，市长调研。", "5月8日，开工。", "5月9日，投产。", "通报\n5月10日，通报。"]
    last = issue.items()[-1]
    assert last.internal is True
    assert (last.tables[0].rows, last.tables[0].caption) == ((("项", "数"), ("甲|乙", "1")), "指标")
    assert not issue.unplaced


@pytest.mark.parametrize(("name", "text", "is_markdown"), [
    ("x.md", "# 题\n文", True), ("x.md", "没有标题\n文", False), ("x.txt", "# 题\n文", False), ("x.MARKDOWN", "### 栏\n文", True),
])
def test_what_passes_for_markdown(name, text, is_markdown):
    assert (read(name, text.encode()).info.media_type == "text/markdown") is is_markdown


@pytest.mark.parametrize("text", ["# 题\n*表：没有表的表题*\n\n文", "# 题\n- 没有标签\n文", "# 题\n> 引\n\n***\n\n## \n文 **粗** `码`", "# 题\n|\n|-|\n", "# " + "*" * 50_000, "# 题\n**" + "\\*" * 50_000])
def test_odd_texts_lose_nothing(text):
    source = read("x.md", text.encode())
    for word in re.findall(r"\w+", text):
        assert word in source.text
    assert not structure(source).unplaced


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("format", ["epub", "html", "md", "tei"])
def test_generated_issues_read_back(format, seed):
    """The law of promise 9 for the four formats of running text, on texts made of what means something in one of them."""
    cannot_hold = {"epub": epub, "html": html, "md": markdown, "tei": tei}[format].CANNOT_HOLD
    read_back(format, Maker(seed).issue(), cannot_hold)
