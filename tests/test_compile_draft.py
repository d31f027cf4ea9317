"""The draft of a month: the sample copy becomes an issue document that can be proofed and published, each character of the copy in one place."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from accounting import claims, text_faults
from copied import clipping, year
from yuebao import pipeline, samples
from yuebao.compile.columns import path_of
from yuebao.compile.draft import column_of, masthead_of, nearest_last
from yuebao.compile.draft_figures import figures_of
from yuebao.compile.intake import Refused
from yuebao.compile.length import LINES, length_of
from yuebao.compile.values import Draft
from yuebao.errors import UsageError
from yuebao.model import Issue, Masthead, from_json, to_json

COPY = Path(samples.__file__).parent / "copy"


@cache
def made():
    """The draft of the sample month, its issue and its source."""
    clippings = [taken for taken in pipeline.take_folder(COPY) if not isinstance(taken, Refused)]
    draft = pipeline.compile_month(clippings, masthead_of(year(), 2026, 1), year())
    return draft, *pipeline.draft_issue(draft)


def test_every_story_is_an_item_once_under_its_column():
    draft, issue, _ = made()
    assert sorted(draft.order) == list(range(len(draft.stories)))
    assert [item.number for item in issue.items()] == list(range(1, len(draft.stories) + 1))
    assert Counter(number for story in draft.stories for number in story.clippings) == Counter(c.number for c in draft.clippings)
    assert [path_of(path) for path, _ in issue.walk()] == [column_of(draft.stories[n]) for n in draft.order]
    assert [row.title for row in issue.contents] == [item.headline for item in issue.items() if item.headline]


def test_each_character_of_the_copy_stands_in_one_span():
    _, issue, source = made()
    counts = Counter(at for start, end in claims(issue) for at in range(start, end))
    assert [at for at, c in enumerate(source.text) if not c.isspace() and counts[at] != 1] == []
    assert not issue.dropped


def test_what_an_item_prints_as_the_copy_has_it_points_there():
    _, issue, source = made()
    for item in issue.items():
        wrong = [fault for fault in text_faults("", item.text, item.origin, source.text, breaks=True) if "has 0 origins" not in fault]
        assert wrong == []
    bodies = [(item, len(item.headline or "")) for item in issue.items()]
    printed = sum(len(item.text) - start for item, start in bodies)
    pointing = sum(o.end - max(o.start, start) for item, start in bodies for o in item.origin if o.end > start)
    assert pointing > 0.9 * printed


def test_every_clause_has_a_source():
    figures = figures_of(made()[0])
    assert figures.clauses == figures.with_source > 100
    assert figures.texts == 59
    assert figures.several == 12
    assert figures.flagged == 1


def test_the_documents_read_back():
    draft, issue, _ = made()
    assert from_json(to_json(issue)) == issue
    assert Draft.from_dict(draft.to_dict()) == draft
    assert issue.annotated_by


def test_the_draft_is_proofed_and_published_at_once(tmp_path):
    _, issue, source = made()
    assert not [finding for finding in pipeline.proof_issue(issue, source).findings if finding.severity == "error"]
    for name in ("draft.docx", "draft.md"):
        pipeline.publish_issue(issue, tmp_path / name)
        assert (tmp_path / name).stat().st_size > 5000


def test_the_same_copy_makes_the_same_draft():
    draft, issue, _ = made()
    again = pipeline.compile_month(draft.clippings, draft.masthead, year()[::-1])
    assert again == draft
    assert pipeline.draft_issue(again)[0] == issue


def test_a_day_of_copy_without_a_run():
    copy = [clipping(1, "郑文柏到何坊县调研", "1月6日，市委书记郑文柏到何坊县调研春耕备耕工作，察看麦田。")]
    told = []
    draft = pipeline.compile_month(copy, Masthead(title="云陵月报", year=2026, month=1), told=lambda done, of: told.append((done, of)))
    assert told == [(1, 1)]
    assert column_of(draft.stories[0]) == ("领导活动",)
    assert (draft.gaps, draft.pages) == ((), 1)


def test_no_copy_is_an_empty_draft():
    draft = pipeline.compile_month([], Masthead(title="云陵月报", year=2026, month=1))
    issue, source = pipeline.draft_issue(draft)
    assert (issue.items(), source.text, draft.pages) == ((), "", 0)


def test_a_month_must_be_named():
    with pytest.raises(UsageError) as refused:
        pipeline.compile_month([], Masthead(title="云陵月报"))
    assert refused.value.code == "E203"


@pytest.mark.parametrize(("when", "number", "nearest", "serial"), [((2026, 1), 1, 11, 1), ((2024, 10), 10, 0, -3), ((2025, 6), 6, 5, 0)])
def test_the_masthead_goes_on_from_the_nearest_issue(when, number, nearest, serial):
    last = year()[nearest].masthead
    masthead = masthead_of(year(), *when)
    assert (masthead.title, masthead.year, masthead.month, masthead.number) == (last.title, *when, number)
    assert masthead.serial_number == last.serial_number + serial
    assert (masthead.printed_on, masthead.origin) == (None, ())


def test_of_no_run_the_masthead_is_what_is_given():
    assert masthead_of((), 2026, 1, "云陵月报") == Masthead(title="云陵月报", year=2026, month=1, number=1)


def test_the_nearest_issue_stands_last():
    def of(year, month):
        return Issue(made()[1].source, Masthead(year=year, month=month))

    run = nearest_last([of(2024, 3), of(2023, 9), of(2020, 1)], 2023, 8)
    assert [issue.masthead.month for issue in run] == [1, 3, 9]


def test_pages_are_those_of_the_house():
    _, issue, _ = made()
    placed = [(item, path_of(path)) for path, item in issue.walk()]
    assert length_of([]).pages == 0
    common, own = length_of(placed), length_of(placed, year())
    assert (common.characters, common.lines) == (own.characters, own.lines)
    assert common.pages == -(-common.lines // LINES)
    paged = next(each for each in year() if max(item.page or 0 for item in each.items()) >= 12)
    numbers = [item.page for item in paged.items() if item.page]
    length = length_of([(item, path_of(path)) for path, item in paged.walk()], [paged])
    assert length.pages == max(numbers) - min(numbers) + 1
