"""Quantities: the measure or count with its noun (13家银行机构, 37万吨, 30天左右, 10%), not ordinals, programmes, clock times or sums.

A leading 约, 近, 超 … is left out of the text and shown as approximate, as are 余, 多, 左右 within it. Measures, durations, shares
and people (9人) stand without a noun; a count takes the noun phrase that follows it. `of` says what is counted: that noun, or the
one right before the figure (建筑面积8.6万平方米). A range (3—5天) is one quantity without one number. 一个, 一批, 数十项,
几百年 and the like count nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from yuebao.annotate.counted import is_programme, noun_after, noun_before
from yuebao.annotate.figures import DASH, Figure, about_before, around_after, figures_of, gap, plain
from yuebao.annotate.passage import Passage
from yuebao.annotate.people import Known
from yuebao.lexicon import rows
from yuebao.model import Annotation, QuantityValue

_LASTED = re.compile("(?:历时|为期|耗时|用时|时长|长达|[达时了经])$")
_YEAR = re.compile(r"(?:1\d|20)\d\d|[一二][〇零○一二三四五六七八九]{3}")
_YEAR_COUNTS = re.compile("的?(?:历史|以上|左右)")
_QUOTED = re.compile("[“「『][^“”「」『』，。；！？\n]{1,20}[”」』]")
_CLASSIFIED = re.compile("[（(](?:套|件|个|家|名|户|张|支|组|次|幅|台)[）)]")  # 600余件（套）
_DAYS = re.compile("(?:为期|历时|共|用时|连续)$")
_MEETING = re.compile("[\u4e00-\u9fff]{0,6}?(?:全会|会议|大会|代会|普查|例会)")  # 五届三次全会: an ordinal
_PER_SO_MANY = re.compile("[/／]\\d+(?:ml|mL|ML|毫升|升|g|kg|克|公斤|千米|公里|人)")
_RANK = re.compile("(?<![目之会此])前$|[项节科题栏]目前$")
_WHICH = ("上", "下", "前", "后", "这", "那", "每", "新", "又", "同")  # 上半年, 这一年
_MEDALS = {"金": "金牌", "银": "银牌", "铜": "铜牌"}
_WON = re.compile("(?:[摘获夺得斩揽收取][得获取下]?|[金银铜])$")
_NUMERAL = re.compile("[\\d一二两三四五六七八九]")
# 五条路社区, 四棵树乡, 九里山
_PLACE = re.compile("[\u4e00-\u9fff]{0,2}?(?:社区|街道|[乡镇村庄屯寨庙店沟湾])|(?<=里)[山河桥铺堡坪塘岗坡]")
_PLACE_MEASURES = frozenset("条棵座里户块间家眼孔口步层道部台所")

_BARE_HEADS = (
    "企业", "公司", "学院", "学校", "医院", "单位", "项目", "产品", "作品", "品牌", "景区",
    "园区", "基地", "平台", "个人", "集体", "团队", "社区", "案例", "工程", "成果", "选手", "学子", "教师", "干部",
)


@dataclass(frozen=True, slots=True)
class _Measure:
    term: str
    kind: str
    arabic_only: bool
    not_before: str


@cache
def _measures() -> dict[str, tuple[_Measure, ...]]:
    """The words of measure by their first character, the longest first."""
    by_first: dict[str, list[_Measure]] = {}
    for row in sorted(rows("measures"), key=lambda r: (-len(r["term"]), r["term"])):
        not_before = "" if row["not_before"] == "-" else row["not_before"]
        by_first.setdefault(row["term"][0], []).append(_Measure(row["term"], row["kind"], row["numerals"] == "arabic", not_before))
    return {first: tuple(measures) for first, measures in by_first.items()}


def annotate_quantities(passage: Passage, known: Known) -> list[Annotation]:
    """Every quantity of the passage, in order, none overlapping."""
    del known
    found: list[Annotation] = []
    figures = figures_of(passage)
    quoted = set[int]().union(*(range(*m.span()) for m in _QUOTED.finditer(passage.text))) if figures else set()
    past = 0
    for n, figure in enumerate(figures):
        if figure.start < past or figure.start in passage.titled:
            continue
        following = figures[n + 1] if n + 1 < len(figures) else None
        made = _range(passage, figure, following) or _single(passage, figure)
        if made is not None and (figure.start not in quoted or (made.by == "quantity/unit" and not figure.spelled)):
            found.append(made)
            past = made.end
    return found


def _single(passage: Passage, figure: Figure) -> Annotation | None:
    measure = _measure_at(passage, figure)
    if measure is None:
        return _medals(passage, figure) or _bare_count(passage, figure)
    if not _counts(passage, figure, measure):
        return None
    return _quantity(passage, figure, measure, figure.start, plain(figure.value), False)


def _range(passage: Passage, first: Figure, last: Figure | None) -> Annotation | None:
    """3—5天, 10%—15%: one quantity."""
    if last is None or not 0 < last.start - first.end <= 5:
        return None
    measure = _measure_at(passage, last)
    between = passage.text[first.end:last.start]
    if measure is None or not DASH.fullmatch(between.removeprefix(measure.term)):
        return None
    if not _counts(passage, last, measure) or _is_rank(passage, first):
        return None
    if first.value is None or last.value is None or first.value >= last.value or _is_year(passage.text, last):
        return None
    return _quantity(passage, last, measure, first.start, None, True)


def _measure_at(passage: Passage, figure: Figure) -> _Measure | None:
    """The word of measure after a figure."""
    text, start = passage.text, figure.end + gap(passage.text, figure.end)
    for measure in _measures().get(text[start:start + 1], ()):
        if not text.startswith(measure.term, start):
            continue
        end = start + len(measure.term)
        after = text[end:end + 1]
        if not (after and after in measure.not_before):
            if measure.arabic_only and figure.spelled:
                return None
            if figure.spelled and measure.term != "个" and not passage.begins[end]:
                continue  # 三门峡
            if measure.term[-1].isascii() and measure.term[-1].isalpha() and after.isascii() and after.isalnum():
                continue
            return measure
    return None


def _counts(passage: Passage, figure: Figure, measure: _Measure) -> bool:
    """Whether figure and measure count, and are no ordinal, year, clock time, programme or name."""
    text, start = passage.text, figure.start
    before = text[max(0, start - 6):start]
    if figure.value is None:
        return False  # 数十项, 几百年: no number is said
    if (figure.bare and not about_before(passage, start)) or (text[start] == "0" and text[start + 1:start + 2].isdigit()):
        return False
    if before[-1:].isascii() and before[-1:].isalpha() and measure.kind in ("count", "people"):
        return False  # HPV9价, S237
    end = figure.end + gap(text, figure.end) + len(measure.term)
    if measure.term == "分" and before.endswith(("时", "点", ":", "：", "角", "毛", "元")):
        return False  # 9时30分, 3角5分
    if measure.kind == "time":
        return not _names_time(passage, figure, measure, before, end)
    if figure.spelled and (measure.kind in ("count", "people") or measure.term == "里"):
        return not _is_set_phrase(passage, figure, measure, end)
    if measure.kind == "count" and (_is_rank(passage, figure) or text[end:end + 1] == "半"):
        return False
    return not (measure.term == "个" and text[end:end + 1].isdigit())


def _names_time(passage: Passage, figure: Figure, measure: _Measure, before: str, end: int) -> bool:
    """Whether 年, 月 or 天 is of a date (2023年, 上半年, 前5个月, 上一年) or of a programme (三年行动)."""
    text, written = passage.text, passage.text[figure.start:figure.end]
    if _is_rank(passage, figure) or (written in "一半" and before[-1:] in _WHICH) or text.startswith("一", end):
        return True
    if measure.term == "年":
        if _is_year(text, figure) or text.startswith(("行动", "计划", "规划", "攻坚", "义务教育"), end):
            return True
        return text[end:end + 1].isdigit()
    if measure.term == "日":
        return not (_DAYS.search(before) or text.startswith("内", end))
    return False


def _is_year(text: str, figure: Figure) -> bool:
    written = text[figure.start:figure.end]
    end = figure.end + gap(text, figure.end)
    return bool(_YEAR.fullmatch(written)) and text.startswith("年", end) and not _YEAR_COUNTS.match(text, end + 1)


def _is_rank(passage: Passage, figure: Figure) -> bool:
    """前两名, 项目前两名, but not 目前3条."""
    return bool(_RANK.search(passage.text, max(0, figure.start - 3), figure.start))


def _is_set_phrase(passage: Passage, figure: Figure, measure: _Measure, end: int) -> bool:
    """一个, 二次, 四个专项行动, 三个一批, 五条路社区, 八人单桨."""
    text, written = passage.text, passage.text[figure.start:figure.end]
    if written in ("一", "二", "〇", "零", "半") or _is_rank(passage, figure) or text[end:end + 1] == "半":
        return True
    if measure.kind == "people":
        after = text[end:passage.word_end(end)] if end < len(text) else ""
        return bool(after) and noun_after(passage, end) > end
    if measure.term == "次" and _MEETING.match(text, end):
        return True
    if measure.term in ("个", "项", "大", "种") and (_NUMERAL.match(text, end) or is_programme(text[end:end + 6])):
        return True
    place = _PLACE.match(text, end) if measure.term in _PLACE_MEASURES else None
    return bool(place and passage.begins[place.end()])


def _quantity(
    passage: Passage, figure: Figure, measure: _Measure, start: int, number: float | None, approximate: bool,
) -> Annotation:
    """The quantity that begins at `start` and whose measure stands after `figure`, with what belongs to it."""
    text = passage.text
    end = figure.end + gap(text, figure.end) + len(measure.term)
    unit = measure.term
    if text[end:end + 1] in ("/", "／") and (per := _unit_at(text, end + 1)):
        unit, end = f"{unit}/{per}", end + 1 + len(per)
    elif (so_many := _PER_SO_MANY.match(text, end)) is not None:  # 64mg/100ml
        unit, end = unit + so_many[0], so_many.end()
    if measure.kind == "time" and text.startswith(("多", "余"), end):
        end, approximate = end + 1, True
    elif measure.term in ("天", "年", "个月") and text.startswith("半", end) and number is not None:  # 五天半
        end, number = end + 1, number + 0.5
    of = None
    if measure.kind == "count":
        if match := _CLASSIFIED.match(text, end):
            end = match.end()
        noun = noun_after(passage, end)
        of, end = text[end:noun] or None, noun
    end, around = around_after(text, end)
    about = about_before(passage, start)
    recent = measure.kind == "time" and about.strip() == "近"  # 近3年: the last three, but 历时近3年
    if about and (not recent or _LASTED.search(text[max(0, start - 6):start - len(about)])):
        approximate = True
    if of is None and measure.kind != "time":
        before = start - len(about)
        before -= next((len(said) for said in ("达到", "达", "为", "是") if text.endswith(said, 0, before)), 0)
        before -= gap(text, before - 1)
        of = text[noun_before(passage, before):before] or None
    approximate = approximate or around or figure.approximate
    return Annotation("quantity", start, end, QuantityValue(number, unit, of, approximate), f"quantity/{measure.kind}")


def _unit_at(text: str, start: int) -> str | None:
    for measure in _measures().get(text[start:start + 1], ()):
        if measure.kind in ("unit", "time", "people") and text.startswith(measure.term, start):
            return measure.term
    return None


def _medals(passage: Passage, figure: Figure) -> Annotation | None:
    """摘得两金: two gold medals."""
    text, end = passage.text, figure.end
    of = _MEDALS.get(text[end:end + 1])
    if figure.value is None or of is None or not _WON.search(text[max(0, figure.start - 3):figure.start]):
        return None
    return Annotation("quantity", figure.start, end + 1, QuantityValue(plain(figure.value), "枚", of), "quantity/medals")


def _bare_count(passage: Passage, figure: Figure) -> Annotation | None:
    """两行业学院入选: in a headline the word of measure may be lacking."""
    text, end = passage.text, figure.end
    if end > text.find("\n") or figure.value is None or figure.bare or _is_rank(passage, figure):
        return None
    if not passage.begins[end] or _YEAR.fullmatch(text[figure.start:end]) or (figure.spelled and not 2 <= figure.value < 100):
        return None
    noun = noun_after(passage, end)
    if not text[end:noun].endswith(_BARE_HEADS):
        return None
    value = QuantityValue(plain(figure.value), "个", text[end:noun], figure.approximate)
    return Annotation("quantity", figure.start, noun, value, "quantity/bare")
