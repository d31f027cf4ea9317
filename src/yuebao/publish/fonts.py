"""The faces of the book: which families set it, in which files they lie, and whether they have every character.

Typst says nothing of a family that is not there or of a character that no family has: both are found here, before it is asked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst
from fontTools.ttLib import TTFont

from yuebao.errors import InputError
from yuebao.publish.setting import Setting
from yuebao.publish.style import Settings

DEFAULT_SONG = "Noto Serif SC"
DEFAULT_HEI = "Noto Sans SC"
DEFAULT_FOLDER = pylopdf_fonts_zh_cn.serif_path().parent
# What sets a font role for which the office has no family: another role's family, or one of the package's own.
STANDS_IN = {"song": DEFAULT_SONG, "hei": DEFAULT_HEI, "kai": "song", "fang": "song", "title": "song"}
RESTRICTED = 0x0002  # OS/2 fsType: may not be embedded without leave of its maker

BOLD = 600  # the lightest weight (OS/2) that passes for bold
EMBEDDED = re.compile(rb"/FontName/[A-Z]{6}\+([^\s/<>()\[\]]+)")
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
class Typeface:
    """What sets a role of the style: families in the order in which a character is looked for, and how it is made bold."""

    families: tuple[str, ...]
    weight: str
    thicken: bool


@dataclass(frozen=True, slots=True)
class Typefaces:
    """The faces of a book: by role of the style (body, headline …), and the fonts as typst takes them."""

    roles: Mapping[str, Typeface]
    loaded: typst.Fonts


@dataclass(frozen=True, slots=True)
class FontRow:
    """One font for the list that an office keeps of its fonts: what it sets, and what it says itself of its licence.

    `role`: song, hei, kai, fang, title; `stands_in`: the family wanted is not there; `may_embed`: its own embedding right.
    """

    role: str
    family: str
    stands_in: bool
    file: str
    licence: str
    may_embed: bool


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

    def first_of(self, wanted: Iterable[str]) -> str | None:
        """The first of the families wanted that is there."""
        return next((name for name in wanted if name in self.families), None)

    def regular(self, family: str) -> Face:
        """The family's upright face of about regular weight; raises InputError E502."""
        faces = self.families.get(family)
        if not faces:
            raise InputError("E502", name=family)
        return min(faces, key=lambda face: (face.italic, abs(face.weight - 400)))

    def characters(self, family: str) -> frozenset[int]:
        """The code points that the family's regular face has."""
        regular = self.regular(family)
        return _characters_of(regular.path, regular.index)

    def has_bold(self, family: str) -> bool:
        """Whether the family has an upright face of bold weight."""
        return any(face.weight >= BOLD and not face.italic for face in self.families[family])


def choose(placed: Iterable[tuple[str, str]], style: Settings, setting: Setting) -> Typefaces:
    """The typefaces for a book of these texts, each given with its place in words.

    A character that the family of its role lacks is taken from the package's own families, then from any other family in the folders
    named. Raises InputError E502 for a folder or family that is not there, E501 with the characters that no family has and their places.
    """
    case = _case(tuple(_existing(folder) for folder in setting.fonts))
    families = {role: family for role, (family, _) in _families(case, style, setting).items()}
    placed = list(placed)
    needed = {ord(c) for c in set().union(*(text for _, text in placed)) if needs_glyph(c)}
    chains: dict[str, tuple[str, ...]] = {}
    for role, family in families.items():
        chain = _unique(family, DEFAULT_HEI, DEFAULT_SONG) if role == "hei" else _unique(family, DEFAULT_SONG, DEFAULT_HEI)
        chains[role] = _unique(*chain, *_reserve(case, needed, chain, placed))
    return Typefaces({name: _typeface(case, chains, told) for name, told in style["roles"].items()}, case.loaded)


def font_list(style: Settings, setting: Setting) -> tuple[FontRow, ...]:
    """The font of each role of the style, and the package's own that fill its gaps, with their licences; raises InputError E502."""
    case = _case(tuple(_existing(folder) for folder in setting.fonts))
    rows = [_row(case, role, family, stands_in) for role, (family, stands_in) in _families(case, style, setting).items()]
    return tuple(rows + [_row(case, "补字", family, False) for family in (DEFAULT_SONG, DEFAULT_HEI)])


def embedded_fonts(made: bytes, setting: Setting) -> tuple[FontRow, ...]:
    """The fonts that lie in a published PDF, each once by its name, with their licences; raises InputError E502."""
    case = _case(tuple(_existing(folder) for folder in setting.fonts))
    faces = {_postscript_name(face.path, face.index): face for faces in case.families.values() for face in faces}
    names = sorted({found.decode("ascii", "replace") for found in EMBEDDED.findall(made)} & set(faces))
    return tuple(_row_of("书中", faces[name], False) for name in names)


def families_of(text: str) -> dict[str, str]:
    """Families by role as an office writes them in a setting: `song=方正书宋;fang=仿宋_GB2312`.

    Raises InputError E504 for what is no such list.
    """
    found: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        role, _, family = (word.strip() for word in part.partition("="))
        if role not in STANDS_IN or not family:
            raise InputError("E504", name="字体 / fonts", key=part, reason="song=…;hei=…;kai=…;fang=…;title=…")
        found[role] = family
    return found


def _families(case: FontCase, style: Settings, setting: Setting) -> dict[str, tuple[str, bool]]:
    """The family of each font role, and whether it stands in for one that is not there."""
    if odd := sorted(set(setting.families) - set(STANDS_IN)):
        raise InputError("E504", name="字体 / fonts", key=odd[0], reason="、".join(STANDS_IN))
    found: dict[str, tuple[str, bool]] = {}
    for role, other in STANDS_IN.items():
        if role in setting.families:
            found[role] = (case.family(setting.families[role]), False)
            continue
        family = case.first_of(style["fonts"].get(role, ()))
        found[role] = (family, False) if family else (found[other][0] if other in found else other, True)
    return found


def _typeface(case: FontCase, chains: Mapping[str, tuple[str, ...]], told: str) -> Typeface:
    role, _, bold = told.partition(" ")
    chain = chains[role]
    has_bold = case.has_bold(chain[0])
    return Typeface(chain, "bold" if bold and has_bold else "regular", bool(bold) and not has_bold)


def _row(case: FontCase, role: str, family: str, stands_in: bool) -> FontRow:
    return _row_of(role, case.regular(family), stands_in)


def _row_of(role: str, face: Face, stands_in: bool) -> FontRow:
    licence, may_embed = _licence_of(face.path, face.index)
    return FontRow(role, face.family, stands_in, face.path.name, licence, may_embed)


def needs_glyph(character: str) -> bool:
    """Whether the character is seen in print: white space, joiners and variation selectors are not."""
    return not (character.isspace() or unicodedata.category(character) == "Cf" or 0xFE00 <= ord(character) <= 0xFE0F
                or 0xE0100 <= ord(character) <= 0xE01EF)


def _reserve(case: FontCase, needed: set[int], chain: tuple[str, ...], placed: Sequence[tuple[str, str]]) -> tuple[str, ...]:
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
        raise InputError("E501", characters=_named(lacking, placed))
    return tuple(more)


def _named(lacking: set[int], placed: Sequence[tuple[str, str]]) -> str:
    """The characters, each with the place where it stands first."""
    names = []
    for code in sorted(lacking)[:SHOWN]:
        character = chr(code)
        place = next(place for place, text in placed if character in text)
        names.append(f"{character if character.isprintable() else ''}（U+{code:04X}，{place}）")
    return "、".join(names) + (f" 等 {len(lacking)} 个" if len(lacking) > SHOWN else "")


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


@lru_cache(maxsize=1024)
def _postscript_name(path: Path, index: int) -> str:
    with TTFont(path, fontNumber=index, lazy=True) as font:
        return font["name"].getDebugName(6) or ""


@lru_cache(maxsize=64)
def _licence_of(path: Path, index: int) -> tuple[str, bool]:
    """What the font says of its licence (else its copyright), in one line, and whether it may be embedded."""
    with TTFont(path, fontNumber=index, lazy=True) as font:
        told = [font["name"].getDebugName(name) for name in (13, 14)]
        text = " ".join(part for part in told if part) or font["name"].getDebugName(0) or "字体文件未写明 / not stated"
        right = font["OS/2"].fsType if "OS/2" in font else 0
    return " ".join(text.split()), right & 0x000F != RESTRICTED
