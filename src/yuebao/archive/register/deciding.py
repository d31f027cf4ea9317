"""Who is who, decided by people: two records are one person, or some items speak of another person of that name.

A decision is kept in the record with its evidence (hashes of items' texts and spans in them) and can be taken back; the register follows.
"""

from __future__ import annotations

from collections.abc import Sequence

from yuebao.archive import decisions, record
from yuebao.archive.decisions import Decided
from yuebao.archive.engines import writing
from yuebao.archive.judgements import ACCEPT, restate, restore
from yuebao.archive.models import Appearance, Mention, Registered, StoredIssue, StoredItem
from yuebao.archive.register import rows
from yuebao.archive.register.rulings import MERGE, SPLIT
from yuebao.archive.trouble import told
from yuebao.archive.waivers import WAIVE
from yuebao.errors import ArchiveError, UsageError
from yuebao.model import Json

SPOTS = 3  # appearances of each person that a merge is attached to: it stands while one of them keeps its text


def merge(one: str, other: str, decided_by: str | None = None) -> Decided:
    """Decide that two records (a name, or NAME#NUMBER as `ask.who` numbers them) are one person.

    Raises ArchiveError E407 where a name is not recorded, UsageError E209 where it is not clear who is meant, or both are the same.
    """
    with told():
        rows.follow()
        a, b = _registered(one), _registered(other)
        if a.pk == b.pk:
            raise UsageError("E209", name=one, reason=other)
        seen = [*_firmest(a), *_firmest(b)]
        return _decide(MERGE, sorted({*a.names, *b.names}), [_spot(s) for s in seen], decided_by)


def split(name: str, places: Sequence[tuple[str, int]], decided_by: str | None = None) -> Decided:
    """Decide that these items (issue key, item number) speak of another person of that name than the rest.

    Raises ArchiveError E404 where an item does not name them, E407 and UsageError E209 as `merge` does.
    """
    with told():
        rows.follow()
        person = _registered(name)
        seen = [_appearance(person, key, number) for key, number in places]
        if not seen or len(seen) == person.appearances.count():
            raise UsageError("E209", name=name, reason=", ".join(f"{key} {number}" for key, number in places))
        return _decide(SPLIT, sorted(person.names), [_spot(s) for s in seen], decided_by)


def undo(digest: str, decided_by: str | None = None) -> Decided:
    """Take back the decision whose hash begins so; what a correction had put is put back by a new revision.

    Raises UsageError E207, and E213 where the corrected place has changed since.
    """
    with told(), writing():
        undone = decisions.undo(digest, decided_by)
        if undone.kind == ACCEPT:
            restore(undone)
        if undone.kind in (MERGE, SPLIT):
            rows.mark_names(("person", name) for name in undone.statement["names"])
        stored = StoredIssue.objects.filter(key=undone.statement["issue"]).first() if undone.kind == WAIVE else None
        if stored:
            restate(stored)
    if undone.kind == ACCEPT:
        record.follow()
    with told():
        rows.follow()
    return undone


def has_evidence(decided: Decided) -> bool:
    """Whether a text that the decision is attached to is still held; where it is not, the decision says nothing until it is made again."""
    hashes = {spot["text_hash"] for spot in decided.statement.get("spots", ())}
    return not hashes or StoredItem.objects.filter(text_hash__in=hashes).exists()


def _decide(kind: str, names: list[str], spots: list[Json], decided_by: str | None) -> Decided:
    with writing():
        decided = decisions.decide(kind, {"names": names, "spots": spots}, decided_by)
        rows.mark_names(("person", name) for name in names)
    rows.follow()
    return decided


def _registered(reference: str) -> Registered:
    name, _, number = reference.partition("#")
    found = Registered.objects.filter(layer="person", aliases__name=name).distinct()
    if not found.exists():
        raise ArchiveError("E407", name=name)
    if number:
        found = found.filter(name=name, number=int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 0)
    if found.count() != 1:
        raise UsageError("E209", name=name, reason=", ".join(f"#{row.number}" for row in found) or reference)
    return found.get()


def _firmest(person: Registered) -> list[Appearance]:
    """The appearances that a decision on a person is attached to: the first that give an office, else the first."""
    seen = list(person.appearances.select_related("item__issue").order_by("pk"))
    return sorted(seen, key=lambda s: (s.evidence != "office", not s.offices))[:SPOTS]


def _appearance(person: Registered, key: str, number: int) -> Appearance:
    found = person.appearances.filter(item__issue__key=key, item__number=number).select_related("item__issue").first()
    if found is None:
        raise ArchiveError("E404", key=f"{key} {number} {person.name}")
    return found


def _spot(seen: Appearance) -> Json:
    mention = Mention.objects.filter(item=seen.item, layer="person", start=seen.start).first()
    return {
        "text_hash": seen.item.text_hash, "start": seen.start, "end": seen.end, "text": mention.text if mention else "",
        "stood_in": f"{seen.item.issue.key} {seen.item.number}",
    }
