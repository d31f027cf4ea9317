"""The public edition: what is marked internal is nowhere in it, everything else is, and the list says what was left out."""

import sys
from dataclasses import replace
from pathlib import Path

from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parent / "publish"))
import yunling

from yuebao.cli import app
from yuebao.model import Annotation, ContentsRow, PersonValue, Span, from_json, to_json
from yuebao.publish import public_edition


def marked():
    """An issue with an internal item, one with an internal passage before a person and a table, and a column of nothing but internal items."""
    issue = yunling.issue_with_extras()
    column = issue.columns[0]
    first, second, *rest = column.items
    at = second.text.index("市委副书记")
    person = second.text.index("秦墨之")
    second = replace(second, internal=(Span(at, at + 5),), annotations=(
        Annotation("person", person, person + 3, PersonValue("秦墨之", ("市委副书记",)), "x"),
        Annotation("person", at, at + 3, PersonValue("云陵市", ()), "x")))
    last = issue.columns[-1]
    while last.columns:
        last = last.columns[-1]
    hidden = replace(issue.columns[1], items=tuple(replace(i, internal=True) for i in issue.columns[1].items), columns=())
    columns = (replace(column, items=(replace(first, internal=True), second, *rest)), hidden, *issue.columns[2:])
    rows = (ContentsRow(first.headline, first.page, ("要闻",)), ContentsRow(second.headline, second.page, ("要闻",)))
    return replace(issue, columns=columns, contents=rows), first, second, hidden


def test_what_is_internal_is_nowhere_in_the_public_edition():
    issue, first, second, hidden = marked()
    public, withheld = public_edition(issue)
    said = to_json(public)
    assert first.text[len(first.headline) + 1:] not in said
    assert first.headline not in said
    assert hidden.title not in [column.title for column in public.columns]
    assert [row.title for row in public.contents] == [second.headline]
    assert [(w.item, w.is_whole) for w in withheld[:2]] == [(first.number, True), (second.number, False)]
    assert withheld[1].text == second.text[second.internal[0].start:second.internal[0].end]
    assert len(withheld) == 2 + len(hidden.items)


def test_what_is_left_keeps_its_spans():
    issue, _, second, _ = marked()
    public, _ = public_edition(issue)
    left = public.columns[0].items[0]
    assert left.number == second.number
    assert [left.text[a.start:a.end] for a in left.annotations] == ["秦墨之"]
    assert "\n".join([left.headline, *(left.text[e.start:e.end] for e in left.entries)]) == left.text
    assert from_json(to_json(public)) == public
    assert public_edition(public) == (public, ())


def test_an_issue_with_nothing_internal_loses_nothing():
    issue = yunling.issue()
    public, withheld = public_edition(issue)
    assert withheld == ()
    assert [item.text for item in public.items()] == [item.text for item in issue.items()]


def test_the_command_writes_the_edition_and_its_list(tmp_path):
    issue, first, _, _ = marked()
    (tmp_path / "issue.json").write_text(to_json(issue), encoding="utf-8")
    run = CliRunner().invoke(app, ["publish", str(tmp_path / "issue.json"), "-o", str(tmp_path / "out.pdf"), "--edition", "public"])
    assert run.exit_code == 0, run.output
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")
    listed = (tmp_path / "out.withheld.tsv").read_text(encoding="utf-8").splitlines()
    assert listed[1].split("\t") == ["1", "要闻", "全条", first.headline]
