"""Organisations: how far a name reaches, what kind of body it is, what is none, short names of one issue, bodies inside an office."""

import re

import pytest

from yuebao.annotate import annotate_text
from yuebao.lexicon import rows


def found(text):
    """The organisations of a text, as (what the span covers, kind)."""
    return [(text[a.start:a.end], a.value.kind) for a in annotate_text(text, 2024, 3) if a.layer == "organisation"]


def names(text):
    return [name for name, _ in found(text)]


@pytest.mark.parametrize(("text", "expected"), [
    # organs of a level, with the place they are of
    ("市委、市政府召开会议。", [("市委", "party"), ("市政府", "government")]),
    ("市人大常委会、市政协负责同志出席。", [("市人大常委会", "congress"), ("市政协", "consultative")]),
    ("叶县委书记到会。", [("叶县委", "party")]),
    ("中共开封市委印发通知。", [("中共开封市委", "party")]),
    ("开封市人民政府与河南省政府签约。", [("开封市人民政府", "government"), ("河南省政府", "government")]),
    ("十届市委第七轮巡察启动。", [("十届市委", "party")]),
    ("市委理论学习中心组集体学习。", [("市委理论学习中心组", "party")]),
    ("市纪委监委通报。", [("市纪委监委", "party")]),
    # departments: the level begins them
    ("市财政局、市卫健委等单位汇报。", [("市财政局", "department"), ("市卫健委", "department")]),
    ("省委第三巡视组进驻。", [("省委第三巡视组", "department")]),
    ("市自然资源和规划局汇报。", [("市自然资源和规划局", "department")]),
    ("省实施标准化战略工作领导小组开会。", [("省实施标准化战略工作领导小组", "department")]),
    ("市公安局局长到会。", [("市公安局", "department")]),
    ("市公安局副局长到会。", [("市公安局", "department")]),
    ("市委宣传部常务副部长到会。", [("市委宣传部", "department")]),
    ("市中级人民法院、市人民检察院院务公开。", [("市中级人民法院", "court"), ("市人民检察院", "procuratorate")]),
    ("云南省昆明市教育局发文。", [("云南省昆明市教育局", "department")]),
    # of the whole country, by the table
    ("农业农村部发布通知，财政部转发。", [("农业农村部", "department"), ("财政部", "department")]),
    ("党中央、国务院决定。", [("党中央", "party"), ("国务院", "government")]),
    ("上合组织秘书长到会。", [("上合组织", "international")]),
    # enterprises, with places, numerals and unknown words
    ("走进云禾新能源有限公司车间。", [("云禾新能源有限公司", "enterprise")]),
    ("察看禾源集团、大地水泥公司生产情况。", [("禾源集团", "enterprise"), ("大地水泥公司", "enterprise")]),
    ("与中国工商银行河南省分行签约。", [("中国工商银行河南省分行", "enterprise")]),
    ("与一重集团签约。", [("一重集团", "enterprise")]),
    ("上午，中禾医疗集团揭牌。", [("中禾医疗集团", "enterprise")]),
    ("调研阳禾农作物种植专业合作社。", [("阳禾农作物种植专业合作社", "enterprise")]),
    # schools, hospitals, associations, media, teams
    ("开封学院、开封市第一人民医院参加。", [("开封学院", "school"), ("开封市第一人民医院", "hospital")]),
    ("市工艺美术行业协会成立。", [("市工艺美术行业协会", "association")]),
    ("郏县妇联承办。", [("郏县妇联", "association")]),
    ("国家区域医疗中心（河南）主办。", [("国家区域医疗中心（河南）", "hospital")]),
    ("河南队摘得两金。", [("河南队", "sport")]),
    ("据新华社报道，中央气象台预报。", [("新华社", "media"), ("中央气象台", "department")]),
    ("中国驻法国大使馆举行活动。", [("中国驻法国大使馆", "department")]),
    ("走访武警开封支队。", [("武警开封支队", "department")]),
    # the part with its whole
    ("叶县禾源水务有限公司田庄乡客服中心挂牌。", [("叶县禾源水务有限公司田庄乡客服中心", "department")]),
    ("市政府妇女儿童发展中心主办。", [("市政府妇女儿童发展中心", "department")]),
    ("历任郏县县委办公室秘书二科科长。", [("郏县县委办公室秘书二科", "department")]),
    ("省委国家安全委员会办公室发文。", [("省委国家安全委员会办公室", "department")]),
    ("开封市公安局龙亭分局巡逻。", [("开封市公安局龙亭分局", "department")]),
    ("国家文物局文物古迹司副司长到会。", [("国家文物局文物古迹司", "department")]),
    ("市委学习贯彻党的创新理论主题教育领导小组开会。", [("市委学习贯彻党的创新理论主题教育领导小组", "party")]),
    ("郏县政府驻北京联络处招商。", [("郏县政府驻北京联络处", "department")]),
    ("开封师范学院水资源与环境工程学院师生到村。", [("开封师范学院水资源与环境工程学院", "school")]),
    # the level once more after its place; the league; towns that no table has
    ("郏县县委书记到会。", [("郏县县委", "party")]),
    ("新疆喀什地委书记到会。", [("新疆喀什地委", "party")]),
    ("团省委与团市委联合主办。", [("团省委", "party"), ("团市委", "party")]),
    ("到郏县禾坪镇政府走访。", [("郏县禾坪镇政府", "government")]),
    ("自治区人民政府副秘书长到会。", [("自治区人民政府", "government")]),
    # departments by themselves: in a list, at the beginning of a clause, after a preposition
    ("会上，县信访局、禁毒办、农业农村局作汇报。", [("县信访局", "department"), ("禁毒办", "department"), ("农业农村局", "department")]),
    ("副县长林知远、退役军人事务局负责人到会。", [("退役军人事务局", "department")]),
    ("该市气象局发布预警。", [("气象局", "department")]),
    ("走访慰问了武警中队、消防救援站。", [("武警中队", "military"), ("消防救援站", "department")]),
    # of other countries, of the forces
    ("日本外务省发布消息，日本政府回应。", [("日本外务省", "government"), ("日本政府", "government")]),
    ("率团慰问南部战区空军某部。", [("南部战区空军某部", "military")]),
    ("市政府驻北京联络处汇报。", [("市政府驻北京联络处", "department")]),
    ("历任郏县人民检察院第一检察部副主任。", [("郏县人民检察院第一检察部", "department")]),
    ("省发展改革委区域发展协调处处长到会。", [("省发展改革委区域发展协调处", "department")]),
    ("开封市大数据局综合科汇报，市数字强市建设领导小组开会。", [("开封市大数据局综合科", "department"), ("市数字强市建设领导小组", "department")]),
    ("发展改革局、工业信息化和商务局汇报。", [("发展改革局", "department"), ("工业信息化和商务局", "department")]),
    ("街道党工委、办事处想群众所想。", [("街道党工委", "party"), ("办事处", "department")]),
    ("河南省供销合作总社与开封市青少年宫签约。", [("河南省供销合作总社", "enterprise"), ("开封市青少年宫", "culture")]),
    ("中铁十五局集团有限公司、中建七局进场。", [("中铁十五局集团有限公司", "enterprise"), ("中建七局", "enterprise")]),
    ("到市中心医院、开封市中心医院看望。", [("市中心医院", "hospital"), ("开封市中心医院", "hospital")]),
    ("建行开封分行、国网开封供电公司到场。", [("建行开封分行", "enterprise"), ("国网开封供电公司", "department")]),
    ("禾安国际集团有限公司来访。", [("禾安国际集团有限公司", "enterprise")]),
    ("河南省任氏瓷业有限责任公司投产。", [("河南省任氏瓷业有限责任公司", "enterprise")]),
    # a verb between two bodies; two that have no sign between them
    ("郏县公安局民警联合移动公司宣传。", [("郏县公安局", "department")]),
    ("走访市消防救援支队开封新闻网讯。", [("市消防救援支队", "military"), ("开封新闻网", "media")]),
    # a trade in brackets; a numeral in a name; what the dictionary has as one word
    ("走访禾腾（科技）上海有限公司。", [("禾腾（科技）上海有限公司", "enterprise")]),
    ("考察北京亿华禾科技股份有限公司。", [("北京亿华禾科技股份有限公司", "enterprise")]),
    ("中国地质大学（北京）师生到会。", [("中国地质大学（北京）", "school")]),
])
def test_bodies(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize("text", [
    "各级各部门要提高站位，重点企业、定点医院和基层党组织要落实责任。",
    "干部群众反映，布局合理、格局一新。",
    "活动由多家单位主办、承办、协办。",
    "以项目为中心，在市中心举行。",
    "全市医疗机构、我市首家医院、该公司负责人参加。",
    "把学校建好，把企业留住，让小区居民满意。",
    "会议在大厅举行，餐厅、客厅都坐满了人。",
    "关于《某市委某局工作办法》的说明。",
    "城市政府治理水平提升。",
    "全国重点大学、国际金融中心和各级妇联组织都来了。",
    "县级公立医院和各类学校要落实责任。",
    "各部委、各大中专院校负责人在报告厅学习。",
    "公司（以下简称“公司”）发布公告。",
])

def test_no_bodies(text):
    assert names(text) == []


def test_a_body_and_the_work_it_does():
    assert names("围绕市委中心工作，市政府全力支持医院建设。") == ["市委", "市政府"]


@pytest.mark.parametrize(("text", "expected"), [
    ("北山禾源科技股份有限公司开业，禾源科技总部迁入。", {"北山禾源科技股份有限公司": "北山禾源科技股份有限公司"}),
    ("中国工商银行河南省分行（以下简称工行）与市政府签约，工行将支持我市。", {"工行": "中国工商银行河南省分行"}),
    ("深入禾神京宝化工科技股份有限公司（京宝化工），京宝化工负责人发言。", {"京宝化工": "禾神京宝化工科技股份有限公司"}),
    ("走访上海英禾软件股份有限公司，英禾软件总部在此。", {"英禾软件": "上海英禾软件股份有限公司"}),
    ("与河南禾源装备集团有限公司座谈。禾源装备集团发展快。", {"禾源装备集团": "河南禾源装备集团有限公司"}),
])
def test_short_names_stand_for_the_full_name(text, expected):
    full = {text[a.start:a.end]: a.value.name for a in annotate_text(text, 2024, 3) if a.layer == "organisation"}
    assert {short: full.get(short) for short in expected} == expected


def test_the_short_name_of_an_enterprise_is_found_where_it_stands_alone():
    text = "市长到河南禾源电气股份有限公司调研。随后，察看禾源电气生产车间。"
    assert names(text) == ["河南禾源电气股份有限公司", "禾源电气"]


def test_enterprises_listed_by_short_names():
    assert names("上海芯越、山东卡禾、深圳宝舜腾等一批企业入驻。") == ["上海芯越", "山东卡禾", "深圳宝舜腾"]
    assert names("科越尔、东方电气等10家企业入驻。") == ["科越尔", "东方电气"]
    assert names("与施耐德电气、博世等世界500强企业合作，汽车、家电等龙头企业入驻。") == ["施耐德电气", "博世"]
    assert names("天禾食品、康禾乳业两家企业获奖。") == ["天禾食品", "康禾乳业"]


def test_a_join_that_the_dictionary_has_with_the_name_is_none_of_it():
    assert names("平高集团发展快。副市长林知远和平高集团负责人出席。") == ["平高集团", "平高集团"]


@pytest.mark.parametrize(("text", "inside", "outside"), [
    ("市委副书记、政法委书记林知远到市财政局调研。", {"市委", "政法委"}, {"市财政局"}),
    ("北山集团董事长许东亭出席，北山集团承办。", {"北山集团"}, {"北山集团"}),
])
def test_bodies_inside_an_office_are_marked(text, inside, outside):
    made = [(text[a.start:a.end], a.value.in_office) for a in annotate_text(text, 2024, 3) if a.layer == "organisation"]
    assert {name for name, office in made if office} == inside
    assert {name for name, office in made if not office} == outside


def test_enterprises_are_told_by_who_leads_them():
    assert "河南禾投" in names("河南禾投副总经理许东亭参加会谈。")


@pytest.mark.parametrize("text", [
    "市长林知远主持召开市政府会议，林知远国际集团和市委研究室汇报。",
    "副市长许东亭到许东亭路小学调研。",
])
def test_names_of_people_are_left_to_people(text):
    made = annotate_text(text, 2024, 3)
    people = [range(a.start, a.end) for a in made if a.layer == "person"]
    bodies = [range(a.start, a.end) for a in made if a.layer == "organisation"]
    assert people
    assert all(set(p).isdisjoint(b) for p in people for b in bodies)


def test_suffixes_have_known_needs_and_kinds():
    kinds = {
        "party", "government", "congress", "consultative", "court", "procuratorate", "department", "enterprise", "school", "hospital",
        "association", "military", "media", "international", "research", "culture", "sport",
    }
    assert {row["needs"] for row in rows("body_suffixes")} <= {" ".join(filter(None, pair)) for pair in (("level", ""), ("level", "alone"), ("name", ""), ("name", "alone"), ("name", "more"), ("more", ""), ("more", "alone"))}
    assert {row["kind"] for row in (*rows("body_suffixes"), *rows("bodies"))} <= kinds
    assert {row["use"] for row in rows("body_stops")} == {"stop", "edge", "whole", "trade"}
    assert all(re.fullmatch("[\u4e00-\u9fff]+", row["term"]) for row in rows("body_suffixes"))


def test_a_long_line_takes_linear_time():
    text = "市" * 4000 + "局" * 4000 + "和" * 4000 + "甲、" * 4000 + "等企业" + "驻" * 4000
    assert isinstance(annotate_text(text, 2024, 3), tuple)
