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
    return lambda n: particulars(texts[n], annotate_text(texts[n], 2025, 3))


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
        met += (0, 1) in set(near_pairs([signature_of(np.array(each, np.uint32)) for each in (one, other)]))
    assert met >= 190


def test_shingles_do_not_see_white_space_or_width():
    assert shingles_of("云陵市 3月12日，召开会议").tolist() == shingles_of("云陵市３月12日,召\n开会议").tolist()
    assert shared(shingles_of(LEAD), shingles_of(LEAD)) == (1.0, 1.0)
    assert len(signature_of(shingles_of(""))) == ROWS * BANDS


def test_pairs_gather():
    assert gathered(6, [(4, 5), (0, 2), (2, 4)]) == ((0, 2, 4, 5), (1,), (3,))
