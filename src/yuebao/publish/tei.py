"""TEI P5: one XML file that holds the whole issue, for archives and researchers. Valid against TEI All.

Header from the masthead (in `bibl type="masthead"`), columns as nested `div`, items with `head`, an entry a `p`, people, organisations and
places in `standOff` with the text's names linked to them. A figure's picture is in the file where it is known. Read back by `read.tei`.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from markupsafe import Markup, escape

from yuebao.model import Annotation, DateValue, Entry, Issue, Item, Masthead, MoneyValue, QuantityValue
from yuebao.publish import flow
from yuebao.publish.book import number_line_of, serial_line_of
from yuebao.publish.filled import template_room
from yuebao.publish.named import name_of, named_in
from yuebao.publish.setting import Setting

CANNOT_HOLD: frozenset[str] = frozenset()

# The elements that hold the fields of the masthead; `read.tei` knows the same.
_NOTE = '<note type="{field}">{text}</note>'
_SCOPE = '<biblScope unit="{field}" n="{text}">{text}</biblScope>'
_ELEMENTS: Mapping[str, str] = {
    "title": '<title level="j" type="main">{text}</title>',
    "title_pinyin": '<title level="j" type="title_pinyin" xml:lang="zh-Latn">{text}</title>',
    **dict.fromkeys(("year", "month", "number", "serial_number"), _SCOPE),
    **dict.fromkeys(("supervisor", "sponsor", "printer"), '<orgName type="{field}">{text}</orgName>'),
    "publisher": "<publisher>{text}</publisher>",
    "address": "<address><addrLine>{text}</addrLine></address>",
    "permit_number": '<idno type="permit_number">{text}</idno>',
    **dict.fromkeys(("published_on", "printed_on"), '<date type="{field}">{text}</date>'),
    **dict.fromkeys(("notice", "motto", "phone", "email", "distribution", "place_line", "print_run"), _NOTE),
}
_EDITOR = '<editor role="{role}">{text}</editor>'
_ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_WORD = re.compile(r"[\w%/]+")
_INTERNAL = ('<seg type="internal">', "</seg>")
_NAMES = {"person": "persName", "organisation": "orgName", "place": "placeName"}
_PLAIN = {"document": ('<title type="document">', "</title>"), "project": ('<name type="project">', "</name>")}


def write_tei(issue: Issue, setting: Setting) -> bytes:
    """The TEI document of the issue. Characters that XML cannot hold stand in `g` with their code; in attributes they become U+FFFD."""
    named = named_in(issue)
    keys = {layer: {known.name: known.key for known in names} for layer, names in named.items()}

    def around(annotation: Annotation) -> tuple[str, str] | None:
        if annotation.layer in keys:
            tag = _NAMES[annotation.layer]
            return f'<{tag} ref="#{keys[annotation.layer][name_of(annotation)]}">', f"</{tag}>"
        return _around(annotation)

    def passage(item: Item, start: int, end: int) -> Markup:
        insets = flow.insets_of(item, start, end, around, _INTERNAL)
        return Markup(flow.woven(start, end, insets, lambda a, b: _text(item.text[a:b])))

    head = issue.masthead
    room = template_room(text=_text, plain=_plain, word=_word, base64=_base64)
    return room.get_template("tei/issue.xml").render(
        issue=issue, masthead=Markup("\n".join(_masthead(head))), named=named, pictures=setting.pictures, figures=flow.figures_of(issue),
        document_title=" ".join(filter(None, (head.title, number_line_of(head), serial_line_of(head)))),
        responsible=[body for body in (head.sponsor,) if body], contents=_contents(issue),
        parts_of=flow.parts_of, extension_of=flow.extension_of, anchor_of=flow.anchor_of,
        headline_of=lambda item: passage(item, 0, len(item.headline)),
        entry_of=lambda item, entry: passage(_with_date(item, entry), entry.start, entry.end),
    ).encode("utf-8", "replace")


def _masthead(head: Masthead) -> list[str]:
    lines = []
    for field, element in _ELEMENTS.items():
        value = getattr(head, field)
        if value is not None:
            lines.append(element.format(field=field, text=_text(str(value))))
    return lines + [_EDITOR.format(role=_plain(editor.role), text=_text(editor.name)) for editor in head.editors]


def _contents(issue: Issue) -> list[dict[str, Any]]:
    """The 目录 as printed: rows with `level` 0, and before them the columns that begin, with their levels."""
    lines: list[dict[str, Any]] = []
    path: tuple[str, ...] = ()
    for row in issue.contents:
        same = next((n for n, (a, b) in enumerate(zip(path, row.path, strict=False)) if a != b), min(len(path), len(row.path)))
        begun = row.path[same:] or row.path[-1:] if row.path != path else ()
        lines += [{"level": len(row.path) - len(begun) + n, "title": title} for n, title in enumerate(begun, 1)]
        lines.append({"level": 0, "title": row.title, "page": row.page})
        path = row.path
    return lines


def _around(annotation: Annotation) -> tuple[str, str] | None:
    """What stands around an annotated passage that is no name of an index."""
    value = annotation.value
    if isinstance(value, DateValue):
        return f"<date{_when(value.starts_on, value.ends_on)}>", "</date>"
    if isinstance(value, MoneyValue):
        return f'<measure type="money"{_quantity(value.amount)} unit="{value.currency}">', "</measure>"
    if isinstance(value, QuantityValue):
        unit = f' unit="{value.unit}"' if _WORD.fullmatch(value.unit) else ""
        return f'<measure type="quantity"{_quantity(value.number)}{unit}>', "</measure>"
    return _PLAIN.get(annotation.layer)


def _with_date(item: Item, entry: Entry) -> Item:
    """The item with the date of the entry as an annotation where none says it already."""
    found = item.text.find(entry.date.text, entry.start, entry.end) if entry.date else -1
    if entry.date is None or found < 0 or any(a.layer == "date" and a.start <= found < a.end for a in item.annotations):
        return item
    value = DateValue(entry.date.starts_on, entry.date.ends_on)
    dated = Annotation("date", found, found + len(entry.date.text), value, "entry")
    return replace(item, annotations=(*item.annotations, dated))


def _when(starts_on: str, ends_on: str) -> str:
    if not (_ISO.fullmatch(starts_on) and _ISO.fullmatch(ends_on)):
        return ""
    return f' when-iso="{starts_on}"' if starts_on == ends_on else f' from-iso="{starts_on}" to-iso="{ends_on}"'


def _quantity(number: float | None) -> str:
    return "" if number is None else f' quantity="{number:.15g}"'


def _text(text: str) -> Markup:
    """The text as XML: line ends as `lb`, what XML cannot hold as `g` with its code."""
    escaped = str(escape(text)).replace("&#39;", "'").replace("&#34;", '"').replace("\n", "<lb/>")
    return Markup(flow.ODD.sub(lambda found: f'<g n="{ord(found[0]):04X}"/>', escaped))


def _plain(text: str) -> Markup:
    """The text as an attribute can hold it: a parser would make spaces of tabs and line ends that are not references."""
    escaped = str(escape(flow.ODD.sub("\ufffd", text)))
    return Markup(escaped.replace("\t", "&#9;").replace("\n", "&#10;"))


def _word(text: str | None) -> str:
    """The text as the name of a type, which is one word."""
    return "-".join(_WORD.findall(text or "")) or "code"


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
