"""Styles: the three that ship have the measures they claim, an office's own folder changes what it names, a fault in it is named."""

import re
import sys
from pathlib import Path

import pypdfium2
import pytest

from yuebao.errors import InputError, UsageError
from yuebao.publish import Setting, fonts, publish, style

sys.path.insert(0, str(Path(__file__).resolve().parent / "publish"))
import yunling

MILLIMETRE = 72 / 25.4


def lines_of(page):
    """The lines of a page: (distance of the baseline from the top, left, right, text), points."""
    text, found = page.get_textpage(), {}
    for n in range(text.count_chars()):
        left, bottom, right, _ = text.get_charbox(n, loose=True)
        if not text.get_text_range(n, 1).isspace():
            found.setdefault(round((page.get_height() - bottom) / 4), []).append((left, right, text.get_text_range(n, 1)))
    return [(top * 4, min(c[0] for c in line), max(c[1] for c in line), "".join(c[2] for c in line)) for top, line in sorted(found.items())]


def body_page(made, number=2):
    """A page of nothing but body text, its running head and folio taken off."""
    with pypdfium2.PdfDocument(made) as document:
        every = [lines_of(page) for page in document]
    return next(lines[1:-1] for lines in every if lines and lines[-1][3] == f"—{number}—")


def long_text(setting):
    return publish(yunling.issue({"要闻": [("题", ["云陵" * 3000])]}), setting=setting)


def own(folder, toml="", typ=None):
    """A style folder."""
    folder.mkdir(exist_ok=True)
    (folder / "style.toml").write_text(toml, encoding="utf-8")
    if typ is not None:
        (folder / "style.typ").write_text(typ, encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize(("name", "size", "characters", "lines"), [
    ("book", (185, 260), 34, 30), ("large", (210, 285), 39, 34), ("official", (210, 297), 28, 22),
])
def test_a_style_has_its_measures(name, size, characters, lines):
    made = long_text(Setting(style=name))
    with pypdfium2.PdfDocument(made) as document:
        assert tuple(round(side / MILLIMETRE, 1) for side in document[0].get_size()) == size
    page = body_page(made)
    assert len(page) == lines
    assert {len(text) for *_, text in page} == {characters}


def test_the_type_area_of_the_official_style_is_that_of_the_standard():
    """GB/T 9704: 156×225 mm, 37 mm from the top, 28 mm from the binding edge."""
    page = body_page(long_text(Setting(style="official")), number=3)
    left, right = min(line[1] for line in page), max(line[2] for line in page)
    top, bottom = page[0][0] - 16, page[-1][0]
    assert (left / MILLIMETRE, (right - left) / MILLIMETRE) == pytest.approx((28, 156), abs=0.5)
    assert (top / MILLIMETRE, (bottom - top) / MILLIMETRE) == pytest.approx((37, 225), abs=1.2)


def test_a_folder_changes_what_it_names_and_nothing_else(tmp_path):
    made = long_text(Setting(style=own(tmp_path / "ours", '[page]\nheight = "250mm"\n[text]\ncharacters = 30\nlines = 28\n')))
    page = body_page(made)
    assert (len(page), len(page[0][3])) == (28, 30)
    with pypdfium2.PdfDocument(made) as document:
        assert document[0].get_height() / MILLIMETRE == pytest.approx(250, abs=0.1)
        assert document[0].get_width() / MILLIMETRE == pytest.approx(185, abs=0.1)


def test_a_folder_may_start_from_another_style(tmp_path):
    made = long_text(Setting(style=own(tmp_path / "ours", 'base = "official"\n[contents]\nheading = "要目"\n')))
    with pypdfium2.PdfDocument(made) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    assert len(body_page(made)) == 22
    assert any("要目" in "".join(text.split()) for text in texts)


def test_a_style_may_set_a_part_in_its_own_way(tmp_path):
    typ = '#import "/base.typ": *\n#let cover() = page(header: none, footer: none, [本室自定封面 #book.number_line])\n'
    with pypdfium2.PdfDocument(publish(yunling.issue(), setting=Setting(style=own(tmp_path / "ours", "", typ)))) as document:
        assert "".join(document[0].get_textpage().get_text_bounded().split()) == "本室自定封面2022年第5期"


def test_the_cover_shows_what_the_style_names(tmp_path):
    folder = own(tmp_path / "ours", '[cover]\nshow = ["title", "number"]\n')
    with pypdfium2.PdfDocument(publish(yunling.issue(), setting=Setting(style=folder))) as document:
        assert "".join(document[0].get_textpage().get_text_bounded().split()) == "云陵月报2022年第5期"


@pytest.mark.parametrize(("toml", "key", "allowed"), [
    ('[page]\nwidth = 185\n', "page.width", "27mm"),
    ('[page]\nwidth = "185px"\n', "page.width", "27mm"),
    ('[page]\nbreadth = "185mm"\n', "page.breadth", "width"),
    ('[text]\nsize = "特大"\n', "text.size", "小四"),
    ('[text]\ncharacters = 300\n', "text.characters", "5–100"),
    ('[text]\ncharacters = true\n', "text.characters", "5–100"),
    ('[text]\ncharacters = 50\n', "text.characters", "版心宽于纸"),
    ('[text]\nlines = 60\n', "text.lines", "版心高于纸"),
    ('[text]\npitch = "8pt"\n', "text.pitch", "text.size"),
    ('[columns]\nlines = [3, 2]\n', "columns.lines", "[1, 1, 1]"),
    ('[roles]\nbody = "comic"\n', "roles.body", "song"),
    ('[cover]\nshow = ["logo"]\n', "cover.show", "notice"),
    ('[cover]\naccent = "red"\n', "cover.accent", "#a8201a"),
    ('[fonts]\nsong = "SimSun"\n', "fonts.song", "["),
    ('[colours]\nred = 1\n', "colours", "[page]"),
    ('page = 3\n', "page", "[page]"),
    ('base = "nowhere"\n', "base", "book"),
    ('base = "../../etc"\n', "base", "book"),
    ('[page\n', "TOML", ""),
])
def test_a_fault_names_file_key_and_what_is_allowed(tmp_path, toml, key, allowed):
    with pytest.raises(InputError) as caught:
        style.load(own(tmp_path / "ours", toml))
    assert caught.value.code == "E504"
    assert "style.toml" in caught.value.message()
    assert key in caught.value.message()
    assert allowed in caught.value.advice()


def test_a_style_takes_nothing_from_the_network_or_from_elsewhere_on_the_machine(tmp_path):
    with pytest.raises(InputError, match="E504"):
        style.load(own(tmp_path / "ours", "", '#import "@preview/cetz:0.3.0": canvas'))
    typ = '#let cover() = page[#read("/etc/hostname")]'
    with pytest.raises(InputError, match="E503"):
        publish(yunling.issue(), setting=Setting(style=own(tmp_path / "theirs", "", typ)))


def test_an_unknown_style_lists_the_known_ones():
    with pytest.raises(UsageError) as caught:
        publish(yunling.issue(), setting=Setting(style="nowhere"))
    assert caught.value.code == "E203"
    assert all(name in caught.value.message() for name in (*style.NAMES, "as-printed", "style.toml"))


@pytest.mark.parametrize("name", style.NAMES)
def test_every_setting_has_a_value_in_the_styles_that_ship(name):
    settings = style.load(name).settings
    wanted = {(table, key) for table, keys in style.KEYS.items() for key in keys} - {("page", "measure")}
    assert wanted <= {(table, key) for table, keys in settings.items() for key in keys}


# ---- fonts by role ----


def test_a_role_without_a_family_is_set_by_the_one_that_stands_in():
    rows = {row.role: row for row in fonts.font_list(style.load("official").settings, Setting())}
    assert (rows["fang"].family, rows["fang"].stands_in) == ("Noto Serif SC", True)
    assert (rows["hei"].family, rows["hei"].file) == ("Noto Sans SC", "NotoSansSC-Regular.otf")
    assert all("SIL Open Font License" in row.licence and row.may_embed for row in rows.values())


def test_the_fonts_that_lie_in_a_book_are_listed_with_their_licences():
    rows = fonts.embedded_fonts(publish(yunling.issue()), Setting())
    assert [row.family for row in rows] == ["Noto Sans SC", "Noto Serif SC"]
    assert all("SIL Open Font License" in row.licence for row in rows)


@pytest.mark.parametrize(("text", "families"), [
    ("", {}), ("song=方正书宋", {"song": "方正书宋"}), (" song = 方正书宋 ; fang=仿宋_GB2312; ", {"song": "方正书宋", "fang": "仿宋_GB2312"}),
])
def test_families_are_written_as_a_list_of_roles(text, families):
    assert fonts.families_of(text) == families


@pytest.mark.parametrize("text", ["song", "song=", "comic=宋体", "=宋体"])
def test_a_list_that_is_none_is_refused(text):
    with pytest.raises(InputError, match="E504"):
        fonts.families_of(text)


def test_an_unknown_role_is_named():
    with pytest.raises(InputError) as caught:
        publish(yunling.issue(), setting=Setting(families={"comic": "Noto Sans SC"}))
    assert caught.value.code == "E504"
    assert "comic" in caught.value.message()


def test_rare_characters_of_names_are_printed_in_every_style():
    rare = "滍水之滨，珺瑶、䶮、㐂、堃、犇、翀、婳、祎、旻"
    for name in style.NAMES:
        with pypdfium2.PdfDocument(publish(yunling.issue({"要闻": [(rare, [rare])]}), setting=Setting(style=name))) as document:
            assert rare in "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)


# ---- for the archive, for the printer ----


def test_the_archive_is_given_a_tagged_file_that_says_what_it_is():
    """What PDF/A-2a and PDF/UA-1 ask of the file as a whole; typst itself refuses what they forbid within the pages."""
    made = publish(yunling.issue_with_extras())
    assert b"<pdfaid:part>2</pdfaid:part>" in made
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in made
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    assert re.search(rb"/MarkInfo<</Marked true", made)
    assert b"/StructTreeRoot" in made
    assert b"/OutputIntents" in made
    assert re.search(rb"/Lang ?\(zh", made)
    assert b"/DisplayDocTitle true" in made
    assert not re.search(rb"/JavaScript|/EmbeddedFile\b|/Encrypt\b", made)
    assert len(re.findall(rb"/FontDescriptor\b.*?>>", made, re.DOTALL)) >= 2
    assert all(b"/FontFile" in found for found in re.findall(rb"/Type/FontDescriptor.*?>>", made, re.DOTALL))


def test_the_printer_is_given_bleed_crop_marks_black_ink_alone_and_whole_sheets():
    made = publish(yunling.issue_with_extras(), setting=Setting(for_print=True))
    with pypdfium2.PdfDocument(made) as document:
        assert len(document) % 4 == 0
        for page in document:
            media, bleed, trim = page.get_mediabox(), page.get_bleedbox(), page.get_trimbox()
            assert [round((b - t) / MILLIMETRE, 1) for b, t in zip(bleed, trim, strict=True)] == [-3, -3, 3, 3]
            assert media[0] < bleed[0] < trim[0]
            assert round((trim[2] - trim[0]) / MILLIMETRE, 1) == 185
        blank = [text for page in document if "此页无正文" in (text := page.get_textpage().get_text_bounded())]
    assert blank
    streams = inflated(made)
    assert re.search(rb"\b0 0 0 1 k\b", streams)
    assert not re.search(rb"/c\d+ cs|\brg\b|\bg\b", streams), "colours of another space than CMYK"


def inflated(made):
    """The content streams of the pages."""
    import zlib
    found = []
    for match in re.finditer(rb"stream\r?\n", made):
        try:
            data = zlib.decompressobj().decompress(made[match.end():])
        except zlib.error:
            continue
        if b"BT" in data and b"Tf" in data:
            found.append(data)
    return b"".join(found)


@pytest.mark.parametrize("first_page", [1, 6])
def test_a_printed_book_has_its_odd_folios_on_right_hand_pages(first_page):
    made = publish(yunling.issue(), setting=Setting(for_print=True, first_page=first_page))
    with pypdfium2.PdfDocument(made) as document:
        every = ["".join(page.get_textpage().get_text_bounded().split()) for page in document]
    at = next(n for n, text in enumerate(every, 1) if text.endswith(f"—{first_page}—"))
    assert at % 2 == first_page % 2
    assert all(every), "a page without a word on it"
