"""X: one issue against those before it. The earlier issues are handed in; nothing of them is kept. All doubts show both passages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from yuebao.model import Issue, Item, Related
from yuebao.proof.reading import LONGEST, Reading, pieces_of, source_place
from yuebao.proof.rule import Doubt, issue_rule
from yuebao.text import chinese_number, squeeze


@dataclass(frozen=True, slots=True)
class Said:
    """Something that an item says of itself: where, and its value. `of`: the issue's year and month as words, None for this issue."""

    item: Item
    start: int
    end: int
    value: Decimal
    of: str | None

    @property
    def text(self) -> str:
        return self.item.text[self.start:self.end]


def _issues(reading: Reading) -> Iterator[tuple[Issue, str | None]]:
    """The earlier issues in order of time, and this one last."""
    here = reading.issue.masthead
    earlier = [i for i in reading.earlier if i.masthead.title == here.title and _when(i) < _when(reading.issue)]
    for issue in sorted(earlier, key=_when):
        yield issue, f"{issue.masthead.year}年{issue.masthead.month}月"
    yield reading.issue, None


def _when(issue: Issue) -> tuple[int, int]:
    return issue.masthead.year or 0, issue.masthead.month or 0


def _related(reading: Reading, said: Said) -> Related:
    """The other passage. Of an earlier issue the item's number is not this issue's, so only the words are given."""
    if said.of is None:
        return reading.item_related(said.item, said.start, said.end)
    return Related(None, None, None, f"{said.of}：{said.text}", None, None)


# The project's name goes back to the last mark or verb; the sum stands in the same sentence, as 总投资.
PROJECT_SUM = re.compile(
    r"(?P<name>[\u4e00-\u9fff·]{0,24}项目)(?P<between>[^。；\n]{0,60}?)总投资(?:额)?(?:为|约|达)?(?P<sum>\d+(?:\.\d+)?)(?P<scale>[万亿])元")
NAME_BEGINS = re.compile(
    r".*(?:建设的?|实施的?|推进|签约|落户|开工|察看了?|调研了?|来到|走进|位于|举行|[的在了由与和对到将])(?=[\u4e00-\u9fff]{4,}项目$)")
PROJECT = re.compile("[\u4e00-\u9fff·]{4,24}?项目")
LEAST_NAME = 6  # characters of a name that is a project's own
MANY = re.compile("^(?:现场|集中|此次|本次|该|这些|全部|重大|重点|签约|开工|所有|新建|续建|各类|系列)|[个批]项目$")
OTHER_SUM = re.compile(r"\d[\d.]*[万亿]元|^\d+个|项目")
SCALES = {"万": 10_000, "亿": 100_000_000}


@issue_rule(
    "X001", "同一项目的总投资前后不一", "A project's sum differs", "note",
    reason="同一项目在各条、各期所记的总投资不同而未说明，请核。",
    wrong="条目：轴承产业园开工 5月8日，云陵轴承产业园项目开工，总投资22亿元。\n"
          "条目：市长调研 5月9日，云陵轴承产业园项目推进会召开，总投资22.6亿元。",
    right="条目：轴承产业园开工 5月8日，云陵轴承产业园项目开工，总投资22亿元。\n"
          "条目：市长调研 5月9日，云陵轴承产业园项目推进会召开，总投资22亿元。",
    source="前后文、前后期一致", looks_beyond=True)
def project_sum(reading: Reading) -> Iterator[Doubt]:
    seen: dict[str, Said] = {}
    for issue, of in _issues(reading):
        for item in issue.items():
            for name, said in _sums(item, of):
                before = seen.setdefault(name, said)
                if of is None and before.value != said.value:
                    yield Doubt(
                        said.text, f"“{name}”的总投资，{before.of or '本期另一处'}作“{before.text}”，请核",
                        item.number, said.start, said.end, states_fact=True, related=(_related(reading, before),))
                seen[name] = said


def _sums(item: Item, of: str | None) -> Iterator[tuple[str, Said]]:
    headline = PROJECT.search(item.headline or "")
    for match in PROJECT_SUM.finditer(item.text) if "总投资" in item.text else ():
        name = NAME_BEGINS.sub("", match["name"])
        if name in ("项目", "该项目", "此项目") and headline:
            name = NAME_BEGINS.sub("", headline[0])
        if len(name) >= LEAST_NAME and not MANY.search(name) and not OTHER_SUM.search(match["between"]):
            yield name, Said(item, match.start("sum"), match.end(), Decimal(match["sum"]) * SCALES[match["scale"]], of)


SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
WHO_CAME = re.compile("(?:出席|参加|列席|陪同|主持)[^，]{0,8}。?$")  # who was there is said in the same words again and again
LEAST_REPEATED = 40  # characters without white space: shorter sentences recur by their nature


@issue_rule(
    "X002", "同一段文字刊出两次", "The same text twice", "warning",
    reason="整句相同的长句在两条或两期里出现，可能重复编发。",
    wrong="条目：甲县农洽会开幕 5月8日，来自全省各地的一百二十家企业带着三百余种农产品参加展示，现场签约项目金额创下历届农洽会新高。\n"
          "条目：农洽会签约创新高 5月8日，来自全省各地的一百二十家企业带着三百余种农产品参加展示，现场签约项目金额创下历届农洽会新高。",
    right="条目：甲县农洽会开幕 5月8日，来自全省各地的一百二十家企业带着三百余种农产品参加展示，现场签约项目金额创下历届农洽会新高。",
    source="校对惯例：重复刊出", looks_beyond=True)
def same_text(reading: Reading) -> Iterator[Doubt]:
    seen: dict[str, Said] = {}
    for issue, of in _issues(reading):
        for item in issue.items():
            begins = item.entries[0].start if item.entries else 0
            for match in SENTENCE.finditer(item.text, begins):
                plain = squeeze(match[0])
                if len(plain) < LEAST_REPEATED or WHO_CAME.search(plain):
                    continue
                before = seen.setdefault(plain, Said(item, match.start(), match.end(), Decimal(0), of))
                if of is None and before.item is not item:
                    end = min(match.end(), match.start() + LONGEST)
                    place = source_place(pieces_of(item.origin), match.start(), end)
                    where = before.of or f"本期第{before.item.number}条"
                    yield Doubt(
                        item.text[match.start():end], f"与{where}的一句完全相同，请核是否重复编发", item.number, match.start(), end,
                        states_fact=True, source=place, related=(_related(reading, before),))


MEETING = re.compile(r"第([一二三四五六七八九十百\d]{1,4})次(常务会议|常委会会议|主席会议|主任会议|全体会议|党组会议)")
BODY_BEFORE = 14  # characters before the number within which the body is named
BODY = re.compile("(?:[市县区省](?:政府|委|人大常委会|政协)|政府|党组|常委会)")


@issue_rule(
    "X003", "会议次第前后不接", "A numbered meeting skips", "note",
    reason="同一会议的次第应逐次递增；隔了一次或倒退的，请核。",
    wrong="条目：常务会议召开 5月8日，市政府第二次常务会议召开。\n条目：常务会议研究防汛 5月28日，市政府第四次常务会议召开。",
    right="条目：常务会议召开 5月8日，市政府第二次常务会议召开。\n条目：常务会议研究防汛 5月28日，市政府第三次常务会议召开。",
    source="前后期一致", looks_beyond=True)
def meeting_skips(reading: Reading) -> Iterator[Doubt]:
    last: dict[tuple[str, str], Said] = {}
    for issue, of in _issues(reading):
        for item in issue.items():
            for key, said in _meetings(item, of):
                before = last.get(key)
                if of is None and before and said.value not in (before.value, before.value + 1):
                    yield Doubt(
                        said.text, f"此前记到“{before.text}”（{before.of or '本期'}），次第不接，请核", item.number, said.start, said.end,
                        states_fact=True, related=(_related(reading, before),))
                if before is None or said.value > before.value:
                    last[key] = said


def _meetings(item: Item, of: str | None) -> Iterator[tuple[tuple[str, str], Said]]:
    for match in MEETING.finditer(item.text):
        bodies = BODY.findall(item.text, max(0, match.start() - BODY_BEFORE), match.start())
        number = chinese_number(match[1])
        if bodies and number is not None:
            yield (bodies[-1], match[2]), Said(item, *match.span(), Decimal(number), of)


ISSUES_FOR_A_HABIT = 2  # earlier issues, the last ones, that must agree in the order of their columns


@issue_rule(
    "X004", "栏目次序与前几期不同", "Columns in another order than before", "note",
    reason="固定栏目的次序宜各期一致；与前几期不同的，请核是改动还是误排。",
    wrong="前栏：领导动态 经济发展 民生实事\n前栏：领导动态 经济发展 民生实事\n本栏：领导动态 民生实事 经济发展",
    right="前栏：领导动态 经济发展 民生实事\n前栏：领导动态 经济发展 民生实事\n本栏：领导动态 经济发展 社会事业 民生实事",
    source="体例一致", looks_beyond=True)
def order_of_columns(reading: Reading) -> Iterator[Doubt]:
    orders = [[column.title for column in issue.columns if column.title] for issue, _ in _issues(reading)]
    *earlier, here = orders
    last = earlier[-ISSUES_FOR_A_HABIT:]
    shared = set(here).intersection(*last)
    habits = [[title for title in order if title in shared] for order in last]
    now = [title for title in here if title in shared]
    if len(last) < ISSUES_FOR_A_HABIT or any(habit != habits[0] for habit in habits) or now == habits[0]:
        return
    title = next(a for a, b in zip(now, habits[0], strict=True) if a != b)
    place = next((o for column in reading.issue.columns if column.title == title for o in reversed(column.origin)), None)
    yield Doubt(
        title, f"前几期的次序是{'、'.join(habits[0])}，请核", source=(place.source_start, place.source_end) if place else None)


RULES = (project_sum, same_text, meeting_skips, order_of_columns)
