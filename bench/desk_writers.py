"""Twenty editors write at one issue at once, each in a process of their own: every edit that was accepted is in the history, whole.

    python bench/desk_writers.py [WRITERS [EDITS-IN-ALL]]

Half of the edits are of ten items that all of them want, so that many lose; a loser is told E222 and reads again. Afterwards the versions
of every item count up without a gap, each as its writer wrote it, and the log has a line for each.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from measure import Figure, Measure, Row

WRITERS, EDITS, ITEMS = 20, 1000, 40
_MADE = f"""
from datetime import UTC, datetime
from yuebao import archive
archive.setup()
from yuebao.desk import accounts, items
from yuebao.desk.models import DeskIssue
by = accounts.create("editor", "秦墨之", "yuebao 2026 bench", ["editor"], by=None)
issue = DeskIssue.objects.create(title="云陵月报", year=2026, month=1, number=1, opened_at=datetime.now(UTC), opened_by=by)
for n in range({ITEMS}):
    items.create(issue, headline=f"第{{n}}条", text="1月5日，会议召开。" * 25, column_path="要闻", by=by)
"""
_WRITE = """
import json, random, sys, time
from yuebao import archive
archive.setup()
from yuebao.desk import items
from yuebao.desk.models import Account, DeskItem
from yuebao.errors import UsageError
writer, edits = int(sys.argv[1]), int(sys.argv[2])
rng, by, keys = random.Random(writer), Account.objects.get(), list(DeskItem.objects.values_list("pk", flat=True))
print("ready", flush=True)
sys.stdin.readline()
for n in range(edits):
    key = rng.choice(keys[:10]) if rng.random() < .5 else rng.choice(keys)
    seen, text = DeskItem.objects.values_list("version", "text").get(pk=key)
    time.sleep(rng.random() * .02)  # the editor writes
    said, began = f"{text[:200]}写者{writer}第{n}次。", time.perf_counter()
    try:
        version, code = items.edit(key, seen=seen, by=by, text=said).version, None
    except UsageError as error:
        version, code = None, error.code
    print(json.dumps([key, version, said, code, time.perf_counter() - began]), flush=True)
"""
_KEPT = """
import json
from yuebao import archive
archive.setup()
from yuebao.desk import audit
from yuebao.desk.models import AuditEntry, DeskItem, ItemVersion
print(json.dumps({
    "versions": list(ItemVersion.objects.order_by("item", "version").values_list("item", "version", "text")),
    "now": list(DeskItem.objects.values_list("pk", "version", "text")),
    "noted": AuditEntry.objects.filter(action="item edited").count(),
}))
"""

ROWS = (
    Row("desk_writers.edits", "edits"),
    Row("desk_writers.accepted", "edits"),
    Row("desk_writers.told they were second", "edits"),
    Row("desk_writers.accepted but not in the history", "edits", at_most=0),
    Row("desk_writers.gaps in the versions", at_most=0),
    Row("desk_writers.failed otherwise", "edits", at_most=0),
    Row("desk_writers.accepted without a line in the log", "edits", at_most=0),
    Row("desk_writers.edit p50", "ms"),
    Row("desk_writers.edit p95", "ms"),
)


def measured(writers: int = WRITERS, edits: int = EDITS) -> dict[str, Figure]:
    """What came of `edits` edits by so many writers at once."""
    with tempfile.TemporaryDirectory(prefix="yuebao-writers-") as folder:
        home = {**os.environ, "YUEBAO_HOME": str(Path(folder) / "home")}
        _run(_MADE, home)
        each = -(-edits // writers)
        people = [
            subprocess.Popen([sys.executable, "-c", _WRITE, str(n), str(each)], env=home, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for n in range(writers)
        ]
        for person in people:
            assert person.stdout is not None
            person.stdout.readline()
        for person in people:  # all are ready: now
            assert person.stdin is not None
            person.stdin.write("\n")
            person.stdin.flush()
        said = [line for person in people for line in person.communicate()[0].splitlines()]
        outcomes = [json.loads(line) for line in said]
        return _figures(each * writers, outcomes, json.loads(_run(_KEPT, home)))


def _figures(edits: int, outcomes: list[list[object]], kept: dict[str, list[list[object]]]) -> dict[str, Figure]:
    accepted = {(key, version, text) for key, version, text, code, _ in outcomes if code is None}
    second = sum(code == "E222" for *_, code, _ in outcomes)
    held = {tuple(row) for row in kept["versions"]}
    counted: dict[object, list[object]] = {}
    for key, version, _ in kept["versions"]:
        counted.setdefault(key, []).append(version)
    gaps = sum(versions != list(range(1, len(versions) + 1)) for versions in counted.values())
    gaps += sum(tuple(row) not in held or row[1] != counted[row[0]][-1] for row in kept["now"])
    times = sorted(float(str(seconds)) * 1000 for *_, seconds in outcomes)
    values = (
        edits, len(accepted), second, len(accepted - held), gaps, edits - len(accepted) - second, len(accepted) - int(str(kept["noted"])),
        times[len(times) // 2], times[len(times) * 95 // 100],
    )
    return {row.name: Figure(float(value)) for row, value in zip(ROWS, values, strict=True)}


def _run(program: str, home: Mapping[str, str]) -> str:
    return subprocess.run([sys.executable, "-c", program], env=home, check=True, capture_output=True, text=True).stdout


MEASURES = (Measure("desk_writers", ROWS, measured),)


if __name__ == "__main__":
    for name, figure in measured(*map(int, sys.argv[1:])).items():
        print(f"{name:<50} {figure.value:g}")
