"""The query language, as an editor types it; and what it finds in two invented months."""

from datetime import date

import pytest

from archive.homes import archive_at, stand_ins
from yuebao import archive, ask
from yuebao.archive.folding import normalise, simplified
from yuebao.ask.queries import Wanted, read_query
from yuebao.errors import UsageError

SPRING = {"from_": date(2025, 3, 1), "to": date(2025, 5, 31)}


@pytest.mark.parametrize(("text", "wanted"), [
    ("", {}),
    ("  ", {}),
    ("云湖　防汛", {"words": ("云湖", "防汛")}),
    ("“环云 湖路” 通车", {"words": ("环云 湖路", "通车")}),
    ('"环云 湖路"通车', {"words": ("环云 湖路", "通车")}),
    ("「环云 湖路」", {"words": ("环云 湖路",)}),
    ("《云陵旧志》", {"words": ("《云陵旧志》",)}),
    ("“双拥”模范城", {"words": ("“双拥”模范城",)}),  # a quotation is part of the text
    ("获评“双拥”", {"words": ("获评“双拥”",)}),
    ("防汛 -会商", {"words": ("防汛",), "not_words": ("会商",)}),
    ("防汛 －会商", {"words": ("防汛",), "not_words": ("会商",)}),
    ("防汛 不含 会商", {"words": ("防汛",), "not_words": ("会商",)}),
    ("防汛 不含：会商", {"words": ("防汛",), "not_words": ("会商",)}),
    ('防汛 -"会商 会"', {"words": ("防汛",), "not_words": ("会商 会",)}),
    ("不含税", {"words": ("不含税",)}),
    ("京-沪 -- -", {"words": ("京-沪", "--", "-")}),
    ("人物：郑文柏 防汛", {"words": ("防汛",), "fields": (("person", "郑文柏"),)}),
    ("person:郑文柏", {"fields": (("person", "郑文柏"),)}),
    ("Person: 郑文柏", {"fields": (("person", "郑文柏"),)}),
    ("地名：云湖 机构:水利局 项目：“环云湖路 二期”", {
        "fields": (("place", "云湖"), ("organisation", "水利局"), ("project", "环云湖路 二期"))}),
    ("栏目：经济 -职务：副市长", {"fields": (("column", "经济"),), "not_fields": (("office", "副市长"),)}),
    ("年份：2025年", {"fields": (("year", "2025"),)}),
    ("专家：要早作准备", {"words": ("专家：要早作准备",)}),  # as titles have it
    ("http://yunling.invalid", {"words": ("http://yunling.invalid",)}),
    ("人物：", {}),
    ("2025-03..2025-05", SPRING),
    ("2025年3月—5月", SPRING),
    ("２０２５年３月至５月", SPRING),
    ("2025.3..2025.5 防汛", {**SPRING, "words": ("防汛",)}),
    ("2025年3月1日 — 2025年5月31日", SPRING),
    ("日期：2025年3月—5月", SPRING),
    ("date:2025-03", {"from_": date(2025, 3, 1), "to": date(2025, 3, 31)}),
    ("日期：2024年", {"from_": date(2024, 1, 1), "to": date(2024, 12, 31)}),
    ("日期：2024年2月", {"from_": date(2024, 2, 1), "to": date(2024, 2, 29)}),
    ("2025年4月3日至12日", {"from_": date(2025, 4, 3), "to": date(2025, 4, 12)}),
    ("2025-03..", {"from_": date(2025, 3, 1)}),
    ("2025年3月至今", {"from_": date(2025, 3, 1)}),
    ("..2025-05", {"to": date(2025, 5, 31)}),
    ("2025-03.. ..2025-05", SPRING),
    ("2025年3月", {"words": ("2025年3月",)}),  # one date by itself is what stands in the text
    ("2020—2023年规划", {"words": ("2020—2023年规划",)}),
])
def test_what_is_typed(text, wanted):
    assert read_query(text) == Wanted(**wanted)


@pytest.mark.parametrize(("text", "code"), [
    ('"环云 湖路', "E215"), ("“环云 湖路", "E215"), ("人物：“郑", "E215"),
    ("color:red", "E216"), ("作者：郑文柏", "E216"), ("-foo:x", "E216"),
    ("日期：四月", "E217"), ("2025-13..2025-14", "E217"), ("2025-05..2025-03", "E217"), ("date:2025-02-30", "E217"), ("年份：今年", "E217"),
    ("..5月", "E217"),
])
def test_what_is_wrong_is_told(text, code):
    with pytest.raises(UsageError, match=code):
        read_query(text)


def test_what_is_known_is_told_with_it():
    with pytest.raises(UsageError) as caught:
        read_query("color:red")
    assert "人物/person" in caught.value.advice()


# ---- traditional characters ----


@pytest.mark.parametrize(("typed", "plain"), [
    ("鄭文柏", "郑文柏"), ("環雲湖路", "环云湖路"), ("頭髮", "头发"), ("乾隆", "乾隆"), ("瞭望", "瞭望"), ("陈昇", "陈昇"),
])
def test_traditional_characters_are_found_as_simplified_ones(typed, plain):
    assert normalise(typed) == normalise(plain) == plain


def test_the_table_leads_nowhere_twice():
    table = simplified()
    assert len(table) > 3000
    assert not set(table) & set(table.values())


# ---- in an archive ----


@pytest.fixture(scope="module")
def town(tmp_path_factory, new_home, django_db_blocker):
    """An archive of two months."""
    folder = tmp_path_factory.mktemp("queries")
    with pytest.MonkeyPatch.context() as patched, archive_at(folder / "home", new_home, django_db_blocker) as home:
        patched.setenv("YUEBAO_HOME", str(home))
        stages = stand_ins(patched)
        for name, text in (("april", stages.APRIL), ("may", stages.MAY)):
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        assert [added.state for added in archive.add([folder / "april.txt", folder / "may.txt"])] == ["added"] * 2
        yield home


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(("query", "found"), [
    ("防汛", {(4, 2), (5, 1)}),
    ("防汛 -泵站", {(5, 1)}),
    ("-防汛", {(4, 1), (4, 3), (4, 4), (5, 2)}),
    ("環雲湖路", {(4, 2), (5, 2)}),
    ("ＡＢＣ三类", {(4, 2)}),
    ("“环云 湖路”", {(4, 2), (5, 2)}),
    ("人物：鄭文柏", {(4, 1), (5, 1)}),
    ("人物：郑文", set()),
    ("-人物：郑文柏", {(4, 2), (4, 3), (4, 4), (5, 2)}),
    ("职务：市长", {(4, 3), (5, 2)}),  # a 副市长 is none
    ("职务：副市长", {(4, 1), (4, 2)}),
    ("栏目：经济 人物：秦墨之 -通车", {(4, 3)}),
    ("年份：2024", set()),
    ("云 2025-05..", {(4, 4), (5, 2)} - {(4, 4)}),
    ("2025年4月—5月 云湖", {(4, 2), (5, 2)}),
])
def test_what_is_found(query, found):
    assert {(hit.citation.month, hit.number) for hit in ask.search(query).hits} == found


@pytest.mark.usefixtures("town")
def test_by_relevance_headlines_come_first():
    hits = ask.search("防汛", order="relevance").hits
    assert all("防汛" in hit.headline for hit in hits)
    assert [hit.number for hit in ask.search("环云湖路", order="relevance").hits] == [2, 2]
    assert ask.search("环云湖路", order="relevance").hits[0].headline == "环云湖路通车"


@pytest.mark.usefixtures("town")
def test_where_nothing_holds_the_words_the_nearest_are_offered():
    query = "环云湖路泵站通车"
    assert ask.search(query).total == 0
    nearest = ask.similar(query)
    assert {hit.headline for hit in nearest[:2]} == {"环云湖路通车", "何令仪检查防汛准备"}
    assert nearest[0].snippet.marks
    assert ask.similar("-防汛") == ask.similar("") == ask.similar("泵") == ()
