"""Projects: named works of construction and industry; sorts of works name none."""

import pytest

from yuebao.annotate import annotate_text


def found(text):
    return [text[a.start:a.end] for a in annotate_text(text, 2024, 3) if a.layer == "project"]


@pytest.mark.parametrize(("text", "expected"), [
    ("详细了解郏县水系连通工程进展。", ["郏县水系连通工程"]),
    ("察看北湖水库灌区北干管汝州供水一期工程。", ["北湖水库灌区北干管汝州供水一期工程"]),
    ("实地察看燕川水库引水与生态水系连通工程。", ["燕川水库引水与生态水系连通工程"]),
    ("调研“四馆一中心”项目建设。", ["“四馆一中心”项目"]),
    ("来到叶县盐腔储气库项目工地。", ["叶县盐腔储气库项目"]),
    ("北湖生态环湖路和祥云河项目开工。", ["祥云河项目"]),
    ("河南禾源材料公司年产37万吨双酚A项目投产。", ["河南禾源材料公司年产37万吨双酚A项目"]),
    ("河南禾源科技有限公司年产10万吨民用丝项目（二期）投产。", ["河南禾源科技有限公司年产10万吨民用丝项目（二期）"]),
    ("新建祥云河工程进展顺利。", ["新建祥云河工程"]),
    ("平安大道积水点改造工程、新建祥云河西线工程完工。", ["平安大道积水点改造工程", "新建祥云河西线工程"]),
    ("推进开封外国语学校新校区建设。", ["开封外国语学校新校区"]),
    ("察看陆川水环二期工程现场。", ["陆川水环二期工程"]),
    ("“四馆”（科技馆、档案馆）项目开工。", ["“四馆”（科技馆、档案馆）项目"]),
    ("在郏县推进南疆50万亩节水增收试点项目。", ["南疆50万亩节水增收试点项目"]),
    ("新华区电气装备制造产业园位于城北。", ["新华区电气装备制造产业园"]),
])
def test_projects(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize("text", [
    "125个项目签约，26个重点项目开工。",
    "该项目投资大，合作项目多，民生实事项目落实。",
    "要紧抓项目建设，力争项目早投产。",
    "郑州市项目经理、工程师参加培训。",
    "希望工程、系统工程都重要。",
    "郑州高新区项目建设成果丰硕。",
    "《北山引水工程管理条例》施行。",
    "发展一批文旅项目，申报国家重大科技项目。",
    "推进长三角生态绿色一体化发展示范区建设。",
    "由禾源工程中心、希望工程基金会主办。",
])
def test_no_projects(text):
    assert found(text) == []


def test_what_stands_inside_a_project_is_not_named_again():
    text = "察看郏县水系连通工程。"
    assert [a.layer for a in annotate_text(text, 2024, 3)] == ["project"]
