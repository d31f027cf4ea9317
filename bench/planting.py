"""The kinds of error that `planted.py` plants: each takes a clean text and gives it back with one error, and says where.

A kind never plants inside quotation marks or a title, where rules may only ask, and gives None for a text that offers no place. Where correct
texts seldom offer one (sums with their parts, feasts), a sentence with the error is added at the end.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from yuebao.lexicon import rows
from yuebao.proof import slips
from yuebao.proof.reading import QUOTED
from yuebao.proof.wording import confusions

Place = tuple[str, int, int]  # the text with the error, and where the error stands in it
Kind = Callable[[str, random.Random], Place | None]
KINDS: list[tuple[str, Kind]] = []
HAN = "[\u4e00-\u9fff]"


def plants(*codes: str) -> Callable[[Kind], Kind]:
    """A decorator: the function plants what these rules speak of."""
    def keep(kind: Kind) -> Kind:
        KINDS.extend((code, kind) for code in codes)
        return kind
    return keep


@dataclass(frozen=True)
class Swap:
    """A kind that puts something else in the place of what a pattern finds: a text, or what a function makes of the match."""

    pattern: re.Pattern[str]
    wrong: str | Callable[[re.Match[str]], str]

    def __call__(self, text: str, chance: random.Random) -> Place | None:
        found = list(self.pattern.finditer(text))
        spans = [m.span() for m in QUOTED.finditer(text)] if found else []
        places = [m for m in found if not any(a < m.end() and m.start() < b for a, b in spans)]
        if not places:
            return None
        match = chance.choice(places)
        wrong = match.expand(self.wrong) if isinstance(self.wrong, str) else self.wrong(match)
        return text[:match.start()] + wrong + text[match.end():], match.start(), match.start() + len(wrong)


def swaps(code: str, *pairs: tuple[str, str | Callable[[re.Match[str]], str]]) -> None:
    """One kind for each pattern and what stands wrongly in its place."""
    KINDS.extend((code, Swap(re.compile(pattern), wrong)) for pattern, wrong in pairs)


def adds(code: str, *sentences: Callable[[random.Random], str]) -> None:
    """One kind for each sentence that is wrong by itself; it is added at the end of the text."""
    for make in sentences:
        def kind(text: str, chance: random.Random, make: Callable[[random.Random], str] = make) -> Place:
            sentence = make(chance)
            return text + sentence, len(text), len(text) + len(sentence)
        KINDS.append((code, kind))


# ---- W ----

RADICALS = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0x2F00, 0x2FD6)}
swaps(
    "W001", (f"[{''.join(RADICALS)}]", lambda m: RADICALS[m[0]]), (f"(?<={HAN})(?={HAN})", "\u200b"),
    (f"{HAN}(?={HAN})", lambda m: m[0] + "\ue5e5"))
swaps(
    "W003", (r"([\u4e00-\u9fff]{2})。", r"\1。\1。"), (f"(?<={HAN}{{2}})的(?=[^确士的])", "的的"), (r"(?<=[会赛动])在(?=[\u4e00-\u9fff])", "于在"),
    (r"(?<=[，。])([\u4e00-\u9fff]{4,8})(?=，)", r"\1\1"), (r"(?<=，)([\u4e00-\u9fff]{4,9})，", r"\1，\1，"))
swaps("W005", ("国家和地区", "地区和国家"))
swaps("W008", ("(?<=[，。；：])在(?:推进|加强|提升|保障|加快|做好|深化|坚持|落实|巩固)[^，。“”]{4,18}的(?:同时|基础上)，",
               lambda m: re.sub("的(?:同时|基础上)，$", "，", m[0])))
swaps("W009", (f"(?<=[，、])({HAN}{{2,4}})、{HAN}{{2,4}}(?=等)", r"\1、\1"))
swaps("W011", (r"(?:贯彻|落实)(?:全国|全省|中央|党中央|省委)[^，。；、“”\n]{2,20}(?:大会|会议|全会)精神", lambda m: m[0][:-2]))
swaps("W012", ("(?:截至目前|目前)，", "截至目前为止，"), ("(?:防止|避免)([^，。；、]{2,10})(?:发生|出现)", r"防止\1不再发生"),
      ("(?:的)?原因是", "的原因是由于"), (r"(?<=\d)(名(?:学生|群众|干部|职工|党员))(?=[，。在])", r"\1们"))


@plants("W002")
def closed_pair(text: str, chance: random.Random) -> Place | None:
    """A slip of the closed list in the place of the word that it is a slip for."""
    pairs = [pair for pair in confusions(None) if pair.right in text]
    return Swap(re.compile(re.escape((pair := chance.choice(pairs)).right)), pair.wrong)(text, chance) if pairs else None


# ---- P ----

swaps("P001", (r"（([^（）“”\n]{2,12})）", r"（\1"), (r"（([^（）“”\n]{2,12})）", r"（\1)"), (r"“(?=[^“”]{2,12}”)", ""))
swaps("P002", ("，(?=[\u4e00-\u9fff])", "，，"), ("、(?=[\u4e00-\u9fff])", "、、"), ("。(?=[\u4e00-\u9fff])", "，。"), ("“(?=[\u4e00-\u9fff])", "““"))
swaps("P003", (r"(?<=、)([\u4e00-\u9fff]{2,6})等(?=[\d单部地多国领方])", r"\1、等"), (r"(?<=、)([\u4e00-\u9fff]{2,6})等(?=[，。])", r"\1等……"))
swaps("P007", ("(?<=[\u4e00-\u9fff])·(?=[\u4e00-\u9fff])", "•"))
swaps("P008", ("(?<=[\u4e00-\u9fff])，(?=[\u4e00-\u9fff])", ","), ("(?<=）.)(?s:(.*?))（([\u4e00-\u9fff]{2,12})）", r"\1(\2)"))
swaps("P009", (r"([\u4e00-\u9fff]{2,3})((?:调研|视察|考察|察看|走访|出席|检查|慰问|主持|督导|参观|会见)[^。，；\n“”]{8,24})。\1(?=来到|强调|指出|表示|先后|听取)",
               r"\1\2，\1"))

# ---- D ----

swaps(
    "D001", (r"(?<!\d)(4|6|9|11)月\d{1,2}日", r"\g<1>月31日"), (r"(?<!\d)(\d{1,2})月(?:[1-9]|1\d)日至(\d{1,2})日", r"\1月29日至\2日"),
    (r"(?<!\d)2月\d{1,2}日", "2月30日"))
swaps("D006", (r"(?<=[，有来])(\d{2,5})余([人名户个件])", r"约\1余\2"), (r"(?<=[，有来])(\d{2,5})([人名户个件])(?=[，。])", r"约\1\2左右"))
swaps("D010", (r"(第[一二三四五六七八九十\d]+)届(?=[\u4e00-\u9fff]{2,12}(?:博览会|运动会|论坛|洽谈会|展览会|交易会|艺术节))",
               lambda m: m[1] + "员界介"[len(m[0]) % 3]))
swaps("D011", (r"(?<=\d月)(\d{1,2})日", r"\1曰"), (r"(?<!\d)20(\d\d)(?=年)", r"2O\1"))

adds("D006", lambda c: f"约{c.randint(12, 90)}0余名群众到场。", lambda c: f"近{c.randint(12, 90)}0多户农户参与。")

FEASTS = (("“五一”国际劳动节", 5, 1), ("“七一”建党节", 7, 1), ("国庆节", 10, 1), ("教师节", 9, 10), ("“六一”儿童节", 6, 1))


def _late_eve(chance: random.Random) -> str:
    name, month, day = chance.choice(FEASTS)
    return f"{month}月{day + chance.randint(2, 15)}日，{name}{chance.choice(['前夕', '来临之际'])}，有关部门看望了一线职工。"


def _wrong_sum(chance: random.Random) -> str:
    a, b, off = chance.randint(3, 60), chance.randint(3, 60), chance.choice([-3, -2, -1, 1, 2, 10])
    unit, one, other = chance.choice([("个", "新建项目", "续建项目"), ("人", "技师", "技工"), ("户", "城镇居民", "农村居民"), ("件", "文物", "标本")])
    if off < 0:  # a part of a total may be left unsaid, but no parts are more than it
        return f"共{a + b + off}{unit}，其中{one}{a}{unit}、{other}{b}{unit}。"
    return f"全年共{a + b + 7 + off}{unit}：{one}{a}{unit}、{other}{b}{unit}、其他类别7{unit}。"


def _unit_jump(chance: random.Random) -> str:
    sum_ = f"{chance.randint(1, 40)}.{chance.randint(1, 9)}"
    return f"项目总投资{sum_}亿元，建成后年均产值增加。目前{sum_}万元资金已全部到位。"


STEPS = ("个人申报", "单位推荐", "资格审查", "专家评议", "现场答辩", "实地考察", "集体研究", "网上公示", "组织考察", "综合评定")
WORKS = ("园区道路建设", "污水管网改造", "校舍安全提升", "集中供暖推进", "粮食收购", "防汛物资储备", "河道清淤", "社区养老服务")


def _steps(chance: random.Random) -> str:
    first, second, third, last = chance.sample(STEPS, 4)
    return f"经{first}、{second}、{third}，{last}，最终确定名单。"


def _seen(chance: random.Random) -> str:
    first, second, third = chance.sample(WORKS, 3)
    return f"一行人实地察看了{first}情况，{second}进展和{third}工作。"


adds("P004", _steps, _seen)
adds("D003", _late_eve)
adds("D004", _wrong_sum)
adds("D005", _unit_jump)

swaps(
    "D007", (r"(?<![\d.])(\d{1,2})000(?=[余多]?[人名户亩元件吨册份棵株家位个项辆])", r"\1千"),
    (r"(?<![\d.])(\d)00(?=[余多]?[人名户亩元件吨册份棵株家位个项辆])", r"\1百"))
swaps("D008", (r"(?<!\d)20([12]\d年\d{1,2}月\d{1,2}日)", r"\1"), ("三四(?=[天年个人名])", "三、四"), ("[一二]两(?=[天年个人])", "一、二"))
adds("D008", lambda c: f"试运行{c.choice(['二、三', '三、五', '五、六'])}{c.choice(['天', '个月', '年'])}后投产。")
adds("D009", lambda c: f"单个项目投资{c.randint(2, 9)}{c.choice('～—-')}{c.randint(10, 40)}{c.choice(['亿', '万'])}元。",
     lambda c: f"成本降低{c.randint(5, 9)}{c.choice('～—-')}{c.randint(10, 40)}%。")
swaps("D012", (r"(下降|减少|降低)了?\d+(?:\.\d+)?[%％]", r"\g<1>2倍"))
adds("D012", lambda c: f"其中青年职工占总人数的{c.randint(101, 900)}.{c.randint(1, 9)}%。")

# ---- K, and P of the house ----

adds("K001", lambda c: f"联系电话1{c.choice('3578')}{c.randint(10 ** 8, 10 ** 9 - 1)}。",
     lambda c: f"身份证号{c.randint(110000, 650000)}19{c.randint(50, 99)}{c.randint(1, 12):02d}{c.randint(1, 28):02d}{c.randint(100, 999)}X。")
swaps("P010", ("(?<=[\u4e00-\u9fff])(?=[，。；、])", " "))
adds("P005", lambda c: f"公司取得《{c.choice(['食品经营', '取水', '排污'])}许可证》。", lambda c: f"会上颁发《{c.choice(['一', '二', '三'])}等奖》。")
adds("P006", lambda c: f"“甲园”“乙园”“丙园”先后开放，“一村”、“{c.choice('千万百')}树”活动举行。")

# ---- N ----

swaps("N004", ("(?<=[\u4e00-\u9fff]{2})市委(?=书记|副书记|常委)", "市市委"), ("(?<=[\u4e00-\u9fff]{2})省委(?=书记|副书记|常委)", "省省委"))


PEOPLE = ("郑文柏", "何令仪", "秦墨之", "纪明川", "温如岚")


def _miscounted(chance: random.Random) -> str:
    names = chance.sample(PEOPLE, chance.randint(2, 4))
    said = chance.choice([n for n in range(2, 7) if n != len(names)])
    return f"{said}位获奖者（左起：{'、'.join(names)}）合影。"


adds("N010", _miscounted)

def _list_of_people(chance: random.Random) -> str:
    named = [f"{name}，{job}" for name, job in zip(PEOPLE, ("教师", "医生", "工人", "农民", "民警"), strict=True)]
    at = chance.randrange(1, 4)
    return "先进个人：" + "；".join(named[:at]) + "。" + "；".join(named[at:]) + "。"


adds("P011", _list_of_people)

# ---- titles of laws: a character or two for another ----

LOOK_ALIKES = str.maketrans("分保护管理处条件安全促进", "份堡扩官里除条仵按金促近")


def _misprinted_law(chance: random.Random) -> str:
    law = chance.choice([row["term"] for row in rows("laws") if len(row["term"]) > 6])
    at = chance.randrange(1, len(law) - 1)
    wrong = law[:at] + (law[at].translate(LOOK_ALIKES) if law[at].translate(LOOK_ALIKES) != law[at] else chance.choice("及乙仁")) + law[at + 1:]
    return f"会议学习了《{chance.choice(['', '中华人民共和国'])}{wrong}》。"


adds("W004", _misprinted_law)

swaps("L004", ("(工|发|服|企|群)(?=[作展务业众])", r"\1 "))

# ---- slips: a character of a common word for one that looks or sounds alike ----


@plants("W013")
def slip(text: str, chance: random.Random) -> Place | None:
    words = list(re.finditer("经济|发展|工作|群众|企业|技术|管理|保护|质量|教育|安全|生活|消费|医疗|文化|设施|服务|农业|资源|律师|证据|粮食", text))
    if not words:
        return None
    match = chance.choice(words)
    at = match.start() + chance.randrange(2)
    wrong = chance.choice(sorted(slips._alike()[text[at]]))
    return text[:at] + wrong + text[at + 1:], at, at + 1
