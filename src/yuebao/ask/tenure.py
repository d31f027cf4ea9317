"""Tenures as answers: what print attests (见载) with its two sentences, and what the office's own table says (任免). Never mixed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from yuebao.archive.models import Appearance, Tenure
from yuebao.archive.register import appointments
from yuebao.archive.register.posts import post_of
from yuebao.ask.values import Appointed, Attested, Months, Quotation
from yuebao.ask.words import citation_of
from yuebao.text import sentence_span


def attested_of(rows: QuerySet[Tenure]) -> tuple[Attested, ...]:
    """The tenures of these rows, in the order of their first appearance."""
    related = [f"{end}__item__issue__series" for end in ("first", "last")]
    held = list(rows.order_by("pk").select_related(*related))
    days = _days({row.registered_id for row in held})
    return tuple(_attested(row, days[row.registered_id]) for row in held)


def _days(people: set[int]) -> dict[int, list[tuple[date, set[tuple[str, str]]]]]:
    """The dated appearances of people, each with the offices as written and their standing."""
    days: dict[int, list[tuple[date, set[tuple[str, str]]]]] = defaultdict(list)
    seen = Appearance.objects.filter(registered__in=people).exclude(day=None).order_by("pk")
    for person, day, offices in seen.values_list("registered_id", "day", "offices"):
        days[person].append((day, {(written, standing) for written, _, standing, _, _ in offices}))
    return days


def months_of(days: Iterable[date]) -> Months:
    """How many of the days lie in which month."""
    return tuple((year, month, n) for (year, month), n in sorted(Counter((day.year, day.month) for day in days).items()))


def _attested(row: Tenure, days: list[tuple[date, set[tuple[str, str]]]]) -> Attested:
    forms = {(written, row.standing) for written in row.written}
    return Attested(
        office=_office(row), post=row.post, standing=row.standing, written=tuple(row.written.items()), count=row.count,
        first=quotation_of(row.first, row.written), last=quotation_of(row.last, row.written),
        months=months_of(day for day, said in days if forms & said),
    )


def _office(row: Tenure) -> str:
    """The commonest of the forms that say of which body the office is, else the commonest."""
    place = row.first.item.issue.series.place
    return next((form for form in row.written if post_of(form, place).is_full), next(iter(row.written)))


def quotation_of(seen: Appearance, written: Iterable[str] = ()) -> Quotation:
    """The sentence of an appearance: the one that gives one of the offices as written, else the first that names."""
    forms = set(written)
    start, end = next(((a, b) for office, _, _, a, b in seen.offices if office in forms), (seen.start, seen.end))
    first, last = sentence_span(seen.item.text, start, end)
    return Quotation(seen.day, seen.item.text[first:last], (start - first, end - first), citation_of(seen.item))


def appointed_of(place: str | None, *, person: str | None = None) -> tuple[Appointed, ...]:
    """The tenures of the office's own table (of one person). `place`: what an office is relative to. Raises UsageError E208."""
    rows = [row for row in appointments.appointments() if person is None or row.person == person]
    return tuple(
        Appointed(
            person=t.person, office=t.office, post=t.post,
            from_on=t.since and t.since.on, from_body=t.since and t.since.body, from_line=t.since and t.since.line,
            until_on=t.until and t.until.on, until_body=t.until and t.until.body, until_line=t.until and t.until.line,
        )
        for t in appointments.appointed(rows, place)
    )
