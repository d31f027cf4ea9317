"""From the bytes of a file to what the archive keeps: the only place here that calls the stages."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, replace
from pathlib import Path

from yuebao import pipeline
from yuebao.annotate import annotate
from yuebao.errors import InputError
from yuebao.model import ISSUE_SCHEMA, Finding, Issue, Masthead, ModelError, Source, record_of, to_json
from yuebao.proof.evidence import NOTHING, Evidence
from yuebao.read import LIMIT, read

LARGEST = 2**31 - 1  # what the tables hold


@dataclass(frozen=True, slots=True)
class File:
    """A file's bytes, read once, with their digest."""

    name: str
    data: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a file: the annotated issue, and the characters, None where the file is an issue document."""

    issue: Issue
    source: Source | None


def load(path: Path) -> File:
    """The bytes of a file. Raises InputError: E103 too large, E104 not there, E105 no permission, E108 any other failure."""
    size = path.stat().st_size if path.is_file() else 0
    if size > LIMIT:
        raise InputError("E103", name=str(path), size=size // 1_000_000, limit=LIMIT // 1_000_000)
    data = pipeline.read_file(path)
    name = os.fsencode(path.name).decode("utf-8", "replace")  # a name in another encoding must not spoil the document
    return file_of(name, data)


def file_of(name: str, data: bytes) -> File:
    """The bytes as a file of that name."""
    return File(name, data, hashlib.sha256(data).hexdigest())


def read_file(file: File, outline: str | None) -> Reading:
    """The annotated issue of a source file or an issue document, told apart by content.

    Raises InputError (E110 where it bears a mark of secrecy: nothing of it is kept), UsageError.

    What annotations a document brings are not kept, as they are not when the archive is rebuilt: they are made anew.
    """
    if file.data.lstrip()[:1] == b"{" and not pipeline.is_document(file.data):  # JSON, as no bulletin is
        raise InputError("E106", name=file.name, reason=f"JSON，但不是 {ISSUE_SCHEMA}")
    issue, source = pipeline.read_bytes(file.name, file.data, outline)
    pipeline.refuse_classified(file.name, source.text if source else to_json(issue), file.data)
    try:
        _check(issue)
    except ModelError as error:
        raise InputError("E106", name=file.name, reason=str(error)) from None
    if source is None:
        issue = annotate(replace(record_of(issue), problems=issue.problems))
    return Reading(issue, source)


def _check(issue: Issue) -> None:
    """Raise ModelError where a document that has the right form cannot be kept: a hand may have altered it, or a page be a misprint."""
    try:
        to_json(issue).encode()
    except (UnicodeEncodeError, ValueError):
        raise ModelError("a lone surrogate, or a number that is none") from None
    items = issue.items()
    numbers = [item.number for item in items]
    if len(set(numbers)) < len(numbers):
        raise ModelError("two items bear one number")
    for item in items:
        if not 0 <= item.number <= LARGEST or not 0 <= (item.page or 0) <= LARGEST:
            raise ModelError(f"item {item.number}: number or page out of range")
        spans = [(entry.start, entry.end) for entry in item.entries] + [(a.start, a.end) for a in item.annotations]
        if any(not 0 <= start <= end <= len(item.text) for start, end in spans):
            raise ModelError(f"item {item.number}: a span outside its text")


def read_record(issue: Issue, source_name: str, data: bytes) -> Reading:
    """An issue of the record, annotated anew, with the characters of its source file."""
    return Reading(annotate(issue), characters_of(source_name, data))


def characters_of(name: str, data: bytes) -> Source | None:
    """The characters of a source file; None where it is an issue document."""
    return None if pipeline.is_document(data) else read(name, data)


def proof(
    reading: Reading, run: tuple[Masthead, ...] = (), earlier: tuple[Issue, ...] = (), evidence: Evidence = NOTHING,
) -> tuple[Finding, ...]:
    """The findings of an issue, by itself or among the others and what is known beside them."""
    return pipeline.proof_issue(reading.issue, reading.source, run, earlier, evidence).findings
