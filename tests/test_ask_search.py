"""Search is exact: what holds the string is found, and nothing else; limits, order, facets and snippets say what is there."""

import contextlib
import itertools
import random
import unicodedata
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from archive.homes import archive_at, stand_ins
from yuebao import archive, ask
from yuebao.archive import fulltext
from yuebao.archive.models import StoredItem
from yuebao.ask.words import marks_of, snippet_of
from yuebao.errors import UsageError

# few characters, so that repeats and near misses are common; some that need normalising, some outside the basic plane
ALPHABET = "云陵湖市长副春耕一二20Aa３Ｂ，。“”、 \u3000𰻞㎡①⽂\u200bß"
ITEMS = 40


@pytest.fixture(scope="module")
def shelf(tmp_path_factory, new_home, django_db_blocker):
    """An archive of items of random characters, one issue; its normalised texts by item number."""
    drawn = random.Random(20250403)
    folder = tmp_path_factory.mktemp("shelf")
    lines = ["云陵月报|2025|4|4|88|云陵市|", "# 要闻"]
    for number in range(1, ITEMS + 1):
        text = "".join(drawn.choice(ALPHABET) for _ in range(drawn.randint(1, 120)))
        lines.append(f"第{number}条|1|2025-04-01||{text}")
    (folder / "random.txt").write_text("\n".join(lines), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patched, archive_at(folder / "home", new_home, django_db_blocker) as home:
        patched.setenv("YUEBAO_HOME", str(home))
        stand_ins(patched)
        assert [added.state for added in archive.add([folder / "random.txt"])] == ["added"]
        yield {item.number: item.text for item in StoredItem.objects.all()}


def numbers(query, **more):
    result = ask.search(query, limit=1000, **more)
    assert result.total == len(result.hits)
    return {hit.number for hit in result.hits}


def plain(text):
    """The normalisation in other words than the program's: NFKC and case fold of each character, white space and invisible marks out."""
    folded = "".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", c).casefold()) for c in text)
    return "".join(c for c in folded if not c.isspace() and unicodedata.category(c) != "Cf")


def holding(shelf, word):
    return {number for number, text in shelf.items() if plain(word) in plain(text)}


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_holds_the_string_is_found_and_nothing_else(shelf, data):
    text = shelf[data.draw(st.integers(1, ITEMS))]
    start = data.draw(st.integers(0, len(text) - 1))
    word = "".join(text[start:start + data.draw(st.integers(1, 30))].split())
    if not plain(word):
        return
    found = numbers([word])
    assert found == holding(shelf, word)
    assert found


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(word=st.text(ALPHABET.replace(" ", "").replace("\u3000", ""), min_size=1, max_size=4))
@example(word="一一")
@example(word="a")
@example(word="ss")
@example(word="，。")
def test_strings_that_may_be_nowhere(shelf, word):
    if plain(word):
        assert numbers([word]) == holding(shelf, word)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.text("云陵湖市长2aA", min_size=1, max_size=2), min_size=2, max_size=4))
def test_several_words_are_all_of_them(shelf, words):
    assert numbers(" ".join(words)) == set.intersection(*(holding(shelf, word) for word in words))
    assert numbers("\u3000".join(reversed(words))) == numbers(" ".join(words))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=12))
@example(query="a OR b")
@example(query="pairs:*")
@example(query="(")
@example(query="\ud800")
@example(query="\0")
@example(query="\u200b")
@pytest.mark.usefixtures("shelf")
def test_whatever_is_typed_is_answered_or_told(query):
    with contextlib.suppress(UsageError):
        result = ask.search(query)
        assert result.total >= len(result.hits)


def test_nothing_but_marks_that_are_left_out_finds_nothing(shelf):
    assert len(shelf) == ITEMS
    assert numbers("\u200b") == set()
    assert len(numbers("  ")) == ITEMS


@given(st.text(ALPHABET, max_size=60), st.text(ALPHABET, min_size=1, max_size=3))
def test_marks_are_where_the_word_stands(text, word):
    word = fulltext.normalise(word)
    marks = marks_of(text, [word] if word else [])
    assert all(0 <= start < end <= len(text) for start, end in marks)
    assert all(one[1] < other[0] for one, other in itertools.pairwise(marks))
    assert bool(marks) == bool(word and word in fulltext.normalise(text))
    if marks:
        assert word in fulltext.normalise(text[marks[0][0]:marks[0][1]])


@given(
    st.text(ALPHABET + "\n", min_size=1, max_size=400), st.integers(0, 20),
    st.lists(st.text("云陵湖2a", min_size=1, max_size=2), max_size=2),
)
def test_a_snippet_is_a_stretch_of_the_text(text, headline_end, words):
    snippet = snippet_of(text, min(headline_end, len(text)), marks_of(text, words))
    assert snippet.text in text.replace("\n", " ")
    assert all(0 <= start < end <= len(snippet.text) for start, end in snippet.marks)
    body = text[min(headline_end + 1, len(text)):] if headline_end else text
    if any(word in fulltext.normalise(body) for word in words):
        assert snippet.marks


FILLER = "与会人员围绕全市下半年重点工作逐项作了发言" * 4


@pytest.mark.parametrize(("text", "begins"), [
    (f"题\n{FILLER}。会后察看防汛物资，{FILLER}。{FILLER}。", "会后察看"),  # with its sentence
    (f"题\n{FILLER}“好。”会后察看防汛物资，{FILLER}。{FILLER}。", "会后察看"),
    (f"题\n{FILLER}防汛{FILLER}。{FILLER}。", FILLER[-25:]),  # a sentence that begins too far off is cut
    (f"题\n防汛{FILLER}。{FILLER}。{FILLER}。", "防汛"),
    (f"防汛题\n{FILLER}。{FILLER}。", FILLER[:9]),  # only the headline matches: the text from its beginning
    ("题\n今天。会后察看防汛物资。", "今天"),  # a short text whole
])
def test_where_a_snippet_begins(text, begins):
    snippet = snippet_of(text, text.index("\n"), marks_of(text, ["防汛"]))
    assert snippet.text.startswith(begins)
    assert snippet.is_cut_before == (not text[text.index("\n") + 1:].startswith(snippet.text))
    assert snippet.is_cut_after == (not text.endswith(snippet.text))


# ---- invented bulletins ----


@pytest.fixture(scope="module")
def town(tmp_path_factory, new_home, django_db_blocker):
    """An archive of two monthlies and a daily."""
    folder = tmp_path_factory.mktemp("town")
    with pytest.MonkeyPatch.context() as patched, archive_at(folder / "home", new_home, django_db_blocker) as home:
        patched.setenv("YUEBAO_HOME", str(home))
        stages = stand_ins(patched)
        files = {"april": stages.APRIL, "may": stages.MAY, "daily": stages.DAILY, "older": stages.APRIL.replace("2025", "2024")}
        for name, text in files.items():
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        assert [added.state for added in archive.add([folder / f"{name}.txt" for name in files])] == ["added"] * 4
        yield home


APRIL, MAY, DAILY, OLDER = "云陵月报-2025-04", "云陵月报-2025-05", "云陵日志-2025-04-03", "云陵月报-2024-04"


def hits(query="", **more):
    return [(hit.issue, hit.number) for hit in ask.search(query, **more).hits]


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(("more", "found"), [
    ({"year": 2024}, {(OLDER, 1), (OLDER, 2), (OLDER, 3), (OLDER, 4)}),
    ({"year": 1999}, set()),
    ({"year": -1}, set()),
    ({"column": "项目建设"}, {(OLDER, 3), (APRIL, 3), (MAY, 2)}),
    ({"column": "经济"}, {(OLDER, 3), (APRIL, 3), (MAY, 2)}),  # a column holds what its sub-columns hold
    ({"column": "经"}, set()),
    ({"person": "何令仪"}, {(OLDER, 1), (OLDER, 2), (APRIL, 1), (APRIL, 2)}),
    ({"person": "何令"}, set()),
    ({"from_": date(2025, 5, 6)}, {(MAY, 1), (MAY, 2)}),
    ({"to": date(2024, 4, 10)}, {(OLDER, 1), (OLDER, 2), (OLDER, 4)}),  # 4 has no date: it is of April
    ({"from_": date(2025, 4, 18), "to": date(2025, 4, 18)}, {(APRIL, 3), (APRIL, 4)}),
    ({"from_": date(2025, 4, 19), "to": date(2025, 4, 18)}, {(APRIL, 4)}),
    ({"from_": date(2025, 4, 3), "to": date(2025, 4, 3), "column": "领导活动"}, {(APRIL, 1)}),
    ({"column": ""}, set()),
    ({"query": "环云湖路", "year": 2025, "person": "秦墨之"}, {(MAY, 2)}),
])
def test_limits(more, found):
    assert set(hits(**more)) == found


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(("words", "count"), [
    (["环云 湖路"], 3), (["环云", "湖路"], 3), (["防汛 环云湖路"], 0), (["防汛", "环云湖路"], 2), ([], 11), ([""], 11), (["\u200b"], 0),
])
def test_words_given_one_by_one_are_not_parted(words, count):
    assert ask.search(words).total == count


@pytest.mark.usefixtures("town")
def test_by_date_the_newest_comes_first():
    assert hits("春耕") == [(APRIL, 1), (DAILY, 1), (OLDER, 1)]
    days = [hit.starts_on for hit in ask.search("").hits if hit.starts_on]
    assert days == sorted(days, reverse=True)


@pytest.mark.usefixtures("town")
def test_by_relevance_what_holds_the_word_oftener_comes_first():
    assert hits("防汛", order="relevance")[0] == (MAY, 1)
    assert set(hits("防汛", order="relevance")) == set(hits("防汛"))


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("order", ["date", "relevance"])
def test_pages_are_parts_of_the_whole(order):
    whole = hits("云", order=order, limit=100)
    assert len(whole) == ask.search("云", limit=0).total > 3
    assert [hit for start in range(0, len(whole), 2) for hit in hits("云", order=order, limit=2, offset=start)] == whole
    assert hits("云", offset=1000) == []
    assert hits("云", offset=10**15) == []  # the index would ask for room for as many


@pytest.mark.usefixtures("town")
def test_facets_count_what_is_found():
    facets = ask.search("").facets
    assert facets.year == ((2025, 7), (2024, 4))
    assert dict(facets.column) == {"领导活动": 5, "经济": 3, "项目建设": 3, "社会事业": 2}
    assert dict(facets.person) == {"郑文柏": 3, "何令仪": 4, "秦墨之": 3}
    assert list(facets.person) == sorted(facets.person, key=lambda pair: (-pair[1], pair[0]))
    assert ask.search("通车").facets == ask.Facets(
        ((2025, 1),), (("2025-05", 1),), (("经济", 1), ("项目建设", 1)), (("秦墨之", 1),))


@pytest.mark.usefixtures("town")
def test_a_hit_says_where_it_stands_and_what_matches():
    hit, = ask.search("abc三类", year=2025).hits
    assert (hit.issue, hit.number, hit.headline, hit.column_path, hit.page) == (APRIL, 2, "何令仪检查防汛准备", "领导活动", 2)
    assert (hit.starts_on, hit.ends_on) == (date(2025, 4, 10), date(2025, 4, 10))
    (start, end), = hit.snippet.marks
    assert hit.snippet.text[start:end] == "ＡＢＣ三类"
    assert hit.headline_marks == ()
    assert hit.citation.text() == "《云陵月报》2025年第4期（总第88期）第2页"
    assert (ask.search("进度过半").hits[0].column, ask.search("进度过半").hits[0].column_path) == ("", "")
    assert ask.search("进度过半").hits[0].citation.text() == "《云陵日志》2025年4月3日第1页"
    in_headline, = ask.search("双拥 获省级", year=2025).hits
    assert [in_headline.headline[start:end] for start, end in in_headline.headline_marks] == ["获省级双拥"]


@pytest.mark.usefixtures("town")
def test_answers_are_plain_dictionaries_too():
    plain_result = ask.search("通车").to_dict()
    assert plain_result["hits"][0]["starts_on"] == "2025-05-20"
    assert plain_result["facets"]["year"] == [[2025, 1]]


@pytest.mark.usefixtures("town")
def test_a_search_asks_the_database_little(django_assert_max_num_queries):
    ask.search("云")
    with django_assert_max_num_queries(2):
        assert ask.search("云", limit=100).total > 3
