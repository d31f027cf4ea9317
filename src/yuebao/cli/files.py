"""The commands on files: read, annotate, publish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

import typer

from yuebao import pipeline
from yuebao.cli.saying import AsJson, Files, Outline, Output, bytes_of, day_of, end, load, note, open_archive, progress, put, said
from yuebao.errors import UsageError
from yuebao.glossary import said_of
from yuebao.model import Column, Issue, to_json
from yuebao.publish import WRITERS

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
            note(f"  {problem.code} {problem.message}{where}", f"  {problem.code} {said_of(problem, 'en')}{where}")
    issues = [issue for _, issue, _ in loaded]
    if archive is not None:
        open_archive(archive)
        from yuebao.archive import register

        issues = [register.suggest(issue) for issue in issues]
    if not (output and status):  # a file is written whole or not at all
        put("".join(to_json(issue) + "\n" for issue in issues), output)
        pictures = {picture.name: picture.data for _, _, source in loaded if source is not None for picture in source.pictures}
        if output and pictures:
            pipeline.write_folder(Path(output).with_suffix(".pictures"), pictures)
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
    output: Annotated[str, typer.Option("-o", "--output", help="成书文件（如 issue.pdf），或放多种成品的文件夹。")],
    to: Annotated[str | None, typer.Option("--to", help=f"形式，可并列：{','.join(sorted(WRITERS))}。默认依文件名。")] = None,
    style: Annotated[str, typer.Option("--style", help="版式：随程序的版式名，或自己的版式文件夹。")] = "book",
    edition: Annotated[pipeline.Edition, typer.Option("--edition", help="internal 内部版；public 公开版，另出未公开清单。")] = "internal",
    for_print: Annotated[bool, typer.Option("--for-print", help="PDF 供印刷：出血、裁切线、补足四的倍数页。")] = False,
    index: Annotated[Literal["pinyin", "strokes"] | None, typer.Option("--index", help="卷末附人名、主题索引：音序或笔画。")] = None,
    fonts: Annotated[bool, typer.Option("--fonts", help="只列出这一版式所用字体及其授权，不排印。")] = False,
    outline: Outline = None, as_json: AsJson = False,
) -> None:
    """排：按期次文档排成一册书，或转成其他形式；目录页码随书而定。"""
    if fonts:
        _list_fonts(style)
        return
    loaded, status = load([file], outline, as_json)
    end(status)
    _, issue, source = loaded[0]
    setting = replace(pipeline.default_setting(pipeline.pictures_of(Path(file), source)), style=style, for_print=for_print, index=index)
    places = _places(Path(output), to, Path(file).stem)
    with progress(said("排印", "setting"), len(places)) as advance:
        for path, format in places:
            withheld = pipeline.publish_issue(issue, path, setting, format, edition)
            advance()
            size = f"{path.stat().st_size // 1024} KB" if path.is_file() else said("文件夹", "a folder")
            note(f"已排成 {path}（{size}）", f"set {path} ({size})")
            if style == "as-printed" and path.suffix.lower() == ".pdf":
                _tell_misplaced(path, issue)
    if edition == "public":
        listed = places[0][0].with_suffix(".withheld.tsv")
        rows = ["条\t栏目\t范围\t未公开的内容"]
        rows += [f"{w.item}\t{'/'.join(w.path)}\t{'全条' if w.is_whole else '部分'}\t{_one_line(w.text)}" for w in withheld]
        pipeline.write_whole(listed, ("\n".join(rows) + "\n").encode())
        note(f"公开版略去 {len(withheld)} 处，清单（内部）在 {listed}", f"{len(withheld)} passages withheld, listed (internal) in {listed}")


def _list_fonts(style: str) -> None:
    """Every font that the style is set in: what it sets, its file and licence."""
    from yuebao.publish.fonts import font_list
    from yuebao.publish.style import load as load_style

    print("\t".join(said("用途 字族 代用 文件 授权 可嵌入", "role family stands-in file licence embeddable").split()))
    for row in font_list(load_style(style).settings, replace(pipeline.default_setting(), style=style)):
        marks = [said("是", "yes") if mark else "" for mark in (row.stands_in, row.may_embed)]
        print("\t".join((row.role, row.family, marks[0], row.file, row.licence, marks[1])))


def _tell_misplaced(path: Path, issue: Issue) -> None:
    """Which items do not stand on their printed page: the printed number may be the error."""
    from yuebao.publish.printed import misplaced_in

    found = misplaced_in(path.read_bytes(), issue)
    for row in found:
        note(f"  第 {row.item} 条 原第 {row.printed} 页，今第 {row.set} 页：{row.headline}",
             f"  item {row.item}, printed on {row.printed}, now on {row.set}: {row.headline}")
    note(f"不在原页的 {len(found)} 条，请核原目录页码", f"{len(found)} items do not stand on their printed page")


def _places(output: Path, to: str | None, name: str) -> list[tuple[Path, str | None]]:
    """What is to be written where: one file named, or in a folder one for each format."""
    formats = to.split(",") if to else []
    if len(formats) == 1 and (output.suffix or formats == ["html"]):
        return [(output, formats[0])]
    if not formats:
        return [(output, None)]
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError("E202", name=str(output), reason=error.strerror or str(error)) from None
    return [(output / (name if format == "html" else f"{name}.{format}"), format) for format in formats]


def _one_line(text: str) -> str:
    return " ".join(text.split())
