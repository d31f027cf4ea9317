"""What the pages of items and reviews ask: names of states and reviews, which of them the account may give, differences as marks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from yuebao.desk import reviews
from yuebao.desk.compared import Piece
from yuebao.web.templatetags.desk import may
from yuebao.web.templatetags.reading import language, say

register = template.Library()
BADGES = {
    "editing": "", "submitted": "waiting", "first_passed": "waiting", "second_passed": "waiting", "passed": "done", "withdrawn": "dropped",
}
MARKS = {"same": "{}", "deleted": "<del>{}</del>", "inserted": "<ins>{}</ins>"}


@register.simple_tag
def state_of(item: Any) -> SafeString:
    """The state of an item as a badge."""
    return format_html('<span class="badge {}">{}</span>', BADGES[item.state], reviews.STATES[item.state][language() == "en"])


@register.simple_tag
def level_name(level: str) -> str:
    """初审, 复审, 终审."""
    return reviews.LEVELS[level][language() == "en"]


@register.simple_tag
def verdict_name(verdict: str) -> str:
    """通过, 退回."""
    return reviews.VERDICTS[verdict][language() == "en"]


@register.simple_tag
def verdicts() -> list[tuple[str, str]]:
    """Every verdict with its name."""
    return [(key, verdict_name(key)) for key in reviews.VERDICTS]


@register.simple_tag(takes_context=True)
def may_review(context: Context, level: str | None) -> str:
    """The address where the account gives this review of the item that is shown; nothing where it may not."""
    if level is None or not may(context, f"review {level}"):
        return ""
    item = context["item"]
    return reverse(f"review-{level}", args=[item.issue_id, item.number])


@register.simple_tag(takes_context=True)
def may_review_all(context: Context, issue: Any, level: str) -> str:
    """The address where the account passes many items at this level; nothing where it may not."""
    return reverse(f"reviews-{level}", args=[issue.pk]) if may(context, f"review {level}") else ""


@register.simple_tag
def gap_kind(kind: str) -> str:
    """What sort of thing is lacking."""
    return say(f"gap_{kind}")


@register.simple_tag
def pieces(differences: Iterable[Piece]) -> SafeString:
    """Two texts in one, what was deleted and inserted marked."""
    return format_html_join("", "{}", ((format_html(MARKS[piece.kind], piece.text),) for piece in differences))
