"""Saved web pages as copy: which of the lines that `html` reads are the article, and when and by whom the page says it was published.

With the extra `desk` trafilatura tells the article from what surrounds it. Without it every line counts as the article's; what is furniture
by its wording is left out of copy all the same (`compile.intake`).
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass

from yuebao.read.html import HtmlReader
from yuebao.read.markup import Element, UnfitMarkup, decoded, parse_html
from yuebao.text import real_date, squeeze

LARGEST = 3_000_000  # characters of a page that is still taken apart; beyond, a machine made it, and it takes minutes
HEAD = 60_000  # characters in which a page says of itself what it is
MOST_TAGS = 30_000  # trafilatura takes about a second for so many
LEAST_ARTICLE = 60  # characters; of less than that nothing is told
_DAY = re.compile(r"(20\d\d|19\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})")
_PUBLISHED = re.compile("pub(?:lish|date|time|_date)|datepublished|release_?date|^date$|^dc\\.date", re.IGNORECASE)
_SITE = frozenset({"og:site_name", "contentsource", "source", "mediaid"})


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says of itself. `main`: its article without white space, None where it is not told from the rest."""

    main: str | None
    published_on: str | None
    outlet: str | None


def is_page(name: str, data: bytes) -> bool:
    """Whether the bytes are a web page."""
    return HtmlReader().score(name, data) > 0


def page_of(data: bytes) -> Page:
    """What a saved page says of itself; nothing of one that is no markup that can be read. Never raises."""
    text = decoded(data)
    if len(text) > LARGEST:
        return Page(None, None, None)
    try:
        metas = [element for element in parse_html(text[:HEAD]).walk() if element.tag == "meta"]
    except UnfitMarkup:
        return Page(None, None, None)
    days = (_day(meta.get("content")) for meta in metas if _PUBLISHED.search(_named(meta)))
    outlets = (meta.get("content") for meta in metas if _named(meta).lower() in _SITE)
    return Page(_article(text), next(filter(None, days), None), next(filter(None, (o and o.strip() for o in outlets)), None))


def _named(meta: Element) -> str:
    return meta.get("name") or meta.get("property") or meta.get("itemprop") or ""


def _day(said: str | None) -> str | None:
    found = _DAY.search(said or "")
    day = real_date(*(int(part) for part in found.groups())) if found else None
    return day.isoformat() if day else None


def _article(text: str) -> str | None:
    """The article without white space, as trafilatura finds it; None where it is not installed or finds next to nothing."""
    if text.count("<") > MOST_TAGS:
        return None
    try:
        import trafilatura  # an extra, and slow to load
    except ImportError:
        return None
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports what it cannot parse; the page is read without it then
    found = trafilatura.extract(text, include_comments=False, include_tables=True, favor_recall=True, with_metadata=False)
    article = squeeze(found or "")
    return article if len(article) >= LEAST_ARTICLE else None
