"""Counts of what print has, every number with the items that make it; each drawn, and the same as a table.

    tables    what is counted
    charts    bars, lines and heat tables as SVG, and as PNG

By person only one person at a time, and no ranking of people.
"""

from yuebao.ask.counting.charts import drawn, png_of
from yuebao.ask.counting.tables import KINDS, Cell, Count, count

__all__ = ["KINDS", "Cell", "Count", "count", "drawn", "png_of"]
