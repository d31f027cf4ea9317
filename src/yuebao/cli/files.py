"""The commands on files: read, annotate, proof, collate, publish."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from yuebao import pipeline
from yuebao.cli.saying import AsJson, Files, Outline, Output, bytes_of, day_of, end, load, note, progress, put, said, state
from yuebao.model import Column, Findings, to_json
from yuebao.proof import report
from yuebao.proof.collated import collation_report

app = typer.Typer()


@app.command()
def read(
    files: Files, outline: Outline = None, output: Output = None,
    format: Annotated[Literal["json"], typer.Option("--format", help="输出的形式。")] = "json", as_json: AsJson = False,
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
    if not (output and status):  # a file is written whole or not at all
        put("".join(to_json(issue) + "\n" for _, issue, _ in loaded), output)
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
def proof(
    files: Files, outline: Outline = None, output: Output = None,
    format: Annotated[Literal["text", "json"], typer.Option("--format", help="输出的形式。")] = "text", as_json: AsJson = False,
) -> None:
    """校：列出校对意见（必改、建议、存疑），注明行、页、条。几期一起给出时，期号也互相核对。"""
    as_json = as_json or format == "json"
    loaded, status = load(files, outline, as_json)
    found: list[tuple[str, Findings]] = []
    with progress(said("校对", "proofing"), len(loaded)) as advance:
        for name, issue, source in loaded:
            run = [other.masthead for _, other, _ in loaded if other is not issue]
            found.append((name, pipeline.proof_issue(issue, source, run)))
            advance()
    if as_json:
        text = "".join(to_json(findings) + "\n" for _, findings in found)
    else:
        text = "\n".join(report(findings, str(state["language"])) for _, findings in found)
    if not (output and status):
        put(text, output)
    has_errors = any(f.severity == "error" for _, findings in found for f in findings.findings)
    end(status or int(has_errors))


@app.command()
def collate(
    old: Annotated[str, typer.Argument(metavar="OLD", help="旧稿：文本、PDF 或期次文档。")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="新稿（新校样、排版厂的 PDF）。")],
    decisions: Annotated[Path | None, typer.Option("--decisions", help="旧稿的校对意见（JSON），其中已采纳的逐一核对是否照改。")] = None,
    output: Output = None, as_json: AsJson = False,
) -> None:
    """核红、校异同：两稿逐字比对，列出没有照改的、未经决定改动的、脱漏、重复、移位的文字和变动的目录页码。"""
    accepted = pipeline.read_findings(decisions).findings if decisions else ()
    pair = [(Path(name).name, bytes_of(name)) for name in (old, new)]
    collation = pipeline.collate_files(pair[0], pair[1], accepted)
    put(to_json(collation) + "\n" if as_json else collation_report(collation, str(state["language"])), output)
    end(int(any(f.severity == "error" for f in collation.findings)))


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
