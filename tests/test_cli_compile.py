"""`yuebao compile`: a folder becomes a draft and what is behind it, whole or not at all; what is said on the screen; exit statuses."""

import json
import sys

import pytest

from yuebao import cli, pipeline, samples
from yuebao.cli import saying
from yuebao.compile.values import Draft
from yuebao.model import Issue

TEXTS = {
    "01_市委办.txt": "郑文柏到何坊县调研\n\n1月6日，市委书记郑文柏到何坊县调研春耕备耕工作。项目总投资8.6亿元，带动就业1200人。\n",
    "02_日报.txt": "郑文柏在何坊县调研\n\n1月6日，市委书记郑文柏到何坊县调研春耕备耕工作。项目总投资6.8亿元，带动就业1200人。\n",
    "03_消防.txt": "云陵市消防安全演练举行\n\n1月9日，云陵市消防安全演练在石门区举行，检查火灾隐患36处。\n",
}


@pytest.fixture
def call(monkeypatch, capsys):
    """Run the program in this process; (exit status, standard output, standard error)."""

    def run(*args):
        monkeypatch.setattr(sys, "argv", ["yuebao", *map(str, args)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out = capsys.readouterr()
        return ended.value.code or 0, out.out, out.err

    yield run
    saying.state.update(language="zh", quiet=False)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "copy").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "copy" / name).write_text(text, encoding="utf-8")
    return tmp_path / "copy"


def test_a_folder_becomes_a_draft_and_what_is_behind_it(call, folder, tmp_path):
    status, out, err = call("compile", folder, "--month", "2026-01", "--title", "云陵月报", "-o", tmp_path / "draft.json")
    assert status == 0, err
    assert "云陵月报2026年1月 初稿" in out
    assert "来稿　3 篇" in out
    assert "8.6亿元（1号）／6.8亿元（2号）" in out
    issue = Issue.from_dict(json.loads((tmp_path / "draft.json").read_text(encoding="utf-8")))
    draft = Draft.from_dict(json.loads((tmp_path / "draft.compiled.json").read_text(encoding="utf-8")))
    assert (len(issue.items()), len(draft.clippings)) == (2, 3)
    assert call("proof", tmp_path / "draft.json")[0] == 0


def test_figures_as_json(call, folder, tmp_path):
    status, out, _ = call("--quiet", "compile", folder, "--month", "2026-1", "-o", tmp_path / "d.json", "--json")
    figures = json.loads(out)
    assert status == 0
    assert (figures["texts"], figures["stories"], figures["differences"], figures["not_taken"]) == (3, 2, 1, [])
    assert figures["clauses"] == figures["with_source"]


def test_the_run_gives_columns_and_gaps(call, folder, tmp_path):
    files = [word for path in samples.year()[-2:] for word in ("--run", path)]
    status, out, _ = call("compile", folder, "--month", "2026-01", *files, "-o", tmp_path / "d.json")
    assert status == 0
    assert "云陵月报2026年1月" in out
    assert "平安云陵" in out
    assert "往期有而本月未见" in out


def test_what_bears_a_mark_of_secrecy_is_told_and_the_rest_goes_on(call, folder, tmp_path):
    (folder / "04.txt").write_text("机密★\n会议纪要\n\n会议研究了有关事项。\n", encoding="utf-8")
    status, out, err = call("compile", folder, "--month", "2026-01", "-o", tmp_path / "d.json")
    assert status == 3
    assert "E110" in err
    assert "不收 1 篇" in out
    assert (tmp_path / "d.json").is_file()


@pytest.mark.parametrize(("month", "code"), [("2026-13", "E203"), ("一月", "E203")])
def test_wrong_months(call, folder, tmp_path, month, code):
    status, _, err = call("compile", folder, "--month", month, "-o", tmp_path / "d.json")
    assert status == 2
    assert code in err
    assert list(tmp_path.iterdir()) == [folder]


def test_no_such_folder(call, tmp_path):
    status, _, err = call("compile", tmp_path / "none", "--month", "2026-01", "-o", tmp_path / "d.json")
    assert (status, "E104" in err) == (3, True)


def test_interrupted_nothing_is_written(call, folder, tmp_path, monkeypatch):
    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "draft_issue", stopped)
    status, _, _ = call("compile", folder, "--month", "2026-01", "-o", tmp_path / "d.json")
    assert status == 130
    assert list(tmp_path.iterdir()) == [folder]


def test_the_run_comes_from_an_archive(call, folder, tmp_path, home):
    from yuebao import archive

    list(archive.add(samples.year()[-1:]))
    status, out, err = call("compile", folder, "--month", "2026-01", "--archive", home, "-o", tmp_path / "d.json")
    assert status == 0, err
    assert "云陵月报2026年1月" in out
