"""All measures as one table and as build/bench.json: {name: {value, unit, note}}.

    python bench/run.py [--only NAME …] [-o FILE]

Every figure is what was measured in this run. One that falls short of what is asked is marked, not hidden; a measure that cannot be taken
says why, and its value is null. The exit status is 0 either way.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parent))

import clock
import collation
import columns
import desk_speed
import desk_writers
import expressions
import gate
import intake
import memory
import month
import planted
import publish_speed
import quality
import search_quality
import search_speed
import shelf
import signing
import spelling
import stories
import unseen
from measure import Figure, Measure, Row, as_json

MEASURES: tuple[Measure, ...] = (
    *quality.MEASURES, *planted.MEASURES, *spelling.MEASURES, *unseen.MEASURES,
    *expressions.MEASURES, *gate.MEASURES, *intake.MEASURES, *collation.MEASURES, *clock.MEASURES, *memory.MEASURES, *shelf.MEASURES,
    *search_quality.MEASURES, *search_speed.MEASURES, *publish_speed.MEASURES,
    *stories.MEASURES, *columns.MEASURES, *month.MEASURES, *signing.MEASURES, *desk_writers.MEASURES, *desk_speed.MEASURES,
)
ROWS: dict[str, Row] = {row.name: row for measure in MEASURES for row in measure.rows}
OUTPUT = Path(__file__).resolve().parents[1] / "build" / "bench.json"


def chosen(names: list[str]) -> tuple[Measure, ...]:
    """The measures of these names, all where none is given; raises SystemExit that lists them for a name that is none."""
    if unknown := set(names) - {measure.name for measure in MEASURES}:
        sys.exit(f"no measure {', '.join(sorted(unknown))}; known: {', '.join(m.name for m in MEASURES)}")
    return tuple(measure for measure in MEASURES if not names or measure.name in names)


def taken(measures: tuple[Measure, ...], console: Console) -> dict[str, Figure]:
    """The figures of the measures, with progress on the console."""
    figures: dict[str, Figure] = {}
    columns = (TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=len(measures))
        for measure in measures:
            progress.update(task, description=measure.name)
            start = time.perf_counter()
            figures |= measure.figures()
            progress.advance(task)
            if not console.is_terminal:
                console.print(f"{measure.name}: {time.perf_counter() - start:.1f} s")
    return figures


def table(figures: dict[str, Figure]) -> Table:
    """The figures as one table; what falls short of what is asked is marked."""
    made = Table("measure", "value", "unit", "asked", "", "note", title="Yuebao: measures")
    made.columns[1].justify = "right"
    for name, figure in figures.items():
        row = ROWS[name]
        value = "—" if figure.value is None else f"{figure.value:g}"
        short = row.is_short(figure.value)
        mark = "short" if short else "n/a" if figure.value is None else ""
        made.add_row(name, value, row.unit, row.asked(), mark, figure.note, style="bold red" if short else "yellow" if mark else None)
    return made


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help=f"one of {', '.join(m.name for m in MEASURES)}; may be repeated")
    parser.add_argument("-o", dest="output", type=Path, default=OUTPUT, help="where the JSON goes")
    args = parser.parse_args(arguments)
    figures = taken(chosen(args.only), Console(stderr=True))
    args.output.parent.mkdir(parents=True, exist_ok=True)
    args.output.write_text(as_json(figures, ROWS), encoding="utf-8")
    out = Console(width=None if sys.stdout.isatty() else 200)
    out.print(table(figures))
    short = [name for name, figure in figures.items() if ROWS[name].is_short(figure.value)]
    out.print(f"{len(figures)} figures, {len(short)} short of what is asked; written to {args.output}", highlight=False, soft_wrap=True)


if __name__ == "__main__":
    main()
