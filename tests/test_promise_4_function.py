"""Promise 4: every stage is a function of its arguments. Same bytes in, same bytes out: in another process, with another hash seed, in any order,
after anything else, with any number of workers. (That a published book is the same bytes is held in `test_publish_pdf.py`.)
"""

import hashlib
import multiprocessing
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

from material import TEXTS
from yuebao import pipeline
from yuebao.annotate import annotate
from yuebao.model import content_hash, to_json
from yuebao.proof import proof, report
from yuebao.read import read
from yuebao.structure import structure


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def outcome(path):
    """The name of a text, and digests of all that the stages make of it."""
    path = Path(path)
    source = read(path.name, path.read_bytes())
    issue = structure(source)
    annotated = annotate(issue)
    findings = proof(annotated, source)
    documents = (to_json(issue), to_json(annotated), to_json(findings), report(findings), report(findings, "en"), content_hash(issue))
    return path.name, digest(source.text), *map(digest, documents)


@pytest.fixture(scope="module")
def outcomes():
    """What this process makes of each text, one after the other."""
    return [outcome(path) for path in TEXTS]


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_another_process_with_another_hash_seed(outcomes, seed):
    program = "import sys, test_promise_4_function as t\nfor path in sys.argv[1:]: print(*t.outcome(path))"
    path = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path, "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}
    # in reverse: what was read before leaves no trace
    run = subprocess.run([sys.executable, "-c", program, *map(str, TEXTS[::-1])], env=environment, capture_output=True, text=True, check=True)
    assert [tuple(line.split()) for line in run.stdout.splitlines()] == outcomes[::-1]


def test_threads(outcomes):
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(outcome, TEXTS)) == outcomes


def test_processes(outcomes):
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert list(pool.map(outcome, TEXTS)) == outcomes


def test_the_same_file_from_another_place(outcomes, tmp_path):
    """Neither the folder nor the file's time is an argument; its name is."""
    for path, expected in zip(TEXTS, outcomes, strict=True):
        copy = tmp_path / path.name
        copy.write_bytes(path.read_bytes())
        os.utime(copy, (0, 0))
        assert outcome(copy) == expected
    other = tmp_path / "other.txt"
    other.write_bytes(TEXTS[0].read_bytes())
    assert content_hash(pipeline.read_issue(other)) != content_hash(pipeline.read_issue(TEXTS[0]))


def test_neighbours_in_any_order():
    issues = [pipeline.read_bytes(path.name, path.read_bytes()) for path in TEXTS]
    run = [issue.masthead for issue, _ in issues]
    for issue, source in issues:
        assert proof(issue, source, run) == proof(issue, source, run[::-1])


def test_a_document_stands_for_its_file():
    """The stages after a document's being stored give what they gave before."""
    for path in TEXTS:
        issue, source = pipeline.read_bytes(path.name, path.read_bytes())
        loaded, _ = pipeline.read_bytes("issue.json", to_json(issue).encode())
        assert loaded == issue
        assert proof(loaded, source) == proof(issue, source)
