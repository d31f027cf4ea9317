"""发送对象: to whom issues go, how many copies each gets, and the mark that its copies bear."""

from __future__ import annotations

from django.db import IntegrityError

from yuebao.archive.engines import writing
from yuebao.desk import audit
from yuebao.desk.models import Account, Recipient
from yuebao.errors import UsageError

MOST_COPIES = 9999  # to one recipient


def add(name: str, copies: int, mark: str, *, by: Account) -> Recipient:
    """A new recipient. Raises UsageError E203 (no name, no copies, a name that is there already)."""
    name = _checked(name, copies)
    try:
        with writing():
            recipient = Recipient.objects.create(name=name, copies=copies, mark=mark.strip())
            audit.note(by, "recipient added", name, copies=copies, mark=mark)
    except IntegrityError:
        raise UsageError("E203", reason=f"已有发送对象“{name}”", command="desk") from None
    return recipient


def change(recipient_id: int, *, by: Account, copies: int, mark: str, is_active: bool) -> Recipient:
    """Copies and mark changed, or no longer sent to: what was sent stays recorded. Raises UsageError E203, E205."""
    with writing():
        recipient = Recipient.objects.filter(pk=recipient_id).first()
        if recipient is None:
            raise UsageError("E205", path=f"/desk/recipients/{recipient_id}/")
        _checked(recipient.name, copies)
        recipient.copies, recipient.mark, recipient.is_active = copies, mark.strip(), is_active
        recipient.save(update_fields=["copies", "mark", "is_active"])
        audit.note(by, "recipient changed", recipient.name, copies=copies, mark=mark, is_active=is_active)
    return recipient


def _checked(name: str, copies: int) -> str:
    if not name.strip() or not 1 <= copies <= MOST_COPIES:
        raise UsageError("E203", reason=f"发送对象“{name}”，份数 {copies}", command="desk")
    return name.strip()
