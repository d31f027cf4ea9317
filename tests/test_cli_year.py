"""The commands over a year's archive, each as a user starts it: a process of its own."""

import json
import os
import subprocess
import sys

import pytest


@pytest.fixture(scope="module")
def home(year):
    return year


def run(home, *arguments):
    code = "from yuebao.cli import main; main()"
    return subprocess.run([sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True, check=False,
                          env={**os.environ, "YUEBAO_HOME": str(home)})


@pytest.mark.parametrize(("arguments", "said"), [
    (("digest", 2025), "（《云陵月报》2025年第1期（总第83期）第6页）"),
    (("chronicle", 2025), "中共云陵市委六届九次全体会议召开"),
    (("ask", "projects"), "望川轴承产业园三期项目"),
    (("ask", "project", "龙潭口"), "2.86亿元"),
    (("ask", "question", "龙潭口水库除险加固工程什么时候开工"), "2025年3月11日"),
    (("ask", "question", "--field", "kind=when", "--field", "subject=鹭汀湖", "--field", "act=开工"), "2025年2月20日"),
    (("ask", "question", "月亮有多远"), "没有读懂"),
])
def test_a_command_in_a_process_of_its_own(home, arguments, said):
    done = run(home, *arguments)
    assert done.returncode == 0, done.stderr
    assert said in done.stdout


def test_a_wrong_field_is_told(home):
    done = run(home, "ask", "question", "--field", "kind=why")
    assert done.returncode == 2
    assert "E203" in done.stderr


def test_tables_and_backup(home, tmp_path):
    assert run(home, "archive", "tables", tmp_path / "out", "--to", "jsonl").returncode == 0
    assert len((tmp_path / "out" / "issues.jsonl").read_text(encoding="utf-8").splitlines()) == 12
    assert run(home, "archive", "backup", tmp_path / "b.zip").returncode == 0
    other = tmp_path / "other"
    assert run(other, "archive", "restore", tmp_path / "b.zip").returncode == 0
    assert len(run(other, "archive", "list", "--json").stdout.splitlines()) == 12
    answers = [json.loads(run(at, "ask", "question", "云澜智能算力中心总投资多少", "--json").stdout) for at in (home, other)]
    assert answers[0] == answers[1]
    assert answers[0]["sentence"].startswith("云澜智能算力中心总投资，见载为30亿元")
