"""The words of a text with the classes that the dictionary gives them, and how far a name reaches to the left over them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import compress, count
from typing import NamedTuple

from yuebao.annotate.passage import Passage, is_rare, word_class
from yuebao.lexicon import rows, terms
from yuebao.text import is_han

# The longest name of a body, park or project seen in bulletins has 38 characters.
LONGEST_NAME = 42
_OPENING = {"）": "（", ")": "(", "”": "“"}
LEVELS = frozenset("省市县区州旗盟镇乡")
_NATIONAL = frozenset((
    "国家", "全国", "中国", "中央", "国务院", "中共", "共青团", "中华", "国际", "世界", "民盟", "民建", "民革", "农工党", "致公党",
    "台盟", "九三学社", "国网",
))
# what stands before 省, 市, 县 and makes it no level: 我市, 全省
DETERMINERS = frozenset("强我全本该各外两多此这某跨城地小社一二三四五六七八九十）)")
# classes that no part of a name is of: prepositions, conjunctions, particles, pronouns, adverbs, measures
_NEVER = ("p", "c", "u", "r", "y")
JOINS = frozenset(("和", "与", "及", "暨"))
# what is counted of works: 125个项目 names none
_OF_WORKS = frozenset(("个", "项", "批", "类", "家", "处", "大"))
# what bodies are counted by: 某家俱乐部
_OF_BODIES = frozenset("家个所座")
_PROPER = ("nr", "ns", "nz", "nt", "eng")
# with a level before them they are one word: 市委, 省直
_OF_LEVEL = frozenset(("委", "政府", "直", "人大", "政协", "纪委", "直机关"))
_OF_DIVISION = re.compile("[\u4e00-\u9fff]{2,}[省市县区州](?:委|政府|人大|政协)")  # the dictionary has 某省委 as a word
# what ends a name before 和: two bodies, and not one (某基地和某服务站)
_ENDS_NAMES = frozenset(("基地", "中心", "公司", "集团", "学院", "大学", "医院", "学校", "协会", "银行", "平台", "项目", "单位"))
# what one body does with another: the second is no part of the first (某学院师生组建某服务队)
_BRINGS = frozenset(("组建", "联合", "会同", "带领", "邀请", "协同", "携手"))
_JOINT = ("创新", "研究", "实验", "研发", "开发", "执法", "投资")  # but 联合创新中心
# what is done to a work that is named after a place: the name does not reach over it
_DOES = frozenset(("推进", "实施", "建设", "启动", "推动", "谋划", "打造", "承接", "引进", "承建", "参与", "加快"))
# prepositions that the dictionary has at the beginning of words: 和平 in 和某某市
GLUED = frozenset("到在与和对向由为")
# what is a numeral at all: the dictionary has 港澳台 among them
_NUMERAL = re.compile("[\\d〇零一二两三四五六七八九十百千万亿几数多双半]")
_SMALL = re.compile("[\\d一二三四五六七八九十]{1,3}")
_ORDINAL = re.compile("第?[\\d一二三四五六七八九十百]+")


class Word(NamedTuple):
    start: int
    end: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class WordRow:
    """The words of a text. Words are made when asked for."""

    text: str
    begins: bytes
    words: tuple[str, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, passage: Passage) -> WordRow:
        """The words of a text."""
        return cls(passage.text, passage.begins, passage.words, passage.ends)

    def __len__(self) -> int:
        return len(self.words)

    def word(self, number: int) -> Word:
        """The word of a number, from 0."""
        text, end = self.words[number], self.ends[number]
        return Word(end - len(text), end, text, word_class(text))

    def numbers_of(self, test: Callable[[str], object]) -> list[int]:
        """The numbers of the words that pass a test, which is asked of every word and should remember its answers."""
        return list(compress(count(), map(test, self.words)))

    def ends_word(self, place: int) -> bool:
        """Whether a word ends at a place, or the text begins there."""
        return place >= 0 and self.begins[place] == 1

    def after(self, start: int) -> Word | None:
        """The word that begins where another ends, or None where none does."""
        if not 0 <= start < len(self.text) or not self.begins[start]:
            return None
        end = self.begins.index(1, start + 1)
        text = self.text[start:end]
        return Word(start, end, text, word_class(text))

    def before(self, end: int) -> Word | None:
        """The word that ends at a place, or None where none does."""
        if end < 1 or not self.begins[end]:
            return None
        start = self.begins.rindex(1, 0, end)
        text = self.text[start:end]
        return Word(start, end, text, word_class(text))

    def text_before(self, end: int) -> str | None:
        """The characters of the word that ends at a place, or None where none does."""
        return self.text[self.begins.rindex(1, 0, end):end] if end > 0 and self.begins[end] else None

    def texts_between(self, start: int, end: int) -> Iterator[str]:
        """The characters of the words from one that begins at `start` to the last that ends by `end`."""
        while start < end and (past := self.begins.index(1, start + 1)) <= end:
            yield self.text[start:past]
            start = past

    def between(self, start: int, end: int) -> Iterator[Word]:
        """The words from one that begins at `start` to the last that ends by `end`."""
        word = self.after(start)
        while word is not None and word.end <= end:
            yield word
            word = self.after(word.end)


class Reach(NamedTuple):
    """Where a name begins; `anchored`: it begins with a place or a level (省财政厅); `proper`: it holds a word that names;
    `plain`: no verb or join stands in it."""

    start: int
    anchored: bool
    proper: bool
    plain: bool = True


class Surroundings(NamedTuple):
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
    left, soft, joined, brought, anchored = start, -1, -1, -1, False
    while left > 0 and start - left < LONGEST_NAME:
        if brought >= 0 and (left in around.parents or left in around.places):
            left = brought
            break
        if left in around.places or left in around.parents:
            left, anchored = before_anchor(row, left, around), True
            break
        if left in around.barred:
            break
        if row.text[left - 1] in _OPENING:
            opening = row.text.rfind(_OPENING[row.text[left - 1]], max(0, left - 14), left)
            if opening < 0 or soft >= 0 or row.text[opening + 1:left - 1] == "扩大":  # 党组（扩大）会议
                break
            left = opening
            continue
        if (text := row.text_before(left)) is not None and _is_passed_over(text):
            left -= len(text)
            continue
        word = row.before(left)
        if word is None or not (is_han(word.text[0]) or word.text.isalnum()):
            break
        if is_level(row, word):
            left, anchored = level_start(row, word.start, around), True
            break
        if len(word.text) == 2 and word.text[0] in GLUED and is_rare(word.text):  # 到天 is in the dictionary, and stands before 禾集团
            left = word.start + 1
            break
        end = _ends_before(row, word, left == start)
        if word.text in JOINS and word.text != "暨" and paired and not _parts_names(row, word, around):
            joined = left
        elif end == "hard":
            if (before := row.before(word.start)) and before.text in LEVELS and is_level(row, before) and word.kind == "v" and paired:
                left, anchored = level_start(row, before.start, around), True
            break
        elif end == "soft" and soft < 0:
            soft = left
        if brought < 0 and word.text in _BRINGS and not row.text.startswith(_JOINT, word.end):
            brought = left
        left = word.start
    if not anchored:
        if row.text[left] in "（(“" and left < start:
            return Reach(start, False, False)
        left = max(left, joined, brought)
        if soft > left and not is_proper(row, left, soft):
            left = soft
        left = _first_word(row, left, start)
    return Reach(left, anchored, anchored or is_proper(row, left, start), max(soft, joined) <= left)


def reach_over(row: WordRow, start: int, around: Surroundings) -> Reach:
    """How far the name of a work reaches: over places, levels, numbers and joins, up to a word that ends every name."""
    left, anchored, begins = start, False, {*around.places.values(), *around.parents.values()}
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
            anchored = anchored or (row.text[opening] == "“" and (left - opening > 5 or left < start))
            left = opening
            continue
        word = row.before(left)
        if word is not None and word.text in ("/", "·") and row.text[left:left + 1].isalnum():  # 100MW/400MWh, X·META
            left = word.start
            continue
        if word is None or not (is_han(word.text[0]) or word.text.isalnum()) or _ends_work(row, word):
            break
        if word.end in begins and (word.text in JOINS or word.text in _DOES):
            break
        anchored = anchored or is_level(row, word) or word.kind in ("ns", "eng")
        left = word.start
    left = _first_of_work(row, left, start, begins)
    return Reach(left, anchored, anchored or _is_unknown(row, left))


def _is_unknown(row: WordRow, start: int) -> bool:
    """Whether two characters stand here that no dictionary has together (禾高)."""
    first, second = row.after(start), row.after(start + 1)
    return all(word is not None and len(word.text) == 1 and is_han(word.text) for word in (first, second))


def _ends_work(row: WordRow, word: Word) -> bool:
    """Whether the name of a work does not reach over a word."""
    if word.text in JOINS:
        before = row.before(word.start)
        return word.text == "暨" or before is None or not is_han(before.text[-1]) or before.text.endswith(("项目", "工程", "平台"))
    if word.text in LEVELS and row.text[word.start - 1:word.start] in DETERMINERS:
        return True
    counted = word.kind == "q" and word.text in _OF_WORKS
    return counted or word.text in stops() or (len(word.text) > 1 and word.kind.startswith(("p", "u", "r")))


def _first_of_work(row: WordRow, left: int, start: int, begins: Set[int]) -> int:
    """Without the verbs and joins before the name of a work (新建 belongs to it)."""
    while left < start and left not in begins and (word := row.after(left)) is not None:
        verb = word.kind[0] in "vd" and word.kind != "vn"
        if word.text == "新建" or not (verb or word.text in JOINS or word.text in edges() or word.text in ("一", "好")):
            break
        left = word.end
    return left


@lru_cache(maxsize=10_000)
def _is_passed_over(word: str) -> bool:
    """Whether a name reaches over a word wherever it stands: a noun or adjective that is no level, stop or join.

    Most words are, and of them nothing more need be asked.
    """
    kind = word_class(word)
    if len(word) == 1 or not is_han(word[0]) or (kind[0] in "mqpcuryvtd" and kind != "vn"):
        return False
    if word[0] in LEVELS or word[0] in GLUED or word.startswith("中国") or word in _NATIONAL or word in stops():
        return False
    return not (len(word) > 3 and _OF_DIVISION.fullmatch(word))


def _ends_before(row: WordRow, word: Word, first: bool) -> str:
    """hard where a name does not reach over the word, soft where it does only if a name begins before it, else empty."""
    if len(word.text) == 1 and row.text[word.start - 1:word.start] == "、":  # in a list of names: 、以岭药业
        return ""
    if word.text == "中" and _begins_clause(row, word.start):  # 中美医疗集团, but not 建设中某公司
        return ""
    if (word.text in stops() and not row.text.startswith("氏", word.end)) or word.text in JOINS:  # 任氏
        return "hard"
    if word.kind == "m" and _NUMERAL.search(word.text):  # 港澳台 is among the numerals of the dictionary
        return "" if _is_part_of_name(row, word, first) else "hard"
    if word.kind == "q" and (before := row.before(word.start)) and before.kind == "m":
        return "hard"
    if len(word.text) > 1 and word.kind.startswith(_NEVER) and not is_rare(word.text):
        return "hard"
    return "soft" if word.kind[0] in "vtd" and word.kind != "vn" and len(word.text) > 1 and word.text not in edges() else ""


def _begins_clause(row: WordRow, start: int) -> bool:
    """Whether a word begins after punctuation, or after a word that ends every name."""
    before = row.text_before(start)
    return before is None or not is_han(before[-1]) or before in stops() or before in JOINS


def _parts_names(row: WordRow, join: Word, around: Surroundings) -> bool:
    """Whether 和 stands between two names, and not within one."""
    before = row.text_before(join.start)
    ends_one = join.start in around.places or join.start in around.parents or join.start in around.barred
    return ends_one or before is None or before in LEVELS or before in stops() or before in _ENDS_NAMES


def _is_part_of_name(row: WordRow, numeral: Word, first: bool) -> bool:
    """Whether a numeral may stand in a name: 第三, 二 in 二院, 一 in 一重集团, 万 in 万泰公司."""
    following = row.after(numeral.end)
    if following is None or following.kind.startswith("q") or following.text in stops():
        return False
    if numeral.text[0] == "第" or (first and _SMALL.fullmatch(numeral.text)):
        return True
    if len(numeral.text) == 2 and numeral.text[0] == "一" and _begins_clause(row, numeral.start):  # 一重集团
        return True
    return numeral.text in "一二三四五六七八九十万百千多双亿" and (len(following.text) == 1 or following.kind == "nz")  # 亿华通


def is_level(row: WordRow, word: Word) -> bool:
    """Whether the word is a level that bodies belong to (省, 国家), or begins with one (市委)."""
    if word.text in ("国际", "世界"):  # 某某国际集团
        return _begins_clause(row, word.start)
    if word.text in _NATIONAL or (word.text[:2] == "中国" and len(word.text) > 3):
        return True
    if len(word.text) > 3 and _OF_DIVISION.fullmatch(word.text):
        return True
    if word.text not in LEVELS and not (word.text[0] in LEVELS and word.text[1:] in _OF_LEVEL):
        return False
    if len(word.text) == 1 and (before := row.before(word.start)) is not None and before.kind == "ns" and len(before.text) == 1:
        return False  # 州 in 淮州新城
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
        if left in around.parents and not row.text.startswith("中共", left):
            return around.parents[left]
        if left in around.barred:
            return left
        if left in around.places and (not reached or left in around.containers):
            left, reached = around.places[left], True
            continue
        word = row.text_before(left)
        if word == "驻" and left - 1 in around.parents:  # 市政府驻北京联络处
            return around.parents[left - 1]
        if word is None or word not in _NATIONAL:
            return _after_parent(row, left, around)
        left -= len(word)
    return left


def _after_parent(row: WordRow, left: int, around: Surroundings) -> int:
    """Where the body begins that a part of it is named after, with no more than five words between (某公司饮水安全某乡客服中心)."""
    if not around.parents:
        return left
    at = left
    for _ in range(5):
        word = row.before(at)
        if word is None or not (word.kind.startswith(("n", "a", "vn")) or word.text == "附属") or word.text in stops():
            return left
        at = word.start
        if at in around.parents:
            return around.parents[at]
    return left


def _first_word(row: WordRow, left: int, start: int) -> int:
    """Without words that no name begins with."""
    while left < start and (word := row.after(left)) is not None:
        if (word.text not in edges() and word.text not in JOINS and word.text not in _OF_BODIES) or word.end > start:
            break
        left = word.end
    return left


def is_proper(row: WordRow, left: int, start: int) -> bool:
    """Whether a word that names stands in `[left, start)`: one that no dictionary has, or a name."""
    return not row.ends_word(left) or any(map(_names, row.texts_between(left, start)))


@lru_cache(maxsize=10_000)
def _names(word: str) -> bool:
    """Whether a word is of a name: a name by itself, a single character, rare, or counted among the numerals and none (一重)."""
    if word in terms("body_generics") or word.isdigit():
        return False
    kind = word_class(word)
    is_odd = kind == "m" and not _ORDINAL.fullmatch(word) and word[0] == "一"
    return kind.startswith(_PROPER) or len(word) == 1 or is_rare(word) or is_odd
