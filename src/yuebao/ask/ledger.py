"""The project ledger 项目台账: what print says of each project, its stages, sums, extents, places and owners; where it contradicts itself.

A project is what annotations name as one, or the works that a headline is about (…大桥, …铁路). Names that are one but for owner, place
or the word 项目 are one project; phases (一期, 二期) are projects of their own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from yuebao.ask.rolling.events import Event, month_of
from yuebao.ask.rolling.fates import MANY, stage_of, work_of
from yuebao.ask.values import Citation
from yuebao.model import DateValue, MoneyValue, OrganisationValue, PlaceValue, ProjectValue, QuantityValue
from yuebao.text import fold

STAGES = {"plan": "谋划签约", "start": "开工", "progress": "在建", "end": "建成投用"}
SUM_LABELS = re.compile(r"(概算总投资|总投资额?|投资总额|概算投资|一期投资|二期投资|三期投资)(?:约|近|超|达|为|共)?$")
EXTENT_LABELS = re.compile(
    r"(总建筑面积|建筑面积|总占地面积|占地面积|占地|总装机容量|装机容量|正线全长|全长|总长|总库容|设计时速)(?:约|近|超|达|为|共)?$")
BEGUN = re.compile(r"(?:上午|下午)?(?:正式|全面)?(?:开工|动工|奠基)")
REFERS = re.compile(r"(?:该|本)(?:项目|工程)")
# what a name may have more or less without being another project's
_TRIMMED = re.compile(r"(?:建设)?(?:项目|工程)$|^(?:位于)?[\u4e00-\u9fff]{2,12}?(?:有限责任公司|有限公司|集团|公司)")
_PHASE = re.compile(r"[（(]?([一二三四五六七八九十]|[1-9])期[)）]?")
LEAST_CORE = 4  # characters that two names must have in common
NEAR_ROUNDING = 0.005  # 22.3亿 and 22.34亿 are one sum, differently rounded


@dataclass(frozen=True, slots=True)
class Stated:
    """One statement: `label` (总投资, 占地, 开工日期, or a stage's key), `value` to compare by, `shown` as printed, the sentence, where."""

    label: str
    value: float | date | str
    shown: str
    sentence: str
    day: date | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Statements of one kind that cannot all be true, oldest first."""

    label: str
    statements: tuple[Stated, ...]


@dataclass(frozen=True, slots=True)
class Project:
    """A project with all that print states of it, oldest first. `silent_months`: since print last named it, to the last issue held."""

    name: str
    names: tuple[str, ...]
    stages: tuple[Stated, ...]
    sums: tuple[Stated, ...]
    extents: tuple[Stated, ...]
    places: tuple[str, ...]
    owners: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]
    silent_months: int

    @property
    def stage(self) -> str:
        """The stage that print last tells of, in words."""
        return STAGES[self.stages[-1].label]

    @property
    def last(self) -> Stated:
        """What print last says of it."""
        return self.stages[-1]


def ledger(events: Sequence[Event]) -> tuple[Project, ...]:
    """The projects that the events (in order of time) tell of, those last told of first."""
    known = _grouped(_names(events))
    gathered: dict[str, _Gathering] = defaultdict(_Gathering)
    for event in events:
        for name, sentences in _told_of(event, known).items():
            gathered[name].add(event, sentences, is_subject=_subject(event, known) == name)
    latest = max((_month(event) for event in events), default=0)
    projects = [_project(name, [n for n, of in known.items() if of == name], found, latest) for name, found in gathered.items()]
    return tuple(sorted((p for p in projects if p.stages), key=lambda p: (p.silent_months, p.name)))


def find(projects: Iterable[Project], name: str) -> tuple[Project, ...]:
    """The projects of that name, in any of its forms; else those whose name holds it."""
    every = list(projects)
    exact = [p for p in every if name in p.names]
    return tuple(exact or [p for p in every if any(name in form or form in name for form in p.names)])


# ---- names ----


def _names(events: Iterable[Event]) -> list[str]:
    """Every name of a project or of works, by how often it stands, the shorter first among those as frequent."""
    counts: dict[str, int] = defaultdict(int)
    for event in events:
        for name in {a.value.name for a in event.annotations if isinstance(a.value, ProjectValue)} | {work_of(event) or ""}:
            if name and len(core_of(name)) >= LEAST_CORE and not MANY.search(name):
                counts[name] += 1
    return sorted(counts, key=lambda name: (-counts[name], len(name), name))


def core_of(name: str) -> str:
    """What of a project's name is its own: without owner, place before it, phase and the word 项目."""
    return _TRIMMED.sub("", _PHASE.sub("", fold(name)))


def _grouped(names: Sequence[str]) -> dict[str, str]:
    """For each name the one by which its project is known."""
    known: dict[str, str] = {}
    for name in names:
        known[name] = next((other for other in dict.fromkeys(known.values()) if _are_one(name, other)), name)
    return known


def _are_one(one: str, other: str) -> bool:
    phases = [set(_PHASE.findall(name)) for name in (one, other)]
    shorter, longer = sorted((core_of(one), core_of(other)), key=len)
    return phases[0] == phases[1] and len(shorter) >= LEAST_CORE and (longer.endswith(shorter) or longer.startswith(shorter))


# ---- statements ----


def _subject(event: Event, known: dict[str, str]) -> str | None:
    """The project that the event is about: the one in its headline."""
    if (work := work_of(event)) in known:
        return known[work]
    headline = event.headline or ""
    return next((known[name] for name in sorted(known, key=len, reverse=True) if name in headline), None)


def _told_of(event: Event, known: dict[str, str]) -> dict[str, list[tuple[int, int]]]:
    """The sentences of an event that speak of each project: those that name it, and those of 该项目 after."""
    out: dict[str, list[tuple[int, int]]] = {}
    current = _subject(event, known)
    if current:
        out[current] = []
    for start, end in _sentences(event.text):
        said = event.text[start:end]
        named = {known[name] for name in known if name in said and not any(name != n and name in n and n in said for n in known)}
        if len(named) == 1:
            current = named.pop()
        elif named:
            current = current if current in named else None
        elif not (current and (REFERS.search(said) or current == _subject(event, known))):
            continue
        if current:
            out.setdefault(current, []).append((start, end))
    return out


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in re.finditer(r"[。！？；\n]", text):
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


@dataclass
class _Gathering:
    """What is found of one project while the events are gone through."""

    stages: list[Stated] = field(default_factory=list)
    sums: list[Stated] = field(default_factory=list)
    extents: list[Stated] = field(default_factory=list)
    begun: list[Stated] = field(default_factory=list)
    places: dict[str, None] = field(default_factory=dict)
    owners: dict[str, None] = field(default_factory=dict)
    month: int = 0

    def add(self, event: Event, sentences: Sequence[tuple[int, int]], is_subject: bool) -> None:
        """Take in what the sentences of an event say."""
        self.month = max(self.month, _month(event))
        first = event.text[slice(*sentences[0])] if sentences else event.headline or ""
        if is_subject:
            stage = stage_of(event)
            self.stages.append(Stated(stage, stage, event.headline or first, first, event.starts_on, event.citation))
            if stage == "start" and event.starts_on and event.date_text:
                self.begun.append(Stated("开工日期", event.starts_on, event.date_text, first, event.starts_on, event.citation))
        elif sentences:
            self.stages.append(Stated("progress", "progress", first, first, event.starts_on, event.citation))
        for start, end in sentences:
            self._values(event, start, end)

    def _values(self, event: Event, start: int, end: int) -> None:
        sentence = event.text[start:end]
        for a in event.annotations:
            if not start <= a.start < end:
                continue
            before, shown = event.text[start:a.start], event.text[a.start:a.end]
            match a.value:
                case MoneyValue(amount=amount) if amount is not None and (label := SUM_LABELS.search(before)):
                    kind = "总投资" if "总" in label[1] or "概算" in label[1] else label[1]
                    self.sums.append(Stated(kind, float(amount), shown, sentence, event.starts_on, event.citation))
                case QuantityValue(number=number, unit=unit) if number is not None and (label := EXTENT_LABELS.search(before)):
                    kind = f"{label[1].removeprefix('总').removesuffix('面积') if '占地' in label[1] else label[1]}（{unit}）"
                    self.extents.append(Stated(kind, float(number), shown, sentence, event.starts_on, event.citation))
                case DateValue(starts_on=day) if BEGUN.match(event.text[a.end:a.end + 8]):
                    self.begun.append(Stated("开工日期", date.fromisoformat(day), shown, sentence, event.starts_on, event.citation))
                case PlaceValue(name=name):
                    self.places[name] = None
                case OrganisationValue(name=name, in_office=False):
                    self.owners[name] = None


def _project(name: str, names: Sequence[str], found: _Gathering, latest: int) -> Project:
    stated = [*found.sums, *found.extents, *found.begun]
    labels = dict.fromkeys(s.label for s in stated)
    contradictions = [c for label in labels if (c := _contradiction(label, [s for s in stated if s.label == label]))]
    return Project(
        name, tuple(names), tuple(found.stages), tuple(found.sums), tuple(found.extents), tuple(found.places), tuple(found.owners),
        tuple(contradictions), latest - found.month,
    )


def _contradiction(label: str, statements: Sequence[Stated]) -> Contradiction | None:
    """The first statement of each value where there are several values; None where all agree."""
    distinct: list[Stated] = []
    for statement in statements:
        if not any(_agree(statement.value, other.value) for other in distinct):
            distinct.append(statement)
    return Contradiction(label, tuple(distinct)) if len(distinct) > 1 else None


def _agree(one: float | date | str, other: float | date | str) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= NEAR_ROUNDING * max(abs(one), abs(other))
    return one == other


def _month(event: Event) -> int:
    """The month of the event's issue, counted on through the years."""
    cited = event.citation
    return cited.year * 12 + month_of(cited.month, cited.issue_number, cited.published_on)
