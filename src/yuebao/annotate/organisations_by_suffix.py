"""Bodies by the word that their name ends in, and by how the name begins: with a level, a place, a word that names, or by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import takewhile

from yuebao.annotate.body import Body
from yuebao.annotate.divisions import division_words
from yuebao.annotate.passage import Passage
from yuebao.annotate.words import (
    DETERMINERS,
    JOINS,
    LEVELS,
    Reach,
    Surroundings,
    Word,
    WordRow,
    before_anchor,
    is_proper,
    level_start,
    reach_left,
    stops,
)
from yuebao.lexicon import rows, terms
from yuebao.text import is_han

_BRANCH = re.compile("[（(]([\u4e00-\u9fff]{2,4})[）)]")
# the kinds whose bodies have parts that are named after them, with a place between (某银行某省分行)
_PARENTS = frozenset(("enterprise", "association", "research", "school", "hospital", "media"))
# what is of the whole country or world names a body only with a word that names (全国重点大学, 国际金融中心 are none)
_WIDE = ("全国", "国际", "世界")
_OF_WIDE = frozenset(("中心", "所", "站", "处"))
_SORTS = re.compile("县级|公立|各级|各类|各街道|各乡镇")  # 市县级公立医院, 某区各街道服务站
# what is counted names none: 厦门大学等五所
_COUNTED = frozenset("所处站队股")
_OF_THE_CENTRE = ("工作", "任务", "大局", "城区")  # 市委中心工作
# what ends a name before 和: 公安局和商务局 are two
_ENDS_BODIES = frozenset("局办委厅院部会组队所站科处室司团县区市镇乡")
_LEADS = frozenset(("慰问", "走访", "走访慰问", "看望", "走进", "来到", "前往", "赴", "到", "会同", "联合", "包括"))  # verbs before a body
_OF_ALL = ("组织", "系统", "干部", "界", "工作")  # 妇联组织 is no one body
# those whose branches are named so (某市公安局某某分局), parts of them are found by their level
_CHAINED = frozenset(("department", "military"))
# the kinds, and the suffixes, whose names may hold 和 (自然资源和规划局)
_PAIRED = frozenset(("department", "association", "party", "学院", "研究院", "研究所", "实验室"))
# what a place has without more (某某公司, 某省队), a level has not
_OF_PLACES = frozenset(("公司", "集团", "队", "学校", "派出所", "工作站", "办事处", "街道办"))


def find_by_suffix(passage: Passage, row: WordRow, around: Surroundings, found: list[Body]) -> Iterator[Body]:
    """Bodies by the word that their name ends in."""
    text, suffixes = passage.text, _suffixes()
    parents: dict[int, int] = {}
    for body in sorted(found, key=lambda b: b.start):
        if body.kind in _PARENTS or body.rule in ("national", "organ"):
            parents[body.end] = parents.get(body.start, body.start)  # 中央军委审计署
    chained = dict(parents)  # with departments, which only departments are parts of
    around_part, around_other = around._replace(parents=chained), around._replace(parents=parents)
    inside = set[int]().union(*(range(start + 1, end) for end, start in around.places.items()))
    departments: set[int] = set()
    for number in row.numbers_of(_endings):
        ending = _ending(row, number)
        if ending is None or ending[1] in inside or (word := row.word(number)).start in passage.titled:
            continue
        begun, end = ending
        kind, needs = suffixes[text[begun:end]]
        around = around_part if kind in _CHAINED else around_other
        reach = _reach(row, min(begun, word.start), begun, around, not _PAIRED.isdisjoint((kind, text[begun:end])))
        if begun > word.start and _is_name(word, text[begun:end]):
            reach = reach._replace(proper=True)
        # 市财政局、商务局
        listed = kind == "department" and text[reach.start - 1:reach.start] == "、" and reach.start - 1 in departments
        if not listed and not _is_body(row, reach, begun, needs, text[begun:end], around.places):
            if "alone" not in needs or not _stands_alone(row, begun, end):
                continue
            reach = Reach(_over_join(row, begun), True, True)
        if len(word.text) == 1 and not _ends_alone(row, word, reach):
            continue
        start, end = _extent(row, reach, end, kind, needs, around)
        if kind in _PARENTS:
            parents[end] = start
        if kind in _PARENTS or kind in _CHAINED:
            chained[end] = start
        if kind == "department":
            departments.add(end)
        yield Body(start, end, kind, "suffix")


@cache
def _suffixes() -> dict[str, tuple[str, str]]:
    """The suffixes with the kind of body and what must stand before them."""
    return {row["term"]: (row["kind"], row["needs"]) for row in rows("body_suffixes")}


@cache
def _wholes() -> frozenset[str]:
    return frozenset(row["term"] for row in rows("body_stops") if row["use"] == "whole")


def _extent(row: WordRow, reach: Reach, end: int, kind: str, needs: str, around: Surroundings) -> tuple[int, int]:
    """Where a body's name begins and ends, with a trade in brackets, what stands before its place, and its branch in brackets."""
    text = row.text
    if kind == "enterprise" and text[reach.start - 1:reach.start] in ("）", ")"):
        reach = _over_bracket(row, reach, around)
    before = text[reach.start - 2:reach.start]
    start = reach.start - 2 * (before in ("武警", "国网") or (before == "中国" and kind == "enterprise"))
    branch = _BRANCH.match(text, end) if "name" in needs else None
    return start, branch.end() if branch and branch.end(1) in around.places else end


def _is_name(word: Word, suffix: str) -> bool:
    """Whether the dictionary has the name of a body as one word (中国地质大学, 华中科技大学)."""
    if word.kind != "nt":
        return word.kind == "nz"
    front = word.text.removesuffix(suffix)
    of_place = division_words().at(word.text, 0) is not None or word.text.startswith(("中国", *terms("countries")))
    return of_place or (suffix in ("大学", "学院") and len(front) > 1 and front not in terms("body_generics"))


def _over_bracket(row: WordRow, reach: Reach, around: Surroundings) -> Reach:
    """Further to the left where a trade in brackets stands between the name of an enterprise and its place (某某（科技）上海有限公司)."""
    opening = max(row.text.rfind(sign, max(0, reach.start - 7), reach.start) for sign in "（(")
    if opening < 1:
        return reach
    before = reach_left(row, opening, around)
    return before if before.start < opening and before.proper else reach


def _ends_alone(row: WordRow, word: Word, reach: Reach) -> bool:
    """Whether a suffix of one character that is a word by itself ends a name: after no verb, and not before half a word."""
    if not reach.plain and not (word.text in "局委办厅" and reach.anchored and word.start - reach.start < 18):  # 某县乡村振兴局
        return False
    following = row.after(word.end)
    if word.text not in "科股所" or following is None:
        return True
    return len(following.text) > 1 or not is_han(following.text) or following.text in stops()  # 科 in 科创走廊


def _reach(row: WordRow, first: int, begun: int, around: Surroundings, paired: bool) -> Reach:
    """How far a body's name reaches whose suffix begins at `begun`, in a word that begins at `first`."""
    if first < begun and (name := division_words().at(row.text, first)) and name not in terms("place_homographs"):
        return Reach(before_anchor(row, first, around), True, True)
    if first < begun and _begins_with_level(row, first):
        return Reach(level_start(row, first, around), True, True)
    return reach_left(row, first, around, paired)


def _is_body(row: WordRow, reach: Reach, begun: int, needs: str, suffix: str, places: Mapping[int, int]) -> bool:
    """Whether what stands before a suffix is enough to name one body."""
    before = row.text[reach.start:begun]
    if not before or (suffix in _COUNTED and before[-1] in "一二两三四五六七八九十万亿几多各"):  # 某某大学等五所
        return False
    if suffix == "中心" and row.text.startswith(_OF_THE_CENTRE, begun + 2):
        return False
    if _SORTS.search(before) or (suffix in ("大学", "学校") and "届" in before):
        return False
    if before.startswith("国家") and suffix == "队" and not is_proper(row, reach.start + 2, begun):
        return False
    if before.startswith(_WIDE) and (suffix in _OF_WIDE or "name" in needs) and not is_proper(row, reach.start + 2, begun):
        return False
    if reach.anchored:
        return row.text[reach.start - 2:reach.start] == "武警" or not _is_bare(before, begun, places, suffix, needs)
    return "name" in needs and len(before) > 1 and _is_named(row, reach, begun, suffix)


def _stands_alone(row: WordRow, begun: int, end: int) -> bool:
    """Whether the name of a department that every county has begins a clause, a member of a list, or what a preposition leads to."""
    before = row.before(begun)
    if row.text.startswith(_OF_ALL, end):
        return False
    if before is None or not is_han(before.text[-1]) or before.text in JOINS or before.kind.startswith(("p", "f", "t", "d", "u")):
        return True
    if before.kind.startswith("v") and (before.text in _LEADS or before.text in stops()):
        return True
    return row.text[begun - 1] in LEVELS and row.text[begun - 2:begun - 1] in ("该", "我", "本")


def _over_join(row: WordRow, begun: int) -> int:
    """Where a department's name begins of which 和 and its last part have been found (工业信息化和商务局, but 公安局和商务局)."""
    join = row.before(begun)
    first = row.before(join.start) if join is not None and join.text == "和" else None
    if join is None or first is None or not is_han(first.text[-1]) or first.text[-1] in _ENDS_BODIES:
        return begun
    start = join.start
    while (word := row.before(start)) is not None and is_han(word.text[0]) and word.kind.startswith(("n", "vn", "l")):
        start = word.start
    outside = start == 0 or row.text[start - 1] in "、，。；"
    return start if outside and start < join.start else begun


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
    before = row.before(begun)
    in_short = before is not None and before.kind == "j" and suffix in ("集团", "公司")  # 交投集团
    return reach.proper or in_short or suffix.endswith(("有限公司", "责任公司")) or _is_plain_name(row, reach.start, begun)


def _is_plain_name(row: WordRow, start: int, begun: int) -> bool:
    """Whether two words and more, none of which only says of what sort a body is, stand alone before a suffix (大地水泥公司)."""
    words = list(takewhile(lambda word: word.start < begun, row.between(start, len(row.text))))
    outside = start == 0 or row.text[start - 1] in "、，。：；（\n"
    return outside and len(words) > 1 and words[0].text not in terms("body_generics") and words[0].kind.startswith("n")


def _ending(row: WordRow, number: int) -> tuple[int, int] | None:
    """Where the suffix begins and ends with which the word of a number ends; 长 of 局长 is not of it."""
    if not (endings := _endings(row.words[number])):
        return None
    text, start = row.text, row.ends[number] - len(row.words[number])
    for length, sizes in endings:
        end = start + length
        for size in sizes:
            begun = end - size
            if begun < start and (begun < 0 or text[begun:end] not in _suffixes() or not row.ends_word(begun)):
                continue
            again = text[end:end + 1] == "长" and text[begun - size:begun] == text[begun:end]
            if again or text[begun - 1:begun] == "副" or text[begun - 2:begun] == "代理":
                return None  # of the office: 公安局局长, 公安局副局长
            return begun, end
    return None


@cache
def _lasts() -> frozenset[str]:
    """The last characters of words that may be of a body's name."""
    return frozenset(suffix[-1] for suffix in _suffixes()) | frozenset("长副任")


@lru_cache(maxsize=10_000)
def _endings(word: str) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """How much of a word may be of a body's name, each with the lengths of the suffixes that may end there, the longest first.

    A suffix longer than the word may begin in the words before it.
    """
    if word[-1] not in _lasts():
        return ()
    found = []
    lengths = [len(word)]
    if word[-1] in "长副":  # 部副 before 主任
        lengths.append(len(word) - 1)
    if word.endswith(("处处长", "主任")):
        lengths.append(len(word) - 2)
    for length in lengths:
        bare = word[:length]
        if bare and not _is_whole(bare):
            sizes = {len(suffix) for suffix in _suffixes() if bare.endswith(suffix) or suffix.endswith(bare)}
            if sizes:
                found.append((length, tuple(sorted(sizes, reverse=True))))
    return tuple(found)


def _is_whole(word: str) -> bool:
    """Whether a word is, or ends in, one that ends as bodies do and is none (承办, 党员干部; but 财政局 is no 政局)."""
    return any(word[-size:] in _wholes() and len(word) - size != 1 for size in range(2, min(4, len(word)) + 1))
