"""Offices that stand after a name: X，某公司驾驶员; X任某县县长; X，男，……。现任某局局长; which of them are past."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from yuebao.annotate.mention import Mention
from yuebao.annotate.offices import ending_head, heads
from yuebao.annotate.passage import Passage, word_kind

# within a biography: 男，汉族，……。现任某县县长
_PRESENT = re.compile(
    "[，,（(](?:[男女](?=[，,）)])(?:(?![，。；\n][\u4e00-\u9fff]{2,4}[，,][男女])[^\n]){0,160}?|[^。\n]{0,80}?[，,][^。\n]{0,80}?)"
    "(现任|现为|生前系|系|(?<=[，。；])(?:此前|曾|历|原)(?:任|担任))(?:职务[是为])?[：:]?([^，。；\n]{2,60})")
# what every career has within reach of the name; looked for first, for the search above tries many ways before it gives up
_CAREER_WORD = re.compile("现任|现为|系|任")
_CAREER_REACH = 180
_APPOSITION = re.compile("[，,](?:现任|系|是|为|时任|原任)?([^，。；：\n！？“”]{2,60}?)(?=[。；\n]|$|，(?=[\u4e00-\u9fff]{2,4}[，、]))")
# followed by more of the same person: 甲，某乡卫生院医生，行医29年
_CLAUSE_APPOSITION = re.compile("[，,](?:现任|系|是|时任|原任)?([^，。；：\n！？“”、]{6,40})(?=，)")
_TAKES_OFFICE = re.compile(
    "(?:同志)?(?:（[^）]{1,6}）)?((?:已|曾经?|现|目前|此前|后来?|又|还|再|同时|先后|正式|开始|一直|长期|历|原|\\d{4}年(?:\\d{1,2}月)?起?)*)"
    "(不再担任|不再兼任|担任|出任|兼任|升任|调任|转任|改任|接任|继任|获任|履新|挂任|当选为?|被?(?:任命|提名|推选|推举|选举|聘任|聘请|聘)为|任|为|是)"
    "[了过]?([^，。；\n]{2,45})",
)
# a list that its office and number end: 甲、乙等5名副市长
_COUNTED = re.compile("等?(?:\\d{1,2}|[两二三四五六七八九十])[名位]([\u4e00-\u9fff]{2,8})(?=[，。；、）]|$)")
_BORN = re.compile("[，,（(][男女][，,）)]")
_DISMISSED = re.compile("(?:同志)?的?([^，。；\n]{2,60}?)的?职务")
_LEAVES_OFFICE = re.compile("(?:同志)?辞去(?:了)?([^，。；\n]{2,40}?)的?(?:职务|一职)")
# in office before, and no longer
_NO_LONGER = re.compile("曾|历|原|此前|先后|不再")
# after the offices that are taken, more of them: 任甲市副市长，乙区委书记; 担任甲，兼任乙
_FURTHER = re.compile("[，；](?:同时|并|后)?(?:不再担任|不再兼任|兼任|担任|任)?([^，。；\n]{2,45})")
_GIVES = re.compile("^(?:决定)?(?:任命?|为)+(?=.{2})")
_AND_SO_ON = re.compile("(?:[（(]兼[）)])?(?:等(?:领导)?(?:职务?|职位|岗位)?|的?职务|一职)?$")
_NOT_AN_OFFICE = re.compile(
    "\\d年|出生|[了着过的对在把被将与向到说为由]|不再|(?<!主)任(?!委员)|^[\u4e00-\u9fff]{0,4}(?:参加|出席|主持)")
_ROLE_ENDS = (
    "长", "员", "人", "师", "手", "民", "警", "官", "者", "授", "任", "记", "生", "工", "户", "部", "代表", "总", "士", "席",
    "理", "事", "裁",
)


def with_offices_after(passage: Passage, mention: Mention) -> Mention:
    """The mention with the offices that stand after the name: X，某公司驾驶员; X任某县县长; by person/former where all of them are past."""
    text = passage.text
    offices, is_former = offices_taken(text, mention.end)
    is_out = text.endswith(("免去", "免去："), 0, mention.start)
    if is_out and (dismissed := _DISMISSED.match(text, mention.end)):
        offices, is_former = offices_of(dismissed[1]), True
    if offices:
        by = "person/former" if is_former and not mention.offices else mention.by
        return replace(mention, offices=tuple(dict.fromkeys((*mention.offices, *offices))), by=by)
    may_be_told = mention.by == "person/biography" or mention.start == 0 or text[mention.start - 1] in "：；。\n、"
    if mention.offices or not may_be_told:
        return mention
    offices = apposition(passage, mention.end)
    if not offices and (mention.by == "person/biography" or _BORN.match(text, mention.end)):
        return _with_career(text, mention)
    return replace(mention, offices=offices) if offices else mention


def _with_career(text: str, mention: Mention) -> Mention:
    """The mention with the offices that the biography beginning after it says are held now, else held before."""
    career = _PRESENT.match(text, mention.end) if _CAREER_WORD.search(text, mention.end, mention.end + _CAREER_REACH) else None
    offices = offices_of(career[2]) if career else ()
    if career is None or not offices:
        return mention
    by = "person/former" if _NO_LONGER.search(career[1]) else mention.by
    return replace(mention, offices=(*offices, *_further(text, career.end())), by=by)


def is_dismissed(text: str, end: int) -> bool:
    """Whether offices and 职务 stand after a name that ends at `end` (免去甲某会主任职务)."""
    dismissed = _DISMISSED.match(text, end)
    return dismissed is not None and bool(offices_of(dismissed[1]))


def offices_taken(text: str, end: int) -> tuple[tuple[str, ...], bool]:
    """The offices that one whose name ends at `end` is said to take (任某县县长), and whether they are past (曾任); empty where none."""
    if counted := _COUNTED.match(text, end):
        return (counted[1],) if heads().get(ending_head(counted[1], len(counted[1])) or "") == "post" else (), False
    if leaving := _LEAVES_OFFICE.match(text, end):
        return offices_of(leaving[1]), True
    taking = _TAKES_OFFICE.match(text, end)
    if taking is None:
        return (), False
    offices = offices_of(taking[3])
    if taking[2] in ("为", "是") and any(heads().get(ending_head(o, len(o)) or "") != "post" for o in offices):
        return (), False  # 甲为救援落水儿童
    if offices:
        offices = (*offices, *_further(text, taking.end()))
    return offices, _NO_LONGER.search(taking[1] + taking[2]) is not None


def _further(text: str, end: int) -> Iterator[str]:
    """The offices of the clauses after `end`, as long as they hold nothing else."""
    while further := _FURTHER.match(text, end):
        offices = offices_of(further[1])
        if not offices or any(heads().get(ending_head(o, len(o)) or "") != "post" for o in offices):
            return
        yield from offices
        end = further.end()


def apposition(passage: Passage, end: int) -> tuple[str, ...]:
    """The offices that follow a name that ends at `end` after a comma, and fill their clause; empty where none do."""
    if match := _APPOSITION.match(passage.text, end):
        return offices_of(match[1])
    match = _CLAUSE_APPOSITION.match(passage.text, end)
    return offices_of(match[1]) if match and _is_nominal(passage, *match.span(1)) else ()


def _is_nominal(passage: Passage, start: int, end: int) -> bool:
    """Whether a clause has words of things only, and so says what one is, not what one does."""
    while start < end:
        word_end = passage.word_end(start)
        if word_kind(passage.text[start:word_end]) == "other" and word_end - start > 1:
            return False
        start = word_end
    return True


def offices_of(clause: str) -> tuple[str, ...]:
    """The offices of which a clause consists; empty where it holds anything else."""
    parts = [_AND_SO_ON.sub("", _GIVES.sub("", part)) for part in re.split("[、，]|兼任|(?<![（(])兼", clause) if part]
    if any(_NOT_AN_OFFICE.search(part) or not _ends_in_role(part) for part in parts):
        return ()
    return tuple(parts)


def _ends_in_role(part: str) -> bool:
    return ending_head(part, len(part)) is not None or (len(part) > 3 and part.endswith(_ROLE_ENDS))
