"""Which mentions are one person: by evidence, the same whatever order the issues came in. Pure: values in, values out.

All mentions of a name within one item are one `Sighting`. Two sightings of a name are one person where print shows the same full office
within a span of years; where one gives an office that names no body (县长) and only one person's office fits; where one gives no office
and there is only one person of that name about; where a sentence that appoints or releases names both offices. The same name in other
offices stays apart until somebody says otherwise. What fits several is nobody's: it is kept as an open record of its own.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from yuebao.archive.register.posts import Post, posts_of

# One term of office is five years: the same office in print again after a longer silence may well be somebody else of that name.
POST_YEARS = 5
# A role (茶农, 学生) tells little: a year.
ROLE_YEARS = 1
# what is said of somebody who is appointed or released, before and after the name, and the clauses that go on with it
_BEFORE_NAME = r"(?:任命|免去|选举|接受|推选|提名)"
_AFTER_NAME = r"(?:同志)?(?:不再|辞去|卸任|改任|转任|调任|升任|出任|接任|担任|当选|兼任|任)"
_GOING_ON = r"(?:[，、](?:不再|免去其|辞去|不再兼任|同时|并|兼|担任|任)[^，。；]*)*"


@dataclass(frozen=True, slots=True)
class Spot:
    """Evidence that outlives the rows: the hash of an item's text and the span of a mention in it."""

    text_hash: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sighting:
    """A name in one item: `key` (issue, item number) and `when` order it in time, `day` is what its entry says, None where undated.

    `runs` are the runs of offices as written, each with the place that they are relative to; `place` is the series'.
    """

    key: tuple[str, int]
    name: str
    when: date
    day: date | None
    place: str | None
    text_hash: str
    spans: tuple[tuple[int, int], ...]
    runs: tuple[tuple[tuple[str, ...], str | None], ...]
    sentences: tuple[str, ...] = ()
    item: int = 0

    @property
    def offices(self) -> tuple[str, ...]:
        """Every office given, as written, once."""
        return tuple(dict.fromkeys(office for run, _ in self.runs for office in run))

    def posts(self) -> tuple[tuple[str, Post], ...]:
        """Every office as written with its post, once."""
        pairs = (pair for run, place in self.runs for pair in zip(run, posts_of(run, place), strict=True))
        return tuple(dict.fromkeys(pairs))

    def is_at(self, spot: Spot) -> bool:
        return spot.text_hash == self.text_hash and any(start < spot.end and spot.start < end for start, end in self.spans)


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision on who is who: `merge` says that all spots are one person, `split` that these are another person than the rest."""

    kind: str
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class PersonFound:
    """One person: the sightings in time, each with the evidence for it. `is_open`: what may be any of several of that name."""

    sightings: tuple[tuple[Sighting, str], ...]
    is_open: bool = False

    @property
    def names(self) -> dict[str, int]:
        """The forms of the name with their counts, most frequent first."""
        return dict(Counter(s.name for s, _ in sorted(self.sightings, key=lambda pair: _time(pair[0]))).most_common())

    @property
    def name(self) -> str:
        return next(iter(self.names))


def persons(sightings: Iterable[Sighting], rulings: Sequence[Ruling] = ()) -> tuple[PersonFound, ...]:
    """The people behind the sightings of one name, or of several names that rulings join; in the order of their first appearance."""
    sorting = _Sorting(sorted(sightings, key=_time))
    sorting.split(rulings)
    sorting.join_by_office()
    sorting.join_by_change()
    sorting.join_by_short_office()
    sorting.join_by_name()
    sorting.join_by_ruling(rulings)
    return sorting.found()


def _time(sighting: Sighting) -> tuple[date, tuple[str, int], str]:
    return sighting.when, sighting.key, sighting.name


def _apart(a: date, b: date) -> float:
    return abs((a - b).days) / 365.25


@dataclass
class _Sorting:
    """Sightings in time and the groups that they have been joined to so far."""

    seen: list[Sighting]
    parent: list[int] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    worlds: list[int] = field(default_factory=list)  # what a split has set apart is never joined but by a ruling
    posts: list[tuple[Post, ...]] = field(default_factory=list)
    left_open: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.parent = list(range(len(self.seen)))
        self.evidence = ["office"] * len(self.seen)
        self.worlds = [0] * len(self.seen)
        self.posts = [tuple(post for _, post in s.posts()) for s in self.seen]

    def root(self, n: int) -> int:
        while self.parent[n] != n:
            self.parent[n] = self.parent[self.parent[n]]
            n = self.parent[n]
        return n

    def join(self, a: int, b: int) -> None:
        a, b = sorted((self.root(a), self.root(b)))
        self.parent[b] = a

    def world(self, n: int) -> tuple[str, int]:
        return self.seen[n].name, self.worlds[n]

    # ---- by rulings ----

    def split(self, rulings: Sequence[Ruling]) -> None:
        for number, ruling in enumerate(rulings, 1):
            if ruling.kind == "split":
                for n in self.at(ruling):
                    self.worlds[n] = number
        self.follow_splits()

    def follow_splits(self) -> None:
        """Let later sightings whose full office only a split world has go along with it: a split is not said again every month."""
        if not any(self.worlds):
            return
        homes: dict[str, set[int]] = defaultdict(set)
        for n in range(len(self.seen)):
            before = set().union(*(homes[post] for post in self.full(n)))
            if not self.worlds[n] and len(before) == 1:
                self.worlds[n] = before.pop()
            for post in self.full(n):
                homes[post].add(self.worlds[n])

    def join_by_ruling(self, rulings: Sequence[Ruling]) -> None:
        for number, ruling in enumerate(rulings, 1):
            if ruling.kind != "merge":
                continue
            # a later split takes its sightings out of an earlier merge
            spots = [n for n in self.at(ruling) if self.worlds[n] <= number]
            for n in spots[1:]:
                self.join(spots[0], n)
            for n in spots:
                self.evidence[n] = "decision"
                self.left_open.discard(n)

    def at(self, ruling: Ruling) -> list[int]:
        return [n for n, s in enumerate(self.seen) if any(s.is_at(spot) for spot in ruling.spots)]

    # ---- by evidence ----

    def full(self, n: int) -> set[str]:
        return {post.base for post in self.posts[n] if post.is_full}

    def join_by_office(self) -> None:
        """The same full office within the years that it may be one holder's."""
        last: dict[tuple[tuple[str, int], str], int] = {}
        for n, posts in enumerate(self.posts):
            for post in posts:
                if not post.is_full:
                    continue
                at = (self.world(n), post.base)
                before = last.get(at)
                if before is not None and _apart(self.seen[before].when, self.seen[n].when) <= _years(post):
                    self.join(before, n)
                last[at] = n

    def join_by_change(self) -> None:
        """One sentence that appoints or releases and names an office of the other (任甲县委书记，不再担任甲县县长)."""
        groups = self.groups()
        for n, sighting in enumerate(self.seen):
            for said in _changes(sighting):
                for members in groups.values():
                    if self.root(members[0]) != self.root(n) and self.is_in(n, said, members):
                        self.join(n, members[0])
                        self.evidence[n] = "change"

    def is_in(self, n: int, said: str, members: list[int]) -> bool:
        """Whether words of an appointment that the n-th says name a full office of these sightings, printed within a term."""
        sighting = self.seen[n]
        return self.world(members[0]) == self.world(n) and any(
            post.is_full and len(office) > 2 and office in said
            for m in members if _apart(self.seen[m].when, sighting.when) <= POST_YEARS
            for office, post in self.seen[m].posts()
        )

    def join_by_short_office(self) -> None:
        """An office that names no body, where just one person's fits; else with the like of it, near in time."""
        groups = {root: members for root, members in self.groups().items() if any(self.full(m) for m in members)}
        short = [n for n in range(len(self.seen)) if self.posts[n] and not self.full(n)]
        rest = []
        for n in short:
            homes = [root for root, members in groups.items() if self.fits(n, members)]
            if len(homes) == 1:
                self.evidence[n] = "short"
                self.join(homes[0], n)
            else:
                rest.append(n)
                if homes:
                    self.left_open.add(n)
        last: dict[object, int] = {}
        for n in rest:
            for post in self.posts[n]:
                at = (self.world(n), self.seen[n].place, post.base, n in self.left_open)
                if at in last and _apart(self.seen[last[at]].when, self.seen[n].when) <= ROLE_YEARS:
                    self.join(last[at], n)
                last[at] = n

    def fits(self, n: int, members: list[int]) -> bool:
        return self.world(members[0]) == self.world(n) and any(
            _apart(self.seen[m].when, self.seen[n].when) <= POST_YEARS and self.seen[m].place == self.seen[n].place
            and any(bare.may_be(full) for bare in self.posts[n] for full in self.posts[m])
            for m in members
        )

    def join_by_name(self) -> None:
        """No office at all: the only one of that name who is about; of several, nobody's."""
        groups = {root: members for root, members in self.groups().items() if any(self.posts[m] for m in members)}
        bare = [n for n in range(len(self.seen)) if not self.posts[n]]
        loose: dict[object, int] = {}
        for n in bare:
            near = [root for root, members in groups.items() if self.world(members[0]) == self.world(n)
                    and any(_apart(self.seen[m].when, self.seen[n].when) <= POST_YEARS for m in members)]
            if len(near) == 1:
                self.evidence[n] = "name"
                self.join(near[0], n)
                continue
            self.evidence[n] = "name"
            if near:
                self.left_open.add(n)
            at = (self.world(n), self.seen[n].place, bool(near))
            if at in loose and _apart(self.seen[loose[at]].when, self.seen[n].when) <= ROLE_YEARS:
                self.join(loose[at], n)
            loose[at] = n

    # ---- what came of it ----

    def groups(self) -> dict[int, list[int]]:
        out: dict[int, list[int]] = defaultdict(list)
        for n in range(len(self.seen)):
            out[self.root(n)].append(n)
        return dict(out)

    def found(self) -> tuple[PersonFound, ...]:
        return tuple(
            PersonFound(tuple((self.seen[n], self.evidence[n]) for n in members), all(n in self.left_open for n in members))
            for members in self.groups().values()
        )


def _years(post: Post) -> int:
    return POST_YEARS if post.is_post else ROLE_YEARS


def _changes(sighting: Sighting) -> list[str]:
    """The words of the sentences that appoint this person to something or release them from it."""
    name = re.escape(sighting.name)
    change = re.compile(rf"(?:{_BEFORE_NAME}{name}|{name}{_AFTER_NAME})[^，。；]*{_GOING_ON}")
    return [match[0] for sentence in sighting.sentences for match in change.finditer(sentence)]
