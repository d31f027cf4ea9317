"""Whole issues through the house: what was read from the series that ships, and from the two real issues, is in the book."""

from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from yuebao import read_issue, samples
from yuebao.publish import publish

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
ISSUES = [*samples.paths(), *sorted(SEEDS.glob("*.txt"))]


def letters(text):
    return "".join(text.split()).replace("\ufffe", "")


@pytest.mark.parametrize("path", ISSUES, ids=lambda path: path.stem)
def test_every_headline_and_entry_is_in_the_book(path):
    issue = read_issue(path)
    with pypdfium2.PdfDocument(publish(issue)) as document:
        pages = [letters(page.get_textpage().get_text_bounded()) for page in document]
    read = "".join(pages)
    for _, item in issue.walk():
        assert letters(item.headline or "") in read
        for entry in item.entries:
            text = letters(item.text[entry.start:entry.end])
            # a page end within: the first part closes a page but for the folio, the rest follows the next running head
            assert text in read or any(
                text[:n] in one and text[n:] in other for one, other in pairwise(pages) for n in range(1, len(text))), text
    assert all(letters(column.title or "") in read for path, _ in issue.walk() for column in path)
