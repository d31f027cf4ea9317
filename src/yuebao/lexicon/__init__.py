"""Lexicons as data: one loader, one linter.

A lexicon is `data/NAME.tsv`: UTF-8, `#` comments, a header row, tab-separated. The columns `term`, `from_on`, `until_on` and `source` are
required, others are the lexicon's own. A row speaks only of its own time: `from_on`/`until_on` are ISO dates or years, `-` where open.
A row open at both ends is undated: `rows(name, on=…)` leaves it out, so that it does not fire on back issues; lexicons that only help
to read (surnames, office words) are asked without `on`. A row with an empty `source`, a bad date or a repeated key is refused.

An office adds rows of its own: `use(folder)` reads `folder/NAME.tsv` beside the package's of that name, by the same loader and linter.
Tables that only an office can have (`OFFICE_TABLES`) are read by `own_table`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path

REQUIRED = ("term", "from_on", "until_on", "source")
# the tables of the office itself, with the columns that each needs; others may stand beside them
OFFICE_TABLES: Mapping[str, tuple[str, ...]] = {
    "appointments": ("date", "body", "person", "office", "change"),
    "successions": ("term", "successor", "from_on", "source"),
    "order": ("term", "place_in_order", "from_on", "until_on", "source"),
    "wording": ("term", "right", "from_on", "until_on", "source"),
}
# whose terms are looked up in running text wherever they stand: one character by itself would stand everywhere
OF_TWO_CHARACTERS = frozenset(("act_verbs", "bodies", "countries", "divisions", "no_names", "offices", "place_names"))
DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
Row = Mapping[str, str]
_own: dict[str, Path] = {}  # the files of the office's folder in use, by name


class LexiconError(ValueError):
    """A lexicon file with a fault; the message names file and line."""


def use(folder: Path | None) -> None:
    """Read the office's own rows from `folder` (None: no more) from now on. Raises LexiconError with file and line for any fault.

    What was remembered of the lexicons before is forgotten, so that the order of calls does not matter.
    """
    found = {path.stem: path for path in sorted(folder.glob("*.tsv"))} if folder else {}
    if found == _own and not found:
        return
    _own.clear()
    _forget()
    for name, path in found.items():
        if name in OFFICE_TABLES:
            table(_text(path), name, OFFICE_TABLES[name])
        else:
            _rows_beside(name, _shipped(name), path)
    _own.update(found)


def _forget() -> None:
    """Empty every cache of the program's modules: any of them may hold what was made of a lexicon."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] == "yuebao":
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def own_table(name: str) -> tuple[tuple[int, Row], ...]:
    """The rows of one of the office's own tables, each with its line; none where it keeps no such table. Raises LexiconError."""
    path = _own.get(name)
    return table(_text(path), name, OFFICE_TABLES[name]) if path else ()


def own_files() -> tuple[Path, ...]:
    """The office's own files in use."""
    return tuple(_own.values())


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise LexiconError(f"{path.name}: UTF-8 is wanted") from None


@cache
def _load(name: str) -> tuple[Row, ...]:
    shipped = _shipped(name)
    return (*shipped, *_rows_beside(name, shipped, _own[name])) if name in _own else shipped


def _rows_beside(name: str, shipped: tuple[Row, ...], path: Path) -> tuple[Row, ...]:
    """The office's rows of a lexicon that is shipped, which have its columns."""
    own = parse(_text(path), name)
    if own and (odd := set(own[0]) ^ set(shipped[0])):
        raise LexiconError(f"{name}.tsv: columns lacking or unknown: {', '.join(sorted(odd))}")
    return own


@cache
def _shipped(name: str) -> tuple[Row, ...]:
    folder = resources.files(__package__) / "data"
    path = folder / f"{name}.tsv"
    if not path.is_file():
        known = sorted(p.name.removesuffix(".tsv") for p in folder.iterdir() if p.name.endswith(".tsv"))
        raise LexiconError(f"no lexicon {name!r}; known: {', '.join([*known, *OFFICE_TABLES])}")
    return parse(path.read_text(encoding="utf-8"), name)


def parse(text: str, name: str) -> tuple[Row, ...]:
    """The rows of a lexicon's text; raises LexiconError with file and line for any fault."""
    rows: list[Row] = []
    seen: set[tuple[str, ...]] = set()
    for number, row in table(text, name, REQUIRED):
        if not row["source"]:
            raise LexiconError(f"{name}.tsv:{number}: source may not be empty")
        if name in OF_TWO_CHARACTERS and len(row["term"]) < 2:
            raise LexiconError(f"{name}.tsv:{number}: {row['term']}: a term of one character; two at least are wanted")
        key_of = tuple(row[c] for c in row if c != "source")
        if key_of in seen:
            raise LexiconError(f"{name}.tsv:{number}: {row['term']} is there already")
        seen.add(key_of)
        rows.append(row)
    return tuple(rows)


def table(text: str, name: str, columns: tuple[str, ...]) -> tuple[tuple[int, Row], ...]:
    """The rows of a table with such columns, each with its line; raises LexiconError with file and line for any fault.

    The first column may not be empty; `from_on` and `until_on` are a year, an ISO date or -.
    """
    out: list[tuple[int, Row]] = []
    header: list[str] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
            if missing := [c for c in columns if c not in header]:
                raise LexiconError(f"{name}.tsv:{number}: columns lacking: {', '.join(missing)}")
            continue
        if len(cells) != len(header):
            raise LexiconError(f"{name}.tsv:{number}: {len(cells)} cells, {len(header)} wanted")
        row = dict(zip(header, cells, strict=True))
        if not row[columns[0]]:
            raise LexiconError(f"{name}.tsv:{number}: {columns[0]} may not be empty")
        for key in ("from_on", "until_on"):
            if key in row and row[key] != "-" and not DATE.fullmatch(row[key]):
                raise LexiconError(f"{name}.tsv:{number}: {key} is a year, an ISO date or -, not {row[key]!r}")
        out.append((number, row))
    return tuple(out)


@lru_cache(maxsize=256)  # a day is asked for an issue; a run of twenty years has thousands
def rows(name: str, on: str | None = None) -> tuple[Row, ...]:
    """The rows of a lexicon in file order; with `on` (an ISO date) only the dated rows in force on that day."""
    if on is None:
        return _load(name)
    return tuple(
        row for row in _load(name)
        if (row["from_on"], row["until_on"]) != ("-", "-")
        and (row["from_on"] == "-" or row["from_on"] <= on)
        and (row["until_on"] == "-" or on <= row["until_on"] + "￿")
    )


@cache
def terms(name: str) -> frozenset[str]:
    """The terms of a lexicon, dated or not."""
    return frozenset(row["term"] for row in _load(name))
