"""The commands of the project ledger: ask projects, ask project."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from yuebao.cli.saying import AsJson, Brief, Home, Output, note, open_archive, publish_brief, put, said
from yuebao.model import canonical

if TYPE_CHECKING:
    from yuebao.ask.ledger import Project, Stated

HEADS = ("项目 阶段 末次见载 停记月数 总投资 地点 单位 前后矛盾", "project stage last silent sum places bodies contradictions")
app = typer.Typer()
SeriesTitle = Annotated[str | None, typer.Option("--series", help="存档里有几种资料时，写明资料名称。")]


@app.command("projects")
def ask_projects(
    silent: Annotated[int, typer.Option("--silent", help="只列已有几个月没有记载、尚未建成的。")] = 0,
    year: Annotated[int | None, typer.Option("--year", help="只看某年。")] = None,
    series: SeriesTitle = None, output: Output = None, as_json: AsJson = False, home: Home = None,
) -> None:
    """项目台账：每个项目的阶段、总投资、地点、单位、前后矛盾之处、停记几个月；逐条注明出处。"""
    found = [p for p in _projects(home, year, series) if not silent or (p.silent_months >= silent and p.stages[-1].label != "end")]
    if as_json:
        put(canonical([_plain(p) for p in found]) + "\n", output)
    else:
        put("".join("\t".join(row) + "\n" for row in _table(found)), output)
        clashes = sum(len(p.contradictions) for p in found)
        note(f"共 {len(found)} 个项目，前后矛盾 {clashes} 处", f"{len(found)} projects, {clashes} contradictions")


@app.command("project")
def ask_project(
    name: Annotated[str, typer.Argument(metavar="NAME", help="项目名称或其中几个字。")],
    year: Annotated[int | None, typer.Option("--year", help="只看某年。")] = None,
    series: SeriesTitle = None, brief: Brief = None, as_json: AsJson = False, home: Home = None,
) -> None:
    """项目：从谋划到建成逐次见载，总投资和规模的各次说法，前后矛盾之处；没有则答“查无记载”。"""
    held = _projects(home, year, series)
    from yuebao.ask.ledger import find

    found = find(held, name)
    if brief and found:
        from yuebao.ask.brief import brief_of_project

        publish_brief(brief_of_project(found[0]), brief)
    if as_json:
        print(canonical([_plain(p) for p in found]))
    elif not found:
        print(said("查无记载", "Nothing on record (查无记载)"))
    else:
        print("\n\n".join("\n".join(_told(p)) for p in found))


def _projects(home: Home, year: int | None, series: str | None) -> tuple[Project, ...]:
    open_archive(home)
    from yuebao.ask import rolling
    from yuebao.ask.ledger import ledger

    return ledger(rolling.events_of(year, rolling.series_of(series)))


def _table(found: Sequence[Project]) -> list[list[str]]:
    head = said(*HEADS).split()
    return [head, *([
        p.name, p.stage, f"{p.last.day or ''} {p.last.citation.text()}".strip(), str(p.silent_months), p.sums[-1].shown if p.sums else "",
        "、".join(p.places[:4]), "、".join(p.owners[:3]), "；".join(_clash(c.label, c.statements) for c in p.contradictions),
    ] for p in found)]


def _clash(label: str, statements: Sequence[Stated]) -> str:
    return f"{label}：" + said("，", ", ").join(f"{s.shown}（{s.citation.text()}）" for s in statements)


def _told(p: Project) -> list[str]:
    also = [name for name in p.names if name != p.name]
    others = said(f"（又作 {'、'.join(also)}）", f" (also {', '.join(also)})") if also else ""
    lines = [p.name + others, said(f"末次见载的阶段：{p.stage}", f"stage: {p.stage}")]
    lines += [f"  {s.day or said('日期不详', 'undated')}  {s.shown}  {s.citation.text()}" for s in p.stages]
    lines += [f"  {s.label} {s.shown}  {s.citation.text()}" for s in (*p.sums, *p.extents)]
    lines += [said("  前后矛盾 ", "  contradiction ") + _clash(c.label, c.statements) for c in p.contradictions]
    if p.silent_months and p.stages[-1].label != "end":
        lines.append(said(f"  已有 {p.silent_months} 个月没有记载", f"  not in print for {p.silent_months} months"))
    return lines


def _plain(p: Project) -> dict[str, object]:
    return {
        "name": p.name, "names": list(p.names), "stage": p.stages[-1].label, "silent_months": p.silent_months, "places": list(p.places),
        "owners": list(p.owners), "stages": [_stated(s) for s in p.stages], "sums": [_stated(s) for s in p.sums],
        "extents": [_stated(s) for s in p.extents],
        "contradictions": [{"label": c.label, "statements": [_stated(s) for s in c.statements]} for c in p.contradictions],
    }


def _stated(s: Stated) -> dict[str, object]:
    value = s.value if isinstance(s.value, float | str) else s.value.isoformat()
    return {
        "label": s.label, "value": value, "shown": s.shown, "sentence": s.sentence, "day": s.day.isoformat() if s.day else None,
        "issue": s.citation.issue, "item": s.citation.item, "page": s.citation.page, "citation": s.citation.text(),
    }
