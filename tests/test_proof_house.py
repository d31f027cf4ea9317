"""Tables of cases: how numbers are written, the imprint, what may not be printed, and one issue against those before it."""

from dataclasses import replace

import pytest

from proof_examples import INFO, issue_of, item_of, masthead_of, passage_issue, with_person
from yuebao.model import Column, Epigraph, Issue, Masthead
from yuebao.proof import proof


def said(text, *codes):
    return [(f.code, f.text, f.proposal) for f in proof(passage_issue(text)).findings if f.code in codes]


@pytest.mark.parametrize(("text", "expected"), [
    ("有3千余人参加", [("D007", "3千", "3000")]),
    ("栽树5百棵", [("D007", "5百", "500")]),
    ("装机3千瓦、长5千米、重2千克", []),
    ("投资3千元", [("D007", "3千", "3000")]),
    ("1.5千人", []),
    ("98年5月8日建厂", [("D008", "98年5月8日", None)]),
    ("1998年5月8日建厂", []),
    ("刑期3年6月", []),
    ("运行三、五天", [("D008", "三、五", "三五")]),
    ("第三、四名", []),
    ("十二、三天", []),
    ("投资9～16亿元", [("D009", "9～16亿", "9亿～16亿")]),
    ("投资9亿～16亿元", []),
    ("增长15—30%，", [("D009", "15—30%", "15%—30%")]),
    ("2023—2025年", []),
    ("能耗下降2倍", [("D012", "下降2倍", None)]),
    ("产量增长2倍", []),
    ("占总数的120%", [("D012", "占总数的120%", None)]),
    ("占总数的20%，占全市100%", []),
    ("同比增长120%", []),
])
def test_numerals(text, expected):
    assert said(text, "D007", "D008", "D009", "D012") == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("会议召开 ，市领导出席", [("P010", "召开 ，市", "召开，市")]),
    ("会议召开， 市领导出席", []),
    ("取得《食品经营许可证》", [("P005", "《食品经营许可证》", None)]),
    ("学习《条例》", []),
    ("手机13912345678", [("K001", "13912345678", None)]),
    ("编号139123456789", []),
    ("身份证号11010119900307123X", [("K001", "11010119900307123X", None)]),
    ("秘密★1年", [("K001", "秘密★", None)]),
    ("商业秘密", []),
])
def test_marks_and_what_is_not_to_be_printed(text, expected):
    assert said(text, "P005", "P010", "K001") == expected


def test_a_name_in_the_headline_that_no_one_else_has():
    item = item_of(1, "5月8日，市长何令仪到东区调研。何令仪强调安全。", "何令怡到东区调研")
    item = with_person(item, "何令仪", 0)
    issue = Issue(INFO, Masthead(), columns=(Column("要闻", items=(item,)),))
    finding, = (f for f in proof(issue).findings if f.code == "N007")
    assert (finding.text, finding.proposal, finding.severity) == ("何令怡", None, "warning")


@pytest.mark.parametrize(("said_on", "fires"), [("2024-05-31", False), ("2024-06-10", False), ("2024-08-01", True), ("2023-01-01", False), (None, False)])
def test_the_day_of_the_epigraph(said_on, fires):
    issue = Issue(INFO, Masthead(year=2024, month=5), epigraph=Epigraph("学习语", "读史明智。", None, said_on))
    assert bool(proof(issue).findings) is fires


@pytest.mark.parametrize(("masthead", "fires"), [
    (Masthead(notice="内部资料 免费交流"), True), (Masthead(permit_number="（云）0001"), True), (Masthead(), False),
])
def test_only_an_internal_bulletin_may_not_call_itself_a_journal(masthead, fires):
    issue = Issue(INFO, masthead, columns=(Column("要闻", items=(item_of(1, "会议召开。本刊记者报道。"),)),))
    assert bool(proof(issue).findings) is fires


def test_an_imprint_that_changed_is_asked_about_against_the_last_issue_only():
    here = masthead_of("2024-05 5 总219 市史志馆")
    run = [masthead_of("2024-03 3 总217 市史志办"), masthead_of("2024-04 4 总218 市史志馆"), masthead_of("2024-06 6 总220 市档案馆")]
    assert proof(Issue(INFO, here), run=run).findings == ()
    finding, = proof(Issue(INFO, here), run=[run[0]]).findings
    assert (finding.code, finding.severity, finding.text) == ("C007", "note", "市史志馆")


# ---- across issues ----


def issue_in(month, *texts):
    """An issue of a month of 2024 with an item for each text."""
    items = tuple(item_of(n, text) for n, text in enumerate(texts, 1))
    return Issue(INFO, Masthead(title="云陵月报", year=2024, month=month), columns=(Column("要闻", items=items),))


LONG = "来自全省各地的一百二十家企业带着三百余种农产品参加展示，现场签约项目金额创下历届农洽会新高，观众超过往年。"


@pytest.mark.parametrize(("before", "now", "expected"), [
    ("云陵轴承产业园项目开工，总投资22亿元。", "云陵轴承产业园项目投产，总投资22.6亿元。", ["X001"]),
    ("云陵轴承产业园项目开工，总投资22亿元。", "云陵轴承产业园项目投产，总投资220000万元。", []),
    ("现场签约项目24个，总投资22亿元。", "现场签约项目32个，总投资46亿元。", []),
    ("市政府第二次常务会议召开。", "市政府第四次常务会议召开。", ["X003"]),
    ("市政府第二次常务会议召开。", "市政府第三次常务会议召开。", []),
    ("市政府第二次常务会议召开。", "市委常委会第九次全体会议召开。", []),
    (LONG, LONG, ["X002"]),
    ("市委书记出席。", "市委书记出席。", []),
])
def test_what_an_earlier_issue_said(before, now, expected):
    found = proof(issue_in(5, now), earlier=[issue_in(4, before)]).findings
    assert [f.code for f in found] == expected
    assert all("2024年4月" in f.message and f.related[0].item is None for f in found)
    assert proof(issue_in(4, before), earlier=[issue_in(5, now)]).findings == ()  # a later issue is no evidence
    other = replace(issue_in(4, before), masthead=Masthead(title="何坊月报", year=2024, month=4))
    assert proof(issue_in(5, now), earlier=[other]).findings == ()


def test_what_depends_on_earlier_issues_depends_on_nothing_else():
    earlier = [issue_in(3, LONG), issue_in(4, "市政府第二次常务会议召开。")]
    now = issue_in(5, LONG, "市政府第五次常务会议召开。")
    found = proof(now, earlier=earlier)
    assert found == proof(now, earlier=earlier[::-1])
    assert [f.code for f in found.findings] == ["X002", "X003"]


def test_claims_of_being_first_are_one_list():
    issue, _ = issue_of("条目：某厂投产 5月8日，全省首个基地投产。\n条目：某桥通车 5月9日，国内首座斜拉桥通车，填补省内空白。")
    finding, = (f for f in proof(issue).findings if f.code == "W007")
    assert finding.severity == "note"
    assert "3处" in finding.message
    assert len(finding.related) == 2


def test_commas_between_quotations_are_one_finding_an_issue():
    issue, _ = issue_of("条目：活动举行 “一村”“万树”“千塘”举行。\n条目：又一活动 “甲园”、“乙园”开放。")
    finding, = (f for f in proof(issue).findings if f.code == "P006")
    assert (finding.item, finding.severity, finding.proposal) == (2, "note", None)
