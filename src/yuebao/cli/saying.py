"""What the commands share: words to the user, results put out, progress, the files and the archive that they name."""

from __future__ import annotations

import sys
from calendar import monthrange
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from yuebao import pipeline
from yuebao.errors import InputError, UsageError, YuebaoError
from yuebao.model import Issue, Source, canonical

state: dict[str, Any] = {"language": "zh", "quiet": False}

Files = Annotated[list[str], typer.Argument(metavar="FILE…", help="原文文件或期次文档，按内容辨别；- 为标准输入。")]
Outline = Annotated[Path | None, typer.Option("--outline", help="栏目提纲：每行一个栏目名，每深一级前加两个空格。")]
Output = Annotated[str | None, typer.Option("-o", "--output", help="输出到文件；要么写全，要么不写。")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON。")]
DecidedBy = Annotated[str | None, typer.Option("--by", help="处理人，记入处理记录。")]
Order = Literal["date", "relevance"]
Brief = Annotated[Path | None, typer.Option("--brief", help="另编成专题汇编：.docx、.pdf 等，条条注明出处。")]
HOME_HELP = "存档所在文件夹；默认取环境变量 YUEBAO_HOME，再默认 ~/.yuebao。"
Home = Annotated[Path | None, typer.Option("--home", "--archive", help=HOME_HELP)]


def said(chinese: str, english: str) -> str:
    return english if state["language"] == "en" else chinese


def note(chinese: str, english: str) -> None:
    """A word to the user, on standard error; silent with --quiet."""
    if not state["quiet"]:
        print(said(chinese, english), file=sys.stderr)


def tell(error: YuebaoError, as_json: bool = False) -> None:
    """An error on standard error: its code, what happened, what to do."""
    if as_json:
        print(canonical({"error": error.to_dict()}), file=sys.stderr)
    else:
        language = str(state["language"])
        print(f"{error.code} {error.message(language)}\n     {error.advice(language)}", file=sys.stderr)


def put(text: str, output: str | None) -> None:
    """The result, to standard output or whole to a file."""
    if output is None or output == "-":
        sys.stdout.write(text)
    else:
        pipeline.write_whole(Path(output), text.encode("utf-8"))


@contextmanager
def progress(what: str, total: int) -> Iterator[Any]:
    """A bar on a terminal for anything of more than one step; `advance()` moves it."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"), TimeRemainingColumn())
    is_off = state["quiet"] or total < 2 or not sys.stderr.isatty()
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=bool(is_off)) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done=None, of=None: bar.update(task, completed=done, total=of) if done is not None else bar.advance(task)


def publish_brief(document: Issue, path: Path) -> None:
    """Publish a brief, and say so."""
    pipeline.publish_issue(document, path)
    note(f"已编成 {path}", f"made {path}")


def bytes_of(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == "-" else pipeline.read_file(Path(name))


def load(names: Sequence[str], outline: Path | None, as_json: bool) -> tuple[list[tuple[str, Issue, Source | None]], int]:
    """Each file that can be read, with its name; and the exit status: 0, or that of the last error, told as it came."""
    text = pipeline.read_outline(outline) if outline else None
    out: list[tuple[str, Issue, Source | None]] = []
    status = 0
    with progress(said("读取", "reading"), len(names)) as advance:
        for name in names:
            try:
                out.append((name, *pipeline.read_bytes(Path(name).name, bytes_of(name), text)))
            except InputError as error:
                tell(error, as_json)
                status = error.exit_status
            advance()
    return out, status


def end(status: int) -> None:
    if status:
        raise typer.Exit(status)


def open_archive(home: Path | None) -> None:
    """Make the archive ready; what an older version of the program derived is made anew first, which it says."""
    from yuebao import archive

    archive.setup(home)
    stale = archive.stale()
    if stale:
        note(f"程序已更新，重新生成 {len(stale)} 期的标注与索引", f"the program is newer: {len(stale)} issues are derived anew")
        rebuild_derived(len(stale), stale_only=True)


def rebuild_derived(count: int, stale_only: bool) -> None:
    from yuebao import archive

    with progress(said("重建", "rebuilding"), count) as advance:
        archive.rebuild(lambda done, of, _: advance(done, of), stale_only=stale_only)


def day_of(text: str | None, is_end: bool) -> date | None:
    """A day from 2025-04-03, 2025-04 or 2025; of a month or year its first, or its last with `is_end`. Raises UsageError E203."""
    if text is None:
        return None
    try:
        year, *rest = (int(part) for part in text.split("-"))
        month = rest[0] if rest else 12 if is_end else 1
        day = rest[1] if len(rest) > 1 else monthrange(year, month)[1] if is_end else 1
        return date(year, month, day)
    except ValueError:
        reason = said(f"日期 {text}（应为 2025-04-03、2025-04 或 2025）", f"date {text} (2025-04-03, 2025-04 or 2025 is wanted)")
        raise UsageError("E203", reason=reason, command="") from None
