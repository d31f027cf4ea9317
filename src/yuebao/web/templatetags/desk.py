"""What the frame of the desk asks: what the signed-in account may do, and where its pages are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse

from yuebao.desk.permissions import may as is_allowed
from yuebao.web import words
from yuebao.web.doors import DOORS
from yuebao.web.templatetags.reading import language

register = template.Library()

# the pages of the frame: name of the address, key of its words; who may open it is what its door asks
HOUSE = (
    ("desk", "nav_issues"), ("my-copy", "nav_my_copy"), ("commissions", "nav_commissions"), ("used", "nav_used"),
    ("contributors", "nav_contributors"), ("recipients", "nav_recipients"), ("accounts", "nav_accounts"), ("office", "nav_office"),
    ("audit", "nav_audit"), ("issues", "nav_reading_room"),
)
# of the issue in hand, each taking its id
OF_ISSUE = (
    ("desk-issue", "nav_issue"), ("copy", "nav_copy"), ("inbox", "nav_inbox"), ("board", "nav_board"), ("reviews", "nav_reviews"),
    ("signing", "nav_signing"), ("distribution", "nav_distribution"), ("errata", "nav_errata"), ("papers", "nav_papers"),
)
OF_CONTRIBUTORS = {"my-copy"}  # pages of those who send copy in the name of a unit


@dataclass(frozen=True, slots=True)
class Way:
    """A link of the frame."""

    address: str
    says: str
    is_here: bool


@register.simple_tag(takes_context=True)
def may(context: Context, action: str) -> bool:
    """Whether the signed-in account may do this: `{% may "edit items" as editing %}`."""
    account = getattr(context["request"], "user", None)
    return bool(account and account.is_authenticated and is_allowed(account, action))


@register.simple_tag(takes_context=True)
def ways(context: Context) -> list[Way]:
    """The pages of the house that the signed-in account may open."""
    return _ways(context, HOUSE)


@register.simple_tag(takes_context=True)
def ways_of_issue(context: Context, issue: Any) -> list[Way]:
    """The pages of an issue in hand that the signed-in account may open."""
    return _ways(context, OF_ISSUE, issue.pk)


def _ways(context: Context, table: tuple[tuple[str, str], ...], *args: object) -> list[Way]:
    request: HttpRequest = context["request"]
    here = request.resolver_match.url_name if request.resolver_match else None
    sends = getattr(request.user, "contributor_id", None) is not None  # type: ignore[attr-defined]
    return [
        Way(reverse(name, args=args), words.say(language(), key), name == here)
        for name, key in table if may(context, DOORS[name]["GET"]) and (sends or name not in OF_CONTRIBUTORS)
    ]


@register.simple_tag
def desk_issue_name(issue: Any) -> str:
    """《云陵月报》2026年第1期; 第1—2期 where two are combined, 增刊 where it is a supplement."""
    chosen = language()
    number = f"{issue.number}—{issue.until_number}" if issue.until_number else str(issue.number)
    key = "supplement_named" if issue.kind == "supplement" else "issue_named"
    return words.say(chosen, key, title=issue.title, year=issue.year, number=number)
