"""The commands that make a year of the months: digest, chronicle."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from yuebao import pipeline
from yuebao.cli.saying import DecidedBy, Home, note, open_archive, put, said
from yuebao.errors import UsageError
from yuebao.model import Issue, canonical, to_json

if TYPE_CHECKING:
    from yuebao.ask.rolling import Chronicle

app = typer.Typer()
Year = Annotated[int, typer.Argument(metavar="YEAR", help="哪一年，如 2025。")]
SeriesTitle = Annotated[str | None, typer.Option("--series", help="存档里有几种资料时，写明资料名称。")]
BookFile = Annotated[str | None, typer.Option("-o", "--output", help="写成文件：.docx、.pdf、.json 等；默认打印文字。")]


@app.command()
def digest(year: Year, series: SeriesTitle = None, output: BookFile = None, home: Home = None) -> None:
    """编资料长编：全年各期的每一则记事，依时间排列，逐条注明期、页。"""
    open_archive(home)
    from yuebao.ask import rolling

    of = rolling.series_of(series)
    events = rolling.events_of(year, of)
    give(rolling.digest_document(year, of, events), output)
    note(f"{year} 年资料长编：{len(events)} 则记事", f"source digest of {year}: {len(events)} accounts")


@app.command()
def chronicle(
    year: Year, series: SeriesTitle = None, output: BookFile = None,
    notes: Annotated[bool, typer.Option("--notes", help="逐条注明出处；默认为清稿。")] = False,
    take: Annotated[list[str] | None, typer.Option("--take", metavar="KEY/ITEM", help="认定这一条入选，可重复写。")] = None,
    leave: Annotated[list[str] | None, typer.Option("--leave", metavar="KEY/ITEM", help="认定这一条不入，可重复写。")] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="认定的理由，记入处理记录。")] = None,
    by: DecidedBy = None, home: Home = None,
    format: Annotated[Literal["text", "json"], typer.Option("--format", help="打印的形式。")] = "text",
) -> None:
    """编大事记：依成文标准选录，逐条写明入选、并入或不入及其理由；另出去向表、改动待核表和覆盖情况表。"""
    open_archive(home)
    from yuebao.ask import rolling

    if (take or leave) and not (reason and by):
        lacking = said("认定须写明 --reason 和 --by", "--take and --leave need --reason and --by")
        raise UsageError("E203", reason=lacking, command="chronicle")
    rolling.decide(take or (), "in", reason or "", by)
    rolling.decide(leave or (), "out", reason or "", by)
    made = rolling.chronicle(year, series)
    covered = rolling.coverage(year, made.series)
    if format == "json":
        put(canonical({"fates": rolling.fate_rows(made), "turns": rolling.turn_rows(made), "coverage": covered.rows()}) + "\n", output)
        return
    tables = {"去向": rolling.fate_rows(made), "改动待核": rolling.turn_rows(made), "覆盖": covered.rows()}
    give(rolling.chronicle_document(made, notes), output, tables)
    _tell(made, covered.missing)


def give(document: Issue, output: str | None, tables: dict[str, list[list[str]]] | None = None) -> None:
    """The document as text on standard output, or as the file named, its tables beside it as NAME.TABLE.tsv."""
    if output is None or output == "-":
        put(_text(document), output)
        for name, rows in (tables or {}).items():
            put(f"\n【{name}】\n" + tsv(rows), output)
        return
    path = Path(output)
    if path.suffix == ".json":
        pipeline.write_whole(path, (to_json(document) + "\n").encode())
    elif path.suffix == ".txt":
        pipeline.write_whole(path, _text(document).encode())
    else:
        pipeline.publish_issue(document, path)
    note(f"已成 {path}", f"made {path}")
    for name, rows in (tables or {}).items():
        beside = path.with_suffix(f".{name}.tsv")
        pipeline.write_whole(beside, tsv(rows).encode())
        note(f"已成 {beside}", f"made {beside}")


def _text(document: Issue) -> str:
    lines = [f"{document.masthead.title}（{document.masthead.year}年）"]
    titles: tuple[str | None, ...] = ()
    for path, item in document.walk():
        here = tuple(column.title for column in path)
        if here != titles:
            lines += ["", here[-1] or ""]
            titles = here
        lines.append(item.text)
    return "\n".join([*lines, ""])


def tsv(rows: Sequence[Sequence[str]]) -> str:
    return "".join("\t".join(" ".join(cell.split()) for cell in row) + "\n" for row in rows)


def _tell(made: Chronicle, missing: Sequence[int]) -> None:
    counts = {fate: len(made.of(fate)) for fate in ("in", "into", "out")}  # type: ignore[arg-type]
    note(f"{made.year} 年：入选 {counts['in']}，并入 {counts['into']}，不入 {counts['out']}",
         f"{made.year}: {counts['in']} taken, {counts['into']} merged, {counts['out']} left out")
    if missing:
        months = "、".join(map(str, missing))
        note(f"缺 {months} 月各期，所记不全", f"no issue of the months {months}")
