"""Lexicons as data: one loader, one linter.

A lexicon is `data/NAME.tsv`: UTF-8, `#` comments, a header row, tab-separated. The columns `term`, `from_on`, `until_on` and `source` are
required, others are the lexicon's own. A row speaks only of its own time: `from_on`/`until_on` are ISO dates or years, `-` where open.
A row open at both ends is undated: `rows(name, on=…)` leaves it out, so that it does not fire on back issues; lexicons that only help
to read (surnames, office words) are asked without `on`. A row with an empty `source`, a bad date or a repeated key is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

REQUIRED = ("term", "from_on", "until_on", "source")
Row = Mapping[str, str]


class LexiconError(ValueError):
    """A lexicon file with a fault; the message names file and line."""


@cache
def _load(name: str) -> tuple[Row, ...]:
    folder = resources.files(__package__) / "data"
    path = folder / f"{name}.tsv"
    if not path.is_file():
        known = sorted(p.name.removesuffix(".tsv") for p in folder.iterdir() if p.name.endswith(".tsv"))
        raise LexiconError(f"no lexicon {name!r}; known: {', '.join(known)}")
    return parse(path.read_text(encoding="utf-8"), name)


def parse(text: str, name: str) -> tuple[Row, ...]:
    """The rows of a lexicon's text; raises LexiconError with file and line for any fault."""
    rows: list[Row] = []
    header: list[str] | None = None
    seen: set[tuple[str, ...]] = set()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
            if missing := [c for c in REQUIRED if c not in header]:
                raise LexiconError(f"{name}.tsv: columns lacking: {', '.join(missing)}")
            continue
        if len(cells) != len(header):
            raise LexiconError(f"{name}.tsv:{number}: {len(cells)} cells, {len(header)} wanted")
        row = dict(zip(header, cells, strict=True))
        if not row["term"] or not row["source"]:
            raise LexiconError(f"{name}.tsv:{number}: term and source may not be empty")
        for key in ("from_on", "until_on"):
            if row[key] != "-" and not row[key][:4].isdigit():
                raise LexiconError(f"{name}.tsv:{number}: {key} is a year, an ISO date or -, not {row[key]!r}")
        key_of = tuple(row[c] for c in header if c != "source")
        if key_of in seen:
            raise LexiconError(f"{name}.tsv:{number}: {row['term']} is there already")
        seen.add(key_of)
        rows.append(row)
    return tuple(rows)


@cache
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
