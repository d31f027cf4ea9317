"""Counts of what print has, every number with the items that make it; each drawn, and the same as a table.

    tables    what is counted
    charts    bars, lines and heat tables as SVG, and as PNG

By person only one person at a time, and no ranking of people.
"""

from collections.abc import Callable, Mapping

from yuebao.ask.counting.charts import drawn, png_of
from yuebao.ask.counting.tables import KINDS, Cell, Count, count
from yuebao.errors import UsageError
from yuebao.spreadsheet import csv_of

__all__ = ["FILES", "KINDS", "Cell", "Count", "count", "drawn", "file_of", "png_of"]

FILES: Mapping[str, Callable[[Count], bytes]] = {
    "csv": lambda made: csv_of(made.table()),
    "svg": lambda made: drawn(made).encode(),
    "png": lambda made: png_of(drawn(made)),
}


def file_of(made: Count, format: str) -> bytes:
    """The count as a file of that format (a key of FILES). Raises UsageError E203."""
    if format not in FILES:
        raise UsageError("E203", reason=f"{format}；可用 / known: {'、'.join(FILES)}", command="ask count")
    return FILES[format](made)
