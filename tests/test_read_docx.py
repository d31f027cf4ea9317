"""Word files of anybody: what is seen on their pages is in the text, in order; hostile ones are refused; older ones go through LibreOffice."""

import hashlib
import re
import struct
import subprocess
import zlib
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from material import TEXTS, reading
from office import SOFFICE, needs_office
from yuebao.errors import InputError
from yuebao.model import content
from yuebao.publish import Setting
from yuebao.publish.docx import CANNOT_HOLD, write_docx
from yuebao.read import office, read
from yuebao.read.docx import read_docx
from yuebao.read.docx.numbering import numeral
from yuebao.structure import structure
from yuebao.zipped import pack, unpack

SPACES = " ".join(f'xmlns:{name}="urn:{name}"' for name in ("w", "r", "wp", "a", "c", "pic", "wps", "mc", "v", "m"))
TYPES = '<Types><Default Extension="png" ContentType="image/png"/></Types>'


def file(body="", **parts):
    """A Word file of that body; `parts`: further parts of word/ by name, related by it; `links`: further relations."""
    links = parts.pop("links", "")
    related = "".join(f'<Relationship Id="{name}" Type="x/{name}" Target="{name}.xml"/>' for name in parts) + links
    files = {
        "[Content_Types].xml": TYPES, "_rels/.rels": '<Relationships><Relationship Id="d" Type="x/officeDocument" Target="/word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f"<Relationships>{related}</Relationships>", "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        **{f"word/{name}.xml": f"<w:{name} {SPACES}>{text}</w:{name}>" for name, text in parts.items()},
    }
    return pack({name: text.encode() for name, text in files.items()} | {"word/media/a.png": PNG, "word/media/b.png": PNG + b"b"})


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 1, 8, 0, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(b"\0\0\0")) + chunk(b"IEND", b""))


def p(*content, **properties):
    told = "".join(f"<w:{name} {value}/>" for name, value in properties.items())
    return f"<w:p><w:pPr>{told}</w:pPr>{''.join(r(c) if not c.startswith('<') else c for c in content)}</w:p>"


def r(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def drawing(relation, kind="embed"):
    return f'<w:r><w:drawing><wp:inline><wp:docPr name="图 1"/><a:graphic><pic:pic><a:blip r:{kind}="{relation}"/></pic:pic></a:graphic></wp:inline></w:drawing></w:r>'


def box(text):
    inside = f"<w:txbxContent>{p(text)}</w:txbxContent>"
    return (f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>")


def field(code, result):
    return (f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            f'{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>')


def cell(text, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


LIST = (
    '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>')


def item(level, text):
    return f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>{r(text)}</w:p>'


# what stands in the file, what stands in the text, the codes of problems
SEEN = {
    "paragraphs": (p("一", "二") + p() + p("三"), "一二\n\n三\n", []),
    "tabs and breaks": (p("一<", "<w:r><w:tab/><w:br/><w:cr/></w:r>", "二 "), "一<\t\n\n二 \n", []),
    "page break": (p('<w:r><w:br w:type="page"/></w:r>', "要闻"), "\n要闻\n", []),
    "indents": (p("段", ind='w:firstLineChars="200"') + p("中", jc='w:val="center"') + p("左", ind='w:left="480"'), "　　段\n" + "　" * 8 + "中\n　　左\n", []),
    "list": (item(0, "要闻") + item(1, "甲") + item(1, "乙") + item(0, "会议") + item(1, "丙"), "一、要闻\n1.3 甲\n1.4 乙\n二、会议\n2.3 丙\n".replace("1.", "一.").replace("2.", "二."), []),
    "accepted": (p("一", f"<w:ins>{r('增')}</w:ins>", "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>", "二"), "一增二\n", ["R003"]),
    "moved": (p(f"<w:moveFrom>{r('移')}</w:moveFrom>", "一") + p("二", f"<w:moveTo>{r('移')}</w:moveTo>"), "一\n二移\n", ["R003"]),
    "mark deleted": ("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + r("上") + "</w:p>" + p("下"), "上下\n", ["R003"]),
    "field": (p("见", field("PAGEREF x", r("12")), "页"), "见12页\n", []),
    "field in a field": (p(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>', field("PAGE", r("1")), "<w:r><w:instrText> = 1</w:instrText></w:r>",
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', "是", '<w:r><w:fldChar w:fldCharType="end"/></w:r>'), "是\n", []),
    "deleted": (p("一", "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>"), "一\n", ["R003"]),
    "simple field": (p(f"<w:fldSimple>{r('3')}</w:fldSimple>"), "3\n", []),
    "hyperlink": (p(f"<w:hyperlink>{r('网页')}</w:hyperlink>"), "网页\n", []),
    "controls": (f"<w:sdt><w:sdtPr/><w:sdtContent>{p('块')}</w:sdtContent></w:sdt>" + p(f"<w:sdt><w:sdtContent>{r('行')}</w:sdtContent></w:sdt>"), "块\n行\n", []),
    "ruby": (p(f"<w:r><w:ruby><w:rt>{r('pín')}</w:rt><w:rubyBase>{r('平')}</w:rubyBase></w:ruby></w:r>"), "平\n", []),
    "formula": (p("<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"), "a+b\n", []),
    "hidden": (p("显", r("隐", "<w:vanish/>"), r("现", '<w:vanish w:val="0"/>')), "显现\n", ["R005"]),
    "text box": (p("外", box("云陵月报")), "外\n云陵月报\n", []),
    "footnote": (p("文", '<w:r><w:footnoteReference w:id="2"/></w:r>', "后") + p("下"), "文后\n注。\n下\n", ["R004"]),
    "comment": (p("<w:commentRangeStart/>", "文", '<w:commentRangeEnd/><w:r><w:commentReference w:id="0"/></w:r>'), "文\n", []),
    "symbol": (p('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:noBreakHyphen/></w:r>'), "\uf0fe\u2011\n", []),
    "chart": (p("文", "<w:r><w:drawing><a:graphic><c:chart/></a:graphic></w:drawing></w:r>") + "<w:altChunk/>", "文\n", ["R007"]),
    "linked picture": (p("文", drawing("far", "link")), "文\n", ["R006"]),
}
PARTS = {
    "numbering": LIST, "footnotes": f'<w:footnote w:id="0" w:type="separator">{p("线")}</w:footnote><w:footnote w:id="2">{p("注。")}</w:footnote>',
    "comments": f"<w:comment>{p('批注')}</w:comment>", "header1": p("页眉"),
    "links": '<Relationship Id="near" Type="x/image" Target="media/a.png"/><Relationship Id="second" Type="x/image" Target="/word/media/b.png"/>'
    '<Relationship Id="far" Type="x/image" Target="http://127.0.0.1:9/a.png" TargetMode="External"/>',
}


@pytest.mark.parametrize("name", SEEN)
def test_what_is_seen_is_read(name):
    body, text, codes = SEEN[name]
    source = read("a.docx", file(body, **PARTS))
    assert source.text == text
    assert [problem.code for problem in source.problems] == codes


@pytest.mark.parametrize(("number", "format", "said"), [
    (1, "decimal", "1"), (10, "chineseCounting", "十"), (11, "chineseCountingThousand", "十一"), (20, "japaneseCounting", "二十"),
    (105, "chineseCounting", "一百零五"), (110, "chineseCounting", "一百一十"), (1010, "chineseCounting", "一千零一十"), (27, "upperLetter", "AA"),
    (4, "lowerRoman", "iv"), (1999, "upperRoman", "MCMXCIX"), (3, "decimalEnclosedCircle", "③"), (21, "decimalEnclosedCircle", "21"), (2, "ideographTraditional", "乙"),
    (12, "chineseLegalSimplified", "壹拾贰"), (9, "decimalZero", "09"), (12, "decimalFullWidth", "１２"), (5, "unheardOf", "5"), (0, "lowerRoman", "0"),
])
def test_numbers_of_lists(number, format, said):
    assert numeral(number, format) == said


def test_tables_and_pictures_stand_at_their_places():
    table = (
        "<w:tbl><w:tr>" + cell("指标", '<w:vMerge w:val="restart"/>') + cell("增速", '<w:gridSpan w:val="2"/>') + "</w:tr><w:tr>"
        + cell("", "<w:vMerge/>") + cell("1") + f"<w:tc>{p('多')}{p('行')}<w:tbl><w:tr>{cell('内')}{cell('表')}</w:tr></w:tbl>{p()}</w:tc>" + "</w:tr></w:tbl>")
    source = read("a.docx", file(p("前", drawing("near")) + table + p("后", drawing("second")), **PARTS))
    mark, = source.marks
    assert (mark.role, mark.value) == ("table", '[["指标", "增速", ""], ["", "1", "多\\n行\\n内\\t表\\n"]]')
    assert source.text[:mark.start] == "前\n"
    assert source.text[mark.end:] == "\n后\n"
    assert [(picture.at, picture.name, picture.media_type, picture.data) for picture in source.pictures] == [
        (1, "a.png", "image/png", PNG), (len(source.text) - 1, "b.png", "image/png", PNG + b"b")]


def test_headings_that_name_columns_are_the_outline():
    styles = "".join(
        f'<w:style w:styleId="H{n}"><w:name w:val="heading {n}"/><w:pPr><w:outlineLvl w:val="{n - 1}"/></w:pPr></w:style>' for n in (1, 2, 3))

    def heading(level, text):
        return p(text, pStyle=f'w:val="H{level}"')

    body = heading(1, "要闻") + heading(1, "经济") + heading(2, "项目推动") + heading(3, "云陵市召开防汛抗旱工作会议研究部署下一步工作") + heading(1, "社会")
    assert read("a.docx", file(body, styles=styles)).outline == "要闻\n经济\n  项目推动\n社会"
    items = "".join(heading(1, f"云陵市召开第{n}次防汛抗旱工作会议研究部署工作") for n in range(3))
    assert read("a.docx", file(items, styles=styles)).outline is None


# ---- a whole issue ----


def as_word(text, row):
    """The lines of a text as paragraphs; `row`: how a row of the 目录 has its page."""
    lines = [re.sub(r"[.…·]*\s*[（(](\d+)[)）]$", row, line) for line in text.split("\n")]
    return file("".join(
        p(line.strip(" \u3000").partition("\t")[0], *(["<w:r><w:tab/></w:r>", line.rpartition("\t")[2]] if "\t" in line else []),
          ind=f'w:firstLineChars="{100 * (len(line) - len(line.lstrip("　 ")))}"') for line in lines))


@pytest.mark.parametrize(
    ("path", "row"), [*((path, "\t\\1") for path in TEXTS), (TEXTS[0], r"……（\1）")], ids=lambda value: value.stem if isinstance(value, Path) else "tabs" if "\t" in value else "dots")
def test_an_issue_in_plain_paragraphs_structures_as_the_text_does(path, row):
    issue, source = reading(path)
    assert content(structure(read("a.docx", as_word(source.text, row)))) == content(issue)


def test_a_table_and_a_picture_hang_on_the_item_in_which_they_stand():
    issue, source = reading(TEXTS[0])
    at = source.text.rindex("\n", 0, issue.items()[2].origin[0].source_start)
    body = ["".join(p(line.strip(" \u3000")) for line in part.split("\n")) for part in (source.text[:at], source.text[at:])]
    table = "<w:tbl><w:tr>" + cell("指标") + cell("增速") + "</w:tr></w:tbl>"
    found = structure(read("a.docx", file(body[0] + table + p(drawing("near")) + body[1], **PARTS)))
    assert [(item.number, item.tables[0].rows) for item in found.items() if item.tables] == [(2, (("指标", "增速"),))]
    assert [(figure.item, figure.sha256) for figure in found.figures] == [(2, hashlib.sha256(PNG).hexdigest())]
    assert [item.text for item in found.items()] == [item.text for item in issue.items()]


# ---- our own, worked on ----


def own(monkeypatch, issue):
    monkeypatch.setattr("yuebao.publish.docx.pages_of", lambda *_: {})
    return unpack(write_docx(issue, Setting()))


def changed(files, was, now):
    text = files["word/document.xml"].decode()
    assert was in text
    return read_docx("a.docx", pack({**files, "word/document.xml": text.replace(was, now, 1).encode()}))


def test_what_is_changed_in_our_file_is_read_as_it_stands(monkeypatch):
    issue, _ = reading(TEXTS[0])
    files = own(monkeypatch, issue)
    headline = next(item.headline for item in issue.items())
    _, body, *_ = (m.start() for m in re.finditer(re.escape(headline), files["word/document.xml"].decode()))  # the first is its row
    text = files["word/document.xml"].decode()
    text = text[:body] + "新题" + text[body + len(headline):]
    found = structure(read_docx("a.docx", pack({**files, "word/document.xml": text.encode()})))
    assert next(iter(found.items())).headline == "新题"
    assert found.contents[0].title == headline  # as printed, until Word computes it anew


def test_contents_that_word_has_computed_anew_are_read(monkeypatch):
    """Its rows have the white behind the headlines, and pages of its own counting."""
    issue, _ = reading(TEXTS[0])
    files = own(monkeypatch, issue)
    headline = issue.items()[0].headline
    row = f'{headline}</w:t></w:r><w:r><w:tab/></w:r>'
    found = structure(changed(files, row, row.replace("</w:t>", "\u3000</w:t>") + r("8")))  # before the 6 that stands there
    assert (found.contents[0].title, found.items()[0].page) == (headline, 86)


def test_a_paragraph_written_into_our_file_is_of_its_item(monkeypatch):
    issue, _ = reading(TEXTS[0])
    last = issue.items()[-1]
    files = own(monkeypatch, issue)
    text = files["word/document.xml"].decode()
    at = text.rindex("<w:sectPr>")
    found = structure(read_docx("a.docx", pack({**files, "word/document.xml": (text[:at] + p("补写一段。") + text[at:]).encode()})))
    assert found.items()[-1].text == last.text + "\n补写一段。"
    assert found.unplaced == ()


def test_a_row_added_to_the_imprint_is_read(monkeypatch):
    issue, _ = reading(TEXTS[0])
    files = own(monkeypatch, issue)
    found = structure(changed(files, ">主管：<", ">准印证号：</w:t></w:r><w:r><w:t>云内资准字 7 号</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val=\"YB09\"/></w:pPr><w:r><w:t>主管：<"))
    assert found.masthead.permit_number == "云内资准字 7 号"
    assert found.masthead.supervisor == issue.masthead.supervisor


# ---- hostile and damaged ----


def bomb(levels):
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 99}">' for n in range(levels))
    return f'<!DOCTYPE d [{entities}]><w:document {SPACES}><w:body><w:p><w:r><w:t>&e{levels - 1};</w:t></w:r></w:p></w:body></w:document>'


def replaced(name, text):
    return pack({**unpack(file(p("文"))), name: text.encode()})


def damaged(data):
    at = data.index(b"word/document.xml") + 60
    return data[:at] + b"\xff" * 20 + data[at + 20:]


NO_WORD = {
    "entities": replaced("word/document.xml", bomb(9)),
    "external entity": replaced("word/document.xml", f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document {SPACES}><w:body>&x;</w:body></w:document>'),
    "nesting": file("<w:sdt>" * 5000 + "</w:sdt>" * 5000),
    "not well formed": replaced("word/document.xml", "<w:document>"),
    "no body": replaced("word/document.xml", "<document/>"),
    "no document": pack({k: v for k, v in unpack(file()).items() if k != "word/document.xml"}),
    "cut short": file(p("文"))[:-80],
    "damaged": damaged(file(p("文"))),
    "zip bomb": pack({**unpack(file()), "word/media/c.png": b"\0" * 300_000_000}),
    "path": pack({**unpack(file()), "../../etc/passwd": b""}),
    "styles of a bomb": pack({**unpack(file(p("文"), styles="")), "word/styles.xml": bomb(9).encode()}),
}


@pytest.mark.parametrize("name", NO_WORD)
def test_hostile_and_damaged_files_are_refused(name):
    with pytest.raises(InputError) as caught:
        read("a.docx", NO_WORD[name])
    assert caught.value.code == "E108"


ODD = {
    "styles in a ring": file(p("文", pStyle='w:val="A"'), styles='<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'),
    "a picture that leads out": file(p("文", drawing("x")), links='<Relationship Id="x" Type="x/image" Target="../../../etc/passwd"/>'),
    "a field without end": file(p("文", '<w:r><w:fldChar w:fldCharType="begin"/></w:r>')),
    "an end without field": file(p('<w:r><w:fldChar w:fldCharType="end"/><w:fldChar w:fldCharType="separate"/></w:r>', "文")),
    "numbers that are none": file(p("文", ind='w:firstLine="x"', outlineLvl='w:val="x"') + "<w:tbl><w:tr>" + cell("1", '<w:gridSpan w:val="-9"/>') + "</w:tr></w:tbl>"),
    "a span of millions": file(p("文") + "<w:tbl><w:tr>" + cell("1", '<w:gridSpan w:val="99999999"/>') + "</w:tr></w:tbl>"),
    "a list of no list": file('<w:p><w:pPr><w:numPr><w:ilvl w:val="x"/><w:numId w:val="9"/></w:numPr></w:pPr>' + r("文") + "</w:p>"),
    "a note of itself": file(p("文", '<w:r><w:footnoteReference w:id="1"/></w:r>'), footnotes='<w:footnote w:id="1">' + p("注", '<w:r><w:footnoteReference w:id="1"/></w:r>') + "</w:footnote>"),
    "symbols": file(p("文", '<w:r><w:sym w:char="D800"/><w:sym w:char="zz"/><w:sym w:char="0"/></w:r>')),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_files_are_read(name):
    assert "文" in read("a.docx", ODD[name]).text


def test_a_long_file_is_read():
    source = read("a.docx", file(p("字" * 200_000) + p("短") * 5_000))
    assert len(source.text) == 210_001


# ---- .doc, .wps, .rtf ----


@pytest.fixture(scope="module")
def older(tmp_path_factory):
    """A sample's Word file as the older one that LibreOffice makes of it."""
    folder = tmp_path_factory.mktemp("older")
    issue, _ = reading(TEXTS[0])
    (folder / "a.docx").write_bytes(write_docx(issue, Setting()))
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "doc", "--outdir", str(folder), str(folder / "a.docx")],
        check=True, capture_output=True, timeout=120)
    return issue, (folder / "a.doc").read_bytes()


@needs_office
def test_an_older_word_file_is_read_through_libreoffice(older):
    issue, data = older
    source = read("a.doc", data)
    assert (source.info.media_type, source.info.sha256) == ("application/msword", hashlib.sha256(data).hexdigest())
    assert content(structure(source), CANNOT_HOLD) == content(issue, CANNOT_HOLD)


@needs_office
def test_rtf_is_read_through_libreoffice():
    source = read("a.rtf", rb"{\rtf1\ansi\ansicpg936 \u20113?\u-27019?\par 2}")
    assert (source.text.split(), source.info.media_type) == (["云陵", "2"], "application/rtf")


RTF = rb"{\rtf1\ansi text}"
OLE = b"\xd0\xcf\x11\xe0" + bytes(500)


def test_without_libreoffice_the_user_is_told(monkeypatch):
    monkeypatch.setattr(office, "office_program", lambda: None)
    with pytest.raises(InputError) as caught:
        read("a.rtf", RTF)
    assert caught.value.code == "E112"
    assert ".docx" in caught.value.advice()


@pytest.mark.parametrize(("data", "command", "reason"), [
    (OLE + office.LOCKED_STREAM, "true", "密码"), (OLE + office.WORD_STREAM, "true", "打不开"), (RTF, "exec sleep 60", "超过"),
])
def test_what_libreoffice_cannot_open_is_told(data, command, reason, monkeypatch, tmp_path):
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{command}\n")
    program.chmod(0o755)
    monkeypatch.setattr(office, "office_program", lambda: str(program))
    monkeypatch.setattr(office, "TIME_LIMIT", 0.3 if "sleep" in command else 60)
    with pytest.raises(InputError) as caught:
        read("a.doc", data)
    assert caught.value.code == "E108"
    assert reason in caught.value.message()


def test_other_zip_and_ole_files_are_not_taken_for_word():
    for data in (pack({"xl/workbook.xml": b"", "[Content_Types].xml": b""}), OLE + "Workbook".encode("utf-16-le")):
        with pytest.raises(InputError) as caught:
            read("a.xls", data)
        assert caught.value.code == "E102"
