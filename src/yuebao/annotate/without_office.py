"""People that no office vouches for: by a biography's wording, by what only people do, by lists of names, by bylines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from yuebao.annotate.given import given_characters, is_rather_a_word, likeness
from yuebao.annotate.mention import Mention, Taken
from yuebao.annotate.names import (
    FOREIGN,
    POINT,
    TRANSLITERATION,
    NameFound,
    is_transliterated,
    known_surname,
    name_that_ends,
    points_after,
    read_name,
    surnames,
)
from yuebao.annotate.offices_after import apposition, is_dismissed, offices_taken
from yuebao.annotate.passage import Passage, Whole, is_rare, word_kind
from yuebao.annotate.with_office import IN_LIST, PLAIN_LIKENESS, list_from
from yuebao.text import is_han

# points that a name needs at the beginning of a clause (see names)
BARE = 1.5
# of the names in a list where none has an office, so many must be plainly names
PLAIN_SHARE = 0.66

_AFTER_MARK = "，。；：！？、\\n“”（(）)】》 　"
_SAYS = re.compile(
    "强调|指出|表示|要求|认为|介绍|坦言|告诉|主持|出席|会见|会谈|陪同|致辞|讲话|参加|带队|接访|一行|宣布|带领|率领|率队|深入|先后|听取|希望|回忆|"
    "感慨|高兴|激动|应邀|受邀|当选|被任命|被提名|提名为|辞去|已任"
)
# what a place, a body or a thing does as well: a name of two characters needs more
_SAYS_OF_LONG = re.compile("说|到|赴|率|调研|走访|慰问|察看|督导|检查|在|来到|走进|"
    "与[^，。；]{2,40}(?:共同|一同|一起|座谈|会谈|分别|签)|实地|详细|仔细|认真|专题|作|代表|获|被|因")
ENDS_PLACES = frozenset("嘴港湖河江岛城州寺庙桥湾岭坡岗峰山海洋原川区园窑瓷茶酒塔宫陵关口旗盟市县区镇乡村州省屯墩")
_BORN = re.compile(
    "[，,（(][男女][，,）)，]|[，,]\\d{4}年\\d{1,2}月[出]?生|[，,](?:现任|曾任|历任|时任|汉族|中共党员)|出生于",
)
_BORN_PLAINLY = re.compile("[\u4e00-\u9fff]{2,4}[，,（(][男女][，,）)]")
_IN_ORDER = frozenset("甲乙丙丁")
_OF_APPOINTING = (
    "选举产生", "任命：", "免去：", "选举", "任命", "免去", "提名", "推选", "补选", "聘任", "聘请", "接受", "分别是", "分别为",
)
_APPOINTS = re.compile("|".join((  # written out: so a text is searched more quickly
    *(f"{verb}(?=[\u4e00-\u9fff]{{2,4}}(?:为|辞去|担任|同志|任|的|和|、))" for verb in _OF_APPOINTING),
    "免去(?=[\u4e00-\u9fff（）、]{6,60}职务)",
    "由(?=[\u4e00-\u9fff]{2,4}(?:担任|兼任|出任|接任|主持))",
)))
_APPOINTED = re.compile("为|辞去|担任|兼任|出任|接任|主持|同志|任|的")
_BIOGRAPHY = re.compile("[，,（(](?:[男女][，,）)]|现任|现为|汉族[，,])")
_OF_PLACES = re.compile("等?[多各]?个?(?:方向|地区|地|国|市|县|州|省|城市|国家)")
_HONOURS = re.compile("(?:颁发|颁奖|颁授|授[予牌旗奖锦]|佩戴|戴上|送上|送去|献花)")
_TAKES = re.compile("出任|担任|当选|被任命|被选|任")
LEAST_OF_SUCH_A_NAME, MOST_OF_SUCH_A_NAME = 4, 7
_AND_OTHERS = re.compile(
    "等(?:\\d{1,3}|[一二三四五六七八九十两]{1,2})?(?:余|多)?"
    "(?:名|位|人|同志|领导|负责同志|同学|老师|教授|专家|选手|代表)",
)
_PERSON = "[\u4e00-\u9fff]{2,4}(?:[（(][^（）()\n]{1,8}[）)])?"
_RUN = re.compile(f"、(?:{_PERSON}(?:[和与]{_PERSON})?、)*?{_PERSON}(?:以及|[、和与及])(?!{_PERSON}(?:以及|[、和与及]))")
_ELEMENT = re.compile("([\u4e00-\u9fff]{2,4})(?:[（(][^（）()\n]{1,8}[）)])?(?:以及|[、和与及])")
_BRACKET = re.compile("[（(]([^（）()\n]{2,60}?)(?:[ 　]?(?:摄影报道|报道|文/图|图/文|文图|供稿))?[）)]")
_BYLINE_BEFORE = re.compile("(?:[。！？”…）)]|电|讯|报道|摄影)\\s?$")
_PICTURE_BY = re.compile("[ 　]?/?(?:摄影|供图|摄)(?=[）)\\s。，/]|$)|[ 　/／]摄|[ 　/]图(?=[）)\\s/“]|$)")
_PSEUDONYM = re.compile("[（(]化名[）)]")
_ANONYMOUS = re.compile("([\u4e00-\u9fff])某(?:某|([\u4e00-\u9fff])(?=[，。、”’；：（）等]|[两三四五六七八九十]人))?")


def strict_name(passage: Passage, start: int, whole: Whole, least: float) -> NameFound | None:
    """A name where no office vouches for it: of a known surname, and of no dictionary word."""
    if not _may_begin_strictly(passage, start) or is_common(passage, start):
        return None
    name = read_name(passage, start, whole)
    if name and len(name.name) == 2 and name.name[1] == "方" and "中方" in passage.text:
        return None  # 马方愿同中方一道
    if name is None or name.points < least or name.weight < 2 or (name.wordlike and not _is_plainly_given(passage, name)):
        return None
    given = name.start + len(name.name) - 2
    if not passage.begins[given] or not is_common(passage, given):
        return name
    fits = passage.word_end(given) == name.end and likeness(name.name[-2:]) >= PLAIN_LIKENESS and not is_rather_a_word(name.name[-2:])
    return name if fits else None


def _may_begin_strictly(passage: Passage, start: int) -> bool:
    """Whether a surname stands here that is not rare and does not begin common words."""
    known, text = surnames(), passage.text
    surname = known.get(text[start:start + 2]) or known.get(text[start:start + 1])
    if surname is None or surname.weight < 2 or not passage.begins[start]:
        return False
    return not surname.wordlike or (bool(passage.begins[start + 1]) and likeness(text[start + 1:start + 3]) >= PLAIN_LIKENESS)


def _is_plainly_given(passage: Passage, name: NameFound) -> bool:
    """Whether the surname stands by itself and the two characters after it are those of given names."""
    return len(name.name) == 3 and passage.word_end(name.start) == name.start + 1 and likeness(name.name[1:]) >= PLAIN_LIKENESS


def is_common(passage: Passage, start: int) -> bool:
    """Whether a word of the dictionary begins here that is no name and not rare."""
    end = passage.word_end(start)
    word = passage.text[start:end]
    return len(word) > 1 and word_kind(word) != "name" and not is_rare(word)


def at_clauses(passage: Passage, whole: Whole, taken: Taken) -> Iterator[Mention]:
    """Names that begin a clause and are followed by 男, a birth, an office in apposition, or by what only people do (强调, 出席)."""
    text, known = passage.text, surnames()
    for clause in _clauses().finditer(text):
        at = clause.end()
        if at in taken.places or (text[at] not in known and text[at:at + 2] not in known):
            continue
        name = strict_name(passage, at, whole, BARE)
        if name is None:
            if _BORN_PLAINLY.match(text, at) and (born := read_name(passage, at, whole)) and born.points >= 1:
                yield Mention(born.start, born.end, born.name, (), "person/biography")
            continue
        if text[name.end:name.end + 1] in ("，", ",", "（", "("):
            if _BORN.match(text, name.end) or apposition(passage, name.end):
                yield Mention(name.start, name.end, name.name, (), "person/biography")
        elif text[name.end:name.end + 1] == "、" and text[at - 1:at] != "、":
            yield from _pair(passage, whole, name)
        elif _does(passage, name, whole) or offices_taken(text, name.end)[0]:
            yield Mention(name.start, name.end, name.name, (), "person/doing")


@cache
def _clauses() -> re.Pattern[str]:
    """The beginnings of clauses where a surname may stand."""
    return re.compile(f"(?:^|[{_AFTER_MARK}])(?=[{''.join(sorted({surname[0] for surname in surnames()}))}])")


def _pair(passage: Passage, whole: Whole, name: NameFound) -> Iterator[Mention]:
    """Names that begin a clause and do together what people do (甲、乙参加), or are three and more."""
    names = list(list_from(passage, whole, name, (), "person/list"))
    plain = all("·" in m.name or name_that_ends(passage, m.end) == (m.start, m.end) for m in names)
    if plain and (len(names) > 2 or (len(names) > 1 and _said_of_people(passage.text, names[-1].end))):
        yield from names


def _alone_before(passage: Passage, start: int) -> tuple[int, int] | None:
    """The span of the name that is a clause of its own before a list (，甲，乙、丙、丁参加)."""
    text = passage.text
    name = name_that_ends(passage, start - 1) if text[start - 1:start] == "，" else None
    return name if name and text[name[0] - 1:name[0]] in ("，", "；", "。") else None


def _said_of_people(text: str, end: int) -> bool:
    return text.startswith("等", end) or _SAYS.match(text, end) is not None


def _does(passage: Passage, name: NameFound, whole: Whole) -> bool:
    """Whether what follows a name is done by people. A name of two characters may be a place's, and so may one in 湖 or 岭."""
    text = passage.text
    if _SAYS.match(text, name.end):
        return True
    if len(name.name) < 3 or name.name[-1] in ENDS_PLACES:
        return False
    if _SAYS_OF_LONG.match(text, name.end):
        return True
    return name.follows < 3 and whole.count(name.name) > 2 and all(passage.begins[name.start:name.end + 1])


def appointed(passage: Passage, whole: Whole, taken: Taken) -> Iterator[Mention]:
    """Names that are elected, appointed or dismissed (选举甲为市长, 免去乙的职务)."""
    for verb in _APPOINTS.finditer(passage.text):
        name = read_name(passage, verb.end(), whole)
        if name is None or name.points < 0 or name.is_word or taken.holds(name.start, name.end):
            continue
        if verb[0] == "免去" and name.points >= IN_LIST and is_dismissed(passage.text, name.end):
            yield Mention(name.start, name.end, name.name, (), "person/appointed")
        elif (verb[0].startswith("分别") and name.points >= IN_LIST) or _APPOINTED.match(passage.text, name.end):
            yield from list_from(passage, whole, name, (), "person/appointed")


def lists_of_names(passage: Passage, whole: Whole, taken: Taken) -> Iterator[Mention]:
    """Lists of three and more of nothing but names, where none has an office (甲、乙、丙等)."""
    text = passage.text
    for run in _RUN.finditer(text):
        inner = [m.span(1) for m in _ELEMENT.finditer(text, run.start() + 1, run.end())]
        plain = {span for span in inner if name_that_ends(passage, span[1]) == span}
        if len(plain) < PLAIN_SHARE * len(inner) or any(place in taken.places for place, _ in inner):
            continue
        names = [span for span in inner if span in plain or _may_be_a_name(passage, *span)]
        if first := name_that_ends(passage, run.start()):
            names.insert(0, first)
        last = read_name(passage, run.end(), whole)
        if last and last.points >= IN_LIST and not last.is_word:
            names.append((last.start, last.end))
        if names and _OF_PLACES.match(text, names[-1][1]):
            continue  # 赫尔松、顿涅茨克等方向
        others = text.startswith("等", names[-1][1]) if len(names) == 2 else False
        if len(names) > (1 if others else 2) and 2 * sum(end - start > 2 for start, end in names) >= len(names):
            if alone := _alone_before(passage, min(names)[0]):
                names.append(alone)
            yield from (Mention(start, end, text[start:end], (), "person/list") for start, end in names)


def before_biographies(passage: Passage, whole: Whole, taken: Taken) -> Iterator[Mention]:
    """Names anywhere before what begins a biography (最年轻的是生于某年的杨某，现任)."""
    del whole, taken
    for begin in _BIOGRAPHY.finditer(passage.text):
        if name := name_that_ends(passage, begin.start()):
            yield Mention(*name, passage.text[slice(*name)], (), "person/biography")


def honoured(passage: Passage, whole: Whole, taken: Taken) -> Iterator[Mention]:
    """Names of those to whom something is given (为甲颁发证书)."""
    del whole, taken
    for honour in _HONOURS.finditer(passage.text):
        name = name_that_ends(passage, honour.start())
        if name and name[1] - name[0] > 2 and passage.text[name[0] - 1] in "为给向":
            yield Mention(*name, passage.text[slice(*name)], (), "person/honoured")


def _may_be_a_name(passage: Passage, start: int, end: int) -> bool:
    """Whether an element between plain names may be one whose surname the lexicon lacks."""
    return end - start < 4 and (passage.word_end(start) != end or word_kind(passage.text[start:end]) == "name")


def foreign_names(passage: Passage, whole: Whole, taken: Taken) -> Iterator[Mention]:
    """Foreign names with their dot (甲·乙), where what follows is what people do; names so written that take an office (达桑甲任县长)."""
    del whole
    text = passage.text
    for taking in _TAKES.finditer(text):
        start = end = taking.start()
        while start > 0 and end - start < MOST_OF_SUCH_A_NAME and text[start - 1] in TRANSLITERATION:
            start -= 1
        is_alone = start == 0 or text[start - 1] in "，。；：、 　\n"
        if end - start >= LEAST_OF_SUCH_A_NAME and is_alone and word_kind(text[start:end]) != "other" and offices_taken(text, end)[0]:
            yield Mention(start, end, text[start:end], (), "person/foreign")
    if not POINT.search(text):
        return
    for match in FOREIGN.finditer(passage.text):
        if len(match[0]) > 4 and "-" not in match[0] and 1.0 < points_after(passage, match.end()) < 3.0 and not taken.holds(*match.span()):
            yield Mention(match.start(), match.end(), match[0], (), "person/foreign")


def anonymous(passage: Passage, whole: Whole, taken: Taken) -> Iterator[Mention]:
    """People whose name is withheld (李某, 张某某)."""
    del whole
    if "某" not in passage.text:
        return
    for match in _ANONYMOUS.finditer(passage.text):
        end = match.end()
        if match[2] and (match[2] not in given_characters() | _IN_ORDER or passage.text[match.start()] not in surnames()):
            continue  # 王某芳, but not 李某系某地人
        if match[1] in surnames() and points_after(passage, end) >= BARE and not taken.holds(*match.span()):
            yield Mention(match.start(), match.end(), match[0], (), "person/anonymous")


def and_others(passage: Passage, whole: Whole, taken: Taken) -> Iterator[Mention]:
    """Names before 等3人, 等同志 and the like."""
    del whole, taken
    for others in _AND_OTHERS.finditer(passage.text):
        end = others.start()
        while name := name_that_ends(passage, end):
            yield Mention(*name, passage.text[slice(*name)], (), "person/others")
            end = name[0] - 1
            if passage.text[end:name[0]] != "、":
                break


def pseudonyms(passage: Passage, whole: Whole, taken: Taken) -> Iterator[Mention]:
    """Names that are said to be others' (小丽（化名）)."""
    del whole, taken
    for said in _PSEUDONYM.finditer(passage.text) if "化名" in passage.text else ():
        name = name_that_ends(passage, said.start())
        start = name[0] if name else said.start() - 2
        if name or passage.text[start:start + 1] in ("小", "阿", "老"):
            yield Mention(start, said.start(), passage.text[start:said.start()], (), "person/pseudonym")


def in_bylines(passage: Passage, whole: Whole, taken: Taken) -> Iterator[Mention]:
    """Names alone in brackets at the end of a report (张三 李四), or at the end of its source, and names before 摄."""
    del whole, taken
    text = passage.text
    for bracket in _BRACKET.finditer(text):
        at_end = not text[bracket.end():bracket.end() + 40].strip() or text.startswith("返回", bracket.end())
        if not at_end and not _BYLINE_BEFORE.search(text, max(0, bracket.start() - 3), bracket.start()):
            continue
        words = [(bracket.start(1) + m.start(), bracket.start(1) + m.end()) for m in re.finditer("[^、 　]+", bracket[1])]
        like = [span for span in words if 1 < span[1] - span[0] < 4 and known_surname(text[span[0]])]
        names = [span for span in like if name_that_ends(passage, span[1]) == span]
        foreign = [span for span in words if 2 < span[1] - span[0] < 5 and all(map(is_transliterated, text[slice(*span)]))]
        if names and len({*like, *foreign}) == len(words) > 1:
            names = words  # (冯某某 马某 芦苇): among names a word is one
        if len(names) == len(words) or (at_end and len(words) > 1 and words[-1] in names):
            names += [name for span in words if at_end and span not in names and (name := _after_body(passage, *span))]
            yield from (Mention(start, end, text[start:end], (), "person/byline") for start, end in names)
    if "摄" not in text and "图" not in text:
        return
    for picture in _PICTURE_BY.finditer(text):
        end = picture.start()
        while (name := name_that_ends(passage, end)) and not is_han(text[name[0] - 1:name[0]] or " "):
            yield Mention(*name, text[slice(*name)], (), "person/byline")
            end = name[0] - 1
            if text[end] not in " 　、":
                break


def _after_body(passage: Passage, start: int, end: int) -> tuple[int, int] | None:
    """The span of the name at the end of a source that names a body first (某县委宣传部张某某)."""
    name = name_that_ends(passage, end)
    return name if name and name[0] > start and passage.text[name[0] - 1] in "部局委办院社台网处科会队校厅司" else None
