"""N: one body or one project under several names. Only where the two names are surely of one thing; all of it asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from yuebao.model import Annotation, Item, OrganisationValue, PlaceValue, ProjectValue
from yuebao.proof.evidence import Renamed
from yuebao.proof.reading import Passage, Reading, difference
from yuebao.proof.rule import Doubt, issue_rule

HISTORY = ("原", "前身", "时任")  # before a name that is rightly the old one
CUT_BY = 2  # characters at least that a short form leaves out


@issue_rule(
    "N008", "机构用旧称，或简称先于全称", "Old name of a body, or the short form before the full one", "warning", looks_beyond=True,
    reason="机构改革后宜用新称；一条之内全称在前、简称在后。",
    wrong="沿革：市质量监督局 市市场监督管理局 2019-01-10\n机构：市质量监督局",
    right="沿革：市质量监督局 市市场监督管理局 2019-01-10\n机构：市市场监督管理局",
    source="机构沿革表；体例一致")
def names_of_bodies(reading: Reading) -> Iterator[Doubt]:
    old = {row.before: row for row in reading.evidence.renamed}
    for passage in reading.passages:
        bodies = [(a, a.value) for a in passage.item.annotations if isinstance(a.value, OrganisationValue)]
        for annotation, value in bodies:
            row = old.get(reading.evidence.body_of.get(value.name, ""))
            if row is not None and not passage.text[:annotation.start].endswith(HISTORY) and _is_after(passage, annotation, row):
                yield passage.doubt(
                    annotation.start, annotation.end, f"{row.from_on}起改称“{row.after}”（{row.basis}），请核", states_fact=True)
        yield from _short_first(passage, [a for a, _ in bodies])


def _is_after(passage: Passage, annotation: Annotation, row: Renamed) -> bool:
    """Whether what the entry tells is of a day on which the body had its new name."""
    entry = next((e for e in passage.item.entries if e.start <= annotation.start < e.end), None)
    day = entry.date.starts_on if entry and entry.date else passage.date
    return day is not None and day[:len(row.from_on)] >= row.from_on


def _short_first(passage: Passage, bodies: list[Annotation]) -> Iterator[Doubt]:
    """The first place of a short form (市发改委) whose full form (市发展和改革委员会) stands later in the item for the first time."""
    first: dict[str, Annotation] = {}
    start = passage.item.entries[0].start if passage.item.entries else 0
    for annotation in sorted(bodies, key=lambda a: a.start):
        if annotation.start >= start:  # a headline is short by its nature
            first.setdefault(passage.text[annotation.start:annotation.end], annotation)
    for (short, a), (full, b) in combinations(first.items(), 2):
        if a.start < b.start and is_short_for(short, full):
            yield passage.doubt(a.start, a.end, f"简称先出现，全称“{full}”在后，请核", severity="note", states_fact=True)


# 市委 and 市政府 are nobody's short forms; of a term of office (第七届) and of the kind of a company nothing is left out
NO_SHORT_FORM = re.compile("[省市州县区旗乡镇]委$|政府$|常委会$|常务委员会$|集团$|公司$|理事会$|代表大会$")


def is_short_for(short: str, full: str) -> bool:
    """Whether the one is the other with characters left out within, beginning alike; a name without its place is no short form."""
    if len(full) - len(short) < CUT_BY or full.endswith(short) or full.startswith(short) or short[:2] != full[:2]:
        return False
    if NO_SHORT_FORM.search(short) or "第" in full:
        return False
    rest = iter(full)
    return short[-1] in full[-3:] and all(character in rest for character in short)


LEAST_NAME = 5  # characters of a name that is a thing's own, without its place and without 项目
LEAST_LONG = 8  # of one that may lack a character or two
OF_PLACE = re.compile("^(?:[\u4e00-\u9fff]{2,4}(?=[省市县区]))?[省市县区]|^新建|(?:建设)?(?:项目|工程)$")
# what tells two things of one kind apart: 一期 and 二期, 东路 and 西路
KINDS_APART = frozenset("一二三四五六七八九十甲乙丙丁东西南北中上下前后左右内外大小新老旧高低首次期0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")


@issue_rule(
    "N009", "项目、道路、园区名称写法不一", "One project or place under several names", "note",
    reason="同一项目、道路、园区宜用一种名称；两个名称只差一两个字或字序不同的，请核是否一处。",
    wrong="地名：环云湖湿地公园\n地名：环云湖湿池公园",
    right="地名：云湖东岸湿地公园\n地名：云湖西岸湿地公园",
    source="体例一致")
def names_of_things(reading: Reading) -> Iterator[Doubt]:
    first: dict[str, tuple[Item, Annotation]] = {}
    for item in reading.issue.items():
        for annotation in item.annotations:
            if isinstance(annotation.value, ProjectValue | PlaceValue):
                first.setdefault(OF_PLACE.sub("", annotation.value.name), (item, annotation))
    names = [name for name in first if len(name) >= LEAST_NAME]
    for one, other in combinations(sorted(names, key=len), 2):
        may_be = len(other) - len(one) <= 2 and (one[0] == other[0] or one[-1] == other[-1])
        if may_be and _is_one_thing(one, other):
            (item, a), (there, b) = first[one], first[other]
            yield Doubt(
                item.text[a.start:a.end], f"另有“{there.text[b.start:b.end]}”，名称相近，请核是否一处", item.number, a.start, a.end,
                states_fact=True, related=(reading.item_related(there, b.start, b.end),))


def _is_one_thing(one: str, other: str) -> bool:
    """Whether two names, the shorter first, are alike but for one character, the order of two neighbours, or a character or two left out.

    What tells two things apart is no such difference.
    """
    (a, b), (c, d) = difference(one, other)
    left, right = one[a:b], other[c:d]
    if KINDS_APART & {*left, *right}:
        return False
    if not left:  # left out within, not at an end: 市民广场 is another thing than 市民广场北门
        return 0 < len(right) <= 2 and len(one) >= LEAST_LONG and 0 < a < len(one)
    return len(left) == len(right) and (len(left) == 1 or left == right[::-1])


RULES = (names_of_bodies, names_of_things)
