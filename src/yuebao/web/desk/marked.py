"""Texts of the desk as HTML: flagged passages marked, clauses numbered and bound to where they come from. The characters stay as they are.

Spans may overlap (one source clause serves the headline and the lead); the text is cut at their seams.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from yuebao.compile.values import Flag

Span = tuple[int, int, int]  # start, end, number


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a pair of texts: what its anchors begin with, and those of the other side."""

    own: str
    other: str


PROPOSED, SOURCE = Side("c", "s"), Side("s", "c")


def flagged(text: str, start: int, flags: Sequence[Flag]) -> tuple[SafeString, ...]:
    """The paragraphs of `text[start:]`, flagged passages marked with their numbers."""
    spans = [(flag.start, flag.end, number) for number, flag in enumerate(flags, 1)]
    return tuple(_joined(_flag(text[a:b], over, ends) for a, b, over, ends in _pieces(text, *paragraph, spans))
                 for paragraph in _paragraphs(text, start))


def linked(text: str, start: int, end: int, spans: Sequence[Span], side: Side) -> tuple[SafeString, ...]:
    """The paragraphs of `text[start:end]`, each span a link to its other side under the same number.

    The first piece of a span bears its anchor, its last the number that is read.
    """
    met: set[int] = set()
    return tuple(_joined(_clause(text[a:b], over, ends, side, met) for a, b, over, ends in _pieces(text, *paragraph, spans))
                 for paragraph in _paragraphs(text[:end], start))


def _paragraphs(text: str, start: int) -> list[tuple[int, int]]:
    """The spans of the lines from `start` on that are not empty."""
    out, at = [], start
    for line in text[start:].split("\n"):
        if line.strip():
            out.append((at, at + len(line)))
        at += len(line) + 1
    return out


def _pieces(text: str, start: int, end: int, spans: Sequence[Span]) -> Iterable[tuple[int, int, list[int], list[int]]]:
    """The stretches between the seams, each with the numbers of the spans over it and of those that end with it.

    A span that runs over the line's end ends, for the reader, where its last line in this text does.
    """
    seams = sorted({start, end} | {p for a, b, _ in spans for p in (a, b) if start < p < end})
    for a, b in pairwise(seams):
        over = [n for first, last, n in spans if first <= a and b <= last]
        ends = [n for _, last, n in spans if n in over and (last == b or (b == end and not text[b:last].strip()))]
        yield a, b, over, ends


def _joined(pieces: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(pieces))


def _flag(text: str, over: list[int], ends: list[int]) -> SafeString:
    inner = format_html('<mark class="flag">{}</mark>', text) if over else format_html("{}", text)
    return _joined([inner, *(format_html('<sup class="ref"><a href="#flag-{}">{}</a></sup>', n, n) for n in ends)])


def _clause(text: str, over: list[int], ends: list[int], side: Side, met: set[int]) -> SafeString:
    anchors = format_html_join("", '<span id="{}{}" class="anchor"></span>', ((side.own, n) for n in over if n not in met))
    met.update(over)
    inner = format_html('{}<span class="clause" data-clause="{}">{}</span>', anchors, " ".join(map(str, over)), text) if over else (
        format_html("{}", text))
    return _joined([inner, *(
        format_html('<sup class="ref"><a href="#{}{}" data-clause="{}">{}</a></sup>', side.other, n, n, n) for n in ends)])
