"""What a count counts: the noun phrase after a word of measure, or right before a figure."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import rjieba

from yuebao.annotate.passage import Passage
from yuebao.lexicon import rows

_LONGEST = 24
_PARENTHESIS = re.compile("[（(]([\u4e00-\u9fff、]{1,8})[）)]")
# 县（市、区）: the kinds of one level, after which the noun goes on
_LEVELS = re.compile("[（(](?:[省市县区旗镇乡街道办村社区团场自治州直辖盟]{1,4}、?)+[）)]")
_SIZE = re.compile("[十百千万亿]{1,3}级|“[^”，。；\n]{1,10}”")  # 5个千亿级产业, 20项“揭榜挂帅”项目
_PAIR = re.compile("国家[和及、（(]地区[）)]?|省[（(]?区[、）)]?市?[）)]?")  # 15个国家和地区
_SPEAK = ("代表作了", "代表作发", "代表作交", "代表作表", "代表作典")
_AWARD = re.compile("[特一二三四]等奖")
_NO_PARENTHESIS = ("含", "其中", "详见", "见", "不含", "指", "即", "附")
_NOUN = ("n", "j", "an", "vn", "zg", "l")
_MODIFIER = ("a", "b", "z", "s")
_IN_PHRASE = ("v", *_NOUN, *_MODIFIER)


def noun_after(passage: Passage, start: int) -> int:
    """The end of the noun phrase that begins at `start`; `start` itself where none does."""
    text = passage.text
    at = end = start
    if text[start - 1] in "县省市区" and (levels := _LEVELS.match(text, start)) is not None:  # 13县（市、区）
        at = end = levels.end()
    limit = min(len(text), start + _LONGEST)
    while at < limit:
        if (award := _AWARD.match(text, at)) is not None:
            return award.end()
        if text.startswith(_SPEAK, at):  # 六名学生代表作了发言: 代表作 is in the dictionary
            return at + 2
        if (pair := _PAIR.match(text, at)) is not None:
            return pair.end()
        if text[at] in "省市县区" and (levels := _LEVELS.match(text, at + 1)) is not None:  # 31个省（自治区、直辖市）
            at = end = levels.end()
            continue
        if (size := _SIZE.match(text, at)) is not None:
            at = size.end()
            continue
        # 和美 is in no dictionary: cut in two, and still one word of the lexicon
        whole = at + 2 <= limit and text[at:at + 2] in _known() and passage.begins[at + 2]
        after = at + 2 if whole else passage.word_end(at)
        if after > limit or not (passage.begins[at] or at == start):  # 60多种产品: 多种产品 is a word
            break
        kind = _part(passage, at, after, at == start)
        if kind is None:
            break
        at = after + (text[after - 1] == "队" and text[after:after + 1] == "员")
        if kind == "noun":
            end = at
            if (levels := _LEVELS.match(text, at)) is not None and text[at - 1] in "县省市区":
                at = levels.end()
    if end > start and (match := _PARENTHESIS.match(text, end)) is not None and not match[1].startswith(_NO_PARENTHESIS):
        return match.end()
    return end


def noun_before(passage: Passage, end: int) -> int:
    """The start of the noun phrase that ends at `end`; `end` itself where none does."""
    at = start = end
    while at > max(0, end - 12) and passage.begins[at]:
        before = passage.word_start(at)
        word = passage.text[before:at]
        tag = _tag(word)
        known = _known().get(word)
        if word[0] == "每" or known in ("stop", "finite") or not (known == "measured" or tag.startswith((*_NOUN, *_MODIFIER))):
            break
        if start == end and (known == "modifier" or not (known == "measured" or tag.startswith(_NOUN))):
            break
        start = before
        at = before
    return start


def is_programme(words: str) -> bool:
    """Whether the words after a numeral in Chinese digits and 个 or 项 name a programme or are a set phrase (四个专项行动)."""
    return words.startswith(_programmes())


def _goes_on(following: str) -> bool:
    return _known().get(following) in ("head", "modifier") or _tag(following).startswith((*_NOUN, *_MODIFIER))


def _reaches_head(passage: Passage, start: int, first: bool) -> bool:
    """Whether a thing that may be counted follows, at once or after words that go before one; right after the measure also after verbs."""
    for _ in range(3):
        if start >= len(passage.text):
            return False
        end = passage.word_end(start)
        word = passage.text[start:end]
        known = _known().get(word)
        if known == "head":
            return True
        if known in ("stop", "measured", "finite") or (known != "modifier" and not (first and _tag(word).startswith(_IN_PHRASE))):
            return False
        start = end
    return False


def _part(passage: Passage, start: int, end: int, first: bool) -> str | None:
    """noun, modifier, or None for what ends the phrase."""
    text = passage.text
    word = text[start:end]
    if word[0] in "二两三四五六七八九十":  # 3130支二价疫苗: the next figure begins
        return None
    following = text[end:passage.word_end(end)] if end < len(text) else ""
    known = _known().get(word) or ("finite" if _known().get(word[:2]) == "finite" else None)
    if known == "head":
        return "noun"
    if known == "modifier" or (word == "以上" and text[start - 1] == "级"):
        return "modifier"
    if known in ("stop", "measured", "finite") and not (first and known == "finite" and following in _heads()):
        return None
    tag = _tag(word)
    if len(word) == 2 and not first and following[:1] in ("了", "过", "着"):  # 100名爱好者经历了
        return None
    if tag == "vn":  # 10项服务, 两个投资项目
        return "noun" if first and not _goes_on(following) else "modifier"
    if tag.startswith("v"):
        # 3个开放平台, 5个改造项目: the verb says of what kind the thing is; 10个村开展活动: it says what they do
        follows = _reaches_head(passage, end, first) or (first and len(following) > 1 and _tag(following).startswith("n"))
        return "modifier" if follows and len(word) == 2 else None
    if tag.startswith("nr") and not first:
        return None  # 4名战士郑文柏、何令仪: the phrase ends where the names begin
    if tag == "i" and len(word) == 3:  # 冲锋舟
        return "noun"
    if tag.startswith("l"):
        return "noun" if word[2:] in _heads() else None
    if tag.startswith(_NOUN):
        return "noun" if len(word) > 1 else "modifier"  # one character ends a phrase only where the lexicon has it
    return "modifier" if tag.startswith(_MODIFIER) else None


@lru_cache(maxsize=10_000)
def _tag(word: str) -> str:
    """The class that the dictionary gives a word; empty where it has none."""
    tagged = rjieba.tag(word, False)
    return tagged[0][1] if len(tagged) == 1 else ""


@cache
def _known() -> dict[str, str]:
    return {row["term"]: row["kind"] for row in rows("counted_nouns") if row["kind"] != "programme"}


@cache
def _heads() -> frozenset[str]:
    return frozenset(word for word, kind in _known().items() if kind == "head")


@cache
def _programmes() -> tuple[str, ...]:
    return tuple(row["term"] for row in rows("counted_nouns") if row["kind"] == "programme")
