"""The index: which items hold a string, exactly. Derived from the stored items; it follows them by the change counter.

An item is indexed by the pairs of neighbouring characters of its text, with their positions, and for queries of one character by the
single characters. A string of two or more characters is then a phrase of pairs at successive positions: what holds the string is found,
and nothing else. Text and query go through one `normalise` (see folding). What annotations name stands in `named`, a kind and a form in one
term; what facets count stands in fast fields beside.

The files lie in `index/BUILD/`; `index/stamp.json`, replaced at one stroke, names the build that counts, the form it has, the change
up to which it follows, and the digests of its files. Writers hold the write lock of the database meanwhile, so that there is one at a
time; a crash between database and index leaves an older stamp, and what changed since is indexed again at the next opening.
"""

from __future__ import annotations

import calendar
import hashlib
import json
import os
import shutil
import threading
import unicodedata
import uuid
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import tantivy

from yuebao.archive import derived
from yuebao.archive.engines import writing
from yuebao.archive.folding import normalise, pairs
from yuebao.archive.models import Derivation, Mention, StoredItem
from yuebao.archive.places import home_path, index_path
from yuebao.archive.trouble import told_of_index
from yuebao.errors import ArchiveError

FORM = f"5/{version('tantivy')}/{unicodedata.unidata_version}"  # an index of another form is made anew
HEAP = 64_000_000  # bytes for the writer; tantivy wants 15 MB at least
BATCH = 500  # issues taken from the database at a time
BUILD = "build-"
COUNTED = ("month", "column", "person", "place", "organisation", "act")  # the facets beside the year
NAMED = ("person", "place", "organisation", "project")  # layers whose annotations name something



# ---- the schema ----


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("issue", stored=True, indexed=True, fast=True)
    builder.add_unsigned_field("item", stored=True)
    builder.add_unsigned_field("number", stored=True)
    builder.add_text_field("text_hash", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("pairs", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("headline_pairs", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("characters", tokenizer_name="whitespace", index_option="freq")
    builder.add_unsigned_field("year", indexed=True, fast=True)
    builder.add_unsigned_field("first_day", indexed=True, fast=True)
    builder.add_unsigned_field("last_day", indexed=True, fast=True)
    builder.add_unsigned_field("place_in_time", stored=True, fast=True)
    builder.add_text_field("named", tokenizer_name="raw", index_option="basic")
    for name in COUNTED:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


SCHEMA = _schema()


def day_number(day: date) -> int:
    """The date as a number that sorts as dates do: 20250403."""
    return day.year * 10_000 + day.month * 100 + day.day


def days_of(item: StoredItem) -> tuple[date, date]:
    """The days that an item speaks of: its own, else its issue's day or month or year."""
    issue = item.issue
    if item.starts_on and item.ends_on:
        return item.starts_on, item.ends_on
    if issue.number is None and issue.published_on:
        return issue.published_on, issue.published_on
    if issue.month and 1 <= issue.month <= 12:
        return date(issue.year, issue.month, 1), date(issue.year, issue.month, calendar.monthrange(issue.year, issue.month)[1])
    return date(issue.year, 1, 1), date(issue.year, 12, 31)


@dataclass(frozen=True, slots=True)
class Marked:
    """What the annotations of an item say: values to count by facet, in order, each once; and what it can be found by."""

    counted: dict[str, dict[str, None]] = field(default_factory=lambda: {name: {} for name in COUNTED})
    named: dict[str, None] = field(default_factory=dict)

    def name(self, kind: str, *forms: str | None) -> None:
        """Let the item be found by these forms of a name."""
        self.named.update({named_as(kind, form): None for form in forms if form})


def named_as(kind: str, form: str) -> str:
    """The term of a name of a kind."""
    return f"{kind}:{normalise(form)}"


def _place_in_time(item: StoredItem, first: date) -> int:
    """Read from the highest down: the newest day first, within a day the order of the issues and of the items in them.

    It is made of what the issue is, never of when it came: the order of adding is not seen in any answer.
    """
    issue = item.issue
    of_issue = (issue.year % 10 * 1_000 + min(issue.number or 999, 999)) * 1_000 + zlib.crc32(issue.key.encode()) % 1_000
    return (day_number(first) + 1) * 10**11 - (of_issue * 10**4 + min(item.number, 9_999))


def document_of(item: StoredItem, marked: Marked) -> tantivy.Document:
    """What is indexed of an item."""
    text = normalise(item.text)
    first, last = days_of(item)
    document = tantivy.Document()
    document.add_unsigned("issue", item.issue_id)
    document.add_unsigned("item", item.pk)
    document.add_unsigned("number", item.number)
    document.add_text("text_hash", item.text_hash)
    document.add_text("pairs", " ".join(pairs(text)))
    document.add_text("headline_pairs", " ".join(pairs(normalise(item.headline or ""))))
    document.add_text("characters", " ".join(text))
    document.add_unsigned("year", item.issue.year)
    document.add_unsigned("first_day", day_number(first))
    document.add_unsigned("last_day", day_number(last))
    document.add_unsigned("place_in_time", _place_in_time(item, first))
    for column in filter(None, item.column_path.split(" / ")):
        marked.counted["column"][column] = None
        marked.name("column", column)
    marked.counted["month"][f"{first:%Y-%m}"] = None
    for name, values in marked.counted.items():
        for value in values:
            document.add_text(name, value)
    for term in marked.named:
        document.add_text("named", term)
    return document


# ---- the stamp ----


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which build counts, and up to which change it follows the record. `files` are the digests of its files."""

    form: str
    build: str
    changes: int
    files: dict[str, str]


def read_stamp(folder: Path) -> Stamp | None:
    """The stamp of the index, None where there is none that can be read."""
    try:
        return Stamp(**json.loads((folder / "stamp.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _write_stamp(folder: Path, stamp: Stamp) -> None:
    new = folder / "stamp.new"
    data = {"form": stamp.form, "build": stamp.build, "changes": stamp.changes, "files": stamp.files}
    with new.open("w", encoding="utf-8") as file:
        json.dump(data, file, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / "stamp.json")


def digests(build: Path, known: dict[str, str] | None = None) -> dict[str, str]:
    """The digests of the files of a build; those of segments, which never change once written, are taken from `known`."""
    result = {}
    for path in sorted(build.iterdir()):
        if path.name.startswith(".") or path.suffix == ".lock":
            continue
        kept = (known or {}).get(path.name) if path.suffix != ".json" else None
        if digest := kept or digest_of(path):
            result[path.name] = digest
    return result


def digest_of(path: Path) -> str | None:
    """The digest of a file, None where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


# ---- following the record ----


def follow() -> Stamp:
    """Bring the index up to the record and return its stamp; quick where it is there already."""
    folder = index_path(home_path())
    stamp = read_stamp(folder)
    if stamp and _is_current(folder, stamp, derived.changes()):
        return stamp
    with _one_writer() as at:
        stamp = read_stamp(folder)  # another process may have done it meanwhile
        if stamp and _is_current(folder, stamp, at):
            return stamp
        if stamp and stamp.form == FORM and stamp.changes < at and _opens(folder, stamp):
            return _index(folder, stamp, at)
        return _index(folder, _new_build(folder), at)


def remake() -> Stamp:
    """Make the index anew from all that is stored, whatever there is of it."""
    folder = index_path(home_path())
    with _one_writer() as at:
        return _index(folder, _new_build(folder), at)


def _is_current(folder: Path, stamp: Stamp, changes: int) -> bool:
    return stamp.form == FORM and stamp.changes == changes and (folder / stamp.build / "meta.json").is_file()


def _opens(folder: Path, stamp: Stamp) -> bool:
    """Whether the build is there, whole as far as opening shows: lost and shortened files do, altered ones only `verify` finds."""
    build = folder / stamp.build
    if not all((build / name).is_file() for name in stamp.files):
        return False
    try:
        tantivy.Index(SCHEMA, path=str(build), reuse=True)
    except (OSError, ValueError):
        return False
    return True


@contextmanager
def _one_writer() -> Iterator[int]:
    """Hold the write lock of the database, and give the change counter."""
    with writing():
        yield derived.changes()


def _new_build(folder: Path) -> Stamp:
    stamp = Stamp(FORM, BUILD + uuid.uuid4().hex[:12], 0, {})
    try:
        (folder / stamp.build).mkdir(parents=True)
    except OSError:
        raise ArchiveError("E403", name=str(folder)) from None
    return stamp


def _index(folder: Path, stamp: Stamp, at: int) -> Stamp:
    """Index what changed after the stamp's change, up to `at`, and stamp it."""
    build = folder / stamp.build
    changed = list(Derivation.objects.filter(change__gt=stamp.changes).order_by("change").values_list("issue_id", flat=True))
    with told_of_index(folder):
        writer = tantivy.Index(SCHEMA, path=str(build), reuse=True).writer(heap_size=HEAP, num_threads=1)
        for start in range(0, len(changed), BATCH):
            batch = changed[start:start + BATCH]
            for issue in batch if stamp.changes else ():
                # not by term: the binding takes the number for a signed one there, and deletes nothing
                writer.delete_documents_by_query(tantivy.Query.term_query(SCHEMA, "issue", issue))
            for document in _documents(batch):
                writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        stamp = replace(stamp, changes=at, files=digests(build, stamp.files))
        _write_stamp(folder, stamp)
    _sweep(folder, stamp.build)
    return stamp


def _documents(issues: list[int]) -> Iterator[tantivy.Document]:
    marked: dict[int, Marked] = {}
    mentions = Mention.objects.filter(item__issue__in=issues, layer__in=(*NAMED, "act")).order_by("pk")
    for item, layer, text, name, value in mentions.values_list("item_id", "layer", "text", "name", "value").iterator():
        mark(marked.setdefault(item, Marked()), layer, text, name, value)
    for row in StoredItem.objects.filter(issue__in=issues).select_related("issue").order_by("issue_id", "number").iterator():
        yield document_of(row, marked.get(row.pk) or Marked())


def mark(marked: Marked, layer: str, text: str, name: str | None, value: dict[str, Any]) -> None:
    """Add one annotation: `name` is what the register knows it by, None in layers that it does not keep."""
    if layer == "act":
        marked.counted["act"][value["act"]] = None
        return
    known = value["name"] if layer == "person" else name or text
    if layer in marked.counted:
        marked.counted[layer][known] = None
    marked.name(layer, known, text)
    for office in value.get("offices", ()):
        marked.name("office", office)


def _sweep(folder: Path, build: str) -> None:
    """Remove the builds that no longer count; what a reader still holds open (Windows) goes another time."""
    for old in folder.glob(BUILD + "*"):
        if old.name != build:
            shutil.rmtree(old, ignore_errors=True)


# ---- reading ----

_open: dict[tuple[Path, str, int], tantivy.Index] = {}
_opening = threading.Lock()


def opened() -> tantivy.Index:
    """The index, up to the record, for reading; one that does not open is made anew."""
    folder = index_path(home_path())
    stamp = follow()
    with _opening:
        which = (folder, stamp.build, stamp.changes)
        if which in _open:
            return _open[which]
        if not _opens(folder, stamp):
            stamp = remake()
        _open.clear()
        index = _open[(folder, stamp.build, stamp.changes)] = tantivy.Index(SCHEMA, path=str(folder / stamp.build), reuse=True)
        index.config_reader("Manual")
        index.reload()
        return index


@dataclass(frozen=True, slots=True)
class Held:
    """What the index holds of an item: the ids of its issue and of its row, its number, the hash of its text."""

    issue: int
    item: int
    number: int
    text_hash: str


def held() -> Iterator[Held]:
    """Every item that the index holds."""
    searcher = opened().searcher()
    everything = searcher.search(tantivy.Query.all_query(), limit=max(searcher.num_docs, 1))
    for _, address in everything.hits:
        yield held_at(searcher, address)


def place_in_time_at(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> int:
    """What the item at an address is ordered by, the highest first."""
    stored: dict[str, list[Any]] = searcher.doc(address).to_dict()
    return int(stored["place_in_time"][0])


def held_at(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> Held:
    """What the index holds at an address."""
    stored: dict[str, list[Any]] = searcher.doc(address).to_dict()
    return Held(*(stored[name][0] for name in ("issue", "item", "number", "text_hash")))
