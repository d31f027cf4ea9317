"""Bodies that bear fixed names: organs of a level, bodies of the whole country and of others, embassies, units of the forces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from yuebao.annotate.body import Body, Said
from yuebao.annotate.passage import Passage, is_rare
from yuebao.annotate.words import DETERMINERS, Surroundings, WordRow, before_anchor, stops
from yuebao.lexicon import rows, terms
from yuebao.text import is_han

_ORGAN_KINDS = {
    "委理论学习中心组": "party",
    "委": "party", "纪委": "party", "纪委监委": "party", "监委": "government", "政府": "government", "人民政府": "government",
    "人大": "congress", "人大常委会": "congress", "人民代表大会": "congress", "人民代表大会常务委员会": "congress", "政协": "consultative",
    "中心医院": "hospital", "办事处": "government", "办": "government", "党委": "party", "党工委": "party", "纪工委": "party",
}
_ORGAN = re.compile(
    "(?:[省市县区州旗盟镇乡村地]|街道|社区)((?<=街道)办事处|(?<=街道)办(?![事公理好])|委理论学习中心组|纪委监委"
    "|中心医院|人民代表大会常务委员会|人民代表大会|人大常委会|人民政府|党工委|纪工委|党委|政府|人大|政协|纪委|监委|委(?![员托派任会]))"
)
_TERM = re.compile("第?[一二三四五六七八九十]{1,3}届$")
_BARE = re.compile(
    "(政法委|宣传部|组织部|统战部|纪委监委|纪委|监委|公安局)"
    "(?=(?:党委|党组)?(?:常务)?副?(?:书记|部长|局长|长|主任|常委))"
)
_LEGATION = re.compile("驻[\u4e00-\u9fff]{1,8}?(?:大使馆|总领事馆|总领馆|领事馆|使馆)")
_STATE = re.compile(
    "(?:联邦)?(?:政府|外务省|防卫省|外交部|国防部|国务院|财政部|商务部|内政部|卫生部|议会|国会|参议院|众议院|总统府|内阁|最高法院)"
)
# what follows a body at once and belongs to its name: a numbered office, a group named after what it studies
_SECTION = re.compile(
    "(?:综合|秘书|业务|信息|督查|人事|文电|法规|行政|财务|联络|会议|行业|社会|经济|农业|城建)[一二三四五六七八九十][处科]"
    "|学习贯彻[^，。；、\\n]{4,40}?(?:领导小组(?:办公室)?|办公室|指导组)"
)
_BUREAU = re.compile(
    "中(?:国?[铁建交冶核煤]|国?水电|国?电建)第?[一二三四五六七八九十]{1,3}(?:[公航勘]|工程)?局"
    "(?:集团)?(?:第?[一二三四五六七八九十]{1,3})?(?:(?:有限(?:责任)?)?(?:分?公司))?"
)
_TROOPS = re.compile(
    "(?:[东西南北中]部战区)?(?:空军|海军|陆军|火箭军|海军陆战队|武警|战略支援部队)[\u4e00-\u9fff]{0,4}?某(?:部队|部|旅|团|营|基地)"
)


def find_organs(passage: Passage, row: WordRow, around: Surroundings, said: Said) -> list[Body]:
    """The bodies of a text that bear fixed names. `said`: the names of tables that stand in the text."""
    found = [*_organs(passage, row, around), *_of_the_country(passage, said), *_of_other_countries(passage, said)]
    return [*found, *_bare(passage), *_legations(passage)]


def with_section(text: str, body: Body) -> Body:
    """A body with what follows it at once and belongs to its name (某办公厅综合一处)."""
    section = _SECTION.match(text, body.end)
    return body if section is None else replace(body, end=section.end())


def find_bureaus(passage: Passage) -> Iterator[Body]:
    """The numbered bureaus of the great builders (中铁十五局集团有限公司, 中建七局)."""
    if "局" in passage.text:
        yield from (Body(*match.span(), "enterprise", "bureau") for match in _BUREAU.finditer(passage.text))


def find_troops(passage: Passage) -> Iterator[Body]:
    """Units of the forces that are not named in full (南部战区空军某部)."""
    if "某" in passage.text:
        yield from (Body(*match.span(), "military", "troops") for match in _TROOPS.finditer(passage.text))


def _organs(passage: Passage, row: WordRow, around: Surroundings) -> Iterator[Body]:
    """Committees, governments, congresses and conferences of a level (市委, 某县人民政府)."""
    text = passage.text
    for match in _ORGAN.finditer(text):
        level = match.start(1) - (2 if text[match.start(1) - 2:match.start(1)] in ("街道", "社区") else 1)
        if text[level - 1:level] == "届" and (term := _TERM.search(text, max(0, level - 5), level)):
            start = term.start()
        elif match.start(1) in around.places:
            start = before_anchor(row, match.start(1), around)
        elif level in around.places and text[level] in "地县市区省州":  # 某县县委, 某某地委
            start = before_anchor(row, level, around)
        elif text[level - 2:level] == "自治" and passage.begins[level - 2]:
            start = level - 2
        elif text[level - 1:level] == "团" and match[1] == "委" and passage.begins[level - 1]:
            yield Body(level - 1, match.end(), "party", "league")
            continue
        elif text[level] in "镇乡" and (unknown := _unknown_place(row, level)) is not None:
            start = before_anchor(row, unknown, around)
        elif passage.begins[level] and not ((before := row.before(level)) and before.kind == "ns" and len(before.text) == 1):
            if text[level - 1:level] in DETERMINERS or text[level - 2:level] == "设区":
                continue
            start = level
        elif (unknown := _unknown_place(row, level)) is not None:
            start = unknown
        else:
            continue
        if text[max(0, start - 2):start] == "中共":
            start -= 2
        elif (named := text.rfind("中共", start, match.start(1))) > start:  # 一科中共某市委: two bodies without a sign between
            start = named
        yield Body(start, match.end(), _ORGAN_KINDS[match[1]], "organ")


def _unknown_place(row: WordRow, level: int) -> int | None:
    """Where the name of a place begins that no table has, before a level: one rare word and what no dictionary has before it."""
    start = level
    if not row.ends_word(level):  # the level stands in a word: 某湖区委书记 is cut 湖 and 区委书记, 某州区委 is cut 某 and 州区
        end = next((end for end in (level + 1, level + 2) if row.ends_word(end)), None)
        word = row.before(end) if end is not None else None
        if word is None or not is_rare(word.text):
            return None
        start = word.start
    while start > 0 and (word := row.before(start)) is not None and level - word.start <= 4:
        known = len(word.text) > 1 and not is_rare(word.text) and word.kind[:2] != "ns"
        if known or not is_han(word.text[0]) or word.text in stops():
            break
        start = word.start
    return start if level - start > 1 else None


@cache
def _kinds() -> dict[str, str]:
    return {row["term"]: row["kind"] for row in rows("bodies")}


def _of_the_country(passage: Passage, said: Said) -> Iterator[Body]:
    """Bodies that are known throughout the country."""
    text = passage.text
    for start, name in said:
        end = start + len(name)
        if name in _kinds() and passage.begins[start] and passage.begins[end] and name[-1] + text[end:end + 1] not in ("党人", "队员"):
            yield Body(start, end, _kinds()[name], "national")


def _of_other_countries(passage: Passage, said: Said) -> Iterator[Body]:
    """Governments and ministries of other countries (某国政府, 某国国防部)."""
    text, countries = passage.text, terms("countries")
    for start, name in said:
        if name in countries and (body := _STATE.match(text, start + len(name))) is not None:
            yield Body(start, body.end(), "government", "country")


def _bare(passage: Passage) -> Iterator[Body]:
    """Departments that stand in an office without their level (市委常委、宣传部部长)."""
    for match in _BARE.finditer(passage.text):
        if match.start() and "\u4e00" <= passage.text[match.start() - 1] <= "\u9fff":
            continue
        yield Body(match.start(1), match.end(1), "department" if match[1] == "公安局" else "party", "office")


def _legations(passage: Passage) -> Iterator[Body]:
    """Embassies and consulates (中国驻某国大使馆)."""
    for match in _LEGATION.finditer(passage.text):
        sender = re.search("[\u4e00-\u9fff]{2,4}$", passage.text[max(0, match.start() - 4):match.start()])
        if sender is not None:
            country = next((c for size in (4, 3, 2) if (c := sender[0][-size:]) in terms("countries") | {"中国"}), None)
            yield Body(match.start() - len(country or ""), match.end(), "department", "legation")
