"""C: 目录 against 正文, pages, serial arithmetic. All of it is within the issue or against its neighbours; no rule knows a language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from yuebao.model import Column, ContentsRow, Item, Masthead
from yuebao.proof.reading import CONTEXT, LONGEST, Reading, bare, difference, pieces_of, source_place, widened
from yuebao.proof.rule import Doubt, issue_rule, quoted
from yuebao.text import fold, squeeze

CRAFT = "图书编校质量差错细则：相关文字不一致；校对惯例"

# A 目录 of which less than half stands in the body was not understood (or is a plan, as in daily news), and says nothing against the body.
UNDERSTOOD = 0.5


def rows_without_item(reading: Reading) -> list[ContentsRow]:
    """The rows of the 目录 that no item answers to."""
    matched = set(reading.rows.values())
    return [row for n, row in enumerate(reading.issue.contents) if n not in matched]


def is_understood(reading: Reading) -> bool:
    """Whether the 目录 and the body belong together so far that a missing row means something."""
    rows, items = len(reading.issue.contents), len(reading.issue.items())
    return len(reading.rows) >= UNDERSTOOD * max(rows, items, 1)


@issue_rule(
    "C001", "条题与目录不一致", "Headline differs from the contents", "error",
    reason="同一条目在目录和正文的题目文字不同，必有一误；何者为是请核。",
    wrong="目录：云陵市防汛工作会召开（6）\n条目：云陵市防汛抗旱工作会召开 5月8日，全市防汛抗旱工作会召开。",
    right="目录：云陵市防汛抗旱工作会召开（6）\n条目：云陵市防汛抗旱工作会召开 5月8日，全市防汛抗旱工作会召开。", source=CRAFT)
def headline_wording(reading: Reading) -> Iterator[Doubt]:
    for item in reading.issue.items():
        headline, row = item.headline, item.contents_headline
        if headline is None or row is None or bare(headline) == bare(row):
            continue
        in_row, in_body = difference(row, headline)
        start, end = widened(headline, in_body)
        row_start, row_end = widened(row, in_row)
        # the entries use one of the two wordings and not the other: then that one is the more likely
        entries = squeeze(item.text[len(headline):])
        says_row, says_body = (squeeze(t) in entries for t in (row[row_start:row_end], headline[start:end]))
        proposal = row[row_start:row_end] if says_row and not says_body else None
        leaning = "；正文叙述与目录相同" if says_row and not says_body else "；正文叙述与条题相同" if says_body and not says_row else ""
        related = (reading.row_related(reading.issue.contents[reading.rows[item.number]]),) if item.number in reading.rows else ()
        yield Doubt(
            headline[start:end], f"目录作{quoted(row[row_start:row_end])}，正文条题作{quoted(headline[start:end])}，请核定一种{leaning}",
            item.number, start, end, proposal, severity="note" if _is_another(headline, in_body) else None, states_fact=True,
            related=related)


# A headline and a row that share less than this of the headline were perhaps matched by mistake: a question, not an error.
SHARED_AT_LEAST = 0.34


def _is_another(headline: str, differing: tuple[int, int]) -> bool:
    return len(headline) - (differing[1] - differing[0]) < SHARED_AT_LEAST * len(headline)


@issue_rule(
    "C002", "条题与目录的括号、空格、标点不一致", "Headline differs from the contents in punctuation only", "warning",
    reason="文字相同，只是括号全半角、空格或引号不同，宜以正文为准统一。",
    wrong="目录：招商会(东区站)举行（6）\n条目：招商会（东区站）举行 5月8日，招商会在东区举行。",
    right="目录：招商会（东区站）举行（6）\n条目：招商会（东区站）举行 5月8日，招商会在东区举行。",
    source="GB/T 15834—2011 4.9；体例一致")
def headline_marks(reading: Reading) -> Iterator[Doubt]:
    for item in reading.issue.items():
        headline, row = item.headline, item.contents_headline
        if headline is None or row is None or headline == row or bare(headline) != bare(row):
            continue
        in_row, in_body = difference(row, headline)
        start, end = widened(headline, in_body)
        row_start, row_end = widened(row, in_row)
        if item.number not in reading.rows:
            continue
        printed = reading.issue.contents[reading.rows[item.number]]
        said = f"目录与正文{only_in(row, headline)}不同"
        if unusual(row) < unusual(headline):
            yield Doubt(
                headline[start:end], said, item.number, start, end, row[row_start:row_end], safe=False, touches=in_body, states_fact=True,
                related=(reading.row_related(printed),))
            continue
        yield Doubt(
            row[row_start:row_end], said, item.number, proposal=headline[start:end], safe=squeeze(fold(row)) == squeeze(fold(headline)),
            states_fact=True, source=source_place(pieces_of(printed.origin), row_start, row_end),
            related=(reading.item_related(item, 0, len(headline)),))
    yield from _column_marks(reading)


SPACE_BY_DIGIT = re.compile(r"(?<=\d)\s+|\s+(?=\d)")


def unusual(text: str) -> int:
    """How many half-width marks and spaces beside digits the text has: of two forms that with fewer is the standard one."""
    return sum(c in "(),:;!?-\"'" for c in text) + len(SPACE_BY_DIGIT.findall(text))


def only_in(row: str, headline: str) -> str:
    """What alone two forms differ in, as the message names it; the same words for all that differ alike, so that a report can join them."""
    if SPACE_BY_DIGIT.sub("", row) == SPACE_BY_DIGIT.sub("", headline):
        return "仅数字前后的空格"
    if squeeze(row) == squeeze(headline):
        return "仅空格"
    return "仅标点的全角、半角" if fold(squeeze(row)) == fold(squeeze(headline)) else "仅标点"


def _column_marks(reading: Reading) -> Iterator[Doubt]:
    for column in _columns(reading.issue.columns):
        if column.title is not None and column.contents_title is not None and bare(column.contents_title) == bare(column.title):
            yield Doubt(
                column.contents_title, f"栏目名目录与正文{only_in(column.contents_title, column.title)}不同",
                proposal=column.title, safe=squeeze(fold(column.contents_title)) == squeeze(fold(column.title)),
                source=_column_place(column, first=True))


def _columns(columns: Sequence[Column]) -> Iterator[Column]:
    for column in columns:
        yield column
        yield from _columns(column.columns)


def _column_place(column: Column, *, first: bool) -> tuple[int, int] | None:
    """Where a column's row (the first in the source) or heading (the last) stands."""
    places = sorted((o.source_start, o.source_end) for o in column.origin)
    return (places[0] if first else places[-1]) if places else None


@issue_rule(
    "C003", "目录页码次序有误", "Page of the contents out of order", "error",
    reason="目录页码应与正文顺序一致，只增不减。",
    wrong="目录：甲县防汛会召开（6）\n目录：乙县春耕现场会举行（9）\n目录：丙县运动会开幕（7）\n目录：丁县图书馆开馆（9）",
    right="目录：甲县防汛会召开（6）\n目录：乙县春耕现场会举行（7）\n目录：丙县运动会开幕（7）\n目录：丁县图书馆开馆（9）",
    source=CRAFT)
def page_order(reading: Reading) -> Iterator[Doubt]:
    rows = [row for row in reading.issue.contents if row.page is not None]
    pages = [row.page or 0 for row in rows]
    kept = _rising(pages)
    items = {index: number for number, index in reading.rows.items()}
    for n, row in enumerate(rows):
        if n in kept:
            continue
        low = max((pages[k] for k in kept if k < n), default=None)
        high = min((pages[k] for k in kept if k > n), default=None)
        if low is None:
            wanted = f"不大于{high}"
        elif high is None:
            wanted = f"不小于{low}"
        else:
            wanted = f"{low}" if low == high else f"{low}至{high}"
        choice = range(low, high + 1) if low is not None and high is not None and high - low <= PAGES_TO_CHOOSE else ()
        doubt = reading.row_doubt(
            row, f"目录页码（{row.page}）与前后次序不合，应{'为' if len(choice) == 1 else '在'}{wanted}页，请核",
            proposal="页码" + "或".join(f"（{page}）" for page in choice) if choice else None, page=row.page)
        index = reading.issue.contents.index(row)
        # the row's words stand in the 目录, so there is no span in the item; the item's number says which it is
        yield doubt if index not in items else replace(doubt, item=items[index])
    yield from _leaps(reading, {id(rows[n]) for n in kept})


# A page holds some 650 characters, seldom less than a third of that; a plate or two of pictures may stand between two items.
FEWEST_A_PAGE, PLATES = 220, 5


def _leaps(reading: Reading, kept: set[int]) -> Iterator[Doubt]:
    """Pages further on than the text in between can fill: (370) for (37)."""
    before: tuple[int, int] | None = None  # page, characters so far
    characters = 0
    for item in reading.issue.items():
        row = reading.issue.contents[reading.rows[item.number]] if item.number in reading.rows else None
        if row is not None and row.page is not None and id(row) in kept:
            if before is not None and row.page - before[0] > (characters - before[1]) / FEWEST_A_PAGE + PLATES:
                doubt = reading.row_doubt(
                    row, f"目录页码（{row.page}）与前一条（{before[0]}）相隔过远，中间文字排不满，请核", page=row.page, severity="warning")
                yield replace(doubt, item=item.number)
            before = row.page, characters
        characters += len(item.text)


PAGES_TO_CHOOSE = 2  # the pages between which the right one lies are named when they are so few


NEAR_ROWS = 200  # no run of wrong pages is longer, and a 目录 of 10,000 rows must not take a minute


def _rising(pages: Sequence[int]) -> set[int]:
    """The indices of a longest run of pages that never falls; where there are several, that which rises most evenly (least jump)."""
    best: list[tuple[int, int, int | None]] = []  # length, −largest jump squared summed, predecessor
    for n, page in enumerate(pages):
        near = range(max(0, n - NEAR_ROWS), n)
        choices = [(best[k][0] + 1, best[k][1] - (page - pages[k]) ** 2, k) for k in near if pages[k] <= page]
        best.append(max(choices, key=lambda c: (c[0], c[1], c[2]), default=(1, 0, None)))
    kept: set[int] = set()
    at: int | None = max(range(len(best)), key=lambda n: best[n][:2], default=None)
    while at is not None:
        kept.add(at)
        at = best[at][2]
    return kept


@issue_rule(
    "C004", "目录与正文的条目、栏目不对应", "Contents and body do not correspond", "error",
    reason="目录所列应与正文逐条对应，次序、栏目名也应一致。",
    wrong="目录：甲县防汛会召开（6）\n目录：丙县运动会开幕（7）\n条目：甲县防汛会召开 5月8日，会议召开。\n"
          "条目：乙县春耕现场会举行 5月9日，现场会举行。\n条目：丙县运动会开幕 5月9日，运动会开幕。",
    right="目录：甲县防汛会召开（6）\n目录：乙县春耕现场会举行（6）\n条目：甲县防汛会召开 5月8日，会议召开。\n"
          "条目：乙县春耕现场会举行 5月9日，现场会举行。", source=CRAFT)
def correspondence(reading: Reading) -> Iterator[Doubt]:
    yield from _column_names(reading)
    yield from _columns_without_body(reading)
    if not reading.issue.contents or not is_understood(reading):
        return
    for row in rows_without_item(reading):
        yield reading.row_doubt(row, "目录有此条，正文未见，请核")
    for item in reading.issue.items():
        if item.headline is not None and item.number not in reading.rows:
            end = min(len(item.headline), 60)
            yield Doubt(item.headline[:end], "正文有此条，目录未列，请核", item.number, 0, end, states_fact=True)
    yield from _item_order(reading)


def _item_order(reading: Reading) -> Iterator[Doubt]:
    matched = [(item, reading.rows[item.number]) for item in reading.issue.items() if item.number in reading.rows]
    kept = _rising([row for _, row in matched])
    for n, (item, index) in enumerate(matched):
        if n not in kept and item.headline is not None:
            end = min(len(item.headline), 60)
            yield Doubt(
                item.headline[:end], "正文中的次序与目录不同，请核", item.number, 0, end, states_fact=True,
                related=(reading.row_related(reading.issue.contents[index]),))


def _column_names(reading: Reading) -> Iterator[Doubt]:
    for column in _columns(reading.issue.columns):
        if column.title is not None and column.contents_title is not None and bare(column.contents_title) != bare(column.title):
            yield Doubt(
                column.title, f"栏目名目录作{quoted(column.contents_title)}，正文作{quoted(column.title)}，请核定一种",
                source=_column_place(column, first=False))


AT_THE_WRAP = "doubled at the wrap"  # what structure gives as the reason where it left out such a character


@issue_rule(
    "C006", "目录换行处文字重复", "Character doubled where a row of the contents wraps", "error",
    reason="目录一行排不下而换行时，行末的字在下一行又排了一次。", wrong="目录：全市防汛工作会召开（6）\n换行：6 议",
    right="目录：全市防汛工作会召开（6）", source="校对惯例：行末重字")
def doubled_at_wrap(reading: Reading) -> Iterator[Doubt]:
    items = {index: number for number, index in reading.rows.items()}
    for dropped in reading.issue.dropped:
        if dropped.reason != AT_THE_WRAP:
            continue
        for index, row in enumerate(reading.issue.contents):
            at = next((o.end for o in row.origin if o.end is not None and 0 <= dropped.source_start - o.source_end <= 8), None)
            if at is not None and at < len(row.title):
                doubled = row.title[max(0, at - (dropped.source_end - dropped.source_start)):at]
                before, after = row.title[max(0, at - CONTEXT):at], row.title[at:at + CONTEXT]
                yield Doubt(
                    before + doubled + after, f"目录换行处{quoted(doubled)}重复", items.get(index), proposal=before + after, page=row.page,
                    source=(dropped.source_start, dropped.source_end))
                break


NO_SUCH_COLUMN = "S011"  # structure's code for a column of the contents that the body lacks


def _columns_without_body(reading: Reading) -> Iterator[Doubt]:
    for problem in reading.issue.problems:
        if problem.code == NO_SUCH_COLUMN and reading.source and problem.source_start is not None and problem.source_end is not None:
            end = min(problem.source_end, problem.source_start + LONGEST)
            yield Doubt(
                reading.source.text[problem.source_start:end], "目录有此栏目，正文未见，请核", source=(problem.source_start, end))


@issue_rule(
    "C005", "期号、总期号、日期推算不合", "Issue numbers or dates do not add up", "error",
    reason="年月、期号、总期号和编印日期应能互相推算，并与前后各期连续。",
    wrong="封面：2024-05 5 总220\n前期：2024-04 4 总218\n前期：2024-03 3 总217",
    right="封面：2024-05 5 总219\n前期：2024-04 4 总218\n前期：2024-03 3 总217", source="校对惯例；合刊、停刊除外", looks_beyond=True)
def serial_arithmetic(reading: Reading) -> Iterator[Doubt]:
    masthead = reading.issue.masthead
    yield from _number_and_month(reading, masthead)
    yield from _publication_date(reading, masthead)
    yield from _serial_in_run(reading, masthead)
    yield from _month_of_entries(reading, masthead)


def _number_and_month(reading: Reading, masthead: Masthead) -> Iterator[Doubt]:
    if masthead.month is not None and not 1 <= masthead.month <= 12:
        yield Doubt(f"{masthead.month}月", "封面月份不在1至12之间，请核")
        return
    if masthead.month is None or masthead.number is None or masthead.month == masthead.number:
        return
    # a monthly counts its numbers by the month; that this one does is known only from its neighbours
    usual = [m for m in _neighbours(reading) if m.month is not None and m.month == m.number]
    text = f"{masthead.month}月，第{masthead.number}期"
    yield Doubt(
        text, "期号与月份不同，请核（合刊、增刊除外）", severity="error" if len(usual) >= 2 else "note",
        source=reading.cover_place(masthead.number))


def _publication_date(reading: Reading, masthead: Masthead) -> Iterator[Doubt]:
    if masthead.published_on is None or masthead.year is None or masthead.month is None or not 1 <= masthead.month <= 12:
        return
    try:
        day = date.fromisoformat(masthead.published_on)
    except ValueError:
        yield Doubt(masthead.published_on, "编印日期不是有效日期，请核")
        return
    if day < date(masthead.year, masthead.month, 1):
        yield Doubt(
            masthead.published_on, f"编印日期早于本期所记的{masthead.year}年{masthead.month}月，请核",
            source=reading.cover_place(day.year, day.month, day.day))


def _neighbours(reading: Reading) -> list[Masthead]:
    """The mastheads of the run that are of this series and not this issue."""
    here = reading.issue.masthead
    same = [m for m in reading.run if m.title == here.title and (m.year, m.month, m.number) != (here.year, here.month, here.number)]
    return list(dict.fromkeys(same))


def _ordinal(masthead: Masthead) -> int | None:
    """The issue's place in an unbroken run of monthlies, counted in months."""
    month = masthead.month or masthead.number
    return None if masthead.year is None or month is None else masthead.year * 12 + month


def _serial_in_run(reading: Reading, masthead: Masthead) -> Iterator[Doubt]:
    """The serial number less the months is the same in the whole run; what the others agree on is taken for right.

    With one neighbour only it is not known which of the two is wrong: a warning."""
    here = _ordinal(masthead)
    if here is None or masthead.serial_number is None:
        return
    offsets = Counter(
        m.serial_number - ordinal for m in _neighbours(reading) if m.serial_number is not None and (ordinal := _ordinal(m)) is not None)
    if not offsets or (masthead.serial_number - here) in {o for o, n in offsets.items() if n == max(offsets.values())}:
        return
    (offset, votes), *_ = offsets.most_common()
    others = sum(offsets.values()) - votes
    right = here + offset
    yield Doubt(
        f"总第{masthead.serial_number}期", f"按前后各期推算，本期应为总第{right}期（{votes}期据此），请核",
        proposal=f"总第{right}期" if votes > 1 and not others else None,
        severity="error" if votes > 1 and votes > others + 1 else "warning",
        source=reading.cover_place(masthead.serial_number))


# With fewer dated entries than this, or a smaller share of them in one other month, the entries do not accuse the cover.
ENTRIES_TO_ACCUSE, SHARE_TO_ACCUSE = 8, 0.8


def _month_of_entries(reading: Reading, masthead: Masthead) -> Iterator[Doubt]:
    months = entry_months(reading.issue.items())
    if masthead.year is None or masthead.month is None or sum(months.values()) < ENTRIES_TO_ACCUSE:
        return
    (month, count), = months.most_common(1)
    if month != (masthead.year, masthead.month) and count >= SHARE_TO_ACCUSE * sum(months.values()):
        yield Doubt(
            f"{masthead.year}年{masthead.month}月",
            f"封面作{masthead.year}年{masthead.month}月，而条目多记{month[0]}年{month[1]}月的事，请核",
            severity="warning", source=reading.cover_place(masthead.year, masthead.month))


def entry_months(items: Sequence[Item]) -> Counter[tuple[int, int]]:
    """How many entries begin in each (year, month)."""
    starts = [e.date.starts_on for item in items for e in item.entries if e.date]
    return Counter((int(s[:4]), int(s[5:7])) for s in starts)


RULES = (headline_wording, headline_marks, page_order, correspondence, serial_arithmetic, doubled_at_wrap)
