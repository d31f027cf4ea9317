"""What the pages of an issue in hand say: stages, steps, verdicts and kinds by their names in the chosen language."""

from __future__ import annotations

from django import template

from yuebao.desk import distribution, editions, errata, issues, papers, rounds
from yuebao.desk.models import DeskIssue, IssueCopy, IssueStep
from yuebao.model import Finding
from yuebao.web import words
from yuebao.web.templatetags.reading import language

register = template.Library()
NAMED = {
    "stage": issues.STAGES, "step": issues.STEPS, "kind": issues.KINDS, "verdict": issues.VERDICTS, "edition": editions.EDITIONS,
    "erratum": errata.KINDS, "paper": papers.PAPERS,
}
# the words of each step of the way and of each thing wanted before 签发
WAY = {
    "copy": "way_copy", "accepted": "way_accepted", "reviews": "way_reviews", "secrecy": "way_secrecy", "proofs": "way_proofs",
    "signing": "way_signing", "distribution": "way_distribution",
}
WANTED = {
    "items": "wanted_items", "review_first": "wanted_review_first", "review_second": "wanted_review_second",
    "review_final": "wanted_review_final", "final_draft": "wanted_final_draft", "secrecy": "wanted_secrecy",
}


@register.simple_tag
def named(of: str, key: str) -> str:
    """The name of a stage, step, kind, verdict, edition, sort of erratum, or paper."""
    return NAMED[of][key][language() == "en"]


@register.simple_tag
def way_name(key: str) -> str:
    """The name of a step of the way."""
    return words.say(language(), WAY[key])


@register.simple_tag
def wanted(key: str) -> str:
    """What 签发 wants."""
    return words.say(language(), WANTED[key])


@register.filter
def round_name(step: IssueStep) -> str:
    """一校样, 二校样 …, 付印样."""
    if language() != "en":
        return rounds.name_of(step)
    return words.say("en", "last_proof") if step.value == rounds.LAST else words.say("en", "proof_n", n=step.value)


@register.filter
def step_value(step: IssueStep) -> str:
    """What a step came to, in words: the stage reached, the verdict, the round, how many copies."""
    match step.kind:
        case "stage":
            return named("stage", step.value)
        case "secrecy":
            return named("verdict", step.value)
        case "proof":
            return round_name(step)
        case "distributed" | "deposited":
            return words.say(language(), "copies_n", n=int(step.value))
    return ""


@register.filter
def copy_number(copy: IssueCopy) -> str:
    """No. 0001."""
    return distribution.number_of(copy)


@register.filter
def issue_called(issue: DeskIssue) -> str:
    """The issue by title, year and number, as the record names it."""
    return issues.name_of(issue)


@register.filter
def is_about_change(finding: Finding) -> bool:
    """Whether a finding shows what was put in the place of what."""
    return finding.proposal is not None and bool(finding.text)
