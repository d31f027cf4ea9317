"""Sources that say themselves what their parts are, and tables and pictures that hang on items."""

import json
import random
import sys
from dataclasses import fields, replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "publish"))
import yunling

from accounting import faults
from yuebao.model import Mark, Masthead, Picture, Source, SourceInfo, Span, content
from yuebao.structure import structure

INFO = SourceInfo("x", "text/plain", None, "0" * 64, 0, None)


class Written:
    """An issue written out as lines with marks, as a format would."""

    def __init__(self, issue):
        self.text, self.marks = "", []
        for field in fields(Masthead):
            value = getattr(issue.masthead, field.name)
            if field.name == "editors":
                for editor in value:
                    self.put("furniture", editor.role, value="label")
                    self.put("masthead", editor.name, field="editors", value=editor.role)
            elif field.name != "origin" and value is not None:
                self.put("masthead", str(value).replace("\n", " "), field=field.name, value=str(value))
        if issue.epigraph:
            for name in ("heading", "text", "attribution", "said_on"):
                if value := getattr(issue.epigraph, name):
                    self.put("epigraph", value, field=name)
        for column in issue.columns:
            self.column(column, 1, issue.figures)

    def put(self, role, text, **more):
        self.marks.append(Mark(role, len(self.text), len(self.text) + len(text), **more))
        self.text += text + "\n"

    def column(self, column, level, figures):
        self.put("column", column.title or "", level=level, value=column.contents_title)
        for item in column.items:
            self.item(item, [f for f in figures if f.item == item.number])
        for inner in column.columns:
            self.column(inner, level + 1, figures)

    def item(self, item, figures):
        self.put("item", "", value="internal" if item.internal is True else None)
        for span in item.internal if isinstance(item.internal, tuple) else ():
            at = len(self.text) + span.start
            self.marks.append(Mark("internal", at, at + span.end - span.start))
        if item.headline is not None:
            self.put("headline", item.headline, value=item.contents_headline)
        for entry in item.entries:
            self.put("entry", item.text[entry.start:entry.end])
            if entry.byline:
                self.put("byline", entry.byline)
            for table in [t for t in item.tables if t.after == entry.end]:
                self.put("table", "\t".join(cell for row in table.rows for cell in row), field=table.caption, value=json.dumps(table.rows))
        for figure in figures:
            self.put("figure", "", field=figure.id, value=f"{figure.media_type} {figure.sha256}")
            for name in ("caption", "credit"):
                if value := getattr(figure, name):
                    self.put(name, value)

    def source(self, **more):
        return Source(INFO, self.text, marks=tuple(self.marks), **more)


def internal(issue):
    """The issue with its first item internal and a passage of its second."""
    column = issue.columns[0]
    first, second, *rest = column.items
    items = (replace(first, internal=True), replace(second, internal=(Span(3, 9),)), *rest)
    return replace(issue, columns=(replace(column, items=items), *issue.columns[1:]))


@pytest.mark.parametrize("issue", [yunling.issue(), yunling.issue_with_extras(), internal(yunling.issue())], ids=["plain", "extras", "internal"])
def test_what_the_marks_say_is_the_issue(issue):
    source = Written(issue).source()
    found = structure(source)
    assert content(found, {"after"}) == content(issue, {"after"})
    assert [item.internal for item in found.items()] == [item.internal for item in issue.items()]
    assert not faults(found, source.text)[:3]


@pytest.mark.parametrize("seed", range(20))
def test_marks_in_disorder_still_give_an_account(seed):
    """A damaged or foreign file: marks left out, doubled roles, a caption without its figure."""
    rng = random.Random(seed)
    written = Written(yunling.issue_with_extras())
    marks = tuple(mark for mark in written.marks if rng.random() < 0.6)
    source = Source(INFO, written.text, marks=marks)
    assert not faults(structure(source), source.text)[:3]


BODY = "云陵月报\n2025年第3期\n目录\n要闻\n市委召开会议 1\n市长调研项目 2\n要闻\n市委召开会议 3月1日，云陵市委召开会议。\n甲\t乙\n会议强调要抓落实。\n市长调研项目 3月2日，市长调研。\n"


def test_a_table_hangs_on_the_item_before_it():
    at = BODY.index("甲")
    source = Source(INFO, BODY, marks=(Mark("table", at, at + 3, value='[["甲","乙"]]'),))
    found = structure(source)
    first, second = found.items()
    assert [table.rows for table in first.tables] == [(("甲", "乙"),)]
    assert first.text[:first.tables[0].after].endswith("召开会议。")
    assert "甲" not in first.text
    assert not second.tables
    assert not faults(found, BODY)


def test_pictures_hang_on_items_or_are_named_in_unplaced():
    pictures = (Picture(0, "cover.png", "image/png", b"one"), Picture(BODY.index("市长调研。"), "two.jpg", "image/jpeg", b"two"))
    found = structure(Source(INFO, BODY, pictures=pictures))
    assert [(f.item, f.media_type, f.sha256) for f in found.figures] == [(2, "image/jpeg", pictures[1].sha256)]
    assert [left.reason for left in found.unplaced] == ["picture cover.png before the first item"]
