"""Which of two people is printed first in lists: counted, with citations, or given by the office's own dated table (order.tsv).

Learned within one of the four bodies of leaders only (committee, congress, government, consultative conference): across them only the
table speaks. Two people at a time, no ranking of more; names are never re-ordered by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from yuebao.archive import register
from yuebao.archive.models import Appearance, Mention, Registered
from yuebao.archive.trouble import told
from yuebao.ask.tenure import quotation_of
from yuebao.ask.values import OrderAnswer, OrderRow, Quotation
from yuebao.errors import UsageError
from yuebao.lexicon import LexiconError, own_table

CITED = 3
_BODIES = {
    "congress": re.compile(r"人大|人民代表大会"),
    "conference": re.compile(r"政协"),
    "committee": re.compile(r"委(?:常委|副?书记|秘书长|.{2,6}部长|政法委书记)$"),
    "government": re.compile(r"[省市州盟旗县区](?:副|常务副|代)?长$"),
}



def order(one: str, other: str, on: date | None = None) -> OrderAnswer | None:
    """How print and the table order two people; None where no list holds both within one body and no table has them (查无记载).

    `on`: the day on which rows of the table must be in force (without it the table is not asked). Raises ArchiveError, UsageError E208.
    """
    with told():
        register.follow()
        people = [list(Registered.objects.filter(layer="person", name=name, is_open=False)) for name in (one, other)]
        row = _by_table(one, other, on) if on else None
        # of two people of one name it is not known who stands in a list
        found = list(_lists(*(found[0] for found in people))) if one != other and all(len(found) == 1 for found in people) else []
    if not found and row is None:
        return None
    firsts = [quotation for is_first, quotation in found if is_first]
    seconds = [quotation for is_first, quotation in found if not is_first]
    return OrderAnswer(one, other, on, len(firsts), len(seconds), tuple(firsts[:CITED]), tuple(seconds[:CITED]), row)


def _lists(one: Registered, other: Registered) -> Iterator[tuple[bool, Quotation]]:
    """Each item with a list that holds both within one body: whether the one stands first, and the sentence."""
    bodies = _body(one) & _body(other)
    both = {seen.item_id: seen for seen in other.appearances.all()} if bodies else {}
    for seen in one.appearances.filter(item__in=list(both)).select_related("item__issue__series").order_by("pk"):
        chains = _chains(seen)
        for chain in chains:
            names = [mention.name for mention in chain]
            if one.name in names and other.name in names:
                yield names.index(one.name) < names.index(other.name), quotation_of(seen)
                break


def _chains(seen: Appearance) -> Iterator[list[Mention]]:
    """The runs of people in an item's text that nothing but list marks and their own offices part."""
    mentions = list(Mention.objects.filter(item=seen.item, layer="person").order_by("start"))
    chain = mentions[:1]
    for before, after in pairwise(mentions):
        between = seen.item.text[before.end:after.start]
        for office in after.value["offices"]:
            between = between.replace(office, "", 1)
        if between and not between.strip("、，"):
            chain.append(after)
        else:
            yield chain
            chain = [after]
    yield chain


def _body(person: Registered) -> set[str]:
    """The bodies of leaders that the offices in print put a person in."""
    posts = person.tenures.filter(standing="held").values_list("post", flat=True)
    return {found for post in posts if (found := next((body for body, sign in _BODIES.items() if sign.search(post)), None))}


def _by_table(one: str, other: str, on: date) -> OrderRow | None:
    """What the office's table says of the two on a day, by the lines of their rows; None unless it has both."""
    try:
        rows = own_table("order")
    except LexiconError as error:
        raise UsageError("E208", reason=str(error)) from None
    day = on.isoformat()
    places: dict[str, tuple[int, int, str]] = {}
    for line, row in rows:
        if not row["place_in_order"].isascii() or not row["place_in_order"].isdigit():
            raise UsageError("E208", reason=f"order.tsv:{line}: place_in_order is a number, not {row['place_in_order']!r}")
        is_dated = (row["from_on"], row["until_on"]) != ("-", "-")
        if is_dated and (row["from_on"] == "-" or row["from_on"] <= day) and (row["until_on"] == "-" or day <= row["until_on"] + "￿"):
            places[row["term"]] = int(row["place_in_order"]), line, row["source"]
    if one not in places or other not in places or places[one][0] == places[other][0]:
        return None
    return OrderRow(places[one][0] < places[other][0], places[one][1], places[other][1], places[one][2])
