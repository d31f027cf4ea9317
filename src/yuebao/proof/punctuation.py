"""P: punctuation (GB/T 15834). The marks are ours to speak of, what stands within quotation marks and titles is not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yuebao.model import PersonValue
from yuebao.proof.reading import CONTEXT, Passage, Reading, shown
from yuebao.proof.rule import Doubt, issue_rule, quoted, text_rule

STANDARD = "GB/T 15834—2011"
OPENING = {"“": "”", "‘": "’", "（": "）", "(": ")", "《": "》", "〈": "〉", "【": "】", "「": "」", "『": "』", "〔": "〕"}
CLOSING = {closing: opening for opening, closing in OPENING.items()}
WIDTHS = {("（", ")"): "）", ("(", "）"): ")"}
MARKS = re.compile("[" + re.escape("".join([*OPENING, *CLOSING])) + "]")
SHOWN = 8  # characters shown beside an unpaired mark
DEEPEST = 12  # brackets open at once that are looked through for a partner
# 1) 甲 (a) …: the bracket of a list number is no pair; ’ within a Latin word is an apostrophe
LIST_NUMBER = re.compile(r"(?:^|[\s，。；：、！？])[\d一二三四五六七八九十a-zA-Z]{1,3}$")
LATIN = re.compile(r"[A-Za-z]")


@text_rule(
    "P001", "括号、引号、书名号不配对", "Unpaired brackets or quotation marks", "error",
    reason="成对的标点缺一半、错位或全半角混配。",
    wrong="优秀个人（团体)奖两项。",
    right="优秀个人（团体）奖两项。",
    source=f"{STANDARD} 4.8、4.9",
    safe=True)
def unpaired(passage: Passage) -> Iterator[Doubt]:
    for start, end in _paragraphs(passage):
        yield from _unpaired_in(passage, start, end)


def _paragraphs(passage: Passage) -> Iterator[tuple[int, int]]:
    """The headline and each entry: a pair may span sentences and paragraphs of one account, but not two accounts."""
    headline = passage.item.headline
    if headline is not None:
        yield 0, len(headline)
    for entry in passage.item.entries:
        yield entry.start, entry.end


def _unpaired_in(passage: Passage, start: int, end: int) -> Iterator[Doubt]:
    text = passage.text
    stack: list[int] = []
    for match in MARKS.finditer(text, start, end):
        at, mark = match.start(), match[0]
        if not stack and _is_no_pair(text, at, start):
            continue
        if mark in OPENING:
            if text[at + 1:at + 2] != mark or mark in "（(":  # “““ is P002's
                stack.append(at)
        elif stack and OPENING[text[stack[-1]]] == mark:
            stack.pop()
        elif stack and (text[stack[-1]], mark) in WIDTHS:
            yield _mixed(passage, stack.pop(), at)
        elif any(OPENING[text[n]] == mark for n in stack[-DEEPEST:]):
            while OPENING[text[stack[-1]]] != mark:
                yield _alone(passage, stack.pop(), start, end)
            stack.pop()
        elif text[at - 1:at] != mark or mark in "）)":
            yield _alone(passage, at, start, end)
    while stack:
        at = stack.pop()
        if stack and _closes_wrongly(text, stack[-1], at):
            yield _wrong_close(passage, stack.pop(), at)
        else:
            yield _alone(passage, at, start, end)


def _is_no_pair(text: str, at: int, start: int) -> bool:
    """Whether the mark is an apostrophe or closes the number of a list: 1) 甲."""
    if text[at] == "’":
        return LATIN.search(text[at - 1:at]) is not None
    return text[at] in "）)" and LIST_NUMBER.search(text[max(start, at - 5):at]) is not None


WRONG_CLOSE = 16  # between “ and a second “ that was meant to close it stand a few words and no mark


def _closes_wrongly(text: str, opening: int, closing: int) -> bool:
    """Whether of two marks left open the second is the same one, close behind, and was meant to close the first (“八一“建军节)."""
    return text[opening] == text[closing] and 1 < closing - opening <= WRONG_CLOSE and text[opening + 1:closing].isalnum()


def _wrong_close(passage: Passage, opening: int, closing: int) -> Doubt:
    mark = passage.text[opening]
    return passage.doubt(
        opening, closing + 1, f"{quoted(mark)}以{quoted(mark)}收尾，应为{quoted(OPENING[mark])}",
        passage.text[opening:closing] + OPENING[mark], touches=(closing, closing + 1))


def _mixed(passage: Passage, opening: int, closing: int) -> Doubt:
    """A pair of two widths; the wide one is right, for what it encloses is Chinese."""
    text = passage.text
    wide = ("（", "）")
    if text[opening] == "（":
        start, end, touched = max(opening, closing - SHOWN), closing + 1, closing
    else:
        start, end, touched = opening, min(closing, opening + SHOWN) + 1, opening
    proposal = "".join(wide[0] if n == opening else wide[1] if n == closing else text[n] for n in range(start, end))
    return passage.doubt(start, end, "括号一半全角、一半半角", proposal, touches=(touched, touched + 1))


def _alone(passage: Passage, at: int, start: int, end: int) -> Doubt:
    mark = passage.text[at]
    if mark in OPENING:
        return passage.doubt(at, min(end, at + SHOWN), f"{quoted(mark)}没有与之配对的{quoted(OPENING[mark])}，请核", touches=(at, at + 1))
    return passage.doubt(max(start, at - SHOWN), at + 1, f"{quoted(mark)}没有与之配对的{quoted(CLOSING[mark])}，请核", touches=(at, at + 1))


SEQUENCE = re.compile(
    r"(?=[，、；：。“‘《〈”’》〉！？（(【])(?:(?P<same>[，、；：。“‘《〈”’》〉])(?P=same)+|(?P<stop>[，、；：]+。)(?![，、；：。])|(?P<mixed>[，、；：。]{2,})|(?P<ended>[！？]。)"
    r"|(?P<begins>[“‘《〈（(【][，、；：。！？])|(?P<ends>、[”’》〉）)】]))")


@text_rule(
    "P002", "标点重复或连用不当", "Doubled or impossible marks", "error",
    reason="句内点号不能连用，引号、书名号不能叠用；多在行末、页末接排处。",
    wrong="大会听取了汇报，。会议强调安全。",
    right="大会听取了汇报。会议强调安全。",
    source=f"{STANDARD} 5.1", safe=True)
def impossible_sequence(passage: Passage) -> Iterator[Doubt]:
    paired = {mark for mark in CLOSING if passage.text.count(mark) == passage.text.count(CLOSING[mark])}
    for match in SEQUENCE.finditer(passage.text):
        marks = match[0]
        if match["same"]:
            yield _doubled(passage, match, match["same"] in paired)
        elif match["stop"]:
            yield passage.doubt(*match.span(), f"{quoted(marks)}连用，句末只留句号", "。")
        elif match["ended"]:
            yield passage.doubt(*match.span(), f"{quoted(marks)}连用，留其一", marks[0], safe=False)
        elif match["ends"]:
            yield passage.doubt(*match.span(), f"{quoted(marks)}：结束前不用顿号", marks[1], safe=False)
        else:
            yield passage.doubt(*match.span(), f"{quoted(marks)}连用不当，请核")


def _doubled(passage: Passage, match: re.Match[str], paired: bool) -> Doubt:
    """““ and the like. Where as many open as close, ”” ends two quotations, one in the other: wrong too, but not by one mark too many."""
    mark, first = match["same"], (match.start(), match.start() + 1)
    if paired:
        return passage.doubt(*match.span(), f"{quoted(mark)}连用，内层宜换用另一种", severity="warning", touches=first)
    return passage.doubt(*match.span(), f"{quoted(mark)}重复", mark, touches=first)


BEFORE_ET_CETERA = re.compile(
    r"、等(?=[\d一二三四五六七八九十两几多数]|[，。；：！？）”]|单位|部门|地|人|县|市|区|省|国|企业|项目|领域|方[面向式]|工作|活动|情况|问题|"
    "内容|同志|领导|有关)")
ET_CETERA_TWICE = re.compile(r"等……|等等……|……等等?")


@text_rule(
    "P003", "“等”前用顿号或与省略号并用", "Mark before et cetera", "warning",
    reason="列举之后的“等”前不用顿号，也不与省略号并用。",
    wrong="市委办、政府办、等单位参加。",
    right="市委办、政府办等单位参加。",
    source=f"{STANDARD} B.1.2、A.9")
def before_et_cetera(passage: Passage) -> Iterator[Doubt]:
    for match in BEFORE_ET_CETERA.finditer(passage.text):
        yield passage.doubt(match.start(), match.end(), "“等”前不用顿号", "等")
    for match in ET_CETERA_TWICE.finditer(passage.text):
        yield passage.doubt(*match.span(), "“等”与省略号不并用", match[0].replace("…", ""))


# What is looked at or heard, in a list of three: A，B和C, each closed by such a noun, and the second not a clause with a verb of its own.
HEADS = "情况|进展|工作|项目|建设|方案|报告|汇报|意见"
LIST_OF_THREE = re.compile(
    r"(?:调研|察看|考察|视察|检查|了解|听取|研究|审议|通报|督导)了?[^，。、；：\n]{3,25}(?:" + HEADS + r")(，)"
    r"(?!听取|研究|讨论|关于|审议|部署|总结|分析|学习|通报|传达|安排|了解|察看|检查|推动|推进|加快|做好|[就对并还又要在以])"
    r"[^，。、；：\n]{3,18}(?:" + HEADS + ")(?:和|及|以及)[^，。、；：\n]{3,25}(?:" + HEADS + ")[，。]")
STEPS = re.compile(
    r"(?:^|[，。；])经过?(?!济|营|贸|费)(?:[^，。、；：“”\n]{2,12}、){2,}[^，。、；：“”\n]{2,8}(，)[^，。、；：“”\n]{4}，", re.M)


@text_rule(
    "P004", "并列成分间误用逗号", "Comma between members of a list", "warning",
    reason="并列的词语之间用顿号；一列之中有的用顿号、有的用逗号，易误读。",
    wrong="经个人申报、单位推荐、资格审查，专家评议，确定入选名单。",
    right="经个人申报、单位推荐、资格审查、专家评议，确定入选名单。",
    source=f"{STANDARD} 4.5")
def comma_in_list(passage: Passage) -> Iterator[Doubt]:
    for pattern in (LIST_OF_THREE, STEPS):
        for match in pattern.finditer(passage.text):
            yield _instead_of_comma(passage, match.start(1), "、", "此处与前后并列，逗号似应为顿号")


def _instead_of_comma(passage: Passage, at: int, mark: str, message: str) -> Doubt:
    a, b = shown(passage.text, at, at + 1)
    return passage.doubt(a, b, message, passage.text[a:at] + mark + passage.text[at + 1:b], touches=(at, at + 1))


DOT = re.compile(r"(?<=[\u4e00-\u9fff])[•∙●‧・](?=[\u4e00-\u9fff])")


@text_rule(
    "P007", "间隔号误用形近符号", "Look-alike of the middle dot", "error",
    reason="间隔号是“·”（U+00B7）；圆点、项目符号形近，检索和排版都会出错。",
    wrong="春节•元宵主题活动举行。",
    right="春节·元宵主题活动举行。",
    source=f"{STANDARD} 4.14",
    safe=True)
def middle_dot(passage: Passage) -> Iterator[Doubt]:
    for match in DOT.finditer(passage.text):
        a, b = shown(passage.text, *match.span())
        proposal = passage.text[a:b].replace(match[0], "·")
        yield passage.doubt(a, b, f"间隔号作{quoted(match[0])}（U+{ord(match[0]):04X}），应为“·”", proposal, touches=match.span())


# what holds half-width marks or Latin of its own was written by a machine or is a foreign name
HALF_PAIR = re.compile(r"\(([^()（）\n!-,./:-~]*[\u4e00-\u9fff][^()（）\n!-,./:-~]*)\)")
HALF_MARK = re.compile(r"(?<=[\u4e00-\u9fff”》）])[,;:?!](?=[\u4e00-\u9fff“《（]|$|\n)")
WIDE = str.maketrans(",;:?!", "，；：？！")


@issue_rule(
    "P008", "中文里用半角标点", "Half-width mark in Chinese text", "warning",
    reason="中文文稿的标点用全角；同一资料里多数用全角的，个别半角宜统一。",
    wrong="条目：表彰会举行 5月8日，表彰会举行,会议开到县（市、区）、乡(镇)。",
    right="条目：表彰会举行 5月8日，表彰会举行，会议开到县（市、区）、乡（镇）。", source=f"{STANDARD} 4.9、5.1", safe=True)
def half_width(reading: Reading) -> Iterator[Doubt]:
    whole = reading.whole
    # a house that prints half-width throughout has made a choice: then one note would say it, not a finding a place
    brackets = len(HALF_PAIR.findall(whole)) <= whole.count("（")
    marks = len(HALF_MARK.findall(whole)) <= whole.count("，")
    for passage in reading.passages:
        if brackets:
            for match in HALF_PAIR.finditer(passage.text):
                if len(match[0]) <= 40:
                    yield passage.doubt(*match.span(), "中文里用了半角括号", f"（{match[1]}）")
        if marks:
            for match in HALF_MARK.finditer(passage.text):
                a, b = shown(passage.text, *match.span())
                wide = passage.text[a:match.start()] + match[0].translate(WIDE) + passage.text[match.end():b]
                yield passage.doubt(a, b, f"中文里用了半角{quoted(match[0])}", wide, touches=match.span())


CLAUSE_MARKS = re.compile("[。；！？\\n：“”（）]|[时后中上下前际里间候]，$")
LEAST_CLAUSE = 8  # characters between the two mentions: less is no clause of its own
GOES_ON = re.compile("来到|先后|走进|强调|指出|要求|表示|实地|详细|认真|仔细|还|深入|带领|一行|听取|察看|主持|说|随后|现场")
LEAD = 40  # characters of an entry within which its subject is named
DOES = re.compile("调研|视察|考察|察看|走访|出席|检查|慰问|主持|督导|督查|参观|会见|接访|暗访")


@text_rule(
    "P009", "一句已完，逗号应为句号", "Comma where the sentence ends", "warning",
    reason="导语已完，后面以同一人名另起一句，中间应为句号。",
    wrong="5月8日，市长何令仪调研云湖环湖路项目建设情况，何令仪来到项目工地。",
    right="5月8日，市长何令仪调研云湖环湖路项目建设情况。何令仪来到项目工地。",
    source=f"{STANDARD} 4.1")
def comma_for_stop(passage: Passage) -> Iterator[Doubt]:
    text = passage.text
    for entry in passage.item.entries:
        stop = text.find("。", entry.start, entry.end)
        lead = text[entry.start:stop if stop >= 0 else entry.end]
        for name in sorted({a.value.name for a in passage.item.annotations if isinstance(a.value, PersonValue)}):
            first = lead.find(name, 0, LEAD)
            again = lead.find("，" + name, first + len(name)) if first >= 0 else -1
            between = lead[first + len(name):again + 1] if again >= 0 else ""
            if len(between) < LEAST_CLAUSE or CLAUSE_MARKS.search(between) or not DOES.search(between):
                continue
            if GOES_ON.match(lead, again + 1 + len(name)):
                yield _instead_of_comma(passage, entry.start + again, "。", f"以{quoted(name)}另起一句，逗号似应为句号")


NO_WORK = re.compile(
    r"《[^《》\n]{0,30}(?:大会|会议|座谈会|洽谈会|博览会|运动会|启动仪式|签约仪式|优秀奖|一等奖|二等奖|三等奖|荣誉证书|许可证|营业执照)》")


@text_rule(
    "P005", "会议、奖项、证件用了书名号", "Title marks on a meeting, prize or certificate", "note",
    reason="书名号标示作品、文件名称；会议、活动、奖项、证件不用书名号。节目、栏目除外。", wrong="公司取得《食品经营许可证》。",
    right="公司取得食品经营许可证。",
    source=f"{STANDARD} A.13")
def no_work(passage: Passage) -> Iterator[Doubt]:
    for match in NO_WORK.finditer(passage.text):
        yield passage.doubt(*match.span(), "会议、奖项、证件名称一般不用书名号，请核")


WITH_COMMA, WITHOUT_COMMA = re.compile("[”》]、[“《]"), re.compile("[”》][“《]")


@issue_rule(
    "P006", "引号、书名号之间的顿号前后不一", "Commas between quotations used unevenly", "note",
    reason="并列的引号、书名号之间通常不用顿号；用与不用，一期之内宜一致。",
    wrong="条目：活动举行 5月8日，“一村”“万树”“千塘”活动举行，“甲园”、“乙园”开放。",
    right="条目：活动举行 5月8日，“一村”“万树”“千塘”活动举行，“甲园”“乙园”开放。",
    source=f"{STANDARD} 4.5.3.5；体例一致")
def uneven_commas(reading: Reading) -> Iterator[Doubt]:
    counts = {pattern: len(pattern.findall(reading.whole)) for pattern in (WITH_COMMA, WITHOUT_COMMA)}
    if not all(counts.values()):
        return
    rare = WITHOUT_COMMA if counts[WITHOUT_COMMA] < counts[WITH_COMMA] else WITH_COMMA
    said = f"引号、书名号之间，本期用顿号{counts[WITH_COMMA]}处、不用{counts[WITHOUT_COMMA]}处，宜一致"
    places = [(passage, match) for passage in reading.passages for match in rare.finditer(passage.text)]
    (first, match), *others = places
    related = tuple(reading.item_related(p.item, *m.span()) for p, m in others[:MOST_RELATED])
    yield first.doubt(*match.span(), said, states_fact=True, related=related)


MOST_RELATED = 9  # places that one finding names beside its own
SPACE_BEFORE = re.compile(r"(?<=[\u4e00-\u9fff”》）\d])[ \u3000\u00a0]+(?=[，。、；：！？”》）])")


@text_rule(
    "P010", "标点前有空格", "Space before a mark", "error",
    reason="标点与前面的文字之间不空格；多为接排、转换文件留下的。", wrong="会议召开 ，市领导出席。", right="会议召开，市领导出席。",
    source=f"{STANDARD} 5.1",
    safe=True)
def space_before_mark(passage: Passage) -> Iterator[Doubt]:
    text = passage.text
    for match in SPACE_BEFORE.finditer(text):
        a, b = shown(text, *match.span())
        yield passage.doubt(a, b, "标点前多一个空格", text[a:match.start()] + text[match.end():b], touches=match.span())


LEAST_MEMBERS = 3  # people after ； of a list of people, each with who they are, before one after 。 is out of form


@issue_rule(
    "P011", "名单各项之间标点不一", "Mark between the people of a list", "warning",
    reason="逐人列出姓名、身份的名单，各项之间用分号；个别误用句号的，请核。",
    wrong="名单：郑文柏，教师；何令仪，医生；秦墨之，工人；纪明川，农民。温如岚，职员。",
    right="名单：郑文柏，教师；何令仪，医生；秦墨之，工人；纪明川，农民；温如岚，职员。", source=f"{STANDARD} 4.6")
def stop_in_list_of_people(reading: Reading) -> Iterator[Doubt]:
    for passage in reading.passages:
        text = passage.text
        begins = [start for start, end in passage.names if text[end:end + 1] == "，" and text[start - 1:start] in ("；", "：", "。")]
        marks = [text[start - 1] for start in begins]
        if marks.count("；") < LEAST_MEMBERS or marks.count("。") != 1:
            continue
        n = marks.index("。")
        # the one before it is of the list too, and no sentence lies between
        if n and "。" not in text[begins[n - 1]:begins[n] - 1]:
            at = begins[n] - 1
            yield passage.doubt(
                at - CONTEXT, begins[n], "名单各项之间用“；”，此处用“。”，请核", text[at - CONTEXT:at] + "；", touches=(at, at + 1))


RULES = (
    unpaired, impossible_sequence, before_et_cetera, comma_in_list, no_work, uneven_commas, middle_dot, half_width, comma_for_stop,
    space_before_mark, stop_in_list_of_people,
)
