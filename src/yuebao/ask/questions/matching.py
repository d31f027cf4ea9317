"""Which accounts speak of a subject, a person, a time: by the very characters, as an editor would look."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from yuebao.ask.questions.query import Query
from yuebao.ask.rolling.events import Event
from yuebao.model import PersonValue
from yuebao.text import fold

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；]?")
_NUMBERED = re.compile(r"第[0-9〇零一二三四五六七八九十百]+[次届期回场]")
# words of a question that print need not have
_LOOSE = re.compile(r"的|项目|工程|建设|活动|仪式|会议|我市|全市|市的")


def within(event: Event, query: Query) -> bool:
    """Whether the event falls into the time asked about; one without a day counts by its issue's month."""
    if query.first is None or query.last is None:
        return True
    first, last = event.starts_on, event.ends_on
    if first is None or last is None:
        first = last = date(event.citation.year, event.month, 15)
    return first <= query.last and query.first <= last


def speaks_of(event: Event, subject: str) -> bool:
    """Whether the headline or the account has the subject: its words as they stand, or all of its parts."""
    return _has(f"{event.headline or ''} {event.text}", subject)


def is_about(event: Event, subject: str) -> bool:
    """Whether the subject stands in the headline, or in the first sentence of an account without one."""
    return _has(event.headline or event.text[:60], subject)


def _has(text: str, subject: str) -> bool:
    """Whether a text has a subject. 市政府常务会议 is also 市政府第61次常务会议, unless the question itself numbers it."""
    said = fold(text)
    if not _NUMBERED.search(subject):
        said = f"{said} {_NUMBERED.sub('', said)}"
    return subject in said or (bool(parts := parts_of(subject)) and all(part in said for part in parts))


def parts_of(subject: str) -> list[str]:
    """The parts of a subject that print must have, without the words that it may lack."""
    pieces = (part for piece in _LOOSE.split(subject) for part in re.split(f"({_NUMBERED.pattern})", piece))
    return [part for part in pieces if len(part) >= 2]


def sentence_with(event: Event, words: Sequence[str]) -> str:
    """The first sentence of the account that has one of the words, in their order of weight; else its first."""
    sentences = [match[0] for match in _SENTENCE.finditer(event.text) if match[0].strip()]
    for word in words:
        for sentence in sentences:
            if word in fold(sentence):
                return sentence
    return sentences[0] if sentences else event.text


def names(event: Event, person: str) -> bool:
    """Whether the account names the person."""
    return any(isinstance(a.value, PersonValue) and a.value.name == person for a in event.annotations)


def once(events: Iterable[Event]) -> Iterator[Event]:
    """The events, those printed a second time left out."""
    seen: set[tuple[date | None, str]] = set()
    for event in events:
        key = (event.starts_on, re.sub(r"\W", "", event.text)[:80])
        if key not in seen:
            seen.add(key)
            yield event
