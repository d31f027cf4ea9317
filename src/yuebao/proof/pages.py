"""C: the page that the 目录 gives, against the page of the file on which the headline stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from yuebao.model import ContentsRow, Item
from yuebao.proof.reading import Reading, pieces_of
from yuebao.proof.rule import Doubt, issue_rule

# The file's pages are counted from its first, the printed ones from another: most rows say how far the two are apart. Where fewer rows than
# these, or a smaller share of them, agree, the file was not paged as the book is, and says nothing.
ROWS_TO_AGREE, SHARE_TO_AGREE = 5, 0.8


@issue_rule(
    "C009", "目录页码与条题所在页不符", "Page of the contents is not the page of the headline", "note",
    reason="依文件的分页推算，条题不在目录所列的那一页；分页以付印样为准，请核。",
    wrong="分页：6 6 7 8 9 9\n所在：6 6 7 8 8 9", right="分页：6 6 7 8 9 9\n所在：6 6 7 8 9 9", source="校对惯例：目录页码逐一翻核")
def page_of_headline(reading: Reading) -> Iterator[Doubt]:
    found = list(_paged(reading))
    apart = Counter(page - (row.page or 0) for row, _, page in found)
    (usual, agreeing), = apart.most_common(1) or [(0, 0)]
    if agreeing < max(ROWS_TO_AGREE, SHARE_TO_AGREE * len(found)):
        return
    for row, item, page in found:
        if page - (row.page or 0) != usual:
            doubt = reading.row_doubt(row, f"目录作第{row.page}页，依文件分页推算条题在第{page - usual}页，请核", page=row.page)
            # the row's words stand in the 目录, so there is no span in the item; the item's number says which it is
            yield replace(doubt, item=item.number)


def _paged(reading: Reading) -> Iterator[tuple[ContentsRow, Item, int]]:
    """The rows with a page, each with its item and the page of the file on which that begins."""
    if reading.source is None or reading.source.page_starts is None:
        return
    for item in reading.issue.items():
        row = reading.issue.contents[reading.rows[item.number]] if item.number in reading.rows else None
        pieces = pieces_of(item.origin)
        page = reading.source.page_of(pieces[0][2]) if pieces else None
        if row is not None and row.page is not None and page is not None:
            yield row, item, page


RULES = (page_of_headline,)
