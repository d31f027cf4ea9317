"""Markdown as `publish.markdown` says it (the grammar stands there), by hand or by that writer: headings, run-in headlines, paragraphs.

Inline markup of others is left as it stands.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from yuebao.model import Source
from yuebao.read.laid import Laid
from yuebao.read.markup import decoded

MEDIA_TYPE = "text/markdown"
ENDINGS = (".md", ".markdown")
FIELDS: Mapping[str, str] = {
    "题名拼音": "title_pinyin", "内部标识": "notice", "编印宗旨": "motto", "地名": "place_line", "主管": "supervisor", "主办": "sponsor",
    "编印": "publisher", "地址": "address", "电话": "phone", "邮箱": "email", "准印证号": "permit_number", "印刷": "printer",
    "印数": "print_run", "印刷日期": "printed_on", "编印日期": "published_on", "发放范围": "distribution",
}
NUMBERS = "期次"
EMPTY = "<br>"
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_ANY_HEADING = re.compile(rb"^#{1,6}(?:[ \t]|\r?$)", re.MULTILINE)
_RULE = re.compile(r"(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}")
_RUN_IN = re.compile(r"\*\*((?:\\.|[^\\*])+)\*\*(?:[ \t\u3000](.*))?", re.DOTALL)
_LABEL = re.compile(r"\*(署名：|表：|图：|〔内部〕)((?:\\.|[^\\*])*)\*", re.DOTALL)
_NUMBER_LINE = re.compile(r"(?:(?P<year>\d+)年)?(?:(?P<month>\d+)月)?(?:第(?P<number>\d+)期)?(?:（总第(?P<serial_number>\d+)期）)?")
_SAID = re.compile(r"\\\n|<br>|\\([!-/:-@\[-`{-~])|&#(\d{1,7});")
_DELIMITERS = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_BARS = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_QUOTED = re.compile(r"^[ \t]*>[ ]?", re.MULTILINE)


class MarkdownReader:
    name = "markdown"

    def score(self, name: str, data: bytes) -> float:
        """1 for a file that is called Markdown and has a heading, else 0."""
        return float(name.lower().endswith(ENDINGS) and _ANY_HEADING.search(data) is not None)

    def read(self, name: str, data: bytes) -> Source:
        """The Source of the file; never raises."""
        laid = Laid()
        reading = _Reading(laid)
        for block in _blocks(decoded(data)):
            reading.take(block)
        return laid.source(name, MEDIA_TYPE, data)


def _blocks(text: str) -> Iterator[str]:
    """What stands between empty lines, a heading by itself."""
    lines: list[str] = []
    for line in [*text.replace("\r\n", "\n").split("\n"), ""]:
        is_heading = line.startswith("#") and _HEADING.fullmatch(line) is not None
        if lines and (is_heading or not line.strip(" \t")):
            yield "\n".join(lines)
            lines = []
        if is_heading:
            yield line
        elif line.strip(" \t"):
            lines.append(line.rstrip(" \t"))


class _Reading:
    """The blocks of a file, one after the other."""

    def __init__(self, laid: Laid) -> None:
        self.laid = laid
        self.has_title = self.in_columns = self.in_item = self.is_internal = False
        self.caption: str | None = None

    def take(self, block: str) -> None:
        """Lay out one block."""
        is_table = block.startswith("|") and "\n" in block and _DELIMITERS.fullmatch(block.split("\n")[1]) is not None
        if self.caption is not None and not is_table:
            self.laid.put("furniture", self.caption, value="caption of a table that is not in the file")
            self.caption = None
        if heading := _HEADING.fullmatch(block):
            self._heading(len(heading[1]), heading[2] or "")
        elif _RULE.fullmatch(block):
            self._item()
        elif label := _LABEL.fullmatch(block):
            self._label(label[1], label[2])
        elif is_table:
            self._table(block.split("\n"))
        elif not self.in_columns and not self.in_item and block.startswith("- "):
            for row in block.split("\n"):
                self._row(row.removeprefix("- "))
        elif not self.in_columns and not self.in_item and block.startswith(">"):
            self._epigraph(_QUOTED.sub("", block))
        elif found := _RUN_IN.fullmatch(block):
            self._item()
            self.laid.put("headline", _said(found[1]))
            if found[2] is not None:
                self.laid.put("entry", _said(found[2]))
        else:
            self._within_item()
            self.laid.put("entry", _said(block))

    def _heading(self, signs: int, text: str) -> None:
        if signs == 1 and not self.has_title and not self.in_columns:
            self.has_title = True
            self.laid.put("masthead", _said(text), field="title")
        else:
            self.in_columns, self.in_item = True, False
            self.laid.put("column", _said(text), level=max(signs - 1, 1))

    def _item(self) -> None:
        self.in_item = True
        self.laid.mark("item", value="internal" if self.is_internal else None)
        self.is_internal = False

    def _within_item(self) -> None:
        if not self.in_item:
            self._item()

    def _label(self, label: str, text: str) -> None:
        if label == "〔内部〕":
            self.is_internal = True
            self.laid.put("furniture", label, value="label")
        elif label == "署名：":
            self.laid.put("furniture", label, value="label")
            self.laid.put("byline", _said(text))
        elif label == "表：":
            self.caption = _said(text)
        else:
            self.laid.put("furniture", label + _said(text), value="caption of a figure that is not in the file")

    def _table(self, lines: list[str]) -> None:
        self._within_item()
        rows = [_cells(line) for n, line in enumerate(lines) if n != 1]
        caption, self.caption = self.caption, None
        said = ([caption] if caption is not None else []) + ["\t".join(row) for row in rows]
        self.laid.put("table", "\n".join(said), field=caption, value=json.dumps(rows, ensure_ascii=False))

    def _row(self, row: str) -> None:
        label, colon, text = row.partition("：")
        numbers = _NUMBER_LINE.fullmatch(text) if label == NUMBERS else None
        if not colon:
            self.laid.put("furniture", _said(row), value="row without label")
        elif numbers:
            for field, value in numbers.groupdict().items():
                if value is not None:
                    self.laid.put("masthead", value, field=field)
        else:
            self.laid.put("furniture", _said(label), value="label")
            names = [text] if label in FIELDS else text.split("、")
            for name in names:
                self.laid.put("masthead", _said(name), FIELDS.get(label, "editors"), value=None if label in FIELDS else _said(label))

    def _epigraph(self, text: str) -> None:
        for paragraph in text.split("\n\n"):
            heading = _RUN_IN.fullmatch(paragraph)
            if heading and heading[2] is None:
                self.laid.put("epigraph", _said(heading[1]), field="heading")
            elif paragraph.startswith("——"):
                self.laid.put("epigraph", _said(paragraph[2:]), field="attribution")
            else:
                self.laid.put("epigraph", _said(paragraph), field="text")


def _said(text: str) -> str:
    """The text without the signs of Markdown."""
    if text == EMPTY:
        return ""

    def plain(found: re.Match[str]) -> str:
        if found[2] is not None:
            return chr(min(int(found[2]), 0x10FFFF)) if int(found[2]) else "\ufffd"
        return found[1] if found[1] is not None else "\n"

    return _SAID.sub(plain, text)


def _cells(line: str) -> list[str]:
    """The cells of a row; at its end those that only fill it up are left out."""
    bare = line.strip(" \t").removeprefix("|")
    cells = [cell.strip(" \t") for cell in _BARS.sub("\\1\0", bare).split("\0")]
    if cells and not cells[-1]:
        cells.pop()
    while cells and cells[-1] == EMPTY:
        cells.pop()
    return [_said(cell) for cell in cells]
