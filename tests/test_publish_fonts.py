"""Fonts: the office's folders before the package's own, families by any of their names, characters looked for in all of them."""

import ctypes
import sys
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from yuebao.errors import InputError
from yuebao.publish import Setting, fonts, publish, style

sys.path.insert(0, str(Path(__file__).resolve().parent / "publish"))
import yunling

RARE = "\U00020bb7"  # in neither of the package's families


def make_font(path, family, characters, chinese=None, weight=400):
    """A font whose every character is a square."""
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for point in ((950, 0), (950, 800), (50, 800)):
        pen.lineTo(point)
    pen.closePath()
    square = pen.glyph()
    names = [".notdef", *(f"g{ord(c):X}" for c in characters)]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(c): f"g{ord(c):X}" for c in characters})
    builder.setupGlyf(dict.fromkeys(names, square))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 50)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    style = "Bold" if weight >= 600 else "Regular"
    families = {"en": family} | ({"zh": chinese} if chinese else {})
    builder.setupNameTable({"familyName": families, "styleName": style, "psName": f"{family.replace(' ', '')}-{style}"}, mac=False)
    builder.setupOS2(usWeightClass=weight, sTypoAscender=880, sTypoDescender=-120)
    builder.setupPost()
    builder.save(path)


def set_in(pdf):
    """Each character of the book with the family that sets it."""
    found = {}
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            name, flags = ctypes.create_string_buffer(200), ctypes.c_int()
            for n in range(text.count_chars()):
                raw.FPDFText_GetFontInfo(text, n, name, 200, flags)
                found.setdefault(chr(raw.FPDFText_GetUnicode(text, n)), set()).add(name.value.decode().split("+")[-1].split("-")[0])
    return found


@pytest.fixture
def folder(tmp_path):
    make_font(tmp_path / "office.ttf", "Office Song", "云陵市", chinese="办公宋")
    return tmp_path


def small(text="云陵市水库"):
    return yunling.issue({"要闻": [("题", [text])]}, title="月报")


def test_the_package_brings_its_own_families():
    found = set_in(publish(small()))
    assert found["水"] == {"NotoSerifSC"}
    assert found["题"] == {"NotoSansSC", "NotoSerifSC"}  # headline and 目录


@pytest.mark.parametrize("name", ["Office Song", "office song", "办公宋"])
def test_a_family_is_known_by_any_of_its_names(folder, name):
    found = set_in(publish(small(), setting=Setting(fonts=(folder,), families={"song": name})))
    assert found["陵"] >= {"OfficeSong"}
    assert found["水"] == {"NotoSerifSC"}  # what the office's family lacks


def test_a_heading_family_sets_headings_only(folder):
    found = set_in(publish(yunling.issue({"云": [("陵", ["市"])]}, title="月报"), setting=Setting(fonts=(folder,), families={"hei": "Office Song"})))
    assert "OfficeSong" in found["陵"]
    assert "NotoSerifSC" in found["市"]


def test_a_family_not_named_is_not_used_where_the_own_have_the_character(folder):
    assert set_in(publish(small(), setting=Setting(fonts=(folder,))))["陵"] == {"NotoSerifSC", "NotoSansSC"}


def test_a_known_family_in_the_folder_is_taken_without_being_named(tmp_path):
    make_font(tmp_path / "simsun.ttf", "SimSun", "水库")
    assert set_in(publish(small(), setting=Setting(fonts=(tmp_path,))))["水"] == {"SimSun"}


def test_a_character_that_only_an_unnamed_font_has_is_taken_from_it(tmp_path):
    with pytest.raises(InputError, match="E501"):
        publish(small(f"云陵市{RARE}"))
    make_font(tmp_path / "rare.ttf", "Rare", RARE)
    families = set().union(*set_in(publish(small(f"云陵市{RARE}"), setting=Setting(fonts=(tmp_path,)))).values())
    assert families == {"NotoSerifSC", "NotoSansSC", "Rare"}


def test_characters_of_the_offices_own_making_are_printed_and_the_archive_is_told(tmp_path):
    """造字 have no meaning elsewhere: the file claims level B, which is about the look, and not level A."""
    make_font(tmp_path / "own.ttf", "Own", "\ue000")
    made = publish(small("云陵市\ue000"), setting=Setting(fonts=(tmp_path,)))
    assert "Own" in set_in(made)["\ue000"]
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in made


def test_a_font_put_into_a_folder_later_is_seen(tmp_path):
    publish(small(), setting=Setting(fonts=(tmp_path,)))
    make_font(tmp_path / "office.ttf", "Office Song", "云陵市")
    assert "OfficeSong" in set_in(publish(small(), setting=Setting(fonts=(tmp_path,), families={"song": "Office Song"})))["陵"]


@pytest.mark.parametrize(("weight", "bold"), [(400, False), (700, True)])
def test_a_bold_face_is_used_where_there_is_one(tmp_path, weight, bold):
    make_font(tmp_path / "regular.ttf", "Office Hei", "题")
    make_font(tmp_path / "other.ttf", "Office Hei", "题", weight=weight)
    setting = Setting(fonts=(tmp_path,), families={"hei": "Office Hei"})
    face = fonts.choose([("书", "题")], style.load("book").settings, setting).roles["headline"]
    assert (face.weight, face.thicken) == (("bold", False) if bold else ("regular", True))


@pytest.mark.parametrize(("character", "needed"), [
    ("云", True), ("，", True), ("\ue000", True), ("\ufffd", True), ("\x07", True), (chr(0xD800), True), ("\u0301", True),
    (" ", False), ("\u3000", False), ("\t", False), ("\u200b", False), ("\ufe00", False), ("\U000e0101", False),
])
def test_which_characters_are_seen_in_print(character, needed):
    assert fonts.needs_glyph(character) is needed


def test_many_missing_characters_are_counted_not_listed():
    with pytest.raises(InputError) as caught:
        publish(small("".join(chr(0xE000 + n) for n in range(100))))
    assert caught.value.message().count("U+") == fonts.SHOWN
    assert "等 100 个" in caught.value.message()


def test_a_broken_font_file_in_the_folder_does_no_harm(folder):
    (folder / "broken.ttf").write_bytes(b"\0\1\0\0 not a font")
    (folder / "readme.txt").write_text("x", encoding="utf-8")
    assert publish(small(), setting=Setting(fonts=(folder,))).startswith(b"%PDF")
