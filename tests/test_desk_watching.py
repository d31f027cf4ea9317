"""A watched folder: each file taken once, when it is whole; under the name of its sub-folder or as the register says."""

import pytest
from typer.testing import CliRunner

from desk_month import issue, people, stand_ins
from yuebao import cli
from yuebao.errors import YuebaoError


@pytest.fixture
def desk(home, monkeypatch, tmp_path):  # noqa: ARG001
    stand_ins(monkeypatch)
    who = people()
    issue(who["editor"])
    folder = tmp_path / "in"
    (folder / "丰岭镇").mkdir(parents=True)
    return folder


def watched(folder, *options):
    run = CliRunner().invoke(cli.app, ["desk", "watch", str(folder), "--once", "--every", "0.1", *options])
    if isinstance(run.exception, YuebaoError):
        return run.exception.code
    assert run.exit_code == 0, run.output
    return run.stdout.splitlines()


def test_what_lies_there_is_taken_once(desk):
    from yuebao.desk.models import StoredClipping

    (desk / "甲.txt").write_text("甲\n正文。", encoding="utf-8")
    (desk / "丰岭镇" / "乙.txt").write_text("乙\n正文。", encoding="utf-8")
    (desk / "丙.txt").write_text("机密★\n正文。", encoding="utf-8")
    (desk / "丁.txt.part").write_text("丁\n正文。", encoding="utf-8")
    (desk / "~$戊.docx").write_text("戊", encoding="utf-8")
    (desk / "来稿登记.tsv").write_text("name\tcontributor\n甲.txt\t石桥镇\n", encoding="utf-8")
    options = ("--issue", "2026-1", "--by", "editor")
    assert watched(desk, *options) == ["第 1 号  乙.txt", "第 2 号  甲.txt"]
    assert [(c.name, c.contributor.name) for c in StoredClipping.objects.all()] == [("乙.txt", "丰岭镇"), ("甲.txt", "石桥镇")]
    assert watched(desk, *options) == []
    (desk / "甲.txt").write_text("甲\n又一稿。", encoding="utf-8")
    assert watched(desk, *options) == ["第 3 号  甲.txt"]


@pytest.mark.parametrize(("options", "code"), [
    (("--issue", "2026-1", "--by", "nobody"), "E221"), (("--issue", "2026-1", "--by", "reader"), "E221"),
    (("--issue", "2026-2", "--by", "editor"), "E203"), (("--issue", "next", "--by", "editor"), "E203"),
])
def test_wrong_use_is_told(desk, options, code):
    assert watched(desk, *options) == code


def test_no_such_folder(desk):
    assert watched(desk / "none", "--issue", "2026-1", "--by", "editor") == "E104"


def test_a_file_that_grows_is_waited_for(tmp_path):
    from yuebao.cli.watching import Watched

    growing, folder = tmp_path / "a.txt", Watched(tmp_path)
    growing.write_text("甲")
    assert list(folder.whole()) == []
    growing.write_text("甲乙")
    assert list(folder.whole()) == []
    assert list(folder.whole()) == [growing]
    assert list(folder.whole()) == []
    growing.write_text("甲乙丙")
    assert list(folder.whole()) == []
    assert list(folder.whole()) == [growing]
