"""Who is who, as people decided: merges and splits of the record, read as rulings on evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from yuebao.archive import decisions
from yuebao.archive.register.persons import Ruling, Spot

MERGE, SPLIT = "merge", "split"


def in_force() -> tuple[Ruling, ...]:
    """The merges and splits that nobody took back, oldest first."""
    return tuple(
        Ruling(d.kind, tuple(Spot(spot["text_hash"], spot["start"], spot["end"]) for spot in d.statement["spots"]))
        for d in decisions.in_force(MERGE, SPLIT)
    )


def groups(names: Iterable[str]) -> list[set[str]]:
    """The names, and those that merges hold together with them, as disjoint groups."""
    joined: dict[str, set[str]] = defaultdict(set)
    for d in decisions.in_force(MERGE):
        for name in d.statement["names"]:
            joined[name].update(d.statement["names"])
    out: list[set[str]] = []
    done: set[str] = set()
    for name in sorted(names):
        if name in done:
            continue
        group, todo = {name}, [name]
        while todo:
            more = joined[todo.pop()] - group
            group |= more
            todo += more
        out.append(group)
        done |= group
    return out
