"""W: characters and wording. Certain things only: invisible characters, closed pairs, what stands twice, frames that never close."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter

import rjieba

from yuebao.lexicon import Row, rows
from yuebao.model import Problem
from yuebao.proof.reading import LONGEST, Passage, Reading, shown, source_place
from yuebao.proof.rule import Doubt, issue_rule, text_rule
from yuebao.text import is_han

# Kangxi and supplementary radicals, compatibility ideographs, private use, zero-width and other invisible characters, U+FFFD.
ODD = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f\ue000-\uf8ff\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\ufffd]+")
# The supplementary radicals that fonts of PDF files put for characters, and that Unicode does not decompose.
RADICALS = dict(zip("⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻤⻥⻦⻨⻩⻬⻮⻰⻳", "民西见角贝车长门青韦页风飞食马鬼鱼鸟麦黄齐齿龙龟", strict=True))


@text_rule(
    "W001", "不可见或形同实异的字符", "Invisible or look-alike character", "error",
    reason="康熙部首、兼容汉字、零宽字符等看起来无误，检索、排序、排版时却是另一个字。",
    wrong="创建全国⽂明城市。",
    right="创建全国文明城市。",
    source="Unicode 标准；GB 18030—2022", safe=True)
def odd_character(passage: Passage) -> Iterator[Doubt]:
    text = passage.text
    for match in ODD.finditer(text):
        plain = "".join(_plain(c) for c in match[0])
        if plain == match[0]:
            if unicodedata.category(match[0][0]) != "Lo":  # the twelve unified ideographs of the compatibility block are no fault
                yield _shown(passage, match, None, "私用区或无法识别的字符，请核原稿")
        else:
            names = "、".join(f"U+{ord(c):04X}" for c in dict.fromkeys(match[0]))
            yield _shown(passage, match, plain if ODD.search(plain) is None else None, f"含形同实异或不可见的字符（{names}）")


def _plain(character: str) -> str:
    if unicodedata.category(character) == "Cf":
        return ""
    return RADICALS.get(character, unicodedata.normalize("NFKC", character))


def _shown(passage: Passage, match: re.Match[str], plain: str | None, message: str) -> Doubt:
    """The doubt with two characters on either side, for what is invisible cannot be shown alone."""
    text = passage.text
    a, b = shown(text, *match.span())
    proposal = None if plain is None else text[a:match.start()] + plain + text[match.end():b]
    return passage.doubt(a, b, message, proposal, touches=match.span())


@dataclass(frozen=True, slots=True)
class Confusion:
    """A closed pair: `wrong` is `right` wherever it stands, but before or after the characters given."""

    wrong: str
    right: str
    pattern: re.Pattern[str]


@lru_cache(maxsize=16)
def confusions(on: str | None) -> tuple[Confusion, ...]:
    """The pairs in force on a day; all of them where the day is not known, for they are spelling and not the wording of a time."""
    return tuple(_confusion(row) for row in rows("confusions", on))


WORDS = ("offices", "columns", "counted_nouns", "body_stops", "body_suffixes", "confusions")  # by which a character is common or rare


@lru_cache(maxsize=16)
def _by_character(on: str | None) -> dict[str, list[tuple[int, Confusion]]]:
    """The pairs in force, with their rank, by the rarest character of what is wrong: a text has few of them."""
    common = Counter(character for name in WORDS for row in rows(name) for character in row["term"])
    found: dict[str, list[tuple[int, Confusion]]] = {}
    for rank, pair in enumerate(confusions(on)):
        found.setdefault(min(pair.wrong, key=lambda c: common[c]), []).append((rank, pair))
    return found


def _confusion(row: Row) -> Confusion:
    before = f"(?<![{row['not_after']}])" if row["not_after"] != "-" else ""
    after = f"(?![{row['not_before']}])" if row["not_before"] != "-" else ""
    return Confusion(row["term"], row["right"], re.compile(before + re.escape(row["term"]) + after))


@text_rule(
    "W002", "形近、音近误字", "Closed confusion pair", "error",
    reason="固定词语中的误字，只收无论上下文都错的词对。",
    wrong="会议布署下一步工作，汇集中帼之智。",
    right="会议部署下一步工作，汇集巾帼之智。",
    source="《现代汉语词典》；《第一批异形词整理表》")
def closed_pair(passage: Passage) -> Iterator[Doubt]:
    text = passage.text
    pairs = _by_character(passage.date)
    here = [ranked for character in pairs.keys() & set(text) for ranked in pairs[character] if ranked[1].wrong in text]
    for _, pair in sorted(here, key=itemgetter(0)):
        for match in pair.pattern.finditer(text):
            yield passage.doubt(*match.span(), f"“{pair.wrong}”应作“{pair.right}”", pair.right)


# Function words that never stand twice, but as parts of other words: not after, not before these characters (目的的, 的的确确, 和和美美).
DOUBLED = (
    ("的", "目足有标", "确士"), ("在", "实", "在"), ("和", "", "平谐美睦气顺乐县"), ("与", "", "会"), ("将", "", "军领士"),
    ("把", "", ""), ("被", "", "褥"), ("从", "", "容事军业"), ("为", "作行成", "民人何我"), ("以", "", "及来"),
    ("于", "", "田洪"), ("由", "自理", "此来"), ("并", "", "且购网"), ("是", "", "非"), ("已", "", ""),
    ("及", "涉普", "时格"), ("了", "", "解结望却"), ("也", "", ""), ("使", "", "馆"), ("其", "", ""),
)
EXCEPTIONS = {word: (word + after, word + before) for word, after, before in DOUBLED}
DOUBLED_WORD = re.compile(f"([{''.join(EXCEPTIONS)}])\\1")
# 于在: a second preposition. Not where the first belongs to a word (致力于在, 终于在, 对于在).
OF_A_WORD = "由在终对关鉴基位至属处源得缘趋甘忠勇善利便敢勤出致过限等低高多少大小力当助用晚早急忙乐归苦止"
PREPOSITIONS = re.compile(f"(?<![{OF_A_WORD}])于在|被由|经过经|通过经过|根据按照|按照根据")
# A run of three characters or more said twice at once, but counted ones (一个村一个村) and those whose end begins a word (西藏和西藏和平).
RUN_TWICE = re.compile(r"([\u4e00-\u9fff]{3,12})\1")
COUNTED = re.compile("^[一几每两]|和$")
# A word of two characters said twice. What the segmenter does not cut in two (大队大队长, 新疆北疆北部) is no repetition.
PAIR_TWICE = re.compile(r"([\u4e00-\u9fff])(?!\1)([\u4e00-\u9fff])\1\2")
# words of two characters apart by spaces, so that a word of two is in the string or is not
REDUPLICATED = (
    "研究 商量 讨论 考虑 了解 学习 打听 收拾 锻炼 休息 介绍 交流 切磋 琢磨 体验 感受 参观 检查 准备 打扫 比较 尝试 放松 认识 教育 "
    "宣传 说道 议论 关心 帮助 调整 活动 许多 很多 好多 永远 非常 谢谢 常常 慢慢 中国 苏丹")
WINDOW = 8  # characters on either side that the segmenter is given
# A clause or its end, with its mark, said twice: 作。作。 at a page end, 会议召开，会议召开，
CLAUSE_END = re.compile("[，。；]")
HAN_CLAUSE = re.compile(r"[\u4e00-\u9fff、\d]+")
LONGEST_CLAUSE = 21  # characters with the mark
ADVERBS = re.compile(r"^[是对好不没来去走快有]{1,2}[，。；]")


@text_rule(
    "W003", "文字重复", "Word or clause twice", "error",
    reason="虚词、词语或句末数字在接排、换页处重复。",
    wrong="城市绿化等工作。作。会议强调了的的要求，选拔赛于在云湖开赛。",
    right="城市绿化等工作。会议强调了要求，选拔赛在云湖开赛。",
    source="语法：成分重复；校对惯例")
def said_twice(passage: Passage) -> Iterator[Doubt]:
    text = passage.text
    for match in DOUBLED_WORD.finditer(text):
        after, before = EXCEPTIONS[match[1]]
        if text[match.start() - 1:match.start()] not in tuple(after) and text[match.end():match.end() + 1] not in tuple(before):
            yield passage.doubt(*match.span(), f"“{match[1]}”重复", match[1], safe=True, touches=(match.start(), match.start() + 1))
    for match in PREPOSITIONS.finditer(text):
        yield passage.doubt(*match.span(), f"“{match[0]}”介词重复，留其一")
    for start, half in _clauses_twice(text):
        clause, end = text[start:half], 2 * half - start
        if not ADVERBS.match(clause):
            at_join = bool(passage.joins & {half, half - 1, start})
            yield passage.doubt(start, end, f"“{clause}”重复", clause, safe=at_join, touches=(start, half))
    for match in RUN_TWICE.finditer(text):
        if not COUNTED.search(match[1]):
            yield _run_twice(passage, match)
    for match in PAIR_TWICE.finditer(text):
        word = match[0][:2]
        if not COUNTED.search(word) and word not in REDUPLICATED and _is_cut(text, match.start(), match.end()):
            yield _run_twice(passage, match)
    yield from _echoes(passage)


def _clauses_twice(text: str) -> Iterator[tuple[int, int]]:
    """Where a clause or its end begins and where, with its mark, it is said again."""
    ends = [m.end() for m in CLAUSE_END.finditer(text)]
    for half, end in pairwise(ends):
        start = 2 * half - end
        is_echo = 1 < end - half <= LONGEST_CLAUSE and start >= 0 and text[start:half] == text[half:end]
        if is_echo and HAN_CLAUSE.fullmatch(text, start, half - 1):
            yield start, half


def _run_twice(passage: Passage, match: re.Match[str]) -> Doubt:
    half = (match.start() + match.end()) // 2
    return passage.doubt(
        *match.span(), f"“{passage.text[match.start():half]}”重复", passage.text[half:match.end()],
        severity="error" if half in passage.joins else "warning", touches=(match.start(), half))


def _cuts(text: str, start: int, end: int) -> tuple[set[int], dict[int, str]]:
    """Where the segmenter cuts around a place: the offsets, and the word that begins at each."""
    at = max(0, start - WINDOW)
    at = max(at, text.rfind("\n", at, start) + 1)
    words = {}
    for word in rjieba.cut(text[at:end + WINDOW].split("\n", 1)[0]):
        words[at] = word
        at += len(word)
    return {*words, at}, words


def _is_cut(text: str, start: int, end: int) -> bool:
    """Whether the segmenter sees the same word twice from `start` to `end`, and not the beginning of another (工序工序长)."""
    cuts, _ = _cuts(text, start, end)
    return {start, (start + end) // 2, end} <= cuts and text[end:end + 1] != "长" and text[start - 1:start] not in ("南", "新", "北")


# Characters that end one word and begin the next often enough (委员会|会议, 各县|县委).
MEETING = frozenset("会县市区省乡镇村家国人大年月日天时个一二三四五六七八九十不是有的和中上下")


def _echoes(passage: Passage) -> Iterator[Doubt]:
    """The last character of a line again at the head of the next (会议|议召开), where one of the two is left alone as a word."""
    text = passage.text
    for at in sorted(passage.joins):
        char = text[at - 1]
        if at < len(text) and text[at] == char and char not in MEETING and is_han(char) and char != text[at + 1:at + 2]:
            _, words = _cuts(text, at - 1, at + 1)
            if (words.get(at) == char) != (words.get(at - 1) == char):
                yield passage.doubt(at - 1, at + 1, f"换行处“{char}”重复，请核", char, severity="warning", touches=(at - 1, at))


COUNTRIES = re.compile("地区和国家")


@text_rule(
    "W005", "“国家和地区”次序", "Order of countries and regions", "warning",
    reason="列举国家与地区后作“等国家和地区”。",
    wrong="产品远销日本、韩国等地区和国家。",
    right="产品远销日本、韩国等国家和地区。",
    source="新华社新闻信息报道中的禁用词和慎用词")
def countries_first(passage: Passage) -> Iterator[Doubt]:
    for match in COUNTRIES.finditer(passage.text):
        yield passage.doubt(*match.span(), "通行作“国家和地区”", "国家和地区")


# 在 + such a verb opens a frame that …的同时, …中, …上 closes. Tuned on 6 M characters of daily news: 2 hits, both open.
FRAME_VERBS = (
    "保证|保障|确保|抓好|做好|搞好|完成|坚持|巩固|提升|提高|推进|加快|加强|强化|落实|深化|发展|扩大|优化|突出|贯彻|抓实|把握|满足|维护|统筹|充分发挥")
FRAME = re.compile(
    rf"(?:^|(?<=[，。；：、\n要应须将能可以并]))在((?:{FRAME_VERBS})[^，。；：“”（）\n]{{2,22}})，(?=([^。；\n]{{2,60}}))")
CLOSES = re.compile("[中上下里后前时内外间]|同时|方面|期间|之际|以来|基础|过程|领域|现场|情况|条件|一线|[当天日月年]$|层面|部门|[就期]$")
# words that hold a localiser's character and close nothing
NO_LOCALISER = re.compile(
    "中国|中央|中华|中小|中心|中部|中原|中学|上海|上市|线上|线下|下一步|上级|下级|地下|水下|上游|下游|内部|内需|外贸|外资|对外|国内|国外|境外|海外|时代|时间|时期|前提|空间|"
    "民间|中医|中药|中东|中亚|中俄|东中西")


@text_rule(
    "W008", "“在……”缺后半", "Frame opened and never closed", "warning",
    reason="“在保证……”之后应有“的同时”“的基础上”“中”等与之呼应。", wrong="会议指出，要在保证质量和进度，强化督导检查。",
    right="会议指出，要在保证质量和进度的同时，强化督导检查。", source="语法：介词结构残缺")
def open_frame(passage: Passage) -> Iterator[Doubt]:
    for match in FRAME.finditer(passage.text):
        if not CLOSES.search(NO_LOCALISER.sub("", match[1])) and not CLOSES.search(NO_LOCALISER.sub("", match[2])):
            yield passage.doubt(*match.span(), "“在……”没有与之呼应的“的同时”“的基础上”等，疑有脱字")


MEMBER_TWICE = re.compile(r"(?<![副代原前进级次常务])([\u4e00-\u9fff]{2,4})、\1(?=[、，。和及与以等]|参加|出席|列席|$)")


@text_rule(
    "W009", "并列成分重复", "Member of a list twice", "warning",
    reason="顿号前后两项相同，必有一项多余或有误。",
    wrong="部分市政协委员、委员及有关部门负责同志参加。",
    right="部分市政协常委、委员及有关部门负责同志参加。",
    source="语法：并列成分重复")
def member_twice(passage: Passage) -> Iterator[Doubt]:
    for match in MEMBER_TWICE.finditer(passage.text):
        yield passage.doubt(*match.span(), f"“{match[1]}”并列两次，请核是否有误")


MEETING_CARRIED_OUT = re.compile(
    r"(?:贯彻|落实)(?:全国|全省|全市|全县|全区|中央|党中央|省委|市委|县委|省|市)[^，。；、“”\n]{2,36}(?:大会|会议|全会|座谈会|推进会)(?=情况|[，。])")


@text_rule(
    "W011", "“贯彻……会议”缺“精神”", "A meeting carried out", "warning",
    reason="贯彻落实的是会议精神、部署，不是会议。", wrong="了解该县贯彻落实全市安全生产工作会议情况。",
    right="了解该县贯彻落实全市安全生产工作会议精神情况。", source="语法：动宾搭配")
def meeting_carried_out(passage: Passage) -> Iterator[Doubt]:
    for match in MEETING_CARRIED_OUT.finditer(passage.text):
        a = max(match.start(), match.end() - 12)
        yield passage.doubt(
            a, match.end(), "贯彻落实会议，后面似缺“精神”", passage.text[a:match.end()] + "精神", touches=(match.end() - 1, match.end()))


# Each: what is wrong by itself, the words that stand for it (None where only a person can say), what is said of it.
PHRASES: tuple[tuple[re.Pattern[str], str | None, str], ...] = (
    (re.compile("截[至止]到?目前为止"), "截至目前", "“截至”与“为止”重复"),
    (re.compile(r"(?:(?<=[，。；\n])|^)截止(?=今年|去年|20\d\d年|\d{1,2}月)", re.M), "截至", "表示到某时为止用“截至”"),
    (re.compile("(?:防止|避免|杜绝|严防|谨防)[^，。；、]{2,16}不再(?:发生|出现)"), None, "“防止”与“不再”相抵，意思相反"),
    (re.compile("原因(?:主要)?是(?:由于|因为)"), "原因是", "“原因是”与“由于”重复"),
    (re.compile("(?<![\\d十])(?:\\d{1,5}|[一二三四五六七八九十两几]{1,3})[位名][\u4e00-\u9fff]{0,2}(?:同学|老师|代表|委员|专家|群众|干部|职工|队员|学生|党员|同志)们"),
     None, "前有数量，后面不用“们”"),
    (re.compile(r"英年(?=\d+岁)"), "年仅", "“英年”不与年龄连用"),
)


@text_rule(
    "W012", "语义重复或搭配不当的说法", "Redundant or contradictory phrase", "warning",
    reason="两个成分意思重复或相抵，留其一。",
    wrong="截至目前为止，全市已建成12处。",
    right="截至目前，全市已建成12处。",
    source="语法：成分赘余、搭配不当")
def phrase(passage: Passage) -> Iterator[Doubt]:
    for pattern, right, message in PHRASES:
        for match in pattern.finditer(passage.text):
            yield passage.doubt(*match.span(), message, right)


PUT_BACK = frozenset({"S002"})  # structure's code for a clause that it put back where it belongs


@issue_rule(
    "W010", "文句错位", "Clause out of place", "error",
    reason="一条的末句排到了别处，多在换页、换栏处。",
    wrong="错位：困难和问题进行深入探讨。",
    right="条目：甲县调研 5月8日，调研组深入探讨。",
    source="校对惯例：页末串行")
def displaced(reading: Reading) -> Iterator[Doubt]:
    for problem in reading.issue.problems:
        if problem.code in PUT_BACK and problem.item is not None:
            yield from _displaced(reading, problem)


def _displaced(reading: Reading, problem: Problem) -> Iterator[Doubt]:
    """The clause as it stands in its item's text now, with the place in the source where it was found."""
    if problem.source_start is None or problem.source_end is None:
        return
    passage = next((p for p in reading.passages if p.item.number == problem.item), None)
    if passage is None:
        return
    for origin in passage.item.origin:
        if origin.start is not None and origin.end is not None and problem.source_start <= origin.source_start < problem.source_end:
            end = min(origin.end, origin.start + LONGEST)
            place = source_place(passage.pieces, origin.start, end)
            yield Doubt(
                passage.text[origin.start:end], "此句原排在别处，已归回本条末尾，请核", passage.item.number, origin.start, end,
                states_fact=True, source=place)
            return


FIRSTS = re.compile("(?:全国|全省|全市|国内|世界|我省|我市)?(?:首个|首家|首座|首条|首次|唯一|填补[^，。；]{0,8}空白)")
MOST_FIRSTS = 30  # places that the one list names


@issue_rule(
    "W007", "“首个”“唯一”等说法汇总", "Claims of being first or only", "note",
    reason="“首个”“首家”“唯一”“填补空白”等须有依据；汇总一处，供逐一核实。",
    wrong="条目：某厂投产 5月8日，全省首个基地投产，填补国内空白。", right="条目：某厂投产 5月8日，基地投产。",
    source="广告法、编写惯例：慎用绝对化用语")
def firsts(reading: Reading) -> Iterator[Doubt]:
    places = [(p, m) for p in reading.passages for m in FIRSTS.finditer(p.text) if not p.is_protected(*m.span())]
    if places:
        (first, match), *others = places
        related = tuple(reading.item_related(p.item, *shown(p.text, *m.span())) for p, m in others[:MOST_FIRSTS])
        yield first.doubt(*match.span(), f"本期有{len(places)}处“首个”“唯一”之类的说法，请逐一核实", related=related)


RULES = (firsts, odd_character, closed_pair, said_twice, countries_first, open_frame, member_twice, meeting_carried_out, phrase, displaced)
