"""签发 killed (SIGKILL) before and after each of its steps and at random moments: afterwards the issue is signed off whole or not at all.

    python bench/signing.py [KILLS]

After each kill the archive is verified, the state of the issue is held against what a whole or an untouched one has, and 签发 is said again,
which must complete it. The same homes are used by the ordinary tests, a few kills of each.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from measure import Figure, Measure, Row

# what 签发 calls, in order, as module and function: it is killed before and after each of them
STEPS = (
    ("yuebao.desk.signing", "check"), ("yuebao.desk.signing", "certain"), ("yuebao.archive.record", "ready"),
    ("yuebao.desk.editions", "set_editions"), ("yuebao.archive.record", "keep"), ("yuebao.desk.editions", "keep"),
    ("yuebao.desk.issues", "step"), ("yuebao.desk.audit", "note"), ("yuebao.archive.record", "follow"),
)
KILLS = 40
_TESTS = str(Path(__file__).resolve().parent.parent / "tests")
_READY = f"""
import sys; sys.path.insert(0, {_TESTS!r})
from yuebao import archive
archive.setup()
from desk_issue import ready
ready()
"""
_SIGN = """
import importlib, os, signal, sys
from yuebao import archive
archive.setup()
from yuebao.desk import signing
from yuebao.desk.models import Account, DeskIssue

def killed(function, when):
    def call(*args, **more):
        if when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        made = function(*args, **more)
        os.kill(os.getpid(), signal.SIGKILL)
        return made
    return call

if len(sys.argv) > 1:
    module, name, when = sys.argv[1:]
    module = importlib.import_module(module)
    setattr(module, name, killed(getattr(module, name), when))
issue = DeskIssue.objects.get()
print("ready", flush=True)
signing.sign(issue.pk, seen=issue.version, by=Account.objects.get(name="signatory"))
print("signed", flush=True)
"""
# put before the two programs where what stands in the files does not matter: setting them takes longer than all the rest
QUICKLY = """
import yuebao.archive
yuebao.archive.setup()
from yuebao.desk import editions
editions.set_editions = lambda *_: tuple(editions.Made(*one, b"%PDF-1.7") for one in editions.SET)
"""
# what is kept of the issue, then 签发 said again where it is not signed, and what is kept now; faults of the archive each time
_STATE = """
import json
from yuebao import archive
archive.setup()
from yuebao.desk import signing
from yuebao.desk.models import Account, AuditEntry, DeskIssue, Edition, IssueStep

def kept():
    issue = DeskIssue.objects.get()
    return [
        issue.stage, issue.archive_key, [line.key for line in archive.issues()], Edition.objects.count(),
        IssueStep.objects.filter(kind="signed").count(), AuditEntry.objects.filter(action="issue signed off").count(),
        [fault.kind for fault in archive.verify() if not fault.kind.startswith(("index", "register"))],
    ]
first = kept()
if first[0] != "signed":
    issue = DeskIssue.objects.get()
    signing.sign(issue.pk, seen=issue.version, by=Account.objects.get(name="signatory"))
archive.rebuild(stale_only=True)
print(json.dumps([first, kept(), [fault.kind for fault in archive.verify()]], ensure_ascii=False))
"""
KEY = "云陵月报-2026-01"
UNTOUCHED = ["final", None, [], 0, 0, 0, []]
WHOLE = ["signed", KEY, [KEY], 5, 1, 1, []]


def run(code: str, home: Path, *arguments: str) -> subprocess.Popen[str]:
    """A process of its own on that home."""
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", code, *arguments], env={**os.environ, "YUEBAO_HOME": str(home)}, stdout=subprocess.PIPE,
        text=True)


def make_ready(home: Path) -> None:
    """A home with an issue that lacks nothing but 签发; to be copied."""
    process = run(_READY, home)
    process.communicate()
    if process.returncode:
        raise RuntimeError("no issue was made ready")


def kill_at(home: Path, module: str, name: str, when: str, before: str = "") -> None:
    """签发 in that home, killed before or after a step. `before`: put before the program."""
    process = run(before + _SIGN, home, module, name, when)
    process.communicate()
    if process.returncode != -signal.SIGKILL:
        raise RuntimeError(f"{module}.{name} was never reached")


def kill_after(home: Path, seconds: float) -> None:
    """签发 in that home, killed so many seconds after it began, if it is not done by then."""
    process = run(_SIGN, home)
    assert process.stdout
    process.stdout.readline()
    time.sleep(seconds)
    process.kill()
    process.communicate()


def state(home: Path, before: str = "") -> tuple[list[object], bool]:
    """What the kill left of the issue, and whether all is well: whole or untouched then, whole and verified once it is said again."""
    first, then, faults = json.loads(run(before + _STATE, home).communicate()[0])
    return first, first in (UNTOUCHED, WHOLE) and then == WHOLE and not faults


def killed_homes(folder: Path, kills: int) -> Iterator[tuple[str, list[object], bool]]:
    """Every kill with what it left: at each step, then at random moments, two at a time."""
    make_ready(folder / "ready")
    seconds = _undisturbed(folder)
    rng = random.Random(20260122)
    at_steps = [(*step, when) for step in STEPS for when in ("before", "after")]
    plan = [*at_steps, *(rng.uniform(0, seconds) for _ in range(kills - len(at_steps)))][:kills]

    def one(n: int) -> tuple[str, list[object], bool]:
        home, what = folder / f"killed-{n}", plan[n]
        shutil.copytree(folder / "ready", home)
        if isinstance(what, float):
            kill_after(home, what)
        else:
            kill_at(home, *what)
        left, is_well = state(home)
        shutil.rmtree(home)
        return (f"{what:.2f} s" if isinstance(what, float) else " ".join(what)), left, is_well

    with ThreadPoolExecutor(2) as pool:
        yield from pool.map(one, range(len(plan)))


def _undisturbed(folder: Path) -> float:
    home = folder / "undisturbed"
    shutil.copytree(folder / "ready", home)
    process = run(_SIGN, home)
    assert process.stdout
    process.stdout.readline()
    started = time.perf_counter()
    process.communicate()
    return time.perf_counter() - started


def measured(kills: int = KILLS) -> Mapping[str, Figure]:
    """The figures of that many kills."""
    with tempfile.TemporaryDirectory() as folder:
        results = list(killed_homes(Path(folder), kills))
    spoilt = [what for what, _, is_well in results if not is_well]
    whole = sum(left == WHOLE for _, left, _ in results)
    return {
        "signing_kills": Figure(len(results), f"{whole} left the issue signed off, {len(results) - whole} untouched"),
        "signing_spoilt": Figure(len(spoilt), "; ".join(spoilt)),
    }


MEASURES = (
    Measure("signing", (Row("signing_kills", "kills", at_least=30), Row("signing_spoilt", "issues", at_most=0)), measured),
)


if __name__ == "__main__":
    figures = measured(int(sys.argv[1]) if len(sys.argv) > 1 else KILLS)
    for name, figure in figures.items():
        print(name, figure.value, figure.note)
    sys.exit(int(bool(figures["signing_spoilt"].value)))
