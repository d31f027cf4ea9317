"""D: dates and numerals (GB/T 15835, the calendar). Every check is against the calendar or a closed table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache

from yuebao.lexicon import rows
from yuebao.proof.consistency import ENTRIES_TO_ACCUSE, entry_months
from yuebao.proof.reading import LONGEST, Passage, Reading
from yuebao.proof.rule import Doubt, issue_rule, text_rule
from yuebao.text import chinese_number, real_date

CALENDAR = "历法"
# (?=\d) in front: the engine goes from digit to digit instead of trying every character
DAY = re.compile(r"(?=\d)(?<![\d.．第])(?:(\d{4})\s?年\s?)?(\d{1,2})\s?月\s?(\d{1,2})\s?日(?!元)")
YEAR_MONTH = re.compile(r"(?=\d)(?<!\d)\d{4}年(\d{1,2})月(?!\d)")
RANGE = re.compile(
    r"(?=\d)(?<![\d.．第])(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日?(?:[-—–－~～]{1,2}|[至到])(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日")
WEEKDAY = re.compile(r"[（(]?(?:星期|周|礼拜)([一二三四五六日天])")
WEEKDAYS = "一二三四五六日"
# From one month back to another at most so far is taken for a slip; further (11月15日至3月15日) it goes over the turn of the year.
BACKWARD_MONTHS = 3


@text_rule(
    "D001", "日期不存在、前后颠倒或与星期不合", "Impossible date", "error",
    reason="日历上没有这一天，或起讫颠倒，或星期与日期不符。",
    wrong="会议于4月31日召开。",
    right="会议于4月30日召开。",
    source=CALENDAR)
def impossible_date(passage: Passage) -> Iterator[Doubt]:
    text = passage.text
    for match in DAY.finditer(text):
        year = int(match[1]) if match[1] else passage.year
        month, day = int(match[2]), int(match[3])
        if real_date(year if match[1] and year else 2024, month, day) is None:
            yield passage.doubt(*match.span(), f"没有“{match[0]}”这一天，请核")
        elif (weekday := WEEKDAY.match(text, match.end())) and not _agrees(year, bool(match[1]), month, day, weekday[1]):
            yield passage.doubt(match.start(), weekday.end(), "星期与日期不符，请核")
    for match in YEAR_MONTH.finditer(text):
        if not 1 <= int(match[1]) <= 12:
            yield passage.doubt(*match.span(), "月份不在1至12之间，请核")
    for match in RANGE.finditer(text):
        if message := _backward(match):
            yield passage.doubt(*match.span(), message)


def _agrees(year: int | None, explicit: bool, month: int, day: int, weekday: str) -> bool:
    """Whether the day can have been that weekday: in its year, or, where the year is not written, in the years beside the issue's."""
    if year is None:
        return True
    wanted = WEEKDAYS.index(weekday.replace("天", "日"))
    years = [year] if explicit else [year - 1, year, year + 1]
    near = [y for y in years if explicit or abs((y - year) * 12 + month - 6) <= 9]
    return any((found := real_date(y, month, day)) is not None and found.weekday() == wanted for y in near)


def _backward(match: re.Match[str]) -> str | None:
    year, month, day, last_year, last_month, last_day = (int(g) if g else None for g in match.groups())
    if month is None or day is None or last_day is None:
        return None
    if last_year is not None and (year is None or last_year > year):
        return None
    if last_month is None or last_month == month:
        return "起讫日期颠倒，请核" if last_day < day else None
    back = month - last_month
    return "起讫日期颠倒，请核" if 0 < back <= BACKWARD_MONTHS or (last_year is not None and back > 0) else None


DAYS_BEFORE = 5  # an issue commonly opens with what came too late for the last one


@issue_rule(
    "D002", "记事日期不在本期月份", "Entry outside the month of the issue", "note",
    reason="月报记当月的事；上月末数日可补记，其余请核日期或说明。",
    wrong="封面：2024-05 5 总219\n条目：甲县防汛会召开 3月12日，会议召开。@2024-03-12",
    right="封面：2024-05 5 总219\n条目：甲县防汛会召开 5月12日，会议召开。@2024-05-12", source="月报编写惯例")
def outside_month(reading: Reading) -> Iterator[Doubt]:
    masthead = reading.issue.masthead
    if masthead.year is None or masthead.month is None or not 1 <= masthead.month <= 12:
        return
    here = (masthead.year, masthead.month)
    months = entry_months(reading.issue.items())
    if sum(months.values()) >= ENTRIES_TO_ACCUSE and 2 * months[here] < sum(months.values()):
        return  # not a monthly of this month at all: C005 says so once
    first = date(*here, 1)
    for passage in reading.passages:
        for entry in passage.item.entries:
            if entry.date is None:
                continue
            day = date.fromisoformat(entry.date.starts_on)
            if (day.year, day.month) != here and not 0 < (first - day).days <= DAYS_BEFORE:
                start = passage.text.find(entry.date.text, entry.start, entry.end)
                if start >= 0:
                    yield passage.doubt(start, start + len(entry.date.text), f"不在本期{masthead.month}月之内，请核日期")


@cache
def _feasts() -> tuple[re.Pattern[str], dict[str, tuple[int, int]]]:
    """The pattern of a feast's name, and its day by each of its names."""
    days = {row["term"]: (int(row["month"]), int(row["day"])) for row in rows("feasts")}
    names = "|".join(sorted(map(re.escape, days), key=len, reverse=True))
    return re.compile(names), days


# between the date and the feast, and between the feast and the relation: no full stop, no second date
NEAR = re.compile(r"[^。！？\n]{0,24}")
RELATION = re.compile(r"[^。！？，；\n\d]{0,10}?(前夕|到来之际|来临之际|前一天|当天|当日)")
EVE_DAYS = 45


@text_rule(
    "D003", "日期与节日的先后不合", "Date against a fixed feast", "error",
    reason="“前夕”“来临之际”应在节日之前，“当天”应是节日本日。", wrong="5月20日，“五一”国际劳动节前夕，总工会看望劳动模范。",
    right="4月28日，“五一”国际劳动节前夕，总工会看望劳动模范。", source=CALENDAR)
def against_feast(passage: Passage) -> Iterator[Doubt]:
    text = passage.text
    if not any(word in text for word in ("前夕", "之际", "前一天", "当天", "当日")):
        return
    pattern, days = _feasts()
    for match in DAY.finditer(text):
        month, day = int(match[2]), int(match[3])
        stretch = NEAR.match(text, match.end())
        feast = pattern.search(text, match.end(), stretch.end() if stretch else match.end())
        if feast is None or DAY.search(text, match.end(), feast.start()) or "至" in text[match.end():match.end() + 1]:
            continue
        relation = RELATION.match(text, feast.end())
        if relation is None or real_date(2024, month, day) is None:
            continue
        if message := _feast_doubt((month, day), days[feast[0]], relation[1]):
            yield passage.doubt(match.start(), relation.end(), message, touches=match.span())


def _feast_doubt(said: tuple[int, int], feast: tuple[int, int], relation: str) -> str | None:
    ahead = (date(2024, *feast) - date(2024, *said)).days
    if ahead < -180:
        ahead += 366  # 12月28日，元旦前夕
    name = f"{feast[0]}月{feast[1]}日"
    if relation in ("当天", "当日"):
        return None if ahead == 0 else f"该节日在{name}，与所记日期不合，请核"
    if relation == "前一天":
        return None if ahead == 1 else f"该节日在{name}，与所记日期不合，请核"
    late = ahead < 0 if "之际" in relation else ahead <= 0
    return f"该节日在{name}，所记日期不在其前，请核" if late else None


# 约200余人, 近百余名, 约300人左右. Not 签约20余个, 附近10余村; 近 before a stretch of time (近10余年) is idiom.
TWICE = re.compile(
    r"(?=[大约将近超])(?<![条公签合契制节预特履违守集相邀大])(?P<about>大约|约|将近|近|超过|超)(?P<number>[\d.,]+[十百千万亿]*|[一二三四五六七八九十百千万]+)"
    r"(?P<more>(?:余|(?<=[\d万亿])多)(?=[十百千万亿]*[^\d。，、]))(?P<unit>[十百千万亿]*[^\d\s，。、；])")
ABOUT_AROUND = re.compile(r"(?=约)(?<![条公签合契制节预特履违守集相邀大])约[\d.]+[^。，、；：\d]{0,4}左右")


@text_rule(
    "D006", "概数重叠", "Approximation said twice", "warning",
    reason="“约”“近”“超”与“余”“左右”语义重复，留其一。",
    wrong="约200余人参加植树。",
    right="200余人参加植树。",
    source="GB/T 15835—2011；语法：概数重叠")
def approximate_twice(passage: Passage) -> Iterator[Doubt]:
    for match in TWICE.finditer(passage.text):
        if match["about"] in ("近", "将近") and match["unit"][-1] in "年月天日载个":
            continue
        if match["about"] == "近" and match.start() and passage.text[match.start() - 1] in "最附靠临邻接贴亲":
            continue
        yield passage.doubt(*match.span(), f"“{match['about']}”与“{match['more']}”重复，留其一", match[0][len(match["about"]):])
    for match in ABOUT_AROUND.finditer(passage.text):
        yield passage.doubt(*match.span(), "“约”与“左右”重复，留其一", match[0].removesuffix("左右"))


@cache
def _measures() -> tuple[re.Pattern[str], dict[str, str]]:
    """The pattern of the nouns that are counted by few measure words, and those words by noun, the usual one first."""
    measures = {row["term"]: row["measures"] for row in rows("measure_words")}
    return re.compile("|".join(sorted(map(re.escape, measures), key=len, reverse=True))), measures


ORDINAL = re.compile(r"第([一二三四五六七八九十百零〇\d]{1,4})([\u4e00-\u9fff])")
# From the ordinal to its noun there is a name: no verb, no mark of any kind, no second number.
TO_NOUN = re.compile(r"[\u4e00-\u9fff·（）“”A-Za-z\d]{0,24}")
BREAKS_NAME = re.compile(
    r"[的了在于为被把将向由和与及]|参加|出席|举办|举行|召开|亮相|承办|主办|参与|入选|获得|荣获|赴|第[一二三四五六七八九十\d]|以来")
# Characters that are a measure word of other nouns, or look or sound like 届, 次, 期, 场: only after these is the ordinal taken for a slip.
# Others (第三产业博览会, 第一汽车展览会) begin a word of the name.
MISTAKEN = frozenset("员位名条项件批局介界屈借节界戒街结解季层代级号回轮度座所家只把张份支队期场次个届")
SESSIONS = frozenset("员界介屈")
NATIONS = re.compile(r"中国|全国|国际|世界|亚洲|中华")


@text_rule(
    "D010", "序数的量词误用或缺失", "Ordinal with a wrong measure word", "error",
    reason="会议、展会、赛事按“届”“次”等计，量词误用多为形近、音近之误。", wrong="第十二员云陵农产品洽谈会开幕。",
    right="第十二届云陵农产品洽谈会开幕。", source="现代汉语量词用法；校对惯例")
def ordinal_measure(passage: Passage) -> Iterator[Doubt]:
    text = passage.text
    pattern, measures = _measures()
    for match in ORDINAL.finditer(text):
        if chinese_number(match[1]) is None:
            continue
        stretch = TO_NOUN.match(text, match.end(2))
        noun = pattern.search(text, match.end(2), stretch.end() if stretch else match.end(2))
        fitting = measures[noun[0]] if noun and not _is_apart(text, match.end(2), noun) else None
        if fitting is None and _stands_for_session(text, match):
            fitting = "届"
        if fitting is None:
            continue
        if match[2] in MISTAKEN and match[2] not in fitting:
            yield passage.doubt(match.start(), match.end(), *_ordinal_doubt(match, fitting))
        elif NATIONS.match(text, match.start(2)) and "届" in fitting:
            nation = text[match.start(2):match.start(2) + 2]
            yield passage.doubt(
                match.start(), match.start(2) + 2, f"“第{match[1]}”与“{nation}”之间似缺量词“{fitting[0]}”",
                f"第{match[1]}{fitting[0]}{nation}",
                severity="warning")


def _stands_for_session(text: str, match: re.Match[str]) -> bool:
    """Whether the character after the ordinal is a slip for 届, whatever noun follows (第三员, but not 第三员工食堂; 第七节全国…)."""
    if match[2] == "节":
        return NATIONS.match(text, match.end(2)) is not None
    return match[2] in SESSIONS and not (match[2] == "员" and text.startswith(("工", "外"), match.end(2)))


def _is_apart(text: str, start: int, noun: re.Match[str]) -> bool:
    """Whether what lies between the ordinal and the noun is more than a name, or the noun goes on to be another word (博览会场)."""
    return BREAKS_NAME.search(text, start, noun.start()) is not None or text[noun.end():noun.end() + 1] in tuple("场堂徽歌址馆员商民")


def _ordinal_doubt(match: re.Match[str], fitting: str) -> tuple[str, str]:
    return f"此处量词应为“{'”“'.join(fitting)}”，作“{match[2]}”疑误", f"第{match[1]}{fitting[0]}"


UNITS = (
    "元|个|名|人|项|件|家|户|处|条|辆|台|所|篇|部|幅|只|头|亩|吨|次|场|套|枚|块|座|栋|间|公里|平方米|支|对|本|册|例|宗|起|笔")
# 共21个，其中新建13个、续建9个。The total, 其中 or a colon, then members that close with a full stop or a semicolon.
SUM = re.compile(
    rf"(?=\d)(?<![\d.])(?P<total>\d[\d.]*)(?P<scale>[万亿]?)余?(?P<unit>{UNITS})[^，。；：、\d]{{0,10}}"
    r"(?:：|(?:，(?![^，。；：]*\d(?P=unit))[^，。；：]{1,20})?，?(?P<kind>其中[有：]?|包括|分别为|分别是))"
    rf"(?P<parts>[^，。；：\d、（）]{{1,16}}[\d.]+[万亿]?(?P=unit)[^，。；\d、（）]{{0,8}}(?:[、，][^，。；：\d、（）]{{1,16}}[\d.]+[万亿]?(?P=unit)[^，。；\d、（）]{{0,8}}){{1,9}})[。；]")
PART = re.compile(rf"([\d.]+)([万亿]?)(?:{UNITS})")
# what is not a closed list of equal parts: 等, a rate, a part of a part
OPEN_LIST = re.compile("(?<![一二三四五特优])等|每|按|标准|增长|提高|同比|包括|其中|预计|达到|超过|突破|以上|近|约")
PEOPLE = str.maketrans("名位", "人人")  # 46名，其中9人: the same measure
SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}


@text_rule(
    "D004", "分项与合计不符", "Total and parts do not add up", "warning",
    reason="列举完整的分项之和应等于合计。“其中”之后可以只列一部分，但不应多于合计。",
    wrong="观摩项目21个，其中新建项目13个、续建项目9个。",
    right="观摩项目22个，其中新建项目13个、续建项目9个。", source="逻辑差错：总分不符")
def sum_of_parts(passage: Passage) -> Iterator[Doubt]:
    for match in SUM.finditer(passage.text.translate(PEOPLE)):
        parts = [_amount(*m.groups()) for m in PART.finditer(match["parts"])]
        total = _amount(match["total"], match["scale"])
        if total is None or None in parts or OPEN_LIST.search(match["parts"]):
            continue
        found = sum((p for p in parts if p is not None), Decimal(0))
        if found == total or (match["kind"] is None and found < total and len(parts) < ENOUGH_PARTS):
            continue
        listed = "＋".join(m[1] + m[2] for m in PART.finditer(match["parts"]))
        partial = found < total and (match["kind"] or "").startswith(("其中", "包括"))
        # of what is only partly listed, three parts or more in the total's own measure raise a doubt, two do not
        if partial and len(parts) < ENOUGH_PARTS:
            continue
        start = match.start("total")
        yield passage.doubt(
            start, min(match.end() - 1, start + LONGEST), f"合计{match['total']}{match['scale']}，分项{listed}，相加不等，请核",
            severity="note" if partial else None, states_fact=True)


ENOUGH_PARTS = 3


def _amount(number: str, scale: str) -> Decimal | None:
    try:
        return Decimal(number.rstrip(".")) * SCALES[scale]
    except InvalidOperation:
        return None


MONEY = re.compile(r"(?=\d)(?<![\d.])(\d{1,4}\.\d{1,2}|\d{2,4})(亿|万)元")


@text_rule(
    "D005", "同一数字万元、亿元不一", "The same figure in units ten thousand times apart", "warning",
    reason="同一条里数字相同而单位相差万倍，多为单位之误。",
    wrong="一期投资3.2亿元，其中设备投资3.2万元。",
    right="一期投资3.2亿元，其中设备投资2.2亿元。",
    source="逻辑差错；GB 3100")
def unit_jump(passage: Passage) -> Iterator[Doubt]:
    seen: dict[str, str] = {}
    for match in MONEY.finditer(passage.text):
        if seen.setdefault(match[1], match[2]) != match[2]:
            yield passage.doubt(*match.span(), f"本条前有“{match[1]}{seen[match[1]]}元”，单位相差万倍，请核")


ZERO = re.compile(
    r"(?=[一二三四五六七八九〇OoＯ○零\d])(?<![A-Za-z\d])(?:[一二三四五六七八九〇OoＯ○零0]{4}|\d(?:[Oo]\d{2}|\d[Oo]\d|\d{2}[Oo]))(?=年)")
DAY_SIGN = re.compile(r"(?=\d)\d{1,2}月\d{1,2}曰")


@text_rule(
    "D011", "日期用字有误", "Look-alike character in a date", "error",
    reason="汉字年份的零用“〇”，阿拉伯数字用“0”；“日”不作“曰”。字母O和圆圈形近，检索时却是另一个字。",
    wrong="二○二四年五月，2O24年5月8曰。", right="二〇二四年五月，2024年5月8日。", source="GB/T 15835—2011；形近误字", safe=True)
def look_alike_in_date(passage: Passage) -> Iterator[Doubt]:
    for match in ZERO.finditer(passage.text):
        plain = re.sub("[OoＯ○零0]", "0" if match[0][0].isascii() else "〇", match[0])
        if plain != match[0] and ("零" not in match[0] or not match[0].isalpha()):
            yield passage.doubt(*match.span(), "年份中的零用字有误", plain)
    for match in DAY_SIGN.finditer(passage.text):
        yield passage.doubt(*match.span(), "“日”误作“曰”", match[0].replace("曰", "日"))


RULES = (impossible_date, outside_month, against_feast, sum_of_parts, unit_jump, approximate_twice, ordinal_measure, look_alike_in_date)
