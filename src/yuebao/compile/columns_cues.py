"""What of an item speaks for a column: words of headline and lead, acts, ranks of offices, places; and what kind of column it looks like.

A cue is "kind of cue:what". What changes from month to month is left out of the words: a person is 某人, a county 某县区, a company 某单位,
so that a habit of the house (某人到某县区调研 stands under the leaders' activities) shows after one issue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import rjieba

from yuebao.lexicon import rows
from yuebao.model import ActValue, Annotation, Item, OrganisationValue, PersonValue, PlaceValue

Path = tuple[str, ...]  # the titles of a column and of those above it, outermost first

HEADLINE, LEAD, ACT, RANK, PLACE = "题", "文", "活动", "职务", "地"
HEADLINE_KIND, LEAD_KIND = "题类", "文类"
LEAD_LENGTH = 120  # characters behind the headline: the day, people, what was done

_RANK = re.compile(
    "(?:副?书记|常委|副?主席|副?主任|副?[省市县区州]长|副?部长|副?局长|副?董事长|副?总经理|副?院长|副?校长|秘书长|院士|司令员|政委)$")
_LEVEL = re.compile("全国|中央|国家|省|市|县|区|镇|乡|村|集团|公司|学院|大学|医院")
_COUNTY = re.compile("..+[县区旗]")
# a headline that begins so names a county, known or not
_LED_BY_COUNTY = re.compile("^[\u4e00-\u9fff]{1,4}?(?<![市社地灾全我辖园景城小山校新矿厂库各])[县区旗](?![县区长委域级直])")
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Kind:
    """A conventional column: which titles are of its kind, which headlines and leads go there."""

    name: str
    titles: re.Pattern[str]
    headline: re.Pattern[str]
    lead: re.Pattern[str]


@cache
def kinds() -> tuple[Kind, ...]:
    """The conventional columns in their usual order."""
    return tuple(
        Kind(row["term"], *(re.compile(row[column]) for column in ("titles", "headline", "lead"))) for row in rows("column_kinds"))


@cache
def kinds_of(path: Path) -> frozenset[str]:
    """The conventional columns that a column is of by its titles: by the innermost that says anything."""
    for title in reversed(path):
        if found := frozenset(kind.name for kind in kinds() if kind.titles.search(title)):
            return found
    return frozenset()


@dataclass(frozen=True, slots=True)
class Plain:
    """Headline and lead of an item with what is named made nameless."""

    headline: str
    lead: str

    @classmethod
    def of(cls, item: Item) -> Plain:
        end = len(item.headline or "")
        return cls(_LED_BY_COUNTY.sub("某县区", _nameless(item, 0, end)), _nameless(item, end, end + LEAD_LENGTH).strip())


def cues_of(item: Item) -> dict[str, str]:
    """The cues of an annotated item, each with the words that it stands on."""
    plain = Plain.of(item)
    cues = {f"{RANK}:{rank}": rank for rank in _ranks(item)}
    cues |= {f"{kind}:{words}": words for kind, words in _words_and_acts(plain, item)}
    for kind in kinds():
        if found := kind.headline.search(plain.headline):
            cues[f"{HEADLINE_KIND}:{kind.name}"] = found[0]
        if found := kind.lead.search(plain.lead):
            cues[f"{LEAD_KIND}:{kind.name}"] = found[0]
    return cues


def _words_and_acts(plain: Plain, item: Item) -> Iterator[tuple[str, str]]:
    words = _words(plain.headline)
    yield from ((HEADLINE, word) for word in words if _WORD.fullmatch(word))
    yield from ((HEADLINE, one + other) for one, other in pairwise(words) if _WORD.fullmatch(one + other))
    yield from ((LEAD, word) for word in _words(plain.lead) if _WORD.fullmatch(word))
    for annotation in item.annotations:
        match annotation.value:
            case ActValue(act=act, verb=verb) if act != "other":
                yield ACT, verb
            case PlaceValue(name=name):
                yield PLACE, name


def _ranks(item: Item) -> Iterator[str]:
    for annotation in item.annotations:
        if isinstance(annotation.value, PersonValue):
            yield from (rank for office in annotation.value.offices if (rank := rank_of(office)))


def rank_of(office: str) -> str | None:
    """The rank that an office speaks of, with its level: 云陵市委常委 → 市常委; None where it has none that columns know."""
    if not (found := _RANK.search(office)):
        return None
    level = _LEVEL.search(office)
    return found[0] if level is None or level[0] in found[0] else level[0] + found[0]


def _words(text: str) -> list[str]:
    return [str(word) for word in rjieba.cut(text)]


def _nameless(item: Item, start: int, end: int) -> str:
    """The characters `[start, end)` with people, counties and companies made nameless."""
    out, at = [], start
    for annotation in item.annotations:
        if at <= annotation.start and annotation.end <= end and (stand_in := _stand_in(annotation)):
            out += [item.text[at:annotation.start], stand_in]
            at = annotation.end
    return "".join([*out, item.text[at:end]])


def _stand_in(annotation: Annotation) -> str | None:
    match annotation.value:
        case PersonValue():
            return "某人"
        case PlaceValue(name=name) if _COUNTY.fullmatch(name):
            return "某县区"
        case OrganisationValue(name=name) if name.endswith("公司"):
            return "某单位"
    return None
