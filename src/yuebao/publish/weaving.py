"""What the templates of `marked.html` ask of an issue: its parts, its text with markup woven in, the files of its pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from jinja2 import Environment
from markupsafe import Markup, escape

from yuebao.model import Annotation, DateValue, Entry, Figure, Issue, Item, Table
from yuebao.publish import flow
from yuebao.publish.filled import template_room
from yuebao.publish.pictures import NoPicture, shape_of

MEDIA_TYPES = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_INTERNAL = ('<span class="internal" data-mark="internal">', "</span>")

Around = Callable[[Item, Annotation], tuple[str, str] | None]


class Weaving:
    """One issue for the templates.

    `around`: what stands before and behind an annotated passage of an item, None where nothing does; `above`: the levels of headings that
    stand above those of the columns.
    """

    def __init__(self, issue: Issue, pictures: Mapping[str, bytes], around: Around, above: int = 0) -> None:
        self.above = above
        self.anchor_of = flow.anchor_of
        self.figures = flow.figures_of(issue)
        self.files = _files_of(issue, pictures)
        self._around = around

    def parts_of(self, item: Item) -> list[Entry | Table | Figure]:
        """The entries, tables and figures of an item in the order in which they are read."""
        return flow.parts_of(item, self.figures.get(item.number, ()))

    def passage(self, item: Item, start: int, end: int) -> Markup:
        """A passage of an item's text as HTML."""
        insets = flow.insets_of(item, start, end, lambda annotation: self._around(item, annotation), _INTERNAL)
        return Markup(flow.woven(start, end, insets, lambda a, b: str(as_html(item.text[a:b]))))

    def file_of(self, figure: Figure) -> str | None:
        """The path of a figure's picture in the folder, None where there is none that a page can show."""
        return next((path for path, (sha256, _, _) in self.files.items() if sha256 == figure.sha256), None)


def page_room() -> Environment:
    """The templates with the filter for pages: `text` of the issue as HTML."""
    return template_room(text=as_html)


def dated(annotation: Annotation) -> tuple[str, str] | None:
    """The `time` of a single day, None for any other annotation."""
    value = annotation.value
    if not isinstance(value, DateValue) or value.starts_on != value.ends_on or not _DAY.fullmatch(value.starts_on):
        return None
    return f'<time datetime="{value.starts_on}">', "</time>"


def as_html(text: str) -> Markup:
    """The text as HTML and XHTML: line ends as `br`, characters that neither can hold as an empty `span` with their code."""
    escaped = str(escape(text)).replace("&#39;", "'").replace("&#34;", '"').replace("\n", "<br/>")
    return Markup(flow.ODD.sub(lambda found: f'<span data-code="{ord(found[0]):04X}"></span>', escaped))


def _files_of(issue: Issue, pictures: Mapping[str, bytes]) -> dict[str, tuple[str, str, bytes]]:
    """The pictures that a page can show, by their paths: sha256, media type, bytes. Their own bytes tell the kind."""
    files = {}
    for sha256 in dict.fromkeys(figure.sha256 for figure in issue.figures):
        data = pictures.get(sha256)
        if data:
            try:
                kind = shape_of(data).kind
            except NoPicture:
                continue
            files[f"pictures/{sha256}.{kind}"] = (sha256, MEDIA_TYPES[kind], data)
    return files
