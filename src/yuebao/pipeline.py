"""The order of the stages: read, structure, annotate, proof, publish. Pure; the only place that knows the order."""

from __future__ import annotations

from pathlib import Path

from yuebao.model import Findings, Issue


def read_issue(path: str | Path, outline: str | Path | None = None) -> Issue:
    """The issue document of a file: read, structured, annotated. Raises InputError, UsageError (a wrong outline)."""
    raise NotImplementedError


def proof_issue(issue: Issue) -> Findings:
    """The findings of an issue."""
    raise NotImplementedError


def publish_issue(issue: Issue, path: str | Path) -> None:
    """Write the issue as the book at `path`, whole or not at all."""
    raise NotImplementedError
