"""The text report of a collation: the counts, then each difference with its place in both copies, decisions first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from yuebao.model import Finding
from yuebao.proof.collate import Collation
from yuebao.proof.collation_rules import RULES

TITLES = {rule.code: (rule.title, rule.title_en[0].lower() + rule.title_en[1:]) for rule in RULES}
QUOTED = 60


def collation_report(collation: Collation, language: str = "zh") -> str:
    """The report as text, in "zh" or "en"."""
    return "\n".join([*_head(collation, language), *_body(collation, language), ""])


def _head(collation: Collation, language: str) -> Iterator[str]:
    counts = Counter(f.code for f in collation.findings)
    layout = sum(edit.kind == "layout" for edit in collation.edits)
    carried = len(collation.carried_out)
    if language == "en":
        yield f"Collation  {collation.old.name} → {collation.new.name}"
        yield f"carried out {carried}  " + "  ".join(f"{TITLES[code][1]} {n}" for code, n in sorted(counts.items()))
        yield f"({layout} places differ in line ends, spaces or folios only)"
        return
    yield f"校异同　{collation.old.name} → {collation.new.name}"
    said = [f"已照改 {carried}"] if carried else []
    said += [f"{TITLES[code][0]} {n}" for code, n in sorted(counts.items())]
    yield "　".join(said) or "两稿文字相同。"
    if layout:
        yield f"（另有 {layout} 处只是换行、空格、页码之类的版式不同，不计）"


def _body(collation: Collation, language: str) -> Iterator[str]:
    for code, group in groupby(sorted(collation.findings, key=lambda f: f.code), key=lambda f: f.code):
        yield from ("", f"【{TITLES[code][language == 'en']}】")
        for finding in group:
            yield f"  {code}　{place(finding, language)}　{_cut(finding.message)}"


def place(finding: Finding, language: str) -> str:
    """Where the finding stands in the new copy: page, line, item."""
    forms = ("p. {}", "line {}", "item {}") if language == "en" else ("第{}页", "第{}行", "第{}条")
    numbers = (finding.page, finding.line, finding.item)
    parts = [form.format(number) for form, number in zip(forms, numbers, strict=True) if number is not None]
    return "　".join(parts) or ("contents or cover" if language == "en" else "目录、封面")


def _cut(text: str) -> str:
    return text if len(text) <= 3 * QUOTED else text[:3 * QUOTED] + "……"
