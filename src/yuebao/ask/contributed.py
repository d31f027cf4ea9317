"""A contributor's draft 供稿 against the year's issues: what it says otherwise than print, and what print does not know.

Nothing is called wrong: print may err as well, and a person looks (请核). Compared are projects (sums, extents, the day of their start,
their names), events (their day, their numbers), numbered meetings, and people with their offices.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from yuebao.ask.ledger import REFERS, Stated, ledger
from yuebao.ask.rolling.events import Event
from yuebao.ask.rolling.fates import stage_of
from yuebao.ask.values import Citation
from yuebao.model import Annotation, DateValue, Item, MoneyValue, PersonValue, ProjectValue, QuantityValue
from yuebao.text import chinese_number, fold

LIKE = 0.7  # of a sentence's pairs of characters that an account must have to tell of the same: drafts shorten, they do not reword
LEAST_PAIRS = 6  # a shorter sentence is like too much
NEAR = 0.05  # 约400亩 and 420亩 are one
_DAY = re.compile(r"[0-9〇一二三四五六七八九十]日")
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
_HEDGE = re.compile(r"(?:约|近|超过|超|达到|达|为|共计|共)+$")
_NUMBERED = re.compile(r"第?([0-9〇零一二三四五六七八九十百]+)次([\u4e00-\u9fff（）()]{0,8}?会议?)")
_BEFORE_BODY = re.compile(r".*(?:召开|举行|主持|出席|参加|列席|[，。；：、\s])")
_CALLED = re.compile(r"(?:召开|举行|举办)+$")


@dataclass(frozen=True, slots=True)
class Difference:
    """Where draft and print differ: `label` in what (总投资, 日期, 职务 …), the words and the sentences of both, where printed."""

    label: str
    shown: str
    printed: str
    sentence: str
    printed_sentence: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft looked over: where it differs from print, and its sentences of which print does not tell, both in the draft's order.

    `found` counts the sentences that print tells of.
    """

    differences: tuple[Difference, ...]
    unknown: tuple[str, ...]
    found: int


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence of print or draft, with the annotations in it (their spans in `text`)."""

    text: str
    annotations: tuple[Annotation, ...]
    event: Event

    def days(self) -> list[tuple[date, str]]:
        """The days that it names as such (not 月底, 前一天), with their words."""
        return [
            (date.fromisoformat(a.value.starts_on), words) for a in self.annotations
            if isinstance(a.value, DateValue) and a.value.starts_on == a.value.ends_on and _DAY.search(words := self.text[a.start:a.end])]


def check(item: Item, events: Sequence[Event], year: int, place: str | None) -> Checked:
    """The draft (one text, annotated) against the events of the year. `place`: the series' own, for offices with and without it."""
    paragraphs = _paragraphs(item, year)
    draft = [said for event in paragraphs for said in _sentences(event)]
    print_ = [said for event in events for said in _sentences(event)]
    found: dict[tuple[str, str, str], Difference] = {}
    known: set[str] = set()
    for difference, sentence in (
            *_projects(events, paragraphs), *_meetings(draft, print_, place), *_told(draft, events), *_people(draft, print_, place)):
        known.add(sentence)
        if difference is not None:
            found.setdefault((sentence, difference.shown, difference.printed), difference)
    order = {said.text: n for n, said in enumerate(draft)}
    stating = [said.text for said in draft if said.annotations and said.text[-1] in "。！？；"]
    return Checked(
        tuple(sorted(found.values(), key=lambda one: order.get(one.sentence, 0))),
        tuple(text for text in stating if text not in known), sum(text in known for text in stating))


def difference_rows(checked: Checked) -> list[list[str]]:
    """The differences and, apart, what print does not tell, as a table with its heading."""
    return [
        ["结果", "事项", "来稿作", "各期作", "来稿原句", "各期原句", "出处"],
        *(["与各期不一，请核", d.label, d.shown, d.printed, d.sentence, d.printed_sentence, d.citation.text()]
          for d in checked.differences),
        *(["各期未载", "", "", "", text, "", ""] for text in checked.unknown)]


# ---- the draft as accounts ----


def _paragraphs(item: Item, year: int) -> list[Event]:
    """The paragraphs of the draft as accounts of no issue."""
    out = []
    for number, match in enumerate(re.finditer(r"[^\n]+", item.text), 1):
        inside = tuple(
            Annotation(a.layer, a.start - match.start(), a.end - match.start(), a.value, a.by) for a in item.annotations
            if match.start() <= a.start and a.end <= match.end())
        days = [a for a in inside if isinstance(a.value, DateValue) and a.value.starts_on == a.value.ends_on]
        day = date.fromisoformat(days[0].value.starts_on) if days else None  # type: ignore[union-attr]
        words = match[0][days[0].start:days[0].end] if days else None
        where = Citation("", item.headline or "", year, None, None, None, None, number, None)
        out.append(Event(where, (), None, match[0], words, day, day, inside, "", match.start(), match.end()))
    return out


def _is_draft(stated: Stated) -> bool:
    return not stated.citation.issue


def _sentences(event: Event) -> Iterator[_Said]:
    for match in _SENTENCE.finditer(event.text):
        inside = tuple(
            Annotation(a.layer, a.start - match.start(), a.end - match.start(), a.value, a.by) for a in event.annotations
            if match.start() <= a.start and a.end <= match.end())
        yield _Said(match[0], inside, event)


Compared = Iterator[tuple[Difference | None, str]]  # a sentence of the draft that print tells of, and how they differ, if they do


# ---- projects ----


def _projects(events: Sequence[Event], paragraphs: Sequence[Event]) -> Compared:
    """What the draft states of projects that print knows, by the ledger of both together."""
    for project in ledger([*events, *paragraphs]):
        stated = [*project.sums, *project.extents]
        labels = {s.label for s in stated if not _is_draft(s)}
        yield from ((None, s.sentence) for s in stated if _is_draft(s) and s.label in labels)
        for clash in project.contradictions:
            printed = [s for s in clash.statements if not _is_draft(s)]
            for s in clash.statements:
                if _is_draft(s):
                    yield from ((None if _is_rounded(s, other) else _difference(s, other), s.sentence) for other in printed)
        last = next((s for s in reversed(project.stages) if not _is_draft(s)), None)
        if last:
            yield from _names(project.names, events, paragraphs, last)


def _names(names: Sequence[str], events: Sequence[Event], paragraphs: Sequence[Event], last: Stated) -> Compared:
    """Forms of a project's name that only the draft has, and that are neither part of a printed one nor hold it."""
    printed = [name for name in names if any(name in event.text or name in (event.headline or "") for event in events)]
    for said in (said for event in paragraphs for said in _sentences(event)):
        for a in said.annotations:
            if isinstance(a.value, ProjectValue) and (name := a.value.name) in names and printed \
                    and not any(name in other or other in name for other in printed):
                yield Difference("名称", name, printed[0], said.text, last.sentence, last.citation), said.text


def _is_rounded(stated: Stated, other: Stated) -> bool:
    """Whether the draft itself says that its number is a round one (约4亿元), and the other is near."""
    one, two = stated.value, other.value
    is_near = isinstance(one, float) and isinstance(two, float) and abs(one - two) <= NEAR * max(one, two)
    return is_near and bool(re.search(f"[约近超逾]{re.escape(stated.shown)}|{re.escape(stated.shown)}[左余多]", stated.sentence))


def _difference(stated: Stated, printed: Stated) -> Difference:
    return Difference(stated.label, stated.shown, printed.shown, stated.sentence, printed.sentence, printed.citation)


# ---- numbered meetings ----


def _meetings(draft: Sequence[_Said], print_: Sequence[_Said], place: str | None) -> Compared:
    """Meetings of one body by number and day: the number on another day, or the day under another number."""
    printed: dict[str, list[tuple[int, str, date | None, _Said]]] = defaultdict(list)
    for said in print_:
        for name, number, words in _numbered(said.text, place):
            printed[name].append((number, words, said.event.starts_on, said))
    for said in draft:
        days = said.days()
        for name, number, words in _numbered(said.text, place):
            same = [row for row in printed[name] if row[0] == number]
            if same:
                clash = bool(days) and all(row[2] is not None and row[2] not in {day for day, _ in days} for row in same)
                shown = same[0][3].event.date_text or ""
                yield (_otherwise("日期", days[0][1], shown, said, same[0][3]) if clash else None), said.text
            elif on_day := [row for row in printed[name] if row[2] in {day for day, _ in days}]:
                yield _otherwise("会次", words, on_day[0][1], said, on_day[0][3]), said.text


def _numbered(text: str, place: str | None) -> Iterator[tuple[str, int, str]]:
    """The numbered meetings that a sentence names: body and kind as one name, number, the number's words."""
    for match in _NUMBERED.finditer(text):
        before = _CALLED.sub("", text[:match.start()])
        body = _local(_BEFORE_BODY.sub("", before), place)
        if body and (number := chinese_number(match[1])) is not None:
            yield body + match[2], number, f"第{match[1]}次"


# ---- events ----


def _told(draft: Sequence[_Said], events: Sequence[Event]) -> Compared:
    """Sentences that tell what an account of the year tells: its day, and the numbers that both give of one thing."""
    pairs = [_pairs(f"{event.headline or ''}，{event.text}") for event in events]
    index: dict[str, list[int]] = defaultdict(list)
    for n, of_event in enumerate(pairs):
        for pair in of_event:
            index[pair].append(n)
    for said in draft:
        own, days = _pairs(_undated(said)), said.days()
        counts = Counter(n for pair in own for n in index.get(pair, ()))
        least = LIKE * len(own) if len(own) >= LEAST_PAIRS else len(own)
        like = [events[n] for n, count in counts.items() if count >= least]
        on_day = [event for event in like if not days or any(_names_day(event, day) for day, _ in days)]
        if on_day:
            yield None, said.text
        if len(own) < LEAST_PAIRS or REFERS.search(said.text):
            continue
        like = [event for event in like if stage_of(event) == _stage(said)]
        if on_day := [event for event in on_day if event in like]:
            if days or len(on_day) == 1:
                yield from _numbers(said, on_day)
        elif days and len({event.starts_on for event in like}) == 1 and _is_opening(said, own, like[0]):
            yield _otherwise("日期", days[0][1], like[0].date_text or "", said, next(_sentences(like[0]))), said.text


def _is_opening(said: _Said, own: set[str], event: Event) -> bool:
    """Whether the sentence tells, after its own day, what the account tells after its day; days within accounts are of other things."""
    opening = f"{event.headline or ''}，{next(_sentences(event)).text}"
    begins = [a.start for a in said.annotations if isinstance(a.value, DateValue)][:1] == [0]
    return begins and event.date_text is not None and 2 * len(own & _pairs(opening)) >= len(own)


def _pairs(text: str) -> set[str]:
    """The pairs of characters of a text, digits and punctuation apart."""
    return {run[n:n + 2] for run in re.findall(r"[\u4e00-\u9fffA-Za-z]+", fold(text)) for n in range(len(run) - 1)}


def _undated(said: _Said) -> str:
    text = said.text
    for a in sorted((a for a in said.annotations if isinstance(a.value, DateValue)), key=lambda a: -a.start):
        text = text[:a.start] + "，" + text[a.end:]
    return text


def _stage(said: _Said) -> str:
    event = said.event
    return stage_of(Event(event.citation, (), None, said.text, None, None, None, said.annotations, "", 0, 0))


def _names_day(event: Event, day: date) -> bool:
    """Whether the account is of that day, or names it."""
    if event.starts_on is not None and event.ends_on is not None and event.starts_on <= day <= event.ends_on:
        return True
    return any(isinstance(a.value, DateValue) and a.value.starts_on == day.isoformat() for a in event.annotations)


def _numbers(said: _Said, events: Sequence[Event]) -> Compared:
    """Sums and quantities of the sentence of which the accounts have, for the same thing, only others."""
    printed = [(a, other) for event in events for other in _sentences(event) for a in other.annotations]
    for a in said.annotations:
        if (unit := _unit(a)) is None:
            continue
        same = [(b, other) for b, other in printed if _unit(b) == unit and _thing(said.text, a) == _thing(other.text, b)]
        if same and not any(_are_equal(said.text, a, other.text, b) for b, other in same):
            b, other = same[0]
            yield _otherwise("数字", said.text[a.start:a.end], other.text[b.start:b.end], said, other), said.text


def _unit(a: Annotation) -> str | None:
    match a.value:
        case MoneyValue(amount=amount, currency=currency) if amount is not None:
            return currency
        case QuantityValue(number=number, unit=unit) if number is not None:
            return unit
    return None


def _thing(text: str, a: Annotation) -> str:
    """What is counted or measured: the word before the number, or after it where the number begins its clause."""
    before = re.split(r"[，。；：、\s]", _HEDGE.sub("", text[:a.start]))[-1][-3:]  # 总投资 is not 完成投资
    return before or text[a.end:a.end + 2]


def _are_equal(text: str, a: Annotation, other: str, b: Annotation) -> bool:
    """Whether two numbers are one, the more precise rounded as the other is written."""
    one, two = _value(a), _value(b)
    if _is_about(a) or _is_about(b):
        return abs(one - two) <= NEAR * max(abs(one), abs(two))
    written = min(len(re.findall(r"\d", said)) for said in (text[a.start:a.end], other[b.start:b.end]))
    return one == two or (written > 0 and f"{one:.{written - 1}e}" == f"{two:.{written - 1}e}")


def _value(a: Annotation) -> float:
    return float((a.value.amount if isinstance(a.value, MoneyValue) else getattr(a.value, "number", 0)) or 0)


def _is_about(a: Annotation) -> bool:
    return bool(getattr(a.value, "approximate", False))


# ---- people ----


def _people(draft: Sequence[_Said], print_: Sequence[_Said], place: str | None) -> Compared:
    """People in an office that print never gives them, and names one character off a printed one in the same office."""
    printed: dict[str, list[tuple[str, _Said]]] = defaultdict(list)
    for said in print_:
        for a in said.annotations:
            if isinstance(a.value, PersonValue):
                printed[a.value.name] += [(_local(office, place), said) for office in a.value.offices]
    for said in draft:
        for a in said.annotations:
            if not isinstance(a.value, PersonValue) or not a.value.offices:
                continue
            name, offices = a.value.name, [_local(office, place) for office in a.value.offices]
            if rows := printed.get(name):
                if not any(_is_office(one, other) for one in offices for other, _ in rows):
                    office, other = min(rows, key=lambda row: _days_apart(said, row[1]))
                    yield _otherwise("职务", "、".join(a.value.offices) + name, office + name, said, other), said.text
            elif like := _like_name(name, offices, printed):
                yield _otherwise("姓名", name, like[0], said, like[1]), said.text


def _days_apart(said: _Said, other: _Said) -> int:
    """How many days lie between the accounts; a year where one names none."""
    one, two = said.event.starts_on, other.event.starts_on
    return abs((one - two).days) if one and two else 366


def _like_name(name: str, offices: Sequence[str], printed: dict[str, list[tuple[str, _Said]]]) -> tuple[str, _Said] | None:
    for other, rows in printed.items():
        if len(other) == len(name) > 1 and sum(x != y for x, y in zip(name, other, strict=True)) == 1:
            for office, said in rows:
                if office in offices:
                    return other, said
    return None


def _is_office(one: str, other: str) -> bool:
    """Whether two forms may name one office: 市委书记 and 云陵市委书记, not 市长 and 副市长."""
    shorter, longer = sorted((one, other), key=len)
    return longer.endswith(shorter) and not longer.removesuffix(shorter).endswith("副")


def _local(name: str, place: str | None) -> str:
    """A body or office without the series' own place before it: 云陵市委书记 is 市委书记."""
    said = name.removeprefix("中共")
    return said[len(place) - 1:] if place and said.startswith(place) else said


def _otherwise(label: str, shown: str, printed: str, said: _Said, other: _Said) -> Difference:
    return Difference(label, shown, printed, said.text, other.text, other.event.citation)
