"""An issue published, whole or not at all, with the fonts and pictures that go with it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from yuebao.model import (
    Issue,
    Source,
)
from yuebao.pipeline.files import read_file, write_folder, write_whole
from yuebao.publish import Setting, Withheld, public_edition, publish

Edition = Literal["internal", "public"]
FORMATS = {".md": "md", ".htm": "html", ".xml": "tei"}  # endings that are not the format's own name


def publish_issue(
    issue: Issue, path: str | Path, setting: Setting | None = None, format: str | None = None, edition: Edition = "internal",
) -> tuple[Withheld, ...]:
    """Write the issue at `path`, a file or (html) a folder, whole or not at all; what the edition withholds.

    `format`: default by the name's ending, PDF where it has none. What is not set is as `default_setting` has it.
    Raises InputError E501, E502, E503 and UsageError E202, E203.
    """
    path = Path(path)
    issue, withheld = public_edition(issue) if edition == "public" else (issue, ())
    ending = path.suffix.lower()
    made = publish(issue, format or FORMATS.get(ending, ending.lstrip(".") or "pdf"), setting or default_setting())
    if isinstance(made, bytes):
        write_whole(path, made)
    else:
        write_folder(path, made)
    return withheld


def default_setting(pictures: Mapping[str, bytes] | None = None) -> Setting:
    """The setting where nothing is chosen: the office's own fonts from the folders that YUEBAO_FONTS names, by role from YUEBAO_FAMILIES
    (song=方正书宋;fang=仿宋_GB2312). Raises InputError E504 for what is no such list.
    """
    from yuebao.publish.fonts import families_of  # fonts take long to load, and most commands set nothing

    folders = tuple(Path(p) for p in os.environ.get("YUEBAO_FONTS", "").split(os.pathsep) if p)
    return Setting(fonts=folders, families=families_of(os.environ.get("YUEBAO_FAMILIES", "")), pictures=pictures or {})


def pictures_of(path: Path, source: Source | None) -> dict[str, bytes]:
    """The pictures of a file by their sha256: those in a source, or those beside an issue document (in NAME.pictures)."""
    if source is not None:
        return {picture.sha256: picture.data for picture in source.pictures}
    folder = path.with_suffix(".pictures")
    held = [read_file(picture) for picture in sorted(folder.iterdir()) if picture.is_file()] if folder.is_dir() else []
    return {hashlib.sha256(data).hexdigest(): data for data in held}
