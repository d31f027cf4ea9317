"""Tables and pictures that a file holds without saying of which item: each hangs on the item among whose characters it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from yuebao.model import Figure, Issue, Item, Mark, Picture, Source, Table, Unplaced, map_items
from yuebao.structure.marked import is_marked, places_of, rows_of

Station = tuple[int, int]  # the number of an item, an offset in its text


def hang(source: Source, issue: Issue) -> Issue:
    """The issue with them; what stands before the first item, or where there is none, is in `unplaced`."""
    tables = () if is_marked(source) else tuple(mark for mark in source.marks if mark.role == "table")
    known = {figure.sha256 for figure in issue.figures}
    pictures = [picture for picture in source.pictures if picture.sha256 not in known]
    if not tables and not pictures:
        return issue
    stations = _Stations(issue)
    unplaced = list(issue.unplaced)
    figures = list(issue.figures)
    hung: dict[int, list[tuple[int, Mark]]] = {}
    for mark in tables:
        if station := stations.at(mark.start):
            hung.setdefault(station[0], []).append((station[1], mark))
        else:
            unplaced.append(Unplaced(mark.start, mark.end, "table before the first item"))
    for picture in pictures:
        if station := stations.at(picture.at):
            figures.append(_figure(len(figures) + 1, station, picture))
        else:
            unplaced.append(Unplaced(picture.at, picture.at, f"picture {picture.name} before the first item"))
    columns = map_items(issue.columns, lambda item: _with_tables(source, item, hung.get(item.number, ())))
    return replace(issue, columns=columns, figures=tuple(figures), unplaced=tuple(unplaced))


class _Stations:
    """Where the characters of the items' texts stand in the source."""

    def __init__(self, issue: Issue) -> None:
        found = [(o.source_start, item.number, o.end) for item in issue.items() for o in item.origin if o.end is not None]
        self._stations = sorted(found)

    def at(self, offset: int) -> Station | None:
        """The item whose characters are the last before the offset, and how far its text has come there; None before all items."""
        place = bisect_right(self._stations, offset, key=lambda station: station[0])
        return self._stations[place - 1][1:] if place else None


def _figure(number: int, station: Station, picture: Picture) -> Figure:
    return Figure(f"figure-{number}", station[0], station[1], None, None, picture.media_type, picture.sha256)


def _with_tables(source: Source, item: Item, hung: Sequence[tuple[int, Mark]]) -> Item:
    if not hung:
        return item
    tables = tuple(Table(after, rows_of(mark), mark.field) for after, mark in hung)
    origin = tuple(place for _, mark in hung for place in places_of(source, mark))
    return replace(item, tables=(*item.tables, *tables), origin=(*item.origin, *origin))
