"""Imports run one way (DESIGN 3): errors, text, calendar_text, zipped, pages, pdf_pages, word_styles, spreadsheet → model, lexicon → six rooms that never import one another → pipeline → archive → ask, desk → web, cli.

Everything left of `archive` knows no database and no web framework.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent / "src" / "yuebao"
LAYERS = [
    {"errors", "text", "calendar_text", "zipped", "pages", "pdf_pages", "word_styles", "spreadsheet"},
    {"model", "lexicon"},
    {"glossary"},
    {"read", "structure", "annotate", "proof", "compile", "publish"},
    {"pipeline"},
    {"archive"},
    {"ask", "desk"},
    {"web", "cli", "demo"},
]
FREE = {"samples"}  # package data and its finder: no imports of ours
RANK = {room: rank for rank, rooms in enumerate(LAYERS) for room in rooms}
OUTSIDE = {"django", "sqlite3", "tantivy", "waitress", "whitenoise", "typer", "rich", "socket", "urllib", "http"}


def modules():
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        yield path, parts[0]


def imports(path):
    """Every dotted name that a file imports, wherever in the file it does so."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
            if node.module == "yuebao":
                yield from (f"yuebao.{alias.name}" for alias in node.names)


@pytest.mark.parametrize(("path", "room"), list(modules()), ids=lambda v: str(v.relative_to(ROOT)) if isinstance(v, Path) else v)
def test_imports_run_one_way(path, room):
    if room in ("__init__", "__main__"):
        return
    assert room in RANK or room in FREE, f"{room} is no room of the house"
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "yuebao" and len(parts) > 1 and parts[1] in RANK:
            other = parts[1]
            assert room not in FREE
            if other != room:
                same_floor_allowed = RANK[room] in (0, 1, len(LAYERS) - 1)
                assert RANK[other] < RANK[room] or (same_floor_allowed and RANK[other] == RANK[room]), f"{room} imports {other}"
        elif room in RANK and RANK[room] <= RANK["pipeline"]:
            assert parts[0] not in OUTSIDE, f"{room}, of the pure half, imports {name}"
