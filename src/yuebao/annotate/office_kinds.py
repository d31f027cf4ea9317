"""What an office as written is, and how it is held.

The document keeps offices as written (`PersonValue.offices`); whoever needs to know that 二级巡视员 is a rank and 院士 an honour, or that
a 代市长 acts and a 原局长 has left, asks here. Both answers come from the text alone and are computed when asked, so that the file format
holds nothing that a better lexicon would make wrong.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, cast

from yuebao.annotate.offices import ending_head, heads
from yuebao.lexicon import rows

OfficeKind = Literal["office", "rank", "title", "honour", "label"]
OfficeStanding = Literal["acting", "former", "proposed", "seconded", "in_charge"]

_ASIDE = re.compile("[（(][^（）()]*[）)]$")
# 代市长, 原副部长, 拟任县委书记: these stand right before the head or what goes with it, or begin the whole
_BEFORE_HEAD = re.compile("(?:副|常务|第一|执行|党组|党委|专职|兼职)*$")
_STANDS_BEFORE: tuple[tuple[re.Pattern[str], OfficeStanding], ...] = (
    (re.compile("(?:代理?|署理)$"), "acting"),
    (re.compile("(?:原任?|前任?|时任|曾任|历任)$"), "former"),
    (re.compile("(?:拟任|候任|当选)$"), "proposed"),
    (re.compile("(?:挂职|挂任)$"), "seconded"),
)
_BEGINS: tuple[tuple[re.Pattern[str], OfficeStanding], ...] = (
    (re.compile("代理|代(?=[市县区省州镇乡旗盟])"), "acting"),
    (re.compile("原(?![子料油煤创野阳平则产因])|前任|前(?=总|首|国|市|省|县)|时任|曾任"), "former"),
    (re.compile("拟任|候任"), "proposed"),
    (re.compile("挂职"), "seconded"),
)
_SAYS: tuple[tuple[re.Pattern[str], OfficeStanding], ...] = (
    (re.compile("主持(?:[^，。]{0,8})?工作"), "in_charge"),
    (re.compile("(?:候选人|人选)$"), "proposed"),
    (re.compile("挂职"), "seconded"),
)


@lru_cache(maxsize=16)
def _kinds(on: str | None) -> dict[str, OfficeKind]:
    known: dict[str, OfficeKind] = {}
    for row in rows("office_kinds"):
        is_in_force = on is None or ((row["from_on"] == "-" or row["from_on"] <= on) and (row["until_on"] == "-" or on <= row["until_on"]))
        if is_in_force:
            known[row["term"]] = cast(OfficeKind, row["kind"])
    return known


def office_kind(text: str, on: str | None = None) -> OfficeKind:
    """What an office as written is: office 职务, rank 职级, title 职称, honour 称号, or label (市领导, 村民: no office at all).

    With `on` (an ISO date) only the rows in force on that day and the undated speak.
    """
    plain = _ASIDE.sub("", text)
    known = _kinds(on)
    head = ending_head(plain, len(plain))
    for start in range(max(0, len(plain) - 10), len(plain)):
        if plain[start:] in known:
            # 副总工程师 and the like: a longer head of an office goes before a shorter ending
            return "office" if head and len(head) > len(plain) - start and heads()[head] == "post" else known[plain[start:]]
    return "office" if head and heads()[head] == "post" else "label"


def office_standing(text: str) -> OfficeStanding | None:
    """How an office as written says that it is held, or None where it does not say.

    acting 代, former 原, proposed 拟任 or 候选人, seconded 挂职, in_charge 主持工作.
    """
    for pattern, standing in _SAYS:
        if pattern.search(text):
            return standing
    for pattern, standing in _BEGINS:
        if pattern.match(text):
            return standing
    plain = _ASIDE.sub("", text)
    head = ending_head(plain, len(plain))
    before = _BEFORE_HEAD.sub("", plain[:len(plain) - len(head)]) if head else ""
    return next((standing for pattern, standing in _STANDS_BEFORE if pattern.search(before)), None)
