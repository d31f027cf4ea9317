"""专题汇编 of a search, a question and a project: every statement with its citation, and readable again."""

import pytest
from typer.testing import CliRunner

from yuebao import pipeline
from yuebao.cli import app


@pytest.mark.parametrize(("command", "said"), [
    (["search", "望川轴承产业园"], ["望川轴承产业园三期项目签约", "《云陵月报》2025年第2期"]),
    (["question", "望川轴承产业园三期项目占地多少"], ["420亩、480亩", "《云陵月报》2025年第7期"]),
    (["project", "望川轴承产业园三期项目"], ["说法不一：占地（亩）", "《云陵月报》2025年第2期（总第84期）第7页"]),
])
@pytest.mark.parametrize("ending", [".docx", ".md"])
def test_a_brief(year, tmp_path, command, said, ending):
    path = tmp_path / f"brief{ending}"
    run = CliRunner().invoke(app, ["ask", *command, "--brief", str(path), "--home", str(year)])
    assert run.exit_code == 0, run.output
    text = " ".join(item.text for item in pipeline.read_issue(path).items())
    for words in said:
        assert words in text


def test_nothing_found_makes_no_brief(year, tmp_path):
    run = CliRunner().invoke(app, ["ask", "question", "白云机场什么时候通车", "--brief", str(tmp_path / "b.docx"), "--home", str(year)])
    assert run.exit_code == 0
    assert not (tmp_path / "b.docx").exists()
