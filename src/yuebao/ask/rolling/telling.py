"""An event as a chronicle tells it: its day before it, the account shortened to its first sentences, in third person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from yuebao.ask.rolling.events import Event
from yuebao.ask.rolling.turns import Turn, turned

LONGEST = 150  # characters of an account in a chronicle, where its sentences allow
_LEAD = re.compile(
    r"(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:\s?(?:至|—|－|-|～|、)\s?(?:\d{1,2}月)?\d{1,2}日?)?(?:日)?"
    r"(?:凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|晚|夜间|夜)?(?:\d{1,2}时(?:\d{1,2}分)?)?[，,]?")
_TEN_DAYS = re.compile(r"[上中下]旬")
_SENTENCE = re.compile(r"[^。！？]*[。！？][”’）]?")


@dataclass(frozen=True, slots=True)
class Told:
    """An event in chronicle form: `label` (3日, 16—18日, 同日, 上旬, 本月), `text` without its day, what was turned in it."""

    label: str
    text: str
    turns: tuple[Turn, ...]


def told(event: Event, before: Event | None, year: int, place: str | None) -> Told:
    """The event, told after `before`: what happened on the same day is 同日."""
    match = _LEAD.match(event.text) if event.starts_on else None
    text = shortened(event.text[match.end():] if match else event.text)
    said, turns = turned(text, year, place)
    return Told(_label(event, before), said, turns)


def shortened(text: str) -> str:
    """The first sentences, as many as LONGEST allows, one at least; the text itself where it has no full sentence."""
    out = ""
    for match in _SENTENCE.finditer(text):
        if out and len(out) + len(match[0]) > LONGEST:
            break
        out += match[0]
    return out or text


def _label(event: Event, before: Event | None) -> str:
    if event.starts_on is None or event.ends_on is None:
        return "本月"
    if before and (before.starts_on, before.ends_on) == (event.starts_on, event.ends_on):
        return "同日"
    if event.date_text and (ten := _TEN_DAYS.search(event.date_text)):
        return ten[0]
    return _days(event.starts_on, event.ends_on)


def _days(first: date, last: date) -> str:
    if first == last:
        return f"{first.day}日"
    if first.month == last.month:
        return f"{first.day}—{last.day}日"
    return f"{first.day}日至{last.month}月{last.day}日"
