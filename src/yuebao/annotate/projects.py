"""Projects: named works of construction and industry, and parks that are being built."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from yuebao.annotate.organisations import Body
from yuebao.annotate.passage import Passage
from yuebao.annotate.words import LEVELS, Surroundings, WordRow, reach_over
from yuebao.model import Annotation, ProjectValue

_WORK = re.compile("(?:项目|工程)(?:[（(][一二三四五六七八九十]期[）)])?")
_NONE = re.compile("(?:项目|工程)(?:经理|部|师|学|院|化|名单|组|负责|公司|技术|机械|大学|建设公司|款|库|法人)")


@dataclass(frozen=True, slots=True)
class ProjectFound:
    start: int
    end: int


def find_projects(passage: Passage, row: WordRow, around: Surroundings, bodies: Iterable[Body]) -> list[ProjectFound]:
    """The projects of a text, none overlapping, in order."""
    found: list[ProjectFound] = []
    around = replace(around, parents={b.end: b.start for b in bodies})
    for match in _WORK.finditer(passage.text):
        start = match.start()
        if start in passage.titled or _NONE.match(passage.text, start) or row.ending[start] < 0:
            continue
        reach = reach_over(row, start, around)
        if reach.start < start and reach.proper and passage.text[reach.start:start] not in LEVELS:
            if found and found[-1].end > reach.start:
                found.pop()
            found.append(ProjectFound(reach.start, match.end()))
    return found


def annotate_projects(passage: Passage, projects: Iterable[ProjectFound]) -> list[Annotation]:
    """The annotations of projects."""
    return [Annotation("project", p.start, p.end, ProjectValue(passage.text[p.start:p.end]), "project/work") for p in projects]
