"""The faces of the book: which families set it, in which files they lie, and whether they have every character.

Typst says nothing of a family that is not there or of a character that no family has: both are found here, before it is asked.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst
from fontTools.ttLib import TTFont

from yuebao.errors import InputError

DEFAULT_BODY = "Noto Serif SC"
DEFAULT_HEADING = "Noto Sans SC"
DEFAULT_FOLDER = pylopdf_fonts_zh_cn.serif_path().parent

# What is taken from the office's folders where no family is named, the first that is there: 宋 for the text, 黑 for headings.
BODY_FAMILIES = (
    "FZShuSong-Z01", "FZShuSong-Z01S", "FZSongKeBenXiuKaiS-R-GB", "Source Han Serif SC", "Source Han Serif CN", "Noto Serif CJK SC",
    "STSong", "SimSun", "NSimSun", "AR PL UMing CN",
)
HEADING_FAMILIES = (
    "FZHei-B01", "FZHei-B01S", "Source Han Sans SC", "Source Han Sans CN", "Noto Sans CJK SC", "STHeiti", "SimHei", "Microsoft YaHei",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei",
)
BOLD = 600  # the lightest weight (OS/2) that passes for bold
SHOWN = 24  # characters named in one message


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a family: its file, its place in a collection, its weight."""

    family: str
    weight: int
    italic: bool
    path: Path
    index: int


@dataclass(frozen=True, slots=True)
class Typefaces:
    """The families that set a book, each list in the order in which a character is looked for."""

    body: tuple[str, ...]
    heading: tuple[str, ...]
    heading_has_bold: bool
    loaded: typst.Fonts


class FontCase:
    """The faces in some folders and in the package's own; loaded once for the same folders in the same state."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self.loaded = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(p) for p in (*folders, DEFAULT_FOLDER)])
        self.families: dict[str, list[Face]] = {}
        for info in self.loaded.fonts():
            if info.path is not None:
                face = Face(info.family, info.weight, info.style != "normal", Path(info.path), info.index)
                self.families.setdefault(info.family, []).append(face)

    def family(self, name: str) -> str:
        """The family as typst calls it, for that name or any name that its file bears (宋体 for SimSun); raises InputError E502."""
        for family in self.families:
            if family.casefold() == name.casefold():
                return family
        for family, faces in self.families.items():
            if name.casefold() in _names_of(faces[0].path, faces[0].index):
                return family
        raise InputError("E502", name=name)

    def first_of(self, wanted: Iterable[str], default: str) -> str:
        """The first of the families wanted that is there, else the default."""
        return next((name for name in wanted if name in self.families), default)

    def characters(self, family: str) -> frozenset[int]:
        """The code points that the family's regular face has."""
        faces = self.families.get(family)
        if not faces:
            raise InputError("E502", name=family)
        regular = min(faces, key=lambda face: (face.italic, abs(face.weight - 400)))
        return _characters_of(regular.path, regular.index)

    def has_bold(self, family: str) -> bool:
        """Whether the family has an upright face of bold weight."""
        return any(face.weight >= BOLD and not face.italic for face in self.families[family])


def choose(text: str, fonts: Sequence[Path], body_font: str | None, heading_font: str | None) -> Typefaces:
    """The typefaces for a book of that text.

    A character that the family of its role lacks is taken from the package's own families, then from any other family in the folders
    named. Raises InputError E502 for a folder or family that is not there, E501 with the characters that no family has.
    """
    case = _case(tuple(_existing(folder) for folder in fonts))
    body = case.family(body_font) if body_font else case.first_of(BODY_FAMILIES, DEFAULT_BODY)
    heading = case.family(heading_font) if heading_font else case.first_of(HEADING_FAMILIES, DEFAULT_HEADING)
    bodies = _unique(body, DEFAULT_BODY, DEFAULT_HEADING)
    headings = _unique(heading, DEFAULT_HEADING, DEFAULT_BODY)
    needed = {ord(c) for c in text if needs_glyph(c)}
    more = _reserve(case, needed, bodies) + _reserve(case, needed, headings)
    return Typefaces(_unique(*bodies, *more), _unique(*headings, *more), case.has_bold(heading), case.loaded)


def needs_glyph(character: str) -> bool:
    """Whether the character is seen in print: white space, joiners and variation selectors are not."""
    return not (character.isspace() or unicodedata.category(character) == "Cf" or 0xFE00 <= ord(character) <= 0xFE0F
                or 0xE0100 <= ord(character) <= 0xE01EF)


def _reserve(case: FontCase, needed: set[int], chain: tuple[str, ...]) -> tuple[str, ...]:
    """The further families that the chain needs in order to have every character."""
    lacking = needed.difference(*(case.characters(family) for family in chain))
    more = []
    for family in sorted(set(case.families) - set(chain)):
        if not lacking:
            break
        if found := lacking & case.characters(family):
            more.append(family)
            lacking -= found
    if lacking:
        raise InputError("E501", characters=_named(lacking))
    return tuple(more)


def _named(lacking: set[int]) -> str:
    shown = sorted(lacking)[:SHOWN]
    names = "、".join(f"{chr(c)}（U+{c:04X}）" if chr(c).isprintable() else f"U+{c:04X}" for c in shown)
    return names + (f" 等 {len(lacking)} 个" if len(lacking) > SHOWN else "")


def _unique(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _existing(folder: Path) -> tuple[Path, int]:
    try:
        return folder.resolve(), folder.stat().st_mtime_ns
    except OSError:
        raise InputError("E502", name=str(folder)) from None


@lru_cache(maxsize=4)
def _case(folders: tuple[tuple[Path, int], ...]) -> FontCase:
    return FontCase(tuple(path for path, _ in folders))


@lru_cache(maxsize=64)
def _characters_of(path: Path, index: int) -> frozenset[int]:
    with TTFont(path, fontNumber=index, lazy=True) as font:
        return frozenset(font.getBestCmap() or ())


@lru_cache(maxsize=1024)
def _names_of(path: Path, index: int) -> frozenset[str]:
    with TTFont(path, fontNumber=index, lazy=True) as font:
        return frozenset(str(n).casefold() for n in font["name"].names if n.nameID in (1, 4, 6, 16))
