"""What the reading room shows of the desk: 勘误 beside the passage, 收回, the files that were set at 签发."""

from __future__ import annotations

from django import template
from django.db.models import QuerySet

from yuebao.desk import distribution, errata
from yuebao.desk.models import DeskIssue, Edition
from yuebao.web.pages import ItemPage

register = template.Library()


@register.simple_tag
def errata_beside(page: ItemPage) -> dict[int, list[errata.Beside]]:
    """The errata of an item by the start of the passage that each stands in (0: the headline)."""
    starts = [0, *(passage.start for passage in page.passages)]
    found: dict[int, list[errata.Beside]] = {}
    for one in errata.beside(page.stored.key, page.item.number, page.item.text):
        found.setdefault(max(start for start in starts if start <= one.start), []).append(one)
    return found


@register.filter
def at(found: dict[int, list[errata.Beside]], start: int) -> list[errata.Beside]:
    """Those of the passage that begins there."""
    return found.get(start, [])


@register.simple_tag
def errata_of(key: str) -> list[errata.Erratum]:
    """Errata, reprints and recall of an archived issue."""
    return errata.of_archived(key)


@register.simple_tag
def signed_issue(key: str) -> DeskIssue | None:
    """The issue of the desk that was archived under the key; None where it came from elsewhere."""
    return DeskIssue.objects.filter(archive_key=key).select_related("signed_by").first()


@register.filter
def signed_files(issue: DeskIssue) -> QuerySet[Edition]:
    """Its files, without their bytes."""
    return issue.editions.defer("data")


@register.filter
def is_recalled(issue: DeskIssue) -> bool:
    """Whether it has been recalled."""
    return distribution.is_recalled(issue)
