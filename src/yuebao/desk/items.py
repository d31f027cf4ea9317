"""条目: written, edited, put back, withdrawn. Every accepted edit is a version that stays; who edits says which version they saw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from django.db.models import Max

from yuebao.archive.engines import writing
from yuebao.compile.values import Clause
from yuebao.desk import audit, compared, ordering
from yuebao.desk.models import Account, DeskIssue, DeskItem, DeskStory, ItemVersion
from yuebao.errors import UsageError
from yuebao.model import Json

EDITING, WITHDRAWN = "editing", "withdrawn"
_OF_PLACE = frozenset({"column_path", "is_internal"})  # where and for whom it is printed: another one is no other text


def subject_of(item: DeskItem) -> str:
    """What the log calls an item: 2026-01 条目 3."""
    return f"{item.issue.year}-{item.issue.number:02d} 条目 {item.number}"


def whole(headline: str, text: str) -> str:
    """The text of an item as the issue document has it, headline first: what the spans of clauses and findings speak of."""
    return f"{headline}\n{text}" if headline else text


def length(text: str) -> int:
    """How long a text is as an editor counts: every character but white space."""
    return len("".join(text.split()))


def tidy(text: str) -> str:
    """A text as it is kept: one line a paragraph, none empty, no white space at their ends."""
    lines = (line.strip() for line in text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line)


def create(
    issue: DeskIssue, *, headline: str, text: str, column_path: str, by: Account, clauses: Sequence[Clause] = (),
    story: DeskStory | None = None, note: str = "",
) -> DeskItem:
    """A new item at the end of its column, its version 1. `text` is without the headline; `clauses` speak of `whole(headline, text)`.

    Raises UsageError E223 where the issue is signed off.
    """
    said, body = _line(headline), tidy(text)
    with writing():
        issue.refresh_from_db(fields=["signed_at"])
        check_open(issue)
        number = (DeskItem.objects.filter(issue=issue).aggregate(last=Max("number"))["last"] or 0) + 1
        item = DeskItem(
            issue=issue, number=number, story=story, column_path=column_path, position=ordering.place(issue, column_path),
            headline=said, text=body, clauses=_carried([c.to_dict() for c in clauses], whole(headline, text), whole(said, body)),
        )
        item.save(force_insert=True)
        _keep(item, by, note)
        audit.note(by, "item created", subject_of(item), column=column_path)
    return item


def edit(
    item_id: int, *, seen: int, by: Account, headline: str | None = None, text: str | None = None, column_path: str | None = None,
    tables: list[Json] | None = None, is_internal: bool | None = None, note: str = "",
) -> DeskItem:
    """The item with what is given in place of what it had, as its next version; as it was where nothing differs.

    Another text or table takes it back to editing: reviews are of what was read. `is_internal`: the public edition withholds it.
    Raises UsageError E222 where version `seen` is no longer the newest, E223 where the issue is signed off or the item withdrawn.
    """
    with writing():
        item = locked(item_id, seen)
        check_in_hand(item)
        return _changed(item, by, note, headline=headline, text=text, column_path=column_path, tables=tables, is_internal=is_internal)


def restore(item_id: int, version: int, seen: int, by: Account) -> DeskItem:
    """The item with headline, text and tables of an earlier version, as its next one. Raises as `edit` does; E223 for no such version."""
    with writing():
        item = locked(item_id, seen)
        check_in_hand(item)
        before = ItemVersion.objects.filter(item=item, version=version).first()
        if before is None:
            raise UsageError("E223", reason=f"{subject_of(item)} 没有第 {version} 版")
        return _changed(item, by, f"恢复第 {version} 版", headline=before.headline, text=before.text, tables=before.tables)


def withdraw(item_id: int, *, seen: int, by: Account, reason: str) -> DeskItem:
    """The item taken out of the issue, with all its history. Raises as `edit` does."""
    with writing():
        item = locked(item_id, seen)
        check_in_hand(item)
        return step(item, WITHDRAWN, by, "item withdrawn", reason)


def take_up(item_id: int, *, seen: int, by: Account, reason: str = "") -> DeskItem:
    """A withdrawn item back in its column, at the end, to be edited. Raises UsageError E222, E223."""
    with writing():
        item = locked(item_id, seen)
        if item.state != WITHDRAWN:
            raise UsageError("E223", reason=f"{subject_of(item)} 没有撤下")
        item.position = ordering.place(item.issue, item.column_path, moved=item)
        return step(item, EDITING, by, "item taken up", reason)


def check_open(issue: DeskIssue) -> None:
    """Raise UsageError E223 where the issue is signed off: nothing of it changes any more."""
    if issue.signed_at is not None:
        raise UsageError("E223", reason=f"{issue.year}年第{issue.number}期已签发")


def locked(item_id: int, seen: int) -> DeskItem:
    """The item as it is now, of an issue still open, at the version that was seen. Call it within `writing`. Raises E222, E223, E205."""
    item = DeskItem.objects.select_related("issue").filter(pk=item_id).first()
    if item is None:
        raise UsageError("E205", path=f"item {item_id}")
    check_open(item.issue)
    if item.version != seen:
        raise lost(item)
    return item


def lost(item: DeskItem) -> UsageError:
    """What is told to whoever saw an older version."""
    return UsageError("E222", name=subject_of(item))


def save(item: DeskItem, **fields: object) -> None:
    """Write fields of an item where its version still is the one read. Raises UsageError E222."""
    if not DeskItem.objects.filter(pk=item.pk, version=item.version).update(**fields):
        raise lost(item)
    for name, value in fields.items():
        setattr(item, name, value)


def check_in_hand(item: DeskItem) -> None:
    """Raise UsageError E223 where the item is withdrawn."""
    if item.state == WITHDRAWN:
        raise UsageError("E223", reason=f"{subject_of(item)} 已撤下，请先重新列入")


def step(item: DeskItem, state: str, by: Account, action: str, reason: str) -> DeskItem:
    """The item in another state, as its next version of the same text. Call it within `writing`."""
    save(item, version=item.version + 1, state=state, position=item.position)
    _keep(item, by, reason)
    audit.note(by, action, subject_of(item), reason=reason)
    return item


# ---- parts ----


def _changed(
    item: DeskItem, by: Account, note: str, *, headline: str | None, text: str | None, tables: list[Json] | None,
    column_path: str | None = None, is_internal: bool | None = None,
) -> DeskItem:
    now = {
        "headline": item.headline if headline is None else _line(headline), "text": item.text if text is None else tidy(text),
        "tables": item.tables if tables is None else tables, "column_path": item.column_path if column_path is None else column_path,
        "is_internal": item.is_internal if is_internal is None else is_internal,
    }
    differs = sorted(name for name, value in now.items() if value != getattr(item, name))
    if not differs:
        return item
    if "column_path" in differs:
        now["position"] = ordering.place(item.issue, str(column_path), moved=item)
    if not _OF_PLACE.issuperset(differs):
        now["clauses"] = _carried(item.clauses, whole(item.headline, item.text), whole(str(now["headline"]), str(now["text"])))
        now["state"] = EDITING
    if "is_internal" in differs:
        note = note or ("只印在内部版" if now["is_internal"] else "公开版也印")
    before = item.state
    save(item, version=item.version + 1, **now)
    _keep(item, by, note)
    audit.note(by, "item edited", subject_of(item), version=item.version, changed=differs, state=[before, item.state])
    return item


def _keep(item: DeskItem, by: Account, note: str) -> None:
    ItemVersion.objects.create(
        item=item, version=item.version, headline=item.headline, text=item.text, column_path=item.column_path, clauses=item.clauses,
        tables=item.tables, at=datetime.now(UTC), by=by, note=note,
    )


def _carried(clauses: Iterable[Json], old: str, new: str) -> list[Json]:
    """The clauses whose words still stand in the new text, where they stand there."""
    held = list(clauses)
    if old == new:
        return held
    spans = compared.carried([(clause["start"], clause["end"]) for clause in held], old, new)
    return [{**clause, "start": span[0], "end": span[1]} for clause, span in zip(held, spans, strict=True) if span]


def _line(headline: str) -> str:
    return " ".join(tidy(headline).split("\n"))
