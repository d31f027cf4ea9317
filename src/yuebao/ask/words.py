"""Search: the items that hold all the words, exactly; where they hold them; how they spread over years, columns and names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from yuebao.archive import folding, fulltext
from yuebao.archive.models import StoredItem
from yuebao.archive.places import home_path, index_path
from yuebao.archive.trouble import told, told_of_index
from yuebao.ask import search_index
from yuebao.ask.queries import Wanted, read_query
from yuebao.ask.values import Citation, Facets, Hit, SearchResult, Snippet

SNIPPET_LENGTH = 110  # characters: three lines of a page, enough to see who, when and what
BEFORE_MATCH = 25  # of them before the first match, where no sentence begins near it
SENTENCE_WITHIN = 45  # how far before the match a sentence may begin for the snippet to begin with it
SENTENCE_END = re.compile(r"[。！？；\n]+[”’）]?\s*")
MOST_HITS = 1000  # in one page

Marks = tuple[tuple[int, int], ...]  # spans of a text, in order


def search(
    query: str | Sequence[str], *, from_: date | None = None, to: date | None = None, year: int | None = None, month: str | None = None,
    column: str | None = None, person: str | None = None, place: str | None = None, organisation: str | None = None, act: str | None = None,
    order: Literal["date", "relevance"] = "date", limit: int = 20, offset: int = 0,
) -> SearchResult:
    """The items that `query` asks for in the query language (see queries); given word by word, those that hold every one as it is.

    An empty query finds everything that the rest allows: events between `from_` and `to`, issues of a year, and what a facet counts
    under a value: a month (2025-04), a column at any level, a person, a place, an organisation, a kind of act. `order`: newest first, or
    best match first. Raises ArchiveError, and UsageError (E215, E216, E217) for a query that is wrong.
    """
    wanted = read_query(query) if isinstance(query, str) else Wanted(tuple(query))
    words = [word for word in map(fulltext.normalise, wanted.words) if word]
    if not words and any(wanted.words):  # nothing but marks that are not indexed
        return SearchResult(0, (), Facets())
    first, last = max(filter(None, (from_, wanted.from_)), default=None), min(filter(None, (to, wanted.to)), default=None)
    wanted = replace(wanted, from_=first, to=last)
    counted = {"month": month, "column": column, "person": person, "place": place, "organisation": organisation, "act": act}
    with told(), told_of_index(index_path(home_path())):
        searcher = fulltext.opened().searcher()
        asked = search_index.query_of(wanted, year, {name: value for name, value in counted.items() if value is not None})
        # beyond the last document nothing stands, and room for it is memory that the index would ask for
        offset = min(max(offset, 0), searcher.num_docs)
        ordered = search_index.ranked(asked, words) if order == "relevance" and words else asked
        found = search_index.page(searcher, ordered, order, min(max(limit, 0), MOST_HITS), offset)
        hits = tuple(hit_of(item, words) for item in items_of(found.items))
        return SearchResult(found.total, hits, search_index.facets(searcher, asked))


def similar(query: str, limit: int = 5) -> tuple[Hit, ...]:
    """The items that come nearest to the words of a query, best first: not hits, but where to look on if nothing holds them all.

    Their marks are the pairs of characters that they share with the query. Raises ArchiveError, and UsageError as `search` does.
    """
    words = [word for word in map(fulltext.normalise, read_query(query).words) if len(word) > 1]
    if not words:
        return ()
    with told(), told_of_index(index_path(home_path())):
        searcher = fulltext.opened().searcher()
        found = search_index.page(searcher, search_index.near(words), "relevance", limit, 0)
        pairs = [pair for word in words for pair in folding.pairs(word)]
        return tuple(hit_of(item, pairs) for item in items_of(found.items))


# ---- the hits ----


def items_of(ids: Sequence[int]) -> list[StoredItem]:
    """The items of these ids, in that order, with issue and series; one query."""
    rows = {item.pk: item for item in StoredItem.objects.filter(pk__in=ids).select_related("issue__series")}
    return [rows[pk] for pk in ids if pk in rows]


def hit_of(item: StoredItem, words: list[str]) -> Hit:
    """The item as found by these normalised words."""
    marks = marks_of(item.text, words)
    headline_end = len(item.headline or "")
    return Hit(
        issue=item.issue.key, number=item.number, headline=item.headline, headline_marks=_within(marks, 0, headline_end),
        column=item.column, column_path=item.column_path, page=item.page, starts_on=item.starts_on, ends_on=item.ends_on,
        snippet=snippet_of(item.text, headline_end, marks), citation=citation_of(item), passage=_line_at(item.text, headline_end, marks),
    )


def citation_of(item: StoredItem) -> Citation:
    """Where the item stands."""
    issue = item.issue
    return Citation(
        issue=issue.key, title=issue.series.title, year=issue.year, month=issue.month, issue_number=issue.number,
        serial_number=issue.serial_number, published_on=issue.published_on, item=item.number, page=item.page,
    )


def marks_of(text: str, words: list[str]) -> Marks:
    """The spans of `text` that the normalised words match, joined where they touch, in order."""
    normalised, offsets = fulltext.normalise(text), folding.origins(text)
    spans = []
    for word in words:
        at = normalised.find(word)
        while at >= 0:
            spans.append((offsets[at], offsets[at + len(word) - 1] + 1))
            at = normalised.find(word, at + len(word))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _snippet_start(text: str, first: int) -> int:
    """Where to begin before a match at `first`: with its sentence, or so that the rest of a short text is shown whole."""
    lowest = max(first - SENTENCE_WITHIN, 0)
    ends = [match.end() for match in SENTENCE_END.finditer(text, lowest, first)]
    return min(ends[-1] if ends else first - BEFORE_MATCH, len(text) - SNIPPET_LENGTH)


def snippet_of(text: str, headline_end: int, marks: Marks) -> Snippet:
    """A stretch of the text around the first match after the headline, else its beginning; line ends become spaces."""
    body = min(headline_end + 1, len(text)) if headline_end else 0
    first = next((start for start, end in marks if end > body), body)
    start = max(_snippet_start(text, first), min(first, body))
    end = min(start + SNIPPET_LENGTH, len(text))
    return Snippet(text[start:end].replace("\n", " "), _within(marks, start, end), start > body, end < len(text))


def _line_at(text: str, headline_end: int, marks: Marks) -> int:
    """Where the line begins that holds the first match after the headline; the first line after it where there is none."""
    body = min(headline_end + 1, len(text)) if headline_end else 0
    first = next((start for start, end in marks if end > body), body)
    return max(text.rfind("\n", 0, first) + 1, body)


def _within(marks: Marks, start: int, end: int) -> Marks:
    """The parts of the marks that lie between `start` and `end`, counted from `start`."""
    return tuple((max(s, start) - start, min(e, end) - start) for s, e in marks if s < end and e > start)
