"""校对单: the findings as one HTML file, without script, to be read on the screen and printed on A4; the last column is for the pen.

What is 存疑 is folded on the screen, and printed. Findings that somebody decided not to follow are left out, and counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from yuebao.model import Finding, Findings
from yuebao.proof.rule import Rule
from yuebao.proof.sheet import EN, WAIVED, ZH, Words, alike

LISTED = 12  # places of one merged row written out
COLUMNS = {"zh": ("页", "行", "原文", "改为", "依据", "处理"), "en": ("Page", "Line", "Text", "Change to", "Basis", "Decision")}
SAYINGS = {
    "zh": {
        "title": "校对单", "unfold": "列出存疑", "signed": ("校对", "日期", "复核", "日期"), "waived": "已决定不采纳 {} 处，不再列出。",
        "marks": "处理栏：采纳打“√”，不采纳打“×”并注明理由，另改的写出改法。", "same": "共 {} 处相同",
        "delete": "（删去）",
        "disclaimer": "机器校对意见，供编校人员参考，不作质检结论。",
    },
    "en": {
        "title": "Proof sheet", "unfold": "Show doubts", "signed": ("Proofread by", "Date", "Checked by", "Date"),
        "waived": "{} findings were waived and are left out.",
        "marks": "Decision: √ accepted, × not, with the reason; or what is put instead. ",
        "same": "{} places alike", "delete": "(delete)",
        "disclaimer": "Findings of a machine, put to the editor; no verdict on quality.",
    },
}
STYLE = """
@page { size: A4; margin: 18mm 15mm 16mm }
* { box-sizing: border-box }
body { font: 10.5pt/1.55 "Noto Serif SC", "Source Han Serif SC", "Songti SC", SimSun, serif; color: #1b1b1b; margin: 0 auto;
  max-width: 190mm; padding: 8mm 5mm }
h1 { font-size: 17pt; letter-spacing: .4em; text-align: center; margin: 0 0 2mm; font-weight: 600 }
.name, .counts { text-align: center; margin: 0 0 1mm }
.counts b { font-weight: 600; margin: 0 .25em 0 1em }
table { width: 100%; border-collapse: collapse; margin: 5mm 0 0; table-layout: fixed }
caption { text-align: left; font-weight: 600; padding: 0 0 1.5mm; border-bottom: .6pt solid #1b1b1b }
th { font-weight: 600; text-align: left; border-bottom: .4pt solid #1b1b1b }
th, td { padding: 1.4mm 1.5mm; vertical-align: top; overflow-wrap: anywhere }
td { border-bottom: .3pt solid #9a9a9a }
thead { display: table-header-group } tr { break-inside: avoid }
.n { width: 10% } .p { width: 7% } .t { width: 32% } .c { width: 18% } .b { width: 21% } .d { width: 12% }
td.d { border-left: .3pt solid #9a9a9a }
.said { color: #5a5a5a; font-size: 8.5pt; margin: .6mm 0 0 }
.code { font-size: 8.5pt; letter-spacing: .03em }
del { text-decoration: none; border-bottom: 1pt solid #a33 } ins { text-decoration: none }
.foot { margin: 6mm 0 0; font-size: 9pt; color: #5a5a5a } .signed { display: flex; gap: 6mm; margin: 8mm 0 0 }
.signed span { flex: 1; border-bottom: .4pt solid #1b1b1b; padding: 0 0 1mm }
.fold { margin: 6mm 0 0 }
@media screen { .fold:not(:checked) ~ .note { display: none } }
@media print { body { padding: 0; max-width: none } .fold, .fold + label { display: none } }
@media screen and (max-width: 560px) { th.b, td.b { display: none } .t { width: 40% } .c { width: 24% } }
"""


def html_report(findings: Findings, rules: Sequence[Rule], language: str = "zh") -> str:
    """The proof sheet of a file as one HTML document, the same for the same findings."""
    tongue = "en" if language == "en" else "zh"
    words, said = (EN if tongue == "en" else ZH), SAYINGS[tongue]
    shown = [f for f in findings.findings if f.state != WAIVED]
    titles = {rule.code: rule.title_en if tongue == "en" else rule.title for rule in rules}
    body = [f"<h1>{said['title']}</h1>", f'<p class="name">{escape(findings.source.name)}</p>', _counts(shown, words)]
    for level in words.levels:
        rows = alike(f for f in shown if f.severity == level)
        if level == "note" and rows:
            body.append(f'<input type="checkbox" id="fold" class="fold"><label for="fold"> {said["unfold"]}</label>')
        if rows:
            body += _table(rows, level, words, titles, tongue)
    if not shown:
        body.append(f'<p class="counts">{words.clean}</p>')
    waived = len(findings.findings) - len(shown)
    if waived:
        body.append(f'<p class="foot">{str(said["waived"]).format(waived)}</p>')
    signed = "".join(f"<span>{word}</span>" for word in said["signed"])
    body += [f'<p class="foot">{said["marks"]}{said["disclaimer"]}</p>', f'<p class="signed">{signed}</p>']
    name = f"{said['title']} {findings.source.name}"
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(name)}</title>'
    tag = "en" if tongue == "en" else "zh-Hans"
    opening = f'<!doctype html>\n<html lang="{tag}">\n<head>{head}<style>{STYLE}</style></head>\n<body>\n'
    return opening + "\n".join(body) + "\n</body>\n</html>\n"


def _counts(shown: Sequence[Finding], words: Words) -> str:
    numbers = "".join(f"<b>{label}</b>{sum(f.severity == level for f in shown)}" for level, label in words.levels.items())
    return f'<p class="counts">{numbers}</p>'


def _table(rows: list[list[Finding]], level: str, words: Words, titles: dict[str, str], tongue: str) -> Iterator[str]:
    columns = zip("pntcbd", COLUMNS[tongue], strict=True)
    heads = "".join(f'<th class="{name}" scope="col">{column}</th>' for name, column in columns)
    yield f'<table class="{level}"><caption>{words.levels[level]}</caption><thead><tr>{heads}</tr></thead><tbody>'
    for group in rows:
        yield _row(group, words, titles, tongue)
    yield "</tbody></table>"


def _row(group: list[Finding], words: Words, titles: dict[str, str], tongue: str) -> str:
    first, said = group[0], SAYINGS[tongue]
    pages = "、".join(dict.fromkeys(str(f.page) for f in group[:LISTED] if f.page is not None))
    lines = "、".join(str(f.line) for f in group[:LISTED] if f.line is not None) or words.item.format(first.item or "")
    more = f'<p class="said">{str(said["same"]).format(len(group))}</p>' if len(group) > 1 else ""
    message = f'<p class="said">{escape(first.message)}</p>' if tongue == "zh" else ""
    proposal = "" if first.proposal is None else f"<ins>{escape(first.proposal) or said['delete']}</ins>"
    basis = f'<span class="code">{first.code}</span> {escape(titles.get(first.code, ""))}<p class="said">{escape(first.basis)}</p>'
    text = f"<del>{escape(first.text)}</del>" if proposal else escape(first.text)
    cells = (pages, lines, text + message + more, proposal, basis, "")
    return "<tr>" + "".join(f'<td class="{name}">{cell}</td>' for name, cell in zip("pntcbd", cells, strict=True)) + "</tr>"
