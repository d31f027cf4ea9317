"""Days that are told only by what was said before: 当天 by the last day, 8日 by the last month."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from yuebao.compile.gate_turns import Turn

REFERS = re.compile(r"当[天日晚]|同日|次日|翌日|第二天|前一[天日晚]|(?<![\d月至—–~～-])\d{1,2}\s?日(?=[，、凌上下中晚在召举表报发称]|至)")
_DAY = re.compile(r"(\d{1,2})\s?日|[今昨前][天日]")
_MONTH = re.compile(r"(\d{1,2})\s?月")


def ground(text: str, at: int, said: str) -> re.Match[str] | None:
    """Where the last day, or for a day without month the last month, is told before `at`; None where none is."""
    pattern = _MONTH if said[0].isdigit() else _DAY
    return next(reversed(list(pattern.finditer(text, 0, at))), None)


def grounds(text: str, start: int, end: int) -> Iterator[int]:
    """Where, before the passage, the days and months stand by which its own days are told."""
    for match in REFERS.finditer(text, start, end):
        found = ground(text, match.start(), match[0])
        if found and found.start() < start:
            yield found.start()


def is_same_day(text: str, at: int, said: str, source: str, place: int, turns: Sequence[Turn]) -> bool:
    """Whether what is told at `at` of an item is told by the same day or month as at `place` of its source."""
    here, there = ground(text, at, said), ground(source, place, said)
    if there is None or (here is None and said[0].isdigit()):
        return True
    turned = next((turn.now for turn in turns if turn.reason == "day" and turn.start == there.start()), there[0])
    return here is not None and _number(here[0]) == _number(turned)


def _number(said: str) -> str:
    return "".join(c for c in said.rpartition("月")[2] or said if c.isdigit())
