"""What an issue is held against in its proof: its neighbours in the series, the issues before it, the register, the office's own tables.

All of it is made when it is asked for and never stored with the issue, for it depends on what else is kept (promise 4).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from yuebao.archive import record, stages
from yuebao.archive.derived import CHANGES
from yuebao.archive.identity import place_of
from yuebao.archive.models import Decision, Derived, Revision, Tenure, in_time
from yuebao.archive.places import home_path
from yuebao.archive.register import successions
from yuebao.archive.register.appointments import appointed, appointments
from yuebao.archive.register.posts import absolute, posts_of
from yuebao.archive.trouble import told
from yuebao.archive.waivers import stored_as, texts_of, with_states
from yuebao.errors import UsageError
from yuebao.lexicon import OFFICE_TABLES, LexiconError, Row, own_table
from yuebao.model import Finding, Findings, Issue, Masthead, OrganisationValue, PersonValue, Source, from_json
from yuebao.proof import proof_beyond
from yuebao.proof.evidence import Evidence, Holding, Renamed, Wording

BEFORE = 12  # issues before this one, a year of months, that are read for the rules across issues
KEPT = 64  # documents held in memory: a document never changes under its hash


@dataclass(frozen=True, slots=True)
class Around:
    """What `proof` is given of the world around an issue."""

    run: tuple[Masthead, ...]
    earlier: tuple[Issue, ...]
    evidence: Evidence


def around(issue: Issue) -> Around:
    """What the archive holds around an issue, which need not be kept itself; nothing where its series is not known.

    Raises UsageError E208 for a fault in one of the office's tables.
    """
    title, here = issue.masthead.title, _when(issue.masthead)
    with told():
        stored = stored_as(issue)
        near = Revision.objects.filter(issue__series__title=title or "", is_current=True).exclude(issue=stored)
        if stored:
            near = near.filter(issue__series=stored.series_id)
        rows = list(near.order_by(*in_time("issue__")).values_list("issue__year", "issue__number", "content_hash"))
        before = [digest for year, number, digest in rows if (year, number or 0) < here]
        after = [digest for year, number, digest in rows if (year, number or 0) >= here]
        run = [*before[-record.NEIGHBOURS:], *after[:record.NEIGHBOURS]]
        return Around(
            tuple(_masthead(digest) for digest in run), tuple(_document(digest) for digest in before[-BEFORE:]), evidence_for(issue))


def proof_among(issue: Issue, source: Source | None, others: Sequence[Issue] = ()) -> Findings:
    """The findings of an issue, kept or not, among all that the archive holds and `others` beside it, waived ones marked.

    Raises as `around` does.
    """
    among = around(issue)
    run, earlier = (*among.run, *(other.masthead for other in others)), (*among.earlier, *others)
    findings = stages.proof(stages.Reading(issue, source), run, earlier, among.evidence)
    stored = stored_as(issue)
    return Findings(issue.source, with_states(findings, texts_of(issue), stored.key if stored else None))


def proof_in_run(key: str) -> Findings:
    """The findings of a kept issue among all that the archive holds. Raises ArchiveError E404, UsageError E208."""
    return proof_among(record.show(key), record.source_of(key))


def every_finding(key: str) -> tuple[Finding, ...]:
    """The findings of a kept issue, those that are stored and then those that rest on the rest of the archive; decisions name them by
    their position here. Raises ArchiveError E404, UsageError E208.
    """
    stored = record.findings_of(key)
    with told():
        changes = Derived.objects.filter(key=CHANGES).values_list("value", flat=True).first(), Decision.objects.count()
    beyond, texts = _beyond(key, (str(home_path()), changes, _tables()))
    return (*stored, *with_states(beyond, dict(texts), key))


@lru_cache(maxsize=KEPT)
def _beyond(key: str, state: object) -> tuple[tuple[Finding, ...], tuple[tuple[int, str], ...]]:  # noqa: ARG001
    """What rests on the rest of the archive, and the texts of the items; the same while archive and tables are in the same `state`."""
    issue = record.show(key)
    among = around(issue)
    found = proof_beyond(issue, record.source_of(key), among.run, among.earlier, among.evidence).findings
    return found, tuple(texts_of(issue).items())


@lru_cache(maxsize=KEPT)
def _document(digest: str) -> Issue:
    issue = from_json(Revision.objects.filter(content_hash=digest).values_list("document", flat=True)[0])
    assert isinstance(issue, Issue)
    return issue


@lru_cache(maxsize=KEPT)
def _masthead(digest: str) -> Masthead:
    return Masthead.from_dict(json.loads(Revision.objects.filter(content_hash=digest).values_list("document", flat=True)[0])["masthead"])


def _when(masthead: Masthead) -> tuple[int, int]:
    return masthead.year or 0, masthead.number or masthead.month or 0


# ---- evidence ----


def evidence_for(issue: Issue) -> Evidence:
    """What the register and the office's tables say of the offices and bodies that an issue names. Raises UsageError E208."""
    place, masthead = place_of(issue.masthead), issue.masthead
    day = f"{masthead.year or 0:04d}-{masthead.month or 1:02d}-01"
    posts = _posts(issue, place)
    bodies = {a.value.name for item in issue.items() for a in item.annotations if isinstance(a.value, OrganisationValue)}
    wanted = frozenset(posts.values())
    return Evidence(
        posts=tuple(sorted(posts.items())), bodies=tuple((name, absolute(name, place)) for name in sorted(bodies)),
        holdings=(*_appointed(wanted, place), *_attested(wanted)), order=tuple(_order(day)),
        renamed=tuple(Renamed(row.before, row.after, row.from_on, f"沿革表第{row.line}行，{row.source}") for row in successions(place)),
        wordings=tuple(
            Wording(row["term"], row["right"], f"{_line('规范表述表', line)}，{row['source']}") for line, row in _in_force("wording", day)),
    )


def _posts(issue: Issue, place: str | None) -> dict[str, str]:
    """The post that each office as written comes to; one that comes to several is left out, as is 原 and 候选人."""
    found: dict[str, set[str]] = {}
    for item in issue.items():
        for annotation in item.annotations:
            if isinstance(annotation.value, PersonValue):
                offices = annotation.value.offices
                for office, post in zip(offices, posts_of(offices, place), strict=True):
                    found.setdefault(office, set()).add(post.base if post.standing == "held" and post.is_post and post.is_full else "")
    return {office: post for office, (post, *others) in found.items() if post and not others}


def _appointed(posts: frozenset[str], place: str | None) -> Iterator[Holding]:
    for tenure in appointed(appointments(), place):
        if tenure.post in posts:
            said = tenure.until or tenure.since
            since, until = (row and row.on.isoformat() for row in (tenure.since, tenure.until))
            yield Holding(tenure.post, tenure.person, since, until, _line("任免表", said.line if said else 0))


def _attested(posts: frozenset[str]) -> Iterator[Holding]:
    rows = Tenure.objects.filter(post__in=posts, standing="held", registered__is_open=False).order_by("pk")
    for post, person, first, last, count in rows.values_list("post", "registered__name", "first__day", "last__day", "count"):
        if first and last:
            basis = f"各期见载{count}次，至{last.isoformat()}"
            yield Holding(post, person, first.isoformat(), last.isoformat(), basis, is_appointed=False, times=count)


def _order(day: str) -> Iterator[tuple[str, str]]:
    """The people of the office's list in their order, each with the list's basis."""
    rows = list(_in_force("order", day))
    for line, row in rows:
        if not row["place_in_order"].isascii() or not row["place_in_order"].isdigit():
            raise UsageError("E208", reason=f"order.tsv:{line}: place_in_order is a number, not {row['place_in_order']!r}")
    for line, row in sorted(rows, key=lambda numbered: int(numbered[1]["place_in_order"])):
        yield row["term"], f"{_line('领导名单', line)}，{row['source']}"


def _in_force(name: str, day: str) -> Iterator[tuple[int, Row]]:
    """The dated rows of one of the office's tables in force on a day, each with its line."""
    try:
        rows = own_table(name)
    except LexiconError as error:
        raise UsageError("E208", reason=str(error)) from None
    for line, row in rows:
        since, until = row["from_on"], row["until_on"]
        if (since, until) != ("-", "-") and (since == "-" or since <= day) and (until == "-" or day <= until + "\uffff"):
            yield line, row


def _line(table: str, line: int) -> str:
    return f"{table}第{line}行"


def _tables() -> object:
    """The office's tables as they are now: what was remembered of other ones is made again."""
    try:
        return tuple((name, tuple((line, *row.items()) for line, row in own_table(name))) for name in OFFICE_TABLES)
    except LexiconError as error:
        raise UsageError("E208", reason=str(error)) from None
