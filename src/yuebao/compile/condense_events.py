"""Round-ups: a text that tells several events under one headline (快讯, 简讯), of which an item can tell only one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from yuebao.compile.values import Clipping
from yuebao.model import Span

_ROUND_UP = re.compile("快讯|简讯|短讯|速览|一览|集锦|要闻|一周|动态汇总|新闻联播|早报|晚报|播报")
LONGEST_HEADING = 36


@dataclass(frozen=True, slots=True)
class Event:
    """The part of a clipping that tells one event; its headline in the clipping, None where it has none; the headings of the others."""

    start: int
    end: int
    headline: Span | None
    others: tuple[str, ...] = ()


def first_event(clipping: Clipping) -> Event:
    """The whole clipping; of a round-up its first event, with the headings, or first words, of the others."""
    headline, text = clipping.item.headline, clipping.item.text
    whole = Event(len(headline) + 1 if headline else 0, len(text), Span(0, len(headline)) if headline else None)
    if not headline or not _ROUND_UP.search(headline):
        return whole
    lines = [(m.start(), m.end()) for m in re.finditer("[^\n]+", text) if m.start() >= whole.start]
    headings = [(a, b) for (a, b), (c, d) in pairwise(lines) if _is_heading(text[a:b]) and not _is_heading(text[c:d])]
    begins = headings or lines
    if len(begins) < 2:
        return whole
    start, end = begins[0][0], begins[1][0]
    heading = Span(*begins[0]) if headings else None
    return Event(begins[0][1] if headings else start, end, heading, tuple(text[a:b].split("。")[0] for a, b in begins[1:]))


def _is_heading(line: str) -> bool:
    return len(line) <= LONGEST_HEADING and not re.search("[。；，：;,:]$", line.strip())
