"""The proof sheet as HTML, and the proof in Word: what stands in them, that they are the same bytes each time, that Word's parts agree."""

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from html import unescape
from io import BytesIO
from xml.etree import ElementTree

import pytest

from material import TEXTS, reading
from yuebao import pipeline, samples
from yuebao.proof import report, rules
from yuebao.proof.fix import is_replacement
from yuebao.proof.printed import html_report
from yuebao.proof.word import W, word_report

MAY = samples.paths()[1]
NAMES = {"w": W}


@pytest.fixture(scope="module")
def proofed():
    issue, source = reading(MAY)
    return issue, pipeline.proof_issue(issue, source)


def part(data, name):
    return ElementTree.fromstring(zipfile.ZipFile(BytesIO(data)).read(name))


def document(path):
    issue, source = reading(path)
    findings = pipeline.proof_issue(issue, source)
    return issue, findings, word_report(issue, findings, rules())


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.stem)
def test_as_many_comments_as_findings_and_a_change_for_each_replacement(path):
    _, findings, data = document(path)
    body, comments = part(data, "word/document.xml"), part(data, "word/comments.xml")
    count = len(findings.findings)
    ids = [c.get(f"{{{W}}}id") for c in comments]
    assert ids == [str(n) for n in range(count)]
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert sorted(e.get(f"{{{W}}}id") for e in body.iter(f"{{{W}}}{tag}")) == sorted(ids)
    starts = set(ids)
    for element in body.iter():  # no range ends before it begins
        if element.tag == f"{{{W}}}commentRangeStart":
            starts.discard(element.get(f"{{{W}}}id"))
        elif element.tag == f"{{{W}}}commentRangeEnd":
            assert element.get(f"{{{W}}}id") not in starts
    # what is wrong with the source's lines alone (a character doubled at a wrap) is right in the text already, and only said
    whole = "\n".join(_lines(body))
    assert _changes(body) == sum(is_replacement(f) and f.text in whole for f in findings.findings)


def _lines(body):
    """The paragraphs as they were before the changes."""
    inserted = {id(t) for ins in body.iter(f"{{{W}}}ins") for t in ins.iter(f"{{{W}}}t")}
    for paragraph in body.iter(f"{{{W}}}p"):
        texts = (e for e in paragraph.iter() if e.tag in (f"{{{W}}}t", f"{{{W}}}delText") and id(e) not in inserted)
        yield "".join(e.text or "" for e in texts)


def _changes(body):
    """Deletions, and insertions that stand by themselves."""
    count = 0
    for paragraph in body.iter(f"{{{W}}}p"):
        before = None
        for element in paragraph:
            kind = element.tag.removeprefix(f"{{{W}}}")
            count += (kind == "del" and before != "del") or (kind == "ins" and before != "del")
            before = kind if kind in ("ins", "del") else None if kind == "r" else before
    return count


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.stem)
def test_without_the_changes_the_text_is_the_issues(path):
    issue, _, data = document(path)
    body = part(data, "word/document.xml")
    whole = "\n".join(_lines(body))
    assert all(item.text in whole for item in issue.items())


def test_the_same_findings_are_the_same_bytes(proofed):
    assert word_report(*proofed, rules()) == word_report(*proofed, rules())
    assert html_report(proofed[1], rules()) == html_report(proofed[1], rules())


def test_an_odd_character_does_not_break_the_document(proofed):
    issue, findings = proofed
    odd = replace(findings.findings[0], message="\x01<&>\ufffe")
    data = word_report(issue, replace(findings, findings=(odd,)))
    assert "<&>" in "".join(part(data, "word/comments.xml").itertext())


def test_libreoffice_shows_as_many(proofed, tmp_path):
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        pytest.skip("LibreOffice is not here: apt-get install --no-install-recommends libreoffice-writer-nogui")
    issue, findings = proofed
    (tmp_path / "proof.docx").write_bytes(word_report(issue, findings, rules()))
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    subprocess.run([office, home, "--headless", "--convert-to", "fodt", "--outdir", str(tmp_path), str(tmp_path / "proof.docx")],
                   check=True, capture_output=True, timeout=120)
    text = (tmp_path / "proof.fodt").read_text(encoding="utf-8")
    body = part((tmp_path / "proof.docx").read_bytes(), "word/document.xml")
    assert text.count("<office:annotation ") == len(findings.findings)
    wanted = sum(len(list(body.iter(f"{{{W}}}{tag}"))) for tag in ("ins", "del"))
    assert text.count("<text:changed-region") == wanted


def test_the_sheet_has_the_usual_columns_and_every_finding(proofed):
    html = html_report(proofed[1], rules())
    assert re.findall(r"<th [^>]*>(.*?)</th>", html)[:6] == ["页", "行", "原文", "改为", "依据", "处理"]
    assert "<script" not in html
    assert "http" not in html
    text = unescape(re.sub("<[^>]*>", "", html))
    for finding in proofed[1].findings:
        assert finding.message in text
        assert finding.text in text
    assert text.index("必改") < text.index("建议")


def test_the_sheet_in_english(proofed):
    html = html_report(proofed[1], rules(), "en")
    assert re.findall(r"<th [^>]*>(.*?)</th>", html)[:6] == ["Page", "Line", "Text", "Change to", "Basis", "Decision"]


def test_what_is_written_in_a_text_is_no_markup(proofed):
    odd = replace(proofed[1].findings[0], text="<script>x</script>", proposal="<b>", message="a & b")
    html = html_report(replace(proofed[1], findings=(odd,)), rules())
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_waived_findings_are_counted_and_left_out(proofed):
    issue, findings = proofed
    chosen = findings.findings[3]
    waived = replace(findings, findings=tuple(replace(f, state="waived") if f is chosen else f for f in findings.findings))
    html, text, word = html_report(waived, rules()), report(waived), word_report(issue, waived)
    assert chosen.message not in html
    assert "已决定不采纳 1 处" in html
    assert chosen.message not in text
    assert "已决定不采纳" in text
    assert len(part(word, "word/comments.xml")) == len(findings.findings) - 1


def test_nothing_to_say(proofed):
    nothing = replace(proofed[1], findings=())
    assert "未发现需要改动之处" in html_report(nothing, rules())
    assert len(part(word_report(proofed[0], nothing), "word/comments.xml")) == 0
