"""Structure: a Source to an Issue. What the file's own 目录 says leads, its typography and order are evidence, the body decides.

    sheet      the source without white space, every character with its offset
    front      封面、版权页、卷首引语
    contents   the 目录
    body       headings and headlines in the body, and whose text is whose
    columns    their order and which of them each item stands in
    levels     which column stands under which
    chronicle  a 大事记 without 目录: month and day headings
    assemble   from all this to the document
    account    what no value claims
    entries    the accounts of an item and their days
    marked     a source that says itself what its parts are
    hung       tables and pictures that stand somewhere among the text
    single     a text that is no issue: one report, or lines

Every source character that is not white space ends in exactly one origin, `dropped` or `unplaced` span, for any input at all.
"""

from __future__ import annotations

from yuebao.model import Issue, Source
from yuebao.structure.account import accounted
from yuebao.structure.assemble import assemble
from yuebao.structure.hung import hang
from yuebao.structure.levels import parse_outline
from yuebao.structure.marked import is_marked, read_marked
from yuebao.structure.sheet import Sheet
from yuebao.structure.single import structure_lines, structure_single

__all__ = ["parse_outline", "structure", "structure_lines", "structure_single"]


def structure(source: Source, outline: str | None = None, outline_name: str = "outline") -> Issue:
    """The Issue of a Source, not yet annotated. `outline`: the user's column titles, one a line, two spaces a level;
    without it the source's own counts. A source with marks is followed mark by mark.

    Never fails for any text: what belongs nowhere is `unplaced`, what was guessed is in `problems`.
    Raises UsageError E201 for a wrong outline.
    """
    if is_marked(source):
        issue = accounted(Sheet(source.text), read_marked(source))
    else:
        said = outline if outline is not None else source.outline
        issue = assemble(source, parse_outline(said, outline_name) if said is not None else None)
    return hang(source, issue)
