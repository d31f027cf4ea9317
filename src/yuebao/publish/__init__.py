"""publish: an issue document in, the bytes of a published file out.

Nothing is read but package data and the font folders named, nothing is written. The same issue with the same fonts is the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from yuebao.errors import UsageError
from yuebao.model import Issue
from yuebao.publish.pdf import write_pdf
from yuebao.publish.setting import Setting

Writer = Callable[[Issue, Setting], bytes]

__all__ = ["Setting", "Writer", "Writers", "publish", "writers"]


class Writers:
    """The formats that can be published, each with its writer."""

    def __init__(self) -> None:
        self._by_name: dict[str, Writer] = {}

    def add(self, name: str, writer: Writer) -> None:
        """Make a format known; raises ValueError where it is known already."""
        if name in self._by_name:
            raise ValueError(f"a writer for {name!r} is there already")
        self._by_name[name] = writer

    def names(self) -> tuple[str, ...]:
        """The formats known, in order."""
        return tuple(sorted(self._by_name))

    def get(self, name: str) -> Writer:
        """The writer of a format; raises UsageError E203 that lists the formats known."""
        try:
            return self._by_name[name]
        except KeyError:
            known = "、".join(self.names())
            raise UsageError("E203", reason=f"格式 / format {name}；可用 / known: {known}", command="publish") from None


writers = Writers()
writers.add("pdf", write_pdf)


def publish(
    issue: Issue, format: str = "pdf", fonts: Sequence[Path] = (), body_font: str | None = None, heading_font: str | None = None,
    first_page: int = 1,
) -> bytes:
    """The published file of the issue.

    `fonts`: folders whose families come before the package's own; `body_font`, `heading_font`: families by name; `first_page`: the page
    number on the first page of the body, from which the 目录 counts. Raises UsageError E203 (unknown format), InputError E501 (characters
    that no font has), E502 (font or folder not found), E503 (setting failed).
    """
    return writers.get(format)(issue, Setting(tuple(map(Path, fonts)), body_font, heading_font, first_page))
