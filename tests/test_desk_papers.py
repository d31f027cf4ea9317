"""单据: filled in from what the desk knows, as a value, a Word file that can be read, a table."""

import io
import zipfile
from xml.etree import ElementTree

import pytest

from yuebao.errors import UsageError
from yuebao.publish import publish
from yuebao.publish.paper import Paper, write_paper


@pytest.fixture
def issue(home, monkeypatch):  # noqa: ARG001
    """An issue signed off and sent, its internal PDF a real one."""
    from desk_issue import people, ready, send_to
    from yuebao.desk import distribution, drafts, editions, errata, issues, signing

    issue, by = ready(serial_number=95), people()
    pdf = publish(drafts.draft_of(issue)[0], "pdf")
    made = tuple(editions.Made(edition, format, f"云陵月报{ending}", pdf) for edition, format, ending in editions.SET)
    monkeypatch.setattr(editions, "set_editions", lambda *_: made)
    issues.new_round(issue, by=by["editor"])
    issue = issues.get(issue.pk)
    issue = signing.sign(issue.pk, seen=issue.version, by=by["signatory"], entered_by=by["editor"])
    send_to("市委办公室", copies=3)
    distribution.distribute(issue, by=by["editor"])
    distribution.received(issue, [1, 2, 3], "卢清越", by=by["editor"])
    errata.correct(issue, 1, "3.2万亩", "3.5万亩", by=by["editor"])
    return issue


def made(issue, kind, **chosen):
    from yuebao.desk import papers

    return papers.of(kind, issue, chosen)


def test_review_sheet(issue):
    paper = made(issue, "reviews")
    assert [row[2] for row in paper.rows] == ["云陵市召开春季造林动员会", "何坊县新增客运班线2条", "云陵市图书馆延长开放时间"]
    assert [cell.split("\n")[0] for cell in paper.rows[0][3:6]] == ["first", "second", "third"]
    foot = dict(paper.foot)
    assert foot["保密审查"].startswith("secrecy ")
    assert foot["签发"].endswith("（editor代录）")
    assert foot["校次"].startswith("一校样 editor")


def test_order_to_the_printer_knows_the_set_book(issue):
    rows = dict(made(issue, "printing", print_run="300", stock="80克双胶纸").rows)
    assert rows["开本"] == "185×260毫米（正16开）"
    assert rows["页数"].endswith("4 面") or "补白页" in rows["页数"]
    assert (rows["印数"], rows["用纸"], rows["装订"]) == ("300 册", "80克双胶纸", "骑马订")


def test_receipts_filing_and_errata(issue):
    assert [row[:4] for row in made(issue, "receipts").rows] == [("市委办公室", "No. 0001—0003", "3", "卢清越")]
    titles = [row[1] for row in made(issue, "filing").rows]
    assert titles[:2] == ["云陵月报2026年第1期审校单", "云陵月报2026年第1期一校样"]
    assert titles[-2:] == ["云陵月报2026年第1期签收单", "云陵月报2026年第1期勘误表"]
    assert [row[1:] for row in made(issue, "errata").rows] == [("第1条", "3.2万亩", "3.5万亩")]


def test_letter_for_verification(issue):
    paper = made(issue, "letter", item="2", to="何坊县委办公室", by="2026-02-03")
    assert dict(paper.head)["致"] == "何坊县委办公室"
    assert "于 2026-02-03 前" in paper.said[0]
    assert paper.said[1] == "何坊县新增客运班线2条"


def test_what_is_not_to_be_had(issue, home):  # noqa: ARG001
    from desk_issue import opened

    for code, of, kind, chosen in (
        ("E205", issue, "nothing", {}), ("E205", issue, "letter", {"item": "99"}), ("E223", opened(number=2), "printing", {}),
    ):
        with pytest.raises(UsageError) as told:
            made(of, kind, **chosen)
        assert told.value.code == code


def test_a_word_file_holds_the_paper():
    paper = Paper("审校单", (("期号", "2026年<第1期>"),), ("一\x0b段",), ("序号", "条题"), (("1", "甲\n乙"), ("2", "")), (("签发", ""),))
    data = write_paper(paper)
    assert data == write_paper(paper)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        root = ElementTree.fromstring(file.read("word/document.xml"))
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    assert [text.text for text in root.iter(f"{space}t")] == [
        "审校单", "期号：2026年<第1期>", "一段", "序号", "条题", "1", "甲", "乙", "2", None, None, "签发：＿＿＿＿＿＿"]
    assert len(list(root.iter(f"{space}tr"))) == 3
