"""Answers as text for a terminal, in Chinese or English: every statement with what it rests on, 见载 never worded 任."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yuebao.ask.values import Appointed, Attested, OfficeAnswer, OrderAnswer, Quotation, Someone, WhoAnswer

WORDS = {
    "nothing": ("查无记载", "Nothing on record (查无记载)"),
    "items": ("见于 {n} 条", "named in {n} items"),
    "attested": ("见载", "in print"),
    "former": ("见载（称原任）", "in print, as former"),
    "proposed": ("见载（人选）", "in print, as proposed"),
    "rank": ("职级", "rank"),
    "title": ("职称", "professional title"),
    "honour": ("称号", "honour"),
    "appointed": ("任免表", "table of appointments"),
    "times": ("{n} 条", "{n} items"),
    "first": ("首", "first"),
    "last": ("末", "last"),
    "undated": ("日期不详", "undated"),
    "in": ("{body} 任", "appointed by {body}"),
    "out": ("{body} 免", "released by {body}"),
    "in_unknown": ("任期起点未载", "beginning not in the table"),
    "line": ("第 {n} 行", "line {n}"),
    "also": ("又作 {names}", "also {names}"),
    "open": ("以下见载不能确定属于同名者中的哪一位", "it is not known whose of the same name these are"),
    "no_office": ("未见职务", "no office is printed"),
    "several": (
        "同名记载 {n} 处，依据不足以认定为一人；核实后可用 yuebao archive merge {name}#1 {name}#2 合并",
        "{n} records of one name, which nothing shows to be one person; if they are: yuebao archive merge {name}#1 {name}#2"),
    "on": ("{day}：首末见载跨过这一天的职务，不等于任期", "{day}: offices printed before and after that day; this is no term of office"),
    "not_on": ("这一天前后没有同一职务的见载", "no office is printed both before and after that day"),
    "before": ("此前末次", "last before"),
    "after": ("此后首次", "first after"),
    "order": ("同列名单见载：{one}在前 {n} 次，{other}在前 {m} 次", "lists in print: {one} first {n} times, {other} first {m} times"),
    "order_table": ("名单表（第 {a}、{b} 行，{source}）：{first}在前", "table of order (lines {a}, {b}, {source}): {first} first"),
    "unclaimed": ("任免表中不能确定属于哪一位", "in the table of appointments, of which of them is not known"),
}


def who_text(answer: WhoAnswer, language: str = "zh") -> str:
    """The answer to `ask who`."""
    return "\n".join(_Telling(language).who(answer)) + "\n"


def office_text(answer: OfficeAnswer, language: str = "zh") -> str:
    """The answer to `ask office`."""
    return "\n".join(_Telling(language).office(answer)) + "\n"


def order_text(answer: OrderAnswer, language: str = "zh") -> str:
    """The answer to `ask order`."""
    return "\n".join(_Telling(language).order(answer)) + "\n"


class _Telling:
    def __init__(self, language: str) -> None:
        self.language = language

    def say(self, key: str, **filled: object) -> str:
        return WORDS[key][self.language == "en"].format(**filled)

    def day(self, on: date | None) -> str:
        if on is None:
            return self.say("undated")
        return on.isoformat() if self.language == "en" else f"{on.year}年{on.month}月{on.day}日"

    def span(self, seen: Attested) -> str:
        first, last = self.day(seen.first.on), self.day(seen.last.on)
        return first if first == last else f"{first}—{last}"

    def who(self, answer: WhoAnswer) -> Iterator[str]:
        if answer.on:
            yield self.say("on", day=self.day(answer.on))
        if sum(not someone.is_open for someone in answer.people) > 1:
            yield self.say("several", n=len(answer.people), name=answer.name)
        for someone in answer.people:
            yield from self.someone(someone, answer.on, len(answer.people) > 1)
        if answer.appointed:
            yield self.say("unclaimed") if answer.people else answer.name
            for tenure in answer.appointed:
                yield self.appointed(tenure)
        elif not answer.people:
            yield self.say("nothing")

    def someone(self, someone: Someone, on: date | None, is_numbered: bool) -> Iterator[str]:
        head = f"{someone.name}#{someone.number}" if is_numbered else someone.name
        others = "、".join(name for name, _ in someone.names if name != someone.name)
        yield f"{head}  {self.say('items', n=someone.items)}" + (f"  {self.say('also', names=others)}" if others else "")
        if someone.is_open:
            yield "  " + self.say("open")
        for tenure in someone.appointed:
            yield self.appointed(tenure)
        for seen in someone.attested:
            yield from self.attested(seen)
        if on is not None and not someone.attested:
            yield "  " + self.say("not_on")
            for near in someone.around[:2]:
                yield from self.near(near, on)
        elif not someone.attested and not someone.appointed:
            yield "  " + self.say("no_office")
            yield from self.quoted("first", someone.first)

    def attested(self, seen: Attested, name: str = "") -> Iterator[str]:
        word = self.say("attested" if seen.standing == "held" else seen.standing)
        yield f"  {word}  {name}{seen.office}  {self.span(seen)}  {self.say('times', n=seen.count)}"
        yield from self.quoted("first", seen.first)
        if seen.count > 1:
            yield from self.quoted("last", seen.last)

    def near(self, seen: Attested, on: date, name: str = "") -> Iterator[str]:
        is_before = seen.last.on is not None and seen.last.on < on
        quotation = seen.last if is_before else seen.first
        yield f"  {self.say('before' if is_before else 'after')}  {name}{seen.office}  {self.day(quotation.on)}"
        yield from self.quoted("last" if is_before else "first", quotation)

    def quoted(self, word: str, said: Quotation) -> Iterator[str]:
        yield f"    {self.say(word)}  “{said.text.strip()}”"
        yield f"        {said.citation.text()}  {said.citation.issue} {said.citation.item}"

    def appointed(self, tenure: Appointed, name: str = "") -> str:
        ends = [
            f"{self.day(on)} {self.say(word, body=body)}（appointments.tsv {self.say('line', n=line)}）"
            for word, on, body, line in (
                ("in", tenure.from_on, tenure.from_body, tenure.from_line), ("out", tenure.until_on, tenure.until_body, tenure.until_line))
            if on
        ]
        if tenure.from_on is None:
            ends.insert(0, self.say("in_unknown"))
        return f"  {self.say('appointed')}  {name}{tenure.office}  " + "；".join(ends)

    def office(self, answer: OfficeAnswer) -> Iterator[str]:
        if answer.on:
            yield self.say("on", day=self.day(answer.on))
        for tenure in answer.appointed:
            yield self.appointed(tenure, f"{tenure.person}  ")
        for holder in answer.attested:
            yield from self.attested(holder.tenure, f"{holder.name}  ")
        if answer.on and not answer.attested:
            yield self.say("not_on") if answer.around or answer.appointed else self.say("nothing")
            for holder in answer.around:
                yield from self.near(holder.tenure, answer.on, f"{holder.name}  ")

    def order(self, answer: OrderAnswer) -> Iterator[str]:
        if row := answer.by_table:
            first = answer.one if row.is_one_first else answer.other
            yield self.say("order_table", a=row.one_line, b=row.other_line, source=row.source, first=first)
        if answer.one_first or answer.other_first:
            yield self.say("order", one=answer.one, other=answer.other, n=answer.one_first, m=answer.other_first)
        for said in (*answer.one_first_in, *answer.other_first_in):
            yield f"    “{said.text.strip()}”"
            yield f"        {said.citation.text()}  {said.citation.issue} {said.citation.item}"
