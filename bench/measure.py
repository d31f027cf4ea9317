"""What a measure is: rows declared beforehand, each with its unit and its floor, and one function that fills them.

Rows are declared so that a measure that fails still stands in the table, with the reason in its note and null for its value.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared"
CORPUS = SHARED / "corpus" / "broadcast_2022_2024.jsonl"


@dataclass(frozen=True)
class Row:
    """One figure asked for. `at_least` or `at_most` is what the issue or the design asks; neither where nothing is asked."""

    name: str
    unit: str = ""
    at_least: float | None = None
    at_most: float | None = None

    def is_short(self, value: float | None) -> bool:
        """Whether a figure that was measured is on the wrong side of what is asked."""
        if value is None:
            return False
        return (self.at_least is not None and value < self.at_least) or (self.at_most is not None and value > self.at_most)

    def asked(self) -> str:
        """What is asked, as printed: ≥ 0.95, ≤ 3.0, or nothing."""
        return f"≥ {self.at_least:g}" if self.at_least is not None else f"≤ {self.at_most:g}" if self.at_most is not None else ""


@dataclass(frozen=True)
class Figure:
    """What was measured; `value` is None where it could not be, and `note` says why."""

    value: float | None
    note: str = ""


@dataclass(frozen=True)
class Measure:
    """One measure. `fill` returns a Figure for each of `rows`; with `needs_shared` it wants the real material beside the repository."""

    name: str
    rows: tuple[Row, ...]
    fill: Callable[[], Mapping[str, Figure]]
    needs_shared: bool = False

    def figures(self) -> dict[str, Figure]:
        """A Figure for each row, also where the measure fails or leaves one out."""
        if self.needs_shared and not SHARED.is_dir():
            return dict.fromkeys(self.names(), Figure(None, "../shared is not here"))
        try:
            filled = self.fill()
        except Exception as error:  # whatever it is, the other measures are to be taken
            reason = f"failed: {type(error).__name__}: {error}".splitlines()[0][:200]
            return dict.fromkeys(self.names(), Figure(None, reason))
        if extra := set(filled) - set(self.names()):
            raise ValueError(f"{self.name}: rows not declared: {', '.join(sorted(extra))}")
        return {name: filled.get(name, Figure(None, "not measured")) for name in self.names()}

    def names(self) -> list[str]:
        return [row.name for row in self.rows]


def as_json(figures: Mapping[str, Figure], rows: Mapping[str, Row]) -> str:
    """`{name: {value, unit, note}}`, one name a line."""
    lines = (
        f" {json.dumps(name)}: " + json.dumps({"value": f.value, "unit": rows[name].unit, "note": f.note}, ensure_ascii=False, allow_nan=False)
        for name, f in figures.items()
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


def printed_by(program: str | Path, *arguments: object) -> str:
    """What a Python program prints in a process of its own; raises RuntimeError with the last line of its complaint where it fails."""
    # jieba 0.42 warns of its own regular expressions
    done = subprocess.run([sys.executable, "-W", "ignore", str(program), *map(str, arguments)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError((done.stderr.strip() or f"exit status {done.returncode}").splitlines()[-1])
    return done.stdout
