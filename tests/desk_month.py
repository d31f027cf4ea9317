"""A month's copy for the tests of the desk, with stand-ins for what compile does: what the desk keeps is tested here, not how texts are read.

Texts of one first line are one story; the item made of them is the first text; its column is said by 【…】 in the first line.
"""

import hashlib
from datetime import UTC, datetime

from yuebao.compile.intake import Enclosure
from yuebao.compile.values import Clause, Clipping, Condensed, Proposal, Story
from yuebao.errors import InputError
from yuebao.model import Item

ROLES = {"editor": ["editor"], "other": ["editor"], "county": ["contributor"], "reader": ["reader"], "first": ["first_reviewer"]}


def stand_ins(monkeypatch):
    from yuebao import pipeline

    for name in ("enclosures", "take_enclosure", "compile_stories", "compile_story"):
        monkeypatch.setattr(pipeline, name, globals()[name], raising=False)


def enclosures(name, data):
    return (Enclosure(name, data),)


def take_enclosure(enclosure, number, *, origin_kind, contributor=None, outlet=None, on=None):
    text, name = enclosure.data.decode(), enclosure.name
    if "机密★" in text:
        raise InputError("E110", name=name, mark="机密★")
    if not text.strip():
        raise InputError("E101", name=name)
    headline, _, body = text.partition("\n")
    item = Item(1, headline if body else None, None, None, text, ())
    digest = hashlib.sha256(enclosure.data).hexdigest()
    return Clipping(number, name, digest, origin_kind, contributor, outlet, on and f"{on}", item)


def compile_stories(clippings, run, year, month, corrections=()):
    groups = {}
    for clipping in clippings:
        groups.setdefault(clipping.item.text.split("\n")[0], []).append(clipping)
    return tuple(compile_story(tuple(group), run, year, month, corrections) for group in groups.values())


def compile_story(clippings, run, year, month, corrections=()):  # noqa: ARG001
    first = clippings[0].item
    column = first.text.split("【")[1].split("】")[0] if "【" in first.text else None
    end = len(first.text)
    return Story(
        tuple(c.number for c in clippings), Condensed(first, (Clause(0, end, clippings[0].number, 0, end),)),
        (Proposal((column,), 0.9, (f"“{column}”见于文中",)),) if column else (),
    )


def people():
    """Accounts by the names of ROLES; county sends for 何坊县委办."""
    from yuebao.desk.models import Account, Contributor

    county = Contributor.objects.create(name="何坊县委办")
    return {
        name: Account.objects.create(name=name, full_name=name, roles=roles, contributor=county if name == "county" else None, password="!")
        for name, roles in ROLES.items()
    }


def issue(by, number=1, year=2026):
    from yuebao.desk.models import DeskIssue

    return DeskIssue.objects.create(
        title="云陵月报", year=year, month=number, number=number, opened_at=datetime(year, number, 1, tzinfo=UTC), opened_by=by)
