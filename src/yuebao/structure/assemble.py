"""From what was found on the sheet to the issue document, and the account of every character."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from yuebao.calendar_text import DateFound, find_dates
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
    Origin,
    Problem,
    Source,
    Unplaced,
)
from yuebao.structure.body import DATE_LEAD, Anchor, Body, find_anchors, is_bracketed, restore_clauses
from yuebao.structure.chronicle import Event, is_chronicle, read_chronicle
from yuebao.structure.contents import Contents, Token, find_contents
from yuebao.structure.front import Front, find_labelled, labelled_lines, read_front
from yuebao.structure.levels import Heading, levels_of
from yuebao.structure.sheet import Line, Sheet, Slice, Text, places, value_of
from yuebao.text import fold, squeeze

_FOLIO = re.compile(r"[-·]*(?:第)?(\d{1,4})页?[-·]*")
_FRONT_LIKE = re.compile(r"(?:年|期|月报|日报|周报|简报|记|鉴|联播|《|》|\d{6,8})")
_BARE_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
LEAST_FOLIOS = 3
LEAST_HEADS = 3
# an entry that opens with a date inside an item is a further account only if it is one: a sentence of a few words is not
SHORTEST_ENTRY = 40
EVENT_WITHIN = 400  # characters of an entry in which the date of its event is looked for


@dataclass(slots=True)
class _Node:
    """A column under construction."""

    title: str | None
    contents_title: str | None
    origin: list[Origin]
    depth: int
    items: list[Item] = field(default_factory=list)
    columns: list[_Node] = field(default_factory=list)

    def freeze(self) -> Column:
        return Column(self.title, self.contents_title, tuple(c.freeze() for c in self.columns), tuple(self.items), _sorted(self.origin))


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
        self.sheet = Sheet(source.text)
        self.problems: list[Problem] = list(source.problems)
        self.dropped: list[Dropped] = []
        self.column_of: dict[int, _Node] = {}  # by id of the anchor
        self.token_depth: dict[int, int] = {}  # by id of the token

    def issue(self) -> Issue:
        """The issue; laid out anew without folios and running heads where the body has them, so that they part no headline."""
        parts = self._parts()
        furniture = self._furniture(parts)
        if furniture:
            self.dropped += furniture
            self.sheet = Sheet(self.source.text, [(d.source_start, d.source_end) for d in furniture])
            parts = self._parts()
        return self._account(self._made_of(parts))

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
        lines = [line for line in self.sheet.lines[parts.first:] if line.index not in parts.tail]
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
        anchors = find_anchors(body, contents)
        if contents and contents.paged:
            restore_clauses(body, anchors)
        self._note_matching(body, contents, anchors)
        columns = self._columns(contents, anchors)
        rows = self._rows(contents, {id(a.token): a for a in anchors if a.token})
        self._fill_items(anchors, masthead)
        if contents:
            self._drop_of(contents)
        roots = [n for n in columns if n.depth == 1]
        return tuple(n.freeze() for n in roots), rows

    def _drop_of(self, contents: Contents) -> None:
        """Drop the dashes, dots, rules and the heading of the 目录."""
        for part, reason in [*contents.dropped, *(d for token in contents.tokens for d in token.dropped)]:
            self._drop([part], reason)
        if contents.heading:
            self._drop([(contents.heading.start, contents.heading.end)], "contents heading")

    def _columns(self, contents: Contents | None, anchors: list[Anchor]) -> list[_Node]:
        """All columns in order, each linked under its parent; the order of the body, those lacking there where the 目录 has them."""
        return _Columns(self, contents, anchors).nodes

    def _rows(self, contents: Contents | None, by_token: dict[int, Anchor]) -> tuple[ContentsRow, ...]:
        """The rows of the 目录, each with the columns above it there."""
        out: list[ContentsRow] = []
        path: list[tuple[int, str]] = []
        for token in contents.tokens if contents else []:
            anchor = by_token.get(id(token))
            is_column = token.kind == "column" or (anchor is not None and anchor.kind == "column")
            if is_column:
                depth = self.token_depth.get(id(token), 1)
                path = [p for p in path if p[0] < depth] + [(depth, value_of(self.sheet, *token.slices))]
                continue
            text = Text(self.sheet)
            text.add(*token.slices)
            origin = [*text.origin, *places(self.sheet, *token.page_slices)]
            out.append(ContentsRow(text.value(), token.page, tuple(t for _, t in path), _sorted(origin)))
        return tuple(out)

    def _fill_items(self, anchors: list[Anchor], masthead: Masthead) -> None:
        """Make the items and put each into its column; text right under a column heading is an item without headline."""
        number = 0
        for anchor in anchors:
            if anchor.kind == "column" and not anchor.body:
                continue
            number += 1
            node = self.column_of[id(anchor)]
            headline = None if anchor.kind == "column" else (anchor.start, anchor.end)
            node.items.append(self._item(number, headline, anchor, masthead))

    def _item(self, number: int, headline: Slice | None, anchor: Anchor, masthead: Masthead) -> Item:
        text = Text(self.sheet)
        if headline:
            text.add(self._unbracketed(headline, anchor.token))
        said = text.value() if headline else None
        entries: list[Entry] = []
        for slices in _entry_slices(self.sheet, anchor):
            if text.length:
                text.break_line()
            start, end = text.add(*slices)
            entries.append(Entry(start, end, None))
        whole = text.value()
        entries = _dated(whole, entries, masthead)
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
        answered = {id(a.token) for a in anchors if a.token}
        if contents.tokens and not body.lines:
            self.problems.append(problem("S006", None, None))
        else:
            for token in contents.tokens:
                if id(token) not in answered and token.slices:
                    code = "S011" if token.kind == "column" else "S004"
                    self.problems.append(problem(code, *sheet.source(token.slices[0]), title=value_of(sheet, *token.slices)))
        for anchor in anchors:
            if anchor.token is None:
                part = (anchor.start, anchor.end)
                self.problems.append(problem("S010", *sheet.source(part), title=value_of(sheet, part)))

    # ---- a chronicle ----

    def _chronicle(self, lines: list[Line], masthead: Masthead) -> tuple[Column, ...]:
        nodes: list[_Node] = []
        number = 0
        for event in read_chronicle(self.sheet, lines, masthead.year, masthead.month):
            if event.heading:
                text = Text(self.sheet)
                text.add(event.heading)
                nodes.append(_Node(text.value(), None, text.origin, 1))
            if not event.body:
                continue
            if not nodes:
                nodes.append(_Node(None, None, [], 1))
            number += 1
            nodes[-1].items.append(self._event(number, event))
        self.problems.append(problem("S005" if number else "S012", None, None))
        return tuple(n.freeze() for n in nodes)

    def _event(self, number: int, event: Event) -> Item:
        text = Text(self.sheet)
        start, end = text.add(*event.body)
        date = EntryDate(event.date_text, event.starts_on, event.ends_on) if event.date_text and event.starts_on and event.ends_on else None
        origin = [*text.origin, *places(self.sheet, *event.marks)]
        return Item(number, None, None, None, text.value(), (Entry(start, end, date),), origin=_sorted(origin))

    # ---- the account ----

    def _account(self, issue: Issue) -> Issue:
        """The issue with NUL among `dropped` and everything that no value claims among `unplaced`."""
        text = self.source.text
        claimed = bytearray(len(text))
        for start, end in _claims(issue, self.dropped):
            claimed[start:end] = b"\1" * (end - start)
        self.dropped += [Dropped(m.start(), m.end(), "NUL") for m in re.finditer("\0+", text)]
        for drop in self.dropped:
            claimed[drop.source_start:drop.source_end] = b"\1" * (drop.source_end - drop.source_start)
        unplaced: list[Unplaced] = []
        for line in self.sheet.lines:
            for start, end in _unclaimed(self.sheet, line, claimed):
                unplaced.append(Unplaced(start, end, "belongs to no item"))
        if unplaced:
            first = unplaced[0]
            said = squeeze(text[first.source_start:first.source_end])[:30]
            noted = problem("S009", first.source_start, first.source_end, text=said)
            issue = replace(issue, problems=(*issue.problems, noted))
        dropped = tuple(sorted(self.dropped, key=lambda d: (d.source_start, d.source_end)))
        return replace(issue, dropped=dropped, unplaced=tuple(unplaced))


class _Columns:
    """The columns of a bulletin as nodes, and which of them each anchor belongs to."""

    def __init__(self, run: _Assembly, contents: Contents | None, anchors: list[Anchor]) -> None:
        self.run, self.sheet = run, run.sheet
        self.tokens = contents.tokens if contents else []
        self.nodes: list[_Node] = []
        answered = {id(a.token): a for a in anchors if a.token}
        self.order = self._ordered(anchors, answered)
        self._make_nodes()
        run.column_of = self._homes(anchors, answered)

    def _is_column(self, token: Token, answered: dict[int, Anchor]) -> bool:
        anchor = answered.get(id(token))
        return anchor.kind == "column" if anchor else token.kind == "column"

    def _ordered(self, anchors: list[Anchor], answered: dict[int, Anchor]) -> list[tuple[Token | None, Anchor | None, bool]]:
        """(token, anchor, whether rows follow directly) for each column: those of the body in its order, others after their forerunner."""
        has_rows = self._with_rows(anchors)
        out: list[tuple[Token | None, Anchor | None, bool]] = [
            (a.token, a, has_rows[id(a)]) for a in anchors if a.kind == "column"
        ]
        placed = {id(t): n for n, (t, _, _) in enumerate(out) if t}
        before: Token | None = None
        for n, token in enumerate(self.tokens):
            if not self._is_column(token, answered):
                continue
            if id(token) not in placed:
                at = next((k + 1 for k, (t, _, _) in enumerate(out) if t is before), 0) if before else 0
                following = self.tokens[n + 1] if n + 1 < len(self.tokens) else None
                out.insert(at, (token, None, following is not None and not self._is_column(following, answered)))
                placed = {id(t): k for k, (t, _, _) in enumerate(out) if t}
            before = token
        return out

    def _with_rows(self, anchors: list[Anchor]) -> dict[int, bool]:
        """Whether something stands right under a heading in the body, before the next heading."""
        out: dict[int, bool] = {}
        for n, anchor in enumerate(anchors):
            if anchor.kind == "column":
                following = anchors[n + 1] if n + 1 < len(anchors) else None
                out[id(anchor)] = bool(anchor.body) or (following is not None and following.kind == "item")
        return out

    def _make_nodes(self) -> None:
        headings = [Heading(self._flat(token, anchor), rows, token.indent if token else 0) for token, anchor, rows in self.order]
        levels, unknown = levels_of(headings, self.run.outline)
        for title in unknown:
            self.run.problems.append(problem("S008", None, None, title=title))
        stack: list[_Node] = []
        self.run.token_depth = {}
        for (token, anchor, _), level in zip(self.order, levels, strict=True):
            node = self._node(token, anchor, level.depth)
            stack = [n for n in stack if n.depth < level.depth]
            node.depth = len(stack) + 1
            if stack:
                stack[-1].columns.append(node)
            stack.append(node)
            self.nodes.append(node)
            if token:
                self.run.token_depth[id(token)] = node.depth
            if level.is_guess and (part := (anchor.start, anchor.end) if anchor else token.slices[0] if token else None):
                self.run.problems.append(problem("S001", *self.sheet.source(part), title=node.title, level=node.depth))

    def _flat(self, token: Token | None, anchor: Anchor | None) -> str:
        return self.sheet.flat[anchor.start:anchor.end] if anchor else token.flat if token else ""

    def _node(self, token: Token | None, anchor: Anchor | None, depth: int) -> _Node:
        """Title from the body with its origin; the row in the 目录 beside it."""
        listed = Text(self.sheet)
        if token:
            listed.add(*token.slices)
        if anchor is None:
            return _Node(listed.value(), None, [*listed.origin, *places(self.sheet, *(token.page_slices if token else []))], depth)
        title = Text(self.sheet)
        title.add((anchor.start, anchor.end))
        origin = [*title.origin]
        if token:
            origin += places(self.sheet, *token.slices, *token.page_slices)
        return _Node(title.value(), listed.value() if token and listed.value() != title.value() else None, origin, depth)

    def _homes(self, anchors: list[Anchor], answered: dict[int, Anchor]) -> dict[int, _Node]:
        """The column of each anchor: the last heading before it in the body, or the 目录's where that heading is lacking in the body."""
        node_of = {id(token): node for (token, _, _), node in zip(self.order, self.nodes, strict=True) if token}
        own = {id(anchor): node for (_, anchor, _), node in zip(self.order, self.nodes, strict=True) if anchor}
        lacking = {id(token) for token, anchor, _ in self.order if token and not anchor}
        listed: dict[int, Token] = {}
        above: Token | None = None
        for token in self.tokens:
            if self._is_column(token, answered):
                above = token
            elif above:
                listed[id(token)] = above
        out: dict[int, _Node] = {}
        here: _Node | None = None
        for anchor in anchors:
            if anchor.kind == "column":
                here = own[id(anchor)]
            elif anchor.token and (column := listed.get(id(anchor.token))) and id(column) in lacking:
                here = node_of[id(column)]
            if here is None:
                here = _Node(None, None, [], 1)
                self.nodes.insert(0, here)
            out[id(anchor)] = here
        return out


# ---- entries ----


def _entry_slices(sheet: Sheet, anchor: Anchor) -> list[list[Slice]]:
    """The lines of an item as entries: a line that opens with a date after a full stop begins another account."""
    out: list[list[Slice]] = []
    is_dated = bool(anchor.body) and DATE_LEAD.match(sheet.flat, anchor.body[0][0]) is not None
    for n, (start, end) in enumerate(anchor.body):
        opens = is_dated and (start, end) != anchor.restored and _opens_entry(sheet, anchor.body, n)
        if not out or opens:
            out.append([])
        out[-1].append((start, end))
    return out


def _opens_entry(sheet: Sheet, body: list[Slice], n: int) -> bool:
    start, end = body[n]
    match = DATE_LEAD.match(sheet.flat, start, end)
    if n == 0 or not match or not sheet.is_finished(body[n - 1][1]) or end - start < SHORTEST_ENTRY:
        return False
    return "," in sheet.flat[match.end():match.end() + 4]


def _dated(text: str, entries: list[Entry], masthead: Masthead) -> list[Entry]:
    return [replace(e, date=event_date(text[e.start:e.end], masthead.year, masthead.month)) for e in entries]


def event_date(text: str, year: int | None, month: int | None) -> EntryDate | None:
    """The date of the event that an account tells of: the first that opens a sentence or clause, else the first day named at all."""
    days = [d for d in find_dates(text[:EVENT_WITHIN], year, month) if not d.relative and _is_day(d)]
    if not days:
        return None
    opening = [d for d in days if d.start == 0 or text[d.start - 1] in "。，；,;！？“：:\n 　"]
    best = (opening or days)[0]
    return EntryDate(best.text, best.starts_on, best.ends_on)


def _is_day(found: DateFound) -> bool:
    """Whether the expression names days, not a whole month or year."""
    return re.search(r"[日号旬初底末]", found.text) is not None


# ---- accounting ----


def _sorted(origin: Sequence[Origin]) -> tuple[Origin, ...]:
    return tuple(sorted(origin, key=lambda o: (o.source_start, o.source_end)))


def _claims(issue: Issue, dropped: Sequence[Dropped]) -> list[Slice]:
    out = [(o.source_start, o.source_end) for o in issue.masthead.origin]
    out += [(o.source_start, o.source_end) for o in (issue.epigraph.origin if issue.epigraph else ())]
    out += [(o.source_start, o.source_end) for row in issue.contents for o in row.origin]
    stack = list(issue.columns)
    while stack:
        column = stack.pop()
        stack += column.columns
        out += [(o.source_start, o.source_end) for o in column.origin]
        out += [(o.source_start, o.source_end) for item in column.items for o in item.origin]
    return out + [(d.source_start, d.source_end) for d in dropped]


def _unclaimed(sheet: Sheet, line: Line, claimed: bytearray) -> list[Slice]:
    """The runs of a line that nothing claims, without white space at their ends."""
    out: list[Slice] = []
    if claimed.find(0, sheet.at[line.start], sheet.at[line.end - 1] + 1) < 0:
        return out
    for k in range(line.start, line.end):
        at = sheet.at[k]
        if claimed[at]:
            continue
        if out and out[-1][1] <= at and k > line.start and not claimed[sheet.at[k - 1]] and "\0" not in sheet.text[out[-1][1]:at]:
            out[-1] = (out[-1][0], at + 1)
        else:
            out.append((at, at + 1))
    return out
