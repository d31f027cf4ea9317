"""People and their offices.

Names are first established: by the office or role before them, by a list that begins so, by a title after them, by a biography's wording, by what
only a person does. What is established anywhere in the texts read together is then recognised wherever it stands bare.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from yuebao.annotate.names import NEVER_GIVEN, NameFound, points_after, read_name, surnames
from yuebao.annotate.offices import ending_head, head_pattern, heads, is_office_word, makes_a_name, offices_before, title_after, title_pattern
from yuebao.annotate.passage import Passage, word_kind
from yuebao.model import Annotation, PersonValue
from yuebao.text import is_han

# how many points a name needs where it stands (see names)
AFTER_POST, IN_LIST, AFTER_GROUP, AFTER_ROLE, BARE = 1.0, 1.5, 1.5, 1.5, 2.0

_BETWEEN = re.compile("(?:[（(][^（）()]{1,8}[）)])?(?:[：: 　]{0,2}|[为是的])")
_LIST = re.compile("[、]|和|与|及|以及| |　")
_CLAUSE = re.compile("(?:^|(?<=[，。；：！？、\n“”（(）)】》]))(?=[\u4e00-\u9fff])")
_ENDS_PLACES = frozenset("港湖河江岛城州寺庙桥湾岭坡岗峰山海洋原川区园窑瓷茶酒塔宫陵关口")
# many people, of whom none is named next: 广大干部职工闻汛而动
_OF_MANY = re.compile("众多|广大|全体|各位|各级|所有|许多|与会")
_SAYS = re.compile(
    "强调|指出|表示|要求|认为|介绍|坦言|告诉|主持|出席|会见|会谈|陪同|致辞|讲话|参加|带队|接访|一行|宣布|带领|率领|率队|深入|先后|听取|希望|回忆|感慨|高兴|激动|应邀|受邀"
)
# what a place, a body or a thing does as well: a name of two characters needs more
_SAYS_OF_LONG = re.compile("说|到|赴|率|调研|走访|慰问|察看|督导|检查|在|来到|走进|实地|详细|仔细|认真|专题|作|代表|获|被|因")
_BORN = re.compile("[，,（(][男女][，,）)，]|[，,]\\d{4}年\\d{1,2}月[出]?生|[，,](?:现任|曾任|历任|时任|汉族|中共党员)|出生于")
_CONCEPT = re.compile("新时代|同志为核心|[\u4e00-\u9fff]{2}思想|精神|关于|外交思想|强军思想|事迹|故里|故居|纪念|式的?|杯|路|街|镇|村|县|小学|中学")
_TITLE = re.compile("《[^《》\n]{1,200}》")
_APPOSITION = re.compile("[，,](?:现任|系|是|为|时任|原任)?([^，。；：\n！？“”]{2,60}?)(?=[。；\n]|$|，(?=[\u4e00-\u9fff]{2,4}[，、]))")
# within the sentence of a biography: 男，汉族，……，现任某县县长
_PRESENT = re.compile("[，,（(](?:男|女|[^。\n]{0,80}?[，,])[^。\n]{0,80}?(?:现任|现为|生前系|系)([^，。；\n]{2,60})")
_TAKES_OFFICE = re.compile("(?:同志)?(?:（[^）]{1,6}）)?已?(?:担任|出任|兼任|升任|调任|转任|接任|当选为?|任)(?=[^，。；\n]{2,45})")
_NOT_AN_OFFICE = re.compile("[了着过的在对把被将与向到说]|[一-龥]{0,4}(?:参加|出席|主持)")


@dataclass(frozen=True, slots=True)
class Mention:
    start: int
    end: int
    name: str
    offices: tuple[str, ...]
    by: str


@dataclass(frozen=True, slots=True)
class Known:
    """The names established in the texts read together, and the mentions that established them, by text."""

    names: frozenset[str]
    mentions: dict[str, tuple[Mention, ...]]
    pattern: re.Pattern[str] | None
    whole: str


def learn_names(passages: list[Passage], names: frozenset[str]) -> Known:
    """What the texts read together establish; `names` are known beforehand."""
    whole = "\n".join(passage.text for passage in passages)
    mentions = {passage.text: tuple(_established(passage, whole)) for passage in passages}
    found = frozenset(m.name for of_text in mentions.values() for m in of_text) | frozenset(n for n in names if n.strip())
    # the longest first: of 张明 and 张明新 at one place the longer is meant
    pattern = re.compile("|".join(map(re.escape, sorted(found, key=lambda n: (-len(n), n))))) if found else None
    return Known(found, mentions, pattern, whole)


def annotate_people(passage: Passage, known: Known) -> list[Annotation]:
    """Every person spoken of, one annotation a mention; the span is the name, the offices are those written beside it."""
    mentions = [*known.mentions.get(passage.text, ())]
    mentions += _recurring(passage, known, _Taken.of(mentions))
    return [Annotation("person", m.start, m.end, PersonValue(m.name, m.offices), m.by) for m in sorted(mentions, key=lambda m: m.start)]


class _Taken:
    """The places that mentions hold."""

    def __init__(self) -> None:
        self.places: set[int] = set()
        self.ends: set[int] = set()
        # where the titles begin that stand after a name: what follows them is no name (习近平主席贺信)
        self.titles: set[int] = set()

    @classmethod
    def of(cls, mentions: list[Mention]) -> _Taken:
        taken = cls()
        for mention in mentions:
            taken.add(mention)
        return taken

    def add(self, mention: Mention) -> None:
        self.places.update(range(mention.start, mention.end))
        self.ends.add(mention.end)

    def holds(self, start: int, end: int) -> bool:
        return any(place in self.places for place in range(start, end))


def _established(passage: Passage, whole: str) -> list[Mention]:
    taken = _Taken()
    titles = {place for m in _TITLE.finditer(passage.text) for place in range(m.start(), m.end())}
    taken.places |= titles
    titled = list(_before_titles(passage, taken))
    mentions: list[Mention] = []
    rules: tuple[Callable[[Passage, str, _Taken], Iterable[Mention]], ...] = (
        _after_offices, lambda *_: titled, _in_biographies, _doing, _lists_of_names, _in_bylines,
    )
    for rule in rules:
        for mention in rule(passage, whole, taken):
            if not taken.holds(mention.start, mention.end):
                taken.add(mention)
                mentions.append(mention)
    return [_with_apposition(passage, m) for m in mentions]


def _after_offices(passage: Passage, whole: str, taken: _Taken) -> Iterator[Mention]:
    """Names after an office or role, and the lists they begin."""
    text, kinds = passage.text, heads()
    for head in head_pattern().finditer(text):
        between = _BETWEEN.match(text, head.end())
        at = between.end() if between else head.end()
        kind = kinds[head[0]]
        if head.start() in taken.titles or not _may_lead(passage, head, kind, at):
            continue
        name = read_name(passage, at, whole)
        if name is None or taken.holds(name.start, name.end) or not _fits(name, kind, at > head.end()):
            continue
        offices, _ = offices_before(passage, head.start(), head.end(), taken.ends)
        if _OF_MANY.search(offices[-1]):
            continue
        yield from _list_from(passage, whole, name, offices, "person/office-name" if kind == "post" else f"person/{kind}-name")


def _may_lead(passage: Passage, head: re.Match[str], kind: str, at: int) -> bool:
    """Whether a head is a word of its own (not 女儿 in 妇女儿童), and what stands between it and a name is what may stand there."""
    if kind in ("role", "byline") and not passage.begins[head.end()]:
        return False
    return kind != "role" or not passage.text[head.end():at].isspace()


def _fits(name: NameFound, kind: str, apart: bool) -> bool:
    if kind == "post" and not apart:
        return name.points >= AFTER_POST
    if kind == "group":
        return name.points >= AFTER_GROUP
    doubtful = name.wordlike or name.weight < 2
    return name.points >= (AFTER_ROLE if not doubtful else 2.0 if len(name.name) > 2 else 3.0)


def _list_from(passage: Passage, whole: str, name: NameFound, offices: tuple[str, ...], by: str) -> Iterator[Mention]:
    """The name and those that follow in its list and share its offices."""
    shared = offices
    while True:
        title = title_after(passage, name.end)
        own = (title[0],) if title and is_office_word(title[0]) else ()
        yield Mention(name.start, name.end, name.name, (*shared, *own), by)
        end = title.end() if title else name.end
        separator = _LIST.match(passage.text, end)
        if separator is None:
            return
        following = read_name(passage, separator.end(), whole)
        least = IN_LIST if separator[0] in "、和及" else 2.0
        if following is None or following.points < least or (separator[0] not in "、" and following.wordlike and following.follows < 3):
            return
        if separator[0] in " 　" and following.follows < 3:
            return
        name, by = following, "person/list"
        if separator[0] == "与":
            shared = ()


def _before_titles(passage: Passage, taken: _Taken) -> Iterator[Mention]:
    """Names before a title that is given to people only (王某某教授)."""
    for title in title_pattern().finditer(passage.text):
        if _CONCEPT.match(passage.text, title.start()):
            continue
        at = title.start() - (passage.text[title.start() - 1:title.start()] == "副")
        name = _name_that_ends(passage, at) if makes_a_name(title[0]) else _word_that_is_a_name(passage, at)
        if name is None:
            continue
        start, end = name
        taken.titles.add(title.start())
        offices = (passage.text[at:title.end()],) if is_office_word(title[0]) else ()
        yield Mention(start, end, passage.text[start:end], offices, "person/name-title")


def _word_that_is_a_name(passage: Passage, end: int) -> tuple[int, int] | None:
    """The full name of three characters that the dictionary itself holds and that ends at `end`."""
    start = passage.word_start(end) if passage.begins[end] else end
    name = passage.text[start:end]
    if len(name) != 3 or name[0] not in surnames() or word_kind(name) != "name" or any(c in NEVER_GIVEN for c in name[1:]):
        return None
    return start, end


def _name_that_ends(passage: Passage, end: int) -> tuple[int, int] | None:
    """The longest name that ends at `end`, begins a word, and is made of no dictionary word."""
    text, known = passage.text, surnames()
    for length in (4, 3, 2):
        start = end - length
        if start < 0 or not passage.begins[start]:
            continue
        surname = known.get(text[start:start + 2]) if length == 4 else known.get(text[start:start + 1])
        if surname is None or surname.weight < 2 or ending_head(text, end) or not text[start:end].isalpha():
            continue
        whole_word = passage.word_end(start) == end
        if (whole_word and word_kind(text[start:end]) != "name") or (surname.wordlike and not whole_word):
            continue
        if length > 2 and passage.word_end(start) > start + len(text[start:end]) - 2 and word_kind(text[start:passage.word_end(start)]) != "name":
            continue
        outside = start == 0 or not is_han(text[start - 1])
        if any(c in NEVER_GIVEN or c in "和位名老为向" for c in text[start + 1:end]) or ("在" in text[start:end] and not outside):
            continue
        return start, end
    return None


def _strict_name(passage: Passage, start: int, whole: str, least: float) -> NameFound | None:
    """A name where no office vouches for it: of a known surname, and of no dictionary word."""
    name = read_name(passage, start, whole)
    if name is None or name.points < least or name.weight < 2 or name.wordlike or not passage.begins[start]:
        return None
    word_end = passage.word_end(start)
    if word_end > start + 1 and word_kind(passage.text[start:word_end]) != "name":
        return None
    return name


def _in_biographies(passage: Passage, whole: str, taken: _Taken) -> Iterator[Mention]:
    """Names that begin a clause and are followed by 男, a birth, 现任, or by an office in apposition."""
    text = passage.text
    for clause in _CLAUSE.finditer(text):
        at = clause.end()
        if text[at] not in surnames() and text[at:at + 2] not in surnames():
            continue
        name = _strict_name(passage, at, whole, 2.5)
        if name is None or text[name.end:name.end + 1] not in ("，", ",", "（", "("):
            continue
        if _BORN.match(text, name.end) or _apposition(passage, name.end):
            yield Mention(name.start, name.end, name.name, (), "person/biography")


def _doing(passage: Passage, whole: str, taken: _Taken) -> Iterator[Mention]:
    """Names that begin a clause and do what only people do (强调, 出席)."""
    text = passage.text
    for clause in _CLAUSE.finditer(text):
        at = clause.end()
        if text[at] not in surnames() and text[at:at + 2] not in surnames():
            continue
        name = _strict_name(passage, at, whole, BARE)
        if name is None:
            continue
        long = len(name.name) > 2 and name.name[-1] not in _ENDS_PLACES
        often = long and name.follows < 3 and whole.count(name.name) > 2
        if _SAYS.match(text, name.end) or (long and _SAYS_OF_LONG.match(text, name.end)) or often:
            yield Mention(name.start, name.end, name.name, (), "person/doing")


def _lists_of_names(passage: Passage, whole: str, taken: _Taken) -> Iterator[Mention]:
    """Lists of three and more of nothing but names, where none has an office (甲、乙、丙等)."""
    text = passage.text
    for run in _BARE_LIST.finditer(text):
        first = run.start() + 1
        names = list(_list_from(passage, whole, name, (), "person/list")) if (name := _strict_name(passage, first, whole, IN_LIST)) else []
        if not names or text[names[-1].end:names[-1].end + 1] == "、":
            continue
        if before := _name_that_ends(passage, run.start()):
            names.insert(0, Mention(*before, text[slice(*before)], (), "person/list"))
        elif is_han(text[run.start() - 1:run.start()] or " "):
            continue
        if len(names) > 2 and sum(len(n.name) == 3 for n in names) * 2 >= len(names) and all(_is_strict(passage, n.start, n.end) for n in names):
            yield from names


_BARE_LIST = re.compile("(?<!、[\u4e00-\u9fff]{2})(?<!、[\u4e00-\u9fff]{3})、(?=[\u4e00-\u9fff]{2,4}[、和])")
_BRACKET = re.compile("[（(]([\u4e00-\u9fff、 　]{2,40}?)(?:[ 　]?(?:摄影报道|报道|文/图|图/文|文图|供稿))?[）)]")
_BYLINE_BEFORE = re.compile("(?:[。！？”…]|电|讯|报道|摄影)\\s?$")
_PICTURE_BY = re.compile("[ 　]?/?(?:摄影|供图|摄|图)(?=[）)\\s。，/]|$)")


def _in_bylines(passage: Passage, whole: str, taken: _Taken) -> Iterator[Mention]:
    """Names alone in brackets at the end of a report (张三 李四), and names before 摄."""
    text = passage.text
    for bracket in _BRACKET.finditer(text):
        if not _BYLINE_BEFORE.search(text, max(0, bracket.start() - 3), bracket.start()) and text[bracket.end():].strip():
            continue
        spans = [(bracket.start(1) + m.start(), bracket.start(1) + m.end()) for m in re.finditer("[^、 　]+", bracket[1])]
        if all(1 < end - start < 4 and _is_strict(passage, start, end) for start, end in spans):
            yield from (Mention(start, end, text[start:end], (), "person/byline") for start, end in spans)
    for picture in _PICTURE_BY.finditer(text):
        name = _name_that_ends(passage, picture.start())
        if name:
            yield Mention(*name, text[slice(*name)], (), "person/byline")


def _is_strict(passage: Passage, start: int, end: int) -> bool:
    return _name_that_ends(passage, end) == (start, end)


def _goes_on(passage: Passage, end: int) -> bool:
    """Whether the list goes on with what is no name."""
    return passage.text[end:end + 1] == "、"


def _apposition(passage: Passage, end: int) -> tuple[str, ...]:
    """The offices that follow a name that ends at `end` after a comma, and fill their clause; empty where none do."""
    match = _APPOSITION.match(passage.text, end)
    if match is None:
        return ()
    return _split_offices(match[1])


def _split_offices(clause: str) -> tuple[str, ...]:
    parts = [part for part in re.split("[、，]|兼任|兼", clause) if part]
    if not parts or any(_NOT_AN_OFFICE.search(part) or not _ends_in_role(part) for part in parts):
        return ()
    return tuple(parts)


_ROLE_ENDS = ("长", "员", "人", "师", "手", "民", "警", "官", "者", "授", "任", "记", "生", "工", "户", "部", "代表", "总", "士", "席", "理", "事", "裁")


def _ends_in_role(part: str) -> bool:
    return ending_head(part, len(part)) is not None or (len(part) > 3 and part.endswith(_ROLE_ENDS))


def _with_apposition(passage: Passage, mention: Mention) -> Mention:
    """The mention with the offices that stand after the name: X，某公司驾驶员; X任某县县长."""
    text = passage.text
    taking = _TAKES_OFFICE.match(text, mention.end)
    if taking:
        clause = re.match("[^，。；\n]{2,60}", text[taking.end():taking.end() + 60])
        offices = _split_offices(clause[0]) if clause else ()
        if offices:
            return replace(mention, offices=tuple(dict.fromkeys((*mention.offices, *offices))))
    if mention.by == "person/biography" and (present := _PRESENT.match(text, mention.end)):
        return replace(mention, offices=tuple(dict.fromkeys((*mention.offices, *_split_offices(present[1])))))
    if mention.offices or not (mention.start == 0 or text[mention.start - 1] in "：；。\n、"):
        return mention
    return replace(mention, offices=_apposition(passage, mention.end))


def _recurring(passage: Passage, known: Known, taken: _Taken) -> list[Mention]:
    """The bare mentions of names that are established."""
    if known.pattern is None:
        return []
    text = passage.text
    titles = {place for m in _TITLE.finditer(text) for place in range(m.start(), m.end())}
    mentions = []
    for match in known.pattern.finditer(text):
        start, end = match.span()
        if start in titles or taken.holds(start, end) or _CONCEPT.match(text, end) or not _stands_alone(passage, start, end):
            continue
        title = title_after(passage, end)
        offices = (title[0],) if title and is_office_word(title[0]) else ()
        mentions.append(Mention(start, end, match[0], offices, "person/recurrence"))
    return mentions


def _stands_alone(passage: Passage, start: int, end: int) -> bool:
    """Whether known characters at a place are the name, and no part of a longer word or name."""
    if end - start > 2:
        return True
    follows = points_after(passage, end)
    if follows >= 0 and all(passage.begins[start:end + 1]) and not (start and is_han(passage.text[start - 1])):
        return True
    word_start, word_end = passage.word_start(start + 1), passage.word_end(start)
    if word_start < start or (word_end > end and follows < 1):
        return False
    if word_end == end and word_kind(passage.text[start:end]) != "name":
        return follows >= 1.5
    return follows >= 1
