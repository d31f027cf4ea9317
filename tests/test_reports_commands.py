"""The commands of the proofreader: reports as files, --fix, --as text, collate; exit status, and what is never written."""

import json
import sys
import zipfile

import pytest

from yuebao import cli, samples
from yuebao.cli import saying

MAY = samples.paths()[1]


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


def test_word_and_sheet_are_written_whole(call, tmp_path):
    assert call("proof", MAY, "--format", "docx", "-o", tmp_path / "a.docx")[0] == 1
    assert "word/comments.xml" in zipfile.ZipFile(tmp_path / "a.docx").namelist()
    assert call("proof", MAY, "--format", "html", "-o", tmp_path / "a.html")[0] == 1
    assert "校对单" in (tmp_path / "a.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("args", [
    ("proof", MAY, "--format", "docx"), ("proof", MAY, MAY, "--format", "html"), ("proof", MAY, "--fix", "safe"),
    ("proof", MAY, "--fix", "safe", "-o", MAY), ("proof", MAY, "--rate", "book"), ("proof", MAY, "--fix", "all", "-o", "x"),
])
def test_wrong_use(call, args):
    before = MAY.read_bytes()
    status, out, err = call(*args)
    assert (status, out) == (2, "")
    assert "E203" in err
    assert MAY.read_bytes() == before


def test_fix_writes_another_file_and_says_what_it_did(call, tmp_path):
    before = MAY.read_bytes()
    status, _, err = call("proof", MAY, "--fix", "safe", "-o", tmp_path / "fixed.txt")
    assert status == 0
    assert "原文件未动" in err
    assert MAY.read_bytes() == before
    assert call("proof", tmp_path / "fixed.txt", "--fix", "safe", "-o", tmp_path / "again.txt")[0] == 0
    assert (tmp_path / "again.txt").read_bytes() == (tmp_path / "fixed.txt").read_bytes() != before


def test_any_text_line_by_line(call, tmp_path):
    (tmp_path / "a.txt").write_text("会议召开，，大家发言。\n", encoding="utf-8")
    status, out, _ = call("proof", "--as", "text", "--json", tmp_path / "a.txt")
    assert status == 1
    assert [(f["line"], f["text"]) for f in json.loads(out)["findings"]] == [(1, "，，")]
    assert call("proof", "--as", "text", tmp_path / "none.txt")[0] == 3


def test_collate(call, tmp_path):
    (tmp_path / "new.txt").write_bytes(MAY.read_bytes().replace("轴承".encode(), "轴成".encode(), 1))
    status, out, _ = call("collate", MAY, tmp_path / "new.txt")
    assert status == 1
    assert "改动 1" in out
    status, out, _ = call("collate", MAY, tmp_path / "new.txt", "--json")
    assert [f["code"] for f in json.loads(out)["findings"]] == ["H002"]
    assert call("collate", MAY, MAY)[0] == 0
    assert call("collate", MAY, tmp_path / "none.txt")[0] == 3


def test_collate_with_decisions(call, tmp_path):
    _, out, _ = call("proof", MAY, "--json")
    findings = json.loads(out)
    for finding in findings["findings"]:
        finding["state"] = "accepted" if finding["safe"] else "open"
    (tmp_path / "decided.json").write_text(json.dumps(findings), encoding="utf-8")
    assert call("collate", MAY, MAY, "--decisions", tmp_path / "decided.json")[0] == 1
    call("proof", MAY, "--fix", "safe", "-o", tmp_path / "fixed.txt")
    status, out, _ = call("collate", MAY, tmp_path / "fixed.txt", "--decisions", tmp_path / "decided.json")
    assert status == 0
    assert f"已照改 {sum(f['safe'] for f in findings['findings'])}" in out
    assert call("collate", MAY, MAY, "--decisions", MAY)[0] == 3


def test_waivers_of_an_archive_and_the_rate(call, home):
    from yuebao import archive

    call("archive", "add", MAY, "--home", home)
    key = archive.issues()[0].key
    texts = [f.text for f in archive.findings_of(key)]
    archive.waive(key, texts.index("截止目前"), "引文原样")
    archive.accept(key, [texts.index("，。")])
    _, out, err = call("proof", MAY, "--archive", home, "--rate", "periodical")
    assert "截止目前" not in out
    assert "另有 1 处已决定不采纳" in out
    assert "差错率" not in out
    assert "0.1 个差错" in err
    assert "机器估算，不作质检结论" in err


def test_findings_are_decided_on_by_number(call, home):
    from yuebao import archive

    call("archive", "add", MAY, "--home", home)
    key = archive.issues()[0].key
    _, out, _ = call("archive", "findings", key, "--home", home)
    number = next(line.split()[0] for line in out.splitlines() if "“，。”→“。”" in line)
    outside = next(n for n, f in enumerate(archive.findings_of(key)) if f.item is None)
    assert call("archive", "waive", key, outside, "--reason", "目录如此", "--home", home)[0] == 0
    assert "（不采纳：目录如此）" in call("archive", "findings", key, "--home", home)[1]
    assert call("archive", "accept", key, number, "--by", "何令仪", "--home", home)[0] == 0
    rows = [json.loads(line) for line in call("archive", "findings", key, "--home", home, "--json")[1].splitlines()]
    assert not any(row["text"] == "，。" for row in rows)
    assert [row["reason"] for row in rows if row["state"] == "waived"] == ["目录如此"]
    assert call("archive", "accept", key, 999, "--home", home)[0] == 2
    assert call("archive", "waive", key, 0, "--home", home)[0] == 2
