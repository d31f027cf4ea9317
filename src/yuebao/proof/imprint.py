"""C, K: what a bulletin prints of itself: imprint against the last issue's, quotation, its own name; and what it may not print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from yuebao.model import Masthead
from yuebao.proof.reading import Reading
from yuebao.proof.rule import Doubt, issue_rule

# the values that stay the same for years, in the words of the imprint
LASTING = {
    "supervisor": "主管", "sponsor": "主办", "publisher": "编印单位", "editors": "编辑人员", "address": "地址", "phone": "电话",
    "email": "邮箱",
    "permit_number": "准印证号",
}


@issue_rule(
    "C007", "封面、版权页与上期不同", "Imprint differs from the last issue's", "note",
    reason="主管、主办、编辑人员、地址等与上期不同的，请核是改动还是误排。",
    wrong="封面：2024-05 5 总219 云陵市史志办\n前期：2024-04 4 总218 云陵市史志馆",
    right="封面：2024-05 5 总219 云陵市史志馆\n前期：2024-04 4 总218 云陵市史志馆", source="校对惯例：版权页", looks_beyond=True)
def imprint_changed(reading: Reading) -> Iterator[Doubt]:
    here = reading.issue.masthead
    before = [m for m in reading.run if m.title == here.title and _when(m) < _when(here)]
    if not before:
        return
    last = max(before, key=_when)
    for name, words in LASTING.items():
        now, then = _shown(getattr(here, name)), _shown(getattr(last, name))
        if now and then and now != then:
            place = reading.cover_place(now) if isinstance(getattr(here, name), str) else None
            yield Doubt(now, f"{words}与上期不同，上期作“{then}”，请核", source=place)


def _when(masthead: Masthead) -> tuple[int, int]:
    return masthead.year or 0, masthead.month or masthead.number or 0


def _shown(value: object) -> str:
    """The value as words: people as role and name, in the order printed."""
    if isinstance(value, tuple):
        return "，".join(f"{person.role} {person.name}" for person in value)
    return str(value or "")


@issue_rule(
    "C008", "卷首引语的日期晚于本期", "Epigraph of a later day than the issue", "warning",
    reason="卷首引语引的是已经发表的话，日期不会晚于本期所记的月份。", wrong="封面：2024-05 5 总219\n引语：2024-08-01",
    right="封面：2024-05 5 总219\n引语：2024-04-01", source="历法；引文核对")
def epigraph_date(reading: Reading) -> Iterator[Doubt]:
    masthead, epigraph = reading.issue.masthead, reading.issue.epigraph
    if epigraph is None or epigraph.said_on is None or masthead.year is None or masthead.month is None:
        return
    try:
        day = date.fromisoformat(epigraph.said_on)
    except ValueError:
        return
    # what is printed appears some weeks after the month that it records
    if (day.year - masthead.year) * 12 + day.month - masthead.month > 1:
        yield Doubt(epigraph.said_on, f"卷首引语注为{day.year}年{day.month}月{day.day}日，晚于本期，请核")


OWN_NAME = re.compile("本[刊报](?:讯|记者|编辑部|评论员|通讯员|消息)")


@issue_rule(
    "C036", "内部资料自称本刊、本报", "An internal bulletin that calls itself a journal", "warning",
    reason="内部资料性出版物不得使用“本刊”“本报”“记者”等称谓，宜作“本资料”或删去。",
    wrong="标识：内部资料\n条目：甲县会议召开 5月8日，会议召开。本刊讯。", right="标识：内部资料\n条目：甲县会议召开 5月8日，会议召开。",
    source="内部资料性出版物管理办法")
def own_name(reading: Reading) -> Iterator[Doubt]:
    masthead = reading.issue.masthead
    if not masthead.permit_number and "内部资料" not in (masthead.notice or ""):
        return
    for passage in reading.passages:
        for match in OWN_NAME.finditer(passage.text):
            yield passage.doubt(*match.span(), "内部资料不自称“本刊”“本报”，宜删去或改称“本资料”")


# A grade with its star, after 密级, or as a line by itself, as the heads of papers have it. What stands in quotation marks speaks of a mark
# and is none (试卷上印有“绝密★启用前”); 商业秘密, 国家秘密 within a sentence are words.
_GRADE = "(?:绝[ \u3000]{0,4}密|机[ \u3000]{0,4}密|秘[ \u3000]{0,4}密)"
SECRET = re.compile(
    rf"(?<![“‘「《]){_GRADE}[ \u3000]*[★☆]|(?<![\w“‘「《])密[ \u3000]{{0,4}}级[ \u3000]*[:：][ \u3000]*{_GRADE}(?![、，])|"
    rf"^[ \t\u3000]*(?:[【\[（(]{_GRADE}级?[】\]）)]|{_GRADE}级?(?:[*＊·][ \u3000]*(?:\d{{1,2}}年|长期))?(?=[ \t\u3000]*$))", re.MULTILINE)
IDENTITY = re.compile(r"(?=\d)(?<!\d)(?:\d{6}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx]|1[3-9]\d{9})(?![\dXx])")


STOP = "文稿带有密级标志，请停止处理并报保密审查"


def classified_mark(text: str) -> str | None:
    """The first mark of a grade of secrecy in a text, as printed; None where it bears none."""
    found = SECRET.search(text)
    return found[0].strip() if found else None


@issue_rule(
    "K001", "密级标志或个人号码", "Grade of secrecy or a personal number", "error",
    reason="带密级的文稿不得在本机处理；身份证号、手机号不应刊出。", wrong="条目：甲县会议召开 5月8日，会议召开，联系人手机13912345678。",
    right="条目：甲县会议召开 5月8日，会议召开，联系人见附页。",
    source="保守国家秘密法；个人信息保护法")
def not_to_be_printed(reading: Reading) -> Iterator[Doubt]:
    marks = [(passage, match) for passage in reading.passages for match in SECRET.finditer(passage.text)]
    for passage, match in marks:
        yield passage.doubt(*match.span(), STOP)
    # on the cover, or wherever it belongs to no item
    outside = SECRET.search(reading.source.text) if reading.source and not marks else None
    if outside:
        yield Doubt(outside[0], STOP, source=outside.span())
    for passage in reading.passages:
        for match in IDENTITY.finditer(passage.text):
            yield passage.doubt(*match.span(), "疑为身份证号或手机号，不应刊出")


RULES = (imprint_changed, epigraph_date, own_name, not_to_be_printed)
