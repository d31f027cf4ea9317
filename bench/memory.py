"""Peak memory of reading issues, each time in a process of its own.

    python bench/memory.py resident|traced FILE
    python bench/memory.py run FOLDER

`resident`: what the system gave the process at most, less what the bare interpreter had. `traced`: what Python's own allocations came
to at most (tracemalloc), once the program is imported; lexicons and compiled patterns included.
`run`: as `resident`, of the text files of a folder read one after the other, after 1, 20 and 200 of them.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from pathlib import Path

from measure import Figure, Measure, Row, printed_by

MB = 1_000_000
RUN = (1, 20, 200)  # after so many issues
EVERY = 4  # of the daily issues: one in so many, so that there are two hundred


def resident(path: str) -> float:
    """MB at the peak beyond the bare interpreter's."""
    base = peak()
    from yuebao import read_issue

    read_issue(path)
    return (peak() - base) / MB


def peak() -> int:
    """Bytes that this process has held at most."""
    status = Path("/proc/self/status")
    if status.is_file():
        # not getrusage: under Linux its figure is inherited from the process that started this one
        return int(re.search(r"VmHWM:\s*(\d+) kB", status.read_text())[1]) * 1024  # type: ignore[index]
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def traced(path: str) -> float:
    """MB that Python held at most while it read."""
    import tracemalloc

    from yuebao import pipeline

    tracemalloc.start()
    pipeline.read_issue(path)
    return tracemalloc.get_traced_memory()[1] / MB


def run(folder: str) -> str:
    """MB at the peak beyond the bare interpreter's after so many issues of a run, nothing kept of any: `{issues: MB}` as JSON."""
    base = peak()
    from yuebao import read_issue

    after = {}
    for number, path in enumerate(sorted(Path(folder).glob("*.txt")), 1):
        read_issue(path)
        if number in RUN:
            after[number] = (peak() - base) / MB
    return json.dumps(after)


def run_figures() -> dict[str, Figure]:
    from quality import render_dailies

    with tempfile.TemporaryDirectory(prefix="yuebao-bench-") as folder:
        render_dailies(Path(folder), EVERY)
        after = {int(number): mb for number, mb in json.loads(printed_by(__file__, "run", folder)).items()}
    first, some, many = (after[number] for number in RUN)
    said = f"{first:.1f} MB after {RUN[0]} issue, {some:.1f} after {RUN[1]}, {many:.1f} after {RUN[2]}, every {EVERY}th daily issue"
    return {"memory_run": Figure(round(many, 1), said), "memory_growth": Figure(round((many - some) / (RUN[2] - RUN[1]), 3), said)}


def memory_figures() -> dict[str, Figure]:
    from clock import texts

    path = max(texts(), key=lambda p: p.stat().st_size)
    note = f"reading {path.stat().st_size} bytes"
    return {
        f"memory_{kind}": Figure(round(float(printed_by(__file__, kind, path)), 1), f"{note}, {what}")
        for kind, what in (("resident", "beyond the bare interpreter"), ("traced", "Python's own, after the import"))
    }


MEASURES = (
    Measure("memory", (Row("memory_resident", "MB"), Row("memory_traced", "MB")), memory_figures),
    # what is remembered of words is bounded, and fills slowly
    Measure("memory_run", (Row("memory_run", "MB"), Row("memory_growth", "MB an issue", at_most=0.15)), run_figures, needs_shared=True),
)

if __name__ == "__main__":
    print({"resident": resident, "traced": traced, "run": run}[sys.argv[1]](sys.argv[2]))
