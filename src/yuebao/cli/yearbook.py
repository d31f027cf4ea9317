"""The command that gathers the material of a yearbook, and checks a contributor's draft against the year's issues."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from yuebao import pipeline
from yuebao.cli.rolling import SeriesTitle, Year, give, tsv
from yuebao.cli.saying import Home, bytes_of, note, open_archive, put

app = typer.Typer()


@app.command()
def yearbook(
    year: Year, series: SeriesTitle = None,
    output: Annotated[str | None, typer.Option("-o", "--output", help="写成文件：.docx、.pdf、.json 等；默认打印。")] = None,
    outline: Annotated[Path | None, typer.Option("--outline", help="本单位的类目、分目提纲（TSV）；默认用随程序的提纲。")] = None,
    draft: Annotated[str | None, typer.Option("--check", metavar="DRAFT", help="供稿单位的来稿：与全年各期对照，列出不一之处。")] = None,
    home: Home = None,
) -> None:
    """编年鉴资料：全年记事依提纲归入类目、分目，逐条注明出处；另出归类表、所缺表、改动待核表。--check 只核对来稿。"""
    open_archive(home)
    if draft is not None:
        _check(draft, year, series, output)
        return
    from yuebao.ask import yearbook as ask

    made = ask.yearbook(year, series, pipeline.read_file(outline).decode("utf-8-sig", errors="replace") if outline else None)
    tables = {"归类": ask.filed_rows(made), "所缺": ask.lacking_rows(made), "改动待核": ask.turned_rows(made)}
    give(ask.yearbook_document(made), output, tables)
    unfiled = sum(one.section is ask.UNFILED for one in made.filed)
    note(f"{year} 年鉴资料：{len(made.filed)} 则记事，未归类 {unfiled} 则，各期未载的分目 {len(made.empty)} 个",
         f"yearbook material of {year}: {len(made.filed)} accounts, {unfiled} not filed, {len(made.empty)} sections empty")


def _check(draft: str, year: int, series: str | None, output: str | None) -> None:
    from yuebao.ask import contributed, rolling

    of = rolling.series_of(series)
    item = pipeline.annotate_single(Path(draft).name, bytes_of(draft), date(year, 12, 31))
    checked = contributed.check(item, rolling.events_of(year, of), year, of.place)
    put(tsv(contributed.difference_rows(checked)), output)
    note(f"各期有载 {checked.found} 句，与各期不一 {len(checked.differences)} 处（请核），各期未载 {len(checked.unknown)} 句",
         f"{checked.found} sentences in print, {len(checked.differences)} differences (to be looked at; print may err), "
         f"{len(checked.unknown)} not in print")
