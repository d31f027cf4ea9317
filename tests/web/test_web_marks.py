"""A marked passage: every character once and in order, tags that nest, no link inside a link."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuebao.web.marks import Doubt, Name, found, passage

TEXT = "4月3日，市长郑文柏到会<讲话>。"


def person(start, end, name="郑文柏"):
    return Name("person", start, end, person=name)


def doubt(start, end, number=1, severity="note"):
    return Doubt(start, end, number, severity, f"存疑 {number}")


def read_back(html):
    """The characters that are read: without tags and without the numbers of the references."""
    return unescape(re.sub("<[^>]*>", "", re.sub("<sup.*?</sup>", "", html)))


class Nesting(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.references = [], []

    def handle_starttag(self, tag, attributes):
        assert tag not in self.open, f"{tag} inside {self.open}"
        self.open.append(tag)
        if tag == "a" and "sup" in self.open:
            self.references.append(dict(attributes)["href"])

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def well_nested(html):
    parser = Nesting()
    parser.feed(html)
    assert parser.open == []
    return parser.references


@pytest.mark.parametrize(("names", "doubts", "wanted"), [
    ([], [], "4月3日，市长郑文柏到会&lt;讲话&gt;。"),
    ([person(7, 10)], [], '4月3日，市长<a class="person" href="/person/%E9%83%91%E6%96%87%E6%9F%8F/">郑文柏</a>到会&lt;讲话&gt;。'),
    ([Name("date", 0, 4, starts_on="2025-04-03", ends_on="2025-04-03")], [],
     '<time class="date" datetime="2025-04-03">4月3日</time>，市长郑文柏到会&lt;讲话&gt;。'),
    ([Name("date", 0, 4, starts_on="2025-04-03", ends_on="2025-04-05")], [],
     '<span class="date" title="2025-04-03 — 2025-04-05">4月3日</span>，市长郑文柏到会&lt;讲话&gt;。'),
    ([], [doubt(10, 12)],
     '4月3日，市长郑文柏<mark class="doubt note">到会</mark><sup class="ref note"><a href="#note-1" aria-label="存疑 1">1</a></sup>'
     "&lt;讲话&gt;。"),
    # the finding ends within the name: its reference stands after the link, not in it
    ([person(7, 10)], [doubt(5, 9)],
     '4月3日，<mark class="doubt note">市长</mark><a class="person" href="/person/%E9%83%91%E6%96%87%E6%9F%8F/">'
     '<mark class="doubt note">郑文</mark>柏</a><sup class="ref note"><a href="#note-1" aria-label="存疑 1">1</a></sup>到会&lt;讲话&gt;。'),
    # two findings on one place: the graver one colours it, both are referred to
    ([], [doubt(10, 12, 2, "error"), doubt(10, 12, 1, "note")],
     '4月3日，市长郑文柏<mark class="doubt error">到会</mark><sup class="ref note"><a href="#note-1" aria-label="存疑 1">1</a></sup>'
     '<sup class="ref error"><a href="#note-2" aria-label="存疑 2">2</a></sup>&lt;讲话&gt;。'),
    # names that overlap: the first stands
    ([person(7, 10), person(8, 12, "文柏到会")], [],
     '4月3日，市长<a class="person" href="/person/%E9%83%91%E6%96%87%E6%9F%8F/">郑文柏</a>到会&lt;讲话&gt;。'),
])
def test_a_passage(names, doubts, wanted):
    assert passage(TEXT, 0, len(TEXT), names, doubts) == wanted


def test_spans_are_cut_to_the_passage():
    html = passage(TEXT, 5, 9, [person(7, 10)], [doubt(0, 6), doubt(8, 12, 2)])
    assert read_back(html) == TEXT[5:9]
    assert well_nested(html) == ["#note-2"]  # the first is of another passage; the second is referred to where the passage ends


def test_a_name_with_a_slash_has_an_address():
    assert 'href="/person/%E7%94%B2/%E4%B9%99/"' in passage("甲/乙", 0, 3, [person(0, 3, "甲/乙")])


SPANS = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted)


@given(st.text("甲乙丙<&>\n ", max_size=30), SPANS, st.lists(SPANS, max_size=6), st.lists(SPANS, max_size=6))
def test_every_character_is_there_once(text, part, names, doubts):
    start, end = (min(p, len(text)) for p in part)
    html = passage(
        text, start, end, [person(a, b) for a, b in names if a < b], [doubt(a, b, n) for n, (a, b) in enumerate(doubts, 1) if a < b],
    )
    assert read_back(html) == text[start:end]
    wanted = [f"#note-{n}" for n, (a, b) in enumerate(doubts, 1) if a < b and start <= a < end]
    assert sorted(well_nested(html)) == sorted(wanted)


@given(st.text("甲乙<&>", max_size=20), st.lists(SPANS, max_size=5))
def test_found_words_are_marked(text, spans):
    html = found(text, [(min(a, len(text)), min(b, len(text))) for a, b in spans])
    assert unescape(re.sub("</?mark>", "", html)) == text
    well_nested(html)
