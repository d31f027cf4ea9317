"""Publishing: seconds and peak memory of each format for one issue of some 32 pages, and what WeasyPrint takes for the same book.

    python bench/publish_speed.py FORMAT          cold, warm seconds, memory, size of one format, as JSON
    python bench/publish_speed.py weasyprint      seconds of WeasyPrint on the same book as HTML
    python bench/publish_speed.py large|long      an issue of 5,000 items; an item of 200,000 characters

Each in a process of its own. Cold: the first issue, imports and fonts included. Warm: the median of others after it, of other texts, as in a
batch: a text that was set before would be taken from typst's memory.
"""

from __future__ import annotations

import html
import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "publish"))

from measure import Figure, Measure, Row, printed_by
from memory import MB, peak

ITEMS, LETTERS = 96, 260
WARM = 3
FORMATS = ("pdf", "docx", "ofd", "epub", "html", "tei", "md")


def issue_of(turn: int) -> Any:
    """An issue of some 32 pages, unlike that of any other turn."""
    import yunling

    told = "".join(entry for content in (yunling.ITEMS["要闻"], yunling.ITEMS["领导活动"]) for _, entries in content for entry in entries)
    items = [(f"云陵市第{turn * ITEMS + n}次工作会议召开", [(told[n * 7 + turn:] + told)[:LETTERS]]) for n in range(ITEMS)]
    return yunling.issue({"要闻": items[:15], "经济": {"项目推动": items[15:40], "经济视点": items[40:60]}, "广角": items[60:]})


def seconds(work: Any, *arguments: Any) -> tuple[float, float]:
    """Seconds on the clock and of processors: on a machine that has other work the second tells more."""
    start, spent = time.perf_counter(), time.process_time()
    work(*arguments)
    return time.perf_counter() - start, time.process_time() - spent


def taken(format: str) -> dict[str, float]:
    """Of one format: `cold` and `warm` seconds, each also of processors, `memory` in MB beyond the bare interpreter, `size` in kB."""
    base, start, spent = peak(), time.perf_counter(), time.process_time()
    from yuebao.publish import publish

    made = publish(issue_of(0), format)
    cold, cold_cpu = time.perf_counter() - start, time.process_time() - spent
    warm, warm_cpu = map(statistics.median, zip(*(seconds(publish, issue_of(turn), format) for turn in range(1, WARM + 1)), strict=True))
    size = len(made) if isinstance(made, bytes) else sum(map(len, made.values()))
    return {"cold": cold, "cold_cpu": cold_cpu, "warm": warm, "warm_cpu": warm_cpu, "memory": (peak() - base) / MB, "size": size / 1000}


def hostile(kind: str) -> dict[str, float]:
    """Seconds, memory and pages of a book that no office prints."""
    import pypdfium2
    import yunling

    from yuebao.publish import publish

    issue = {
        "large": lambda: yunling.issue({f"栏{c}": [(f"第{n}次会议召开", ["5月6日，" + "云陵市召开会议。" * 12]) for n in range(500)] for c in range(10)}),
        "long": lambda: yunling.issue({"要闻": [("题", ["云陵市召开会议，研究部署工作。" * 13_334])]}),
    }[kind]()
    base, start = peak(), time.perf_counter()
    made = publish(issue)
    return {"seconds": time.perf_counter() - start, "memory": (peak() - base) / MB, "pages": len(pypdfium2.PdfDocument(made))}


# ---- the same book for WeasyPrint ----

STYLE = """
@page { size: 185mm 260mm; margin: 27mm 19.5mm 23mm 21.5mm; @bottom-center { content: "— " counter(page) " —" } }
@page :first { @bottom-center { content: none } }
html { font: 12pt/20pt "Noto Serif SC"; text-align: justify } h1, h2, b { font-family: "Noto Sans SC" } section { break-before: page }
p { text-indent: 2em; margin: 0; widows: 2; orphans: 2 } h2 { text-align: center; break-after: avoid } li { list-style: none }
a { color: inherit; text-decoration: none } a::after { content: leader(".") target-counter(attr(href), page) }
"""


def page_of(issue: Any) -> str:
    """The issue as one HTML page with cover, 目录 and body, the 目录 with leaders and pages."""
    text = html.escape
    rows = "".join(f'<li><a href="#i{item.number}">{text(item.headline or "")}</a>' for item in issue.items())
    body = ""
    for column in issue.columns:
        body += f"<h2>{text(column.title or '')}</h2>"
        for path, item in issue.walk():
            if path[0] is column:
                told = "".join(item.text[entry.start:entry.end] for entry in item.entries)
                body += f'<p id="i{item.number}"><b>{text(item.headline or "")}</b> {text(told)}'
    return f'<html lang="zh-CN"><style>{STYLE}</style><h1>{text(issue.masthead.title)}</h1><section>{rows}</section><section>{body}</section>'


def weasyprint_seconds() -> dict[str, float]:
    """Seconds of WeasyPrint, fonts loaded, on another issue before."""
    from weasyprint import HTML

    HTML(string=page_of(issue_of(0))).write_pdf()
    warm, warm_cpu = seconds(lambda: HTML(string=page_of(issue_of(1))).write_pdf())
    return {"warm": warm, "warm_cpu": warm_cpu}


# ---- as rows ----


def figures() -> dict[str, Figure]:
    from yuebao.publish import WRITERS

    found: dict[str, Figure] = {}
    for name in sorted(set(FORMATS) & set(WRITERS)):
        one = json.loads(printed_by(__file__, name))
        note = f"{ITEMS} items of {LETTERS} characters, {one['size']:.0f} kB"
        found[f"{name}_cold"] = Figure(round(one["cold"], 3), f"{note}, first of its process; processor {one['cold_cpu']:.2f} s")
        found[f"{name}_warm"] = Figure(round(one["warm"], 3), f"{note}, median of {WARM} after it; processor {one['warm_cpu']:.2f} s")
        found[f"{name}_memory"] = Figure(round(one["memory"], 1), "peak beyond the bare interpreter")
        if name == "pdf":
            ours = one["warm_cpu"]
    other = json.loads(printed_by(__file__, "weasyprint"))["warm_cpu"]
    found["weasyprint_ratio"] = Figure(round(other / ours, 1), f"processor time; WeasyPrint 70: {other:.1f} s on the same book as HTML")
    for kind, what in (("large", "5,000 items"), ("long", "an item of 200,000 characters")):
        one = json.loads(printed_by(__file__, kind))
        found[f"pdf_{kind}"] = Figure(round(one["seconds"], 1), f"{what}, {one['pages']} pages, {one['memory']:.0f} MB")
    return found


ASKED = {"pdf_cold": 2.0, "pdf_warm": 0.5}  # seconds, issue 5
TIMES = tuple(Row(f"{name}_{how}", "s", at_most=ASKED.get(f"{name}_{how}")) for name in FORMATS for how in ("cold", "warm"))
MEASURES = (Measure("formats", (
    *TIMES, *(Row(f"{name}_memory", "MB") for name in FORMATS), Row("weasyprint_ratio", "×", at_least=1.0), Row("pdf_large", "s"), Row("pdf_long", "s"),
), figures),)

if __name__ == "__main__":
    what = sys.argv[1]
    print(json.dumps(weasyprint_seconds() if what == "weasyprint" else hostile(what) if what in ("large", "long") else taken(what)))
