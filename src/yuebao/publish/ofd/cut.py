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
from yuebao.publish.setting import Setting

POSTSCRIPT_NAME = 6  # of the name table
# What is of no use where every character has its place already; and glyphs may not be put for others behind the writer's back.
SUPERFLUOUS = ["GSUB", "GPOS", "GDEF", "BASE", "JSTF", "kern", "vhea", "vmtx", "VORG", "DSIG", "MATH", "STAT"]

ACCENTED = range(0xC0, 0x250)  # Latin letters that an old font may put together of letter and accent


@dataclass(frozen=True, slots=True)
class CutFont:
    """A font file to be embedded: its names, the ending of its file, its bytes, the glyph of each character that it has."""

    name: str
    family: str
    ending: str
    data: bytes
    glyphs: Mapping[int, int]


def cut_fonts(used: Mapping[str, Iterable[str]], setting: Setting) -> dict[str, CutFont]:
    """The fonts by their PostScript names, each with the characters that it sets; raises InputError E502 for one whose file is gone."""
    faces = _faces(FontCase(setting.fonts))
    out = {}
    for name in sorted(used):
        if name not in faces:
            raise InputError("E502", name=name)
        face = faces[name]
        data, ending, glyphs = _cut(face.path, face.index, frozenset(map(ord, used[name])))
        out[name] = CutFont(name, face.family, ending, data, glyphs)
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


@lru_cache(maxsize=8)
def _cut(path: Path, index: int, characters: frozenset[int]) -> tuple[bytes, str, dict[int, int]]:
    """The font file with these characters alone, its ending, and the glyph of each."""
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
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=sorted(characters))
        cutter.subset(font)
        out = io.BytesIO()
        font.save(out, reorderTables=True)
        order = font.getReverseGlyphMap()
        glyphs = {code: order[glyph] for code, glyph in font.getBestCmap().items()}
        return out.getvalue(), "otf" if font.sfntVersion == "OTTO" else "ttf", glyphs
    finally:
        font.close()
