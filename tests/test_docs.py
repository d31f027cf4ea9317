"""The documentation is true: generated pages are current, examples run, links lead somewhere, what is public says what it does."""

import contextlib
import importlib
import importlib.util
import inspect
import io
import json
import os
import pkgutil
import re
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

import yuebao
from yuebao import cli, model, pipeline, samples
from yuebao.cli import saying

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
README, README_ZH, COMMANDS = ROOT / "README.md", ROOT / "README.zh-CN.md", DOCS / "commands.md"
PAGES = [README, README_ZH, ROOT / "CHANGELOG.md", *sorted(DOCS.glob("*.md"))]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")


@pytest.fixture(scope="module")
def generate():
    """docs/generate.py as a module."""
    sys.path.insert(0, str(DOCS))  # as when it is run: it has modules beside it
    spec = importlib.util.spec_from_file_location("docs_generate", DOCS / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(path):
    return path.read_text(encoding="utf-8")


def blocks(page, language):
    return [body for name, body in FENCE.findall(read(page)) if name == language]


def headings(page):
    """The headings of a page outside of code: level and words."""
    return [(len(h[1]), h[2].strip()) for h in re.finditer(r"^(#+) (.*)$", FENCE.sub("", read(page)), re.MULTILINE)]


# ---- generated pages ----


def test_generated_pages_are_current(generate):
    stale = [str(path.relative_to(ROOT)) for path in generate.stale()]
    assert not stale, f"run: python docs/generate.py — stale: {', '.join(stale)}"


def test_a_stale_page_is_seen(generate):
    text = read(DOCS / "glossary.md").replace("条目", "条文")
    assert generate.filled(text, "glossary.md") == read(DOCS / "glossary.md")
    with pytest.raises(ValueError, match="no block nonsense"):
        generate.filled("<!-- generated: nonsense -->\n<!-- end -->", "page.md")


def test_every_command_has_its_section(generate):
    sections = [words for level, words in headings(COMMANDS) if level == 2]
    for name, command in generate.commands():
        assert sections.count(name) == 1, name
        assert read(COMMANDS).count(command.help) == 2, f"{name}: in the list and in its section"


def test_every_field_is_described_once(generate):
    said = generate.said_of_fields()
    fields = {(cls.__name__, name) for cls in generate.values() for name in cls.__dataclass_fields__}
    assert set(said) == fields
    assert all(said.values())
    in_a_layer = {cls.__name__ for cls in model.LAYERS.values()}
    for cls in generate.values():
        assert cls.__name__ in in_a_layer or f"<!-- generated: fields {cls.__name__} -->" in read(DOCS / "format.md"), cls


# ---- the schemas ----


@pytest.mark.parametrize("path", samples.paths(), ids=lambda path: path.stem)
def test_schemas_hold_for_the_samples(path):
    issue, source = pipeline.read_bytes(path.name, path.read_bytes())
    findings = pipeline.proof_issue(issue, source)
    for name, document in (("issue-1.json", issue), ("findings-1.json", findings)):
        schema = json.loads(read(DOCS / "schema" / name))
        checker = jsonschema.Draft202012Validator(schema)
        checker.check_schema(schema)
        data = json.loads(model.to_json(document))
        checker.validate(data)
        assert not checker.is_valid(data | {"extra": 1})
        assert not checker.is_valid({key: value for key, value in data.items() if key != "source"})


# ---- examples ----


def commands_of(block):
    """The commands of a console block, each with the lines that it should say."""
    out = []
    for line in block.splitlines():
        if line.startswith("$ "):
            out.append((line[2:], []))
        else:
            out[-1][1].append(line.rstrip())
    return out


def pattern(lines):
    """What matches the lines: a line of … stands for any lines or none, … within a line for any characters."""
    parts = [
        r"(?:.*\n)*?" if line.strip() == "…" else ".*?".join(map(re.escape, line.split("…"))) + r" *\n"
        for line in lines]
    return re.compile("".join(parts))


@pytest.mark.parametrize(("lines", "said", "fits"), [
    (["a", "…", "c"], "a\nb\nb\nc\n", True),
    (["a", "…", "c"], "a\nc\n", True),
    (["a … c"], "a b c\n", True),
    (["a"], "a\nb\n", False),
    (["a", "b"], "a\n", False),
    ([], "a\n", False),
    (["1.0"], "1x0\n", False),
])
def test_what_an_example_says_is_compared(lines, said, fits):
    assert bool(pattern(lines).fullmatch(said)) is fits


NEEDS_SHELL = re.compile(r"[;|>$*?[\]'\"]")


@pytest.fixture
def say(home, tmp_path, monkeypatch):
    """Run a command in a folder of its own, with an archive of its own; (exit status, all that it said, in order).

    What needs no shell runs in this process: a process of its own for each would take a minute.
    """
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONUNBUFFERED", "1")  # so that both streams of a process come in order
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("YUEBAO_LANG", "YUEBAO_FONTS"):
        monkeypatch.delenv(name, raising=False)

    def run(command):
        if not command.startswith("yuebao ") or NEEDS_SHELL.search(command):
            ended = subprocess.run(
                ["bash", "-c", command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120, check=False,
                env=os.environ | {"YUEBAO_HOME": str(home)})
            return ended.returncode, ended.stdout.decode()
        monkeypatch.setattr(sys, "argv", command.split())
        said = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), pytest.raises(SystemExit) as ended:
            cli.main()
        return ended.value.code or 0, said.buffer.getvalue().decode()

    yield run
    saying.state.update(language="zh", quiet=False)


def wrong_examples(page, say):
    """What the commands of a page said that it does not say, or failed at; one that is to fail shows its status by itself."""
    for block in blocks(page, "console"):
        for command, lines in commands_of(block):
            status, said = say(command)
            expected = 1 if "yuebao proof" in command and "echo" not in command else 0
            if status != expected or not pattern(lines).fullmatch(said):
                yield f"$ {command}\n{said}exit status {status}"


def test_examples_of_the_commands_run(say):
    assert not list(wrong_examples(COMMANDS, say))


def test_the_first_ten_minutes_run(say):
    may = samples.paths()[1]
    shutil.copy(may, "issue.txt")
    shutil.copy(samples.outline_path(may), "issue.outline.txt")
    assert not list(wrong_examples(README, say))
    assert Path("issue.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("page", [README, README_ZH, DOCS / "format.md"], ids=lambda page: page.name)
def test_python_of_the_pages_runs(page, tmp_path, monkeypatch, capsys):
    shutil.copy(samples.paths()[0], tmp_path / "issue.txt")
    shutil.copytree(DOCS / "examples", tmp_path / "docs" / "examples")
    monkeypatch.chdir(tmp_path)
    found = blocks(page, "python")
    assert found
    for code in found:
        exec(compile(code, page.name, "exec"), {})
    assert capsys.readouterr().out.strip()


# ---- pages ----


def test_both_readmes_say_the_same():
    assert [level for level, _ in headings(README)] == [level for level, _ in headings(README_ZH)]
    for language in ("console", "python"):
        assert blocks(README, language) == blocks(README_ZH, language)
    without_comments = [[re.sub(r"\s*#.*", "", block) for block in blocks(page, "sh")] for page in (README, README_ZH)]
    assert without_comments[0] == without_comments[1]
    pictures = [re.findall(r"!\[.+?\]\((.+?)\)", read(page)) for page in (README, README_ZH)]
    assert pictures[0] == pictures[1]
    assert len(pictures[0]) == 2


def slugs(page):
    """The anchors of a page's headings, as GitHub makes them."""
    return {re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-") for _, words in headings(page)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    broken = []
    for target in LINK.findall(FENCE.sub("", read(page))):
        if target.startswith("http"):
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        if not there.exists() or (anchor and anchor not in slugs(there)):
            broken.append(target)
    assert not broken


def test_make_knows_what_the_readme_tells():
    targets = set(re.findall(r"^(\w+):", read(ROOT / "Makefile"), re.MULTILINE))
    for page in (README, README_ZH):
        told = set(re.findall(r"^make (\w+)", "".join(blocks(page, "sh")), re.MULTILINE))
        assert told == {"demo", "test", "bench"} <= targets


def test_pictures_are_small():
    for path in (DOCS / "pictures").glob("*.png"):
        assert path.stat().st_size <= 250_000, path.name


# ---- what is public ----


def public():
    """Every function and class that the package and its rooms offer: those in `__all__`, or else those made in the room's own `__init__`.

    The fields of the documents are held by `test_every_field_is_described_once`.
    """
    rooms = [yuebao, *(importlib.import_module(f"yuebao.{room.name}") for room in pkgutil.iter_modules(yuebao.__path__) if room.ispkg)]
    for room in rooms:
        own = [name for name, value in vars(room).items() if not name.startswith("_") and getattr(value, "__module__", "") == room.__name__]
        for name in getattr(room, "__all__", own):
            value = getattr(room, name)
            if inspect.isfunction(value) or inspect.isclass(value):
                yield f"{room.__name__}.{name}", value


def says_nothing(value):
    """Whether a function or class has no docstring of its own: a dataclass without one is given its signature."""
    words = (value.__doc__ or "").strip()
    return not words or words.startswith(f"{value.__name__}(")


def test_what_is_public_says_what_it_does(home):  # noqa: ARG001 (what speaks to the database is loaded with Django ready)
    found = dict(public())
    assert {"yuebao.read_issue", "yuebao.archive.add", "yuebao.ask.search", "yuebao.read.read"} <= set(found)
    assert not [name for name, value in found.items() if says_nothing(value)]


@pytest.mark.parametrize("room", [m.name for m in pkgutil.iter_modules(yuebao.__path__)])
def test_every_room_says_what_it_is(room):
    assert (importlib.import_module(f"yuebao.{room}").__doc__ or "").strip()


def test_what_is_public_stays_what_it_is(home):  # noqa: ARG001
    assert dict(public()) == dict(public())
    assert inspect.isfunction(importlib.import_module("yuebao.ask").who)
