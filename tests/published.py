"""Issues that formats must hold, and the ways to hold them to it: published, read back, accounted for, the same in another process."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from functools import cache
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "publish"))
import yunling

from accounting import faults
from yuebao.model import Column, Epigraph, Figure, Issue, Masthead, Span, Table, content, map_items
from yuebao.publish import WRITERS, Setting
from yuebao.read import read
from yuebao.structure import structure

MARKUP = r"""<&>]]> &amp; <b>粗</b> <!-- 注 --> "引" '单' `码` *星* **双** _线_ ~~删~~ [括](http://x.example) ![图] # + - 1. | \ \\ $x$ {{ x }} {% x %} ---"""
ODD = "控制\x07\x1b符\x85号\ufffe换\r行"
SIGNS = ("#", "+", "-", "*", ">", "=", "|", "~", "`", "!", "(", "[", "<", "1.", "1)", "---", "===", "```", "**")
RTL = "עברית العربية 中文 👩‍👩‍👧‍👦🇨🇳𠮷𰻞"


def with_bylines(issue):
    """The issue with a byline at every entry of its first item, and one that stands in the text of the second."""
    column = issue.columns[0]
    first, second, *rest = column.items
    first = replace(first, entries=tuple(replace(entry, byline="温如玉 季长风") for entry in first.entries))
    second = replace(second, entries=tuple(replace(entry, byline=second.text[-8:-1]) for entry in second.entries))
    return replace(issue, columns=(replace(column, items=(first, second, *rest)), *issue.columns[1:]))


def with_internal(issue):
    """The issue with its first item internal, and of its second a passage and the end of the headline with what follows it."""
    column = issue.columns[0]
    first, second, *rest = column.items
    at = len(second.headline)
    second = replace(second, internal=(Span(2, 4), Span(at - 2, at), Span(at + 1, at + 9)))
    return replace(issue, columns=(replace(column, items=(replace(first, internal=True), second, *rest)), *issue.columns[1:]))


def odd(*columns, **more):
    return Issue(yunling.SOURCE, replace(yunling.MASTHEAD, **more.pop("masthead", {})), columns=columns, **more)


def items(*pairs):
    return tuple(yunling.item(headline, entries, number) for number, (headline, entries) in enumerate(pairs, 1))


def table(rows, caption=None):
    item = yunling.item("有表", ["文。", "又文。"])
    return odd(Column("要闻", items=(replace(item, tables=(Table(item.entries[0].end, rows, caption),)),)))


NESTED = Column("一", items=items(("甲", ["甲文。"])), columns=(Column("二", columns=(Column("三", columns=(Column("四", columns=(Column("五", items=(yunling.item("乙", ["乙文。"], 2),)),)),)),)), Column("六")))
FIGURE = Figure("图 1", None, None, None, None, "image/png", "ab" * 32)

NOTHING = Issue(yunling.SOURCE, Masthead())  # its file has nothing to read
HOSTILE = {
    "no columns": odd(),
    "no masthead": Issue(yunling.SOURCE, Masthead(), columns=(Column("要闻", items=items(("题", ["文。"]))),)),
    "empty column": odd(Column("空栏"), Column("要闻", items=items(("题", ["文。"]))), Column("末")),
    "column without title": odd(Column(None, items=items(("题", ["文。"]), ("又题", ["又文。"])))),
    "columns without titles": odd(Column(None, columns=(Column(None, items=items(("题", ["文。"]))),)), Column(None), Column("末")),
    "contents differ": odd(Column("要闻", "时政要闻", items=(replace(items(("题", ["文。"]))[0], contents_headline="目录之题"),)), Column(None, "只在目录")),
    "no headlines": odd(Column("要闻", items=items((None, ["甲文。"]), (None, ["乙文。", "丙文。"]), ("题", []), (None, ["丁文。"])))),
    "nothing in an item": odd(Column("要闻", items=items(("题", []), ("", ["文。"]), ("又题", [""]), ("末", ["", "文", ""])))),
    "deep": odd(NESTED),
    "long item": odd(Column("要闻", items=items(("题", ["云陵市召开会议。" * 25_000])))),
    "long headline": odd(Column("要闻", items=items(("云陵市召开大会" * 43, ["文。"])))),
    "markup": odd(Column(MARKUP, items=items((MARKUP, [MARKUP, MARKUP + "\n" + MARKUP]))), masthead={"title": MARKUP, "place_line": "<a>\n&b", "distribution": MARKUP}),
    "markup at the start": odd(Column("# 栏", items=items(*((f"{sign} 题", [f"{sign} 文", f"{sign}文\n{sign} 文"]) for sign in SIGNS)))),
    "odd characters": odd(Column(ODD, items=items((ODD, [ODD])))),
    "other scripts": odd(Column(RTL, items=items((RTL, [RTL])))),
    "spaces": odd(Column("  栏　目  ", items=items(("　题 目　", ["　　文  字\t表　", " 文 ", "\u2003文\u200b"])))),
    "line ends": odd(Column("要闻", items=items(("题", ["第一段。\n第二段。\n\n　　第三段。\n"]))), epigraph=Epigraph(None, "一。\n二。", None, "2022-04-18")),
    "table": table((("项", "数"), ("甲|乙", " 1 "), ("", "<&>")), "表 *一*"),
    "tables without form": table(((), ("甲",), ("乙", "丙\n丁"))),
    "table without rows": table((), None),
    "plate": odd(Column("要闻", items=items(("题", ["文。"]))), figures=(FIGURE, replace(FIGURE, id="二", item=1, caption="说 <&>", credit="摄 *者*"))),
    "anchors": odd(
        Column("要闻", items=(replace(yunling.item("题", ["文一。", "文二。"]), tables=(Table(0, (("一",),)), Table(3, (("二",),)), Table(99, (("三",),)))),)),
        figures=(replace(FIGURE, after=5), replace(FIGURE, id="二", item=1, after=4), replace(FIGURE, id="三", item=1))),
    "odd dates": odd(masthead={"published_on": "2022年夏", "printed_on": "", "print_run": 500, "year": 22, "email": "", "printer": "印<刷>厂", "permit_number": "（云）字第001号"}),
}
ISSUES = {
    "yunling": yunling.issue(), "extras": yunling.issue_with_extras(), "bylines": with_bylines(yunling.issue_with_extras()),
    "internal": with_internal(yunling.issue_with_extras()), **HOSTILE,
}


def whole(published):
    """The bytes of the file that holds the issue."""
    return published if isinstance(published, bytes) else published["issue.html"]


def read_back(format, issue, without=frozenset(), setting=None):
    """The issue that is read from the published one, its account found right, and its content that of the issue."""
    data = whole(WRITERS[format](issue, setting or Setting()))
    source = read(f"x.{format}", data)
    found = structure(source)
    assert content(found, without) == content(issue, without)
    # a line end within an entry has an origin where the file says it, none where the reader makes it
    assert not [fault for fault in faults(found, source.text) if "'\\n' has 1 origins" not in fault][:3]
    return found


PROGRAM = """
import hashlib, json, sys
sys.path[:0] = {path!r}
import published
from yuebao.publish import WRITERS, Setting
issue = published.with_bylines(published.yunling.issue_with_extras())
print(json.dumps({{format: hashlib.sha256(repr(WRITERS[format](issue, Setting())).encode()).hexdigest() for format in {formats!r}}}))
"""


@cache
def digests():
    """The digests by format of one issue published in two processes that differ in locale, time zone and hash seed."""
    path = [str(Path(__file__).parent), str(Path(__file__).parent / "publish")]
    program = PROGRAM.format(path=path, formats=["epub", "html", "md", "tei"])
    found = []
    for locale, zone, seed in (("C", "UTC", "1"), ("zh_CN.UTF-8", "Asia/Shanghai", "77")):
        env = {**os.environ, "LC_ALL": locale, "TZ": zone, "PYTHONHASHSEED": seed}
        run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=env, check=True)
        found.append(json.loads(run.stdout))
    return found


def together(issues):
    """The columns of many issues as those of one, their items numbered anew: for validators that start slowly."""
    numbers = count(1)
    columns, figures = [], []
    for issue in issues:
        anew = {item.number: next(numbers) for item in issue.items()}
        columns += map_items(issue.columns, lambda item, anew=anew: replace(item, number=anew[item.number]))
        figures += [replace(figure, id=f"{len(figures)} {figure.id}", item=anew.get(figure.item)) for figure in issue.figures]
    return Issue(yunling.SOURCE, HOSTILE["markup"].masthead, HOSTILE["line ends"].epigraph, columns=tuple(columns), figures=tuple(figures))
