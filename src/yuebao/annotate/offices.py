"""Offices as written: the words that end one before a name, how far it reaches to the left, how a run is split, titles after a name."""

from __future__ import annotations

import re
from functools import cache

from yuebao.annotate.passage import Passage, Words
from yuebao.lexicon import rows, terms

# The longest office of a person seen in bulletins has 37 characters.
LONGEST_OFFICE = 45
_STOP_AT = frozenset("，。；：、！？,;:!?“”‘’\"'\n\r…—|《》〈〉【】[]　 \t>＞/×▲△■●")
# what stands in these is passed over: 国家医疗中心（某省）主任, 《某某》杂志主编
_OPENING = {"）": "（", ")": "(", "》": "《", "”": "“"}
# before an office that another has taken: (甲曾任)某市委书记，某市市长乙
_TAKES = ("任", "为")
# who makes a periodical or a work; its title is part of the office
_OF_TITLED = frozenset(("总编辑", "主编", "总编", "社长", "记者", "作者", "编辑", "导演", "编剧", "主持人", "主播"))
# whose honour stands in quotation marks: “七一勋章”获得者
_OF_HONOURED = ("获得者", "得主", "获奖者", "称号获得者")
_DETERMINERS = frozenset(("该", "本", "我", "这家", "此"))
_DETERMINED = re.compile("(?:集团|公司|校|院|局|市|县|区|省|镇|乡|村|厂|企业|单位|中心|社区|街道|州|旗|馆|所|站|会|项目)")
_CLOSED = re.compile("[（(][^（）()]*[）)]")
_LEADING = re.compile(
    "(?:(?:(?:认真|深入|全面|坚决|严格|切实)*(?:学习|贯彻|落实|传达))+|新任|现任|时任|曾任|原系|系|\\d{1,3}岁的?|[我该][省市县区州镇乡村校院局]|网传|有(?=[市县区省州镇乡][政委人协纪监直]|[市县区省州镇乡][\u4e00-\u9fff]{2,8}局)|代表(?!团|队|处|会|大会|委员|性|人|作)|会上|会前|会后|其中|来自|活动中?(?!中心|部))")
_BODY_ENDS = (
    "集团", "公司", "大学", "学院", "医院", "实验室", "银行", "研究院", "研究所",
    "协会", "学会", "商会", "联合会", "基金会", "委员会", "开发区",
)
# a body named with 和 or 与: the part after it ends in such a word, and the part before it is a field, not a body or a person
_PAIRED_BODY = re.compile(
    "[^\\W市省县州镇乡]{1,12}?"
    "(?:委员会|办公室|研究室|研究院|研究所|实验室|学院|学部|中心|总局|局|厅|委|部|系|处|科|办|室|会|院|所)",
)
_WHOLE_BODY = re.compile("集团|公司|党委|政府|人大|政协")
_DAILY_WORK = re.compile("(?:分管|主持|负责|协管)(?:日常|常务|全面)?[\u4e00-\u9fff]{0,4}工作$")
_RENOWNED = re.compile("(?:知名|著名|资深|权威|顶尖|优秀|杰出)")
_NOT_A_FIELD = (
    "局", "委", "厅", "部", "公司", "集团", "院", "校", "会", "长", "员", "记", "任", "市", "县", "区", "省",
    "镇", "村", "办", "队", "授", "士", "席", "等", "人",
)


@cache
def heads() -> dict[str, str]:
    """The words that end an office before a name, each with its kind: post, role, byline or group."""
    return {row["term"]: row["kind"] for row in rows("offices") if row["kind"] in ("post", "role", "byline", "group")}


@cache
def _head_lengths() -> dict[str, tuple[int, ...]]:
    """How long the heads are that end in a character, the longest first."""
    lengths: dict[str, set[int]] = {}
    for head in heads():
        lengths.setdefault(head[-1], set()).add(len(head))
    return {last: tuple(sorted(found, reverse=True)) for last, found in lengths.items()}


@cache
def _after() -> dict[str, tuple[str, str]]:
    return {row["term"]: (row["kind"], row["after"]) for row in rows("offices") if row["after"] != "-"}


@cache
def title_words() -> Words:
    """The words that stand after a name and say its office or address it."""
    return Words(_after())


def is_title(word: str) -> bool:
    """Whether the word stands after names (女士, 教授)."""
    return word in _after()


def title_terms() -> frozenset[str]:
    """The words that stand after names."""
    return frozenset(_after())


def makes_a_name(title: str) -> bool:
    """Whether what stands before this word is a name even if nothing else tells it (教授, 同志)."""
    return _after()[title][1] == "style"


def is_office_word(word: str) -> bool:
    """Whether a word after a name says an office (教授), and not only addresses (同志)."""
    return _after()[word.removeprefix("副")][0] != "address"


def title_after(passage: Passage, end: int) -> str | None:
    """The title that stands right after a name that ends at `end` (总书记, 副总理)."""
    deputy = "副" if passage.text.startswith("副", end) else ""
    word = title_words().at(passage.text, end + len(deputy))
    return deputy + word if word and passage.begins[end + len(deputy) + len(word)] else None


def ending_head(text: str, end: int) -> str | None:
    """The longest head with which the text ends at `end`."""
    known = heads()
    for length in _head_lengths().get(text[end - 1:end], ()):
        if length <= end and text[end - length:end] in known:
            return text[end - length:end]
    return None


def offices_before(passage: Passage, head_start: int, end: int, name_ends: frozenset[int] | set[int]) -> tuple[tuple[str, ...], int]:
    """The offices of the run that ends at `end` with the head that begins at `head_start`, as written; and where the run begins."""
    text = passage.text
    start = _start_of(passage, head_start, name_ends)
    found = [text[start:end]]
    while start > 0:
        before = text[start - 1]
        stop = start - 1
        if before in "、，," and start > 1:
            head = ending_head(text, stop)
            if head and heads()[head] != "group" and stop not in name_ends:
                if before != "、" and heads()[head] != "post":
                    break
                previous = _start_of(passage, stop - len(head), name_ends)
                if before != "、" and text[previous - 1:previous] in _TAKES:
                    break
                found.insert(0, text[previous:stop])
                start = previous
                continue
            if before == "、" and (joined := _joined_body(passage, stop, name_ends)) is not None:
                found[0] = text[joined:start] + found[0]
                start = joined
            break
        if before in "兼及" or text[stop - 1:start] == "兼任":  # 控股股东及实际控制人
            stop = start - (2 if before == "任" else 1)
            head = ending_head(text, stop)
            if head is None or stop in name_ends or (before == "及" and heads()[head] != "post"):
                break
            previous = _start_of(passage, stop - len(head), name_ends)
            found.insert(0, text[previous:stop])
            start = previous
            continue
        break
    return tuple(office for office in dict.fromkeys(found) if office), start


def _joined_body(passage: Passage, end: int, name_ends: frozenset[int] | set[int]) -> int | None:
    """Where a body begins that shares the office with the next (甲集团、乙电气党委书记), or None where `end` ends no such body."""
    if not passage.text.startswith(_BODY_ENDS, max(0, end - 3)) and not passage.text[:end].endswith(_BODY_ENDS):
        return None
    start = _start_of(passage, end, name_ends)
    before = passage.text[start - 1:start]
    return start if 2 < end - start <= 15 and before != "、" and start not in name_ends else None


def _start_of(passage: Passage, at: int, name_ends: frozenset[int] | set[int]) -> int:
    """Where the office begins whose head begins at `at`: leftwards, word by word, up to what cannot be part of an office."""
    text, limit, stops = passage.text, max(0, at - LONGEST_OFFICE), terms("office_stops")
    start = at
    while start > limit:
        before = text[start - 1]
        if before in _OPENING and (before not in "》”" or start < at or _is_of_titled(text, at)):
            opening = text.rfind(_OPENING[before], max(limit, start - 14), start)
            if opening < limit or opening + 1 >= start - 1 or not _STOP_AT.isdisjoint(text[opening + 1:start - 1]):
                break
            start = opening
            continue
        if before in _STOP_AT or before in "（(" or before.isspace() or start in name_ends:
            break
        word_start = max(passage.word_start(start), limit)
        word = text[word_start:start]
        if word in stops and not _stands_inside(passage, word, word_start, start, at, name_ends):
            return _after_determiner(passage, word, start, at)
        start = word_start
    return _strip_leading(text, start, at)


def _is_of_titled(text: str, at: int) -> bool:
    return (text[at - 1] == "》" and any(text.startswith(head, at) for head in _OF_TITLED)) or text.startswith(_OF_HONOURED, at)


def _stands_inside(passage: Passage, word: str, start: int, end: int, at: int, name_ends: frozenset[int] | set[int]) -> bool:
    """Whether a word that commonly ends an office belongs to it here: 和 in a body's name, 的 before 知名."""
    if word == "的" and _DAILY_WORK.search(passage.text, max(0, start - 14), start):
        return True  # 分管日常工作的副主任
    if word == "的":
        return _RENOWNED.match(passage.text, end) is not None
    return word in ("和", "与") and start not in name_ends and _is_paired(passage, start, end, at)


def _is_paired(passage: Passage, start: int, end: int, at: int) -> bool:
    """Whether 和 or 与 at `[start, end)` stands inside the name of one body (自然资源和规划局, 物理科学与技术学院)."""
    text = passage.text
    before = text[max(0, start - 4):start]
    if not before or not "\u4e00" <= before[-1] <= "\u9fff" or before.endswith(_NOT_A_FIELD):
        return False
    body = _PAIRED_BODY.match(text, end)
    return body is not None and body.end() <= at + 1 and not _WHOLE_BODY.search(body[0])


def _after_determiner(passage: Passage, stop: str, start: int, at: int) -> int:
    """Without 该集团, 我市 before a body of it."""
    if stop in _DETERMINERS and (noun := _DETERMINED.match(passage.text, start)) and noun.end() <= at:
        return noun.end()
    return _strip_leading(passage.text, start, at)


def _strip_leading(text: str, start: int, at: int) -> int:
    if text[start] in "（(" and (closing := _CLOSED.match(text, start, at)):
        start = closing.end()
    match = _LEADING.match(text, start, at)
    return match.end() if match else start
