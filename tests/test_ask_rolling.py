"""From the months to the year: the source digest, and the chronicle as a selection with a fate and a reason for every event."""

from collections import Counter
from datetime import date

import pytest
from typer.testing import CliRunner

from archive.homes import archive_at
from real import SEEDS, needs_shared
from yuebao import archive
from yuebao.ask import rolling
from yuebao.ask.rolling.documents import chronicle_lines
from yuebao.ask.rolling.fates import stage_of
from yuebao.ask.rolling.telling import shortened
from yuebao.ask.rolling.turns import turned
from yuebao.cli import app
from yuebao.errors import ArchiveError, UsageError


def fates(made):
    return {fated.event.headline: fated for fated in made.events}


def test_every_event_has_a_fate_and_a_reason(year):  # noqa: ARG001
    made = rolling.chronicle(2025)
    assert len(made.events) == len(rolling.events_of(2025, made.series))
    assert all(fated.reason for fated in made.events)
    assert all((fated.into is not None) == (fated.fate == "into") for fated in made.events)
    assert all(fated.into.headline in {f.event.headline for f in made.of("in")} for fated in made.of("into"))
    assert 60 <= len(made.of("in")) <= 120  # CRAFT 1.2: a year has 100 to 300 short ones, of 840


@pytest.mark.parametrize(("headline", "fate", "code"), [
    ("中共云陵市委六届九次全体会议召开", "in", "A01"),
    ("云陵市六届人大四次会议闭幕", "in", "A02"),
    ("石濑县召开领导干部会议宣布市委有关决定", "in", "A03"),
    ("市委常委会召开第84次会议", "out", "B02"),
    ("梁以宁到柳泊县调研春耕备耕", "out", "B01"),
    ("纪明川调研春季开工复工情况", "out", "B01"),
    ("望川轴承产业园三期项目签约", "in", "C03"),
    ("第七届云陵竹文化节开幕", "in", "D04"),
    ("漪河大桥改造工程主桥合龙", "into", "C02"),
    ("卧麟山风电场首批机组并网发电", "into", "C02"),
    ("卧麟山风电场全部机组并网发电", "in", "C02"),
    ("柳泊县早稻开镰收割", "out", None),
])
def test_the_fate_of(year, headline, fate, code):  # noqa: ARG001
    found = fates(rolling.chronicle(2025))[headline]
    assert (found.fate, found.code) == (fate, code)


def test_what_is_printed_twice_is_told_once(year):  # noqa: ARG001
    made = rolling.chronicle(2025)
    bridge = [fated for fated in made.events if fated.event.headline == "漪河大桥改造工程建成通车"]
    assert sorted(fated.fate for fated in bridge) == ["in", "into"]
    texts = [(fated.event.starts_on, fated.event.text) for fated in made.of("in")]
    assert max(Counter(texts).values()) == 1


def test_every_event_taken_cites_in_the_digest(year):  # noqa: ARG001
    made = rolling.chronicle(2025)
    digest = rolling.digest_document(2025, made.series, rolling.events_of(2025, made.series))
    statements = {item.text.split("\n", 1)[-1] for item in digest.items()}
    for fated in made.of("in"):
        assert f"{fated.event.text}（{fated.event.citation.text()}）" in statements
    cited = rolling.chronicle_document(made, is_cited=True)
    assert all("《云陵月报》2025年第" in item.text for item in cited.items())
    clean = rolling.chronicle_document(made)
    assert not any("《云陵月报》" in item.text for item in clean.items())
    assert [column.title for column in clean.columns] == [f"{month}月" for month in range(1, 13)]


def test_days_are_told_as_chronicles_tell_them(year):  # noqa: ARG001
    made = rolling.chronicle(2025)
    labels = {event.headline: form.label for event, form in chronicle_lines(made)}
    assert labels["云陵市一季度重大项目集中开工"] == "11日"
    assert labels["龙潭口水库除险加固工程开工"] == "同日"
    assert labels["中国·云陵轴承博览会在望川区举办"] == "16—18日"
    assert not [form.text for event, form in chronicle_lines(made) if event.starts_on and form.text.startswith(f"{event.starts_on.month}月")]


@pytest.mark.parametrize(("text", "said", "turns"), [
    ("我市获评示范城市。", "云陵市获评示范城市。", [("我市", "云陵市")]),
    ("专家组来云考察，预计今年完工。", "专家组到云陵市考察，预计2025年完工。", [("来云", "到云陵市"), ("今年", "2025年")]),
    ("去年开工，明年建成。", "2024年开工，2026年建成。", [("去年", "2024年"), ("明年", "2026年")]),
    ("目前已通车。", "目前已通车。", [("目前", None)]),
    ("白云来了。", "白云来了。", []),
])
def test_turns_are_marked(text, said, turns):
    found, marked = turned(text, 2025, "云陵市")
    assert found == said
    assert [(turn.was, turn.now) for turn in marked] == turns
    assert all(found[turn.start:].startswith(turn.now if turn.now is not None else turn.was) for turn in marked)


def test_an_account_is_shortened_at_a_sentence():
    first, second = "甲" * 100 + "。", "乙" * 80 + "。"
    assert shortened(first + second) == first
    assert shortened("甲。乙。") == "甲。乙。"
    assert shortened("没有句号") == "没有句号"


def test_stages(year):  # noqa: ARG001
    events = {event.headline: event for event in rolling.events_of(2025, rolling.series_of())}
    assert stage_of(events["望川轴承产业园三期项目签约"]) == "plan"
    assert stage_of(events["望川轴承产业园三期项目开工"]) == "start"
    assert stage_of(events["云陵至宁澜城际铁路铺轨贯通"]) == "progress"
    assert stage_of(events["云陵至宁澜城际铁路开通运营"]) == "end"


def test_coverage_names_what_is_missing(year):  # noqa: ARG001
    covered = rolling.coverage(2025, rolling.series_of())
    assert covered.missing == ()
    rows = covered.rows()
    assert rows[0][1] == "1月"
    assert sum(int(row[-1]) for row in rows[1:-1]) == int(rows[-1][-1])
    nothing = rolling.coverage(2024, rolling.series_of())
    assert nothing.missing == tuple(range(1, 13))


def test_a_person_decides_and_it_can_be_taken_back(year):  # noqa: ARG001
    from yuebao.archive import decisions

    event = next(e for e in rolling.events_of(2025, rolling.series_of()) if e.headline == "柳泊县早稻开镰收割")
    rolling.decide([event.name], "in", "本年首次机收全覆盖", "解文渊")
    found = fates(rolling.chronicle(2025))["柳泊县早稻开镰收割"]
    assert (found.fate, found.reason, found.decided_by) == ("in", "本年首次机收全覆盖", "解文渊")
    decisions.undo(decisions.decisions()[-1].digest)
    assert fates(rolling.chronicle(2025))["柳泊县早稻开镰收割"].fate == "out"


def test_a_year_that_is_not_there(year):  # noqa: ARG001
    with pytest.raises(ArchiveError) as caught:
        rolling.chronicle(1999)
    assert caught.value.code == "E404"


def test_the_commands(year, tmp_path):
    run = CliRunner().invoke(app, ["chronicle", "2025", "-o", str(tmp_path / "大事记.txt"), "--home", str(year)])
    assert run.exit_code == 0, run.output
    fate_table = (tmp_path / "大事记.去向.tsv").read_text(encoding="utf-8").splitlines()
    assert len(fate_table) == 1 + len(rolling.chronicle(2025).events)
    assert "\t不入\t" in "".join(fate_table)
    assert "同日" in (tmp_path / "大事记.txt").read_text(encoding="utf-8")
    run = CliRunner().invoke(app, ["digest", "2025", "--home", str(year)])
    assert run.exit_code == 0
    assert "（《云陵月报》2025年第1期（总第83期）第6页）" in run.stdout
    run = CliRunner().invoke(app, ["chronicle", "2025", "--take", "云陵月报-2025-01/1", "--home", str(year)])
    assert isinstance(run.exception, UsageError)


@needs_shared
def test_the_real_issues(tmp_path, new_home, django_db_blocker, monkeypatch):
    monkeypatch.setenv("YUEBAO_HOME", str(tmp_path / "home"))
    with archive_at(tmp_path / "home", new_home, django_db_blocker):
        list(archive.add(SEEDS))
        for of in (2023, 2024):
            made = rolling.chronicle(of)
            assert all(fated.reason for fated in made.events)
            assert made.of("in")
            assert all(event.starts_on is None or isinstance(event.starts_on, date) for event, _ in chronicle_lines(made))
