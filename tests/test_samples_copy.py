"""The sample month of copy: sixty texts, each registered once, and a gold that says what truly stands in them."""

import csv
import email
import email.policy
import json

import pytest

from yuebao import pipeline, samples
from yuebao.errors import InputError

GOLD = json.loads(samples.copy_gold_path().read_text(encoding="utf-8"))
ROWS = {row["name"]: row for row in csv.DictReader(samples.copy_register_path().read_text(encoding="utf-8").splitlines(), delimiter="\t")}


@pytest.fixture(scope="module")
def said():
    """The text of each file, by its name, as the reader has it."""
    return {path.name: words_of(path) for path in samples.copy()}


def words_of(path):
    if path.suffix == ".eml":
        letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        files = [(part.get_filename(), part.get_content()) for part in letter.iter_attachments()]
        return "".join(read_text(name, data) for name, data in files or [("letter.txt", letter.get_content().encode())])
    return read_text(path.name, path.read_bytes())


def read_text(name, data):
    from yuebao.read import read

    return read(name, data).text.replace("\n", "")


def test_sixty_texts_each_registered_once():
    assert [path.name for path in samples.copy()] == list(ROWS)
    assert len(ROWS) == 60


def test_the_register_says_of_each_whence_it_came():
    for row in ROWS.values():
        assert row["origin_kind"] in {"contributed", "gathered", "reprinted"}
        assert bool(row["contributor"]) == (row["origin_kind"] == "contributed")
        assert bool(row["outlet"]) != bool(row["contributor"])
        assert row["date"].startswith("2026-01-")
    assert len({row["contributor"] for row in ROWS.values()} - {""}) == 12


def test_the_gold_names_files_that_are_there():
    named = [name for story in GOLD["stories"] for name in story]
    others = [GOLD["refused"]["name"], GOLD["flagged"]["name"], *GOLD["round_ups"], *GOLD["not_for_a_bulletin"]]
    assert set(named + others) <= ROWS.keys()
    assert len(set(named + others)) == len(named + others)
    assert [len(story) for story in GOLD["stories"]].count(4) == 1
    assert all(2 <= len(story) <= 4 for story in GOLD["stories"])


def test_each_planted_difference_stands_in_its_texts(said):
    story_of = {name: n for n, story in enumerate(GOLD["stories"]) for name in story}
    for difference in GOLD["differences"]:
        assert len(set(difference["said"].values())) == 2, difference
        assert len({story_of[name] for name in difference["said"]}) == 1, difference
        for name, words in difference["said"].items():
            assert words in said[name], (name, words)


def test_what_a_person_must_look_at_stands_in_its_text(said):
    for passage in GOLD["flagged"]["passages"].values():
        assert passage in said[GOLD["flagged"]["name"]]


def test_the_text_with_a_mark_of_secrecy_is_refused():
    path = next(path for path in samples.copy() if path.name == GOLD["refused"]["name"])
    with pytest.raises(InputError) as refused:
        pipeline.take_copy(path.name, path.read_bytes(), 1)
    assert refused.value.code == GOLD["refused"]["code"]
