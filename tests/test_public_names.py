"""What `from yuebao import …` gives is what the README promises: three functions and a version, and the three lines of Python that it shows."""

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import yuebao
from yuebao import pipeline, read_issue, samples

ROOT = Path(__file__).resolve().parent.parent
PUBLIC = ["__version__", "proof_issue", "publish_issue", "read_issue"]
ROOMS = ["annotate", "archive", "ask", "proof", "publish", "read", "samples", "structure", "web"]


def test_the_public_names():
    assert sorted(yuebao.__all__) == PUBLIC
    assert all(getattr(yuebao, name) is getattr(pipeline, name) for name in PUBLIC if name != "__version__")
    with pytest.raises(AttributeError, match="read_issue"):
        yuebao.no_such_name  # noqa: B018


def test_the_version_is_the_package_s():
    import tomllib

    assert yuebao.__version__ == tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def test_three_lines_of_python(monkeypatch):
    monkeypatch.chdir(samples.paths()[0].parent)
    issue = read_issue(samples.paths()[0].name)
    assert issue.columns[0].items[0].headline == issue.items()[0].headline
    assert issue.columns[0].items[0].headline
    document = issue.to_dict()
    assert document["schema"] == "yuebao/issue/1"
    assert document["columns"][0]["items"][0]["headline"] == issue.columns[0].items[0].headline
    assert type(issue).from_dict(document) == issue


def test_the_readme_names_them():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(name in text for name in PUBLIC if name == "read_issue")
    assert "columns[0].items[0].headline" in text


@pytest.mark.parametrize("name", PUBLIC[1:])
def test_public_functions_are_documented_and_typed(name):
    function = getattr(yuebao, name)
    assert inspect.getdoc(function)
    signature = inspect.signature(function)
    assert all(p.annotation is not p.empty for p in signature.parameters.values())
    assert signature.return_annotation is not signature.empty


def test_what_the_rooms_name_they_have(tmp_path):
    """Every name of a room's __all__ is there, once, with words about it; the archive's after its set-up."""
    program = """
import importlib, inspect, sys, yuebao.archive
yuebao.archive.setup(sys.argv[1])
for room in map(importlib.import_module, sys.argv[2:]):
    names = getattr(room, "__all__", [])
    assert room.__doc__ and len(set(names)) == len(names), room
    for name in names:
        value = getattr(room, name)
        assert inspect.isfunction(value) is False or inspect.getdoc(value), (room, name)
"""
    run = subprocess.run([sys.executable, "-c", program, tmp_path, *(f"yuebao.{room}" for room in ROOMS)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
