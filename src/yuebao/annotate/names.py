"""Chinese personal names: where one that begins at a place ends, and how sure that is.

A name is a surname (one or two characters) and one or two given characters, or a foreign name in transliteration. Two lengths compete;
what follows decides (a verb of reports, punctuation, a word boundary), and where it does not, how often each is written in the whole text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from yuebao.annotate.given import is_rather_a_word, likeness
from yuebao.annotate.offices import ending_head, heads, is_title, title_terms
from yuebao.annotate.passage import COMMON_WORD, Passage, Whole, Words, frequency, is_rare, word_kind
from yuebao.lexicon import rows, terms
from yuebao.text import is_han

# What follows a name, in points. A name after an office needs 1, in a list 1.5, after a role 2.
PUNCTUATION_FOLLOWS = 3.0
WORD_OF_REPORTS_FOLLOWS = 2.0
LETTER_OF_REPORTS_FOLLOWS = 1.5
LONG_WORD_FOLLOWS = 1.0
SHORT_WORD_FOLLOWS = 0.0
INSIDE_A_WORD = -2.0
# What a point of likeness of a given name of two characters is worth, and the most that it gives or takes.
OF_LIKENESS, MOST_OF_LIKENESS = 0.5, 1.5
# Likeness of two characters that are both often in given names.
BOTH_OF_NAMES = 4
# What it takes that the given name is rather a word.
GIVEN_IS_A_WORD = 1.5
# Below this difference two lengths are alike, and their counts in the whole text decide.
ALIKE = 2.1
# A doubtful name of three characters and more that is written three times in the texts read together gains a point.
OFTEN_WRITTEN_BELOW = 1.5

_AFTER_NAME = frozenset("，。；：、！？,.;:!?）)》”’\"'\n\r…—-－ 　\t|/*×◎●○★☆■□▲△▼◆◇√→↓#@~～+【】（(「」『』[]·•＞>")
NEVER_GIVEN, _SELDOM_GIVEN, TRANSLITERATION = (
    frozenset(row["term"] for row in rows("name_characters") if row["use"] == use) for use in ("never", "seldom", "transliteration")
)
# what follows the last name of a credit, run in with it: 沈某编辑：朱某
_CREDIT = re.compile(
    "(?:(?:责任|流程|值班|美术|网络)?编辑|"
    "责编|校对|审校|审核|编审|监制|主编|来源|作者|通讯员|图源|摄影|值班编委|[初复终一二三]审)[ 　]?[：:/]|返回搜狐")
_BEGIN_CREDIT = frozenset("责流美网编校审监主来作通图摄值初复终一二三返")
_HEADS_IN_NAMES = frozenset(("冠军", "英雄", "新人", "大师"))
_JOINS = frozenset("和与及同向")
_FOREIGN_CHARACTERS = "".join(sorted(TRANSLITERATION))
POINT = re.compile("[·•・‧-]")  # stands in every name that FOREIGN matches
# with the dot of such names a few more tell nothing against one (雪克来提·)
_BESIDE_DOT = f"[{_FOREIGN_CHARACTERS}雪玉素坤合司地再浩卓那额柯冯霍翁赖滕郎戴汤来不都其才旦次央增更]"
FOREIGN = re.compile(f"{_BESIDE_DOT}{{1,8}}(?:[·•・‧-](?:{_BESIDE_DOT}|[A-Za-z.]){{1,9}}){{1,4}}")
_POINTS = frozenset("·•・‧-")
# where a name is known to begin, whatever stands before the point (戴卫·奇普菲尔德)
_DOTTED = re.compile(f"[\u4e00-\u9fff]{{1,6}}(?:[·•・‧]{_BESIDE_DOT}{{2,9}}){{1,4}}")
_FOREIGN_SINGLE = re.compile(f"[{_FOREIGN_CHARACTERS}]{{2,7}}")
# 省委书记林某和|省长周某陪同
_OFFICE_NEXT = re.compile(
    "[\u4e00-\u9fff]{0,8}?(?:书记|[省市县区州部局院校厅处]长|主席|主任|总理|经理|董事|大使)[\u4e00-\u9fff]{2,3}"
    "(?:[，。、；]|陪同|等|参加|出席|一同|共同)")
_SPEAKS = re.compile("认为|表示|指出|强调|介绍|告诉|坦言|回忆|说")
_GIVEN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]{1,2}")
_SPACES = frozenset(" 　")
_SPACED = re.compile("([\u4e00-\u9fff])[ 　]{1,2}([\u4e00-\u9fff])(?=[，。；、）)\\s]|$)")


@dataclass(frozen=True, slots=True)
class Surname:
    weight: int
    wordlike: bool


class NameFound(NamedTuple):
    """`name` is the name as people say it (without the space of 张 恒); `points` how sure; `wordlike` if its surname begins
    common words; `is_word` if the dictionary has it as a word.
    """

    start: int
    end: int
    name: str
    points: float
    follows: float
    wordlike: bool = False
    weight: int = 3
    is_word: bool = False


@cache
def surnames() -> dict[str, Surname]:
    """The surnames of the lexicon."""
    return {row["term"]: Surname(int(row["weight"]), row["wordlike"] == "yes") for row in rows("surnames")}


@cache
def _followers() -> tuple[Words, frozenset[str]]:
    words = terms("name_followers") | {row["term"] for row in rows("offices") if row["after"] != "-"}
    return Words(w for w in words if len(w) > 1), frozenset(w for w in words if len(w) == 1)


@cache
def _no_names() -> Words:
    """What begins as a name does and is none: countries, and words of the genre (贺词, 殷殷嘱托)."""
    return Words(terms("countries") | terms("no_names"))


@cache
def _never_given_words() -> frozenset[str]:
    """Offices and titles, which follow a surname and are no given name (王主任, 李女士)."""
    return frozenset(heads()) - _HEADS_IN_NAMES | title_terms()


def points_after(passage: Passage, end: int) -> float:
    """How well what stands at `end` speaks for a name that ends there."""
    text = passage.text
    if end >= len(text) or text[end] in _AFTER_NAME or text[end].isspace():
        return PUNCTUATION_FOLLOWS
    words, letters = _followers()
    if text[end - 1] == "和" and _OFFICE_NEXT.match(text, end):
        return INSIDE_A_WORD
    if text[end] in _JOINS and _SPEAKS.match(text, end + 1):  # 魏凤和表示: no one is joined
        return INSIDE_A_WORD
    letter = text[end]
    if letter in _BEGIN_CREDIT and _CREDIT.match(text, end):
        return PUNCTUATION_FOLLOWS
    if letter in "镇乡村屯寨":  # 优抚对象楼子营镇某村
        return INSIDE_A_WORD
    if letter == "等":  # in whatever word: 叶小平等 is no 平等
        return LETTER_OF_REPORTS_FOLLOWS
    at_word = bool(passage.begins[end])
    if words.at(text, end):
        # 书记 inside 总书记 is no word of its own; 率团 across 利率 may be
        if not at_word and text[passage.word_start(end):passage.word_end(end)] in heads():
            return INSIDE_A_WORD
        return WORD_OF_REPORTS_FOLLOWS - (0.0 if at_word else 0.75)
    if not at_word:
        # 刘运到: the dictionary has 运到
        return SHORT_WORD_FOLLOWS + 0.5 if text[end] in letters and passage.word_end(end) == end + 1 else INSIDE_A_WORD
    if text[end].isdigit():
        return LETTER_OF_REPORTS_FOLLOWS
    if text[end] in letters and passage.word_end(end) == end + 1:
        return LETTER_OF_REPORTS_FOLLOWS
    if not is_han(text[end]):
        return LONG_WORD_FOLLOWS
    return LONG_WORD_FOLLOWS if passage.word_end(end) > end + 1 else SHORT_WORD_FOLLOWS


def read_name(passage: Passage, start: int, whole: Whole) -> NameFound | None:
    """The most likely name that begins at `start`, or None. `whole` is the text in which the competing lengths are counted."""
    if not is_han(passage.text[start:start + 1] or " ") or _no_names().at(passage.text, start):
        return None
    may_be_foreign = passage.text[start] in TRANSLITERATION
    has_point = not _POINTS.isdisjoint(passage.text[start + 1:start + 9])
    if has_point and (foreign := FOREIGN.match(passage.text, start) or _dotted(passage.text, start)):
        return NameFound(start, foreign.end(), foreign[0], points_after(passage, foreign.end()) + 1, points_after(passage, foreign.end()))
    best = _best_of(_candidates(passage, start), whole)
    if best and -1.0 <= best.points < OFTEN_WRITTEN_BELOW and best.end - best.start > 2 and whole.count(best.name) > 2:
        best = best._replace(points=best.points + 1.0)
    if best and best.points >= PUNCTUATION_FOLLOWS and best.follows >= PUNCTUATION_FOLLOWS:
        return best  # no foreign name has more
    single = _foreign_single(passage, start) if may_be_foreign else None
    if single and (best is None or single.points > best.points or (single.end > best.end and single.points > best.follows)):
        return single
    return best or _of_unknown_surname(passage, start)


def _dotted(text: str, start: int) -> re.Match[str] | None:
    """A name with a point whatever characters stand before it, unless an office does (助理|总干事甲·乙)."""
    dotted = _DOTTED.match(text, start)
    if dotted is None or text[start] in "人员长":
        return None
    first = re.split("[·•・‧]", dotted[0])[0]
    return None if any(first[at:at + n] in heads() for at in range(len(first)) for n in (2, 3, 4)) else dotted


def _best_of(found: list[NameFound], whole: Whole) -> NameFound | None:
    if not found:
        return None
    ranked = sorted(found, key=lambda n: (-n.points, -n.end))
    best = ranked[0]
    if len(ranked) == 1 or best.points - ranked[1].points >= ALIKE:
        return best
    short, long = sorted(ranked[:2], key=lambda n: n.end)
    of_short = whole.count(short.name)
    if of_short < 2 or (best is short and short.follows >= WORD_OF_REPORTS_FOLLOWS):
        return best
    if whole.count(long.name) * 5 >= of_short * 4:
        return best if long.name[-1] in _JOINS else long
    # 宋彦 is written often for being the beginning of several brothers, but never ends as a name
    if short.name not in whole.plain_ends:
        whole.plain_ends[short.name] = _ends_plainly(short.name, whole.text)
    return short if whole.plain_ends[short.name] else best


def _ends_plainly(name: str, text: str) -> bool:
    """Whether the characters stand twice where a name plainly ends: before punctuation or a word of reports."""
    words, _ = _followers()
    at, plain = text.find(name), 0
    while at >= 0 and plain < 2:
        end = at + len(name)
        plain += end == len(text) or text[end] in _AFTER_NAME or words.at(text, end) is not None
        at = text.find(name, end)
    return plain > 1


def _candidates(passage: Passage, start: int) -> list[NameFound]:
    text, begins, known = passage.text, passage.begins, surnames()
    found: list[NameFound] = []
    for length in (2, 1):
        surname = known.get(text[start:start + length])
        if surname is None:
            continue
        if length == 1 and text[start + 1:start + 2] in _SPACES and (spaced := _SPACED.match(text, start)) and spaced[2] not in NEVER_GIVEN:
            found.append(NameFound(start, spaced.end(), spaced[1] + spaced[2], 1.5, PUNCTUATION_FOLLOWS, surname.wordlike, surname.weight))
        at = start + length
        if (given := _GIVEN.match(text, at)) is None:
            continue
        word, given_word_end = text[start:begins.index(1, start + 1)], begins.index(1, at + 1)
        for end in range(at + 1, given.end() + 1):
            follows, name = points_after(passage, end), text[start:end]
            shape = _Shape(name, length, begins[start], begins[end], word, given_word_end == end, text[end:end + 1] in TRANSLITERATION)
            points = follows + _points_inside(shape) + (0.5 if length == 2 else 0.0)
            if follows < PUNCTUATION_FOLLOWS and not surname.wordlike and _is_given_a_word(passage, at, end):
                points -= GIVEN_IS_A_WORD
            is_word = word == name and not is_rare(name)
            found.append(NameFound(start, end, name, points, follows, surname.wordlike, surname.weight, is_word))
    return found


def _is_given_a_word(passage: Passage, given: int, end: int) -> bool:
    """Whether what follows a surname is rather a word, or the beginning of one (江 大学教授)."""
    return bool(passage.begins[given]) and passage.word_end(given) >= end and is_rather_a_word(passage.text[given:end])


class _Shape(NamedTuple):
    """A possible name and how the dictionary cuts it and what stands around it: all that its points inside hang on."""

    name: str
    of_surname: int
    begins_word: int
    ends_word: int
    word: str  # the rest of the word that its first character is of
    given_is_word: bool
    goes_on_foreign: bool  # a character of transliterations follows


@lru_cache(maxsize=10_000)
def _points_inside(shape: _Shape) -> float:
    """What the characters of a name and the words they make in the dictionary take from its points."""
    name, word = shape.name, shape.word
    given, wordlike = name[shape.of_surname:], surnames()[name[:shape.of_surname]].wordlike
    points = 0.0 if shape.begins_word else -1.0
    if not NEVER_GIVEN.isdisjoint(given):
        points -= 3.0
    if not _SELDOM_GIVEN.isdisjoint(given):
        points -= 1.0
    if given[-1] in _JOINS:
        points -= 0.5
    if len(given) == 2:
        points += _points_of_given(shape, given)
    if given in _never_given_words() or name in heads():
        points -= 9.0
    if given[0] == "某" and given[1:] not in ("", "某", "甲", "乙", "丙", "丁"):  # 刘某系某地人; but 杜某靖
        points -= 1.0
    if len(word) > len(name) and len(word) > 2:
        points -= 2.0
    elif word == name:
        points += _points_of_word(name, common_surname=not wordlike and known_surname(name[:shape.of_surname]))
    elif len(word) > shape.of_surname:
        # 王家骏: a surname with 家 is a word too, of villages and families
        if word_kind(word) != "name" and not is_rare(word):
            points -= 0.5 if word[shape.of_surname:] == "家" else 1.0
    elif wordlike and len(given) == 2 and shape.given_is_word and not (is_rare(given) or likeness(given) >= BOTH_OF_NAMES):
        # 于文峰 may be a name, 于企业 and 向大家 are hardly
        points -= 2.0 if frequency(given) >= COMMON_WORD else {"name": 0.0, "thing": 0.5, "other": 2.0}[word_kind(given)]
    return points


def _points_of_given(shape: _Shape, given: str) -> float:
    """What the two characters after a surname give or take by being often or seldom in given names.

    They give nothing where the last may belong to what follows (刘昆 受委托, 马柳斯 卡) or the surname to another word (高峰 会).
    """
    points = OF_LIKENESS * likeness(given)
    if points < 0:
        return max(-MOST_OF_LIKENESS, points)
    last = given[-1]
    of_other_word = len(shape.word) > shape.of_surname or not shape.ends_word
    loose = last in _followers()[1] or last in _SELDOM_GIVEN or last in _JOINS or of_other_word
    foreign = shape.goes_on_foreign and not TRANSLITERATION.isdisjoint(given)
    return 0.0 if loose or foreign else min(MOST_OF_LIKENESS, points)


def _points_of_word(word: str, *, common_surname: bool) -> float:
    """What it takes from a name to be a word of the dictionary: all if it is a verb or the like, less if it is rare."""
    kind = word_kind(word)
    if kind == "name":
        return 0.5 if common_surname else 0.0
    if kind == "other":
        return -9.0
    return -1.0 if is_rare(word) else -2.0 if common_surname else -2.5


def _of_unknown_surname(passage: Passage, start: int) -> NameFound | None:
    """Three characters that make no word and end where a name plainly ends: a name whose surname the lexicon lacks."""
    text, (_, letters), end = passage.text, _followers(), start + 3
    name = text[start:end]
    if len(name) < 3 or not all(is_han(c) and c not in NEVER_GIVEN and c not in letters for c in name):
        return None
    follows = points_after(passage, end)
    if follows < WORD_OF_REPORTS_FOLLOWS or text[end:end + 1] in ("”", '"', "’") or not all(passage.begins[start:end + 1]):
        return None
    return NameFound(start, end, name, follows - 1.0, follows, True, 0)


def _foreign_single(passage: Passage, start: int) -> NameFound | None:
    """A foreign name of one part (after an office): the longest run of transliteration characters that ends where a name can."""
    match = _FOREIGN_SINGLE.match(passage.text, start)
    if match is None:
        return None
    for end in range(match.end(), start + 1, -1):
        follows = points_after(passage, end)
        word = passage.text[start:end]
        least = LONG_WORD_FOLLOWS if len(word) > 3 else LETTER_OF_REPORTS_FOLLOWS
        if follows >= least and (passage.word_end(start) != end or word_kind(word) == "name"):
            return NameFound(start, end, word, follows - (0.0 if len(word) > 2 else 0.5), follows, True, 1)
    return None


def name_that_ends(passage: Passage, end: int) -> tuple[int, int] | None:
    """The span of the longest name that ends at `end`, begins a word, and is made of no dictionary word."""
    text, known = passage.text, surnames()
    for length in (4, 3, 2):
        start = end - length
        if start < 0 or not passage.begins[start] or not all(map(is_han, text[start:end])):
            continue
        surname = known.get(text[start:start + (2 if length == 4 else 1)])
        if surname is None or surname.weight < 2:
            continue
        if _is_plain(passage, start, end, surname):
            return start, end
    return None


def _is_plain(passage: Passage, start: int, end: int, surname: Surname) -> bool:
    """Whether nothing between speaks against a name."""
    text = passage.text
    outside = start == 0 or not is_han(text[start - 1]) or text[passage.word_start(start):start] in terms("office_stops")
    word_end = passage.word_end(start)
    word = text[start:word_end]
    if word_end == end and word_kind(word) != "name" and not is_rare(word):
        return False
    if surname.wordlike and word_end != end and not (outside and end - start > 2):
        return False
    if end - start > 2 and word_end > end - 2 and word_end != end and word_kind(word) != "name" and not is_rare(word):
        return False
    if _no_names().at(text, start) or _no_names().at(text, start + 1):
        return False
    if text[start:end] in heads() or ending_head(text, end) or is_title(text[start + 1:end]):
        return False
    given = text[start + 1:end]
    if _goes_on_foreign(passage, start, end):
        return False
    if _is_given_a_word(passage, start + 1, end):
        return False
    if surname.wordlike and passage.begins[start + 1] and frequency(given) >= COMMON_WORD and likeness(given) < BOTH_OF_NAMES:
        return False  # 边建设、边招工
    if text[start] in "向由应给" and len(given) > 1 and known_surname(given[0]):  # 向庞某同志
        return False
    inside = is_han(text[end:end + 1] or " ")
    return NEVER_GIVEN.isdisjoint(given) and not (inside and given[-1] in "和位名老为向") and ("在" not in given or outside)


def _goes_on_foreign(passage: Passage, start: int, end: int) -> bool:
    """Whether the characters go on a longer foreign name (马 柳斯卡)."""
    text = passage.text
    if text[start - 1:start] not in TRANSLITERATION or not TRANSLITERATION.issuperset(text[start:end]):
        return False
    return text[passage.word_start(start):start] not in terms("office_stops")


def is_transliterated(character: str) -> bool:
    """Whether foreign names are written with the character."""
    return character in TRANSLITERATION


def known_surname(character: str) -> bool:
    """Whether the character is a surname that is not rare."""
    surname = surnames().get(character)
    return surname is not None and surname.weight > 1
