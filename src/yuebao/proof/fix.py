"""Corrections carried out in the source text, and in nothing else: a new text is returned, none is written.

`corrected(issue, source, findings)` carries out proposals as they are; `fixed(…)` those that are certain, until none is left, and leaves
alone what would make another doubt. No name, quotation or title is altered (promise 5), whatever the findings say.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from yuebao.model import Finding, Issue, Source
from yuebao.proof.reading import Passage, difference

# rules whose proposal says what to do (the page to print), and is no text to be put in the place of another
ADVICE = frozenset({"C003"})
ROUNDS = 5  # a correction may bring another to light; three rounds were never needed


@dataclass(frozen=True, slots=True)
class Corrected:
    """The text with corrections, and which findings were carried out and which could not be."""

    text: str
    done: tuple[Finding, ...]
    left: tuple[Finding, ...]


def is_replacement(finding: Finding) -> bool:
    """Whether the finding's proposal is a text to be put in the place of what it speaks of."""
    return finding.proposal is not None and finding.code not in ADVICE


def corrected(issue: Issue, source: Source, findings: Iterable[Finding]) -> Corrected:
    """The source with the proposals of the findings carried out, as far as their words stand there and no two overlap.

    White space and line ends within what is corrected stay where no character of theirs is corrected.
    """
    passages = {item.number: Passage(item, None, None) for item in issue.items()}
    text = source.text
    edits: list[tuple[int, int, str]] = []
    done, left = [], []
    for finding in findings:
        found = _edits_of(finding, text, passages)
        if found is None or any((a < d and c < b) or (a, b) == (c, d) for a, b, _ in found for c, d, _ in edits):
            left.append(finding)
        else:
            edits += found
            done.append(finding)
    for start, end, put in sorted(edits, reverse=True):
        text = text[:start] + put + text[end:]
    return Corrected(text, tuple(done), tuple(left))


def fixed(source: Source, again: Callable[[str], tuple[Issue, Source, tuple[Finding, ...]]]) -> Corrected:
    """The source with everything carried out that is certain; twice does what once does. `again` reads and proofs a text.

    A correction that brings up a finding that was not there is taken back.
    """
    text, done, refused = source.text, list[Finding](), set[tuple[object, ...]]()
    issue, now, findings = again(text)
    for _ in range(ROUNDS):
        safe = [f for f in findings if f.safe and f.proposal is not None and f.state == "open" and _key(f) not in refused]
        step = corrected(issue, now, safe)
        if not step.done:
            break
        issue_after, after, found = again(step.text)
        if _brought_up(findings, found):
            by_itself = {_key(f) for f in step.done if _brought_up(findings, again(corrected(issue, now, [f]).text)[2])}
            refused |= by_itself or {_key(f) for f in step.done}
            continue
        done += step.done
        text, issue, now, findings = step.text, issue_after, after, found
    return Corrected(text, tuple(done), tuple(f for f in findings if f.safe))


def _brought_up(before: tuple[Finding, ...], after: tuple[Finding, ...]) -> Counter[tuple[object, ...]]:
    return Counter(_key(f) for f in after) - Counter(_key(f) for f in before)


def _key(finding: Finding) -> tuple[object, ...]:
    return finding.code, finding.item, finding.text, finding.proposal


def _edits_of(finding: Finding, text: str, passages: dict[int, Passage]) -> list[tuple[int, int, str]] | None:
    """What a finding alters in the source, as (start, end, text put there); None where it cannot, or may not."""
    if finding.proposal is None or finding.source_start is None or not is_replacement(finding):
        return None
    (a, b), (c, d) = difference(finding.text, finding.proposal)
    if finding.item is not None and finding.start is not None:
        passage = passages.get(finding.item)
        if passage is None or passage.text[finding.start:finding.end] != finding.text:
            return None
        if _is_protected(passage, finding.start + a, finding.start + b):
            return None
        places: list[int] | None = _places_of_item(passage, finding.start, len(finding.text))
    else:
        places = _places_in_source(text, finding.source_start, finding.text)
    if places is None or any(text[place] != c for place, c in zip(places, finding.text, strict=True) if place >= 0):
        return None
    return _runs(places, (a, b), finding.proposal[c:d])


def _is_protected(passage: Passage, start: int, end: int) -> bool:
    """Whether a change of these characters, or between two of them, alters what is protected."""
    if start < end:
        return passage.is_protected(start, end)
    return any(a < start < b for a, b in passage.protected)


def _runs(places: list[int], core: tuple[int, int], put: str) -> list[tuple[int, int, str]] | None:
    """The edits that take the characters of the core out and put others in the place of the first."""
    a, b = core
    if a == b:
        at = places[a] if a < len(places) and places[a] >= 0 else places[a - 1] + 1 if a and places[a - 1] >= 0 else None
        return None if at is None else [(at, at, put)]
    if any(place < 0 for place in places[a:b]):
        return None
    edits: list[tuple[int, int, str]] = []
    for place in places[a:b]:
        if edits and edits[-1][1] == place:
            edits[-1] = (edits[-1][0], place + 1, edits[-1][2])
        else:
            edits.append((place, place + 1, "" if edits else put))
    return edits


def _places_of_item(passage: Passage, start: int, length: int) -> list[int]:
    """Where each character of an item's text stands in the source; -1 for what has no origin."""
    pieces = passage.pieces
    out = []
    for at in range(start, start + length):
        n = bisect_left(pieces, (at + 1, 0, 0, 0)) - 1
        inside = n >= 0 and pieces[n][0] <= at < pieces[n][1]
        out.append(pieces[n][2] + at - pieces[n][0] if inside else -1)
    return out


def _places_in_source(text: str, start: int, words: str) -> list[int] | None:
    """Where each character of the words stands from `start` on, white space between them passed over; None where they do not."""
    out, at = [], start
    for character in words:
        while at < len(text) and text[at] != character and text[at].isspace():
            at += 1
        if at >= len(text) or text[at] != character:
            return None
        out.append(at)
        at += 1
    return out
