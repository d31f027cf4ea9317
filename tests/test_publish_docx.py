"""The Word file: read back it is the issue again; its styles, contents and pages are what Word and WPS make of them."""

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from accounting import faults
from material import TEXTS, reading
from office import needs_office, pdfs
from yuebao.model import Column, Epigraph, Figure, Masthead, Span, Table, content, map_items
from yuebao.publish import Setting
from yuebao.publish.docx import CANNOT_HOLD, write_docx
from yuebao.publish.docx.parts import ColumnHead, heads_of, row_title
from yuebao.read.docx import read_docx
from yuebao.structure import structure
from yuebao.text import squeeze

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "publish"))
import yunling  # noqa: E402


@pytest.fixture
def no_pages(monkeypatch):
    """The 目录 without pages: setting the book takes a second."""
    monkeypatch.setattr("yuebao.publish.docx.pages_of", lambda *_: {})


def back(issue, setting=None):
    """The issue read back from its Word file; what promise 1 asks of it is held on the way."""
    source = read_docx("issue.docx", write_docx(issue, setting or Setting()))
    found = structure(source)
    assert faults(found, source.text) == []
    assert found.unplaced == ()
    return found


def held(issue):
    return content(issue, CANNOT_HOLD)


# ---- promise 9 ----


@pytest.mark.usefixtures("no_pages")
@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.stem)
def test_an_issue_comes_back(path):
    issue, _ = reading(path)
    assert held(back(issue)) == held(issue)


def with_item(**changes):
    """The invented issue with one item of it changed."""
    made = yunling.issue_with_extras()
    return replace(made, columns=map_items(made.columns, lambda item: replace(item, **changes) if item.number == 4 else item))


def with_text(headline, entries):
    made = yunling.item(headline, entries)
    return with_item(headline=made.headline, text=made.text, entries=made.entries)


def with_bylines():
    made = yunling.item("题", ["一记。", "二记（云陵日报）", ""])
    entries = tuple(replace(entry, byline=byline) for entry, byline in zip(made.entries, ("市委办", "云陵日报", "云〔1〕"), strict=True))
    return with_item(headline="题", text=made.text, entries=entries)


HOSTILE = "<&>]]>&amp;\"'“”‘’ \\ {TC \"x\"} %1 \u202eעברית العربية\u202c 🀄👨‍👩‍👧 a\u200bb 葛\ufe00城 \u2028\x85\u00a0"
ISSUES = {
    "as it is": yunling.issue(),
    "with extras": yunling.issue_with_extras(),
    "no masthead": replace(yunling.issue(), masthead=Masthead()),
    "title alone": replace(yunling.issue(), masthead=Masthead(title="大事记")),
    "numbers alone": replace(yunling.issue(), masthead=Masthead(month=3, serial_number=7)),
    "year and month": replace(yunling.issue(), masthead=Masthead(title="月报", year=2024, month=3)),
    "number alone": replace(yunling.issue(), masthead=Masthead(title="月报", number=3)),
    "whole imprint": yunling.issue(permit_number="云内资准字第 7 号", printer="云陵印刷厂", print_run=300, printed_on="2022-06-12"),
    "dates in words": yunling.issue(published_on="二〇二二年六月"),
    "no epigraph": replace(yunling.issue(), epigraph=None),
    "epigraph of paragraphs": replace(yunling.issue(), epigraph=Epigraph(None, "一段。\n\n三段。", None, "2022-04-18")),
    "epigraph with a dash": replace(yunling.issue(), epigraph=Epigraph("语", "文。", "——某人", None)),
    "no columns": replace(yunling.issue(), columns=()),
    "no columns, nothing else": replace(yunling.issue(), masthead=Masthead(), epigraph=None, columns=(Column("空栏"),)),
    "empty column": replace(yunling.issue(), columns=(Column("空栏"), *yunling.issue().columns[:1])),
    "column without title": replace(yunling.issue(), columns=(replace(yunling.issue().columns[0], title=None), *yunling.issue().columns[1:])),
    "column listed otherwise": replace(yunling.issue(), columns=(replace(yunling.issue().columns[0], contents_title='时政“要”"闻"'),)),
    "item listed otherwise": with_item(contents_headline="目录中的题，“引号”、\\与 \"quotes\""),
    "no headlines": yunling.issue({"五月": [(None, ["3日　记事一。", "△　记事二。"]), (None, ["7~8日　记事三。"])]}),
    "headline alone": yunling.issue({"要闻": [("有题无文", [])]}),
    "nine levels": yunling.issue({"甲": {"乙": {"丙": {"丁": {"戊": {"己": {"庚": {"辛": {"壬": [("题", ["文"])]}}}}}}}}}),
    "several entries": with_text("题", ["一。", "二。", "三。"]),
    "white space": with_text(" 题\t题 ", ["  首尾有空格\u3000 ", "\t制表\t", " "]),
    "odd characters": with_text(HOSTILE, [HOSTILE, HOSTILE * 3]),
    "control characters": with_text("题\x01\x1f", ["\x07文\x0b\x0c\r\r。"]),
    "long": with_text("题" * 300, ["文" * 200_000]),
    "bylines": with_bylines(),
    "table without caption": with_item(tables=(Table(99, (("甲", ""), ("<", "多\n行"), ("少",))),)),
    "tables side by side": with_item(tables=(Table(99, (("甲", "乙"),)), Table(99, (("丙", "丁"),)), Table(99, (), "空表"))),
    "figures": replace(yunling.issue(), figures=(
        Figure("彩页", None, None, "封二", None, "image/png", "1" * 64), Figure("图 1", 3, 9, "说明（甲）", "温如玉", "image/jpeg", "2" * 64),
        Figure("图 2", 3, 9, None, "温如玉", "image/jpeg", "2" * 64), Figure("f", 3, 9, None, None, "image/tiff", "3" * 64))),
}


@pytest.mark.usefixtures("no_pages")
@pytest.mark.parametrize("name", ISSUES)
def test_odd_issues_come_back(name):
    assert held(back(ISSUES[name])) == held(ISSUES[name])


@pytest.mark.usefixtures("no_pages")
@pytest.mark.parametrize("internal", [True, (Span(0, 3), Span(9, 12)), None])
def test_what_is_internal_stays_so(internal):
    found = back(with_item(internal=internal))
    assert [item.internal for item in found.items() if item.internal] == ([internal] if internal else [])


# ---- the same every time ----


def test_two_processes_make_the_same_bytes():
    code = (f"import sys, hashlib; sys.path.insert(0, {str(HERE / 'publish')!r}); import yunling; from yuebao.publish import Setting; "
            "from yuebao.publish.docx import write_docx; print(hashlib.sha256(write_docx(yunling.issue_with_extras(), Setting())).hexdigest())")
    made = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment).stdout
        for environment in (
            {"PYTHONHASHSEED": "7", "TZ": "America/Lima", "LC_ALL": "C"}, {"PYTHONHASHSEED": "0", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8"})}
    assert len(made) == 1


# ---- pages: must show 1 ----


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory):
    """The issues as LibreOffice lays them out, their 目录 computed anew."""
    other = ISSUES["item listed otherwise"]
    issues = {"yunling": replace(other, columns=(*ISSUES["column listed otherwise"].columns, *other.columns[1:]))}
    issues |= {path.stem: reading(path)[0] for path in TEXTS}
    made = pdfs(tmp_path_factory.mktemp("office"), {name: write_docx(issue, Setting(first_page=3)) for name, issue in issues.items()})
    return {name: (issue, made[name]) for name, issue in issues.items()}


@needs_office
@pytest.mark.parametrize("name", ["yunling", *(path.stem for path in TEXTS)])
def test_the_contents_tell_the_page_on_which_each_heading_stands(laid_out, name):
    issue, made = laid_out[name]
    with pypdfium2.PdfDocument(made) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
        places = [(squeeze(mark.get_title()), mark.get_dest().get_index()) for mark in document.get_toc()]
    folios = {n: int(found[1]) for n, page in enumerate(pages) if (found := re.search(r"—\s*(\d+)\s*—\s*$", page))}
    front = "\n".join(page for n, page in enumerate(pages) if n not in folios).replace("\r\n", "\n").replace("\u3000", "")
    assert min(folios.values()) == 3
    rows = 0
    for head in heads_of(issue):
        title = squeeze(head.column.title if isinstance(head, ColumnHead) else head.item.headline or "")
        if not title:
            continue
        at = next(n for n, place in enumerate(places) if place[0] == title)
        stands = folios[places.pop(at)[1]]
        row = re.compile("\\s*".join(map(re.escape, squeeze(row_title(head)))) + r"[\s.]*(\d+)$", re.MULTILINE)
        found = row.search(front)
        assert found, title
        assert int(found[1]) == stands, title
        front = front[:found.start()] + front[found.end():]
        rows += 1
    assert rows > 30


@needs_office
def test_pages_have_the_size_of_the_style(laid_out):
    with pypdfium2.PdfDocument(laid_out["yunling"][1]) as document:
        assert {tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in document} == {(185, 260)}
