"""Organisations: bodies of party and state, enterprises, schools, hospitals, associations; the longest natural form.

A body is told by the word that its name ends in and by how its name begins (a level, a place, a word that names), by being known
throughout the country, by the office of one who leads it, or by being written in full elsewhere in the same issue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import takewhile

from yuebao.annotate.divisions import division_words
from yuebao.annotate.mention import Mention
from yuebao.annotate.passage import Passage, Words, frequency, is_rare
from yuebao.annotate.words import (
    DETERMINERS, JOINS, LEVELS, Reach, Surroundings, Word, WordRow, before_anchor, is_proper, level_start, reach_left, stops,
)
from yuebao.lexicon import rows, terms
from yuebao.model import Annotation, OrganisationValue
from yuebao.text import is_han

_ORGAN_KINDS = {
    "委理论学习中心组": "party",
        "委": "party", "纪委": "party", "纪委监委": "party", "监委": "government", "政府": "government", "人民政府": "government",
    "人大": "congress", "人大常委会": "congress", "人民代表大会": "congress", "人民代表大会常务委员会": "congress", "政协": "consultative",
    "党委": "party", "党工委": "party", "纪工委": "party",
}
_ORGAN = re.compile(
    "(?:[省市县区州旗盟镇乡村地]|街道|社区)"
    "(委理论学习中心组|纪委监委|人民代表大会常务委员会|人民代表大会|人大常委会|人民政府|党工委|纪工委|党委|政府|人大|政协|纪委|监委|委(?![员托派任会]))"
)
_LED = re.compile(
    "(.{2,30}?)(?:党委书记|党组书记|党委|原|前|执行|常务|高级|首席|联席|资深)?、?"
    "(?:副?董事长|副?总经理|副?总裁|总工程师|总会计师|首席执行官|CEO)$"
)
_TERM = re.compile("第?[一二三四五六七八九十]{1,3}届$")
_BARE = re.compile(
    "(政法委|宣传部|组织部|统战部|纪委监委|纪委|监委|公安局)"
    "(?=(?:党委|党组)?(?:常务)?副?(?:书记|部长|局长|长|主任|常委))"
)
_ENTERPRISES = re.compile("等[^，。；\\n]{0,18}?(?:企业|公司)")
_LISTED = re.compile("(?:[\u4e00-\u9fffA-Za-z]{3,12}、)+[\u4e00-\u9fffA-Za-z]{3,10}$")
_ELEMENT = re.compile("[^、]+")
_LEGATION = re.compile("驻[\u4e00-\u9fff]{1,8}?(?:大使馆|总领事馆|总领馆|领事馆|使馆)")
_BRANCH = re.compile("[（(]([\u4e00-\u9fff]{2,4})[）)]")
_IN_SHORT = re.compile("[（(](?:以下|下)?(?:简称|称)[:：]?[“\"]?([\u4e00-\u9fffA-Za-z]{2,10})[”\"]?[）)]")
_LEGAL = re.compile("(?:集团)?(?:股份)?(?:有限)?(?:责任)?公司$|集团$|股份$")
# the kinds whose bodies have parts that are named after them, with a place between (某银行某省分行)
_PARENTS = frozenset(("enterprise", "association", "research", "school", "hospital", "media"))


# what is of the whole country or world names a body only with a word that names (全国重点大学, 国际金融中心 are none)
_WIDE = ("全国", "国际", "世界")
_OF_WIDE = frozenset(("中心", "所", "站", "处"))
_OF_THE_CENTRE = ("工作", "任务", "大局", "城区")  # 市委中心工作
_OF_ALL = ("组织", "系统", "干部", "界", "工作")  # 妇联组织 is no one body
# what follows a body at once and belongs to its name: a numbered office, a group named after what it studies
_SECTION = re.compile(
    "(?:综合|秘书|业务|信息|督查|人事|文电|法规|行政|财务|联络|会议|行业|社会|经济|农业|城建)[一二三四五六七八九十][处科]"
    "|学习贯彻[^，。；、\\n]{4,40}?(?:领导小组(?:办公室)?|办公室|指导组)"
)
_TROOPS = re.compile("(?:[东西南北中]部战区)?(?:空军|海军|陆军|火箭军|海军陆战队|武警|战略支援部队)[\u4e00-\u9fff]{0,4}?某(?:部队|部|旅|团|营|基地)")
Said = tuple[tuple[int, str], ...]
# those whose branches are named so (某市公安局某某分局), parts of them are found by their level
_CHAINED = frozenset(("department", "military"))
# the kinds whose names may hold 和 (自然资源和规划局)
_PAIRED = frozenset(("department", "association", "party"))
# what a place has without more (某某公司, 某省队), a level has not
_OF_PLACES = frozenset(("公司", "集团", "队", "学校", "派出所", "工作站", "办事处", "街道办"))


@dataclass(frozen=True, slots=True)
class Body:
    """A body at a place of a text; `rule` is how it was told."""

    start: int
    end: int
    kind: str
    rule: str


@dataclass(frozen=True, slots=True)
class KnownBodies:
    """What the texts read together say of bodies: other names with the full name and the kind."""

    full_names: dict[str, tuple[str, str]]
    words: Words | None

    @classmethod
    def of(cls, full_names: dict[str, tuple[str, str]]) -> KnownBodies:
        """Ready to be looked up in a text."""
        return cls(full_names, Words(full_names) if full_names else None)


@cache
def _suffixes() -> dict[str, tuple[str, str]]:
    """The suffixes with the kind of body and what must stand before them."""
    return {row["term"]: (row["kind"], row["needs"]) for row in rows("body_suffixes")}


def body_names() -> frozenset[str]:
    """The names of bodies that are known throughout the country."""
    return terms("bodies")


@cache
def _kinds() -> dict[str, str]:
    return {row["term"]: row["kind"] for row in rows("bodies")}


@cache
def _trades() -> frozenset[str]:
    """What short names of enterprises end in (东方电气)."""
    return frozenset(row["term"] for row in rows("body_stops") if row["use"] == "trade")


@cache
def _wholes() -> frozenset[str]:
    return frozenset(row["term"] for row in rows("body_stops") if row["use"] == "whole")


def find_bodies(passage: Passage, row: WordRow, around: Surroundings, people: Iterable[Mention], said: Said) -> list[Body]:
    """The bodies that a text shows by itself, none overlapping, in order. `said`: the names of tables that stand in the text."""
    found = [*_organs(passage, row, around), *_of_the_country(passage, said), *_bare(passage), *_legations(passage)]
    found += _by_suffix(passage, row, around, found)
    found = [_with_section(passage.text, body) for body in found]
    found += _troops(passage)
    found += _by_office(passage, people)
    found += _listed(passage, row)
    return _longest(found, passage)


def with_known(passage: Passage, bodies: list[Body], known: KnownBodies, barred: frozenset[int]) -> list[Body]:
    """The bodies with those added that stand here by a short name which the texts read together explain."""
    if known.words is None:
        return bodies
    names = list(known.words.find(passage.text))
    if not names:
        return bodies
    taken = barred.union(*(range(body.start, body.end) for body in bodies))
    more = []
    for start, name in names:
        end = start + len(name)
        whole = passage.begins[start] and passage.begins[end]
        if whole and taken.isdisjoint(range(start, end)):
            more.append(Body(start, end, known.full_names[name][1], "known"))
    return sorted([*bodies, *more], key=lambda b: b.start)


def learn_bodies(texts: Iterable[tuple[Passage, list[Body]]]) -> KnownBodies:
    """The short names of the bodies of the texts read together: those that they explain, and the core of a company's name."""
    full_names: dict[str, tuple[str, str]] = {}
    for passage, bodies in texts:
        for body in bodies:
            name = passage.text[body.start:body.end]
            explained = _IN_SHORT.match(passage.text, body.end)
            if explained:
                full_names.setdefault(explained[1], (name, body.kind))
            if body.kind == "enterprise":
                for short in _cores(name):
                    full_names.setdefault(short, (name, body.kind))
    return KnownBodies.of(full_names)


def _cores(name: str) -> Iterator[str]:
    core = _LEGAL.sub("", name)
    if core == name:
        if len(name) > 3:
            yield name
        return
    place = division_words().at(core, 0) or ("中国" if core.startswith("中国") else "")
    without_place = core.removeprefix(place)
    bare = next((without_place.removesuffix(trade) for trade in _trades() if without_place.endswith(trade)), without_place)
    for short in (core, without_place, bare):  # 米哈游 of 米哈游公司
        if len(short) == 3 and frequency(short) == 0:
            yield short
    for short in (core, without_place, without_place + "集团", without_place + "公司"):
        if len(short) > 3:
            yield short


def annotate_bodies(passage: Passage, bodies: Iterable[Body], people: Iterable[Mention], known: KnownBodies) -> list[Annotation]:
    """The annotations of bodies; `name` is the full name where the texts read together give it."""
    offices = _office_places(passage.text, people)
    made = []
    for body in bodies:
        name = passage.text[body.start:body.end]
        full, kind = known.full_names.get(name, (name, body.kind))
        value = OrganisationValue(full, kind, body.end - 1 in offices)
        made.append(Annotation("organisation", body.start, body.end, value, f"organisation/{body.rule}"))
    return made


def _office_places(text: str, people: Iterable[Mention]) -> set[int]:
    """The places that the offices of people hold."""
    places: set[int] = set()
    for mention in people:
        for office in mention.offices:
            at = text.rfind(office, max(0, mention.start - 300), mention.start)
            at = at if at >= 0 else text.find(office, mention.end, mention.end + 120)
            places.update(range(at, at + len(office)) if at >= 0 else ())
    return places


def _longest(found: list[Body], passage: Passage) -> list[Body]:
    chosen: list[Body] = []
    taken: set[int] = set(passage.titled)
    for body in sorted(found, key=lambda b: (b.start - b.end, b.start)):
        if taken.isdisjoint(range(body.start, body.end)):
            chosen.append(body)
            taken.update(range(body.start, body.end))
    return sorted(chosen, key=lambda b: b.start)


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
        elif text[level - 1:level] == "团" and match[1] == "委" and passage.begins[level - 1]:
            yield Body(level - 1, match.end(), "party", "league")
            continue
        elif text[level] in "镇乡" and (unknown := _unknown_place(row, level)) is not None:
            start = before_anchor(row, unknown, around)
        elif passage.begins[level] and not ((before := row.before(level)) and before.kind == "ns" and len(before.text) == 1):
            if text[level - 1:level] in DETERMINERS:
                continue
            start = level
        elif (unknown := _unknown_place(row, level)) is not None:
            start = unknown
        else:
            continue
        if text[max(0, start - 2):start] == "中共":
            start -= 2
        yield Body(start, match.end(), _ORGAN_KINDS[match[1]], "organ")


def _unknown_place(row: WordRow, level: int) -> int | None:
    """Where the name of a place begins that no table has, before a level: one rare word and what no dictionary has before it."""
    start = level
    if not row.ends_word(level):  # the level stands in a word: 某湖区委书记 is cut 湖 and 区委书记, 某州区委 is cut 某 and 州区
        end = next((end for end in (level + 1, level + 2) if end in row.ending), None)
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


def _of_the_country(passage: Passage, said: Said) -> Iterator[Body]:
    """Bodies that are known throughout the country."""
    text = passage.text
    for start, name in said:
        end = start + len(name)
        if name in _kinds() and passage.begins[start] and passage.begins[end] and not (name.endswith("党") and text[end:end + 1] == "人"):  # 中国共产党人
            yield Body(start, end, _kinds()[name], "national")


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


def _with_section(text: str, body: Body) -> Body:
    """A body with what follows it at once and belongs to its name (某办公厅综合一处)."""
    section = _SECTION.match(text, body.end)
    return body if section is None else replace(body, end=section.end())


def _troops(passage: Passage) -> Iterator[Body]:
    """Units of the forces that are not named in full (南部战区空军某部)."""
    if "某" in passage.text:
        yield from (Body(*match.span(), "military", "troops") for match in _TROOPS.finditer(passage.text))


def _listed(passage: Passage, row: WordRow) -> Iterator[Body]:
    """Enterprises listed by short names (甲药业、乙科技等企业)."""
    text = passage.text
    around = Surroundings({}, frozenset(), {}, passage.titled)
    for enterprises in _ENTERPRISES.finditer(text):
        run = _LISTED.search(text, max(0, enterprises.start() - 80), enterprises.start())
        if run is None:
            continue
        for match in _ELEMENT.finditer(text, run.start(), run.end()):
            start = match.start() if match.start() > run.start() else reach_left(row, match.end(), around).start
            words = list(row.between(start, match.end()))
            unknown = any(w.kind in ("nr", "ns", "nz", "nrt") or len(w.text) == 1 for w in words)
            unknown = unknown or (len(words) == 2 and words[1].text in _trades() and words[0].text not in terms("body_generics"))
            if 2 < match.end() - start < 11 and unknown and not any(w.text in stops() and w.start > start for w in words):
                yield Body(start, match.end(), "enterprise", "list")


def _by_suffix(passage: Passage, row: WordRow, around: Surroundings, found: list[Body]) -> Iterator[Body]:
    """Bodies by the word that their name ends in."""
    text, suffixes = passage.text, _suffixes()
    parents = {body.end: body.start for body in found if body.kind in _PARENTS or body.rule in ("national", "organ")}
    around = around._replace(parents=parents)
    inside = set[int]().union(*(range(start + 1, end) for end, start in around.places.items()))
    departments: set[int] = set()
    for number in row.that_end_in(_lasts()):
        if not _endings(row.tagged[number][0]):
            continue
        word = row.word(number)
        if word.start in passage.titled or (ending := _ending(row, word)) is None or ending[1] in inside:
            continue
        begun, end = ending
        kind, needs = suffixes[text[begun:end]]
        reach = _reach(row, min(begun, word.start), begun, around, kind)
        if begun > word.start and word.kind == "nz":  # the dictionary has the name as a word
            reach = reach._replace(proper=True)
        # 市财政局、商务局
        listed = kind == "department" and text[reach.start - 1:reach.start] == "、" and reach.start - 1 in departments
        if not listed and not _is_body(row, reach, begun, needs, text[begun:end], around.places):
            if "alone" not in needs or not _stands_alone(row, begun, end):
                continue
            reach = Reach(begun, True, True)
        if len(word.text) == 1 and not _ends_alone(row, word, reach):
            continue
        start = reach.start - 2 * (text[reach.start - 2:reach.start] == "武警")
        branch = _BRANCH.match(text, end)
        if branch and branch.end(1) in around.places and "name" in needs:
            end = branch.end()
        if kind in _PARENTS or kind in _CHAINED:
            parents[end] = start
        if kind == "department":
            departments.add(end)
        yield Body(start, end, kind, "suffix")


def _ends_alone(row: WordRow, word: Word, reach: Reach) -> bool:
    """Whether a suffix of one character that is a word by itself ends a name: after no verb, and not before half a word."""
    if not reach.plain and not (word.text in "局委办厅" and reach.anchored and word.start - reach.start < 18):  # 某县乡村振兴局
        return False
    following = row.after(word.end)
    if word.text not in "科股" or following is None:
        return True
    return len(following.text) > 1 or not is_han(following.text) or following.text in stops()  # 科 in 科创走廊


def _reach(row: WordRow, first: int, begun: int, around: Surroundings, kind: str) -> Reach:
    """How far a body's name reaches whose suffix begins at `begun`, in a word that begins at `first`."""
    if first < begun and (name := division_words().at(row.text, first)) and name not in terms("place_homographs"):
        return Reach(before_anchor(row, first, around), True, True)
    if first < begun and _begins_with_level(row, first):
        return Reach(level_start(row, first, around), True, True)
    return reach_left(row, first, around, paired=kind in _PAIRED)


def _is_body(row: WordRow, reach: Reach, begun: int, needs: str, suffix: str, places: Mapping[int, int]) -> bool:
    """Whether what stands before a suffix is enough to name one body."""
    before = row.text[reach.start:begun]
    if not before or (suffix == "中心" and row.text.startswith(_OF_THE_CENTRE, begun + 2)):
        return False
    if before.startswith(_WIDE) and (suffix in _OF_WIDE or "name" in needs) and not is_proper(row, reach.start + 2, begun):
        return False
    if reach.anchored:
        return row.text[reach.start - 2:reach.start] == "武警" or not _is_bare(before, begun, places, suffix, needs)
    return "name" in needs and len(before) > 1 and _is_named(row, reach, begun, suffix)


def _stands_alone(row: WordRow, begun: int, end: int) -> bool:
    """Whether the name of a department that every county has begins a clause, a member of a list, or what a preposition leads to."""
    before = row.before(begun)
    begins = before is None or not is_han(before.text[-1]) or before.text in JOINS or before.kind.startswith("p")
    return begins and not row.text.startswith(_OF_ALL, end)


def _begins_with_level(row: WordRow, start: int) -> bool:
    """Whether a word begins with a level (市公安局)."""
    return row.text[start] in LEVELS and row.text[start - 1:start] not in DETERMINERS


def _is_bare(before: str, begun: int, places: Mapping[int, int], suffix: str, needs: str) -> bool:
    """Whether nothing but a level or place stands before a suffix that wants more (市中心, 某市站)."""
    if before in LEVELS:
        return "more" in needs or len(suffix) == 1
    of_place = (begun in places and begun - places[begun] == len(before)) or division_words().at(before, 0) == before
    return of_place and "level" not in needs and "name" not in needs and suffix not in _OF_PLACES


def _is_named(row: WordRow, reach: Reach, begun: int, suffix: str) -> bool:
    """Whether what stands before a suffix names one body, though no place begins it."""
    return reach.proper or suffix.endswith(("有限公司", "责任公司")) or _is_plain_name(row, reach.start, begun)


def _is_plain_name(row: WordRow, start: int, begun: int) -> bool:
    """Whether two words and more, none of which only says of what sort a body is, stand alone before a suffix (大地水泥公司)."""
    words = list(takewhile(lambda word: word.start < begun, row.between(start, len(row.text))))
    outside = start == 0 or row.text[start - 1] in "、，。：；（\n"
    return outside and len(words) > 1 and words[0].text not in terms("body_generics") and words[0].kind.startswith("n")


def _ending(row: WordRow, word: Word) -> tuple[int, int] | None:
    """Where the suffix begins and ends with which a word ends; 长 of 局长 is not of it."""
    text = row.text
    for length, sizes in _endings(word.text):
        end = word.start + length
        for size in sizes:
            begun = end - size
            if begun < word.start and (begun < 0 or text[begun:end] not in _suffixes() or not row.ends_word(begun)):
                continue
            again = text[end:end + 1] == "长" and text[begun - size:begun] == text[begun:end]
            if again or text[begun - 1:begun] == "副" or text[begun - 2:begun] == "代理":
                return None  # of the office: 公安局局长, 公安局副局长
            return begun, end
    return None


@lru_cache(maxsize=20000)
def _endings(word: str) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """How much of a word may be of a body's name, each with the lengths of the suffixes that may end there, the longest first.

    A suffix longer than the word may begin in the words before it.
    """
    found = []
    for length in (len(word), len(word) - 1) if word[-1] == "长" else (len(word),):
        bare = word[:length]
        if bare and not _is_whole(bare):
            sizes = {len(suffix) for suffix in _suffixes() if bare.endswith(suffix) or suffix.endswith(bare)}
            if sizes:
                found.append((length, tuple(sorted(sizes, reverse=True))))
    return tuple(found)


@cache
def _lasts() -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted({suffix[-1] for suffix in _suffixes()}))}长]")


def _is_whole(word: str) -> bool:
    """Whether a word is, or ends in, one that ends as bodies do and is none (承办, 党员干部; but 财政局 is no 政局)."""
    return any(word[-size:] in _wholes() and len(word) - size != 1 for size in range(2, min(4, len(word)) + 1))


def _by_office(passage: Passage, people: Iterable[Mention]) -> Iterator[Body]:
    """Enterprises before the office of one who leads them (某某水投副总经理)."""
    text = passage.text
    for mention in people:
        for office in mention.offices:
            match = _LED.match(office)
            if match is None or re.search("[、，]|集团$|公司$", match[1]):
                continue
            at = text.rfind(office, max(0, mention.start - 100), mention.start)
            if at >= 0 and match[1] not in LEVELS:
                yield Body(at, at + len(match[1]), "enterprise", "led")
