"""The command line: what it prints, its exit status, its words on bad input; nothing half-written."""

import json
import os
import re
import signal
import subprocess
import sys
import time

import pytest

from yuebao import cli, samples
from yuebao.cli import saying

PROGRAM = [sys.executable, "-c", "from yuebao.cli import main; main()"]
APRIL, MAY, JUNE = samples.paths()
SMALL = "云陵月报\n2025年第4期\n目录\n要闻\n甲会议在市区召开 (1)\n乙会议在市区召开 (2)\n\n要闻\n甲会议在市区召开 4月1日，开会。\n乙会议在市区召开 4月2日，开会。\n"


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


def outside(*args, home, stdin=None):
    """Run the program as a process of its own with a home of its own."""
    environment = {**os.environ, "YUEBAO_HOME": str(home), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run([*PROGRAM, *map(str, args)], capture_output=True, text=True, encoding="utf-8", input=stdin, env=environment)


def test_read_prints_one_document_a_line_and_says_what_is_doubtful(call):
    status, out, err = call("read", APRIL, MAY)
    assert status == 0
    documents = [json.loads(line) for line in out.splitlines()]
    assert [d["masthead"]["number"] for d in documents] == [4, 5]
    assert [d["schema"] for d in documents] == ["yuebao/issue/1"] * 2
    assert "S002" in err
    assert "36 条" in err


def test_read_takes_its_own_document_and_an_outline(call, tmp_path):
    outline = samples.outline_path(MAY)
    status, out, err = call("read", MAY, "--outline", outline)
    assert status == 0
    assert "S001" not in err
    (tmp_path / "may.json").write_text(out, encoding="utf-8")
    assert call("read", tmp_path / "may.json", "--quiet")[0] == 2  # global options stand before the command
    assert call("--quiet", "read", tmp_path / "may.json") == (0, out, "")


def test_proof_reports_and_its_status_says_whether_errors_were_found(call, tmp_path):
    status, out, _ = call("proof", APRIL)
    assert status == 1
    assert "【必改】" in out
    status, out, _ = call("proof", APRIL, "--format", "json")
    findings = json.loads(out)["findings"]
    assert status == 1
    assert {"code", "line", "page"} <= set(findings[0])
    (tmp_path / "small.txt").write_text(SMALL, encoding="utf-8")
    assert call("proof", tmp_path / "small.txt")[0] == 0


def test_proof_of_several_issues_holds_their_numbers_against_one_another(call):
    alone = json.loads(call("proof", JUNE, "--json")[1])["findings"]
    status, out, _ = call("proof", APRIL, MAY, JUNE, "--json")
    together = [json.loads(line)["findings"] for line in out.splitlines()]
    assert "C005" not in {f["code"] for f in alone}
    assert "C005" in {f["code"] for f in together[2]}
    assert status == 1


def test_publish_writes_the_book(call, tmp_path):
    book = tmp_path / "issue.pdf"
    status, _, err = call("publish", APRIL, "-o", book)
    assert status == 0
    assert book.read_bytes().startswith(b"%PDF")
    assert str(book) in err
    assert call("publish", APRIL, "-o", tmp_path / "issue.xyz")[0] == 2


def test_english(call):
    status, _, err = call("--lang", "en", "read", "/nowhere.txt")
    assert (status, err.splitlines()[0]) == (3, "E104 No such file: /nowhere.txt")


BAD = {
    "empty.txt": (b"", "E101"), "blank.txt": (b" \n\n", "E107"), "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(500), "E102"),
    "long.txt": ("云".encode() * 34_000_000, "E103"), "document.json": (b'{"schema": "yuebao/issue/1"}', "E106"), "half.json": (b'{"annotated_by":null,"columns":[{"colu', "E106"),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("command", ["read", "proof", "publish"])
def test_bad_input_gets_a_code_and_status_3_and_writes_nothing(call, tmp_path, name, command):
    data, code = BAD[name]
    (tmp_path / name).write_bytes(data)
    target = tmp_path / "out.pdf"
    status, out, err = call(command, tmp_path / name, "-o", target)
    assert (status, out) == (3, "")
    assert re.match(rf"{code} .+\n {{5}}.+", err)
    assert list(tmp_path.iterdir()) == [tmp_path / name]


def test_one_bad_file_among_several_spoils_the_output_file_but_not_the_stream(call, tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    status, out, _ = call("read", tmp_path / "empty.txt", APRIL)
    assert status == 3
    assert len(out.splitlines()) == 1
    assert call("read", tmp_path / "empty.txt", APRIL, "-o", tmp_path / "out.json")[0] == 3
    assert not (tmp_path / "out.json").exists()


@pytest.mark.parametrize(("make", "code"), [
    (lambda t: t[:len(t) // 2], None), (lambda t: t[:t.index("要闻", t.index("(2)"))], "S006"), (lambda t: t[t.index("要闻", t.index("(2)")):], "S005"),
    (lambda t: t.replace("。", "。\0"), "R002"), (lambda _: "没有条目的一段文字。", "S012"),
])
def test_damaged_text_is_read_with_a_note(call, tmp_path, make, code):
    (tmp_path / "x.txt").write_text(make(SMALL), encoding="utf-8")
    status, out, err = call("read", tmp_path / "x.txt")
    assert status == 0
    assert json.loads(out)["schema"] == "yuebao/issue/1"
    assert code is None or code in err


@pytest.mark.parametrize("args", [
    ("read",), ("read", "--no-such", "x"), ("nonsense",), ("proof", "--format", "xml", "x"), ("publish", "x"), ("ask", "search", "词", "--from", "四月"),
    ("archive", "show"), ("serve", "--host", "bulletin.example"),
])
@pytest.mark.usefixtures("home")
def test_wrong_use_is_status_2(call, args):
    status, _, err = call(*args)
    assert (status, err[:4]) == (2, "E203")


def test_a_wrong_outline_is_status_2(call, tmp_path):
    (tmp_path / "o.txt").write_text("要闻\n 经济\n", encoding="utf-8")
    status, _, err = call("read", MAY, "--outline", tmp_path / "o.txt")
    assert (status, err[:4]) == (2, "E201")


def test_errors_as_json(call):
    _, _, err = call("read", "/nowhere.txt", "--json")
    assert json.loads(err)["error"]["code"] == "E104"


@pytest.mark.parametrize("target", ["/nowhere/out.json", "/proc/out.json"])
def test_a_place_that_cannot_be_written(call, target):
    status, _, err = call("read", APRIL, "-o", target)
    assert (status, "E202" in err) == (2, True)


def test_the_archive_from_the_command_line(tmp_path):
    """One pass, each call a process of its own, as a user has it."""
    home, folder = tmp_path / "home", tmp_path / "run"
    folder.mkdir()
    for path in samples.paths():
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    first = outside("archive", "add", folder, home=home)
    assert first.returncode == 3
    assert "E102" in first.stderr
    assert first.stdout.count("新入库 云陵月报-2025-0") == 3
    (folder / "picture.txt").unlink()
    again = outside("archive", "add", folder, home=home)
    assert (again.returncode, again.stdout.count("未变")) == (0, 3)
    listed = outside("archive", "list", "--json", home=home).stdout.splitlines()
    assert [json.loads(line)["items"] for line in listed] == [36, 36, 37]
    assert outside("archive", "verify", home=home).returncode == 0
    found = outside("ask", "search", "防汛", "--json", home=home)
    assert json.loads(found.stdout)["total"] > 0
    without = outside("ask", "search", "防汛", "-检查", "--json", home=home)
    assert 0 < json.loads(without.stdout)["total"] < json.loads(found.stdout)["total"]
    assert outside("ask", "search", "防汛", "--colum", home=home).returncode == 2
    assert outside("ask", "search", "并无此词之事", home=home).stdout.strip() == "查无记载"
    shown = outside("archive", "show", "云陵月报-2025-04", "1", home=home)
    assert shown.returncode == 0
    assert outside("archive", "show", "没有这一期", home=home).returncode == 4
    (home / "archive.sqlite3").write_bytes(b"not a database" * 100)
    assert outside("archive", "list", home=home).returncode == 4


def test_standard_input_and_output(tmp_path):
    run = outside("read", "-", home=tmp_path, stdin=SMALL)
    assert run.returncode == 0
    assert json.loads(run.stdout)["source"]["name"] == "-"


def test_demo_runs_twice_and_stops_on_ctrl_c(tmp_path):
    home = tmp_path / "demo"
    first = outside("demo", "--no-serve", "--home", home, home=tmp_path)
    assert first.returncode == 0, first.stderr
    assert "收稿 59 篇，不予收存 1 篇" in first.stderr
    books = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in home.iterdir() if p.suffix in (".pdf", ".txt")}
    assert len(books) == 4
    process = subprocess.Popen([*PROGRAM, "demo", "--home", str(home), "--port", "0"], stderr=subprocess.PIPE, text=True, encoding="utf-8",
                               env={**os.environ, "YUEBAO_HOME": str(tmp_path), "PYTHONIOENCODING": "utf-8"})
    said = ""
    deadline = time.monotonic() + 60
    while "http://" not in said and time.monotonic() < deadline:
        said += process.stderr.readline()
    process.send_signal(signal.SIGINT)
    said += process.communicate(timeout=30)[1]
    assert "http://127.0.0.1:" in said
    assert "新入库 0 期，未变 12 期" in said
    assert "收稿" not in said
    assert process.returncode == 0
    assert "Traceback" not in said
    assert books == {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in books}


