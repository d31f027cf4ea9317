"""A style: one folder with `style.toml` (measures, sizes, fonts, roles), and `style.typ` where it sets a part of the book in its own way.

A style says only what differs from its base. Lengths come out in points. Where a setting is wrong, E504 names the file, the key and what
is allowed, before anything is set.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from yuebao.errors import InputError, UsageError

Settings = dict[str, dict[str, Any]]

STANDARD = "book"  # the style that every other is derived from in the end
NAMES = ("book", "large", "official")
SETTINGS, OVERRIDES = "style.toml", "style.typ"
FOLDER_LIMIT = 20_000_000  # bytes of a style's folder: a few pictures, no more
FONT_ROLES = ("song", "hei", "kai", "fang", "title")
COVER_PARTS = ("notice", "title", "pinyin", "rule", "number", "serial", "motto", "place", "sponsor")
# 字号 in points, as Word and WPS have them.
SIZES = {
    "初号": 42.0, "小初": 36.0, "一号": 26.0, "小一": 24.0, "二号": 22.0, "小二": 18.0, "三号": 16.0, "小三": 15.0, "四号": 14.0,
    "小四": 12.0, "五号": 10.5, "小五": 9.0, "六号": 7.5, "小六": 6.5,
}
POINTS = {"pt": 1.0, "mm": 72 / 25.4, "cm": 720 / 25.4}

_LENGTH = re.compile(r"(\d{1,4}(?:\.\d{1,3})?) ?(pt|mm|cm)")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_PACKAGE = re.compile(rb'"\s*@')  # a package of typst's: it would be fetched from the network


@dataclass(frozen=True, slots=True)
class Style:
    """A style as it is used: `settings` by table and key, lengths in points; `files` of its folder by name."""

    title: str
    settings: Settings
    files: Mapping[str, bytes]


class _Wrong(ValueError):
    """A value that a key does not allow; the message says what it does."""


def load(name: str) -> Style:
    """The style of that name, or that in the folder of that path.

    Raises UsageError E203 (no such style), InputError E504 (a wrong setting, a base that leads back to itself, a package from the network).
    """
    if name in NAMES:
        return _shipped(name)
    folder = Path(name)
    if not (folder / SETTINGS).is_file():
        known = "、".join((*NAMES, "as-printed"))
        reason = f"版式 / style {name}；可用 / known: {known}，或含 {SETTINGS} 的文件夹 / or a folder with {SETTINGS}"
        raise UsageError("E203", reason=reason, command="publish")
    return _load(folder, str(folder), ())


@cache
def _shipped(name: str) -> Style:
    return _load(resources.files(__package__) / "styles" / name, name, ())


def _load(folder: Traversable, name: str, above: tuple[str, ...]) -> Style:
    told = _table_of(folder, name)
    files = _files(folder, name)
    label = f"{name}/{SETTINGS}"
    title = told.pop("name", name)
    base = told.pop("base", None if name == STANDARD else STANDARD)
    if (base is not None and base not in NAMES) or base in above:
        raise InputError("E504", name=label, key="base", reason="、".join(n for n in NAMES if n != name))
    below = _load(resources.files(__package__) / "styles" / base, base, (*above, base)) if base else None
    settings = {table: dict(keys) for table, keys in below.settings.items()} if below else {table: {} for table in KEYS}
    for table, keys in told.items():
        if table not in KEYS or not isinstance(keys, dict):
            raise InputError("E504", name=label, key=table, reason="name、base、" + "、".join(f"[{known}]" for known in KEYS))
        for key, value in keys.items():
            settings[table][key] = _checked(label, table, key, value)
    _fit_the_page(label, settings)
    return Style(str(title), settings, {**(below.files if below else {}), **files})


def _table_of(folder: Traversable, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads((folder / SETTINGS).read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError("E504", name=f"{name}/{SETTINGS}", key="TOML", reason=str(error)) from None
    except OSError as error:
        raise InputError("E504", name=f"{name}/{SETTINGS}", key="-", reason=error.strerror or str(error)) from None


def _files(folder: Traversable, name: str) -> dict[str, bytes]:
    """The other files of a style's folder, by name: what style.typ may use."""
    found: dict[str, bytes] = {}
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_file() and entry.name != SETTINGS and not entry.name.startswith("."):
            found[entry.name] = entry.read_bytes()
            if sum(map(len, found.values())) > FOLDER_LIMIT:
                raise InputError("E504", name=name, key=entry.name, reason=f"≤ {FOLDER_LIMIT // 1_000_000} MB")
            if entry.name.endswith(".typ") and _PACKAGE.search(found[entry.name]):
                raise InputError("E504", name=f"{name}/{entry.name}", key="import", reason="本机的文件，不得用网上的包 / local files only")
    return found


def _checked(name: str, table: str, key: str, value: object) -> object:
    known = KEYS[table]
    if key not in known:
        raise InputError("E504", name=name, key=f"{table}.{key}", reason="、".join(known))
    try:
        return known[key](value)
    except _Wrong as error:
        raise InputError("E504", name=name, key=f"{table}.{key}", reason=str(error)) from None


def _fit_the_page(name: str, settings: Settings) -> None:
    """Lines and characters must leave room beside and below them."""
    page, text = settings["page"], settings["text"]
    if page["inside"] + measure_of(settings) >= page["width"]:
        raise InputError("E504", name=name, key="text.characters", reason="版心宽于纸 / the lines are wider than the page")
    if page["top"] + text["lines"] * text["pitch"] >= page["height"]:
        raise InputError("E504", name=name, key="text.lines", reason="版心高于纸 / the lines are higher than the page")
    if text["pitch"] < text["size"]:
        raise InputError("E504", name=name, key="text.pitch", reason="≥ text.size")


def measure_of(settings: Settings) -> float:
    """The width of a full line in points: as set, or its characters side by side."""
    text = settings["text"]
    measure: float = settings["page"].get("measure") or text["characters"] * text["size"]
    return measure


# ---- what a key allows ----


def _length(value: object) -> float:
    if isinstance(value, str):
        if value in SIZES:
            return SIZES[value]
        if found := _LENGTH.fullmatch(value.strip()):
            return float(found[1]) * POINTS[found[2]]
    raise _Wrong('"27mm"、"20pt"、"1.2cm" 或字号 / or a size such as "小四"')


def _number(least: int, most: int) -> Callable[[object], int]:
    def check(value: object) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        raise _Wrong(f"{least}–{most}")
    return check


def _numbers(least: int, most: int) -> Callable[[object], list[int]]:
    one = _number(least, most)

    def check(value: object) -> list[int]:
        if isinstance(value, list) and len(value) == 3:
            return [one(number) for number in value]
        raise _Wrong(f"[{least}, {least}, {least}] – [{most}, {most}, {most}]")
    return check


def _words(known: tuple[str, ...] = ()) -> Callable[[object], list[str]]:
    def check(value: object) -> list[str]:
        if isinstance(value, list) and all(isinstance(word, str) and (not known or word in known) for word in value):
            return list(value)
        raise _Wrong("[" + ", ".join(f'"{word}"' for word in known) + "]" if known else '["…", "…"]')
    return check


def _role(value: object) -> str:
    if isinstance(value, str) and value.removesuffix(" bold") in FONT_ROLES:
        return value
    raise _Wrong("、".join(FONT_ROLES) + '，可加 bold / with or without " bold"')


def _colour(value: object) -> str:
    if isinstance(value, str) and _COLOUR.fullmatch(value):
        return value
    raise _Wrong('"#a8201a"')


def _text(value: object) -> str:
    if isinstance(value, str) and 0 < len(value) <= 20:
        return value
    raise _Wrong("1–20 字 / characters")


KEYS: dict[str, dict[str, Callable[[object], object]]] = {
    "page": dict.fromkeys(("width", "height", "top", "inside", "measure"), _length),
    "text": {"size": _length, "pitch": _length, "characters": _number(5, 100), "lines": _number(5, 100)},
    "sizes": dict.fromkeys((
        "title", "number", "column", "subcolumn", "minor", "front", "epigraph", "imprint", "contents", "table", "caption", "index",
        "running", "folio"), _length),
    "columns": {"lines": _numbers(1, 12), "before": _numbers(0, 12)},
    "fonts": dict.fromkeys(FONT_ROLES, _words()),
    "roles": dict.fromkeys((
        "body", "headline", "column", "subcolumn", "front", "title", "cover", "epigraph", "caption", "byline", "table_head", "running",
        "folio"), _role),
    "cover": {"show": _words(COVER_PARTS), "accent": _colour},
    "contents": {"heading": _text, "leader": _text},
}
