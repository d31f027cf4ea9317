"""What the frame of the desk asks: what the signed-in account may do, and where its pages are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from django.urls import NoReverseMatch, reverse

from yuebao.desk.permissions import may as is_allowed
from yuebao.web import words
from yuebao.web.templatetags.reading import language

register = template.Library()

# the addresses of the frame: name of the address, key of its words, action of the matrix
HOUSE = (
    ("desk", "nav_issues", "read desk"),
    ("commissions", "nav_commissions", "commission"),
    ("used", "nav_used", "commission"),
    ("contributors", "nav_contributors", "keep lists"),
    ("recipients", "nav_recipients", "keep lists"),
    ("mine", "nav_my_copy", "submit copy"),
    ("accounts", "nav_accounts", "manage accounts"),
    ("office", "nav_office", "settle office"),
    ("audit", "nav_audit", "read audit"),
    ("issues", "nav_reading_room", "read archive"),
)
# of the issue in hand, each taking its id
OF_ISSUE = (
    ("desk-issue", "nav_issue", "read desk"),
    ("copy", "nav_copy", "submit copy"),
    ("inbox", "nav_inbox", "read desk"),
    ("board", "nav_board", "read desk"),
    ("signing", "nav_signing", "read desk"),
    ("distribution", "nav_distribution", "distribute"),
    ("errata", "nav_errata", "correct issues"),
    ("papers", "nav_papers", "read desk"),
)


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


def _ways(context: Context, table: tuple[tuple[str, str, str], ...], *args: object) -> list[Way]:
    request: HttpRequest = context["request"]
    here = request.resolver_match.url_name if request.resolver_match else None
    out = []
    for name, key, action in table:
        if may(context, action):
            try:
                out.append(Way(reverse(name, args=args), words.say(language(), key), name == here))
            except NoReverseMatch:
                continue
    return out


@register.simple_tag
def desk_issue_name(issue: Any) -> str:
    """《云陵月报》2026年第1期; 第1—2期 where two are combined, 增刊 where it is a supplement."""
    chosen = language()
    number = f"{issue.number}—{issue.until_number}" if issue.until_number else str(issue.number)
    key = "supplement_named" if issue.kind == "supplement" else "issue_named"
    return words.say(chosen, key, title=issue.title, year=issue.year, number=number)
