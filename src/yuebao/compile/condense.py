"""Condense: one item of the reports of one event, in the house form, out of their own clauses.

The fullest report is the base; its sentences are weighed (`condense_units`), the best are kept in their order, those of other reports added
where they bring someone or some figure that the base does not have. Everything passes the gate; what does not is taken out and told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from yuebao.compile.condense_events import first_event
from yuebao.compile.condense_units import LONGEST, Unit, facts, lead_of, repeats, shortened, units_of, who_units
from yuebao.compile.condense_words import Writer
from yuebao.compile.gate import gate
from yuebao.compile.gate_days import grounds
from yuebao.compile.habits import Habits
from yuebao.compile.headlines import Passage, headlines
from yuebao.compile.values import Annotate, Clipping, Condensed, Foreign
from yuebao.model import Annotation, DateValue, Entry, EntryDate, Item, Span

NEEDED = 3.0  # weight from which a sentence may make an item longer than usual
LEAST_ROOM = 60  # characters to which a sentence may be shortened
MOST_ADDED = 2  # sentences of other reports
LONGEST_ADDED = 120  # characters
LEAST_ADDED = 1.8  # weight: a figure by itself has it
MOST_HEADLINES = 12  # tried
Kept = tuple[Unit, int]  # a sentence, and where it is ended


def condense(clippings: Sequence[Clipping], habits: Habits, annotate: Annotate) -> Condensed:
    """The item of the reports of one event (at least one), each of its clauses with its source; `refused` tells what was taken out.

    Its number is 1. A text without anything fit to print gives an item that holds it as it is, for the editor.
    """
    base = fullest(clippings)
    event = first_event(base)
    units = [unit for unit in units_of(base) if event.start <= unit.start < event.end]
    lead = lead_of(units)
    if lead is None:
        return _as_it_is(base, habits, annotate)
    kept = _chosen(units, lead, habits)
    kept, refused = _passed([*kept, *_added(kept, base, clippings, habits)], clippings, habits, annotate)
    condensed = _headed(kept, base, event.headline, clippings, habits, annotate)
    end = len(condensed.item.text)
    return replace(condensed, refused=(*refused, *(Foreign(end, end, other, "other_event") for other in event.others)))


def _passed(kept: list[Kept], clippings: Sequence[Clipping], habits: Habits, annotate: Annotate) -> tuple[list[Kept], list[Foreign]]:
    """The sentences that pass the gate together, and what it told of the others. Where none does, all stay: the desk shows it."""
    refused: list[Foreign] = []
    while True:
        made, at = _written(kept, None, habits)
        foreign = gate(made.text, made.clauses, clippings, annotate(made.text), habits.city)
        refused += foreign
        bad = {n for n, (start, end) in enumerate(at) for each in foreign if each.start < end and start < each.end}
        passing = [each for n, each in enumerate(kept) if n not in bad]
        if not bad or not passing:
            return kept, refused
        kept = passing


def fullest(clippings: Sequence[Clipping]) -> Clipping:
    """The report that says most: most that is fit to print, the earlier number where two say as much."""
    return max(clippings, key=lambda clipping: (sum(len(unit.text) for unit in units_of(clipping) if unit.is_fit), -clipping.number))


def _headed(
    kept: Sequence[Kept], base: Clipping, own: Span | None, clippings: Sequence[Clipping], habits: Habits, annotate: Annotate,
) -> Condensed:
    """The item with the first headline that passes the gate; without one where none does."""
    for _, headline in zip(range(MOST_HEADLINES), headlines(kept[0][0], base, own, habits), strict=False):
        made, _ = _written(kept, headline, habits)
        annotations = annotate(made.text)
        foreign = gate(made.text, made.clauses, clippings, annotations, habits.city)
        if not foreign:
            return _condensed(made, True, annotations)
    made, _ = _written(kept, None, habits)
    return _condensed(made, False, annotate(made.text))


def _condensed(made: Writer, has_headline: bool, annotations: tuple[Annotation, ...]) -> Condensed:
    headline = made.text.split("\n")[0] if has_headline else None
    start = len(headline) + 1 if headline else 0
    entry = Entry(start, len(made.text), _dated(made.text, start, annotations))
    item = Item(1, headline, None, None, made.text, (entry,), annotations)
    return Condensed(item, tuple(made.clauses))


def _dated(text: str, start: int, annotations: Sequence[Annotation]) -> EntryDate | None:
    """The day of the event: the first of the text's first sentence."""
    end = text.find("。", start)
    for annotation in annotations:
        if isinstance(annotation.value, DateValue) and start <= annotation.start < (end if end >= 0 else len(text)):
            return EntryDate(text[annotation.start:annotation.end], annotation.value.starts_on, annotation.value.ends_on)
    return None


def _as_it_is(base: Clipping, habits: Habits, annotate: Annotate) -> Condensed:
    made = Writer(habits)
    made.add(base, 0, len(base.item.text))
    entry = Entry(0, len(made.text), None)
    item = replace(base.item, number=1, text=made.text, headline=None, entries=(entry,), annotations=annotate(made.text))
    return Condensed(item, tuple(made.clauses))


# ---- what is kept ----


def _chosen(units: Sequence[Unit], lead: Unit, habits: Habits) -> list[Kept]:
    """The sentences to keep, in their order: all that are fit where they are few, else the weightiest with what they lean on."""
    behind = [unit for unit in units if unit.sentence > lead.sentence and unit.is_fit]
    chosen = {lead.sentence: (lead, shortened(lead, LONGEST))}
    total = chosen[lead.sentence][1] - lead.start
    usual = habits.most if total + sum(len(unit.text) + 1 for unit in behind) <= habits.most else habits.usual
    for unit in sorted(behind, key=lambda unit: (-unit.weight, unit.sentence)):
        group = _with_ground(unit, behind, chosen)
        if group is None or any(repeats(unit, [each]) and facts(unit) <= facts(each) for each, _ in chosen.values()):
            continue
        room = (usual if unit.weight < NEEDED else habits.most) - total
        ends = {each.sentence: (each, shortened(each, min(LONGEST, max(room, LEAST_ROOM)))) for each in group}
        length = sum(end - each.start + 1 for each, end in ends.values())
        if length <= room and all(_has_its_day(each, chosen | ends) for each in group):
            chosen |= ends
            total += length
    return [chosen[n] for n in sorted(chosen)]


def _has_its_day(unit: Unit, chosen: dict[int, Kept]) -> bool:
    """Whether the days are told before it that the sentence only refers to (当天, 8日)."""
    told = [(each.start, end) for each, end in chosen.values()]
    return all(any(start <= ground < end for start, end in told) for ground in grounds(unit.clipping.item.text, unit.start, unit.end))


def _with_ground(unit: Unit, fit: Sequence[Unit], chosen: dict[int, Kept]) -> list[Unit] | None:
    """The sentence with those that it leans on and that are not kept yet; None where one of them is not fit."""
    group: list[Unit] = []
    by_number = {each.sentence: each for each in fit}
    at: Unit | None = unit
    while at is not None and at.sentence not in chosen:
        group.append(at)
        if not at.leans:
            break
        if at.sentence - 1 in chosen:
            # what leans on a sentence leans on the whole of it
            ground, end = chosen[at.sentence - 1]
            return group[::-1] if end == ground.end else None
        at = by_number.get(at.sentence - 1)
    else:
        if at is None:
            return None
    return group[::-1]


def _added(kept: Sequence[Kept], base: Clipping, clippings: Sequence[Clipping], habits: Habits) -> list[Kept]:
    """Sentences of the other reports that bring people or figures which the base does not have."""
    known = frozenset().union(*(facts(unit) for unit in units_of(base)))
    room = habits.most - sum(end - unit.start for unit, end in kept)
    added: list[Kept] = []
    for unit in _others(base, clippings):
        is_new = facts(unit) - known and not repeats(unit, (each for each, _ in [*kept, *added]))
        fits = len(unit.text) <= min(room, LONGEST_ADDED)
        if len(added) < MOST_ADDED and is_new and fits and unit.weight >= LEAST_ADDED:
            added.append((unit, unit.end))
            known |= facts(unit)
            room -= len(unit.text) + 1
    return added


def _others(base: Clipping, clippings: Sequence[Clipping]) -> Iterator[Unit]:
    for clipping in clippings:
        if clipping.number != base.number:
            units = units_of(clipping)
            lead = lead_of(units)
            yield from (unit for unit in units if unit.is_fit and unit.stands_alone and lead and unit.sentence > lead.sentence)
            yield from (unit for unit in who_units(clipping) if unit.is_fit and unit.stands_alone)


def _written(kept: Sequence[Kept], headline: Passage | None, habits: Habits) -> tuple[Writer, list[tuple[int, int]]]:
    """The item's characters with their clauses, and where each kept sentence stands."""
    made = Writer(habits)
    if headline:
        made.add(*headline, is_headline=True)
        made.text += "\n"
    at = []
    for n, (unit, end) in enumerate(kept):
        before = len(made.text)
        goes_on = n > 0 and kept[n - 1][0].clipping is unit.clipping and kept[n - 1][0].sentence == unit.sentence - 1
        made.add(unit.clipping, unit.start, end, is_lead=n == 0, goes_on=goes_on)
        made.mark("。")
        at.append((before, len(made.text)))
    return made, at
