"""Tables of cases: what is known beside the issue (appointments, order, successions, wordings), names of things, captions, titles of laws."""

import pytest

from proof_examples import case_of, passage_issue
from yuebao.proof import proof, proof_beyond, rules
from yuebao.proof.captions import _miscounted
from yuebao.proof.evidence import Evidence, Holding
from yuebao.proof.forms import is_short_for
from yuebao.proof.holders import _against, _is_of_one
from yuebao.proof.phrasing import law_meant
from yuebao.proof.rule import IssueRule

IN_MAY = "2024-05-08"


def holding(person, since=None, until=None, **more):
    return Holding("市长", person, since, until, "任免表第2行", **more)


@pytest.mark.parametrize(("holdings", "expected"), [
    ([], None),
    ([holding("何令仪", "2024-01-05")], None),
    ([holding("何令仪", "2020-01-05", "2024-05-08")], None),  # on the day of release still
    ([holding("何令仪", "2020-01-05", "2024-05-07")], "任免表记2024-05-07已免"),
    ([holding("何令仪", None, "2024-04-30")], "任免表记2024-04-30已免"),
    ([holding("何令仪", "2024-06-01")], "任免表记2024-06-01起任"),
    ([holding("何令仪", "2020-01-05", "2022-01-05"), holding("何令仪", "2024-01-05")], None),  # appointed again
    ([holding("秦墨之", "2024-01-05")], "任免表记由秦墨之担任"),
    ([holding("秦墨之", "2020-01-05", "2024-05-01")], None),  # vacant by then, as far as the table knows
    ([holding("秦墨之", "2023-01-05", "2024-04-30", is_appointed=False, times=5)], "此前见载的是秦墨之"),
    ([holding("秦墨之", "2023-01-05", "2024-04-30", is_appointed=False, times=2)], None),  # seldom in print
    ([holding("秦墨之", "2024-05-02", "2024-05-30", is_appointed=False, times=5)], None),  # this month's own
    ([holding("秦墨之", "2023-01-05", "2024-04-30", is_appointed=False, times=5),
      holding("何令仪", "2024-03-05", "2024-05-30", is_appointed=False)], None),  # both in print before
])
def test_who_held_the_office(holdings, expected):
    found = _against(holdings, "何令仪", IN_MAY, is_of_one=True)
    assert (found and found[0]) == expected


def test_an_office_of_several_is_not_another_s():
    assert _against([holding("秦墨之", "2024-01-05")], "何令仪", IN_MAY, is_of_one=False) is None


@pytest.mark.parametrize(("post", "is_of_one"), [
    ("云陵市市长", True), ("云陵市委书记", True), ("云陵市水利局局长", True), ("云陵市副市长", False), ("云陵市委常委", False),
    ("云陵市委副书记", False), ("云陵市政协主席", True), ("云陵市人大代表", False), ("云陵市人民检察院检察长", True), ("某公司总经理", False),
])
def test_offices_of_one(post, is_of_one):
    assert _is_of_one(post) is is_of_one


def codes(example, code):
    return [(f.severity, f.text) for f in proof(*case_of(example)).findings if f.code == code]


@pytest.mark.parametrize(("example", "expected"), [
    ("排序：郑文柏 秦墨之\n并列：副市长秦墨之、郑文柏", [("warning", "秦墨之、郑文柏")]),
    ("排序：郑文柏 何令仪\n并列：副市长秦墨之、郑文柏", []),  # of one of them the list knows nothing
    ("\n".join(["并列：副市长郑文柏、秦墨之"] * 6 + ["并列：副市长秦墨之、郑文柏"]), [("note", "秦墨之、郑文柏")]),
    ("\n".join(["并列：副市长郑文柏、秦墨之"] * 5 + ["并列：副市长秦墨之、郑文柏"]), []),  # too few to have an order
    ("\n".join(["并列：副市长郑文柏、秦墨之"] * 6 + ["并列：副市长秦墨之、郑文柏"] * 2), []),  # no habit
])
def test_order_of_leaders(example, expected):
    # of a list only the first has the office in print; both are of the government
    example += "\n人物：郑文柏 副市长\n人物：秦墨之 副市长"
    assert codes(example, "N006") == expected


@pytest.mark.parametrize(("example", "expected"), [
    ("沿革：市质量监督局 市市场监督管理局 2019-01-10\n机构：市质量监督局", [("warning", "市质量监督局")]),
    ("沿革：市质量监督局 市市场监督管理局 2025\n机构：市质量监督局", []),  # of an issue of May 2024
    ("机构：市质量监督局", []),
])
def test_old_names_of_bodies(example, expected):
    assert codes(example, "N008") == expected


@pytest.mark.parametrize(("short", "full", "expected"), [
    ("市发改委", "市发展和改革委员会", True), ("市人社局", "市人力资源和社会保障局", True), ("市水利局", "云陵市水利局", False),
    ("市委", "市委宣传部", False), ("市公安局", "市公安局交警支队", False), ("市文旅局", "市水利局", False), ("省发改委", "市发展和改革委员会", False),
])
def test_short_forms(short, full, expected):
    assert is_short_for(short, full) is expected


@pytest.mark.parametrize(("example", "expected"), [
    ("地名：云湖湿地公园\n地名：云湖湿池公园", 1), ("地名：云湖湿地公园\n地名：云湖地湿公园", 1), ("地名：云湖东路社区\n地名：云湖西路社区", 0),
    ("地名：云湖一期工程\n地名：云湖二期工程", 0), ("地名：云湖路\n地名：云胡路", 0), ("地名：云湖湿地公园\n地名：云湖森林公园", 0),
])
def test_names_of_things(example, expected):
    assert len(codes(example, "N009")) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("3位获奖者（左起：何令仪、秦墨之）合影", ["说是3人，左起列名2人，请核"]),
    ("两位获奖者（左起：何令仪、秦墨之）合影", []),
    ("图为4名选手从左至右依次为何令仪、秦墨之、纪明川和温如岚。", []),
    ("何令仪（左二）、秦墨之（左二）在现场", ["“左二”出现2次，请核"]),
    ("何令仪（左一）、秦墨之（右一）在现场", []),
    ("何令仪（前排左一）、秦墨之（后排左一）在现场", []),
    ("向左转300米，有3位工作人员", []),
])
def test_captions(text, expected):
    assert [message for _, _, message in _miscounted(text)] == expected


@pytest.mark.parametrize(("title", "expected"), [
    ("中华人民共和国安全生产法", None), ("安全升产法", "安全生产法"), ("中华人民共和国安全生产发", None), ("刑事诉讼法", None),
    ("中国共产党纪律处份条例", "中国共产党纪律处分条例"), ("中国共产党纪律处分条列", None), ("云陵市城市绿化条例", None),
    ("土地管理法（修正案）", None), ("会计发", None), ("云陵市志", None),
])
def test_titles_of_laws(title, expected):
    """The first and the last character are held to be right: 法 and 条例 are what a title is known by."""
    assert law_meant(title, "2024-05-01") == expected


@pytest.mark.parametrize(("on", "expected"), [("2024-05-01", "数据安全法"), ("2019-05-01", None), (None, "数据安全法")])
def test_a_law_does_not_speak_before_its_time(on, expected):
    assert law_meant("数具安全法", on) == expected


@pytest.mark.parametrize(("title", "found"), [("云陵年鉴", ["今年", "我市"]), ("云陵市大事记", ["今年", "我市"]), ("云陵月报", []), (None, [])])
def test_third_person(title, found):
    text = "题名：云陵月报\n条目：水厂建成 今年，我市建成水厂，忘我工作，本级财政支持。".replace("云陵月报", title or "云陵")
    assert [text for _, text in codes(text, "W006")] == found


def test_pages_of_a_file_that_was_not_paged_as_the_book():
    assert codes("分页：6 6 7 8 9 9\n所在：1 1 1 2 2 2", "C009") == []
    assert codes("分页：6 6 7\n所在：1 1 3", "C009") == []  # too few to know how far the two are apart
    assert codes("分页：6 6 7 8 9 9\n所在：1 1 2 3 3 4", "C009") == [("note", "第5个项目开工")]


def test_what_rests_on_the_rest_is_said_apart():
    issue = passage_issue("5月8日，副市长何令仪出席会议，会议布署工作。")
    assert proof_beyond(issue).findings == ()
    assert all(rule.looks_beyond for rule in rules() if isinstance(rule, IssueRule) and rule.code[0] == "X")
    example = "任免：何令仪 副市长 2024-01-05 2024-04-30\n人物：何令仪 副市长\n条目：会议召开 5月8日，会议布署工作。"
    issue, source, run, earlier, evidence = case_of(example)
    assert [f.code for f in proof_beyond(issue, source, run, earlier, evidence).findings] == ["N002"]
    assert {f.code for f in proof(issue, source, run, earlier, evidence).findings} == {"N002", "W002"}
    assert {f.code for f in proof(issue, source, evidence=Evidence()).findings} == {"W002"}


@pytest.mark.parametrize(("text", "expected"), [
    ("市司法局组织律帅进社区", [("律帅", "律师", "note")]),
    ("当事人提供证锯", [("证锯", "证据", "note")]),
    ("何坊县县方代表", []),  # 方 stands by itself
    ("以学铸魂、以学增智", []),
    ("外交部表示，总统致唁电", []),  # a word, and beside it a character of another
    ("“律帅”二字有误", []),  # what is quoted is not touched
])
def test_slips(text, expected):
    assert [(f.text, f.proposal, f.severity) for f in proof(passage_issue(text)).findings if f.code == "W013"] == expected


@pytest.mark.parametrize(("text", "found"), [
    ("收到帐篷200顶", []), ("资金已到帐", ["到帐"]), ("3座落成的厂房", []), ("食盐份额", []), ("盐份较高", ["盐份"]), ("大规模犯罪", []),
    ("良好象征", []), ("好象在家里", ["好象"]), ("既使群众受益，又使企业得利", []), ("既使在雨天", ["既使在"]), ("公圆满目青翠", []),
])
def test_pairs_in_context(text, found):
    assert [f.text for f in proof(passage_issue(text)).findings if f.code == "W002"] == found


@pytest.mark.parametrize(("rows", "text", "found"), [
    ("表述：老旧小区 城镇老旧小区", "改造老旧小区12个，城镇老旧小区焕新", ["老旧小区"]), ("表述：农民工 务工人员", "农民工返乡，务工人员返岗", ["农民工"]),
    ("表述：农民工 务工人员", "“农民工”一词", ["农民工"]),  # quoted: a note all the same, without proposal
])
def test_the_office_s_wordings(rows, text, found):
    findings = [f for f in proof(*case_of(f"{rows}\n条目：某会召开 5月8日，{text}。")).findings if f.code == "W004"]
    assert [f.text for f in findings] == found
    assert {(f.severity, f.proposal) for f in findings} == {("note", None)}
