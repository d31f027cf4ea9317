"""选稿: the inbox of an issue story by story, and one story beside its sources; what is decided there."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count, F, Max, QuerySet
from django.db.models.fields.json import KT
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST

from yuebao.compile.values import Difference, Story
from yuebao.desk import copy, issues, stories
from yuebao.desk.models import DeskIssue, DeskItem, DeskStory, StoredClipping
from yuebao.desk.stories import PARTED
from yuebao.errors import UsageError
from yuebao.web import words
from yuebao.web.desk import asked, marked
from yuebao.web.desk.asked import SEE_OTHER
from yuebao.web.desk.copy import Choice, Read, read_of
from yuebao.web.searching import Leaves, page_of
from yuebao.web.templatetags.reading import language

ROWS = 25  # stories on a page
OPENING = 160  # characters of an item that its card has, two lines of which are seen
NOT_MADE: dict[str, Any] = {"condensed": {"item": {"headline": None, "text": ""}, "refused": ()}, "proposals": (), "differences": ()}
STATES = ("open", "accepted", "dropped")


@dataclass(frozen=True, slots=True)
class Reason:
    """A column proposed, and why."""

    column: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A story in the inbox; `after`: the number of the one below, where one goes on once this is decided."""

    story: DeskStory
    after: int | None
    headline: str | None
    opening: str
    characters: int
    clippings: tuple[StoredClipping, ...]
    senders: tuple[str, ...]
    day: str | None
    flags: int
    differences: int
    refused: int
    proposed: tuple[Reason, ...]
    item: DeskItem | None


@dataclass(frozen=True, slots=True)
class Source:
    """A clipping beside the proposed item: its text bound to the clauses that were made of it."""

    clipping: StoredClipping
    read: Read
    paragraphs: tuple[SafeString, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What one report says of a matter, "" where it is silent; `is_taken`: the proposed item says so too."""

    text: str
    is_taken: bool


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter of which the reports do not say the same, and what each of them says, in the order of the sources."""

    kind: str
    about: str
    said: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """A story beside its sources."""

    headline: tuple[SafeString, ...]
    paragraphs: tuple[SafeString, ...]
    characters: int
    refused: tuple[str, ...]
    proposals: tuple[Reason, ...]
    matters: tuple[Matter, ...]
    sources: tuple[Source, ...]


@require_http_methods(["GET", "HEAD", "POST"])
def inbox(request: HttpRequest, issue_id: int) -> HttpResponse:
    """The stories of an issue, those in hand first; and what is decided on those that are ticked."""
    issue = issues.get(issue_id)
    if request.method == "POST":
        _decide_ticked(request, issue)
        return _back(request, issue)
    query = request.GET
    found = DeskStory.objects.filter(issue=issue).exclude(state="merged")
    state = query.get("state") if query.get("state") in STATES else "open"
    shown = _narrowed(found.filter(state=state), query)
    page, total = page_of(query), shown.count()
    return render(request, "desk/inbox.html", {
        "issue": issue, "cards": _cards(issue, shown[(page - 1) * ROWS:page * ROWS]), "leaves": Leaves(page, -(-total // ROWS)),
        "total": total, "state": state, "states": _states(found), "senders": _senders(issue, state),
        "columns": stories.columns(issue), "query": query, "reasons": stories.REASONS,
        "waiting": copy.clippings(issue).filter(story=None, state="new").count(),
    })


@require_POST
def gather(request: HttpRequest, issue_id: int) -> HttpResponse:
    """Gather the copy of the issue anew."""
    issue = issues.get(issue_id)
    open_stories = stories.gather(issue, asked.account_of(request))
    _tell(request, "story_gathered", n=len(open_stories))
    return _back(request, issue)


@require_http_methods(["GET", "HEAD", "POST"])
def story(request: HttpRequest, issue_id: int, number: int) -> HttpResponse:
    """A story, its proposed item beside its sources; and what is decided on it."""
    found = get_object_or_404(DeskStory.objects.select_related("issue"), issue=issue_id, number=number)
    if request.method == "POST":
        return _decide(request, found)
    issue = found.issue
    shown = stories.ready(found)
    others = DeskStory.objects.filter(issue=issue, state__in=("open", "accepted")).exclude(pk=found.pk)
    made = Story.from_dict(shown.made) if shown.made else None
    return render(request, "desk/story.html", {
        "issue": issue, "story": shown, "headline": made.condensed.item.headline if made else None,
        "sides": _sides(shown, made), "item": shown.items.exclude(state="withdrawn").first(),
        "columns": stories.columns(issue), "reasons": stories.REASONS,
        "others": others.annotate(headline=KT("made__condensed__item__headline")).defer("made"),
        "is_one": shown.clippings.count() < 2, "neighbours": _neighbours(shown),
    })


# ---- deciding ----


def _decide(request: HttpRequest, found: DeskStory) -> HttpResponse:
    """Carry out what the form of one story says, and go on: to the item made, to the story, or back to the inbox."""
    form, by = request.POST, asked.account_of(request)
    found.version = asked.number(request, "seen")
    match form.get("decision"):
        case "accept":
            item = stories.accept(found, asked.text(request, "other_column") or asked.text(request, "column"), by)
            _tell(request, "story_accepted", n=item.number, column=item.column_path)
        case "drop":
            stories.drop(found, _reason(form), by)
            _tell(request, "story_dropped", n=found.number)
        case "take_up":
            stories.take_up(found, by)
            _tell(request, "story_taken_up", n=found.number)
        case "split":
            new = stories.split(found, [int(n) for n in form.getlist("clipping") if n.isdecimal()], by)
            _tell(request, "story_split", n=new.number)
        case "merge":
            other = get_object_or_404(DeskStory, issue=found.issue, number=asked.number(request, "other"))
            into = stories.merge([found, other], by)
            _tell(request, "story_merged", n=into.number)
            return HttpResponseRedirect(reverse("story", args=[found.issue_id, into.number]), status=SEE_OTHER)
        case other_decision:
            raise UsageError("E203", reason=str(other_decision), command="desk")
    if form.get("back") is None:
        return HttpResponseRedirect(reverse("story", args=[found.issue_id, found.number]), status=SEE_OTHER)
    return _back(request, found.issue)


def _decide_ticked(request: HttpRequest, issue: DeskIssue) -> None:
    """Carry out on every ticked story what the form of the inbox says."""
    form, by = request.POST, asked.account_of(request)
    ticked = _ticked(issue, form.getlist("story"))
    match form.get("decision"):
        case "accept":
            accepted, passed = stories.accept_all(ticked, by)
            _tell(request, "story_all_accepted", n=len(accepted))
            if passed:
                numbers = "、".join(str(each.number) for each in passed)
                messages.warning(request, words.say(language(), "story_passed_over", n=len(passed), numbers=numbers))
        case "merge":
            _tell(request, "story_merged", n=stories.merge(ticked, by).number)
        case "drop":
            dropped = stories.drop_all(ticked, _reason(form), by)
            _tell(request, "story_all_dropped", n=len(dropped))
        case other:
            raise UsageError("E203", reason=str(other), command="desk")


def _ticked(issue: DeskIssue, said: list[str]) -> list[DeskStory]:
    """The stories ticked, each as it was seen (number:version), in order. Raises UsageError E203 where none is."""
    seen = {int(number): int(version) for number, _, version in (each.partition(":") for each in said)
            if number.isdecimal() and version.isdecimal()}
    found = list(DeskStory.objects.filter(issue=issue, number__in=seen).select_related("issue"))
    if not found:
        raise UsageError("E203", reason="还没有选中任何一组", command="desk")
    for each in found:
        each.version = seen[each.number]
    return found


def _reason(form: QueryDict) -> str:
    """The reason that was chosen, with what was added to it."""
    return "：".join(part for part in (form.get("reason", "").strip(), form.get("more", "").strip()) if part)


def _tell(request: HttpRequest, key: str, **filled: object) -> None:
    messages.success(request, words.say(language(), key, **filled))


def _back(request: HttpRequest, issue: DeskIssue) -> HttpResponse:
    """To the inbox as it was filtered, at the story that the form names."""
    filtered, after = QueryDict(request.POST.get("back", "")).urlencode(), request.POST.get("after", "")
    page = reverse("inbox", args=[issue.pk]) + (f"?{filtered}" if filtered else "") + (f"#story-{after}" if after.isdecimal() else "")
    return HttpResponseRedirect(page, status=SEE_OTHER)


# ---- the inbox ----


def _narrowed(found: QuerySet[DeskStory], query: QueryDict) -> QuerySet[DeskStory]:
    """Of the contributor and the column that are asked for; the latest day first."""
    if (sender := query.get("contributor", "")).isdecimal():
        found = found.filter(pk__in=StoredClipping.objects.filter(contributor=int(sender)).values("story"))
    if column := query.get("column"):
        found = found.filter(made__proposals__0__path=column.split(PARTED))
    return found.select_related("issue").annotate(latest=Max("clippings__dated_on")).order_by(F("latest").desc(nulls_last=True), "number")


def _cards(issue: DeskIssue, page: QuerySet[DeskStory]) -> tuple[Card, ...]:
    """The cards of a page. What is made of the stories is fetched for these alone: to sort it along takes longer than all the rest."""
    held = list(page.defer("made"))
    made = dict(DeskStory.objects.filter(pk__in=[each.pk for each in held]).order_by().values_list("pk", "made"))
    clippings: dict[int, list[StoredClipping]] = defaultdict(list)
    for clipping in copy.clippings(issue).filter(story__in=held).annotate(flags=KT("document__flags")):
        clippings[clipping.story_id].append(clipping)
    items = {item.story_id: item for item in DeskItem.objects.filter(story__in=held).exclude(state="withdrawn").defer("text", "clauses")}
    below = [*(each.number for each in held[1:]), None]
    return tuple(
        _card(each, after, made[each.pk] or NOT_MADE, tuple(clippings[each.pk]), items.get(each.pk))
        for each, after in zip(held, below, strict=False)
    )


def _card(
    found: DeskStory, after: int | None, made: dict[str, Any], clippings: tuple[StoredClipping, ...], item: DeskItem | None,
) -> Card:
    """`made` as it is stored: of a card's few lines no values are built."""
    condensed = made["condensed"]
    headline, latest = condensed["item"]["headline"], found.latest  # type: ignore[attr-defined]
    body = condensed["item"]["text"].removeprefix(f"{headline}\n")
    senders = (c.contributor.name if c.contributor else c.outlet or words.say(language(), f"copy_{c.origin_kind}") for c in clippings)
    return Card(
        found, after, headline or (clippings[0].headline if clippings else None), body[:OPENING], len(body), clippings,
        tuple(dict.fromkeys(senders)), f"{latest}" if latest else None,
        sum(len(json.loads(clipping.flags or "[]")) for clipping in clippings), len(made["differences"]), len(condensed["refused"]),
        tuple(Reason(PARTED.join(each["path"]), tuple(each["reasons"])) for each in made["proposals"]), item,
    )


def _states(found: QuerySet[DeskStory]) -> tuple[Choice, ...]:
    counts = dict(found.order_by().values_list("state").annotate(Count("pk")))
    return tuple(Choice(state, words.say(language(), f"story_state_{state}"), counts.get(state, 0)) for state in STATES)


def _senders(issue: DeskIssue, state: str) -> tuple[Choice, ...]:
    sent = StoredClipping.objects.filter(issue=issue, story__state=state).exclude(contributor=None).order_by("contributor__name")
    counted = sent.values_list("contributor", "contributor__name").annotate(Count("story", distinct=True))
    return tuple(Choice(str(key), name, count) for key, name, count in counted)


# ---- one story ----


def _sides(found: DeskStory, made: Story | None) -> Sides | None:
    """The story's item beside its sources; None where nothing is made, or nothing is left of it."""
    if made is None:
        return None
    held = {c.number: c for c in found.clippings.select_related("contributor").defer("data").order_by("number")}
    condensed = made.condensed
    clauses = [(c.start, c.end, n) for n, c in enumerate(condensed.clauses, 1)]
    text = condensed.item.text
    head = len(condensed.item.headline) if condensed.item.headline else 0
    body = head + 1 if head else 0
    return Sides(
        marked.linked(text, 0, head, clauses, marked.PROPOSED) if head else (),
        marked.linked(text, body, len(text), clauses, marked.PROPOSED), len(text) - body,
        tuple(foreign.text for foreign in condensed.refused),
        tuple(Reason(PARTED.join(each.path), each.reasons) for each in made.proposals),
        tuple(_matter(difference, tuple(held), text) for difference in made.differences),
        tuple(_source(clipping, made) for clipping in held.values()),
    )


def _matter(difference: Difference, numbers: tuple[int, ...], item: str) -> Matter:
    kind = words.say(language(), f"matter_{difference.kind}")
    said = ("、".join(said.text for said in difference.said if said.clipping == number) for number in numbers)
    return Matter(kind, difference.about, tuple(Words(text, bool(text) and text in item) for text in said))


def _source(clipping: StoredClipping, made: Story) -> Source:
    text = copy.value_of(clipping).item.text
    bound = [(c.source_start, c.source_end, n) for n, c in enumerate(made.condensed.clauses, 1) if c.clipping == clipping.number]
    return Source(clipping, read_of(clipping), marked.linked(text, 0, len(text), bound, marked.SOURCE))


def _neighbours(found: DeskStory) -> tuple[int | None, int | None]:
    """The numbers of the open stories before and after this one."""
    others = DeskStory.objects.filter(issue=found.issue, state="open")
    before = others.filter(number__lt=found.number).order_by("-number").values_list("number", flat=True).first()
    after = others.filter(number__gt=found.number).order_by("number").values_list("number", flat=True).first()
    return before, after
