"""Acts: who does what at meetings, on inspections and at ceremonies; the verb as printed; what is no act; kinds of offices."""

import json
import random
import time

import pytest

from real import SHARED, needs_shared
from real import score as score_of
from yuebao.annotate import annotate_text
from yuebao.annotate.acts import annotate_acts
from yuebao.annotate.office_kinds import office_kind, office_standing
from yuebao.annotate.passage import Passage
from yuebao.annotate.people import annotate_people, learn_names
from yuebao.annotate.verbs import find_verbs
from yuebao.lexicon import rows
from yuebao.model import to_json
from yuebao.pipeline import read_issue

CLASSES = {"presided", "spoke", "attended", "inspected", "accompanied", "signed", "unveiled", "met", "other"}


def acts(text):
    """(class, verb, people) of every act, in the order of the text; several people joined by a space."""
    return [(a.value.act, a.value.verb, " ".join(a.value.people)) for a in annotations(text)]


def spans(text):
    return [text[a.start:a.end] for a in annotations(text)]


def annotations(text):
    found = [a for a in annotate_text(text, 2024, 3) if a.layer == "act"]
    return sorted(found, key=lambda a: (a.start, text.index(a.value.verb, a.start)))


@pytest.mark.parametrize(("text", "expected"), [
    # one clause, one act; two verbs joined are two
    ("市长何令仪主持会议。", [("presided", "主持会议", "何令仪")]),
    ("市长何令仪出席会议并讲话。", [("attended", "出席", "何令仪"), ("spoke", "讲话", "何令仪")]),
    ("会上，市长何令仪主持并作表态发言。", [("presided", "主持", "何令仪"), ("spoke", "作表态发言", "何令仪")]),
    ("市长何令仪到现场察看活动开展情况并调研普查工作。", [("inspected", "察看", "何令仪"), ("inspected", "调研", "何令仪")]),
    # clause by clause, each with its people
    ("市长何令仪讲话，市委副书记郑文柏主持，市政协主席秦墨之、副市长王照临等出席。", [
        ("spoke", "讲话", "何令仪"), ("presided", "主持", "郑文柏"), ("attended", "出席", "秦墨之 王照临")]),
    ("市长何令仪主持会议；副市长王照临出席。", [("presided", "主持会议", "何令仪"), ("attended", "出席", "王照临")]),
    # lists over commas and semicolons, with offices between
    ("市委常委、副市长王照临，副市长秦墨之；远山集团副总经理李云舟、赵明远出席。", [("attended", "出席", "王照临 秦墨之 李云舟 赵明远")]),
    ("市长何令仪等在家的市领导出席。", [("attended", "出席", "何令仪")]),
    ("副市长王照临和市政协副主席秦墨之分别通报了有关情况。", [("spoke", "通报", "王照临 秦墨之")]),
    # a list that goes on with people unnamed
    ("副市长王照临，市政府秘书长、各县区长参加会议。", [("attended", "参加", "王照临")]),
    # the subject is not said again
    ("市长何令仪到云陵县，围绕防汛工作进行调研。", [("inspected", "进行调研", "何令仪")]),
    ("市长何令仪主持会议，宣读表彰决定。", [("presided", "主持会议", "何令仪"), ("other", "宣读", "何令仪")]),
    ("省水利厅厅长王照临、市政协副主席秦墨之带领观摩组对水库管理工作进行现场观摩，并出席会议。", [
        ("inspected", "进行现场观摩", "王照临 秦墨之"), ("attended", "出席", "王照临 秦墨之")]),
    # a day between people and verb; what is only the topic; a clause that tells something ends the list before it
    ("市长何令仪7月28日主持召开常务会议。", [("presided", "主持召开", "何令仪")]),
    ("市长何令仪7月29日会见了远山集团董事长李云舟一行。", [("met", "会见", "何令仪 李云舟")]),
    ("副市长王照临主持会议并就建立走访群众长效机制作出部署。", [("presided", "主持会议", "王照临"), ("spoke", "作出部署", "王照临")]),
    ("何令仪同志生前工作过的单位代表参加告别仪式。", []),
    ("北山人何令仪，新任副州长消息传来，北山州召开会议，州长王照临出席会议。", [("attended", "出席", "王照临")]),
    ("市人大常委会副主任王照临、秦墨之在主席台就座。", [("attended", "在主席台就座", "王照临 秦墨之")]),
    ("远山集团副总裁李云舟到会。李云舟到某市考察项目。", [("attended", "到会", "李云舟"), ("other", "考察", "李云舟")]),
    # what is told is done by nobody here; a place is not who acts; a report whose noun stands in its title; those who are met
    ("会议指出，市长何令仪主持召开会议。", []),
    ("市长何令仪在副市长王照临陪同下，到市人民医院调研医保工作。", [("inspected", "调研", "何令仪"), ("accompanied", "陪同", "王照临")]),
    ("推动《意见》提出的任务落实，邀请市委研究室副主任王照临作专题辅导报告。", [("spoke", "作专题辅导报告", "王照临")]),
    ("秘书长王照临作《第六届理事会工作报告》。", [("spoke", "作", "王照临")]),
    ("市长何令仪会见远山集团董事长李云舟与总编辑赵明远一行。", [("met", "会见", "何令仪 李云舟 赵明远")]),
    ("出席开幕式的嘉宾还有，副市长王照临，处长秦墨之。", [("attended", "出席", "王照临 秦墨之")]),
    ("军嫂王照临主持“远山夜话”，为官兵疏导。", []),
    ("北山集团总裁李云舟、赵明远等有关负责同志，副市长王照临和有关部门负责同志参加。", [("attended", "参加", "李云舟 赵明远 王照临")]),
    ("市人大主任何令仪带队的采访团在我县采访。县长王照临一同参加采访调研。", [("accompanied", "参加采访调研", "王照临")]),
    ("市领导王照临，何令仪同志亲属代表出席。", [("attended", "出席", "王照临")]),
    ("市长何令仪宣读文件，并介绍北山发展情况。", [("other", "宣读", "何令仪"), ("spoke", "介绍", "何令仪")]),
    ("会上，市长何令仪提出，各乡镇要定期开展巡查检查。", []),
    # passive, invitation, on behalf
    ("会议由市长何令仪主持。", [("presided", "主持", "何令仪")]),
    ("会议邀请省委党校教授秦墨之作专题讲座，市委秘书长王照临主持。", [("spoke", "作专题讲座", "秦墨之"), ("presided", "主持", "王照临")]),
    ("受市长何令仪委托，副市长王照临主持会议。", [("presided", "主持会议", "王照临")]),
    ("市长何令仪代表市政府作政府工作报告。", [("spoke", "作政府工作报告", "何令仪")]),
    # those who took part are named after the verb
    ("出席会议的市领导有何令仪、王照临。", [("attended", "出席", "何令仪 王照临")]),
    ("参加会议的有：市长何令仪，副市长王照临。", [("attended", "参加", "何令仪 王照临")]),
    # a list over clauses, with one between whose name nothing tells
    ("省林草局副局长王照临，州长某某某某某某，副州长秦墨之出席。", [("attended", "出席", "王照临 秦墨之")]),
    # an activity is an act where it is carried out
    ("县长何令仪到消防救援大队，开展“八一”走访慰问活动。", [("inspected", "开展“八一”走访慰问", "何令仪")]),
    ("区长何令仪到云陵镇开展巡河、巡林检查。", [("inspected", "开展巡河、巡林检查", "何令仪")]),
    # the noun of a light verb, with a title between
    ("急诊科主任王照临受邀出席，发表了题为《急诊的未来》的演讲。", [("attended", "出席", "王照临"), ("spoke", "演讲", "王照临")]),
    ("省社科联主席秦墨之作了一场内容深刻、生动精彩的辅导报告。", [("spoke", "报告", "秦墨之")]),
    ("副市长王照临对生态环保工作进行了具体安排。", [("spoke", "进行了具体安排", "王照临")]),
    ("市长何令仪在致辞中表示，欢迎大家。", [("spoke", "致辞", "何令仪")]),
    ("开发区党工委书记王照临介绍项目情况。", [("spoke", "介绍", "王照临")]),
    ("市长何令仪作招商推介。", [("spoke", "作招商推介", "何令仪")]),
    ("市长何令仪主持会议、副市长王照临讲话。", [("presided", "主持会议", "何令仪"), ("spoke", "讲话", "王照临")]),
    ("市长何令仪出席活动，一名歌手宣布演出开始。", [("attended", "出席", "何令仪")]),
    ("市长何令仪出席活动，在" + "何坊" * 100 + "宣读决定。", [("attended", "出席", "何令仪")]),
    ("市长何令仪与企业家王照临座谈，介绍发展情况。", [("met", "座谈", "何令仪 王照临")]),
    # another subject, and those who are only spoken of
    ("市长何令仪主持会议，在场的企业负责人作了发言。", [("presided", "主持会议", "何令仪")]),
    ("市长何令仪主持会议，出席会议的市领导为获奖单位颁奖。", [("presided", "主持会议", "何令仪")]),
    ("市长何令仪与种粮大户王照临亲切交谈，并察看麦苗长势。", [("inspected", "察看", "何令仪")]),
    ("市长何令仪与种粮大户王照临一起察看麦苗长势。", [("inspected", "察看", "何令仪 王照临")]),
    ("市长何令仪与副市长王照临分别出席。", [("attended", "出席", "何令仪 王照临")]),
    ("何令仪 摄 市长王照临致辞。", [("spoke", "致辞", "王照临")]),
])
def test_who_does_what(text, expected):
    assert acts(text) == expected


@pytest.mark.parametrize(("text", "expected"), [
    # under another's lead one accompanies; at a meeting one attends; 或 says both
    ("市长何令仪到云陵县调研。副市长王照临参加调研。", [("inspected", "调研", "何令仪"), ("accompanied", "参加调研", "王照临")]),
    ("副市长王照临参加调研或座谈会。", [("accompanied", "参加调研", "王照临"), ("attended", "参加", "王照临")]),
    ("副市长王照临参加调研或出席会议。", [("accompanied", "参加调研", "王照临"), ("attended", "出席", "王照临")]),
    ("副市长王照临参加调研座谈会。", [("attended", "参加", "王照临")]),
    ("市长何令仪到云陵县视察。副市长王照临参加活动。", [("inspected", "视察", "何令仪"), ("accompanied", "参加", "王照临")]),
    ("市长何令仪到云陵县视察，并主持召开座谈会。副市长王照临参加。", [
        ("inspected", "视察", "何令仪"), ("presided", "主持召开", "何令仪"), ("accompanied", "参加", "王照临")]),
    ("市长何令仪到云陵县视察。副市长王照临参加。", [("inspected", "视察", "何令仪"), ("accompanied", "参加", "王照临")]),
    ("市长何令仪主持会议。副市长王照临参加。", [("presided", "主持会议", "何令仪"), ("attended", "参加", "王照临")]),
    ("市长何令仪到云陵县调研。副市长王照临一同调研。", [("inspected", "调研", "何令仪"), ("accompanied", "调研", "王照临")]),
    ("市长何令仪陪同省长郑文柏到云陵县调研。", [("accompanied", "陪同", "何令仪"), ("inspected", "调研", "郑文柏")]),
    ("省长郑文柏在市委书记何令仪、市长王照临的陪同下，深入云陵县调研。", [
        ("inspected", "调研", "郑文柏"), ("accompanied", "陪同", "何令仪 王照临")]),
    ("全省数字化转型观摩组到我市观摩。省工信厅副厅长王照临带队。", [("inspected", "带队", "王照临")]),
    ("副市长王照临带队。", [("other", "带队", "王照临")]),
    # both sides meet; those who sit in attend
    ("市长何令仪与来访的远山集团董事长王照临一行举行工作会谈。副市长秦墨之参加会谈。", [
        ("met", "举行工作会谈", "何令仪 王照临"), ("attended", "参加", "秦墨之")]),
    ("市委书记郑文柏，市长何令仪会见远山集团董事长王照临一行。", [("met", "会见", "郑文柏 何令仪 王照临")]),
    ("市长何令仪与远山集团董事长王照临座谈交流。", [("met", "座谈交流", "何令仪 王照临")]),
    ("市长何令仪与部分企业负责人座谈交流。", [("other", "座谈交流", "何令仪")]),
    # who travels to learn, or on business, inspects nothing
    ("云陵市检察院检察长王照临带队到我市检察机关学习交流。", [("other", "学习交流", "王照临")]),
    ("远山集团董事长王照临到我市考察。", [("other", "考察", "王照临")]),
    ("省政协主席王照临到我市考察。", [("inspected", "考察", "王照临")]),
    # ceremonies
    ("市长何令仪、副市长王照临共同为协会揭牌。", [("unveiled", "揭牌", "何令仪 王照临")]),
    ("副市长王照临与远山集团副总经理秦墨之代表双方签约。", [("signed", "签约", "王照临 秦墨之")]),
    ("市长何令仪宣布项目开工，并见证签约。", [("other", "宣布", "何令仪"), ("other", "见证", "何令仪")]),
    ("市长何令仪为获奖单位颁奖。", [("other", "颁奖", "何令仪")]),
    ("消防员王照临先后参加灭火救援行动100余次。", [("other", "参加", "王照临")]),
])
def test_the_class_of_an_act(text, expected):
    assert sorted(acts(text)) == sorted(expected)


@pytest.mark.parametrize("text", [
    "市长何令仪强调，要加强督导检查，参加会议，发表讲话。",                     # what is said
    "何令仪要求有关部门全面检查。",
    "深入学习贯彻习近平总书记在座谈会上的重要讲话精神。",
    "会议传达学习副省长王照临到我市调研讲话精神。",
    "会议传达学习副省长王照临到我市调研时提出的意见。",
    "副省长王照临的秘书出席会议。",
    "市长何令仪听取企业负责人汇报防汛情况。",
    "市长何令仪督促企业开展隐患检查。",
    "据市长何令仪介绍，情况良好。",
    "厨师何令仪介绍家乡美食。",
    "市长何令仪以“参加会议要主持公道”为题写文章。",
    "市长何令仪走进种粮大户王照临家中。",
    "市直有关单位负责人参加会议。",
    "市长何令仪来到园区，企业负责人介绍了有关情况，各部门负责同志作了发言。",       # others' acts
    "主持人何令仪说，好。",
    "何令仪，1975年7月参加工作，1996年6月入党，主持完成多项课题。",              # a life
    "揭牌仪式、签约仪式、调研座谈会、检查组、讲话稿、慰问金与市长何令仪无关。",      # nouns
    "市长何令仪说：“我参加会议，主持座谈会。”",
    "本报讯（记者 何令仪 王照临）查看更多",
    "何令仪 摄 何坊县开展巡林检查",
    "天气晴好（何令仪 王照临）返回首页，检查网络。",
])
def test_what_is_no_act(text):
    assert acts(text) == []


@pytest.mark.parametrize(("text", "expected"), [
    ("市长何令仪主持会议并讲话，副市长王照临出席。", ["市长何令仪主持会议", "讲话", "副市长王照临出席"]),
    ("3月9日，市长何令仪到云陵县，围绕防汛工作进行调研，随后主持召开座谈会。", [
        "市长何令仪到云陵县，围绕防汛工作进行调研", "随后主持召开座谈会"]),
    ("市长何令仪主持会议，并宣读决定。", ["市长何令仪主持会议", "宣读决定"]),
    ("市长何令仪参加调研或座谈会。", ["市长何令仪参加调研或座谈会"] * 2),
    ("省长郑文柏在市长何令仪陪同下到云陵县视察。", ["省长郑文柏在市长何令仪陪同下到云陵县视察", "市长何令仪陪同下"]),
])
def test_a_span_is_the_clause_that_says_so(text, expected):
    assert spans(text) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("市政府与远山集团签订战略合作框架协议。", [("signed", "签订", ("市政府", "远山集团"))]),
    ("市住建局、市水利局分别作交流发言。", [("spoke", "作交流发言", ("市住建局", "市水利局"))]),
    ("市住建局、市水利局等单位有关负责同志作了交流发言。", [("spoke", "作了交流发言", ("市住建局", "市水利局"))]),
    ("市政府下发通知。", []),
    ("市水利局局长王照临作交流发言。", []),
])
def test_bodies_sign_and_speak(text, expected):
    found = [(a.value.act, a.value.verb, a.value.organisations) for a in annotations(text) if not a.value.people]
    assert found == expected


def test_a_verb_is_printed_as_written_and_its_people_stand_in_the_text():
    texts = [case for mark in test_who_does_what.pytestmark for case, _ in mark.args[1]]
    for text in texts:
        for annotation in annotations(text):
            assert annotation.value.act in CLASSES
            assert annotation.value.verb in text[annotation.start:annotation.end]
            assert annotation.by.startswith("act/")
            assert all(name in text for name in annotation.value.people)


def test_verbs_at_the_same_place_stay_apart_by_what_follows():
    assert [v.act for v in find_verbs("参加调研")] == ["accompanied"]
    assert [v.act for v in find_verbs("参加会议")] == ["attended"]
    assert [v.act for v in find_verbs("主持人主持会议")] == ["presided"]
    assert find_verbs("党中央致词精神、企业的工作汇报、查看更多、慰问活动") == []
    assert find_verbs("督导组、揭牌仪式、重要讲话精神、听取汇报") == []


def test_the_lexicon_of_verbs_has_known_classes_and_forms():
    for row in rows("act_verbs"):
        assert row["act"] in CLASSES or row["act"] == "-"
        assert row["form"] in {"verb", "noun", "both", "told", "meeting", "lead"}


@pytest.mark.parametrize("text", [
    "局" + "就在与" * 9000, "市长何令仪讲话，" * 3000, "作" * 30000, "市长何令仪、" * 4000 + "参加", "“市长何令仪出席" * 3000, "市长何令仪与" * 3000 + "会谈",
], ids=lambda text: text[:8])
def test_any_text_is_read_in_linear_time(text):
    passage = Passage.of(text)
    people = annotate_people(passage, learn_names([passage], frozenset()))
    started = time.process_time()
    annotate_acts(passage, people)
    assert time.process_time() - started < 2


def test_no_text_fails():
    rng = random.Random(3)
    pieces = ["市长何令仪", "、", "，", "副市长王照临", "参加", "调研", "并", "就", "在", "与", "讲话", "。", "“", "《", "作", "陪同", "的", "局", " ", "\n", "带队"]
    for _ in range(60):
        text = "".join(rng.choices(pieces, k=60))
        for a in annotations(text):
            assert 0 <= a.start < a.end <= len(text)
            assert a.value.verb in text[a.start:a.end]


# ---- offices ----


@pytest.mark.parametrize(("text", "kind"), [
    ("市长", "office"), ("代市长", "office"), ("市委常委", "office"), ("总工程师", "office"), ("市水利局总工程师", "office"), ("检察长", "office"),
    ("首席代表", "office"), ("市委委员", "office"),
    ("二级巡视员", "rank"), ("省工信厅二级巡视员", "rank"), ("一级调研员", "rank"), ("副巡视员", "rank"), ("三级消防长", "rank"), ("四级高级警长", "rank"),
    ("教授", "title"), ("云陵大学副教授", "title"), ("高级工程师", "title"), ("主任医师", "title"), ("研究员", "title"),
    ("中国工程院院士", "honour"), ("全国人大代表", "honour"), ("省政协委员", "honour"), ("全国劳动模范", "honour"), ("代表性传承人", "honour"),
    ("市领导", "label"), ("村民", "label"), ("记者", "label"), ("学生代表", "label"), ("驾驶员", "label"),
])
def test_ranks_titles_and_honours_are_told_from_offices(text, kind):
    assert office_kind(text) == kind


def test_a_rank_speaks_of_its_own_time():
    assert office_kind("一级科员", "2024-03-01") == "rank"
    assert {row["kind"] for row in rows("office_kinds")} == {"office", "rank", "title", "honour", "label"}
    in_2015 = {row["term"] for row in rows("office_kinds", "2015-01-01")}
    assert "二级巡视员" not in in_2015
    assert "二级巡视员" in {row["term"] for row in rows("office_kinds", "2019-06-01")}


@pytest.mark.parametrize(("text", "standing"), [
    ("市长", None), ("常务副市长", None), ("原子能研究所所长", None), ("平原县县长", None), ("人大代表", None),
    ("代市长", "acting"), ("代理县长", "acting"), ("云陵市代市长", "acting"), ("保卫科代理科长", "acting"),
    ("原市委书记", "former"), ("商务部原副部长", "former"), ("市原市长", "former"), ("前总理", "former"),
    ("拟任县委书记", "proposed"), ("市长候选人", "proposed"), ("市政府党组成员（挂职）", "seconded"), ("市委办主任（主持工作）", "in_charge"),
])
def test_how_an_office_is_held(text, standing):
    assert office_standing(text) == standing


# ---- the real issue ----


@needs_shared
def test_the_score_on_the_gold_issue_does_not_fall(tmp_path):
    issue = read_issue(SHARED / "seeds" / "000_04dcafd9a52faaeb.txt", SHARED / "gold" / "000.outline.txt")
    assert score_of(SHARED / "gold" / "000.json", to_json(issue), tmp_path)["acts"]["f1"] >= 0.99


@needs_shared
def test_acts_of_real_texts_keep_the_laws():
    for line in (SHARED / "corpus" / "clippings_2023.jsonl").read_text(encoding="utf-8").splitlines()[:40]:
        text = json.loads(line)["text"]
        for a in annotations(text):
            assert a.value.people or a.value.organisations
            assert a.value.verb in text[a.start:a.end]
            assert "。" not in text[a.start:a.end]
