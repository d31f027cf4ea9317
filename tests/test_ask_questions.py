"""A hundred questions on the sample year, written before the program was run on them; twenty of them have no answer in print."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from yuebao import archive, ask

GOLD = json.loads((Path(__file__).parent / "gold" / "questions.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def held(year):  # noqa: ARG001
    """The events of the sample year, and the texts of its items."""
    from yuebao.ask import rolling

    texts = {(line.key, item.number): item.text for line in archive.issues() for item in archive.show(line.key).items()}
    return rolling.events_of(None, rolling.series_of()), texts


@pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold["question"])
def test_a_question(held, gold):
    from yuebao.ask import questions

    events, texts = held
    query = questions.read_question(gold["question"])
    answer = questions.answer(query, events, gold["question"])
    if gold["says"] is None:
        assert answer.sentence in ("查无记载", "没有读懂这个问题")
        assert answer.why
        return
    assert query
    for said in gold["says"]:
        assert said in answer.sentence
    if gold["passages"] is not None:
        assert len(answer.passages) == gold["passages"]
    assert answer.table
    for passage in answer.passages:  # each citation opens to the passage
        whole = texts[passage.citation.issue, passage.citation.item]
        assert re.sub(r"\s", "", passage.text) in re.sub(r"\s", "", whole)
    assert questions.Query.from_dict(query.to_dict()) == query


@pytest.mark.parametrize(("question", "others"), [
    ("2025年3月谁任青麓县委书记", ["鄢小军"]), ("2025年12月谁任石濑县委书记", ["蒲云山"]), ("2025年9月谁任青麓县委书记", ["费建业"]),
])
def test_those_of_another_time_are_not_named(held, question, others):
    from yuebao.ask import questions

    answer = questions.answer(questions.read_question(question), held[0], question)
    told = answer.sentence + "".join(cell for row in answer.table for cell in row)
    assert not [name for name in others if name in told]


def test_there_are_a_hundred_and_twenty_without_an_answer():
    assert len(GOLD) >= 100
    assert sum(gold["says"] is None for gold in GOLD) >= 20


@pytest.mark.parametrize(("office", "on", "attested", "appointed"), [
    ("青麓县委书记", date(2025, 4, 1), {"费建业"}, {"费建业"}),
    ("青麓县委书记", date(2025, 6, 11), set(), {"费建业"}),
    ("青麓县委书记", date(2025, 6, 12), {"鄢小军"}, {"鄢小军"}),
    ("青麓县委书记", date(2025, 9, 1), {"鄢小军"}, {"鄢小军"}),
    ("石濑县委书记", date(2025, 8, 1), {"蒲云山"}, {"蒲云山"}),
    ("石濑县委书记", date(2025, 11, 6), {"匡慧"}, {"匡慧"}),
    ("石濑县委书记", date(2025, 12, 1), {"匡慧"}, {"匡慧"}),
    ("市委书记", date(2025, 7, 15), {"纪明川"}, set()),
    ("市长", date(2025, 7, 15), {"梁以宁"}, {"梁以宁"}),
    ("桐坞县委书记", date(2025, 5, 1), {"干志远"}, set()),
])
def test_an_office_on_ten_days(held, office, on, attested, appointed):  # noqa: ARG001
    found = ask.office(office, on)
    assert {holder.name for holder in found.attested} == attested
    assert {row.person for row in found.appointed} == appointed


@pytest.mark.parametrize(("text", "shown"), [
    ("漪河大桥什么时候通车", "问法：某事在何时；事项：漪河大桥；动作：通车"),
    ("请问3月有哪些项目开工？", "问法：有哪些项目（开工、签约、建成）；动作：开工；起：2025-03-01；止：2025-03-31"),
    ("去年谁是市长", "问法：谁任某职；职务：市长；起：2024-01-01；止：2024-12-31"),
])
def test_the_query_is_shown(held, text, shown):  # noqa: ARG001
    from yuebao.ask import questions

    assert questions.read_question(text).shown() == shown


@pytest.mark.parametrize("text", ["", "？", "天气", "怎么样", "a" * 500, "谁" * 200, "什么时候" * 50, "\0\n", "云" * 2000])
def test_what_is_no_question_is_not_answered(held, text):
    from yuebao.ask import questions

    events, _ = held
    answer = questions.answer(questions.read_question(text), events, text)
    assert not answer.passages
    assert answer.why
