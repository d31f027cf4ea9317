"""The sample year: twelve issues that read without a doubt, with what is planted in them and nothing else."""

import pytest

from yuebao import pipeline, samples
from yuebao.samples import outline_path

NINE = [path for path in samples.year() if path.parent.name == "year"]


def read(path):
    return pipeline.read_issue(path, outline_path(path))


def test_there_are_twelve_months():
    assert [int(path.stem[-2:]) for path in samples.year()] == list(range(1, 13))
    assert set(samples.paths()) <= set(samples.year())


@pytest.mark.parametrize("path", NINE, ids=lambda path: path.stem)
def test_a_month_reads_without_a_doubt(path):
    issue = read(path)
    month = int(path.stem[-2:])
    assert (issue.masthead.year, issue.masthead.number, issue.masthead.serial_number) == (2025, month, 82 + month)
    assert not issue.unplaced
    assert not issue.problems
    assert 20 <= len(issue.items()) <= 25
    assert len(issue.contents) == len(issue.items())
    assert not [f for f in pipeline.proof_issue(issue).findings if f.severity == "error"]


def test_what_is_planted_is_there():
    text = {int(path.stem[-2:]): " ".join(item.text for item in read(path).items()) for path in samples.year()}
    assert "总投资22亿元" in text[5]
    assert "总投资22.6亿元" in text[6]
    assert "占地420亩" in text[2]
    assert "占地480亩" in text[7]
    assert "8月18日，东浦文化艺术中心开工" in text[8]
    assert "今年8月8日开工" in text[10]
    assert all("漪河大桥改造工程建成通车 9月28日" in text[month].replace("\n", " ") for month in (9, 10))
    assert not [month for month in (8, 9, 10) if "梧川" in text[month]]


def test_the_table_of_appointments_is_one():
    rows = [line.split("\t") for line in samples.appointments_path().read_text(encoding="utf-8").splitlines()]
    assert rows[0] == ["date", "body", "person", "office", "change"]
    assert {len(row) for row in rows} == {5}
    assert {row[4] for row in rows[1:]} == {"in", "out"}
