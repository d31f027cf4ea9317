"""The indexes at the end of a volume: persons and subjects, by pinyin or by strokes (姓氏笔画), each to the pages that name it.

A name is marked where it stands in the text, so that its page is that of the word and not of the item's beginning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import resources
from itertools import count, groupby
from typing import Any, Literal, cast

from yuebao.model import Issue, Item, OrganisationValue, PersonValue, PlaceValue, ProjectValue

Order = Literal["pinyin", "strokes"]
Data = dict[str, Any]
Key = tuple[tuple[Any, ...], ...]

PERSONS, SUBJECTS = "人名索引", "主题索引"
OTHERS = "其他"
UNKNOWN = 99  # more strokes than any character has: what is none comes last
SYLLABLE = re.compile("[a-zü]+[1-5]")
# Surnames that are read otherwise than the same character elsewhere.
SURNAMES = {
    "单": "shan4", "解": "xie4", "曾": "zeng1", "区": "ou1", "仇": "qiu2", "盖": "ge3", "查": "zha1", "任": "ren2", "华": "hua4",
    "覃": "qin2", "朴": "piao2", "缪": "miao4", "冼": "xian3", "召": "shao4", "员": "yun4", "折": "she2", "翟": "zhai2", "种": "chong2",
    "隗": "wei3", "燕": "yan1", "应": "ying1", "宁": "ning4", "牟": "mou4", "葛": "ge3", "乐": "yue4", "纪": "ji4", "车": "che1",
    "卜": "bu3", "那": "na1",
    "尉迟": "yu4chi2", "万俟": "mo4qi2", "长孙": "zhang3sun1", "令狐": "ling2hu2", "澹台": "tan2tai2", "单于": "chan2yu2",
}


def add_indexes(data: Data, issue: Issue, order: Order) -> None:
    """Put `indexes` into the book's data, and into its paragraphs the marks (`runs`) that they lead to."""
    told = {item["number"]: item for item in _items(data["columns"])}
    labels = (f"mention-{n}" for n in count(1))
    found: dict[str, dict[str, list[str]]] = {PERSONS: {}, SUBJECTS: {}}
    for item in issue.items():
        _mark(told[item.number], list(_named(item)), found, labels)
    data["indexes"] = [
        {"title": title, "target": f"index-{n}", "groups": _groups(names, order, is_person=title == PERSONS)}
        for n, (title, names) in enumerate(found.items(), 1) if names]


def _named(item: Item) -> Iterator[tuple[str, str, str]]:
    """What the item names: the index it belongs to, the name as it is listed, the name as it is written there."""
    for annotation in item.annotations:
        written, value = item.text[annotation.start:annotation.end], annotation.value
        if isinstance(value, PersonValue):
            yield PERSONS, value.name, written
        elif isinstance(value, (PlaceValue, ProjectValue)) or (isinstance(value, OrganisationValue) and not value.in_office):
            yield SUBJECTS, value.name, written


def _mark(item: Data, named: Iterable[tuple[str, str, str]], found: dict[str, dict[str, list[str]]], labels: Iterator[str]) -> None:
    """Mark the first place in each paragraph where a name stands, and note the mark under the name."""
    named = sorted(set(named))
    for index, name, written in named:
        if written in (item["headline"] or ""):
            found[index].setdefault(name, []).append(item["target"])
    for piece in item["pieces"]:
        if piece["kind"] != "text":
            continue
        marks: dict[int, str] = {}
        for index, name, written in named:
            at = piece["text"].find(written)
            if at >= 0:
                label = marks.setdefault(at, "") or next(labels)
                marks[at] = label
                targets = found[index].setdefault(name, [])
                if label not in targets:
                    targets.append(label)
        if marks:
            piece["runs"] = _runs(piece["text"], marks)


def _runs(text: str, marks: dict[int, str]) -> list[tuple[str | None, str]]:
    """The text cut at its marks, each part with the mark before it."""
    cuts = sorted({0, *marks})
    return [(marks.get(start), text[start:end]) for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def _items(columns: Iterable[Data]) -> Iterator[Data]:
    for column in columns:
        yield from column["items"]
        yield from _items(column["columns"])


# ---- order ----


def _groups(names: dict[str, list[str]], order: Order, is_person: bool) -> list[Data]:
    """The names in order, under the letter or the number of strokes with which they begin."""
    key: Callable[[str], Key] = (lambda name: by_pinyin(name, is_person)) if order == "pinyin" else _by_strokes
    head = letter_of if order == "pinyin" else _stroke_head
    keyed = sorted((key(name), name) for name in names)
    return [
        {"title": title, "entries": [{"name": name, "targets": names[name]} for _, name in group]}
        for title, group in groupby(keyed, key=lambda pair: head(pair[0]))]


def by_pinyin(name: str, is_person: bool = False) -> Key:
    """Syllable by syllable, letters before tones; characters read alike by their strokes. What has no reading comes last."""
    from pypinyin import Style, lazy_pinyin  # half a second to load: only for who wants an index

    # what has no reading comes back character by character (`list`, which the stub does not foresee)
    syllables = lazy_pinyin(name, style=Style.TONE3, errors=cast(Any, list), neutral_tone_with_five=True)
    if is_person:
        surname = next((s for s in (name[:2], name[:1]) if s in SURNAMES), "")
        syllables[:len(surname)] = _cut(SURNAMES[surname]) if surname else []
    return tuple(
        (0, syllable[:-1], syllable[-1], *_strokes(character)) if SYLLABLE.fullmatch(syllable) else (1, syllable, "", 0, "")
        for syllable, character in zip(syllables, name, strict=False))


def _cut(reading: str) -> list[str]:
    """yu4chi2 as its syllables."""
    parts, start = [], 0
    for at, character in enumerate(reading):
        if character.isdigit():
            parts.append(reading[start:at + 1])
            start = at + 1
    return parts


def letter_of(key: Key) -> str:
    """The letter under which a name of that key stands."""
    return str(key[0][1][0]).upper() if key and key[0][0] == 0 else OTHERS


def _by_strokes(name: str) -> Key:
    """Character by character: number of strokes, then stroke by stroke 横竖撇点折; a name of fewer characters first."""
    return tuple((*_strokes(character), character) for character in name)


def _stroke_head(key: Key) -> str:
    return f"{_numeral(key[0][0])}画" if key and key[0][0] < UNKNOWN else OTHERS


@cache
def _strokes(character: str) -> tuple[int, str]:
    told = _table().get(character, f"#{UNKNOWN}")
    return (int(told[1:]), "") if told.startswith("#") else (len(told), told)


@cache
def _table() -> dict[str, str]:
    text = (resources.files(__package__) / "strokes.tsv").read_text(encoding="utf-8")
    return {line[0]: line[2:] for line in text.splitlines() if not line.startswith("# ")}


def _numeral(number: int) -> str:
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else digits[tens] + "十") + (digits[ones] if ones or not tens else "")
