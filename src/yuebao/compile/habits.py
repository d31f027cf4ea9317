"""What the house does, learned from its back run: how it names its city, how long its items are, how its headlines and leads begin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles

from yuebao.model import Issue, Item, PersonValue

LEAST_LENGTH, USUAL_LENGTH, MOST_LENGTH = 150, 300, 450  # characters of an item, where the back run says nothing
LONGEST_HEADLINE = 30
LEAST_RUN = 20  # items below which a back run says nothing of lengths
_CITY = re.compile("^[\u4e00-\u9fff]{2,5}?(?:市|州|盟|县|区)")
_DAY = re.compile(r"\d{1,2}\s?月\s?\d{1,2}\s?日(?!上午|下午)")


@dataclass(frozen=True, slots=True)
class Habits:
    """The house's habits. `city` is the name that stands for 我市, None where the house itself says 我市.

    Lengths in characters: what is longer than `most` is condensed to about `usual`; `least` is the length of a short item.
    """

    city: str | None = None
    least: int = LEAST_LENGTH
    usual: int = USUAL_LENGTH
    most: int = MOST_LENGTH
    longest_headline: int = LONGEST_HEADLINE
    has_people_in_headlines: bool = True
    has_hours: bool = False


def habits_of(run: Sequence[Issue]) -> Habits:
    """The habits of a back run; the defaults of the genre where it is empty or says too little."""
    items = [item for issue in run for item in issue.items()]
    if not items:
        return Habits()
    lengths = sorted(len(_body(item)) for item in items)
    headlines = [item.headline for item in items if item.headline]
    low, usual, high = LEAST_LENGTH, USUAL_LENGTH, MOST_LENGTH
    if len(items) >= LEAST_RUN:
        low, usual = round(min(quantiles(lengths, n=4)[0], LEAST_LENGTH)), round(quantiles(lengths, n=4)[2])
        usual, high = sorted((max(usual, USUAL_LENGTH), MOST_LENGTH))
    named = sum(any(isinstance(a.value, PersonValue) and a.start < len(item.headline or "") for a in item.annotations) for item in items)
    dated = [match for item in items if (match := _DAY.search(_body(item)[:20]))]
    return Habits(
        city=_city(run, items), least=low, usual=usual, most=high,
        longest_headline=round(quantiles(map(len, headlines), n=20)[-1]) if len(headlines) >= LEAST_RUN else LONGEST_HEADLINE,
        has_people_in_headlines=named > 0, has_hours=len(dated) * 2 < len(items) and bool(dated))


def _body(item: Item) -> str:
    return item.text[len(item.headline) + 1:] if item.headline else item.text


def _city(run: Sequence[Issue], items: Sequence[Item]) -> str | None:
    """The city's name, where the house prints it more often than 我市."""
    places = Counter(place for issue in run if (place := _place_of(issue)))
    if not places:
        return None
    city = places.most_common(1)[0][0]
    text = "".join(item.text for item in items)
    return city if text.count(city) > text.count("我市") else None


def _place_of(issue: Issue) -> str | None:
    """The place of a series, by its sponsor or publisher."""
    for name in (issue.masthead.sponsor, issue.masthead.publisher, issue.masthead.supervisor):
        if name and (match := _CITY.match(name.removeprefix("中共"))):
            return match[0]
    return None
