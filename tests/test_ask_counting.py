"""Counts: every number is that of the items it names, drawn and as a table; no ranking of people."""

import csv
import io
import xml.etree.ElementTree as ET

import pytest
from typer.testing import CliRunner

from yuebao.ask import counting, rolling
from yuebao.cli import app
from yuebao.errors import UsageError


@pytest.fixture(scope="module")
def events(year):  # noqa: ARG001
    return rolling.events_of(2025, rolling.series_of())


KINDS = [(kind, "梁以宁" if kind == "person" else None) for kind in counting.KINDS]


@pytest.mark.parametrize(("kind", "person"), KINDS)
def test_every_number_opens_to_its_rows(events, kind, person):
    made = counting.count(kind, events, person)
    assert made.cells
    for cell in made.cells.values():
        assert cell.citations
        assert kind == "signed" or cell.value == len(cell.citations) or kind == "first"
    table = made.table()
    assert {len(row) for row in table} == {len(made.columns) + 2}
    assert float(table[-1][-1]) == pytest.approx(sum(cell.value for cell in made.cells.values()), abs=0.02)


@pytest.mark.parametrize(("kind", "person"), KINDS)
def test_every_count_is_drawn(events, kind, person):
    made = counting.count(kind, events, person)
    svg = counting.drawn(made)
    root = ET.fromstring(svg)
    assert root.find("{http://www.w3.org/2000/svg}title").text == f"{made.title}（{made.unit}）"
    assert svg == counting.drawn(counting.count(kind, events, person))


def test_a_drawing_is_a_picture_too(events):
    png = counting.png_of(counting.drawn(counting.count("month", events)), scale=1.0)
    assert png.startswith(b"\x89PNG")


def test_the_known_numbers(events):
    by_column = counting.count("column", events)
    assert by_column.value("大事辑要", "2025-01") == 2
    by_county = counting.count("county", events)
    assert [by_county.value("梧川县", f"2025-{month:02d}") for month in (8, 9, 10)] == [0, 0, 0]
    assert by_county.value("梧川县", "2025-11") >= 2
    signed = counting.count("signed", events)
    assert signed.value("签约金额", "2025-02") == 15.6
    assert signed.value("签约金额", "2025-03") == 30


def test_people_are_counted_one_at_a_time(events):
    with pytest.raises(UsageError):
        counting.count("person", events)
    with pytest.raises(UsageError):
        counting.count("persons", events)


@pytest.mark.usefixtures("events")
def test_the_command(tmp_path):
    run = CliRunner().invoke(app, ["ask", "count", "month", "-o", str(tmp_path / "m.csv")])
    assert run.exit_code == 0, run.output
    rows = list(csv.reader(io.StringIO((tmp_path / "m.csv").read_bytes().decode("utf-8-sig"))))
    assert rows[0][1] == "2025-01"
    run = CliRunner().invoke(app, ["ask", "count", "signed", "--rows"])
    assert "签约金额 2025-03 30: 《云陵月报》2025年第3期" in run.stdout
