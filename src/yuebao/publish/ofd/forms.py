"""Which glyphs a font has for Chinese text beside those of its character map: marks that are wider there, the unbroken dash.

Typst takes them by the rules in the font (GSUB) for the language of the book; an OFD file names them outright.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fontTools.ttLib import TTFont

SCRIPTS = ("hani", "DFLT")
LANGUAGE = "ZHS "
LOCAL = frozenset({"locl"})  # forms of the language
JOINED = frozenset({"ccmp", "liga", "clig", "rlig"})  # one glyph for several
SINGLE, LIGATURE, EXTENSION = 1, 4, 7  # kinds of rules


def chinese_forms(font: TTFont) -> dict[int, str]:
    """The glyphs that Chinese text has for characters in place of those of the character map."""
    changed: dict[str, str] = {}
    for rule in _rules(font, LOCAL, SINGLE):
        changed |= {glyph: form for glyph, form in rule.mapping.items() if glyph not in changed}
    return {code: changed[glyph] for code, glyph in (font.getBestCmap() or {}).items() if glyph in changed}


def whole_dash(font: TTFont, dash: str | None) -> str | None:
    """The glyph that stands for two dashes in a row, None where the font has none. `dash`: the Chinese form of one."""
    one = dash or (font.getBestCmap() or {}).get(0x2014)
    for rule in _rules(font, JOINED, LIGATURE):
        for ligature in rule.ligatures.get(one, ()):
            if ligature.Component == [one]:
                return str(ligature.LigGlyph)
    return None


def _rules(font: TTFont, features: frozenset[str], kind: int) -> Iterator[Any]:
    """The rules of a kind that the features of Chinese text make use of."""
    table = font["GSUB"].table if "GSUB" in font else None
    if table is None or table.ScriptList is None or table.FeatureList is None:
        return
    scripts = {record.ScriptTag: record.Script for record in table.ScriptList.ScriptRecord}
    script = next((scripts[tag] for tag in SCRIPTS if tag in scripts), None)
    if script is None:
        return
    language = next((record.LangSys for record in script.LangSysRecord if record.LangSysTag == LANGUAGE), script.DefaultLangSys)
    for at in language.FeatureIndex if language else ():
        record = table.FeatureList.FeatureRecord[at]
        if record.FeatureTag in features:
            for lookup in record.Feature.LookupListIndex:
                for rule in table.LookupList.Lookup[lookup].SubTable:
                    plain = rule.ExtSubTable if rule.LookupType == EXTENSION else rule
                    if plain.LookupType == kind:
                        yield plain
