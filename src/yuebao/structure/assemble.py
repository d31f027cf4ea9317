"""From what was found on the sheet to the issue document, and the account of every character."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from yuebao.glossary import problem
from yuebao.model import (
    Column,
    ContentsRow,
    Dropped,
    Entry,
    EntryDate,
    Issue,
    Item,
    Masthead,
    Problem,
    Source,
)
from yuebao.structure.account import accounted
from yuebao.structure.body import DATE_LEAD, Anchor, Body, find_anchors, is_bracketed, restore_clauses
from yuebao.structure.chronicle import Event, is_chronicle, read_chronicle
from yuebao.structure.columns import Columns, Node, is_column, lay_columns
from yuebao.structure.contents import Contents, Token, find_contents
from yuebao.structure.entries import dated, entry_slices, paragraphs_of
from yuebao.structure.front import Front, find_labelled, labelled_lines, read_front
from yuebao.structure.sheet import Line, Sheet, Slice, Text, by_source, places, value_of
from yuebao.text import fold, squeeze

_FOLIO = re.compile(r"[-·]*(?:第)?(\d{1,4})页?[-·]*")
_INDEX = re.compile(r"(?:人名|人物|地名|主题|名称|条目|综合|内容|机构|单位)索引|索引")
_FRONT_LIKE = re.compile(r"(?:年|期|月报|日报|周报|简报|记|鉴|联播|《|》|\d{6,8})")
_BARE_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
LEAST_FOLIOS = 3
LEAST_HEADS = 3
APART = frozenset({"table", "caption", "furniture"})  # marks of what is no running text; tables and captions are hung afterwards


@dataclass(frozen=True, slots=True)
class _Parts:
    """What stands where: the front as read, the 目录, the first line of the body, the lines of an imprint at the end."""

    front: Front
    contents: Contents | None
    first: int
    tail: set[int]


def assemble(source: Source, outline: Sequence[tuple[str, int]] | None) -> Issue:
    """The Issue of a source; `outline` as `levels.parse_outline` returns it."""
    return _Assembly(source, outline).issue()


class _Assembly:
    """One run over one source."""

    def __init__(self, source: Source, outline: Sequence[tuple[str, int]] | None) -> None:
        self.source, self.outline = source, outline
        self.apart = [(mark.start, mark.end) for mark in source.marks if mark.role in APART]
        self.sheet = Sheet(source.text, self.apart)
        self.problems: list[Problem] = list(source.problems)
        self.dropped = [Dropped(m.start, m.end, m.value or "furniture") for m in source.marks if m.role == "furniture"]

    def issue(self) -> Issue:
        """The issue; laid out anew without folios and running heads where the body has them, so that they part no headline."""
        parts = self._parts()
        furniture = self._furniture(parts)
        if furniture:
            self.dropped += furniture
            self.sheet = Sheet(self.source.text, [*self.apart, *((d.source_start, d.source_end) for d in furniture)])
            parts = self._parts()
        return accounted(self.sheet, replace(self._made_of(parts), dropped=tuple(self.dropped)))

    def _parts(self) -> _Parts:
        """The front, the 目录, and where the body begins."""
        sheet = self.sheet
        labelled = find_labelled(sheet)
        carried = labelled_lines(sheet, labelled)
        imprint = set(labelled) | {n for more in carried.values() for n in more}
        contents = find_contents(sheet, imprint)
        first = contents.body_line if contents else self._first_of_body(imprint)
        tail = self._tail(first, imprint)
        front_lines = [line for line in sheet.lines[:first] if not contents or line.index not in contents.lines]
        front = read_front(sheet, [*front_lines, *tail], labelled, carried)
        return _Parts(front, contents, first, {line.index for line in tail})

    def _made_of(self, parts: _Parts) -> Issue:
        masthead = parts.front.masthead(self.sheet)
        lines = self._without_index([line for line in self.sheet.lines[parts.first:] if line.index not in parts.tail])
        rows: tuple[ContentsRow, ...] = ()
        if parts.contents is None and is_chronicle(self.sheet, lines):
            columns = self._chronicle(lines, masthead)
        else:
            columns, rows = self._bulletin(Body(self.sheet, lines), parts.contents, masthead)
        if masthead.year is None and columns:
            self.problems.append(problem("S007", None, None))
        return Issue(
            source=self.source.info, masthead=masthead, epigraph=parts.front.epigraph, contents=rows, columns=columns,
            problems=tuple(self.problems),
        )

    # ---- where the parts stand ----

    def _first_of_body(self, imprint: set[int]) -> int:
        """Where the body begins in a source without 目录: after the lines that a front is made of."""
        last = 0
        for line in self.sheet.lines[:60]:
            flat = self.sheet.of(line)
            if line.index in imprint:
                last = line.index + 1
            elif DATE_LEAD.match(flat) or len(flat) > 60:
                break
        if last:
            return last
        first = 0
        for line in self.sheet.lines[:8]:
            flat = self.sheet.of(line)
            if not _FRONT_LIKE.search(flat) or len(flat) > 30 or (DATE_LEAD.match(flat) and not _BARE_DATE.fullmatch(flat)):
                break
            if re.fullmatch(r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})月份?", flat):
                break
            first = line.index + 1
        return first

    def _tail(self, first: int, imprint: set[int]) -> list[Line]:
        """The lines of an imprint at the end of the file."""
        out: list[Line] = []
        for line in reversed(self.sheet.lines[first:]):
            if line.index not in imprint:
                break
            out.append(line)
        return out[::-1] if len(out) >= 2 else []

    def _without_index(self, lines: list[Line]) -> list[Line]:
        """The lines of the body without the index behind it, which says nothing that the body does not say."""
        half = len(lines) // 2
        first = next((n for n in range(half, len(lines)) if n and _INDEX.fullmatch(self.sheet.of(lines[n]))), len(lines))
        self._drop([(line.start, line.end) for line in lines[first:]], "index")
        return lines[:first]

    def _furniture(self, parts: _Parts) -> list[Dropped]:
        """Folios and repeated running heads of the body; a line is either only if it is one of a run."""
        sheet = self.sheet
        lines = sheet.lines[parts.first:]
        folios = [(line, int(match[1])) for line in lines if (match := _FOLIO.fullmatch(sheet.of(line)))]
        out: list[tuple[Line, str]] = []
        if len(folios) >= LEAST_FOLIOS and all(b > a for (_, a), (_, b) in pairwise(folios)):
            out += [(line, "folio") for line, _ in folios]
        title = fold(squeeze(str(parts.front.values.get("title") or "")))
        if len(title) >= 3:
            short = [line for line in lines if line.end - line.start <= len(title) + 16 and title in sheet.of(line)]
            shapes = [re.sub(r"\d+", "#", sheet.of(line)) for line in short]
            counts = Counter(s for s in shapes if re.fullmatch(r"[\W#年第期总]*", s.replace(title, "")))
            out += [(line, "running head") for line, s in zip(short, shapes, strict=True) if counts[s] >= LEAST_HEADS]
        return [Dropped(*piece, reason) for line, reason in out for piece in sheet.pieces((line.start, line.end))]

    def _drop(self, slices: Sequence[Slice], reason: str) -> None:
        self.dropped += [Dropped(*piece, reason) for part in slices for piece in self.sheet.pieces(part)]

    # ---- a bulletin ----

    def _bulletin(self, body: Body, contents: Contents | None, masthead: Masthead) -> tuple[tuple[Column, ...], tuple[ContentsRow, ...]]:
        self._heed_outline(contents)
        anchors = find_anchors(body, contents)
        if contents and contents.paged:
            restore_clauses(body, anchors)
        self._note_matching(body, contents, anchors)
        columns = lay_columns(self.sheet, contents.tokens if contents else [], anchors, self.outline)
        self.problems += columns.problems
        self._fill(columns, anchors, masthead, paragraphs_of(self.sheet, body.lines))
        if contents:
            self._drop_of(contents)
        return columns.roots(), self._rows(contents, columns, anchors)

    def _heed_outline(self, contents: Contents | None) -> None:
        """A row of the 目录 with the title of a column is one, though it has a page."""
        titles = {fold(squeeze(title)) for title, _ in self.outline or ()}
        for token in contents.tokens if contents else ():
            if token.flat in titles:
                token.kind = "column"

    def _drop_of(self, contents: Contents) -> None:
        """Drop the dashes, dots, rules and the heading of the 目录."""
        for part, reason in [*contents.dropped, *(d for token in contents.tokens for d in token.dropped)]:
            self._drop([part], reason)
        if contents.heading:
            self._drop([(contents.heading.start, contents.heading.end)], "contents heading")

    def _rows(self, contents: Contents | None, columns: Columns, anchors: Sequence[Anchor]) -> tuple[ContentsRow, ...]:
        """The rows of the 目录, each with the columns above it there."""
        answers = {a.token: a for a in anchors if a.token}
        out: list[ContentsRow] = []
        path: list[tuple[int, str]] = []
        for token in contents.tokens if contents else []:
            if is_column(token, answers):
                depth = columns.depth[token]
                path = [p for p in path if p[0] < depth] + [(depth, value_of(self.sheet, *token.slices))]
                continue
            text = Text(self.sheet)
            text.add(*token.slices)
            origin = by_source([*text.origin, *places(self.sheet, *token.page_slices)])
            out.append(ContentsRow(text.value(), token.page, tuple(title for _, title in path), origin))
        return tuple(out)

    def _fill(self, columns: Columns, anchors: Sequence[Anchor], masthead: Masthead, paragraphs: frozenset[int] | None) -> None:
        """Make the items and put each into its column; text right under a column heading is an item without headline."""
        number = 0
        for anchor in anchors:
            if anchor.kind == "column" and not anchor.body:
                continue
            number += 1
            headline = None if anchor.kind == "column" else (anchor.start, anchor.end)
            accounts = entry_slices(self.sheet, anchor, paragraphs)
            columns.home[anchor].items.append(self._item(number, headline, anchor, accounts, masthead))

    def _item(self, number: int, headline: Slice | None, anchor: Anchor, accounts: Sequence[Sequence[Slice]], masthead: Masthead) -> Item:
        text = Text(self.sheet)
        if headline:
            text.add(self._unbracketed(headline, anchor.token))
        said = text.value() if headline else None
        entries: list[Entry] = []
        for slices in accounts:
            if text.length:
                text.break_line()
            start, end = text.add(*slices)
            entries.append(Entry(start, end, None))
        whole = text.value()
        entries = dated(whole, entries, masthead)
        listed = value_of(self.sheet, *anchor.token.slices) if anchor.token and headline else None
        if anchor.restored:
            clause = value_of(self.sheet, anchor.restored)[:30]
            self.problems.append(problem("S002", *self.sheet.source(anchor.restored), item=number, text=clause))
        if anchor.is_late and said:
            self.problems.append(problem("S003", *self.sheet.source((anchor.start, anchor.end)), item=number, title=said))
        return Item(
            number=number, headline=said, contents_headline=listed if listed != said else None,
            page=anchor.token.page if anchor.token and headline else None, text=whole, entries=tuple(entries), origin=tuple(text.origin),
        )

    def _unbracketed(self, headline: Slice, token: Token | None) -> Slice:
        """The headline without the 【】 that set it off from the text, as yearbooks print it; with them, where the 目录 has them too."""
        start, end = headline
        if is_bracketed(self.sheet.flat[start:end]) and not (token and is_bracketed(token.flat)):
            self._drop([(start, start + 1), (end - 1, end)], "headline brackets")
            return start + 1, end - 1
        return headline

    def _note_matching(self, body: Body, contents: Contents | None, anchors: list[Anchor]) -> None:
        sheet = self.sheet
        if contents is None:
            self.problems.append(problem("S005" if anchors else "S012", None, None))
            return
        answered = {a.token for a in anchors if a.token}
        if contents.tokens and not body.lines:
            self.problems.append(problem("S006", None, None))
        else:
            for token in contents.tokens:
                if token not in answered and token.slices and not _INDEX.fullmatch(token.flat):
                    code = "S011" if token.kind == "column" else "S004"
                    self.problems.append(problem(code, *sheet.source(token.slices[0]), title=value_of(sheet, *token.slices)))
        for anchor in anchors:
            if anchor.token is None:
                part = (anchor.start, anchor.end)
                self.problems.append(problem("S010", *sheet.source(part), title=value_of(sheet, part)))

    # ---- a chronicle ----

    def _chronicle(self, lines: list[Line], masthead: Masthead) -> tuple[Column, ...]:
        nodes: list[Node] = []
        number = 0
        for event in read_chronicle(self.sheet, lines, masthead.year, masthead.month):
            if event.heading:
                text = Text(self.sheet)
                text.add(event.heading)
                nodes.append(Node(text.value(), None, text.origin, 1))
            if not event.body:
                continue
            if not nodes:
                nodes.append(Node(None, None, [], 1))
            number += 1
            nodes[-1].items.append(self._event(number, event))
        self.problems.append(problem("S005" if number else "S012", None, None))
        return tuple(n.freeze() for n in nodes)

    def _event(self, number: int, event: Event) -> Item:
        text = Text(self.sheet)
        start, end = text.add(*event.body)
        date = EntryDate(event.date_text, event.starts_on, event.ends_on) if event.date_text and event.starts_on and event.ends_on else None
        origin = [*text.origin, *places(self.sheet, *event.marks)]
        return Item(number, None, None, None, text.value(), (Entry(start, end, date),), origin=by_source(origin))
