"""OFD in: what other programs write is read as it is seen; what is damaged or hostile is refused with its reason, and nothing is asked of the net."""

import io
import zipfile
from contextlib import suppress
from functools import partial

import pytest

from set_books import INVENTED, JPEG, published
from yuebao.errors import InputError
from yuebao.read import ofd as ofd_reader
from yuebao.read import read
from yuebao.read.ofd import OfdReader, book_of_ofd
from yuebao.read.widths import widths_of
from yuebao.structure import structure
from yuebao.zipped import unpack

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
ROOT = f"<ofd:OFD {NS} Version='1.0' DocType='OFD'><ofd:DocBody><ofd:DocInfo><ofd:DocID>0</ofd:DocID><ofd:Title>云陵月报</ofd:Title></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
COMMON = "<ofd:CommonData><ofd:MaxUnitID>99</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 100 150</ofd:PhysicalBox></ofd:PageArea>{}</ofd:CommonData>"


def page(objects, head=""):
    return f"<ofd:Page {NS}>{head}<ofd:Content><ofd:Layer ID='1'>{objects}</ofd:Layer></ofd:Content></ofd:Page>"


def text(said, x=10, y=20, size=4, boundary="0 0 100 150", inner="", **more):
    code = {key: more.pop(key) for key in ("DeltaX", "DeltaY") if key in more}
    attributes = " ".join(f"{name}='{value}'" for name, value in more.items())
    steps = " ".join(f"{name}='{value}'" for name, value in code.items())
    return f"<ofd:TextObject ID='2' Boundary='{boundary}' Font='9' Size='{size}' {attributes}>{inner}<ofd:TextCode X='{x}' Y='{y}' {steps}>{said}</ofd:TextCode></ofd:TextObject>"


def ofd(*pages, common="", document="", files=None, root=ROOT):
    """An OFD file of those pages."""
    listed = "".join(f"<ofd:Page ID='{n + 10}' BaseLoc='Pages/Page_{n}/Content.xml'/>" for n in range(len(pages)))
    made = {
        "OFD.xml": root, "Doc_0/Document.xml": f"<ofd:Document {NS}>{COMMON.format(common)}<ofd:Pages>{listed}</ofd:Pages>{document}</ofd:Document>",
        **{f"Doc_0/Pages/Page_{n}/Content.xml": content for n, content in enumerate(pages)}, **(files or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in made.items():
            if data is not None:
                archive.writestr(name, data)
    return out.getvalue()


def lines(data):
    return [line.strip() for line in read("x.ofd", data).text.splitlines() if line.strip()]


# ---- what other programs write ----

UNITS = f"<ofd:Res {NS} BaseLoc='Res'><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID='50' Width='10' Height='10'><ofd:Content>{text('图章')}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>"
WRITTEN = {
    "no steps": (page(text("云陵月报")), ["云陵月报"]),
    "equal steps in short form": (page(text("云陵月报", DeltaX="g 3 4")), ["云陵月报"]),
    "a title spaced out": (page(text("云陵月报", DeltaX="g 3 7")), ["云陵月报"]),
    "one object a character": (page("".join(text(c, x=10 + 4 * n) for n, c in enumerate("云陵月报"))), ["云陵月报"]),
    "objects in any order": (page(text("第二行", y=30) + text("第一行", y=20)), ["第一行", "第二行"]),
    "words apart": (page(text("左边", x=10) + text("右边", x=21)), ["左边 右边"]),
    "places by the box": (page(text("下", x=0, y=4, boundary="10 90 20 10") + text("上", x=0, y=4, boundary="10 9 20 10")), ["上", "下"]),
    "a transformation": (page(text("大", x=1, y=2, size=1, CTM="8 0 0 8 0 0") + text("小", x=10, y=60)), ["大", "小"]),
    "blocks within blocks": (page(f"<ofd:PageBlock ID='3'><ofd:PageBlock ID='4'>{text('深')}</ofd:PageBlock></ofd:PageBlock>"), ["深"]),
    "too few steps": (page(text("云陵", DeltaX="")), ["云陵"]),
    "no prefix": (page(text("云陵")).replace("ofd:", "").replace("xmlns:ofd", "xmlns").replace(":ofd", ""), ["云陵"]),
    "entities and spaces": (page(text("a &lt;b&gt; &amp; c", DeltaX="g 10 2")), ["a <b> & c"]),
    "turned text comes last": (page(text("水印", CTM="0.7 0.7 -0.7 0.7 0 0") + text("正文", y=40)), ["正文", "水印"]),
    "two codes, the second without its height": (page(text("甲", inner="<ofd:TextCode X='2' Y='20'>乙</ofd:TextCode>")), ["乙甲"]),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_pages_as_others_write_them(name):
    content, wanted = WRITTEN[name]
    assert lines(ofd(content)) == wanted


def test_templates_and_composite_objects_are_read():
    common = "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes><ofd:TemplatePage ID='7' BaseLoc='Tpls/Tpl_0/Content.xml'/>"
    composite = "<ofd:CompositeObject ID='5' Boundary='0 40 100 50' ResourceID='50'/>"
    data = ofd(page(text("正文", y=30) + composite, "<ofd:Template TemplateID='7'/>"), common=common, files={
        "Doc_0/DocumentRes.xml": UNITS, "Doc_0/Tpls/Tpl_0/Content.xml": page(text("模板", y=10))})
    assert lines(data) == ["模板", "正文", "图章"]


@pytest.mark.parametrize("location", ["/Doc_0/Document.xml", "Doc_0\\Document.xml", "doc_0/document.XML", "./Doc_0/x/../Document.xml"])
def test_locations_are_found_however_they_are_written(location):
    assert lines(ofd(page(text("云陵")), root=ROOT.replace("Doc_0/Document.xml", location))) == ["云陵"]


def test_pages_pictures_and_bookmarks():
    resources = f"<ofd:Res {NS} BaseLoc='Res'><ofd:MultiMedias><ofd:MultiMedia ID='8' Type='Image'><ofd:MediaFile>a.jpg</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>"
    image = "<ofd:ImageObject ID='4' Boundary='20 30 60 40' CTM='60 0 0 40 0 0' ResourceID='8'/>"
    outline = ("<ofd:Outlines><ofd:OutlineElem Title='要闻'><ofd:Actions><ofd:Action Event='CLICK'><ofd:Goto><ofd:Dest Type='XYZ' PageID='11'/></ofd:Goto>"
               "</ofd:Action></ofd:Actions><ofd:OutlineElem Title='一则'/></ofd:OutlineElem></ofd:Outlines>")
    data = ofd(page(text("首页")), page(text("上") + image + text("图下的话", x=42, y=75) + text("下", y=100)),
               common="<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>", document=outline,
               files={"Doc_0/DocumentRes.xml": resources, "Doc_0/Res/a.jpg": JPEG})
    source = read("x.ofd", data)
    assert (source.info.media_type, source.info.pages) == ("application/ofd", 2)
    assert source.page_of(source.text.index("上")) == 2
    assert [(source.text[p.at:].strip()[:4], p.media_type, p.data == JPEG) for p in source.pictures] == [("图下的话", "image/jpeg", True)]
    assert [(source.text[m.start:m.end], m.role) for m in source.marks] == [("图下的话", "caption")]
    assert source.outline == "要闻"
    assert [(b.title, b.level, b.page) for b in book_of_ofd(data).bookmarks] == [("要闻", 1, 1), ("一则", 2, None)]


@pytest.mark.parametrize(("data", "steps"), [
    ("M 0 0 L 10 0", "ML"), ("S 1 1 L 2 2 C", "MLC"), ("M 0 0 Q 1 1 2 2 B 1 1 2 2 3 3", "MLB"), ("M 0 0 A 1 1 0 0 1 5 5", "ML"), ("M 0 0 L 1", "M"),
    ("X 1", ""), ("", "")])
def test_rules_are_read(data, steps):
    path = f"<ofd:PathObject ID='3' Boundary='10 20 30 40' LineWidth='0.5'><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    shapes = book_of_ofd(ofd(page(text("云") + path))).pages[0].shapes
    assert "".join(kind for shape in shapes for kind, _ in shape.steps) == steps
    assert all(shape.steps[0][1][0][0] >= 10 * 72 / 25.4 for shape in shapes)


def test_the_file_is_told_by_its_content():
    data = ofd(page(text("云陵")))
    assert OfdReader().score("报.bin", data) == 1.0
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("x.txt", "云陵")
    assert OfdReader().score("报.ofd", other.getvalue()) == 0.0


# ---- damaged and hostile ----


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("OFD.xml", ROOT)
        archive.writestr("Doc_0/Document.xml", b" " * 3_000_000)
    return out.getvalue()


def repeated(depth):
    """Composite objects that each hold ten of the next: ten to the depth characters."""
    units = "".join(
        f"<ofd:CompositeGraphicUnit ID='{n}'><ofd:Content>" + (f"<ofd:CompositeObject ID='1' Boundary='0 0 1 1' ResourceID='{n + 1}'/>" * 10 if n < 50 + depth else text("字" * 10))
        + "</ofd:Content></ofd:CompositeGraphicUnit>" for n in range(50, 51 + depth))
    resources = f"<ofd:Res {NS} BaseLoc='Res'><ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits></ofd:Res>"
    return ofd(page("<ofd:CompositeObject ID='5' Boundary='0 0 9 9' ResourceID='50'/>"), common="<ofd:DocumentRes>R.xml</ofd:DocumentRes>", files={"Doc_0/R.xml": resources})


ENTITY = "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
NESTED = "<ofd:PageBlock ID='3'>" * 60 + "</ofd:PageBlock>" * 60
HOSTILE = {
    "cut off": lambda: published(INVENTED, "ofd")[:40_000],
    "no document": lambda: ofd(page(text("云")), files={"Doc_0/Document.xml": None}),
    "no page": lambda: ofd(page(text("云")), files={"Doc_0/Pages/Page_0/Content.xml": None}),
    "no pages": lambda: ofd(),
    "not XML": lambda: ofd("<ofd:Page"),
    "empty": lambda: ofd(page(text("云")), files={"Doc_0/Document.xml": ""}),
    "entities": lambda: ofd(ENTITY + page(text("&amp;e;"))),
    "many entities": lambda: ofd("<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>" + page(text("&b;"))),
    "a bomb": bomb,
    "a way out": lambda: ofd(page(text("云")), files={"../../x": "y"}),
    "deep": lambda: ofd(page(NESTED)),
    "composite within itself": lambda: ofd(page("<ofd:CompositeObject ID='5' Boundary='0 0 9 9' ResourceID='50'/>"), common="<ofd:DocumentRes>R.xml</ofd:DocumentRes>", files={
        "Doc_0/R.xml": UNITS.replace("<ofd:TextObject", "<ofd:CompositeObject ID='5' Boundary='0 0 9 9' ResourceID='50'/><ofd:TextObject")}),
    "composites a million fold": lambda: repeated(8),
    "encrypted": lambda: ofd(page(text("云")), files={"Encryptions.xml": "<x/>"}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_damaged_or_hostile_is_refused_with_a_reason(name, monkeypatch):
    monkeypatch.setattr(ofd_reader, "unpack", partial(unpack, limit=2_000_000))  # in place of a quarter of a gigabyte
    with pytest.raises(InputError) as caught:
        read("x.ofd", HOSTILE[name]())
    assert caught.value.code == "E108"
    assert caught.value.details["reason"]


def test_a_page_of_pictures_alone_is_a_scan():
    with pytest.raises(InputError) as caught:
        read("x.ofd", ofd(page("")))
    assert caught.value.code == "E107"


@pytest.mark.parametrize("steps", ["g 999999999 4", "g x y", "nan inf 1e999", "-1e999", "g", "4 " * 10_000])
def test_steps_that_no_page_has_do_no_harm(steps):
    assert "".join(lines(ofd(page(text("云陵月报", DeltaX=steps))))).replace(" ", "") != ""


@pytest.mark.parametrize("attribute", ["Size='-4'", "Size='x'", "Boundary='1 2'", "Boundary='a b c d'", "CTM='1 2 3'", "HScale='0'"])
def test_numbers_that_are_none_do_no_harm(attribute):
    name = attribute.partition("=")[0]
    told = text("云陵").replace(f"{name}='4'", attribute).replace(f"{name}='0 0 100 150'", attribute)
    told = told if attribute in told else told.replace("<ofd:TextObject", f"<ofd:TextObject {attribute}")
    assert structure(read("x.ofd", ofd(page(told))))


@pytest.mark.parametrize("data", [b"", b"OTTO", b"\0\1\0\0" + bytes(300), b"OTTO" + bytes(range(256)) * 20, b"wOFF" + bytes(100)])
def test_a_damaged_font_has_no_widths(data):
    assert widths_of(data) == {}


def test_any_byte_changed_is_a_text_or_a_coded_error():
    data = published(INVENTED, "ofd")
    for at in range(100, len(data), len(data) // 12):
        damaged = data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1:]
        with suppress(InputError):  # any other error fails
            structure(read("x.ofd", damaged))
