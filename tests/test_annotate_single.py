"""`yuebao annotate`: any single text as one item of the design; the text is what was given, wraps undone."""

import io
import json
import sys
from datetime import date
from types import SimpleNamespace

import pytest

from yuebao import cli
from yuebao.errors import InputError, UsageError
from yuebao.model import Item, to_json
from yuebao.pipeline import annotate_single

REPORT = "何坊县召开防汛工作会议\n　　8月18日，市长何令仪到何坊县调研防汛工作，并主持召开座谈会。\n　　何令仪强调，要压实责任。\n"


def single(text, on=None):
    return annotate_single("x.txt", text.encode(), on)


def test_a_report_is_one_item_with_its_headline_and_one_entry():
    item = single(REPORT, date(2023, 8, 19))
    assert item.number == 1
    assert item.headline == "何坊县召开防汛工作会议"
    assert item.text == "何坊县召开防汛工作会议\n8月18日，市长何令仪到何坊县调研防汛工作，并主持召开座谈会。\n何令仪强调，要压实责任。"
    [entry] = item.entries
    assert (entry.start, entry.end) == (len(item.headline) + 1, len(item.text))
    assert (entry.date.starts_on, entry.date.ends_on) == ("2023-08-18", "2023-08-18")
    assert {a.layer for a in item.annotations} >= {"date", "person", "act"}


def test_without_a_date_a_day_without_a_year_is_not_resolved():
    item = single(REPORT)
    assert item.entries[0].date is None
    assert not [a for a in item.annotations if a.layer == "date"]
    assert [a for a in item.annotations if a.layer == "act"]


@pytest.mark.parametrize(("text", "headline"), [
    ("8月18日，市长何令仪到何坊县调研。", None),                                             # a sentence alone
    ("何坊县召开防汛工作会议", None),                                                          # nothing follows
    ("8月18日，市长何令仪到何坊县调研。\n会后，何令仪主持会议。", None),
    ("何坊县召开防汛工作会议\n\n8月18日，何坊县召开防汛工作会议。", "何坊县召开防汛工作会议"),
    ("何坊县召开防汛工作会议\n8月18日，何坊县召开防汛工作会议，市长何令仪出席并讲话。", "何坊县召开防汛工作会议"),
    # wrapped lines of one paragraph: the first was ended by the page
    ("8月18日，市长何令仪到何坊县调研防汛抗旱工\n作，并主持召开座谈会。副市长王照临参加了本次\n活动。", None),
])
def test_where_a_headline_is(text, headline):
    assert single(text).headline == headline


def test_wraps_are_undone_and_paragraphs_stay_apart():
    item = single("8月18日，市长何令仪到何坊县调研防汛抗旱工\n作，并主持召开座谈会。\n\n供稿：王照临\n")
    assert item.text == "8月18日，市长何令仪到何坊县调研防汛抗旱工作，并主持召开座谈会。\n供稿：王照临"


def test_every_character_has_its_origin():
    source = REPORT * 2
    item = single(source)
    covered = 0
    for origin in item.origin:
        assert item.text[origin.start:origin.end] == source[origin.source_start:origin.source_end]
        covered += origin.end - origin.start
    assert covered == len(item.text) - item.text.count("\n")


def test_the_same_bytes_give_the_same_item_which_comes_back_from_json():
    first = to_json(single(REPORT, date(2023, 8, 19)))
    assert first == to_json(single(REPORT, date(2023, 8, 19)))
    assert to_json(Item.from_dict(json.loads(first))) == first


def test_what_is_no_single_text_is_refused():
    with pytest.raises(UsageError, match="E203"):
        annotate_single("x.json", b'{"schema": "yuebao/issue/1"}')
    with pytest.raises(InputError, match="E101"):
        annotate_single("x.txt", b"")


@pytest.fixture
def call(monkeypatch, capsys):
    """Run the program in this process; (exit status, standard output, standard error)."""

    def run(*args, stdin=""):
        monkeypatch.setattr(sys, "argv", ["yuebao", *map(str, args)])
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(stdin.encode())))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out = capsys.readouterr()
        return ended.value.code or 0, out.out, out.err

    return run


def test_the_command_prints_one_item(call, tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="gb18030")
    status, out, _ = call("annotate", path, "--date", "2023-08-19", "--format", "json")
    assert status == 0
    assert Item.from_dict(json.loads(out)) == single(REPORT, date(2023, 8, 19))
    assert call("annotate", "-", "--date", "2023-08-19", stdin=REPORT) == (0, out, "")
    assert call("annotate", path, "--date", "2023-08", "-o", tmp_path / "item.json")[0] == 0
    assert (tmp_path / "item.json").read_text(encoding="utf-8") == out


def test_wrong_use_is_said(call, tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    status, _, err = call("annotate", path, "--date", "2023-13-01")
    assert (status, err[:4]) == (2, "E203")
    assert "--help" in err
    assert call("annotate", tmp_path / "none.txt")[0] == 3
