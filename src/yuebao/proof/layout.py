"""L: order, form and length of entries, and what line ends leave behind. All of it is the house's own habit, so all of it only asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from yuebao.lexicon import terms
from yuebao.proof.reading import Passage, Reading, shown
from yuebao.proof.rule import Doubt, issue_rule, text_rule


@issue_rule(
    "L001", "记事不依日期先后", "Entries out of order of date", "note",
    reason="同一条目下的几则记事依日期先后排列。", wrong="多记：2024-05-12 2024-05-08", right="多记：2024-05-08 2024-05-12",
    source="大事记、月报编写惯例")
def order_of_entries(reading: Reading) -> Iterator[Doubt]:
    for passage in reading.passages:
        dated = [(entry, entry.date) for entry in passage.item.entries if entry.date is not None]
        for (_, before), (entry, date) in pairwise(dated):
            if date.starts_on < before.starts_on:
                start = passage.text.find(date.text, entry.start, entry.end)
                if start >= 0:
                    yield passage.doubt(start, start + len(date.text), f"排在“{before.text}”之后，日期却在前，请核次序")


# Where so many of the items begin with a date, one that has none may have lost it.
ITEMS_FOR_A_HABIT, SHARE_FOR_A_HABIT = 10, 0.85
SHOWN = 12


@issue_rule(
    "L002", "记事缺日期", "Entry without a date", "note",
    reason="本期条目绝大多数以日期起头，个别没有日期的请核是否漏排。",
    wrong="\n".join(f"条目：甲县第{n}次会议召开 5月{n}日，会议召开。@2024-05-{n:02d}" for n in range(1, 13))
          + "\n条目：乙县会议召开 会议在县城召开。",
    right="\n".join(f"条目：甲县第{n}次会议召开 5月{n}日，会议召开。@2024-05-{n:02d}" for n in range(1, 14)),
    source="月报编写惯例：时间要素")
def lead_date(reading: Reading) -> Iterator[Doubt]:
    undated = [p for p in reading.passages if p.item.entries and p.item.entries[0].date is None]
    if len(reading.passages) < ITEMS_FOR_A_HABIT or len(undated) > (1 - SHARE_FOR_A_HABIT) * len(reading.passages):
        return
    for passage in undated:
        entry = passage.item.entries[0]
        yield passage.doubt(entry.start, min(entry.start + SHOWN, entry.end), "本期条目多以日期起头，此条没有日期，请核")


# An item so many times longer or shorter than the middle one of the issue is out of the house's habit; of few items none is known.
TOO_LONG, TOO_SHORT = 3.5, 0.25
ITEMS_FOR_A_LENGTH = 20


@issue_rule(
    "L003", "条目篇幅与本期习惯相差悬殊", "Item of a length out of the house's habit", "note",
    reason="一条的篇幅为本期通常篇幅的几倍或几分之一，可能未经删节，或有脱漏。",
    wrong="\n".join(f"条目：甲县第{n}次会议召开 5月8日，会议召开，研究部署第{n}季度重点工作。" for n in range(1, 22))
          + "\n条目：乙县会议召开 会议。",
    right="\n".join(f"条目：甲县第{n}次会议召开 5月8日，会议召开，研究部署第{n}季度重点工作。" for n in range(1, 22)),
    source="月报编写惯例：篇幅")
def length_of_items(reading: Reading) -> Iterator[Doubt]:
    lengths = {p.item.number: sum(e.end - e.start for e in p.item.entries) for p in reading.passages}
    if len(lengths) < ITEMS_FOR_A_LENGTH:
        return
    usual = median(lengths.values())
    for passage in reading.passages:
        length = lengths[passage.item.number]
        if passage.item.entries and not TOO_SHORT * usual <= length <= TOO_LONG * usual:
            entry = passage.item.entries[0]
            yield passage.doubt(
                entry.start, min(entry.start + SHOWN, entry.end), f"此条{length}字，本期通常约{usual:.0f}字，请核是否未删节或有脱漏")


SPACE_WITHIN = re.compile(r"(?<=([\u4e00-\u9fff]))[ \u3000]+(?=([\u4e00-\u9fff]))")


@text_rule(
    "L004", "词中有空格", "Space within a word", "note",
    reason="换行、转换格式留下的空格，把一个词拆成两半；两字姓名中的空格除外。", wrong="5月8日，全市防汛工 作会议召开。",
    right="5月8日，全市防汛工作会议召开。", source="校对惯例：换行残留")
def space_within_word(passage: Passage) -> Iterator[Doubt]:
    for match in SPACE_WITHIN.finditer(passage.text):
        if match[1] + match[2] in terms("common_words"):
            a, b = shown(passage.text, *match.span())
            proposal = passage.text[a:match.start()] + passage.text[match.end():b]
            yield passage.doubt(a, b, f"“{match[1]}{match[2]}”中间有空格，请核", proposal, touches=match.span())


RULES = (order_of_entries, lead_date, length_of_items, space_within_word)
