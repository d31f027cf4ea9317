"""The material of a yearbook by an outline, what print lacks of it, and a contributor's draft against the twelve issues."""

import pytest
from typer.testing import CliRunner

from archive.homes import archive_at
from yuebao import archive, lexicon, samples
from yuebao.ask import rolling
from yuebao.ask import yearbook as ask
from yuebao.cli import app
from yuebao.errors import ArchiveError, UsageError

HEAD = "term\tcategory\tsection\twords\tcolumns\tbodies\tfrom_on\tuntil_on\tsource\n"


@pytest.fixture(scope="module")
def year(tmp_path_factory, new_home, django_db_blocker):
    """An archive of the sample year; read by every test, altered by none."""
    with pytest.MonkeyPatch.context() as patched:
        folder = tmp_path_factory.mktemp("year") / "home"
        patched.setenv("YUEBAO_HOME", str(folder))
        with archive_at(folder, new_home, django_db_blocker) as home:
            list(archive.add(samples.year()))
            yield home


def test_every_event_is_filed_once_and_cited(year):  # noqa: ARG001
    made = ask.yearbook(2025)
    assert sorted(one.event.name for one in made.filed) == sorted(event.name for event in rolling.events_of(2025, made.series))
    assert sum(one.section is ask.UNFILED for one in made.filed) <= 10
    document = ask.yearbook_document(made)
    texts = [item.text for item in document.items() if item.headline != ask.SURVEY]
    assert len(texts) == len(made.filed)
    assert all("《云陵月报》2025年第" in text for text in texts)
    assert [item.number for item in document.items()] == list(range(1, len(document.items()) + 1))
    first = document.columns[0]
    assert (first.title, first.items[0].headline, first.columns[0].title) == ("中国共产党地方委员会", "概况", "重要会议")


@pytest.mark.parametrize(("headline", "category", "section"), [
    ("市委常委会召开第86次会议", "中国共产党地方委员会", "重要会议"),
    ("市政府第62次常务会议召开", "人民政府", "重要会议"),
    ("纪明川到石濑县调研中小河流治理", "中国共产党地方委员会", "重要活动"),
    ("梁以宁到市民服务中心调研", "人民政府", "重要活动"),
    ("邬静娴督办重点提案", "政协", "协商和委员工作"),
    ("云陵至宁澜城际铁路开始铺轨", "交通邮电", "交通运输"),
    ("柳泊县晚稻喜获丰收", "农业农村", "农业"),
    ("云陵一中百年校庆举行", "教育科技", "教育"),
    ("第七届云陵竹文化节开幕", "文化旅游体育", "文化和文物"),
    ("云陵市流感疫苗集中接种启动", "社会生活", "卫生健康"),
    ("丰岭市矿山公园开园", "县（市、区）", "县区动态"),
])
def test_where_it_is_filed(year, headline, category, section):  # noqa: ARG001
    found = next(one.section for one in ask.yearbook(2025).filed if one.event.headline == headline)
    assert (found.category, found.section) == (category, section)


def test_what_print_lacks_is_named(year):  # noqa: ARG001
    rows = ask.lacking_rows(ask.yearbook(2025))
    assert ["08.04", "经济", "财政税务和金融", "各期未载，由供稿单位提供"] in rows
    assert {row[1] for row in rows[1:] if row[2] == "概况"} == {row["category"] for row in lexicon.rows("yearbook_outline")}


def test_turns_are_marked(year):  # noqa: ARG001
    made = ask.yearbook(2025)
    assert not [one for one in made.filed if "我市" in one.text + (one.headline or "")]
    assert ["我市", "云陵市"] in [row[2:4] for row in ask.turned_rows(made)]


def test_an_outline_of_the_office_s_own(year):  # noqa: ARG001
    made = ask.yearbook(2025, outline=f"{HEAD}02\t水\t水利\t水库\t\t\t-\t-\t本室\n01\t水\t旱\t抗旱\t\t\t-\t-\t本室\n03\t雪\t雪\t暴雪\t\t\t-\t-\t本室\n")
    assert {one.section.category for one in made.filed} == {"水", "未归类"}
    assert [section.code for section in made.empty] == ["03"]
    document = ask.yearbook_document(made)
    assert [column.title for column in document.columns] == ["水", "未归类"]
    assert [column.title for column in document.columns[0].columns] == ["旱", "水利"]


@pytest.mark.parametrize("outline", ["term\tcategory\n01\t水\n", f"{HEAD}01\t水\t水利\t(\t\t\t-\t-\t本室\n", f"{HEAD}01\t水\n"])
def test_a_fault_in_the_outline(year, outline):  # noqa: ARG001
    with pytest.raises(UsageError) as caught:
        ask.yearbook(2025, outline=outline)
    assert caught.value.code == "E208"


def test_a_year_that_is_not_there(year):  # noqa: ARG001
    with pytest.raises(ArchiveError) as caught:
        ask.yearbook(1999)
    assert caught.value.code == "E404"


def test_the_sections_of_a_category_stand_together():
    codes = {row["term"]: row["category"] for row in lexicon.rows("yearbook_outline")}
    assert len({(code.split(".")[0], category) for code, category in codes.items()}) == len(set(codes.values()))
    assert all(codes[row["term"]] == row["category"] for row in lexicon.rows("yearbook_outline"))


def test_the_command(year, tmp_path):
    run = CliRunner().invoke(app, ["yearbook", "2025", "-o", str(tmp_path / "年鉴.txt"), "--home", str(year)])
    assert run.exit_code == 0, run.output
    assert "水利" in (tmp_path / "年鉴.txt").read_text(encoding="utf-8")
    assert (tmp_path / "年鉴.所缺.tsv").read_text(encoding="utf-8").startswith("编号\t类目\t分目\t所缺\n")
