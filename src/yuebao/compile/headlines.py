"""Headlines in the house's pattern: 某人到某地调研, 某会召开; the source's own where it is one of a record."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yuebao.compile.clauses import GOVERNS, parted
from yuebao.compile.condense_units import Unit
from yuebao.compile.gate_turns import turns_of
from yuebao.compile.habits import Habits
from yuebao.compile.values import Clipping
from yuebao.model import PersonValue

Passage = tuple[Clipping, int, int]
_NO_RECORD = re.compile("[？！?!…|｜丨【】#：:]|“[^”]*$|[我你您咱俺]|这[个样份]|快讯|图解|视频|直播|原标题|速看|提醒|注意|最新|刚刚|重磅|来了|啦|吗|呢")
_TELLS = re.compile("召开|举行|举办|开幕|闭幕|启动|揭牌|开工|签约|调研|考察|检查|慰问|视察|督导|督查|印发|发布|公布|通报|开展|投产|通车|建成|获|入选|当选|任|成立|参加|出席|主持|会见|到|在|赴"
                    "|实现|突破|达|增长|推进|完成|设立|上线|开通|启用|竣工|表彰|评为|命名|座谈|走访|部署")
LEAST, LONGEST = 6, 45


def headlines(lead: Unit, clipping: Clipping, habits: Habits) -> Iterator[tuple[Passage, ...]]:
    """Headlines that the clipping and its lead offer, best first, each the passages that it is made of."""
    most = max(habits.longest_headline, 24)
    own = list(_own(clipping, most))
    made = list(_made(lead, most))
    yield from own
    yield from made
    yield from _made(lead, LONGEST * 2)


def _own(clipping: Clipping, most: int) -> Iterator[tuple[Passage, ...]]:
    """The clipping's own headline, or the last part of it that white space divides, where it tells what happened."""
    headline = clipping.item.headline
    if not headline:
        return
    starts = [0, *(m.end() for m in re.finditer(r"(?<=[^\s\d])\s+(?=[^\s\d])", headline))]
    for start in starts:
        said = headline[start:]
        if LEAST <= len(said.replace(" ", "")) <= most and not _NO_RECORD.search(said) and _TELLS.search(said):
            yield ((clipping, start, len(headline)),)
            return


def _made(lead: Unit, most: int) -> Iterator[tuple[Passage, ...]]:
    """Made of the lead: its first clause that tells what happened, without day, office and venue."""
    clipping = lead.clipping
    whole = parted(clipping.item.text)
    for part in (p for p in whole.parts if lead.start <= p.start and p.end <= lead.end):
        start = _head(lead, part.start, part.end)
        said = clipping.item.text[start:part.end]
        if LEAST <= len(said) <= most and _TELLS.search(said) and not GOVERNS.search(said) and not _NO_RECORD.search(said) and "月" not in said[:4]:
            yield ((clipping, start, part.end),)


def _head(lead: Unit, start: int, end: int) -> int:
    """Where the clause begins behind its day and the office of whom it names first."""
    drops = [t for t in turns_of(lead.clipping) if t.reason in ("opening", "office") and t.end < end]
    people = {a.start for a in lead.annotations if isinstance(a.value, PersonValue)}
    at = start
    while further := [t.end for t in drops if t.start == at and (t.reason == "opening" or t.end in people)]:
        at = max(further)
    return at
