"""The sentences of a clipping as an editor weighs them: what is fit to print at all, and what a record of the event needs most."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from yuebao.compile.clauses import GOVERNS, MARKS, parted
from yuebao.compile.gate_turns import LEARNED, turns_of
from yuebao.compile.values import Clipping
from yuebao.model import ActValue, Annotation, DateValue, DocumentValue, MoneyValue, OrganisationValue, PersonValue, QuantityValue

# No part of a report: what a site or a paper puts around it.
_FURNITURE = re.compile(
    "责任编辑|责编|返回搜狐|版权|侵权|来源[：:/|｜]|原标题|供稿|撰稿|扫码|二维码|点击|公众号|客户端(?:消息|讯)|图为|供图|摄影|联系电话|邮箱|邮编|咨询电话|转载|声明[：:]"
    "|更多精彩|【编辑|编辑[：:]|审核[：:]|校对[：:]|监制|未经授权|本网|本报|本台|新华社|中新社|中新网|大河网|http|www|特此(?:公告|通告|通知)|广告|[=＝*×#@]{2}")
# A report that speaks as itself, asks, calls out, or paints.
_FIRST_PERSON = re.compile("我们|我(?=[说想看的是]|觉得|家)|俺|咱|笔者|记者|小编|大家(?=好|一起)|各位|[您你]|[我本][县区乡镇村校院局厂行所社]|我办")
_CALL = re.compile("[？！?!]|(?:呢|吧|啊|呀|啦|哦|嘛)(?:$|[，。])")
_SPEECH = re.compile("“[^”]{24,}|(?:说|说道|告诉|直言|坦言|感慨|感叹|回忆|笑着|激动)[：:，]?(?:$|“)")
_QUOTED_ALONE = re.compile("(?:“[^”]*”，?)+|[问答][：:].*")
_PAINTED = re.compile(
    "只见|走进|映入眼帘|一幅|一派|一片|笑容|笑声|热火朝天|如火如荼|洋溢|喜气|阵阵|纷纷|绿树成荫|整齐划一|井然有序|掌声|令人|仿佛|宛如|好不热闹|骄阳|夏日|炎炎|金秋|春暖|冬日"
    "|亮丽|风景线|画卷|乐章|赞歌|扑面|徜徉|美不胜收|络绎不绝|赞不绝口|深受.{0,6}好评|点赞|打卡|火爆|爆款|出圈|硬核|吸睛|惊艳|重磅|史上|大片|刷屏|网红")
_WHO = re.compile("出席|参加|陪同|列席|参会|与会|到会|主持|见证|在座|观摩")
_DEMAND = re.compile("(?:强调|要求|指出|提出|希望)(?:，|：|$)|^(?:会议|座谈会|大会|他|她)?(?:强调|要求|指出)")
_MEETING = re.compile("召开|举行|举办|开幕|启动|揭牌|开工|签约|调研|考察|检查|慰问|视察|督导|印发|发布|公布|通报|开展|投产|通车|建成|获得?|荣获|入选|当选|任命|成立|开庭|宣判|审理|会谈|会见|开馆|批准|揭晓|竣工|夺|捐赠|演练|表彰|挂牌")
# A clause behind which a sentence may not be ended: something must follow that it serves.
_SERVES = re.compile(
    "^(?:以(?!上|下|内)|在(?!.*(?:召开|举行|举办|开幕|调研|检查|揭牌|启动)).*(?:[上中下时后前]|期间|同时|背景|之际|过程)?$|通过|围绕|为(?!期)|针对|按照|根据|随着|结合|经过?|对(?!.*进行)|就|从|由于|因|当|自|据|截至|作为|不仅|不但|既|一方面|无论|"
    "面对|依托|聚焦|紧扣|立足|本着|依据|根据|应)|(?:的同时|基础上|之际|期间|以来|其中|之后|以后|时|例如|包括|分别为|如下)$")
_JOINS_ON = re.compile("^(?:并|且|而|及|以及|和|从而|进而|使|让|但|以(?!及)|其中|从|为|同时|更|还|也)")
LEAD_WITHIN = 8  # sentences
DATED_WITHIN = 40  # characters
LONG_AGO = 45  # days before the clipping's own
SAME = 0.6  # of the pairs of characters of the shorter of two sentences
LONGEST = 260  # characters of a sentence that is kept whole


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence of a clipping: `[start, end)` without the mark that ends it; `clauses`, where it may be ended before."""

    clipping: Clipping
    sentence: int
    start: int
    end: int
    text: str
    annotations: tuple[Annotation, ...]
    leans: bool
    cuts: tuple[int, ...]

    def holds(self, kind: type) -> bool:
        """Whether something of that kind is named in it."""
        return any(isinstance(a.value, kind) for a in self.annotations)

    @property
    def is_dated(self) -> bool:
        """Whether it says near its head the day or month of what it tells, not long before the clipping's own."""
        text, own = self.clipping.item.text, self.clipping.dated_on
        head = self.start + DATED_WITHIN
        for annotation in self.annotations:
            value = annotation.value
            if isinstance(value, DateValue) and annotation.start < head and re.search("[日月旬]", text[annotation.start:annotation.end]):
                if own is None or 0 <= (date.fromisoformat(own) - date.fromisoformat(value.starts_on)).days <= LONG_AGO:
                    return True
        return any(turn.reason in ("day", "month") and self.start <= turn.start < head for turn in turns_of(self.clipping))

    @property
    def is_event(self) -> bool:
        """Whether it tells that something took place."""
        return bool(_MEETING.search(self.text)) or any(isinstance(a.value, ActValue) and a.value.act != "other" for a in self.annotations)

    @property
    def tells_who(self) -> bool:
        """Whether it tells who was there."""
        return self.holds(PersonValue) and bool(_WHO.search(self.text[-30:] + self.text[:12])) and len(self.text) < 160

    @property
    def demands(self) -> bool:
        """Whether it tells what was demanded."""
        return bool(_DEMAND.search(self.text[:40]))

    @property
    def is_fit(self) -> bool:
        """Whether a record may print it at all."""
        flat = self.text.replace("记者站", "").replace("记者协会", "")
        return not (
            _FURNITURE.search(flat) or _FIRST_PERSON.search(flat) or _CALL.search(flat) or _SPEECH.search(flat) or not _is_balanced(flat)
            or len(flat) < 6 or self.clipping.item.text[self.end:self.end + 1] in ("：", ":", "？", "?", "！", "!", "…") or _QUOTED_ALONE.fullmatch(flat)
            or any(isinstance(a.value, PersonValue) and flat[a.end - self.start:a.end - self.start + 1] in ("：", ":") for a in self.annotations))

    @property
    def weight(self) -> float:
        """How much a record of the event needs it."""
        weight = 1.5
        if self.tells_who:
            weight = 4.5
        elif self.demands:
            weight = 4.0
        elif self.holds(ActValue):
            weight = 3.0
        figures = sum(isinstance(a.value, MoneyValue | QuantityValue) for a in self.annotations)
        weight += 0.4 * min(figures, 4) + 0.3 * (self.holds(OrganisationValue) + self.holds(DocumentValue))
        weight -= 1.5 * bool(_PAINTED.search(self.text))
        return weight - 0.6 * self.leans


def units_of(clipping: Clipping) -> tuple[Unit, ...]:
    """The sentences of a clipping's text behind its headline, in order."""
    item = clipping.item
    whole = parted(item.text)
    body = len(item.headline) + 1 if item.headline else 0
    out = []
    for number, parts in enumerate(whole.sentences):
        start, end = parts[0].start, parts[-1].end
        if start < body:
            continue
        within = tuple(a for a in item.annotations if start <= a.start and a.end <= end)
        start = _behind_learning(clipping, start, end)
        cuts = tuple(
            part.end for part, after in pairwise(parts)
            if part.start >= start and whole.may_end(part.end) and (part.mark in "；;" or _may_end_before(item.text, part.start, part.end, after.start, after.end)))
        out.append(Unit(clipping, number, start, end, item.text[start:end], within, _leans(clipping, start), cuts))
    return tuple(out)


def _leans(clipping: Clipping, start: int) -> bool:
    """Whether a sentence leans on the one before it, with its opening (据了解，该项目…) or without."""
    whole = parted(clipping.item.text)
    openings = {turn.start: turn.end for turn in turns_of(clipping) if turn.reason == "opening"}
    leans = whole.leans(start)
    while start in openings:
        start = openings[start]
        leans |= whole.leans(start)
    return leans


def who_units(clipping: Clipping) -> Iterator[Unit]:
    """The clauses, behind the first of their sentences, that tell by themselves who took part: 副市长甲参加."""
    item = clipping.item
    offices = {turn.start for turn in turns_of(clipping) if turn.reason == "office"}
    for number, parts in enumerate(parted(item.text).sentences):

        for part in parts[1:]:
            unit = Unit(
                clipping, number, part.start, part.end, item.text[part.start:part.end],
                tuple(a for a in item.annotations if part.start <= a.start and a.end <= part.end), False, ())
            if part.start in offices and unit.tells_who:
                yield unit


def _behind_learning(clipping: Clipping, start: int, end: int) -> int:
    """Where a sentence begins behind 记者获悉 and the day before it, which is only when that was learned."""
    openings = {turn.start: turn.end for turn in turns_of(clipping) if turn.reason == "opening"}
    at, begins = start, start
    while at in openings and openings[at] < end:
        if LEARNED.search(clipping.item.text[at:openings[at]]):
            begins = openings[at]
        at = openings[at]
    return begins


def _may_end_before(text: str, start: int, end: int, after: int, after_end: int) -> bool:
    """Whether a sentence may be ended behind the clause `[start, end)`: it asks for nothing more, and the next does not hang on it."""
    clause, following = text[start:end], text[after:after_end]
    return not (
        GOVERNS.search(clause) or _SERVES.search(clause) or _JOINS_ON.match(following) or len(clause) < 6 or text[end:end + 1] in "：:")


def _is_balanced(text: str) -> bool:
    return all(text.count(one) == text.count(other) for one, other in ("“”", "（）", "《》", "()", "【】"))


def lead_of(units: Sequence[Unit]) -> Unit | None:
    """The sentence to begin with: dated and of what took place, near the head; else the first that is fit and leans on nothing."""
    fit = [unit for unit in units if unit.is_fit and not unit.leans]
    near = [unit for unit in units[:LEAD_WITHIN] if unit in fit]
    told = [unit for unit in near if unit.is_event]
    dated = [unit for unit in near if unit.is_dated]
    plain = [unit for unit in dated if unit in told and not _PAINTED.search(unit.text)]
    return next(iter([*plain, *(unit for unit in dated if unit in told), *dated, *told, *fit]), None)


def repeats(unit: Unit, others: Iterable[Unit]) -> bool:
    """Whether a sentence says for the most part what one of the others says."""
    mine = _pairs(unit.text)
    return any(len(mine & _pairs(other.text)) > SAME * min(len(mine), len(_pairs(other.text))) for other in others)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[n:n + 2] for n in range(len(text) - 1))


def shortened(unit: Unit, most: int) -> int:
    """Where the sentence is to be ended so that it has at most so many characters; its own end where it has, or cannot be ended before."""
    if unit.end - unit.start <= most:
        return unit.end
    fitting = [cut for cut in unit.cuts if cut - unit.start <= most and cut - unit.start >= min(40, most) and _is_balanced(unit.text[:cut - unit.start])]
    return max(fitting, default=unit.end)


def facts(unit: Unit) -> frozenset[str]:
    """What a sentence brings that can be held against another: people, sums, quantities."""
    found = {a.value.name for a in unit.annotations if isinstance(a.value, PersonValue)}
    text = unit.clipping.item.text
    found |= {text[a.start:a.end].replace(" ", "") for a in unit.annotations if isinstance(a.value, MoneyValue | QuantityValue)}
    return frozenset(found)


__all__ = ["LONGEST", "MARKS", "Unit", "facts", "lead_of", "repeats", "shortened", "units_of", "who_units"]
