"""The commands on files: read, annotate, publish."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from yuebao import pipeline
from yuebao.cli.saying import AsJson, Files, Outline, Output, bytes_of, day_of, end, load, note, open_archive, put, said
from yuebao.model import Column, to_json

app = typer.Typer()


@app.command()
def read(
    files: Files, outline: Outline = None, output: Output = None,
    format: Annotated[Literal["json"], typer.Option("--format", help="输出的形式。")] = "json", as_json: AsJson = False,
    archive: Annotated[Path | None, typer.Option("--archive", help="另附存档登记的提示（标明 register/…）：存档所在文件夹。")] = None,
) -> None:
    """读：把原文读成期次文档（JSON，每期一行），标注日期、人物、职务。存疑之处说在标准错误里。"""
    del format  # there is but one; the option is there for scripts that name it
    loaded, status = load(files, outline, as_json)
    for name, issue, _ in loaded:
        items = issue.items()
        entries = sum(len(item.entries) for item in items)
        note(f"{name}：{_columns_in(issue.columns)} 个栏目，{len(items)} 条，{entries} 则记事",
              f"{name}: {_columns_in(issue.columns)} columns, {len(items)} items, {entries} entries")
        for problem in issue.problems:
            where = said(f"（第 {problem.item} 条）", f" (item {problem.item})") if problem.item else ""
            note(f"  {problem.code} {problem.message}{where}", f"  {problem.code} {problem.message}{where}")
    issues = [issue for _, issue, _ in loaded]
    if archive is not None:
        open_archive(archive)
        from yuebao.archive import register

        issues = [register.suggest(issue) for issue in issues]
    if not (output and status):  # a file is written whole or not at all
        put("".join(to_json(issue) + "\n" for issue in issues), output)
    end(status)


@app.command()
def annotate(
    file: Annotated[str, typer.Argument(metavar="FILE", help="单篇文稿（如一则新闻）；- 为标准输入。")],
    on: Annotated[str | None, typer.Option("--date", help="成稿日期：2023-08-19 或 2023-08；文中没有年份的日期以此为准。")] = None,
    output: Output = None, format: Annotated[Literal["json"], typer.Option("--format", help="输出的形式。")] = "json",
    as_json: AsJson = False,
) -> None:
    """标：给单篇文稿标注日期、人物、职务、机构、地名、数字、活动等，输出一个条目（JSON）。"""
    del format, as_json  # there is but one form; the options are there for scripts that name it
    item = pipeline.annotate_single(Path(file).name, bytes_of(file), day_of(on, is_end=True))
    put(to_json(item) + "\n", output)


def _columns_in(columns: Sequence[Column]) -> int:
    return sum(1 + _columns_in(c.columns) for c in columns)


@app.command()
def publish(
    file: Annotated[str, typer.Argument(metavar="FILE", help="原文文件或期次文档；- 为标准输入。")],
    output: Annotated[str, typer.Option("-o", "--output", help="成书文件，如 issue.pdf。")],
    outline: Outline = None, as_json: AsJson = False,
) -> None:
    """排：按期次文档排成一册书（PDF），目录页码随书而定。"""
    loaded, status = load([file], outline, as_json)
    end(status)
    path = Path(output)
    pipeline.publish_issue(loaded[0][1], path)
    note(f"已排成 {path}（{path.stat().st_size // 1024} KB）", f"set {path} ({path.stat().st_size // 1024} KB)")
