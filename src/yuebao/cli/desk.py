"""The commands of the desk: its accounts."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from yuebao.cli.saying import AsJson, Home, note, said
from yuebao.errors import UsageError
from yuebao.model import canonical

desk_app = typer.Typer(no_args_is_help=True, help="编辑台：账号。")
account_app = typer.Typer(no_args_is_help=True, help="账号：新建、列出、重设密码。")
desk_app.add_typer(account_app, name="account")

Name = Annotated[str, typer.Argument(metavar="NAME", help="账号名，登录时填写。")]


@account_app.command("add")
def account_add(
    name: Name,
    role: Annotated[list[str] | None, typer.Option("--role", help="角色，可写几次，见 docs/desk.md；不写为 administrator。")] = None,
    full_name: Annotated[str, typer.Option("--full-name", help="姓名；不写则同账号名。")] = "",
    home: Home = None,
) -> None:
    """新建账号；密码从终端或标准输入读取，不写在命令里。"""
    from yuebao import archive

    archive.setup(home)
    from yuebao.desk import accounts

    made = accounts.create(name, full_name, _password(), role or [accounts.ADMINISTRATOR], by=None)
    note(f"已建立账号 {made.name}", f"account {made.name} made")


@account_app.command("list")
def account_list(home: Home = None, as_json: AsJson = False) -> None:
    """列出账号、姓名、角色和状态。"""
    from yuebao import archive

    archive.setup(home)
    from yuebao.desk import accounts
    from yuebao.desk.permissions import ROLES

    table = Table(box=None, pad_edge=False)
    for heading in said("账号 姓名 角色 状态", "account name roles state").split():
        table.add_column(heading, overflow="fold")
    for one in accounts.listed():
        state = "inactive" if not one.is_active else "locked" if accounts.is_locked(one) else "active"
        if as_json:
            print(canonical({"name": one.name, "full_name": one.full_name, "roles": one.roles, "state": state}))
            continue
        words = {"inactive": "停用", "locked": "锁定", "active": "启用"}
        table.add_row(one.name, one.full_name, "、".join(said(*ROLES[role]) for role in one.roles), said(words[state], state))
    if table.rows:
        Console().print(table)


@account_app.command("reset")
def account_reset(name: Name, home: Home = None) -> None:
    """重设密码，并解除锁定；密码从终端或标准输入读取。"""
    from yuebao import archive

    archive.setup(home)
    from yuebao.desk import accounts

    account = accounts.listed().filter(name=accounts.written(name)).first()
    if account is None:
        raise UsageError("E231", reason=said(f"没有账号“{name}”", f"there is no account {name}"))
    accounts.set_password(account, _password(), by=None)
    note(f"已重设 {account.name} 的密码", f"a new password is set for {account.name}")


def _password() -> str:
    """The new password: typed twice, unseen, on a terminal; else the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    return str(typer.prompt(said("密码", "password"), hide_input=True, confirmation_prompt=said("再输入一遍", "again")))
