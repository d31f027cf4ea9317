"""The item editor: headline and text, saved on the version that was seen; who was first is shown beside what was written, merged."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yuebao.desk import board, comments, compared, figures, findings, issues, items, reviews
from yuebao.desk.models import DeskFigure, DeskItem, ItemVersion
from yuebao.errors import UsageError
from yuebao.model import Json
from yuebao.web.desk import asked
from yuebao.web.desk.item_page import is_closed, item_page, read_of

CONFLICT = 409


def item(request: HttpRequest, issue_id: int, number: int) -> HttpResponse:
    """The page of an item; posted, its next version, or both texts where somebody was first."""
    found = item_of(issue_id, number)
    if request.method == "POST":
        return _saved(request, found)
    return render(request, "desk/item.html", {
        "issue": found.issue, "item": found, "page": item_page(found), "is_closed": is_closed(found)})


def read(request: HttpRequest, issue_id: int, number: int) -> HttpResponse:
    """What is said of an item: a page, or, asked by the editor's page, the parts that it lacks."""
    found = item_of(issue_id, number)
    template = "desk/_item_read.html" if request.headers.get("HX-Request") else "desk/item_read.html"
    return render(request, template, {"issue": found.issue, "item": found, "read": read_of(found), "is_closed": is_closed(found)})


def new_item(request: HttpRequest, issue_id: int) -> HttpResponse:
    """An item written on the desk, without a story; posted from the board with its headline and column."""
    issue = issues.get(issue_id)
    made = items.create(
        issue, headline=asked.text(request, "headline"), text=asked.text(request, "text"), column_path=column_of(request),
        by=asked.account_of(request), note="自写")
    return asked.back(request, "item_made", "desk-item", issue_id, made.number, n=made.number)


def history(request: HttpRequest, issue_id: int, number: int) -> HttpResponse:
    """Every version of an item, the newest first, each with what differs from the one before."""
    found = item_of(issue_id, number)
    versions = list(found.versions.select_related("by").order_by("version"))
    before: list[ItemVersion | None] = [None, *versions]
    changes = [_change(old, new) for old, new in zip(before, versions, strict=False)]
    return render(request, "desk/item_history.html", {
        "issue": found.issue, "item": found, "changes": changes[::-1],
        "verdicts": found.reviews.select_related("by").order_by("id")})


def restore(request: HttpRequest, issue_id: int, number: int) -> HttpResponse:
    """An earlier version again, as the next one."""
    found, version = item_of(issue_id, number), asked.number(request, "version")
    items.restore(found.pk, version, asked.number(request, "seen"), asked.account_of(request))
    return asked.back(request, "item_restored", "desk-item", issue_id, number, n=version)


def withdraw(request: HttpRequest, issue_id: int, number: int) -> HttpResponse:
    """The item taken out of the issue, with a reason."""
    found, seen, by = item_of(issue_id, number), asked.number(request, "seen"), asked.account_of(request)
    items.withdraw(found.pk, seen=seen, by=by, reason=asked.text(request, "reason"))
    return asked.back(request, "item_withdrawn", "board", issue_id, n=number)


def take_up(request: HttpRequest, issue_id: int, number: int) -> HttpResponse:
    """A withdrawn item back in the issue."""
    items.take_up(item_of(issue_id, number).pk, seen=asked.number(request, "seen"), by=asked.account_of(request))
    return asked.back(request, "item_taken_up", "desk-item", issue_id, number, n=number)


def decide(request: HttpRequest, issue_id: int, number: int) -> HttpResponse:
    """A finding carried out as an edit, or not followed, with the reason."""
    found, name = item_of(issue_id, number), asked.text(request, "finding")
    seen, by = asked.number(request, "seen"), asked.account_of(request)
    match asked.text(request, "decision"):
        case "accept":
            findings.accept(found.pk, name, seen=seen, by=by)
            return asked.back(request, "finding_accepted", "desk-item", issue_id, number)
        case "waive":
            findings.waive(found.pk, name, asked.text(request, "reason"), seen=seen, by=by)
            return asked.back(request, "finding_waived", "desk-item", issue_id, number)
        case other:
            raise UsageError("E206", reason=other)


def comment(request: HttpRequest, issue_id: int, number: int) -> HttpResponse:
    """A comment on the item, or on words of it; with `settles`, one that is settled."""
    found, by = item_of(issue_id, number), asked.account_of(request)
    settled = asked.number_or_none(request, "settles")
    if settled is not None:
        comments.resolve(found.pk, settled, by=by)
        return asked.back(request, "comment_settled", "desk-item", issue_id, number)
    comments.add(found.pk, asked.text(request, "text"), by=by, words=asked.text(request, "words"))
    return asked.back(request, "comment_added", "desk-item", issue_id, number)


def tables(request: HttpRequest, issue_id: int, number: int) -> HttpResponse:
    """The tables of the item as written in the form: a row a line, cells parted by tabs; one that is emptied is taken out."""
    captions, grids = request.POST.getlist("caption"), request.POST.getlist("grid")
    made = [table for caption, grid in zip(captions, grids, strict=False) if (table := _table(caption, grid))]
    items.edit(item_of(issue_id, number).pk, seen=asked.number(request, "seen"), by=asked.account_of(request), tables=made, note="表")
    return asked.back(request, "tables_saved", "desk-item", issue_id, number)


def figure(request: HttpRequest, issue_id: int, number: int) -> HttpResponse:
    """A figure added to the item, reworded or withdrawn."""
    found, by, seen = item_of(issue_id, number), asked.account_of(request), asked.number(request, "seen")
    said = {name: asked.text(request, name) for name in ("caption", "credit")}
    known = asked.number_or_none(request, "figure")
    if known is None:
        name, data = asked.file(request, "picture") or ("", b"")
        figures.add(found.pk, name, data, **said, seen=seen, by=by)
    elif asked.text(request, "decision") == "withdraw":
        figures.withdraw(found.pk, known, seen=seen, by=by)
    else:
        figures.reword(found.pk, known, **said, seen=seen, by=by)
    return asked.back(request, "figures_saved", "desk-item", issue_id, number)


def picture(request: HttpRequest, issue_id: int, figure_id: int) -> HttpResponse:  # noqa: ARG001
    """The picture of a figure, to look at."""
    found = DeskFigure.objects.filter(pk=figure_id, item__issue=issue_id).select_related("picture").first()
    if found is None:
        raise UsageError("E205", path=f"figure {figure_id}")
    return asked.attached(found.picture.name, found.picture.media_type, bytes(found.picture.data), is_shown=True)


# ---- parts ----


def item_of(issue_id: int, number: int) -> DeskItem:
    """The item of an issue by its number. Raises UsageError E205."""
    found = DeskItem.objects.select_related("issue", "story").filter(issue=issue_id, number=number).first()
    if found is None:
        raise UsageError("E205", path=f"/desk/{issue_id}/item/{number}/")
    return found


def column_of(request: HttpRequest) -> str:
    """The column that a form names, its titles parted by / as people type them."""
    return " / ".join(title for part in asked.text(request, "column").replace("／", "/").split("/") if (title := part.strip()))


def _saved(request: HttpRequest, found: DeskItem) -> HttpResponse:
    seen, by = asked.number(request, "seen"), asked.account_of(request)
    headline, text, note = (asked.text(request, name) for name in ("headline", "text", "note"))
    try:
        now = items.edit(
            found.pk, seen=seen, by=by, headline=headline, text=text, column_path=column_of(request),
            is_internal="internal" in request.POST, note=note)
    except UsageError as error:
        if error.code != "E222":
            raise
        return _conflict(request, item_of(found.issue_id, found.number), seen)
    if "submit" in request.POST and now.state == items.EDITING:
        reviews.submit(now.pk, seen=now.version, by=by)
        return asked.back(request, "item_submitted", "desk-item", found.issue_id, found.number)
    return asked.back(request, "item_saved", "desk-item", found.issue_id, found.number, n=now.version)


def _conflict(request: HttpRequest, now: DeskItem, seen: int) -> HttpResponse:
    """Both texts beside each other, and the two changes in one, to be saved on the version that is there by now."""
    base = now.versions.filter(version=seen).first()
    theirs = now.versions.select_related("by").get(version=now.version)
    mine = {"headline": items.tidy(asked.text(request, "headline")), "text": items.tidy(asked.text(request, "text"))}
    both = {
        name: compared.merged(getattr(base or now, name), getattr(now, name), mine[name]) for name in ("headline", "text")}
    return render(request, "desk/merge.html", {
        "issue": now.issue, "item": now, "theirs": theirs, "both": both,
        "column": column_of(request), "columns": board.columns_of(now.issue), "is_internal": "internal" in request.POST,
        "clashes": [*both["headline"].clashes, *both["text"].clashes], "note": asked.text(request, "note"),
        "headline": compared.differences(now.headline, mine["headline"]), "text": compared.differences(now.text, mine["text"]),
    }, status=CONFLICT)


def _change(old: ItemVersion | None, new: ItemVersion) -> dict[str, object]:
    """What a version changed; of the first, its text."""
    return {
        "version": new,
        "headline": compared.differences(old.headline if old else new.headline, new.headline),
        "text": compared.differences(old.text if old else new.text, new.text),
        "column": new.column_path if old and old.column_path != new.column_path else None,
        "is_tables": bool(old and old.tables != new.tables),
    }


def _table(caption: str, grid: str) -> dict[str, Json] | None:
    rows = [[cell.strip() for cell in line.split("\t")] for line in grid.splitlines() if line.strip()]
    width = max((len(row) for row in rows), default=0)
    return {"after": 0, "rows": [row + [""] * (width - len(row)) for row in rows], "caption": caption.strip() or None} if width else None
