"""People named together: lists with their offices, which do something as one (副市长甲、乙，市政协副主席丙参加)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from yuebao.annotate.offices import ending_head, heads
from yuebao.annotate.passage import Passage
from yuebao.model import Annotation, PersonValue

_BRACKET = "(?:[（(][^（）()\n]{0,20}[）)])?"
_SEPARATED = re.compile(f"{_BRACKET}(?:同志|先生|女士)?(?:等)?(?:[、，,；;]|以及|和|及)")
_TOOK = re.compile("[ 　]?(?:摄|供图)")
# what is theirs who are only named to tell whose
_RELATED = re.compile("(?:同志|先生|女士)?的?(?:亲属|家属|遗孀|子女|生前)")
# between two offices of one person
_BETWEEN_OFFICES = ("、", "，", "兼任", "兼", ",", "")
_END_BETWEEN = frozenset(between[-1:] for between in _BETWEEN_OFFICES)
# what stands between two of a list beside a known office, at most: the part of an office that was not told as one
_UNTOLD_OFFICE = re.compile("[\u4e00-\u9fff（）()“”、0-9A-Za-z]{0,30}[ 　]?")


class Group(NamedTuple):
    """People named together at `[start, end)`: from the first one's offices to the last name."""

    start: int
    end: int
    names: tuple[str, ...]
    offices: tuple[str, ...]

    def joined_by(self, group: Group) -> Group:
        """Both as one list of people."""
        names, offices = (tuple(dict.fromkeys(both)) for both in ((*self.names, *group.names), (*self.offices, *group.offices)))
        return Group(self.start, group.end, names, offices)


def groups_of(passage: Passage, people: Sequence[Annotation], verb_starts: Sequence[int]) -> list[Group]:
    """The groups, from left to right. No verb of `verb_starts` stands inside one but in an office."""
    groups: list[Group] = []
    last = 0
    for person in people:
        if not isinstance(person.value, PersonValue) or _is_byline(passage.text, person.end, person.value.offices):
            continue
        if _RELATED.match(passage.text, person.end):
            continue
        start = _start_with_offices(passage.text, person.start, person.value.offices, last)
        if groups and _continues(passage.text, groups[-1].end, start, verb_starts):
            groups.append(groups.pop().joined_by(Group(start, person.end, (person.value.name,), person.value.offices)))
        else:
            groups.append(Group(start, person.end, (person.value.name,), person.value.offices))
        last = person.end
    return groups


def _is_byline(text: str, end: int, offices: Sequence[str]) -> bool:
    """Whether the person only wrote or took the picture (记者甲, 甲 摄): whoever signs a report does nothing in it."""
    return _TOOK.match(text, end) is not None or (bool(offices) and all(map(_is_of_press, offices)))


@lru_cache(maxsize=10_000)
def _is_of_press(office: str) -> bool:
    return heads().get(ending_head(office, len(office)) or "") == "byline"


def _start_with_offices(text: str, start: int, offices: Sequence[str], least: int) -> int:
    """Where the offices begin that stand right before a name at `start`, not before `least`."""
    for office in reversed(offices):
        for between in _BETWEEN_OFFICES if text[start - 1:start] in _END_BETWEEN else ("",):
            at = start - len(office) - len(between)
            if at >= least and text.startswith(office, at) and text.startswith(between, at + len(office)):
                start = at
                break
    return start


def _continues(text: str, end: int, start: int, verb_starts: Sequence[int]) -> bool:
    """Whether what begins at `start` goes on with the list that stood until `end`."""
    separator = _SEPARATED.match(text, end)
    if separator is None or separator.end() > start:
        return False
    if separator.end() == start:
        return True
    if any(separator.end() <= at < start for at in verb_starts):
        return False
    return _UNTOLD_OFFICE.fullmatch(text, separator.end(), start) is not None
