"""Tables and pictures that a file holds without saying of which item: each hangs on the item among whose characters it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from yuebao.model import Dropped, Figure, Issue, Item, Mark, Picture, Source, Table, Unplaced, map_items
from yuebao.structure.marked import is_marked, places_of, rows_of

# who took a picture: （某某　摄）, （摄影：某某）, 某某 摄, 摄影：某某
_CREDIT = re.compile(
    r"\s*[（(](?:摄影?\s*[:：/]\s*([^（）()]{2,20}?)|([^（）()]{2,20}?)\s*摄影?)\s*[)）]$"
    r"|\s+(?:摄影\s*[:：/]\s*(\S{2,20})|(\S{2,12})\s*摄影?)$")

Station = tuple[int, int]  # the number of an item, an offset in its text


def hang(source: Source, issue: Issue) -> Issue:
    """The issue with them; what stands before the first item, or where there is none, is in `unplaced`."""
    own = () if is_marked(source) else source.marks
    tables = [mark for mark in own if mark.role == "table"]
    known = {figure.sha256 for figure in issue.figures}
    pictures = [picture for picture in source.pictures if picture.sha256 not in known]
    if not tables and not pictures:
        return issue
    stations = _Stations(issue)
    unplaced = list(issue.unplaced)
    figures = list(issue.figures)
    captions = _captions(pictures, [mark for mark in own if mark.role == "caption"])
    dropped = list(issue.dropped)
    hung: dict[int, list[tuple[int, Mark]]] = {}
    for mark in tables:
        if station := stations.at(mark.start):
            hung.setdefault(station[0], []).append((station[1], mark))
        else:
            unplaced.append(Unplaced(mark.start, mark.end, "table before the first item"))
    for picture in pictures:
        caption = captions.get(picture)
        if station := stations.at(picture.at):
            said = source.text[caption.start:caption.end].strip() if caption else None
            figures.append(_figure(len(figures) + 1, station, picture, said))
            dropped += [Dropped(caption.start, caption.end, "caption of a figure")] if caption else []
        else:
            end = caption.end if caption else picture.at
            unplaced.append(Unplaced(caption.start if caption else picture.at, end, f"picture {picture.name} before the first item"))
    columns = map_items(issue.columns, lambda item: _with_tables(source, item, hung.get(item.number, ())))
    dropped.sort(key=lambda d: (d.source_start, d.source_end))
    return replace(issue, columns=columns, figures=tuple(figures), dropped=tuple(dropped), unplaced=tuple(unplaced))


def _captions(pictures: Sequence[Picture], captions: Sequence[Mark]) -> dict[Picture, Mark]:
    """The caption of each picture that has one: it stands behind its picture and before the next."""
    return {picture: mark for mark in captions for picture in [p for p in pictures if p.at <= mark.start][-1:]}


class _Stations:
    """Where the characters of the items' texts stand in the source."""

    def __init__(self, issue: Issue) -> None:
        found = [(o.source_start, item.number, o.end) for item in issue.items() for o in item.origin if o.end is not None]
        self._stations = sorted(found)

    def at(self, offset: int) -> Station | None:
        """The item whose characters are the last before the offset, and how far its text has come there; None before all items."""
        place = bisect_right(self._stations, offset, key=lambda station: station[0])
        return self._stations[place - 1][1:] if place else None


def _figure(number: int, station: Station, picture: Picture, said: str | None) -> Figure:
    """The figure of a picture; what is said under it ends with who took it, in brackets or not."""
    signed = _CREDIT.search(said or "")
    caption = (said or "")[:signed.start()] if signed else said
    credit = next(filter(None, signed.groups()), None) if signed else None
    return Figure(f"figure-{number}", station[0], station[1], caption or None, credit, picture.media_type, picture.sha256)


def _with_tables(source: Source, item: Item, hung: Sequence[tuple[int, Mark]]) -> Item:
    if not hung:
        return item
    tables = tuple(Table(after, rows_of(mark), mark.field) for after, mark in hung)
    origin = tuple(place for _, mark in hung for place in places_of(source, mark))
    return replace(item, tables=(*item.tables, *tables), origin=(*item.origin, *origin))
