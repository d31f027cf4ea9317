"""What a Word file says from top to bottom: paragraphs with their runs, tables, and what hangs on them, as accepted (no deletions).

Fields give their results, text boxes and notes stand behind the paragraph that holds them. Comments, heads and feet are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from yuebao.read.docx.numbering import Numbering
from yuebao.read.docx.package import Package, Style, child, is_on, value
from yuebao.read.markup import Element
from yuebao.word_styles import CONTROL_BASE, CONTROL_FONT

CENTRED = 8.0  # ems that a centred line is said to be in, deeper than any indent of a paragraph
EM = 240  # twentieths of a point: the size of 小四, for indents that are not in characters
_TC = re.compile(r'\s*TC\s+"((?:\\.|[^"\\])*)"', re.DOTALL)
_THROUGH = frozenset({
    "hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "bdo", "dir", "rubyBase", "ruby", "oMath",
    "oMathPara"})
_GONE = frozenset({"del", "moveFrom"})
_EMBEDDED = frozenset({"chart", "relIds", "altChunk", "subDoc"})  # charts, diagrams, other documents
_TRACKED = frozenset({"ins", "del", "moveFrom", "moveTo"})


@dataclass(slots=True)
class Run:
    """Characters of one style of runs (its name)."""

    text: str
    style: str | None = None
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as a paragraph shows it; `label` is what the drawing is called."""

    label: str
    name: str
    media_type: str
    data: bytes


@dataclass(slots=True)
class Paragraph:
    """A paragraph. `label`: the number or bullet of its list; `listed`: what a TC field has for the contents; `level`: as a heading."""

    style: str | None = None
    runs: list[Run] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    label: str = ""
    listed: str | None = None
    indent: float = 0
    level: int | None = None
    goes_on: bool = False  # its mark is deleted: the next one follows in the same line
    behind: list[Block] = field(default_factory=list)

    def text(self, with_hidden: bool = False) -> str:
        """Its characters, the label of its list aside."""
        return "".join(run.text for run in self.runs if with_hidden or not run.is_hidden)


@dataclass(slots=True)
class Table:
    """The cells of a table; pictures in it."""

    rows: list[list[str]] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)


Block = Paragraph | Table


class Flow:
    """The blocks of a file; `is_tracked`: it has changes, read as accepted; `links`: pictures that lie elsewhere; `embedded`: things in it
    that are neither text nor table nor picture.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        self._numbering = Numbering(package.numbering)
        self._codes: list[list[str]] = []  # the fields that are open: the pieces of the code, None at its end once the result has begun
        self._in_result: list[bool] = []
        self.is_tracked = False
        self.links = 0
        self.embedded = 0
        self._notes: set[str] = set()  # told so far
        self.blocks = list(self._joined(self._blocks(package.body)))

    @property
    def notes(self) -> int:
        """How many notes stand behind their paragraphs."""
        return len(self._notes)

    def _blocks(self, element: Element) -> Iterator[Block]:
        for inner in element.elements():
            if inner.tag == "p":
                yield self._paragraph(inner)
            elif inner.tag == "tbl":
                yield self._table(inner)
            elif inner.tag in _GONE:
                self.is_tracked = True
            elif inner.tag in _EMBEDDED:
                self.embedded += 1
            elif inner.tag == "AlternateContent":
                yield from self._blocks(_chosen(inner))
            elif inner.tag in _THROUGH:
                yield from self._blocks(inner)

    def _joined(self, blocks: Iterator[Block]) -> Iterator[Block]:
        """The blocks, a paragraph whose mark is deleted together with the next."""
        before: Paragraph | None = None
        for block in blocks:
            if before is not None and isinstance(block, Paragraph):
                block.runs = [*before.runs, *block.runs]
                block.shown = [*before.shown, *block.shown]
                block.behind = [*before.behind, *block.behind]
                block.label = before.label or block.label
            elif before is not None:
                yield before
            before = block if isinstance(block, Paragraph) and block.goes_on else None
            if before is None:
                yield block
        if before is not None:
            yield before

    # ---- paragraphs ----

    def _paragraph(self, element: Element) -> Paragraph:
        properties = child(element, "pPr")
        style = self._package.styles.get(value(properties, "pStyle") or "")
        chain = [e for e in (properties, *(child(s, "pPr") for s in (style.properties if style else ()))) if e is not None]
        made = Paragraph(style.name if style else None, level=_level(chain), indent=_indent(chain), label=self._numbering.label(chain))
        mark = child(properties, "rPr")
        made.goes_on = child(mark, "del") is not None or child(mark, "moveFrom") is not None
        self.is_tracked |= made.goes_on
        self._inline(element, made)
        return made

    def _inline(self, element: Element, into: Paragraph) -> None:
        for inner in element.elements():
            if inner.tag == "r":
                self._run(inner, into)
            elif inner.tag in _GONE:
                self.is_tracked = True
            elif inner.tag == "AlternateContent":
                self._inline(_chosen(inner), into)
            elif inner.tag in _THROUGH:
                self.is_tracked |= inner.tag in _TRACKED
                self._inline(inner, into)

    def _run(self, element: Element, into: Paragraph) -> None:
        properties = child(element, "rPr")
        style = self._package.styles.get(value(properties, "rStyle") or "")
        hidden = is_on(properties, "vanish") or (child(properties, "vanish") is None and _is_hidden(style))
        run = Run("", style.name if style else None, hidden)
        for inner in element.elements():
            self._piece(inner, run, into)
        if run.text:
            into.runs.append(run)

    def _piece(self, element: Element, run: Run, into: Paragraph) -> None:
        """Put what one child of a run says where it belongs."""
        tag = element.tag
        if tag == "fldChar":
            self._field(element.get("fldCharType") or "", into)
        elif tag == "instrText":
            if self._codes:
                self._codes[-1].append(_text(element))
        elif tag in ("drawing", "pict", "object", "AlternateContent"):
            self._drawn(_chosen(element) if tag == "AlternateContent" else element, into)
        elif self._in_result and not all(self._in_result):
            return  # the code of a field, whatever it is made of
        elif tag in ("footnoteReference", "endnoteReference"):
            key = f"{tag.removesuffix('Reference')} {element.get('id')}"
            note = self._package.notes.get(key)
            if note is not None and key not in self._notes:
                self._notes.add(key)
                into.behind += self._joined(self._blocks(note))
        elif tag == "ruby":
            self._inline(child(element, "rubyBase") or element, into)
        else:
            run.text += _character(element)

    def _field(self, kind: str, into: Paragraph) -> None:
        if kind == "begin":
            self._codes.append([])
            self._in_result.append(False)
        elif kind == "separate" and self._in_result:
            self._in_result[-1] = True
        elif kind == "end" and self._in_result:
            self._in_result.pop()
            if listed := _TC.match("".join(self._codes.pop())):
                into.listed = re.sub(r"\\(.)", r"\1", listed[1])

    def _drawn(self, element: Element, into: Paragraph) -> None:
        """The pictures of a drawing, and the paragraphs of the text boxes in it."""
        label = next((e.get("name") for e in element.walk() if e.tag == "docPr"), None) or ""
        for inner in _seen(element):
            if inner.tag in ("blip", "imagedata"):
                picture = self._package.picture(inner.get("embed") or inner.get("id") or "")
                if picture is not None:
                    into.shown.append(Shown(label, *picture))
                else:
                    self.links += 1
            elif inner.tag in _EMBEDDED:
                self.embedded += 1
            elif inner.tag == "txbxContent":
                codes, results, self._codes, self._in_result = self._codes, self._in_result, [], []
                into.behind += self._joined(self._blocks(inner))
                self._codes, self._in_result = codes, results

    # ---- tables ----

    def _table(self, element: Element) -> Table:
        table = Table()
        for row in _rows(element):
            self.is_tracked |= child(row, "trPr", "del") is not None
            if child(row, "trPr", "del") is None:
                table.rows.append([text for cell in _rows(row, "tc") for text in self._cell(cell, table)])
        return table

    def _cell(self, element: Element, table: Table) -> list[str]:
        """The text of a cell, and an empty one for each further column that it covers; none where it goes on from the row above."""
        across = max(int(value(element, "tcPr", "gridSpan") or 1), 1) if (value(element, "tcPr", "gridSpan") or "1").isdigit() else 1
        merge = child(element, "tcPr", "vMerge")
        lines: list[str] = []
        for block in self._joined(self._blocks(element)):
            self._say(block, lines, table)
        said = "" if merge is not None and merge.get("val") in (None, "continue") else "\n".join(lines)
        return [said, *[""] * min(across - 1, 200)]

    def _say(self, block: Block, lines: list[str], table: Table) -> None:
        table.shown += block.shown
        if isinstance(block, Table):
            lines += ["\t".join(row) for row in block.rows]
            return
        lines.append(block.label + block.text())
        for inner in block.behind:
            self._say(inner, lines, table)


# ---- what one element says ----


def _character(element: Element) -> str:
    """The characters that a child of a run stands for; none for what is no text."""
    tag = element.tag
    if tag == "t":
        return _text(element)
    if tag in ("tab", "ptab"):
        return "\t"
    if tag in ("br", "cr"):
        return "\n"
    if tag == "noBreakHyphen":
        return "\u2011"
    if tag == "sym":
        code = element.get("char") or ""
        number = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{1,4}", code) else 0xFFFD
        is_control = element.get("font") == CONTROL_FONT and CONTROL_BASE < number < CONTROL_BASE + 32
        return chr(number - CONTROL_BASE if is_control else number if not 0xD800 <= number < 0xE000 and number else 0xFFFD)
    return ""


def _text(element: Element) -> str:
    return "".join(piece for piece in element.children if isinstance(piece, str))


def _chosen(element: Element) -> Element:
    """Of alternatives the first: the others say the same for older programs."""
    return child(element, "Choice") or child(element, "Fallback") or element


def _seen(element: Element) -> Iterator[Element]:
    """The elements of a drawing, of alternatives the first, without those within a text box."""
    for inner in element.elements():
        if inner.tag == "AlternateContent":
            yield from _seen(_chosen(inner))
            continue
        yield inner
        if inner.tag != "txbxContent":
            yield from _seen(inner)


def _rows(element: Element, tag: str = "tr") -> Iterator[Element]:
    """The rows of a table, or the cells of a row."""
    for inner in element.elements():
        if inner.tag == tag:
            yield inner
        elif inner.tag in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _rows(inner, tag)


def _is_hidden(style: Style | None) -> bool:
    return any(is_on(s, "rPr", "vanish") for s in (style.properties if style else ()))


def _level(chain: list[Element]) -> int | None:
    """The level in the outline, from 1; None for text."""
    for properties in chain:
        said = value(properties, "outlineLvl")
        if said is not None:
            return int(said) + 1 if said.isdigit() and int(said) < 9 else None
    return None


def _indent(chain: list[Element]) -> float:
    """How far in the first line begins, in ems."""
    if next((value(p, "jc") for p in chain if value(p, "jc")), None) == "center":
        return CENTRED
    found = [ind for p in chain if (ind := child(p, "ind")) is not None]

    def ems(*names: str) -> float:
        for ind in found:
            for name in names:
                said = ind.get(name)
                if said is not None and re.fullmatch(r"-?\d{1,6}", said):
                    return int(said) / (100 if name.endswith("Chars") else EM)
        return 0.0

    first = ems("firstLineChars", "firstLine") - ems("hangingChars", "hanging")
    return max(ems("leftChars", "startChars", "left", "start") + first, 0.0)
