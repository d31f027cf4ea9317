"""Columns proposed: an issue left out, the rest of its series is the run. Of the real issues the two have few columns in common by title."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from measure import SHARED, Figure, Measure, Row
from yuebao import pipeline, samples
from yuebao.compile.columns import ColumnHabits, columns_of, path_of, propose
from yuebao.compile.columns_cues import Path, kinds_of
from yuebao.model import Issue, Item

SEED = 7  # of the order in which a person would correct


@dataclass(frozen=True)
class Tried:
    """One item: where it stands, what was proposed, and whether the run has such a column."""

    path: Path
    proposed: tuple[Path, ...]
    is_known: bool


def placed(issue: Issue) -> list[tuple[Path, Item]]:
    return [(path_of(path), item) for path, item in issue.walk()]


def leaving_one_out(series: Sequence[Issue]) -> Iterator[Tried]:
    """Each item of each issue, proposed from the others of the series."""
    for n, issue in enumerate(series):
        habits = columns_of([*series[:n], *series[n + 1:]])
        yield from (tried(path, item, habits) for path, item in placed(issue))


def tried(path: Path, item: Item, habits: ColumnHabits) -> Tried:
    return Tried(path, tuple(proposal.path for proposal in propose(item, habits)), path in habits.items)


def with_corrections(series: Sequence[Issue], every: int = 10) -> Iterator[Tried]:
    """The last issue, those before it as run; after every few items a person has put them where they stand. In a shuffled order."""
    *run, last = series
    items = placed(last)
    random.Random(SEED).shuffle(items)
    for start in range(0, len(items), every):
        habits = columns_of(run, [(item, path) for path, item in items[:start]])
        yield from (tried(path, item, habits) for path, item in items[start:start + every])


def share(rows: Sequence[Tried], most: int) -> Figure:
    """The share of items whose column is among the first proposals, of those whose column the run has."""
    known = [row for row in rows if row.is_known]
    right = sum(row.path in row.proposed[:most] for row in known)
    return Figure(right / len(known), f"{right}/{len(known)} items whose column the run has, of {len(rows)}")


def share_of_kind(rows: Sequence[Tried], most: int) -> Figure:
    """The same by conventional column (要闻 and 大事 are one), of all items whose column is of one."""
    known = [row for row in rows if kinds_of(row.path)]
    right = sum(any(kinds_of(row.path) & kinds_of(path) for path in row.proposed[:most]) for row in known)
    return Figure(right / len(known), f"{right}/{len(known)} items, columns of one kind under another title counted as right")


def figures() -> Mapping[str, Figure]:
    seeds = sorted((pipeline.read_issue(path) for path in SHARED.glob("seeds/*.txt")), key=lambda issue: issue.masthead.year or 0)
    year = [pipeline.read_issue(path) for path in samples.year()]
    out: dict[str, Figure] = {}
    for name, series in (("real", seeds), ("sample", year)):
        rows = list(leaving_one_out(series))
        corrected = list(with_corrections(series))
        out |= {f"columns_{name}_top{most}": share(rows, most) for most in (1, 3)}
        out |= {f"columns_{name}_kind_top{most}": share_of_kind(rows, most) for most in (1, 3)}
        out |= {f"columns_{name}_corrected_top{most}": share(corrected, most) for most in (1, 3)}
    return out


MEASURES = (
    Measure(
        "columns",
        tuple(
            Row(f"columns_{name}_{how}top{most}", "share") for name in ("real", "sample") for how in ("", "kind_", "corrected_") for most in (1, 3)),
        figures, needs_shared=True),
)

if __name__ == "__main__":
    for name, figure in figures().items():
        print(f"{name:32} {figure.value:.3f}  {figure.note}")
