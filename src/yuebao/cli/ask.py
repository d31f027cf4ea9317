"""The commands that ask: search, who, office."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from yuebao.cli.saying import AsJson, Brief, Home, Order, day_of, note, open_archive, publish_brief, said, state
from yuebao.errors import UsageError
from yuebao.model import canonical

ask_app = typer.Typer(no_args_is_help=True, help="查询存档；每个答案都注明期、页、条。")


@ask_app.command("search", context_settings={"ignore_unknown_options": True})  # -会商 is a word that is not wanted
def ask_search(
    words: Annotated[list[str], typer.Argument(metavar="检索词…", help="须全部出现的词；可写 -词（不含）、人物：、2025-03..2025-05 等。")],
    from_: Annotated[str | None, typer.Option("--from", help="事件起始日：2025-04-03、2025-04 或 2025。")] = None,
    to: Annotated[str | None, typer.Option("--to", help="事件截止日。")] = None,
    column: Annotated[str | None, typer.Option("--column", help="限于某栏目。")] = None,
    person: Annotated[str | None, typer.Option("--person", help="限于提到某人的条目。")] = None,
    year: Annotated[int | None, typer.Option("--year", help="限于某年的各期。")] = None,
    order: Annotated[Order, typer.Option("--order", help="date 按时间（新在前），relevance 按相关程度。")] = "date",
    limit: Annotated[int, typer.Option("--limit", help="最多列出几条。")] = 20,
    save: Annotated[str | None, typer.Option("--save", metavar="名称", help="保存这个检索，日后用 ask saved 再查。")] = None,
    brief: Brief = None, home: Home = None, as_json: AsJson = False,
) -> None:
    """检索：凡含检索词的条目，逐条列出，注明期、页、条；没有则答“查无记载”。"""
    if unknown := next((word for word in words if word.startswith("--")), None):
        raise UsageError("E203", reason=unknown, command="ask search")
    first, last = day_of(from_, False), day_of(to, True)
    asked = {
        "q": " ".join(words), "from": first and first.isoformat(), "to": last and last.isoformat(), "year": year and str(year),
        "column": column, "person": person, "order": order,
    }
    open_archive(home)
    given = {name: value for name, value in asked.items() if value}
    _show_found(given, limit, brief, as_json)
    if save:
        from yuebao.ask.search_saved import save_search

        save_search(save, given)
        note(f"已保存为“{save}”", f"saved as {save}")


@ask_app.command("saved")
def ask_saved(
    name: Annotated[str | None, typer.Argument(metavar="名称", help="保存时的名称；不写则列出全部。")] = None,
    forget: Annotated[bool, typer.Option("--forget", help="删除这个检索。")] = False,
    limit: Annotated[int, typer.Option("--limit", help="最多列出几条。")] = 20, brief: Brief = None,
    home: Home = None, as_json: AsJson = False,
) -> None:
    """已保存的检索：列出，再查，或删除。"""
    open_archive(home)
    from yuebao.ask import search_saved

    if name is None:
        kept = search_saved.saved_searches()
        print(canonical(kept) if as_json else "\n".join(f"{one}  {' '.join(asked.values())}" for one, asked in kept.items()))
    elif forget:
        search_saved.forget_search(name)
        note(f"已删除“{name}”", f"deleted {name}")
    else:
        _show_found(search_saved.saved_search(name), limit, brief, as_json)


def _show_found(asked: dict[str, str], limit: int, brief: Path | None, as_json: bool) -> None:
    """What a search finds, and its brief where one is wanted."""
    from yuebao import ask
    from yuebao.ask.search_saved import arguments_of

    found = ask.search(**arguments_of(asked), limit=limit)
    if brief and found.total:
        from yuebao.ask.brief import brief_of_items

        publish_brief(brief_of_items(f"{asked.get('q', '')}专题汇编", [hit.citation for hit in found.hits]), brief)
    if as_json:
        print(json.dumps(found.to_dict(), ensure_ascii=False, sort_keys=True))
        return
    if not found.total:
        print(said("查无记载", "Nothing on record (查无记载)"))
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
    note(f"共 {found.total} 条，列出 {len(found.hits)} 条", f"{found.total} found, {len(found.hits)} shown")


@ask_app.command("who")
def ask_who(
    name: Annotated[str, typer.Argument(metavar="NAME", help="人名。")],
    on: Annotated[str | None, typer.Option("--on", help="某一天：2025-04-03。")] = None, home: Home = None, as_json: AsJson = False,
) -> None:
    """人物：见载的职务（首末各引原句，注明期、页），以及任免表所载；同名而依据不足者分列。"""
    from yuebao import ask
    from yuebao.ask import telling

    day = day_of(on, False)
    open_archive(home)
    _answer(ask.who(name, day), telling.who_text, as_json)


@ask_app.command("office")
def ask_office(
    name: Annotated[str, typer.Argument(metavar="OFFICE", help="职务，如 副市长、石濑县委书记。")],
    on: Annotated[str | None, typer.Option("--on", help="某一天：2025-04-03。")] = None, home: Home = None, as_json: AsJson = False,
) -> None:
    """职务：谁见载于这一职务，任免表所载何人；没有则答“查无记载”，不作空缺论。"""
    from yuebao import ask
    from yuebao.ask import telling

    day = day_of(on, False)
    open_archive(home)
    _answer(ask.office(name, day), telling.office_text, as_json)


@ask_app.command("order")
def ask_order(
    one: Annotated[str, typer.Argument(metavar="NAME", help="人名。")],
    other: Annotated[str, typer.Argument(metavar="NAME", help="另一人名。")],
    on: Annotated[str | None, typer.Option("--on", help="名单表以哪一天为准：2025-04-03。")] = None,
    home: Home = None, as_json: AsJson = False,
) -> None:
    """排序：两人在名单中见载的先后（次数与出处）；只在同一班子内比较，跨班子以名单表为准。"""
    from yuebao import ask
    from yuebao.ask import telling

    day = day_of(on, False)
    open_archive(home)
    _answer(ask.order(one, other, day), telling.order_text, as_json)


def _answer(answer: Any, text_of: Any, as_json: bool) -> None:
    """An answer of `ask`, or that nothing is recorded."""
    if as_json:
        print(canonical(answer.to_dict() if answer else None))
    elif answer is None:
        print(said("查无记载", "Nothing on record (查无记载)"))
    else:
        print(text_of(answer, str(state["language"])), end="")
