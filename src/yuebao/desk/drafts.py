"""The issue in hand as an issue document: what is proofed, set and, at 签发, archived."""

from __future__ import annotations

from yuebao.desk.models import DeskIssue
from yuebao.model import Issue, Source


def draft_of(issue: DeskIssue) -> tuple[Issue, Source]:
    """The issue as a document, annotated, and its text as a source; the same rows give the same bytes. Two queries."""
    raise NotImplementedError
