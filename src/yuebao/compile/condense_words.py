"""Writing a passage of a clipping down as the house prints it: which of its turns are taken."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from yuebao.compile.gate_turns import Turn, turns_of
from yuebao.compile.habits import Habits
from yuebao.compile.values import Clause, Clipping
from yuebao.model import PersonValue

_DROPPED_OPENINGS = (
    "据悉", "据了解", "据介绍", "另据", "记者", "日前", "近日", "近期", "连日来", "目前",
    "此外", "另外", "同时", "之后", "此后", "随后", "接着", "随即", "最后")
# the same day once more, or who wrote and drew
_NEEDLESS = re.compile(r"(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日|.*(?:记者|摄影|供图|图片|图为|下同|如图|见图).*|[上下左右前中]?图")
_STAYING = ("目前", "随后", "最后", "此外", "同时")  # where what they refer to stands before


@dataclass
class Writer:
    """An item as it grows: its characters, and where each passage comes from."""

    habits: Habits
    text: str = ""
    clauses: list[Clause] = field(default_factory=list)
    named: set[tuple[str, str]] = field(default_factory=set)

    def add(
        self, clipping: Clipping, start: int, end: int, *, is_headline: bool = False, is_lead: bool = False, goes_on: bool = False,
    ) -> None:
        """Write the passage. `goes_on`: the sentence before it stands before it in the source too."""
        taken = _chosen(clipping, start, end, self.habits, is_headline, is_lead, goes_on, self.named)
        at = len(self.text)
        self.text += _applied(clipping.item.text, start, end, taken)
        self.clauses.append(Clause(at, len(self.text), clipping.number, start, end))
        if not is_headline:
            self.named |= {
                (a.value.name, office) for a in clipping.item.annotations
                if isinstance(a.value, PersonValue) and start <= a.start < end for office in a.value.offices}

    def mark(self, mark: str) -> None:
        """Write a mark of its own, where the text does not end with one."""
        if not self.text.endswith(("。", "。”", "。）")):
            self.text += mark


def _applied(text: str, start: int, end: int, turns: Collection[Turn]) -> str:
    out, at = [], start
    for turn in turns:
        out += [text[at:turn.start], turn.now]
        at = turn.end
    return "".join([*out, text[at:end]])


def _chosen(
    clipping: Clipping, start: int, end: int, habits: Habits, is_headline: bool, is_lead: bool, goes_on: bool, named: set[tuple[str, str]],
) -> list[Turn]:
    """The turns to take within the passage, in order, none over another; at one place the longest."""
    text = clipping.item.text
    heads = _dropped_openings(clipping, start, goes_on, is_lead, is_headline)
    head = max((heads[at] for at in heads), default=start)
    people = {a.start: a.value for a in clipping.item.annotations if isinstance(a.value, PersonValue)}

    def is_taken(turn: Turn) -> bool:
        said = text[turn.start:turn.end]
        match turn.reason:
            case "month":
                return is_lead and turn.start == head
            case "hour":
                return is_headline or not habits.has_hours
            case "venue":
                return is_headline
            case "object":
                return False
            case "bracket":
                return is_headline or bool(_NEEDLESS.fullmatch(said[1:-1]))
            case "office":
                value = people.get(turn.end)
                return is_headline or bool(value and all((value.name, office) in named for office in value.offices))
            case "opening":
                return turn.start in heads
            case "space":
                return not (text[turn.start - 1:turn.start].isascii() and text[turn.end:turn.end + 1].isascii()) or "\n" in said
            case _:
                return True

    taken: list[Turn] = []
    for turn in sorted((t for t in turns_of(clipping, habits.city) if start <= t.start and t.end <= end and is_taken(t)),
                       key=lambda t: (t.start, -t.end)):
        if not taken or turn.start >= taken[-1].end:
            taken.append(turn)
    return taken


def _dropped_openings(clipping: Clipping, start: int, goes_on: bool, is_lead: bool, is_headline: bool) -> dict[int, int]:
    """The openings that are left out at the head of the passage, one behind the other: where they begin and end."""
    text = clipping.item.text
    openings = {turn.start: turn.end for turn in turns_of(clipping) if turn.reason == "opening"}
    found: dict[int, int] = {}
    at = start
    while at in openings and (is_headline or _is_dropped(text[at:openings[at]], goes_on, is_lead)):
        found[at] = openings[at]
        at = openings[at]
    return found


def _is_dropped(said: str, goes_on: bool, is_lead: bool) -> bool:
    if is_lead:
        return said.startswith(("据", "另据"))
    return said.startswith(_DROPPED_OPENINGS) and not (goes_on and said.startswith(_STAYING))
