"""The commands of the archive: add, list, show, verify, rebuild, and people's decisions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from yuebao.cli.saying import AsJson, DecidedBy, Home, Outline, end, note, open_archive, progress, rebuild_derived, said, state, tell
from yuebao.errors import UsageError
from yuebao.model import Column, canonical, to_json

archive_app = typer.Typer(no_args_is_help=True, help="存档：入库、列出、查看、核验、重建。")
CURES = {
    "rebuild": ("可用 yuebao archive rebuild 修复", "mend it with `yuebao archive rebuild`"),
    "restore": ("须从备份恢复", "restore a backup"),
}


@archive_app.command("add")
def archive_add(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE-OR-FOLDER…", help="文件，或整个文件夹（其中的 .txt 和 .json）。")],
    outline: Outline = None, home: Home = None, as_json: AsJson = False,
) -> None:
    """入库：同一文件再次入库不变；改动过的文件成为新版本，旧版保留。中断后重来即可接着做。"""
    from yuebao import archive

    open_archive(home)
    counts: dict[str, int] = {}
    status = 0
    with progress(said("入库", "adding"), 2) as advance:
        for added in archive.add(paths, outline, on_progress=lambda done, of, _: advance(done, of)):
            counts[added.state] = counts.get(added.state, 0) + 1
            if added.error:
                tell(added.error, as_json)
                status = added.error.exit_status
            if as_json:
                print(canonical({"path": str(added.path), "key": added.key, "state": added.state}))
            elif added.state != "refused":
                print(f"{_state_word(added.state)} {added.key} ← {added.path}")
    total = "，".join(f"{_state_word(state)} {n}" for state, n in counts.items()) or said("没有可入库的文件", "nothing to add")
    note(f"共 {sum(counts.values())} 个文件：{total}", f"{sum(counts.values())} files: {total}")
    end(status)


def _state_word(state: str) -> str:
    return said({"added": "新入库", "unchanged": "未变", "revised": "新版本", "refused": "未收"}[state], state)


@archive_app.command("list")
def archive_list(home: Home = None, as_json: AsJson = False) -> None:
    """列出已存的各期。"""
    from yuebao import archive

    open_archive(home)
    lines = archive.issues()
    if as_json:
        for line in lines:
            print(canonical({name: _plain(getattr(line, name)) for name in line.__slots__}))
        return
    table = Table(box=None, pad_edge=False)
    for heading in said("键 年 期 总期 条 版本 原文件", "key year number serial items revisions source").split():
        table.add_column(heading, overflow="fold")
    for line in lines:
        cells = (line.key, line.year, line.number, line.serial_number, line.items, line.revisions, line.source_name)
        table.add_row(*("" if c is None else str(c) for c in cells))
    if lines:
        Console().print(table)
    else:
        note("存档里还没有任何一期；用 yuebao archive add 入库。", "The archive is empty; add issues with `yuebao archive add`.")


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value


@archive_app.command("show")
def archive_show(
    key: Annotated[str, typer.Argument(metavar="KEY", help="期的键，见 archive list。")],
    item: Annotated[int | None, typer.Argument(metavar="[ITEM]", help="条目号；不给则列出全期目录。")] = None,
    home: Home = None, as_json: AsJson = False,
) -> None:
    """查看一期的目录，或其中一条的全文；--json 给出期次文档。"""
    from yuebao import archive

    open_archive(home)
    issue = archive.show(key)
    if as_json:
        print(to_json(issue))
        return
    if item is not None:
        found = next((i for i in issue.items() if i.number == item), None)
        if found is None:
            raise UsageError("E203", reason=said(f"{key} 没有第 {item} 条", f"{key} has no item {item}"), command="archive show")
        print(found.text)
        return
    print(key, issue.masthead.title, f"（总第{issue.masthead.serial_number}期）" if issue.masthead.serial_number else "")
    _print_columns(issue.columns, 0)


def _print_columns(columns: Iterable[Column], depth: int) -> None:
    for column in columns:
        print("  " * depth + (column.title or said("（无栏目）", "(no column)")))
        for item in column.items:
            page = f"（{item.page}）" if item.page else ""
            print("  " * (depth + 1) + f"{item.number} {item.headline or item.text[:30]}{page}")
        _print_columns(column.columns, depth + 1)


@archive_app.command("verify")
def archive_verify(home: Home = None, as_json: AsJson = False) -> None:
    """核验：逐期重算哈希，核对条目与索引。有不符之处，退出状态为 4。"""
    from yuebao import archive

    archive.setup(home)
    faults = archive.verify()
    for fault in faults:
        if as_json:
            print(canonical({"kind": fault.kind, "key": fault.key, "message": fault.message(), "cure": fault.cure}))
        else:
            cure = said(*CURES[fault.cure])
            print(f"{fault.key or said('存档', 'archive')} {fault.message(str(state['language']))}；{cure}")
    if not faults:
        note(f"{len(archive.issues())} 期全部相符", f"{len(archive.issues())} issues, all as recorded")
    end(4 if faults else 0)


@archive_app.command("rebuild")
def archive_rebuild(home: Home = None) -> None:
    """重建：由原始记录重新生成标注、人物、校对意见和索引；记录本身不动。"""
    from yuebao import archive

    archive.setup(home)
    count = len(archive.issues())
    rebuild_derived(count, stale_only=False)
    note(f"已重建 {count} 期", f"{count} issues rebuilt")


@archive_app.command("merge")
def archive_merge(
    one: Annotated[str, typer.Argument(metavar="NAME[#N]", help="人名；同名者写上 ask who 列出的编号。")],
    other: Annotated[str, typer.Argument(metavar="NAME[#N]", help="应与前者合为一人的人名。")],
    by: DecidedBy = None, home: Home = None, as_json: AsJson = False,
) -> None:
    """合并：认定两处记载是同一个人。记入处理记录，可撤销，重建后仍然有效。"""
    open_archive(home)
    _show_decision(register().merge(one, other, by), as_json)


@archive_app.command("split")
def archive_split(
    name: Annotated[str, typer.Argument(metavar="NAME[#N]", help="人名；同名者写上 ask who 列出的编号。")],
    items: Annotated[list[str], typer.Argument(metavar="KEY/ITEM…", help="说的是另一个人的条目，如 云陵月报-2025-04/22。")],
    by: DecidedBy = None, home: Home = None, as_json: AsJson = False,
) -> None:
    """拆分：认定这几条说的是另一个同名的人。记入处理记录，可撤销，重建后仍然有效。"""
    open_archive(home)
    _show_decision(register().split(name, [_item_place(item) for item in items], by), as_json)


@archive_app.command("undo")
def archive_undo(
    decision: Annotated[str, typer.Argument(metavar="DECISION", help="处理编号的前几位，见 archive decisions。")],
    by: DecidedBy = None, home: Home = None, as_json: AsJson = False,
) -> None:
    """撤销一条处理；撤销本身也记入处理记录。"""
    open_archive(home)
    _show_decision(register().undo(decision, by), as_json, is_undone=True)


@archive_app.command("decisions")
def archive_decisions(home: Home = None, as_json: AsJson = False) -> None:
    """列出处理记录：合并、拆分、撤销。"""
    open_archive(home)
    from yuebao.archive import decisions

    for decided in decisions.decisions():
        _show_decision(decided, as_json, is_undone=decided.is_undone)


def register() -> Any:
    """The register of the archive, loaded when it is first asked for."""
    from yuebao.archive import register as found

    return found


def _item_place(text: str) -> tuple[str, int]:
    """Issue key and item number of 云陵月报-2025-04/22. Raises UsageError E203."""
    key, _, number = text.rpartition("/")
    if not key or not number.isascii() or not number.isdigit() or len(number) > 9:
        reason = said(f"条目 {text}（应为 期的键/条目号）", f"item {text} (KEY/ITEM is wanted)")
        raise UsageError("E203", reason=reason, command="archive split")
    return key, int(number)


def _show_decision(decided: Any, as_json: bool, is_undone: bool = False) -> None:
    if as_json:
        print(canonical({
            "kind": decided.kind, "statement": decided.statement, "decided_by": decided.decided_by, "digest": decided.digest,
            "decided_at": decided.decided_at.isoformat(), "undone": is_undone,
        }))
        return
    kinds = {"merge": ("合并", "merge"), "split": ("拆分", "split"), "undo": ("撤销", "undo"),
             "accept": ("采纳校对意见", "accept"), "waive": ("不采纳校对意见", "waive")}
    words = [decided.digest[:8], f"{decided.decided_at:%Y-%m-%d}", said(*kinds.get(decided.kind, (decided.kind, decided.kind)))]
    words += [decided.decided_by] if decided.decided_by else []
    words += decided.statement.get("names", []) + [spot["stood_in"] for spot in decided.statement.get("spots", ())]
    words += [decided.statement["of"][:8]] if decided.kind == "undo" else []
    words += [decided.statement[name] for name in ("issue", "reason") if name in decided.statement]
    print("  ".join(words) + (said("（已撤销）", " (taken back)") if is_undone else ""))
