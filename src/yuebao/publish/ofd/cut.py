"""The fonts of the book with the characters of the book alone, cut from the files that set it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from yuebao.errors import InputError
from yuebao.publish.fonts import Face, FontCase
from yuebao.publish.ofd.forms import chinese_forms, whole_dash
from yuebao.publish.setting import Setting

POSTSCRIPT_NAME = 6  # of the name table
# Of no use where every character has its place and its glyph already.
SUPERFLUOUS = ["GSUB", "GPOS", "GDEF", "BASE", "JSTF", "kern", "vhea", "vmtx", "VORG", "DSIG", "MATH", "STAT"]

DASH = 0x2014
ACCENTED = range(0xC0, 0x250)  # Latin letters that an old font may put together of letter and accent


@dataclass(frozen=True, slots=True)
class CutFont:
    """A font file to be embedded: its names, the ending of its file, its bytes, and the glyphs in it.

    `glyphs`: the glyph that the file gives for a character; `western`: for a mark that Chinese and Western text share (“ — ’), its Western
    glyph, and the widths of the Chinese and the Western one in parts of the size; `dash`: the glyph of the Chinese dash, two wide.
    """

    name: str
    family: str
    ending: str
    data: bytes
    glyphs: Mapping[int, int]
    western: Mapping[int, tuple[int, float, float]]
    dash: int | None


def cut_fonts(used: Mapping[str, Iterable[str]], setting: Setting) -> dict[str, CutFont]:
    """The fonts by their PostScript names, each with the characters that it sets; raises InputError E502 for one whose file is gone."""
    faces = _faces(FontCase(setting.fonts))
    out = {}
    for name in sorted(used):
        if name not in faces:
            raise InputError("E502", name=name)
        face = faces[name]
        out[name] = CutFont(name, face.family, *_cut(face.path, face.index, frozenset(map(ord, used[name]))))
    return out


def _faces(case: FontCase) -> dict[str, Face]:
    """Every face by its PostScript name; where two bear the same, the first."""
    out: dict[str, Face] = {}
    for face in (face for faces in case.families.values() for face in faces):
        out.setdefault(_postscript_name(face.path, face.index), face)
    return out


@lru_cache(maxsize=1024)
def _postscript_name(path: Path, index: int) -> str:
    with TTFont(path, fontNumber=index, lazy=True) as font:
        return font["name"].getDebugName(POSTSCRIPT_NAME) or ""


Cut = tuple[str, bytes, dict[int, int], dict[int, tuple[int, float, float]], int | None]


@lru_cache(maxsize=8)
def _cut(path: Path, index: int, characters: frozenset[int]) -> Cut:
    """The font file with these characters alone: ending, bytes, glyphs, western glyphs, dash, as in CutFont."""
    options = subset.Options()
    options.layout_features = []
    options.drop_tables = [*options.drop_tables, *SUPERFLUOUS]
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.font_number = index
    font = subset.load_font(str(path), options)
    if "CFF " in font and not any(code in ACCENTED for code in characters):
        font["CFF "].closure_glyphs = lambda _: None  # looking for accents in thousands of Chinese characters takes half the time
    try:
        chinese = {code: glyph for code, glyph in chinese_forms(font).items() if code in characters}
        dash = whole_dash(font, chinese.get(DASH)) if DASH in characters else None
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=sorted(characters), glyphs=sorted({*chinese.values(), *([dash] if dash else [])}))
        cutter.subset(font)
        plain = dict(font.getBestCmap())
        for table in font["cmap"].tables:
            table.cmap.update({code: glyph for code, glyph in chinese.items() if code in table.cmap})
        out = io.BytesIO()
        font.save(out, reorderTables=True)
        number, width, size = font.getReverseGlyphMap(), font["hmtx"].metrics, font["head"].unitsPerEm
        glyphs = {code: number[glyph] for code, glyph in font.getBestCmap().items()}
        western = {code: (number[plain[code]], width[glyph][0] / size, width[plain[code]][0] / size) for code, glyph in chinese.items()}
        return "otf" if font.sfntVersion == "OTTO" else "ttf", out.getvalue(), glyphs, western, number[dash] if dash else None
    finally:
        font.close()
