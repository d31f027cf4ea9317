"""来稿: kept byte for byte, numbered, once; refused before anything is stored; a contributor sends and sees its own alone."""

from datetime import date
from email.message import EmailMessage

import pytest

from desk_month import issue, people, stand_ins
from yuebao.errors import YuebaoError


@pytest.fixture
def desk(home, monkeypatch):  # noqa: ARG001
    stand_ins(monkeypatch)
    who = people()
    return who | {"issue": issue(who["editor"])}


def texts(*first_lines):
    return [(f"{line}.txt", f"{line}\r\n正文。".encode()) for line in first_lines]


def refused(code, function, *args, **named):
    with pytest.raises(YuebaoError) as error:
        function(*args, **named)
    assert error.value.code == code
    return error.value


def log(action):
    from yuebao.desk.models import AuditEntry

    return list(AuditEntry.objects.filter(action=action))


def test_bytes_are_kept_and_numbered(desk):
    from yuebao.desk import copy

    (name, data), other = texts("甲", "乙")
    first = copy.take(desk["issue"], name, data, by=desk["editor"], outlet="云陵日报第2版", origin_kind="reprinted")
    second = copy.take(desk["issue"], *other, by=desk["editor"], dated_on=date(2026, 1, 5))
    first.refresh_from_db()
    assert bytes(first.data) == data
    assert (first.origin_kind, first.outlet, first.headline, second.dated_on) == ("reprinted", "云陵日报第2版", "甲\r", date(2026, 1, 5))
    assert [(c.number, copy.value_of(c).number) for c in (first, second)] == [(1, 1), (2, 2)]
    assert [line.subject for line in log("copy taken")] == ["云陵月报2026年第1期 来稿 1", "云陵月报2026年第1期 来稿 2"]


def test_same_bytes_are_kept_once(desk):
    from yuebao.desk import copy

    (_, data), _ = texts("甲", "乙")
    outcomes = copy.take_all(desk["issue"], [*texts("甲", "乙"), ("丙.txt", data)], by=desk["editor"])
    assert [o.state for o in outcomes] == ["taken", "taken", "known"]
    assert outcomes[2].clipping == outcomes[0].clipping
    assert copy.clippings(desk["issue"]).count() == 2
    other = issue(desk["editor"], 2)
    assert copy.take(other, "甲.txt", data, by=desk["editor"]).number == 1  # of another issue it is another text


def test_a_mark_of_secrecy_is_refused_and_leaves_neither_text_nor_name(desk):
    from yuebao.desk import copy

    outcomes = copy.take_all(desk["issue"], [("防务安排.txt", "机密★一年\n某地。".encode()), *texts("甲")], by=desk["editor"])
    assert [(o.state, o.error and o.error.code) for o in outcomes] == [("refused", "E110"), ("taken", None)]
    assert copy.clippings(desk["issue"]).count() == 1
    (line,) = log("copy refused")
    assert "E110" in line.details
    assert "防务" not in line.details + line.subject
    assert "某地" not in line.details


def test_what_cannot_be_read_is_refused_by_name(desk):
    from yuebao.desk import copy

    outcomes = copy.take_all(desk["issue"], [("空.txt", b""), ("大.txt", b" " * (copy.LARGEST + 1))], by=desk["editor"])
    assert [(o.name, o.state, o.error.code) for o in outcomes] == [("空.txt", "refused", "E101"), ("大.txt", "refused", "E103")]
    assert not log("copy refused")


def test_a_contributor_sends_in_its_own_name(desk):
    from yuebao.desk import copy
    from yuebao.desk.models import Contributor

    other = Contributor.objects.create(name="丰岭镇")
    sent = copy.take(desk["issue"], *texts("甲")[0], by=desk["county"], contributor=other)
    assert sent.contributor == desk["county"].contributor
    copy.take(desk["issue"], *texts("乙")[0], by=desk["editor"], contributor=other)
    assert [c.number for c in copy.own_clippings(desk["county"])] == [1]
    assert not copy.own_clippings(desk["reader"]).exists()
    refused("E228", copy.take, desk["issue"], *texts("乙")[0], by=desk["county"])  # the office has it, from whom is not said
    desk["county"].contributor = None
    refused("E221", copy.take, desk["issue"], *texts("丙")[0], by=desk["county"])


def test_a_register_among_the_files_says_who_sent_each(desk):
    from yuebao.desk import copy

    table = "name\torigin_kind\tcontributor\toutlet\tdate\n甲.txt\t供稿\t丰岭镇\t\t2026-01-05\n乙.txt\t转载\t\t云陵日报\t\n"
    outcomes = copy.take_all(desk["issue"], [*texts("甲", "乙", "丙"), ("来稿登记.tsv", table.encode())], by=desk["editor"])
    assert [o.state for o in outcomes] == ["taken"] * 3
    held = [(c.contributor and c.contributor.name, c.origin_kind, c.outlet, c.dated_on) for c in copy.clippings(desk["issue"])]
    assert held == [
        ("丰岭镇", "contributed", None, date(2026, 1, 5)), (None, "reprinted", "云陵日报", None), (None, "contributed", None, None)]
    (wrong,) = copy.take_all(desk["issue"], [("copy.tsv", b"a\tb\n")], by=desk["editor"])
    assert (wrong.state, wrong.error.code) == ("refused", "E113")


@pytest.fixture
def post(home):  # noqa: ARG001
    """The desk as it is, nothing stood in for."""
    who = people()
    return who | {"issue": issue(who["editor"])}


def letter(*enclosed):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "来稿"
    message.set_content("请查收。")
    for name, data in enclosed:
        message.add_attachment(data, maintype="text", subtype="plain", filename=name)
    return message.as_bytes()


def test_a_letter_is_kept_with_what_came_in_it(post):
    from yuebao.desk import copy
    from yuebao.desk.models import Scan

    data = letter(*texts("甲", "乙"))
    assert [o.state for o in copy.take_all(post["issue"], [("信.eml", data)], by=post["editor"])] == ["taken", "taken"]
    held = list(copy.clippings(post["issue"]).select_related("letter"))
    assert [(c.name, c.letter.name, bytes(c.letter.data)) for c in held] == [("甲.txt", "信.eml", data), ("乙.txt", "信.eml", data)]
    copy.take_all(post["issue"], [("信.eml", data)], by=post["editor"])
    assert Scan.objects.count() == 1


def test_a_letter_that_encloses_a_secret_is_not_kept(post):
    from yuebao.desk import copy
    from yuebao.desk.models import Scan

    outcomes = copy.take_all(post["issue"], [("信.eml", letter(*texts("甲"), ("乙.txt", "机密★一年\n某地。".encode())))], by=post["editor"])
    assert sorted(o.state for o in outcomes) == ["refused", "taken"]
    assert not Scan.objects.exists()


def test_withdrawn_copy_stays_and_comes_back(desk):
    from yuebao.desk import copy

    mine = copy.take(desk["issue"], *texts("甲")[0], by=desk["county"])
    office = copy.take(desk["issue"], *texts("乙")[0], by=desk["editor"])
    refused("E203", copy.withdraw, mine, " ", desk["county"])
    refused("E221", copy.withdraw, office, "错了", desk["county"])
    copy.withdraw(mine, "内容有误", desk["county"])
    refused("E223", copy.withdraw, mine, "又一次", desk["county"])
    mine.refresh_from_db()
    assert (mine.state, mine.reason, mine.number) == ("withdrawn", "内容有误", 1)
    copy.take_back(mine, desk["county"])
    mine.refresh_from_db()
    assert (mine.state, mine.reason) == ("new", "")
    refused("E223", copy.take_back, mine, desk["county"])


def test_a_signed_issue_takes_no_copy(desk):
    from yuebao.desk import copy

    held = copy.take(desk["issue"], *texts("甲")[0], by=desk["editor"])
    desk["issue"].stage = "signed"
    desk["issue"].save()
    refused("E223", copy.take, desk["issue"], *texts("乙")[0], by=desk["editor"])
    refused("E223", copy.withdraw, held, "错了", desk["editor"])


@pytest.mark.parametrize(("text", "name", "data"), [
    ("题目\r\n正文。", "题目.txt", "题目\n正文。"),
    ("\n  题/目  \n正文。", "题／目.txt", "\n  题/目  \n正文。"),
    ("长" * 40, "长" * 24 + ".txt", "长" * 40),
    ("", ".txt", ""),
])
def test_a_pasted_text_is_a_file_named_by_its_first_line(home, text, name, data):  # noqa: ARG001
    from yuebao.desk import copy

    assert copy.pasted(text) == (name, data.encode())
