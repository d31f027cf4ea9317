"""The body: where each heading and headline stands, and which text is whose.

The rows of the 目录 are laid along the lines of the body in order: first those that stand there to the letter (the heaviest chain of
such matches), then, between them, those that differ by a few characters. What is left over is looked for out of order; what opens like
an item without having a row is an item all the same. Everything between one such anchor and the next belongs to the first.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rapidfuzz import fuzz

from yuebao.structure.contents import LONGEST_HEADING, Contents, Token
from yuebao.structure.sheet import Line, Sheet, Slice

# how a dated account opens (folded, white space out)
DATE_LEAD = re.compile(
    r"[\"']?(?:\d{4}年|今年|去年)?\d{1,2}月(?:\d{1,2}(?:日|[-~至、,]\d{1,2}日|[-~至]\d{1,2}月\d{1,2}日)|[上中下]旬|初|底|末)|"
    r"(?:近日|日前|近期|连日来|\d{1,2}日(?:上午|下午|晚|,)|\d{4}年\d{1,2}月)"
)
_HEADING = re.compile(r"[\u4e00-\u9fff\"()、·【】◆■●]{2,12}")
_DATELINE_WORD = re.compile(r"(?:消息|讯|电|报道)")
LONGEST_HEADLINE = 110
# A headline of the body against its row: the least likeness (rapidfuzz ratio, 0 to 1). The most distant true pair of the two seeds has .90,
# of the daily issues .5 where a lead stands behind it; the nearest false one that has no lead, .55.
LEAST_ALIKE = 0.72
LEAST_ALIKE_WITH_LEAD = 0.5


@dataclass(slots=True, eq=False)
class Anchor:
    """A column heading or headline in the body: its Slice, and the token of the 目录 that it answers (None: not in the 目录)."""

    kind: str
    start: int
    end: int
    token: Token | None = None
    is_late: bool = False  # stands elsewhere than the 目录 has it
    body: list[Slice] = field(default_factory=list)
    restored: Slice | None = None  # a displaced clause put back


@dataclass(frozen=True, slots=True)
class _Match:
    token: int
    line: int
    start: int
    end: int
    weight: float


class Body:
    """The lines of the body and what can be told of them without the 目录."""

    def __init__(self, sheet: Sheet, lines: Sequence[Line]) -> None:
        self.sheet = sheet
        self.lines = lines
        self.limit = self.lines[-1].end if self.lines else 0
        self.dateline = _dateline(sheet, self.lines)
        self.place = {line.index: n for n, line in enumerate(self.lines)}

    def is_lead(self, position: int) -> bool:
        """Whether an account opens at the position: with a date, or with the dateline that this source always uses."""
        return position < self.limit and (self.has_dateline(position) or DATE_LEAD.match(self.sheet.flat, position) is not None)

    def has_dateline(self, position: int) -> bool:
        return bool(self.dateline) and self.sheet.flat.startswith(self.dateline or "", position)

    def gaps(self, line: Line, longest: int) -> list[int]:
        """The positions within reach of a line's start where a headline can end: white space, ends of lines, and 】 if 【 opens it."""
        sheet = self.sheet
        stop = min(line.start + longest, self.limit)
        out = sheet.gaps_within(line.start + 2, stop)
        if stop == self.limit and (not out or out[-1] != stop):
            out.append(stop)
        closed = sheet.flat.find("】", line.start, stop) + 1 if sheet.flat[line.start] == "【" else 0
        if closed and closed not in out and self.is_lead(closed):  # else the 【】 is but the first words of the headline
            out = sorted([*out, closed])
        return [p for p in out if p == self.limit or p not in sheet.line_starts or sheet.line_starts[p] in self.place]

    def is_finished_before(self, n: int) -> bool:
        """Whether what stands before the n-th line of the body closes a sentence."""
        return n == 0 or self.sheet.is_finished(self.lines[n - 1].end)


def _dateline(sheet: Sheet, lines: Sequence[Line]) -> str | None:
    """The words with which the source opens its accounts (本报讯…, …消息：), learned from the lines that share them; None for none."""
    counts = Counter(sheet.flat[line.start:line.start + 4] for line in lines if line.end - line.start > 12)
    for opening, count in counts.most_common(4):
        if count < 3:
            break
        starts = [line.start for line in lines if sheet.flat.startswith(opening, line.start)]
        length = 4
        while length < 30 and len({sheet.flat[s:s + length + 1] for s in starts}) == 1:
            length += 1
        common = sheet.flat[starts[0]:starts[0] + length]
        closed = re.match(r".*[:)】]", common)
        if closed and _DATELINE_WORD.search(closed[0]):
            return closed[0]
        if re.match(r"(?:本报|本网|本台|新华社)", common) and _DATELINE_WORD.search(common):
            return common
    return None


def is_bracketed(flat: str) -> bool:
    """Whether a headline is set off by 【】 as a whole."""
    return len(flat) > 2 and flat[0] == "【" and flat.find("】") == len(flat) - 1


def find_anchors(body: Body, contents: Contents | None) -> list[Anchor]:
    """The headings and headlines of the body in order."""
    tokens = contents.tokens if contents else []
    matches = _chain(_exact(body, tokens, contents))
    matches = _fill(body, tokens, matches)
    anchors = [Anchor("column" if tokens[m.token].kind == "column" else "item", m.start, m.end, tokens[m.token]) for m in matches]
    anchors += _late(body, tokens, matches)
    anchors.sort(key=lambda a: a.start)
    anchors += _extra_items(body, anchors, is_strict=bool(tokens))
    anchors.sort(key=lambda a: a.start)
    if contents is None or contents.paged:
        anchors += _extra_columns(body, anchors, contents)
        anchors.sort(key=lambda a: a.start)
    anchors = _apart(anchors)
    _tell_columns(body, anchors)
    return _texts(body, anchors)


def _apart(anchors: list[Anchor]) -> list[Anchor]:
    """The anchors without those that begin inside another: a damaged 目录 can make a headline of one and a half."""
    out: list[Anchor] = []
    for anchor in anchors:
        if not out or anchor.start >= out[-1].end:
            out.append(anchor)
    return out


# ---- laying the 目录 along the body ----


def _exact(body: Body, tokens: Sequence[Token], contents: Contents | None) -> list[_Match]:
    """Every place where a token stands to the letter at the start of a line."""
    sheet = body.sheet
    openings: dict[str, list[Line]] = {}
    for line in body.lines:
        openings.setdefault(sheet.flat[line.start:line.start + 2], []).append(line)
    out: list[_Match] = []
    for n, token in enumerate(tokens):
        length = len(token.flat)
        for line in openings.get("【" + token.flat[:1], ()) if token.kind == "row" else ():
            end = line.start + length + 2
            if sheet.flat.startswith(token.flat + "】", line.start + 1) and (sheet.has_gap(end) or body.is_lead(end)):
                out.append(_Match(n, line.index, line.start, end, 3.0))
        for line in openings.get(token.flat[:2], ()):
            end = line.start + length
            if not sheet.flat.startswith(token.flat, line.start) or end > body.limit:
                continue
            if token.kind == "column":
                if end == body.limit or end in sheet.line_starts:
                    out.append(_Match(n, line.index, line.start, end, 2.0))
            elif end == body.limit or sheet.has_gap(end):
                alone = end == line.end
                weight = 3.0 if body.is_lead(end) else 2.5 if alone or not contents or contents.paged else 1.5
                out.append(_Match(n, line.index, line.start, end, weight))
            elif body.is_lead(end):
                out.append(_Match(n, line.index, line.start, end, 2.0))  # the space between headline and lead was lost
    return out


def _chain(matches: list[_Match]) -> list[_Match]:
    """The heaviest chain in which tokens and places both rise."""
    matches = sorted(matches, key=lambda m: (m.start, -m.token))
    # the best chain that ends at a token up to …: kept as rising lists of (token, weight, match index)
    best_token: list[int] = []
    best: list[tuple[float, int]] = []
    previous: list[int] = []
    for n, match in enumerate(matches):
        at = bisect_left(best_token, match.token) - 1
        weight, before = best[at] if at >= 0 else (0.0, -1)
        previous.append(before)
        weight += match.weight
        at = bisect_left(best_token, match.token)
        if at < len(best_token) and best_token[at] == match.token:
            if best[at][0] >= weight:
                continue
            best[at] = (weight, n)
        elif at > 0 and best[at - 1][0] >= weight:
            continue
        else:
            best_token.insert(at, match.token)
            best.insert(at, (weight, n))
        while at + 1 < len(best) and best[at + 1][0] <= weight:
            del best_token[at + 1], best[at + 1]
    chain = []
    n = best[-1][1] if best else -1
    while n >= 0:
        chain.append(matches[n])
        n = previous[n]
    return chain[::-1]


def _fill(body: Body, tokens: Sequence[Token], matches: list[_Match]) -> list[_Match]:
    """The chain with what stands between its links: tokens that differ from the body by a few characters."""
    out: list[_Match] = []
    ends = [_Match(-1, -1, -1, -1, 0), *matches, _Match(len(tokens), 1 << 30, 1 << 60, 1 << 60, 0)]
    for before, after in pairwise(ends):
        if before.token >= 0:
            out.append(before)
        missing = range(before.token + 1, after.token)
        if not missing:
            continue
        between = [line for line in body.lines if before.end <= line.start < after.start]
        found = [m for n in missing for line in between if (m := _alike(body, tokens[n], n, line)) is not None]
        out += _chain([m for m in found if m.end <= after.start])
    return out


def _alike(body: Body, token: Token, n: int, line: Line) -> _Match | None:
    """The match of a token with a line that it resembles, the likeliest end of the headline chosen; None where they differ too much."""
    sheet, flat = body.sheet, token.flat
    if token.kind == "column":
        if line.end - line.start > LONGEST_HEADING or not body.is_finished_before(body.place[line.index]):
            return None
        ratio = fuzz.ratio(flat, sheet.of(line)) / 100
        return _Match(n, line.index, line.start, line.end, ratio) if ratio >= LEAST_ALIKE else None
    best: _Match | None = None
    finished = body.is_finished_before(body.place[line.index])
    for end in body.gaps(line, int(len(flat) * 1.7) + 30):
        head = sheet.flat[line.start:end]
        if len(head) > LONGEST_HEADLINE or "。" in head:
            break
        lead = body.is_lead(end)
        ratio = fuzz.ratio(flat, head) / 100
        if (lead or end == line.end) and min(len(flat), len(head)) >= 4 and (flat.startswith(head) or head.startswith(flat)):
            ratio = max(ratio, 0.8)  # a row that is cut short, or says more than the headline
        if ratio < (LEAST_ALIKE_WITH_LEAD if lead and finished else LEAST_ALIKE):
            continue
        weight = ratio + (0.3 if lead else 0.0) + (0.5 if body.has_dateline(end) else 0.0) - (0.0 if finished else 0.4)
        if best is None or weight > best.weight:
            best = _Match(n, line.index, line.start, end, weight)
    return best


def _late(body: Body, tokens: Sequence[Token], matches: list[_Match]) -> list[Anchor]:
    """Rows that stand in the body to the letter, but elsewhere than the 目录 has them."""
    found = {m.token for m in matches}
    taken = [(m.start, m.end) for m in matches]
    out: list[Anchor] = []
    left = [n for n in range(len(tokens)) if n not in found and tokens[n].kind == "row" and len(tokens[n].flat) >= 6]
    for n in left:
        exact = [m for m in _exact(body, [tokens[n]], None) if m.weight >= 2.5 and not any(m.start < e and s < m.end for s, e in taken)]
        if exact:
            taken.append((exact[0].start, exact[0].end))
            out.append(Anchor("item", exact[0].start, exact[0].end, tokens[n], is_late=True))
    return out


# ---- what has no row ----


def _extra_items(body: Body, anchors: list[Anchor], is_strict: bool) -> list[Anchor]:
    """Lines that open as items do (headline, white space, date or dateline) and answer no row."""
    starts = [a.start for a in anchors]
    ends = {a.end for a in anchors}
    out: list[Anchor] = []
    for n, line in enumerate(body.lines):
        at = bisect_left(starts, line.start + 1) - 1
        if (at >= 0 and line.start < anchors[at].end) or (out and line.start < out[-1].end):
            continue  # a headline that is known
        # with datelines the dateline says where items open; without, an item opens only after a sentence or a heading
        is_open = body.dateline or line.start in ends or body.is_finished_before(n) or (not is_strict and _is_under_heading(body, n))
        if not is_open or body.is_lead(line.start):
            continue
        end = _headline_end(body, line, is_strict)
        following = starts[at + 1] if at + 1 < len(starts) else body.limit
        if end is not None and end < following:
            out.append(Anchor("item", line.start, end))
    return out


def _is_under_heading(body: Body, n: int) -> bool:
    """Whether the line before the n-th looks like a column heading: short, of words alone, after a sentence."""
    return n > 0 and body.is_finished_before(n - 1) and _HEADING.fullmatch(body.sheet.of(body.lines[n - 1])) is not None


SHORTEST_WRAPPED = 12  # characters of a headline's line that is not its last; a shorter line is a heading above it


def _headline_end(body: Body, line: Line, is_strict: bool) -> int | None:
    """Where the headline that opens a line ends, if a lead stands behind it; `is_strict` where a 目录 says which items there are."""
    sheet = body.sheet
    for end in body.gaps(line, LONGEST_HEADLINE):
        head = sheet.flat[line.start:end]
        if "。" in head or (end > line.end and line.end - line.start < SHORTEST_WRAPPED):
            return None
        if len(head) < 4 or head[-1] in ",、;:(《":
            continue
        if body.has_dateline(end):
            # the dateline is certain; the headline is its own line (or the last words of it)
            return end if end == line.end else None
        if DATE_LEAD.match(sheet.flat, end) and not body.dateline:
            if is_strict and ("," in head or not _opens_account(sheet, end)):
                return None
            return end if len(head) >= 6 else None
    return None


def _opens_account(sheet: Sheet, position: int) -> bool:
    """Whether the date at the position is followed by a comma, as in the first sentence of an account."""
    match = DATE_LEAD.match(sheet.flat, position)
    return bool(match and "," in sheet.flat[match.end():match.end() + 8])


def _extra_columns(body: Body, anchors: list[Anchor], contents: Contents | None) -> list[Anchor]:
    """Short lines of their own right above a headline that answer no row: headings that the 目录 lacks."""
    if contents is not None and not any(t.kind == "column" for t in contents.tokens):
        return []
    sheet = body.sheet
    out: list[Anchor] = []
    inside = [(a.start, a.end) for a in anchors]
    items = {a.start for a in anchors if a.kind == "item"}
    for n, line in enumerate(body.lines[:-1]):
        flat = sheet.of(line)
        if not _HEADING.fullmatch(flat) or body.lines[n + 1].start not in items or not body.is_finished_before(n) or flat[-1] in "、":
            continue
        if not any(start <= line.start < end for start, end in inside):
            out.append(Anchor("column", line.start, line.end))
    return out


def _tell_columns(body: Body, anchors: list[Anchor]) -> None:
    """A row is a column heading where the body has it alone on its line right above another row."""
    for one, other in pairwise(anchors):
        alone = body.sheet.line_starts.get(one.end) is not None
        adjoins = one.kind == other.kind == "item" and one.end == other.start
        if one.token and alone and adjoins and len(one.token.flat) <= LONGEST_HEADING and not body.is_lead(one.end):
            one.kind = "column"


# ---- whose text ----


def _texts(body: Body, anchors: list[Anchor]) -> list[Anchor]:
    """The anchors with the lines that follow each, up to the next."""
    starts = [a.start for a in anchors]
    for line in body.lines:
        at = bisect_left(starts, line.start + 1) - 1
        position = line.start
        while position < line.end:
            following = starts[at + 1] if at + 1 < len(starts) else 1 << 60
            stop = min(line.end, following)
            if at >= 0:
                start = max(position, anchors[at].end)
                if start < stop:
                    anchors[at].body.append((start, stop))
            position, at = stop, at + 1
    return anchors


# ---- a clause displaced at a page end ----

LONGEST_CLAUSE = 200
MOST_SENTENCES = 2
FURTHEST_CLAUSE = 4  # items; pages are mixed up with their neighbours, not with far ones


def restore_clauses(body: Body, anchors: list[Anchor]) -> None:
    """Put back the last clause of an item that stands at the end of another: one item breaks off inside a sentence, and near it stands,
    alone on its line after a full stop, a sentence or two that open as no sentence of the issue does."""
    items = [a for a in anchors if a.kind == "item" and a.body]
    for n, item in enumerate(items[:-1]):
        if not _breaks_off(body.sheet, item):
            continue
        near = sorted((k for k in range(len(items)) if k != n and abs(k - n) <= FURTHEST_CLAUSE), key=lambda k: abs(k - n))
        for k in near:
            if _is_stray(body, items[k]):
                item.restored = items[k].body.pop()
                item.body.append(item.restored)
                break


def _breaks_off(sheet: Sheet, item: Anchor) -> bool:
    return not sheet.is_finished(item.body[-1][1])


def _is_stray(body: Body, item: Anchor) -> bool:
    if len(item.body) < 2:
        return False
    sheet, (start, end) = body.sheet, item.body[-1]
    clause = sheet.flat[start:end]
    is_short = end - start <= LONGEST_CLAUSE and clause[-1] in "。!" and clause.count("。") <= MOST_SENTENCES
    if not is_short or start not in sheet.line_starts or not sheet.is_finished(start) or DATE_LEAD.match(clause):
        return False
    opening = clause[:2]
    return not any(
        "。" + opening in sheet.of(line) or (sheet.flat.startswith(opening, line.start) and line.start != start) for line in body.lines
    )
