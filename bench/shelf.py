"""The archive: adding issues, searching, making the derived rows again, on the sample series and some hundreds of daily issues.

    python bench/shelf.py DAILIES   the seconds as JSON; run by itself, for it sets up Django

The home is a temporary folder; the user's own is never touched.
"""

from __future__ import annotations

import json
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from measure import SHARED, Figure, Measure, Row, printed_by

DAILIES = 300
WORDS = 200
EVERY = 2  # of 825: enough for 300
HAN = re.compile(r"[一-鿿]{12,}")


def seconds_on_shelf(dailies: int) -> dict[str, Any]:
    """Seconds of adding, searching and rebuilding, in a new archive."""
    from yuebao import archive, samples

    with tempfile.TemporaryDirectory(prefix="yuebao-bench-") as folder:
        archive.setup(Path(folder) / "home")
        from yuebao.archive.models import StoredItem  # wants the set-up

        monthly = [timed(lambda path=path: added([path])) for path in samples.paths()]
        shelf = Path(folder) / "dailies"
        daily, kept = 0.0, 0
        if dailies and SHARED.is_dir():
            render(shelf, dailies)
            daily = timed(lambda: added([shelf]))
            kept = sum(line.items for line in archive.issues() if "新闻" in line.title)
        items = StoredItem.objects.count()
        words = words_of(StoredItem.objects.order_by("pk").values_list("text", flat=True))
        searches = {order: searched(words, order) for order in ("relevance", "date")}
        rebuilt = timed(archive.rebuild)
        assert archive.verify() == []
        from django.db import connections

        connections.close_all()
    return {
        "monthly": monthly, "daily": daily, "issues": len(list(monthly)) + (dailies if kept else 0), "dailies_items": kept, "items": items,
        "words": len(words), "rebuilt": rebuilt, **searches,
    }


def added(paths: Iterable[Path]) -> None:
    from yuebao import archive

    refused = [str(one.error) for one in archive.add(paths) if one.state != "added"]
    if refused:
        raise RuntimeError(f"{len(refused)} not added, such as {refused[0]}")


def render(folder: Path, dailies: int) -> None:
    """So many daily issues as files in the folder."""
    from quality import render_dailies

    render_dailies(folder, EVERY)
    for path in sorted(folder.glob("*.txt"))[dailies:]:
        path.unlink()


def words_of(texts: Iterable[str]) -> list[str]:
    """Stretches of two to four characters that stand somewhere, the same in every run."""
    rng = random.Random(20250401)
    runs = [run for text in texts for run in HAN.findall(text)]
    found = []
    for run in rng.sample(runs, min(WORDS, len(runs))):
        start, length = rng.randrange(len(run) - 4), rng.choice((2, 2, 3, 4))
        found.append(run[start:start + length])
    return found


def searched(words: list[str], order: Any) -> list[float]:
    """Milliseconds of each search, hits, snippets and facets with it."""
    from yuebao import ask

    ask.search(words[0], order=order)
    return [timed(lambda word=word: found_somewhere(ask.search(word, order=order))) * 1000 for word in words]


def found_somewhere(result: Any) -> None:
    assert result.total, "a word that stands in an item was not found"


def timed(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def shelf_figures() -> dict[str, Figure]:
    taken = json.loads(printed_by(__file__, DAILIES))
    size = f"{taken['items']} items of {taken['issues']} issues"
    with_dailies = taken["dailies_items"] > 0
    return {
        "archive_add": Figure(round(statistics.median(taken["monthly"]), 3), "a monthly issue of 36 items, index committed; median of 3"),
        "archive_add_many": Figure(
            round(taken["daily"] / (taken["issues"] - 3), 3) if with_dailies else None,
            f"a daily issue of {taken['dailies_items'] // DAILIES} items in one go" if with_dailies else "../shared is not here"),
        "archive_search_word": search_figure(taken["relevance"], f"by relevance, {taken['words']} words, {size}"),
        "archive_search_date": search_figure(taken["date"], f"newest first, {taken['words']} words, {size}"),
        "archive_rebuild": Figure(round(taken["items"] / taken["rebuilt"]), f"annotate, proof, rows and index of {size}"),
    }


def search_figure(milliseconds: list[float], what: str) -> Figure:
    nearly_all = sorted(milliseconds)[int(len(milliseconds) * 0.95)]
    return Figure(round(statistics.median(milliseconds), 2), f"p50; p95 {nearly_all:.1f}; {what}; with hits, snippets and facets")


MEASURES = (
    Measure("archive", (
        Row("archive_add", "s"), Row("archive_add_many", "s"), Row("archive_search_word", "ms"), Row("archive_search_date", "ms"),
        Row("archive_rebuild", "items/s"),
    ), shelf_figures),
)

if __name__ == "__main__":
    print(json.dumps(seconds_on_shelf(int(sys.argv[1]))))
