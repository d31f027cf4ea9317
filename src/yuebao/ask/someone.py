"""Who somebody is: the people of a name, each with the offices that print attests and those of the office's own table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db.models import Count

from yuebao.archive import register
from yuebao.archive.models import Appearance, Registered, Tenure
from yuebao.archive.trouble import told
from yuebao.ask.renamed import sole_place
from yuebao.ask.tenure import appointed_of, attested_of, quotation_of
from yuebao.ask.values import Appointed, Attested, Someone, WhoAnswer


def who(name: str, on: date | None = None) -> WhoAnswer | None:
    """The people who are printed under that name, or whom the office's table has; None where there is none (查无记载).

    Raises ArchiveError, UsageError E208 (a fault in the office's table).
    """
    with told():
        register.follow()
        rows = list(_registered(name))
        everyone = [_someone(row) for row in rows]
        table = appointed_of(sole_place(), person=name)
    if not everyone and not table:
        return None
    theirs = [_of(someone, table, len(everyone)) for someone in everyone]
    loose = tuple(t for t in table if sum(t in own for own in theirs) != 1)
    people = (replace(s, appointed=tuple(t for t in own if t not in loose)) for s, own in zip(everyone, theirs, strict=True))
    return _on_day(WhoAnswer(name, on, tuple(people), loose))


def _registered(name: str) -> list[Registered]:
    found = Registered.objects.filter(layer="person", aliases__name=name).distinct()
    return list(found.annotate(items=Count("appearances", distinct=True)).order_by("name", "number"))


def _someone(row: Registered) -> Someone:
    related = "item__issue__series"
    seen = row.appearances.select_related(related)
    first, last = seen.order_by("pk").first(), seen.order_by("-pk").first()
    assert first
    assert last
    evidence = Appearance.objects.filter(registered=row).order_by("evidence").values_list("evidence").annotate(Count("id"))
    return Someone(
        name=row.name, number=row.number, names=tuple(row.names.items()), is_open=row.is_open, items=row.items,  # type: ignore[attr-defined]
        evidence=tuple(evidence), attested=attested_of(Tenure.objects.filter(registered=row)), around=(), appointed=(),
        first=quotation_of(first), last=quotation_of(last),
    )


def _of(someone: Someone, table: tuple[Appointed, ...], of_name: int) -> tuple[Appointed, ...]:
    """The rows of the table that are this person's: all where nobody else has the name, else those whose office print gives them."""
    if of_name == 1:
        return table
    posts = {t.post.removeprefix("原").removeprefix("拟") for t in someone.attested}
    return tuple(t for t in table if t.post in posts)


def _on_day(answer: WhoAnswer) -> WhoAnswer:
    if answer.on is None:
        return answer
    day = answer.on
    return replace(
        answer, people=tuple(_someone_on(someone, day) for someone in answer.people),
        appointed=tuple(t for t in answer.appointed if t.covers(day)),
    )


def _someone_on(someone: Someone, day: date) -> Someone:
    return replace(
        someone, attested=tuple(t for t in someone.attested if t.covers(day)), around=around(someone.attested, day),
        appointed=tuple(t for t in someone.appointed if t.covers(day)),
    )


def around(tenures: Iterable[Attested], day: date) -> tuple[Attested, ...]:
    """The offices held that are attested only before or only after the day, the nearest first."""
    apart = [(gap, n, t) for n, t in enumerate(tenures) if t.standing == "held" and (gap := _gap(t, day))]
    return tuple(t for _, _, t in sorted(apart, key=lambda found: found[:2]))


def _gap(tenure: Attested, day: date) -> int:
    """How many days lie between the day and the nearest that print attests; 0 where it is covered, or nothing is dated."""
    if tenure.first.on is None or tenure.last.on is None:
        return 0
    return max((tenure.first.on - day).days, (day - tenure.last.on).days, 0)
