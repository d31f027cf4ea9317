"""Search: the items that hold all the words, exactly; where they hold them; how they spread over years, columns and people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import tantivy
from tantivy import FieldType, Occur, Order, Query

from yuebao.archive import fulltext
from yuebao.archive.models import StoredItem
from yuebao.archive.places import home_path, index_path
from yuebao.archive.trouble import told, told_of_index
from yuebao.ask.values import Citation, Facets, Hit, SearchResult, Snippet
from yuebao.text import SPACE

SNIPPET_LENGTH = 110  # characters: three lines of a page, enough to see who, when and what
BEFORE_MATCH = 25  # of them before the first match, where no sentence begins near it
SENTENCE_WITHIN = 45  # how far before the match a sentence may begin for the snippet to begin with it
FACET_SIZE = 30
SENTENCE_END = re.compile(r"[。！？；\n]+[”’）]?\s*")
MOST_YEARS = 200
MOST_HITS = 1000  # in one page

Marks = tuple[tuple[int, int], ...]  # spans of a text, in order


def search(
    query: str | Sequence[str], *, from_: date | None = None, to: date | None = None, column: str | None = None, person: str | None = None,
    year: int | None = None, order: Literal["date", "relevance"] = "date", limit: int = 20, offset: int = 0,
) -> SearchResult:
    """The items that hold every word of `query` (parted by white space, or given one by one; width and case do not matter), nothing else.

    An empty query finds everything that the rest allows: events between `from_` and `to`, items of a column at any level, items that
    name a person, issues of a year. `order`: newest first, or best match first. Raises ArchiveError.
    """
    asked = SPACE.split(query.strip()) if isinstance(query, str) else query
    words = [word for word in map(fulltext.normalise, asked) if word]
    if not words and any(asked):  # nothing but marks that are not indexed
        return SearchResult(0, (), Facets())
    limits = _limits(from_, to, column, person, year)
    with told(), told_of_index(index_path(home_path())):
        searcher = fulltext.opened().searcher()
        wanted = _all([_holds(word) for word in words] + limits)
        # beyond the last document nothing stands, and room for it is memory that the index would ask for
        offset = min(max(offset, 0), searcher.num_docs)
        found = _page(searcher, wanted, order, min(max(limit, 0), MOST_HITS), offset)
        hits = tuple(hit_of(item, words) for item in items_of(found.items))
        return SearchResult(found.total, hits, _facets(searcher, wanted))


# ---- the query ----


def _holds(word: str) -> Query:
    """What finds the items whose normalised text holds the normalised word."""
    if len(word) == 1:
        return Query.term_query(fulltext.SCHEMA, "characters", word)
    pairs = fulltext.pairs(word)
    if len(pairs) == 1:
        return Query.term_query(fulltext.SCHEMA, "pairs", pairs[0])
    return Query.phrase_query(fulltext.SCHEMA, "pairs", list(pairs))


def _limits(from_: date | None, to: date | None, column: str | None, person: str | None, year: int | None) -> list[Query]:
    schema = fulltext.SCHEMA
    limits = []
    if from_ is not None:
        limits.append(Query.range_query(schema, "last_day", FieldType.Unsigned, fulltext.day_number(from_), None))
    if to is not None:
        limits.append(Query.range_query(schema, "first_day", FieldType.Unsigned, None, fulltext.day_number(to)))
    if column is not None:
        limits.append(Query.term_query(schema, "column", column))
    if person is not None:
        limits.append(Query.term_query(schema, "person", person))
    if year is not None:
        limits.append(Query.term_query(schema, "year", year) if 0 <= year < 10**6 else Query.empty_query())
    # a limit lets through or not; how well an item matches is the words' to say
    return [Query.const_score_query(limit, 0.0) for limit in limits]


def _all(queries: list[Query]) -> Query:
    if not queries:
        return Query.all_query()
    return Query.boolean_query([(Occur.Must, query) for query in queries])


@dataclass(frozen=True, slots=True)
class _Found:
    """How many items there are, and the ids of the rows of one page of them, in order."""

    total: int
    items: tuple[int, ...]


def _page(searcher: tantivy.Searcher, wanted: Query, order: str, limit: int, offset: int) -> _Found:
    by: dict[str, Any] = {"order_by_field": "place_in_time", "order": Order.Desc} if order == "date" else {}
    result: Any = searcher.search(wanted, limit=max(limit, 1), offset=offset, count=True, **by)
    return _Found(result.count, tuple(fulltext.held_at(searcher, address).item for _, address in result.hits[:limit]))


def _facets(searcher: tantivy.Searcher, wanted: Query) -> Facets:
    sizes = {"year": MOST_YEARS, "column": FACET_SIZE, "person": FACET_SIZE}
    counted = searcher.aggregate(wanted, {name: {"terms": {"field": name, "size": size}} for name, size in sizes.items()})
    values = {name: [(b["key"], int(b["doc_count"])) for b in counted[name]["buckets"]] for name in sizes}
    return Facets(
        year=tuple(sorted(((int(year), count) for year, count in values["year"]), reverse=True)),
        column=tuple(sorted(values["column"], key=_most_first)),
        person=tuple(sorted(values["person"], key=_most_first)),
    )


def _most_first(bucket: tuple[str, int]) -> tuple[int, str]:
    return -bucket[1], bucket[0]


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
        snippet=snippet_of(item.text, headline_end, marks), citation=citation_of(item),
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
    normalised, offsets = fulltext.normalise(text), fulltext.origins(text)
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


def _within(marks: Marks, start: int, end: int) -> Marks:
    """The parts of the marks that lie between `start` and `end`, counted from `start`."""
    return tuple((max(s, start) - start, min(e, end) - start) for s, e in marks if s < end and e > start)
