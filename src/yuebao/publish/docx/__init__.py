"""The book as a Word file: real styles (`word_styles`), run-in headlines, a filled 目录 that Word can compute anew.

    parts      the headings in body order
    looks      how the styles look, measured as the chosen style is
    runs       paragraphs, runs and fields
    front      cover, imprint, epigraph, contents
    body       columns, items, tables, figures
    drawn      pictures
    pages      the page of each heading in the set book
    package    the parts of the file

A headline stands in a paragraph of its own, whose mark is Word's style separator: on the page the text goes on in the same line, and
navigation and 目录 have the headline alone. Programs that do not know the separator break the line there.
The 目录 shows the pages of the set book, and Word is told to count its own on opening.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from yuebao.errors import UsageError
from yuebao.model import Issue
from yuebao.publish import flow, style
from yuebao.publish.book import number_line_of
from yuebao.publish.docx.body import body, plates
from yuebao.publish.docx.drawn import Drawn
from yuebao.publish.docx.front import contents, cover, epigraph, hidden_numbers, imprint
from yuebao.publish.docx.looks import COVER_SIDE, font_table, styles_xml, white_at_top, white_on_cover
from yuebao.publish.docx.package import Pages, document, packed
from yuebao.publish.docx.pages import pages_of
from yuebao.publish.docx.parts import Head, depth_of, heads_of
from yuebao.publish.grid import fit
from yuebao.publish.printed import AS_PRINTED, style_of
from yuebao.publish.setting import Setting

HIGHEST_PICTURE = 0.55  # of the lines of a page
CANNOT_HOLD: frozenset[str] = flow.CANNOT_HOLD


def write_docx(issue: Issue, setting: Setting) -> bytes:
    """The Word file of the issue; as printed, it has the grid of the printed book, and Word breaks the pages.

    Raises UsageError E203 (no such style; as-printed without printed pages), InputError E504 (a fault in the style), E505 (a picture of
    no use).
    """
    setting, settings = _settings(issue, setting)
    text, measure = settings["text"], style.measure_of(settings)
    head = issue.masthead
    heads = heads_of(issue)
    drawn = Drawn(setting.pictures, measure, text["lines"] * text["pitch"] * HIGHEST_PICTURE)
    front = [*_front(issue, heads, setting, settings), plates(issue, drawn)]
    main = hidden_numbers(head) + body(issue, heads, drawn, round(measure * 20), round(white_at_top(settings) * 20))
    running = "\u3000".join(filter(None, (head.title, number_line_of(head))))
    pages = Pages(settings, setting.first_page, running, any(column.title and column.contents_title is None for column in issue.columns))
    return packed(
        document(pages, front, main), pages, styles_xml(settings, setting.families, depth_of(issue.columns)), font_table(), drawn,
        title=" ".join(filter(None, (head.title, number_line_of(head)))) or issue.source.name, creator=head.sponsor or head.publisher or "")


def _settings(issue: Issue, setting: Setting) -> tuple[Setting, style.Settings]:
    """The setting, and those of its style."""
    if setting.style != AS_PRINTED:
        return setting, style.load(setting.style).settings
    grid = fit(issue)
    if grid is None:
        raise UsageError("E203", reason="原书目录没有页码，不能照原书排 / no printed pages to go by", command="publish")
    return replace(setting, first_page=grid.first_page), style_of(grid).settings


def _front(issue: Issue, heads: Sequence[Head], setting: Setting, settings: style.Settings) -> list[str]:
    """What stands before the body, each on pages of its own."""
    head = issue.masthead
    width = settings["page"]["width"] - 2 * COVER_SIDE
    return [
        cover(head, width, settings["sizes"]["title"], white_on_cover(settings)), imprint(head),
        epigraph(issue.epigraph) if issue.epigraph else "",
        contents(heads, pages_of(issue, heads, setting), settings["contents"]["heading"]),
    ]
