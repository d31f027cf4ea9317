"""PDF in: what our own book says comes back whole, what other programs set is read as it is seen, what cannot be read says why."""

import hashlib
import io
import json
from dataclasses import replace

import pypdfium2
import pytest
import typst

from accounting import faults
from set_books import INVENTED, JPEG, NAMES, issue, published, read_back, yunling
from test_publish_pictures import png
from yuebao.errors import InputError
from yuebao.model import Column, Figure, Masthead, content, map_items
from yuebao.pages import Book, Bookmark, Glyph, Image, Look, Page, Shape
from yuebao.publish import Setting, publish
from yuebao.publish.pdf import CANNOT_HOLD
from yuebao.read import read
from yuebao.read.set_pages import outline_of, source_of
from yuebao.structure import structure
from yuebao.text import squeeze

# ---- promise 9 ----


@pytest.mark.parametrize("name", [*NAMES, INVENTED])
def test_content_comes_back(name):
    made, _ = read_back(name, "pdf")
    assert content(made) == content(issue(name))


@pytest.mark.parametrize("style", ["large", "official"])
def test_content_comes_back_from_the_other_styles(style):
    source = read("x.pdf", publish(issue(NAMES[1]), "pdf", Setting(style=style)))
    assert content(structure(source)) == content(issue(NAMES[1]))


@pytest.mark.parametrize("order", ["pinyin", "strokes"])
def test_an_index_behind_the_body_is_none_of_its_columns(order):
    made = structure(source := read("x.pdf", publish(issue(NAMES[1]), "pdf", Setting(index=order))))
    assert content(made) == content(issue(NAMES[1]))
    assert not made.problems
    assert faults(made, source.text) == []
    assert "index" in {dropped.reason for dropped in made.dropped}


@pytest.mark.parametrize("name", [*NAMES, INVENTED])
def test_every_character_of_the_file_is_in_the_source(name):
    """None lost but at the ends of lines, none made up but white space: as pdfium counts them."""
    _, source = read_back(name, "pdf")
    with pypdfium2.PdfDocument(published(name, "pdf")) as document:
        said = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert sorted(squeeze(source.text)) == sorted(squeeze(said.replace("\ufffe", "")))


ENTRIES = [f"5月{day}日，市里举行第{day}场活动，来自各县区的代表参加，会后分组交流，形成意见若干条，逐条落实到部门。" for day in (1, 9, 30)]
@pytest.mark.parametrize("name", [*NAMES, INVENTED])
def test_every_character_is_accounted_for(name):
    """Promise 1, with folios, heads, tables and captions."""
    made, source = read_back(name, "pdf")
    assert faults(made, source.text) == []


LONG = "会议指出，要把各项工作抓实抓细。" * 1300
UNTITLED = yunling.issue({"": [("前一则题目", ["5月1日，正文一句。"]), ("后一则题目", ["5月2日，后一则的正文。"])]})
HOSTILE = {
    "an item of twenty thousand characters": yunling.issue({"要闻": [("题目很长的一则", [LONG]), ("后一则题目", ["5月2日，后一则的正文。"])]}),
    "a headline of 300": yunling.issue({"要闻": [("题" * 300, ["5月1日，正文一句。"]), ("后一则题目", ["5月2日，后一则的正文。"])]}),
    "markup": yunling.issue({"要闻": [("题目<&>]]>一则", ["5月1日，正文<b>&amp;]]>。"]), ("后一则题目", ["5月2日，后一则的正文。"])]}),
    "an empty column": replace(yunling.issue(), columns=(*yunling.issue().columns[:1], Column("空栏"), *yunling.issue().columns[1:2])),
    "a column without title": replace(UNTITLED, columns=(replace(UNTITLED.columns[0], title=None),)),
    "an item without headline": yunling.issue({"要闻": [("前一则题目", ["5月1日，正文一句。"])], "光荣榜": [(None, ["5月3日，某某获评先进。"])]}),
    "several entries": yunling.issue({"要闻": [("前一则题目", ENTRIES), ("后一则题目", ENTRIES)]}),
    "spaces": yunling.issue({"要闻": [("前一则 题目", ["5月1日，正文 一句　两句 2022 年 AB CD。"]), ("后一则题目", ["5月2日，后一则的正文。"])]}),
    "no masthead": replace(yunling.issue(), masthead=Masthead(), epigraph=None),
}
UNTOLD = {"an empty column"}  # nothing in the body or the 目录 tells it from a row


@pytest.mark.parametrize("name", HOSTILE)
def test_odd_issues_come_back(name):
    made = structure(read("x.pdf", publish(HOSTILE[name], "pdf")))
    wanted = content(HOSTILE[name], {"place_line"})
    found = content(made, {"place_line"})
    if name in UNTOLD:
        assert [item.text for item in made.items()][:3] == [item.text for item in HOSTILE[name].items()][:3]
    else:
        assert found["columns"] == wanted["columns"]
        assert found["masthead"] == wanted["masthead"]
    assert not made.unplaced


def test_what_a_set_page_cannot_hold():
    """A byline comes back as text, a picture that is no JPEG as other bytes; nothing else differs."""
    data = png(30, 20)
    with_byline = yunling.issue({"要闻": [("前一则题目", ["5月1日，正文一句。"]), ("后一则题目", ["5月2日，后一则的正文。"])]}, place_line=None)
    first = with_byline.items()[0]
    signed = replace(first, entries=(replace(first.entries[0], byline="温如玉"),))
    figure = Figure("f9", signed.number, len(first.text), "代表察看现场", None, "image/png", hashlib.sha256(data).hexdigest())
    odd = replace(with_byline, columns=map_items(with_byline.columns, lambda item: signed if item is first else item), figures=(figure,))
    made = structure(read("x.pdf", publish(odd, "pdf", Setting(pictures={figure.sha256: data}))))
    assert made.items()[0].text == first.text + "（温如玉）"
    wanted = content(odd, {*CANNOT_HOLD, "text", "after"})
    assert content(made, {*CANNOT_HOLD, "text", "after"}) == wanted
    assert wanted["figures"] == [{"item": 1, "caption": "代表察看现场", "credit": None}]


# ---- what other programs set: lines from places ----

BODY = Look("song", 12.0)
SMALL = Look("song", 9.0)


def line(text, x, y, look=BODY, step=None, width=1.0):
    """Characters from left to right, `step` of the size apart."""
    return [
        Glyph(c, x + n * (step or width) * look.size, y, x + n * (step or width) * look.size + width * look.size, look) for n, c in enumerate(text)]


def page(*lines, shapes=(), images=()):
    return Page(400.0, 600.0, tuple(glyph for glyphs in lines for glyph in glyphs), tuple(shapes), tuple(images))


def of(*pages, bookmarks=()):
    return source_of("x.pdf", "application/pdf", "0", Book(pages, tuple(bookmarks)))


SEEN = {
    "a spaced title": ([line("云陵月报", 50, 50, step=1.6)], "云陵月报"),
    "words apart": ([line("要闻", 50, 50), line("领导", 90, 50)], "要闻 领导"),
    "two characters spaced out": ([line("目录", 50, 50, step=2.5)], "目录"),
    "right to left": ([line("文", 50, 50), line("םולש", 62, 50, width=0.5), line("完", 86, 50)], "文שלום完"),
    "a page number far off": ([line("题目", 50, 50), line("12", 300, 50, width=0.5)], "题目  12"),
    "leaders": ([line("题目", 50, 50), line("....", 76, 50, step=0.8, width=0.25), line("7", 300, 50)], "题目....  7"),
    "a raised number": ([line("面积5", 50, 50), line("2", 86, 46, SMALL), line("米", 95, 50)], "面积52米"),
    "lines in any order": ([line("下一行", 50, 80), line("上一行", 50, 60)], "上一行\n下一行"),
    "an indent": ([line("顶格的一行字", 50, 50), line("缩进的一行字", 74, 70), line("顶格", 50, 90)], "顶格的一行字\n　　缩进的一行字\n顶格"),
    "a mark that hangs out": ([line("顶格的一行", 50, 50), line("“引用的话", 44, 70), line("顶格", 50, 90)], "顶格的一行\n“引用的话\n顶格"),
    "a blank line": ([line("一", 50, 50), line("二", 50, 70), line("三", 50, 90), line("四", 50, 130)], "一\n二\n三\n\n四"),
    "latin words": ([line("AB", 50, 50, width=0.5), line("CD", 65, 50, width=0.5)], "AB CD"),
    "a space of the file's own": ([line("甲 乙", 50, 50)], "甲 乙"),
    "a watermark": ([[Glyph(c, 100, 100, 112, BODY, True) for c in "内部"], line("正文的字", 50, 500)], "正文的字\n\n内部"),
}


@pytest.mark.parametrize("name", SEEN)
def test_lines_are_read_as_they_are_seen(name):
    lines, wanted = SEEN[name]
    assert of(page(*lines)).text == wanted


def test_a_space_at_the_end_of_a_line_is_kept_for_the_word_that_it_parts():
    text = "云陵月报\n2025年第4期\n\n目录\n要闻\n市图书馆开馆 (1)\n市博物馆开馆 (2)\n\n要闻\n市图书馆开馆 4月1日，增补 2023 \n年度计划，\n共 5 \n项。\n市博物馆开馆 4月2日，开馆。\n"
    from yuebao.read.text import source_of as text_source

    assert structure(text_source("x.txt", text)).items()[0].text == "市图书馆开馆\n4月1日，增补 2023 年度计划，共 5 项。"


def test_a_character_of_which_the_file_says_nothing_is_noted():
    source = of(page(line("云\ufffd月", 50, 50)))
    assert [(p.code, p.source_start) for p in source.problems] == [("R001", 1)]


# ---- furniture ----


def body(n, head=None, foot=None, look=SMALL):
    lines = [line(f"第{'甲乙丙丁戊己'[n]}页第{k}行的正文", 50, 100 + 20 * k) for k in range(5)]
    return page(*([line(head, 50, 40, look)] if head else []), *lines, *([line(foot, 190, 560, look)] if foot else []))


def furniture(*pages):
    source = of(*pages)
    return [(source.text[m.start:m.end], m.value) for m in source.marks if m.role == "furniture"]


FURNITURE = {
    "folios": ([body(n, foot=f"— {n + 3} —") for n in range(4)], [(f"— {n + 3} —", "folio") for n in range(4)]),
    "folios with words": ([body(n, foot=f"第{n + 1}页 共4页") for n in range(4)], [(f"第{n + 1}页 共4页", "folio") for n in range(4)]),
    "the same head": ([body(n, head="云陵月报 2025年第4期") for n in range(4)], [("云陵月报 2025年第4期", "running head")] * 4),
    "a head as large as the text": ([body(n, head="云陵月报 第4期", look=BODY) for n in range(4)], [("云陵月报 第4期", "running head")] * 4),
    "heads that change": ([body(n, head=h) for n, h in enumerate(["要闻", "会议", "荣誉", "人物"])], [(h, "running head") for h in ["要闻", "会议", "荣誉", "人物"]]),
    "first lines of the text": ([body(n) for n in range(5)], []),
    "headings as large as the text": ([body(n, head=h, look=BODY) for n, h in enumerate(["要闻", "会议", "荣誉", "人物"])], []),
    "two pages only": ([body(n, head="云陵月报", foot=str(n)) for n in range(2)], []),
    "numbers that are no folios": ([body(n, foot=str(f)) for n, f in enumerate([7, 3, 9, 1])], [("7", "running head"), ("3", "running head"), ("9", "running head"), ("1", "running head")]),
}


@pytest.mark.parametrize("name", FURNITURE)
def test_furniture_is_told_by_its_place(name):
    pages, wanted = FURNITURE[name]
    assert furniture(*pages) == wanted


def test_small_rows_at_the_head_of_pages_are_no_heads():
    """Pages of the 目录 that begin at one height, in smaller type than the text."""
    words = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨"
    rows = [page(*(line(f"{words[9 * n + k]}之题目......{k}", 50, 60 + 22 * k, Look("song", 10.5)) for k in range(9))) for n in range(4)]
    assert furniture(*rows, *(body(n) for n in range(6))) == []


def test_on_few_pages_a_head_is_told_by_its_words():
    source = of(body(0, head="云陵月报　2025年第4期", foot="— 2 —"), body(1, head="要闻", foot="— 3 —"), bookmarks=[Bookmark("要闻", 1, 1)])
    assert [(source.text[m.start:m.end], m.value) for m in source.marks] == [("— 2 —", "folio"), ("要闻", "running head"), ("— 3 —", "folio")]


# ---- tables and pictures ----


def rule(*points):
    return Shape((("M", (points[0],)), *(("L", (point,)) for point in points[1:])), (0, 0, 0), None, 0.4)


def ruled(across, down):
    return [*(rule((across[0], y), (across[-1], y)) for y in down), *(rule((x, down[0]), (x, down[-1])) for x in across[1:-1])]


def thin(left, top, right, bottom):
    corners = (left, top), (right, top), (right, bottom), (left, bottom)
    return Shape((("M", corners[:1]), *(("L", (corner,)) for corner in corners[1:]), ("C", ())), None, (0, 0, 0), 0.0)


CELLS = [line("指标", 60, 112), line("数值", 160, 112), line("产值", 60, 132), line("5亿元", 160, 132), line("税收", 60, 152)]
ROWS = [["指标", "数值"], ["产值", "5亿元"], ["税收", ""]]
GRIDS = {
    "rules and uprights": ruled([50, 150, 250], [100, 120, 140, 160]),
    "areas": [*(thin(50, y, 250, y + 0.5) for y in (100, 120, 140, 160)), thin(150, 100, 150.5, 160)],
    "a box for each cell": [rule((x, y), (x + 100, y), (x + 100, y + 20), (x, y + 20), (x, y)) for x in (50, 150) for y in (100, 120, 140)],
}


@pytest.mark.parametrize("name", GRIDS)
def test_ruled_tables_are_tables(name):
    source = of(page(line("上文的一句话。", 50, 60), line("表一", 138, 92), *CELLS, line("下文的一句话。", 50, 200), shapes=GRIDS[name]))
    (mark,) = source.marks
    assert (mark.role, mark.field, json.loads(mark.value)) == ("table", "表一", ROWS)
    assert source.text.split() == ["上文的一句话。", "表一", "指标", "数值", "产值", "5亿元", "税收", "下文的一句话。"]


NO_TABLE = {
    "a rule under a heading": [rule((50, 66), (250, 66))],
    "a frame": [rule((40, 90), (300, 90), (300, 170), (40, 170), (40, 90))],
    "rules alone": [rule((50, y), (250, y)) for y in (100, 120, 140, 160)],
    "a table with nothing in it": ruled([50, 150, 250], [300, 320, 340]),
}


@pytest.mark.parametrize("name", NO_TABLE)
def test_other_rules_are_none(name):
    assert of(page(line("上文的一句话。", 50, 60), *CELLS, shapes=NO_TABLE[name])).marks == ()


@pytest.mark.parametrize(("caption", "said"), [
    (line("代表察看现场", 164, 262, SMALL), "代表察看现场"), (line("不在图的正中", 50, 262, SMALL), None), (line("离图太远的话", 164, 300, SMALL), None)])
def test_the_line_in_the_middle_under_a_picture_is_its_caption(caption, said):
    image = Image(91.0, 100.0, 291.0, 250.0, "image/jpeg", JPEG)
    source = of(page(line("上文。", 50, 60), caption, line("下文的话很长很长。", 50, 330), images=[image]))
    assert [source.text[m.start:m.end] for m in source.marks if m.role == "caption"] == ([said] if said else [])
    assert [(p.media_type, source.text[:p.at].split()) for p in source.pictures] == [("image/jpeg", ["上文。"])]


def test_a_picture_on_every_page_is_furniture():
    logo = Image(10.0, 10.0, 30.0, 30.0, "image/jpeg", JPEG)
    assert of(*(replace(body(n), images=(logo,)) for n in range(4))).pictures == ()


# ---- bookmarks ----


@pytest.mark.parametrize(("levels", "outline"), [
    ([("要闻", 1), ("一则", 2), ("会议", 1), ("又一则", 2)], "要闻\n会议"), ([("目录", 1), ("经济", 1), ("项目", 2), ("一则", 3)], "经济\n  项目"),
    ([("一则", 1), ("二则", 1)], None), ([], None), ([("深", 3), ("更深", 4)], "深"), ([("要闻", 1), ("一则", 2), ("荣誉", 1), ("某一则很长的题目不会是栏目", 1)], "要闻\n荣誉"),
    ([("目录", 1), ("经济", 1), ("要", 2), ("一则", 3), ("空栏", 2), ("会议", 1)], "经济\n  要\n  空栏\n会议"),
])
def test_bookmarks_with_others_under_them_are_the_outline(levels, outline):
    assert outline_of(Book((), tuple(Bookmark(title, level, 0) for title, level in levels))) == outline


# ---- files ----


def test_the_media_type_pages_and_places():
    _, source = read_back(INVENTED, "pdf")
    assert (source.info.media_type, source.info.pages) == ("application/pdf", len(source.page_starts))
    assert source.page_of(source.text.index("目录")) == 4


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_pages_are_read_as_they_are_seen(turn):
    """The text stands upright on the page as it is shown, whatever the page's own space."""
    made = typst.compile(f"#set page(width: 12cm, height: 12cm)\n#rotate({-turn}deg, reflow: false, block(width: 8cm, height: 8cm)[上一行字\\ 下一行字])".encode())
    with pypdfium2.PdfDocument(made) as document:
        document[0].set_rotation(turn)
        out = io.BytesIO()
        document.save(out)
    assert [said.strip() for said in read("x.pdf", out.getvalue()).text.splitlines() if said.strip()] == ["上一行字", "下一行字"]


def scan():
    document = pypdfium2.PdfDocument.new()
    sheet = document.new_page(400, 600)
    image = pypdfium2.PdfImage.new(document)
    image.load_jpeg(io.BytesIO(JPEG), pages=[sheet])
    sheet.insert_obj(image)
    sheet.gen_content()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


BROKEN = {
    "cut off": (lambda: published(INVENTED, "pdf")[:3000], "E108"), "head alone": (lambda: b"%PDF-1.7\n", "E108"),
    "noise": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40, "E108"), "a scan": (scan, "E107"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_read_says_why(name):
    made, code = BROKEN[name]
    with pytest.raises(InputError) as caught:
        read("x.pdf", made())
    assert caught.value.code == code
    assert caught.value.advice()
