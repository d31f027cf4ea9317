"""Sums of money, in base units of their currency: 223.10亿元 is 22310000000 CNY.

A leading 约, 近, 超 … is left out of the text and shown as approximate, as are 余, 多, 左右 within it. Of a range (9亿～16亿元,
3—5万元) each end is a sum of its own. A figure without a currency (总投资3.2亿) is a sum only where the word before says so. 千亿元产业
and other bare units of ten are no sums unless something is said to be near or above them (近百亿元).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from yuebao.annotate.figures import DASH, Figure, about_before, around_after, figures_of, gap, plain, value_of
from yuebao.annotate.passage import Passage
from yuebao.annotate.people import Known
from yuebao.lexicon import rows
from yuebao.model import Annotation, MoneyValue

_BEFORE = {"人民币": "CNY", "港币": "HKD", "新台币": "TWD", "￥": "CNY", "¥": "CNY", "$": "USD", "＄": "USD", "€": "EUR", "£": "GBP"}
_BEFORE_WORD = re.compile(f"(?:{'|'.join(map(re.escape, sorted(_BEFORE, key=len, reverse=True)))})[ ]?$")
# 元 of these is no money: 元旦, 元宵, 5月, 三元桥
_NOT_YUAN = "旦宵月素件首勋老帅宝谋阳氏"
_ONE = r"(?:\d|[一二两三四五六七八九壹贰叁肆伍陆柒捌玖])"
_TENTHS = re.compile(rf"(?P<jiao>{_ONE})[角毛](?:(?P<fen>{_ONE})分)?|(?P<only_fen>\d{{1,2}}|{_ONE})分(?!钟|之)")
_SUM_WORDS = re.compile(
    "(?:投资|投资额|资金|产值|收入|营收|金额|交易额|销售额|成交额|融资额|贷款|捐款|税收|税额|利润|增加值|总额|余额|授信|补贴|补助)"
    "(?:约|近|超|超过|达|达到|为|逾|突破|共)?[ ]?$")
_TEN_THOUSANDS = re.compile("[万亿]")
_SCALE_END = re.compile("[百千万亿]+$")


@dataclass(frozen=True, slots=True)
class _Currency:
    term: str
    code: str


@cache
def _currencies() -> dict[str, tuple[_Currency, ...]]:
    """The currencies by their first character, the longest first."""
    by_first: dict[str, list[_Currency]] = {}
    for row in sorted(rows("currencies"), key=lambda r: (-len(r["term"]), r["term"])):
        by_first.setdefault(row["term"][0], []).append(_Currency(row["term"], row["code"]))
    return {first: tuple(currencies) for first, currencies in by_first.items()}


def annotate_money(passage: Passage, known: Known) -> list[Annotation]:
    """Every sum of the passage, in order, none overlapping."""
    del known
    found: list[Annotation] = []
    figures = figures_of(passage)
    if not figures:
        return []
    currencies = [_currency_at(passage.text, figure) for figure in figures]
    past = 0
    for figure, currency, following, its_currency in zip(figures, currencies, [*figures[1:], None], [*currencies[1:], None], strict=True):
        if figure.start < past or figure.start in passage.titled:
            continue
        made_of_two = _range(passage, figure, following, its_currency) if following and its_currency else []
        for made in made_of_two or _single(passage, figure, currency):
            found.append(made)
            past = made.end
    return found


def _single(passage: Passage, figure: Figure, currency: _Currency | None) -> list[Annotation]:
    text = passage.text
    if currency is None:
        return _without_currency(passage, figure)
    start, end = figure.start, figure.end + gap(text, figure.end) + len(currency.term)
    if (figure.bare and not about_before(passage, start)) or _is_word(text, figure, currency, end):
        return []
    value = figure.value
    if currency.code == "CNY" and value is not None and (tenths := _TENTHS.match(text, end)):
        value, end = value + _cents(tenths) / 100, tenths.end()
    return [_sum(passage, start, end, value, _code(text, start, currency.code), figure.approximate)]


def _range(passage: Passage, first: Figure, last: Figure, currency: _Currency) -> list[Annotation]:
    """9亿～16亿元, 3—5万元: the two ends; the unit of ten that only the second has is of both where the first is smaller."""
    text = passage.text
    if not 0 < last.start - first.end <= 6 or first.value is None or last.value is None:
        return []
    between = text[first.end:last.start]
    own = currency.term if between.startswith(currency.term) else ""  # 100元至150元
    if not (DASH.fullmatch(between[len(own):]) or between[len(own):] == "到"):
        return []
    value = first.value if own else _in_scale_of(text[first.start:first.end], first.value, text[last.start:last.end], last.value)
    if value >= last.value:
        return []
    code = _code(text, first.start, currency.code)
    end = last.end + gap(text, last.end) + len(currency.term)
    return [
        _sum(passage, first.start, first.end + len(own), value, code, True), _sum(passage, last.start, end, last.value, code, True),
    ]


def _in_scale_of(written: str, value: Decimal, last: str, last_value: Decimal) -> Decimal:
    """3—5万: 3 is 30000; 一千到两千万: 一千 is ten million; 9亿～16亿: as it is."""
    scale = _SCALE_END.search(last)
    if scale is None or _TEN_THOUSANDS.search(written):
        return value
    whole, myriads = value_of(scale[0]) or Decimal(1), value_of(scale[0].lstrip("百千")) or Decimal(1)
    if value * whole < last_value:
        return value * whole
    return value * myriads if value * myriads < last_value else value


def _without_currency(passage: Passage, figure: Figure) -> list[Annotation]:
    """总投资3.2亿: the word before says that it is money, and nothing after that it is not."""
    text, start, end = passage.text, figure.start, figure.end
    if figure.value is None or figure.bare or not _TEN_THOUSANDS.search(text[start:end]):
        return []
    if not _SUM_WORDS.search(text[max(0, start - 6):start]):
        return []
    if end < len(text) and text[end] not in "，。；、：！？）) \n以左":
        return []
    return [_sum(passage, start, end, figure.value, "CNY", figure.approximate)]


def _currency_at(text: str, figure: Figure) -> _Currency | None:
    start = figure.end + gap(text, figure.end)
    for currency in _currencies().get(text[start:start + 1], ()):
        if text.startswith(currency.term, start):
            return currency
    return None


def _is_word(text: str, figure: Figure, currency: _Currency, end: int) -> bool:
    """元旦, 三元桥: no money."""
    after = text[end:end + 1]
    written = text[figure.start:figure.end]
    if currency.term in ("元", "圆"):
        single = len(written) == 1 and written in "一二三四五六七八九" and not _TENTHS.match(text, end)
        return (bool(after) and after in _NOT_YUAN) or single
    return False


def _cents(tenths: re.Match[str]) -> Decimal:
    def number(name: str) -> Decimal:
        return (value_of(tenths[name]) if tenths[name] else None) or Decimal(0)

    return number("jiao") * 10 + number("fen") + number("only_fen")


def _code(text: str, start: int, code: str) -> str:
    """The code by what stands before the figure (港币3000元), else the one given."""
    match = _BEFORE_WORD.search(text[max(0, start - 5):start])
    return _BEFORE[match[0].strip()] if match and code == "CNY" else code


def _sum(passage: Passage, start: int, end: int, value: Decimal | None, code: str, approximate: bool) -> Annotation:
    end, around = around_after(passage.text, end)
    approximate = approximate or around or bool(about_before(passage, start))
    return Annotation("money", start, end, MoneyValue(plain(value), code, approximate), "money/figure")
