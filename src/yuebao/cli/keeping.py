"""The commands that carry the archive: export, import, backup, restore, tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from yuebao import pipeline
from yuebao.cli.saying import Home, note, open_archive, progress, said
from yuebao.publish import WRITERS

app = typer.Typer()


@app.command("export")
def archive_export(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="写到哪个文件夹（须尚不存在）。")],
    to: Annotated[str, typer.Option("--to", help=f"各期另附成书，可并列：{','.join(sorted(WRITERS))}；写作空串则不附。")] = "pdf",
    home: Home = None,
) -> None:
    """导出：全部原文、期次文档、处理记录和成书，存为 BagIt 包，不用本程序也能读。"""
    from yuebao import archive

    open_archive(home)
    formats = [format for format in to.split(",") if format]
    _carry(said("导出", "exporting"), lambda step: archive.export_bag(folder, formats, step), said("已导出", "exported"), f"→ {folder}")


@app.command("import")
def archive_import(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="导出的 BagIt 包。")], home: Home = None,
) -> None:
    """导入：把导出的包放进空的存档，哈希逐一核对；标注、登记、索引重新生成。"""
    from yuebao import archive

    open_archive(home)
    _carry(said("导入", "importing"), lambda step: archive.import_bag(folder, step), said("已导入", "imported"), f"← {folder}")


@app.command("backup")
def archive_backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="写成哪个文件，如 月报备份.zip。")], home: Home = None,
) -> None:
    """备份：全部记录存为一个文件；别人正在使用时也可以做。"""
    from yuebao import archive

    open_archive(home)
    _carry(said("备份", "backing up"), lambda step: archive.backup(file, step), said("已备份", "backed up"), f"→ {file}")


@app.command("restore")
def archive_restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="备份文件。")], home: Home = None,
) -> None:
    """恢复：把备份放进空的存档。"""
    from yuebao import archive

    open_archive(home)
    _carry(said("恢复", "restoring"), lambda step: archive.restore(file, step), said("已恢复", "restored"), f"← {file}")


@app.command("tables")
def archive_tables(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="写到哪个文件夹。")],
    to: Annotated[str, typer.Option("--to", help="形式，可并列：csv、jsonl、parquet、tei。")] = "csv", home: Home = None,
) -> None:
    """导出表格：各期、条目、记事、人物、机构、金额等各成一表，附数据字典，供研究和统计用。"""
    open_archive(home)
    from yuebao.ask import tables

    with progress(said("导出", "exporting"), 2) as advance:
        files = tables.exported([format for format in to.split(",") if format], lambda at, of, _: advance(at, of))
    pipeline.write_folder(folder, files)
    note(f"已写 {len(files)} 个文件 → {folder}", f"{len(files)} files → {folder}")


def _carry(what: str, work: Callable[[Any], Any], done: str, where: str) -> None:
    with progress(what, 2) as advance:
        carried = work(lambda at, of, _: advance(at, of))
    note(f"{done} {carried.issues} 期、{carried.revisions} 个版本、{carried.decisions} 条处理 {where}",
         f"{done} {carried.issues} issues, {carried.revisions} revisions, {carried.decisions} decisions {where}")
