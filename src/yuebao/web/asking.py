"""The pages that answer: plain questions with their query to change, and the project ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yuebao.archive.models import StoredIssue
from yuebao.ask.ledger import Project, ledger
from yuebao.ask.questions import FORMS, Query, QuestionAnswer, answer, examples, read_question
from yuebao.ask.questions.query import LABELS
from yuebao.ask.rolling import events_of, series_of
from yuebao.ask.rolling.events import Event
from yuebao.errors import UsageError
from yuebao.model import PersonValue

LONGEST = 200  # characters of a question


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the query: its name, its label, its value."""

    name: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class AskPage:
    """What is asked and answered: `fields` to change the query by, `examples` where nothing is asked yet."""

    question: str
    answer: QuestionAnswer | None
    fields: tuple[Field, ...]
    kinds: tuple[tuple[str, str], ...]
    examples: tuple[tuple[str, str], ...]


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """A question and its answer."""
    return render(request, "web/ask.html", {"page": ask_page(request.GET)})


@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """The project ledger."""
    return render(request, "web/projects.html", {"projects": ledger_of(request.GET)})


def ask_page(said: QueryDict) -> AskPage:
    """The page of a question (`q`), or of a query given by its fields. Raises UsageError E203 for a field that is none."""
    text = said.get("q", "").strip()[:LONGEST]
    kinds = tuple((kind, what) for kind, (what, _) in FORMS.items())
    given = {name: value for name in LABELS if (value := said.get(name, "").strip())}
    if not text and not given:
        return AskPage("", None, (), kinds, _examples(events_asked(said)))
    events = events_asked(said)
    query = _query(given) if given.get("kind") else read_question(text)
    found = answer(query, events, text)
    values = query.to_dict() if query else {}
    fields = tuple(Field(name, label, values.get(name, "")) for name, label in LABELS.items()) if query else ()
    return AskPage(text, found, fields, kinds, () if query else _examples(events))


def _examples(events: Sequence[Event]) -> tuple[tuple[str, str], ...]:
    """What can be asked, of the person whom print names most often and the project of which it told last."""
    people = Counter(a.value.name for event in events for a in event.annotations if isinstance(a.value, PersonValue))
    named = {"person": people.most_common(1)[0][0]} if people else {}
    projects = ledger(events)
    return examples(**named, **({"project": projects[0].name} if projects else {}))


def _query(given: dict[str, str]) -> Query:
    try:
        return Query.from_dict(given)
    except (ValueError, TypeError) as error:
        raise UsageError("E203", reason=str(error)[:80], command="ask question") from None


def ledger_of(said: QueryDict) -> tuple[Project, ...]:
    """The projects, those of which nothing was printed lately last; `?clash=1`: with contradictions only."""
    found = ledger(events_asked(said))
    return tuple(p for p in found if p.contradictions) if said.get("clash") else found


def series_asked(said: QueryDict) -> str | None:
    """The title of the series asked for, or of the one of which most issues are held; None where nothing is held."""
    return said.get("series") or _largest()


def events_asked(said: QueryDict) -> tuple[Event, ...]:
    """The events of the series asked for, or of the one of which most issues are held; none where nothing is."""
    title = series_asked(said)
    return events_of(_year(said.get("year")), series_of(title)) if title else ()


def _year(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() and date.min.year <= int(text) <= date.max.year else None


def _largest() -> str | None:
    titles = list(StoredIssue.objects.values_list("series__title", flat=True))
    return max(sorted(set(titles)), key=titles.count) if titles else None
