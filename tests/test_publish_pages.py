"""The page that the 目录 gives for an item is the page on which its headline stands, in the files themselves, read back."""

import re
from bisect import bisect_right

import pytest

from set_books import INVENTED, NAMES, issue, read_back


def printed_pages(source):
    """The number that each page of a file bears at its foot, by the index of the page."""
    folios = [(mark.start, re.search(r"\d+", source.text[mark.start:mark.end])) for mark in source.marks if mark.value == "folio"]
    return {bisect_right(source.page_starts, start) - 1: int(found[0]) for start, found in folios}


@pytest.mark.parametrize("format", ["pdf", "ofd"])
@pytest.mark.parametrize("name", [*NAMES, INVENTED])
def test_the_contents_say_where_headlines_stand(name, format):
    made, source = read_back(name, format)
    printed = printed_pages(source)
    said = {item.headline: item.page for item in made.items() if item.headline}
    stands = {
        item.headline: printed[source.page_of(item.origin[0].source_start) - 1] for item in made.items() if item.headline}
    assert said == stands
    assert list(said) == [item.headline for item in issue(name).items() if item.headline]
    assert sorted(printed.values()) == list(range(1, len(printed) + 1))


@pytest.mark.parametrize("format", ["pdf", "ofd"])
def test_a_false_page_would_be_seen(format):
    made, source = read_back(INVENTED, format)
    printed = printed_pages(source)
    false = {number: page + 1 for number, page in printed.items()}
    item = made.items()[0]
    assert item.page != false[source.page_of(item.origin[0].source_start) - 1]
