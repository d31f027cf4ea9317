"""The 目录: where it stands, its rows with their wraps undone, and the column headings between them.

With printed pages, a row ends where its page stands. What stands between two rows is a heading or the first line of a wrapped row;
the body decides, since a heading stands there on a line of its own and a row opens an item. Without pages, every line is a row.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from yuebao.lexicon import terms
from yuebao.structure.sheet import Line, Sheet, Slice

HEADINGS = frozenset({"目录", "目次", "本期目录", "本期要目", "要目", "目录CONTENTS", "CONTENTS目录", "CONTENTS"})
_BRACKETED = re.compile(r"\((?:第)?(\d{1,4})页?\)$")
_LEADERS = re.compile(r"[.…·⋯_-]{2,}\(?(\d{1,4})\)?$")
_DOTS = re.compile(r"[.…·⋯_]{4,}")
_SPACED = re.compile(r"(?:\t|[ \u3000]{2,})[(（]?([0-9０-９]{1,4})[)）]?\s*$")
_LONE_PAGE = re.compile(r"\(?(\d{1,4})\)?$")
_DASH = re.compile(r"[-*·●○◆■□▪•|>]+")
_RULE = re.compile(r"[-|+=_:*~━─]{3,}$")
_NUMBER = re.compile(r"\(?(\d{1,3})(?:[.、)]|(?<=\d)\.)")
NEARLY = 85  # of 100 (rapidfuzz ratio); a row and its headline differ by a few characters
LONGEST_ROW = 120  # characters of one line of a 目录 without its leader; body lines run to whole paragraphs
LONGEST_HEADING = 24
SHORTEST_PART = 6  # characters of a wrapped row's first line
NEAR_WRAP = (5, 4, 3)  # characters on either side of a wrap that tell whether one was doubled; fewer where the row differs nearby
FURTHEST_ROW = 15  # lines without a page, after which the 目录 is over; an imprint in its middle has nine


@dataclass(slots=True, eq=False)
class Token:
    """A row or column heading of the 目录. `slices` hold its title, `dropped` its dashes, dots and rules with the reason."""

    kind: str
    slices: list[Slice]
    page: int | None = None
    page_slices: list[Slice] = field(default_factory=list)
    dropped: list[tuple[Slice, str]] = field(default_factory=list)
    indent: int = 0
    flat: str = ""


@dataclass(slots=True)
class Contents:
    """The tokens of the 目录 in order, the lines it takes, and the first line of the body. `paged`: whether its rows have pages."""

    tokens: list[Token]
    lines: set[int]
    body_line: int
    paged: bool
    heading: Line | None
    dropped: list[tuple[Slice, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Row:
    title: Slice
    page: int
    page_slice: Slice
    leader: Slice | None


def find_contents(sheet: Sheet, labelled: set[int]) -> Contents | None:
    """The 目录 of a sheet, or None where there is none. `labelled`: lines of the imprint, which may stand in its middle."""
    heading = next((line for line in sheet.lines if sheet.of(line).upper() in HEADINGS), None)
    first = heading.index + 1 if heading else 0
    rows = _page_rows(sheet, first, labelled)
    if len(rows) >= (2 if heading else 3):
        return _paged(sheet, heading, rows, labelled)
    return _unpaged(sheet, heading) if heading else None


# ---- rows with pages ----


def _page_row(sheet: Sheet, line: Line) -> _Row | None:
    flat = sheet.of(line)
    if len(_DOTS.sub("", flat)) > LONGEST_ROW or _RULE.fullmatch(flat):
        return None
    match = _BRACKETED.search(flat) or _LEADERS.search(flat)
    if match:
        cut, page = line.start + match.start(), int(match.group(1))
        page_start = cut if flat[match.start()] == "(" else line.start + match.start(1)
    else:
        raw = sheet.text[sheet.at[line.start]:sheet.at[line.end - 1] + 1]
        spaced = _SPACED.search(raw)
        if not spaced:
            return None
        page = int(spaced.group(1))
        cut = page_start = line.end - len(re.sub(r"\s", "", spaced.group(0)))
    title_end = cut
    while title_end > line.start and sheet.flat[title_end - 1] in ".…·⋯_-|":
        title_end -= 1
    leader = (title_end, page_start) if title_end < page_start else None
    return _Row((line.start, title_end), page, (page_start, line.end), leader)


def _page_rows(sheet: Sheet, first: int, labelled: set[int]) -> dict[int, _Row]:
    """The lines with a page, from the first such line on for as long as they follow one another closely."""
    rows: dict[int, _Row] = {}
    since = 0
    for line in sheet.lines[first:]:
        if line.index in labelled:
            continue
        row = _page_row(sheet, line)
        if row:
            rows[line.index] = row
            since = 0
        elif rows:
            since += 1
            flat = sheet.of(line)
            if since > FURTHEST_ROW or (len(flat) > 60 and "。" in flat):
                break
    return rows


def _paged(sheet: Sheet, heading: Line | None, rows: dict[int, _Row], labelled: set[int]) -> Contents:
    last = max(rows)
    body = _Body(sheet, last + 1)
    first = heading.index + 1 if heading else _first_line(sheet, rows, body)
    out = Contents([], set(), last + 1, True, heading)
    pending: list[Line] = []
    for line in sheet.lines[first:last + 1]:
        flat = sheet.of(line)
        if line.index in labelled:
            continue
        if _RULE.fullmatch(flat):
            out.dropped.append(((line.start, line.end), "table rule"))
        elif line.index in rows:
            _resolve(sheet, body, pending, line, rows[line.index], out)
            pending = []
        elif heading or len(flat) <= LONGEST_ROW:
            pending.append(line)
            continue
        else:
            continue
        out.lines.add(line.index)
    if heading:
        out.lines.add(heading.index)
    return out


def _first_line(sheet: Sheet, rows: dict[int, _Row], body: _Body) -> int:
    """Where a 目录 without a heading of its own begins: the column headings right above its first row, and that row's own first lines."""
    first = min(rows)
    title = rows[first].title
    if title[0] == title[1] and first > 0:
        first -= 1  # a page on a line of its own: its title is right above
    while first > 0:
        line = sheet.lines[first - 1]
        part, dash = _undash(sheet, (line.start, line.end))
        flat = sheet.flat[slice(*part)]
        if not (body.stands_alone(flat) or (len(flat) >= SHORTEST_PART and (dash or body.opens(flat[:8])))):
            break
        first -= 1
    return first


class _Body:
    """What the body says of a line of the 目录: does it stand alone there, does it open a line."""

    def __init__(self, sheet: Sheet, first: int) -> None:
        self.sheet = sheet
        self.alone: set[str] = set()
        self.openings: dict[str, list[int]] = defaultdict(list)
        for line in sheet.lines[first:]:
            if line.end - line.start <= LONGEST_HEADING:
                self.alone.add(sheet.of(line))
            self.openings[sheet.flat[line.start:line.start + 4]].append(line.start)
        self.start = sheet.lines[first].start if first < len(sheet.lines) else len(sheet.flat)

    def stands_alone(self, flat: str) -> bool:
        return flat in self.alone

    def says(self, flat: str) -> bool:
        """Whether the body has the words anywhere."""
        return self.sheet.flat.find(flat, self.start) >= 0

    def nearly_opens(self, flat: str) -> bool:
        """Whether a line of the body opens with nearly these words."""
        starts = self.openings.get(flat[:4], ())
        return any(fuzz.ratio(flat, self.sheet.flat[at:at + len(flat)]) >= NEARLY for at in starts)

    def opens(self, flat: str) -> bool:
        return any(self.sheet.flat.startswith(flat, at) for at in self.openings.get(flat[:4], ()))


def _undash(sheet: Sheet, part: Slice) -> tuple[Slice, Slice | None]:
    """The slice without its list dash, and the dash."""
    match = _DASH.match(sheet.flat, *part)
    if match and match.end() < part[1]:
        return (match.end(), part[1]), (part[0], match.end())
    return part, None


def _resolve(sheet: Sheet, body: _Body, pending: list[Line], line: Line, row: _Row, out: Contents) -> None:
    """Tell headings from the first lines of a wrapped row among the lines before a page, and add the tokens."""
    splits = range(len(pending) + 1)
    best = max(splits, key=lambda k: _split_score(sheet, body, pending[:k], pending[k:], line, row))
    for head in pending[:best]:
        part, dash = _undash(sheet, (head.start, head.end))
        flat = sheet.flat[slice(*part)]
        # a line that opens an item but stands nowhere alone is a row whose page is lost
        kind = "row" if not body.stands_alone(flat) and len(flat) > 8 and body.opens(flat) else "column"
        token = Token(kind, [part], indent=head.indent, flat=flat)
        if dash:
            token.dropped.append((dash, "list dash"))
        out.tokens.append(token)
        out.lines.add(head.index)
    wrapped = [(p.start, p.end) for p in pending[best:]] + [row.title]
    out.lines.update(p.index for p in pending[best:])
    token = Token("row", [], page=row.page, page_slices=[row.page_slice], indent=(pending[best:] or [line])[0].indent)
    if row.leader:
        token.dropped.append((row.leader, "leader"))
    for n, part in enumerate(wrapped):
        if part[0] == part[1]:
            continue
        kept, dash = _undash(sheet, part) if n == 0 or not _body_has(sheet, body, wrapped) else (part, None)
        if dash:
            token.dropped.append((dash, "list dash"))
        token.slices.append(kept)
    if token.slices and (number := _NUMBER.match(sheet.flat, *token.slices[0])):
        first, whole = token.slices[0], sum(e - s for s, e in token.slices)
        rest = "".join(sheet.flat[slice(*s)] for s in token.slices)[number.end() - first[0]:]
        if 0 < len(rest) < whole and body.opens(rest) and not _body_has(sheet, body, token.slices) and number.end() < first[1]:
            token.slices[0] = (number.end(), first[1])
            token.dropped.append(((first[0], number.end()), "row number"))
    _undouble(sheet, body, token)
    token.flat = "".join(sheet.flat[slice(*s)] for s in token.slices)
    if token.flat:
        out.tokens.append(token)
    else:  # a page without a title: kept, as its own unplaced line
        out.lines.discard(line.index)


def _body_has(sheet: Sheet, body: _Body, parts: list[Slice]) -> bool:
    return body.opens("".join(sheet.flat[slice(*p)] for p in parts))


def _undouble(sheet: Sheet, body: _Body, token: Token) -> None:
    """Take out a character that was doubled where the row wraps, where the body has the words around the wrap without it."""
    for n in range(1, len(token.slices)):
        before, after = token.slices[n - 1], token.slices[n]
        if sheet.flat[before[1] - 1] != sheet.flat[after[0]]:
            continue
        if any(_is_doubled(sheet, body, before, after, reach) for reach in NEAR_WRAP):
            token.slices = [s for s in [*token.slices[:n], (after[0] + 1, after[1]), *token.slices[n + 1:]] if s[0] < s[1]]
            token.dropped.append(((after[0], after[0] + 1), "doubled at the wrap"))
            return


def _is_doubled(sheet: Sheet, body: _Body, before: Slice, after: Slice, reach: int) -> bool:
    """Whether the body has the words around a wrap with its character once, and not twice."""
    near = sheet.flat[max(before[0], before[1] - reach):before[1]]
    next_on = sheet.flat[after[0]:min(after[0] + reach, after[1])]
    return body.says(near + next_on[1:]) and not body.says(near + next_on)


def _split_score(sheet: Sheet, body: _Body, heads: list[Line], wrapped: list[Line], line: Line, row: _Row) -> float:
    """How well the lines fit as so many headings and the rest as a wrapped row; the body's word counts most."""
    score = 0.0
    known = terms("columns")
    for head in heads:
        part, dash = _undash(sheet, (head.start, head.end))
        flat = sheet.flat[slice(*part)]
        score += 3.0 if body.stands_alone(flat) else 0.0
        score += 1.0 if flat in known else 0.0
        score -= 2.0 if len(flat) > LONGEST_HEADING else 0.0
        score -= 2.0 if dash else 0.0
        score -= 1.0 if not body.stands_alone(flat) and len(flat) > 14 else 0.0
    parts = [_undash(sheet, (p.start, p.end))[0] for p in wrapped[:1]] + [(p.start, p.end) for p in wrapped[1:]]
    title = row.title if wrapped else _undash(sheet, row.title)[0]
    joined = "".join(sheet.flat[slice(*p)] for p in [*parts, title])
    if not joined:
        return score - 10.0
    if body.opens(joined) or _opens_undoubled(sheet, body, [*parts, title]):
        score += 3.0 + (0.5 if wrapped else 0.0)
    elif body.nearly_opens(joined):
        score += 2.5
    elif body.opens(joined[: max(6, len(joined) * 2 // 3)]):
        score += 1.5
    score -= 0.5 * len(wrapped)
    for after in [*wrapped[1:], line] if wrapped else []:
        score -= 2.0 if after.blank_before and row.title[0] < row.title[1] else 0.0
        score -= 3.0 if _undash(sheet, (after.start, after.end))[1] and not body.opens(joined) else 0.0
    if wrapped and len(sheet.of(wrapped[0])) >= 15:
        score += 0.7
    return score


def _opens_undoubled(sheet: Sheet, body: _Body, parts: list[Slice]) -> bool:
    token = Token("row", [p for p in parts if p[0] < p[1]])
    before = len(token.dropped)
    _undouble(sheet, body, token)
    return len(token.dropped) > before


# ---- rows without pages ----


def _unpaged(sheet: Sheet, heading: Line) -> Contents | None:
    """The 目录 whose rows have no pages: the lines after its heading up to the body, each a row."""
    end = _unpaged_end(sheet, heading)
    listed = sheet.lines[heading.index + 1:end]
    if not listed:
        return None
    body = _Body(sheet, end)
    numbers = [_NUMBER.match(sheet.flat, line.start, line.end) for line in listed]
    is_numbered = sum(m is not None for m in numbers) > len(listed) * 0.6
    out = Contents([], {heading.index, *(line.index for line in listed)}, end, False, heading)
    for line, number in zip(listed, numbers, strict=True):
        part: Slice = (line.start, line.end)
        token = Token("row", [part], indent=line.indent)
        if number and number.end() < line.end and (is_numbered or _is_row_number(sheet, body, part, number.end())):
            token.slices = [(number.end(), line.end)]
            token.dropped.append(((line.start, number.end()), "row number"))
        token.flat = "".join(sheet.flat[slice(*s)] for s in token.slices)
        out.tokens.append(token)
    return out


def _is_row_number(sheet: Sheet, body: _Body, part: Slice, end: int) -> bool:
    """Whether a number before a row belongs to the 目录 alone: the body has the title without it."""
    return not body.opens(sheet.flat[slice(*part)]) and body.opens(sheet.flat[end:part[1]])


def _unpaged_end(sheet: Sheet, heading: Line) -> int:
    """The index of the first line of the body: where the first row is said again, or where the block of lines after the heading ends."""
    first = heading.index + 1
    block = first + 1
    while block < len(sheet.lines) and not sheet.lines[block].blank_before:
        block += 1
    if first >= len(sheet.lines):
        return first
    opening = sheet.of(sheet.lines[first])
    number = _NUMBER.match(opening)
    plain = opening[number.end():] if number else opening
    for line in sheet.lines[first + 1:]:
        flat = sheet.of(line)
        if len(flat) > LONGEST_ROW:
            break
        if len(plain) > 1 and flat in (plain, opening):
            return line.index
    return block
