"""The parts of a Word file, by their relations: the document, its styles, lists, notes and pictures."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from yuebao.errors import InputError
from yuebao.read.markup import Element, UnfitMarkup, decoded, parse_xml
from yuebao.zipped import UnfitZip, unpack

MOST_BASES = 20  # styles that rest on one another


@dataclass(frozen=True, slots=True)
class Style:
    """A style: its name in lower case where it is Word's own, and its properties with those that it rests on, nearest first."""

    name: str
    properties: tuple[Element, ...]


class Package:
    """The file taken apart. Raises InputError E108 where it is no Word file, damaged or hostile."""

    def __init__(self, name: str, data: bytes) -> None:
        self._name = name
        try:
            self._files = unpack(data)
        except UnfitZip as error:
            raise InputError("E108", name=name, reason=str(error)) from None
        self._types = self._content_types()
        path = next((target for kind, target in self._relations("").values() if kind == "officeDocument"), None)
        document = self._part(path or "word/document.xml")
        body = document.first("body") if document is not None else None
        if body is None:
            raise InputError("E108", name=name, reason="不是 Word 文档，或已损坏 / no Word document, or a damaged one")
        self.body = body
        self._path = path or "word/document.xml"
        self._related = self._relations(self._path)
        self.styles = self._styles()
        self.numbering = self._related_part("numbering")
        self.notes = {**self._notes("footnote"), **self._notes("endnote")}

    def picture(self, relation: str) -> tuple[str, str, bytes] | None:
        """The name, media type and bytes of a picture; None where it is not in the file (a link to one is never followed)."""
        _, path = self._related.get(relation, ("", ""))
        data = self._files.get(path)
        if data is None:
            return None
        extension = posixpath.splitext(path)[1].lstrip(".").lower()
        media_type = self._types.get("/" + path) or self._types.get(extension) or "application/octet-stream"
        return posixpath.basename(path), media_type, data

    def margins(self) -> str:
        """What stands in the heads and feet of its pages, a paragraph a line."""
        parts = [self._part(path) for kind, path in self._related.values() if kind in ("header", "footer")]
        paragraphs = [element for part in parts if part is not None for element in part.walk() if element.tag == "p"]
        return "\n".join("".join(str(c) for run in paragraph.walk() if run.tag == "t" for c in run.children) for paragraph in paragraphs)

    def _part(self, path: str) -> Element | None:
        data = self._files.get(path)
        if data is None:
            return None
        try:
            return parse_xml(decoded(data))
        except UnfitMarkup as error:
            raise InputError("E108", name=self._name, reason=str(error)) from None

    def _related_part(self, kind: str) -> Element | None:
        path = next((target for k, target in self._related.values() if k == kind), None)
        return self._part(path) if path else None

    def _relations(self, path: str) -> dict[str, tuple[str, str]]:
        """The relations of a part by id: the last word of their type, and the path that they lead to within the file."""
        folder, base = posixpath.split(path)
        part = self._part(posixpath.join(folder, "_rels", base + ".rels"))
        found: dict[str, tuple[str, str]] = {}
        for element in part.elements() if part is not None else ():
            if element.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/" + folder, element.get("Target") or "")).lstrip("/")
                found[element.get("Id") or ""] = ((element.get("Type") or "").rpartition("/")[2], target)
        return found

    def _content_types(self) -> dict[str, str]:
        part = self._part("[Content_Types].xml")
        return {
            (e.get("PartName") or (e.get("Extension") or "").lower()): e.get("ContentType") or ""
            for e in (part.elements() if part is not None else ())}

    def _styles(self) -> dict[str, Style]:
        part = self._related_part("styles")
        told = {e.get("styleId") or "": e for e in (part.elements() if part is not None else ()) if e.tag == "style"}
        return {key: Style(_name_of(element), tuple(_bases(told, key))) for key, element in told.items()}

    def _notes(self, kind: str) -> dict[str, Element]:
        part = self._related_part(kind + "s")
        return {f"{kind} {e.get('id')}": e for e in (part.elements() if part is not None else ()) if e.get("type") in (None, "normal")}


def child(element: Element | None, *path: str) -> Element | None:
    """The element at the end of a path of names, each the first of its name among the children."""
    for tag in path:
        for inner in element.children if element is not None else ():
            if isinstance(inner, Element) and inner.tag == tag:
                element = inner
                break
        else:
            return None
    return element


def value(element: Element | None, *path: str) -> str | None:
    """The `val` of the element at the end of a path."""
    found = child(element, *path)
    return None if found is None else found.get("val")


def is_on(element: Element | None, *path: str) -> bool:
    """Whether a switch stands at the end of a path and is on."""
    found = child(element, *path)
    return found is not None and found.get("val") not in ("0", "false", "off", "none")


def _name_of(style: Element) -> str:
    name = value(style, "name") or ""
    return name.lower() if name.isascii() else name


def _bases(told: dict[str, Element], key: str | None) -> list[Element]:
    chain: list[Element] = []
    while key in told and len(chain) < MOST_BASES:
        chain.append(told[key])
        key = value(told[key], "basedOn")
    return chain
