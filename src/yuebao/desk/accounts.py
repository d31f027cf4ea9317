"""Accounts: who may sign in, and with which roles. None is ever deleted: one that is no longer wanted is made inactive.

Five passwords in a row that are not the account's lock it for a quarter of an hour. An address that fails again and again must wait
longer and longer. What is said of a failure is the same whether the account is there, locked or inactive.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.db.models import QuerySet

from yuebao.archive.engines import writing
from yuebao.desk import audit
from yuebao.desk.models import Account, Contributor
from yuebao.desk.passwords import refuse_weak
from yuebao.desk.permissions import ROLES
from yuebao.desk.slowing import Slowing
from yuebao.errors import Both, UsageError

TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
LONGEST_NAME = 60
ADMINISTRATOR = "administrator"

slowing = Slowing()


# ---- making and changing ----


def create(
    name: str, full_name: str, password: str, roles: Iterable[str], *, by: Account | None, contributor: Contributor | None = None,
) -> Account:
    """A new account. `by` None: the program itself (first administrator, demo, command line).

    Raises UsageError E231: no name, one that is taken, a role that is not known, a weak password.
    """
    name, full_name = written(name), full_name.strip()[:LONGEST_NAME]
    if not name:
        raise UsageError("E231", reason=Both("请写账号名", "a name is wanted"))
    account = Account(name=name, full_name=full_name or name, roles=_known(roles), contributor=contributor)
    refuse_weak(password, name, full_name)
    account.set_password(password)
    with writing():
        if Account.objects.filter(name=name).exists():
            raise UsageError("E231", reason=Both(f"已有账号“{name}”", f"the name is taken: {name}"))
        account.save(force_insert=True)
        audit.note(by or audit.PROGRAM, "account created", name, roles=account.roles, contributor=_name_of(contributor))
    return account


def create_first(name: str, full_name: str, password: str) -> Account:
    """The first administrator of a home. Raises UsageError E231 (also where another was quicker)."""
    with writing():
        if Account.objects.exists():
            raise UsageError("E231", reason=Both("已有账号，请登录", "there is an account by now: sign in"))
        return create(name, full_name, password, [ADMINISTRATOR], by=None)


def alter(
    account: Account, *, full_name: str, roles: Iterable[str], is_active: bool, contributor: Contributor | None, by: Account | None,
) -> Account:
    """Settle what an account is. Raises UsageError E231 where no administrator would be left."""
    with writing():
        kept = Account.objects.select_related("contributor").get(pk=account.pk)
        before = _said(kept)
        kept.full_name = full_name.strip()[:LONGEST_NAME] or kept.name
        kept.roles, kept.is_active, kept.contributor = _known(roles), is_active, contributor
        kept.save(update_fields=["full_name", "roles", "is_active", "contributor"])
        if not any(ADMINISTRATOR in one.roles for one in Account.objects.filter(is_active=True)):
            raise UsageError("E231", reason=Both("须留有一位启用的管理员", "one active administrator must remain"))
        after = _said(kept)
        if before != after:
            changed = {key: [before[key], after[key]] for key in before if before[key] != after[key]}
            audit.note(by or audit.PROGRAM, "account changed", kept.name, **changed)
    return kept


def unlock(account: Account, *, by: Account | None) -> None:
    """Let an account that is locked be tried again at once."""
    with writing():
        Account.objects.filter(pk=account.pk).update(failures=0, locked_until=None)
        audit.note(by or audit.PROGRAM, "account unlocked", account.name)


def set_password(account: Account, password: str, *, by: Account | None) -> None:
    """Give an account a new password, which ends its sessions and its lock. Raises UsageError E231."""
    refuse_weak(password, account.name, account.full_name)
    account.set_password(password)
    account.failures, account.locked_until = 0, None
    with writing():
        account.save(update_fields=["password", "failures", "locked_until"])
        audit.note(by or audit.PROGRAM, "password set", account.name)


def change_password(account: Account, old: str, new: str) -> None:
    """Let the account's owner change its password, which ends its other sessions. Raises UsageError E231 (also where `old` is wrong)."""
    if not account.check_password(old):
        raise UsageError("E231", reason=Both("原密码不对", "the old password is wrong"))
    if new == old:
        raise UsageError("E231", reason=Both("新密码与原密码相同", "the new password is the old one"))
    set_password(account, new, by=account)


# ---- signing in ----


def sign_in(name: str, password: str, address: str) -> Account | None:
    """The active account of that name and password, else None. `address`: of the computer that asks.

    A try is counted before the password is looked at, so that tries at the same time are no way round the lock. Raises UsageError E233
    (this address must wait).
    """
    name = written(name)
    slowing.refuse_hurry(address)
    account = _tried(name)
    # an unknown name takes as long as a known one
    is_right = (account or Account(password=_nobody())).check_password(password)
    if account is None or not is_right or not account.is_active:
        slowing.failed(address)
        _note_failure(account, name, address)
        return None
    slowing.succeeded(address)
    with writing():
        Account.objects.filter(pk=account.pk).update(failures=0, locked_until=None)
        audit.note(account, "signed in", account.name, address=address)
    return account


def signed_out(account: Account) -> None:
    """Note that somebody has signed out."""
    audit.note(account, "signed out", account.name)


def _tried(name: str) -> Account | None:
    """The account of that name, one try more counted; None where there is none, or it is locked."""
    now = datetime.now(UTC)
    with writing():
        account = Account.objects.filter(name=name).first()
        if account is None or is_locked(account, now):
            return None
        account.failures = 1 if account.locked_until else account.failures + 1  # a lock that has run out begins anew
        account.locked_until = now + LOCKED_FOR if account.failures >= TRIES else None
        account.save(update_fields=["failures", "locked_until"])
    return account


def _note_failure(account: Account | None, name: str, address: str) -> None:
    with writing():
        audit.note(audit.PROGRAM, "sign-in failed", name, address=address)
        if account is not None and account.failures == TRIES:
            audit.note(audit.PROGRAM, "account locked", name, until=account.locked_until and account.locked_until.isoformat())


_kept_nobody: list[str] = []


def _nobody() -> str:
    """A password hash that fits no password, made once by the hasher in use."""
    if not _kept_nobody:
        stand_in = Account()
        stand_in.set_password("nobody's password")
        _kept_nobody.append(stand_in.password)
    return _kept_nobody[0]


# ---- asking ----


def listed() -> QuerySet[Account]:
    """Every account with its 供稿单位, by name."""
    return Account.objects.select_related("contributor").order_by("name")


def is_locked(account: Account, now: datetime | None = None) -> bool:
    """Whether the account cannot be signed in to just now."""
    return account.locked_until is not None and account.locked_until > (now or datetime.now(UTC))


def written(name: str) -> str:
    """A name of an account as it is kept: width folded, without blanks around it and characters that cannot be seen."""
    folded = unicodedata.normalize("NFKC", name).strip()
    return "".join(c for c in folded if c.isprintable())[:LONGEST_NAME]


def _known(roles: Iterable[str]) -> list[str]:
    """The roles, each once, in the order of the matrix. Raises UsageError E231."""
    asked = set(roles)
    if unknown := sorted(asked - ROLES.keys()):
        named = ", ".join(unknown)
        raise UsageError("E231", reason=Both(f"没有这个角色：{named}", f"no such role: {named}"))
    return [role for role in ROLES if role in asked]


def _name_of(contributor: Contributor | None) -> str | None:
    return contributor.name if contributor else None


def _said(account: Account) -> dict[str, object]:
    return {
        "full_name": account.full_name, "roles": account.roles, "is_active": account.is_active,
        "contributor": _name_of(account.contributor),
    }
