"""What the issues of a year cover: items a month and column, and which issues are missing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from yuebao.archive.models import Series, StoredIssue, StoredItem
from yuebao.archive.trouble import told
from yuebao.ask.rolling.events import month_of

MONTHS = tuple(range(1, 13))


@dataclass(frozen=True, slots=True)
class Coverage:
    """Items by column (outermost) and month; `missing`: the months without an issue."""

    columns: tuple[str, ...]
    counts: dict[tuple[str, int], int]
    missing: tuple[int, ...]

    def rows(self) -> list[list[str]]:
        """The table with its heading and sums: 栏目, 1月 … 12月, 合计."""
        head = ["栏目", *(f"{month}月" for month in MONTHS), "合计"]
        body = [self._row(column, [self.counts.get((column, month), 0) for month in MONTHS]) for column in self.columns]
        sums = [sum(self.counts.get((column, month), 0) for column in self.columns) for month in MONTHS]
        return [head, *body, self._row("合计", sums)]

    def _row(self, title: str, counts: list[int]) -> list[str]:
        shown = ["缺" if month in self.missing else str(n or "") for month, n in zip(MONTHS, counts, strict=True)]
        return [title, *shown, str(sum(counts))]


def coverage(year: int, series: Series) -> Coverage:
    """What the series' issues of the year cover."""
    with told():
        held = StoredIssue.objects.filter(series=series, year=year)
        months = {month_of(issue.month, issue.number, issue.published_on) for issue in held}
        rows = StoredItem.objects.filter(issue__series=series, issue__year=year).order_by("issue__month", "issue_id", "number")
        counts: Counter[tuple[str, int]] = Counter()
        columns: dict[str, None] = {}
        for path, *when in rows.values_list("column_path", "issue__month", "issue__number", "issue__published_on"):
            column = path.split(" / ")[0] or "（无栏目）"
            columns[column] = None
            counts[column, month_of(*when)] += 1
    return Coverage(tuple(columns), dict(counts), tuple(month for month in MONTHS if month not in months))
