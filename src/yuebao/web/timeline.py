"""A timeline as a drawing: a track for each line of a table, months from left to right. Numbers in, safe SVG out; no script, no style.

A track is as wide as its cell: its viewBox is stretched, so that it holds shapes only. What it shows stands in the table too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from yuebao.ask.values import Months

WIDTH = 1000  # of a viewBox
HEIGHT = 16
DOT = 10  # the least width of a month, so that it is seen in a run of twenty years
MOST_YEARS_MARKED = 12


@dataclass(frozen=True, slots=True)
class Scale:
    """The months from the first to the last shown, each as wide as the next."""

    first: tuple[int, int]
    last: tuple[int, int]

    @property
    def months(self) -> int:
        return (self.last[0] - self.first[0]) * 12 + self.last[1] - self.first[1] + 1

    def at(self, year: int, month: int) -> float:
        """Where a month begins, of WIDTH."""
        return WIDTH * ((year - self.first[0]) * 12 + month - self.first[1]) / self.months

    def of_day(self, day: date) -> float:
        """Where a day lies, of WIDTH, within the drawing."""
        return min(max(self.at(day.year, day.month) + WIDTH / self.months * (day.day - 1) / 31, 0.0), float(WIDTH))

    @property
    def years(self) -> tuple[tuple[int, float], ...]:
        """The years that begin within, and where; of many years every second, fifth or tenth."""
        found = [(year, self.at(year, 1)) for year in range(self.first[0], self.last[0] + 1) if (year, 1) >= self.first]
        step = next(n for n in (1, 2, 5, 10, 20, 50, 100, 1000) if len(found) <= n * MOST_YEARS_MARKED)
        return tuple((year, at) for year, at in found if year % step == 0)


def scale_of(runs: Iterable[Months], days: Iterable[date | None] = ()) -> Scale | None:
    """The months that hold all of these; None where there are none."""
    seen = [(year, month) for run in runs for year, month, _ in run] + [(day.year, day.month) for day in days if day]
    return Scale(min(seen), max(seen)) if seen else None


def attested(scale: Scale, months: Months) -> SafeString:
    """The track of what print attests: a thin line from the first to the last month, a block for each month in print, higher for more."""
    if not months:
        return _track(scale, mark_safe(""))
    most = max(n for _, _, n in months)
    wide = max(WIDTH / scale.months, DOT)
    first, last = scale.at(*months[0][:2]), scale.at(*months[-1][:2]) + WIDTH / scale.months
    line = format_html('<rect class="span" x="{}" y="{}" width="{}" height="1"/>', _n(first), HEIGHT - 1, _n(last - first))
    blocks = format_html_join("", '<rect class="seen" x="{}" y="{}" width="{}" height="{}"/>', (
        (_n(min(scale.at(year, month), WIDTH - wide)), _n(HEIGHT - high), _n(wide * 0.9), _n(high))
        for year, month, n in months for high in [4 + (HEIGHT - 4) * n / most]
    ))
    return _track(scale, format_html("{}{}", line, blocks))


def appointed(scale: Scale, since: date | None, until: date | None) -> SafeString:
    """The track of what the office's table says: an outlined bar from appointment to release, open to the side that it lacks."""
    first, last = scale.of_day(since) if since else 0.0, scale.of_day(until) if until else float(WIDTH)
    bar = format_html(
        '<rect class="held" x="{}" y="4" width="{}" height="{}"/>', _n(first), _n(max(last - first, DOT)), HEIGHT - 8)
    return _track(scale, bar)


def _track(scale: Scale, inner: SafeString) -> SafeString:
    years = format_html_join("", '<line class="year" x1="{0}" y1="0" x2="{0}" y2="{1}"/>', ((_n(at), HEIGHT) for _, at in scale.years))
    return format_html(
        '<svg class="track" viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true" focusable="false">{}{}</svg>',
        WIDTH, HEIGHT, years, inner)


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
