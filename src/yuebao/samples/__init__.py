"""The periodical that ships with the product: three months of the bulletin 《云陵月报》 of 云陵市, a city that does not exist.

Every place, person, company, figure and sentence is invented. April 2025 has a flat 目录 with the masthead in the middle of its rows;
May and June have nested columns without any mark of level. June is GB18030 with CRLF, the others are UTF-8. Defects are planted in all
three: beside each text stands its gold (`….gold.json`), which names them, and beside the nested ones an outline of the columns.

The folder `year` has the other nine months of 2025, clean but for what only a year can show: ten projects from plan to use, with three
contradictions (the sum of 朔光储能电池模组项目 between May and June, the extent of 望川轴承产业园三期项目 between February and July, the
day on which 东浦文化艺术中心 was begun between August and October); the opening of a bridge printed twice, in September and October; a
county of which August to October say nothing; offices that pass to others, with the table of appointments that an office would keep.

The folder `copy` has what came in for January 2026, the month after: sixty texts as an office gets them, with the register of copy. The
gold beside it (`copy.gold.json`) names the texts that tell one event, in what they differ, the one that must be refused, the one with
numbers of a person, and what belongs in no bulletin.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path

ISSUES = ("yunling_2025_04", "yunling_2025_05", "yunling_2025_06")


def _folder() -> Path:
    # a wheel is always unpacked on disk: the product is not run from a zip
    return Path(str(resources.files(__name__)))


def paths() -> tuple[Path, ...]:
    """The three issues as text files, in order of time."""
    return tuple(_folder() / f"{name}.txt" for name in ISSUES)


def year() -> tuple[Path, ...]:
    """The twelve issues of 2025 as text files, in order of time."""
    three = {path.name: path for path in paths()}
    rest = {path.name: path for path in (_folder() / "year").glob("yunling_2025_[0-9][0-9].txt")}
    return tuple(path for _, path in sorted({**rest, **three}.items()))


def appointments_path() -> Path:
    """The table of appointments 任免 that goes with the year, as an office keeps it in its lexicon folder."""
    return _folder() / "year" / "appointments.tsv"


def copy() -> tuple[Path, ...]:
    """The copy of January 2026, in the order in which it is registered: text, Word, saved pages, letters, a PDF."""
    return tuple(sorted(path for path in (_folder() / "copy").iterdir() if path != copy_register_path()))


def copy_register_path() -> Path:
    """The register of that copy 来稿登记: name, origin_kind, contributor, outlet and date of each text."""
    return _folder() / "copy" / "来稿登记.tsv"


def copy_gold_path() -> Path:
    """What is known of that copy: stories, differences, what is refused, flagged, or not for a bulletin."""
    return _folder() / "copy.gold.json"


def gold_path(path: Path) -> Path:
    """The gold annotation of an issue of `paths()`."""
    return path.with_suffix(".gold.json")


def outline_path(path: Path) -> Path | None:
    """The outline of the columns (a title a line, two spaces a level) of an issue of `paths()`, or None where they do not nest."""
    outline = path.with_suffix(".outline.txt")
    return outline if outline.is_file() else None
