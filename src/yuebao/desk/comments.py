"""批注: what somebody says of an item or of words in it; answered, settled, never taken away."""

from __future__ import annotations

from datetime import UTC, datetime

from yuebao.archive.engines import writing
from yuebao.desk import audit, items
from yuebao.desk.models import Account, Comment, DeskItem
from yuebao.errors import UsageError


def add(item_id: int, text: str, *, by: Account, words: str = "") -> Comment:
    """A comment on the item as it is now; on the first place of `words` in it where they are given. Raises UsageError E203, E205, E223."""
    if not text.strip():
        raise UsageError("E203", reason="批注是空的", command="desk")
    with writing():
        item = _item(item_id)
        items.check_open(item.issue)
        start = items.whole(item.headline, item.text).find(words) if words else -1
        if words and start < 0:
            raise UsageError("E203", reason=f"文中没有“{words}”", command="desk")
        made = Comment.objects.create(
            item=item, version=item.version, start=start if words else None, end=start + len(words) if words else None,
            text=text.strip(), by=by, at=datetime.now(UTC),
        )
        audit.note(by, "comment added", items.subject_of(item), comment=made.pk)
    return made


def resolve(item_id: int, comment_id: int, *, by: Account) -> Comment:
    """The comment settled; one that is settled stays as it is. Raises UsageError E205, E223."""
    with writing():
        item = _item(item_id)
        items.check_open(item.issue)
        found = Comment.objects.filter(pk=comment_id, item=item).first()
        if found is None:
            raise UsageError("E205", path=f"comment {comment_id}")
        if found.resolved_at is None:
            found.resolved_by, found.resolved_at = by, datetime.now(UTC)
            found.save(update_fields=["resolved_by", "resolved_at"])
            audit.note(by, "comment resolved", items.subject_of(item), comment=found.pk)
    return found


def of_item(item: DeskItem) -> list[tuple[Comment, str]]:
    """The comments on an item, oldest first, each with the words that it speaks of as they stood then ("" for the whole). Two queries."""
    found = list(Comment.objects.filter(item=item).select_related("by", "resolved_by").order_by("id"))
    texts = {
        version: items.whole(headline, text)
        for version, headline, text in item.versions.filter(version__in={comment.version for comment in found}).values_list(
            "version", "headline", "text")
    }
    return [(comment, "" if comment.start is None else texts[comment.version][comment.start:comment.end]) for comment in found]


def _item(item_id: int) -> DeskItem:
    item = DeskItem.objects.select_related("issue").filter(pk=item_id).first()
    if item is None:
        raise UsageError("E205", path=f"item {item_id}")
    return item
