"""Who somebody is and who is in an office: attested and appointed, on a day or ever; each statement with its place; nothing is 查无记载."""

from datetime import date

import pytest

from yuebao import archive, ask, lexicon
from yuebao.ask import telling

pytestmark = pytest.mark.usefixtures("stages")
JUNE = """云陵月报|2025|6|6|90|中共云陵市委办公室|
# 领导活动
郑文柏调研夏收|1|2025-06-03|市委书记 郑文柏,石濑县委书记 时逢春,县长 夏至安|6月3日，市委书记郑文柏调研夏收，石濑县委书记时逢春，县长夏至安参加。
秦墨之看望考生|2|2025-06-07|市长 秦墨之,原副市长 冬青禾|6月7日，市长秦墨之看望考生，原副市长冬青禾随行。
方问渠到云陵授课|5|2025-06-21|教授 方问渠,二级巡视员 夏至清|6月21日，澜江大学副校长方问渠教授授课，二级巡视员夏至清参加。
何令仪任职|3|2025-06-20|市政协主席 何令仪|6月20日，市政协主席何令仪到任。
冬青禾之外|4||常务副市长 时来之|近日，常务副市长时来之下乡。
"""


@pytest.fixture
def town(home, stages):
    for name, text in (("june", JUNE), ("april", stages.APRIL), ("may", stages.MAY)):
        (home.parent / f"{name}.txt").write_text(text, encoding="utf-8")
        list(archive.add([home.parent / f"{name}.txt"]))
    yield home
    lexicon.use(None)


def appointments(home, *rows):
    (home / "lexicon").mkdir(exist_ok=True)
    text = "".join("\t".join(row.split()) + "\n" for row in ("date body person office change", *rows))
    (home / "lexicon" / "appointments.tsv").write_text(text, encoding="utf-8")
    archive.setup(home)


def attested(answer):
    return [[(t.office, t.first.on and t.first.on.isoformat(), t.last.on and t.last.on.isoformat(), t.count) for t in p.attested] for p in answer.people]


@pytest.mark.usefixtures("town")
def test_what_print_attests_with_its_sentences():
    answer = ask.who("秦墨之")
    assert attested(answer) == [[("市长", "2025-04-18", "2025-06-07", 3), ("市委副书记", "2025-05-20", "2025-05-20", 1)]]
    tenure = answer.people[0].attested[0]
    assert tenure.first.text == "4月18日，云陵工业园二期开工，总投资12.5亿元，市长秦墨之宣布开工。"
    assert tenure.first.text[slice(*tenure.first.mark)] == "秦墨之"
    assert tenure.first.citation.text() == "《云陵月报》2025年第4期（总第88期）第4页"
    assert tenure.last.citation.text() == "《云陵月报》2025年第6期（总第90期）第2页"
    assert tenure.months == ((2025, 4, 1), (2025, 5, 1), (2025, 6, 1))
    assert answer.people[0].appointed == ()


@pytest.mark.usefixtures("town")
def test_the_same_name_in_different_posts_stays_apart():
    answer = ask.who("何令仪")
    assert [(p.number, p.items) for p in answer.people] == [(1, 2), (2, 1)]
    assert attested(answer) == [[("副市长", "2025-04-03", "2025-04-10", 2)], [("市政协主席", "2025-06-20", "2025-06-20", 1)]]


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(("name", "on", "held", "near"), [
    ("郑文柏", "2025-05-01", ["市委书记"], []),
    ("郑文柏", "2025-04-03", ["市委书记"], []),
    ("郑文柏", "2025-06-03", ["市委书记"], []),
    ("郑文柏", "2025-06-04", [], ["市委书记"]),
    ("郑文柏", "2025-04-02", [], ["市委书记"]),
    ("秦墨之", "2025-05-20", ["市长", "市委副书记"], []),
    ("秦墨之", "2025-05-21", ["市长"], ["市委副书记"]),
    ("冬青禾", "2025-06-07", [], []),  # 原: seen in print, but not as holding it
    ("时来之", "2025-06-07", [], []),  # undated: nothing to lie between
])
def test_on_a_day(name, on, held, near):
    answer = ask.who(name, date.fromisoformat(on))
    assert [t.office for p in answer.people for t in p.attested] == held
    assert [t.office for p in answer.people for t in p.around] == near


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("name", ["无此人", "", "郑文", "市长"])
def test_nothing_is_recorded(name):
    assert ask.who(name) is None


def test_the_table_is_never_mixed_with_print(town):
    appointments(town, "2025-05-25 云陵市人大常委会 何令仪 副市长 out", "2024-01-09 云陵市人大常委会 何令仪 副市长 in",
                 "2025-06-20 政协云陵市委员会 何令仪 市政协主席 in", "2025-06-01 云陵市人大常委会 何令仪 秘书长 in")
    answer = ask.who("何令仪")
    assert [[(t.office, t.from_line, t.until_line) for t in p.appointed] for p in answer.people] == [[("副市长", 3, 2)], [("市政协主席", 4, None)]]
    assert [t.office for t in answer.appointed] == ["秘书长"]  # fits neither of the two
    on = ask.who("何令仪", date(2025, 5, 1))
    assert [[t.office for t in p.attested] for p in on.people] == [[], []]
    assert [[t.office for t in p.appointed] for p in on.people] == [["副市长"], []]
    assert on.appointed == ()


def test_somebody_whom_only_the_table_has(town):
    appointments(town, "2025-05-25 云陵市人大常委会 夏秋冬 副市长 in")
    answer = ask.who("夏秋冬")
    assert (answer.people, [t.office for t in answer.appointed]) == ((), ["副市长"])
    assert "见载" not in telling.who_text(answer)


# ---- an office ----


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(("office", "on", "holders"), [
    ("市长", None, ["秦墨之"]), ("云陵市市长", None, ["秦墨之"]), ("市长", "2025-05-01", ["秦墨之"]), ("市长", "2025-07-01", []),
    ("副市长", None, ["何令仪", "时来之"]),  # 常务副市长 is one of them; the former one is not
    ("常务副市长", None, ["时来之"]),
    ("县长", None, ["夏至安"]), ("石濑县县长", None, ["夏至安"]), ("县委书记", None, ["时逢春"]),
    ("石濑县委书记", "2025-06-03", ["时逢春"]), ("市委书记", "2025-06-03", ["郑文柏"]),
])
def test_who_is_in_an_office(office, on, holders):
    answer = ask.office(office, on and date.fromisoformat(on))
    assert [h.name for h in answer.attested] == holders


@pytest.mark.usefixtures("town")
def test_before_and_after_a_day():
    answer = ask.office("市长", date(2025, 7, 1))
    assert (answer.attested, [(h.name, h.tenure.last.on) for h in answer.around]) == ((), [("秦墨之", date(2025, 6, 7))])


@pytest.mark.usefixtures("town")
def test_a_title_and_a_rank_are_shown_and_are_no_tenure():
    standing = {t.office: t.standing for name in ("方问渠", "夏至清") for person in ask.who(name).people for t in person.attested}
    assert standing == {"教授": "title", "二级巡视员": "rank"}
    assert ask.office("教授") is None
    assert ask.office("二级巡视员") is None
    assert not any(t.covers(date(2025, 6, 21)) for person in ask.who("夏至清").people for t in person.attested)
    assert "职级  二级巡视员" in telling.who_text(ask.who("夏至清"))


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("office", ["省长", "驿丞", "", "长"])
def test_an_office_that_nobody_is_printed_in(office):
    assert ask.office(office) is None


def test_an_office_by_the_table(town):
    appointments(town, "2025-01-09 云陵市人大常委会 秦墨之 市长 in", "2025-03-01 云陵市人大常委会 夏秋冬 副市长 in",
                 "2025-05-01 云陵市人大常委会 夏秋冬 副市长 out")
    answer = ask.office("市长", date(2025, 2, 1))
    assert (answer.attested, [(t.person, t.from_body) for t in answer.appointed]) == ((), [("秦墨之", "云陵市人大常委会")])
    assert [t.person for t in ask.office("副市长", date(2025, 4, 1)).appointed] == ["夏秋冬"]
    assert ask.office("副市长", date(2025, 5, 1)).appointed == ()


# ---- in words ----


@pytest.mark.usefixtures("town")
def test_what_is_only_attested_is_not_worded_as_held():
    for text in (telling.who_text(ask.who("郑文柏")), telling.office_text(ask.office("副市长")),
                 telling.who_text(ask.who("郑文柏", date(2025, 5, 1)))):
        assert "见载" in text
        assert "任" not in text.replace("不等于任期", "").replace("原任", "")
    assert "（称原任）" in telling.who_text(ask.who("冬青禾"))


@pytest.mark.usefixtures("town")
def test_every_statement_is_cited():
    lines = telling.office_text(ask.office("副市长")).splitlines()
    assert lines[:3] == [
        "  见载  何令仪  副市长  2025年4月3日—2025年4月10日  2 条",
        "    首  “4月3日，市委书记郑文柏到何坊县调研春耕备耕，副市长何令仪参加。”",
        "        《云陵月报》2025年第4期（总第88期）第1页  云陵月报-2025-04 1",
    ]
    assert sum(line.startswith("    ") and not line.startswith("     ") for line in lines) == sum("《云陵月报》" in line for line in lines) == 3


@pytest.mark.usefixtures("town")
def test_a_vacant_office_is_not_spoken_of():
    text = telling.office_text(ask.office("市长", date(2025, 7, 1)))
    assert "空缺" not in text
    assert "此前末次  秦墨之  市长  2025年6月7日" in text


@pytest.mark.usefixtures("town")
def test_in_english_too():
    text = telling.who_text(ask.who("何令仪"), "en")
    assert "2 records of one name" in text
    assert "in print  副市长  2025-04-03—2025-04-10  2 items" in text


@pytest.mark.usefixtures("town")
def test_answers_are_plain_values():
    plain = ask.office("市长").to_dict()
    assert plain["attested"][0]["tenure"]["first"]["citation"]["issue"] == "云陵月报-2025-04"
    assert plain["attested"][0]["tenure"]["first"]["on"] == "2025-04-18"


# ---- order ----

LISTS = """云陵月报|2025|{n}|{n}|{n}|中共云陵市委办公室|
# 会议
会议|1|2025-{n:02d}-03|市长 秦墨之,副市长 何令仪,副市长 时来之,市政协主席 夏至安|会上，市长秦墨之，副市长{a}、{b}，市政协主席夏至安出席。
"""


@pytest.fixture
def lists(home, stages):  # noqa: ARG001 - before anything is added
    for n, pair in ((1, ("何令仪", "时来之")), (2, ("何令仪", "时来之")), (3, ("时来之", "何令仪")), (4, ("何令仪", "时来之"))):
        (home.parent / f"l{n}.txt").write_text(LISTS.format(n=n, a=pair[0], b=pair[1]), encoding="utf-8")
        assert [added.error for added in archive.add([home.parent / f"l{n}.txt"])] == [None]
    yield home
    lexicon.use(None)


@pytest.mark.usefixtures("lists")
def test_the_order_learned_from_lists():
    answer = ask.order("何令仪", "时来之")
    assert (answer.one_first, answer.other_first, answer.by_table) == (3, 1, None)
    assert [q.citation.issue for q in answer.one_first_in] == ["云陵月报-2025-01", "云陵月报-2025-02", "云陵月报-2025-04"]
    assert (ask.order("时来之", "何令仪").one_first, ask.order("秦墨之", "时来之").one_first) == (1, 4)
    assert "何令仪在前 3 次，时来之在前 1 次" in telling.order_text(answer)


@pytest.mark.usefixtures("lists")
@pytest.mark.parametrize(("one", "other"), [("秦墨之", "夏至安"), ("夏至安", "何令仪"), ("无此人", "何令仪"), ("何令仪", "何令仪")])
def test_never_across_bodies(one, other):
    assert ask.order(one, other) is None


def test_across_bodies_the_table_speaks(lists):
    (lists / "lexicon").mkdir()
    rows = ["term place_in_order from_on until_on source", "夏至安 4 2025-01-01 2025-06-30 云办〔2025〕1号", "秦墨之 2 2025 - 云办〔2025〕1号"]
    (lists / "lexicon" / "order.tsv").write_text("".join("\t".join(r.split()) + "\n" for r in rows), encoding="utf-8")
    archive.setup(lists)
    answer = ask.order("夏至安", "秦墨之", date(2025, 5, 1))
    assert (answer.by_table.is_one_first, answer.by_table.one_line, answer.one_first, answer.other_first) == (False, 2, 0, 0)
    assert "名单表（第 2、3 行，云办〔2025〕1号）：秦墨之在前" in telling.order_text(answer)
    assert ask.order("夏至安", "秦墨之", date(2025, 7, 1)) is None
    assert ask.order("夏至安", "秦墨之") is None
