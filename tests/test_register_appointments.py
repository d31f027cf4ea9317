"""The office's own tables: rows of its lexicons beside ours, appointments, successions; a bad row is named by line."""

from datetime import date

import pytest

from yuebao import archive, lexicon
from yuebao.archive.register.appointments import appointed, appointments
from yuebao.archive.register.successions import successions
from yuebao.errors import UsageError

HEADER = "date\tbody\tperson\toffice\tchange\n"
CONGRESS = "云陵市人大常委会"


@pytest.fixture
def own(tmp_path):
    """Write one of the office's own tables and let it count; afterwards none does."""
    folder = tmp_path / "lexicon"
    folder.mkdir()

    def write(name, text, encoding="utf-8"):
        (folder / f"{name}.tsv").write_text(text, encoding=encoding)
        lexicon.use(folder)

    yield write
    lexicon.use(None)


def row(on, person, office, change, body=CONGRESS):
    return f"{on}\t{body}\t{person}\t{office}\t{change}\n"


def tenures(place="云陵市"):
    return [(t.person, t.post, t.since and t.since.on.isoformat(), t.until and t.until.on.isoformat()) for t in appointed(appointments(), place)]


@pytest.mark.parametrize(("rows", "expected"), [
    ([row("2025-05-09", "何令仪", "副市长", "in")], [("何令仪", "云陵市副市长", "2025-05-09", None)]),
    ([row("2025-05-09", "何令仪", "副市长", "任"), row("2026-05-09", "何令仪", "云陵市副市长", "免")],
     [("何令仪", "云陵市副市长", "2025-05-09", "2026-05-09")]),
    ([row("2026-05-09", "何令仪", "副市长", "out"), row("2025-05-09", "何令仪", "副市长", "in")],
     [("何令仪", "云陵市副市长", "2025-05-09", "2026-05-09")]),
    ([row("2025-05-09", "何令仪", "副市长", "out")], [("何令仪", "云陵市副市长", None, "2025-05-09")]),
    ([row("2025-05-09", "何令仪", "副市长", "in"), row("2026-01-09", "何令仪", "副市长", "in"), row("2027-05-09", "何令仪", "副市长", "out")],
     [("何令仪", "云陵市副市长", "2025-05-09", "2027-05-09")]),
    ([row("2025-05-09", "何令仪", "副市长", "in"), row("2025-05-09", "秦墨之", "副市长", "out")],
     [("何令仪", "云陵市副市长", "2025-05-09", None), ("秦墨之", "云陵市副市长", None, "2025-05-09")]),
    ([row("2025-05-09", "何令仪", "县长", "in", "石濑县人大")], [("何令仪", "石濑县长", "2025-05-09", None)]),
])
def test_tenures_of_the_table(own, rows, expected):
    own("appointments", HEADER + "".join(rows))
    assert tenures() == expected


def test_on_the_day_of_release_it_is_not_held_any_more(own):
    own("appointments", HEADER + row("2025-05-09", "何令仪", "副市长", "in") + row("2026-05-09", "何令仪", "副市长", "out"))
    tenure = appointed(appointments(), "云陵市")[0]
    assert [tenure.covers(date.fromisoformat(day)) for day in ("2025-05-08", "2025-05-09", "2026-05-08", "2026-05-09")] == [False, True, True, False]


@pytest.mark.parametrize(("name", "text", "place"), [
    ("appointments", HEADER + row("2025-05-09", "何令仪", "副市长", "in") + row("2025年5月", "何令仪", "副市长", "in"), "appointments.tsv:3"),
    ("appointments", HEADER + row("2025-02-30", "何令仪", "副市长", "in"), "appointments.tsv:2"),
    ("appointments", HEADER + row("2025-05-09", "何令仪", "副市长", "on"), "appointments.tsv:2"),
    ("appointments", HEADER + row("2025-05-09", "", "副市长", "in"), "appointments.tsv:2"),
    ("appointments", "# 任免\n" + HEADER + "2025-05-09\t何令仪\n", "appointments.tsv:3"),
    ("appointments", "date\tperson\toffice\tchange\n", "appointments.tsv:1"),
    ("successions", "term\tsuccessor\tfrom_on\tsource\n市质监局\t\t2019\t机构改革\n", "successions.tsv:2"),
    ("successions", "term\tsuccessor\tfrom_on\tsource\n市质监局\t市市场监管局\t去年\t机构改革\n", "successions.tsv:2"),
    ("surnames", "term\tfrom_on\tuntil_on\tsource\n邬\t-\n", "surnames.tsv:2"),
    ("surnames", "term\tkind\tfrom_on\tuntil_on\tsource\n邬\tx\t2025/1\t-\t本室\n", "surnames.tsv:2"),
    ("surnames", "term\tfrom_on\tuntil_on\tsource\n", ""),
    ("no_such_list", "term\tfrom_on\tuntil_on\tsource\n甲\t-\t-\t本室\n", "no_such_list"),
])
def test_a_bad_row_is_named_by_line(own, name, text, place):
    if not place:  # a table without a row is none yet
        own(name, text)
        return
    with pytest.raises((lexicon.LexiconError, UsageError)) as refused:
        read(own, name, text)
    assert place in str(refused.value)


def read(own, name, text):
    own(name, text)
    appointments()
    successions(None)


def test_a_home_with_a_bad_row_says_so(home):
    (home / "lexicon").mkdir()
    (home / "lexicon" / "offices.tsv").write_text("term\tkind\tafter\tfrom_on\tuntil_on\tsource\n驿丞\tpost\t-\t-\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"offices\.tsv:2") as refused:
        archive.setup(home)
    assert refused.value.code == "E208"
    (home / "lexicon" / "offices.tsv").write_bytes("术语".encode("gb18030"))
    with pytest.raises(UsageError, match="UTF-8"):
        archive.setup(home)
    (home / "lexicon" / "offices.tsv").unlink()
    archive.setup(home)


def test_rows_of_the_office_stand_beside_ours(own):
    before = lexicon.terms("offices")
    assert "驿丞" not in before
    own("offices", "term\tkind\tafter\tfrom_on\tuntil_on\tsource\n驿丞\tpost\tafter\t2020\t2022\t本室\n")
    assert lexicon.terms("offices") == before | {"驿丞"}
    assert [r["term"] for r in lexicon.rows("offices", on="2021-05-01") if r["source"] == "本室"] == ["驿丞"]
    assert [r["term"] for r in lexicon.rows("offices", on="2023-05-01") if r["source"] == "本室"] == []
    lexicon.use(None)
    assert lexicon.terms("offices") == before


def test_an_office_s_own_office_makes_a_person(own):
    """What was remembered of the lexicons is forgotten, whatever was annotated before."""
    from yuebao.annotate import annotate_text

    def offices():
        return [a.value.offices for a in annotate_text("8月19日，云岭驿驿丞何令仪到场。", 2025, 8) if a.layer == "person"]

    assert offices() != [("云岭驿驿丞",)]
    own("offices", "term\tkind\tafter\tfrom_on\tuntil_on\tsource\n驿丞\tpost\tafter\t-\t-\t本室\n")
    assert offices() == [("云岭驿驿丞",)]


def test_the_office_s_own_rows_make_derived_rows_stale(home, stages):
    path = home.parent / "april.txt"
    path.write_text(stages.APRIL, encoding="utf-8")
    list(archive.add([path]))
    (home / "lexicon").mkdir()
    (home / "lexicon" / "appointments.tsv").write_text(HEADER, encoding="utf-8")
    archive.setup(home)
    assert archive.stale() == []  # read when it is asked, and nothing of it is stored
    (home / "lexicon" / "offices.tsv").write_text("term\tkind\tafter\tfrom_on\tuntil_on\tsource\n驿丞\tpost\tafter\t-\t-\t本室\n", encoding="utf-8")
    archive.setup(home)
    assert archive.stale() == ["云陵月报-2025-04"]


def test_successions_are_those_of_the_place(own):
    own("successions", "term\tsuccessor\tfrom_on\tsource\n市质监局\t云陵市市场监管局\t2019-02\t机构改革\n")
    assert [(s.before, s.after, s.from_on, s.line) for s in successions("云陵市")] == [("云陵市质监局", "云陵市市场监管局", "2019-02", 2)]
