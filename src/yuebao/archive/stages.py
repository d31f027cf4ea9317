"""From the bytes of a file to what the archive keeps: the only place here that calls the stages."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from yuebao import pipeline
from yuebao.errors import InputError
from yuebao.model import ISSUE_SCHEMA, Finding, Issue, ModelError, Source, from_json, to_json
from yuebao.read import LIMIT
from yuebao.read import read as read_characters

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
    """The bytes of a file. Raises InputError: E104 not there, E105 no permission, E108 any other failure, E103 too large."""
    try:
        size = path.stat().st_size
        if size > LIMIT:
            raise InputError("E103", name=str(path), size=size // 1_000_000, limit=LIMIT // 1_000_000)
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError("E104", name=str(path)) from None
    except PermissionError:
        raise InputError("E105", name=str(path)) from None
    except OSError as error:
        raise InputError("E108", name=str(path), reason=error.strerror or str(error)) from None
    return File(path.name, data, hashlib.sha256(data).hexdigest())


def read_file(file: File, outline: str | None) -> Reading:
    """The annotated issue of a source file or an issue document, told apart by content. Raises InputError, UsageError."""
    if is_document(file.data):
        return Reading(_document(file), None)
    issue, source = pipeline.read_bytes(file.name, file.data, outline)
    return Reading(issue, source)


def is_document(data: bytes) -> bool:
    """Whether the bytes are a JSON object, as every issue document is and no bulletin."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def _document(file: File) -> Issue:
    try:
        issue = from_json(file.data.decode("utf-8-sig"))
        if not isinstance(issue, Issue):
            raise ModelError(f"schema {issue.schema}; {ISSUE_SCHEMA} is wanted")
        _check(issue)
    except UnicodeDecodeError:
        raise InputError("E106", name=file.name, reason="UTF-8") from None
    except ModelError as error:
        raise InputError("E106", name=file.name, reason=str(error)) from None
    return issue


def _check(issue: Issue) -> None:
    """Raise ModelError where a document that has the right form cannot be kept: a hand may have altered it."""
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


def read_record(document: str, source_name: str, data: bytes) -> Reading:
    """The issue of a stored document, annotated anew, with the characters of its source file."""
    issue = from_json(document)
    if not isinstance(issue, Issue):
        raise ModelError(f"{json.loads(document)['schema']} is no issue document")
    source = None if is_document(data) else read_characters(source_name, data)
    return Reading(pipeline.annotate_issue(issue), source)


def proof(reading: Reading) -> tuple[Finding, ...]:
    """The findings of an issue by itself."""
    return pipeline.proof_issue(reading.issue, reading.source).findings
