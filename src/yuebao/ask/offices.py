"""An office: who is printed in it (见载), and who was appointed to it by the office's own table, on a day or ever."""

from __future__ import annotations

from datetime import date

from yuebao.archive import register
from yuebao.archive.models import Series, Tenure
from yuebao.archive.register.posts import post_of
from yuebao.archive.trouble import told
from yuebao.ask.renamed import sole_place
from yuebao.ask.someone import around
from yuebao.ask.tenure import appointed_of, attested_of
from yuebao.ask.values import Holder, OfficeAnswer

SHORTEST = 2  # characters of an office that stands for every office that ends so
MOST_AROUND = 6  # of those attested before or after the day only


def office(name: str, on: date | None = None) -> OfficeAnswer | None:
    """Who is printed in the office, or appointed to it; None where nobody is (查无记载).

    市长 is that of the place whose bulletins are held; where no such office is printed, every office that ends so counts (县长: of any
    county), but no deputy. Raises ArchiveError, UsageError E208 (a fault in the office's table).
    """
    with told():
        register.follow()
        posts = _posts(name)
        rows = Tenure.objects.filter(post__in=posts, standing="held").select_related("registered")
        by_row = list(rows.order_by("pk"))
        found = sorted(
            (Holder(row.registered.name, row.registered.number, t) for row, t in zip(by_row, attested_of(rows), strict=True)), key=_begin)
        table = tuple(t for t in appointed_of(sole_place()) if t.post in posts or (len(name) >= SHORTEST and _is_of(t.post, name)))
    if not found and not table:
        return None
    if on is None:
        return OfficeAnswer(name, None, posts, tuple(found), (), table)
    near = around((h.tenure for h in found), on)[:MOST_AROUND]
    return OfficeAnswer(
        name, on, posts, tuple(h for h in found if h.tenure.covers(on)), tuple(h for t in near for h in found if h.tenure is t),
        tuple(t for t in table if t.covers(on)),
    )


def _begin(holder: Holder) -> tuple[date, str, int, str, int]:
    return holder.tenure.first.on or date.max, holder.name, holder.number, holder.tenure.office, holder.tenure.count


def _posts(name: str) -> tuple[str, ...]:
    """The offices with their places that an office as asked for means."""
    places = Series.objects.exclude(place=None).values_list("place", flat=True).distinct()
    meant = {post_of(name, place).base for place in places} | {post_of(name, None).base}
    meant |= {post.replace("副", "常务副", 1) for post in meant if "副" in post}
    held = Tenure.objects.filter(standing="held")
    exact = set(held.filter(post__in=meant).values_list("post", flat=True))
    if not exact and len(name) >= SHORTEST:
        exact = {post for post in held.filter(post__endswith=post_of(name, None).base).values_list("post", flat=True) if _is_of(post, name)}
    return tuple(sorted(exact))


def _is_of(post: str, name: str) -> bool:
    """Whether the office ends as asked for, and is not that of a deputy."""
    base = post_of(name, None).base
    return post.endswith(base) and post[:-len(base)][-1:] != "副"
