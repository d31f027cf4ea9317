"""D: how numbers are written (GB/T 15835). What is wrong by its form alone; sums and calendar are in `dates`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yuebao.proof.reading import Passage
from yuebao.proof.rule import Doubt, quoted, text_rule

STANDARD = "GB/T 15835—2011"
# not 千瓦, 千米, 千克: a unit of its own
THOUSANDS = re.compile(r"(?=\d)(?<![\d.,])(\d{1,3})([百千])(?=[余多]?[人名户亩元件吨册份棵株家位个项辆条])")


@text_rule(
    "D007", "一个数里阿拉伯数字与“百”“千”混用", "One number in two scripts", "warning",
    reason="数字后只带“万”“亿”；“百”“千”不与阿拉伯数字连用。", wrong="当天有3千余人参加植树。", right="当天有3000余人参加植树。",
    source=f"{STANDARD} 5.3")
def two_scripts(passage: Passage) -> Iterator[Doubt]:
    for match in THOUSANDS.finditer(passage.text):
        plain = match[1] + ("00" if match[2] == "百" else "000")
        yield passage.doubt(*match.span(), f"{quoted(match[0])}宜作“{plain}”", plain)


SHORT_YEAR = re.compile(r"(?=\d)(?<![\d.])(?:[6-9]\d|[012]\d)年\d{1,2}月(?:\d{1,2}日|底|初|份|中旬|上旬|下旬|起)")
ESTIMATE = re.compile(
    r"(?<![\d十百千万零〇第])(?:一、二|两、三|二、三|三、四|三、五|四、五|五、六|六、七|七、八|八、九)(?=[天年个人名次家位])")


@text_rule(
    "D008", "年份省作两位，或概数中加顿号", "Two-digit year or a comma in an estimate", "warning",
    reason="年份用四位；相邻两数连用表示概数，中间不加顿号。", wrong="98年5月8日建厂，试运行三、五天后投产。",
    right="1998年5月8日建厂，试运行三五天后投产。", source=f"{STANDARD} 5.1.4、5.2.1")
def short_year(passage: Passage) -> Iterator[Doubt]:
    for match in SHORT_YEAR.finditer(passage.text):
        yield passage.doubt(*match.span(), "年份宜用四位数字")
    for match in ESTIMATE.finditer(passage.text):
        yield passage.doubt(*match.span(), "概数中间不用顿号", match[0].replace("、", ""))


# 9～16亿元: the first number has lost its unit. Not 2023-2025, not 3-5万 of a score or a size.
LOST_UNIT = re.compile(r"(?=\d)(?<![\d.、第])(\d+(?:\.\d+)?)([～~—–-]|至)(\d+(?:\.\d+)?)(亿|万|%|％)(?=元|吨|亩|人|户|[，。；、）]|左右)")


@text_rule(
    "D009", "数值范围的前一数缺单位", "Unit lost in a range", "warning",
    reason="“9～16亿元”是九元至十六亿元；“万”“亿”“%”在前后两数都要写出。", wrong="单个项目投资9～16亿元。",
    right="单个项目投资9亿～16亿元。",
    source=f"{STANDARD} 5.1.3")
def lost_unit(passage: Passage) -> Iterator[Doubt]:
    for match in LOST_UNIT.finditer(passage.text):
        first, sign, last, unit = match.groups()
        if float(first) < float(last):
            yield passage.doubt(*match.span(), "前一个数似缺单位", f"{first}{unit}{sign}{last}{unit}")


FEWER_TIMES = re.compile("(?:下降|减少|降低|缩小|缩短|回落|减轻)了?(?:近|约|超)?(?:\\d+(?:\\.\\d+)?|[一二两三四五六七八九十]+)倍")
SHARE = re.compile(r"占(?:比|全[市省县区国]|总)[^，。；：\d]{0,12}(?<!\d)(1\d\d|[2-9]\d\d)(?:\.\d+)?[%％]")


@text_rule(
    "D012", "“下降N倍”或占比超过百分之百", "Fewer by a multiple, or a share of more than the whole", "error",
    reason="减少最多减到没有，不能减少一倍以上；部分不多于全体。", wrong="能耗比上年下降2倍。", right="能耗比上年下降一半。",
    source="逻辑差错：倍数用法")
def fewer_times(passage: Passage) -> Iterator[Doubt]:
    for match in FEWER_TIMES.finditer(passage.text):
        yield passage.doubt(*match.span(), "减少不用倍数，请核原数")
    for match in SHARE.finditer(passage.text):
        if not match[1].startswith("100"):
            yield passage.doubt(*match.span(), "占比超过100%，请核", severity="warning")


RULES = (two_scripts, short_year, lost_unit, fewer_times)
