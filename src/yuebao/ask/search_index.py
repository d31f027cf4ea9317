"""What is wanted, asked of the index: the query, a page of what it finds, the facets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import tantivy
from tantivy import FieldType, Occur, Order, Query

from yuebao.archive import fulltext
from yuebao.ask.queries import Wanted
from yuebao.ask.renamed import other_names
from yuebao.ask.values import Facets

FACET_SIZE = 30
MOST_YEARS = 200
EXACT = ("person", "column")  # 王伟 is not 王伟民; of places, bodies and projects a part of the name is enough
RENAMED = ("organisation", "place")  # found by their former and later names too
HEADLINE = 3.0  # how much more a word weighs in the headline
LATEST = 10**6  # no year is later
TIES = 300  # hits read beyond a page, to order by time those that match as well as its last
SCORE_PLACES = 4  # sums of the same terms in another order differ behind these


@dataclass(frozen=True, slots=True)
class Found:
    """How many items there are, and the ids of the rows of one page of them, in order."""

    total: int
    items: tuple[int, ...]


def query_of(wanted: Wanted, year: int | None = None, counted: Mapping[str, str] | None = None) -> Query:
    """The query of the index. `counted`: the value of a facet, exactly."""
    words = [holds(word) for word in map(fulltext.normalise, wanted.words) if word]
    limits = [_named(*pair) for pair in wanted.fields] + _days(wanted)
    limits += [Query.term_query(fulltext.SCHEMA, name, value) for name, value in (counted or {}).items()]
    if year is not None:
        limits.append(_of_year(year))
    unwanted = [holds(word) for word in map(fulltext.normalise, wanted.not_words) if word]
    unwanted += [_named(*pair) for pair in wanted.not_fields]
    # a limit lets through or not; how well an item matches is the words' to say
    parts = [(Occur.Must, query) for query in (*words, *(Query.const_score_query(limit, 0.0) for limit in limits))]
    if not parts:
        parts = [(Occur.Must, Query.all_query())]
    if len(parts) == 1 and not unwanted:
        return parts[0][1]
    return Query.boolean_query([*parts, *((Occur.MustNot, query) for query in unwanted)])


def holds(word: str, field: str = "pairs") -> Query:
    """What finds the items whose normalised text holds the normalised word; with `headline_pairs` those whose headline holds it."""
    if len(word) == 1:
        return Query.term_query(fulltext.SCHEMA, "characters", word)
    pairs = fulltext.pairs(word)
    if len(pairs) == 1:
        return Query.term_query(fulltext.SCHEMA, field, pairs[0])
    return Query.phrase_query(fulltext.SCHEMA, field, list(pairs))


def ranked(query: Query, words: Sequence[str]) -> Query:
    """The query, with items whose headline holds the normalised words before those that hold them in the text alone."""
    inside = [holds(word, "headline_pairs") for word in words if len(word) > 1]
    return Query.boolean_query([(Occur.Must, query), *((Occur.Should, Query.boost_query(one, HEADLINE)) for one in inside)])


def near(words: Sequence[str]) -> Query:
    """What ranks items by how many of the pairs of the normalised words they hold, the rare ones most (BM25)."""
    pairs = dict.fromkeys(pair for word in words for pair in fulltext.pairs(word))
    return Query.boolean_query([(Occur.Should, Query.term_query(fulltext.SCHEMA, "pairs", pair)) for pair in pairs])


def _named(field: str, value: str) -> Query:
    """What finds the items with a name. An office is found by its end: 市长 is 代市长 and 云陵市市长, and not 副市长."""
    if field == "year":
        return _of_year(int(value))
    form = re.escape(fulltext.normalise(value))
    if field in EXACT:
        return Query.term_query(fulltext.SCHEMA, "named", fulltext.named_as(field, value))
    pattern = f"office:(.*[^副])?{form}" if field == "office" else f"{field}:.*{form}.*"
    found = Query.regex_query(fulltext.SCHEMA, "named", pattern)
    others = [
        Query.term_query(fulltext.SCHEMA, "named", fulltext.named_as(field, name))
        for name in (other_names(value) if field in RENAMED else ())
    ]
    return Query.boolean_query([(Occur.Should, query) for query in (found, *others)]) if others else found


def _of_year(year: int) -> Query:
    return Query.term_query(fulltext.SCHEMA, "year", year) if 0 <= year < LATEST else Query.empty_query()


def _days(wanted: Wanted) -> list[Query]:
    limits = []
    if wanted.from_ is not None:
        limits.append(Query.range_query(fulltext.SCHEMA, "last_day", FieldType.Unsigned, fulltext.day_number(wanted.from_), None))
    if wanted.to is not None:
        limits.append(Query.range_query(fulltext.SCHEMA, "first_day", FieldType.Unsigned, None, fulltext.day_number(wanted.to)))
    return limits


def page(searcher: tantivy.Searcher, query: Query, order: str, limit: int, offset: int) -> Found:
    """So many of the items found, from `offset` on: newest first with order "date", else best match first."""
    if order == "date":
        by: dict[str, Any] = {"order_by_field": "place_in_time", "order": Order.Desc}
        result: Any = searcher.search(query, limit=max(limit, 1), offset=offset, count=True, **by)
        hits = result.hits[:limit]
    else:
        result = searcher.search(query, limit=offset + limit + TIES, count=True)
        hits = _newest_first_where_equal(searcher, result.hits, offset, offset + limit)
    return Found(result.count, tuple(fulltext.held_at(searcher, address).item for _, address in hits))


def _newest_first_where_equal(searcher: tantivy.Searcher, hits: Sequence[Any], start: int, end: int) -> list[Any]:
    """The hits from `start` to `end`, those of one score ordered by time: the index has them as they came."""
    page = hits[start:end]
    if not page:
        return []
    scores = [round(score, SCORE_PLACES) for score, _ in hits]
    first, last = scores.index(scores[start]), len(scores) - scores[::-1].index(scores[start + len(page) - 1])
    order = sorted(range(first, last), key=lambda at: (-scores[at], -fulltext.place_in_time_at(searcher, hits[at][1])))
    return [hits[at] for at in order[start - first:start - first + len(page)]]


def facets(searcher: tantivy.Searcher, query: Query) -> Facets:
    """How what is found spreads. Years and months newest first, the others most frequent first."""
    sizes = {"year": MOST_YEARS} | dict.fromkeys(fulltext.COUNTED, FACET_SIZE)
    counted = searcher.aggregate(query, {name: {"terms": {"field": name, "size": size}} for name, size in sizes.items()})
    values = {name: [(bucket["key"], int(bucket["doc_count"])) for bucket in counted[name]["buckets"]] for name in sizes}
    years = tuple(sorted(((int(year), count) for year, count in values.pop("year")), reverse=True))
    months = tuple(sorted(values.pop("month"), reverse=True))
    return Facets(years, months, **{name: tuple(sorted(every, key=_most_first)) for name, every in values.items()})


def _most_first(bucket: tuple[str, int]) -> tuple[int, str]:
    return -bucket[1], bucket[0]
