"""The words of a text with the classes that the dictionary gives them, and how far a name reaches to the left over them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache

import rjieba

from yuebao.annotate.passage import is_rare
from yuebao.lexicon import rows, terms
from yuebao.text import is_han

# The longest name of a body, park or project seen in bulletins has 38 characters.
LONGEST_NAME = 42
_OPENING = {"）": "（", ")": "(", "”": "“"}
LEVELS = frozenset("省市县区州旗盟镇乡")
_NATIONAL = frozenset((
    "国家", "全国", "中国", "中央", "国务院", "中共", "共青团", "中华", "国际", "世界", "民盟", "民建", "民革", "农工党", "致公党", "国网",
))
# what stands before 省, 市, 县 and makes it no level: 我市, 全省
DETERMINERS = frozenset("我全本该各外两三多此这某跨城地小社")
# classes that no part of a name is of: prepositions, conjunctions, particles, pronouns, adverbs, measures
_NEVER = ("p", "c", "u", "r", "y")
JOINS = frozenset(("和", "与", "及", "暨"))
# what is counted of works: 125个项目 names none
_OF_WORKS = frozenset(("个", "项", "批", "类", "家", "处", "大"))
_PROPER = ("nr", "ns", "nz", "nt", "eng")
# with a level before them they are one word: 市委, 省直
_OF_LEVEL = frozenset(("委", "政府", "直", "人大", "政协", "纪委", "直机关"))
_OF_DIVISION = re.compile("([\u4e00-\u9fff]{2,})([省市县区州](?:委|政府|人大|政协))")
_GLUED = frozenset("到在与和对向由为")
_ORDINAL = re.compile("第?[\\d一二三四五六七八九十百]+")


@dataclass(frozen=True, slots=True)
class Word:
    start: int
    end: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class WordRow:
    """The words of a text; `ending[i]` is the number of the word that ends at character i, or -1."""

    text: str
    words: tuple[Word, ...]
    ending: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> WordRow:
        """The words of a text."""
        words, at, ending = [], 0, [-1] * (len(text) + 1)
        for word, kind in rjieba.tag(text, False):
            for part, of in _parts(word, kind):
                words.append(Word(at, at + len(part), part, of))
                at += len(part)
                ending[at] = len(words) - 1
        return cls(text, tuple(words), tuple(ending))

    def after(self, start: int) -> Word | None:
        """The word that begins where another ends, or None at the end of the text."""
        number = self.ending[start] + 1
        return self.words[number] if number < len(self.words) else None

    def before(self, end: int) -> Word | None:
        """The word that ends at a place, or None where none does."""
        number = self.ending[end]
        return self.words[number] if number >= 0 else None


def _parts(word: str, kind: str) -> tuple[tuple[str, str], ...]:
    """A word of the dictionary, cut where it hides a preposition (到天 before 瑞集团) or the level of a body (某省委)."""
    if len(word) == 2 and word[0] in _GLUED and is_rare(word):
        return (word[0], "p"), (word[1], kind)
    if len(word) > 3 and (match := _OF_DIVISION.fullmatch(word)):
        return (match[1], "ns"), (match[2], kind)
    return ((word, kind),)


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a name begins; `anchored`: it begins with a place or a level (省财政厅); `proper`: it holds a word that names."""

    start: int
    anchored: bool
    proper: bool


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of a text before a name is sought: the places by their ends, which of them contain others, bodies that may have
    parts by their ends, and where no name may reach (people, titles)."""

    places: Mapping[int, int]
    containers: Set[int]
    parents: Mapping[int, int]
    barred: Set[int]


@cache
def stops() -> frozenset[str]:
    """The words that end a name on its left wherever they stand."""
    return terms("office_stops") | {row["term"] for row in rows("body_stops") if row["use"] == "stop"}


@cache
def edges() -> frozenset[str]:
    """The words that a name may hold and does not begin with."""
    return frozenset(row["term"] for row in rows("body_stops") if row["use"] == "edge")


def reach_left(row: WordRow, start: int, around: Surroundings, paired: bool = False) -> Reach:
    """How far the name reaches whose last word begins at `start`; with `paired` it may hold 和 (自然资源和规划局)."""
    left, soft, joined, anchored = start, -1, -1, False
    while left > 0 and start - left < LONGEST_NAME:
        if left in around.places or left in around.parents:
            left, anchored = before_anchor(row, left, around), True
            break
        if left in around.barred:
            break
        if row.text[left - 1] in _OPENING:
            opening = row.text.rfind(_OPENING[row.text[left - 1]], max(0, left - 14), left)
            if opening < 0 or soft >= 0:
                break
            left = opening
            continue
        word = row.before(left)
        if word is None or not (is_han(word.text[0]) or word.text.isalnum()):
            break
        if is_level(row, word):
            left, anchored = level_start(row, word.start, around), True
            break
        end = _ends_before(row, word, left == start)
        if word.text in JOINS and paired:
            joined = left
        elif end == "hard":
            if (before := row.before(word.start)) and before.text in LEVELS and is_level(row, before) and word.kind == "v" and paired:
                left, anchored = level_start(row, before.start, around), True
            break
        elif end == "soft" and soft < 0:
            soft = left
        left = word.start
    if not anchored:
        left = max(left, joined)
        if soft > left and not _is_proper(row, left, soft):
            left = soft
        left = _first_word(row, left, start)
    return Reach(left, anchored, anchored or _is_proper(row, left, start))


def reach_over(row: WordRow, start: int, around: Surroundings) -> Reach:
    """How far the name of a work reaches: over places, levels, numbers and joins, up to a word that ends every name."""
    left, anchored = start, False
    while left > 0 and start - left < LONGEST_NAME:
        if left in around.parents or left in around.places:
            left, anchored = around.parents.get(left, around.places.get(left, left)), True
            continue
        if left in around.barred:
            break
        if row.text[left - 1] in _OPENING:
            opening = row.text.rfind(_OPENING[row.text[left - 1]], max(0, left - 24), left)
            if opening < 0:
                break
            left, anchored = opening, anchored or row.text[opening] == "“"
            continue
        word = row.before(left)
        if word is None or not (is_han(word.text[0]) or word.text.isalnum()):
            break
        if word.text in LEVELS and row.text[word.start - 1:word.start] in DETERMINERS:
            break
        if word.text in JOINS and not anchored:
            left = word.start
            continue
        if word.text in stops() or (word.kind == "q" and word.text in _OF_WORKS) or word.kind.startswith(("p", "u", "r")):
            break
        anchored = anchored or is_level(row, word)
        left = word.start
    left = _first_word(row, left, start)
    return Reach(left, anchored, anchored or _is_proper(row, left, start))


def _ends_before(row: WordRow, word: Word, first: bool) -> str:
    """hard where a name does not reach over the word, soft where it does only if a name begins before it, else empty."""
    if word.text in stops() or word.text in JOINS:
        return "hard"
    if word.kind == "m":
        return "" if _is_part_of_name(row, word, first) else "hard"
    if word.kind == "q" and (before := row.before(word.start)) and before.kind == "m":
        return "hard"
    if len(word.text) > 1 and word.kind.startswith(_NEVER) and not is_rare(word.text):
        return "hard"
    return "soft" if word.kind[0] in "vtd" and word.kind != "vn" and len(word.text) > 1 and word.text not in edges() else ""


def _is_part_of_name(row: WordRow, numeral: Word, first: bool) -> bool:
    """Whether a numeral may stand in a name: 第三, 二 in 二院, 一 in 一重集团, 万 in 万泰公司."""
    following = row.after(numeral.end)
    if following is None or following.kind.startswith("q") or following.text in stops():
        return False
    if numeral.text[0] == "第" or first:
        return True
    return numeral.text in "一二三四五六七八九十万百千多双亿" and len(following.text) == 1


def is_level(row: WordRow, word: Word) -> bool:
    """Whether the word is a level that bodies belong to (省, 国家), or begins with one (市委)."""
    if word.text in _NATIONAL or (word.text[:2] == "中国" and len(word.text) > 3):
        return True
    if word.text not in LEVELS and not (word.text[0] in LEVELS and word.text[1:] in _OF_LEVEL):
        return False
    return row.text[word.start - 1:word.start] not in DETERMINERS


def level_start(row: WordRow, level: int, around: Surroundings) -> int:
    """Where a name begins that has a level at `level`: with the place that the level is of (某 before 市 in 某市委)."""
    if row.text[level + 1:level + 2] == "直" and row.text[level - 2:level] == row.text[level] + "委":  # 市委市直机关工委
        level -= 2
    return before_anchor(row, level + 1 if level + 1 in around.places else level, around)


def before_anchor(row: WordRow, left: int, around: Surroundings) -> int:
    """Where a name begins that is anchored at `left`: with what contains it (河南省某市, 中共某市, 某银行某省)."""
    reached = False
    while left > 0:
        if left in around.parents:
            return around.parents[left]
        if left in around.barred:
            return left
        if left in around.places and (not reached or left in around.containers):
            left, reached = around.places[left], True
            continue
        word = row.before(left)
        if word is None or word.text not in _NATIONAL:
            return _after_parent(row, left, around)
        left = word.start
    return left


def _after_parent(row: WordRow, left: int, around: Surroundings) -> int:
    """Where the body begins that a part of it is named after, with no more than three words between (某公司饮水安全某乡客服中心)."""
    at = left
    for _ in range(3):
        word = row.before(at)
        if word is None or not word.kind.startswith(("n", "a", "vn")) or word.text in stops():
            return left
        at = word.start
        if at in around.parents:
            return around.parents[at]
    return left


def _first_word(row: WordRow, left: int, start: int) -> int:
    """Without words that no name begins with."""
    while left < start:
        word = row.words[row.ending[left] + 1]
        if (word.text not in edges() and word.text not in JOINS) or word.end > start:
            break
        left = word.end
    return left


def _is_proper(row: WordRow, left: int, start: int) -> bool:
    """Whether a word that names stands in `[left, start)`: one that no dictionary has, or a name."""
    number = row.ending[left] + 1
    while number < len(row.words) and row.words[number].end <= start:
        word = row.words[number]
        number += 1
        if word.text in terms("body_generics"):
            continue
        if word.kind.startswith(_PROPER) or len(word.text) == 1 or is_rare(word.text):
            return True
    return False
