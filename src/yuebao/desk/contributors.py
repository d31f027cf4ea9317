"""供稿单位, and 用稿统计: how much each sent and how much of it was used, issue by issue. Units are counted here, never people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from yuebao.archive.engines import writing
from yuebao.desk import audit, issues
from yuebao.desk.models import Account, Contributor, DeskIssue, DeskItem, StoredClipping
from yuebao.errors import UsageError


@dataclass(frozen=True, slots=True)
class Copy:
    """来稿 and 采用, in texts."""

    sent: int = 0
    used: int = 0

    @property
    def share(self) -> float | None:
        """采用率, 0 to 1; None where nothing was sent."""
        return self.used / self.sent if self.sent else None

    def __add__(self, other: Copy) -> Copy:
        return Copy(self.sent + other.sent, self.used + other.used)


@dataclass(frozen=True, slots=True)
class Line:
    """A contributor in the table: its copy issue by issue, and in all."""

    name: str
    by_issue: tuple[Copy, ...]
    total: Copy


@dataclass(frozen=True, slots=True)
class UsedTable:
    """用稿统计 of a year: the issues across, the contributors down, those with most used first; `total` of all of them."""

    year: int
    issues: tuple[DeskIssue, ...]
    lines: tuple[Line, ...]
    total: Line

    def rows(self) -> list[list[object]]:
        """The table for a spreadsheet, its head first."""
        numbers = ("来稿", "采用")
        head = ["供稿单位", *(f"{issues.name_of(issue)} {what}" for issue in self.issues for what in numbers), *numbers, "采用率"]
        return [list(head), *(_cells(line) for line in (*self.lines, self.total))]


def add(name: str, by: Account, contact: str = "") -> Contributor:
    """A new contributor. Raises UsageError E203 (no name, or one that is there)."""
    name = name.strip()
    with writing():
        if not name or Contributor.objects.filter(name=name).exists():
            raise UsageError("E203", reason=f"供稿单位“{name}”已有，或没有写名称", command="desk")
        contributor = Contributor.objects.create(name=name, contact=contact.strip())
        audit.note(by, "contributor added", name)
    return contributor


def change(contributor: Contributor, by: Account, *, name: str, contact: str, is_active: bool) -> None:
    """Change what is known of a contributor; one that sends no more stays, not active. Raises UsageError E203."""
    name = name.strip()
    with writing():
        if not name or Contributor.objects.filter(name=name).exclude(pk=contributor.pk).exists():
            raise UsageError("E203", reason=f"供稿单位“{name}”已有，或没有写名称", command="desk")
        Contributor.objects.filter(pk=contributor.pk).update(name=name, contact=contact.strip(), is_active=is_active)
        audit.note(by, "contributor changed", name, before=contributor.name, is_active=is_active)


def named(name: str, by: Account) -> Contributor | None:
    """The contributor of that name, added where it is new; None for no name."""
    name = name.strip()
    if not name:
        return None
    return Contributor.objects.filter(name=name).first() or add(name, by)


def years() -> tuple[int, ...]:
    """The years of the issues on the desk, the latest first; this year where there is none."""
    return tuple(DeskIssue.objects.order_by("-year").values_list("year", flat=True).distinct()) or (date.today().year,)


def used_table(year: int) -> UsedTable:
    """用稿统计 of the year. Every active contributor has a line, one that sent nothing too; withdrawn copy does not count."""
    of_year = tuple(DeskIssue.objects.filter(year=year).order_by("title", "month", "kind", "number"))
    counts = _counts(year)
    names = {*Contributor.objects.filter(is_active=True).values_list("name", flat=True), *(name for name, _ in counts)}
    lines = [_line(name, of_year, counts) for name in names]
    lines.sort(key=lambda line: (-line.total.used, -line.total.sent, line.name))
    across = tuple(sum((line.by_issue[n] for line in lines), Copy()) for n in range(len(of_year)))
    return UsedTable(year, of_year, tuple(lines), Line("合计", across, sum(across, Copy())))


def used_items(contributor: Contributor, year: int) -> QuerySet[DeskItem]:
    """The items of a year's issues that rest on copy of the contributor, in order: what a 用稿证明 lists."""
    found = DeskItem.objects.filter(issue__year=year, story__clippings__contributor=contributor).exclude(state="withdrawn")
    return found.exclude(story__clippings__state="withdrawn").select_related("issue").distinct().order_by(
        "issue__title", "issue__number", "position", "number").defer("text", "clauses", "tables")


def _counts(year: int) -> Mapping[tuple[str, int], Copy]:
    """By name of the contributor and id of the issue."""
    held = StoredClipping.objects.filter(issue__year=year, contributor__isnull=False).exclude(state="withdrawn")
    standing = DeskItem.objects.filter(story=OuterRef("story")).exclude(state="withdrawn")
    rows = held.annotate(is_used=Exists(standing)).order_by().values_list("contributor__name", "issue").annotate(
        sent=Count("pk"), used=Count("pk", filter=Q(is_used=True)))
    return {(name, issue): Copy(sent, used) for name, issue, sent, used in rows}


def _line(name: str, of_year: tuple[DeskIssue, ...], counts: Mapping[tuple[str, int], Copy]) -> Line:
    by_issue = tuple(counts.get((name, issue.pk), Copy()) for issue in of_year)
    return Line(name, by_issue, sum(by_issue, Copy()))


def _cells(line: Line) -> list[object]:
    numbers = [n for copy in (*line.by_issue, line.total) for n in (copy.sent, copy.used)]
    return [line.name, *numbers, None if line.total.share is None else f"{line.total.share:.0%}"]
