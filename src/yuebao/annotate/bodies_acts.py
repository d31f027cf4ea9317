"""What bodies do in their own name: sign with one another, speak at a meeting through people unnamed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from yuebao.annotate.verbs import VerbFound
from yuebao.model import ActValue, Annotation, OrganisationValue

# the classes that the genre reports of bodies; that a body attends or inspects is said of people sent by it
_OF_BODIES = ("signed", "spoke")

_CLAUSE_END = re.compile("[，；。！？：!?;:\n]|$")
_BEFORE_CLAUSE = "，；。！？：!?;:\n"
_AND = re.compile("[（(][^（）()]{0,20}[）)]、?|[、和与及同]|以及|分别与|共同与")
_UP_TO_THE_VERB = re.compile(
    "(?:[（(][^（）()]{0,20}[）)])?(?:等(?:\\d{1,3}[家个])?(?:单位|企业|部门|机构)?)?(?:(?:有关|相关|主要)?(?:负责人|负责同志|代表))?"
    "(?:分别|先后|依次|共同|现场|正式|成功|今[天日]|[昨当][天日]|[（(][^（）()]{0,20}[）)]|(?:在|就|围绕|与)[^，；在就与]{1,24})*",
)


def acts_of_bodies(
    text: str, bodies: Sequence[Annotation], verbs: Sequence[VerbFound], people: Sequence[Annotation],
) -> Iterator[Annotation]:
    """The acts that `verbs` say of bodies; `bodies` and `people` are what the text names.

    The span is from the first of the bodies to the end of the clause.
    """
    named = [b for b in bodies if isinstance(b.value, OrganisationValue) and not b.value.in_office]
    for verb in verbs:
        if verb.act not in _OF_BODIES:
            continue
        at = verb.phrase if verb.phrase >= 0 else verb.start
        start = max(text.rfind(mark, 0, at) for mark in _BEFORE_CLAUSE) + 1
        doing = _chain_before(text, [b for b in named if start <= b.start and b.end <= at], at)
        if doing and not any(doing[0].start <= person.start < at for person in people):
            names = tuple(dict.fromkeys(b.value.name for b in doing if isinstance(b.value, OrganisationValue)))
            value = ActValue(verb.act, text[verb.start:verb.end], (), names)
            end = _CLAUSE_END.search(text, verb.end)
            yield Annotation("act", doing[0].start, end.start() if end else len(text), value, "act/body")


def _chain_before(text: str, bodies: Sequence[Annotation], at: int) -> list[Annotation]:
    """The bodies named one after the other that a verb at `at` is said of; empty where something else stands before the verb."""
    if not bodies or not _UP_TO_THE_VERB.fullmatch(text, bodies[-1].end, at):
        return []
    chain = [bodies[-1]]
    for body in reversed(bodies[:-1]):
        if not _AND.fullmatch(text, body.end, chain[0].start):
            break
        chain.insert(0, body)
    return chain
