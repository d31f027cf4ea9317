"""同题稿件 on the desk: gathered from the issue's copy, then merged, split, dropped with a reason, or accepted, which makes an item.

What people have touched (version above 1, or no longer open) stays as they left it: gathering anew brings later copy to it, and parts
nothing. Whoever decides says which version of the story they saw.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Max, Q

from yuebao import pipeline
from yuebao.archive.engines import writing
from yuebao.compile.values import Clipping, Story
from yuebao.desk import audit, issues, items
from yuebao.desk.copy import value_of
from yuebao.desk.models import Account, DeskIssue, DeskItem, DeskStory, StoredClipping
from yuebao.desk.run import run_of
from yuebao.errors import UsageError
from yuebao.model import Item

PARTED = " / "  # between the titles of a column's path
TRIES = 3  # to gather, while copy keeps coming in

# 不用, the reasons that are at hand; any other is written
REASONS = (
    "与已采用稿件重复", "已过时效", "不属本资料收录范围", "缺少时间、地点或事由", "事实有待核实", "内容不宜刊载", "广告、宣传性文字",
    "本期篇幅所限",
)


@dataclass(frozen=True, slots=True)
class _Month:
    """The copy of an issue as it stands: clippings that are not withdrawn, with their states and stories; the stories' versions."""

    states: tuple[tuple[int, str, int | None], ...]  # number, state, number of the story
    stories: tuple[tuple[int, str, int, bool], ...]  # number, state, version, whether it is made


@dataclass(slots=True)
class _Planned:
    """A story to be: its clippings by number, what compile makes of them (None: as it is), and what the editor is told."""

    number: int | None
    clippings: list[int]
    made: Story | None
    reason: str = ""


def gather(issue: DeskIssue, by: Account) -> tuple[DeskStory, ...]:
    """The open stories of the issue, its copy gathered anew. Raises UsageError E223 (signed), E222 (copy came in all the while)."""
    for _ in range(TRIES):
        seen = _month(issue)
        planned = _plan(issue, seen)
        with writing():
            issues.in_work(issue)
            if _month(issue) == seen:
                _carry_out(issue, planned, seen)
                audit.note(by, "copy gathered", issues.name_of(issue), clippings=len(seen.states), stories=len(planned))
                return tuple(DeskStory.objects.filter(issue=issue, state="open"))
    raise UsageError("E222", name=issues.name_of(issue))


def accept(story: DeskStory, column_path: str, by: Account, seen: int | None = None) -> DeskItem:
    """The item made of the story, in the column; its clippings are used.

    Two who accept one story at once make one item: the second is told so. Raises UsageError E203 (no column), E222, E223.
    """
    column_path = _path(column_path)
    story = ready(story)
    with writing():
        _take(story, seen, ("open",), state="accepted", reason="")
        made = Story.from_dict(story.made)
        condensed = made.condensed
        headline = condensed.item.headline or ""
        item = items.create(
            story.issue, headline=headline, text=condensed.item.text[len(headline) + 1 if headline else 0:], column_path=column_path, by=by,
            clauses=condensed.clauses, story=story,
        )
        _mark(story, "used")
        proposed = PARTED.join(made.proposals[0].path) if made.proposals else None
        audit.note(by, "story accepted", named(story), item=item.number, column=column_path, proposed=proposed)
    return item


def accept_all(stories: Iterable[DeskStory], by: Account) -> tuple[tuple[DeskItem, ...], tuple[DeskStory, ...]]:
    """Each story accepted to the column proposed for it: the items, and the stories that were passed over, which somebody must look at:
    those for which no column is proposed, and those that were changed meanwhile.
    """
    accepted, passed = [], []
    for story in stories:
        column = column_of(ready(story))
        try:
            if column is None:
                raise UsageError("E203", reason="没有建议栏目", command="desk")
            accepted.append(accept(story, column, by))
        except UsageError:
            passed.append(story)
    return tuple(accepted), tuple(passed)


def merge(stories: Sequence[DeskStory], by: Account) -> DeskStory:
    """The stories as one: the accepted one among them, else the first, takes the clippings of all. Raises UsageError E203, E222, E223."""
    accepted = [story for story in stories if story.state == "accepted"]
    if len({story.pk for story in stories}) < 2 or len({story.issue_id for story in stories}) > 1:
        raise UsageError("E203", reason="合并要选同一期的两组或两组以上", command="desk")
    if len(accepted) > 1:
        raise UsageError("E223", reason="所选各组中有两组已采用；请在条目里合并文字")
    into = accepted[0] if accepted else stories[0]
    others = [story for story in stories if story.pk != into.pk]
    with writing():
        _take(into, None, ("open", "accepted"), **({} if accepted else {"made": None, "reason": ""}))
        for story in others:
            _take(story, None, ("open",), state="merged", reason=f"并入第 {into.number} 组", made=None)
        StoredClipping.objects.filter(story__in=[story.pk for story in others]).update(story=into, state="used" if accepted else "new")
        audit.note(by, "stories merged", named(into), merged=[story.number for story in others])
    return into if accepted else ready(_now(into))


def split(story: DeskStory, numbers: Iterable[int], by: Account) -> DeskStory:
    """A new story of the clippings of these numbers, out of an open one. Raises UsageError E203 (none of them, or all), E222, E223."""
    chosen = set(numbers)
    with writing():
        _take(story, None, ("open",), made=None)
        held = set(story.clippings.values_list("number", flat=True))
        if not chosen or not chosen < held:
            raise UsageError("E203", reason="拆分要选其中一部分来稿，不能全选", command="desk")
        # as settled as the story that it leaves: gathering anew does not bring them together again
        new = DeskStory.objects.create(issue=story.issue, number=_next_number(story.issue), version=2)
        story.clippings.filter(number__in=chosen).update(story=new)
        audit.note(by, "story split", named(story), clippings=sorted(chosen), into=new.number)
    ready(_now(story))
    return ready(new)


def drop(story: DeskStory, reason: str, by: Account, seen: int | None = None) -> None:
    """不用, with its reason, which the contributors are told. Raises UsageError E203 without one, E222, E223."""
    if not reason.strip():
        raise UsageError("E203", reason="不用要写明原因，供稿单位会看到", command="desk")
    with writing():
        _take(story, seen, ("open",), state="dropped", reason=reason.strip())
        _mark(story, "dropped", reason.strip())
        audit.note(by, "story dropped", named(story), reason=reason.strip())


def drop_all(stories: Iterable[DeskStory], reason: str, by: Account) -> tuple[DeskStory, ...]:
    """Those of the stories that were dropped; one that was changed meanwhile is left. Raises UsageError E203 without a reason."""
    dropped = []
    for story in stories:
        try:
            drop(story, reason, by)
            dropped.append(story)
        except UsageError as error:
            if error.code == "E203":
                raise
    return tuple(dropped)


def take_up(story: DeskStory, by: Account, seen: int | None = None) -> None:
    """Undo a drop; or an acceptance, once its item is withdrawn. Raises UsageError E222, E223."""
    with writing():
        if story.state == "accepted" and story.items.exclude(state="withdrawn").exists():
            raise UsageError("E223", reason=f"{named(story)} 的条目还在版面上；请先撤下条目")
        _take(story, seen, ("dropped", "accepted"), state="open", reason="")
        _mark(story, "new")
        audit.note(by, "story taken up", named(story))


def send_to_column(story: DeskStory, column_path: str, by: Account) -> DeskItem:
    """The item of the story in that column: made, or moved there where it is made already. Raises UsageError as `accept`."""
    item = story.items.exclude(state="withdrawn").first()
    if item is None:
        return accept(story, column_path, by)
    return items.edit(item.pk, seen=item.version, by=by, column_path=_path(column_path))


def ready(story: DeskStory) -> DeskStory:
    """The story with what compile makes of its clippings, taken as one whatever it would itself group."""
    if story.made is not None:
        return story
    rows = list(story.clippings.exclude(state="withdrawn").defer("data").order_by("number"))
    if not rows:  # merged into another
        return story
    issue = story.issue
    made = pipeline.compile_story(tuple(value_of(row) for row in rows), run_of(issue), *_at(issue), corrections(issue))
    with writing():
        DeskStory.objects.filter(pk=story.pk, version=story.version).update(made=made.to_dict())
    story.made = made.to_dict()
    return story


def column_of(story: DeskStory) -> str | None:
    """The path of the column proposed for a story; None where none is."""
    proposals = (story.made or {}).get("proposals") or ()
    return PARTED.join(proposals[0]["path"]) if proposals else None


def columns(issue: DeskIssue) -> tuple[str, ...]:
    """The columns that an item may be sent to: of the last issue in print, in its order, and of the items in hand."""
    run = run_of(issue, latest=1)
    printed = [PARTED.join(column.title or "" for column in path) for path, _ in run[-1].walk()] if run else []
    at_hand = issue.items.exclude(state="withdrawn").order_by("position", "number").values_list("column_path", flat=True)
    return tuple(path for path in dict.fromkeys([*printed, *at_hand]) if path)


def corrections(issue: DeskIssue) -> tuple[tuple[Item, tuple[str, ...]], ...]:
    """The items that were put in another column than the one proposed, and that column: what later proposals learn from."""
    held = DeskItem.objects.filter(issue=issue, story__made__isnull=False).exclude(state="withdrawn").select_related("story")
    return tuple(
        (Story.from_dict(item.story.made).condensed.item, tuple(item.column_path.split(PARTED)))
        for item in held if item.column_path != column_of(item.story)
    )


def named(story: DeskStory) -> str:
    """How the log names a story: 云陵月报2026年第1期 同题 3."""
    return f"{issues.name_of(story.issue)} 同题 {story.number}"


# ---- gathering ----


def _month(issue: DeskIssue) -> _Month:
    held = StoredClipping.objects.filter(issue=issue).exclude(state="withdrawn").order_by("number")
    stories = DeskStory.objects.filter(issue=issue).annotate(is_made=Q(made__isnull=False)).order_by("number")
    return _Month(
        tuple(held.values_list("number", "state", "story__number")), tuple(stories.values_list("number", "state", "version", "is_made")))


def _plan(issue: DeskIssue, month: _Month) -> list[_Planned]:
    """The stories as they are to be. Copy that belongs to no settled story is grouped as compile groups the whole month."""
    values = _values(issue)
    run = run_of(issue)
    grouped = pipeline.compile_stories(tuple(values.values()), run, *_at(issue), corrections(issue)) if values else ()
    settled = {number: state for number, state, version, _ in month.stories if state != "open" or version > 1}
    story_of = {number: story for number, _, story in month.states}
    members = {story: [n for n, s in story_of.items() if s == story] for story in settled}
    loose = [number for number, state, version, _ in month.stories if number not in settled and state == "open"]
    planned, joined = [], dict[int, list[int]]()
    for group in grouped:
        free = [number for number in group.clippings if story_of[number] not in settled]
        met = sorted({story for number in group.clippings if (story := story_of[number]) in settled}, key=_among(group, story_of))
        waiting = next((story for story in met if settled[story] == "open"), None)
        if not free:
            continue
        if waiting is not None:
            joined.setdefault(waiting, []).extend(free)
            continue
        before = next((story for number in free if (story := story_of[number]) in loose), None)
        if before is not None:
            loose.remove(before)
        made = group if len(free) == len(group.clippings) else None
        planned.append(_Planned(before, free, made, _like(met, settled)))
    stale = {number for number, state, version, is_made in month.stories if state == "open" and version > 1 and not is_made}
    planned += [_Planned(n, sorted({*members[n], *joined.get(n, ())}), None) for n in sorted(stale | joined.keys())]
    for each in planned:
        if each.made is None:
            each.made = pipeline.compile_story(tuple(values[n] for n in each.clippings), run, *_at(issue), corrections(issue))
    return [*planned, *(_Planned(number, [], None) for number in loose)]


def _among(group: Story, story_of: dict[int, int | None]) -> Any:
    """Orders stories by how many of the group's clippings they hold, the most first."""
    return lambda story: (-sum(story_of[number] == story for number in group.clippings), story)


def _like(met: Sequence[int], settled: dict[int, str]) -> str:
    """What the editor is told of a new story of whose event others are settled already."""
    said = {"accepted": "已采用", "dropped": "不用"}
    return "；".join(f"与第 {story} 组同题（{said[settled[story]]}）" for story in met if settled[story] in said)


def _carry_out(issue: DeskIssue, planned: Sequence[_Planned], month: _Month) -> None:
    version_of = {number: version for number, _, version, _ in month.stories}
    rows = {row.number: row for row in DeskStory.objects.filter(issue=issue)}
    number = _next_number(issue)
    for each in planned:
        if each.number is None:
            row = DeskStory.objects.create(issue=issue, number=number, made=_dict(each.made), reason=each.reason)
            number += 1
        else:
            row = rows[each.number]
            is_settled = version_of[each.number] > 1
            DeskStory.objects.filter(pk=row.pk).update(
                made=_dict(each.made), state="open" if each.clippings else "merged", reason=each.reason,
                version=F("version") + 1 if is_settled else F("version"),
            )
        StoredClipping.objects.filter(issue=issue, number__in=each.clippings).update(story=row)


def _at(issue: DeskIssue) -> tuple[int, int]:
    """The month that an issue tells of; a supplement without one is of the month in which it was opened."""
    return issue.year, issue.month or issue.opened_at.month


def _next_number(issue: DeskIssue) -> int:
    return (DeskStory.objects.filter(issue=issue).aggregate(last=Max("number"))["last"] or 0) + 1


def _values(issue: DeskIssue) -> dict[int, Clipping]:
    rows = StoredClipping.objects.filter(issue=issue).exclude(state="withdrawn").defer("data").order_by("number")
    return {row.number: value_of(row) for row in rows}


# ---- one story ----


def _take(story: DeskStory, seen: int | None, states: Sequence[str], **changed: Any) -> None:
    """Change the story, as seen and in one of the states. Raises UsageError E222 where somebody was first, E223 for its state."""
    issues.in_work(story.issue)
    version = story.version if seen is None else seen
    if DeskStory.objects.filter(pk=story.pk, version=version, state__in=states).update(version=version + 1, **changed):
        return
    now = _now(story)
    if now.version != version:
        raise UsageError("E222", name=named(story))
    raise UsageError("E223", reason=f"{named(story)} 现为“{_STATES[now.state]}”")


_STATES = {"open": "待处理", "accepted": "已采用", "dropped": "不用", "merged": "已并入他组"}


def _now(story: DeskStory) -> DeskStory:
    return DeskStory.objects.select_related("issue").get(pk=story.pk)


def _mark(story: DeskStory, state: str, reason: str = "") -> None:
    story.clippings.exclude(state="withdrawn").update(state=state, reason=reason)


def _path(column_path: str) -> str:
    """The path as it is kept. Raises UsageError E203 where it names no column."""
    titles = [title.strip() for title in column_path.split(PARTED.strip()) if title.strip()]
    if not titles:
        raise UsageError("E203", reason="请选一个栏目", command="desk")
    return PARTED.join(titles)


def _dict(made: Story | None) -> dict[str, Any] | None:
    return made.to_dict() if made else None
