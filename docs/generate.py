"""Fills what is generated in the documentation, and writes the JSON Schemas.

    python docs/generate.py                      fill every page
    python docs/generate.py --check              write nothing; exit status 1 and the names where a page is stale
    python docs/generate.py --measures FILE      take FILE (build/bench.json of `make bench`) into docs/measures.json, then fill
    python docs/generate.py --planted FILE       take FILE (of `bench/planted.py -o FILE`) into docs/planted.json, then fill

A page is Markdown written by hand. What stands between `<!-- generated: NAME ARGUMENT… -->` and `<!-- end -->` is made by the function
registered under NAME below; the rest is never touched.
"""

from __future__ import annotations

import argparse
import ast
import dataclasses
import json
import os
import platform
import re
import sys
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from formats import format_rows, style_rows
from typer.main import get_command

from yuebao import cli, errors, glossary, model, pipeline, samples
from yuebao.archive.values import FAULTS
from yuebao.proof import rules

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
PAGES = (ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted(DOCS.glob("*.md")))
SCHEMAS: dict[str, type[model.Value]] = {"issue-1.json": model.Issue, "findings-1.json": model.Findings}
MEASURES = DOCS / "measures.json"
PLANTED = DOCS / "planted.json"
BLOCK = re.compile(r"(<!-- generated: ([^>\n]+?) -->\n).*?(<!-- end -->)", re.DOTALL)

Block = Callable[..., str]
BLOCKS: dict[str, Block] = {}


def block(make: Block) -> Block:
    """Registers the function under its name, underscores as hyphens; a name given twice is refused."""
    name = make.__name__.replace("_", "-")
    if name in BLOCKS:
        raise ValueError(f"there are two blocks {name}")
    BLOCKS[name] = make
    return make


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; bars and line ends in a cell are written so that they stay in it."""
    def line(cells: Iterable[object]) -> str:
        return "| " + " | ".join(str(c).replace("|", "\\|").replace("\n", "<br>") for c in cells) + " |"
    return "\n".join([line(head), "|" + " --- |" * len(head), *map(line, rows)])


def code(text: object) -> str:
    return f"`{text}`"


# ---- the command line ----


def commands() -> Iterator[tuple[str, Any]]:
    """Every command with the words that call it, in the order of the help; groups are passed through."""
    def under(group: Any, words: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
        for name, found in group.commands.items():
            here = (*words, name)
            if hasattr(found, "commands"):
                yield from under(found, here)
            else:
                yield " ".join(here), found
    return under(get_command(cli.app), ())


@block
def command_list() -> str:
    return table(("command", "what it does"), ((f"[`yuebao {name}`](#{name.replace(' ', '-')})", c.help) for name, c in commands()))


@block
def command(*words: str) -> str:
    name = " ".join(words)
    found = dict(commands())[name]
    arguments = [p for p in found.params if not p.opts[0].startswith("-")]
    options = [p for p in found.params if p.opts[0].startswith("-")]
    usage = " ".join(["yuebao", name, *(_argument(p) for p in arguments), *(["[OPTION…]"] if options else [])])
    rows = [(code(_argument(p)), "", p.help or "") for p in arguments]
    rows += [(", ".join(map(code, p.opts)), _kind(p), (p.help or "") + _default(p)) for p in options]
    return "\n".join([f"    {usage}", "", str(found.help), "", table(("", "value", ""), rows)])


@block
def other_commands() -> str:
    """The commands for which nobody has written a section with examples yet."""
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    names = [name for name, _ in commands() if f"<!-- generated: command {name} -->" not in page]
    return "\n\n".join(f"## {name}\n\n{command(*name.split())}" for name in names)


@block
def global_options() -> str:
    options = get_command(cli.app).params
    return table(("", "value", ""), ((", ".join(map(code, p.opts)), _kind(p), (p.help or "") + _default(p)) for p in options))


def _argument(parameter: Any) -> str:
    name = parameter.metavar or parameter.name.upper()
    return name if parameter.required or name.startswith("[") else f"[{name}]"


def _kind(parameter: Any) -> str:
    """What an option takes, in a word; nothing for a switch."""
    hint = parameter.type_descriptor.annotation
    args = typing.get_args(hint)
    if typing.get_origin(hint) is typing.Literal:
        return " ".join(map(code, args))
    plain = next((a for a in args if a is not type(None)), hint)
    return {bool: "", int: "number", float: "number", Path: "path", str: "text"}[plain]


def _default(parameter: Any) -> str:
    variable = f" [{parameter.envvar}]" if parameter.envvar else ""
    return variable if parameter.default in (None, False) else f"{variable} ({parameter.default})"


# ---- the document ----


def said_of_fields() -> dict[tuple[str, str], str]:
    """What docs/fields.tsv says of each field, by class and field."""
    lines = (DOCS / "fields.tsv").read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {(owner, field): words for owner, field, words in cells}


def values() -> Iterator[type[model.Value]]:
    """Every class that stands in a document, as the two documents lead to them."""
    seen: list[type[model.Value]] = []

    def visit(hint: Any) -> None:
        if isinstance(hint, type) and issubclass(hint, model.Value) and hint not in seen:
            seen.append(hint)
            for inner in typing.get_type_hints(hint).values():
                visit(inner)
        for inner in typing.get_args(hint):
            visit(inner)
    for document in SCHEMAS.values():
        visit(document)
    return iter(seen)


def kind_of(hint: Any) -> str:
    """A type as JSON has it: text, whole number, list of Item, … or null."""
    if isinstance(hint, type) and issubclass(hint, model.Value):
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        return f"list of {kind_of(args[0])}"
    if origin is typing.Literal:
        return " ".join(code(json.dumps(a)) for a in args)
    if origin in (typing.Union, types.UnionType):
        if set(args) == set(model.LAYERS.values()):
            return "by the [layer](#layers)"
        return " or ".join(map(kind_of, args))
    return {str: "text", int: "whole number", float: "number", bool: "true/false", type(None): "null"}[hint]


@block
def fields(name: str) -> str:
    owner = getattr(model, name)
    said, hints = said_of_fields(), typing.get_type_hints(owner)
    doc = (owner.__doc__ or "").strip()
    head = [] if doc.startswith(f"{name}(") else [" ".join(doc.split()), ""]
    rows = ((code(f.name), kind_of(hints[f.name]), said[name, f.name]) for f in dataclasses.fields(owner))
    return "\n".join([*head, table(("field", "value", "what it says"), rows)])


LAYER_WORDS: dict[str, tuple[str, str]] = {
    "date": ("dates", "日期"), "person": ("people with their offices", "人物（连同职务）"), "organisation": ("organisations", "机构"),
    "place": ("places", "地名"), "project": ("projects", "项目"), "document": ("titles in 《》", "书名号里的题名"),
    "money": ("sums of money", "金额"), "quantity": ("quantities", "数量"), "act": ("who did what", "活动（谁做了什么）"),
}


@cache
def made_layers() -> frozenset[str]:
    """The layers that the sample series has when it is annotated."""
    return frozenset(a.layer for path in samples.paths() for item in pipeline.read_issue(path).items() for a in item.annotations)


@block
def layers() -> str:
    said = said_of_fields()
    rows = []
    for layer, owner in model.LAYERS.items():
        says = "<br>".join(f"`{f.name}` {said[owner.__name__, f.name]}" for f in dataclasses.fields(owner))
        rows.append((code(layer), says, "yes" if layer in made_layers() else "no"))
    return table(("layer", "value", "made today"), rows)


@block
def layers_lacking(language: str) -> str:
    """The list item of the layers that are not made yet; nothing where all are."""
    lacking = [LAYER_WORDS[layer][language == "zh"] for layer in model.LAYERS if layer not in made_layers()]
    if not lacking:
        return ""
    return f"- 标注{'、'.join(lacking)}。" if language == "zh" else f"- Annotate {', '.join(lacking)}."


@block
def problems() -> str:
    return table(("code", "中文", "English"), ((code(c), zh, en) for c, (zh, en) in glossary.PROBLEMS.items()))


EXAMPLE = DOCS / "examples" / "small.txt"


@block
def example_text() -> str:
    return "```text\n" + EXAMPLE.read_text(encoding="utf-8") + "```"


def _example() -> tuple[model.Issue, model.Source]:
    issue, source = pipeline.read_bytes(EXAMPLE.name, EXAMPLE.read_bytes())
    assert source is not None
    return issue, source


@block
def example_item(number: str) -> str:
    item = next(i for i in _example()[0].items() if i.number == int(number))
    return "```json\n" + _spread(item.to_dict()) + "\n```"


@block
def example_account() -> str:
    """Where the characters of the example went that stand in no item."""
    issue, source = _example()
    rows = [("`dropped`", d.source_start, d.source_end, code(source.text[d.source_start:d.source_end]), d.reason) for d in issue.dropped]
    rows += [("`unplaced`", u.source_start, u.source_end, code(source.text[u.source_start:u.source_end]), u.reason) for u in issue.unplaced]
    return table(("list", "start", "end", "characters", "reason"), rows)


@block
def example_problems() -> str:
    return "```json\n" + "\n".join(model.canonical(p.to_dict()) for p in _example()[0].problems) + "\n```"


@block
def example_finding() -> str:
    issue, source = _example()
    finding = pipeline.proof_issue(issue, source).findings[0]
    return "```json\n" + _spread(finding.to_dict()) + "\n```"


def _spread(data: dict[str, Any]) -> str:
    """JSON with one field a line, and one value a line in lists of objects."""
    def shown(value: object) -> str:
        if isinstance(value, list) and value and isinstance(value[0], dict):
            return "[\n" + ",\n".join("    " + json.dumps(v, ensure_ascii=False) for v in value) + "\n  ]"
        return json.dumps(value, ensure_ascii=False)
    return "{\n" + ",\n".join(f"  {json.dumps(key)}: {shown(value)}" for key, value in data.items()) + "\n}"


# ---- rules, errors, words ----


@cache
def planted() -> dict[str, Any]:
    """What was measured of each rule on planted errors, by code; nothing where nobody measured."""
    return json.loads(PLANTED.read_text(encoding="utf-8")) if PLANTED.is_file() else {"rules": {}}


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value:.3f}"


@block
def rule_list() -> str:
    figures = planted()["rules"]
    rows = (
        (f"[`{r.code}`](#{r.code.lower()})", r.title, r.title_en, _severity(r.severity), "yes" if r.safe else "",
         *(_share(figures.get(r.code, {}).get(key)) for key in ("recall_with_notes", "precision")))
        for r in rules())
    return table(("code", "规则", "rule", "级别 level", "safe", "检出 recall", "准确 precision"), rows)


@block
def rule_pages() -> str:
    return "\n\n".join(
        f"### {r.code}\n\n**{r.title}** ({r.title_en}), {_severity(r.severity)}\n\n{r.reason}\n\n"
        f"{table(('误 wrong', '正 right'), [(r.wrong, r.right)])}\n\n依据 basis: {r.source}{_measured(r.code)}" for r in rules())


PLANTED_COLUMNS = {
    "planted": "植入 planted", "found": "检出 found", "noted": "存疑检出 found as a note", "recall": "检出率 recall",
    "recall_with_notes": "连同存疑 recall with notes", "false_alarms": "误报 false alarms", "precision": "准确率 precision",
}


def _measured(code: str) -> str:
    """What planted errors showed of a rule, as a table of one row; nothing where none was planted for it."""
    row = planted()["rules"].get(code)
    if not row or not row["planted"]:
        return ""
    cells = [_share(row[key]) if row[key] is None or isinstance(row[key], float) else row[key] for key in PLANTED_COLUMNS]
    return f"\n\n{table(tuple(PLANTED_COLUMNS.values()), [cells])}"


@block
def planted_total() -> str:
    """What planted errors showed of all rules together, and when and how that was measured."""
    data = planted()
    if "total" not in data:
        return "(not measured yet)"
    total = data["total"]
    return (
        f"{total['planted']} errors planted for {total['rules']} rules: recall {_share(total['recall'])}, with notes "
        f"{_share(total['recall_with_notes'])}; precision of errors and warnings {_share(total['precision'])}. "
        f"Measured {data['measured_on']} with `{data['command']}`.")


def _severity(name: str) -> str:
    return " ".join((glossary.SEVERITIES[name][0], name))


@block
def error_codes() -> str:
    statuses = exit_statuses()
    rows = ((code(c), s.happened, s.advice, s.happened_en, s.advice_en, statuses.get(c, "")) for c, s in errors.CODES.items())
    return table(("code", "发生了什么", "怎么办", "what happened", "what to do", "exit status"), rows)


def exit_statuses() -> dict[str, str]:
    """The exit status of each error code, from the class that the program raises it with."""
    raised = re.compile(r"\b(YuebaoError|UsageError|InputError|ArchiveError)\(\s*\"(E\d{3})\"")
    found: dict[str, set[int]] = {}
    for path in (ROOT / "src").rglob("*.py"):
        for name, error in raised.findall(path.read_text(encoding="utf-8")):
            found.setdefault(error, set()).add(getattr(errors, name).exit_status)
    return {error: ", ".join(map(str, sorted(statuses))) for error, statuses in found.items()}


@block
def faults() -> str:
    return table(("kind", "中文", "English", "mended by"), ((code(k), zh, en, cure) for k, (zh, en, cure) in FAULTS.items()))


@block
def terms() -> str:
    return table(("English", "中文", "what it is"), ((code(t), zh, says) for t, (zh, says) in glossary.TERMS.items()))


@block
def severities() -> str:
    return table(("severity", "中文", "English"), ((code(s), zh, en) for s, (zh, en) in glossary.SEVERITIES.items()))


# ---- the house ----


# ---- the desk ----


def _desk_is_ready() -> None:
    """What speaks of accounts asks for Django; no database is touched."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yuebao.archive.settings")
    django.setup()


@block
def permissions() -> str:
    _desk_is_ready()
    from yuebao.desk.permissions import ACTIONS, ROLES

    rows = ((chinese, *("●" if role in roles else "" for role in ROLES)) for chinese, roles in ACTIONS.values())
    return table(("", *(chinese for chinese, _ in ROLES.values())), rows)


@block
def review_states() -> str:
    _desk_is_ready()
    from yuebao.desk.reviews import LEVELS, STATES, STEPS, VERDICTS

    said = {"submit": "送审", "recall": "编辑收回"} | {
        f"{level} {verdict}": names[0] + words[0] for level, names in LEVELS.items() for verdict, words in VERDICTS.items()}
    return table(("此时", "办理", "转为"), ((STATES[state][0], said[step], STATES[to][0]) for (state, step), to in STEPS.items()))


@block
def permission_addresses() -> str:
    _desk_is_ready()
    from django.urls import get_resolver

    from yuebao.desk.permissions import ACTIONS
    from yuebao.web.doors import ANYONE, DOORS, SIGNED_IN

    says = {ANYONE: "不须登录", SIGNED_IN: "已登录"} | {action: chinese for action, (chinese, _) in ACTIONS.items()}

    def under(patterns: Iterable[Any], before: str) -> Iterator[tuple[str, ...]]:
        for pattern in patterns:
            route = before + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(pattern.pattern))
            if hasattr(pattern, "url_patterns"):
                yield from under(pattern.url_patterns, route)
            else:
                asked = DOORS[pattern.name]
                yield code(route), says.get(asked.get("GET", ""), ""), says.get(asked.get("POST", ""), "")
    return table(("地址", "查看", "提交"), under(get_resolver("yuebao.web.urls").url_patterns, "/"))


@block
def modules() -> str:
    """Every module of the package with the first sentence of its docstring, room by room."""
    source = ROOT / "src" / "yuebao"
    rows = []
    for path in sorted(source.rglob("*.py"), key=lambda p: p.relative_to(source).parts):
        if "migrations" in path.parts or (path.parent.name == "templatetags" and path.name == "__init__.py"):
            continue
        words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        first = re.split(r"(?<=\.)\s", " ".join(words.split("\n\n")[0].split()), maxsplit=1)[0]
        name = path.relative_to(source).as_posix()
        if first:
            rows.append((f"[{name}](../src/yuebao/{name})", first))
    return table(("file", "what it is"), rows)


# ---- measures ----

# the rows of the README: name in bench.json → what it is, in English and in Chinese
README_ROWS: dict[str, tuple[str, str]] = {
    "structure_items": ("real issue: items found whole, without outline", "真实一期：完整分出的条目（不用提纲）"),
    "structure_item_path": ("real issue: items under their columns, levels guessed", "真实一期：条目归入各级栏目（级别为推定）"),
    "structure_entries": ("real issue: entries with their dates", "真实一期：记事及其日期"),
    "annotate_people_f1": ("real issue: people, F1", "真实一期：人物，F1"),
    "annotate_offices_f1": ("real issue: people with their offices, F1", "真实一期：人物连同职务，F1"),
    "unseen_report_people_f1": ("texts kept aside: people, F1", "留作测验的文稿：人物，F1"),
    "unseen_report_offices_f1": ("texts kept aside: people with their offices, F1", "留作测验的文稿：人物连同职务，F1"),
    "unseen_report_dates_f1": ("texts kept aside: dates, F1", "留作测验的文稿：日期，F1"),
    "broadcast_both": ("daily issues: items with headline and text exact", "日报：条题和正文一字不差的条目"),
    "proof_recall_high": ("real issue: defects of high confidence, found", "真实一期：把握大的差错，检出"),
    "proof_recall_medium": ("real issue: defects of middle confidence, found", "真实一期：把握中等的差错，检出"),
    "proof_precision": ("real issue: findings of 必改 and 建议 that are right", "真实一期：必改、建议中说得对的"),
    "proof_quiet": ("daily issues: sentences left alone", "日报：未被误报的文句"),
    "time_together": ("read, annotate and proof, against jieba cutting the same text", "读、标、校合计用时，与 jieba 切分同一文本相比"),
    "memory_resident": ("memory to read an issue", "读一期所用内存"),
    "publish_cold": ("an issue set as PDF, first of a process", "排一期 PDF（启动后第一次）"),
    "archive_add": ("an issue archived", "入库一期"),
    "archive_search_word": ("a search by relevance, median", "按相关程度检索一次（中位数）"),
}
UNITS = {"share": "比率", "s": "秒", "ms": "毫秒", "× jieba": "倍"}


@block
def measures(language: str, extent: str = "all") -> str:
    if not MEASURES.is_file():
        return {"en": "(not measured yet)", "zh": "（尚未测量）"}[language]
    data = json.loads(MEASURES.read_text(encoding="utf-8"))
    figures = data["figures"]
    head = {"en": ("measure", "value", "unit"), "zh": ("项目", "数值", "单位")}[language]
    stamp = {"en": "Measured {on} with `{command}` on {machine}.", "zh": "{on} 以 `{command}` 测得；机器：{machine}。"}[language]
    if extent == "all":
        rows = [(code(name), _figure(f), f["unit"], f["note"]) for name, f in figures.items()]
        head = (*head, {"en": "note", "zh": "说明"}[language])
    else:
        named = ((words[language == "zh"], figures[name]) for name, words in README_ROWS.items() if name in figures)
        rows = [(words, _figure(f), UNITS.get(f["unit"], f["unit"]) if language == "zh" else f["unit"]) for words, f in named]
    said = stamp.format(on=data["measured_on"], command=data["command"], machine=data["machine"])
    return "\n".join([table(head, rows), "", said])


def _figure(figure: dict[str, Any]) -> str:
    return "—" if figure["value"] is None else f"{figure['value']:.5g}"


def take_measures(path: Path) -> None:
    """Put the figures of a bench.json into docs/measures.json, with the day and the machine."""
    data = {
        "measured_on": date.today().isoformat(), "command": "make bench", "machine": machine(),
        "figures": json.loads(path.read_text(encoding="utf-8")),
    }
    MEASURES.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def take_planted(path: Path) -> None:
    """Put the table of bench/planted.py into docs/planted.json, with the day."""
    data = {
        "measured_on": date.today().isoformat(), "command": "python bench/planted.py -o FILE",
        **json.loads(path.read_text(encoding="utf-8")),
    }
    PLANTED.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def machine() -> str:
    """The processor, its number of cores as seen here, system and Python."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    processor = f"{names[0]}, {len(names)} cores" if names else platform.processor()
    return f"{processor}, {platform.system()}, Python {platform.python_version()}"


# ---- publishing ----


@block
def formats() -> str:
    return table(("form", "file", "does not come back"), format_rows())


@block
def styles() -> str:
    return table(("style", "page", "grid"), style_rows())


# ---- pages ----


def filled(text: str, name: str) -> str:
    """The page with every generated block made anew. Raises ValueError for a block that nobody makes."""
    def made(match: re.Match[str]) -> str:
        words = match[2].split()
        if words[0] not in BLOCKS:
            raise ValueError(f"{name}: no block {words[0]}; known: {', '.join(sorted(BLOCKS))}")
        content = BLOCKS[words[0]](*words[1:])
        return f"{match[1]}{content}\n{match[3]}" if content else match[1] + match[3]
    return BLOCK.sub(made, text)


def outputs() -> Iterator[tuple[Path, str]]:
    """Every file that is generated or holds something generated, with its text as it should be."""
    for page in PAGES:
        if page.is_file():
            yield page, filled(page.read_text(encoding="utf-8"), page.name)
    for name, document in SCHEMAS.items():
        yield DOCS / "schema" / name, json.dumps(model.json_schema(document), ensure_ascii=False, indent=2) + "\n"


def stale() -> dict[Path, str]:
    """The files that are not as they should be, with their text as it should be."""
    return {path: text for path, text in outputs() if not path.is_file() or path.read_text(encoding="utf-8") != text}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a page is stale")
    parser.add_argument("--measures", type=Path, metavar="FILE", help="a bench.json to take into docs/measures.json")
    parser.add_argument("--planted", type=Path, metavar="FILE", help="a table of bench/planted.py to take into docs/planted.json")
    args = parser.parse_args()
    if args.measures:
        take_measures(args.measures)
    if args.planted:
        take_planted(args.planted)
    old = stale()
    for path in old:
        print(f"{'stale' if args.check else 'written'}: {path.relative_to(ROOT)}")
    if args.check:
        return int(bool(old))
    for path, text in old.items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
