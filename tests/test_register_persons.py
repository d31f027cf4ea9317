"""Which mentions are one person: each kind of evidence, what stays apart, what people decided; the order of giving does not matter."""

import random
from datetime import date

import pytest

from yuebao.archive.register.persons import Ruling, Sighting, Spot, persons

CITY = "云陵市"


def seen(n, offices=(), on="2025-04-01", name="郑文柏", place=CITY, sentences=()):
    """The n-th sighting; its key and text hash tell its number."""
    day = date.fromisoformat(on)
    runs = ((tuple(offices), place),) if offices else ()
    return Sighting(("k", n), name, day, day, place, f"h{n}", ((0, 3),), runs, tuple(sentences))


def spot(n):
    return Spot(f"h{n}", 0, 3)


def groups(sightings, rulings=()):
    """The numbers of the sightings of each person, and of what is open, marked."""
    return [("?" if p.is_open else "") + " ".join(str(s.key[1]) for s, _ in p.sightings) for p in persons(sightings, rulings)]


CASES = [
    ("the same full office", [seen(1, ["市长"]), seen(2, ["云陵市市长"])], ["1 2"]),
    ("another office", [seen(1, ["市长"]), seen(2, ["石濑县委书记"])], ["1", "2"]),
    ("offices given together", [seen(1, ["市长"]), seen(2, ["市委副书记", "市长"]), seen(3, ["市委副书记"])], ["1 2 3"]),
    ("the same office of another city", [seen(1, ["市长"]), seen(2, ["市长"], place="东屿市")], ["1", "2"]),
    ("the same office a term later", [seen(1, ["市长"]), seen(2, ["市长"], "2031-04-02")], ["1", "2"]),
    ("the same office, printed in between", [seen(1, ["市长"]), seen(2, ["市长"], "2028-04-02"), seen(3, ["市长"], "2031-04-02")], ["1 2 3"]),
    ("a former office is evidence too", [seen(1, ["市长"]), seen(2, ["原市长"], "2026-01-01")], ["1 2"]),
    ("a bare office that fits one", [seen(1, ["石濑县县长"]), seen(2, ["县长"])], ["1 2"]),
    ("a bare office that fits none", [seen(1, ["市长"]), seen(2, ["县长"])], ["1", "2"]),
    ("a bare office that fits two", [seen(1, ["石濑县县长"]), seen(2, ["梧川县县长"]), seen(3, ["县长"])], ["1", "2", "?3"]),
    ("bare offices among themselves", [seen(1, ["馆长"]), seen(2, ["馆长"]), seen(3, ["馆长"], "2027-01-01")], ["1 2", "3"]),
    ("no office, one of the name", [seen(1, ["市长"]), seen(2)], ["1 2"]),
    ("no office, two of the name", [seen(1, ["市长"]), seen(2, ["石濑县县长"]), seen(3)], ["1", "2", "?3"]),
    ("no office at all", [seen(1), seen(2), seen(3, on="2027-04-01")], ["1 2", "3"]),
    ("no office, long after", [seen(1, ["市长"]), seen(2, on="2031-04-01")], ["1", "2"]),
    ("a role counts for a year", [seen(1, ["雾坪镇茶农"]), seen(2, ["雾坪镇茶农"], "2026-01-01"), seen(3, ["雾坪镇茶农"], "2027-06-01")], ["1 2", "3"]),
    ("an appointment names both", [
        seen(1, ["石濑县县长"]), seen(2, ["石濑县委书记"], sentences=["决定：郑文柏任石濑县委书记，不再担任石濑县县长；"])], ["1 2"]),
    ("a release names the other", [
        seen(1, ["石濑县县长"]), seen(2, ["石濑县委书记"]), seen(3, ["石濑县委书记"], sentences=["会议决定免去郑文柏的石濑县县长职务"])], ["1 2 3"]),
    ("an appointment of somebody else", [
        seen(1, ["石濑县县长"]), seen(2, ["石濑县委书记"], sentences=["郑文柏任石濑县委书记，何令仪任石濑县县长。"])], ["1", "2"]),
    ("a sentence with a director in it", [
        seen(1, ["市委书记"]), seen(2, ["省水利厅厅长"], sentences=["省水利厅厅长郑文柏讲话，市委书记何令仪、副主任秦墨之出席。"])], ["1", "2"]),
    ("a sentence that only names both", [
        seen(1, ["石濑县县长"]), seen(2, ["石濑县委书记"], sentences=["石濑县委书记郑文柏会见石濑县县长何令仪。"])], ["1", "2"]),
]


@pytest.mark.parametrize(("sightings", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_evidence(sightings, expected):
    assert groups(sightings) == expected
    for seed in range(4):
        mixed = random.Random(seed).sample(sightings, len(sightings))
        assert groups(mixed) == expected


def test_the_evidence_is_said():
    found = persons([seen(1, ["石濑县县长"]), seen(2, ["县长"]), seen(3), seen(4, ["石濑县县长"])])
    assert [(s.key[1], why) for s, why in found[0].sightings] == [(1, "office"), (2, "short"), (3, "name"), (4, "office")]


def test_a_merge_joins_and_a_later_split_parts_again():
    both = [seen(1, ["市长"]), seen(2, ["石濑县委书记"]), seen(3, ["市长"])]
    merged = Ruling("merge", (spot(1), spot(2)))
    assert groups(both, [merged]) == ["1 2 3"]
    assert groups(both, [merged, Ruling("split", (spot(3),))]) == ["1 2", "3"]
    assert groups(both, [merged, Ruling("split", (spot(2),))]) == ["1 3", "2"]
    assert groups(both, [Ruling("split", (spot(3),)), Ruling("merge", (spot(1), spot(3)))]) == ["1 3", "2"]


def test_a_merge_joins_two_names():
    found = persons([seen(1, ["副市长"]), seen(2, ["副市长"]), seen(3, ["副市长"], name="郑文伯")], [Ruling("merge", (spot(1), spot(3)))])
    assert [(p.name, p.names) for p in found] == [("郑文柏", {"郑文柏": 2, "郑文伯": 1})]


def test_two_names_stay_apart_without_a_ruling():
    assert groups([seen(1, ["副市长"]), seen(2, ["副市长"], name="郑文伯")]) == ["1", "2"]


def test_a_ruling_whose_text_is_gone_says_nothing():
    assert groups([seen(1, ["市长"]), seen(2, ["石濑县委书记"])], [Ruling("merge", (spot(1), spot(9)))]) == ["1", "2"]


def test_a_split_is_not_said_again_every_month():
    """What is printed later with an office that only the other one has goes along with him."""
    doctor, mayor = ["市人民医院院长"], ["副市长"]
    year = [seen(1, mayor), seen(2, doctor), seen(3, mayor), seen(4, doctor), seen(5, mayor)]
    joined = Ruling("merge", (spot(1), spot(2)))
    assert groups(year, [joined]) == ["1 2 3 4 5"]
    assert groups(year, [joined, Ruling("split", (spot(2),))]) == ["1 3 5", "2 4"]


def test_a_former_mayor_and_a_candidate_are_no_evidence_of_holding():
    assert [post.standing for _, post in seen(1, ["原市长", "副市长候选人"]).posts()] == ["former", "proposed"]
