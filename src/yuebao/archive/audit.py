"""Proving the archive: every hash of the record derived again, the rows held against what made them, the index against the rows."""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Iterator

from django.db import connection

from yuebao.archive import beside, decisions, derived, fulltext, register
from yuebao.archive.identity import identity_of
from yuebao.archive.models import Decision, Mention, Revision, StoredFinding, StoredIssue, StoredItem
from yuebao.archive.places import home_path, index_path
from yuebao.archive.sealing import seal_of
from yuebao.archive.trouble import told
from yuebao.archive.values import Fault
from yuebao.errors import InputError
from yuebao.model import Issue, ModelError, from_json, record_of, to_json

SHOWN = 5  # items named in one fault


def verify() -> list[Fault]:
    """Everything that is not as it should be, the record first; an empty list where all is proved. Changes nothing in the record.

    The index is brought up to the record first, as at any opening. Raises ArchiveError where the database cannot be read at all.
    """
    with told():
        faults = list(_database())
        for issue in StoredIssue.objects.select_related("series", "derivation").order_by("pk").iterator(chunk_size=100):
            faults += _record(issue)
            faults += _derived(issue)
        odd_decisions = list(_decisions())
        faults += odd_decisions
        faults += (fault for kept in beside.all_kept() for fault in kept.faults())
        if not odd_decisions:  # the register rests on them
            faults += [Fault("register", detail=odd) for odd in [_named(register.odd_names())] if odd]
        faults += _index()
    return faults


def _database() -> Iterator[Fault]:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(10)")
        for (line,) in cursor.fetchall():
            if line != "ok":
                yield Fault("database", detail=line)
        cursor.execute("PRAGMA foreign_key_check")
        for table, row, parent, _ in cursor.fetchall():
            yield Fault("database", detail=f"{table} {row} → {parent}")


# ---- record ----


def _record(stored: StoredIssue) -> Iterator[Fault]:
    revisions = list(stored.revisions.order_by("sequence"))
    in_order = [r.sequence for r in revisions] == list(range(1, len(revisions) + 1))
    if not in_order or [r.is_current for r in revisions][::-1] != [True, *[False] * (len(revisions) - 1)]:
        yield Fault("sequence", stored.key)
    for revision in revisions:
        yield from _revision(stored, revision)


def _revision(stored: StoredIssue, revision: Revision) -> Iterator[Fault]:
    if "sha256:" + hashlib.sha256(revision.document.encode("utf-8", "surrogatepass")).hexdigest() != revision.content_hash:
        yield Fault("document", stored.key, revision.sequence)
    if seal_of(revision) != revision.seal:
        yield Fault("seal", stored.key, revision.sequence)
    issue = _document(revision)
    if _source_digest(revision) != revision.source_sha256 or _is_renamed(revision, issue):
        yield Fault("source", stored.key, revision.sequence)
    if isinstance(issue, str):
        yield Fault("document_form", stored.key, revision.sequence, issue)
    elif revision.is_current and (odd := _misfiled(stored, issue)):
        yield Fault("identity", stored.key, revision.sequence, odd)


def _source_digest(revision: Revision) -> str | None:
    try:
        return hashlib.sha256(zlib.decompress(revision.source)).hexdigest()
    except zlib.error:
        return None


def _is_renamed(revision: Revision, issue: Issue | str) -> bool:
    """Whether the file that a document was read from bears another name than the document has for it."""
    return isinstance(issue, Issue) and issue.source.sha256 == revision.source_sha256 and issue.source.name != revision.source_name


def _document(revision: Revision) -> Issue | str:
    """The document, or what is wrong with its form."""
    try:
        issue = from_json(revision.document)
    except ModelError as error:
        return str(error)
    if not isinstance(issue, Issue):
        return issue.schema
    if to_json(record_of(issue)) != revision.document:
        return "not canonical"
    return issue


def _misfiled(stored: StoredIssue, issue: Issue) -> str:
    """The names of what differs between where the issue is filed and what its document says."""
    try:
        identity = identity_of(issue, stored.key)
    except InputError:
        return "title, year, number"
    pairs = [("title", stored.series.title, identity.title)]
    if identity.place is not None:  # an issue that names none is filed with those that do
        pairs.append(("place", stored.series.place, identity.place))
    pairs += [(n, getattr(stored, n), getattr(identity, n)) for n in ("year", "month", "number", "serial_number", "published_on")]
    if not stored.key.startswith(identity.title) or not stored.key.endswith(identity.key().removeprefix(identity.title)):
        pairs.append(("key", stored.key, identity.key()))
    return ", ".join(name for name, kept, said in pairs if kept != said)


def _decisions() -> Iterator[Fault]:
    """The chain of decisions: each bears the hash of itself and of the one before it."""
    before = ""
    for number, row in enumerate(Decision.objects.order_by("sequence").iterator(), 1):
        if row.sequence != number or decisions.hash_of(row, before) != row.decision_hash:
            yield Fault("decision", detail=str(row.sequence))
        before = row.decision_hash


# ---- derived ----


def _derived(stored: StoredIssue) -> Iterator[Fault]:
    current = stored.revisions.filter(is_current=True).first()
    made = getattr(stored, "derivation", None)
    if current is None:
        return
    if made is None or made.content_hash != current.content_hash:
        yield Fault("derived_missing", stored.key)
        return
    if made.made_by != derived.made_by():
        yield Fault("derived_stale", stored.key)
    items = list(StoredItem.objects.filter(issue=stored).order_by("pk"))
    if _rows_hash(stored, items) != made.rows_hash:
        yield Fault("derived_altered", stored.key)
    issue = _document(current)
    if isinstance(issue, Issue) and (odd := _odd_items(items, issue)):
        yield Fault("derived_items", stored.key, detail=odd)


def _rows_hash(stored: StoredIssue, items: list[StoredItem]) -> str | None:
    mentions = Mention.objects.filter(item__issue=stored).select_related("person").order_by("pk")
    findings = StoredFinding.objects.filter(issue=stored).order_by("position")
    try:
        return derived.rows_hash(items, mentions, findings)
    except ValueError:  # a value that is no JSON any more
        return None


def _odd_items(rows: list[StoredItem], issue: Issue) -> str:
    """The numbers of the items that only the rows or only the document have, or that differ in text."""
    stored = {(row.number, row.headline, row.page, row.text, row.text_hash) for row in rows}
    wanted = {(item.number, item.headline, item.page, item.text, derived.text_hash(item.text)) for item in issue.items()}
    return _named(sorted({entry[0] for entry in stored ^ wanted}))


def _named(things: list[int] | list[str]) -> str:
    return ", ".join(map(str, things[:SHOWN])) + ("…" if len(things) > SHOWN else "")


# ---- index ----


def _index() -> Iterator[Fault]:
    folder = index_path(home_path())
    stamp = fulltext.read_stamp(folder)
    if stamp:
        odd = sorted(name for name, digest in stamp.files.items() if fulltext.digest_of(folder / stamp.build / name) != digest)
        if odd:
            yield Fault("index_files", detail=_named(odd))
            return
    try:
        held = Counter(fulltext.held())
    except (OSError, ValueError) as error:
        yield Fault("index_files", detail=str(error))
        return
    keys = dict(StoredIssue.objects.values_list("pk", "key"))
    rows = StoredItem.objects.values_list("issue_id", "pk", "number", "text_hash")
    wanted = Counter(fulltext.Held(*row) for row in rows.iterator())
    for kind, odd_ones in (("index_missing", wanted - held), ("index_extra", held - wanted)):
        if odd_ones:
            yield Fault(kind, detail=_named(sorted(f"{keys.get(one.issue, one.issue)} {one.number}" for one in odd_ones)))
