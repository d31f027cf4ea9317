"""The archive as tables: the same rows in each format, read back by others, with a dictionary that names every column."""

import csv
import io
import json

import duckdb
import pytest
from typer.testing import CliRunner

from archive.homes import archive_at
from yuebao import archive, samples
from yuebao.ask import tables
from yuebao.cli import app
from yuebao.errors import UsageError
from yuebao.spreadsheet import csv_of


@pytest.fixture(scope="module")
def taken(tmp_path_factory, new_home, django_db_blocker):
    """The home of an archive of two issues, and its tables in every format in a folder beside it."""
    with pytest.MonkeyPatch.context() as patched:
        folder = tmp_path_factory.mktemp("tables")
        patched.setenv("YUEBAO_HOME", str(folder / "home"))
        with archive_at(folder / "home", new_home, django_db_blocker) as home:
            list(archive.add(samples.paths()[:2]))
            run = CliRunner().invoke(app, ["archive", "tables", str(folder / "out"), "--to", "csv,jsonl,parquet,tei", "--home", str(home)])
            assert run.exit_code == 0, run.output
            yield home, folder / "out"


@pytest.mark.parametrize("table", tables.TABLES, ids=lambda table: table.name)
def test_each_format_has_the_same_rows(taken, table):
    _, out = taken
    lines = [json.loads(line) for line in (out / f"{table.name}.jsonl").read_text(encoding="utf-8").splitlines()]
    cells = list(csv.reader(io.StringIO((out / f"{table.name}.csv").read_bytes().decode("utf-8-sig"), newline="")))
    assert cells[0] == [column.name for column in table.columns]
    assert len(cells) == 1 + len(lines)
    found = duckdb.sql(f"SELECT * FROM '{out / table.name}.parquet'").fetchall()
    assert len(found) == len(lines)
    if lines:
        first = [value.isoformat() if hasattr(value, "isoformat") else value for value in found[0]]
        assert first == [lines[0][column.name] for column in table.columns]
    if table.name not in ("decisions", "projects"):
        assert lines


def test_the_dictionary_names_every_column(taken):
    _, out = taken
    said = (out / "README.md").read_text(encoding="utf-8")
    for table in tables.TABLES:
        assert f"## {table.name}" in said
        assert all(f"| {column.name} |" in said for column in table.columns)
        assert all(column.kind in tables.KINDS for column in table.columns)


def test_parquet_can_be_asked(taken):
    _, out = taken
    (count,), = duckdb.sql(f"SELECT count(*) FROM '{out}/mentions.parquet' WHERE layer = 'person' AND name = '梁以宁'").fetchall()
    assert count > 3
    assert len(list((out / "tei").iterdir())) == 2


def test_the_same_archive_gives_the_same_bytes(taken):
    _, out = taken
    again = tables.exported(["csv", "jsonl"])
    assert all((out / name).read_bytes() == data for name, data in again.items())


def test_a_formula_is_told_to_be_text():
    made = csv_of([["=HYPERLINK(1)", "@a", -3, None, True, "甲,乙"]])
    assert made.decode("utf-8-sig") == "'=HYPERLINK(1),'@a,-3,,true,\"甲,乙\"\r\n"


def test_an_unknown_format_is_named(taken):  # noqa: ARG001
    with pytest.raises(UsageError) as caught:
        tables.exported(["xls"])
    assert "xls" in caught.value.message()
