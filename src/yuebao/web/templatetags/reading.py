"""What the templates say: words of the interface, dates, the name of an issue, a citation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import quote

from django import template
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from yuebao import glossary
from yuebao.ask import Citation, Hit, Quotation, Snippet
from yuebao.errors import YuebaoError
from yuebao.model import Finding, Problem
from yuebao.proof import rules
from yuebao.web import marks, words
from yuebao.web.pages import SourceLine

register = template.Library()
ACTS = {
    "presided": "act_presided", "spoke": "act_spoke", "attended": "act_attended", "inspected": "act_inspected",
    "accompanied": "act_accompanied", "signed": "act_signed", "unveiled": "act_unveiled", "met": "act_met", "other": "act_other",
}


def language() -> str:
    """The language chosen for this request: "zh" or "en"."""
    return "en" if (get_language() or "").startswith("en") else "zh"


@register.simple_tag
def language_tag() -> str:
    """The language of the page as HTML wants it."""
    return words.LANGUAGES[language()]


@register.simple_tag
def other_language() -> str:
    """The language that the switch leads to."""
    return "zh" if language() == "en" else "en"


@register.simple_tag
def say(key: str, n: object = None, **filled: object) -> str:
    """The interface's words for `key`, in the chosen language."""
    return words.say(language(), key, n=n, **filled)


@register.simple_tag
def field_name(key: str) -> str:
    """The word for a field of the imprint; the role of an editor stands as it is printed."""
    return words.say(language(), key) if key in words.WORDS else key


@register.filter
def said(problem: Problem) -> str:
    """What a problem of reading says, in the chosen language."""
    return glossary.said_of(problem, language())


@register.simple_tag
def what_is_found(finding: Finding) -> SafeString:
    """What a finding says: its message, which is Chinese, and before it in English what its rule is about."""
    if language() != "en":
        return format_html('<span lang="zh-Hans">{}</span>', finding.message)
    return format_html('{}: <span class="original" lang="zh-Hans">{}</span>', _titles_en().get(finding.code, ""), finding.message)


@cache
def _titles_en() -> dict[str, str]:
    return {rule.code: rule.title_en for rule in rules()}


@register.filter
def day(value: date | str | None) -> str:
    """A date in the words of the chosen language; nothing where there is none."""
    if not value:
        return ""
    return words.day_name(language(), date.fromisoformat(value) if isinstance(value, str) else value)


@register.simple_tag
def issue_number(stored: Any) -> str:
    """2025年第4期, from whatever has year, month, number and published_on."""
    return words.issue_name(language(), stored.year, stored.month, stored.number, stored.published_on)


@register.simple_tag
def short_number(stored: Any) -> str:
    """第4期, under a heading that gives the year."""
    return say("issue_number", n=stored.number) if stored.number is not None else issue_number(stored)


@register.simple_tag
def citation(where: Citation) -> str:
    """《云陵月报》2025年第4期（总第118期）第6页."""
    if language() != "en":
        return where.text()
    issue = words.issue_name("en", where.year, where.month, where.issue_number, where.published_on)
    serial = f" ({say('serial_number', n=where.serial_number)})" if where.serial_number is not None else ""
    leaf = say("item_n", n=where.item) if where.page is None else say("page", n=where.page)
    return f"《{where.title}》 {issue}{serial}, {leaf}"


@register.simple_tag
def line_range(lines: Sequence[Any]) -> str:
    """The numbers of the first and last of the lines."""
    first, last = lines[0].number, lines[-1].number
    return say("one_line" if first == last else "line_range", first=first, last=last)


@register.simple_tag
def source_lines(lines: Sequence[SourceLine], linked_to: str | None = None) -> SafeString:
    """Lines of a source with their numbers: anchors of their own, or links to those on the source page of an issue.

    Made here and not in a template, since a year's chronicle has thirty thousand.
    """
    page = "" if linked_to is None else reverse("source", args=[linked_to])
    line = '<li{} value="{}"{}><a class="at" href="{}#L{}">{}</a><span class="chars">{}</span></li>\n'
    gap = mark_safe(' class="gap"')
    cells = (
        ("" if linked_to else format_html(' id="L{}"', a.number), a.number, gap if a.after_gap else "", page, a.number, a.number, a.text)
        for a in lines
    )
    return format_html('<ol class="lines" lang="zh-Hans">\n{}</ol>', format_html_join("", line, cells))


@register.simple_tag(takes_context=True)
def is_here(context: Context, name: str) -> str:
    """aria-current for the link to the page that is shown."""
    request: HttpRequest = context["request"]
    return mark_safe(' aria-current="page"') if request.resolver_match and request.resolver_match.url_name == name else ""


@register.simple_tag(takes_context=True)
def asking(context: Context, **changed: object) -> str:
    """The address of the same search with parameters changed (None: left out), from its first page unless a page is named."""
    asked = context["request"].GET.copy()
    for name, value in {"page": None, "lang": None, **changed}.items():
        asked.pop(name, None)
        if value is not None:
            asked[name] = str(value)
    return "?" + asked.urlencode()


@register.simple_tag(takes_context=True)
def without(context: Context, name: str) -> str:
    """The address of the same search less one condition."""
    return asking(context, **{name: None})


@register.simple_tag(takes_context=True)
def facet_link(context: Context, name: str, value: object, n: int) -> SafeString:
    """The link that narrows the search to a value, with its count."""
    address = asking(context, **{name: value})
    return format_html('<a href="{}"><span class="value">{}</span> <span class="n">{}</span></a>', address, condition(name, value), n)


@register.simple_tag
def condition(name: str, value: object) -> object:
    """The value of a condition of a search in the words of the chosen language."""
    match name:
        case "act" if value in ACTS:
            return say(ACTS[str(value)])
        case "month":
            year, _, number = str(value).partition("-")
            return month((int(year), int(number))) if year.isdigit() and number.isdigit() else value
        case "from" | "to":
            return day(str(value))
    return value


@register.simple_tag
def told_of(error: YuebaoError) -> str:
    """What an error says and advises."""
    return f"{error.message(language())}{'. ' if language() == 'en' else '。'}{error.advice(language())}"


@register.simple_tag
def passage_of(hit: Hit) -> str:
    """The address of the passage that was found; browsers that know text fragments show the word itself."""
    address = f"{reverse('item', args=[hit.issue, hit.number])}#at-{hit.passage}"
    if not hit.snippet.marks:
        return address
    start, end = hit.snippet.marks[0]
    return f"{address}:~:text={quote(hit.snippet.text[start:end], safe='').replace('-', '%2D')}"


@register.filter
def snippet(cut: Snippet) -> SafeString:
    """A stretch of text with the words that were searched for marked, and … where it was cut."""
    return format_html("{}{}{}", "……" if cut.is_cut_before else "", marks.found(cut.text, cut.marks), "……" if cut.is_cut_after else "")


@register.filter
def quotation(said: Quotation) -> SafeString:
    """A sentence as printed, whom it is quoted for marked."""
    start, end = said.mark
    return format_html("{}<b>{}</b>{}", said.text[:start], said.text[start:end], said.text[end:])


@register.filter
def month(at: tuple[int, int]) -> str:
    """2025年4月, from year and month."""
    return words.issue_name(language(), at[0], at[1], None, None)


@register.filter
def headline(hit: Hit) -> SafeString:
    """The headline of an item found, with the words that were searched for marked."""
    return marks.found(hit.headline, hit.headline_marks) if hit.headline else format_html("{}", say("no_headline"))


@register.filter
def plain_headline(hit: Hit) -> str:
    """The headline of an item, or that it has none."""
    return hit.headline or say("no_headline")
