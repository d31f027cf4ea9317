"""What the pages of copy and stories say: how a text came, in which state it is, a share."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from yuebao.web.templatetags.reading import say

register = template.Library()
# the look of a state of a clipping, a story or a commission: a class of desk.css
BADGES = {
    "new": "open", "used": "done", "dropped": "dropped", "withdrawn": "dropped", "open": "open", "accepted": "done", "merged": "dropped",
    "asked": "open", "reminded": "waiting", "received": "done", "excused": "dropped",
}


@register.simple_tag
def origin(kind: str) -> str:
    """供稿, 采编, 转载."""
    return say(f"copy_{kind}")


@register.simple_tag
def copy_state(state: str) -> str:
    """The state of a clipping in words."""
    return say(f"copy_{state}")


@register.simple_tag
def story_state(state: str) -> str:
    """The state of a story in words."""
    return say(f"story_state_{state}")


@register.simple_tag
def options(values: Iterable[str]) -> SafeString:
    """The values as options of a select, made once for all the selects of a page."""
    return format_html_join("", "<option>{}</option>", ((value,) for value in values))


@register.filter
def badge(state: str) -> str:
    """The class of the badge that shows a state."""
    return BADGES[state]


@register.filter
def percent(share: float | None) -> str:
    """A share in whole percent; nothing where there is none."""
    return "" if share is None else f"{share:.0%}"
