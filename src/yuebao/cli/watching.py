"""The command that watches a folder for copy: each file that comes to lie in it is taken once, as soon as it is whole."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from yuebao import pipeline
from yuebao.cli.saying import Home, note, open_archive, said, tell
from yuebao.compile.register import REGISTERS, Registered
from yuebao.errors import InputError, UsageError

if TYPE_CHECKING:
    from yuebao.desk.copy import Outcome
    from yuebao.desk.models import Account, DeskIssue

app = typer.Typer()

UNFINISHED = (".tmp", ".part", ".crdownload", ".download")  # what is still being written, by whoever writes it
Form = tuple[int, int]  # of a file: its size and when it was written


@app.command("watch")
def watch(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="看守的文件夹；子文件夹名作供稿单位，其中可有来稿登记.tsv。")],
    issue: Annotated[str, typer.Option("--issue", help="收进哪一期，如 2026-1。")],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="以哪个账号收稿。")],
    every: Annotated[float, typer.Option("--every", min=0.1, help="每隔几秒看一次。")] = 5.0,
    once: Annotated[bool, typer.Option("--once", help="收完现有的文件即止。")] = False,
    home: Home = None,
) -> None:
    """看守一个文件夹，来一篇收一篇；原文件不动，按 Ctrl-C 停止。"""
    open_archive(home)
    account, held = _account(by), _issue(issue)
    watched = Watched(folder)
    note(f"正在看守 {folder}（按 Ctrl-C 停止）", f"watching {folder} (Ctrl-C stops)")
    while True:
        for path in watched.whole():
            _take(held, path, folder, account)
        if once and not watched.waiting:
            return
        time.sleep(every)


class Watched:
    """A folder that is looked at again and again. A file is whole once two looks have found it the same."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise InputError("E104", name=str(folder))
        self.folder = folder
        self.waiting: dict[Path, Form] = {}
        self._given: dict[Path, Form] = {}

    def whole(self) -> Iterator[Path]:
        """The files that are whole and new, or written anew, in order; each is given once."""
        seen = dict(self._files())
        given = {path: form for path, form in seen.items() if self.waiting.get(path) == form}
        self.waiting = {path: form for path, form in seen.items() if path not in given and self._given.get(path) != form}
        self._given |= given
        yield from sorted(given)

    def _files(self) -> Iterator[tuple[Path, Form]]:
        for path in self.folder.rglob("*"):
            if path.name.startswith((".", "~$")) or path.suffix.lower() in UNFINISHED or path.name in REGISTERS:
                continue
            try:
                status = path.stat()
            except OSError:  # gone since it was listed
                continue
            if path.is_file() and self._given.get(path) != (form := (status.st_size, status.st_mtime_ns)):
                yield path, form


def _take(issue: DeskIssue, path: Path, folder: Path, by: Account) -> None:
    """Take a file, as the register beside it says, else in the name of the sub-folder that it lies in; and tell what became of it."""
    from yuebao.desk import copy

    inside = path.relative_to(folder).parts
    beside = [path.parent / name for name in REGISTERS if (path.parent / name).is_file()]
    try:
        files = [(each.name, pipeline.read_file(each)) for each in (*beside, path)]
        for outcome in copy.take_all(issue, files, by=by, said=Registered(contributor=inside[0] if len(inside) > 1 else None)):
            _tell(outcome)
    except InputError as error:  # anything else ends the watch: taken up again, it loses nothing
        tell(error)


def _tell(outcome: Outcome) -> None:
    if outcome.error is not None:
        tell(outcome.error)
    elif outcome.clipping is not None and outcome.state == "taken":
        print(said(f"第 {outcome.clipping.number} 号  {outcome.name}", f"no. {outcome.clipping.number}  {outcome.name}"), flush=True)


def _account(name: str) -> Account:
    from yuebao.desk.models import Account
    from yuebao.desk.permissions import may

    found = Account.objects.filter(name=name).first()
    if found is None or not may(found, "submit copy"):
        raise UsageError("E221", reason=said(f"账号 {name} 不能收稿", f"{name} may not take copy"))
    return found


def _issue(text: str) -> DeskIssue:
    from yuebao.desk.models import DeskIssue

    named = re.fullmatch(r"(\d{4})-(\d{1,3})", text)
    in_hand = DeskIssue.objects.filter(kind="regular").exclude(stage="signed")
    found = list(in_hand.filter(year=int(named[1]), number=int(named[2]))) if named else []
    if len(found) != 1:
        reason = said(f"编辑台上没有在编的 {text} 期（应写成 2026-1）", f"no issue {text} in hand (2026-1 is wanted)")
        raise UsageError("E203", reason=reason, command="desk watch")
    return found[0]
