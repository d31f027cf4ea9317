"""The command that makes a draft of a month's copy: compile."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from yuebao import pipeline
from yuebao.cli.saying import HOME_HELP, AsJson, end, load, note, open_archive, progress, said
from yuebao.errors import InputError, UsageError
from yuebao.model import Issue, canonical, to_json

if TYPE_CHECKING:
    from yuebao.compile.draft_figures import Figures
    from yuebao.compile.intake import Refused
    from yuebao.compile.values import Clipping, Difference, Draft

app = typer.Typer()

COMPILED = ".compiled.json"  # beside the draft: where each clause comes from, differences, proposals, gaps
MOST_OF_RUN = 24  # issues of the archive: two years show every habit and every month twice
MOST_SHOWN = 30


@app.command("compile")
def compile_(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="放来稿的文件夹；其中可有来稿登记.tsv。")],
    month: Annotated[str, typer.Option("--month", help="编哪一月，如 2023-08。")],
    output: Annotated[Path, typer.Option("-o", "--output", help="初稿写到哪里（期次文档）；旁边另写 NAME.compiled.json。")],
    run: Annotated[list[str] | None, typer.Option("--run", metavar="FILE", help="往期（可重复）：栏目、体例从中学来。")] = None,
    archive: Annotated[Path | None, typer.Option("--archive", help=f"往期取自存档。{HOME_HELP}")] = None,
    title: Annotated[str | None, typer.Option("--title", help="资料名称；默认同往期。")] = None,
    as_json: AsJson = False,
) -> None:
    """编：一月来稿成一期初稿。同题归并、缩写（句句有出处）、分栏、排序，并列出各稿不一之处和往期有而本月未见的。"""
    from yuebao.compile.draft import masthead_of
    from yuebao.compile.draft_figures import figures_of

    year, number = _month(month)
    earlier, status = _run(run or [], archive, title, as_json)
    clippings, refused = _copy(folder)
    with progress(said("编稿", "compiling"), len(clippings)) as advance:
        draft = pipeline.compile_month(clippings, masthead_of(earlier, year, number, title), earlier, advance)
    issue, _ = pipeline.draft_issue(draft)
    beside = output.with_name(output.name.removesuffix(".json") + COMPILED)
    pipeline.write_whole(beside, (to_json(draft) + "\n").encode())
    pipeline.write_whole(output, (to_json(issue) + "\n").encode())
    figures = figures_of(draft)
    print(canonical(_as_json(figures, refused)) if as_json else "\n".join(_lines(draft, figures, issue, refused)))
    note(f"已写成 {output} 和 {beside}", f"written: {output} and {beside}")
    end(status or (InputError.exit_status if refused else 0))


def _month(text: str) -> tuple[int, int]:
    """Year and month of 2023-08. Raises UsageError E203."""
    found = re.fullmatch(r"(\d{4})-(\d{1,2})", text)
    if not found or not 1 <= int(found[2]) <= 12:
        raise UsageError("E203", reason=said(f"月份 {text}（应如 2023-08）", f"month {text} (such as 2023-08)"), command="compile")
    return int(found[1]), int(found[2])


def _run(files: Sequence[str], home: Path | None, title: str | None, as_json: bool) -> tuple[list[Issue], int]:
    """The back run that is named, and the exit status of reading it."""
    loaded, status = load(files, None, as_json) if files else ([], 0)
    found = [issue for _, issue, _ in loaded]
    if home is not None:
        open_archive(home)
        from yuebao import archive

        keys = [line.key for line in archive.issues() if title is None or line.key.startswith(f"{title}/")]
        found += [archive.show(key) for key in keys[-MOST_OF_RUN:]]
    return found, status


def _copy(folder: Path) -> tuple[list[Clipping], list[Refused]]:
    """The copy in the folder, and what was not taken, told as it comes."""
    from yuebao.compile.intake import Refused

    clippings: list[Clipping] = []
    refused: list[Refused] = []
    with progress(said("收稿", "taking copy"), sum(path.is_file() for path in folder.rglob("*"))) as advance:
        for taken in pipeline.take_folder(folder):
            advance()
            if isinstance(taken, Refused):
                refused.append(taken)
                note(f"{taken.code} {taken.message}\n     {taken.advice}", f"{taken.code} {taken.name} was not taken")
            else:
                clippings.append(taken)
    return clippings, refused


def _as_json(figures: Figures, refused: Sequence[Refused]) -> dict[str, object]:
    return {**figures.to_dict(), "not_taken": [each.to_dict() for each in refused]}


def _lines(draft: Draft, figures: Figures, issue: Issue, refused: Sequence[Refused]) -> Iterator[str]:
    """What the editor reads: the month in figures, its columns, then what is to be looked at."""
    masthead, of = draft.masthead, figures
    title = f"{masthead.title or ''} {masthead.year}-{masthead.month:02}".strip()
    yield said(f"{masthead.title or ''}{masthead.year}年{masthead.month}月 初稿", f"{title}, first draft")
    not_taken = said(f"，不收 {len(refused)} 篇", f", {len(refused)} not taken") if refused else ""
    flagged = said(f"，{of.flagged} 篇须先看", f", {of.flagged} to be looked at first") if of.flagged else ""
    yield said(f"  来稿　{of.texts} 篇{not_taken}{flagged}；不属正文的 {of.left_out} 处已略去",
               f"  copy    {of.texts} texts{not_taken}{flagged}; {of.left_out} passages that are no part of them left out")
    yield said(f"  条目　{of.items} 条，其中 {of.several} 条由几篇同题稿件合成；{of.characters} 字，约 {of.pages} 面",
               f"  items   {of.items}, {of.several} of several reports; {of.characters} characters, about {of.pages} pages")
    yield said(f"  出处　{of.with_source}/{of.clauses} 个小句可指到来稿；没有出处而去掉的 {of.refused} 处",
               f"  sources {of.with_source}/{of.clauses} clauses point at copy; {of.refused} without source taken out")
    yield ""
    for column in issue.columns:
        texts = [item.text.replace("\n", "") for path, item in issue.walk() if path[0] is column]
        name, characters = column.title or said("（未分栏）", "(no column)"), sum(map(len, texts))
        yield said(f"  {len(texts):3} 条　{characters:6} 字　{name}", f"  {len(texts):3} items {characters:6} characters  {name}")
    yield from _listed(
        said("各稿说法不一，请核", "Reports differ; to be looked at"),
        [_difference(each) for n in draft.order for each in draft.stories[n].differences])
    yield from _listed(
        said("往期有而本月未见", "In the back run, not in this month"), [f"{gap.what}　{gap.basis}" for gap in draft.gaps])


def _listed(heading: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield said(f"{heading}（{len(lines)} 处）", f"{heading} ({len(lines)})")
        yield from (f"  {line}" for line in lines[:MOST_SHOWN])
        if len(lines) > MOST_SHOWN:
            yield said(f"  ……另有 {len(lines) - MOST_SHOWN} 处，见 *{COMPILED}", f"  … {len(lines) - MOST_SHOWN} more in *{COMPILED}")


def _difference(difference: Difference) -> str:
    """项目总投资：8.6亿元（17、20号）／6.8亿元（19号）."""
    numbers: dict[str, list[str]] = {}
    for said_by in difference.said:
        numbers.setdefault(said_by.text, []).append(str(said_by.clipping))
    ways = "／".join(f"{text}（{'、'.join(numbers[text])}号）" for text in numbers)
    return f"{difference.about}：{ways}" if difference.about else ways
