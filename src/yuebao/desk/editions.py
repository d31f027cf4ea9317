"""The files of an issue: the internal edition as PDF, Word and OFD, the public one, without what is internal, as PDF and web pages."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from yuebao import pipeline, zipped
from yuebao.desk.models import DeskFigure, DeskIssue, Edition
from yuebao.model import Issue
from yuebao.publish import Setting, public_edition, publish

# what is set at 签发: edition, format, ending of the file
SET = (
    ("internal", "pdf", ".pdf"), ("internal", "docx", ".docx"), ("internal", "ofd", ".ofd"),
    ("public", "pdf", "（公开版）.pdf"), ("public", "html", "（公开版）.html.zip"),
)
EDITIONS: dict[str, tuple[str, str]] = {"internal": ("内部版", "internal"), "public": ("公开版", "public")}
MEDIA_TYPES = {
    "pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "ofd": "application/ofd",
    "html": "application/zip",
}


@dataclass(frozen=True, slots=True)
class Made:
    """A file of an edition, set and not yet kept."""

    edition: str
    format: str
    name: str
    data: bytes


def set_editions(issue: DeskIssue, document: Issue, name: str) -> tuple[Made, ...]:
    """Every file of the issue, named after `name`; seconds. Raises InputError E501, E502, E503, E505."""
    setting = pipeline.default_setting(pictures_of(issue))
    texts = {"internal": document, "public": public_edition(document)[0]}
    return tuple(Made(edition, format, name + ending, _file(texts[edition], format, setting)) for edition, format, ending in SET)


def set_proof(issue: DeskIssue, document: Issue) -> bytes:
    """The PDF of the issue as it stands. Raises InputError as `set_editions` does."""
    return _file(document, "pdf", pipeline.default_setting(pictures_of(issue)))


def keep(issue: DeskIssue, made: tuple[Made, ...]) -> None:
    """The files kept as the issue's own, within the caller's transaction."""
    Edition.objects.bulk_create(
        Edition(
            issue=issue, edition=one.edition, format=one.format, name=one.name, data=one.data, sha256=hashlib.sha256(one.data).hexdigest())
        for one in made)


def pictures_of(issue: DeskIssue) -> dict[str, bytes]:
    """The bytes of the issue's pictures by their sha256."""
    figures = DeskFigure.objects.filter(item__issue=issue, is_withdrawn=False).select_related("picture")
    return {figure.picture.sha256: bytes(figure.picture.data) for figure in figures}


def pictures_of_archived(key: str) -> dict[str, bytes]:
    """The pictures of the issue archived under `key`; none where it did not come from the desk."""
    issue = DeskIssue.objects.filter(archive_key=key).first()
    return pictures_of(issue) if issue else {}


def _file(document: Issue, format: str, setting: Setting) -> bytes:
    """A published file; a folder of web pages as one zip file."""
    made = publish(document, format, setting)
    return made if isinstance(made, bytes) else zipped.pack(made)
