"""Part of the sample month taken in, gathered and accepted as it is read, with nothing standing in for compile."""

from desk_month import issue, people
from yuebao import samples

MANY = 14


def test_the_month_as_it_is_read(home):  # noqa: ARG001
    from yuebao.compile.values import Story
    from yuebao.desk import copy, stories

    who = people()
    month, editor = issue(who["editor"]), who["editor"]
    chosen = [path for n, path in enumerate(samples.copy()) if n < MANY or "会议纪要" in path.name]
    files = [(path.name, path.read_bytes()) for path in (samples.copy_register_path(), *chosen)]
    outcomes = copy.take_all(month, files, by=editor)
    assert [o.error.code for o in outcomes if o.error] == ["E110"]
    kept = {c.number: copy.value_of(c) for c in month.clippings.all()}
    assert len(kept) == MANY
    came = dict(files)
    assert all(bytes(c.data) == came[c.name] for c in month.clippings.all() if c.name in came)
    assert len({c.name for c in month.clippings.all()} - came.keys()) == 1  # what a letter encloses has a name of its own
    assert {c.origin_kind for c in kept.values()} == {"contributed", "gathered", "reprinted"}
    found = stories.gather(month, editor)
    assert sorted(n for story in found for n in story.made["clippings"]) == sorted(kept)
    for story in found:
        for clause in Story.from_dict(story.made).condensed.clauses:
            assert clause.source_end <= len(kept[clause.clipping].item.text)
    items, passed = stories.accept_all(found, editor)
    assert len(items) + len(passed) == len(found)
    assert items
    for item in items:
        assert item.text
        assert {clause["clipping"] for clause in item.clauses} <= set(item.story.made["clippings"])
    assert [story.number for story in stories.gather(month, editor)] == [story.number for story in passed]
