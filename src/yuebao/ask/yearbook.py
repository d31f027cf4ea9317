"""The material of a yearbook: every event of a year under the 类目 and 分目 of an outline, and what print cannot give.

`lexicon/yearbook_outline.tsv` is where an office starts; one with an outline of its own gives its text. The first row that fits decides;
sections stand in the order of their codes. Surveys (概况) and figures are never made of months: they are named as lacking.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from yuebao import lexicon
from yuebao.archive.models import Series
from yuebao.ask.rolling.documents import document
from yuebao.ask.rolling.events import Event, events_of, series_of
from yuebao.ask.rolling.turns import Turn, turned
from yuebao.errors import ArchiveError, UsageError
from yuebao.model import Column, Issue

NAME = "yearbook_outline"
COLUMNS = ("category", "section", "words", "columns", "bodies")
LEAD = 60  # characters of an account that tell whose it is
SURVEY = "概况"
SURVEY_LACKING = "由供稿单位提供；统计数字以统计部门公布的为准。"
NOTHING_PRINTED = "各期未载，由供稿单位提供"


@dataclass(frozen=True, slots=True)
class Section:
    """A row of the outline: a section 分目 of a category 类目, and what of an event shows that it belongs there (None: not asked)."""

    code: str
    category: str
    section: str
    words: re.Pattern[str] | None
    columns: re.Pattern[str] | None
    bodies: re.Pattern[str] | None

    def fits(self, event: Event) -> bool:
        """Whether the event belongs there by its innermost column, where the row names one, and by its words or bodies."""
        if self.columns and not (event.path and self.columns.search(event.path[-1])):
            return False
        headline = event.headline or event.text[:LEAD]
        by_words = self.words is not None and self.words.search(headline)
        by_bodies = self.bodies is not None and self.bodies.search(event.text[:LEAD])
        return bool(by_words or by_bodies or (self.columns and self.words is None and self.bodies is None))


UNFILED = Section("99", "未归类", "待编者归类", None, None, None)


@dataclass(frozen=True, slots=True)
class Filed:
    """An event under its section, as a yearbook tells it: `headline` and `text` in third person, `turns` what was turned in them."""

    event: Event
    section: Section
    headline: str | None
    text: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Yearbook:
    """The material of a year: every event filed, by section and in order of time; `empty`: the sections of which nothing is printed."""

    series: Series
    year: int
    filed: tuple[Filed, ...]
    outline: tuple[Section, ...]
    empty: tuple[Section, ...]


def yearbook(year: int, title: str | None = None, outline: str | None = None) -> Yearbook:
    """The material of a year's yearbook. `title` names the series, `outline` is the text of the office's own table.

    Raises ArchiveError E404 where the year has no events, UsageError E203 and E208 (a fault in the outline).
    """
    sections = sections_of(year, outline)
    series = series_of(title)
    events = events_of(year, series)
    if not events:
        raise ArchiveError("E404", key=f"{series.title} {year}")
    filed = sorted((_filed(event, sections, year, series.place) for event in events), key=lambda one: one.section.code)
    told = {one.section.code for one in filed}
    every = {section.code: section for section in reversed(sections)}
    return Yearbook(
        series, year, tuple(filed), tuple(every[code] for code in sorted(every)),
        tuple(every[code] for code in sorted(every) if code not in told))


def sections_of(year: int, outline: str | None = None) -> tuple[Section, ...]:
    """The rows of the outline in force in that year, in the order in which they are tried. Raises UsageError E208."""
    try:
        rows = lexicon.rows(NAME, on=f"{year}-12-31") if outline is None else _in_force(_own(outline), year)
        return tuple(
            Section(row["term"], row["category"], row["section"], _pattern(row["words"]), _pattern(row["columns"]), _pattern(row["bodies"]))
            for row in rows)
    except (lexicon.LexiconError, re.error) as error:
        raise UsageError("E208", reason=f"{NAME}.tsv: {error}" if isinstance(error, re.error) else str(error)) from None


def yearbook_document(made: Yearbook) -> Issue:
    """The material as an issue document: a column for each 类目, its 概况 named as lacking, the 分目 within; each event is cited."""
    place = made.series.place or made.series.title
    lines: list[tuple[str, str | None, str]] = []
    titles: dict[str, str] = {}
    for category, of_category in groupby(made.filed, key=lambda one: one.section.category):
        if category != UNFILED.category:
            lines.append((category, SURVEY, SURVEY_LACKING))
        for one in of_category:
            lines.append((one.section.code, one.headline, f"{one.text}（{one.event.citation.text()}）"))
            titles[one.section.code] = one.section.section
    flat = document(f"{place}年鉴资料", f"{place}{made.year}年年鉴资料", made.year, lines)
    return replace(flat, columns=tuple(_nested(flat.columns, titles)))


def _nested(flat: Sequence[Column], sections: Mapping[str, str]) -> Iterator[Column]:
    """The sections (columns named by code) within the category before them; what is not filed stands by itself."""
    inner: list[Column] = []
    category = Column(None)
    for column in flat:
        section = sections.get(column.title or "")
        if section is not None and column.title != UNFILED.code:
            inner.append(replace(column, title=section))
            continue
        if inner:
            yield replace(category, columns=tuple(inner))
        category, inner = column, []
    if category.title == UNFILED.code:
        yield replace(category, title=UNFILED.category)
    elif inner:
        yield replace(category, columns=tuple(inner))


def filed_rows(made: Yearbook) -> list[list[str]]:
    """Where every event was filed, as a table with its heading: for an editor to look over."""
    return [["编号", "类目", "分目", "条题", "栏目", "出处"], *([
        one.section.code, one.section.category, one.section.section, one.event.headline or one.event.text[:30], "/".join(one.event.path),
        one.event.citation.text(),
    ] for one in made.filed)]


def lacking_rows(made: Yearbook) -> list[list[str]]:
    """What the months cannot give, as a table with its heading: the survey of every category, and sections of which nothing is printed."""
    surveys = [
        [code.split(".")[0], category, SURVEY, SURVEY_LACKING]
        for category, code in {section.category: section.code for section in reversed(made.outline)}.items()]
    empty = [[section.code, section.category, section.section, NOTHING_PRINTED] for section in made.empty]
    return [["编号", "类目", "分目", "所缺"], *sorted(surveys + empty)]


def turned_rows(made: Yearbook) -> list[list[str]]:
    """Every turn to third person and absolute time, as a table with its heading: for a person to approve."""
    return [["编号", "条题", "原作", "改为", "缘由", "出处"], *([
        one.section.code, one.headline or one.text[:30], turn.was, turn.now or "（请人定）", turn.reason, one.event.citation.text(),
    ] for one in made.filed for turn in one.turns)]


def _own(outline: str) -> tuple[lexicon.Row, ...]:
    lexicon.table(outline, NAME, (*lexicon.REQUIRED, *COLUMNS))  # every column is there
    return lexicon.parse(outline, NAME)


def _in_force(rows: Sequence[lexicon.Row], year: int) -> list[lexicon.Row]:
    """The rows of an office's own outline in force at the end of the year; one without dates always is."""
    day = f"{year}-12-31"
    return [row for row in rows if row["from_on"] <= day and (row["until_on"] == "-" or row["until_on"] >= str(year))]


def _pattern(words: str) -> re.Pattern[str] | None:
    return re.compile(words) if words else None


def _filed(event: Event, sections: Sequence[Section], year: int, place: str | None) -> Filed:
    section = next((section for section in sections if section.fits(event)), UNFILED)
    headline, of_headline = turned(event.headline, year, place) if event.headline else (None, ())
    text, of_text = turned(event.text, year, place)
    return Filed(event, section, headline, text, (*of_headline, *of_text))
