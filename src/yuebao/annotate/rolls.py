"""Rolls of names, as of awards, where each name has its office or body beside it (王某某 某局科员; 王某某（某局科员）、张某某（某校）)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yuebao.annotate.mention import Mention, Taken
from yuebao.annotate.names import name_that_ends, read_name
from yuebao.annotate.offices import ending_head
from yuebao.annotate.offices_after import offices_of
from yuebao.annotate.passage import Passage, Whole

# a line, or a part of one, that is a name and what is beside it
_LINE = re.compile(
    "(?:^|[\n；])[ 　]*(?:\\d{1,3}[.．、][ 　]*)?"
    "(?=([\u4e00-\u9fff](?:[ 　]?[\u4e00-\u9fff]){1,3})[ 　]{1,8}([\u4e00-\u9fff（）()、]{3,40})[ 　。]*(?:[\n；]|$))")
_SPACE = re.compile("[ 　]")  # stands in every such line
_ASIDE = re.compile("[（(]([\u4e00-\u9fff、，]{3,40})[）)](?=[、，。；\n 　]|等|$)")
_ENDS_NO_NAME = frozenset("市县区镇乡村州省路街局部院校所会站厅委办科处公司团队")


def rolls(passage: Passage, whole: Whole, taken: Taken) -> Iterator[Mention]:
    """People of lines that are a name and an office, and people with their offices in brackets, two and more of whom make a list."""
    for line in _LINE.finditer(passage.text) if _SPACE.search(passage.text) else ():
        offices = offices_of(line[2])
        name = read_name(passage, line.start(1), whole) if offices else None
        if name and name.end == line.end(1) and name.points > 0 and not name.is_word and not taken.holds(name.start, name.end):
            yield Mention(name.start, name.end, name.name, offices, "person/roll")
    yield from _with_asides(passage)


def _with_asides(passage: Passage) -> Iterator[Mention]:
    text = passage.text
    for aside in _ASIDE.finditer(text) if "（" in text or "(" in text else ():
        span = name_that_ends(passage, aside.start())
        if span is None or text[span[1] - 1] in _ENDS_NO_NAME:
            continue
        offices = offices_of(aside[1])
        if any(ending_head(office, len(office)) is None for office in offices):
            offices = ()  # 王某（另案处理）
        is_listed = text[span[0] - 1:span[0]] == "、" or text.startswith("、", aside.end())
        if offices or (is_listed and span[1] - span[0] == 3):
            yield Mention(*span, text[slice(*span)], offices, "person/roll")
