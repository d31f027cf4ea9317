"""校异同 and 核红: two copies of a text, every difference between them, and what became of each decision.

`collate(old, new, decisions)` → `Collation`. Its `edits` make the new text of the old one, to the character: nothing is left out. Its
findings speak of the new copy: H001 a decision not carried out, H002 changed without a decision, H003 the same string left elsewhere,
H004 a page of the 目录 moved, H005 text moved, H006 text lost, H007 text doubled.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from yuebao.model import Finding, Related, SourceInfo, Value
from yuebao.proof.collation_rules import BASIS
from yuebao.proof.copies import Copy, Row
from yuebao.proof.differences import Span, edits, reach
from yuebao.proof.fix import is_replacement
from yuebao.proof.reading import difference
from yuebao.text import squeeze

COLLATION_SCHEMA = "yuebao/collation/1"
ACCEPTED = "accepted"  # the state of a finding that somebody decided to follow
LEAST_MOVED = 6  # characters; less may stand in two places by chance
ELSEWHERE = 8  # other places named

_LINE_END = re.compile(r"[ \t]*[\r\n\f]+\s*")

Kind = Literal["changed", "added", "lost", "doubled", "moved_from", "moved_to", "decided", "layout"]


@dataclass(frozen=True, slots=True)
class Edit(Value):
    """`old[old_start:old_end]` became `new[new_start:new_end]`. `layout`: nothing but white space, folios and the like."""

    kind: Kind
    old_start: int
    old_end: int
    new_start: int
    new_end: int
    old_text: str
    new_text: str
    old_line: int | None
    new_line: int | None


@dataclass(frozen=True, slots=True)
class Collation(Value):
    """What became of a text. `carried_out`: the decisions that the new copy carries out; findings as of a proof of the new copy."""

    old: SourceInfo
    new: SourceInfo
    edits: tuple[Edit, ...]
    findings: tuple[Finding, ...]
    carried_out: tuple[Finding, ...]
    schema: str = COLLATION_SCHEMA


@dataclass(frozen=True, slots=True)
class _Decided:
    """A decision in the text as it ought to be: `expected[start:end]` of the content takes the place of `before`."""

    finding: Finding
    start: int
    end: int
    before: str
    after: str
    old_start: int
    old_end: int


@dataclass(frozen=True, slots=True)
class _Side:
    """Content characters and where each stands in the copy."""

    copy: Copy
    text: str
    at: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the copy of a span of the content; where that is empty, the place after the character before."""
        if start < end:
            return self.at[start], self.at[end - 1] + 1
        place = self.at[start - 1] + 1 if start else 0
        return place, place

    def start_of(self, n: int) -> int:
        """The place of the n-th character of the content; the end of the copy after the last."""
        return self.at[n] if n < len(self.at) else len(self.copy.text)


def collate(old: Copy, new: Copy, decisions: Sequence[Finding] = ()) -> Collation:
    """Everything that differs between two copies. `decisions`: the accepted findings of a proof of the old copy."""
    before, after = _Side(old, *old.content()), _Side(new, *new.content())
    plain = edits(before.text, after.text)
    of_spaces = [f for f in decisions if f.proposal is not None and squeeze(f.text) == squeeze(f.proposal)]
    expected, decided, lost_sight = _expected(before, [f for f in decisions if f not in of_spaces])
    wanted = edits(expected.text, after.text) if decided else plain
    failed = {n: [span for span in wanted if _touches(span, d, expected.text, after.text)] for n, d in enumerate(decided)}
    undecided = [s for s in wanted if not any(s in of and _is_within(s, decided[n]) for n, of in failed.items())]
    carried = [d for n, d in enumerate(decided) if not failed[n]]
    found = [_not_carried_out(d, failed[n], expected, after) for n, d in enumerate(decided) if failed[n]]
    still = [(f, place) for f in of_spaces if (place := _spaces_left(f, before, after, plain)) is not None]
    found += [_finding("H001", "error", _as_before(f), None, after, (0, 0), place, proposal=f.proposal) for f, place in still]
    found += [_not_found(finding) for finding in lost_sight]
    found += _differences(undecided, expected, after, bool(decisions))
    found += _elsewhere(decided, [d for n, d in enumerate(decided) if failed[n]], after)
    found += _pages(old, new, before, after, plain)
    script = _script(before, after, plain, carried)
    found.sort(key=lambda f: (f.source_start is None, f.source_start or 0, f.source_end or 0, f.code, f.text, f.message))
    done = [d.finding for d in carried] + [f for f in of_spaces if all(f is not other for other, _ in still)]
    return Collation(old.source.info, new.source.info, script, tuple(found), tuple(done))


# ---- decisions ----


def _expected(before: _Side, decisions: Sequence[Finding]) -> tuple[_Side, list[_Decided], list[Finding]]:
    """The old content with every decision carried out; the decisions in it; those whose words the old copy does not hold."""
    places: list[tuple[int, int, str, Finding]] = []
    lost: list[Finding] = []
    for finding in decisions:
        place = _place_of(finding, before)
        if place is None:
            lost.append(finding)
        else:
            places.append((*place, finding))
    places.sort(key=lambda p: p[:3])
    text: list[str] = []
    at: list[int] = []
    decided: list[_Decided] = []
    done = length = 0
    for start, end, put, finding in places:
        if start < done:
            lost.append(finding)
            continue
        text += [before.text[done:start], put]
        at += before.at[done:start]
        here = before.span(start, end)[0]
        at += [here] * len(put)
        length += start - done
        decided.append(_Decided(finding, length, length + len(put), before.text[start:end], put, *before.span(start, end)))
        length += len(put)
        done = end
    text.append(before.text[done:])
    at += before.at[done:]
    return _Side(before.copy, "".join(text), at), decided, lost


def _place_of(finding: Finding, before: _Side) -> tuple[int, int, str] | None:
    """The span of the content that a decision alters, and what it puts there; None where its words do not stand where it says."""
    if finding.proposal is None or not is_replacement(finding):
        return None
    old, put = "".join(finding.text.split()), "".join(finding.proposal.split())
    start = _content_offset(finding, before)
    if start is None:
        return None
    near = before.text.find(old, max(start - 2, 0), start + len(old) + 2)
    if near < 0:
        return None
    (a, b), (c, d) = difference(old, put)
    return near + a, near + b, put[c:d]


def _content_offset(finding: Finding, before: _Side) -> int | None:
    """The place in the content at which a decision's words begin: by the source, or by the item where the copy has no source."""
    place = finding.source_start
    if before.copy.pieces is not None:
        start = next((s for s, _, number in before.copy.items if number == finding.item), None)
        place = None if start is None or finding.start is None else start + finding.start
    return None if place is None else bisect_left(before.at, place)


def _spaces_left(finding: Finding, before: _Side, after: _Side, spans: list[Span]) -> tuple[int, int] | None:
    """Where in the new content a decision about spaces was not carried out; None where it was. At a line end there is nothing to see."""
    words = squeeze(finding.text)
    start = _content_offset(finding, before)
    near = -1 if start is None else before.text.find(words, max(start - 2, 0), start + len(words) + 2)
    first, last = (_follow(n, spans) for n in (near, near + len(words) - 1)) if near >= 0 else (None, None)
    if first is None or last is None:
        return 0, 0
    put = after.copy.text[after.at[first]:after.at[last] + 1]
    return None if _LINE_END.sub("", put) == (finding.proposal or "").strip() else (first, last + 1)


def _as_before(finding: Finding) -> str:
    return f"已采纳的改动没有照改：“{finding.text}”应改为“{finding.proposal}”，空格仍不合"


def _touches(span: Span, decided: _Decided, expected: str, new: str) -> bool:
    """Whether an edit of the text as it ought to be falls on a decision; an insertion or deletion wherever it may as well stand."""
    left, right = reach(span, expected, new)
    start, end = span.old_start + left, span.old_end + right
    if decided.start < decided.end:
        return (start < decided.end and end > decided.start) or (start == end and decided.start <= start <= decided.end)
    return start <= decided.start <= end


def _is_within(span: Span, decided: _Decided) -> bool:
    """Whether an edit says no more than that the decision was not carried out, or something else put there."""
    room = max(len(decided.before), len(decided.after))
    return decided.start - room <= span.old_start and span.old_end <= decided.end + room and span.new_end - span.new_start <= 2 * room + 2


def _not_carried_out(decided: _Decided, spans: list[Span], expected: _Side, after: _Side) -> Finding:
    start, end = min(s.new_start for s in spans), max(s.new_end for s in spans)
    said = decided.finding
    now = after.text[max(start - len(decided.before) - 2, 0):end + len(decided.before) + 2]
    how = "仍为原样" if decided.before in now else f"改成了“{after.text[start:end]}”"
    message = f"已采纳的改动没有照改：“{said.text}”应改为“{said.proposal}”，{how}"
    was = min(s.old_start for s in spans), max(s.old_end for s in spans)
    return _finding("H001", "error", message, expected, after, was, (start, end), proposal=said.proposal,
                    old=(decided.old_start, decided.old_end), old_text=said.text)


def _not_found(finding: Finding) -> Finding:
    message = f"已采纳的改动“{finding.text}”在旧稿所指之处没有找到，无法核对，请核"
    return Finding(
        code="H001", severity="note", item=None, page=None, line=None, start=None, end=None, text=finding.text, proposal=finding.proposal,
        safe=False, message=message, basis=BASIS, source_start=None, source_end=None,
    )


def _elsewhere(decided: list[_Decided], failed: list[_Decided], after: _Side) -> Iterator[Finding]:
    """What was decided to be wrong and stands in the new copy still, at other places than its own."""
    by_text: dict[str, list[_Decided]] = {}
    for one in decided:
        text = "".join(one.finding.text.split())
        if len(text) > 1 and text not in "".join((one.finding.proposal or "").split()):
            by_text.setdefault(text, []).append(one)
    for text, ones in by_text.items():
        places = list(_occurrences(after.text, text))
        left = len(places) - sum(one in failed for one in ones)
        if left <= 0:
            continue
        lines = [after.copy.place(after.at[at]) for at in places]
        named = "、".join(f"第{p.line}行" if p.line else f"第{p.item}条" for p in lines[:ELSEWHERE])
        more = "……" if len(lines) > ELSEWHERE else ""
        message = f"“{text}”已改为“{ones[0].finding.proposal}”，同样的文字另有 {left} 处未改：{named}{more}"
        first = places[0]
        yield _finding("H003", "warning", message, None, after, (0, 0), (first, first + len(text)), proposal=ones[0].finding.proposal)


def _occurrences(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + len(part))


# ---- differences ----


def _differences(spans: list[Span], before: _Side, after: _Side, has_decisions: bool) -> Iterator[Finding]:
    moves = _moves(spans, before.text, after.text)
    none = "没有这一处改动的决定：" if has_decisions else ""
    for span in spans:
        old, new = before.text[span.old_start:span.old_end], after.text[span.new_start:span.new_end]
        places = (span.old_start, span.old_end), (span.new_start, span.new_end)
        if span in moves.values():
            continue
        if span in moves:
            to = moves[span]
            line = after.copy.place(after.span(to.new_start, to.new_end)[0]).line
            where = f"第{line}行" if line else "别处"
            yield _finding("H005", "error", f"{none}这段文字移了位置，现在{where}：“{_short(old)}”", before, after, places[0],
                           (to.new_start, to.new_end))
        elif row := _contents_page(span, before, after):
            message = f"目录页码由 {old or '无'} 改为 {new or '无'}：{row.title}"
            yield _finding("H004", "warning", message, before, after, *places, proposal=old)
        elif not new:
            message = f"{none}脱漏“{_short(old)}”{_at_end(span, before)}"
            yield _finding("H006", "error", message, before, after, *places, proposal=old)
        elif not old and _is_double(span, before.text, after.text):
            yield _finding("H007", "error", f"{none}重复“{_short(new)}”", before, after, *places, proposal="")
        elif not old:
            yield _finding("H002", "error", f"{none}增加“{_short(new)}”", before, after, *places, proposal="")
        else:
            yield _finding("H002", "error", f"{none}“{_short(old)}”变为“{_short(new)}”", before, after, *places, proposal=old)


def _moves(spans: list[Span], old: str, new: str) -> dict[Span, Span]:
    """Each deletion with the insertion that is the same text, as far as a deletion and an insertion can be told to begin elsewhere."""
    free = [s for s in spans if s.old_start == s.old_end and s.new_end - s.new_start >= LEAST_MOVED]
    out: dict[Span, Span] = {}
    for span in spans:
        size = span.old_end - span.old_start
        if span.new_start == span.new_end and size >= LEAST_MOVED:
            ring = old[span.old_start:span.old_end] * 2
            to = next((s for s in free if s.new_end - s.new_start == size and new[s.new_start:s.new_end] in ring), None)
            if to:
                free.remove(to)
                out[span] = to
    return out


def _is_double(span: Span, old: str, new: str) -> bool:
    """Whether what was inserted stands beside itself."""
    left, right = reach(span, old, new)
    return right - left >= span.new_end - span.new_start


def _at_end(span: Span, before: _Side) -> str:
    """Words that say so where what was lost stood at the end of a line or page of the old copy."""
    start, end = before.span(span.old_start, span.old_end)
    text = before.copy.text
    source = before.copy.source
    if before.copy.pieces is None and source.page_of(start) != source.page_of(min(end, len(text) - 1)):
        return "（在页末）"
    follows, leads = text[end:end + 1], text[max(start - 1, 0):start]
    return "（在行末）" if follows in "\r\n" or leads in "\r\n" else ""


def _contents_page(span: Span, before: _Side, after: _Side) -> Row | None:
    """The row of the 目录 whose page number is all that the edit alters."""
    old, new = before.text[span.old_start:span.old_end], after.text[span.new_start:span.new_end]
    if not (old + new).isdigit():
        return None
    start, end = before.span(span.old_start, span.old_end)
    at, to = after.span(span.new_start, span.new_end)
    by_old = next((row for row in before.copy.rows if row.start <= start and end <= row.end), None)
    return by_old or next((row for row in after.copy.rows if row.start <= at and to <= row.end), None)


def _pages(old: Copy, new: Copy, before: _Side, after: _Side, spans: list[Span]) -> Iterator[Finding]:
    """Rows of the 目录 whose headline stands on another page of the new copy than its row there gives, counted as most rows are."""
    if new.source.page_starts is None:
        return
    found: list[tuple[Row, int, int, int]] = []
    for row in old.rows:
        place = None if row.headline is None else _follow(bisect_left(before.at, row.headline), spans)
        first, last = bisect_left(before.at, row.start), bisect_left(before.at, row.end)
        number = after.text[_bound(first, spans, False):_bound(last, spans, True)]
        if place is not None and place < len(after.at) and number.isdigit():
            found.append((row, place, int(number), (new.source.page_of(after.at[place]) or 0) - int(number)))
    shifts = [shift for *_, shift in found]
    usual = max(set(shifts), key=lambda s: (shifts.count(s), -abs(s)), default=0)
    for row, place, page, shift in found:
        if shift != usual:
            message = f"目录作第 {page} 页，正文在第 {page + shift - usual} 页：{row.title}"
            yield _finding("H004", "warning", message, None, after, (0, 0), (place, place + 1))


def _follow(n: int, spans: list[Span]) -> int | None:
    """The place in the new content of a character of the old; None where it is not there any more."""
    at = _bound(n, spans, False)
    return at if at + 1 == _bound(n + 1, spans, True) else None


def _bound(n: int, spans: list[Span], is_end: bool) -> int:
    """A boundary of the old content in the new; within an edit, the beginning of the edit, or with `is_end` its end."""
    shift = 0
    for span in spans:
        if span.old_start > n or (span.old_start == n and is_end):
            break
        if n < span.old_end:
            return span.new_end if is_end else span.new_start
        if n == span.old_end and span.old_start == span.old_end and not is_end:
            return span.new_end
        shift = span.new_end - span.old_end
    return n + shift


def _finding(
    code: str, severity: Literal["error", "warning", "note"], message: str, before: _Side | None, after: _Side,
    was: tuple[int, int], now: tuple[int, int], *, proposal: str | None = None, old: tuple[int, int] | None = None,
    old_text: str | None = None,
) -> Finding:
    start, end = after.span(*now)
    place = after.copy.place(min(start, max(len(after.copy.text) - 1, 0)))
    related: tuple[Related, ...] = ()
    if before is not None:
        a, b = old or before.span(*was)
        there = before.copy.place(min(a, max(len(before.copy.text) - 1, 0)))
        said = old_text if old_text is not None else before.text[slice(*was)]
        related = (Related(there.item, None, None, said, a, b),)
    return Finding(
        code=code, severity=severity, item=place.item, page=place.page, line=place.line, start=None, end=None, text=after.text[slice(*now)],
        proposal=proposal, safe=False, message=message, basis=BASIS, source_start=start, source_end=end, related=related,
    )


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:24]}……{text[-12:]}（共{len(text)}字）"


# ---- the whole way from the old copy to the new one ----


def _script(before: _Side, after: _Side, spans: list[Span], carried: list[_Decided]) -> tuple[Edit, ...]:
    """Edits of everything, white space and layout with it: between equal characters of the content stands what may differ."""
    moves = _moves(spans, before.text, after.text)
    arrivals = set(moves.values())
    out: list[Edit] = []
    at: tuple[int, int] = (0, 0)  # what comes before is accounted for
    run = (0, 0)  # where in either content the equal run begins
    for span in [*spans, Span(len(before.text), len(before.text), len(after.text), len(after.text))]:
        if run[0] < span.old_start:
            out += _within_run(before, after, (run[0], span.old_start), (run[1], span.new_start), at)
            at = before.at[span.old_start - 1] + 1, after.at[span.new_start - 1] + 1
        kind: Kind = "moved_from" if span in moves else "moved_to" if span in arrivals else _kind(span, before, after, carried)
        ends = before.start_of(span.old_end), after.start_of(span.new_end)
        inner = before.span(span.old_start, span.old_end), after.span(span.new_start, span.new_end)
        if changed := _shared_left_out(before.copy.text, after.copy.text, (at[0], ends[0]), (at[1], ends[1]), *inner):
            out.append(_edit(kind, before, after, *changed))
        at, run = ends, (span.old_end, span.new_end)
    return tuple(out)


def _within_run(before: _Side, after: _Side, old: tuple[int, int], new: tuple[int, int], at: tuple[int, int]) -> Iterator[Edit]:
    """The edits of white space and layout before and between the characters of a run of equal content."""
    at_old, at_new = at
    if before.copy.text[at_old:before.at[old[1] - 1]] == after.copy.text[at_new:after.at[new[1] - 1]]:
        return
    for a, b in zip(before.at[old[0]:old[1]], after.at[new[0]:new[1]], strict=True):
        if before.copy.text[at_old:a] != after.copy.text[at_new:b]:
            yield _edit("layout", before, after, (at_old, a), (at_new, b))
        at_old, at_new = a + 1, b + 1


def _shared_left_out(
    old: str, new: str, of_old: tuple[int, int], of_new: tuple[int, int], core_old: tuple[int, int], core_new: tuple[int, int],
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The spans without what both begin and end with, as far as that lies outside the cores; None where they are equal."""
    (a, b), (c, d) = of_old, of_new
    has_old, has_new = core_old[0] < core_old[1], core_new[0] < core_new[1]
    while a < (core_old[0] if has_old else b) and c < (core_new[0] if has_new else d) and old[a] == new[c]:
        a, c = a + 1, c + 1
    while b > (core_old[1] if has_old else a) and d > (core_new[1] if has_new else c) and old[b - 1] == new[d - 1]:
        b, d = b - 1, d - 1
    return ((a, b), (c, d)) if a < b or c < d else None


def _kind(span: Span, before: _Side, after: _Side, carried: list[_Decided]) -> Kind:
    if span.old_start == span.old_end and span.new_start == span.new_end:
        return "layout"
    start, end = before.span(span.old_start, span.old_end)
    if any(start <= d.old_end and end >= d.old_start for d in carried):
        return "decided"
    if span.new_start == span.new_end:
        return "lost"
    if span.old_start < span.old_end:
        return "changed"
    return "doubled" if _is_double(span, before.text, after.text) else "added"


def _edit(kind: Kind, before: _Side, after: _Side, old: tuple[int, int], new: tuple[int, int]) -> Edit:
    return Edit(
        kind, *old, *new, before.copy.text[slice(*old)], after.copy.text[slice(*new)], before.copy.place(old[0]).line,
        after.copy.place(new[0]).line,
    )
