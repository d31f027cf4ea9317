"""--fix safe: only what is certain, into another text; twice is once; fewer findings and no new one; no name, quotation or title altered."""

from collections import Counter

import pytest

from material import TEXTS
from yuebao import pipeline, samples
from yuebao.errors import InputError
from yuebao.model import Finding
from yuebao.proof.fix import corrected
from yuebao.read import read

MAY = samples.paths()[1]


def found(name, data):
    return pipeline.proof_issue(*pipeline.read_bytes(name, data)).findings


def words(finding):
    return finding.code, finding.item, finding.text, finding.proposal


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.stem)
def test_fewer_findings_no_new_one_and_twice_is_once(path):
    data = path.read_bytes()
    fixed, result = pipeline.fix_file(path.name, data)
    before, after = found(path.name, data), found(path.name, fixed)
    assert len(after) == len(before) - len(result.done)
    assert not Counter(map(words, after)) - Counter(map(words, before))
    assert pipeline.fix_file(path.name, fixed)[0] == fixed
    assert path.read_bytes() == data


def test_every_planted_one_that_is_certain_is_carried_out():
    fixed, result = pipeline.fix_file(MAY.name, MAY.read_bytes())
    assert {f.text for f in result.done} >= {"，。", "““", "(16名）", "中国•云陵"}
    assert all(f.safe for f in result.done)
    assert "，。".encode() not in fixed


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_file_keeps_its_encoding_and_its_line_ends(encoding):
    text = read(MAY.name, MAY.read_bytes()).text.replace("\r\n", "\n").replace("\n", "\r\n")
    fixed, result = pipeline.fix_file("may.txt", text.encode(encoding))
    assert result.done
    back = fixed.decode(encoding)
    assert back.count("\r\n") == text.count("\r\n")
    assert back.encode(encoding) == fixed


def test_a_text_without_doubts_comes_back_as_it_was():
    data = "今天天气很好。\r\n明天也是。".encode()
    assert pipeline.fix_file("a.txt", data, as_text=True)[0] == data


@pytest.mark.parametrize("data", [b'{"schema": "yuebao/issue/1"}', "会议召开，\ufffd。".encode()])
def test_what_could_not_be_written_as_it_was_is_refused(data):
    with pytest.raises(InputError) as error:
        pipeline.fix_file("a.txt", data)
    assert error.value.code == "E109"


def wanted(item, text, proposal, start):
    return Finding("W002", "error", item, None, None, start, start + len(text), text, proposal, True, "", "", 0, 1)


@pytest.mark.parametrize(("text", "proposal"), [("邝守义", "邝守仪"), ("守义", "守仪")])
def test_a_name_is_not_altered_whatever_the_findings_say(text, proposal):
    issue, source = pipeline.read_bytes(MAY.name, MAY.read_bytes())
    item = next(i for i in issue.items() if text in i.text and any(a.layer == "person" and text in i.text[a.start:a.end] for a in i.annotations))
    at = next(a.start for a in item.annotations if a.layer == "person" and text in item.text[a.start:a.end])
    start = item.text.index(text, at)
    result = corrected(issue, source, [wanted(item.number, text, proposal, start)])
    assert result.text == source.text
    assert len(result.left) == 1


def test_a_finding_that_does_not_speak_of_this_text_is_left():
    issue, source = pipeline.read_bytes(MAY.name, MAY.read_bytes())
    assert corrected(issue, source, [wanted(1, "没有的话", "别的", 0)]).text == source.text


def test_lines_of_any_text():
    issue, source = pipeline.read_lines("a.txt", "  会议召开，，大家发言。\n\n截止目前已有10人。\n".encode())
    assert [item.text for item in issue.items()] == ["会议召开，，大家发言。", "截止目前已有10人。"]
    findings = pipeline.proof_issue(issue, source).findings
    assert [(f.line, f.text) for f in findings] == [(1, "，，"), (3, "截止目前")]
