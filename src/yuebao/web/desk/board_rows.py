"""The rows of the board as HTML, made here and not in a template: an issue of a year has hundreds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from yuebao.desk.board import Line
from yuebao.desk.models import DeskIssue
from yuebao.desk.reviews import STATES
from yuebao.desk.survey import Survey
from yuebao.web import words
from yuebao.web.templatetags.desk_items import BADGES
from yuebao.web.templatetags.reading import language

SEVERITIES = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Shown:
    """A column of the board: its path, how many items and characters, its rows."""

    path: str
    items: int
    length: int
    rows: SafeString


def columns(issue: DeskIssue, lines: Sequence[Line], seen: Survey | None) -> list[Shown]:
    """The board's columns, in their order."""
    row, found = _row_of(issue), dict(counts(seen)) if seen else {}
    out = []
    for path, group in groupby(lines, key=lambda line: line.column_path):
        of_column = list(group)
        rows = mark_safe("".join(row(line, found.get(line.number)) for line in of_column))
        out.append(Shown(path, len(of_column), sum(line.length for line in of_column), rows))
    return out


def states(lines: Iterable[Line]) -> list[tuple[str, int]]:
    """How many items are in which state, those that are there, in the order of the reviews."""
    found = Counter(line.state for line in lines)
    return [(names[language() == "en"], found[state]) for state, names in STATES.items() if found[state]]


def counts(seen: Survey) -> list[tuple[int, SafeString]]:
    """By number of the item its findings, counted by severity, as they stand in its row."""
    return [(number, _counted(Counter(f.severity for f in found))) for number, found in seen.findings.items() if number is not None]


def _counted(by_severity: Counter[str]) -> SafeString:
    chosen = language()
    return mark_safe(" ".join(
        format_html('<span class="severity {}">{}</span>', severity, words.say(chosen, f"{severity}_n", n=by_severity[severity]))
        for severity in SEVERITIES if by_severity[severity]))


def _row_of(issue: DeskIssue) -> Callable[[Line, SafeString | None], str]:
    """What makes the row of an item: words and addresses are looked up once, and of what is put in only the headline must be escaped."""
    chosen = language()
    address = reverse("desk-item", args=[issue.pk, 0]).removesuffix("0/")
    keys = ("no_headline", "board_up", "board_down", "board_tick", "comments")
    nameless, up, down, tick, commented = (words.say(chosen, key) for key in keys)
    state_of = {state: f'<span class="badge {BADGES[state]}">{names[chosen == "en"]}</span>' for state, names in STATES.items()}
    is_open = issue.signed_at is None

    def handles(named: str, headline: str) -> str:
        return (
            f'<span class="handles"><input type="checkbox" name="ticked" value="{named}" aria-label="{tick} {headline}">'
            f'<button class="plain small" name="step" value="up {named}" aria-label="{headline} {up}">↑</button>'
            f'<button class="plain small" name="step" value="down {named}" aria-label="{headline} {down}">↓</button></span>')

    def row(line: Line, found: SafeString | None) -> str:
        named, headline = f"{line.number}:{line.version}", escape(line.headline or nameless)
        comments = f'<span class="badge open">{commented} {line.comments}</span>' if line.comments else ""
        return (
            f'<li class="line" id="item-{line.number}" data-item="{named}"{" draggable=true" if is_open else ""}>'
            f'{handles(named, headline) if is_open else ""}<span class="number">{line.number}</span>'
            f'<a lang="zh-Hans" draggable="false" href="{address}{line.number}/">{headline}</a><span class="length">{line.length}</span>'
            f'{state_of[line.state]}{comments}<span class="doubts" id="found-{line.number}">{found or ""}</span></li>\n')

    return row
