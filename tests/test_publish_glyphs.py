"""What stands where on the page, from the positions of the glyphs (issue 5, Must show 5): line ends, page feet, in every style.

On the samples and, where they are, the real issues.
"""

import ctypes

import pypdfium2
import pypdfium2.raw as raw
import pytest

from real import SEEDS
from yuebao import samples
from yuebao.publish import Setting, publish, style
from yuebao.read import read
from yuebao.structure import structure
from yuebao.text import squeeze

CLOSING = set("，。、；：！？”’）》〉】〕』」")
OPENING = set("“‘（《〈【〔『「")
ISSUES = [*samples.paths(), *SEEDS]


def lines_of(page):
    """The lines of a page from top to bottom, each its visible characters from left to right: (left, character)."""
    text, found = page.get_textpage(), {}
    x, y = ctypes.c_double(), ctypes.c_double()
    for n in range(text.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(text, n))
        if not character.isspace() and character != "\ufffe":
            raw.FPDFText_GetCharOrigin(text, n, x, y)
            found.setdefault(round(y.value), []).append((x.value, character))
    return [sorted(line) for _, line in sorted(found.items(), reverse=True)]


@pytest.fixture(scope="module", params=[(path, name) for path in ISSUES for name in style.NAMES], ids=lambda p: f"{p[0].stem[:14]}-{p[1]}")
def book(request):
    path, name = request.param
    issue = structure(read(path.name, path.read_bytes()))
    with pypdfium2.PdfDocument(publish(issue, setting=Setting(style=name))) as document:
        return issue, [lines_of(page) for page in document]


def test_lines_begin_and_end_as_they_may(book):
    _, pages = book
    lines = ["".join(character for _, character in line) for page in pages for line in page]
    assert len(lines) > 200
    assert [line for line in lines if line[0] in CLOSING] == []
    assert [line for line in lines if line[-1] in OPENING] == []


def test_no_headline_stands_alone_at_a_page_foot(book):
    """The page that has a headline has the beginning of its entry; the page that has a column's title has its first headline."""
    issue, pages = book
    texts = ["".join(character for line in page for _, character in line) for page in pages]
    for path, item in issue.walk():
        begun = squeeze(item.headline or "") + squeeze(item.text[item.entries[0].start:][:8]) if item.entries else squeeze(item.headline or "")
        title = squeeze(path[-1].title or "") if item is path[-1].items[0] else ""
        assert any(title + begun in text for text in texts), item.headline


def test_nothing_is_set_outside_the_type_area_but_heads_and_folios(book):
    """No line of the body reaches beyond the widest: what is set justified ends where the measure ends."""
    _, pages = book
    ends = sorted(round(line[-1][0]) for page in pages for line in page if len(line) > 20)
    full = max(set(ends), key=ends.count)
    assert ends[-1] <= full + 40
