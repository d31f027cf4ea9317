"""Offices as written and the posts that they say; of which place an office is that names none."""

import pytest

from yuebao.archive.register.context import places_of
from yuebao.archive.register.posts import absolute, post_of, posts_of
from yuebao.model import Annotation, Item, PersonValue, PlaceValue

CITY = "云陵市"


@pytest.mark.parametrize(("office", "name", "is_full"), [
    ("市长", "云陵市长", True),
    ("云陵市市长", "云陵市长", True),
    ("云陵市长", "云陵市长", True),
    ("市人民政府市长", "云陵市长", True),
    ("副市长", "云陵市副市长", True),
    ("云陵市副市长", "云陵市副市长", True),
    ("市政府副市长", "云陵市副市长", True),
    ("常务副市长", "云陵市常务副市长", True),
    ("代市长", "云陵市代市长", True),
    ("市委书记", "云陵市委书记", True),
    ("云陵市市委书记", "云陵市委书记", True),
    ("中共云陵市委书记", "云陵市委书记", True),
    ("市人大常委会副主任", "云陵市人大常委会副主任", True),
    ("宣传部部长", "云陵市委宣传部长", True),
    ("市委宣传部长", "云陵市委宣传部长", True),
    ("东屿市副市长", "东屿市副市长", True),
    ("石濑县县长", "石濑县长", True),
    ("石濑县委书记", "石濑县委书记", True),
    ("东浦区区长", "东浦区长", True),
    ("市场监督管理局局长", "市场监督管理局长", True),
    ("市市场监督管理局局长", "云陵市市场监督管理局长", True),
    ("澜海港口集团董事长", "澜海港口集团董事长", True),
    ("县长", "县长", False),
    ("县委书记", "县委书记", False),
    ("副主任", "副主任", False),
    ("秘书长", "秘书长", False),
    ("公司董事长", "公司董事长", False),
    ("县农技站站长", "县农技站长", False),
    ("茶农", "茶农", False),
])
def test_a_post_in_a_series_of_the_city(office, name, is_full):
    post = posts_of((office,), CITY)[0]
    assert (post.name, post.is_full, post.standing) == (name, is_full, "held")


@pytest.mark.parametrize(("office", "standing", "name"), [
    ("原市长", "former", "原云陵市长"), ("前任市委书记", "former", "原云陵市委书记"), ("时任副市长", "former", "原云陵市副市长"),
    ("市长候选人", "proposed", "拟云陵市长"), ("拟任石濑县委书记", "proposed", "拟石濑县委书记"),
])
def test_an_office_that_is_not_held(office, standing, name):
    post = post_of(office, CITY)
    assert (post.standing, post.name) == (standing, name)
    assert post.base == name[1:]


@pytest.mark.parametrize(("office", "standing", "name"), [
    ("二级巡视员", "rank", "二级巡视员"), ("市政府二级巡视员", "rank", "云陵市政府二级巡视员"), ("一级警长", "rank", "一级警长"),
    ("澜江大学教授", "title", "澜江大学教授"), ("高级技师", "title", "高级技师"), ("主任医师", "title", "主任医师"),
    ("中国工程院院士", "honour", "中国工程院院士"), ("全国劳动模范", "honour", "全国劳动模范"),
    ("总工程师", "held", "总工程师"), ("项目指挥长", "held", "项目指挥长"), ("首席代表", "held", "首席代表"),
    ("原高级工程师", "former", "原高级工程师"), ("原平镇镇长", "held", "原平镇长"), ("市委原书记", "former", "原云陵市委书记"),
])
def test_a_rank_a_title_and_an_honour_are_told_from_offices(office, standing, name):
    post = post_of(office, CITY)
    assert (post.standing, post.name) == (standing, name)


def test_offices_that_the_text_says_are_past():
    posts = posts_of(("市长", "教授", "原区长"), CITY, are_past=True)
    assert [(post.name, post.standing) for post in posts] == [("原云陵市长", "former"), ("教授", "title"), ("原区长", "former")]


@pytest.mark.parametrize(("run", "names"), [
    (("市委常委", "组织部部长"), ["云陵市委常委", "云陵市委组织部长"]),
    (("市委常委", "秘书长"), ["云陵市委常委", "云陵市委秘书长"]),
    (("石濑县委常委", "宣传部部长"), ["石濑县委常委", "石濑县委宣传部长"]),
    (("县委常委", "组织部部长"), ["县委常委", "县委组织部长"]),
    (("市委副书记", "政法委书记"), ["云陵市委副书记", "云陵市委政法委书记"]),
    (("澜海港口集团党委书记", "董事长"), ["澜海港口集团党委书记", "澜海港口集团董事长"]),
    (("副市长", "总指挥"), ["云陵市副市长", "总指挥"]),
])
def test_a_run_shares_its_body(run, names):
    assert [post.name for post in posts_of(run, CITY)] == names


@pytest.mark.parametrize(("bare", "full", "fits"), [
    ("县长", "石濑县县长", True), ("副主任", "市人大常委会副主任", True), ("主任", "市人大常委会副主任", False), ("县长", "石濑县副县长", False),
    ("院长", "澜江大学校长", False), ("县长", "县长", False),
])
def test_what_a_bare_office_may_be(bare, full, fits):
    assert post_of(bare, CITY).may_be(post_of(full, CITY)) is fits


@pytest.mark.parametrize(("name", "place", "known_as"), [
    ("市水利局", CITY, "云陵市水利局"), ("云陵市水利局", CITY, "云陵市水利局"), ("中共云陵市委", CITY, "云陵市委"), ("市委", CITY, "云陵市委"),
    ("市场监管局", CITY, "市场监管局"), ("澜江大学", CITY, "澜江大学"), ("市水利局", None, "市水利局"), ("县医院", "石濑县", "石濑县医院"),
])
def test_a_body_with_its_place(name, place, known_as):
    assert absolute(name, place) == known_as


def item(text, *marks):
    """An item in which (name, offices…) are people, and a bare string a place."""
    annotations, at = [], 0
    for mark in marks:
        name = mark if isinstance(mark, str) else mark[0]
        at = text.index(name, at)
        value = PlaceValue(name) if isinstance(mark, str) else PersonValue(name, tuple(mark[1:]))
        annotations.append(Annotation("place" if isinstance(mark, str) else "person", at, at + len(name), value, "test"))
        at += len(name)
    return Item(1, None, None, None, text, (), annotations=tuple(annotations))


@pytest.mark.parametrize(("given", "places"), [
    (item("丰岭市委书记甲某、市长乙某参加", ("甲某", "丰岭市委书记"), ("乙某", "市长")), {"甲某": "丰岭市", "乙某": "丰岭市"}),
    (item("东屿市市长甲某来访，市长乙某陪同", ("甲某", "东屿市市长"), ("乙某", "市长")), {"甲某": "东屿市"}),
    (item("石濑县委书记甲某，县长乙某参加", ("甲某", "石濑县委书记"), ("乙某", "县长")), {"甲某": "石濑县", "乙某": "石濑县"}),
    (item("副市长甲某，县长乙某参加", ("甲某", "副市长"), ("乙某", "县长")), {}),
    (item("石濑县开渠。县长乙某到场", "石濑县", ("乙某", "县长")), {"乙某": "石濑县"}),
    (item("石濑县、梧川县开渠。县长乙某到场", "石濑县", "梧川县", ("乙某", "县长")), {}),
    (item("石濑县开渠。区长乙某到场", "石濑县", ("乙某", "区长")), {}),
])
def test_of_which_place_an_office_is(given, places):
    assert {a.value.name: place for a, place in places_of(given).items()} == places
