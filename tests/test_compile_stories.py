"""Stories: repeats, different reports of one event, and notices by one form that are not one event."""

import random

import numpy as np
import pytest

from yuebao.annotate import annotate_text
from yuebao.compile.shingles import BANDS, ROWS, near_pairs, shared, shingles_of, signature_of
from yuebao.compile.stories import gathered, particulars, stories

LEAD = "3月12日，云陵市委书记郑文柏到何坊县调研春季农业生产，实地察看高标准农田建设和麦田管理情况，要求各级各部门抓紧抓实春耕备耕工作。"
REPRINT = "原标题：郑文柏到何坊县调研 本报讯（记者 温如玉）" + LEAD.replace("实地察看", "先后察看") + "（责任编辑：季长风）"
OTHER_WORDS = "云陵市委书记郑文柏3月12日在何坊县柳林镇调研麦田管理和春耕备耕，与种粮大户交谈，了解农资储备，强调要稳住粮食产量。"
ELSEWHERE = "3月12日，青岚市召开教育工作会议，部署新一年中小学校舍改造和教师招聘工作，市长何令仪讲话。"
FORM = "经查，{name}严重违反党的纪律，构成职务违法并涉嫌受贿犯罪，性质严重，影响恶劣，应予严肃处理，经研究决定给予{name}开除党籍处分，收缴其违纪违法所得。"


def known(texts):
    return lambda numbers: [particulars(texts[n], annotate_text(texts[n], 2025, 3)) for n in numbers]


@pytest.mark.parametrize(("texts", "expected"), [
    ([LEAD, REPRINT, ELSEWHERE], ((0, 1), (2,))),
    ([LEAD, OTHER_WORDS, ELSEWHERE], ((0, 1), (2,))),
    ([LEAD, LEAD.replace("郑文柏", "秦墨之").replace("何坊县", "石门区")], ((0,), (1,))),
    ([FORM.format(name="市财政局原局长柳思远"), FORM.format(name="市交通局原局长温如玉")], ((0,), (1,))),
    (["", "短", LEAD, ""], ((0,), (1,), (2,), (3,))),
    ([], ()),
], ids=["repeat", "other words", "another leader", "a form", "empty", "none"])
def test_stories(texts, expected):
    assert stories(texts, known(texts)) == expected


def test_different_reports_are_looked_for_only_when_asked():
    texts = [LEAD, OTHER_WORDS]
    assert stories(texts, known(texts), by_facts=False) == ((0,), (1,))


def test_a_disclaimer_under_many_reports_makes_no_story():
    end = "以上内容仅供参考，不构成任何建议，本站力求但不保证信息的准确性、完整性、有效性、及时性，如有疑问请与我们联系。"
    texts = [f"第{n}号通报：{''.join(random.Random(n).choices('山水田林湖草沙天地日月星辰风云雨雪', k=80))}。{end}" for n in range(40)]
    assert len(stories(texts, known(texts))) == 40


def test_who_wrote_a_report_is_none_of_its_people():
    text = f"本报记者温如玉报道：{LEAD}"
    assert particulars(text, annotate_text(text, 2025, 3)).people == {"郑文柏"}


def test_texts_that_share_a_quarter_meet():
    """The share of pairs that meet is what two rows in 64 bands promise."""
    rng = random.Random(5)
    met = 0
    for _ in range(200):
        common = [rng.randrange(1 << 31) for _ in range(100)]
        one, other = (sorted({*common, *(rng.randrange(1 << 31) for _ in range(150))}) for _ in range(2))
        met += (0, 1) in set(near_pairs([signature_of(np.array(each, np.uint32)) for each in (one, other)], [len(one), len(other)], 0.3))
    assert met >= 190


def test_shingles_do_not_see_white_space_or_width():
    assert shingles_of("云陵市 3月12日，召开会议").tolist() == shingles_of("云陵市３月12日,召\n开会议").tolist()
    assert shared(shingles_of(LEAD), shingles_of(LEAD)) == (1.0, 1.0)
    assert len(signature_of(shingles_of(""))) == ROWS * BANDS


@pytest.mark.parametrize(("pairs", "groups"), [
    ([(4, 5), (0, 2)], ((0, 2), (1,), (3,), (4, 5))),
    ([(0, 2), (2, 4)], ((0, 2, 4), (1,), (3,), (5,))),
    ([(4, 5), (0, 2), (2, 4)], ((0, 2), (1,), (3,), (4, 5))),  # 2 and 4 alone do not make one event of the two
    ([(2, 4), (0, 2), (4, 5), (0, 4)], ((0, 2, 4), (1,), (3,), (5,))),
    ([(4, 5), (0, 2), (2, 4), (0, 4)], ((0, 2, 4, 5), (1,), (3,))),
])
def test_pairs_gather_where_half_of_the_texts_go_together(pairs, groups):
    assert gathered(6, pairs) == groups


STORM = (
    "7月{day}日{hour}时发布台风预警：今年第5号台风（强台风级）的中心位于云陵市东南方大约{far}公里的洋面上，就是北纬{north}度、东经{east}度，"
    "中心附近最大风力有14级。预计台风将以每小时15公里左右的速度向西北方向移动，强度逐渐加强，将于28日在沿海地区登陆。请沿海各县区做好防范，"
    "船只及时回港避风，危险地带人员提前转移。"
)


@pytest.mark.parametrize(("one", "other", "is_one"), [
    ({"day": 24, "hour": 18, "far": 840, "north": "16.2", "east": "126.1"}, {"day": 25, "hour": 6, "far": 670, "north": "17.2", "east": "124.9"}, False),
    ({"day": 24, "hour": 18, "far": 840, "north": "16.2", "east": "126.1"}, {"day": 24, "hour": 18, "far": 840, "north": "16.2", "east": "126.1"}, True),
], ids=["the next bulletin", "the same bulletin"])
def test_bulletins_of_one_form_are_told_apart_by_day_and_measures(one, other, is_one):
    texts = [STORM.format(**one), "转载：" + STORM.format(**other)]
    assert (len(stories(texts, known(texts))) == 1) is is_one


@pytest.mark.parametrize(("one", "other", "is_one"), [
    ("1月18日，望川轴承产业园首批设备进场", "1月19日，望川轴承产业园首批设备进场", True),  # one of them errs by a day
    ("1月18日，望川轴承产业园首批设备进场", "1月28日，望川轴承产业园首批设备进场", False),
    ("据《云陵水文公报》，首批设备进场", "据《青岚水文公报》，首批设备进场", False),
])
def test_day_and_title_tell_apart_what_is_worded_alike(one, other, is_one):
    body = "，副市长何令仪出席，86台套磨床就位，总投资15.6亿元，提前40天，带动就业1200人，共建成38间厂房，铺设管线2.3公里。"
    tails = ("技术人员正在逐台找平，车间里一片忙碌，老师傅带着徒弟核对图纸。", "企业负责人介绍，厂房收尾与设备安装同步推进，工人培训已经开班。")
    texts = [lead + body + tail for lead, tail in zip((one, other), tails, strict=True)]
    assert (len(stories(texts, known(texts))) == 1) is is_one


def test_background_that_two_reports_share_makes_no_story():
    background = "云湖灌区续建配套工程总投资12.6亿元，设计灌溉面积38万亩，涉及何坊县、石门区的9个乡镇，是省重点水利工程，自去年3月开工以来已完成渠道衬砌42公里。"
    texts = [
        "何坊县干部群众连日来清淤疏渠，备战秋灌，全县出动机械二百余台，沟渠畅通率明显提高，农户纷纷点赞这项惠民举措。" * 2 + background,
        "省水利厅专家组来云陵市指导水库除险加固，逐一查看坝体、溢洪道和启闭设施，要求落实安全度汛责任，确保工程万无一失。" * 2 + background,
    ]
    assert len(stories(texts, known(texts))) == 2
