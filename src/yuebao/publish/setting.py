"""What the user may choose about a published file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Setting:
    """Folders of fonts, the families for text and headings (None: the first known one), the number of the body's first page."""

    fonts: tuple[Path, ...] = ()
    body_font: str | None = None
    heading_font: str | None = None
    first_page: int = 1
