"""单据: 审校单, 印刷通知单, 签收单, 归档目录, 勘误表, 核稿函, filled in from what the desk knows; the rest is left to be written.

They are papers of the office and Chinese in either language of the pages.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from itertools import groupby

import pypdfium2
from django.utils.timezone import localtime

from yuebao import pipeline
from yuebao.desk import distribution, errata, issues, reviews, rounds
from yuebao.desk.models import DeskIssue, Edition, IssueCopy, IssueStep, Review, StoredClipping
from yuebao.errors import UsageError
from yuebao.publish.paper import Pair, Paper

POINT = 25.4 / 72  # mm
# 开本 by the trimmed size in mm: what offices call it
SIZES = {(185, 260): "正16开", (210, 285): "大16开", (210, 297): "A4", (140, 203): "大32开", (148, 210): "A5"}
SHEETS = 4  # pages of a folded sheet: a book stitched through its fold has a multiple of them
STITCHED = 96  # pages up to which a book is stitched through its fold
EDITION_NAMES = {"internal": "内部版", "public": "公开版"}

Chosen = Mapping[str, str]  # what whoever prints a paper has chosen: the item of a 核稿函, to whom, by when


def of(kind: str, issue: DeskIssue, chosen: Chosen) -> Paper:
    """The paper of that kind (a key of PAPERS). Raises UsageError E205 (no such paper or item), E223 (not to be had before 签发)."""
    if kind not in PAPERS:
        raise UsageError("E205", path=kind)
    return PAPERS[kind][2](issue, chosen)


def review_sheet(issue: DeskIssue, _: Chosen) -> Paper:
    """审校单: every item with who passed it when, then 保密审查, 校次 and 签发."""
    rows = tuple(
        (str(n), item.column_path, item.headline or item.text[:20], *map(_review, three), _notes(three))
        for n, (item, three) in enumerate(reviews.sheet(issue), 1))
    steps = list(IssueStep.objects.filter(issue=issue, kind__in=("secrecy", "proof", "signed")).select_related("by", "entered_by"))
    return Paper(
        "审校单", (*_about(issue), ("稿次", issues.STAGES[issue.stage][0]), ("条目", f"{len(rows)} 条")),
        columns=("序号", "栏目", "条题", "初审", "复审", "终审", "备注"), rows=rows,
        foot=(
            ("保密审查", _last(steps, "secrecy")),
            ("校次", "；".join(f"{rounds.name_of(s)} {_person_and_day(s)}" for s in steps if s.kind == "proof")),
            ("签发", _last(steps, "signed")),
        ))


def printing_order(issue: DeskIssue, chosen: Chosen) -> Paper:
    """印刷通知单: 开本 and 页数 from the set book; 用纸 and 装订 as chosen, else left to be written."""
    pdf = _set_book(issue)
    size, pages = _size_and_pages(pdf)
    blank = -pages % SHEETS
    binding = chosen.get("binding") or ("骑马订" if pages + blank <= STITCHED else "胶订")
    head = issue.masthead
    run = chosen.get("print_run") or str(head.get("print_run") or "")
    return Paper(
        "印刷通知单", (*_about(issue), ("印刷单位", head.get("printer") or ""), ("准印证号", head.get("permit_number") or "")),
        columns=("项目", "要求"), rows=(
            ("开本", size), ("页数", f"{pages} 面" + (f"（骑马订须补白页 {blank} 面，共 {pages + blank} 面）" if blank else "")),
            ("印数", f"{run} 册" if run else ""), ("用纸", chosen.get("stock", "")), ("装订", binding), ("交付日期", chosen.get("by", "")),
        ),
        said=("请按付印样印制，内容、版式不得改动；发现疑问请先来电核实。",),
        foot=(("经办人", ""), ("签发人", issue.signed_by.full_name if issue.signed_by else ""), ("日期", "")))


def receipt_sheet(issue: DeskIssue, _: Chosen) -> Paper:
    """签收单: by recipient, with the numbers of its copies; what was received already stands in it."""
    copies = list(IssueCopy.objects.filter(issue=issue).select_related("recipient"))
    rows = []
    for recipient, of_recipient in groupby(copies, key=lambda copy: copy.recipient):
        held = list(of_recipient)
        received, returned = [c for c in held if c.received_at], [c for c in held if c.returned_at]
        rows.append((
            recipient.name, _numbers(held), str(len(held)), received[0].received_by if received else "",
            _day(received[0].received_at) if received else "", f"{len(returned)} 份" if returned else ""))
    return Paper(
        "签收单", (*_about(issue), ("份数", f"{len(copies)} 份")), columns=("发送对象", "编号", "份数", "签收人", "签收日期", "退回"),
        rows=tuple(rows), foot=(("发送人", ""), ("日期", "")))


def filing_list(issue: DeskIssue, _: Chosen) -> Paper:
    """归档目录: what of the issue goes to the archive, in the order of its making, with pages and the beginning of each file's hash."""
    office = issue.masthead.get("publisher") or issue.masthead.get("sponsor") or ""
    named, copies = issues.name_of(issue), StoredClipping.objects.filter(issue=issue).exclude(state="withdrawn").count()
    rows: list[tuple[str, str, str, str, str]] = []
    if copies:
        rows.append((f"{named}来稿（{copies} 份）", "各供稿单位", _day(issue.opened_at), "", ""))
    rows.append((f"{named}审校单", office, _day(issue.signed_at), "", ""))
    for step in rounds.rounds_of(issue):
        assert step.scan is not None
        rows.append((f"{named}{rounds.name_of(step)}", office, _day(step.at), _pages(bytes(step.scan.data)), step.scan.sha256[:16]))
    for one in Edition.objects.filter(issue=issue):
        pages = _pages(bytes(one.data)) if one.format == "pdf" else ""
        rows.append((f"{one.name}（{EDITION_NAMES[one.edition]}）", office, _day(issue.signed_at), pages, one.sha256[:16]))
    if IssueCopy.objects.filter(issue=issue).exists():
        rows.append((f"{named}签收单", office, _day(issue.copies.first().sent_at), "", ""))
    if errata.of_issue(issue):
        rows.append((f"{named}勘误表", office, _day(errata.of_issue(issue)[-1].at), "", ""))
    return Paper(
        "归档目录", (*_about(issue), ("立档单位", office)), columns=("序号", "题名", "责任者", "日期", "页数", "备注"),
        rows=tuple((str(n), *row) for n, row in enumerate(rows, 1)), foot=(("移交人", ""), ("接收人", ""), ("日期", "")))


def errata_sheet(issue: DeskIssue, _: Chosen) -> Paper:
    """勘误表: page, item, what was printed, what is right."""
    held = [one for one in errata.of_issue(issue) if one.kind == "correction" and not one.is_withdrawn]
    pages = _pages_of_items(issue) if held else {}
    rows = tuple((pages.get(one.item_number, ""), f"第{one.item_number}条", one.printed, one.right) for one in held)
    by = ("编印单位", issue.masthead.get("publisher") or "")
    return Paper("勘误表", _about(issue), columns=("页", "条目", "原印", "应作"), rows=rows, foot=(by,))


def verification_letter(issue: DeskIssue, chosen: Chosen) -> Paper:
    """核稿函: the text of one item (`item`: its number on the desk) put before whoever must verify it (`to`, `by`)."""
    item = issue.items.filter(number=int(chosen["item"])).first() if chosen.get("item", "").isdecimal() else issue.items.first()
    if item is None:
        raise UsageError("E205", path=f"条目 {chosen.get('item', '')}")
    until = f"于 {chosen['by']} 前" if chosen.get("by") else "及早"
    return Paper(
        "核稿函", (("致", chosen.get("to", "")), *_about(issue)),
        said=(
            f"兹送上《{issue.title}》拟用稿一则，请核对人名、职务、时间、数字和提法，{until}将意见连同本函退回；未作改动的，请注明“无意见”。",
            item.headline, *item.text.split("\n")),
        columns=("原文", "应改为", "依据"), rows=(("", "", ""), ("", "", ""), ("", "", "")),
        foot=(("核稿意见", ""), ("核稿人（签字）", ""), ("日期", "")))


PAPERS: dict[str, tuple[str, str, Callable[[DeskIssue, Chosen], Paper]]] = {
    "reviews": ("审校单", "reviews", review_sheet),
    "printing": ("印刷通知单", "order to the printer", printing_order),
    "receipts": ("签收单", "receipts", receipt_sheet),
    "filing": ("归档目录", "list for filing", filing_list),
    "errata": ("勘误表", "errata", errata_sheet),
    "letter": ("核稿函", "letter for verification", verification_letter),
}


# ---- parts ----


def _about(issue: DeskIssue) -> tuple[Pair, ...]:
    serial = f"（总第{issue.serial_number}期）" if issue.serial_number else ""
    return (("资料名称", issue.title), ("期号", issues.name_of(issue).removeprefix(issue.title) + serial))


def _review(made: Review | None) -> str:
    return "" if made is None else _person_and_day(made, "\n")


def _notes(three: Iterable[Review | None]) -> str:
    return "；".join(made.note for made in three if made and made.note)


def _last(steps: list[IssueStep], kind: str) -> str:
    found = [step for step in steps if step.kind == kind]
    if not found:
        return ""
    verdict = issues.VERDICTS[found[-1].value][0] if kind == "secrecy" else ""
    return " ".join(filter(None, (_person_and_day(found[-1]), verdict, found[-1].note)))


def _person_and_day(made: Review | IssueStep, between: str = " ") -> str:
    entered = f"（{made.entered_by.full_name}代录）" if made.entered_by else ""
    return f"{made.by.full_name}{between}{_day(made.at)}{entered}"


def _day(at: datetime | date | None) -> str:
    if at is None:
        return ""
    return (localtime(at).date() if isinstance(at, datetime) else at).isoformat()


def _numbers(copies: list[IssueCopy]) -> str:
    first, last = copies[0], copies[-1]
    is_run = last.number - first.number == len(copies) - 1
    if not is_run:
        return "、".join(map(distribution.number_of, copies))
    return distribution.number_of(first) + (f"—{last.number:04d}" if last is not first else "")


def _set_book(issue: DeskIssue) -> bytes:
    """The internal PDF of a signed issue, else its last proof. Raises UsageError E223 where nothing was set."""
    edition = Edition.objects.filter(issue=issue, edition="internal", format="pdf").first()
    proofs = rounds.rounds_of(issue)
    if edition is None and not proofs:
        raise UsageError("E223", reason=f"{issues.name_of(issue)}还没有校样，开本、页数未定")
    return bytes(edition.data if edition else proofs[-1].scan.data)


def _size_and_pages(pdf: bytes) -> tuple[str, int]:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        width, height = (round(side * POINT) for side in document[0].get_size())
        name = next((name for size, name in SIZES.items() if abs(size[0] - width) <= 1 and abs(size[1] - height) <= 1), "")
        return f"{width}×{height}毫米" + (f"（{name}）" if name else ""), len(document)
    finally:
        document.close()


def _pages(pdf: bytes) -> str:
    return str(_size_and_pages(pdf)[1])


def _pages_of_items(issue: DeskIssue) -> dict[int | None, str]:
    """The printed page of each item, as the set book has it."""
    read, _ = pipeline.read_bytes("book.pdf", _set_book(issue))
    return {item.number: str(item.page) for item in read.items() if item.page}
