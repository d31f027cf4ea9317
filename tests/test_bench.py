"""`make bench`: its JSON has one shape whatever happens, what falls short is marked, and the quick measures reach what is asked of them."""

import json
import sys
from pathlib import Path

import pytest

from real import needs_shared

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bench"))

import measure
import run
from measure import Figure, Measure, Row

QUICK = ("structure", "annotate", "proof", "planted")


def filled(fill, *rows, **more):
    return Measure("test", rows or (Row("a", "s"), Row("b", "s")), fill, **more).figures()


def broken():
    raise ValueError("no such corpus\nand more")


def test_names_are_given_once():
    names = [row.name for m in run.MEASURES for row in m.rows]
    assert len(set(names)) == len(names)
    assert len({m.name for m in run.MEASURES}) == len(run.MEASURES)


@pytest.mark.parametrize(("fill", "values", "notes"), [
    (lambda: {"a": Figure(1.0, "x"), "b": Figure(2.0)}, [1.0, 2.0], ["x", ""]),
    (lambda: {"a": Figure(1.0)}, [1.0, None], ["", "not measured"]),
    (broken, [None, None], ["failed: ValueError: no such corpus"] * 2),
])
def test_every_row_has_a_figure(fill, values, notes):
    figures = filled(fill)
    assert [(f.value, f.note) for f in figures.values()] == list(zip(values, notes, strict=True))


def test_a_row_that_was_not_declared_is_refused():
    with pytest.raises(ValueError, match="not declared: c"):
        filled(lambda: {"c": Figure(1.0)})


def test_without_the_shared_material_the_rows_say_so(monkeypatch, tmp_path):
    monkeypatch.setattr(measure, "SHARED", tmp_path / "absent")
    assert set(filled(broken, needs_shared=True).values()) == {Figure(None, "../shared is not here")}


@pytest.mark.parametrize(("row", "value", "short"), [
    (Row("a", at_least=0.95), 0.95, False), (Row("a", at_least=0.95), 0.9499, True), (Row("a", at_most=3.0), 3.0, False),
    (Row("a", at_most=3.0), 3.1, True), (Row("a"), 0.0, False), (Row("a", at_least=1.0), None, False),
    (Row("a", at_least=66, at_most=66), 66, False), (Row("a", at_least=66, at_most=66), 67, True),
])
def test_what_falls_short(row, value, short):
    assert row.is_short(value) is short


def test_the_file_and_the_table(tmp_path, monkeypatch, capsys):
    rows = (Row("good", "share", at_least=0.5), Row("poor", "share", at_least=0.9), Row("lost", "s"))
    made = Measure("test", rows, lambda: {"good": Figure(0.75, "of 4"), "poor": Figure(0.5, "半数")})
    monkeypatch.setattr(run, "MEASURES", (made,))
    monkeypatch.setattr(run, "ROWS", {row.name: row for row in rows})
    out = tmp_path / "build" / "bench.json"
    run.main(["-o", str(out)])
    assert json.loads(out.read_text(encoding="utf-8")) == {
        "good": {"value": 0.75, "unit": "share", "note": "of 4"},
        "poor": {"value": 0.5, "unit": "share", "note": "半数"},
        "lost": {"value": None, "unit": "s", "note": "not measured"},
    }
    printed = capsys.readouterr().out
    lines = {name: next(line for line in printed.splitlines() if name in line) for name in ("good", "poor", "lost")}
    assert ("short" in lines["good"], "short" in lines["poor"], "n/a" in lines["lost"]) == (False, True, True)
    assert "3 figures, 1 short" in printed


def test_a_measure_that_is_none_is_refused_by_name():
    with pytest.raises(SystemExit, match="no measure nonesuch; known: structure, annotate"):
        run.main(["--only", "nonesuch"])


@needs_shared
@pytest.mark.parametrize("name", QUICK)
def test_quick_measures_reach_what_is_asked(name):
    chosen = run.chosen([name])[0]
    figures = chosen.figures()
    assert {key: f.note for key, f in figures.items() if f.value is None} == {}
    assert {key: f for key, f in figures.items() if run.ROWS[key].is_short(f.value)} == {}
