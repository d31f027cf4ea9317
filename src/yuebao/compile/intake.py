"""Intake: from the text of a file to what of it is the report. What is left out is kept beside it, with its reason; nothing is lost.

`part` takes the text apart: the headline, the report, and passages that are no part of it. Every character of the text that is not white
space stands in exactly one of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from yuebao.compile.intake_flags import FLAGS, flags_of
from yuebao.compile.intake_wording import (
    CAPTION_OPENS,
    CREDITS,
    EDGE_LINES,
    LEAD,
    LINES,
    LINKS,
    NO_HEADLINE,
    NUMBER_OF_A_BRIEF,
    OF_A_REPORT,
    OF_THE_REPORT,
    PICTURE_CREDIT,
    REASONS,
    WITHIN,
    head_rules,
    tail_rules,
)
from yuebao.compile.values import LeftOut
from yuebao.model import Value
from yuebao.text import real_date, split_lines, squeeze

__all__ = ["FLAGS", "REASONS", "Enclosure", "Parts", "Refused", "day_of", "flags_of", "part"]

_LABEL = re.compile(r"(?:原标题|来稿|投稿|供稿|转发|回复|(?i:fwd?|re))[：:]\s*")
_SET_APART = re.compile(r"\r?\n[ \t\u3000]*(?:\r?\n|(?<=[\u3000\t ]{2}))")
_NOT_LINE_END = re.compile(r"[^\n]")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")
Span = tuple[int, int]
Cut = tuple[int, int, str]  # a span and its reason

LONGEST_HEADLINE = 60
SHORTEST_HEADLINE = 6
ENDED_EARLY = 0.85  # of the longest line below; a wrapped paragraph has lines that are all but equally long
EDGE = 8  # lines at either end that may say who sent and passed a text
LONGEST_ODD_LINE = 160  # characters of a line that is no part of the report
TAIL = 400  # characters at the end in which a credit may begin
MOST_REPEATS = 3  # of a headline; a page has it as its title, above the article and under it
MOST_ROUNDS = 30  # credits at one end; a page has some five
LONGEST_CAPTION = 45  # characters; a sentence before a credit that is longer is of the report, unless it opens as a caption does
NEVER_BEFORE_A_LEAD = "“《（(【，、和至于在年月"
FEW_CAPTIONS = 3  # with as many or more, and more in them than is left besides, a report is one in pictures


@dataclass(frozen=True, slots=True)
class Enclosure:
    """One text that came, by itself or in a letter: its bytes, the day of the letter, and who sent it."""

    name: str
    data: bytes
    dated_on: str | None = None
    sender: str | None = None


@dataclass(frozen=True, slots=True)
class Refused(Value):
    """A file that was not taken, and why: the envelope of its error."""

    name: str
    code: str
    message: str
    advice: str


@dataclass(frozen=True, slots=True)
class Parts:
    """A text taken apart. `text`: the headline, where there is one, a blank line, the report; `left_out` in the order of the text."""

    headline: str | None
    text: str
    left_out: tuple[LeftOut, ...]


def part(text: str, main: str | None = None) -> Parts:
    """The parts of a text without NUL. `main`: of a web page, its article without white space; None where it is not known."""
    found = _Found(text)
    found.cut_lines(main)
    found.close()
    found.cut_captions()
    found.open()
    return found.parts()


def day_of(parts: Parts, stated: str | None = None) -> date | None:
    """The day of a text: as its letter or page states it, else as a line of publication or its dateline says with the year.

    None where neither does: what a report tells of may have been years before.
    """
    said = [stated or "", *(out.text for out in parts.left_out if out.reason in ("publication", "dateline", "source"))]
    days = (real_date(*(int(part) for part in found.groups())) for text in said for found in _DAY.finditer(text))
    return next(filter(None, days), None)


class _Found:
    """What is found while a text is taken apart. `text` has white space for what is left out, so that it is met once."""

    def __init__(self, text: str) -> None:
        self.whole = text
        self.text = text
        self.cuts: list[Cut] = []
        self.headline: Span | None = None

    def cut(self, *cuts: Cut) -> None:
        """Leave spans out, as far as they are not left out already. Line ends stay."""
        pieces: list[Cut] = []
        reached = 0
        for start, end, reason in sorted(cuts):
            pieces += [(a, b, reason) for a, b in self._left(max(start, reached), end)]
            reached = max(reached, end)
        self.cuts = sorted([*self.cuts, *pieces])
        shown, at = [], 0
        for start, end, _ in pieces:
            shown += [self.text[at:start], _NOT_LINE_END.sub(" ", self.text[start:end])]
            at = end
        self.text = "".join([*shown, self.text[at:]])

    def _left(self, start: int, end: int) -> Iterator[Span]:
        """The passages of a span that are not left out yet."""
        within = self.cuts[max(0, bisect_left(self.cuts, (start,)) - 1):bisect_left(self.cuts, (end,))]
        return ((a, b) for a, b in _between(within, start, end) if self.text[a:b].strip())

    # ---- lines, and what may stand anywhere ----

    def cut_lines(self, main: str | None) -> None:
        """Leave out the lines that are furniture, those outside the article of a page, and what may stand anywhere."""
        lines = [(start, end) for start, end in split_lines(self.text) if self.text[start:end].strip()]
        said = [self.text[start:end].strip() for start, end in lines]
        of_main = [n for n, line in enumerate(said) if main is None or squeeze(line) in main]
        reasons = [_of_line(line, is_edge=n < EDGE or n >= len(lines) - EDGE) for n, line in enumerate(said)]
        if said and _LABEL.match(said[0]):
            reasons[0] = None
        for n in range(1, min(3, len(said))):
            if NUMBER_OF_A_BRIEF.fullmatch(said[n]):
                reasons[:n + 1] = ["publication"] * (n + 1)
        if of_main:
            for n in (*range(1, of_main[0]), *range(of_main[-1] + 1, len(lines))):
                reasons[n] = reasons[n] or "furniture"
            for n in set(range(of_main[0], of_main[-1])).difference(of_main):
                reasons[n] = reasons[n] or (None if re.search("[。\t]", said[n]) else "furniture")
        self.cut(*((*line, reason) for line, reason in zip(lines, reasons, strict=True) if reason))
        self.cut(*((*match.span(), reason) for reason, pattern in WITHIN for match in pattern.finditer(self.text)))
        if links := LINKS.search(self.text):
            self._cut_links(links.start())

    def _cut_links(self, at: int) -> None:
        """Leave out what closes a page under the heading at `at`: lines without a sentence."""
        if "。" not in self.text[at:]:
            self.cut(*((at + start, at + end, "furniture") for start, end in split_lines(self.text[at:])))

    # ---- what stands before the report ----

    def open(self) -> None:
        """Find the headline, and leave out what stands between it and the report."""
        at = self._skip(0)
        label = _LABEL.match(self.text, at)
        if label:
            self.cut((*label.span(), "original_title" if "标题" in label[0] else "contact"))
            at = label.end()
        elif self._credit_at(at):
            self._cut_credits(at)
            return
        end = self._headline_end(at, label is not None)
        if end is not None:
            self.headline = (at, end)
            at = self._drop_repeats(end)
        self._cut_credits(at)

    def _cut_credits(self, at: int) -> None:
        for _ in range(MOST_ROUNDS):
            at = self._skip(at)
            found = self._credit_at(at)
            if found is None:
                return
            self.cut((at, *found))
            at = found[0]

    def _credit_at(self, at: int) -> tuple[int, str] | None:
        """Where a credit that stands at `at` ends, and its reason."""
        hits = ((pattern.match(self.text, at), reason) for reason, pattern in head_rules())
        return next(((hit.end(), reason) for hit, reason in hits if hit), None)

    def _skip(self, at: int) -> int:
        """The place of the next character that is not left out."""
        return len(self.text) - len(self.text[at:].lstrip())

    def _headline_end(self, at: int, is_labelled: bool) -> int | None:
        """Where the headline that begins at `at` ends; None where none does."""
        line = next(end for start, end in split_lines(self.text) if end >= at)
        first = self.text[at:line].rstrip()
        if len(first) <= LONGEST_HEADLINE and not re.search(r"[。；，、：;,]$|。", first) and _is_ended(first, self.text[line:]):
            return at + len(first)
        if not is_labelled:
            return _repeated(self.text, at)
        return _repeated(self.text, at) or self._lead_of(at)

    def _lead_of(self, at: int) -> int | None:
        """Where a headline that no line end closes gives way to the report: at a credit or at what opens a lead."""
        limit = min(at + LONGEST_HEADLINE, len(self.text))
        datelines = [start for start, _, reason in self.cuts if reason == "dateline"]
        for place in range(at + SHORTEST_HEADLINE, limit):
            if self.text[place - 1] not in NEVER_BEFORE_A_LEAD and (place in datelines or LEAD.match(self.text, place)):
                headline = self.text[at:place].rstrip()
                return None if NO_HEADLINE.search(headline) else at + len(headline)
        return None

    def _drop_repeats(self, end: int) -> int:
        """Leave out the headline where it stands again right behind itself; the place reached."""
        assert self.headline is not None
        said = squeeze(self.text[slice(*self.headline)])
        at = self._skip(end)
        for _ in range(MOST_REPEATS):
            after = _after(self.text, at, said)
            if after is None:
                break
            self.cut((at, after, "repeated_headline"))
            at = self._skip(after)
        return at

    # ---- what stands behind it ----

    def close(self) -> None:
        """Leave out what stands behind the last sentence of the report."""
        for _ in range(MOST_ROUNDS):
            end = len(self.text.rstrip())
            start = max(0, end - TAIL)
            hits = ((reason, pattern.search(self.text, start, end)) for reason, pattern in tail_rules())
            found = next(((reason, hit) for reason, hit in hits if hit and hit[0].strip() and not _is_of_the_report(reason, hit[0])), None)
            if found is None:
                return
            reason, hit = found
            self.cut((*hit.span(), _kind_of_credit(hit[0]) if reason == "credit" else reason))

    # ---- captions in running text ----

    def cut_captions(self) -> None:
        """Leave out the credits of pictures, and with each the caption before it."""
        self.cut(*((self._caption_before(match), match.end(), "caption") for match in PICTURE_CREDIT.finditer(self.text)))

    def _caption_before(self, credit: re.Match[str]) -> int:
        """Where the caption of a credit begins: at the credit, where it closes the text or the sentence before is of the report."""
        end = credit.start()
        if not self.text[credit.end():credit.end() + TAIL].strip():
            return end
        before = self.text[max(0, end - TAIL):end]
        start = end - len(before) + max(before.rstrip().rstrip("/／").rstrip().removesuffix("。").rfind(mark) for mark in "。！？\n”") + 1
        sentence = self.text[start:end]
        if CAPTION_OPENS.match(sentence):
            return start
        return end if len(squeeze(sentence)) > LONGEST_CAPTION or OF_A_REPORT.search(sentence) else start

    # ---- all together ----

    def parts(self) -> Parts:
        """The parts. Of a report in pictures the captions are the report; where nothing would stay, nothing is left out."""
        if not self.text.strip():
            return Parts(None, self.whole, ())
        captions = [cut for cut in self.cuts if cut[2] == "caption"]
        is_in_pictures = len(captions) >= FEW_CAPTIONS and sum(end - start for start, end, _ in captions) > len(squeeze(self.text))
        cuts = [cut for cut in self.cuts if not (is_in_pictures and cut[2] == "caption")]
        left_out = tuple(LeftOut(self.whole[start:end].strip(), reason) for start, end, reason in cuts)
        if self.headline is None:
            return Parts(None, _without(self.whole, cuts, 0, len(self.whole)), left_out)
        start, end = self.headline
        before = _without(self.whole, cuts, 0, start).strip()
        headline = _without(self.whole, cuts, start, end).strip()
        report = _without(self.whole, cuts, end, len(self.whole))
        return Parts(headline, "\n\n".join(filter(None, (headline, before, report.strip("\n")))), left_out)


def _of_line(line: str, is_edge: bool) -> str | None:
    """The reason for which a line is no part of the report; None where it is."""
    if len(line) > LONGEST_ODD_LINE:
        return None
    reason = next((reason for reason, pattern in ((*LINES, *EDGE_LINES) if is_edge else LINES) if pattern.fullmatch(line)), None)
    return _kind_of_credit(line) if reason == "credit" else reason


def _without(text: str, cuts: list[Cut], start: int, end: int) -> str:
    """The text from `start` to `end` without what is left out of it."""
    return "".join(text[a:b] for a, b in _between(cuts, start, end))


def _between(cuts: list[Cut], start: int, end: int) -> Iterator[Span]:
    for cut_start, cut_end, _ in cuts:
        if cut_end <= start or cut_start >= end:
            continue
        yield start, max(start, cut_start)
        start = cut_end
    yield start, max(start, end)


def _is_ended(first: str, rest: str) -> bool:
    """Whether a first line was ended by its writer, not by the page: what follows is set apart or has longer lines, or it is no lead."""
    if not rest.strip():
        return False
    longest = max(len(line.strip()) for line in rest.splitlines())
    is_lead = re.search(r"[，,]|^\d", first) is not None
    return not is_lead or _SET_APART.match(rest) is not None or len(first) < ENDED_EARLY * longest


def _repeated(text: str, at: int) -> int | None:
    """Where a headline ends that stands twice, one after the other, at `at`; None where none does."""
    for end in range(at + SHORTEST_HEADLINE, min(at + LONGEST_HEADLINE, len(text))):
        head = squeeze(text[at:end])
        if "。" in head:
            return None
        if len(head) >= SHORTEST_HEADLINE and text[at:at + 4].strip() == text[end:].lstrip()[:4].strip() and _after(text, end, head):
            return end
    return None


def _after(text: str, at: int, said: str) -> int | None:
    """The place behind what is said, where it stands at `at` but for white space; else None."""
    count = 0
    for place in range(at, len(text)):
        if text[place].isspace():
            continue
        if count == len(said) or text[place] != said[count]:
            return place if count == len(said) else None
        count += 1
    return None


def _is_of_the_report(reason: str, found: str) -> bool:
    return reason == "credit" and found.strip()[:1] in "（([【" and OF_THE_REPORT.match(found) is not None


def _kind_of_credit(found: str) -> str:
    return next((reason for reason, pattern in CREDITS if pattern.search(found.strip())), "byline")
