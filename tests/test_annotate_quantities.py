"""Quantities: what is counted and how, what counts nothing, and laws on any text."""

import time
from itertools import pairwise

import jieba
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yuebao.annotate import annotate_text
from yuebao.annotate.money import annotate_money
from yuebao.annotate.passage import Passage
from yuebao.annotate.people import learn_names
from yuebao.annotate.quantities import annotate_quantities
from yuebao.calendar_text import find_dates
from yuebao.lexicon import rows

NOBODY = learn_names([], frozenset())


def found(text):
    passage = Passage.of(text)
    return [(text[a.start:a.end], a.value) for a in annotate_quantities(passage, NOBODY)]


def texts(text):
    return [written for written, _ in found(text)]


@pytest.mark.parametrize(("text", "written", "number", "unit", "of", "approximate"), [
    # a count with its noun
    ("本轮派出6个巡察组，", "6个巡察组", 6, "个", "巡察组", False),
    ("云陵已建成4条高速公路，", "4条高速公路", 4, "条", "高速公路", False),
    ("目前还有2条高速正在建设", "2条高速", 2, "条", "高速", False),
    ("12家市级银行机构与企业签约", "12家市级银行机构", 12, "家", "市级银行机构", False),
    ("30个项目（企业）签订协议", "30个项目（企业）", 30, "个", "项目（企业）", False),
    ("设立9个县（市、区）植树点", "9个县（市、区）植树点", 9, "个", "县（市、区）植树点", False),
    ("50名适龄女性在市疾控中心接种", "50名适龄女性", 50, "名", "适龄女性", False),
    ("全市评出80户和美庭院示范户。", "80户和美庭院示范户", 80, "户", "和美庭院示范户", False),
    ("省厅公布20个畜禽新品种（配套系）、", "20个畜禽新品种（配套系）", 20, "个", "畜禽新品种（配套系）", False),
    ("何坊县7个村开展义诊活动", "7个村", 7, "个", "村", False),
    ("签下两个重要投资项目，", "两个重要投资项目", 2, "个", "重要投资项目", False),
    ("实施5个改造项目", "5个改造项目", 5, "个", "改造项目", False),
    ("共有8个省份作推介", "8个省份", 8, "个", "省份", False),
    ("14支合唱队近600名队员到场", "14支合唱队", 14, "支", "合唱队", False),
    ("展出300余件（套）陶瓷产品和", "300余件（套）陶瓷产品", 300, "件（套）", "陶瓷产品", True),
    ("推介60多种产品", "60多种产品", 60, "种", "产品", True),
    ("18 个乡镇参加", "18 个乡镇", 18, "个", "乡镇", False),
    ("来自23个国家和地区", "23个国家和地区", 23, "个", "国家和地区", False),
    ("重点建设6至10个优势学科", "6至10个优势学科", None, "个", "优势学科", True),
    ("31个省（自治区、直辖市）参加", "31个省（自治区、直辖市）", 31, "个", "省（自治区、直辖市）", False),
    ("聚集近5000名科技创新人才", "5000名科技创新人才", 5000, "名", "科技创新人才", True),
    ("投入4条冲锋舟", "4条冲锋舟", 4, "条", "冲锋舟", False),
    ("结果为64mg/100ml。", "64mg/100ml", 64, "mg/100ml", "结果", False),
    ("降水量5到15毫米", "5到15毫米", None, "毫米", "降水量", True),
    ("培训班为期五天半，", "五天半", 5.5, "天", None, False),
    ("100余名爱好者经历了一场比赛", "100余名爱好者", 100, "名", "爱好者", True),
    ("为11县（市、区）配送", "11县（市、区）", 11, "县", "（市、区）", False),
    ("打造5个千亿级产业", "5个千亿级产业", 5, "个", "千亿级产业", False),
    ("捐赠2600支二价疫苗", "2600支", 2600, "支", None, False),
    ("三支队伍分赴各村", "三支队伍", 3, "支", "队伍", False),
    ("十二家合作社成立", "十二家合作社", 12, "家", "合作社", False),
    ("吸引近万名选手参加", "万名选手", 10000, "名", "选手", True),
    ("百余名志愿者参加", "百余名志愿者", 100, "名", "志愿者", True),
    ("超过40家企业报名", "40家企业", 40, "家", "企业", True),
    # a count after its noun
    ("拥有创业导师326人，", "326人", 326, "人", "创业导师", False),
    ("现有有效知识产权453个、", "453个", 453, "个", "有效知识产权", False),
    ("一等奖3个，", "3个", 3, "个", "一等奖", False),
    # people
    ("云陵市9人上榜年度好人", "9人", 9, "人", "云陵市", False),
    ("总院两人获评先进", "两人", 2, "人", "总院", False),
    ("参加活动4600余人。", "4600余人", 4600, "人", "活动", True),
    ("接诊1.2万人次", "1.2万人次", 12000, "人次", None, False),
    # measures take no noun
    ("年产15万吨尼龙项目开工", "15万吨", 150000, "吨", None, False),
    ("储能项目50MW机组", "50MW", 50, "MW", "储能项目", False),
    ("规划用地面积约320.75亩，", "320.75亩", 320.75, "亩", "规划用地面积", True),
    ("绿化面积近800亩。", "800亩", 800, "亩", "绿化面积", True),
    ("建筑面积 8.6 万平方米，", "8.6 万平方米", 86000, "平方米", "建筑面积", False),
    ("全长12.5公里", "12.5公里", 12.5, "公里", "全长", False),
    ("装机10万千瓦", "10万千瓦", 100000, "千瓦", "装机", False),
    ("需求量是700吨，", "700吨", 700, "吨", "需求量", False),
    ("流量每秒300立方米/秒", "300立方米/秒", 300, "立方米/秒", None, False),
    ("气温降至零下5℃", "5℃", 5, "℃", None, False),
    ("年仅25岁", "25岁", 25, "岁", None, False),
    # shares
    ("化验费减收10%。", "10%", 10, "%", None, False),
    ("提高2.3个百分点", "2.3个百分点", 2.3, "个百分点", None, False),
    ("增长1.5倍", "1.5倍", 1.5, "倍", None, False),
    ("八成以上农户受益", "八成", 8, "成", None, True),
    # durations
    ("为期5天的培训", "5天", 5, "天", None, False),
    ("开展为期2个月的巡视", "2个月", 2, "个月", None, False),
    ("时间30天左右。", "30天左右", 30, "天", None, True),
    ("连续两年获奖", "两年", 2, "年", None, False),
    ("经过为期半年的评审", "半年", 0.5, "年", None, False),
    ("10个工作日内办结", "10个工作日", 10, "个工作日", None, False),
    ("历时近3年建成", "3年", 3, "年", None, True),
    ("近3年新增", "3年", 3, "年", None, False),
    ("铁锅铸造有300年历史", "300年", 300, "年", None, False),
    ("距今2000年左右。", "2000年左右", 2000, "年", None, True),
    ("大数据中心3个，", "3个", 3, "个", "大数据中心", False),
    ("3年多来", "3年多", 3, "年", None, True),
    ("自发布之日起30日内", "30日", 30, "日", None, False),
    ("行驶3个多小时", "3个多小时", 3, "个多小时", None, False),
    # ranges
    ("工期3—5天", "3—5天", None, "天", None, True),
    ("雨量50～90毫米", "50～90毫米", None, "毫米", "雨量", True),
    ("比重10%—15%。", "10%—15%", None, "%", "比重", True),
    # medals
    ("摘得两金", "两金", 2, "枚", "金牌", False),
    ("获2个三等奖、", "2个三等奖", 2, "个", "三等奖", False),
    ("20项“揭榜挂帅”项目开工", "20项“揭榜挂帅”项目", 20, "项", "“揭榜挂帅”项目", False),
    ("救援队8个人、", "8个人", 8, "个", "人", False),
    ("6名理论学习中心组成员参加", "6名理论学习中心组成员", 6, "名", "理论学习中心组成员", False),
    ("两家省级技术转移示范机构获批", "两家省级技术转移示范机构", 2, "家", "省级技术转移示范机构", False),
    ("每平方米35微克", "35微克", 35, "微克", None, False),
    ("１５家企业开工", "１５家企业", 15, "家", "企业", False),
])
def test_a_quantity_is_found_whole(text, written, number, unit, of, approximate):
    values = dict(found(text))
    assert written in values, values
    value = values[written]
    assert (value.number, value.unit, value.of, value.approximate) == (number, unit, of, approximate)
    assert type(value.number) is type(number)


def test_in_a_headline_the_word_of_measure_may_be_lacking():
    assert texts("云陵两企业入选省级名单\n6月3日，名单公布。") == ["两企业"]
    assert texts("云陵承办2024企业大会\n6月3日，召开。") == []
    assert texts("6月3日，两企业入选。") == []
    assert texts("云陵三地联动办花会\n6月3日，开幕。") == []


def test_a_run_of_medals_is_counted_one_by_one():
    assert texts("代表队摘得2金1银3铜") == ["2金", "1银", "3铜"]


@pytest.mark.parametrize("text", [
    # ordinals
    "第七届桃花节开幕", "第 20 个科普日", "省委第三巡视组", "获得第二名", "位列第32位", "获各项目前两名的选手", "总成绩前3名的单位", "十届市委五次全会", "三次全体会议",
    "二次供水改造", "三级消防长", "二级巡视员", "一等奖", "五届三次会议",
    # anniversaries, years, clock
    "建国75周年", "创刊65周年", "2023年，", "二〇二四年", "98年5月", "20世纪90年代", "上午9时30分", "19:54组织所", "上半年", "2025年前5个月", "这一年，", "比上一年减少",
    # programmes and set phrases
    "“三个一批”项目", "三个一批项目", "“四馆一中心”建设", "“一村万树”工程", "万亩桃园", "四个专项行动座谈会", "消防安全四个能力提升", "两个维护", "市、县两级", "道路两侧",
    "“百万市民清洁家园行动”", "三年行动计划", "千家万户", "举一反三", "万名游客进云湖", "一年一度的庙会", "《三十六个村庄》", "十佳农民", "五经普", "全国两会", "三农工作",
    # names, models
    "尼龙66民用丝", "尼龙6", "S237线", "国道311线", "120急救", "HPV9价疫苗", "PM2.5监测", "三门峡市", "九里山街道", "五条路社区", "四棵树乡", "三座店水库", "陆家镇", "六部屯村",
    "万达广场", "百佳示范户", "8号楼", "3区", "12345热线", "500强企业", "乘坐G1292次列车",
    # one, several, none said
    "一个中心", "一批项目", "一名干部", "数十项规划", "几百年历史", "几个村", "数字经济", "八人单桨金牌", "三人篮球赛", "三元五角",
])
def test_what_counts_nothing(text):
    assert texts(text) == []


def test_a_programme_of_figures_is_no_count_of_them():
    assert texts("实现4个100%") == ["100%"]


def test_a_quantity_does_not_swallow_a_name():
    assert texts("4名战士何令仪、秦墨之获奖") == ["4名战士"]


@pytest.mark.parametrize("text", ["总投资3.2亿元，占地80亩", "奖金3—5万元，工期3—5天", "2024年5月8日至10日，3个村", "123元1角1分", "5月17、18两日，17、18两条路"])
def test_layers_do_not_overlap(text):
    passage = Passage.of(text)
    spans = sorted((a.start, a.end) for a in annotate_quantities(passage, NOBODY) + annotate_money(passage, NOBODY))
    spans = sorted(spans + [(d.start, d.end) for d in find_dates(text, 2025, 6)])
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_quantities_are_a_layer_and_say_their_rule():
    assert [(a.layer, a.by) for a in annotate_text("签约12个项目。", 2025, 6)] == [("quantity", "quantity/count")]


def test_the_words_of_measure_are_given_once_and_of_a_known_kind():
    terms = [row["term"] for row in rows("measures")]
    assert len(set(terms)) == len(terms)
    assert {row["kind"] for row in rows("measures")} == {"count", "people", "unit", "time", "share"}
    assert {row["numerals"] for row in rows("measures")} == {"any", "arabic"}
    assert {row["kind"] for row in rows("counted_nouns")} == {"head", "modifier", "finite", "stop", "measured", "programme"}


WORDS = st.lists(st.sampled_from([
    "3", "12", "2024", "8.6", "万", "亿", "两", "十", "一", "半", "第", "约", "近", "余", "多", "个", "家", "名", "年", "月", "日", "天", "吨", "%", "元", "项目", "企业",
    "村", "（", "）", "“", "”", "《", "》", "，", "。", "—", "至", "开展", "的", "金", "前", "\n", " ", "/", "MW", "县", "市、区",
]), max_size=30).map("".join)


@given(WORDS)
@settings(max_examples=400, deadline=None)
def test_quantities_lie_in_order_within_any_text_and_cross_no_sum(text):
    passage = Passage.of(text)
    quantities, sums = annotate_quantities(passage, NOBODY), annotate_money(passage, NOBODY)
    spans = sorted((a.start, a.end) for a in quantities + sums)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@pytest.mark.parametrize("piece", ["3个", "一", "1,000", "3.5万", "两三", "12家企业（", "1—", "万亿", "第3", "10%—"])
def test_a_long_line_takes_time_in_proportion(piece):
    def took(times):
        passage = Passage.of(piece * times)
        start = time.process_time()
        annotate_quantities(passage, NOBODY)
        annotate_money(passage, NOBODY)
        return time.process_time() - start

    assert took(10_000) < max(1.0, 12 * took(2_000))


def test_money_and_quantities_take_a_fifth_of_what_jieba_takes_to_cut_the_text():
    text = "6月3日，云陵市召开会议，12家银行机构与30个重点项目签约，授信额度223.10亿元。何坊县种植面积约800亩，200多名干部群众参加义务植树活动，" * 60
    jieba.lcut("热身")

    def took(job):
        start = time.process_time()
        job()
        return time.process_time() - start

    def annotated():
        passage = Passage(text, Passage.of(text).begins, None, None, frozenset())
        return lambda: (annotate_money(passage, NOBODY), annotate_quantities(passage, NOBODY))

    # figures stand here ten times as thick as in a bulletin, where it is 0.11 (bench)
    assert min(took(annotated()) / took(lambda: jieba.lcut(text)) for _ in range(5)) <= 0.6
