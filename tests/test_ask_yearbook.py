"""The material of a yearbook by an outline, what print lacks of it, and a contributor's draft against the twelve issues."""

from datetime import date

import pytest
from typer.testing import CliRunner

from archive.homes import archive_at
from yuebao import archive, lexicon, pipeline, samples
from yuebao.ask import contributed, rolling
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


PLANTED = {
    "该工程总投资4.6亿元，修复湿地1.1万亩。": ("总投资", "4.6亿元", "4.2亿元"),
    "2月12日，望川轴承产业园三期项目签约，总投资15.6亿元，占地460亩。": ("占地（亩）", "460亩", "480亩"),
    "10月21日，云澜智能算力中心项目在高新区开工，总投资30亿元。": ("开工日期", "10月21日", "10月20日"),
    "2月27日，东屿市代表团来云考察内河航运，市委副书记祁少波陪同。": ("职务", "市委副书记祁少波", "副市长祁少波"),
    "2月10日，市委常委会召开第87次会议，研究作风建设和乡村全面振兴工作。": ("会次", "第87次", "第86次"),
}
TRUE = (
    "2月20日，鹭汀湖生态修复工程开工。",
    "2月13日，市长梁以宁主持召开市政府第62次常务会议，研究招商引资和城镇燃气管网更新工作。",
    "10月18日，第七届云陵竹文化节在桐坞县开幕，签约项目12个，总投资8.9亿元。",
    "10月12日，丰岭市矿山公园开园，占地860亩，丰岭市委书记雷振声出席。",
    "2月23日，梧川县启动矿区道路硬化，计划硬化道路36公里。",
)
UNKNOWN = "7月8日，青麓县机关食堂升级改造完成，总投资80万元。"
DRAFT = "云陵市年鉴来稿\n" + TRUE[0] + "\n".join([*PLANTED, *TRUE[1:], UNKNOWN])


def checked(text):
    item = pipeline.annotate_single("来稿.txt", text.encode(), date(2025, 12, 31))
    return contributed.check(item, rolling.events_of(2025, rolling.series_of()), 2025, "云陵市")


def test_a_draft_against_print(year):  # noqa: ARG001
    result = checked(DRAFT)
    found = {d.sentence: (d.label, d.shown, d.printed) for d in result.differences}
    assert found == PLANTED
    assert all("《云陵月报》2025年第" in d.citation.text() for d in result.differences)
    assert all(d.printed in d.printed_sentence or d.label in ("职务", "开工日期") for d in result.differences)
    assert result.unknown == (UNKNOWN,)
    assert result.found == len(PLANTED) + len(TRUE)


@pytest.mark.parametrize(("sentence", "label", "shown", "printed"), [
    ("2月14日，市政府第62次常务会议召开。", "日期", "2月14日", "2月13日"),
    ("10月18日，第七届云陵竹文化节在桐坞县开幕，签约项目21个。", "数字", "21个", "12个"),
    ("10月13日，丰岭市矿山公园开园，占地860亩。", "日期", "10月13日", "10月12日"),
    ("2月18日，市长梁以宇到柳泊县调研春耕备耕。", "姓名", "梁以宇", "梁以宁"),
    ("鹭汀湖生态修复项目总投资4.2亿元。", "名称", "鹭汀湖生态修复项目", "鹭汀湖生态修复工程"),
])
def test_what_differs(year, sentence, label, shown, printed):  # noqa: ARG001
    assert [(d.label, d.shown, d.printed) for d in checked(sentence).differences] == [(label, shown, printed)]


@pytest.mark.parametrize("sentence", [
    "2月6日，云陵市高质量发展推进会召开，云陵市委书记纪明川讲话。",  # the office with its place
    "鹭汀湖生态修复工程修复湿地11000亩。",  # another unit
    "鹭汀湖生态修复工程总投资约4亿元。",  # a round sum that is said to be one
    "全市用电量稳步增长，6月用电量7.3亿千瓦时。",  # a monthly report is not contradicted by another month's
])
def test_what_does_not(year, sentence):  # noqa: ARG001
    assert not checked(sentence).differences


def test_print_is_not_contradicted_by_itself(year):  # noqa: ARG001
    """The accounts of a month as a draft."""
    events = rolling.events_of(2025, rolling.series_of())
    result = checked("\n".join(event.text for event in events if event.month == 3))
    assert not result.differences


def test_the_command_checks_a_draft(year, tmp_path):
    (tmp_path / "来稿.txt").write_text(DRAFT, encoding="utf-8")
    run = CliRunner().invoke(app, ["yearbook", "2025", "--check", str(tmp_path / "来稿.txt"), "-o", str(tmp_path / "核.tsv"), "--home", str(year)])
    assert run.exit_code == 0, run.output
    rows = [line.split("\t") for line in (tmp_path / "核.tsv").read_text(encoding="utf-8").splitlines()]
    assert [row[0] for row in rows].count("各期未载") == 1
    assert "请核" in rows[1][0]
    assert {len(row) for row in rows} == {7}
