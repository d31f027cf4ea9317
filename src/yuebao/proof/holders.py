"""N: who holds which office, and who is named first. What is known comes as evidence; without it only the issue's own lists speak.

The most delicate doubts of all: each names its basis and asks. Across the four bodies of leaders only the office's own list has an order.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from yuebao.proof.evidence import Holding
from yuebao.proof.names import Mention, mentions, office_place
from yuebao.proof.reading import Reading
from yuebao.proof.rule import Doubt, issue_rule

# an office that one person holds at a time; 副市长, 常委, 委员 are held by several
OF_ONE = re.compile("(?<![副理])(?:[省市州县区镇乡局厅院校]长|书记|主任|主席|部长|检察长|秘书长)$")
OF_SEVERAL = re.compile("副|常委|委员|成员|[一二三四]级|办公厅?室?主任")
ATTESTED_OFTEN = 3  # times that print must have named the other; less may have been a slip itself


@issue_rule(
    "N002", "职务与任免表或此前记载不合", "Office held by another on that day", "warning", looks_beyond=True,
    reason="任免表载明当日不任此职，或此职另有人任；仅据各期见载的，只作存疑。",
    wrong="任免：何令仪 副市长 2024-01-05 2024-04-30\n人物：何令仪 副市长",
    right="任免：何令仪 副市长 2024-01-05 -\n人物：何令仪 副市长",
    source="任免表；见载起止")
def held_by_another(reading: Reading) -> Iterator[Doubt]:
    said: set[tuple[str, str]] = set()
    for mention in mentions(reading) if reading.evidence.holdings else ():
        day = _day(reading, mention)
        for office in mention.offices:
            post = reading.evidence.post_of.get(office)
            if post is None or day is None or (post, mention.name) in said:
                continue
            if found := _against(reading.evidence.holdings_of.get(post, ()), mention.name, day, is_of_one=_is_of_one(post)):
                said.add((post, mention.name))
                start, end = office_place(mention, office)
                words, holding = found
                yield Doubt(
                    mention.item.text[start:end], f"{mention.name}此处作“{office}”，{words}（{holding.basis}），请核",
                    mention.item.number, start, end, severity="warning" if holding.is_appointed else "note", states_fact=True)


def _day(reading: Reading, mention: Mention) -> str | None:
    """The day of which the entry around a mention speaks; that of the issue where the entry has none."""
    entry = next((e for e in mention.item.entries if e.start <= mention.start < e.end), None)
    if entry and entry.date:
        return entry.date.starts_on
    return reading.passages[0].date


def _is_of_one(post: str) -> bool:
    return OF_ONE.search(post) is not None and OF_SEVERAL.search(post) is None


def _against(holdings: Sequence[Holding], name: str, day: str, *, is_of_one: bool) -> tuple[str, Holding] | None:
    """What speaks against the person holding the post on that day, and its basis; what is appointed goes before what is attested."""
    appointed = [h for h in holdings if h.is_appointed]
    own = [h for h in appointed if h.person == name]
    if any((h.since is None or h.since <= day) and (h.until is None or day <= h.until) for h in own):
        return None
    for holding in own:
        if holding.until is not None and holding.until < day:
            return f"任免表记{holding.until}已免", holding
        if holding.since is not None and holding.since > day:
            return f"任免表记{holding.since}起任", holding
    if not is_of_one:
        return None
    for holding in appointed:
        if holding.since is not None and holding.since <= day and (holding.until is None or day < holding.until):
            return f"任免表记由{holding.person}担任", holding
    return None if appointed else _attested_of_another(holdings, name, day[:7])


def _attested_of_another(holdings: Sequence[Holding], name: str, month: str) -> tuple[str, Holding] | None:
    """Another whom print has named in the post until lately, where the person was never so named before this month."""
    if any(h.person == name and h.since is not None and h.since[:7] < month for h in holdings):
        return None
    others = [h for h in holdings if h.person != name and h.since is not None and h.since[:7] < month and h.times >= ATTESTED_OFTEN]
    last = max(others, key=lambda h: h.until or "", default=None)
    return None if last is None else (f"此前见载的是{last.person}", last)


# The four bodies of leaders, and the sign of each in an office: nobody is ranked across them.
BODIES = (
    re.compile("人大|人民代表大会"), re.compile("政协"), re.compile("委(?:常委|副?书记|秘书长|.{2,6}部长|政法委书记)$"),
    re.compile("(?:[省市州盟旗县区](?:副|常务副|代)?长|^(?:常务)?副[市县区]长)$"),
)
LEARNED = 6  # lists that agree, none against, before an order is one


@issue_rule(
    "N006", "领导同志排序与名单或惯例不合", "Order of leaders", "warning", looks_beyond=True,
    reason="几位领导并列时，次序应与本单位名单一致；没有名单的，与本期多数排法不同的存疑。",
    wrong="排序：郑文柏 秦墨之\n并列：副市长秦墨之、郑文柏",
    right="排序：郑文柏 秦墨之\n并列：副市长郑文柏、秦墨之",
    source="领导名单及排序；本期排法")
def order_of_leaders(reading: Reading) -> Iterator[Doubt]:
    lists = [named for item in _by_item(mentions(reading)) for named in _lists(item)]
    place = {name: (n, basis) for n, (name, basis) in enumerate(reading.evidence.order)}
    learned = _learned(lists)
    for one, other in (pair for named in lists for pair in pairwise(named)):
        if one.name in place and other.name in place:
            if place[one.name][0] > place[other.name][0]:
                yield _out_of_order(reading, one, other, f"名单上{other.name}在前（{place[other.name][1]}）", None)
            continue
        against = learned.get((other.name, one.name), [])
        is_alone = len(against) >= LEARNED and len(learned[one.name, other.name]) == 1
        if is_alone and _bodies(one.name, lists) & _bodies(other.name, lists):
            yield _out_of_order(reading, one, other, f"本期另有{len(against)}处{other.name}在前", against[0])


def _by_item(named: Sequence[Mention]) -> list[list[Mention]]:
    items: dict[int, list[Mention]] = {}
    for mention in named:
        items.setdefault(mention.item.number, []).append(mention)
    return list(items.values())


def _lists(named: Sequence[Mention]) -> Iterator[list[Mention]]:
    """The runs of two people and more whom nothing but list marks and their own offices part."""
    run = list(named[:1])
    for before, after in pairwise(named):
        between = after.item.text[before.end:after.start]
        for office in after.offices:
            between = between.replace(office, "", 1)
        if between and not between.strip("、，"):
            run.append(after)
            continue
        if len(run) > 1:
            yield run
        run = [after]
    if len(run) > 1:
        yield run


def _learned(lists: Sequence[Sequence[Mention]]) -> dict[tuple[str, str], list[Mention]]:
    """For each two people, the places of the first in the lists where the one stands before the other."""
    found: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for named in lists:
        for one, other in combinations(named, 2):
            found[one.name, other.name].append(one)
    return found


def _bodies(name: str, lists: Sequence[Sequence[Mention]]) -> set[int]:
    offices = [o for named in lists for m in named if m.name == name for o in m.offices]
    return {n for o in offices for n, sign in enumerate(BODIES) if sign.search(o)}


def _out_of_order(reading: Reading, one: Mention, other: Mention, words: str, seen: Mention | None) -> Doubt:
    related = () if seen is None else (reading.item_related(seen.item, seen.start, seen.end),)
    return Doubt(
        one.item.text[one.start:other.end], f"{one.name}排在{other.name}之前，{words}，请核", one.item.number, one.start, other.end,
        severity="warning" if seen is None else "note", states_fact=True, related=related)


RULES = (held_by_another, order_of_leaders)
