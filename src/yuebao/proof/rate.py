"""差错率, estimated: accepted findings weighed by the method that the office chooses, over 版面字数. Only when asked for, never a verdict.

Weights are those of 图书质量管理规定 (2005) for `book`, of 报纸期刊质量管理规定 (2020) for `periodical`; `office` counts each as one.
What may be wrong politically is weighed nowhere: it is not counted, it is mended. A 内部资料 is under neither rule; offices follow them
by choice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from yuebao.model import Finding, Issue

Method = Literal["book", "periodical", "office"]
# characters of a full page where the layout is not known: 26 lines of 25, of the two printed issues that were measured
PAGE = 650
PASS = {"book": 1.0, "periodical": 2.0}  # errors in ten thousand characters
PUNCTUATION, FORM = 0.1, 0.1  # a mark; the form of a numeral, at most 1 an issue
FACT = {"book": 2.0, "periodical": 1.0}  # facts, logic, grammar
NAME = {"book": 1.0, "periodical": 2.0}  # names and times that matter count double in a periodical
MOST_ALIKE = {"book": 4, "periodical": 3}  # the same error again
FORMS = frozenset({"D006", "D007", "D008", "D009"})
FACTS = frozenset({"D001", "D003", "D004", "D005", "W013"})
LABEL = ("机器估算，不作质检结论", "an estimate by machine, no verdict on quality")


@dataclass(frozen=True, slots=True)
class Rate:
    """`errors` weighed, over `characters` of 版面; `in_ten_thousand` the rate; `passes` where the method has a bound."""

    method: Method
    errors: float
    characters: int
    in_ten_thousand: float
    passes: bool | None

    def said(self, language: str = "zh") -> str:
        """The estimate in one line, with its label, in "zh" or "en"."""
        if language == "en":
            return f"Estimated: {self.errors:g} errors in {self.characters} characters, {self.in_ten_thousand:.2f} in 10,000 ({LABEL[1]})"
        methods = {"book": "图书质量管理规定", "periodical": "报纸期刊质量管理规定", "office": "一处计一个差错"}
        return (f"差错率估算：{self.errors:g} 个差错，版面 {self.characters} 字，万分之 {self.in_ten_thousand:.2f}"
                f"（按{methods[self.method]}；{LABEL[0]}）")


def error_rate(accepted: Sequence[Finding], characters: int, method: Method) -> Rate:
    """The estimate of accepted findings over the characters of the pages, by the method chosen."""
    if method == "office":
        errors = float(len(accepted))
    else:
        alike = Counter[tuple[str, str, str | None]]()
        forms = errors = 0.0
        for finding in accepted:
            alike[finding.code, finding.text, finding.proposal] += 1
            if alike[finding.code, finding.text, finding.proposal] > MOST_ALIKE[method]:
                continue
            weight = _weight(finding, method)
            if finding.code in FORMS:
                forms += weight
            else:
                errors += weight
        errors = round(errors + min(forms, 1.0), 2)
    rate = errors * 10_000 / max(characters, 1)
    return Rate(method, errors, characters, rate, rate <= PASS[method] if method in PASS else None)


def page_characters(issue: Issue) -> int:
    """版面字数, as far as it can be told: full pages by the printed page numbers, else by the file's own, else by the text."""
    printed = [item.page for item in issue.items() if item.page is not None]
    pages = max(printed) - min(printed) + 1 if printed else issue.source.pages
    text = sum(len(item.text) for item in issue.items())
    return pages * PAGE if pages else -(-text // PAGE) * PAGE


def _weight(finding: Finding, method: Literal["book", "periodical"]) -> float:
    if finding.code.startswith("P"):
        return PUNCTUATION
    if finding.code in FORMS:
        return FORM
    if finding.code in FACTS:
        return FACT[method]
    if finding.code.startswith(("N", "C00")):
        return NAME[method]
    return _by_length(finding)


def _by_length(finding: Finding) -> float:
    """Characters wrong, too many or too few: one for one, two for two to five, four for more."""
    changed = abs(len(finding.text) - len(finding.proposal or finding.text)) or 1
    return 1.0 if changed == 1 else 2.0 if changed <= 5 else 4.0
