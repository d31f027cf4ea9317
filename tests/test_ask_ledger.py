"""The project ledger over the sample year: stages, sums, phases, and the three contradictions that are planted, no other."""

import json

import pytest
from typer.testing import CliRunner

from yuebao.ask import rolling
from yuebao.ask.ledger import core_of, find, ledger
from yuebao.cli import app


@pytest.fixture(scope="module")
def projects(year):  # noqa: ARG001
    return ledger(rolling.events_of(2025, rolling.series_of()))


def test_the_planted_contradictions_and_no_other(projects):
    found = {(p.name, c.label, tuple(s.shown for s in c.statements)) for p in projects for c in p.contradictions}
    assert found == {
        ("朔光储能电池模组项目", "总投资", ("22亿元", "22.6亿元")),
        ("望川轴承产业园三期项目", "占地（亩）", ("420亩", "480亩")),
        ("东浦文化艺术中心", "开工日期", ("8月18日", "今年8月8日")),
    }


@pytest.mark.parametrize(("name", "stages", "silent"), [
    ("鹭汀湖生态修复工程", ["start", "progress", "end", "end"], 0),
    ("云陵至宁澜城际铁路", ["progress", "progress", "progress", "progress", "progress", "end"], 0),
    ("望川轴承产业园三期项目", ["plan", "start", "progress"], 0),
    ("云澜智能算力中心", ["plan", "start"], 2),
    ("莱茵精工亚太维修服务中心", ["plan", "start"], 2),
    ("柳泊县高标准农田建设项目", ["start"], 9),
])
def test_a_project_through_the_year(projects, name, stages, silent):
    (project,) = find(projects, name)
    assert [stated.label for stated in project.stages] == stages
    assert project.silent_months == silent
    assert all(stated.citation.text().startswith("《云陵月报》2025年") for stated in project.stages)


def test_phases_are_projects_of_their_own(projects):
    assert {p.name for p in projects if p.name.startswith("丰岭市赤岗")} == {"丰岭市赤岗矿区生态修复二期工程", "丰岭市赤岗矿区生态修复三期工程"}


def test_one_sum_in_two_units_is_no_contradiction(projects):
    (project,) = find(projects, "鹭汀湖生态修复工程")
    assert {stated.value for stated in project.sums} == {420_000_000.0}
    assert not project.contradictions


@pytest.mark.parametrize(("name", "core"), [
    ("朔光储能电池模组项目", "朔光储能电池模组"), ("澜江朔光储能科技有限公司电池模组项目", "电池模组"),
    ("丰岭市老工业区更新项目（一期）", "丰岭市老工业区更新"), ("漪河大桥改造工程", "漪河大桥改造"),
])
def test_the_core_of_a_name(name, core):
    assert core_of(name) == core


@pytest.mark.usefixtures("projects")
def test_the_commands():
    run = CliRunner().invoke(app, ["ask", "project", "鹭汀湖"])
    assert run.exit_code == 0
    assert "2025-02-20  鹭汀湖生态修复工程开工  《云陵月报》2025年第2期（总第84期）第6页" in run.stdout
    run = CliRunner().invoke(app, ["ask", "project", "无此项目"])
    assert "查无记载" in run.stdout
    run = CliRunner().invoke(app, ["ask", "projects", "--silent", "6"])
    assert "柳泊县高标准农田建设项目\t开工" in run.stdout
    run = CliRunner().invoke(app, ["ask", "projects", "--json"])
    assert sum(len(project["contradictions"]) for project in json.loads(run.stdout)) == 3
