"""The command line: parse, call one library function, show.

Exit status: 0 done; 1 done, with findings of level error; 2 wrong use; 3 input that cannot be read; 4 the archive is damaged or busy;
130 interrupted. Results go to standard output, everything said about them to standard error. `-` is standard input, for `-o` output.
"""

from __future__ import annotations

import json
import os
import sys
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from yuebao import pipeline
from yuebao.errors import InputError, UsageError, YuebaoError
from yuebao.model import Column, Findings, Issue, Source, canonical, to_json
from yuebao.proof import report
from yuebao.proof.collated import collation_report

app = typer.Typer(
    no_args_is_help=True, add_completion=False, rich_markup_mode=None, help="月报、大事记、年鉴：读、校、排、存、查。材料不出本机。")
archive_app = typer.Typer(no_args_is_help=True, help="存档：入库、列出、查看、核验、重建。")
ask_app = typer.Typer(no_args_is_help=True, help="查询存档；每个答案都注明期、页、条。")
app.add_typer(archive_app, name="archive")
app.add_typer(ask_app, name="ask")

INTERRUPTED = 130
CURES = {
    "rebuild": ("可用 yuebao archive rebuild 修复", "mend it with `yuebao archive rebuild`"),
    "restore": ("须从备份恢复", "restore a backup"),
}
_state = {"language": "zh", "quiet": False}

Files = Annotated[list[str], typer.Argument(metavar="FILE…", help="原文文件或期次文档，按内容辨别；- 为标准输入。")]
Outline = Annotated[Path | None, typer.Option("--outline", help="栏目提纲：每行一个栏目名，每深一级前加两个空格。")]
Output = Annotated[str | None, typer.Option("-o", "--output", help="输出到文件；要么写全，要么不写。")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON。")]
DecidedBy = Annotated[str | None, typer.Option("--by", help="处理人，记入处理记录。")]
Order = Literal["date", "relevance"]
HOME_HELP = "存档所在文件夹；默认取环境变量 YUEBAO_HOME，再默认 ~/.yuebao。"
Home = Annotated[Path | None, typer.Option("--home", "--archive", help=HOME_HELP)]


@app.callback()
def _options(
    lang: Annotated[str, typer.Option("--lang", envvar="YUEBAO_LANG", help="提示语言：zh 或 en。")] = "zh",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="只输出结果和错误。")] = False,
) -> None:
    _state.update(language="en" if lang.startswith("en") else "zh", quiet=quiet)


# ---- saying things ----


def _said(chinese: str, english: str) -> str:
    return english if _state["language"] == "en" else chinese


def _note(chinese: str, english: str) -> None:
    """A word to the user, on standard error; silent with --quiet."""
    if not _state["quiet"]:
        print(_said(chinese, english), file=sys.stderr)


def _tell(error: YuebaoError, as_json: bool = False) -> None:
    """An error on standard error: its code, what happened, what to do."""
    if as_json:
        print(canonical({"error": error.to_dict()}), file=sys.stderr)
    else:
        language = str(_state["language"])
        print(f"{error.code} {error.message(language)}\n     {error.advice(language)}", file=sys.stderr)


def _put(text: str, output: str | None) -> None:
    """The result, to standard output or whole to a file."""
    if output is None or output == "-":
        sys.stdout.write(text)
    else:
        pipeline.write_whole(Path(output), text.encode("utf-8"))


@contextmanager
def _progress(what: str, total: int) -> Iterator[Any]:
    """A bar on a terminal for anything of more than one step; `advance()` moves it."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"), TimeRemainingColumn())
    is_off = _state["quiet"] or total < 2 or not sys.stderr.isatty()
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=bool(is_off)) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done=None, of=None: bar.update(task, completed=done, total=of) if done is not None else bar.advance(task)


# ---- reading what is named ----


def _bytes_of(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == "-" else pipeline.read_file(Path(name))


def _load(names: Sequence[str], outline: Path | None, as_json: bool) -> tuple[list[tuple[str, Issue, Source | None]], int]:
    """Each file that can be read, with its name; and the exit status: 0, or that of the last error, told as it came."""
    text = pipeline.read_outline(outline) if outline else None
    out: list[tuple[str, Issue, Source | None]] = []
    status = 0
    with _progress(_said("读取", "reading"), len(names)) as advance:
        for name in names:
            try:
                shown = "standard input" if name == "-" else Path(name).name
                out.append((name, *pipeline.read_bytes(shown, _bytes_of(name), text)))
            except InputError as error:
                _tell(error, as_json)
                status = error.exit_status
            advance()
    return out, status


def _end(status: int) -> None:
    if status:
        raise typer.Exit(status)


@app.command()
def read(
    files: Files, outline: Outline = None, output: Output = None,
    format: Annotated[Literal["json"], typer.Option("--format", help="输出的形式。")] = "json", as_json: AsJson = False,
) -> None:
    """读：把原文读成期次文档（JSON，每期一行），标注日期、人物、职务。存疑之处说在标准错误里。"""
    del format  # there is but one; the option is there for scripts that name it
    loaded, status = _load(files, outline, as_json)
    for name, issue, _ in loaded:
        items = issue.items()
        entries = sum(len(item.entries) for item in items)
        _note(f"{name}：{_columns_in(issue.columns)} 个栏目，{len(items)} 条，{entries} 则记事",
              f"{name}: {_columns_in(issue.columns)} columns, {len(items)} items, {entries} entries")
        for problem in issue.problems:
            where = _said(f"（第 {problem.item} 条）", f" (item {problem.item})") if problem.item else ""
            _note(f"  {problem.code} {problem.message}{where}", f"  {problem.code} {problem.message}{where}")
    if not (output and status):  # a file is written whole or not at all
        _put("".join(to_json(issue) + "\n" for _, issue, _ in loaded), output)
    _end(status)


@app.command()
def annotate(
    file: Annotated[str, typer.Argument(metavar="FILE", help="单篇文稿（如一则新闻）；- 为标准输入。")],
    on: Annotated[str | None, typer.Option("--date", help="成稿日期：2023-08-19 或 2023-08；文中没有年份的日期以此为准。")] = None,
    output: Output = None, format: Annotated[Literal["json"], typer.Option("--format", help="输出的形式。")] = "json",
    as_json: AsJson = False,
) -> None:
    """标：给单篇文稿标注日期、人物、职务、机构、地名、数字、活动等，输出一个条目（JSON）。"""
    del format, as_json  # there is but one form; the options are there for scripts that name it
    name = "standard input" if file == "-" else Path(file).name
    item = pipeline.annotate_single(name, _bytes_of(file), _day(on, is_end=True))
    _put(to_json(item) + "\n", output)


def _columns_in(columns: Sequence[Column]) -> int:
    return sum(1 + _columns_in(c.columns) for c in columns)


@app.command()
def proof(
    files: Files, outline: Outline = None, output: Output = None,
    format: Annotated[Literal["text", "json"], typer.Option("--format", help="输出的形式。")] = "text", as_json: AsJson = False,
) -> None:
    """校：列出校对意见（必改、建议、存疑），注明行、页、条。几期一起给出时，期号也互相核对。"""
    as_json = as_json or format == "json"
    loaded, status = _load(files, outline, as_json)
    found: list[tuple[str, Findings]] = []
    with _progress(_said("校对", "proofing"), len(loaded)) as advance:
        for name, issue, source in loaded:
            run = [other.masthead for _, other, _ in loaded if other is not issue]
            found.append((name, pipeline.proof_issue(issue, source, run)))
            advance()
    if as_json:
        text = "".join(to_json(findings) + "\n" for _, findings in found)
    else:
        text = "\n".join(report(findings, str(_state["language"])) for _, findings in found)
    if not (output and status):
        _put(text, output)
    has_errors = any(f.severity == "error" for _, findings in found for f in findings.findings)
    _end(status or int(has_errors))


@app.command()
def collate(
    old: Annotated[str, typer.Argument(metavar="OLD", help="旧稿：文本、PDF 或期次文档。")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="新稿（新校样、排版厂的 PDF）。")],
    decisions: Annotated[Path | None, typer.Option("--decisions", help="旧稿的校对意见（JSON），其中已采纳的逐一核对是否照改。")] = None,
    output: Output = None, as_json: AsJson = False,
) -> None:
    """核红、校异同：两稿逐字比对，列出没有照改的、未经决定改动的、脱漏、重复、移位的文字和变动的目录页码。"""
    accepted = pipeline.read_findings(decisions).findings if decisions else ()
    pair = [(Path(name).name if name != "-" else "standard input", _bytes_of(name)) for name in (old, new)]
    collation = pipeline.collate_files(pair[0], pair[1], accepted)
    _put(to_json(collation) + "\n" if as_json else collation_report(collation, str(_state["language"])), output)
    _end(int(any(f.severity == "error" for f in collation.findings)))


@app.command()
def publish(
    file: Annotated[str, typer.Argument(metavar="FILE", help="原文文件或期次文档；- 为标准输入。")],
    output: Annotated[str, typer.Option("-o", "--output", help="成书文件，如 issue.pdf。")],
    outline: Outline = None, as_json: AsJson = False,
) -> None:
    """排：按期次文档排成一册书（PDF），目录页码随书而定。"""
    loaded, status = _load([file], outline, as_json)
    _end(status)
    path = Path(output)
    pipeline.publish_issue(loaded[0][1], path)
    _note(f"已排成 {path}（{path.stat().st_size // 1024} KB）", f"set {path} ({path.stat().st_size // 1024} KB)")


# ---- the archive ----


def _open(home: Path | None) -> None:
    """Make the archive ready; what an older version of the program derived is made anew first, which it says."""
    from yuebao import archive

    archive.setup(home)
    stale = archive.stale()
    if stale:
        _note(f"程序已更新，重新生成 {len(stale)} 期的标注与索引", f"the program is newer: {len(stale)} issues are derived anew")
        _rebuild(len(stale), stale_only=True)


def _rebuild(count: int, stale_only: bool) -> None:
    from yuebao import archive

    with _progress(_said("重建", "rebuilding"), count) as advance:
        archive.rebuild(lambda done, of, _: advance(done, of), stale_only=stale_only)


@archive_app.command("add")
def archive_add(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE-OR-FOLDER…", help="文件，或整个文件夹（其中的 .txt 和 .json）。")],
    outline: Outline = None, home: Home = None, as_json: AsJson = False,
) -> None:
    """入库：同一文件再次入库不变；改动过的文件成为新版本，旧版保留。中断后重来即可接着做。"""
    from yuebao import archive

    _open(home)
    counts: dict[str, int] = {}
    status = 0
    with _progress(_said("入库", "adding"), 2) as advance:
        for added in archive.add(paths, outline, on_progress=lambda done, of, _: advance(done, of)):
            counts[added.state] = counts.get(added.state, 0) + 1
            if added.error:
                _tell(added.error, as_json)
                status = added.error.exit_status
            if as_json:
                print(canonical({"path": str(added.path), "key": added.key, "state": added.state}))
            elif added.state != "refused":
                print(f"{_state_word(added.state)} {added.key} ← {added.path}")
    total = "，".join(f"{_state_word(state)} {n}" for state, n in counts.items()) or _said("没有可入库的文件", "nothing to add")
    _note(f"共 {sum(counts.values())} 个文件：{total}", f"{sum(counts.values())} files: {total}")
    _end(status)


def _state_word(state: str) -> str:
    return _said({"added": "新入库", "unchanged": "未变", "revised": "新版本", "refused": "未收"}[state], state)


@archive_app.command("list")
def archive_list(home: Home = None, as_json: AsJson = False) -> None:
    """列出已存的各期。"""
    from yuebao import archive

    _open(home)
    lines = archive.issues()
    if as_json:
        for line in lines:
            print(canonical({name: _plain(getattr(line, name)) for name in line.__slots__}))
        return
    table = Table(box=None, pad_edge=False)
    for heading in _said("键 年 期 总期 条 版本 原文件", "key year number serial items revisions source").split():
        table.add_column(heading, overflow="fold")
    for line in lines:
        cells = (line.key, line.year, line.number, line.serial_number, line.items, line.revisions, line.source_name)
        table.add_row(*("" if c is None else str(c) for c in cells))
    if lines:
        Console().print(table)
    else:
        _note("存档里还没有任何一期；用 yuebao archive add 入库。", "The archive is empty; add issues with `yuebao archive add`.")


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

    _open(home)
    issue = archive.show(key)
    if as_json:
        print(to_json(issue))
        return
    if item is not None:
        found = next((i for i in issue.items() if i.number == item), None)
        if found is None:
            raise UsageError("E203", reason=_said(f"{key} 没有第 {item} 条", f"{key} has no item {item}"), command="archive show")
        print(found.text)
        return
    print(key, issue.masthead.title, f"（总第{issue.masthead.serial_number}期）" if issue.masthead.serial_number else "")
    _print_columns(issue.columns, 0)


def _print_columns(columns: Iterable[Column], depth: int) -> None:
    for column in columns:
        print("  " * depth + (column.title or _said("（无栏目）", "(no column)")))
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
            cure = _said(*CURES[fault.cure])
            print(f"{fault.key or _said('存档', 'archive')} {fault.message(str(_state['language']))}；{cure}")
    if not faults:
        _note(f"{len(archive.issues())} 期全部相符", f"{len(archive.issues())} issues, all as recorded")
    _end(4 if faults else 0)


@archive_app.command("rebuild")
def archive_rebuild(home: Home = None) -> None:
    """重建：由原始记录重新生成标注、人物、校对意见和索引；记录本身不动。"""
    from yuebao import archive

    archive.setup(home)
    count = len(archive.issues())
    _rebuild(count, stale_only=False)
    _note(f"已重建 {count} 期", f"{count} issues rebuilt")


@archive_app.command("merge")
def archive_merge(
    one: Annotated[str, typer.Argument(metavar="NAME[#N]", help="人名；同名者写上 ask who 列出的编号。")],
    other: Annotated[str, typer.Argument(metavar="NAME[#N]", help="应与前者合为一人的人名。")],
    by: DecidedBy = None, home: Home = None, as_json: AsJson = False,
) -> None:
    """合并：认定两处记载是同一个人。记入处理记录，可撤销，重建后仍然有效。"""
    _open(home)
    _show_decision(register().merge(one, other, by), as_json)


@archive_app.command("split")
def archive_split(
    name: Annotated[str, typer.Argument(metavar="NAME[#N]", help="人名；同名者写上 ask who 列出的编号。")],
    items: Annotated[list[str], typer.Argument(metavar="KEY/ITEM…", help="说的是另一个人的条目，如 云陵月报-2025-04/22。")],
    by: DecidedBy = None, home: Home = None, as_json: AsJson = False,
) -> None:
    """拆分：认定这几条说的是另一个同名的人。记入处理记录，可撤销，重建后仍然有效。"""
    _open(home)
    _show_decision(register().split(name, [_item_place(item) for item in items], by), as_json)


@archive_app.command("undo")
def archive_undo(
    decision: Annotated[str, typer.Argument(metavar="DECISION", help="处理编号的前几位，见 archive decisions。")],
    by: DecidedBy = None, home: Home = None, as_json: AsJson = False,
) -> None:
    """撤销一条处理；撤销本身也记入处理记录。"""
    _open(home)
    _show_decision(register().undo(decision, by), as_json, is_undone=True)


@archive_app.command("decisions")
def archive_decisions(home: Home = None, as_json: AsJson = False) -> None:
    """列出处理记录：合并、拆分、撤销。"""
    _open(home)
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
        reason = _said(f"条目 {text}（应为 期的键/条目号）", f"item {text} (KEY/ITEM is wanted)")
        raise UsageError("E203", reason=reason, command="archive split")
    return key, int(number)


def _show_decision(decided: Any, as_json: bool, is_undone: bool = False) -> None:
    if as_json:
        print(canonical({
            "kind": decided.kind, "statement": decided.statement, "decided_by": decided.decided_by, "digest": decided.digest,
            "decided_at": decided.decided_at.isoformat(), "undone": is_undone,
        }))
        return
    kinds = {"merge": ("合并", "merge"), "split": ("拆分", "split"), "undo": ("撤销", "undo")}
    words = [decided.digest[:8], f"{decided.decided_at:%Y-%m-%d}", _said(*kinds.get(decided.kind, (decided.kind, decided.kind)))]
    words += [decided.decided_by] if decided.decided_by else []
    words += decided.statement.get("names", []) + [spot["stood_in"] for spot in decided.statement.get("spots", ())]
    words += [decided.statement["of"][:8]] if decided.kind == "undo" else []
    print("  ".join(words) + (_said("（已撤销）", " (taken back)") if is_undone else ""))


# ---- asking ----


def _day(text: str | None, is_end: bool) -> date | None:
    """A day from 2025-04-03, 2025-04 or 2025; of a month or year its first, or its last with `is_end`. Raises UsageError E203."""
    if text is None:
        return None
    try:
        year, *rest = (int(part) for part in text.split("-"))
        month = rest[0] if rest else 12 if is_end else 1
        day = rest[1] if len(rest) > 1 else monthrange(year, month)[1] if is_end else 1
        return date(year, month, day)
    except ValueError:
        reason = _said(f"日期 {text}（应为 2025-04-03、2025-04 或 2025）", f"date {text} (2025-04-03, 2025-04 or 2025 is wanted)")
        raise UsageError("E203", reason=reason, command=_command()) from None


@ask_app.command("search")
def ask_search(
    words: Annotated[list[str], typer.Argument(metavar="检索词…", help="须全部出现的词；引号括起的空格不作分隔。")],
    from_: Annotated[str | None, typer.Option("--from", help="事件起始日：2025-04-03、2025-04 或 2025。")] = None,
    to: Annotated[str | None, typer.Option("--to", help="事件截止日。")] = None,
    column: Annotated[str | None, typer.Option("--column", help="限于某栏目。")] = None,
    person: Annotated[str | None, typer.Option("--person", help="限于提到某人的条目。")] = None,
    year: Annotated[int | None, typer.Option("--year", help="限于某年的各期。")] = None,
    order: Annotated[Order, typer.Option("--order", help="date 按时间（新在前），relevance 按相关程度。")] = "date",
    limit: Annotated[int, typer.Option("--limit", help="最多列出几条。")] = 20,
    home: Home = None, as_json: AsJson = False,
) -> None:
    """检索：凡含检索词的条目，逐条列出，注明期、页、条；没有则答“查无记载”。"""
    from yuebao import ask

    first, last = _day(from_, False), _day(to, True)
    _open(home)
    found = ask.search(words, from_=first, to=last, column=column, person=person, year=year, order=order, limit=limit)
    if as_json:
        print(json.dumps(found.to_dict(), ensure_ascii=False, sort_keys=True))
        return
    if not found.total:
        print(_said("查无记载", "Nothing on record (查无记载)"))
        return
    console = Console(highlight=False, soft_wrap=True)
    for hit in found.hits:
        head = Text(f"{hit.headline or ''}  ", style="bold")
        head.append(f"{hit.citation.text()}  {hit.column_path}  {hit.issue} {hit.number}", style="not bold dim")
        console.print(head)
        before, after = ("…" if cut else "" for cut in (hit.snippet.is_cut_before, hit.snippet.is_cut_after))
        snippet = Text("  " + before + hit.snippet.text.replace("\n", " ") + after)
        shift = 2 + hit.snippet.is_cut_before
        for start, end in hit.snippet.marks:
            snippet.stylize("bold red", start + shift, end + shift)
        console.print(snippet)
    _note(f"共 {found.total} 条，列出 {len(found.hits)} 条", f"{found.total} found, {len(found.hits)} shown")


@ask_app.command("who")
def ask_who(
    name: Annotated[str, typer.Argument(metavar="NAME", help="人名。")],
    on: Annotated[str | None, typer.Option("--on", help="某一天：2025-04-03。")] = None, home: Home = None, as_json: AsJson = False,
) -> None:
    """人物：见载的职务（首末各引原句，注明期、页），以及任免表所载；同名而依据不足者分列。"""
    from yuebao import ask
    from yuebao.ask import telling

    day = _day(on, False)
    _open(home)
    _answer(ask.who(name, day), telling.who_text, as_json)


@ask_app.command("office")
def ask_office(
    name: Annotated[str, typer.Argument(metavar="OFFICE", help="职务，如 副市长、石濑县委书记。")],
    on: Annotated[str | None, typer.Option("--on", help="某一天：2025-04-03。")] = None, home: Home = None, as_json: AsJson = False,
) -> None:
    """职务：谁见载于这一职务，任免表所载何人；没有则答“查无记载”，不作空缺论。"""
    from yuebao import ask
    from yuebao.ask import telling

    day = _day(on, False)
    _open(home)
    _answer(ask.office(name, day), telling.office_text, as_json)


def _answer(answer: Any, text_of: Any, as_json: bool) -> None:
    """An answer of `ask`, or that nothing is recorded."""
    if as_json:
        print(canonical(answer.to_dict() if answer else None))
    elif answer is None:
        print(_said("查无记载", "Nothing on record (查无记载)"))
    else:
        print(text_of(answer, str(_state["language"])), end="")


# ---- serving ----


@app.command()
def serve(
    home: Home = None,
    host: Annotated[str, typer.Option("--host", help="只限本机地址。")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="端口；0 为任一空闲端口。")] = 8000,
) -> None:
    """阅览室：在本机浏览器里翻阅存档，按 Ctrl-C 停止。"""
    from yuebao import web

    def ready(address: str) -> None:
        _note(f"阅览室 {address}（按 Ctrl-C 停止）", f"Reading room {address} (Ctrl-C stops it)")

    _open(home)
    web.serve(home, host, port, on_ready=ready)
    _note("已停止", "stopped")


@app.command()
def demo(
    home: Annotated[Path | None, typer.Option("--home", help="示例存档的文件夹；默认 ~/.yuebao-demo。")] = None,
    port: Annotated[int, typer.Option("--port", help="阅览室端口；0 为任一空闲端口。")] = 8000,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="做完前四步即止，不开阅览室。")] = False,
) -> None:
    """示例：用随附的《云陵月报》三期走一遍：读、校、存、排、阅。"""
    from yuebao import demo as steps

    own = os.environ.get("YUEBAO_HOME")
    home = home or (Path(own) / "demo" if own else Path.home() / ".yuebao-demo")
    steps.run(home, _note)
    if not no_serve:
        serve(home, port=port)


def main() -> None:
    """The program `yuebao`."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # documents are UTF-8 wherever they go; a console that cannot show a character shows a sign for it
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace" if stream.isatty() else None)
    as_json = "--json" in sys.argv
    try:
        status = app(standalone_mode=False)
    except YuebaoError as error:
        _tell(error, as_json)
        status = error.exit_status
    except typer.TyperException as error:
        _tell(UsageError("E203", reason=error.format_message(), command=_command()), as_json)
        status = UsageError.exit_status
    except (typer.Abort, KeyboardInterrupt):
        _note("已中断；已完成的部分保留，重来即可接着做。", "Interrupted; what was done is kept, and the same command goes on from there.")
        status = INTERRUPTED
    except BrokenPipeError:  # the reader of a pipe has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    sys.exit(status if isinstance(status, int) else 0)


def _command() -> str:
    """The words of the command line that name a command, for the advice to see its help."""
    return " ".join(word for word in sys.argv[1:3] if word.isalpha() and word.islower()) or ""


__all__ = ["app", "main"]
