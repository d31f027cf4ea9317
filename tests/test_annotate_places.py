"""Places: atomic names, what only looks like one, codes of GB/T 2260 and which of several divisions of one name is meant."""

import re

import pytest

from yuebao.annotate import annotate, annotate_text
from yuebao.annotate.divisions import code_of, home_of
from yuebao.lexicon import rows
from yuebao.model import Masthead
from yuebao.pipeline import read_bytes


def found(text):
    return [text[a.start:a.end] for a in annotate_text(text, 2024, 3) if a.layer == "place"]


@pytest.mark.parametrize(("text", "expected"), [
    # divisions, one by one
    ("到郏县、汝州市调研。", ["郏县", "汝州市"]),
    ("在河南省郑州市金水区举行。", ["河南省", "郑州市", "金水区"]),
    ("舞钢市、郏县作交流发言。", ["舞钢市", "郏县"]),
    ("来自三门峡、南阳、商丘的队员参加。", ["三门峡", "南阳", "商丘"]),
    ("江苏省和平顶山市结对。", ["江苏省", "平顶山市"]),
    ("在巴黎、东京和哈萨克斯坦举行。", ["巴黎", "东京", "哈萨克斯坦"]),
    ("长江、黄河流域和长三角联动。", ["长江", "黄河流域", "长三角"]),
    # towns, villages, communities
    ("走进郏县北岭镇石羊赵村。", ["郏县", "北岭镇", "石羊赵村"]),
    ("来到光明路街道体育场社区。", ["光明路街道", "体育场社区"]),
    ("在石桥镇邢庄村、师庄村察看。", ["石桥镇", "邢庄村", "师庄村"]),
    ("到涞水县赵各庄镇救援。", ["涞水县", "赵各庄镇"]),
    ("到禾坪县井字镇花山村和七里乡。", ["井字镇", "花山村", "七里乡"]),
    ("走进中山街道、龙泉街道和长江路街道。", ["中山街道", "龙泉街道", "长江路街道"]),
    ("选址九里亭街道，选在天伦湾小区。", ["九里亭街道", "天伦湾小区"]),
    ("旅客在锦州南站乘车。", ["锦州南站"]),
    ("浦东、海淀和武进联动。", ["浦东", "海淀", "武进"]),
    ("他是安徽青阳人，曾在广西北海工作。", ["安徽", "青阳", "广西", "北海"]),
    ("黄南州、伊犁州和恩施州结对。", ["黄南州", "伊犁州", "恩施州"]),
    ("豫西北局部有雨，华北地区有大风。", ["豫西北", "华北地区"]),
    ("位于金沙江西路。", ["金沙江西路"]),
    ("到瑞金二路街道、独山港镇走访。", ["瑞金二路街道", "独山港镇"]),
    ("鹤壁淇县云梦山景区闭园。", ["鹤壁", "淇县", "云梦山景区"]),
    ("江苏省盐城市盐南高新区挂牌。", ["江苏省", "盐城市", "盐南高新区"]),
    ("在江永县松柏瑶族乡举行。", ["江永县", "松柏瑶族乡"]),
    ("涉及沪昆铁路和莘庄工业区。", ["沪昆铁路", "莘庄工业区"]),
    ("辖屯溪、黄山、徽州三区。", ["屯溪", "黄山", "徽州"]),
    ("走进禾台镇西马庄村。", ["禾台镇", "西马庄村"]),
    ("辐射林湾、社湾、西许湾等6个村。", ["林湾", "社湾", "西许湾"]),
    # roads, waters, works on them
    ("在龙翔大道与梅园路交叉口施工。", ["龙翔大道", "梅园路"]),
    ("行至建设路与健民路附近。", ["建设路", "健民路"]),
    ("察看广阔渠和昭川水库。", ["广阔渠", "昭川水库"]),
    # parks and zones
    ("来到紫荆科技创新园。", ["紫荆科技创新园"]),
    ("到高新区、经开区调研。", ["高新区", "经开区"]),
    ("郑州高新区挂牌。", ["郑州高新区"]),
    ("位于新华区工业园区内。", ["新华区工业园区"]),
])
def test_places(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize("text", [
    "我市、全市、全省和本地区要形成新思路。",
    "农村道路、公路、铁路和城镇小区要畅通。",
    "建设美丽乡村、幸福河湖，打造产业园区。",
    "各乡镇、各街道、每个村都要行动，发送到村、到户。",
    "北京时间8日上午，会议结束。",
    "学习“浦江经验”，落实河长制。",
    "激活社区治理，打造特色街区。",
    "活动进公园、进社区，打好科技园建设组合拳。",
    "西南片区、东南部有雨，做好国家级高新区创建工作。",
    "跨越时间长河，使常态化湿地保护成为共识。",
    "来宾们祝愿大家平安、安康，共同合作。",
    "3条高速建成通车。",
    "巡河、护河常态化。",
    "做到执法如山。",
    "《关于支持郑州市发展的意见》印发。",
])
def test_no_places(text):
    assert found(text) == []


def test_a_river_and_its_bank_are_no_province():
    assert found("大清河涨水，大清河南堤加固，来自河南的队伍赶到。") == ["大清河", "河南"]


def test_a_place_inside_a_body_is_not_named_twice():
    assert found("郏县人民医院与开封市教育局签约。") == []


def test_a_short_name_that_is_a_common_word_needs_the_full_name():
    assert found("西湖区发展快，西湖发展快。") == ["西湖区", "西湖"]
    assert found("复兴发展快。") == []
    assert found("复兴区召开会议，复兴发展快。") == ["复兴区", "复兴"]
    assert found("黄浦发展快。") == ["黄浦"]  # a district of which hardly anything else bears the name


def coded(text, sponsor=None):
    """Place → code in a text, of a bulletin of this sponsor where one is given."""
    if sponsor is None:
        made = [(text[a.start:a.end], a.value) for a in annotate_text(text, 2024, 3) if a.layer == "place"]
    else:
        lines = ["云陵月报", "2024 / 03", f"主办：{sponsor}", "目 录", "经济", "会议召开(1)", "经济", "会议召开", f"3月1日，{text}"]
        issue, _ = read_bytes("a.txt", "\n".join(lines).encode())
        assert issue.masthead.sponsor == sponsor
        made = [(i.text[a.start:a.end], a.value) for i in issue.items() for a in i.annotations if a.layer == "place"]
    assert all((value.code is None) == (value.system is None) for _, value in made)
    assert {value.system for _, value in made} <= {"GB/T 2260", None}
    return {name: value.code for name, value in made}


@pytest.mark.parametrize(("text", "sponsor", "expected"), [
    ("到郏县调研。", None, {"郏县": "410425"}),
    ("河南省、郑州召开会议。", None, {"河南省": "410000", "郑州": "410100"}),
    # of several of one name: the periodical's own city, then a city that the text names, else none
    ("到鼓楼区调研。", None, {"鼓楼区": None}),
    ("到南京市鼓楼区调研。", None, {"南京市": "320100", "鼓楼区": "320106"}),
    ("到鼓楼区调研。", "中共开封市委办公室", {"鼓楼区": "410204"}),
    ("到鼓楼区调研。", "徐州市地方志办公室", {"鼓楼区": "320302"}),
    # a zone of the periodical's own city
    ("到示范区调研。", "平顶山市人民政府办公室", {"示范区": "410472"}),
    ("到市城乡一体化示范区调研。", "平顶山市人民政府办公室", {"市城乡一体化示范区": "410472"}),
    ("到示范区调研。", "开封市人民政府办公室", {"示范区": None}),
    # a village has none
    ("到长桥镇调研。", None, {"长桥镇": None}),
])
def test_codes(text, sponsor, expected):
    assert coded(text, sponsor) == expected


@pytest.mark.parametrize(("masthead", "code"), [
    (Masthead(sponsor="中共开封市委党史和地方史志研究室"), "410200"),
    (Masthead(title="开封月报"), "410200"),
    (Masthead(sponsor="郏县地方志编纂委员会办公室"), "410425"),
    (Masthead(sponsor="地方志办公室", place_line="中国 · 河南 · 开封"), "410200"),
    (Masthead(title="云陵月报"), None),
    (Masthead(), None),
])
def test_the_home_of_a_periodical(masthead, code):
    assert home_of(masthead) == code


def test_divisions_are_a_whole_table():
    table = rows("divisions")
    assert all(re.fullmatch("\\d{6}", row["code"]) for row in table)
    assert len({row["code"] for row in table}) == len(table)
    provinces = [row for row in table if row["code"].endswith("0000")]
    assert len(provinces) == 34
    assert len(table) > 3300
    assert code_of("内蒙古") == "150000"
    assert code_of("黔东南") == "522600"
    assert code_of("无此地") is None


def test_annotating_twice_is_annotating_once():
    issue, _ = read_bytes("a.txt", "云陵月报\n2024 / 03\n目 录\n经济\n郏县会议召开(1)\n经济\n郏县会议召开\n3月1日，市委在郏县召开会议。".encode())
    assert annotate(annotate(issue)) == annotate(issue)
