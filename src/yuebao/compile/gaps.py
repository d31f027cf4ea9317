"""What a draft lacks and the back run had: columns, counties, and events that come every month or every year at this time."""

from __future__ import annotations

from collections.abc import Sequence

from yuebao.compile.columns_cues import Path
from yuebao.compile.values import Gap
from yuebao.model import Issue, Item


def gaps(placed: Sequence[tuple[Item, Path]], run: Sequence[Issue], year: int, month: int) -> tuple[Gap, ...]:
    """The gaps of a draft, most certain first; none where there is no run."""
    del placed, run, year, month
    return ()
