"""Accounts: who may sign in, and with which roles."""

from __future__ import annotations

from collections.abc import Iterable

from yuebao.archive.engines import writing
from yuebao.desk import audit
from yuebao.desk.models import Account, Contributor
from yuebao.desk.permissions import ROLES
from yuebao.errors import UsageError


def create(
    name: str, full_name: str, password: str, roles: Iterable[str], *, by: Account | None, contributor: Contributor | None = None,
) -> Account:
    """A new account. `by` None: the program itself (first administrator, demo). Raises UsageError E203."""
    roles = list(roles)
    if not name or not password or not set(roles) <= ROLES.keys():
        raise UsageError("E203", reason=f"{name} {roles}", command="desk")
    with writing():
        account = Account(name=name, full_name=full_name or name, roles=roles, contributor=contributor)
        account.set_password(password)
        account.save(force_insert=True)
        audit.note(by or "yuebao", "account created", name, roles=roles)
    return account
