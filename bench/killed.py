"""Archives whose `archive add` was killed at random moments: each must verify, and the next run must complete it to the same answers.

    python bench/killed.py [TIMES]

A process adds two issues of the sample year into a home of its own and is killed (SIGKILL) after a while drawn by chance from the time
that an undisturbed one takes; then the archive is verified, the files are added again, and what it holds and answers is held against the
undisturbed one. Two at a time.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from yuebao import samples

FILES = [str(path) for path in samples.year()[3:5]]
ADD = "import sys; from yuebao import archive; archive.setup(); print('ready', flush=True); [print(a.key, flush=True) for a in archive.add(sys.argv[1:])]"
SAID = """
import json, sys
from yuebao import archive, ask
archive.setup()
faults = [f.kind for f in archive.verify()]
list(archive.add(sys.argv[1:]))
faults += [f.kind for f in archive.verify()]
held = [(line.key, line.items, line.revisions) for line in archive.issues()]
hits = [(h.issue, h.number) for word in ("项目", "市委", "会议") for h in ask.search(word, limit=200).hits]
who = [str(ask.office(name)) for name in ("市长", "青麓县委书记")]
print(json.dumps([faults, held, hits, who], ensure_ascii=False))
"""


def run(code: str, home: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", code, *arguments], env={**os.environ, "YUEBAO_HOME": str(home)}, stdout=subprocess.PIPE, text=True)


def said(home: Path) -> list[object]:
    """What the archive holds and answers when the files are added again; before that its faults, then and now."""
    out: list[object] = json.loads(run(SAID, home, *FILES).communicate()[0])
    return out


def add(home: Path, seconds: float | None = None) -> tuple[float, int]:
    """Add the files, killed `seconds` after it is ready; the seconds that it took from there, and the issues that it had told of."""
    process = run(ADD, home, *FILES)
    assert process.stdout
    process.stdout.readline()
    started = time.perf_counter()
    if seconds is not None:
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
    told = process.stdout.read().split()
    process.wait()
    return time.perf_counter() - started, len(told)


def main() -> int:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    rng = random.Random(20251121)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole"
        took, _ = add(whole)
        expected = said(whole)
        assert expected[0] == []

        def killed(n: int) -> tuple[bool, bool]:
            home = Path(folder) / str(n)
            _, told = add(home, moments[n])
            return said(home) == expected, told < len(FILES)

        moments = [rng.uniform(0, took) for _ in range(times)]
        with ThreadPoolExecutor(2) as pool:
            results = list(pool.map(killed, range(times)))
    spoilt = [n for n, (is_whole, _) in enumerate(results) if not is_whole]
    midway = sum(is_midway for _, is_midway in results)
    print(json.dumps({"kills": times, "before_the_last_issue_was_kept": midway, "spoilt": spoilt, "undisturbed_seconds": round(took, 1)}))
    return int(bool(spoilt))


if __name__ == "__main__":
    sys.exit(main())
