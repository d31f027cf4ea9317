"""Words of the lexicons in a text: what one pass of the segmenter tells is what looking at every place tells."""

import random

import pytest

from yuebao import lexicon, samples
from yuebao.annotate import annotate_text, lexis
from yuebao.annotate.passage import Passage
from yuebao.read import read


def at_every_place(text, words):
    longest = max(map(len, words))
    return [
        (start, text[start:end]) for start in range(len(text)) for end in range(start + 2, min(len(text), start + longest) + 1)
        if text[start:end] in words
    ]


def all_words():
    return frozenset().union(*lexis._lexicons())


@pytest.mark.parametrize("text", [
    "", "会", "书记、书记", "副总书记书记总书记", "人民银行行长江", "省委书记和市委书记，书记。", "G60科创走廊与长三角G60科创走廊", "校（院）长、院长",
    "县长CEO县长A县长1县长", "县长\u3007县长\U0002000b县长", "县长\n县长\u3000县长",
])
def test_every_word_is_found_where_it_stands(text):
    assert lexis._finder().find(text) == at_every_place(text, all_words())


def test_the_same_on_the_samples_and_on_words_in_any_order():
    words = sorted(all_words())
    draw = random.Random(7)
    texts = [read(path.name, path.read_bytes()).text for path in samples.paths()]
    texts += ["".join(draw.choice(words)[:draw.randrange(1, 9)] + draw.choice(["", "", "，", "的", "a1"]) for _ in range(40)) for _ in range(60)]
    for text in texts:
        assert lexis._finder().find(text) == at_every_place(text, all_words())


def test_the_longest_of_each_lexicon_by_place():
    standing = lexis.standing_in("省委总书记、市长出席北京市会议并讲话")
    assert standing.heads == {2: "总书记", 3: "书记", 6: "市长"}
    assert dict(lexis.in_turn(standing.heads)) == {2: "总书记", 6: "市长"}
    assert standing.verbs == {8: "出席", 16: "讲话"}
    assert standing.names == {10: "北京市"}


def test_names_begin_with_words_and_after_names_and_after_what_is_glued():
    passage = Passage.of("在北京市海淀区和平凉市举行")
    words = lexis.standing_in(passage.text).names
    assert list(lexis.begun_in(passage, words, frozenset())) == [
        (1, "北京市"), (4, "海淀区"), (7, "和平"), (4, "海淀区"), (7, "和平"), (7, "和平"), (8, "平凉市")]
    cut_in_two = Passage("和平凉市", bytes((1, 0, 1, 0, 1)), None, None, frozenset())
    assert list(lexis.begun_in(cut_in_two, {0: "和平", 1: "平凉市"}, frozenset("和"))) == [(0, "和平"), (1, "平凉市")]
    assert list(lexis.begun_in(cut_in_two, {0: "和平", 1: "平凉市"}, frozenset())) == [(0, "和平")]


@pytest.fixture
def own(tmp_path):
    def with_row(name, term):
        shipped = lexicon.rows(name)[0]
        row = {**shipped, "term": term}
        (tmp_path / f"{name}.tsv").write_text("\n".join("\t".join(cells) for cells in (row, row.values())) + "\n", encoding="utf-8")
        lexicon.use(tmp_path)

    yield with_row
    lexicon.use(None)


@pytest.mark.parametrize("name", sorted(lexicon.OF_TWO_CHARACTERS))
def test_a_term_of_one_character_in_the_offices_own_lexicon_is_named_by_line(own, name):
    with pytest.raises(lexicon.LexiconError, match=rf"{name}\.tsv:2: 甲: .*two"):
        own(name, "甲")
    lexicon.use(None)
    own(name, "甲乙丙")
    annotate_text("市委书记张明远到甲乙丙调研。", 2024, 3)


def test_words_of_the_offices_own_are_found_once_they_are_in_use(own):
    text = "云陵茶政使林知远出席会议。"
    assert not [a for a in annotate_text(text, 2024, 3) if a.layer == "person" and a.value.offices]
    own("offices", "茶政使")
    assert [a.value.name for a in annotate_text(text, 2024, 3) if a.layer == "person" and a.value.offices] == ["林知远"]
