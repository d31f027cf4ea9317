"""The text report that an editor reads: counts on top, 必改 first, then 建议, doubts folded at the end. Calm: it asks, it never accuses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from yuebao.glossary import SEVERITIES
from yuebao.model import Finding, Findings
from yuebao.proof.rule import Rule, quoted

WAIVED = "waived"  # the state of a finding that somebody decided not to follow
FIRST_SCREEN = 30  # findings written out in each level at most; the rest is counted
# the families of codes, as the craft names them
FAMILIES = {
    "C": ("目录与正文", "contents and cover"), "N": ("姓名职务", "names and offices"), "D": ("日期数字", "dates and numerals"),
    "P": ("标点", "punctuation"), "W": ("文字", "wording"), "L": ("编排", "layout"),
    "X": ("前后各期", "across issues"), "K": ("保密", "secrecy"), "H": ("校异同", "collation"),
}
QUOTED = 40  # characters of the text quoted
ONE_KIND = frozenset({"C002"})  # rules of which an issue has many findings that are one habit: they are settled together


@dataclass(frozen=True, slots=True)
class Words:
    """The report's words in one language; `{…}` are filled."""

    heading: str
    levels: dict[str, str]
    clean: str
    line: str
    page: str
    item: str
    outside: str
    contents: str
    see: str
    basis: str
    again: str
    folded: str
    more: str
    comma: str
    waived: str


ZH = Words(
    heading="校对意见　{name}", levels={level: words[0] for level, words in SEVERITIES.items()}, clean="未发现需要改动之处。",
    line="第{}行", page="第{}页", item="第{}条", outside="目录、封面", contents="目录", see="参见{}：{}", basis="依据：{}",
    again="另有{}处相同：{}", folded="存疑 {} 处，供核对时参考", more="（其余 {} 处从略，JSON 格式列有全部）", comma="　",
    waived="（另有 {} 处已决定不采纳，不再列出）")
EN = Words(
    heading="Proof of {name}", levels={level: words[1] for level, words in SEVERITIES.items()},
    clean="Nothing to change was found.", line="line {}", page="p. {}", item="item {}", outside="contents or cover", contents="contents",
    see="see {}: {}", basis="basis: {}", again="{} more of the same: {}", folded="{} doubts, for reference",
    more="({} more; the JSON format has all)", comma="  ",
    waived="({} waived, and left out)")


def written(findings: Findings, rules: Sequence[Rule], language: str) -> str:
    """The report as text, in "zh" or "en". In English a finding shows its rule's title for the message, which is Chinese."""
    words = EN if language == "en" else ZH
    titles = {rule.code: rule.title_en if language == "en" else rule.title for rule in rules}
    head = [words.heading.format(name=findings.source.name)]
    waived = sum(f.state == WAIVED for f in findings.findings)
    findings = replace(findings, findings=tuple(f for f in findings.findings if f.state != WAIVED))
    foot = [words.waived.format(waived)] if waived else []
    if not findings.findings:
        return "\n".join([*head, "", words.clean, *foot, ""])
    levels = Counter[str](f.severity for f in findings.findings)
    kinds = Counter(f.code[0] for f in findings.findings)
    head.append(words.comma.join(f"{label} {levels[level]}" for level, label in words.levels.items()))
    named = {family: names[language == "en"] for family, names in FAMILIES.items()}
    head.append(words.comma.join(f"{name} {kinds[family]}" for family, name in named.items() if kinds[family]))
    body = [line for level in words.levels for line in _level(findings, level, words, titles, language)]
    return "\n".join([*head, *body, *foot, ""])


def _level(findings: Findings, level: str, words: Words, titles: dict[str, str], language: str) -> Iterator[str]:
    """The lines of one level: by kind, what is identical on one line; the doubts shorter than the rest."""
    chosen = sorted((f for f in findings.findings if f.severity == level), key=lambda f: f.code)
    if not chosen:
        return
    yield from ("", words.folded.format(len(chosen)) if level == "note" else f"【{words.levels[level]}】")
    left = FIRST_SCREEN
    for code, group in groupby(chosen, key=lambda f: f.code):
        same = alike(group)
        if left > 0:
            yield f"{titles.get(code, code)}（{words.basis.format(same[0][0].basis)}）"
        for group_of_same in same[:max(left, 0)]:
            yield from _one(group_of_same, words, short=level == "note", chinese=language != "en")
        left -= len(same)
    if left < 0:
        yield words.more.format(-left)


def alike(findings: Iterable[Finding]) -> list[list[Finding]]:
    """The findings with those that say the same together, in the order of their first places."""
    groups = [list(g) for _, g in groupby(sorted(findings, key=_words_of), key=_words_of)]
    groups.sort(key=lambda g: (g[0].item or 0, g[0].line or 0, g[0].start or 0, g[0].code))
    return groups


def _words_of(finding: Finding) -> tuple[str, str, str, str]:
    """What makes findings one line of the report: the same words, and of what differs in form only the same difference."""
    if finding.code in ONE_KIND:
        return finding.code, "", "", finding.message
    return finding.code, finding.text, finding.proposal or "", finding.message


def _one(alike: list[Finding], words: Words, *, short: bool, chinese: bool) -> Iterator[str]:
    first = alike[0]
    quote = quoted if chinese else "“{}”".format
    proposal = f" → {quote(_cut(first.proposal))}" if first.proposal else ""
    yield f"  {first.code}{words.comma}{_place(first, words)}{words.comma}{quote(_cut(first.text))}{proposal}"
    if chinese and not (first.proposal and first.text in first.message and first.proposal in first.message):
        yield f"      {first.message}"
    if not short:
        for other in first.related:
            place = words.item.format(other.item) if other.item is not None else words.contents
            yield f"      {words.see.format(place, _cut(other.text))}"
    if len(alike) > 1:
        yield f"      {words.again.format(len(alike) - 1, '、'.join(_place(f, words) for f in alike[1:]))}"


def _place(finding: Finding, words: Words) -> str:
    parts = [words.line.format(finding.line)] if finding.line is not None else []
    parts += [words.page.format(finding.page)] if finding.page is not None else []
    parts.append(words.item.format(finding.item) if finding.item is not None else words.outside)
    return words.comma.join(parts)


def _cut(text: str | None) -> str:
    plain = (text or "").replace("\n", " ")
    return plain if len(plain) <= QUOTED else plain[:QUOTED - 1] + "…"
