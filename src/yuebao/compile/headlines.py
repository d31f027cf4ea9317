"""Headlines in the house's pattern: 某人到某地调研, 某会召开; the source's own where it is one of a record."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yuebao.compile.clauses import GOVERNS, LEANS, parted
from yuebao.compile.condense_units import Unit
from yuebao.compile.gate_turns import turns_of
from yuebao.compile.habits import Habits
from yuebao.compile.values import Clipping
from yuebao.model import DateValue, PersonValue, Span

Passage = tuple[Clipping, int, int]
# what asks, calls, or tells of the site; or of a day that only its text tells
_NO_RECORD = re.compile(
    "[？！?!…|｜丨【】#：:]|“[^”]*$|[我你您咱俺]|这[个样份]|快讯|图解|^视频|视频$|直播|原标题|速看|提醒|注意|最新|刚刚|当[天日]|同日|近日|日前|重磅|来了|啦|吗|呢")
_TELLS = re.compile(
    "召开|举行|举办|开幕|闭幕|启动|揭牌|开工|签约|调研|考察|检查|慰问|视察|督导|督查|印发|发布|公布|通报|开展|投产|通车|建成|获|入选|当选|任|成立|参加|出席"
    "|主持|会见|到|在|赴|实现|突破|达|增长|推进|完成|设立|上线|开通|启用|竣工|表彰|评为|命名|座谈|走访|部署|会谈|批准|开放|开馆|开庭|挂牌|落成|奠基|投运|下线"
    "|捐赠|救援|通过|演练|培训|宣讲|研究|传达|学习|夺")
_ANY = re.compile("..")
# a clause that serves another
_SERVES = re.compile(
    "^(?:每|受(?!访|灾)|从(?!业)|除(?!夕)|以(?!色列)|在(?!建|职|校)|通过|围绕|为|针对|按照|根据|随着|结合|经(?!济|开|营)|对(?!外)|由于|因|当(?!地|选|代)"
    "|自(?!由|然|治|主|动|来|贡)|据|截至|作为|面对|依托)"
    "|(?:的同时|之际|期间|以来|之后|以后|时|获悉|为|由|将|了解到)$")
LEAST, LEAST_MOST, LONGEST = 7, 24, 45  # characters


def headlines(lead: Unit, clipping: Clipping, own: Span | None, habits: Habits) -> Iterator[Passage]:
    """Headlines that the clipping's own and the item's first sentence offer, best first."""
    most = max(habits.longest_headline, LEAST_MOST)
    if own:
        yield from _own(clipping, own, most)
    yield from _made(lead, most, _TELLS)
    if own:
        yield from _own(clipping, own, LONGEST)
    yield from _made(lead, LONGEST, _TELLS)
    if own:
        yield (clipping, own.start, own.end)
    yield from _made(lead, LONGEST, _ANY)


def _own(clipping: Clipping, own: Span, most: int) -> Iterator[Passage]:
    """The clipping's own headline; of one in several parts, the last or the first that tells what happened."""
    headline = clipping.item.text[own.start:own.end]
    breaks = [m.span() for m in re.finditer(r"(?<=[^\s\d])\s+(?=[^\s\d])", headline)]
    parts = [(0, len(headline))] if not breaks else [(breaks[-1][1], len(headline)), (0, breaks[0][0])]
    for start, end in parts:
        said = headline[start:end]
        if LEAST <= len(said) <= most and _is_record(said) and (not breaks or _TELLS.search(said)):
            yield (clipping, own.start + start, own.start + end)


def _made(lead: Unit, most: int, tells: re.Pattern[str]) -> Iterator[Passage]:
    """Made of the lead: its first clause that tells what happened, without day, office and venue."""
    clipping = lead.clipping
    whole = parted(clipping.item.text)
    for part in (p for p in whole.parts if lead.start <= p.start and p.end <= lead.end):
        start = _head(lead, part.start, part.end)
        said = clipping.item.text[start:part.end]
        is_day = any(isinstance(a.value, DateValue) and a.start <= start and part.end <= a.end for a in lead.annotations)
        if LEAST <= len(said) <= most and tells.search(said) and _is_record(said) and not is_day:
            yield (clipping, start, part.end)


def _is_record(said: str) -> bool:
    return "月" not in said[:4] and not LEANS.match(said) and not any(wording.search(said) for wording in (GOVERNS, _NO_RECORD, _SERVES))


def _head(lead: Unit, start: int, end: int) -> int:
    """Where the clause begins behind its day and the office of whom it names first."""
    drops = [t for t in turns_of(lead.clipping) if t.reason in ("opening", "office") and t.end < end]
    people = {a.start for a in lead.annotations if isinstance(a.value, PersonValue)}
    at = start
    while further := [t.end for t in drops if t.start == at and (t.reason == "opening" or t.end in people)]:
        at = max(further)
    return at
