"""What proof promises of its findings, whatever the rule: protected spans, quoted text, order, places; and tables of cases by family."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proof_examples import INFO, item_of, masthead_of, passage_issue, with_person
from yuebao.model import Column, ContentsRow, Entry, EntryDate, Findings, Issue, Item, Masthead, Origin, Problem, Source, from_json, to_json
from yuebao.proof import proof, report, rules
from yuebao.proof.reading import QUOTED, difference
from yuebao.proof.rule import TextRule


def codes(text, **more):
    return [f.code for f in proof(passage_issue(text, **more)).findings]


def serious(text):
    return [(f.code, f.text, f.proposal) for f in proof(passage_issue(text)).findings if f.severity != "note"]


# ---- promise 5 ----

# those with quotation marks of their own would protect other words than these tests mean
WRONG = [(r.code, r.wrong) for r in rules() if isinstance(r, TextRule) and not any(mark in r.wrong for mark in "“”《》「」")]


@pytest.mark.parametrize(("code", "wrong"), WRONG)
@pytest.mark.parametrize("pair", ["“”", "《》", "「」"])
def test_nothing_is_proposed_inside_a_quotation_or_title(code, wrong, pair):
    found = proof(passage_issue(f"会议指出，{pair[0]}{wrong}{pair[1]}写入材料。")).findings
    assert all(f.proposal is None and not f.safe for f in found if f.code == code)


def test_a_doubt_in_a_quotation_is_a_note_and_outside_an_error():
    quoted, = proof(passage_issue("他说：“统一布署。”")).findings
    plain, = proof(passage_issue("他说要统一布署。")).findings
    assert (quoted.code, quoted.severity, quoted.proposal) == ("W002", "note", None)
    assert (plain.code, plain.severity, plain.proposal) == ("W002", "error", "部署")


def test_a_name_is_left_alone():
    issue = passage_issue("德国专家汉斯•韦伯到访。")
    free, = proof(issue).findings
    named = with_person(issue.items()[0], "汉斯•韦伯", 0)
    held, = proof(Issue(INFO, issue.masthead, columns=(Column("要闻", items=(named,)),))).findings
    assert (free.severity, free.proposal) == ("error", "汉斯·韦伯")
    assert (held.severity, held.proposal, held.safe) == ("note", None, False)


ALPHABET = "第届员会“”（）()《》，。、的在于年月日12市委领导其中个约余甲乙丙•⽂\u200b\n 作布署中帼至截止目前"


@settings(max_examples=150, deadline=None)
@given(st.text(ALPHABET, max_size=80))
def test_what_is_proposed_alters_nothing_protected(text):
    issue = passage_issue(text)
    spans = [m.span() for m in QUOTED.finditer(text)]
    for finding in proof(issue).findings:
        assert finding.text == text[finding.start:finding.end]
        if finding.proposal is not None:
            (a, b), _ = difference(finding.text, finding.proposal)
            a, b = a + finding.start, b + finding.start
            assert not any(start < b and a < end for start, end in spans), finding


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_proofed_twice_alike(text):
    issue = passage_issue(text.replace("\0", ""))
    first = proof(issue)
    assert first == proof(issue)
    assert from_json(to_json(first)) == first


def test_findings_come_in_the_order_of_the_text():
    items = tuple(item_of(n, "统一布署，的的确。作。作。") for n in (1, 2, 3))
    found = proof(Issue(INFO, Masthead(), columns=(Column("要闻", items=items),))).findings
    assert [(f.item, f.start) for f in found] == sorted((f.item, f.start) for f in found)


@pytest.mark.parametrize("unit", ["市", "第", "1", "一", "一二", "O", "3.", "约1", "共1个", "a", " ", "“", "（", "（)", "“《”", "的的", "，", "甲、", "4月31日至", "\u200b甲", "“甲”", "约200余人", "21个", "3.2万元3.2亿元",
                                  "委员、委员", "(甲", "在保证质量，", "第二十三员中国博览", "5月20日，国庆前夕"])
def test_no_text_takes_long(unit):
    issue = passage_issue(unit * (12_000 // len(unit)))
    started = time.perf_counter()
    proof(issue)
    assert time.perf_counter() - started < 6  # 0.1 s on a free machine; what is quadratic takes minutes


# ---- what can be applied without reading ----


def applied(text):
    """The text with every safe proposal carried out."""
    safe = [f for f in proof(passage_issue(text)).findings if f.safe]
    for finding in reversed(safe):
        text = text[:finding.start] + finding.proposal + text[finding.end:]
    return text, len(safe)


@pytest.mark.parametrize("text", [r.wrong for r in rules() if isinstance(r, TextRule)] + [
    "““四季”的的变化，，会议（镇)开到⽂化站，、风雅•颂。作。作。会议", "（甲)（乙)的的，。•", "春节•元宵•端午⽂⽂化​站",
])
def test_safe_proposals_carried_out_leave_nothing_safe_and_nothing_new(text):
    before = {f.code for f in proof(passage_issue(text)).findings}
    fixed, count = applied(text)
    again, left = applied(fixed)
    assert left == 0
    assert again == fixed
    assert {f.code for f in proof(passage_issue(fixed)).findings} <= before
    if count:
        assert len(proof(passage_issue(fixed)).findings) < len(proof(passage_issue(text)).findings)


@settings(max_examples=200, deadline=None)
@given(st.text(ALPHABET, max_size=60))
def test_safe_proposals_never_overlap_and_come_to_an_end(text):
    safe = [f for f in proof(passage_issue(text)).findings if f.safe]
    assert all(a.end <= b.start for a, b in pairwise(safe))
    for _ in range(8):  # carrying one out may bring another to light; each makes the text shorter or plainer
        text, count = applied(text)
        if not count:
            return
    raise AssertionError(text)


# ---- places ----


def test_line_page_and_place_come_from_the_source():
    text = "题目\n会议统一布\n署工作。"
    head = Origin(0, 2, 0, 2)
    item = Item(1, "题目", None, 7, "题目\n会议统一布署工作。", (Entry(3, 12, None),), origin=(head, Origin(3, 8, 3, 8), Origin(8, 12, 9, 13)))
    issue = Issue(INFO, Masthead(), columns=(Column("要闻", items=(item,)),))
    finding, = proof(issue, Source(INFO, text)).findings
    assert (finding.line, finding.page, finding.source_start, finding.source_end) == (2, 7, 7, 10)
    assert text[finding.source_start:finding.source_end] == "布\n署"
    without, = proof(issue).findings
    assert (without.line, without.page) == (None, 7)
    paged, = proof(issue, Source(INFO, text, page_starts=(0, 5))).findings
    assert paged.page == 2


# ---- families, as tables ----


@pytest.mark.parametrize(("text", "expected"), [
    ("作。作。在项目部", [("W003", "作。作。", "作。")]),
    ("会议的的部署", [("W003", "的的", "的")]),
    ("目的的实现", []),
    ("有的的确如此", []),
    ("和和美美过大年", []),
    ("比赛于在云湖举行", [("W003", "于在", None)]),
    ("他终于在云湖、致力于在当地发展", []),
    ("现场研究解答现场研究解答了问题", [("W003", "现场研究解答现场研究解答", "现场研究解答")]),
    ("预计用半年时间时间完成", [("W003", "时间时间", "时间")]),
    ("特警支队支队长带队", []),
    ("一个问题一个问题地解决", []),
    ("大家一起研究研究", []),
    ("从收到到答复只用九天", []),
    ("汇集中帼之智", [("W002", "中帼", "巾帼")]),
    ("有限公司司机", []),
    ("部分市政协委员、委员参加", [("W009", "委员、委员", None)]),
    ("历任副局长、局长，副主任、主任", []),
    ("要在保证质量和进度，强化检查", [("W008", "在保证质量和进度，", None)]),
    ("要在保证质量和进度的同时，强化检查", []),
    ("在推进中国式现代化建设中走在前列，勇当先锋", []),
    ("截至目前为止，已建成", [("W012", "截至目前为止", "截至目前")]),
    ("报告称，截止2024年3月底", [("W012", "截止", "截至")]),
    ("报名于3月5日截止", []),
    ("防止类似事故不再发生", [("W012", "防止类似事故不再发生", None)]),
    ("原因是由于降雨", [("W012", "原因是由于", "原因是")]),
    ("三位老师们", [("W012", "三位老师们", None)]),
    ("老师们、两位老师", []),
    ("英年25岁", [("W012", "英年", "年仅")]),
    ("英年早逝", []),
    ("贯彻落实全市安全生产工作会议情况", [("W011", "落实全市安全生产工作会议", "落实全市安全生产工作会议精神")]),
    ("贯彻落实全市安全生产工作会议精神", []),
    ("销往日本、韩国等地区和国家", [("W005", "地区和国家", "国家和地区")]),
    ("创建全国⽂明城市", [("W001", "全国⽂明城", "全国文明城")]),
    ("文\u200b明", [("W001", "文\u200b明", "文明")]),
    ("喜迎﨑字", []),  # a unified ideograph that lies among the compatibility forms
    ("字\ue000形", [("W001", "字\ue000形", None)]),
])
def test_wording(text, expected):
    assert serious(text) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("个人（团体)奖", [("P001", "（团体)", "（团体）")]),
    ("个人(团体）奖", [("P001", "(团体）", "（团体）")]),
    ("（每周三无会。", [("P001", "（每周三无会。", None)]),
    ("“八一“建军节", [("P001", "“八一“", "“八一”")]),
    ("他说“好，大家", [("P001", "“好，大家", None)]),
    ("1）甲；2）乙", []),
    ("调研甲路改造进展，乙路开放情况和丙路提升工作，全面了解情况", [("P004", "进展，乙路", "进展、乙路")]),
    ("调研甲路改造进展情况，听取乙路开放情况和丙路提升工作，全面了解情况", []),
    ("经单位申报、专家评议、答辩评审，网上公示，决定立项", [("P004", "评审，网上", "评审、网上")]),
    ("经济运行好转、内生动力增强、风险化解，乘势而上，推动发展", []),
    ("5月8日，市长何令仪调研云湖路项目建设情况，何令仪来到工地。", [("P009", "情况，何令", "情况。何令")]),
    ("5月8日，市长何令仪调研云湖路项目建设情况时，何令仪来到工地。", []),
    ("5月8日，市长何令仪说，何令仪在场。", []),
    ("会议（甲（乙）丙）", []),
    ("““四季”", [("P002", "““", "“")]),
    ("“甲“乙””", [("P002", "””", None)]),
    ("汇报，。会议", [("P002", "，。", "。")]),
    ("甲、、乙", [("P002", "、、", "、")]),
    ("甲，、乙", [("P002", "，、", None)]),
    ("真好！。", [("P002", "！。", "！")]),
    ("好！！", []),
    ("市委办、政府办、等单位", [("P003", "、等", "等")]),
    ("甲、等级评定、乙", []),
    ("苹果、梨等……", [("P003", "等……", "等")]),
    ("春节•元宵", [("P007", "春节•元宵", "春节·元宵")]),
    ("乡(镇)、县（市、区）", [("P008", "(镇)", "（镇）")]),
    ("乡(镇)、县(市)", []),  # a house that prints half-width throughout
    ("聚碳酸酯(PC)材料（甲）", []),
])
def test_punctuation(text, expected):
    assert serious(text) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("4月31日召开", ["D001"]),
    ("2023年2月29日召开", ["D001"]),
    ("2024年2月29日召开", []),
    ("2024年13月完成", ["D001"]),
    ("6月18日至16日", ["D001"]),
    ("6月18日至7月2日", []),
    ("12月30日至1月2日", []),
    ("11月15日至次年3月15日，11月15日至3月15日", []),
    ("9月9日至8月6日", ["D001"]),
    ("2023年9月9日至2024年8月6日", []),
    ("5月8日（星期三）", []),
    ("5月8日（星期四）", ["D001"]),
    ("2024年5月8日，周三", []),
    ("5月20日，“五一”国际劳动节前夕", ["D003"]),
    ("4月28日，“五一”国际劳动节前夕", []),
    ("12月29日，元旦前夕", []),
    ("9月10日教师节当天", []),
    ("9月11日，教师节当天", ["D003"]),
    ("9月8日，第40个教师节来临之际", []),
    ("3月8日至10日，植树节前夕", []),
    ("共21个，其中新建13个、续建9个。", ["D004"]),
    ("共22个，其中新建13个、续建9个。", []),
    ("项目21个，总投资20亿元，其中新建13个、续建9个。", ["D004"]),
    ("徒弟46名，其中技师30人、技工18人。", ["D004"]),
    ("共30个，其中新建13个、续建9个。", []),
    ("共30个，其中新建13个、续建9个等。", []),
    ("获奖6项：一等奖2项、二等奖3项、三等奖2项。", ["D004"]),
    ("投资3.2亿元，设备投资3.2万元", ["D005"]),
    ("投资3.2亿元，设备投资2.2万元", []),
    ("约200余人参加", ["D006"]),
    ("签约200余个项目，近20余年来", []),
    ("约300人左右", ["D006"]),
    ("第十二员云陵农产品洽谈会", ["D010"]),
    ("第八界观鸟季", ["D010"]),
    ("第七节全国职工技术成果奖", ["D010"]),
    ("第三员工食堂、第一季度、第二十三届博览会", []),
    ("第三批企业参加博览会、第三产业博览会", []),
    ("第十四中国云陵贸易洽谈会", ["D010"]),
    ("二○二四年", ["D011"]),
    ("二O二四年", ["D011"]),
    ("2O24年", ["D011"]),
    ("二〇二四年、2024年、二零二四年", []),
    ("5月8曰", ["D011"]),
    ("第二次全体会议、第十四届全国人大第一届常务会议", []),
])
def test_dates_and_numerals(text, expected):
    assert [code for code, *_ in serious(text)] == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("云陵市市委书记讲话", ["N004"]), ("云陵市市长讲话", []), ("该市市委书记讲话", []), ("江州省省委常委", ["N004"]),
])
def test_city_said_twice(text, expected):
    assert codes(text) == expected


def dated(number, day, on):
    text = f"{day}，会议召开。"
    return Item(number, None, None, None, text, (Entry(0, len(text), EntryDate(day, on, on)),))


@pytest.mark.parametrize(("day", "on", "fires"), [
    ("5月8日", "2024-05-08", False), ("4月28日", "2024-04-28", False), ("4月3日", "2024-04-03", True), ("6月1日", "2024-06-01", True),
])
def test_entries_of_another_month(day, on, fires):
    issue = Issue(INFO, Masthead(year=2024, month=5), columns=(Column("要闻", items=(dated(1, day, on), dated(2, "5月9日", "2024-05-09"))),))
    found = [f for f in proof(issue).findings if f.code == "D002"]
    assert bool(found) is fires
    assert all(f.severity == "note" and f.text == day for f in found)


def test_a_cover_of_the_wrong_month_is_said_once():
    items = tuple(dated(n, f"4月{n}日", f"2024-04-{n:02d}") for n in range(1, 12))
    found = proof(Issue(INFO, Masthead(year=2024, month=5), columns=(Column("要闻", items=items),))).findings
    assert [(f.code, f.severity) for f in found] == [("C005", "warning")]


@pytest.mark.parametrize(("here", "run", "expected"), [
    ("2024-05 5 总220", ["2024-04 4 总218", "2024-06 6 总220"], [("总第220期", "总第219期", "error")]),
    ("2024-05 5 总219", ["2024-04 4 总218", "2024-06 6 总221"], []),  # one neighbour agrees, the other may be the wrong one
    ("2024-05 5 总220", ["2024-04 4 总218"], [("总第220期", None, "warning")]),
    ("2024-01 1 总219", ["2023-12 12 总218"], []),
    ("2024-05 5 总219", [], []),
    ("2024-05 5 总219", ["2024-05 5 总219"], []),
])
def test_serial_numbers_in_a_run(here, run, expected):
    found = proof(Issue(INFO, masthead_of(here)), run=[masthead_of(m) for m in run]).findings
    assert [(f.text, f.proposal, f.severity) for f in found if f.code == "C005"] == expected


def test_another_series_is_no_neighbour():
    other = Masthead(title="何坊月报", year=2024, month=4, number=4, serial_number=7)
    assert proof(Issue(INFO, masthead_of("2024-05 5 总219")), run=[other, other]).findings == ()


@pytest.mark.parametrize(("pages", "wrong", "proposal"), [
    ([6, 9, 7, 9], 9, None),
    ([6, 6, 8, 7, 8], 8, None),
    ([10, 21, 12, 12], 21, None),
    ([10, 12, 8, 12, 14], 8, "页码（12）"),
    ([6, 7, 7, 8], None, None),
])
def test_pages_of_the_contents(pages, wrong, proposal):
    rows = tuple(ContentsRow(f"第{n}条会议召开", page, ("要闻",)) for n, page in enumerate(pages))
    found = [f for f in proof(Issue(INFO, Masthead(), contents=rows)).findings if f.code == "C003"]
    assert [f.page for f in found] == ([wrong] if wrong else [])
    if proposal:
        assert found[0].proposal == proposal


@pytest.mark.parametrize(("last", "fires"), [(37, False), (40, False), (370, True)])
def test_a_page_further_on_than_the_text_can_fill(last, fires):
    rows = tuple(ContentsRow(f"第{n}条会议召开", page, ("要闻",)) for n, page in enumerate([35, 36, last]))
    items = tuple(item_of(n + 1, "会议召开。" * 60, row.title) for n, row in enumerate(rows))
    found = proof(Issue(INFO, Masthead(), contents=rows, columns=(Column("要闻", items=items),))).findings
    assert [(f.severity, f.item) for f in found if f.code == "C003"] == ([("warning", 3)] if fires else [])


def test_a_column_of_the_contents_that_the_body_lacks():
    source = Source(INFO, "目录\n文化旅游\n正文")
    issue = Issue(INFO, Masthead(), problems=(Problem("S011", "", None, 3, 7),))
    finding, = proof(issue, source).findings
    assert (finding.code, finding.text, finding.line) == ("C004", "文化旅游", 2)


def test_a_contents_that_was_not_understood_accuses_nobody():
    rows = tuple(ContentsRow(f"计划中的第{n}件事", n, ()) for n in range(9))
    items = (item_of(1, "会议召开。", "甲县会议召开"),)
    assert proof(Issue(INFO, Masthead(), contents=rows, columns=(Column("要闻", items=items),))).findings == ()


@pytest.mark.parametrize(("headline", "row", "expected"), [
    ("云陵市防汛抗旱工作会召开", "云陵市防汛工作会召开", [("C001", "error", "云陵市防汛抗旱工作会召开"[0:14], None)]),
    ("云陵市防汛工作会召开", "云陵市防汛工作会召开", []),
    ("云陵市（东区）会议召开", "云陵市(东区)会议召开", [("C002", "warning", "云陵市(东区)会议召开", "云陵市（东区）会议召开")]),
    ("云陵市获赠30支疫苗", "云陵市获赠 30 支疫苗", [("C002", "warning", "云陵市获赠 30 支疫苗", "云陵市获赠30支疫苗")]),
    ("云陵市获赠 30 支疫苗", "云陵市获赠30支疫苗", [("C002", "warning", "云陵市获赠 30 支疫苗", "云陵市获赠30支疫苗")]),
    ("云陵市1-4月招商", "云陵市1—4月招商", [("C002", "warning", "云陵市1-4月招商", "云陵市1—4月招商")]),
    ("云陵市春耕现场会", "何坊县图书馆开馆迎客", [("C001", "note", "云陵市春耕现场会", None)]),
])
def test_headline_against_its_row(headline, row, expected):
    items = (item_of(1, "会议情况如下。", headline, row if row != headline else None),)
    rows = (ContentsRow(row, 6, ("要闻",)),)
    found = proof(Issue(INFO, Masthead(), contents=rows, columns=(Column("要闻", items=items),))).findings
    assert [(f.code, f.severity, f.text, f.proposal) for f in found] == expected


def test_the_text_decides_between_headline_and_row():
    items = (item_of(1, "云陵市防汛工作会5月8日召开。", "云陵市防汛抗旱工作会召开", "云陵市防汛工作会召开"),)
    rows = (ContentsRow("云陵市防汛工作会召开", 6, ("要闻",)),)
    finding, = proof(Issue(INFO, Masthead(), contents=rows, columns=(Column("要闻", items=items),))).findings
    assert finding.proposal is None or finding.proposal in "云陵市防汛工作会召开"


def test_column_named_otherwise_in_the_contents():
    columns = (Column("县（市、区）动态", "县(市、区)动态", origin=(Origin(0, 9, 90, 99), Origin(None, None, 10, 19))), Column("要闻", "时政要闻"))
    found = proof(Issue(INFO, Masthead(), columns=columns)).findings
    assert [(f.code, f.text, f.proposal, f.source_start) for f in found] == [
        ("C004", "要闻", None, None), ("C002", "县(市、区)动态", "县（市、区）动态", 10)]


def people_issue(*texts_and_names):
    """An issue of items whose people are annotated: (text, (name, office), …) each."""
    items = []
    for n, (text, *people) in enumerate(texts_and_names, 1):
        item = item_of(n, text)
        for name, office in people:
            item = with_person(item, name, 0, *([office] if office else []))
        items.append(item)
    return Issue(INFO, Masthead(), columns=(Column("要闻", items=tuple(items)),))


THREE = [("市长何令仪出席。", ("何令仪", "市长"))] * 3


@pytest.mark.parametrize(("more", "expected"), [
    ([("市长何令怡出席。", ("何令怡", "市长"))], ["N001"]),
    ([("局长何令怡出席。", ("何令怡", "局长"))], []),
    ([("市长何令仪出席。何令怡讲话。", ("何令仪", "市长"))], ["N001"]),
    ([("市长何令仪出席。何令仪讲话。", ("何令仪", "市长"))], []),
    ([("市长何安怡出席。", ("何安怡", "市长"))], []),
    ([("市长何仪令出席。", ("何仪令", "市长"))], ["N001"]),
])
def test_names_one_character_apart(more, expected):
    found = proof(people_issue(*THREE, *more)).findings
    assert [f.code for f in found] == expected
    assert all(f.proposal is None and f.severity != "error" for f in found)


def test_a_name_near_two_others_is_asked_about_once():
    others = [("市长何令宜出席。", ("何令宜", "市长"))] * 3
    found = proof(people_issue(*THREE, *others, ("市长何令怡出席。", ("何令怡", "市长")))).findings
    assert [f.text for f in found] == ["何令怡"]


def joined(text, at):
    """An issue whose one text was put together at an offset from two places of the source."""
    item = item_of(1, text, origin=(Origin(0, at, 0, at), Origin(at, len(text), at + 1, len(text) + 1)))
    return Issue(INFO, Masthead(), columns=(Column("要闻", items=(item,)),))


@pytest.mark.parametrize(("text", "at", "expected"), [
    ("全市安全工作会议议召开", 8, [("W003", "议议", "warning")]),
    ("全市安全工作会议议召开", 3, []),
    ("全市安全工作会会议召开", 7, []),  # 工作会|会议: two words
    ("预计用半年时间时间完成", 7, [("W003", "时间时间", "error")]),
    ("预计用半年时间时间完成", 3, [("W003", "时间时间", "warning")]),
    ("环境绿化等工作。作。在项目部", 8, [("W003", "作。作。", "error")]),
])
def test_what_stands_twice_at_a_line_end(text, at, expected):
    assert [(f.code, f.text, f.severity) for f in proof(joined(text, at)).findings] == expected


@pytest.mark.parametrize(("at", "safe"), [(8, True), (3, False)])
def test_an_echo_can_be_applied_unread_only_at_a_line_end(at, safe):
    finding, = proof(joined("环境绿化等工作。作。在项目部", at)).findings
    assert finding.safe is safe


@pytest.mark.parametrize(("forms", "expected"), [
    (["宣传部部长", "宣传部部长", "宣传部长"], ["宣传部长"]),
    (["宣传部部长", "宣传部长"], ["宣传部长"]),
    (["市委宣传部部长", "市委宣传部部长", "宣传部部长"], ["宣传部部长"]),
    (["宣传部部长", "宣传部部长"], []),
    (["局长", "市局局长"], []),
])
def test_forms_of_one_office(forms, expected):
    found = proof(people_issue(*[(f"{form}何令仪出席。", ("何令仪", form)) for form in forms])).findings
    assert [f.text for f in found if f.code == "N003"] == expected


def test_items_in_another_order_than_the_contents():
    names = ["甲县防汛会召开", "乙县现场会举行", "丙县运动会开幕", "丁县图书馆开馆"]
    rows = tuple(ContentsRow(name, None, ("要闻",)) for name in names)
    items = tuple(item_of(n, "会议召开。", names[k]) for n, k in enumerate([0, 2, 3, 1], 1))
    found, = proof(Issue(INFO, Masthead(), contents=rows, columns=(Column("要闻", items=items),))).findings
    assert (found.code, found.item, found.text) == ("C004", 4, "乙县现场会举行")


# ---- the report ----


def sample_findings():
    item = item_of(12, "统一布署。约200余人参加。他说：“统一布署。”", "会议召开", page=9)
    return proof(Issue(INFO, Masthead(), columns=(Column("要闻", items=(item,)),)))


def test_the_report_has_counts_then_levels_and_doubts_last():
    text = report(sample_findings())
    assert text.index("必改 1　建议 1　存疑 1") < text.index("【必改】") < text.index("【建议】") < text.index("存疑 1 处")
    assert "W002　第9页　第12条　“布署” → “部署”" in text
    assert "依据：" in text
    assert "错误" not in text


def test_the_report_in_english_has_no_chinese_message():
    text = report(sample_findings(), "en")
    assert "must change 1  suggested 1  to check 1" in text
    assert "Closed confusion pair" in text
    assert "应作" not in text


def test_identical_findings_are_folded_in_the_report():
    items = tuple(item_of(n, "统一布署。") for n in (1, 2, 3))
    text = report(proof(Issue(INFO, Masthead(), columns=(Column("要闻", items=items),))))
    assert text.count("“布署” → “部署”") == 1
    assert "另有2处相同：第2条、第3条" in text


def test_spaces_beside_digits_are_one_habit_in_the_report():
    titles = [(f"第{n}届农洽会签约{n}个项目", f"第{n}届农洽会签约 {n} 个项目") for n in (3, 4, 5)]
    rows = tuple(ContentsRow(row, 6, ("要闻",)) for _, row in titles)
    items = tuple(item_of(n, "会议召开。", headline, row) for n, (headline, row) in enumerate(titles, 1))
    text = report(proof(Issue(INFO, Masthead(), contents=rows, columns=(Column("要闻", items=items),))))
    assert text.count("仅数字前后的空格") == 1
    assert "另有2处相同：第2条、第3条" in text


def test_a_text_with_quotation_marks_is_quoted_in_brackets():
    items = (item_of(1, "会议召开。", "云陵市获“卓越奖”称号", "云陵市获“中国卓越奖”称号"),)
    rows = (ContentsRow("云陵市获“中国卓越奖”称号", 6, ("要闻",)),)
    text = report(proof(Issue(INFO, Masthead(), contents=rows, columns=(Column("要闻", items=items),))))
    assert "目录作「云陵市获“中国卓越奖”称号」" in text
    assert "““" not in text
    assert "””" not in text


def test_a_clean_issue_says_so():
    assert "未发现需要改动之处。" in report(Findings(INFO, ()))


def test_a_long_level_is_cut_and_counted():
    items = tuple(item_of(n, f"第{n}员云陵洽谈会开幕。") for n in range(1, 61))
    text = report(proof(Issue(INFO, Masthead(), columns=(Column("要闻", items=items),))))
    assert "其余 30 处从略" in text
