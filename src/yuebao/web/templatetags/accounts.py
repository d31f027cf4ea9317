"""What the pages of accounts, office and audit say: roles and actions by their names in the chosen language."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.timezone import localtime

from yuebao.desk import audit, issues, offices, reviews
from yuebao.desk.models import AuditEntry
from yuebao.desk.permissions import ROLES
from yuebao.web import words
from yuebao.web.desk.sessions import arrival
from yuebao.web.templatetags.reading import language

register = template.Library()
# the matters whose values have names of their own
NAMED = {"roles": ROLES, "stage": issues.STAGES, "state": reviews.STATES, "level": reviews.LEVELS, "verdict": issues.VERDICTS}


@register.simple_tag(takes_context=True)
def home_address(context: Context) -> str:
    """The first page that whoever is signed in may open; the reading room's for anybody else."""
    account = getattr(context["request"], "user", None)
    return arrival(account) if account and account.is_authenticated else reverse("issues")


@register.simple_tag
def role_name(role: str) -> str:
    """The name of a role."""
    return ROLES[role][language() == "en"] if role in ROLES else role


@register.simple_tag
def action_name(action: str) -> str:
    """The name of an action of the log."""
    return audit.action_said(action, language())


@register.filter
def subject(entry: AuditEntry) -> str:
    """What a line of the log is about; a setting by its words."""
    row = offices.SETTINGS.get(entry.subject) if entry.action == "office settled" else None
    return row[2 + (language() == "en")] if row else entry.subject


@register.filter
def details(entry: AuditEntry) -> list[tuple[str, str]]:
    """What a line of the log says beside who, what and when: each matter with its words, lists joined."""
    said = audit.details_of(entry).items()
    return [(audit.matter_said(key, language()), _plain(key, value)) for key, value in said if value not in (None, "", [])]


def _plain(key: str, value: object) -> str:
    match value:
        case list():
            return "、".join(_plain(key, one) for one in value)
        case dict():
            return "；".join(f"{audit.matter_said(inner, language())} {_plain(inner, one)}" for inner, one in value.items())
        case bool():
            return words.say(language(), "yes" if value else "no")
        case str() if key == "until":
            return f"{localtime(datetime.fromisoformat(value)):%H:%M}"
        case str() if value in NAMED.get(key, ()):
            return NAMED[key][value][language() == "en"]
    return str(value)
