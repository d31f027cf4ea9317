"""The Word file: read back it is the issue again; its styles, contents and pages are what Word and WPS make of them."""

import hashlib
import re
import struct
import subprocess
import sys
import zlib
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest

from accounting import faults
from material import TEXTS, reading
from office import needs_office, pdfs
from yuebao.errors import InputError, UsageError
from yuebao.model import Column, Epigraph, Figure, Masthead, Span, Table, content, map_items
from yuebao.publish import Setting
from yuebao.publish.docx import CANNOT_HOLD, write_docx
from yuebao.publish.docx.parts import ColumnHead, heads_of, row_title
from yuebao.read.docx import read_docx
from yuebao.structure import structure
from yuebao.text import squeeze
from yuebao.zipped import unpack

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "publish"))
import yunling  # noqa: E402


@pytest.fixture
def no_pages(monkeypatch):
    """The 目录 without pages: setting the book takes a second."""
    monkeypatch.setattr("yuebao.publish.docx.pages_of", lambda *_: {})


def back(issue, setting=None):
    """The issue read back from its Word file; what promise 1 asks of it is held on the way."""
    source = read_docx("issue.docx", write_docx(issue, setting or Setting()))
    found = structure(source)
    assert faults(found, source.text) == []
    assert found.unplaced == ()
    return found


def held(issue):
    return content(issue, CANNOT_HOLD)


# ---- promise 9 ----


@pytest.mark.usefixtures("no_pages")
@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.stem)
def test_an_issue_comes_back(path):
    issue, _ = reading(path)
    assert held(back(issue)) == held(issue)


def with_item(**changes):
    """The invented issue with one item of it changed."""
    made = yunling.issue_with_extras()
    return replace(made, columns=map_items(made.columns, lambda item: replace(item, **changes) if item.number == 4 else item))


def with_text(headline, entries):
    made = yunling.item(headline, entries)
    return with_item(headline=made.headline, text=made.text, entries=made.entries)


def with_bylines():
    made = yunling.item("题", ["一记。", "二记（云陵日报）", ""])
    entries = tuple(replace(entry, byline=byline) for entry, byline in zip(made.entries, ("市委办", "云陵日报", "云〔1〕"), strict=True))
    return with_item(headline="题", text=made.text, entries=entries)


HOSTILE = "<&>]]>&amp;\"'“”‘’ \\ {TC \"x\"} %1 \u202eעברית العربية\u202c 🀄👨‍👩‍👧 a\u200bb 葛\ufe00城 \u2028\x85\u00a0"
ISSUES = {
    "as it is": yunling.issue(),
    "with extras": yunling.issue_with_extras(),
    "no masthead": replace(yunling.issue(), masthead=Masthead()),
    "title alone": replace(yunling.issue(), masthead=Masthead(title="大事记")),
    "numbers alone": replace(yunling.issue(), masthead=Masthead(month=3, serial_number=7)),
    "year and month": replace(yunling.issue(), masthead=Masthead(title="月报", year=2024, month=3)),
    "number alone": replace(yunling.issue(), masthead=Masthead(title="月报", number=3)),
    "whole imprint": yunling.issue(permit_number="云内资准字第 7 号", printer="云陵印刷厂", print_run=300, printed_on="2022-06-12"),
    "dates in words": yunling.issue(published_on="二〇二二年六月"),
    "no epigraph": replace(yunling.issue(), epigraph=None),
    "epigraph of paragraphs": replace(yunling.issue(), epigraph=Epigraph(None, "一段。\n\n三段。", None, "2022-04-18")),
    "epigraph with a dash": replace(yunling.issue(), epigraph=Epigraph("语", "文。", "——某人", None)),
    "no columns": replace(yunling.issue(), columns=()),
    "no columns, nothing else": replace(yunling.issue(), masthead=Masthead(), epigraph=None, columns=(Column("空栏"),)),
    "empty column": replace(yunling.issue(), columns=(Column("空栏"), *yunling.issue().columns[:1])),
    "column without title": replace(yunling.issue(), columns=(replace(yunling.issue().columns[0], title=None), *yunling.issue().columns[1:])),
    "column listed otherwise": replace(yunling.issue(), columns=(replace(yunling.issue().columns[0], contents_title='时政“要”"闻"'),)),
    "item listed otherwise": with_item(contents_headline="目录中的题，“引号”、\\与 \"quotes\""),
    "no headlines": yunling.issue({"五月": [(None, ["3日　记事一。", "△　记事二。"]), (None, ["7~8日　记事三。"])]}),
    "headline alone": yunling.issue({"要闻": [("有题无文", [])]}),
    "nine levels": yunling.issue({"甲": {"乙": {"丙": {"丁": {"戊": {"己": {"庚": {"辛": {"壬": [("题", ["文"])]}}}}}}}}}),
    "twelve levels": yunling.issue({"0": {"1": {"2": {"3": {"4": {"5": {"6": {"7": {"8": {"9": {"10": {"11": [("题", ["文"])]}}}}}}}}}}}}),
    "several entries": with_text("题", ["一。", "二。", "三。"]),
    "white space": with_text(" 题\t题 ", ["  首尾有空格\u3000 ", "\t制表\t", " "]),
    "odd characters": with_text(HOSTILE, [HOSTILE, HOSTILE * 3]),
    "control characters": with_text("题\x01\x1f", ["\x07文\x0b\x0c\r\r。"]),
    "long": with_text("题" * 300, ["文" * 200_000]),
    "bylines": with_bylines(),
    "table without caption": with_item(tables=(Table(99, (("甲", ""), ("<", "多\n行"), ("少",))),)),
    "tables side by side": with_item(tables=(Table(99, (("甲", "乙"),)), Table(99, (("丙", "丁"),)), Table(99, (), "空表"))),
    "figures": replace(yunling.issue(), figures=(
        Figure("彩页", None, None, "封二", None, "image/png", "1" * 64), Figure("图 1", 3, 9, "说明（甲）", "温如玉", "image/jpeg", "2" * 64),
        Figure("图 2", 3, 9, None, "温如玉", "image/jpeg", "2" * 64), Figure("f", 3, 9, None, None, "image/tiff", "3" * 64))),
}


@pytest.mark.usefixtures("no_pages")
@pytest.mark.parametrize("name", ISSUES)
def test_odd_issues_come_back(name):
    assert held(back(ISSUES[name])) == held(ISSUES[name])


@pytest.mark.usefixtures("no_pages")
@pytest.mark.parametrize("internal", [True, (Span(0, 3), Span(9, 12)), None])
def test_what_is_internal_stays_so(internal):
    found = back(with_item(internal=internal))
    assert [item.internal for item in found.items() if item.internal] == ([internal] if internal else [])


# ---- the same every time ----


def test_two_processes_make_the_same_bytes():
    code = (f"import sys, hashlib; sys.path.insert(0, {str(HERE / 'publish')!r}); import yunling; from yuebao.publish import Setting; "
            "from yuebao.publish.docx import write_docx; print(hashlib.sha256(write_docx(yunling.issue_with_extras(), Setting())).hexdigest())")
    made = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment).stdout
        for environment in (
            {"PYTHONHASHSEED": "7", "TZ": "America/Lima", "LC_ALL": "C"}, {"PYTHONHASHSEED": "0", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8"})}
    assert len(made) == 1


# ---- pages: must show 1 ----


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory):
    """The issues as LibreOffice lays them out, their 目录 computed anew."""
    other = ISSUES["item listed otherwise"]
    issues = {"yunling": replace(other, columns=(*ISSUES["column listed otherwise"].columns, *other.columns[1:]))}
    issues |= {path.stem: reading(path)[0] for path in TEXTS}
    made = pdfs(tmp_path_factory.mktemp("office"), {name: write_docx(issue, Setting(first_page=3)) for name, issue in issues.items()})
    return {name: (issue, made[name]) for name, issue in issues.items()}


@needs_office
@pytest.mark.parametrize("name", ["yunling", *(path.stem for path in TEXTS)])
def test_the_contents_tell_the_page_on_which_each_heading_stands(laid_out, name):
    issue, made = laid_out[name]
    with pypdfium2.PdfDocument(made) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
        places = [(squeeze(mark.get_title()), mark.get_dest().get_index()) for mark in document.get_toc()]
    folios = {n: int(found[1]) for n, page in enumerate(pages) if (found := re.search(r"—\s*(\d+)\s*—\s*$", page))}
    front = "\n".join(page for n, page in enumerate(pages) if n not in folios).replace("\r\n", "\n").replace("\u3000", "")
    assert min(folios.values()) == 3
    rows = 0
    for head in heads_of(issue):
        title = squeeze(head.column.title if isinstance(head, ColumnHead) else head.item.headline or "")
        if not title:
            continue
        at = next(n for n, place in enumerate(places) if place[0] == title)
        stands = folios[places.pop(at)[1]]
        row = re.compile("\\s*".join(map(re.escape, squeeze(row_title(head)))) + r"[\s.]*(\d+)$", re.MULTILINE)
        found = row.search(front)
        assert found, title
        assert int(found[1]) == stands, title
        front = front[:found.start()] + front[found.end():]
        rows += 1
    assert rows > 30


@needs_office
def test_pages_have_the_size_of_the_style(laid_out):
    with pypdfium2.PdfDocument(laid_out["yunling"][1]) as document:
        assert {tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in document} == {(185, 260)}


# ---- pictures, tables, styles ----


def png(width, height):
    """A grey PNG."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + b"\x90" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def with_pictures():
    """An issue with a picture that stands twice, another, and one whose bytes are not there; the setting with the bytes."""
    wide, high = png(1600, 900), png(300, 2000)
    names = {hashlib.sha256(data).hexdigest(): data for data in (wide, high)}
    first, second = names
    figures = (
        Figure("彩页", None, None, "封二", None, "image/png", first), Figure("f1", 3, None, "说明", "温如玉", "image/png", first),
        Figure("f2", 4, None, None, None, "image/png", second), Figure("f3", 5, None, "没有", None, "image/png", "0" * 64))
    return replace(yunling.issue(), figures=figures), Setting(pictures=names)


@pytest.mark.usefixtures("no_pages")
def test_pictures_come_back():
    issue, setting = with_pictures()
    source = read_docx("a.docx", write_docx(issue, setting))
    assert held(structure(source)) == held(issue)
    assert {picture.sha256: picture.data for picture in source.pictures} == setting.pictures


@pytest.mark.usefixtures("no_pages")
def test_a_picture_is_no_wider_than_a_line_nor_higher_than_half_a_page():
    document = unpack(write_docx(*with_pictures()))["word/document.xml"].decode()
    sizes = [(int(wide) / 12_700, int(high) / 12_700) for wide, high in re.findall(r'<wp:extent cx="(\d+)" cy="(\d+)"', document)]
    assert [(round(w), round(h)) for w, h in sizes] == [(408, 230), (408, 230), (50, 330)]


@pytest.mark.parametrize("data", [b"no picture", b"RIFF\x10\0\0\0WEBPVP8X" + bytes(20)])
def test_a_picture_that_word_cannot_show_is_told(data):
    name = hashlib.sha256(data).hexdigest()
    issue = replace(yunling.issue(), figures=(Figure("f1", 3, None, "说明", None, "image/webp", name),))
    with pytest.raises(InputError) as caught:
        write_docx(issue, Setting(pictures={name: data}))
    assert caught.value.code == "E505"
    assert "说明" in caught.value.message()


@pytest.mark.usefixtures("no_pages")
@pytest.mark.parametrize("name", ["with extras", "bylines", "column listed otherwise", "no headlines", "figures"])
def test_what_was_read_back_is_written_as_the_same_bytes(name):
    first = write_docx(ISSUES[name], Setting())
    again = structure(read_docx("a.docx", first))
    assert write_docx(replace(again, source=ISSUES[name].source), Setting()) == first


def part(name="word/document.xml", issue=None, **setting):
    return unpack(write_docx(issue or ISSUES["with extras"], Setting(**setting)))[name].decode()


@pytest.mark.usefixtures("no_pages")
def test_every_part_is_well_formed_and_related():
    issue, setting = with_pictures()
    files = unpack(write_docx(issue, setting))
    for name, data in files.items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(data)
    for base in ("", "word/"):
        targets = re.findall(r'Target="([^"]+)"', files[f"{base}_rels/{'document.xml' if base else ''}.rels"].decode())
        assert targets
        assert all(base + target in files for target in targets)
    used = set(re.findall(r'w:(?:pStyle|rStyle|tblStyle|basedOn|next) w:val="([^"]+)"', "".join(d.decode() for n, d in files.items() if n.endswith(".xml"))))
    assert used <= set(re.findall(r'w:styleId="([^"]+)"', files["word/styles.xml"].decode()))


@pytest.mark.usefixtures("no_pages")
def test_no_text_makes_a_part_malformed():
    odd = "\x07\x0c<&>\"\ud800\uffff"
    made = with_item(contents_headline=odd)
    made = replace(made, masthead=replace(made.masthead, title=odd, sponsor=odd), columns=(Column(odd, odd), *made.columns),
                   figures=(Figure(odd, 3, None, odd, odd, "image/png", "0" * 64),))
    for name, data in unpack(write_docx(made, Setting(families={"song": '"<&>'}))).items():
        assert ElementTree.fromstring(data) is not None, name


@pytest.mark.usefixtures("no_pages")
def test_columns_are_headings_and_headlines_run_in():
    styles, document = part("word/styles.xml"), part()
    ids = dict(re.findall(r'w:styleId="([^"]+)"><w:name w:val="([^"]+)"', styles))
    named = {name: key for key, name in ids.items()}
    assert re.search(rf'w:styleId="{named["月报一级栏目"]}"><w:name [^>]*/><w:basedOn w:val="Heading1"/>', styles)
    assert re.search(rf'w:styleId="{named["月报二级栏目"]}"><w:name [^>]*/><w:basedOn w:val="Heading2"/>', styles)
    run_in = rf'<w:pStyle w:val="{named["月报条题"]}"/><w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr>'
    assert len(re.findall(run_in, document)) == sum(item.headline is not None for item in yunling.issue().items())
    assert 'TOC \\f \\h \\z \\t "月报一级栏目,1,月报二级栏目,2,月报条题,3"' in document
    assert document.count('w:dirty="true"') == 1  # the 目录 is to be computed on opening, and nothing else
    assert 'w:eastAsia="zh-CN"' in styles
    assert 'w:eastAsia="黑体"' in styles


@pytest.mark.usefixtures("no_pages")
def test_the_office_s_own_families_and_the_style_s_measures_are_kept():
    assert 'w:eastAsia="方正书宋"' in part("word/styles.xml", families={"song": "方正书宋"})
    assert '<w:pgSz w:w="11906" w:h="16838"/>' in part(style="official")
    assert 'w:eastAsia="仿宋"' in part("word/styles.xml", style="official")
    assert '<w:type w:val="evenPage"/>' in part(first_page=6)
    assert '<w:type w:val="oddPage"/>' in part(first_page=7)


def test_as_printed_it_has_the_grid_and_pages_of_the_printed_book():
    issue, _ = reading(TEXTS[0])
    made = part(issue=issue, style="as-printed")
    first = issue.items()[0].page
    assert f'<w:pgNumType w:start="{first}"/>' in made
    assert re.search(rf"PAGEREF [^<]*</w:instrText></w:r><w:r><w:fldChar[^>]*/></w:r><w:r><w:t[^>]*>{first}<", made)
    with pytest.raises(UsageError, match="E203"):
        write_docx(yunling.issue(), Setting(style="as-printed"))


@pytest.mark.usefixtures("no_pages")
def test_the_children_of_properties_stand_in_the_order_of_the_schema():
    """ECMA-376 part 1, 17.3: Word calls a file damaged in which they do not."""
    issue, setting = with_pictures()
    files = unpack(write_docx(replace(ISSUES["with extras"], figures=issue.figures), setting))
    for name in ("word/document.xml", "word/styles.xml", "word/header_odd.xml", "word/settings.xml"):
        for element in ElementTree.fromstring(files[name]).iter():
            order = ORDER.get(element.tag.rpartition("}")[2])
            if order:
                tags = [child.tag.rpartition("}")[2] for child in element]
                assert tags == sorted(tags, key=order.index), (name, tags)


ORDER = {tag: words.split() for tag, words in {
    "pPr": "pStyle keepNext pBdr tabs overflowPunct autoSpaceDE autoSpaceDN spacing ind jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b vanish specVanish color spacing kern sz szCs lang",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType vAlign docGrid",
    "style": "name basedOn next qFormat pPr rPr tblPr", "tblPr": "tblStyle tblW jc tblBorders tblCellMar", "tcPr": "tcW vAlign",
    "settings": "mirrorMargins defaultTabStop evenAndOddHeaders characterSpacingControl compat themeFontLang",
    "inline": "extent docPr cNvGraphicFramePr graphic",
}.items()}


@pytest.mark.usefixtures("no_pages")
def test_tables_stand_apart():
    """Word runs two tables into one where no paragraph stands between."""
    assert "</w:tbl><w:tbl>" not in part(issue=ISSUES["tables side by side"])


def test_the_contents_are_filled_with_the_pages_of_the_set_book():
    rows = re.findall(r"PAGEREF [^<]*</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t[^>]*>(\d+)<", part(first_page=21))
    assert len(rows) == 37 + 7 + 7
    assert rows[0] == "21"
    assert rows == sorted(rows, key=int)


def test_an_issue_that_cannot_be_set_has_the_printed_pages():
    made = with_text("云陵\U000f0001", ["文"])
    made = replace(made, columns=map_items(made.columns, lambda item: replace(item, page=41)))
    assert part(issue=made).count(">41<") == 37


@pytest.mark.usefixtures("no_pages")
def test_two_thousand_items_are_written_and_read():
    issue = yunling.issue({"要闻": [(f"第{n}条", [f"记事{n}。"]) for n in range(2000)]})
    assert held(structure(read_docx("a.docx", write_docx(issue, Setting())))) == held(issue)
