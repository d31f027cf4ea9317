"""The commands of the archive about findings: list them with their numbers, accept, waive."""

from __future__ import annotations

from typing import Annotated

import typer

from yuebao.cli.saying import AsJson, DecidedBy, Home, note, open_archive, said
from yuebao.glossary import SEVERITIES
from yuebao.model import canonical

app = typer.Typer()

Key = Annotated[str, typer.Argument(metavar="KEY", help="期的键，见 archive list。")]


@app.command("findings")
def archive_findings(key: Key, home: Home = None, as_json: AsJson = False) -> None:
    """列出一期的校对意见及编号，供采纳或不采纳；与存档其他各期、任免表等对照的也在内。"""
    from yuebao import archive

    open_archive(home)
    now = archive.standing(key)
    why = now.reasons
    for number, finding in enumerate(now.findings):
        if as_json:
            print(canonical({"number": number, "reason": why.get(number), **finding.to_dict()}))
            continue
        level = said(*SEVERITIES[finding.severity])
        change = f"“{finding.text}”→“{finding.proposal}”" if finding.proposal is not None else finding.message
        waived = said(f"（不采纳：{why[number]}）", f" (waived: {why[number]})") if number in why else ""
        print(f"{number}  {level}  {finding.code}  {change}{waived}")


@app.command("accept")
def archive_accept(
    key: Key, numbers: Annotated[list[int], typer.Argument(metavar="NUMBER…", help="意见的编号，见 archive findings。")],
    by: DecidedBy = None, home: Home = None,
) -> None:
    """采纳：按意见改正原文，成为新版本；旧版保留，给来的文件不动。几条一起给出，要么都改，要么都不改。可用 archive undo 改回。"""
    from yuebao import archive

    open_archive(home)
    archive.accept(key, numbers, by)
    note(f"已照改 {len(set(numbers))} 处，{key} 有了新版本；各条意见已重新编号",
         f"{len(set(numbers))} corrected in a new revision of {key}; its findings are numbered anew")


@app.command("waive")
def archive_waive(
    key: Key, number: Annotated[int, typer.Argument(metavar="NUMBER", help="意见的编号，见 archive findings。")],
    reason: Annotated[str, typer.Option("--reason", help="理由，记入处理记录。")],
    by: DecidedBy = None, home: Home = None,
) -> None:
    """不采纳：说明理由；原文不变，这条意见就不再列出。可用 archive undo 撤销。"""
    from yuebao import archive

    open_archive(home)
    decided = archive.waive(key, number, reason, by)
    note(f"已记入处理记录 {decided.digest[:8]}", f"decision {decided.digest[:8]}")
