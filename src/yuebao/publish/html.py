"""The issue as a folder of web pages that opens from disk, with no server and no network.

`index.html` (cover and contents), `issue.html` (the whole issue, which prints as a book and is read back by `read.html`), a page of names
each for people, organisations and places, and a search in the browser. Without scripts everything but the search works.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yuebao.model import Annotation, Issue, Item, canonical
from yuebao.publish import flow, front
from yuebao.publish.filled import package_bytes
from yuebao.publish.named import LAYERS, Named, name_of, named_in
from yuebao.publish.setting import Setting
from yuebao.publish.weaving import Weaving, dated, page_room

CANNOT_HOLD: frozenset[str] = frozenset()

# the pages of names: the file, the heading, what is counted
NAMES = {
    "person": ("people.html", "人物", "人名"), "organisation": ("organisations.html", "机构", "机构名"),
    "place": ("places.html", "地名", "地名"),
}
_STATIC = ("style.css", "search.js")


def write_html(issue: Issue, setting: Setting) -> Mapping[str, bytes]:
    """The files of the folder by their paths."""
    named = named_in(issue)
    woven = Weaving(issue, setting.pictures, _Links(named).around, above=1)
    indexes = [(layer, *NAMES[layer]) for layer in LAYERS if named[layer]]
    shared: dict[str, Any] = {
        "title": flow.title_of(issue), "notice": issue.masthead.notice, "issue": issue, "of": woven, "sections": flow.sections_of(issue),
        "numbers": front.numbers_of(issue.masthead), "imprint": front.imprint_of(issue.masthead), "listed_as": flow.listed_as,
        "plates": woven.figures.get(None, ()), "count": len(issue.items()),
        "indexes": [(page, heading, len(named[layer])) for layer, page, heading, _ in indexes],
        "pages": [
            ("index.html", "目录"), ("issue.html", "全文"), *((page, heading) for _, page, heading, _ in indexes), ("search.html", "检索")],
    }
    room = page_room()

    def filled(page: str, template: str | None = None, **more: Any) -> bytes:
        return room.get_template(f"html/{template or page}").render(here=page, **shared, **more).encode("utf-8", "replace")

    files = {page: filled(page) for page in ("index.html", "issue.html", "search.html")}
    for layer, page, heading, unit in indexes:
        files[page] = filled(page, "named.html", names=named[layer], heading=heading, unit=unit, mentions_of=_mentions_of)
    files |= {name: package_bytes(f"html/{name}") for name in _STATIC}
    files["search-index.js"] = _searched(issue)
    return {**files, **{path: data for path, (_, _, data) in woven.files.items()}}


class _Links:
    """The markup of names and dates: the outermost name of a passage is a link to its index, a name within it has its anchor alone."""

    def __init__(self, named: Mapping[str, tuple[Named, ...]]) -> None:
        self._keys = {layer: {known.name: known.key for known in names} for layer, names in named.items()}
        self._outermost: dict[int, frozenset[Annotation]] = {}

    def around(self, item: Item, annotation: Annotation) -> tuple[str, str] | None:
        if annotation.layer not in NAMES:
            return dated(annotation)
        if item.number not in self._outermost:
            self._outermost[item.number] = _outermost_of(item)
        anchor = _anchor(annotation.layer, item, annotation.start, annotation.end)
        if annotation not in self._outermost[item.number]:
            return f'<span id="{anchor}">', "</span>"
        key = self._keys[annotation.layer][name_of(annotation)]
        return f'<a class="name" id="{anchor}" href="{NAMES[annotation.layer][0]}#{key}">', "</a>"


def _outermost_of(item: Item) -> frozenset[Annotation]:
    """The names of an item that stand within no other; of two with the same span the one whose layer is listed first."""
    names = [annotation for annotation in item.annotations if annotation.layer in NAMES]
    outermost, end = [], 0
    for annotation in sorted(names, key=lambda a: (a.start, -a.end, LAYERS.index(a.layer))):
        if annotation.end > end:
            outermost.append(annotation)
            end = annotation.end
    return frozenset(outermost)


def _anchor(layer: str, item: Item, start: int, end: int) -> str:
    return f"{layer}-{item.number}-{start}-{end}"


def _mentions_of(known: Named) -> list[tuple[Item, list[str]]]:
    """The items that name it, each with the anchors of the passages."""
    layer = known.key.partition("-")[0]
    found: dict[int, tuple[Item, list[str]]] = {}
    for mention in known.mentions:
        found.setdefault(mention.item.number, (mention.item, []))[1].append(_anchor(layer, mention.item, mention.start, mention.end))
    return list(found.values())


def _searched(issue: Issue) -> bytes:
    """The script that holds what is searched: each item's number, headline, text, and where it stands."""
    items = []
    for path, item in issue.walk():
        where = " › ".join([column.title for column in path if column.title] + ([f"第 {item.page} 页"] if item.page is not None else []))
        text = "\n".join(item.text[entry.start:entry.end] for entry in item.entries)
        items.append({"number": item.number, "headline": flow.listed_as(item), "text": text, "where": where})
    said = canonical(items).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")  # line ends to older browsers
    return f"window.YUEBAO_ITEMS = {said};\n".encode("utf-8", "replace")
