"""组稿 and 用稿统计: tasks through their steps; copy counted by unit and issue, used where an item stands on it."""

from datetime import date

import pytest

from desk_month import issue, people, stand_ins
from yuebao.errors import UsageError


@pytest.fixture
def desk(home, monkeypatch):  # noqa: ARG001
    stand_ins(monkeypatch)
    who = people()
    return who | {"issue": issue(who["editor"]), "unit": who["county"].contributor}


def refused(code, function, *args, **named):
    with pytest.raises(UsageError) as error:
        function(*args, **named)
    assert error.value.code == code


def test_a_task_is_asked_reminded_and_received(desk):
    from yuebao.desk import commissions

    refused("E203", commissions.ask, desk["issue"], desk["unit"], " ", date(2026, 1, 20), desk["editor"])
    task = commissions.ask(desk["issue"], desk["unit"], " 春耕备耕 ", date(2026, 1, 20), desk["editor"])
    other = commissions.ask(desk["issue"], desk["unit"], "灯会", date(2026, 1, 10), desk["editor"])
    assert [t.subject for t in commissions.tasks(issue=desk["issue"])] == ["灯会", "春耕备耕"]
    commissions.remind(task, desk["editor"])
    commissions.remind(task, desk["editor"])
    task.refresh_from_db()
    assert (task.state, task.reminders) == ("reminded", 2)
    commissions.receive(task, desk["editor"])
    for step in (commissions.remind, commissions.receive, commissions.excuse, commissions.withdraw):
        refused("E223", step, task, desk["editor"])
    commissions.withdraw(other, desk["editor"])
    assert [t.state for t in commissions.tasks(issue=desk["issue"])] == ["received"]


def test_nobody_is_asked_for_a_signed_issue(desk):
    from yuebao.desk import commissions

    desk["issue"].stage = "signed"
    desk["issue"].save()
    refused("E223", commissions.ask, desk["issue"], desk["unit"], "春耕", date(2026, 1, 20), desk["editor"])


def test_contributors_are_named_once_and_stay(desk):
    from yuebao.desk import contributors
    from yuebao.desk.models import Contributor

    assert contributors.named("何坊县委办", desk["editor"]) == desk["unit"]
    assert contributors.named(" ", desk["editor"]) is None
    new = contributors.named("丰岭镇", desk["editor"])
    for wrong in ("", "丰岭镇"):
        refused("E203", contributors.add, wrong, desk["editor"])
        refused("E203", contributors.change, desk["unit"], desk["editor"], name=wrong, contact="", is_active=True)
    contributors.change(new, desk["editor"], name="丰岭镇政府", contact="内线 01", is_active=False)
    assert Contributor.objects.filter(name="丰岭镇政府", contact="内线 01", is_active=False).exists()


def test_copy_used_is_counted_by_unit_and_issue(desk):
    from yuebao.desk import contributors, copy, items, stories

    later = issue(desk["editor"], 2)
    for number, (at, line, unit) in enumerate([
        (desk["issue"], "甲【要闻】", "丰岭镇"), (desk["issue"], "甲【要闻】", "何坊县委办"), (desk["issue"], "乙【要闻】", "何坊县委办"),
        (later, "丙【民生】", "何坊县委办"), (later, "丁【民生】", ""),
    ]):
        copy.take(
            at, f"{number}.txt", f"{line}\n正文{number}。".encode(), by=desk["editor"], contributor=contributors.named(unit, desk["editor"]))
    contributors.named("石桥镇", desk["editor"])
    accepted = {}
    for at in (desk["issue"], later):
        done, _ = stories.accept_all(stories.gather(at, desk["editor"])[:1], desk["editor"])
        accepted[at.number] = done[0]
    table = contributors.used_table(2026)
    assert [(line.name, [(c.sent, c.used) for c in line.by_issue], (line.total.sent, line.total.used)) for line in table.lines] == [
        ("何坊县委办", [(2, 1), (1, 1)], (3, 2)), ("丰岭镇", [(1, 1), (0, 0)], (1, 1)), ("石桥镇", [(0, 0), (0, 0)], (0, 0))]
    assert table.rows()[-1][-3:] == [4, 3, "75%"]
    assert table.rows()[3][-1] is None
    assert [item.headline for item in contributors.used_items(desk["unit"], 2026)] == ["甲【要闻】", "丙【民生】"]
    items.withdraw(accepted[1].pk, seen=accepted[1].version, by=desk["editor"], reason="压缩篇幅")
    assert contributors.used_table(2026).total.total == contributors.Copy(4, 1)
    assert not contributors.used_table(2025).lines[0].by_issue
