"""How well issues are read, annotated and proofed, by the public scorers on the real issues and on the sample series."""

from __future__ import annotations

import importlib.util
import json
import re
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import layouts
import proof_quiet
from measure import CORPUS, SHARED, Figure, Measure, Row, printed_by
from yuebao import pipeline, proof_issue, read_issue, samples
from yuebao.model import Findings, Issue, Source, to_json
from yuebao.proof import rules
from yuebao.read import read
from yuebao.structure import structure

GOLD = SHARED / "gold" / "000.json"
OUTLINE = SHARED / "gold" / "000.outline.txt"
STRUCTURE = (
    "columns_order", "contents_rows", "items", "item_column", "item_page", "item_contents_title", "item_start", "item_end", "entries",
)
LEVELS = ("columns_exact", "item_path")
MASTHEAD = 13  # values that the scorer asks for
MASTHEAD_KINDS = (
    "title", "year", "month", "number", "serial_number", "notice", "motto", "supervisor", "sponsor", "publisher", "editors", "address", "phone",
    "email", "distribution", "published_on",
)
LAYERS = {  # of the real issue, with what issue 3 asks
    "people": 0.985, "offices": 0.96, "organisations": 0.93, "places": 0.93, "projects": 0.80, "documents": 1.0, "money": 1.0, "quantities": 0.90,
    "dates": 0.98, "acts": 0.93,
}
EVERY = 10  # of the daily issues: one in so many


def seed(name: str) -> Path:
    """The real issue of that number."""
    return next(SHARED.glob(f"seeds/{name}_*.txt"))


@cache
def tool(name: str) -> ModuleType:
    """A scorer of ../shared/tools as a module."""
    spec = importlib.util.spec_from_file_location(name, SHARED / "tools" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scored(gold: Path, issue: Issue) -> dict[str, Any]:
    """The figures of score_issue.py."""
    figures: dict[str, Any] = tool("score_issue").score(json.loads(gold.read_text(encoding="utf-8")), issue.to_dict())[0]
    return figures


# ---- structure ----


def structure_figures() -> dict[str, Figure]:
    with_outline, without = scored(GOLD, read_issue(seed("000"), OUTLINE)), scored(GOLD, read_issue(seed("000")))
    found = {f"structure_{key}": of_gold(without[key]) for key in (*STRUCTURE, *LEVELS)}
    found |= {f"structure_outline_{key}": of_gold(with_outline[key]) for key in (*STRUCTURE, *LEVELS)}
    for name, figures in (("structure_masthead", without), ("structure_outline_masthead", with_outline)):
        found[name] = Figure(figures["masthead"]["value"], "wrong: " + "、".join(figures["masthead"]["wrong"]) if figures["masthead"]["wrong"] else "")
    return found | counts_of_001()


def of_gold(figure: dict[str, Any]) -> Figure:
    return Figure(figure["value"], f"gold {figure['gold']}")


def counts_of_001() -> dict[str, Figure]:
    issue = read_issue(seed("001"))
    m, items = issue.masthead, issue.items()
    values = {name: getattr(m, name) for name in MASTHEAD_KINDS}
    lacking = "、".join(name for name, value in values.items() if not value)
    return {
        "structure_001_columns": Figure(len(issue.columns)), "structure_001_items": Figure(len(items)),
        "structure_001_entries": Figure(sum(len(item.entries) for item in items)),
        "structure_001_masthead": Figure(sum(map(bool, values.values())), f"of {len(values)} kinds of value; not there: {lacking or 'none'}"),
    }


def structure_rows() -> tuple[Row, ...]:
    rows = [Row(f"structure_{key}", "share", at_least=1.0) for key in STRUCTURE]
    rows += [Row("structure_masthead", f"of {MASTHEAD}", at_least=MASTHEAD)]
    rows += [Row(f"structure_{key}", "share") for key in LEVELS]  # without the outline levels are a guess
    rows += [Row(f"structure_outline_{key}", "share", at_least=1.0) for key in (*STRUCTURE, *LEVELS)]
    rows += [Row("structure_outline_masthead", f"of {MASTHEAD}", at_least=MASTHEAD)]
    counts = {"columns": 11, "items": 66, "entries": 68}
    rows += [Row(f"structure_001_{key}", key, at_least=n, at_most=n) for key, n in counts.items()]
    return (*rows, Row("structure_001_masthead", "values"))


# ---- annotate ----


def annotate_figures() -> dict[str, Figure]:
    figures = scored(GOLD, read_issue(seed("000")))
    return {f"annotate_{layer}_f1": of_layer(figures[layer]) for layer in LAYERS}


def of_layer(figure: dict[str, Any]) -> Figure:
    return Figure(figure["f1"], f"precision {figure['precision']}, recall {figure['recall']}, of {figure['hit'] + figure['missed']}")


def sample_figures() -> dict[str, Figure]:
    found = {}
    for path in samples.paths():
        figures = scored(samples.gold_path(path), read_issue(path))
        found |= {f"annotate_{path.stem[-2:]}_{layer}_f1": of_layer(figures[layer]) for layer in ("people", "offices")}
    return found


def sample_rows() -> tuple[Row, ...]:
    asked = {"people": 0.97, "offices": 0.93}
    return tuple(Row(f"annotate_{path.stem[-2:]}_{layer}_f1", "F1", at_least=n) for path in samples.paths() for layer, n in asked.items())


# ---- daily issues and layouts ----


def broadcast_figures() -> dict[str, Figure]:
    with tempfile.TemporaryDirectory(prefix="yuebao-bench-") as folder:
        render_dailies(Path(folder), EVERY)
        for path in Path(folder).glob("*.txt"):
            issue = structure(read(path.name, path.read_bytes()))
            path.with_suffix(".json").write_text(to_json(issue), encoding="utf-8")
        said = run_tool("broadcast", "score", CORPUS, folder)
    values = {key: float(re.search(rf"{key} ([\d.]+)", said)[1]) for key in ("headline", "text", "both")}  # type: ignore[index]
    items = re.search(r"items (\d+)", said)
    return {f"broadcast_{key}": Figure(value, f"of {items[1] if items else '?'} items, every {EVERY}th issue") for key, value in values.items()}


def render_dailies(folder: Path, every: int) -> None:
    run_tool("broadcast", "render", CORPUS, folder, "--every", every)


def run_tool(name: str, *arguments: object) -> str:
    """What a program of ../shared/tools prints."""
    return printed_by(SHARED / "tools" / f"{name}.py", *arguments)


def layout_figures() -> dict[str, Figure]:
    figures = layouts.measure(CORPUS, EVERY)
    note = f"of {figures.pop('items')} items set in many ways, every {EVERY}th issue"
    return {f"layouts_{key}": Figure(value, note) for key, value in figures.items()}


# ---- proof ----


def proof_figures() -> dict[str, Figure]:
    path = seed("000")
    with tempfile.TemporaryDirectory(prefix="yuebao-bench-") as folder:
        findings = Path(folder) / "findings.json"
        findings.write_text(to_json(proofed(path)[1]), encoding="utf-8")
        said = run_tool("score_proof", GOLD, path, findings)
    found = {}
    for name, value, note in re.findall(r"^(\w+) ([\d.]+) (.*)$", said, re.M):
        if f"proof_{name}" in {row.name for row in PROOF_ROWS}:
            found[f"proof_{name}"] = Figure(float(value), note)
    return found


def proofed(path: Path, run: tuple[Issue, ...] = ()) -> tuple[Source, Findings]:
    """The characters of a text file and the findings on it, among its neighbours."""
    issue, source = pipeline.read_bytes(path.name, path.read_bytes())
    assert source
    return source, proof_issue(issue, source, [other.masthead for other in run])


def planted_figures() -> dict[str, Figure]:
    """The planted defects of the samples for which there is a rule: how many are found, by error or warning, and by any finding."""
    known = {rule.code for rule in rules()}
    series = {path: read_issue(path) for path in samples.paths()}
    planted = met = met_by_notes = stray = serious = 0
    missed = []
    for path in samples.paths():
        source, findings = proofed(path, tuple(issue for other, issue in series.items() if other != path))
        defects = json.loads(samples.gold_path(path).read_text(encoding="utf-8"))["defects"]
        score = Planted(source.text, defects, findings.to_dict()["findings"])
        asked = score.indexes(lambda d: d["code"] in known)
        planted += len(asked)
        met += len(asked & score.met)
        met_by_notes += len(asked & score.met_by_notes)
        missed += [f"{defects[i]['code']} {path.stem[-2:]}/{defects[i]['item_n']}" for i in sorted(asked - score.met)]
        stray, serious = stray + score.stray, serious + score.serious
    without_rule = sum(
        bool(d["code"]) and d["code"] not in known for path in samples.paths()
        for d in json.loads(samples.gold_path(path).read_text(encoding="utf-8"))["defects"])
    note = f"of {planted}; {without_rule} more have no rule yet; missed: {', '.join(missed) or 'none'}"
    return {
        "proof_planted_found": Figure(round(met / planted, 4), note),
        "proof_planted_found_with_notes": Figure(round(met_by_notes / planted, 4), f"of {planted}"),
        "proof_planted_precision": Figure(round(1 - stray / serious, 4), f"of {serious} errors and warnings"),
    }


class Planted:
    """The findings on one sample held against its planted defects, as score_proof.py does it."""

    def __init__(self, text: str, defects: list[dict[str, Any]], findings: list[dict[str, Any]]) -> None:
        scorer = tool("score_proof")
        flat, offsets = scorer.squeezed(text)
        places = [(d, scorer.places(d, flat, offsets)) for d in defects]
        grave = [f for f in findings if f["severity"] != "note"]
        self._defects = defects
        self.met: set[int] = scorer.assign(places, grave)
        self.met_by_notes: set[int] = scorer.assign(places, findings)
        self.serious = len(grave)
        self.stray = sum(not any(scorer.meets(d, f, r) for d, r in places) for f in grave)

    def indexes(self, test: Callable[[dict[str, Any]], bool]) -> set[int]:
        return {i for i, d in enumerate(self._defects) if d["code"] and test(d)}


def quiet_figures() -> dict[str, Figure]:
    share, sentences = proof_quiet.quiet_share(CORPUS, EVERY)
    return {"proof_quiet": Figure(round(share, 5), f"of {sentences} sentences of daily news, every {EVERY}th issue")}


PROOF_ROWS = (
    Row("proof_recall_high", "share"), Row("proof_recall_medium", "share"), Row("proof_recall_low", "share"), Row("proof_precision", "share"),
)
MEASURES = (
    Measure("structure", structure_rows(), structure_figures, needs_shared=True),
    Measure("annotate", tuple(Row(f"annotate_{layer}_f1", "F1", at_least=n) for layer, n in LAYERS.items()), annotate_figures, needs_shared=True),
    Measure("samples", sample_rows(), sample_figures, needs_shared=True),
    Measure("broadcast", (
        Row("broadcast_headline", "share", at_least=0.99), Row("broadcast_text", "share", at_least=0.99),
        Row("broadcast_both", "share", at_least=0.99),
    ), broadcast_figures, needs_shared=True),
    Measure("layouts", tuple(Row(f"layouts_{key}", "share") for key in ("headline", "text", "row", "column")), layout_figures, needs_shared=True),
    Measure("proof", PROOF_ROWS, proof_figures, needs_shared=True),
    Measure("planted", tuple(
        Row(f"proof_planted_{key}", "share") for key in ("found", "found_with_notes", "precision")), planted_figures, needs_shared=True),
    Measure("quiet", (Row("proof_quiet", "share", at_least=0.995),), quiet_figures, needs_shared=True),
)
