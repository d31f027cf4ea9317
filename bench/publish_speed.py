"""Seconds to set one issue of 75 items as PDF: cold (a process of its own, fonts not yet loaded) and warm (another issue set before).

The warm runs set different texts, as a batch does: a text that was set before would be taken from typst's memory.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

ITEMS, LETTERS = 75, 260
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "publish"))


def issue_of(turn: int):
    """An issue of 75 items of about 260 characters, unlike that of any other turn."""
    import yunling

    told = "".join(entry for content in (yunling.ITEMS["要闻"], yunling.ITEMS["领导活动"]) for _, entries in content for entry in entries)
    items = [(f"云陵市第{turn * ITEMS + n}次工作会议召开", [(told[n * 7 + turn:] + told)[:LETTERS]]) for n in range(ITEMS)]
    return yunling.issue({"要闻": items[:15], "经济": {"项目推动": items[15:40], "经济视点": items[40:60]}, "广角": items[60:]})


def timed(turn: int) -> float:
    """Seconds to set the issue of that turn, the import of the room included."""
    start = time.perf_counter()
    from yuebao.publish import publish

    pdf = publish(issue_of(turn))
    assert pdf.startswith(b"%PDF")
    return time.perf_counter() - start


def measure(runs: int = 5) -> dict[str, dict[str, object]]:
    """`publish_cold` and `publish_warm`, the medians in seconds."""
    cold = [float(subprocess.run([sys.executable, __file__, "once"], capture_output=True, check=True).stdout) for _ in range(runs)]
    timed(0)
    warm = [timed(turn) for turn in range(1, runs + 1)]
    note = f"PDF of {ITEMS} items of {LETTERS} characters, median of {runs}"
    return {
        "publish_cold": {"value": round(statistics.median(cold), 3), "unit": "s", "note": f"{note}, own process"},
        "publish_warm": {"value": round(statistics.median(warm), 3), "unit": "s", "note": f"{note}, fonts loaded"},
    }


if __name__ == "__main__":
    print(timed(0) if sys.argv[1:] == ["once"] else json.dumps(measure(), ensure_ascii=False, indent=1))
