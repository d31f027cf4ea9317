"""Acts: who presided, spoke, attended, inspected, accompanied, signed, unveiled, met, or did something else that protocol knows.

One annotation an act; its span is the clause that says so: from the first of the people (with their offices) to the clause's end, or from
the verb where they have done something before (甲主持会议|并讲话). The class serves search; the verb is as printed, and it alone is
shown. What people are only reported to have said (强调, 指出) is no act; nor is what a meeting or unnamed people do. Bodies sign and speak.
Classes as in the conventions of the gold: 参加调研 under another's lead is accompanying, 参加调研或座谈会 is attending as well.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from yuebao.annotate.bodies_acts import acts_of_bodies
from yuebao.annotate.clauses import QUOTED, Act, outside, read_sentence
from yuebao.annotate.groups import Group, groups_of
from yuebao.annotate.passage import Passage
from yuebao.annotate.verbs import VerbFound, find_verbs
from yuebao.model import ActValue, Annotation, PersonValue

# the headline and the first sentences say what is inspected, if anything is
OPENING = 300
_SENTENCE_ENDS = re.compile("[。！？!?\n]")
_COMPANY_OFFICE = re.compile("公司|集团|董事|经理|总裁|企业")
# a journey to learn from others: who leads it inspects nothing, and who comes along accompanies all the same
_DELEGATION = re.compile("学习考察|考察学习|考察交流")
_INSPECTION = re.compile("调研|观摩|检查|督导|督查|视察|考察|走访|慰问|巡查")


def annotate_acts(passage: Passage, found: Sequence[Annotation]) -> list[Annotation]:
    """The acts of a text; `found` holds its people and bodies. `value.people` stand in the order of the text."""
    text = passage.text
    people = sorted([a for a in found if a.layer == "person"], key=attrgetter("start"))
    bodies = sorted([a for a in found if a.layer == "organisation"], key=attrgetter("start"))
    if not people and not bodies:
        return []
    found_verbs = find_verbs(text)
    verbs = outside(found_verbs, [verb.start for verb in found_verbs], [match.span() for match in QUOTED.finditer(text)])
    groups = groups_of(passage, people, [verb.start for verb in verbs])
    acts = list(_of_people(text, groups, verbs)) if groups and verbs else []
    done = {act.verb.start for act in acts}
    annotations = [
        Annotation("act", act.start, act.end, ActValue(act.verb.act, text[act.verb.start:act.verb.end], act.people), act.by)
        for act in _with_context(text, acts, _travellers(text, people))
    ]
    return [*annotations, *acts_of_bodies(text, bodies, [verb for verb in verbs if verb.start not in done], people)]


def _of_people(text: str, groups: Sequence[Group], verbs: Sequence[VerbFound]) -> Iterator[Act]:
    """The acts of people; only the sentences are read that name both people and something done."""
    ends = [*(mark.start() for mark in _SENTENCE_ENDS.finditer(text)), len(text)]
    starts, group_starts = [verb.start for verb in verbs], [group.start for group in groups]
    end = -1
    for at in starts:
        if at < end:
            continue
        sentence = bisect_left(ends, at)
        start, end = ends[sentence - 1] + 1 if sentence else 0, ends[sentence]
        of_groups = groups[bisect_left(group_starts, start):bisect_left(group_starts, end)]
        if of_groups:
            yield from read_sentence(text, start, end, of_groups, verbs[bisect_left(starts, start):bisect_left(starts, end)])


def _travellers(text: str, people: Sequence[Annotation]) -> frozenset[str]:
    """The people whose 考察 inspects nothing: heads of companies, and all where a delegation travels."""
    of = [a.value for a in people if isinstance(a.value, PersonValue)]
    if "考察" not in text:
        return frozenset()
    everyone = _DELEGATION.search(text, 0, OPENING) is not None
    return frozenset(value.name for value in of if everyone or any(_COMPANY_OFFICE.search(office) for office in value.offices))


def _is_other(text: str, act: Act, travellers: frozenset[str]) -> bool:
    """Whether an act is not of its verb's class: talks with people unnamed, leading where nothing is inspected, a company's head
    or a delegation that looks about (考察).
    """
    form = act.verb.form
    if form == "meeting":
        return len(act.people) < 2
    if form == "lead":
        return _INSPECTION.search(text, 0, min(act.start, OPENING)) is None
    return form == "travel" and not travellers.isdisjoint(act.people)


def _with_context(text: str, acts: Sequence[Act], travellers: frozenset[str]) -> Iterator[Act]:
    """The acts whose class hangs on what was done before or with whom: 参加活动, 带队, 座谈, 考察."""
    first, last, leaders = "", "", frozenset[str]()
    for act in acts:
        form, of = act.verb.form, act.verb.act
        if not act.people:
            continue
        if (form == "event" and "inspected" in (first, last)) or (form == "together" and leaders.isdisjoint(act.people) and leaders):
            of = "accompanied"
        elif _is_other(text, act, travellers):
            of = "other"
        act.verb = VerbFound(act.verb.start, act.verb.end, of, form)
        last = "inspected" if form == "travel" else of if of != "other" else last
        first = first or last
        leaders = frozenset(act.people) if of == "inspected" else leaders
        yield act
