"""Saved searches: a name for what was asked, kept in the home as `searches.json`, listed, run again.

A search is kept as the parameters of its address (q, from, to, year, month, column, person, place, organisation, act, order), so that
the page and the command line run the same one. What is held later is found too: a search is kept, not its hits.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from yuebao.archive.places import home_path, searches_path
from yuebao.errors import ArchiveError, UsageError
from yuebao.pipeline import write_whole

PARAMETERS = ("q", "from", "to", "year", "month", "column", "person", "place", "organisation", "act", "order")
LONGEST_NAME = 60  # characters

Asked = dict[str, str]


def saved_searches() -> dict[str, Asked]:
    """The saved searches by name, in the order of the names. Raises ArchiveError E401 where the file is damaged."""
    path = _path()
    try:
        kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return {str(name): _known(asked) for name, asked in sorted(kept.items())}
    except (OSError, ValueError, AttributeError):
        raise ArchiveError("E401", reason=path.name) from None


def save_search(name: str, asked: Mapping[str, str]) -> None:
    """Keep a search under a name, in place of one of that name. Raises UsageError E203 where the name or the search is empty."""
    name, known = " ".join(name.split())[:LONGEST_NAME], _known(asked)
    if not name or not known:
        raise UsageError("E203", reason="检索的名称和内容不能为空 / name and search are wanted", command="ask search")
    _keep({**saved_searches(), name: known})


def forget_search(name: str) -> None:
    """Forget a saved search. Raises UsageError E218 where there is none of that name."""
    kept = saved_searches()
    saved_search(name)
    _keep({one: asked for one, asked in kept.items() if one != name})


def saved_search(name: str) -> Asked:
    """What was asked under a name. Raises UsageError E218 that lists the names."""
    kept = saved_searches()
    if name not in kept:
        raise UsageError("E218", name=name, known="、".join(kept) or "—")
    return kept[name]


def arguments_of(asked: Mapping[str, str]) -> dict[str, Any]:
    """The arguments with which `search` is called for these parameters; what cannot be understood is left out."""
    arguments: dict[str, Any] = {"query": asked.get("q", ""), "order": "relevance" if asked.get("order") == "relevance" else "date"}
    arguments |= {name: asked.get(name) or None for name in ("month", "column", "person", "place", "organisation", "act")}
    year = asked.get("year", "")
    arguments["year"] = int(year) if year.isascii() and year.isdigit() and len(year) < 10 else None
    return arguments | {"from_": _day(asked.get("from")), "to": _day(asked.get("to"))}


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _known(asked: Mapping[str, str]) -> Asked:
    return {name: str(asked[name]) for name in PARAMETERS if asked.get(name)}


def _path() -> Path:
    return searches_path(home_path())


def _keep(searches: Mapping[str, Asked]) -> None:
    write_whole(_path(), (json.dumps(searches, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())
