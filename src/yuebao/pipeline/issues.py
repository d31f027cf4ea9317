"""The stages of one text: read, structure, annotate, proof, collate."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from yuebao.annotate import annotate, annotate_text
from yuebao.errors import InputError, UsageError
from yuebao.model import (
    Column,
    Finding,
    Findings,
    Issue,
    Item,
    Masthead,
    ModelError,
    Source,
    from_json,
)
from yuebao.pipeline.files import read_file
from yuebao.proof import proof
from yuebao.proof.collate import ACCEPTED, Collation, collate
from yuebao.proof.copies import Copy, copy_of_issue, copy_of_source
from yuebao.proof.evidence import NOTHING, Evidence
from yuebao.proof.fix import Corrected, fixed
from yuebao.read import read
from yuebao.read.text import MARKS
from yuebao.structure import structure, structure_lines, structure_single
from yuebao.text import squeeze

_OBJECT = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*(?:"|\})')


def read_bytes(name: str, data: bytes, outline: str | None = None) -> tuple[Issue, Source | None]:
    """The annotated issue of a file's bytes, and its Source (None where the bytes are an issue document). Raises InputError, UsageError."""
    if is_document(data):
        return load_document(name, data), None
    source = read(name, data)
    return annotate(structure(source, outline)), source


def read_issue(path: str | Path, outline: str | Path | None = None) -> Issue:
    """The issue document of a file: read, structured, annotated.

    `outline` names a file of column titles, one a line, two spaces a level. Raises InputError (a file that cannot be read) and
    UsageError (a wrong outline); anything doubtful in between is in `issue.problems`.
    """
    path = Path(path)
    text = read_outline(Path(outline)) if outline is not None else None
    return read_bytes(path.name, read_file(path), text)[0]


def annotate_single(name: str, data: bytes, on: date | None = None) -> Item:
    """The item of any single text (a news report): `headline` None where it has none, one entry, annotated.

    `on` is its day: what it says of months and days without a year is of that time. Raises InputError, and UsageError E203 for an
    issue document, which is annotated item by item.
    """
    if is_document(data):
        raise UsageError("E203", reason=f"{name} 是期次文档，不是单篇文稿", command="annotate")
    year, month = (on.year, on.month) if on else (None, None)
    item = structure_single(read(name, data), year, month)
    return replace(item, annotations=annotate_text(item.text, year, month))


def read_lines(name: str, data: bytes) -> tuple[Issue, Source]:
    """Any plain text as an issue of its lines, each an item by itself, annotated: for proofing what is no bulletin. Raises InputError."""
    source = read(name, data)
    return annotate(structure_lines(source)), source


def fix_file(name: str, data: bytes, outline: str | None = None, as_text: bool = False) -> tuple[bytes, Corrected]:
    """A text file's bytes with everything carried out that is certain, in its own encoding, and what was done. The file is not written.

    Raises InputError E109 for an issue document or for bytes that could not be decoded: they could not be written as they were.
    """
    if is_document(data):
        raise InputError("E109", name=name)
    source = read(name, data)
    if "\ufffd" in source.text:
        raise InputError("E109", name=name)

    def again(text: str) -> tuple[Issue, Source, tuple[Finding, ...]]:
        encoded = encoded_as(text, source, data)
        issue, anew = read_lines(name, encoded) if as_text else read_bytes(name, encoded, outline)
        assert anew is not None
        return issue, anew, proof_issue(issue, anew).findings

    result = fixed(source, again)
    return (encoded_as(result.text, source, data) if result.done else data), result


def encoded_as(text: str, source: Source, data: bytes) -> bytes:
    """A corrected text of the source in the encoding of the bytes that it was read from, with their byte order mark."""
    encoding = source.info.encoding or "utf-8"
    mark = next((mark for mark, of in MARKS if of == encoding and data.startswith(mark)), b"")
    return mark + text.encode(encoding)


def read_findings(path: Path) -> Findings:
    """The findings document in a file. Raises InputError E106 where it is none."""
    try:
        findings = from_json(read_file(path).decode("utf-8"))
    except (UnicodeDecodeError, ModelError) as error:
        raise InputError("E106", name=str(path), reason=str(error)[:200]) from None
    if not isinstance(findings, Findings):
        raise InputError("E106", name=str(path), reason="an issue, not findings")
    return findings


def read_outline(path: Path) -> str:
    """The text of an outline file. Raises InputError where it cannot be read or is no text."""
    return read(path.name, read_file(path)).text


def is_document(data: bytes) -> bool:
    """Whether the bytes are an issue document, whole or damaged, and not a text: no bulletin begins with a JSON object."""
    return _OBJECT.match(data) is not None


def load_document(name: str, data: bytes) -> Issue:
    """The issue of an issue document's bytes, annotated if it was not. Raises InputError E106."""
    try:
        issue = from_json(data.decode("utf-8"))
    except (UnicodeDecodeError, ModelError) as error:
        raise InputError("E106", name=name, reason=str(error)[:200]) from None
    if not isinstance(issue, Issue):
        raise InputError("E106", name=name, reason="findings, not an issue")
    return issue if issue.annotated_by else annotate(issue)


def proof_issue(
    issue: Issue, source: Source | None = None, run: Sequence[Masthead] = (), earlier: Sequence[Issue] = (), evidence: Evidence = NOTHING,
) -> Findings:
    """The findings of an issue. `source` gives them line and page, `run` (mastheads of its neighbours) the arithmetic across issues.

    `earlier`: the issues before it, for what has been said of the same thing already; `evidence`: what the register and the office's own
    tables say. Nothing of them is kept.
    """
    return proof(issue, source, run, earlier, evidence)


def collate_files(old: tuple[str, bytes], new: tuple[str, bytes], decisions: Sequence[Finding] = ()) -> Collation:
    """Everything that differs between two files (name and bytes), each a text, a PDF or an issue document. Raises InputError.

    Two files are compared as they stand; where one is an issue document, which has no lines, both are compared field by field.
    `decisions`: findings of the old file; those whose state is `accepted` are looked for in the new one.
    """
    accepted = [finding for finding in decisions if finding.state == ACCEPTED]
    read_old, read_new = _structured(*old), _structured(*new)
    if read_old[1] is None or read_new[1] is None:
        return collate(copy_of_issue(*read_old), copy_of_issue(*read_new), accepted)
    return collate(_copy(*read_old, *read_new), _copy(*read_new, *read_old), accepted)


def _structured(name: str, data: bytes) -> tuple[Issue, Source | None]:
    if is_document(data):
        return load_document(name, data), None
    source = read(name, data)
    return structure(source), source


def _copy(issue: Issue, source: Source | None, other: Issue, _: Source | None) -> Copy:
    """The copy of a file. The running heads of one with pages are known by the titles of both."""
    assert source is not None
    titles = [column.title or "" for column in _all_columns((*issue.columns, *other.columns))]
    return copy_of_source(source, issue, frozenset(squeeze(title) for title in titles))


def _all_columns(columns: Sequence[Column]) -> Iterator[Column]:
    for column in columns:
        yield column
        yield from _all_columns(column.columns)
