"""The commands that ask who is who and decide it: what they print, in both languages and as JSON, and with which exit status."""

import json

import pytest
from typer.testing import CliRunner

from yuebao import archive, cli
from yuebao.errors import YuebaoError

MAY = """云陵月报|2025|5|5|89|中共云陵市委办公室|
# 领导活动
郑文柏到任|1|2025-05-06|石濑县委书记 郑文柏|5月6日，石濑县委书记郑文柏到任。
何令仪督查|2|2025-05-07|副市长 何令仪|5月7日，副市长何令仪督查。
"""


@pytest.fixture
def town(home, stages):
    for name, text in (("april", stages.APRIL), ("may", MAY)):
        (home.parent / f"{name}.txt").write_text(text, encoding="utf-8")
        list(archive.add([home.parent / f"{name}.txt"]))
    return home


def said(*words):
    run = CliRunner().invoke(cli.app, ["-q", *words])
    if isinstance(run.exception, YuebaoError):
        return run.exception.code
    assert run.exit_code == 0, run.output
    return run.stdout


@pytest.mark.usefixtures("town")
def test_who():
    text = said("ask", "who", "郑文柏")
    assert text.startswith("同名记载 2 处，依据不足以认定为一人")
    assert "郑文柏#1  见于 1 条\n  见载  市委书记  2025年4月3日  1 条\n" in text
    assert "《云陵月报》2025年第5期（总第89期）第1页  云陵月报-2025-05 1" in text
    assert said("ask", "who", "无此人") == "查无记载\n"
    assert json.loads(said("ask", "who", "无此人", "--json")) is None
    assert [p["number"] for p in json.loads(said("ask", "who", "郑文柏", "--json"))["people"]] == [1, 2]


@pytest.mark.usefixtures("town")
def test_who_on_a_day():
    assert "见载  副市长  2025年4月3日—2025年5月7日  3 条" in said("ask", "who", "何令仪", "--on", "2025-04-30")
    assert "此前末次  副市长  2025年5月7日" in said("ask", "who", "何令仪", "--on", "2025-05-08")
    assert said("ask", "who", "何令仪", "--on", "昨天") == "E203"


@pytest.mark.usefixtures("town")
def test_office():
    assert "见载  何令仪  副市长  2025年4月3日—2025年5月7日  3 条" in said("ask", "office", "副市长", "--on", "2025-04-30")
    assert said("ask", "office", "省长") == "查无记载\n"
    assert json.loads(said("ask", "office", "副市长", "--json"))["posts"] == ["云陵市副市长"]


@pytest.mark.usefixtures("town")
def test_merge_split_undo():
    merged = said("archive", "merge", "郑文柏#1", "郑文柏#2", "--by", "解文渊")
    assert "合并  解文渊  郑文柏" in merged
    assert "同名" not in said("ask", "who", "郑文柏")
    assert said("archive", "split", "何令仪", "云陵月报-2025-05/2")
    assert "何令仪#2" in said("ask", "who", "何令仪")
    assert [line.split()[2] for line in said("archive", "decisions").splitlines()] == ["合并", "拆分"]
    assert "（已撤销）" in said("archive", "undo", merged.split()[0])
    assert "同名" in said("ask", "who", "郑文柏")
    kinds = [json.loads(line) for line in said("archive", "decisions", "--json").splitlines()]
    assert [(d["kind"], d["undone"]) for d in kinds] == [("merge", True), ("split", False), ("undo", False)]
    assert archive.verify() == []


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(("words", "code"), [
    (("archive", "merge", "无此人", "何令仪"), "E407"),
    (("archive", "merge", "郑文柏", "何令仪"), "E209"),
    (("archive", "split", "何令仪", "云陵月报-2025-05"), "E203"),
    (("archive", "split", "何令仪", "云陵月报-2025-05/9"), "E404"),
    (("archive", "undo", "ffff"), "E207"),
])
def test_what_is_refused(words, code):
    assert said(*words) == code
