"""The words of the interface: each used, each in both languages, with the same blanks to fill."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

import yuebao.web
from yuebao import glossary
from yuebao.web.pages import MASTHEAD_FIELDS
from yuebao.web.words import WORDS, issue_name, say

ROOM = Path(yuebao.web.__file__).parent
TEMPLATES = "\n".join(path.read_text(encoding="utf-8") for path in ROOM.glob("templates/**/*.html"))
CODE = "\n".join(path.read_text(encoding="utf-8") for path in ROOM.rglob("*.py") if path.name != "words.py")
FROM_DATA = {"error", "warning", "note", "year", "column", "person", "from", "to", "former", "proposed", "rank", "title", "honour", *MASTHEAD_FIELDS}


def test_every_word_asked_for_is_there():
    asked = set(re.findall(r"""{% say ['"]([a-z_]+)['"]""", TEMPLATES))
    assert asked - set(WORDS) == set()


def test_every_word_is_used():
    used = set(re.findall(r"""['"]([a-z_]+)['"]""", TEMPLATES + CODE))
    assert set(WORDS) - used - FROM_DATA == set()


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_have_the_same_blanks(key):
    chinese, english = WORDS[key]
    blanks = re.compile(r"{(\w+)}")
    for form in english.split("|"):
        assert set(blanks.findall(form)) <= set(blanks.findall(chinese))
    assert chinese
    assert english
    assert set(blanks.findall(chinese)) == set(blanks.findall(english))
    if key != "other_language":
        assert not re.search("[\u4e00-\u9fff]", english)
        assert not re.search("[A-Za-z]", re.sub("{.*?}|yuebao archive add", "", chinese))


@pytest.mark.parametrize("word", ["本刊", "本报", "任职", "刊物"])
def test_words_that_an_internal_material_may_not_use(word):
    assert word not in TEMPLATES + "".join(chinese for chinese, _ in WORDS.values())


def test_templates_say_nothing_in_chinese_themselves():
    allowed = re.sub("""[，；（）—《》·×→、]|join:"、\"""", "", TEMPLATES)
    assert re.findall("[\u4e00-\u9fff]+", allowed) == []


@pytest.mark.parametrize(("language", "key", "n", "wanted"), [
    ("zh", "items_n", 1, "1 条"), ("en", "items_n", 1, "1 item"), ("en", "items_n", 2, "2 items"), ("en", "items_n", 0, "0 items"),
])
def test_counting(language, key, n, wanted):
    assert say(language, key, n=n) == wanted


@pytest.mark.parametrize(("language", "parts", "wanted"), [
    ("zh", (2025, 4, 4, None), "2025年第4期"), ("en", (2025, 4, 4, None), "2025 no. 4"), ("zh", (2025, 4, None, None), "2025年4月"),
    ("en", (2025, 4, None, None), "April 2025"), ("zh", (2025, None, None, None), "2025年"), ("en", (2025, None, None, None), "2025"),
])
def test_names_of_issues(language, parts, wanted):
    assert issue_name(language, *parts) == wanted


DETAILS = {"count": 3, "title": "要闻（一）", "level": 2, "text": "会议（甲）\n召开"}


@pytest.mark.parametrize("code", sorted(glossary.PROBLEMS))
def test_what_a_problem_says_is_said_in_english_with_its_details(code):
    said = glossary.problem(code, 0, 1, **DETAILS)
    assert glossary.said_of(said) == said.message
    assert glossary.said_of(said, "en") == glossary.PROBLEMS[code][1].format(**DETAILS)


def test_a_problem_of_another_version_is_said_as_it_stands():
    odd = replace(glossary.problem("S012", 0, 1), message="旧版本的话")
    assert glossary.said_of(odd, "en") == "旧版本的话"
    assert glossary.said_of(replace(odd, code="S999"), "en") == "旧版本的话"
