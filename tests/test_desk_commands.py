"""`yuebao desk account …`: the password comes by terminal or standard input, never by the command; what is refused leaves nothing."""

import io
import json
import sys

import pytest

from yuebao import cli
from yuebao.cli import saying
from yuebao.desk import accounts, audit
from yuebao.desk.models import Account, AuditEntry

PASSWORD = "雾坪镇的春茶2026"


@pytest.fixture
def call(home, monkeypatch, capsys):
    """Run a command with a line of standard input; (exit status, standard output, standard error)."""
    def run(*args, typed=""):
        monkeypatch.setattr(sys, "argv", ["yuebao", *args, *(() if "--home" in args else ("--home", str(home)))])
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out = capsys.readouterr()
        return ended.value.code or 0, out.out, out.err

    yield run
    saying.state.update(language="zh", quiet=False)


def test_the_first_account_is_an_administrator(call):
    assert call("desk", "account", "add", "lingyi", "--full-name", "何令仪", typed=PASSWORD + "\n")[0] == 0
    made = Account.objects.get()
    assert (made.name, made.full_name, made.roles, made.check_password(PASSWORD)) == ("lingyi", "何令仪", ["administrator"], True)
    assert [(e.by, e.action) for e in AuditEntry.objects.all()] == [(audit.PROGRAM, "account created")]


def test_accounts_with_roles_are_listed(call):
    call("desk", "account", "add", "lingyi", typed=PASSWORD)
    call("desk", "account", "add", "mozhi", "--role", "signatory", "--role", "editor", typed=PASSWORD + "\r\n")
    out = call("desk", "account", "list")[1]
    assert out.splitlines()[2].split() == ["mozhi", "mozhi", "编辑、签发人", "启用"]
    rows = [json.loads(line) for line in call("desk", "account", "list", "--json")[1].splitlines()]
    assert rows[1] == {"name": "mozhi", "full_name": "mozhi", "roles": ["editor", "signatory"], "state": "active"}


@pytest.mark.parametrize(("args", "typed", "said"), [
    (("add", "mozhi"), "short", "密码至少"), (("add", "mozhi"), "", "密码至少"), (("add", "mozhi", "--role", "king"), PASSWORD, "king"),
    (("reset", "nobody"), PASSWORD, "没有账号"), (("reset", "lingyi"), "short", "密码至少"), (("add", "lingyi"), PASSWORD, "已有账号"),
])
def test_what_is_refused(call, args, typed, said):
    call("desk", "account", "add", "lingyi", typed=PASSWORD)
    status, _, err = call("desk", "account", *args, typed=typed)
    assert (status, err[:4], said in err) == (2, "E231", True)
    assert Account.objects.count() == AuditEntry.objects.count() == 1


def test_a_password_is_reset_and_the_lock_is_off(call, monkeypatch):
    monkeypatch.setattr(accounts, "slowing", accounts.Slowing())
    call("desk", "account", "add", "lingyi", typed=PASSWORD)
    for _ in range(accounts.TRIES):
        assert accounts.sign_in("lingyi", "x", "10.1.2.3") is None
    assert "锁定" in call("desk", "account", "list")[1]
    assert call("desk", "account", "reset", "lingyi", typed="另外的密码-2026")[0] == 0
    assert accounts.sign_in("lingyi", "另外的密码-2026", "10.1.2.3")


def test_other_computers_are_served_only_where_there_are_accounts(call):
    status, _, err = call("serve", "--host", "0.0.0.0", "--port", "0")
    assert (status, err[:4]) == (2, "E235")
