"""The time budget: what each stage takes, as a ratio to the time that plain jieba 0.42 takes to cut the same text.

    python bench/clock.py          the stages and the cut, as JSON
    python bench/clock.py publish  setting one issue, cold and warm, and the cut of its text

One process on one core, process time, jieba and the stages by turns in each round, the median of the rounds: what else the machine does
falls on both alike.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from measure import SHARED, Figure, Measure, Row, printed_by

ROUNDS = 9
PROCESSES = 3
STAGES = ("read", "annotate", "proof")


def main() -> None:
    if sys.argv[1:] == ["publish"]:
        print(json.dumps(publish_seconds()))
    else:
        one_core()
        print(json.dumps(stage_seconds()))


def one_core() -> None:
    """Stay on one processor, where the system has a word for it."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def jieba_cut() -> Callable[[str], list[str]]:
    """jieba's cut, its dictionary loaded."""
    import jieba  # type: ignore[import-untyped]

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    cut: Callable[[str], list[str]] = jieba.lcut
    return cut


def took(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of process time of one call, and what it returned. Garbage of others is swept before."""
    gc.collect()
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def texts() -> tuple[Path, ...]:
    """The two real issues, or where they are not here the sample series."""
    from yuebao import samples

    return tuple(sorted(SHARED.glob("seeds/*.txt"))) or samples.paths()


def stage_seconds() -> dict[str, Any]:
    """Seconds of each round: `jieba`, and each stage over the same issues; how many issues and characters, and the jieba of the rounds."""
    from yuebao.annotate import annotate
    from yuebao.proof import proof
    from yuebao.read import read
    from yuebao.structure import structure

    cut = jieba_cut()
    files = [(path.name, path.read_bytes()) for path in texts()]
    rounds: list[dict[str, float]] = []
    characters = 0
    for _ in range(ROUNDS + 1):
        spent = dict.fromkeys(("jieba", *STAGES), 0.0)
        characters = 0
        for name, data in files:
            spent["read"], (source, issue) = added(spent["read"], partial(read_and_structure, read, structure, name, data))
            spent["jieba"], _ = added(spent["jieba"], partial(cut, source.text))
            spent["annotate"], annotated = added(spent["annotate"], partial(annotate, issue))
            spent["proof"], _ = added(spent["proof"], partial(proof, annotated, source))
            characters += len(source.text)
        rounds.append(spent)
    return {"rounds": rounds[1:], "issues": len(files), "characters": characters}  # the first round is the warm-up


def read_and_structure(read: Callable[..., Any], structure: Callable[..., Any], name: str, data: bytes) -> tuple[Any, Any]:
    source = read(name, data)
    return source, structure(source)


def added(so_far: float, work: Callable[[], Any]) -> tuple[float, Any]:
    seconds, result = took(work)
    return so_far + seconds, result


def publish_seconds() -> dict[str, Any]:
    """Of two real issues, the one set first in the process and the one set after it: seconds on the clock (`wall`), of all processors (`cpu`),
    of jieba's cut of the same items (`jieba`), and how many `items`.
    """
    from yuebao import read_issue
    from yuebao.publish import publish

    cut = jieba_cut()
    found = {}
    for name, path in zip(("cold", "warm"), texts(), strict=False):
        issue = read_issue(path)
        text = "\n".join(item.text for item in issue.items())
        on_the_clock = time.perf_counter()
        cpu, pdf = took(partial(publish, issue))
        on_the_clock = time.perf_counter() - on_the_clock
        assert pdf.startswith(b"%PDF")
        cuts = [took(partial(cut, text))[0] for _ in range(5)]
        found[name] = {"wall": on_the_clock, "cpu": cpu, "jieba": statistics.median(cuts), "items": len(issue.items())}
    return found


# ---- as rows ----


def time_figures() -> dict[str, Figure]:
    taken = json.loads(printed_by(__file__))
    rounds, issues = taken["rounds"], taken["issues"]
    unit = statistics.median(r["jieba"] for r in rounds) / issues
    found = {"time_jieba": Figure(round(unit, 4), f"seconds an issue to cut, median of {ROUNDS} rounds on {issues} issues, {taken['characters']} characters")}
    shares = {stage: (stage,) for stage in STAGES} | {"together": STAGES}
    for name, stages in shares.items():
        ratios = [sum(r[s] for s in stages) / r["jieba"] for r in rounds]
        seconds = statistics.median(sum(r[s] for s in stages) for r in rounds) / issues
        spread = f"rounds {min(ratios):.2f}–{max(ratios):.2f}; {seconds * 1000:.0f} ms an issue"
        found[f"time_{name}"] = Figure(round(statistics.median(ratios), 3), spread + ("; the aim is 1.0" if name == "together" else ""))
    return found


def publish_figures() -> dict[str, Figure]:
    runs = [json.loads(printed_by(__file__, "publish")) for _ in range(PROCESSES)]
    found = {}
    for name, what in (("cold", "first PDF of a process"), ("warm", "another issue after it")):
        note = f"{what}, {runs[0][name]['items']} items, median of {PROCESSES} processes"
        ratio = statistics.median(run[name]["cpu"] / run[name]["jieba"] for run in runs)
        found[f"publish_{name}"] = Figure(round(statistics.median(run[name]["wall"] for run in runs), 3), note)
        found[f"publish_{name}_ratio"] = Figure(round(ratio, 2), "processor time, to jieba's cut of the same items")
    return found


MEASURES = (
    Measure("time", (
        Row("time_jieba", "s"), Row("time_read", "× jieba", at_most=0.5), Row("time_annotate", "× jieba", at_most=1.0),
        Row("time_proof", "× jieba", at_most=1.5), Row("time_together", "× jieba", at_most=3.0),
    ), time_figures),
    Measure("publish", (
        Row("publish_cold", "s"), Row("publish_cold_ratio", "× jieba"), Row("publish_warm", "s"), Row("publish_warm_ratio", "× jieba"),
    ), publish_figures),
)

if __name__ == "__main__":
    main()
