"""Structure on small invented texts, one phenomenon each. `tree` writes an issue as lines: `#` a column, `-` an item with its entries' dates."""

import pytest

from yuebao.errors import UsageError
from yuebao.read.text import source_of
from yuebao.structure import structure

FRONT = "云陵月报\n2025年第4期\n（总第86期）\n\n"
BODY = "要闻\n何令仪到青麓县调研 4月3日，市长何令仪到青麓县调研春耕。\n市图书馆新馆开馆 4月7—8日，新馆开馆。\n荣誉\n云陵获评先进城市 4月30日，云陵获评。\n"
TREE = ["# 要闻", "- 何令仪到青麓县调研 | 2025-04-03", "- 市图书馆新馆开馆 | 2025-04-07/2025-04-08", "# 荣誉", "- 云陵获评先进城市 | 2025-04-30"]


def of(text, outline=None):
    return structure(source_of("x.txt", text), outline)


def tree(issue):
    out = []

    def add(columns, depth):
        for column in columns:
            out.append("#" * depth + f" {column.title}")
            for item in column.items:
                dates = [e.date and (e.date.starts_on if e.date.starts_on == e.date.ends_on else f"{e.date.starts_on}/{e.date.ends_on}")
                         for e in item.entries]
                out.append(f"- {item.headline} | " + ", ".join(str(d) for d in dates))
            add(column.columns, depth + 1)

    add(issue.columns, 1)
    return out


CONTENTS = {
    "brackets": "要闻\n何令仪到青麓县调研 (3)\n市图书馆新馆开馆 (4)\n荣誉\n云陵获评先进城市 (5)\n",
    "full-width brackets": "要闻\n何令仪到青麓县调研（3）\n市图书馆新馆开馆（4）\n荣誉\n云陵获评先进城市（5）\n",
    "tabs": "要闻\n何令仪到青麓县调研\t3\n市图书馆新馆开馆\t4\n荣誉\n云陵获评先进城市\t5\n",
    "dots": "要闻\n何令仪到青麓县调研……………3\n市图书馆新馆开馆………………4\n荣誉\n云陵获评先进城市…………5\n",
    "middle dots": "要闻\n何令仪到青麓县调研······(3)\n市图书馆新馆开馆······(4)\n荣誉\n云陵获评先进城市······(5)\n",
    "page on the next line": "要闻\n何令仪到青麓县调研\n(3)\n市图书馆新馆开馆\n(4)\n荣誉\n云陵获评先进城市\n(5)\n",
    "list dashes": "要闻\n- 何令仪到青麓县调研 (3)\n- 市图书馆新馆开馆 (4)\n荣誉\n- 云陵获评先进城市 (5)\n",
    "wrapped inside a word": "要闻\n何令仪到青麓县调\n研 (3)\n市图书馆新馆开馆 (4)\n荣誉\n云陵获评先进城市 (5)\n",
    "doubled at the wrap": "要闻\n何令仪到青麓县调\n调研 (3)\n市图书馆新馆开馆 (4)\n荣誉\n云陵获评先进城市 (5)\n",
    "table debris": "要闻\n何令仪到青麓县调研 (3)\n-------\t-----\n市图书馆新馆开馆 (4)\n荣誉\n云陵获评先进城市 (5)\n",
    "imprint in its middle": "要闻\n何令仪到青麓县调研 (3)\n主 管：云陵市人民政府\n发放范围：各县，\n各区\n\n市图书馆新馆开馆 (4)\n荣誉\n云陵获评先进城市 (5)\n",
    "blank lines": "要闻\n\n何令仪到青麓县调研 (3)\n\n市图书馆新馆开馆 (4)\n\n荣誉\n\n云陵获评先进城市 (5)\n",
}


@pytest.mark.parametrize("heading", ["目 录\n", "目录\n\n", "目  次\n", ""])
@pytest.mark.parametrize("kind", CONTENTS)
def test_contents_in_many_forms(kind, heading):
    issue = of(FRONT + heading + CONTENTS[kind] + "\n" + BODY)
    assert tree(issue) == TREE
    assert [(r.title, r.page, r.path) for r in issue.contents] == [
        ("何令仪到青麓县调研", 3, ("要闻",)), ("市图书馆新馆开馆", 4, ("要闻",)), ("云陵获评先进城市", 5, ("荣誉",))]
    assert [i.page for i in issue.items()] == [3, 4, 5]
    assert not issue.problems
    if kind == "imprint in its middle":
        assert (issue.masthead.supervisor, issue.masthead.distribution) == ("云陵市人民政府", "各县，各区")


LONG = "会议指出，要把各项工作抓实抓细，" * 4 + "抓出成效。"
BODIES = {
    "headlines alone": BODY.replace(" 4月", "\n4月"),
    "a headline wrapped": BODY.replace("何令仪到青麓县调研 ", "何令仪到青麓县\n调研 "),
    "a page end inside a word": BODY.replace("春耕", "春\n\n耕"),
    "a page end inside a date": BODY.replace("4月3日", "4月\n\n3日", 1).replace("4月\n\n3日", "4月3\n\n日"),
    "bracketed headlines": BODY.replace("何令仪到青麓县调研 ", "【何令仪到青麓县调研】 "),
    "space lost before the lead": BODY.replace("调研 4月3日", "调研4月3日"),
    "folios": BODY.replace("春耕", "春\n- 6 -\n耕").replace("荣誉\n", "- 7 -\n荣誉\n") + "- 8 -\n",
    "running heads": BODY.replace("春耕", "春\n云陵月报 2025年第4期\n耕").replace("荣誉\n", "云陵月报 2025年第4期\n荣誉\n") + "云陵月报 2025年第4期\n",
    "spaced digits": BODY.replace("4月3日", "4月 3 日"),
}


@pytest.mark.parametrize("kind", BODIES)
def test_bodies_in_many_forms(kind):
    issue = of(FRONT + "目录\n" + CONTENTS["brackets"] + "\n" + BODIES[kind])
    assert tree(issue) == TREE
    assert issue.items()[0].text.replace(" ", "").endswith("4月3日，市长何令仪到青麓县调研春耕。")
    assert not [p for p in issue.problems if p.code != "S009"]


@pytest.mark.parametrize(("row", "code"), [
    ("何令仪到青麓县专题调研", None), ("何令仪青麓县调研", None), ("何令仪到青麓县调研(一)", None), ("全市防汛抗旱工作会议召开", "S004"),
])
def test_a_row_that_differs_from_its_headline(row, code):
    issue = of(FRONT + "目录\n" + CONTENTS["brackets"].replace("何令仪到青麓县调研", row) + "\n" + BODY)
    item = issue.items()[0]
    assert item.headline == "何令仪到青麓县调研"
    assert item.contents_headline == (None if code else row)
    assert {p.code for p in issue.problems} == ({"S004", "S010"} if code else set())


def test_several_entries_under_one_headline():
    body = BODY.replace("调研春耕。\n", f"调研春耕。{LONG}\n4月19日，何令仪再到青麓县调研，{LONG}\n")
    issue = of(FRONT + "目录\n" + CONTENTS["brackets"] + "\n" + body)
    assert tree(issue)[1] == "- 何令仪到青麓县调研 | 2025-04-03, 2025-04-19"


def test_a_date_in_the_second_sentence_and_the_turn_of_the_year():
    text = "云陵月报\n2025年第1期\n目录\n要闻\n市巡察组进驻 (1)\n全市表彰会举行 (2)\n\n要闻\n市巡察组进驻 按照部署，市巡察组进驻。1月3日上午，动员会召开。\n"
    issue = of(text + "全市表彰会举行 12月28日，表彰会举行。\n")
    assert tree(issue)[1:] == ["- 市巡察组进驻 | 2025-01-03", "- 全市表彰会举行 | 2024-12-28"]


GROUPED = "目录\n要闻\n甲会议在市区召开 (1)\n经济建设\n项目建设\n乙项目在市区开工 (2)\n招商引资\n丙推介会举行了 (3)\n区县动态\n丁活动在区县启动 (4)\n\n"
GROUPED_BODY = ("要闻\n甲会议在市区召开 4月1日，开会。\n经济建设\n项目建设\n乙项目在市区开工 4月2日，开工。\n招商引资\n丙推介会举行了 4月3日，举行。\n"
                "区县动态\n丁活动在区县启动 4月4日，启动。\n")


def test_a_group_and_where_it_ends_is_guessed_and_said():
    issue = of(FRONT + GROUPED + GROUPED_BODY)
    assert [line for line in tree(issue) if line.startswith("#")] == ["# 要闻", "# 经济建设", "## 项目建设", "## 招商引资", "# 区县动态"]
    assert [p.code for p in issue.problems] == ["S001", "S001"]
    assert issue.contents[2].path == ("经济建设", "招商引资")


def test_an_outline_settles_the_levels():
    issue = of(FRONT + GROUPED + GROUPED_BODY, "要闻\n经济建设\n  项目建设\n  招商引资\n  区县动态\n荣誉\n")
    assert [line for line in tree(issue) if line.startswith("#")] == ["# 要闻", "# 经济建设", "## 项目建设", "## 招商引资", "## 区县动态"]
    assert [p.code for p in issue.problems] == ["S008"]


@pytest.mark.parametrize("outline", ["要闻\n 经济\n", "要闻\n    经济\n", "  要闻\n", "\n"])
def test_a_wrong_outline_is_refused(outline):
    with pytest.raises(UsageError) as caught:
        of(FRONT, outline)
    assert caught.value.code == "E201"


def test_numbering_prints_the_levels():
    numbered = {"经济建设": "一、经济建设", "项目建设": "（一）项目建设", "招商引资": "（二）招商引资", "区县动态": "二、区县动态", "要闻\n": "〇、要闻\n"}
    text = GROUPED + GROUPED_BODY
    for plain, made in numbered.items():
        text = text.replace(plain, made)
    issue = of(FRONT + text.replace("〇、要闻\n", "").replace("甲会议在市区召开 (1)\n", "").replace("甲会议在市区召开 4月1日，开会。\n", ""))
    assert [line for line in tree(issue) if line.startswith("#")] == ["# 一、经济建设", "## （一）项目建设", "## （二）招商引资", "# 二、区县动态"]
    assert not issue.problems


def test_a_displaced_clause_is_put_back():
    contents = "目录\n要闻\n甲会议在市区召开 (1)\n乙调研组到市区调研 (2)\n丙论坛在市区举办 (3)\n荣誉\n丁城市获评先进 (4)\n\n"
    body = (f"要闻\n甲会议在市区召开 4月1日，会议召开。{LONG}\n乙调研组到市区调研 4月2日，乙调研组到市区调研，并就当前\n"
            f"丙论坛在市区举办 4月3日，论坛举办。{LONG}\n面临的困难进行了深入探讨。\n荣誉\n丁城市获评先进 4月4日，获评。\n")
    issue = of(FRONT + contents + body)
    assert issue.items()[1].text.endswith("并就当前面临的困难进行了深入探讨。")
    assert issue.items()[2].text.endswith("抓出成效。")
    assert [(p.code, p.item) for p in issue.problems] == [("S002", 2)]


def test_items_without_row_and_out_of_order():
    body = BODY.replace("市图书馆新馆", "市博物馆办展 4月5日，市博物馆办展。\n市图书馆新馆", 1)
    assert [p.code for p in of(FRONT + "目录\n" + CONTENTS["brackets"] + "\n" + body).problems] == ["S010"]
    late = "目录\n要闻\n甲会议在市区召开 (1)\n乙会议在市区召开 (2)\n丙会议在市区召开 (3)\n\n要闻\n"
    late += "乙会议在市区召开 4月2日，开会。\n丙会议在市区召开 4月3日，开会。\n甲会议在市区召开 4月1日，开会。\n"
    issue = of(FRONT + late)
    assert [i.page for i in issue.items()] == [2, 3, 1]
    assert [p.code for p in issue.problems] == ["S003"]


def test_no_contents():
    issue = of(FRONT + "2025年5月8日\n\n" + BODY)
    assert tree(issue) == TREE
    assert [p.code for p in issue.problems] == ["S005"]
    assert issue.masthead.published_on == "2025-05-08"


def test_contents_without_body_and_text_that_is_no_bulletin():
    issue = of(FRONT + "目录\n" + CONTENTS["brackets"])
    assert [r.title for r in issue.contents] == ["何令仪到青麓县调研", "市图书馆新馆开馆", "云陵获评先进城市"]
    assert "S006" in [p.code for p in issue.problems]
    assert [p.code for p in of("今天天气很好。\n明天也好。\n").problems] == ["S012", "S009"]


def test_a_numbered_contents_without_pages():
    text = "《云陵要闻》20250403\n\n目录\n\n1.何令仪到青麓县调研\n2.市图书馆开馆\n\n何令仪到青麓县调研\n本报讯（记者 甲）4月3日，何令仪调研。\n又一段。\n市图书馆新馆开馆\n"
    issue = of(text + "本报讯（记者 乙）新馆开馆。\n另一则没有目录\n本报讯（记者 丙）4月2日，说事。\n")
    assert [i.headline for i in issue.items()] == ["何令仪到青麓县调研", "市图书馆新馆开馆", "另一则没有目录"]
    assert [i.contents_headline for i in issue.items()] == [None, "市图书馆开馆", None]
    assert (issue.masthead.title, issue.masthead.published_on) == ("云陵要闻", "2025-04-03")


CHRONICLE = """云陵市2025年大事记

1月

2日 市委召开常委会会议。
△ 市政府签订协议。
7~8日 全市两会召开。
1月20日至2月3日 举办迎春庙会。
下旬 全市普降大雪。

二月

3日
市委书记到企业走访。
会议随后召开。
同日，新馆开馆。
"""


def test_a_chronicle():
    issue = of(CHRONICLE)
    assert tree(issue) == [
        "# 1月", "- None | 2025-01-02", "- None | 2025-01-02", "- None | 2025-01-07/2025-01-08", "- None | 2025-01-20/2025-02-03",
        "- None | 2025-01-21/2025-01-31", "# 二月", "- None | 2025-02-03", "- None | 2025-02-03",
    ]
    assert [i.text for i in issue.items()][1:7] == [
        "市政府签订协议。", "7~8日 全市两会召开。", "1月20日至2月3日 举办迎春庙会。", "下旬 全市普降大雪。", "市委书记到企业走访。会议随后召开。", "同日，新馆开馆。"]
    assert (issue.masthead.title, issue.masthead.year) == ("云陵市2025年大事记", 2025)


MASTHEADS = [
    ("云陵月报\n2025 / 04\n(总第 86 期)", {"title": "云陵月报", "year": 2025, "month": 4, "number": 4, "serial_number": 86}),
    ("云 陵 月 报\nYUN LING YUE BAO\n2025年第04期(总第86期)", {"title_pinyin": "YUN LING YUE BAO", "month": 4, "serial_number": 86}),
    ("《云陵简报》第15期\n2025年8月3日", {"title": "云陵简报", "number": 15, "month": 8, "published_on": "2025-08-03"}),
    ("云陵月报\n二〇二五年第四期\n总第八十六期", {"year": 2025, "number": 4, "serial_number": 86}),
    ("云陵月报\n2025年第1—2期", {"year": 2025, "number": 1}),
    ("（内部资料 免费交流）\n云陵月报\n2025年第4期\n准印证号：江州内资第12号\n印数：500册\n印刷日期：2025年5月9日\n印刷单位：云陵印务公司",
     {"notice": "内部资料 免费交流", "permit_number": "江州内资第12号", "print_run": 500, "printed_on": "2025-05-09", "printer": "云陵印务公司"}),
    ("云陵月报\n2025年第4期\n云陵市地方志办公室 主办\n记一月之事 备百年之用\n中国 · 云陵",
     {"sponsor": "云陵市地方志办公室", "motto": "记一月之事 备百年之用", "place_line": "中国 · 云陵"}),
    ("云陵月报\n2025年第4期\n主 编：解 文\n责任编辑：尤岚 佟雪峰", {"title": "云陵月报"}),
]


@pytest.mark.parametrize(("front", "wanted"), MASTHEADS)
def test_mastheads(front, wanted):
    masthead = of(front + "\n\n目录\n" + CONTENTS["brackets"] + "\n" + BODY).masthead
    assert {k: getattr(masthead, k) for k in wanted} == wanted
    if "主 编" in front:
        assert [(e.role, e.name) for e in masthead.editors] == [("主编", "解文"), ("责任编辑", "尤岚"), ("责任编辑", "佟雪峰")]


def test_an_imprint_at_the_end():
    issue = of(FRONT + "目录\n" + CONTENTS["brackets"] + "\n" + BODY + "\n主办：云陵市地方志办公室\n电话：0900-1234567\n")
    assert issue.masthead.sponsor == "云陵市地方志办公室"
    assert issue.items()[-1].text.endswith("获评。")


def test_an_epigraph():
    text = FRONT + "卷首语\n\n修志者当知一方之利病，察百姓之忧乐，而后笔之于书，传之后世，以为来者之鉴。\n\n——《云陵县志》序，2025年3月20日重刊\n\n目录\n"
    epigraph = of(text + CONTENTS["brackets"] + "\n" + BODY).epigraph
    assert (epigraph.heading, epigraph.attribution, epigraph.said_on) == ("卷首语", "《云陵县志》序，2025年3月20日重刊", "2025-03-20")
    assert epigraph.text.startswith("修志者当知")


def test_text_right_under_a_heading_is_kept_as_an_item_without_headline():
    issue = of(FRONT + "目录\n" + CONTENTS["brackets"] + "\n" + BODY.replace("荣誉\n", "荣誉\n本栏记载全市获得的荣誉。\n"))
    assert [i.headline for i in issue.items()][2:] == [None, "云陵获评先进城市"]
    assert issue.items()[2].text == "本栏记载全市获得的荣誉。"


def test_brackets_may_be_but_the_first_words_of_a_headline():
    text = "《云陵要闻》20250403\n\n目录\n\n云陵风采\n市图书馆新馆开馆\n\n【云陵风采】何令仪：守住一方水土 郑文柏：把茶山种绿\n本报讯（记者 甲）4月3日，他们回到家乡。\n"
    text += "市图书馆新馆开馆\n本报讯（记者 乙）新馆开馆。\n另一则没有目录\n本报讯（记者 丙）4月2日，说事。\n"
    assert of(text).items()[0].headline == "【云陵风采】何令仪：守住一方水土 郑文柏：把茶山种绿"
