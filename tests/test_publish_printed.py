"""--style as-printed: the grid that explains the printed pages, and a book whose headlines stand on them (issue 5, Must show 2)."""

import random
from dataclasses import replace

import pytest

from real import SEEDS, needs_shared
from yuebao import samples
from yuebao.annotate import annotate
from yuebao.errors import UsageError
from yuebao.model import Column, Entry, Item, map_items
from yuebao.publish import Setting, grid, printed, publish
from yuebao.read import read
from yuebao.structure import structure


def issue_of(path):
    return structure(read(path.name, path.read_bytes()))


def item(number, text, headline, page=None):
    whole = f"{headline}\n{text}"
    return Item(number, headline, None, page, whole, (Entry(len(headline) + 1, len(whole), None),))


def invented(characters, lines, head, first_page=6, seed=0, each=10):
    """An issue of six columns of ten items with the pages that such a grid gives them."""
    source = issue_of(samples.paths()[0])
    chance = random.Random(seed)
    columns, at, number = [], 0, 0
    for n in range(6):
        at += head
        items = []
        for _ in range(each):
            number += 1
            text, headline = "云" * chance.randrange(80, 420), "题" * chance.randrange(8, 22)
            items.append(item(number, text, headline, first_page + at // lines))
            at += -(-(2 + len(headline) + 1 + len(text)) // characters)
        columns.append(Column(f"第{n}栏", items=tuple(items)))
    return replace(source, columns=tuple(columns), figures=(), contents=())


@pytest.mark.parametrize(("characters", "lines", "head"), [(34, 30, 4), (28, 22, 3), (39, 34, 5), (25, 20, 2)])
def test_a_grid_is_found_again(characters, lines, head):
    found = grid.fit(invented(characters, lines, head))
    assert found.explained == 60
    assert found.first_page == 6
    assert found.characters * found.lines == pytest.approx(characters * lines, rel=0.15)  # the letters on a page; its shape may differ a little


def test_a_wrong_page_is_what_the_grid_does_not_explain():
    issue = invented(34, 30, 4)
    columns = map_items(issue.columns, lambda i: replace(i, page=i.page + 3) if i.number == 31 else i)
    assert [place.item for place in grid.fit(replace(issue, columns=columns)).unexplained] == [31]


@needs_shared
@pytest.mark.parametrize(("path", "least"), [pytest.param(path, least, id=path.stem[:3]) for path, least in zip(SEEDS, (72, 63), strict=False)])
def test_grid_explains_the_printed_pages_of_real_issues(path, least):
    """Asked: 71 of 74 and 62 of 66."""
    assert grid.fit(issue_of(path)).explained >= least


@needs_shared
@pytest.mark.parametrize(("path", "most"), [pytest.param(path, most, id=path.stem[:3]) for path, most in zip(SEEDS, (1, 1), strict=False)])
def test_printed_pages_come_out_and_those_that_do_not_are_listed(path, most):
    """Asked: at most 3 of 74 and 4 of 66 that do not come out."""
    made = printed.set_as_printed(issue_of(path), Setting())
    assert len(made.misplaced) <= most
    assert all(row.printed != row.set for row in made.misplaced)
    assert printed.misplaced_in(made.pdf, issue_of(path)) == made.misplaced


def test_breaks_stand_before_the_heading_of_a_column():
    """Where the item to be moved is the first of its column, the heading goes with it."""
    issue = invented(34, 30, 4)
    columns = map_items(issue.columns, lambda i: replace(i, page=i.page + 1) if i.number > 30 else i)
    made = printed.set_as_printed(replace(issue, columns=columns), Setting())
    assert [row.item for row in made.misplaced] == []


@pytest.mark.parametrize("more", [{"for_print": True}, {"index": "strokes"}])
def test_the_pages_are_read_back_from_every_kind_of_book(more):
    issue = annotate(invented(34, 30, 4, each=3))
    assert printed.set_as_printed(issue, Setting(**more)).misplaced == ()


def test_an_issue_without_printed_pages_is_refused():
    issue = invented(34, 30, 4)
    columns = map_items(issue.columns, lambda i: replace(i, page=None))
    with pytest.raises(UsageError) as caught:
        publish(replace(issue, columns=columns), setting=Setting(style="as-printed"))
    assert caught.value.code == "E203"


def test_pages_that_go_back_and_forth_keep_their_longest_run():
    places = tuple(grid.Placed(n, page, page) for n, page in enumerate([6, 7, 15, 8, 9, 4, 9], 1))
    assert printed._in_order(grid.Grid(34, 30, 4, 2, 0, 6, places)) == {1, 2, 4, 5, 7}
