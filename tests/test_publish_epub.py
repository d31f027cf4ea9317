"""EPUB 3: epubcheck has nothing to say, the whole issue reads back, books of others are read as their pages show; damaged ones are refused."""

import hashlib
import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace

import pytest

import published
from material import TEXTS, reading
from published import ISSUES, NOTHING, digests, read_back, together, yunling
from test_publish_tei import PIXEL
from yuebao.errors import InputError
from yuebao.model import content
from yuebao.publish import Setting, epub
from yuebao.read import read
from yuebao.structure import structure
from yuebao.zipped import pack, unpack

# a grey picture of one pixel, whole
GREY = (b"GIF89a\1\0\1\0\x80\0\0\x80\x80\x80\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;")
ILLUSTRATED = published.odd(
    published.Column("要闻", items=published.items(("题", ["文。"]))),
    figures=(replace(published.FIGURE, sha256=hashlib.sha256(GREY).hexdigest()), replace(published.FIGURE, id="2", item=1, sha256=hashlib.sha256(GREY).hexdigest(), caption="说明")))


def write(issue, **setting):
    return epub.write_epub(issue, Setting(**setting))


@pytest.mark.parametrize("name", ISSUES)
def test_an_issue_reads_back(name):
    read_back("epub", ISSUES[name], epub.CANNOT_HOLD)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_real_issue_reads_back(path):
    read_back("epub", reading(path)[0], epub.CANNOT_HOLD)


def test_bytes_do_not_depend_on_the_machine():
    first, second = digests()
    assert first["epub"] == second["epub"]


def test_epubcheck_has_nothing_to_say(tmp_path):
    """One book of all that is here: the checker takes seconds to start. Debian's is a jar, which not every kernel starts as a program."""
    book = tmp_path / "all.epub"
    book.write_bytes(write(together([*ISSUES.values(), reading(TEXTS[-1])[0], ILLUSTRATED]), pictures={hashlib.sha256(GREY).hexdigest(): GREY}))
    program = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", shutil.which("epubcheck") or "/usr/bin/epubcheck"]
    run = subprocess.run([*program, str(book)], capture_output=True, text=True, check=False)
    assert "0 fatals / 0 errors / 0 warnings / 0 infos" in run.stdout, (run.stdout + run.stderr)[-2000:]


def test_a_book_of_nothing_has_its_files():
    assert {"EPUB/cover.xhtml", "EPUB/nav.xhtml"} <= set(unpack(write(NOTHING)))


def test_the_container_is_as_the_standard_wants():
    data = write(yunling.issue())
    assert data[30:58] == b"mimetypeapplication/epub+zip"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
        assert {info.date_time for info in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}


def test_navigation_has_columns_in_their_levels_and_every_item():
    issue = yunling.issue()
    nav = unpack(write(issue))["EPUB/nav.xhtml"].decode()
    links = re.findall(r'<a href="([^"]+)">([^<]+)</a>', nav)
    titles = [text for _, text in links]
    assert titles[:4] == ["封面", "版权页", "澄湖语", "要闻"]
    at = titles.index("经济")
    assert titles[at + 1:at + 3] == ["项目推动", "澄湖储能电池产业园一期投产"]
    assert sum("#item-" in link for link, _ in links) == len(issue.items())
    between = nav[nav.index("经济"):nav.index("项目推动")]
    assert "<ol>" in between


@pytest.mark.parametrize(("masthead", "modified"), [
    ({}, "2022-06-08T00:00:00Z"), ({"published_on": "2022年夏"}, "2000-01-01T00:00:00Z"), ({"published_on": "2022-02-31"}, "2000-01-01T00:00:00Z"),
    ({"published_on": None, "year": None}, "2000-01-01T00:00:00Z"),
])
def test_the_time_is_that_of_the_issue(masthead, modified):
    package = unpack(write(yunling.issue(**masthead)))["EPUB/package.opf"].decode()
    assert f'<meta property="dcterms:modified">{modified}</meta>' in package


def test_pictures_come_back_with_the_book():
    digest = hashlib.sha256(GREY).hexdigest()
    source = read("x.epub", write(ILLUSTRATED, pictures={digest: GREY}))
    assert {(picture.sha256, picture.media_type) for picture in source.pictures} == {(digest, "image/gif")}
    assert content(structure(source), epub.CANNOT_HOLD) == content(ILLUSTRATED, epub.CANNOT_HOLD)


CONTAINER = b'<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="O%20P/b.opf"/></rootfiles></container>'
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>云陵故事</dc:title></metadata>
<manifest><item id="b" href="t%20ext/2.xhtml" media-type="application/xhtml+xml"/><item id="a" href="t%20ext/1.xhtml"/><item id="n" href="nav.xhtml" properties="nav"/>
<item id="p" href="p.png" media-type="image/png"/></manifest><spine><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/><itemref idref="gone"/></spine></package>"""
FOREIGN = {
    "META-INF/container.xml": CONTAINER, "O P/b.opf": PACKAGE.encode(), "O P/nav.xhtml": b"<html><body>no</body></html>", "O P/p.png": PIXEL,
    "O P/t ext/1.xhtml": "<html><head><title>一</title></head><body><h1>第一章</h1><p>5月6日，开会。<img src='../p.png'/></p></body></html>".encode(),
    "O P/t ext/2.xhtml": "<html><body><h1>第二章</h1><p>散会。</p></body></html>".encode(),
}


def test_a_book_of_others_is_read_in_its_order():
    source = read("x.epub", pack(FOREIGN))
    assert source.text.split("\n") == ["云陵故事", "第一章", "5月6日，开会。", "第二章", "散会。", ""]
    assert [(picture.name, picture.media_type) for picture in source.pictures] == [("p.png", "image/png")]
    structure(source)


DAMAGED = {
    "cut short": write(yunling.issue())[:2000],
    "no package": pack({"META-INF/container.xml": CONTAINER}),
    "no rootfile": pack({"META-INF/container.xml": b"<container/>"}),
    "not xml": pack({**FOREIGN, "O P/b.opf": b"<package>"}),
    "entities": pack({**FOREIGN, "O P/b.opf": b'<!DOCTYPE p [<!ENTITY a "b">]><package>&a;</package>'}),
    "path out": pack({**FOREIGN, "../../etc/passwd": b"x"}),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_and_hostile_books_are_refused(name):
    with pytest.raises(InputError) as caught:
        read("x.epub", DAMAGED[name])
    assert caught.value.code == "E108"
