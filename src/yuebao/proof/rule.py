"""What a rule is, and what it says.

A rule is one function with its metadata in one place, made by the decorators `text_rule` (reads one passage at a time) and `issue_rule`
(reads the issue as a whole). It yields doubts; only `proof` turns them into findings, and only there protected spans are held.
Examples: a text rule's are running text; an issue rule's are a small issue, `键：值` a line (封面, 前期, 目录, 条目, 人物 …).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from yuebao.model import Related

if TYPE_CHECKING:
    from yuebao.proof.reading import Passage, Reading

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a rule says of a place: a span of an item's text, or, where `item` or `start` is None, of the source.

    `touches`: the characters that the proposal alters, where fewer than the span. `states_fact`: it says only that two places differ,
    and may do so of protected text; such a doubt keeps its level there, and has no proposal.
    `severity`, `safe`: None means as the rule has it.
    """

    text: str
    message: str
    item: int | None = None
    start: int | None = None
    end: int | None = None
    proposal: str | None = None
    severity: Severity | None = None
    safe: bool | None = None
    touches: tuple[int, int] | None = None
    states_fact: bool = False
    source: tuple[int, int] | None = None
    page: int | None = None
    related: tuple[Related, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `safe`: its proposal can be applied without reading, unless a doubt says otherwise. `source`: the clause it rests on."""

    code: str
    title: str
    title_en: str
    severity: Severity
    reason: str
    wrong: str
    right: str
    source: str
    safe: bool


@dataclass(frozen=True, slots=True)
class TextRule(Rule):
    check: Callable[[Passage], Iterable[Doubt]]


@dataclass(frozen=True, slots=True)
class IssueRule(Rule):
    """`looks_beyond`: what it says may rest on other issues, or on the office's own tables."""

    check: Callable[[Reading], Iterable[Doubt]]
    looks_beyond: bool = False


@dataclass(frozen=True, slots=True)
class CollationRule(Rule):
    """What `collate` says of two copies. Its examples are two copies: 旧稿, 新稿, and 采纳 (a correction that was accepted, 误→正)."""


def quoted(text: str) -> str:
    """The text as a Chinese message quotes it: in “ ”, and in 「 」 where it holds quotation marks of its own."""
    return f"「{text}」" if "“" in text or "”" in text else f"“{text}”"


def text_rule(
    code: str, title: str, title_en: str, severity: Severity, *, reason: str, wrong: str, right: str, source: str, safe: bool = False,
) -> Callable[[Callable[[Passage], Iterator[Doubt]]], TextRule]:
    """A decorator that makes a `TextRule` of a function from a passage to doubts."""
    return lambda check: TextRule(code, title, title_en, severity, reason, wrong, right, source, safe, check)


def issue_rule(
    code: str, title: str, title_en: str, severity: Severity, *, reason: str, wrong: str, right: str, source: str, safe: bool = False,
    looks_beyond: bool = False,
) -> Callable[[Callable[[Reading], Iterator[Doubt]]], IssueRule]:
    """A decorator that makes an `IssueRule` of a function from a reading to doubts."""
    return lambda check: IssueRule(code, title, title_en, severity, reason, wrong, right, source, safe, check, looks_beyond)


def register(families: Iterable[Iterable[Rule]]) -> tuple[Rule, ...]:
    """All rules by code; a code given twice is refused with ValueError."""
    by_code: dict[str, Rule] = {}
    for rule in (rule for family in families for rule in family):
        if rule.code in by_code:
            raise ValueError(f"{rule.code} is both {by_code[rule.code].title} and {rule.title}")
        by_code[rule.code] = rule
    return tuple(by_code[code] for code in sorted(by_code))
