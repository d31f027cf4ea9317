"""A passage with its marks: people and dates as named, findings as numbered, found words as found. Text in, safe HTML out.

Names and dates do not overlap (the first stands where two would); findings may cross them, and one another, and are cut at the seams.
Whatever the marks, the characters of the text are all there, in their order, once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

SEVERITIES = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Name:
    """A person (with the name to look up) or a date (with its ISO days) at `[start, end)` of the text."""

    layer: str
    start: int
    end: int
    person: str = ""
    starts_on: str = ""
    ends_on: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A finding at `[start, end)`; `number` is that of its note, `label` what a screen reader says of the reference."""

    start: int
    end: int
    number: int
    severity: str
    label: str


def passage(text: str, start: int, end: int, names: Iterable[Name] = (), doubts: Iterable[Doubt] = ()) -> SafeString:
    """`text[start:end]` as HTML, its names and doubts marked. Spans are cut to the passage; each doubt's reference stands where it ends."""
    inside = (replace(d, end=min(d.end, end)) for d in doubts if start <= d.start < min(d.end, end))
    questioned = sorted(inside, key=lambda d: (d.end, d.number))
    out: list[SafeString] = []
    at = start
    for name in _apart(names, start, end):
        first, last = max(name.start, at), min(name.end, end)
        out += _pieces(text, at, first, questioned)
        out.append(_named(name, mark_safe("".join(_pieces(text, first, last, questioned, referred=False)))))
        # no link inside a link: the references of what ends within a name stand after it
        out += [_reference(d) for d in questioned if first < d.end <= last]
        at = last
    out += _pieces(text, at, end, questioned)
    return mark_safe("".join(out))


def found(text: str, spans: Sequence[tuple[int, int]]) -> SafeString:
    """The text as HTML with the spans of the words that were searched for marked."""
    out: list[str] = []
    at = 0
    for start, end in sorted(spans):
        first = max(start, at)
        if end > first:
            out += [conditional_escape(text[at:first]), format_html("<mark>{}</mark>", text[first:end])]
            at = end
    return mark_safe("".join([*out, conditional_escape(text[at:])]))


def _apart(names: Iterable[Name], start: int, end: int) -> list[Name]:
    kept: list[Name] = []
    for name in sorted(names, key=lambda n: (n.start, -n.end)):
        if name.start < end and name.end > max(start, kept[-1].end if kept else start) and (not kept or name.start >= kept[-1].end):
            kept.append(name)
    return kept


def _pieces(text: str, start: int, end: int, doubts: list[Doubt], referred: bool = True) -> list[SafeString]:
    """The text between two seams, doubted parts marked, followed (where `referred`) by the references of the doubts that end there."""
    seams = sorted({start, end} | {p for d in doubts for p in (d.start, d.end) if start < p < end})
    out: list[SafeString] = []
    for a, b in pairwise(seams):
        over = [d.severity for d in doubts if d.start <= a and b <= d.end]
        part = conditional_escape(text[a:b])
        out.append(format_html('<mark class="doubt {}">{}</mark>', min(over, key=SEVERITIES.index), part) if over else part)
        if referred:
            out += [_reference(d) for d in doubts if a < d.end <= b]
    return out


def _reference(doubt: Doubt) -> SafeString:
    return format_html(
        '<sup class="ref {}"><a href="#note-{}" aria-label="{}">{}</a></sup>', doubt.severity, doubt.number, doubt.label, doubt.number
    )


def _named(name: Name, inner: SafeString) -> SafeString:
    if name.layer == "person":
        return format_html('<a class="person" href="{}">{}</a>', reverse("person", args=[name.person]), inner)
    if name.starts_on == name.ends_on:
        return format_html('<time class="date" datetime="{}">{}</time>', name.starts_on, inner)
    return format_html('<span class="date" title="{} — {}">{}</span>', name.starts_on, name.ends_on, inner)
