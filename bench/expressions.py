"""How much of jionlp's test cases of a bulletin's kind is read right: calendar expressions and sums of money.

The criterion of the kind is `is_bulletin_date` and `is_bulletin_sum`, applied to the case alone and never to what was found:

- dates: what is asked is one span of whole days, "accurate" or said by 旬 or 半年; the expression is written with digits, Chinese numerals,
  the words 年 月 日 号 旬 季度 半年 年度 and 今 去 明 前 本 上 下 当 that go with them, and signs of range. Left out are the clock, weeks and
  weekdays, lunar days, feasts and seasons, two-digit years, days without 日, digits and signs that are no whole date (1999.08), "so long ago", and what reaches to the present moment.
- sums: digits or Chinese numerals before a word of currency, also as a range or with 约 近 余 多 数. Left out are spoken ways (块, 毛, k, w,
  numbers without a currency), the script of cheques (壹 贰 圆整), 至少 不到 大于 小于 and （含）.

A date is right if exactly one expression is found and its days are those asked. A sum is right if amount, currency and whether it is
approximate are; of a range both ends; where jionlp gives bounds for 3000多 the lower one is asked, where it gives them for 数十亿 no number is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from measure import SHARED, Figure, Measure, Row
from yuebao.annotate import annotate_text
from yuebao.calendar_text import find_dates
from yuebao.lexicon import rows
from yuebao.model import MoneyValue

Case = Any  # a list of strings, numbers and dictionaries, as the tests of jionlp call its functions
CORPUS = SHARED / "corpus"
CHINA = timezone(timedelta(hours=8))
_DATE_SIGNS = re.compile(r"[\d〇零一二两三四五六七八九十年月日号份度上中下旬半季个今去明前本当第至到从自止、，/.~—–－-]+")
_DATE_WORD = re.compile(r"[年月日号旬季]|\d[-/.]\d")
_WHOLE_DATES = re.compile(r"[从自]?(?:\d{4}([-/.])\d{1,2}\1\d{1,2}[至到止]?){1,2}")
_SHORT_YEAR = re.compile(r"(?<![\d〇零一二三四五六七八九])[\d〇零一二三四五六七八九]{2}年")
_DAY_WITHOUT_WORD = re.compile(r"月[\d一二三四五六七八九十]+(?![\d一二三四五六七八九十]*(?:[日号月旬]|[-~—–－至到]|个))")
_SPOKEN_SUM = re.compile("[块毛kKwW壹贰叁肆伍陆柒捌玖拾佰仟萬圆角上下个含]|大于|小于|至少|不到")
_CURRENCIES = sorted((row["term"] for row in rows("currencies")), key=len, reverse=True)


def is_bulletin_date(text: str, asked: dict[str, Any]) -> bool:
    """Whether a case of the time parser is of a bulletin's kind."""
    days = asked["time"]
    if asked["type"] not in ("time_point", "time_span") or not (days[0].endswith("00:00:00") and days[1].endswith("23:59:59")):
        return False
    if asked["definition"] != "accurate" and not re.search("旬|半年", text):
        return False
    written_so = _DATE_SIGNS.fullmatch(text) and _DATE_WORD.search(text)
    if not re.search("[年月日号]", text) and re.search(r"\d[-/.]\d", text) and not _WHOLE_DATES.fullmatch(text):
        return False
    return bool(written_so) and not _SHORT_YEAR.search(text) and not _DAY_WITHOUT_WORD.search(text)


def is_bulletin_sum(text: str) -> bool:
    """Whether an expression of the money parser or extractor is of a bulletin's kind."""
    return not _SPOKEN_SUM.search(text) and any(currency in text for currency in _CURRENCIES)


def date_figures() -> dict[str, Figure]:
    cases = list(_date_cases(CORPUS / "jionlp_test_time_parser.json"))
    return {"jionlp_dates": _share([(text, _reads_date(text, base, days)) for text, base, days in cases])}


def money_figures() -> dict[str, Figure]:
    parsed = [(text, _reads_sum(text, asked)) for text, asked in _cases("money_parser") if is_bulletin_sum(text)]
    sentences = [(text, asked) for text, asked in _cases("money_extractor") if all(is_bulletin_sum(sum_["text"]) for sum_ in asked)]
    return {
        "jionlp_money": _share(parsed),
        "jionlp_money_in_text": _share([(text, _extracts(text, [sum_["text"] for sum_ in asked])) for text, asked in sentences]),
    }


def _share(results: list[tuple[str, bool]]) -> Figure:
    wrong = "、".join(text[:16] for text, right in results if not right)
    return Figure(round(sum(right for _, right in results) / len(results), 4), f"of {len(results)} cases; wrong: {wrong or 'none'}")


def _cases(name: str) -> list[Case]:
    cases: list[Case] = json.loads((CORPUS / f"jionlp_test_{name}.json").read_text(encoding="utf-8"))["cases"]
    return cases


def _date_cases(path: Path) -> Iterator[tuple[str, tuple[int | None, int | None], tuple[str, str]]]:
    """Expression, year and month in which it is said, and the days asked, of every case of a bulletin's kind."""
    for case in _cases(path.stem.removeprefix("jionlp_test_")):
        text, base, asked = next(part for part in case if isinstance(part, str) and part != "@base"), case[-2], case[-1]
        if is_bulletin_date(text, asked):
            yield text, _said_in(base), (asked["time"][0][:10], asked["time"][1][:10])


def _said_in(base: Case) -> tuple[int | None, int | None]:
    if isinstance(base, list):
        return base[0], base[1] if len(base) > 1 else None
    if isinstance(base, dict):
        return base["year"], base.get("month")
    moment = datetime.fromtimestamp(float(base), CHINA)
    return moment.year, moment.month


def _reads_date(text: str, base: tuple[int | None, int | None], days: tuple[str, str]) -> bool:
    return [(found.starts_on, found.ends_on) for found in find_dates(text, *base)] == [days]


def _sums(text: str) -> list[tuple[str, MoneyValue]]:
    return [(text[a.start:a.end], a.value) for a in annotate_text(text, None, None) if isinstance(a.value, MoneyValue)]


def _reads_sum(text: str, asked: dict[str, Any]) -> bool:
    found = [value for _, value in _sums(text)]
    code = next((row["code"] for row in rows("currencies") if row["term"] == asked["case"]), asked["case"])
    if not found or any(value.currency != code or value.approximate != (asked["definition"] != "accurate") for value in found):
        return False
    amounts = [value.amount for value in found]
    if isinstance(asked["num"], str):
        return amounts == [float(asked["num"])]
    bounds = [float(number) for number in asked["num"]]
    return amounts == bounds or amounts == [None] or (amounts == bounds[:1] and re.search("[余多]", text) is not None)


def _extracts(text: str, asked: list[str]) -> bool:
    return [written for written, _ in _sums(text)] == asked


MEASURES = (
    Measure("jionlp_dates", (Row("jionlp_dates", "share"),), date_figures, needs_shared=True),
    Measure("jionlp_money", (Row("jionlp_money", "share"), Row("jionlp_money_in_text", "share")), money_figures, needs_shared=True),
)
