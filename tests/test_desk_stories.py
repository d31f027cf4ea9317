"""同题稿件: gathered, merged, split, dropped, accepted; what people settled stays; one story makes one item, whoever is quicker."""

import threading

import pytest

from desk_month import issue, people, stand_ins
from yuebao.errors import UsageError


@pytest.fixture
def desk(home, monkeypatch):  # noqa: ARG001
    stand_ins(monkeypatch)
    who = people()
    return who | {"issue": issue(who["editor"])}


def send(desk, *lines, by="editor"):
    """Copy of these first lines, each text its own."""
    from yuebao.desk import copy
    from yuebao.desk.models import StoredClipping

    start = StoredClipping.objects.count()
    return [copy.take(desk["issue"], f"{n}.txt", f"{line}\n正文{n}。".encode(), by=desk[by]) for n, line in enumerate(lines, start)]


def gathered(desk, *lines):
    from yuebao.desk import stories

    send(desk, *lines)
    return stories.gather(desk["issue"], desk["editor"])


def held(desk):
    """Every story: number, state, its clippings."""
    from yuebao.desk.models import DeskStory

    return [
        (s.number, s.state, list(s.clippings.order_by("number").values_list("number", flat=True)))
        for s in DeskStory.objects.filter(issue=desk["issue"])
    ]


def fresh(story):
    from yuebao.desk.models import DeskStory

    return DeskStory.objects.get(pk=story.pk)


def refused(code, function, *args, **named):
    with pytest.raises(UsageError) as error:
        function(*args, **named)
    assert error.value.code == code


def test_copy_is_gathered_and_gathered_again(desk):
    from yuebao.desk import stories

    assert not stories.gather(desk["issue"], desk["editor"])
    gathered(desk, "甲【要闻】", "乙", "甲【要闻】")
    assert held(desk) == [(1, "open", [1, 3]), (2, "open", [2])]
    first = stories.gather(desk["issue"], desk["editor"])[0]
    assert (stories.column_of(first), first.version) == ("要闻", 1)
    gathered(desk, "乙", "丙")
    assert held(desk) == [(1, "open", [1, 3]), (2, "open", [2, 4]), (3, "open", [5])]


def test_what_people_settled_stays_and_new_copy_joins(desk):
    from yuebao.desk import stories

    first, second, third = gathered(desk, "甲", "乙", "丙")
    stories.merge([first, second], desk["editor"])
    stories.drop(third, "已过时效", desk["editor"])
    assert held(desk) == [(1, "open", [1, 2]), (2, "merged", []), (3, "dropped", [3])]
    now = gathered(desk, "乙", "丙", "丁")
    assert held(desk) == [(1, "open", [1, 2, 4]), (2, "merged", []), (3, "dropped", [3]), (4, "open", [5]), (5, "open", [6])]
    assert [story.made["clippings"] for story in now] == [[1, 2, 4], [5], [6]]
    assert fresh(now[1]).reason == "与第 3 组同题（不用）"


def test_split_stays_split(desk):
    from yuebao.desk import stories

    (story,) = gathered(desk, "甲", "甲", "甲")
    for wrong in ((), (1, 2, 3), (9,)):
        refused("E203", stories.split, story, wrong, desk["editor"])
    assert fresh(story).version == 1
    new = stories.split(story, [2], desk["editor"])
    assert held(desk) == [(1, "open", [1, 3]), (2, "open", [2])]
    assert (fresh(story).made["clippings"], new.made["clippings"]) == ([1, 3], [2])
    stories.gather(desk["issue"], desk["editor"])
    assert held(desk) == [(1, "open", [1, 3]), (2, "open", [2])]


def test_accepting_makes_an_item_with_its_clauses(desk):
    from yuebao.desk import stories
    from yuebao.desk.models import AuditEntry

    story, other = gathered(desk, "甲【要闻】", "乙")
    refused("E203", stories.accept, story, " / ", desk["editor"])
    item = stories.accept(story, "要闻/ 市委 ", desk["editor"])
    assert (item.headline, item.text, item.column_path, item.story_id) == ("甲【要闻】", "正文0。", "要闻 / 市委", story.pk)
    assert [(c["start"], c["end"], c["clipping"]) for c in item.clauses] == [(0, 10, 1)]
    assert [c.state for c in fresh(story).clippings.all()] == ["used"]
    assert '"proposed":"要闻"' in AuditEntry.objects.get(action="story accepted").details.replace(" ", "")
    refused("E222", stories.accept, story, "要闻", desk["editor"])
    refused("E223", stories.accept, fresh(story), "要闻", desk["editor"])
    refused("E222", stories.accept, other, "要闻", desk["editor"], seen=7)
    assert desk["issue"].items.count() == 1


def test_a_dropped_story_says_why_and_is_taken_up(desk):
    from yuebao.desk import stories

    (story,) = gathered(desk, "甲")
    refused("E203", stories.drop, story, "", desk["editor"])
    stories.drop(story, "已过时效", desk["editor"])
    assert [(c.state, c.reason) for c in fresh(story).clippings.all()] == [("dropped", "已过时效")]
    stories.take_up(fresh(story), desk["editor"])
    assert (fresh(story).state, [(c.state, c.reason) for c in fresh(story).clippings.all()]) == ("open", [("new", "")])


def test_an_acceptance_is_undone_once_its_item_is_withdrawn(desk):
    from yuebao.desk import items, stories

    (story,) = gathered(desk, "甲")
    item = stories.accept(story, "要闻", desk["editor"])
    refused("E223", stories.take_up, fresh(story), desk["editor"])
    items.withdraw(item.pk, seen=item.version, by=desk["editor"], reason="重写")
    stories.take_up(fresh(story), desk["editor"])
    assert stories.accept(fresh(story), "要闻", desk["editor"]).number == 2


def test_merging_into_an_accepted_story_uses_the_copy(desk):
    from yuebao.desk import stories

    first, second, third = gathered(desk, "甲", "乙", "丙")
    stories.accept(second, "要闻", desk["editor"])
    refused("E203", stories.merge, [first], desk["editor"])
    refused("E203", stories.merge, [first, first], desk["editor"])
    into = stories.merge([first, fresh(second)], desk["editor"])
    assert into.pk == second.pk
    assert held(desk)[:2] == [(1, "merged", []), (2, "accepted", [1, 2])]
    assert {c.state for c in fresh(second).clippings.all()} == {"used"}
    stories.accept(third, "要闻", desk["editor"])
    refused("E223", stories.merge, [fresh(second), fresh(third)], desk["editor"])
    refused("E222", stories.merge, [third, fresh(second)], desk["editor"])  # seen before it was accepted


def test_all_with_a_column_are_accepted_and_the_others_told(desk):
    from yuebao.desk import stories

    open_ = gathered(desk, "甲【要闻】", "乙", "丙【民生】", "丁【民生】")
    stories.drop(open_[3], "已过时效", desk["other"])
    items, passed = stories.accept_all(open_, desk["editor"])
    assert [(i.headline, i.column_path) for i in items] == [("甲【要闻】", "要闻"), ("丙【民生】", "民生")]
    assert [story.number for story in passed] == [2, 4]


def test_sent_to_a_column_an_item_is_made_once_and_then_moved(desk):
    from yuebao.desk import stories

    (story,) = gathered(desk, "甲")
    stories.send_to_column(story, "要闻", desk["editor"])
    moved = stories.send_to_column(fresh(story), "民生", desk["editor"])
    assert (moved.number, moved.column_path, desk["issue"].items.count()) == (1, "民生", 1)


def test_withdrawn_copy_leaves_its_story(desk):
    from yuebao.desk import copy, stories

    gathered(desk, "甲", "甲")
    one, other = copy.clippings(desk["issue"])
    copy.withdraw(one, "有误", desk["editor"])
    assert held(desk) == [(1, "open", [2])]
    (story,) = stories.gather(desk["issue"], desk["editor"])
    assert story.made["clippings"] == [2]
    copy.withdraw(other, "有误", desk["editor"])
    assert held(desk) == [(1, "dropped", [])]


def test_copy_that_comes_in_while_gathering_is_gathered_too(desk, monkeypatch):
    from yuebao import pipeline
    from yuebao.desk import stories

    send(desk, "甲")
    compile_stories, late = pipeline.compile_stories, ["乙"]

    def slow(*args):
        if late:
            send(desk, late.pop())
        return compile_stories(*args)

    monkeypatch.setattr(pipeline, "compile_stories", slow)
    stories.gather(desk["issue"], desk["editor"])
    assert held(desk) == [(1, "open", [1]), (2, "open", [2])]


def test_a_signed_issue_is_settled(desk):
    from yuebao.desk import stories

    (story,) = gathered(desk, "甲")
    desk["issue"].stage = "signed"
    desk["issue"].save()
    for refusing in (
        lambda: stories.gather(desk["issue"], desk["editor"]), lambda: stories.accept(story, "要闻", desk["editor"]),
        lambda: stories.drop(story, "已过时效", desk["editor"]),
    ):
        refused("E223", refusing)


def test_many_accept_one_story_and_one_item_is_made(desk, django_db_blocker):
    from django.db import connections

    from yuebao.desk import stories

    (story,) = gathered(desk, "甲")
    told, at_once = [], threading.Barrier(4)

    def accept(who):
        with django_db_blocker.unblock():
            at_once.wait()
            try:
                told.append(stories.accept(fresh(story), "要闻", desk[who], seen=1).number)
            except UsageError as error:
                told.append(error.code)
            finally:
                connections.close_all()

    threads = [threading.Thread(target=accept, args=(who,)) for who in ("editor", "other", "editor", "other")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, told)) == ["1", "E222", "E222", "E222"]
    assert desk["issue"].items.count() == 1
