"""Peak memory of reading one issue, in a process of its own.

    python bench/memory.py resident|traced FILE

`resident`: what the system gave the process at most, less what the bare interpreter had. `traced`: what Python's own allocations came
to at most (tracemalloc), once the program is imported; lexicons and compiled patterns included.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from measure import Figure, Measure, Row, printed_by

MB = 1_000_000


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


def memory_figures() -> dict[str, Figure]:
    from clock import texts

    path = max(texts(), key=lambda p: p.stat().st_size)
    note = f"reading {path.stat().st_size} bytes"
    return {
        f"memory_{kind}": Figure(round(float(printed_by(__file__, kind, path)), 1), f"{note}, {what}")
        for kind, what in (("resident", "beyond the bare interpreter"), ("traced", "Python's own, after the import"))
    }


MEASURES = (Measure("memory", (Row("memory_resident", "MB"), Row("memory_traced", "MB")), memory_figures),)

if __name__ == "__main__":
    print({"resident": resident, "traced": traced}[sys.argv[1]](sys.argv[2]))
