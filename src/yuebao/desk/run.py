"""The back run of a series: the issues in print before the one in hand, from which columns, forms and order are learned."""

from __future__ import annotations

from functools import lru_cache

from yuebao import archive
from yuebao.desk.models import DeskIssue
from yuebao.model import Issue

LATEST = 24  # issues: two years show a house's habits, and the month of last year


def run_of(issue: DeskIssue, latest: int = LATEST) -> tuple[Issue, ...]:
    """The latest archived issues of the same title before this one, so many at most, annotated, oldest first."""
    lines = [
        line for line in archive.issues()
        if line.title == issue.title and (line.year, line.number or 0) < (issue.year, issue.number)
    ]
    lines.sort(key=lambda line: (line.year, line.number or 0))
    return tuple(_shown(archive.home_path().as_posix(), line.key, line.revisions) for line in lines[-latest:])


# an issue of another home is another, and so is one that was revised
@lru_cache(maxsize=2 * LATEST)
def _shown(home: str, key: str, revisions: int) -> Issue:  # noqa: ARG001
    return archive.show(key)
