"""OFD: as the standard has it, page for page the PDF, the same bytes every time, and an independent reader gets the same text back."""

import hashlib
import io
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace
from pathlib import Path

import ofdkit
import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from ofd_standard import SPACE, problems_of, problems_of_files
from set_books import INVENTED, NAMES, issue, published, read_back, yunling
from yuebao.model import content
from yuebao.publish import Setting, publish
from yuebao.text import squeeze

HERE = Path(__file__).resolve().parent
ALL = [NAMES[2], NAMES[-1], INVENTED]  # the pages of the others are held in test_publish_pages
SHORT = {"要闻": [("云陵市推进大会举行", ["5月11日，大会举行，规模以上工业增长7.8%。"])]}


@pytest.fixture(scope="module")
def files():
    """The files of the invented issue by their paths."""
    with zipfile.ZipFile(io.BytesIO(published(INVENTED, "ofd"))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


# ---- the standard ----


@pytest.mark.parametrize("name", ALL)
def test_the_file_is_as_the_standard_has_it(name):
    assert problems_of(published(name, "ofd")) == []


def changed(name, old, new, count=1):
    def change(files):
        text = files[name].decode()
        assert re.search(old, text), old
        return {**files, name: re.sub(old, new, text, count=count).encode()}
    return change


def without(name):
    return lambda files: {key: data for key, data in files.items() if key != name}


PAGE = "Doc_0/Pages/Page_6/Content.xml"
DAMAGES = [
    (without("OFD.xml"), "OFD.xml is missing"), (without("Doc_0/PublicRes.xml"), "PublicRes.xml is missing"), (without(PAGE), "Page_6/Content.xml is missing"),
    (without("Doc_0/Res/Font_0.otf"), "leads to Doc_0/Res/Font_0.otf which is missing"),
    (lambda files: {**files, "Doc_0/more.xml": b"<x/>"}, "no other file leads to it"),
    (lambda files: {**files, "Doc_0/Res/Font_0.otf": b"OTTO" + bytes(40)}, "does not open"),
    (changed("OFD.xml", "ofdspec.org/2016", "ofdspec.org/2015"), "has the root"), (changed(PAGE, "</ofd:Layer>", ""), "not well formed"),
    (changed("OFD.xml", r"<ofd:DocID>\w", "<ofd:DocID>"), "DocID"), (changed("OFD.xml", r"2022-06-08", "8.6.2022"), "CreationDate"),
    (changed("OFD.xml", r"(<ofd:Title>.*</ofd:Title>)(<ofd:Author>.*</ofd:Author>)", r"\2\1"), "DocInfo holds"),
    (changed("Doc_0/Document.xml", r"<ofd:MaxUnitID>\d+", "<ofd:MaxUnitID>9"), "MaxUnitID 9 is less"),
    (changed("Doc_0/Document.xml", r'PageID="\d+"', 'PageID="1"'), "PageID 1 leads to no Page"),
    (changed("Doc_0/Document.xml", 'Count="3"', 'Count="4"'), "has 3 below it"),
    (changed("Doc_0/Document.xml", r'(<ofd:Bookmark Name=")[^"]*(.*?<ofd:Bookmark Name=")[^"]*', r"\1x\2x"), "two bookmarks bear one name"),
    (changed("Doc_0/Document.xml", 'Event="CLICK"', 'Event="click"'), "Action Event is"),
    (changed("Doc_0/PublicRes.xml", 'Type="GRAY"', 'Type="GREY"'), "ColorSpace Type is"),
    (changed("Doc_0/PublicRes.xml", ' FontName="[^"]*"', ""), "Font has no FontName"),
    (changed(PAGE, r'ID="(\d+)"', 'ID="1"'), "has the ID 1 of another element"), (changed(PAGE, r' Font="\d+"', ' Font="999"'), "Font 999 leads to no Font"),
    (changed(PAGE, r'Boundary="\S+ ', 'Boundary="150 '), "a box outside the page"), (changed(PAGE, r'Boundary="[^"]*"', 'Boundary="1 1 0 1"'), "without width"),
    (changed(PAGE, r'DeltaX="', 'DeltaX="1 '), "DeltaX has not a step fewer"), (changed(PAGE, r' DeltaX="[^"]*"', ""), "no DeltaX"),
    (changed(PAGE, "云陵市委召开", "云陵市委召龘"), "the font has no glyph for '龘'"), (changed(PAGE, "<ofd:AbbreviatedData>M", "<ofd:AbbreviatedData>W"), "AbbreviatedData is"),
    (changed(PAGE, r'(<ofd:TextObject[^>]*>)(<ofd:TextCode.*?</ofd:TextCode>)', r'\1\2<ofd:FillColor Value="0"/>'), "TextObject holds"),
    (changed("Doc_0/Pages/Page_0/Content.xml", r'Value="168 32 26"', 'Value="168 32"'), "a colour of RGB"), (changed(PAGE, ' Size="', ' size="'), "unknown attribute size"),
]


@pytest.mark.parametrize(("damage", "said"), DAMAGES, ids=[said for _, said in DAMAGES])
def test_each_check_of_the_standard_can_fail(files, damage, said):
    assert problems_of_files(files) == []
    assert [problem for problem in problems_of_files(damage(files)) if said in problem]


# ---- page for page the PDF ----


@pytest.mark.parametrize("name", ALL)
def test_content_comes_back(name):
    made, _ = read_back(name, "ofd")
    assert content(made) == content(issue(name))


@pytest.mark.parametrize("name", ALL)
def test_text_is_that_of_the_pdf(name):
    _, source = read_back(name, "ofd")
    _, from_pdf = read_back(name, "pdf")
    assert source.text == from_pdf.text
    assert (source.page_starts, source.outline, source.marks) == (from_pdf.page_starts, from_pdf.outline, from_pdf.marks)


def test_pages_are_as_large_as_those_of_the_pdf():
    with pypdfium2.PdfDocument(published(INVENTED, "pdf")) as document, ofdkit.open(io.BytesIO(published(INVENTED, "ofd"))) as other:
        sizes = [(page.get_width() * 25.4 / 72, page.get_height() * 25.4 / 72) for page in document]
        assert [page.box for page in other.pages] == [pytest.approx((0, 0, width, height), abs=0.001) for width, height in sizes]


@pytest.mark.parametrize("name", ALL)
def test_an_independent_reader_gets_the_same_text(name):
    with ofdkit.open(io.BytesIO(published(name, "ofd"))) as document, pypdfium2.PdfDocument(published(name, "pdf")) as set_pages:
        assert document.warnings == []
        assert len(document.pages) == len(set_pages)
        for page, other in zip(document.pages, set_pages, strict=True):
            text = other.get_textpage().get_text_bounded().replace("\ufffe", "")
            assert sorted(squeeze(page.text())) == sorted(squeeze(text))
        whole = squeeze(document.text())
    assert all(squeeze(item.headline)[:12] in whole for item in issue(name).items() if item.headline)


def test_titles_author_and_day_are_in_the_file():
    with ofdkit.open(io.BytesIO(published(INVENTED, "ofd"))) as document:
        info = document.info
    assert (info.title, info.author, info.creation_date) == ("云陵月报 2022年第5期", "云陵市档案史志馆", "2022-06-08")
    assert info.creator == "Yuebao"


def test_bookmarks_are_those_of_the_pdf(files):
    with pypdfium2.PdfDocument(published(INVENTED, "pdf")) as document:
        titles = [mark.get_title() for mark in document.get_toc()]
    assert re.findall(r'OutlineElem Title="([^"]*)"', files["Doc_0/Document.xml"].decode()) == titles


def test_text_is_text_and_not_one_character_each(files):
    code = re.findall(r"<ofd:TextCode[^>]*>([^<]*)<", files[PAGE].decode())
    assert "云陵市委召开常委会会议研究部署防汛备汛和安全生产工作 " in [*code, *(text + " " for text in code)]
    assert "YUN LING YUE BAO" in files["Doc_0/Pages/Page_0/Content.xml"].decode()


def test_fonts_hold_little_more_than_the_book(files):
    names = [name for name in files if name.endswith(".otf")]
    assert len(names) == 2
    for name in names:
        font = TTFont(io.BytesIO(files[name]))
        assert len(font.getGlyphOrder()) < 6000
        assert "GSUB" not in font


def shown(made):
    """Of each character its glyph's width in parts of the size, as the file has it shown: (text, [(characters, width)])."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        public = ET.fromstring(archive.read("Doc_0/PublicRes.xml"))
        fonts = {told.get("ID"): TTFont(io.BytesIO(archive.read(f"Doc_0/Res/{told[0].text}"))) for told in public.iter(SPACE + "Font")}
        last = max((name for name in archive.namelist() if "/Pages/" in name), key=lambda name: int(re.search(r"Page_(\d+)", name)[1]))
        root = ET.fromstring(archive.read(last))
    for told in root.iter(SPACE + "TextObject"):
        font, text = fonts[told.get("Font")], told.find(SPACE + "TextCode").text
        named = {int(t.get("CodePosition")): (int(t.get("CodeCount")), font.getGlyphName(int(t[0].text))) for t in told.iter(SPACE + "CGTransform")}
        out, at = [], 0
        while at < len(text):
            count, glyph = named.get(at, (1, font.getBestCmap().get(ord(text[at]))))
            out.append((text[at:at + count], font["hmtx"][glyph][0] / font["head"].unitsPerEm))
            at += count
        yield text, out


def test_marks_have_the_form_that_the_pdf_has():
    """Quotation marks are of Chinese width among Chinese characters, the dash is one stroke, a dash between digits of the folio is not."""
    made = publish(yunling.issue({"要闻": [("题目", ["5月1日，“叫应”到户——文。"])]}), "ofd")
    every = [pair for _, pairs in shown(made) for pair in pairs]
    assert problems_of(made) == []
    assert {("“", 1.0), ("”", 1.0), ("——", 2.0)} <= set(every)
    assert [width for characters, width in every if characters == "—"] == [0.89, 0.89]


def test_inside_everything_is_grey(files):
    for name in (name for name in files if "/Pages/" in name and "Page_0/" not in name):
        assert not re.search(r'Value="\d+ ', files[name].decode()), name
    assert 'ColorSpace="1"' in files["Doc_0/Pages/Page_3/Content.xml"].decode()


# ---- the same every time ----


def test_two_processes_make_the_same_bytes():
    code = (f"import sys, hashlib; sys.path.insert(0, {str(HERE / 'publish')!r}); import yunling; from yuebao.publish import publish; "
            f"print(hashlib.sha256(publish(yunling.issue({SHORT!r}), 'ofd')).hexdigest())")
    there = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Kathmandu", "LC_ALL": "C"}
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=there)
    assert other.stdout.strip() == hashlib.sha256(publish(yunling.issue(SHORT), "ofd")).hexdigest()


def test_no_file_bears_the_time_of_its_making():
    with zipfile.ZipFile(io.BytesIO(published(INVENTED, "ofd"))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "OFD.xml"


# ---- odd issues ----

ODD = {
    "markup": ("题<&>]]>", "文</ofd:TextCode>&amp;\"'。"), "variation selectors": ("葛\ufe00城", "又一个葛\ufe00字。"),
    "ligatures": ("题", "office——first。"), "dashes": ("——题——", "——文……。"),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_characters_are_as_the_standard_has_them_and_come_back(name):
    headline, text = ODD[name]
    odd = yunling.issue({"要闻": [(headline, [text])]})
    made = publish(odd, "ofd")
    assert problems_of(made) == []
    with ofdkit.open(io.BytesIO(made)) as document:
        whole = squeeze(document.text())
    assert squeeze(headline) in whole
    assert squeeze(text) in whole


def test_an_issue_of_one_line():
    bare = replace(yunling.issue({"": [(None, ["只有一句话。"])]}), epigraph=None)
    made = publish(replace(bare, masthead=replace(bare.masthead, title=None, published_on=None)), "ofd", Setting())
    assert problems_of(made) == []


def test_every_element_is_of_the_standards_namespace(files):
    for name, data in files.items():
        if name.endswith(".xml"):
            assert b'xmlns:ofd="http://www.ofdspec.org/2016"' in data, name
    assert SPACE == "{http://www.ofdspec.org/2016}"
