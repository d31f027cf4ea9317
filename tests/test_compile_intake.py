"""Intake of copy: what is the report, what is left out and why, what a person must look at. Nothing of a text is lost."""

import json
import shutil
import time
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yuebao import pipeline, samples
from yuebao.annotate import annotate_text
from yuebao.compile.intake import FLAGS, REASONS, Refused, flags_of, part
from yuebao.compile.register import Registered, register_of, texts_of
from yuebao.compile.values import Clipping
from yuebao.errors import InputError, UsageError
from yuebao.proof.imprint import classified_mark
from yuebao.read.office import OLE
from yuebao.text import squeeze
from yuebao.zipped import pack, unpack

REPORT = "1月6日，云陵市召开安全生产会议，部署春节前检查。市长梁以宁出席会议并讲话。"
CLIPPINGS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "clippings_2023.jsonl"


def account(text, parts):
    """What the parts have more and less than the text, white space aside."""
    told = Counter(squeeze(parts.text)) + Counter(c for left in parts.left_out for c in squeeze(left.text))
    return told - Counter(squeeze(text)), Counter(squeeze(text)) - told


def left(text, **more):
    return [(out.reason, out.text) for out in part(text, **more).left_out]


# ---- what is left out ----


@pytest.mark.parametrize(("before", "out"), [
    ("本报讯（记者 路小溪 通讯员 明朗）", [("dateline", "本报讯"), ("byline", "（记者 路小溪 通讯员 明朗）")]),
    ("新华社云陵1月7日电 （记者 洛宁远）", [("dateline", "新华社云陵1月7日电 （记者 洛宁远）")]),
    ("云陵日报讯 ", [("dateline", "云陵日报讯")]),
    ("云陵新闻网1月7日讯（记者 郦小满）", [("dateline", "云陵新闻网1月7日讯"), ("byline", "（记者 郦小满）")]),
    ("云陵讯（融媒体记者 路小溪）", [("dateline", "云陵讯"), ("byline", "（融媒体记者 路小溪）")]),
    ("【云陵发布消息】", [("dateline", "【云陵发布消息】")]),
    ("云陵日报客户端记者 洛宁远 明朗 文/图", [("byline", "云陵日报客户端记者 洛宁远 明朗 文/图")]),
    ("记者 洛宁远 通讯员 明朗", [("byline", "记者 洛宁远 通讯员 明朗")]),
    ("云陵网记者洛宁远1月7日报道：", [("byline", "云陵网记者洛宁远1月7日报道：")]),
    ("来源：云陵发布 ", [("source", "来源：云陵发布")]),
    ("本文转自【云陵日报】；", [("source", "本文转自【云陵日报】；")]),
    ("会议现场。", [("caption", "会议现场。")]),
])
def test_what_stands_before_a_report(before, out):
    assert left(before + REPORT) == out
    assert part(before + REPORT).text.strip() == REPORT


@pytest.mark.parametrize(("after", "out"), [
    ("（记者 路小溪）", [("byline", "（记者 路小溪）")]),
    ("（路小溪 明朗）", [("byline", "（路小溪 明朗）")]),
    ("(完)", [("end_mark", "(完)")]),
    ("（完）（路小溪）", [("end_mark", "（完）"), ("byline", "（路小溪）")]),
    ("（来源：云陵日报）", [("source", "（来源：云陵日报）")]),
    ("（市教育局供稿　联系人：尹向南）", [("contact", "（市教育局供稿　联系人：尹向南）")]),
    ("【编辑:洛宁远】", [("editors", "【编辑:洛宁远】")]),
    ("责任编辑：洛宁远", [("editors", "责任编辑：洛宁远")]),
    ("编辑 洛宁远 校对 向晚晴", [("editors", "编辑 洛宁远 校对 向晚晴")]),
    ("编辑：洛宁远 | 审校：向晚晴 | 审核：明朗 | 监制：简志恒", [("editors", "编辑：洛宁远 | 审校：向晚晴 | 审核：明朗 | 监制：简志恒")]),
    ("云陵新闻记者 洛宁远编辑：向晚晴", [("editors", "云陵新闻记者 洛宁远编辑：向晚晴")]),
    ("来源：云陵日报 编辑：洛宁远", [("editors", "来源：云陵日报 编辑：洛宁远")]),
    ("来源：云陵市政府网站", [("source", "来源：云陵市政府网站")]),
    ("文/云陵日报记者 洛宁远", [("byline", "文/云陵日报记者 洛宁远")]),
    ("返回云陵网，查看更多责任编辑：", [("furniture", "返回云陵网，查看更多"), ("editors", "责任编辑：")]),
    ("（本文图片 明朗 摄）", [("caption", "（本文图片 明朗 摄）")]),
    ("原标题：云陵市召开会议部署检查", [("original_title", "原标题：云陵市召开会议部署检查")]),
    ("本文版权归云陵日报所有，未经授权不得转载。", [("disclaimer", "本文版权归云陵日报所有，未经授权不得转载。")]),
    ("发布日期：2026-01-07 12:05:54", [("publication", "发布日期：2026-01-07 12:05:54")]),
    ("-END-", [("end_mark", "-END-")]),
])
def test_what_stands_behind_a_report(after, out):
    assert left(REPORT + after) == out
    assert part(REPORT + after).text.strip() == REPORT


@pytest.mark.parametrize("text", [
    "记者从市应急管理局获悉，1月6日全市召开会议。",
    "据云陵日报消息，1月6日全市召开会议。",
    "会议要求做好版权保护工作，打击侵权盗版。",
    "来自全市各县的代表参加会议。会期2天（含报到）。",
    "市领导出席会议。（名单附后）",
    "市领导会见客商。（市委常委陆远征参加）",
    "会议审议通过报告。（注：数据为初步统计）",
    "责任编辑负责稿件质量，编辑：校对比例为三比一的单位受到表扬。",
    "培训班请来摄影家讲课，学员现场创作摄影作品。",
    "今年全市旅游收入增长，主要资金来源：财政拨款和社会投资两部分。",
    "广告 行业座谈会在云陵召开，28家单位参加。",
])
def test_what_is_of_the_report_stays(text):
    assert left(text) == []
    assert part(text).text == text


@pytest.mark.parametrize(("line", "reason"), [
    ("2026年1月7日 08:27 来源：云陵日报 字号：大 中 小", "publication"), ("发布时间：2026-01-07 08:27", "publication"), ("【字号：大 中 小】", "furniture"),
    ("打印本页", "furniture"), ("分享到：微信 微博", "furniture"), ("您现在的位置：首页 > 要闻 > 正文", "furniture"), ("浏览次数：128", "furniture"),
    ("上一篇：云陵一中获奖", "furniture"), ("点击关注“云陵二院” 扫码挂号", "furniture"), ("长按识别二维码关注我们", "furniture"), ("阅读原文", "furniture"),
    ("版权所有 云陵日报社", "disclaimer"), ("云ICP备12345678号-1", "disclaimer"), ("广告", "advertisement"), ("— 3 —", "folio"), ("第 2 页 共 3 页", "folio"),
    ("图为会议现场 明朗/摄", "caption"), ("市领导在现场检查。（明朗 摄）", "caption"), ("供稿：市委办公室　　审核：甘素心", "contact"), ("联系人：尹向南 电话：0999-1234567", "contact"),
    ("市委办公室　　2026年1月5日", "publication"), ("报：市委办公室、市政府办公室", "contact"), ("（共印20份）", "contact"), ("附件1", "contact"), ("供稿人：尹向南 电话：0999-1234567", "contact"),
    ("签发：曲无疾", "editors"), ("责任编辑：向晚晴", "editors"), ("作者：路小溪", "byline"),
])
def test_lines_that_are_no_part_of_a_report(line, reason):
    text = f"云陵市召开安全生产会议\n{line}\n{REPORT}\n{REPORT}"
    assert left(text) == [(reason, line)]
    assert part(text).headline == "云陵市召开安全生产会议"


def test_the_head_of_an_office_s_brief():
    text = f"石濑县信息\n第12期（总第345期）\n石濑县政府办公室　　2026年1月5日\n石濑县春耕早动手\n{REPORT}"
    assert [reason for reason, _ in left(text)] == ["publication"] * 3
    assert part(text).headline == "石濑县春耕早动手"


def test_links_that_close_a_page():
    text = f"云陵市召开安全生产会议\n{REPORT}\n相关推荐\n我市今起多云转晴\n图说云陵：冬日漪河"
    assert [reason for reason, _ in left(text)] == ["furniture"] * 3
    assert "推荐" in part(f"云陵市召开会议\n{REPORT}\n相关推荐\n会议推荐了十名代表。").text


@pytest.mark.parametrize(("text", "headline"), [
    (f"原标题：云陵市召开安全生产会议云陵市召开安全生产会议 {REPORT}", "云陵市召开安全生产会议"),
    (f"原标题：云陵市召开安全生产会议本报讯（记者 路小溪）{REPORT}", "云陵市召开安全生产会议"),
    (f"原标题：云陵市召开安全生产会议{REPORT}", "云陵市召开安全生产会议"),
    (f"云陵市召开安全生产会议\n原标题：云陵市召开安全生产会议\n{REPORT}", "云陵市召开安全生产会议"),
    (f"来稿：云陵市召开安全生产会议\n{REPORT}", "云陵市召开安全生产会议"),
    (REPORT, None),
    ("1月6日上午，云陵市召开全市安全生产工作会议\n部署春节前后的检查和整改，市长梁以宁出席会\n议并讲话。", None),
    ("云陵市召开安全生产会议\n　　会议开到中午。", "云陵市召开安全生产会议"),
    (f"本报记者 路小溪\n{REPORT}", None),
])
def test_the_headline(text, headline):
    parts = part(text)
    assert parts.headline == headline
    assert parts.text.removeprefix(headline or "").strip() == REPORT or REPORT not in text
    assert account(text, parts) == (Counter(), Counter())


def test_an_advertisement_within_and_a_caption_within():
    text = f"{REPORT}广告 轻松学会一门手艺，收入翻番！ ×会后，代表参观了园区。图为园区一角。 明朗 摄 参观持续到下午，代表们提出三条建议。"
    assert left(text) == [("advertisement", "广告 轻松学会一门手艺，收入翻番！ ×"), ("caption", "图为园区一角。 明朗 摄")]


def test_the_captions_of_a_report_in_pictures_are_the_report():
    text = "立冬农事。1月7日，在桐坞县，农民在收竹。（明朗 摄）1月7日，在青麓县，茶农在修剪。（明朗 摄）1月7日，在石濑县，村民在晒菇。（明朗 摄）"
    assert part(text).text == text


def test_of_a_page_what_is_not_the_article():
    text = f"云陵市召开安全生产会议\n热线电话和栏目\n{REPORT}\n表格一\t12\n{REPORT}\n天气预报"
    main = squeeze(f"云陵市召开安全生产会议{REPORT}")
    assert left(text, main=main) == [("furniture", "热线电话和栏目"), ("furniture", "天气预报")]


@given(st.lists(st.sampled_from([
    REPORT, "本报讯", "（记者 路小溪）", "原标题：", "云陵市召开会议", "\n", " ", "　", "来源：云陵日报", "责任编辑：洛宁远", "编辑 ", "图为会场。 明朗 摄", "广告 卖房子啦快来 ×",
    "返回云陵网，查看更多", "。", "，", "“", "”", "（", "）", "现场", "1月6日", "近日，", "相关推荐", "阅读原文", "https://a.example/", "\u200b", "👍", "▲", "记者", "·" * 6,
]), max_size=14).map("".join) | st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_nothing_is_lost_of_any_text(text):
    text = text.replace("\0", "")
    parts = part(text)
    assert squeeze(parts.text) or not squeeze(text)
    assert account(text, parts) == (Counter(), Counter())
    assert {out.reason for out in parts.left_out} <= set(REASONS)


@pytest.mark.skipif(not CLIPPINGS.is_file(), reason="../shared is not here")
def test_nothing_is_lost_of_real_copy():
    for line in CLIPPINGS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = f"{row['title'] or ''}\n{row['text']}"
        assert account(text, part(text)) == (Counter(), Counter()), row["id"]


@pytest.mark.parametrize("text", [
    "会议召开。" + "编辑 " * 300 + "。", "会议" + " " * 100_000 + "摄\n召开。", "\n" * 100_000, "·" * 100_000, "广告 aaaaaa×" * 20_000, "原标题：" + "会" * 100_000,
    "记者 王甲 " * 10_000 + "。", "。" + "转载请注明" * 20_000, "（甲乙 " * 30_000, "1" * 100_000, "4111 " * 20_000,
], ids=lambda text: text[:12].strip() or "blank")
def test_no_text_takes_long(text):
    start = time.process_time()
    flags_of(part(text).text)
    assert time.process_time() - start < 5


# ---- what a person must look at ----


@pytest.mark.parametrize(("text", "flags"), [
    ("身份证号11010519491231002X，请核。", [("identity", "11010519491231002X")]),
    ("身份证号１１０１０５１９４９１２３１００２Ｘ。", [("identity", "１１０１０５１９４９１２３１００２Ｘ")]),
    ("老证号110105491231002。", [("identity", "110105491231002")]),
    ("编号110105194912310021不合校验。", []),
    ("联系电话13800138000。", [("mobile", "13800138000")]),
    ("联系电话138-0013-8000。", [("mobile", "138-0013-8000")]),
    ("总投资13800138000元，产量15912345678吨。", []),
    ("电话：0999-1234567、2345678转8001。", []),
    ("咨询电话：0999-2345678。", [("telephone", "0999-2345678")]),
    ("致电2345678咨询。", [("telephone", "2345678")]),
    ("拨打12345热线，报警请拨110。", []),
    ("准印证号（云）字第20260001号，项目代码2601-410400-04-01-123456。", []),
    ("汇入6222021234567890128。", [("bank_card", "6222021234567890128")]),
    ("统一社会信用代码91410400MA12345678，合同6222021234567890123。", []),
    ("2026年1月5日，服务13.912345678万人次。", []),
    ("（内部资料 注意保存）", [("restricted", "内部资料 注意保存")]),
    ("此件不得外传。", [("restricted", "不得外传")]),
    ("仅供内部参考", [("restricted", "仅供内部参考")]),
    ("内部装修改造完成，内部管理规范。", []),
])
def test_flags(text, flags):
    assert [(flag.kind, text[flag.start:flag.end]) for flag in flags_of(text)] == flags


@pytest.mark.parametrize(("text", "flags"), [
    ("12岁学生葛一鸣、冼雨桐获奖。", [("minor", "葛一鸣")]),
    ("学生葛一鸣，男，15岁，家住松坞村。", [("minor", "葛一鸣")]),
    ("学生葛一鸣，男，25岁，家住松坞村。", []),
    ("副市长时若兰看望孤儿葛一鸣（化名）。", []),
    ("副市长时若兰看望患者邵春芽。", [("named_person", "邵春芽")]),
    ("患者邵某某已经出院。", []),
])
def test_flags_of_people(text, flags):
    annotations = annotate_text(text, 2026, 1)
    assert [(flag.kind, text[flag.start:flag.end]) for flag in flags_of(text, annotations)] == flags
    assert {kind for kind, _ in flags} <= set(FLAGS)


# ---- marks of secrecy ----


@pytest.mark.parametrize(("text", "mark"), [
    ("机密★1年\n关于开展检查的通知", "机密★"), ("秘 密 ★\n通知", "秘 密 ★"), ("绝密☆启用前", "绝密☆"), ("密级：秘密\n通知", "密级：秘密"), ("密 级： 机密", "密 级： 机密"),
    ("机密\n\n关于会议的纪要", "机密"), ("　　【秘密】关于会议的纪要", "【秘密】"), ("秘密*10年\n通知", "秘密*10年"),
    ("加强商业秘密保护，守好国家秘密。", None), ("密级：秘密、机密、绝密三级", None), ("试卷上印有“绝密★启用前”字样", None), ("揭开溶洞的秘密", None), ("保守秘密\n人人有责", None),
])
def test_marks_of_secrecy(text, mark):
    assert classified_mark(text) == mark
    if mark:
        with pytest.raises(InputError) as refused:
            pipeline.take_copy("通知.txt", text.encode(), 1)
        assert refused.value.code == "E110"


def word(margin):
    files = unpack(next(path for path in samples.copy() if path.suffix == ".docx").read_bytes())
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"
    relations = f'<Relationships><Relationship Id="h" Type="{kind}" Target="header1.xml"/></Relationships>'
    return pack({
        **files, "word/_rels/document.xml.rels": relations.encode(),
        "word/header1.xml": f'<w:hdr xmlns:w="{space}"><w:p><w:r><w:t>{margin[:2]}</w:t></w:r><w:r><w:t>{margin[2:]}</w:t></w:r></w:p></w:hdr>'.encode()})


def test_a_mark_in_the_head_of_a_page_or_in_the_name_of_a_file():
    assert pipeline.take_copy("甲.docx", word("内部资料"), 1).item.headline
    for name, data in (("甲.docx", word("机密★5年")), ("机密★五年.txt", REPORT.encode())):
        with pytest.raises(InputError) as refused:
            pipeline.take_copy(name, data, 1)
        assert refused.value.code == "E110"


def test_a_mark_in_the_head_of_an_older_word_file():
    data = OLE + bytes(504) + "WordDocument关于会议的纪要\r机密★5年\r".encode("utf-16-le") + bytes(99)
    with pytest.raises(InputError) as refused:
        pipeline.refuse_classified("纪要.doc", "关于会议的纪要", data)
    assert refused.value.code == "E110"
    pipeline.refuse_classified("纪要.doc", "关于会议的纪要", data.replace("★".encode("utf-16-le"), "的".encode("utf-16-le")))


# ---- one text ----


def test_the_clipping_of_a_text():
    data = f"云陵市召开安全生产会议\n2026-01-07 08:27 来源：云陵日报\n本报讯（记者 路小溪）{REPORT}".encode("gb18030")
    clipping = pipeline.take_copy("会议.txt", data, 7, origin_kind="reprinted", outlet="云陵日报")
    assert (clipping.number, clipping.origin_kind, clipping.outlet, clipping.dated_on) == (7, "reprinted", "云陵日报", "2026-01-07")
    assert clipping.item.headline == "云陵市召开安全生产会议"
    assert clipping.item.text == f"云陵市召开安全生产会议\n{REPORT}"
    assert clipping.item.entries[0].date.starts_on == "2026-01-06"
    assert any(annotation.layer == "person" for annotation in clipping.item.annotations)
    assert Clipping.from_dict(clipping.to_dict()) == clipping
    assert pipeline.take_copy("会议.txt", data, 7, on=date(2025, 1, 8)).dated_on == "2025-01-08"


@pytest.mark.parametrize("text", ["责任编辑：洛宁远", "责任编辑：洛宁远\n来源：云陵日报", "阅读原文\n广告", "本报讯（记者 路小溪）", "原标题：", "云陵市召开会议", "原标题：甲\n。"])
def test_a_text_that_is_nothing_else_is_taken_as_it_is(text):
    clipping = pipeline.take_copy("甲.txt", text.encode(), 1)
    assert squeeze(clipping.item.text)


def test_rows_of_a_table_stay_apart():
    text = "2025年主要指标\n指标\t数值\t增长\n生产总值\t1234\t5.6%\n工业产值\t5678\t7.8%"
    assert pipeline.take_copy("甲.txt", text.encode(), 1).item.text == text


def test_a_report_that_tells_of_years_ago_is_not_of_that_day():
    assert pipeline.take_copy("甲.txt", "2021年12月2日，某地发布通告。".encode(), 1).dated_on is None


@pytest.mark.parametrize(("data", "code"), [
    (b"", "E101"), (b"\x89PNG\r\n\x1a\n" + bytes(99), "E102"), (("会" * 500_001).encode(), "E103"), (b"PK\x03\x04" + bytes(99), "E102"), ("　\n　".encode(), "E107"),
])
def test_what_is_not_taken(data, code):
    with pytest.raises(InputError) as refused:
        pipeline.take_copy("甲.txt", data, 1)
    assert refused.value.code == code


def test_an_issue_document_is_no_copy():
    with pytest.raises(UsageError):
        pipeline.take_copy("期次.json", b'{"schema": "yuebao/issue/1"}', 1)


def test_without_trafilatura_a_page_is_read_all_the_same(monkeypatch):
    path = next(path for path in samples.copy() if path.suffix == ".html")
    whole = pipeline.take_copy(path.name, path.read_bytes(), 1)
    monkeypatch.setitem(__import__("sys").modules, "trafilatura", None)
    plain = pipeline.take_copy(path.name, path.read_bytes(), 1)
    assert plain.item.text == whole.item.text
    assert plain.dated_on == whole.dated_on == "2026-01-07"


# ---- a folder ----


def test_the_sample_month():
    taken = list(pipeline.take_folder(samples.copy()[0].parent))
    refused = {each.name: each.code for each in taken if isinstance(each, Refused)}
    clippings = [each for each in taken if isinstance(each, Clipping)]
    assert refused["42_会议纪要.txt"] == "E110"
    assert [each.number for each in clippings] == list(range(1, 60))
    assert all(each.item.headline and each.dated_on for each in clippings)
    assert {each.contributor for each in clippings if each.origin_kind == "contributed"} >= {"市委办公室", "市公安局"}
    flagged = {each.name: [flag.kind for flag in each.flags] for each in clippings if each.flags}
    assert flagged == {"10_追赃挽损返还.txt": ["identity", "mobile"]}
    furniture = ("本报讯", "责任编辑", "供稿：", "字号", "扫码", "（记者", "版权所有")
    assert not [each.name for each in clippings if any(word in each.item.text for word in furniture)]


def test_a_folder(tmp_path):
    (tmp_path / "望川区委办公室").mkdir()
    (tmp_path / "望川区委办公室" / "甲.txt").write_text(f"甲会议召开\n{REPORT}", encoding="utf-8")
    (tmp_path / "乙.txt").write_text(f"乙会议召开\n{REPORT}", encoding="utf-8")
    shutil.copy(tmp_path / "乙.txt", tmp_path / "乙（重发）.txt")
    (tmp_path / "图.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99))
    (tmp_path / "~$甲.docx").write_bytes(b"lock")
    (tmp_path / "外.txt").symlink_to("/etc/hostname")
    (tmp_path / "丙.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in (
        {"id": "c1", "date": "2026-01-09", "title": "丙会议召开", "text": REPORT}, {"id": "c2", "text": REPORT + "会期一天。"})), encoding="utf-8")
    (tmp_path / "来稿登记.tsv").write_text("文件名\t来稿方式\t供稿单位\t媒体\t日期\n乙.txt\t转载\t\t云陵日报\t2026年1月8日\n", encoding="utf-8")
    taken = list(pipeline.take_folder(tmp_path))
    told = [(c.number, c.name, c.origin_kind, c.contributor, c.outlet, c.dated_on, c.item.headline) for c in taken if isinstance(c, Clipping)]
    assert told == [
        (1, "c1.txt", "contributed", None, None, "2026-01-09", "丙会议召开"),
        (2, "c2.txt", "contributed", None, None, None, None),
        (3, "乙.txt", "reprinted", None, "云陵日报", "2026-01-08", "乙会议召开"),
        (4, "望川区委办公室/甲.txt", "contributed", "望川区委办公室", None, None, "甲会议召开"),
    ]
    assert [(each.name, each.code) for each in taken if isinstance(each, Refused)] == [("图.png", "E102")]


def test_no_such_folder(tmp_path):
    with pytest.raises(InputError) as refused:
        list(pipeline.take_folder(tmp_path / "nowhere"))
    assert refused.value.code == "E104"


@pytest.mark.parametrize(("text", "line"), [
    ("甲\t乙\n", 1), ("", 1), ("name\tdate\n甲.txt\t昨天\n", 2), ("name\tdate\n甲.txt\t2026-02-30\n", 2), ("name\torigin_kind\n\n甲.txt\t投稿\n", 3),
    ("name\tdate\n甲.txt\t\n甲.txt\t\n", 3), ("name\tdate\n\t2026-01-05\n", 2),
])
def test_a_fault_in_the_register_is_told_with_its_line(text, line):
    with pytest.raises(UsageError) as refused:
        register_of("来稿登记.tsv", text)
    assert (refused.value.code, refused.value.details["line"]) == ("E113", line)


@pytest.mark.parametrize("line", ["[1]", "{", '{"id": 1}', '{"text": "  "}', '{"text": 3}', "[" * 5000])
def test_a_fault_in_lines_of_texts(line):
    with pytest.raises(UsageError) as refused:
        list(texts_of("甲.jsonl", f'{{"text": "甲"}}\n\n{line}', Registered()))
    assert (refused.value.code, refused.value.details["line"]) == ("E113", 3)
