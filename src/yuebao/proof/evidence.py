"""What lies outside the issue and is handed in as an argument: the register and the office's own dated tables. Never stored with findings.

Offices and bodies are named in it with their place, as the register knows them; `posts` and `bodies` say what the forms in print come to.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Holding:
    """Who held a post from `since` to before `until` (ISO dates, None where open). `basis`: the row or the print that says so.

    `is_appointed`: by the office's own table of appointments; else attested in print so many `times`, from first to last.
    """

    post: str
    person: str
    since: str | None
    until: str | None
    basis: str
    is_appointed: bool = True
    times: int = 1


@dataclass(frozen=True, slots=True)
class Renamed:
    """From that day or year on the body `before` is `after`."""

    before: str
    after: str
    from_on: str
    basis: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording that the office does not use at the time of the issue, and the one that it uses."""

    term: str
    right: str
    basis: str


@dataclass(frozen=True)
class Evidence:
    """All that is known. `order`: people in the order of the office's list for the time of the issue, each with the list's basis."""

    posts: tuple[tuple[str, str], ...] = ()
    bodies: tuple[tuple[str, str], ...] = ()
    holdings: tuple[Holding, ...] = ()
    order: tuple[tuple[str, str], ...] = ()
    renamed: tuple[Renamed, ...] = ()
    wordings: tuple[Wording, ...] = ()

    @cached_property
    def post_of(self) -> dict[str, str]:
        """The post that an office as written comes to."""
        return dict(self.posts)

    @cached_property
    def body_of(self) -> dict[str, str]:
        """The body, with its place, that a name as written comes to."""
        return dict(self.bodies)

    @cached_property
    def holdings_of(self) -> dict[str, tuple[Holding, ...]]:
        """The holdings of each post."""
        found: dict[str, tuple[Holding, ...]] = {}
        for holding in self.holdings:
            found[holding.post] = (*found.get(holding.post, ()), holding)
        return found


NOTHING = Evidence()
