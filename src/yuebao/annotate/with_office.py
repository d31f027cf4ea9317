"""People that an office, a role or a title vouches for: 副市长甲、乙; 王某某教授; 甲，某公司驾驶员; 甲任某县县长."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yuebao.annotate.given import likeness
from yuebao.annotate.lexis import in_turn, standing_in
from yuebao.annotate.mention import Mention, Taken
from yuebao.annotate.names import NEVER_GIVEN, PUNCTUATION_FOLLOWS, NameFound, name_that_ends, read_name, surnames
from yuebao.annotate.offices import ending_head, heads, is_office_word, makes_a_name, offices_before, title_after
from yuebao.annotate.passage import COMMON_WORD, Passage, Whole, frequency, is_proper_word, is_rare, word_kind
from yuebao.lexicon import terms

# how many points a name needs where it stands (see names)
AFTER_POST, IN_LIST, AFTER_GROUP, AFTER_ROLE = 1.0, 1.5, 1.5, 1.5
# a name after a role whose surname begins common words, of two characters
DOUBTFUL_AFTER_ROLE = 3.0

# a word counted as often is rather the word: 高山 has 1203, 方案 7097
NOT_OFTEN = 2000
# how the offices end that are no verbs as well (指挥高效)
_OF_POSTS = "长记任席理裁员官委使"
# between an office and a name: 局长（兼）, 市长为, 厅长的, 市领导还有, 组长：
_BETWEEN = re.compile("(?:[（(][^（）()]{1,8}[）)])?(?:的是|[为是的]|还?有|包括|[：:/／|｜ 　]{0,3})")
_ASIDE = re.compile("[（(][^（）()\n]{1,8}[）)](?=[、和])")
# an occupation that no lexicon need list: 篾匠, 菇农, 机手, 股长; the word before a name that is plainly one
_OCCUPATION = re.compile("[匠农手工医户师员者民警商长](?<=[\u4e00-\u9fff].)(?=[\u4e00-\u9fff]{3})")
PLAIN_LIKENESS = 2
_LIST = re.compile("、[ 　]?|和|与|及|以及| |　|，(?=[\u4e00-\u9fff]{2,3}[，、])")
_ELEMENT = re.compile("[\u4e00-\u9fff]{2,3}(?=[、，。；])")
_ELEMENT_BEFORE = re.compile("(?:^|[，。；：:、 　\n])([\u4e00-\u9fff]{2,3})$")
_SAID_OF_COMRADE = re.compile("同志(?:[（(][^（）()]{1,6}[）)])?(?:任|担任|兼任|为|不再|职务|拟|挂职)")
# many people, of whom none is named next: 广大干部职工闻汛而动
_OF_MANY = re.compile("众多|广大|全体|各位|各级|所有|许多|与会|[余多数几百千\\d]名")
# what stands before 记者 and is part of it: 本报, 某日报全媒体, 首席
_OF_NEWSROOM = re.compile(
    "(?:报|刊|新闻|在线|流程|社|台|网|媒|媒体|视|端|中心|栏目|频道|"
    "首席|高级|特派|调查|特约|见习|实习|摄影|文字|驻[\u4e00-\u9fff]{2,4}|总站|部)$",
)
_NEWSROOM = re.compile("(?:本报|新华社|央视|总台|[\u4e00-\u9fff]{2}(?:日报|晚报|早报|晨报|时报|商报|新闻|在线|网)).{0,8}$")
_NO_NEWSROOM = re.compile("[图文的了是为者据对向由名位]|会议|活动|现场|仪式|近日|日前|今[天日]|[昨当]日")
_ALONE = re.compile("(?:^|[，。；：:（(！？》”/、 　\n])([\u4e00-\u9fff]{2,6})$")
# a newsroom and a space: 某日报客户端 记者
_NEWSROOM_APART = re.compile(
    "(?:^|[，。；：:（(！？》”/、 　\n])([\u4e00-\u9fff]{1,9}(?:报|网|社|台|端|新闻|在线|媒体|融媒|频道|周刊))[ 　]$")
# who signs with the name of a newsroom; whoever else signs is told by the word alone (编辑：甲)
_OF_REPORTERS = frozenset(("记者", "通讯员", "见习记者", "实习记者", "特约记者", "摄影记者", "实习生", "作者"))
# verbs as well: they tell a name only where something stands between (制作：甲, but 制作成烤虾)
_CREDITS_ONLY = frozenset(("制作", "策划", "文字", "撰稿", "采写", "供稿", "编译", "制图", "摄像", "编导", "审核", "校对", "主持", "编审"))
# said of somebody's: the one before is not part of it (甲妻子乙)
_KIN = frozenset((
    "妻子", "丈夫", "儿子", "女儿", "父亲", "母亲", "爷爷", "奶奶", "哥哥", "弟弟", "姐姐", "妹妹", "老伴", "遗孀",
    "孙女", "孙子", "外孙", "外孙女", "儿媳", "女婿", "侄子", "侄女", "岳父", "岳母", "养父", "养母",
))
# a name of a newsroom has no more characters
LONGEST_NEWSROOM = 12
_LEADING_PARTY = re.compile("同志为核心")


def after_offices(passage: Passage, whole: Whole, taken: Taken) -> Iterator[Mention]:
    """Names after an office or role, and the lists they begin."""
    text, kinds = passage.text, heads()
    for start, head in in_turn(standing_in(text).heads):
        end, kind = start + len(head), kinds[head]
        between = _BETWEEN.match(text, end)
        at = between.end() if between else end
        if start in taken.titles or not _is_own_word(passage, start, end, kind):
            continue
        name = read_name(passage, at, whole)
        if name is None or taken.holds(name.start, name.end) or not _fits(name, head, kind, text[end:at]):
            continue
        if text[end:at] == "为" and name.follows < PUNCTUATION_FOLLOWS:  # 县长为甲颁奖
            continue
        offices, _ = offices_before(passage, start, end, taken.name_ends)
        if not _OF_MANY.search(offices[-1]):
            by = "person/office-name" if kind == "post" else f"person/{kind}-name"
            if kind == "byline" and len(offices) == 1:
                of_credit = head not in _OF_REPORTERS and text[end:at].strip() in ("：", ":", "|", "｜", "/", "／")
                newsroom = (_newsroom_alone(text, start) if head == "记者" and start not in taken.name_ends else "") + head
                offices = (head if of_credit else newsroom if len(newsroom) > len(head) else _of_newsroom(offices[0], head),)
            elif head in _KIN:
                offices = (head,)
            yield from list_from(passage, whole, name, offices, by, spaced=kind == "byline")


def after_occupations(passage: Passage, whole: Whole, taken: Taken) -> Iterator[Mention]:
    """Names of three characters that are plainly names after a word in 匠, 农, 手, 员 and the like."""
    text = passage.text
    for tail in _OCCUPATION.finditer(text):
        at = tail.end()
        head_start = passage.word_start(at)
        if not passage.begins[at] or at in taken.places or text[at] not in surnames():
            continue
        if at - head_start == 1:  # 菇 农
            head_start = passage.word_start(head_start)
        elif word_kind(text[head_start:at]) == "other" or frequency(text[head_start:at]) >= COMMON_WORD:
            continue  # what is common and names people stands in the lexicon: 人工 does not
        name = read_name(passage, at, whole)
        if name is None or len(name.name) < 3 or name.points < AFTER_ROLE or likeness(name.name[-2:]) < 1 or name.weight < 2:
            continue
        if name.wordlike and name.points < DOUBTFUL_AFTER_ROLE:
            continue
        offices, _ = offices_before(passage, head_start, at, taken.name_ends)
        if not _OF_MANY.search(offices[-1]):
            yield from list_from(passage, whole, name, offices, "person/occupation")


def _newsroom_alone(text: str, head_start: int) -> str:
    """The few characters between punctuation and a reporter's 记者: the newsroom, whatever words they make (南都, 正观新闻); else empty."""
    if apart := _NEWSROOM_APART.search(text, max(0, head_start - 13), head_start):
        return apart[1]
    alone = _ALONE.search(text, max(0, head_start - 7), head_start)
    if alone is None or _NO_NEWSROOM.search(alone[1]) or (len(alone[1]) > 4 and not _OF_NEWSROOM.search(alone[1])):
        return ""
    return alone[1]


def _of_newsroom(office: str, head: str) -> str:
    """The office of one who signs: without a headline that runs into 记者, with the newsroom's name."""
    before = office.removesuffix(head)
    if not _OF_NEWSROOM.search(before):
        return head
    named = _NEWSROOM.search(before) if len(before) > LONGEST_NEWSROOM else None
    return office[named.start():] if named else office


def _is_own_word(passage: Passage, start: int, end: int, kind: str) -> bool:
    """Whether a head is a word of its own or its end (部长 in 部部长), and not 女儿 in 妇女儿童 or 州长 in 贵州长征."""
    return bool(passage.begins[end] or (kind not in ("role", "byline") and passage.begins[start]))


def _fits(name: NameFound, head: str, kind: str, between: str) -> bool:
    if kind == "post" and not between:
        return name.points >= AFTER_POST or (
            name.follows >= PUNCTUATION_FOLLOWS and head[-1] in _OF_POSTS and _is_word_for_a_name(name))
    if kind == "group":
        return name.points >= AFTER_GROUP
    if head in _CREDITS_ONLY and not between:
        return False
    if "某" in name.name and name.points > 0:
        return True
    long = len(name.name) > 2
    if kind == "byline" and name.is_word and between and name.follows >= DOUBTFUL_AFTER_ROLE:
        return name.weight > 1 and (name.points > 0 or _is_word_for_a_name(name))  # 通讯员 田野
    if name.is_word or (kind in ("role", "byline") and between.strip("：:/／|｜ 　（）()")):
        return False
    if kind == "role" and between.isspace() and name.follows < DOUBTFUL_AFTER_ROLE:
        return False
    if name.wordlike or name.weight < 2:
        return name.points >= (2.5 if long and name.weight > 1 else DOUBTFUL_AFTER_ROLE)
    return name.points >= (AFTER_POST if long else AFTER_ROLE)


def _is_word_for_a_name(name: NameFound) -> bool:
    """Whether a word may be a name after an office and before a comma (市委副书记文静，): a seldom one or a proper name."""
    if is_proper_word(name.name):
        return True
    is_seldom = name.is_word and frequency(name.name) < NOT_OFTEN and name.name not in heads()
    return is_seldom and name.weight > 1 and word_kind(name.name) != "other"


def list_from(
    passage: Passage, whole: Whole, name: NameFound, offices: tuple[str, ...], by: str, *, spaced: bool = False,
) -> Iterator[Mention]:
    """The name and those that follow in its list and share its offices. `spaced`: spaces alone part the names of the list."""
    shared, length = offices, 0
    while True:
        length += 1
        title = title_after(passage, name.end)
        own = (title,) if title and is_office_word(title) else ()
        yield Mention(name.start, name.end, name.name, (*shared, *own), by)
        end = name.end + len(title or "")
        aside = _ASIDE.match(passage.text, end)
        separator = _LIST.match(passage.text, aside.end() if aside else end)
        if separator is None:
            return
        following = read_name(passage, separator.end(), whole)
        if separator[0][0] == "、" and length > (1 if _is_group(shared) else 2) and (following is None or following.points < IN_LIST):
            following = _any_element(passage, separator.end())
        if following is None or _is_body(passage.text, following) or not _goes_on(separator[0], following, spaced):
            return
        if separator[0] == "，" and length < 3:
            return
        name, by = following, "person/list"
        if separator[0] == "与" or (separator[0] == "，" and not _is_group(shared)):
            shared = ()


def _is_group(offices: tuple[str, ...]) -> bool:
    """Whether the last of the offices is a label shared by many (市领导)."""
    return bool(offices) and heads().get(ending_head(offices[-1], len(offices[-1])) or "") == "group"


def _any_element(passage: Passage, start: int) -> NameFound | None:
    """Two or three characters that fill an element of a list of names: a name that nothing but its place tells."""
    match = _ELEMENT.match(passage.text, start)
    if match is None or match[0] in heads() or not NEVER_GIVEN.isdisjoint(match[0]):
        return None
    if passage.word_end(start) == match.end() and not is_rare(match[0]):
        kind = word_kind(match[0])
        if kind == "other" or (kind == "thing" and match[0][0] not in surnames()):
            return None
    return NameFound(start, match.end(), match[0], IN_LIST, 3.0)


def _is_body(text: str, name: NameFound) -> bool:
    """Whether what is read as a name is a body before its office (海合会秘书长)."""
    return name.name[-1] in "会局委部院办厅盟" and any(text[name.end:name.end + n] in heads() for n in (2, 3, 4))


def _goes_on(separator: str, name: NameFound, spaced: bool) -> bool:
    """Whether a list goes on with a name after such a separator."""
    if separator.isspace():
        is_sure = name.points >= IN_LIST or (spaced and name.follows >= PUNCTUATION_FOLLOWS and _is_word_for_a_name(name))
        return is_sure and name.follows >= (IN_LIST if spaced else PUNCTUATION_FOLLOWS)
    if separator[0] == "、":
        return name.points >= IN_LIST
    if separator == "，":
        return name.points >= 3.0 and name.follows >= 3.0 and name.weight > 1 and not (name.wordlike or name.is_word)
    is_like = len(name.name) == 3 and likeness(name.name[1:]) >= PLAIN_LIKENESS
    is_plain = not name.wordlike or name.follows >= PUNCTUATION_FOLLOWS or is_like
    return name.points >= (IN_LIST if separator in "和及" else 2.0) and is_plain


def before_titles(passage: Passage, taken: Taken) -> list[Mention]:
    """Names before a title that is given to people only (王某某教授); the places of the titles are noted."""
    text, mentions = passage.text, []
    for place, title in in_turn(standing_in(text).titles):
        at = place - (text[place - 1:place] == "副")
        if _LEADING_PARTY.match(text, place) or text.startswith("将军衔", place):
            continue
        name = name_that_ends(passage, at) if makes_a_name(title) or at < place else _word_that_is_a_name(passage, at)
        if name is None and title == "同志":
            name = _whole_element(text, at)
        if name and at < place and not makes_a_name(title) and name[1] - name[0] < 3:
            continue
        if name is not None:
            taken.titles.add(place)
            offices = (text[at:place + len(title)],) if is_office_word(title) else ()
            mentions.append(Mention(*name, text[slice(*name)], offices, "person/name-title"))
    return mentions


def _whole_element(text: str, end: int) -> tuple[int, int] | None:
    """The span of what fills its clause before 同志任 and the like, and begins with a surname: a name, even a word (宁波同志任)."""
    element = _ELEMENT_BEFORE.search(text, max(0, end - 5), end) if _SAID_OF_COMRADE.match(text, end) else None
    return element.span(1) if element and element[1][0] in surnames() and NEVER_GIVEN.isdisjoint(element[1]) else None


def _word_that_is_a_name(passage: Passage, end: int) -> tuple[int, int] | None:
    """The full name of three characters that the dictionary itself holds and that ends at `end`."""
    start = passage.word_start(end) if end > 2 and passage.begins[end] else end
    name = passage.text[start:end]
    surname = surnames().get(name[:1])
    if len(name) != 3 or name in terms("countries") or surname is None or surname.weight < 2:
        return None
    return (start, end) if word_kind(name) == "name" and NEVER_GIVEN.isdisjoint(name[1:]) else None
