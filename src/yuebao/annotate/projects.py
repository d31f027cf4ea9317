"""Projects: named works of construction and industry, and parks that are being built."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from yuebao.annotate.body import Body
from yuebao.annotate.passage import Passage
from yuebao.annotate.places_divisions import PlaceFound
from yuebao.annotate.words import LEVELS, Surroundings, WordRow, is_proper, reach_over
from yuebao.model import Annotation, ProjectValue

# written out: where every alternative begins with a character of its own a text is searched four times as quickly
_PHASE = "(?:[（(][一二三四五六七八九十]期[）)])?"
_WORK = re.compile("|".join((
    f"项目{_PHASE}", f"工程{_PHASE}", *(f"{number}期(?:项目|工程){_PHASE}" for number in "一二三四五"), "安置小区", "新校区", "新院区",
)))
# what is a work only where it is said to be built, or is done to a road or a water
_PLANNED = re.compile("平台(?:[（(][\u4e00-\u9fff]{2,10}[）)])?")
_IMPROVED = re.compile("(?:改造提升|景观提升|提升改造)(?=工作|方案|工程|[、，。])")
_NONE = re.compile(
    "(?:[一二三四五]期)?(?:项目|工程)(?:经理|部|师|系|局|中心|基金|研究|学|院|化|名单|组|负责|公司|技术|机械|大学"
    "|款|库|推介会|集中签约|签约仪式|观摩|洽谈会|路演|法人|处|力量|管理|有限|集团|类|职业)"
)
# what is said of a park that is being built, after its name and before it
_BEING_BUILT = re.compile("(?:位于|规划|修建|详细规划|建设|开工|奠基|动工|项目|落地|二期|一期)")
_BUILDS = re.compile("(?:建设|推进|打造|开工|新建|实施|谋划|筹建|规划)$")
# what says of what sort a work is, and never names one
_SORTS = frozenset((
    "小散", "活动", "扩大", "办实事", "为民办实事",
    "实事", "民生", "重点", "重大", "合作", "公益", "招商", "招商引资", "志愿服务", "培训", "科研", "比赛", "竞赛", "帮扶", "扶贫",
    "投资", "签约", "支柱", "相关", "各类", "课题", "研究", "惠民", "民心",
))
# zones are no works, though much is said of building them
_ZONES = (
    "示范区", "新区", "试验区", "自贸区", "开发区", "高新区", "经开区", "保护区", "度假区", "合作区", "保税区",
    "机场", "古镇", "古城", "国家公园",
)
# what says of what sort a work is where nothing else stands before it (文旅项目)
_ALONE_SORTS = frozenset((
    "文旅", "文旅资源", "重建", "研发", "科技", "产业", "旅游", "文化", "水利", "防洪", "民防", "人防", "在建", "外资", "优质", "配套",
))
# places of which a project says nothing by being of them (某某高新区项目)
_WIDE = ("division", "zone", "known", "list")


class ProjectFound(NamedTuple):
    start: int
    end: int
    rule: str


def find_projects(
    passage: Passage, row: WordRow, around: Surroundings, bodies: Iterable[Body], places: Iterable[PlaceFound],
) -> list[ProjectFound]:
    """The projects of a text, none overlapping, in order."""
    places = tuple(places)
    ends = sorted([*_WORK.finditer(passage.text), *_planned(passage, places)], key=lambda m: m.start())
    found: list[ProjectFound] = []
    if not ends:
        return list(_parks(passage, places))
    wide = {(p.start, p.end) for p in places if p.rule in _WIDE}
    around = around._replace(parents={b.end: b.start for b in bodies})
    for match in ends:
        start = match.start()
        if start in passage.titled or _NONE.match(passage.text, start) or not row.ends_word(start):
            continue
        if row.text_before(start) in _SORTS:
            continue
        reach = reach_over(row, start, around)
        name = passage.text[reach.start:start]
        if name in _ALONE_SORTS or (name.startswith(("国家", "全国")) and not is_proper(row, reach.start + 2, start)):
            continue
        if reach.start < start and reach.proper and passage.text[reach.start:start] not in LEVELS and (reach.start, start) not in wide:
            if found and found[-1].end > reach.start:
                found.pop()
            found.append(ProjectFound(reach.start, match.end(), "work"))
    held = set[int]().union(*(range(p.start, p.end) for p in found))
    return sorted([*found, *(p for p in _parks(passage, places) if p.start not in held)], key=lambda p: p.start)


def _planned(passage: Passage, places: Iterable[PlaceFound]) -> Iterator[re.Match[str]]:
    """The words that end the name of a work only where something beside says so."""
    text = passage.text
    features = {p.end for p in places if p.rule in ("road", "water", "park", "village")}
    for match in _PLANNED.finditer(text):
        clause = text[max(0, match.start() - 24):match.start()]
        if _BEING_BUILT.match(text, match.end()) or re.search("(?:建设|新建|打造)[^，。；的了]*$", clause):
            yield match
    for match in _IMPROVED.finditer(text) if "提升" in text else ():
        if any(end in features for end in range(match.start() - 4, match.start() + 1)):
            yield match


def _parks(passage: Passage, places: Iterable[PlaceFound]) -> Iterator[ProjectFound]:
    """Parks that are said to be built."""
    text = passage.text
    for place in places:
        if place.rule != "park" or place.end - place.start <= 4 or text.endswith(_ZONES, place.start, place.end):
            continue
        if _BEING_BUILT.match(text, place.end) or _BUILDS.search(text, max(0, place.start - 4), place.start):
            yield ProjectFound(place.start, place.end, "park")


def annotate_projects(passage: Passage, projects: Iterable[ProjectFound]) -> list[Annotation]:
    """The annotations of projects."""
    text = passage.text
    return [Annotation("project", p.start, p.end, ProjectValue(text[p.start:p.end]), f"project/{p.rule}") for p in projects]
