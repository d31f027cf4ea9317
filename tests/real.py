"""Where the real material lies, and its scorers. In CI it must be there: its absence fails, it never skips in silence."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
SEEDS = sorted(SHARED.glob("seeds/*.txt"))

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir() and not os.environ.get("CI"), reason="../shared is not here: the tests on real issues did not run")


def score(gold, document, tmp_path):
    """The figures of `score_issue.py` for an issue document's JSON."""
    produced = tmp_path / "produced.json"
    produced.write_text(document, encoding="utf-8")
    tool = SHARED / "tools" / "score_issue.py"
    run = subprocess.run([sys.executable, str(tool), str(gold), str(produced), "--json"], capture_output=True, text=True, check=True)
    return json.loads(run.stdout)
