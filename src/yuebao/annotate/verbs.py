"""Verbs of protocol in a text: what they are as printed, and of what class (act), where they can say what someone does.

主持 in 主持人, 揭牌 in 揭牌仪式, 讲话 in 讲话精神 are no acts; 部署 is one only after 作 or 进行; 参加 before 调研 is accompanying.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from yuebao.annotate.lexis import in_turn, standing_in
from yuebao.lexicon import rows

# 作了一场生动的辅导报告: a light verb so far before its noun still governs it; the phrase is printed whole up to LONGEST_VERB
LONGEST_LIGHT_PHRASE = 22
LONGEST_VERB = 12

_LIGHT = re.compile("(?:(?<![工合操制创著动运写协])作|做|进行|开展|发表|举行)(?![业为用好品出])了?|(?<![工合操创著动运写协])作出了?")
_GOVERNS = re.compile("(?!情况|活动|.*[并且])(?:[^，。；：！？,;:\\s“”《》]|“[^”]{1,8}”)*")
_ABOUT_A_TITLE = re.compile("(?:作|做|发表|进行)了?(?:了?题为)?《[^《》\n]*》(?:的|专题|主题)*$")
# 作《政府工作报告》: its noun stands in the title
_A_TITLED_SPEECH = re.compile("(?<![工合操制创著动运写协])(作了?)《[^《》\n]{2,60}(?:报告|讲话|发言|演讲|说明|讲座|党课|宣讲)》(?!的)")
_NOMINAL_BEFORE = re.compile(
    "(?:的(?:重要|系列|亲切|现场|实地|专题|工作|情况)?|重要|[年月周季]度?|(?<!\\d)日|表示(?:亲切|诚挚|节日)?|致以[^，。]{0,8}|送上|听取|接受|加强|强化)$",
)
_MEETING_AFTER = re.compile(
    "(?:工作|活动|专题)?(?:推进|调度|现场|座谈|汇报|培训|动员|讲评|反馈|启动)?(?:会议?|大会|仪式|论坛)(?![见谈商同])",
)
_LEADS_ON = re.compile("(?:了|上述|有关|相关|此次|本次|专题|实地|现场|集中|部分|采访|联合){0,2}")
_OR_MEETING = re.compile("(?:活动)?(?:或者?|和|、|以及|及)(?!出席|参加)[^，。；、\\s]{0,14}(?:会议?|仪式)(?=[，。；\\s]|$)")
_NO_NAMED_EVENT = re.compile("(?:了|上述|有关|相关|此次|本次)*(?:活动)?(?=[，。；、\\s）]|$)")
# what one takes part in without attending anything
_NO_EVENT = re.compile(
    "[^，。；]{0,24}?(?:比赛|竞赛|大赛|锦标赛|赛事|联赛|救援|救灾|抢险|战斗|战役|行动|考试|训练|建设|评选|投标|竞标|义诊|社会实践)(?:活动)?(?:[，。；、\\d\\s]|$)",
)
# 介绍 and 参与 say an act where one tells of something or takes part in an event: 介绍了…, 介绍有关情况, 参与植树活动
_TOLD = re.compile("了|[^，。；、]{1,24}?(?:情况|经验|做法|进展|成效|活动|仪式|会议?|植树)(?=[，。；\\s]|$)")
_LEADING_ENDS = re.compile("(?=[，。；\\s]|$)")
_WITH_ANOTHER = ("一同", "一道", "一起", "共同")


class VerbFound(NamedTuple):
    """A verb as printed at `[start, end)`, of the class `act`.

    `form`: plain; meeting (met where the other side is named, other where not); event (参加活动: what was held before tells of what
    class); lead (带队); told (介绍有关情况: only of people named beside it); travel (考察: of a company's head no inspection);
    together (一同调研: with one who was named before). `phrase`: where the words begin that go with the verb (发表了题为《…》的|演讲),
    -1 where none do.
    """

    start: int
    end: int
    act: str
    form: str = "plain"
    phrase: int = -1


@dataclass(frozen=True, slots=True)
class _Entry:
    act: str
    form: str
    never_before: re.Pattern[str] | None


@cache
def _entries() -> dict[str, _Entry]:
    return {
        row["term"]: _Entry(row["act"], row["form"], None if row["not_before"] == "-" else re.compile(row["not_before"]))
        for row in rows("act_verbs")
    }


def find_verbs(text: str) -> list[VerbFound]:
    """The verbs that can say an act, from left to right. Those of 参加调研或座谈会 are two at one place; 开展巡河、巡林检查 is one."""
    found: list[VerbFound] = []
    for verb in _each_verb(text):
        if found and verb.phrase >= 0 and (found[-1].phrase, found[-1].act) == (verb.phrase, verb.act):
            found.pop()
        found.append(verb)
    titled = [VerbFound(match.start(), match.end(1), "spoke") for match in _A_TITLED_SPEECH.finditer(text)] if "作" in text else []
    return sorted([*found, *titled], key=attrgetter("start")) if titled else found


def _each_verb(text: str) -> Iterator[VerbFound]:
    entries, past = _entries(), 0
    for start, term in in_turn(standing_in(text).verbs):
        end, entry = start + len(term), entries[term]
        if start < past:
            continue
        if term in ("参加", "参与", "陪同", "随同"):
            joined = _joined(text, end)
            if joined is not None:
                past = joined
                yield from _joining(text, start, joined)
                continue
        barred = entry.never_before.match(text, end) if entry.never_before else None
        # 慰问活动 is a noun, but 开展慰问活动 is to inspect
        is_activity = barred is not None and barred[0] == "活动" and entry.act == "inspected"
        if entry.act != "-" and (barred is None or is_activity):
            yield from _found(text, start, term, entry, needs_light=is_activity)


def _joined(text: str, end: int) -> int | None:
    """The end of the inspection that one takes part in (参加|调研), or None where none follows."""
    leads = _LEADS_ON.match(text, end)
    at = leads.end() if leads else end
    term = standing_in(text).verbs.get(at)
    if term is None or _entries()[term].act != "inspected" or text.startswith(("组", "团"), at + len(term)):
        return None
    return at + len(term)


def _joining(text: str, start: int, end: int) -> Iterator[VerbFound]:
    """Taking part in an inspection; in 参加调研座谈会 it is a meeting, in 参加调研或座谈会 both."""
    if _MEETING_AFTER.match(text, end):
        yield VerbFound(start, start + 2, "attended")
        return
    yield VerbFound(start, end, "accompanied")
    if _OR_MEETING.match(text, end):
        yield VerbFound(start, start + 2, "attended")


def _found(text: str, start: int, term: str, entry: _Entry, needs_light: bool) -> Iterator[VerbFound]:
    end = start + len(term)
    light = _light_verb(text, start) if entry.form in ("noun", "both", "told", "meeting") else None
    if light is not None:
        form = _form(text, light, term, entry)
        yield VerbFound(light if end - light <= LONGEST_VERB else start, end, entry.act, form, light)
        return
    if needs_light or entry.form == "noun" or _NOMINAL_BEFORE.search(text, max(0, start - 12), start):
        return
    if (entry.act == "inspected" and _MEETING_AFTER.match(text, end)) or (entry.form == "told" and not _TOLD.match(text, end)):
        return
    if entry.form == "lead":
        if _LEADING_ENDS.match(text, end):
            yield VerbFound(start, end, entry.act, "lead")
    elif term == "参加" and _NO_NAMED_EVENT.match(text, end):
        yield VerbFound(start, end, entry.act, "event")
    elif term == "参加" and _NO_EVENT.match(text, end):
        yield VerbFound(start, end, "other")
    else:
        yield VerbFound(start, end, entry.act, _form(text, start, term, entry))


def _form(text: str, start: int, term: str, entry: _Entry) -> str:
    if entry.form == "meeting":
        return "meeting"
    if "考察" in term:
        return "travel"
    if entry.form == "told":
        return "plain" if text.startswith("了", start + len(term)) else "told"
    return "together" if entry.act == "inspected" and text[max(0, start - 2):start] in _WITH_ANOTHER else "plain"


def _light_verb(text: str, start: int) -> int | None:
    """Where the light verb begins that governs a noun at `start` (作|表态|发言), or None."""
    before = text[max(0, start - LONGEST_LIGHT_PHRASE):start]
    titled = _ABOUT_A_TITLE.search(text, max(0, start - 60), start) if "》" in before else None
    if titled:
        return titled.start()
    found = list(_LIGHT.finditer(before))
    return start - len(before) + found[-1].start() if found and _GOVERNS.fullmatch(before, found[-1].end()) else None
