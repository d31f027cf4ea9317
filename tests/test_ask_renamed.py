"""What has been renamed is found under the new name and the old: on its page, and in a search by the field."""

import pytest

from yuebao import archive, ask
from yuebao.ask import things

TABLE = "term\tsuccessor\tfrom_on\tsource\n市卫生计生委\t市卫生健康委\t2019-01\t机构改革\n大浦公社\t大浦乡\t1984-03\t区划调整\n"


@pytest.fixture(scope="module")
def renamed(year):
    path = year / "lexicon" / "successions.tsv"
    path.write_text(TABLE, encoding="utf-8")
    archive.setup(year)
    yield year
    path.unlink()
    archive.setup(year)


def items(query):
    return {(hit.issue, hit.number) for hit in ask.search(query, limit=500).hits}


@pytest.mark.usefixtures("renamed")
@pytest.mark.parametrize(("new", "old"), [
    ("机构：市卫生健康委", "机构：市卫生计生委"), ("机构：市卫生健康委", "机构：云陵市卫生计生委"), ("机构：卫生健康委", "机构：卫生计生委"), ("地名：大浦乡", "地名：大浦公社"),
])
def test_a_search_by_the_old_name_finds_what_bears_the_new(new, old):
    assert items(old) == items(new) != set()


@pytest.mark.usefixtures("renamed")
def test_others_are_not_found_with_them():
    assert items("机构：市统计局").isdisjoint(items("机构：市卫生计生委") - items("市统计局"))
    assert items("机构：市发展计划委") == set()


@pytest.mark.usefixtures("renamed")
@pytest.mark.parametrize(("layer", "old", "new"), [("organisation", "市卫生计生委", "云陵市卫生健康委"), ("place", "大浦公社", "大浦乡")])
def test_a_page_tells_the_history(layer, old, new):
    found = things.named(layer, old)
    assert new in {row.after for row in found.successions}
    assert {row.before for row in things.named(layer, new).successions} == {row.before for row in found.successions}
