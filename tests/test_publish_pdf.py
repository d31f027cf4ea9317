"""The book: what is in it, that it is the same every time, and that nothing of it is read as markup.

The text of the PDF is read back with pypdfium2, white space aside.
"""

import functools
import hashlib
import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from yuebao.errors import CODES, InputError, UsageError
from yuebao.model import Column, Epigraph, Masthead, Table
from yuebao.publish import Setting, press, publish
from yuebao.publish.book import number_line_of, printable
from yuebao.text import squeeze

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "publish"))
import yunling  # noqa: E402

HOSTILE = (
    r"""#set page(fill: red) $x^2$ *粗* _斜_ `码` \n \\ @云 <标> [括] {花} "引" '单' ~波~ //注 /*注*/ -- --- ... = 题 + 1. & % ^ | """
    "#(1+1) #sys.inputs")


def pages(made: bytes, keep: str = "") -> list[str]:
    """The text of each page without white space but that to keep."""
    with pypdfium2.PdfDocument(made) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    return ["".join(c for c in text if not c.isspace() or c in keep) for text in texts]


def text_of(made: bytes) -> str:
    return "".join(pages(made))


def body_pages(made: bytes) -> dict[int, str]:
    """The pages of the body by their folio, running head and folio taken off."""
    found = {}
    for text in pages(made):
        if match := re.search(r"—(\d+)—$", text):
            found[int(match[1])] = text[:match.start()]
    return found


def bookmarks(made: bytes) -> list[tuple[int, str, int]]:
    with pypdfium2.PdfDocument(made) as document:
        return [(mark.level, mark.get_title(), mark.get_dest().get_index() + 1) for mark in document.get_toc()]


@pytest.fixture(scope="module")
def book():
    return publish(yunling.issue_with_extras())


# ---- what is in the book ----


def test_every_text_reads_back_from_the_pdf(book):
    read = text_of(book)
    issue = yunling.issue_with_extras()
    for path, item in issue.walk():
        assert squeeze(item.headline or "") in read
        for entry in item.entries:
            text = squeeze(item.text[entry.start:entry.end])
            # a page end may lie within an entry: both halves are there, and head and folio between them
            assert text in read or any(text[:n] in read and text[n:] in read for n in range(1, len(text))), text
        assert all(squeeze(column.title) in read for column in path)
    for cell in ("规模以上工业增加值", "7.9%", "154.3亿元", "1—4月全市主要经济指标", "代表察看澄江航道生态护岸（温如玉摄）"):
        assert cell in read


def test_the_body_is_the_text_in_order():
    """Page after page, without heads and folios, the body is columns, headlines and entries in order and nothing else."""
    issue = yunling.issue()
    running = squeeze("云陵月报2022年第5期")
    body = body_pages(publish(issue))
    told = []

    def tell(columns):
        for column in columns:
            told.append(column.title)
            for item in column.items:
                told.append(item.text)
            tell(column.columns)

    tell(issue.columns)
    text = ""
    for number, page in sorted(body.items()):
        head = running if number % 2 == 0 else next(c.title for c in issue.columns if page.startswith(squeeze(c.title)))
        text += page.removeprefix(squeeze(head))
    assert text == squeeze("".join(told))


def test_cover_and_imprint_hold_the_masthead_and_skip_what_is_null(book):
    cover, imprint = pages(book)[:2]
    on_cover = (
        "内部资料供领导参考 云陵月报 YUNLINGYUEBAO 2022年第5期 （总第86期） 记录时政服务发展 中国·云陵 云陵市档案史志馆主办")
    assert [value for value in on_cover.split() if value not in cover] == []
    known = (
        "主管：中共云陵市委办公室 编印：《云陵月报》编辑部 副主编：柳思远 责任编辑：温如玉、季长风 邮箱：yuebao@yunling.example 发放范围：")
    assert [value for value in known.split() if value not in imprint] == []
    assert not any(label in imprint for label in ("准印证号", "印刷", "印数", "None", "null"))


def test_epigraph_has_heading_text_and_attribution(book):
    page = pages(book)[2]
    assert page.startswith("澄湖语一座城的来路")
    assert page.endswith("——郑文柏2022年4月18日在全市史志工作座谈会上的讲话")


@pytest.mark.parametrize("first_page", [1, 6])
def test_contents_tell_the_true_pages_of_this_book(first_page):
    issue = yunling.issue()
    made = publish(issue, setting=Setting(first_page=first_page))
    body = body_pages(made)
    assert min(body) == first_page
    front = "\n".join(text for text in pages(made, keep="\n") if not re.search(r"—\d+—$", text))
    rows = 0
    for item in issue.items():
        if item.headline is None:
            continue
        row = re.search("\n?".join(map(re.escape, squeeze(item.headline))) + r"\.{3,}\n?(\d+)$", front, re.MULTILINE)
        assert row, item.headline
        assert squeeze(item.headline)[:8] in body[int(row[1])]
        rows += 1
    assert rows == 37


def test_contents_row_and_column_are_printed_as_the_contents_have_them():
    issue = yunling.issue({"要闻": [("会议召开", ["5月6日，会议召开。"])]})
    column = issue.columns[0]
    item = replace(column.items[0], contents_headline="云陵市会议召开")
    every = pages(publish(replace(issue, columns=(replace(column, contents_title="时政要闻", items=(item,)),))))
    front, body = every[3], every[-1]
    assert "时政要闻云陵市会议召开..." in front
    assert "云陵市会议召开" not in body


def test_bookmarks_are_the_columns_and_items_in_their_levels(book):
    marks = bookmarks(book)
    assert marks[:2] == [(0, "澄湖语", 3), (0, "目录", 4)]
    titles = [(level, title) for level, title, _ in marks[2:]]
    assert titles[:2] == [(0, "要闻"), (1, "云陵市委召开常委会会议研究部署防汛备汛和安全生产工作")]
    at = titles.index((0, "经济"))
    assert titles[at + 1:at + 3] == [(1, "项目推动"), (2, "澄湖储能电池产业园一期投产")]
    assert len(titles) == 37 + 7 + 7


def test_bookmarks_of_an_untitled_column_hang_on_nothing():
    marks = [(level, title) for level, title, _ in bookmarks(odd("untitled column"))]
    assert marks == [(0, "澄湖语"), (0, "目录"), (0, "题")]


def test_metadata_name_the_book_and_the_day_of_the_issue(book):
    with pypdfium2.PdfDocument(book) as document:
        meta = document.get_metadata_dict()
    assert (meta["Title"], meta["Author"], meta["CreationDate"], meta["ModDate"]) == (
        "云陵月报 2022年第5期", "云陵市档案史志馆", "D:20220608000000Z", "D:20220608000000Z")
    assert re.search(rb"/Lang ?\(zh", book)


def test_running_heads_name_the_book_on_even_pages_and_the_column_on_odd(book):
    body = body_pages(book)
    assert body[2].startswith("云陵月报2022年第5期")
    assert body[1].startswith("要闻要闻")
    assert body[3].startswith("经济")


def test_the_page_is_trimmed_to_185_by_260_mm(book):
    with pypdfium2.PdfDocument(book) as document:
        assert [round(v / 72 * 25.4, 1) for v in document[0].get_size()] == [185, 260]


@pytest.mark.parametrize(("first_page", "physical"), [(1, 1), (6, 0), (7, 1)])
def test_odd_folios_stand_on_right_hand_pages(first_page, physical):
    """Bound books begin on a right-hand page: the body's first folio and its leaf have the same parity."""
    every = pages(publish(yunling.issue(), setting=Setting(first_page=first_page)))
    at = next(n for n, text in enumerate(every, 1) if text.endswith(f"—{first_page}—"))
    assert at % 2 == physical


def test_a_byline_stands_at_the_end_of_its_entry():
    issue = yunling.issue({"要闻": [("题", ["甲事。", "乙事。"])]})
    item = issue.columns[0].items[0]
    entries = (replace(item.entries[0], byline="市委办"), item.entries[1])
    made = replace(issue, columns=(replace(issue.columns[0], items=(replace(item, entries=entries),)),))
    assert pages(publish(made))[-1] == "要闻要闻题甲事。（市委办）乙事。—1—"


# ---- line and page ends ----


@pytest.mark.parametrize("lines", [1, 2, 3])
def test_no_headline_stands_alone_at_a_page_foot(lines):
    """L001: the page that ends a headline begins its entry, for headlines that fill their lines, at every height of the page."""
    headline = "题" * (34 * lines - 2 - 4)
    items = [(f"{headline}（{n:02}）", [f"起{n:02}" + "文" * (n * 31 % 170 + 20)]) for n in range(90)]
    body = body_pages(publish(yunling.issue({"要闻": items})))
    parted = [n for n in range(90) if not any(f"（{n:02}）起{n:02}" in page for page in body.values())]
    assert parted == []


def test_no_column_heading_stands_alone_at_a_page_foot():
    content = {f"第{n}栏": {f"第{n}分栏": [(f"题{n}", [f"5月{1 + n % 31}日，" + "文" * (n * 37 % 400)])]} for n in range(60)}
    body = body_pages(publish(yunling.issue(content)))
    for n in range(60):
        assert sum(f"第{n}栏第{n}分栏题{n}5月" in page for page in body.values()) == 1, n


def test_no_line_begins_with_a_closing_mark():
    text = "".join("云陵市" * (1 + n % 3) + "，。、；：！？”）》"[n % 10] for n in range(600))
    with pypdfium2.PdfDocument(publish(yunling.issue({"要闻": [("题", [text])]}))) as document:
        lines = [line for page in document for line in page.get_textpage().get_text_bounded().splitlines()]
    assert len(lines) > 60
    assert not [line for line in lines if line[:1] in set("，。、；：！？”）》")]


# ---- text is data ----


@pytest.mark.parametrize("where", ["headline", "entry", "column", "title", "sponsor", "epigraph", "cell"])
def test_no_character_is_read_as_markup(where):
    column, headline, entry = (HOSTILE if where == name else "题" for name in ("column", "headline", "entry"))
    issue = yunling.issue({column: [(headline, [entry])]})
    if where == "title":
        issue = replace(issue, masthead=replace(issue.masthead, title=HOSTILE))
    if where == "sponsor":
        issue = replace(issue, masthead=replace(issue.masthead, sponsor=HOSTILE))
    if where == "epigraph":
        issue = replace(issue, epigraph=Epigraph(None, HOSTILE, None, None))
    if where == "cell":
        item = replace(issue.columns[0].items[0], tables=(Table(1, (("甲",), (HOSTILE,))),))
        issue = replace(issue, columns=(replace(issue.columns[0], items=(item,)),))
    assert squeeze(HOSTILE) in text_of(publish(issue))


@pytest.mark.parametrize("text", [
    "滍水珺瑶", "〔2022〕16号", "℃㎡‰№①②⑴Ⅰ△○●■★", "“‘引’”——……·•－～", "⽂明与文明", "㐂䶮", "a\u200bb", "葛\ufe00城",
    "云\u3000陵\t市\u00a0区",
])
def test_characters_come_back_as_they_were(text):
    read = text_of(publish(yunling.issue({"要闻": [(text, [text + "。"])]})))
    assert squeeze(text) in read.replace("\ufffe", "")


@pytest.mark.parametrize("mark", ["\u200b", "\u200d", "\u2060", "\u00ad", "\u202e", "\ufeff"])
def test_marks_that_print_as_nothing_spoil_no_book(mark):
    """At the ends of a text, beside characters that 黑体 lacks, in a name with a tab in it; none turns the direction of what follows."""
    rare = f"{mark}\u4db6{mark}"
    issue = yunling.issue({f"要{rare}闻": [(f"{rare}题{rare}目", [f"{rare}文{rare}末{rare}", mark])]}, title=f"云{rare}陵", distribution=f"市\t直{mark}")
    read = "".join(c for c in text_of(publish(issue)) if unicodedata.category(c) != "Cf")
    assert "\u4db6题\u4db6目\u4db6文\u4db6末" in read
    assert "发放范围：市直" in read


# ---- the same every time ----


def test_two_processes_make_the_same_bytes(book):
    code = (f"import sys, hashlib; sys.path.insert(0, {str(HERE / 'publish')!r}); import yunling; from yuebao.publish import Setting, publish; "
            "print(hashlib.sha256(publish(yunling.issue_with_extras())).hexdigest())")
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={"PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai", "LC_ALL": "tr_TR.UTF-8", "PYTHONUTF8": "0"})
    assert other.stdout.strip() == hashlib.sha256(book).hexdigest()


def test_another_book_between_changes_nothing(book):
    publish(yunling.issue({"要闻": [("题", ["文"])]}))
    assert publish(yunling.issue_with_extras()) == book


# ---- odd issues ----

@pytest.mark.parametrize("rows", [26, 27, 28, 29, 30, 31])
def test_no_page_of_the_contents_holds_two_or_three_rows(rows):
    every = pages(publish(yunling.issue({"要闻": [(f"题{n}", ["文"]) for n in range(rows)]})))
    front = [text.count("题") for text in every if "...." in text]
    assert sum(front) == rows
    assert front[-1] > 3


@cache
def odd(name: str) -> bytes:
    return publish(ODD[name])


def with_table(*rows, caption=None):
    """An issue of one item with a table."""
    issue = yunling.issue({"要闻": [("题", ["文"])]})
    column = issue.columns[0]
    return replace(issue, columns=(replace(column, items=(replace(column.items[0], tables=(Table(0, rows, caption),)),)),))


ODD = {
    "table of nothing": with_table(),
    "table of empty rows": with_table((), ()),
    "caption without a table": with_table(caption="表一"),
    "ragged table": with_table(("甲",), ("乙", "丙", "丁")),
    "table of 40 columns": with_table(tuple(f"列{n}" for n in range(40)), tuple("值" * 9 for n in range(40))),
    "table of 400 rows": with_table(*((f"行{n}", "值" * 30) for n in range(400))),
    "names of nothing that is seen": yunling.issue({"\u200b": [("\ufeff", ["文"]), ("  ", ["文"])]}),
    "fourteen levels": yunling.issue(functools.reduce(lambda inner, n: {f"层{n}": inner}, range(14), {"末": [("题", ["文"])]})),
    "no year that a calendar has": yunling.issue(year=99999, month=77, published_on=None),
    "empty issue": replace(yunling.issue({}), masthead=Masthead(), epigraph=None, columns=()),
    "characters that only order": yunling.issue({"要闻": [("题\u00ad", ["文\u2060\u202e\u200d末"])]}),
    "no masthead": replace(yunling.issue(), masthead=Masthead()),
    "no epigraph": replace(yunling.issue(), epigraph=None),
    "no columns": replace(yunling.issue(), columns=()),
    "column without items": replace(yunling.issue(), columns=(Column("空栏"), Column("要闻", items=yunling.issue().columns[0].items))),
    "no headlines": yunling.issue({"五月": [(None, ["3日　记事一。", "△　记事二。"]), (None, ["7~8日　记事三。"])]}),
    "untitled column": yunling.issue({"": [("题", ["文"])]}),
    "headline alone": yunling.issue({"要闻": [("有题无文", [])]}),
    "five levels": yunling.issue({"甲": {"乙": {"丙": {"丁": {"戊": [("题", ["文"])]}}}}}),
    "long names": yunling.issue(
        {"栏目名称很长" * 8: {"分栏名称很长" * 12: [("题" * 200, ["文" * 3000])]}}, title="云陵市大事记" * 5, sponsor="主办单位" * 20),
    "no number": yunling.issue(number=None, serial_number=None),
    "one word of Latin": yunling.issue({"要闻": [("A" * 300, ["https://yunling.example/" + "a" * 300])]}),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_issues_are_set_whole(name):
    read = text_of(odd(name))
    for _, item in ODD[name].walk():
        assert squeeze(printable(item.headline or ""))[:20] in read
        assert squeeze(printable(item.text[item.entries[-1].start:item.entries[-1].end]))[-10:] in read if item.entries else True


@pytest.mark.parametrize("name", ODD)
def test_nothing_is_set_outside_the_page(name):
    """Every character stands at least 10 mm from the trim."""
    edge = 10 / 25.4 * 72
    with pypdfium2.PdfDocument(odd(name)) as document:
        for page in document:
            text, (width, height) = page.get_textpage(), page.get_size()
            for n in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(n)
                assert left > edge, (name, text.get_text_range(n, 9))
                assert right < width - edge, (name, text.get_text_range(n, 9))
                assert edge < bottom <= top < height - edge


def test_long_attributions_break_after_the_date():
    said = Epigraph("澄湖语", "把事情记准。", "郑文柏2022年4月18日在云陵市新时代史志工作高质量发展推进大会上的讲话", None)
    lines = pages(publish(replace(yunling.issue(), epigraph=said)), keep="\n")[2].splitlines()
    assert lines[-2:] == ["——郑文柏2022年4月18日", "在云陵市新时代史志工作高质量发展推进大会上的讲话"]


@pytest.mark.parametrize(("text", "line"), [
    ("2022-06-08", "编印日期：2022年6月8日"), ("2022年6月8日", "编印日期：2022年6月8日"), ("二〇二二年六月", "编印日期：二〇二二年六月")])
def test_dates_of_the_imprint_are_printed_as_dates(text, line):
    assert line in pages(publish(yunling.issue(published_on=text)))[1]


def test_no_column_stands_alone_at_a_page_foot_of_the_contents():
    content = {f"第{n}栏": {f"第{n}分栏": [(f"题{n}之{m}", ["文"]) for m in range(1 + n % 5)]} for n in range(40)}
    front = [text for text in pages(publish(yunling.issue(content))) if text and not re.search(r"—\d+—$", text)]
    assert len(front) > 6
    assert not [text[-20:] for text in front[3:] if not re.search(r"\.{3}\d+$", text)]


@pytest.mark.parametrize(("masthead", "line"), [
    (Masthead(year=2022, month=5, number=5), "2022年第5期"), (Masthead(year=2022, month=5), "2022年5月"), (Masthead(year=2022), "2022年"),
    (Masthead(number=3), "第3期"), (Masthead(month=3), None),
])
def test_the_number_line_says_what_is_known(masthead, line):
    assert number_line_of(masthead) == line


# ---- errors ----


def test_missing_glyphs_are_named():
    with pytest.raises(InputError) as caught:
        publish(yunling.issue({"要闻": [("云陵\ue5e5市", ["文\U0002ceff\x07"])]}))
    assert caught.value.code == "E501"
    assert "U+E5E5" in caught.value.message()
    assert "U+2CEFF" in caught.value.message()
    assert "U+0007" in caught.value.message()
    assert "第 1 条“云陵□市”" in caught.value.message()


@pytest.mark.parametrize("arguments", [{"families": {"song": "没有这种字体"}}, {"families": {"hei": "No Such"}}, {"fonts": [Path("/no/such/folder")]}])
def test_a_font_that_is_not_there_is_named(arguments):
    with pytest.raises(InputError) as caught:
        publish(yunling.issue(), setting=Setting(**arguments))
    assert caught.value.code == "E502"
    assert any(name in caught.value.message() for name in ("没有这种字体", "No Such", "/no/such/folder"))


def test_what_typst_refuses_is_told(monkeypatch):
    monkeypatch.setattr(press, "_template", lambda: {"main.typ": b"#panic(sys.version)"})
    with pytest.raises(InputError) as caught:
        publish(yunling.issue())
    assert caught.value.code == "E503"


def test_pages_that_never_settle_are_told(monkeypatch):
    """A book whose 目录 pages would be false is not handed out."""
    restless = b"#set document(title: [x], date: datetime(year: 2022, month: 5, day: 1)); #context { let n = counter(page).final().first(); for _ in range(n) { pagebreak() } }"
    monkeypatch.setattr(press, "_template", lambda: {"main.typ": restless})
    with pytest.raises(InputError, match=r"E503.*converge"):
        publish(yunling.issue())


def test_an_unknown_format_lists_the_known_ones():
    with pytest.raises(UsageError) as caught:
        publish(yunling.issue(), format="lotus")
    assert caught.value.code == "E203"
    assert "lotus" in caught.value.message()
    assert "pdf" in caught.value.message()
    assert "E203" in CODES
