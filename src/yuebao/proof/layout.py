"""L: order and form of entries. All of it is the house's own habit, so all of it only asks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from yuebao.proof.reading import Reading
from yuebao.proof.rule import Doubt, issue_rule


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


RULES = (order_of_entries, lead_date)
