"""The command that counts: ask count."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from yuebao import pipeline
from yuebao.cli.saying import AsJson, Home, note, open_archive
from yuebao.model import canonical

app = typer.Typer()


@app.command("count")
def ask_count(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="数什么：column、county、month、meetings、signed、first、person。")],
    year: Annotated[int | None, typer.Option("--year", help="只看某年。")] = None,
    person: Annotated[str | None, typer.Option("--person", help="kind 为 person 时写明一人；不作多人排名。")] = None,
    rows: Annotated[bool, typer.Option("--rows", help="逐个数字列出所据各条的出处。")] = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="写成 .csv、.svg 或 .png。")] = None,
    series: Annotated[str | None, typer.Option("--series", help="存档里有几种资料时，写明资料名称。")] = None,
    home: Home = None, as_json: AsJson = False,
) -> None:
    """统计：按栏目、县区、月份数条目，数会议、签约金额、初见的项目和机构；每个数字都能查到所据各条。"""
    open_archive(home)
    from yuebao.ask import counting, rolling

    made = counting.count(kind, rolling.events_of(year, rolling.series_of(series)), person)
    if output is not None:
        pipeline.write_whole(output, counting.file_of(made, output.suffix.lower().lstrip(".")))
        note(f"已成 {output}", f"made {output}")
    elif as_json:
        cells = [{"row": row, "column": column, "value": cell.value, "citations": [c.text() for c in cell.citations]}
                 for (row, column), cell in sorted(made.cells.items())]
        print(canonical({"title": made.title, "unit": made.unit, "cells": cells}))
    else:
        print(f"{made.title}（{made.unit}）")
        print("\n".join("\t".join(row) for row in made.table()))
    if rows:
        for (row, column), cell in sorted(made.cells.items()):
            print(f"{row} {column} {cell.value:g}: " + "；".join(c.text() for c in cell.citations))
