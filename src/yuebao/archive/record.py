"""The record: adding files, listing and showing what is kept, making the derived rows again.

One transaction an issue. A file that is there already, by its bytes or by its content, changes nothing, so that an interrupted `add` is
taken up by saying it again. A file that differs from what is kept of its issue becomes a revision; the old one stays.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from django.db.models import Count, Max, OuterRef, Subquery

from yuebao import pipeline
from yuebao.archive import derived, fulltext, register, stages
from yuebao.archive.engines import writing
from yuebao.archive.identity import Identity, identity_of
from yuebao.archive.models import Derivation, Mention, Revision, Series, StoredFinding, StoredIssue, in_time
from yuebao.archive.places import home_path
from yuebao.archive.sealing import seal_of
from yuebao.archive.stages import File, Reading
from yuebao.archive.trouble import told
from yuebao.archive.values import Added, IssueLine
from yuebao.errors import ArchiveError, UsageError, YuebaoError
from yuebao.model import (
    ISSUE_SCHEMA,
    Annotation,
    Finding,
    Issue,
    Masthead,
    Problem,
    Source,
    from_json,
    map_items,
    record_of,
    to_json,
)
from yuebao.structure import parse_outline

SUFFIXES = {".txt", ".json"}
OUTLINE = ".outline.txt"
NEIGHBOURS = 12  # issues on either side that the arithmetic of serial numbers looks at
INDEX_EVERY = 32  # issues between two commits of the index: each costs some 0.1 s

Progress = Callable[[int, int, Path], None]


def add(paths: Iterable[Path | str], outline: Path | str | None = None, on_progress: Progress | None = None) -> Iterator[Added]:
    """Add files, and the *.txt and *.json of folders, in order; yield what became of each file once it is safely kept.

    A file that cannot be read, or is no issue, is refused and the next one taken. `on_progress(done, of, path)` is called after each.
    `outline`, a file of column titles, speaks for every file; without it NAME.outline.txt, where it lies beside NAME.txt, for that one.
    Raises InputError, UsageError (an outline that cannot be used) and ArchiveError.
    """
    given = None if outline is None else _outline(Path(outline))
    files = [file for path in paths for file in _files(Path(path))]
    pending = 0
    try:
        for done, path in enumerate(files, 1):
            with told():
                added = _add_file(path, given)
            pending += added.state in ("added", "revised")
            if pending >= INDEX_EVERY:
                follow()
                pending = 0
            if on_progress:
                on_progress(done, len(files), path)
            yield added
    except GeneratorExit:  # the caller wants no more; after any other failure the index follows at its next opening
        follow()
        raise
    follow()


def follow() -> None:
    """Bring index and register up to the record."""
    with told():
        fulltext.follow()
        register.follow()


def _outline(path: Path) -> str:
    """The text of an outline file, found to be one."""
    text = pipeline.read_outline(path)
    parse_outline(text, str(path))
    return text


def _files(path: Path) -> list[Path]:
    """The file itself, or what of a folder is to be read, at any depth, in order.

    Hidden files and folders, outlines, the archive's own files and JSON that is no issue document are left out.
    """
    if not path.is_dir():
        return [path]
    home = home_path().resolve()
    found = (p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and not p.name.endswith(OUTLINE) and p.is_file())
    return sorted(
        p for p in found
        if not any(part.startswith(".") for part in p.relative_to(path).parts) and home not in p.resolve().parents and _may_be_issue(p)
    )


def _may_be_issue(path: Path) -> bool:
    """Whether a file of a folder is worth reading: a text, or JSON that names the schema of issues."""
    if path.suffix.lower() != ".json":
        return True
    try:
        return ISSUE_SCHEMA.encode() in path.read_bytes()
    except OSError:
        return True  # to be refused by name


def _add_file(path: Path, given: str | None) -> Added:
    try:
        file = stages.load(path)
        beside = path.with_name(path.stem + OUTLINE)
        outline = _outline(beside) if given is None and beside.is_file() else given
        if key := _known(file, outline):
            return Added(path, key, "unchanged")
        reading = stages.read_file(file, outline)
        identity = identity_of(reading.issue, str(path))
        findings = stages.proof(reading)
    except ArchiveError:
        raise
    except YuebaoError as error:
        return Added(path, None, "refused", error)
    with writing():
        return _keep(path, file, outline, reading, identity, findings)


def revise(key: str, file: File, outline: str | None) -> Added:
    """Keep a corrected source as a new revision of an issue, within the caller's transaction. Raises UsageError E212 where it is none.

    It may say what an older revision said: a correction may be taken back.
    """
    reading = stages.read_file(file, outline)
    identity = identity_of(reading.issue, file.name)
    added = _keep(Path(file.name), file, outline, reading, identity, stages.proof(reading), may_be_old=True)
    if added.key != key or added.state != "revised":
        raise UsageError("E212", reason=f"{added.key} {added.state}")
    return added


@dataclass(frozen=True, slots=True)
class Ready:
    """An issue document read, filed and proofed: all that is slow is done, nothing is written."""

    file: File
    reading: Reading
    identity: Identity
    findings: tuple[Finding, ...]

    @property
    def key(self) -> str:
        """What it is filed under, where no other series bears its title."""
        return self.identity.key()


def ready(name: str, issue: Issue) -> Ready:
    """An issue made here, ready to be kept under that file name. Raises InputError (E110 a mark of secrecy, E406 no title or number)."""
    file = stages.file_of(name, to_json(record_of(issue)).encode())
    reading = stages.read_file(file, None)
    return Ready(file, reading, identity_of(reading.issue, name), stages.proof(reading))


def keep(made: Ready) -> Added:
    """Keep it, within the caller's transaction; index and register come after it (`follow`, or by themselves)."""
    return _keep(Path(made.file.name), made.file, None, made.reading, made.identity, made.findings)


def _known(file: File, outline: str | None) -> str | None:
    """The key of the issue that these bytes are kept under (read by the same outline, where one is given)."""
    same = Revision.objects.filter(source_sha256=file.sha256)
    if outline is not None:
        same = same.filter(outline=outline)
    return same.values_list("issue__key", flat=True).first()


def _keep(
    path: Path, file: File, outline: str | None, reading: Reading, identity: Identity, findings: tuple[Finding, ...],
    *, may_be_old: bool = False,
) -> Added:
    stored, is_new = _stored_issue(identity)
    document = to_json(record_of(reading.issue))
    digest = derived.text_hash(document)
    same = stored.revisions.filter(content_hash=digest).order_by("is_current", "sequence").last()
    if same and (same.is_current or not may_be_old):
        _complete(same, file, outline, reading, findings)
        return Added(path, stored.key, "unchanged")
    last = stored.revisions.aggregate(last=Max("sequence"))["last"] or 0
    stored.revisions.filter(is_current=True).update(is_current=False)
    revision = Revision(
        issue=stored, sequence=last + 1, content_hash=digest, document=document, source_name=file.name,
        source_sha256=file.sha256, source=zlib.compress(file.data, 9), outline=outline, added_at=datetime.now(UTC), is_current=True,
    )
    revision.seal = seal_of(revision)
    revision.save(force_insert=True)
    _file_under(stored, identity)
    derived.derive(stored, reading.issue, digest, reading.source, findings)
    if not is_new:
        derived.drop_unnamed()
    return Added(path, stored.key, "added" if is_new else "revised")


def _complete(revision: Revision, file: File, outline: str | None, reading: Reading, findings: tuple[Finding, ...]) -> None:
    """Keep the source file of a revision that came as an issue document, now that it is here; the content is the same."""
    if reading.source is None or stages.characters_of(revision.source_name, _source_bytes(revision)) is not None:
        return
    revision.source_name, revision.source_sha256, revision.outline = file.name, file.sha256, outline
    revision.source = zlib.compress(file.data, 9)
    revision.seal = seal_of(revision)
    revision.save(update_fields=["source_name", "source_sha256", "source", "outline", "seal"])
    if revision.is_current:
        derived.derive(revision.issue, reading.issue, revision.content_hash, reading.source, findings)


def _stored_issue(identity: Identity) -> tuple[StoredIssue, bool]:
    """The issue that the identity names, and whether it was made just now."""
    series = _series(identity)
    same = StoredIssue.objects.filter(series=series, year=identity.year, number=identity.number)
    if identity.number is None:
        same = same.filter(published_on=identity.published_on)
    if stored := same.first():
        return stored, False
    key = identity.key()
    if StoredIssue.objects.filter(key=key).exists():  # another series of that title
        key = identity.key(series.place or str(series.pk))
    stored = StoredIssue.objects.create(series=series, key=key, year=identity.year, number=identity.number)
    return stored, True


def _series(identity: Identity) -> Series:
    """The series of that title and place; a place that is not known on one side does not make another series."""
    same = Series.objects.filter(title=identity.title).order_by("pk")
    series = same.filter(place=identity.place).first()
    if series is None and identity.place is None:
        series = same.first()
    if series is None and (series := same.filter(place=None).first()):
        series.place = identity.place
        series.save(update_fields=["place"])
        derived.rename(series)
    return series or Series.objects.create(title=identity.title, place=identity.place)


def _file_under(stored: StoredIssue, identity: Identity) -> None:
    stored.month, stored.serial_number, stored.published_on = identity.month, identity.serial_number, identity.published_on
    stored.save(update_fields=["month", "serial_number", "published_on"])


# ---- what is kept ----


def issues() -> list[IssueLine]:
    """Every issue, by series, year and number."""
    current = Revision.objects.filter(issue=OuterRef("pk"), is_current=True)
    rows = StoredIssue.objects.select_related("series").annotate(
        item_count=Count("items", distinct=True), revision_count=Count("revisions", distinct=True),
        source_name=Subquery(current.values("source_name")[:1]), added_at=Subquery(current.values("added_at")[:1]),
    ).order_by("series__title", "series_id", *in_time())
    with told():
        return [
            IssueLine(
                key=row.key, title=row.series.title, place=row.series.place, year=row.year, month=row.month, number=row.number,
                serial_number=row.serial_number, published_on=row.published_on, items=row.item_count, revisions=row.revision_count,
                source_name=row.source_name, added_at=row.added_at,
            )
            for row in rows
        ]


def show(key: str) -> Issue:
    """The document of the current revision of an issue, with its annotations and problems. Raises ArchiveError E404."""
    with told():
        revision = _current(key)
        issue = _issue_of(revision)
        derivation = getattr(revision.issue, "derivation", None)
        by_item: dict[int, list[Annotation]] = {}
        rows = Mention.objects.filter(item__issue=revision.issue).order_by("pk").values_list(
            "item__number", "layer", "start", "end", "value", "by")
        for number, layer, start, end, value, by in rows:
            plain = {"layer": layer, "start": start, "end": end, "value": value, "by": by}
            by_item.setdefault(number, []).append(Annotation.from_dict(plain))
    columns = map_items(issue.columns, lambda item: replace(item, annotations=tuple(by_item.get(item.number, ()))))
    problems, annotated_by = (_problems(derivation), derivation.annotated_by) if derivation else ((), None)
    return replace(issue, columns=columns, problems=problems, annotated_by=annotated_by)


def findings_of(key: str) -> tuple[Finding, ...]:
    """The findings of an issue, in the order of the proof. Raises ArchiveError E404."""
    with told():
        stored = _current(key).issue
        rows = StoredFinding.objects.filter(issue=stored).order_by("position").values_list("data", flat=True)
        return tuple(Finding.from_dict(data) for data in rows)


def run_of(key: str) -> tuple[Masthead, ...]:
    """The mastheads of an issue's neighbours in its series, in order: what serial numbers are held against. Raises ArchiveError E404."""
    with told():
        stored = _current(key).issue
        order = list(StoredIssue.objects.filter(series=stored.series_id).order_by(*in_time()).values_list("pk", flat=True))
        at = order.index(stored.pk)
        near = [pk for pk in order[max(at - NEIGHBOURS, 0):at + NEIGHBOURS + 1] if pk != stored.pk]
        documents = dict(Revision.objects.filter(issue__in=near, is_current=True).values_list("issue_id", "document"))
    return tuple(Masthead.from_dict(json.loads(documents[pk])["masthead"]) for pk in near)


def source_of(key: str) -> Source | None:
    """The characters of the file that an issue was read from; None where it came as an issue document. Raises ArchiveError E404."""
    with told():
        revision = _current(key)
    return stages.characters_of(revision.source_name, _source_bytes(revision))


def characters_of(revision: Revision) -> Source | None:
    """The characters of the file that a revision was read from; None where it came as an issue document."""
    return stages.characters_of(revision.source_name, _source_bytes(revision))


def bytes_of(key: str) -> bytes:
    """The file of the current revision, as it came. Raises ArchiveError E404."""
    with told():
        return _source_bytes(_current(key))


def _current(key: str) -> Revision:
    revision = Revision.objects.select_related("issue", "issue__derivation").filter(issue__key=key, is_current=True).first()
    if revision is None:
        raise ArchiveError("E404", key=key)
    return revision


def _issue_of(revision: Revision) -> Issue:
    try:
        issue = from_json(revision.document)
    except ValueError as error:
        raise ArchiveError("E401", reason=f"{revision.issue.key}: {error}") from error
    if not isinstance(issue, Issue):
        raise ArchiveError("E401", reason=f"{revision.issue.key}: {issue.schema}")
    return issue


def _problems(derivation: Derivation) -> tuple[Problem, ...]:
    return tuple(Problem.from_dict(problem) for problem in derivation.problems)


def _source_bytes(revision: Revision) -> bytes:
    try:
        return zlib.decompress(revision.source)
    except zlib.error as error:
        raise ArchiveError("E401", reason=f"{revision.issue.key}: {revision.source_name}") from error


# ---- made again ----

RebuildProgress = Callable[[int, int, str], None]


def rebuild(on_progress: RebuildProgress | None = None, *, stale_only: bool = False) -> int:
    """Make all that is derived again from the record, the index anew, and return how many issues that were.

    With `stale_only` only what another version of the program made: an upgrade is followed by it, and may be interrupted.
    `on_progress(done, of, key)` is called after each issue. Raises ArchiveError.
    """
    with told():
        keys = stale() if stale_only else list(StoredIssue.objects.order_by("pk").values_list("key", flat=True))
        for done, key in enumerate(keys, 1):
            rederive(key)
            if on_progress:
                on_progress(done, len(keys), key)
        derived.drop_unnamed()
        if stale_only:
            fulltext.follow()
        else:
            register.mark_all()
            fulltext.remake()
        register.follow()
    return len(keys)


def stale() -> list[str]:
    """The keys of the issues whose derived rows are lacking, or made by another version or of another revision."""
    fresh = {
        (issue, digest)
        for issue, digest in StoredIssue.objects.filter(derivation__made_by=derived.made_by()).values_list("pk", "derivation__content_hash")
    }
    current = Revision.objects.filter(is_current=True).order_by("issue_id").values_list("issue_id", "content_hash", "issue__key")
    return [key for issue, digest, key in current if (issue, digest) not in fresh]


def rederive(key: str, problems: tuple[Problem, ...] | None = None) -> None:
    """Make what is derived of an issue again. `problems`: what the reader noted; default: what is noted already."""
    with writing():
        revision = _current(key)
        reading = stages.read_record(_issue_of(revision), revision.source_name, _source_bytes(revision))
        # what the reader noted is not in the record, and reading the source again could give another document: it is carried over
        derivation = getattr(revision.issue, "derivation", None)
        if problems is None:
            problems = _problems(derivation) if derivation else ()
        issue = replace(reading.issue, problems=problems)
        findings = stages.proof(Reading(issue, reading.source))
        derived.derive(revision.issue, issue, revision.content_hash, reading.source, findings)
